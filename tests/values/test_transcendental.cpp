// Logarithms and powers against Boost.Multiprecision with 110 digits, and the cases that no number of digits settles:
// exact results, ties, neighbours of ties.
#include <doctest/doctest.h>

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <random>

#include "values/natural.hpp"
#include "values/transcendental.hpp"

namespace {

using guiju::i128;
using guiju::ln_rounded;
using guiju::MathFault;
using guiju::Natural;
using guiju::power_rounded;
using guiju::Rational;
using guiju::Rounding;
using guiju::u128;
using Real = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<110>>;
using Big = boost::multiprecision::cpp_int;

constexpr Rounding kAll[] = {Rounding::down, Rounding::up, Rounding::half_up, Rounding::half_even};

Rational ratio(i128 n, i128 d) {
  return Rational::make(n, d).value();
}
Rational ten_to_minus(int decimals) {
  return *pow(ratio(1, 10), decimals);
}

Big big(u128 v) {
  Big result = static_cast<std::uint64_t>(v >> 64U);
  result <<= 64;
  return result + static_cast<std::uint64_t>(v);
}
Real real(const Rational& r) {
  const Real size = Real(big(guiju::magnitude(r.num()))) / Real(big(static_cast<u128>(r.den())));
  return r.sign() < 0 ? Real(-size) : size;
}

// `exact` is known to be no tie and no multiple of the unit.
Real rounded(const Real& exact, const Rational& unit, Rounding mode) {
  const Real in_units = abs(exact) / real(unit);
  const Real whole = floor(in_units);
  const bool away = mode == Rounding::up || (mode != Rounding::down && in_units - whole > Real("0.5"));
  const Real size = (whole + (away ? 1 : 0)) * real(unit);
  return exact < 0 ? Real(-size) : size;
}

bool near(const Real& a, const Real& b) {
  return abs(a - b) < Real("1e-40");
}

class Numbers {
 public:
  i128 positive(unsigned most_bits) {
    const auto width = static_cast<unsigned>(random_() % most_bits) + 1;
    const u128 v = ((static_cast<u128>(random_()) << 64U) | random_()) >> (128U - width);
    return v == 0 ? 1 : static_cast<i128>(v);
  }
  Rational fraction(unsigned most_bits) { return ratio(positive(most_bits), positive(most_bits)); }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  std::mt19937_64 random_{42};
};

}  // namespace

TEST_CASE("logarithms of many numbers") {
  Numbers numbers;
  for (int i = 0; i < 800; ++i) {
    const Rational x = numbers.fraction(i % 2 == 0 ? 20 : 126);
    if (x == Rational{1}) continue;
    const Rational unit = ten_to_minus(static_cast<int>(numbers.below(13)));
    const Rounding mode = kAll[numbers.below(4)];
    CAPTURE(guiju::to_string(x));
    CAPTURE(guiju::to_string(unit));
    CAPTURE(static_cast<int>(mode));
    const auto got = ln_rounded(x, unit, mode);
    REQUIRE(got.value);
    CHECK(near(real(*got.value), rounded(log(real(x)), unit, mode)));
  }
}

TEST_CASE("logarithms near one and at the ends") {
  const Rational fine = ten_to_minus(12);
  const Rational above = ratio(guiju::kI128Max, guiju::kI128Max - 1);
  CHECK(ln_rounded(above, fine, Rounding::up).value == fine);
  CHECK(ln_rounded(above, fine, Rounding::half_up).value == Rational{});
  const Rational below = ratio(guiju::kI128Max - 1, guiju::kI128Max);
  CHECK(ln_rounded(below, fine, Rounding::up).value == negate(fine));
  CHECK(ln_rounded(below, fine, Rounding::down).value == Rational{});
  CHECK(ln_rounded(1, fine, Rounding::up).value == Rational{});
  CHECK(ln_rounded(2, ten_to_minus(6), Rounding::half_even).value == ratio(693147, 1'000'000));
  CHECK(ln_rounded(ratio(1, 2), ten_to_minus(6), Rounding::up).value == ratio(-693148, 1'000'000));
  CHECK(ln_rounded(10, ratio(1, 4), Rounding::half_up).value == ratio(9, 4));
  CHECK(near(real(*ln_rounded(Rational::whole(guiju::kI128Max), fine, Rounding::down).value),
             rounded(log(real(Rational::whole(guiju::kI128Max))), fine, Rounding::down)));
  CHECK(ln_rounded(ratio(1, guiju::kI128Max), 100, Rounding::up).value == Rational{-100});
}

