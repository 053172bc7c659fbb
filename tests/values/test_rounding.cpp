// Rounding in the four ways that notices name, the table of the language reference among them.
#include <doctest/doctest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>

#include "values/rounding.hpp"

namespace {

using guiju::Rational;
using guiju::Rounding;

Rational ratio(std::int64_t n, std::int64_t d) {
  return Rational::make(n, d).value();
}

constexpr Rounding kAll[] = {Rounding::down, Rounding::up, Rounding::half_up, Rounding::half_even};

struct Case {
  Rational value;
  Rational unit;
  Rational expected[4];  // down, up, half up, half even
};

}  // namespace

TEST_CASE("ties and signs, to a tenth, to a fen and to units that are no power of ten") {
  const Case cases[] = {
      {ratio(-25, 100), ratio(1, 10), {ratio(-2, 10), ratio(-3, 10), ratio(-3, 10), ratio(-2, 10)}},
      {ratio(25, 100), ratio(1, 10), {ratio(2, 10), ratio(3, 10), ratio(3, 10), ratio(2, 10)}},
      {ratio(35, 100), ratio(1, 10), {ratio(3, 10), ratio(4, 10), ratio(4, 10), ratio(4, 10)}},
      {ratio(-1, 1000), ratio(1, 100), {0, ratio(-1, 100), 0, 0}},
      {ratio(2, 100), ratio(1, 100), {ratio(2, 100), ratio(2, 100), ratio(2, 100), ratio(2, 100)}},
      {150, 100, {100, 200, 200, 200}},
      {250, 100, {200, 300, 300, 200}},
      {ratio(1, 3), ratio(1, 7), {ratio(2, 7), ratio(3, 7), ratio(2, 7), ratio(2, 7)}},
      {0, 5, {0, 0, 0, 0}},
  };
  for (const Case& c : cases) {
    CAPTURE(guiju::to_string(c.value));
    for (std::size_t mode = 0; mode < 4; ++mode) {
      CAPTURE(mode);
      CHECK(guiju::round_to(c.value, c.unit, kAll[mode]) == c.expected[mode]);
    }
  }
}

TEST_CASE("quotients at the ends of the range") {
  using guiju::kI128Max;
  using guiju::kI128Min;
  for (const Rounding mode : kAll) {
    CHECK(guiju::round_quotient(kI128Max, 1, mode) == kI128Max);
    CHECK(guiju::round_quotient(kI128Min, 1, mode) == kI128Min);
  }
  CHECK(guiju::round_quotient(kI128Max - 1, kI128Max, Rounding::half_up) == 1);
  CHECK(guiju::round_quotient(kI128Max / 2, kI128Max, Rounding::half_up) == 0);
  CHECK(guiju::round_quotient(kI128Min, kI128Max, Rounding::up) == -2);
  CHECK(guiju::round_quotient(-5, 2, Rounding::half_even) == -2);
}

TEST_CASE("rounding needs 256 bits inside where the result still fits") {
  const Rational thin = Rational::make(guiju::kI128Max, guiju::kI128Max - 1).value();
  CHECK(guiju::round_to(thin, ratio(1, 1'000'000), Rounding::down) == Rational{1});
  CHECK(guiju::round_to(thin, ratio(1, 1'000'000), Rounding::up) == ratio(1'000'001, 1'000'000));
  const Rational whole = Rational::whole(guiju::kI128Max);
  CHECK(guiju::round_to(whole, ratio(1, 1'000'000), Rounding::half_even) == whole);
  CHECK_FALSE(guiju::round_to(whole, 1'000, Rounding::up));
  CHECK_FALSE(guiju::round_to(whole, Rational{}, Rounding::up));
}

TEST_CASE("quotients agree with unbounded arithmetic") {
  using Big = boost::multiprecision::cpp_int;
  std::mt19937_64 random{7};
  for (int i = 0; i < 20'000; ++i) {
    const auto n = static_cast<std::int64_t>(random() % 2001U) - 1000;
    const auto d = static_cast<std::int64_t>(random() % 40U) + 1;
    const Big size = n < 0 ? -n : n;
    const Big quotient = size / d;
    const Big twice = (size % d) * 2;
    const Big expected[] = {quotient, twice > 0 ? quotient + 1 : quotient, twice >= d ? quotient + 1 : quotient,
                            twice > d || (twice == d && quotient % 2 == 1) ? quotient + 1 : quotient};
    for (std::size_t mode = 0; mode < 4; ++mode) {
      const auto got = static_cast<std::int64_t>(guiju::round_quotient(n, d, kAll[mode]));
      CHECK(Big(got) == (n < 0 ? Big(-expected[mode]) : expected[mode]));
    }
  }
}
