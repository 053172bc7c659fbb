// See numbers.hpp.
#include "numbers.hpp"

#include <boost/multiprecision/cpp_dec_float.hpp>

namespace guiju::reference {

namespace mp = boost::multiprecision;
using Real = mp::number<mp::cpp_dec_float<120>>;

Integer integer(i128 v) {
  const bool negative = v < 0;
  u128 rest = negative ? u128{0} - static_cast<u128>(v) : static_cast<u128>(v);
  Integer out = 0;
  Integer place = 1;
  while (rest > 0) {
    out += place * static_cast<std::uint32_t>(rest & 0xffffffffU);
    place <<= 32;
    rest >>= 32;
  }
  return negative ? Integer(-out) : out;
}

Number exact(const Rational& r) {
  return Number(integer(r.num()), integer(r.den()));
}

static std::optional<i128> narrow(const Integer& v) {
  if (mp::abs(v) >= (Integer(1) << 126)) return std::nullopt;
  Integer rest = mp::abs(v);
  i128 out = 0;
  int shift = 0;
  while (rest > 0) {
    const auto digit = static_cast<std::uint32_t>(rest & 0xffffffffU);
    out |= static_cast<i128>(digit) << shift;
    shift += 32;
    rest >>= 32;
  }
  return v < 0 ? -out : out;
}

std::optional<Rational> rational(const Number& n) {
  const auto num = narrow(mp::numerator(n));
  const auto den = narrow(mp::denominator(n));
  if (!num || !den) return std::nullopt;
  return Rational::make(*num, *den);
}

Integer floor_of(const Number& n) {
  const Integer num = mp::numerator(n);
  const Integer den = mp::denominator(n);
  Integer quotient = num / den;  // toward zero
  if (num < 0 && quotient * den != num) quotient -= 1;
  return quotient;
}

Number round_to_unit(const Number& n, const Number& unit, Rounding mode) {
  const Number size = n < 0 ? Number(-n) : n;
  const Number count = size / unit;
  const Integer below = floor_of(count);
  const Number rest = count - Number(below);
  const Number half(1, 2);
  bool up = false;
  switch (mode) {
    case Rounding::down:
      up = false;
      break;
    case Rounding::up:
      up = rest > 0;
      break;
    case Rounding::half_up:
      up = rest >= half;
      break;
    case Rounding::half_even:
      up = rest > half || (rest == half && below % 2 != 0);
      break;
  }
  const Number result = Number(up ? Integer(below + 1) : below) * unit;
  return n < 0 ? Number(-result) : result;
}

static Real real(const Number& n) {
  return Real(mp::numerator(n)) / Real(mp::denominator(n));
}

// An irrational value is never a tie and never a multiple, so that 120 digits decide; exact values are handled before.
static Number round_real(const Real& value, const Number& unit, Rounding mode) {
  const Real scale = mp::pow(Real(10), 60);
  const Integer scaled(static_cast<Integer>(mp::trunc(value * scale)));
  // The digits cut off are not zero: nudge away from zero, below every digit that matters.
  const Integer finer = scaled * 10 + (value < 0 ? -5 : 5);
  return round_to_unit(Number(finer, Integer(mp::pow(Integer(10), 61))), unit, mode);
}

std::optional<Number> rounded_ln(const Number& x, const Number& unit, Rounding mode) {
  if (x <= 0) return std::nullopt;
  if (x == 1) return Number(0);
  return round_real(mp::log(real(x)), unit, mode);
}

std::optional<Number> integer_power(const Number& x, int exponent) {
  if (exponent < 0 && x == 0) return std::nullopt;
  Number out = 1;
  for (int i = 0; i < (exponent < 0 ? -exponent : exponent); ++i) out *= x;
  return exponent < 0 ? Number(1 / out) : out;
}

// The whole r-th root of n, if n has one.
static std::optional<Integer> exact_root(const Integer& n, unsigned r) {
  if (n <= 1) return n;
  Integer low = 1;
  Integer high = 1;
  while (mp::pow(high, r) < n) high *= 2;
  while (low < high) {
    const Integer middle = (low + high) / 2;
    if (mp::pow(middle, r) < n)
      low = middle + 1;
    else
      high = middle;
  }
  if (mp::pow(low, r) == n) return low;
  return std::nullopt;
}

std::optional<Number> rounded_power(const Number& x, const Number& exponent, const Number& unit, Rounding mode) {
  const int p = static_cast<int>(mp::numerator(exponent));
  const auto r = static_cast<unsigned>(mp::denominator(exponent));
  if (r != 1 && x < 0) return std::nullopt;
  const auto whole = integer_power(x, p);  // x^(p/r) is the r-th root of x^p
  if (!whole) return std::nullopt;
  if (r == 1) return round_to_unit(*whole, unit, mode);
  const auto num = exact_root(mp::numerator(*whole), r);
  const auto den = exact_root(mp::denominator(*whole), r);
  if (num && den) return round_to_unit(Number(*num, *den), unit, mode);
  return round_real(mp::exp(mp::log(real(*whole)) / r), unit, mode);
}

std::string show(const Number& n) {
  Integer den = mp::denominator(n);
  int decimals = 0;
  Integer scale = 1;
  while (decimals < 40 && scale % den != 0) {
    scale *= 10;
    ++decimals;
  }
  if (scale % den != 0) return n.str();
  const bool negative = n < 0;
  std::string digits = Integer(mp::abs(mp::numerator(n)) * (scale / den)).str();
  if (decimals > 0) {
    const auto places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, ".");
  }
  return (negative ? "-" : "") + digits;
}

}  // namespace guiju::reference