TEST_CASE("powers of many numbers") {
  Numbers numbers;
  for (int i = 0; i < 800; ++i) {
    const Rational x = numbers.fraction(i % 2 == 0 ? 16 : 60);
    const Rational size =
        i % 3 == 0 ? numbers.fraction(20) : ratio(numbers.positive(3), 1 + static_cast<i128>(numbers.below(8)));
    const Rational exponent = numbers.below(2) == 0 ? size : negate(size).value();
    const Rational unit = ten_to_minus(static_cast<int>(numbers.below(13)));
    const Rounding mode = kAll[numbers.below(4)];
    CAPTURE(guiju::to_string(x));
    CAPTURE(guiju::to_string(exponent));
    CAPTURE(guiju::to_string(unit));
    CAPTURE(static_cast<int>(mode));
    const Real exact = exp(log(real(x)) * real(exponent));
    const auto got = power_rounded(x, exponent, unit, mode);
    if (exact > Real("1e26")) {  // either answer, by whether the numerator fits
      CHECK((got.value || got.fault == MathFault::too_large));
      continue;
    }
    REQUIRE(got.value);
    const Real in_half_units = exact / real(unit) * 2;
    if (near(in_half_units, round(in_half_units))) continue;  // exact cases have a test of their own
    CHECK(near(real(*got.value), rounded(exact, unit, mode)));
  }
}

TEST_CASE("powers that are rational are rounded exactly, ties among them") {
  const Rational cent = ten_to_minus(2);
  for (const Rounding mode : kAll) {
    CHECK(power_rounded(4, ratio(1, 2), cent, mode).value == Rational{2});
    CHECK(power_rounded(ratio(27, 8), ratio(2, 3), cent, mode).value == ratio(9, 4));
    CHECK(power_rounded(ratio(27, 8), ratio(-1, 3), 1, mode).value ==
          (mode == Rounding::down ? Rational{} : Rational{1}));
    CHECK(power_rounded(1, ratio(355, 113), cent, mode).value == Rational{1});
    CHECK(power_rounded(7, 0, cent, mode).value == Rational{1});
    CHECK(power_rounded(0, 0, cent, mode).value == Rational{1});
    CHECK(power_rounded(0, ratio(3, 4), cent, mode).value == Rational{});
    CHECK(power_rounded(Rational::whole(i128{1} << 126U), ratio(1, 126), cent, mode).value == Rational{2});
  }
  // 1/16 = 0.0625, 9/4 = 2.25, 25/4 = 6.25
  CHECK(power_rounded(ratio(1, 256), ratio(1, 2), ten_to_minus(3), Rounding::half_even).value == ratio(62, 1000));
  CHECK(power_rounded(ratio(1, 256), ratio(1, 2), ten_to_minus(3), Rounding::half_up).value == ratio(63, 1000));
  CHECK(power_rounded(ratio(3, 2), 2, ten_to_minus(1), Rounding::half_even).value == ratio(22, 10));
  CHECK(power_rounded(ratio(5, 2), 2, ten_to_minus(1), Rounding::half_up).value == ratio(63, 10));
  // 2.5^20 has 20 decimals and no tie at the twelfth
  const auto many = power_rounded(ratio(5, 2), 20, ten_to_minus(12), Rounding::half_even);
  REQUIRE(many.value);
  CHECK(near(real(*many.value), Real("90949470.177292823792")));
}

TEST_CASE("powers right beside a tie") {
  // (1 + 2^-120)^2 would be hit exactly; its neighbour's root is irrational and 2^-121 away from 1.
  const i128 scale = i128{1} << 120U;
  const Rational above = ratio(scale + 1, scale);
  CHECK(power_rounded(above, ratio(1, 2), 1, Rounding::up).value == Rational{2});
  CHECK(power_rounded(above, ratio(1, 2), 1, Rounding::down).value == Rational{1});
  CHECK(power_rounded(above, ratio(1, 2), 2, Rounding::half_even).value == Rational{2});
  const Rational below = ratio(scale - 1, scale);
  CHECK(power_rounded(below, ratio(1, 2), 2, Rounding::half_up).value == Rational{});
  CHECK(power_rounded(below, ratio(1, 1'000'003), 2, Rounding::half_up).value == Rational{});
  CHECK(power_rounded(above, ratio(1, i128{1} << 126U), 1, Rounding::up).value == Rational{2});
}

