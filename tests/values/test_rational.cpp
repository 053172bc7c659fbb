// Fractions and 128-bit helpers against Boost.Multiprecision's unbounded integers, over small, large and extreme
// operands.
#include <doctest/doctest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>

#include "values/rational.hpp"

namespace {

using guiju::i128;
using guiju::Rational;
using Big = boost::multiprecision::cpp_int;
using BigFraction = boost::multiprecision::cpp_rational;

Big big(i128 v) {
  Big result = static_cast<std::uint64_t>(guiju::magnitude(v) >> 64U);
  result <<= 64;
  result += static_cast<std::uint64_t>(guiju::magnitude(v));
  return v < 0 ? Big(-result) : result;
}
BigFraction big(const Rational& r) {
  return {big(r.num()), big(r.den())};
}

bool fits(const BigFraction& f) {
  return numerator(f) <= big(guiju::kI128Max) && numerator(f) >= big(guiju::kI128Min) &&
         denominator(f) <= big(guiju::kI128Max);
}

// The exact result where it fits, and only there.
void check_result(const std::optional<Rational>& got, const BigFraction& exact) {
  REQUIRE(got.has_value() == fits(exact));
  if (got) CHECK(big(*got) == exact);
}

class Numbers {
 public:
  // Widths from one bit to 127, so that results on both sides of the limit come up.
  i128 any() {
    const auto width = static_cast<unsigned>(random_() % 128U);
    guiju::u128 v = (static_cast<guiju::u128>(random_()) << 64U) | random_();
    v = width == 0 ? 0 : v >> (128U - width);
    return random_() % 2 == 0 ? static_cast<i128>(v) : -static_cast<i128>(v);
  }
  Rational fraction() {
    for (;;) {
      if (const auto r = Rational::make(any(), any())) return *r;
    }
  }

 private:
  std::mt19937_64 random_{20241122};
};

Rational ratio(std::int64_t n, std::int64_t d) {
  return Rational::make(n, d).value();
}

}  // namespace

TEST_CASE("a fraction is kept in lowest terms with a positive denominator") {
  CHECK(ratio(6, -8).num() == -3);
  CHECK(ratio(6, -8).den() == 4);
  CHECK(ratio(0, -5) == Rational{});
  CHECK_FALSE(Rational::make(1, 0));
  CHECK_FALSE(Rational::make(1, guiju::kI128Min));
  CHECK(Rational::make(guiju::kI128Min, guiju::kI128Min) == Rational{1});
  CHECK(Rational::make(guiju::kI128Min, 2)->den() == 1);
}

TEST_CASE("sums, products and comparisons agree with unbounded arithmetic") {
  Numbers numbers;
  for (int i = 0; i < 20'000; ++i) {
    const Rational a = numbers.fraction();
    const Rational b = numbers.fraction();
    CAPTURE(guiju::to_string(a));
    CAPTURE(guiju::to_string(b));
    check_result(add(a, b), big(a) + big(b));
    check_result(sub(a, b), big(a) - big(b));
    check_result(mul(a, b), big(a) * big(b));
    if (!b.is_zero()) check_result(div(a, b), big(a) / big(b));
    CHECK(compare(a, b) == (big(a) < big(b) ? -1 : big(a) > big(b) ? 1 : 0));
  }
}

TEST_CASE("a sum that fits is found although its intermediates do not") {
  const Rational large = Rational::whole(guiju::kI128Max);
  CHECK(add(large, Rational::whole(-guiju::kI128Max)) == Rational{});
  const auto near_limit = Rational::make(guiju::kI128Max, 3);
  REQUIRE(near_limit);
  check_result(add(*near_limit, ratio(1, 3)), big(*near_limit) + BigFraction(1, 3));
  check_result(sub(*near_limit, *near_limit), 0);
  CHECK_FALSE(add(large, 1));
  CHECK_FALSE(negate(Rational::whole(guiju::kI128Min)));
  CHECK(negate(large) == Rational::whole(-guiju::kI128Max));
}

