// The reference evaluator has no reference of its own: here it is held against the worked examples of the language.
#include <doctest/doctest.h>

#include "numbers.hpp"
#include "slow_calendar.hpp"
#include "values/calendar.hpp"

using namespace guiju;
using namespace guiju::reference;

namespace {

std::int64_t on(int year, int month, int day) {
  return day_of({year, month, day}).value_or(-999'999);
}
Number tenth(int n) {
  return Number(n, 10);
}

}  // namespace

TEST_CASE("days are numbered from 1970") {
  CHECK(on(1970, 1, 1) == 0);
  CHECK(on(1900, 1, 1) == kFirstDay);
  CHECK(on(2199, 12, 31) == kLastDay);
  CHECK(on(2024, 3, 1) - on(2024, 2, 28) == 2);
  CHECK_FALSE(day_of({2025, 2, 29}).has_value());
  CHECK_FALSE(day_of({2200, 1, 1}).has_value());
}

TEST_CASE("months clamp to the end of the month") {
  CHECK(months_later(on(2024, 1, 31), 1) == on(2024, 2, 29));
  CHECK(months_later(on(2024, 2, 29), 12) == on(2025, 2, 28));
  CHECK(months_later(on(2024, 3, 31), -1) == on(2024, 2, 29));
  CHECK(months_later(*months_later(on(2024, 1, 31), 1), 1) == on(2024, 3, 29));
  CHECK(months_later(on(2024, 1, 31), 2) == on(2024, 3, 31));
  CHECK_FALSE(months_later(on(2199, 12, 1), 1).has_value());
}

TEST_CASE("full and started years") {
  CHECK(whole_periods(on(2016, 8, 31), on(2024, 8, 30), 12, false) == 7);
  CHECK(whole_periods(on(2016, 8, 31), on(2024, 8, 31), 12, false) == 8);
  CHECK(whole_periods(on(2016, 8, 31), on(2024, 8, 31), 12, true) == 7);
  CHECK(whole_periods(on(2020, 2, 29), on(2021, 2, 28), 12, false) == 1);
  CHECK(whole_periods(on(2024, 1, 1), on(2023, 12, 31), 12, false) == -1);
  CHECK(started_periods(on(2020, 1, 1), on(2022, 7, 1), 12) == 3);
  CHECK(started_periods(on(2020, 1, 1), on(2019, 7, 1), 12) == 0);
}

TEST_CASE("rounding works on the absolute value") {
  const Number n(-25, 100);
  CHECK(round_to_unit(n, tenth(1), Rounding::down) == tenth(-2));
  CHECK(round_to_unit(n, tenth(1), Rounding::up) == tenth(-3));
  CHECK(round_to_unit(n, tenth(1), Rounding::half_up) == tenth(-3));
  CHECK(round_to_unit(n, tenth(1), Rounding::half_even) == tenth(-2));
  CHECK(round_to_unit(Number(1050, 1000), tenth(1), Rounding::half_even) == tenth(10));
  CHECK(round_to_unit(Number(832), Number(20), Rounding::half_even) == 840);
  CHECK(round_to_unit(Number(-6075, 100), Number(1, 2), Rounding::half_even) == -61);
}

TEST_CASE("logarithms and roots") {
  const Number millionth(1, 1'000'000);
  CHECK(rounded_ln(Number(100), millionth, Rounding::half_even) == Number(4605170, 1'000'000));
  CHECK(rounded_ln(Number(1), millionth, Rounding::up) == 0);
  CHECK_FALSE(rounded_ln(Number(0), millionth, Rounding::up).has_value());
  CHECK(rounded_power(Number(4), Number(1, 2), millionth, Rounding::up) == 2);
  CHECK(rounded_power(Number(16), Number(3, 4), millionth, Rounding::down) == 8);
  CHECK(rounded_power(Number(2), Number(1, 2), millionth, Rounding::down) == Number(1414213, 1'000'000));
  CHECK(rounded_power(Number(2), Number(1, 2), millionth, Rounding::up) == Number(1414214, 1'000'000));
  CHECK(rounded_power(Number(1, 4), Number(1, 2), millionth, Rounding::up) == Number(1, 2));
  CHECK_FALSE(rounded_power(Number(-4), Number(1, 2), millionth, Rounding::up).has_value());
  CHECK(integer_power(Number(3), 0) == Number(1));
}

TEST_CASE("numbers cross to the engine and back") {
  const Rational r = Rational::make(-12345, 678).value_or(Rational(0));
  CHECK(rational(exact(r)) == r);
  CHECK(show(Number(-5, 100)) == "-0.05");
  CHECK(show(Number(1, 3)) == "1/3");
  CHECK(integer(kI128Max) == (Integer(1) << 127) - 1);
}