TEST_CASE("very large and very small powers") {
  const Rational fine = ten_to_minus(12);
  CHECK(power_rounded(10, 1'000'000, fine, Rounding::down).fault == MathFault::too_large);
  CHECK(power_rounded(10, ratio(1'000'001, 3), 1, Rounding::down).fault == MathFault::too_large);
  CHECK(power_rounded(2, 126, 1, Rounding::down).value == Rational::whole(i128{1} << 126U));
  CHECK(power_rounded(2, 127, 1, Rounding::down).fault == MathFault::too_large);
  for (const Rational& exponent : {Rational{-1'000'000}, ratio(-1'000'001, 3), Rational::whole(-guiju::kI128Max)}) {
    CHECK(power_rounded(10, exponent, fine, Rounding::down).value == Rational{});
    CHECK(power_rounded(10, exponent, fine, Rounding::half_up).value == Rational{});
    CHECK(power_rounded(10, exponent, fine, Rounding::up).value == fine);
  }
  // e = (1 + 1/n)^n: the error of the logarithm is multiplied by n.
  const i128 n = i128{1} << 100U;
  CHECK(power_rounded(ratio(n + 1, n), Rational::whole(n), fine, Rounding::down).value ==
        ratio(2'718'281'828'459, 1'000'000'000'000));
}

TEST_CASE("what has no value says why") {
  const Rational cent = ten_to_minus(2);
  CHECK(ln_rounded(0, cent, Rounding::up).fault == MathFault::domain);
  CHECK(ln_rounded(-1, cent, Rounding::up).fault == MathFault::domain);
  CHECK(power_rounded(-8, ratio(1, 3), cent, Rounding::up).fault == MathFault::domain);
  CHECK(power_rounded(0, ratio(-1, 3), cent, Rounding::up).fault == MathFault::domain);
  CHECK(ln_rounded(2, ten_to_minus(13), Rounding::up).fault == MathFault::unit);
  CHECK(ln_rounded(2, 0, Rounding::up).fault == MathFault::unit);
  CHECK(power_rounded(2, ratio(1, 2), -1, Rounding::up).fault == MathFault::unit);
  CHECK(ln_rounded(2, ten_to_minus(12), Rounding::up).fault == MathFault::none);
}

TEST_CASE("unbounded naturals agree with Boost's") {
  Numbers numbers;
  // Sums of a few shifted words reach the borders of limbs and the rare step of long division.
  const auto any = [&](Big& twin) {
    Natural n;
    twin = 0;
    for (std::size_t words = numbers.below(6); words > 0; --words) {
      u128 word = static_cast<u128>(numbers.positive(126));
      if (numbers.below(3) == 0) word = ~u128{0};
      const std::size_t shift = numbers.below(400);
      n = n + (Natural(word) << shift);
      twin += big(word) << shift;
    }
    return n;
  };
  const auto same = [](Natural n, const Big& twin) {
    Big value = 0;
    for (std::size_t shift = 0; !n.is_zero(); shift += 128) {
      const Natural above = n >> 128U;
      value += big((n - (above << 128U)).to_u128().value()) << shift;
      n = above;
    }
    return value == twin;
  };
  for (int i = 0; i < 8'000; ++i) {
    Big x;
    Big y;
    const Natural a = any(x);
    const Natural b = any(y);
    REQUIRE(same(a + b, x + y));
    REQUIRE(same(a * b, x * y));
    REQUIRE((a < b) == (x < y));
    if (!(a < b)) REQUIRE(same(a - b, x - y));
    if (b.is_zero()) continue;
    const auto division = Natural::divide(a, b);
    REQUIRE(same(division.quotient, x / y));
    REQUIRE(same(division.remainder, x % y));
    const auto product = Natural::divide(a * b + b, b);  // exact quotients
    REQUIRE(same(product.quotient, x + 1));
    REQUIRE(product.remainder.is_zero());
  }
}
