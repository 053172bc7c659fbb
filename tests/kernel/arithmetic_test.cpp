// The arithmetic that kernels and emitted C share, against the engine's own.
#include "kernel/arithmetic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "values/calendar.hpp"
#include "values/rounding.hpp"

using namespace guiju;

TEST_CASE("quotients are rounded as everywhere else") {
  std::mt19937_64 random(7);
  const auto pick = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  };
  const auto same = [](std::int64_t n, std::int64_t d) {
    REQUIRE(n / d == round_quotient(n, d, Rounding::down));
    REQUIRE(gj_up(n, d) == round_quotient(n, d, Rounding::up));
    REQUIRE(gj_half_up(n, d) == round_quotient(n, d, Rounding::half_up));
    REQUIRE(gj_half_even(n, d) == round_quotient(n, d, Rounding::half_even));
  };
  for (std::int64_t d = 1; d <= 12; ++d) {
    for (std::int64_t n = -40; n <= 40; ++n) same(n, d);
  }
  constexpr std::int64_t kLarge = std::int64_t{1} << 62U;
  for (int i = 0; i < 20'000; ++i) same(pick(-kLarge, kLarge), pick(1, i % 2 == 0 ? 1000 : kLarge));
}

TEST_CASE("days, months and years are counted as everywhere else") {
  std::mt19937 random(8);
  const auto day = [&] { return static_cast<Day>(std::uniform_int_distribution<int>(kFirstDay, kLastDay)(random)); };
  const auto count = [&] { return std::uniform_int_distribution<int>(-3000, 3000)(random); };
  for (Day d = kFirstDay; d <= kLastDay; d += 13) {
    const CivilDate civil = to_civil(d);
    const gj_civil c = gj_to_civil(d);
    REQUIRE((c.year == civil.year && c.month == civil.month && c.day == civil.day));
    REQUIRE(gj_to_day(c.year, c.month, c.day) == d);
    REQUIRE(gj_year_start(d) == start_of_year(d));
    REQUIRE(gj_year_end(d) == end_of_year(d));
    REQUIRE(gj_month_start(d) == start_of_month(d));
    REQUIRE(gj_month_end(d) == end_of_month(d));
  }
  for (int i = 0; i < 20'000; ++i) {
    const Day a = day();
    const Day b = i % 2 == 0 ? day() : static_cast<Day>(std::min(kLastDay, a + i % 800));
    const int months = count();
    if (const auto later = add_months(a, months)) REQUIRE(gj_add_months(a, months) == *later);
    for (const Edge edge : {Edge::on_the_day, Edge::the_day_after}) {
      REQUIRE(gj_full_years(a, b, static_cast<std::int64_t>(edge)) == full_years(a, b, edge));
      REQUIRE(gj_full_months(a, b, static_cast<std::int64_t>(edge)) == full_months(a, b, edge));
    }
    REQUIRE(gj_started_years(a, b) == started_years(a, b));
    REQUIRE(gj_half_months(a, b) == half_months(a, b));
  }
}

TEST_CASE("small sets and sorted tables") {
  CHECK(gj_first(0) == 64);
  CHECK(gj_first(1) == 0);
  CHECK(gj_first(std::int64_t{1} << 40U) == 40);
  CHECK(gj_first(0b1010'0000) == 5);
  CHECK(gj_alone(0) == 1);
  CHECK(gj_alone(8) == 1);
  CHECK(gj_alone(9) == 0);
  CHECK(gj_in(0b100, 2) == 1);
  CHECK(gj_in(0b100, 1) == 0);
  const std::int64_t table[] = {3, -5, 0, 7};
  CHECK(gj_search(table, -6) == 0);
  CHECK(gj_search(table, -5) == 1);
  CHECK(gj_search(table, 6) == 2);
  CHECK(gj_search(table, 7) == 3);
}
