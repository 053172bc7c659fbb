// The facts of one case as the reference evaluator and the generator see them: by pointers into the checked model, each
// known, absent, unknown or unknowable. How they are handed to the engine stands in engine_facts.hpp.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "model/rulebook.hpp"
#include "numbers.hpp"

namespace guiju::reference {

struct Value {
  enum Kind : std::uint8_t {
    // What can go wrong, worst last; an operation with such an operand gives the worst of them.
    unreached,  // absent met an operator: a guard before it failed
    refused,    // a table row that grants nothing
    error,      // division by zero, a day outside the calendar, ln of 0
    // what is
    absent,
    no_limit,
    truth,
    number,
    date,
    months,
    days,
    text,
    region,
    member,
    document,
    unclassified,
  };
  Kind kind = unreached;
  bool silent = false;  // of a fact that was asked and cannot be said; what it is decides nothing that asks for that
  bool yes = false;
  std::int64_t whole = 0;  // date, months, days, region, member, document
  Number amount;           // number
  std::string words;       // text; for errors what happened
  model::GradeState state = model::GradeState::any;

  [[nodiscard]] bool poison() const { return kind <= error; }
  [[nodiscard]] bool is_true() const { return kind == truth && yes; }
  [[nodiscard]] bool is_false() const { return kind == truth && !yes; }

  static Value of_truth(bool b);
  static Value of_number(Number n);
  static Value of(Kind kind, std::int64_t whole);
  static Value of_text(std::string words);
  static Value fault(std::string what);
};
[[nodiscard]] bool same(const Value& a, const Value& b);
[[nodiscard]] std::string show(const Value& v, const model::Type& type);

using FieldPath = std::vector<const model::Field*>;
struct Fact;
// By names, so that the same seed gives the same facts wherever the rulebook lies in memory.
struct ByNames {
  bool operator()(const FieldPath& a, const FieldPath& b) const {
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const model::Field* x, const model::Field* y) { return x->name.primary < y->name.primary; });
  }
};
using Row = std::map<FieldPath, Fact, ByNames>;

struct Fact {
  enum State : std::uint8_t { unknown, unknowable, absent, known } state = unknown;
  Value value;               // known scalar; of an unknowable one in a completion what it is all the same
  std::vector<Row> entries;  // known list
  bool complete = true;
};

// Givens in the order of the rule file, so that the same seed gives the same facts.
struct ByIndex {
  bool operator()(const model::Given* a, const model::Given* b) const { return a->index < b->index; }
};

// A given that is a record has a row of its fields, a scalar or list given one fact at the empty path.
struct Case {
  std::optional<std::int64_t> known_on;  // rules published later are left aside
  std::optional<std::int64_t> as_at;     // the host's day; what was not told is open
  std::map<const model::Given*, Row, ByIndex> givens;
  std::map<std::string, int> documents;  // 0 owed, 1 held, 2 refused
};

// Every scalar and list that a host may give below a type, with the path from there.
struct Leaf {
  FieldPath path;
  const model::Type* type = nullptr;
  const model::Field* field = nullptr;  // nullptr: a given without a record
};
[[nodiscard]] std::vector<Leaf> leaves_of(const model::Type& type);
[[nodiscard]] std::string path_text(const model::Given& given, const FieldPath& path);
[[nodiscard]] std::string path_text(const FieldPath& path);
[[nodiscard]] std::string show(const Case& facts);

}  // namespace guiju::reference
