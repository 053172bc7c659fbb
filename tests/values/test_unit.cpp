// The table of units: spellings, exact factors, dimensions, compounds.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "values/unit.hpp"

using guiju::find_unit;
using guiju::Rational;
using guiju::Unit;

namespace {

const Unit& unit(std::string_view spelling) {
  const guiju::NamedUnit* found = find_unit(spelling);
  REQUIRE_MESSAGE(found != nullptr, spelling);
  return found->unit;
}
Rational ratio(std::int64_t n, std::int64_t d) {
  return Rational::make(n, d).value();
}

}  // namespace

TEST_CASE("every spelling finds one unit, and no spelling stands twice") {
  std::set<std::string_view> seen;
  for (const std::string_view spelling : guiju::unit_spellings()) {
    CAPTURE(spelling);
    CHECK(seen.insert(spelling).second);
    CHECK((find_unit(spelling) != nullptr || guiju::find_duration_unit(spelling)));
  }
  CHECK(find_unit("kw") == nullptr);
  CHECK(find_unit("") == nullptr);
  CHECK(find_unit("公里")->english == "km");
  CHECK(find_unit("千米")->english == "km");
  CHECK(find_unit("度")->chinese == "千瓦时");
}

TEST_CASE("factors are exact") {
  CHECK(unit("千瓦").factor == Rational{1000});
  CHECK(unit("hp").factor == ratio(73549875, 100000));
  CHECK(unit("L").factor == ratio(1, 1000));
  CHECK(unit("公斤").factor == Rational{1});
  CHECK(unit("fen").factor == ratio(1, 100));
  CHECK(unit("kWh").factor == Rational{3'600'000});
  CHECK(unit("个百分点").factor == ratio(1, 100));
}

TEST_CASE("dimensions of related units agree, of others not") {
  CHECK(guiju::same_dimension(unit("kW"), unit("马力")));
  CHECK(guiju::same_dimension(unit("L"), unit("立方米")));
  CHECK(guiju::same_dimension(unit("kWh"), unit("MJ")));
  CHECK_FALSE(guiju::same_dimension(unit("kW"), unit("L")));
  CHECK_FALSE(guiju::same_dimension(unit("kgce"), unit("kg")));
  CHECK_FALSE(guiju::same_dimension(unit("kVA"), unit("kW")));
  CHECK_FALSE(guiju::same_dimension(unit("evap_t"), unit("t")));
  CHECK(guiju::is_money(guiju::yuan()));
  CHECK_FALSE(guiju::is_money(unit("GT")));
  CHECK(guiju::is_number(unit("pct_points")));
}

TEST_CASE("compounds") {
  const Unit energy = *multiply(unit("kW"), unit("h"));
  CHECK(guiju::same_dimension(energy, unit("kWh")));
  CHECK(energy.factor == unit("kWh").factor);
  CHECK(energy.name == "kW*h");

  const Unit per_day = *divide(unit("t"), unit("天"));
  CHECK(per_day.factor == ratio(1000, 86400));
  CHECK(per_day.name == "t/day");

  const Unit flow = *divide(unit("m3"), unit("min"));
  const Unit specific = *divide(unit("kW"), flow);
  CHECK(specific.name == "kW/(m3/min)");
  CHECK(guiju::same_dimension(*multiply(specific, flow), unit("W")));

  const Unit plain = *divide(unit("g"), unit("kg"));
  CHECK(guiju::is_number(plain));
  CHECK(plain.factor == ratio(1, 1000));
  CHECK(divide(Unit{}, unit("h"))->name == "1/h");
  CHECK(multiply(Unit{}, unit("h"))->name == "h");
}

TEST_CASE("a product loses by what it was divided") {
  const Unit slope = *divide(*divide(unit("kWh"), unit("km")), unit("kg"));
  CHECK(slope.name == "kWh/km/kg");
  CHECK(multiply(slope, unit("kg"))->name == "kWh/km");
  CHECK(multiply(unit("kg"), slope)->name == "kWh/km");
  CHECK(multiply(slope, unit("g"))->name == "kWh/km/kg*g");
  CHECK(multiply(*divide(Unit{}, unit("h")), unit("h"))->name.empty());
}

TEST_CASE("powers, and exponents that no longer fit") {
  CHECK(guiju::same_dimension(*power(unit("m"), 2), unit("平方米")));
  CHECK(power(unit("cm"), 3)->factor == ratio(1, 1'000'000));
  CHECK(power(unit("m"), 2)->name == "m^2");
  CHECK(guiju::is_number(*power(unit("m"), 0)));
  CHECK_FALSE(power(unit("m3"), 100));
  Unit long_product = unit("m3");
  int factors = 1;
  for (auto next = multiply(long_product, unit("m3")); next; next = multiply(long_product, unit("m3"))) {
    long_product = *next;
    ++factors;
  }
  CHECK(factors == 42);  // 3 * 42 = 126
}

TEST_CASE("durations") {
  using guiju::DurationUnit;
  const auto years = guiju::find_duration_unit("年");
  REQUIRE(years);
  CHECK(years->kind == DurationUnit::months);
  CHECK(years->factor == 12);
  for (const char* spelling : {"month", "months", "个月", "月"})
    CHECK(guiju::find_duration_unit(spelling)->factor == 1);
  for (const char* spelling : {"day", "days", "天", "日"}) {
    CHECK(guiju::find_duration_unit(spelling)->kind == DurationUnit::days);
  }
  CHECK(guiju::find_duration_unit("个自然月")->kind == DurationUnit::calendar_months);
  CHECK(guiju::find_duration_unit("calendar months")->kind == DurationUnit::calendar_months);
  CHECK_FALSE(guiju::find_duration_unit("h"));
}
