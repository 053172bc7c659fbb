// The table of built-in units in memory, and arithmetic on units.
#include "values/unit.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace guiju {
namespace {

enum class DimensionName : std::uint8_t {
#define GUIJU_DIMENSION(name, ...) name,
#include "values/units.def"
};

struct UnitRow {
  std::string_view english, chinese, further;
  DimensionName dimension;
  std::int64_t numerator, denominator;
};
constexpr UnitRow kUnitRows[] = {
#define GUIJU_UNIT(english, chinese, further, dimension, numerator, denominator) \
  {english, chinese, further, DimensionName::dimension, numerator, denominator},
#include "values/units.def"
};

struct DurationRow {
  std::string_view english, chinese, further;
  DurationUnit unit;
};
constexpr DurationRow kDurationRows[] = {
#define GUIJU_DURATION(english, chinese, further, kind, factor) \
  {english, chinese, further, {DurationUnit::kind, factor}},
#include "values/units.def"
};

const std::vector<Dimension>& dimensions() {
  static const std::vector<Dimension> table = {
#define GUIJU_DIMENSION(name, ...) Dimension{__VA_ARGS__},
#include "values/units.def"
  };
  return table;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

template <typename Row>
std::vector<std::string_view> spellings_of(const Row& row, char separator) {
  std::vector<std::string_view> all = split(row.further, separator);
  all.insert(all.begin(), row.chinese);
  all.insert(all.begin(), row.english);
  return all;
}

struct UnitTable {
  std::vector<NamedUnit> units;
  std::unordered_map<std::string_view, std::size_t> unit_index;
  std::unordered_map<std::string_view, DurationUnit> durations;
  std::vector<std::string_view> spellings;
};

UnitTable build_table() {
  UnitTable table;
  for (const UnitRow& row : kUnitRows) {
    const Rational factor = Rational::make(row.numerator, row.denominator).value_or(Rational{1});
    const Unit unit{dimensions()[static_cast<std::size_t>(row.dimension)], factor, std::string(row.english)};
    table.units.push_back({row.english, row.chinese, unit});
    for (const std::string_view spelling : spellings_of(row, ' ')) {
      table.unit_index.emplace(spelling, table.units.size() - 1);
      table.spellings.push_back(spelling);
    }
  }
  for (const DurationRow& row : kDurationRows) {
    for (const std::string_view spelling : spellings_of(row, ',')) {
      table.durations.emplace(spelling, row.unit);
      if (!table.unit_index.contains(spelling)) table.spellings.push_back(spelling);
    }
  }
  return table;
}

const UnitTable& table() {
  static const UnitTable built = build_table();
  return built;
}

bool is_compound(std::string_view name) {
  return name.find_first_of("*/") != std::string_view::npos;
}

std::string bracketed(const std::string& name) {
  return is_compound(name) ? "(" + name + ")" : name;
}

// "kWh/km/kg" without "kg"; no value where nothing is divided by it.
std::optional<std::string> undivided(const std::string& a, const std::string& by) {
  const std::string divisor = "/" + bracketed(by);
  if (!a.ends_with(divisor)) return std::nullopt;
  const std::string left = a.substr(0, a.size() - divisor.size());
  return left == "1" ? std::string() : left;
}

std::string product_name(const std::string& a, const std::string& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  if (auto left = undivided(a, b)) return *left;
  if (auto left = undivided(b, a)) return *left;
  return a + "*" + bracketed(b);
}

std::string quotient_name(const std::string& a, const std::string& b) {
  if (b.empty()) return a;
  return (a.empty() ? "1" : a) + "/" + bracketed(b);
}

// a * b^sign by base dimension; no value where an exponent no longer fits.
std::optional<Dimension> combine(const Dimension& a, const Dimension& b, int sign) {
  Dimension result;
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() || right != b.end()) {
    const bool from_left = right == b.end() || (left != a.end() && left->first <= right->first);
    const bool from_right = left == a.end() || (right != b.end() && right->first <= left->first);
    const BaseDimension base = from_left ? left->first : right->first;
    int exponent = 0;
    if (from_left) exponent += (left++)->second;
    if (from_right) exponent += sign * (right++)->second;
    if (exponent > std::numeric_limits<std::int8_t>::max() || exponent < std::numeric_limits<std::int8_t>::min()) {
      return std::nullopt;
    }
    if (exponent != 0) result.emplace_back(base, static_cast<std::int8_t>(exponent));
  }
  return result;
}

}  // namespace

bool same_dimension(const Unit& a, const Unit& b) {
  return a.dimension == b.dimension;
}

std::string measure_of(const Unit& u) {
  if (u.dimension.empty()) return u.factor == Rational(1) ? "" : "%";
  std::string out;
  for (const auto& [base, exponent] : u.dimension)
    out += (out.empty() ? "" : "*") + std::to_string(base) + "^" + std::to_string(exponent);
  return out;
}

bool is_money(const Unit& u) {
  return u.dimension.size() == 1 && u.dimension.front() == Dimension::value_type{kMoney, 1};
}

std::optional<Unit> multiply(const Unit& a, const Unit& b) {
  auto dimension = combine(a.dimension, b.dimension, 1);
  const auto factor = mul(a.factor, b.factor);
  if (!dimension || !factor) return std::nullopt;
  return Unit{std::move(*dimension), *factor, product_name(a.name, b.name)};
}

std::optional<Unit> divide(const Unit& a, const Unit& b) {
  auto dimension = combine(a.dimension, b.dimension, -1);
  const auto factor = div(a.factor, b.factor);
  if (!dimension || !factor) return std::nullopt;
  return Unit{std::move(*dimension), *factor, quotient_name(a.name, b.name)};
}

std::optional<Unit> power(const Unit& a, int exponent) {
  constexpr int largest = std::numeric_limits<std::int8_t>::max();
  if (exponent > largest || exponent < -largest) return std::nullopt;
  const auto factor = pow(a.factor, exponent);
  if (!factor) return std::nullopt;
  Unit result{{}, *factor, ""};
  if (exponent == 0) return result;
  for (const auto& [base, own] : a.dimension) {
    const int raised = own * exponent;
    if (raised > largest || raised < -largest) return std::nullopt;
    result.dimension.emplace_back(base, static_cast<std::int8_t>(raised));
  }
  if (!a.name.empty()) result.name = exponent == 1 ? a.name : bracketed(a.name) + "^" + std::to_string(exponent);
  return result;
}

const NamedUnit* find_unit(std::string_view spelling) {
  const auto found = table().unit_index.find(spelling);
  return found == table().unit_index.end() ? nullptr : &table().units[found->second];
}

std::optional<DurationUnit> find_duration_unit(std::string_view spelling) {
  const auto found = table().durations.find(spelling);
  if (found == table().durations.end()) return std::nullopt;
  return found->second;
}

const std::vector<std::string_view>& unit_spellings() {
  return table().spellings;
}

}  // namespace guiju