TEST_CASE("products of 256 bits are compared exactly") {
  Numbers numbers;
  for (int i = 0; i < 20'000; ++i) {
    const i128 a = numbers.any();
    const i128 b = numbers.any();
    const i128 c = i % 3 == 0 ? b : numbers.any();
    const i128 d = i % 3 == 0 ? a : numbers.any();
    const Big difference = big(a) * big(b) - big(c) * big(d);
    CHECK(guiju::compare_products(a, b, c, d) == (difference < 0 ? -1 : difference > 0 ? 1 : 0));
  }
  using guiju::kI128Max;
  using guiju::kI128Min;
  CHECK(guiju::compare_products(kI128Min, kI128Min, kI128Max, kI128Max) == 1);
  CHECK(guiju::compare_products(kI128Min, kI128Max, kI128Max, kI128Min) == 0);
  CHECK(guiju::compare_products(kI128Min, kI128Max, kI128Min, kI128Min) == -1);
}

TEST_CASE("powers") {
  CHECK(pow(ratio(-2, 3), 3) == ratio(-8, 27));
  CHECK(pow(ratio(-2, 3), -2) == ratio(9, 4));
  CHECK(pow(Rational{}, 0) == Rational{1});
  CHECK_FALSE(pow(Rational{}, -1));
  CHECK(pow(Rational{2}, 126)->num() == i128{1} << 126U);
  CHECK_FALSE(pow(Rational{2}, 127));
  CHECK(pow(Rational{-2}, 127) == Rational::whole(guiju::kI128Min));
  CHECK(pow(Rational{1}, 2'000'000'000) == Rational{1});
  CHECK(pow(Rational{-1}, 1'999'999'999) == Rational{-1});
}

TEST_CASE("the greatest common measure of two fractions") {
  CHECK(gcd(ratio(1, 100), ratio(1, 40)) == ratio(1, 200));
  CHECK(gcd(ratio(3, 2), Rational{-2}) == ratio(1, 2));
  CHECK(gcd(Rational{}, ratio(-3, 7)) == ratio(3, 7));
  CHECK(gcd(Rational{}, Rational{}) == Rational{1});
  const auto thin = Rational::make(1, guiju::kI128Max);
  CHECK_FALSE(gcd(*thin, Rational::make(1, guiju::kI128Max - 1).value()));
}

TEST_CASE("written decimals") {
  using guiju::parse_decimal;
  CHECK(parse_decimal("2000") == Rational{2000});
  CHECK(parse_decimal("2.50") == ratio(5, 2));
  CHECK(parse_decimal("1_000.000_1") == ratio(10'000'001, 10'000));
  CHECK(parse_decimal("0") == Rational{});
  CHECK(guiju::to_string(parse_decimal("99999999999999999999999999999999999999")->num()) ==
        "99999999999999999999999999999999999999");
  for (const char* wrong : {"", ".", ".5", "5.", "1__0", "_1", "1_", "1_.5", "1._5", "1.2.3", "-1", "+1", "1e5", " 1",
                            "1 ", "\uFF11", "999999999999999999999999999999999999999"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_decimal(wrong));
  }
}

TEST_CASE("fractions as decimals") {
  CHECK(guiju::to_string(ratio(5, 2)) == "2.5");
  CHECK(guiju::to_string(ratio(-1, 100)) == "-0.01");
  CHECK(guiju::to_string(Rational{2000}, 2) == "2000.00");
  CHECK(guiju::to_string(ratio(6500 * 3, 24 * 4)) == "203.125");
  CHECK(guiju::to_string(ratio(203125, 1000), 2) == "203.125");
  CHECK(guiju::to_string(ratio(-1, 3), 2) == "-1/3");
  CHECK(guiju::to_string(Rational::whole(guiju::kI128Min)) == "-170141183460469231731687303715884105728");
  CHECK(guiju::to_string(*pow(ratio(1, 2), 60)) == "1/1152921504606846976");
}

TEST_CASE("fractions shown to a number of decimals, half to even") {
  CHECK(guiju::to_decimal(ratio(1, 3), 4) == "0.3333");
  CHECK(guiju::to_decimal(ratio(2, 3), 2) == "0.67");
  CHECK(guiju::to_decimal(ratio(-1, 8), 2) == "-0.12");
  CHECK(guiju::to_decimal(ratio(3, 8), 2) == "0.38");
  CHECK(guiju::to_decimal(ratio(999, 1000), 2) == "1.00");
  CHECK(guiju::to_decimal(ratio(-1, 1000), 2) == "0.00");
  CHECK(guiju::to_decimal(ratio(5, 2), 0) == "2");
  CHECK(guiju::to_decimal(ratio(1999, 2), 0) == "1000");
  CHECK(guiju::to_decimal(*Rational::make(guiju::kI128Max - 1, guiju::kI128Max), 3) == "1.000");
}
