// Units as products of base dimensions with an exact factor to the canonical unit. `15 kW` is 15000 in watts; adding
// watts to litres is found by comparing dimensions. The table of names stands in units.def; rule files may declare
// further units.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "values/rational.hpp"

namespace guiju {

// Index of a base dimension: the built-in ones below, then one for each declared unit without a definition.
using BaseDimension = std::uint16_t;
enum : BaseDimension {
  kMoney,
  kLength,
  kMass,
  kTime,
  kStandardCoal,
  kGrossTonnage,
  kSteam,
  kLuminous,
  kApparentPower,
  kFirstDeclaredDimension
};

// Sorted by base dimension, exponents never 0. Empty: a plain number.
using Dimension = std::vector<std::pair<BaseDimension, std::int8_t>>;

struct Unit {
  Dimension dimension;
  Rational factor = 1;  // value in canonical units = written value * factor
  std::string name;     // as written, for messages and for showing values; empty for a plain number
};

[[nodiscard]] bool same_dimension(const Unit& a, const Unit& b);
[[nodiscard]] inline bool is_number(const Unit& u) {
  return u.dimension.empty();
}
[[nodiscard]] bool is_money(const Unit& u);  // dimension is exactly money^1

// No value where an exponent or the factor no longer fits. Where all dimensions cancel, the factor stays (`g/kg` is
// 1/1000), as a literal needs it; a type whose values are held in canonical units takes `Unit{}` instead.
[[nodiscard]] std::optional<Unit> multiply(const Unit& a, const Unit& b);
[[nodiscard]] std::optional<Unit> divide(const Unit& a, const Unit& b);
[[nodiscard]] std::optional<Unit> power(const Unit& a, int exponent);

// What two figures must have in common to be held against each other, as a text: "" of plain numbers, "%" of
// percentages, else the dimension.
[[nodiscard]] std::string measure_of(const Unit& u);

struct DurationUnit {
  enum Kind : std::uint8_t { months, days, calendar_months } kind;
  int factor;  // years are 12 months
};

// One spelling of one unit, from units.def.
struct NamedUnit {
  std::string_view english, chinese;  // canonical spellings
  Unit unit;
};

// A built-in unit by any of its spellings ("kW", "千瓦", "公里"); nullptr where there is none. `day` is here too, for
// compounds such as `t/day`: a number with a unit that stands alone asks find_duration_unit first.
[[nodiscard]] const NamedUnit* find_unit(std::string_view spelling);
// years 年, months 个月 月, days 天 日, calendar months 个自然月, and the singular forms.
[[nodiscard]] std::optional<DurationUnit> find_duration_unit(std::string_view spelling);
// Every spelling of every built-in unit and duration, in the order of the table (for suggestions and the reference
// page).
[[nodiscard]] const std::vector<std::string_view>& unit_spellings();

[[nodiscard]] inline const Unit& yuan() {
  return find_unit("yuan")->unit;
}

}  // namespace guiju
