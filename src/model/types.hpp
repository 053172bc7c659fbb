// What a value can be. Types are small values; declarations they point to belong to the Rulebook and outlive them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "diagnostics/diagnostic.hpp"
#include "model/shared_unit.hpp"

namespace guiju::model {

struct Enum;
struct Record;

enum class TypeKind : std::uint8_t {
  error,      // a fault was already reported; fits everywhere, so that one mistake gives one message
  boolean,
  numeric,    // number, integer, percent, money, quantity: all exact numbers with a unit
  date,
  duration,
  text,
  region,
  document,   // held, owed, refused
  enumerated, // an enum or a scale
  record,
  list,       // list of T, history of T
  set,        // a set literal of T; only in `in`, aggregates, quantifiers
  span,       // from one day to another; only compared with a duration
};

enum class DurationKind : std::uint8_t { months, days, pair };  // never convert into each other; a pair is only ever added to a date

struct Type {
  TypeKind kind = TypeKind::error;
  bool optional = false;        // may be absent
  bool integer = false;         // numeric: whole numbers only
  bool history = false;         // list: the host says whether it is complete
  DurationKind duration = DurationKind::months;
  bool percent = false;         // numeric without a unit: written in hundredths, and shown so
  SharedUnit unit;              // numeric
  const Enum* enumeration = nullptr;
  const Record* record = nullptr;
  std::shared_ptr<const Type> element;  // list, set
};

// Equal but for `optional`; numerics by dimension.
[[nodiscard]] bool same_type(const Type& a, const Type& b);
// For messages, in the words of a rule file: "number [kW]", "optional EfficiencyTier", "history of Claim".
[[nodiscard]] std::string describe(const Type& type, Language language);
// The same in both languages, as an argument of a message.
[[nodiscard]] std::string describe(const Type& type);
[[nodiscard]] std::string example(const Type& type);  // how a value of it is written; empty where that says nothing

}  // namespace guiju::model
