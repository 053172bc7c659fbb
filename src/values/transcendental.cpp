// Ziv's method: enclose the exact value in an interval of fixed-point numbers; where both ends round to the same
// multiple of the unit that is the answer, otherwise compute again with more bits. Values that are rational, for which
// that might go on for ever, are found beforehand and rounded exactly.
//
// "Ulp" is 2^-precision. Sums and products round down, so an enclosure is the computed value and a number of ulps above
// it.
#include "values/transcendental.hpp"

#include "values/natural.hpp"
#include "values/u256.hpp"

namespace guiju {
namespace {

constexpr std::size_t kPrecisions[] = {128, 256, 512, 1024};
constexpr std::int64_t kFinestUnit = 1'000'000'000'000;  // one over
constexpr std::size_t kLargestExponent = 512;            // results beyond 2^512 fit no Rational whatever the unit
constexpr std::size_t kExactBits = 4096;                 // of rational powers that are computed as such

// low <= value * 2^precision <= high.
struct Enclosure {
  Natural low, high;
};

Natural natural(std::size_t v) {
  return Natural(static_cast<u128>(v));
}

MathResult fault(MathFault what) {
  return {std::nullopt, what};
}

// ---- rounding
// ------------------------------------------------------------------------------------------------------------

// n/d in units, to an integer.
Natural round_ratio(const Natural& n, const Natural& d, const Rational& unit, Rounding mode) {
  const Natural divisor = d * Natural(static_cast<u128>(unit.num()));
  auto [quotient, remainder] = Natural::divide(n * Natural(static_cast<u128>(unit.den())), divisor);
  const Natural twice = remainder + remainder;
  const bool tie = twice == divisor;
  const bool past_half = divisor < twice;
  bool away = false;
  switch (mode) {
    case Rounding::down:
      break;
    case Rounding::up:
      away = !remainder.is_zero();
      break;
    case Rounding::half_up:
      away = tie || past_half;
      break;
    case Rounding::half_even:
      away = past_half || (tie && quotient.is_odd());
      break;
  }
  return away ? quotient + Natural(1) : quotient;
}

// multiple * unit in lowest terms.
MathResult in_units(bool negative, const Natural& multiple, const Rational& unit) {
  const Natural n = multiple * Natural(static_cast<u128>(unit.num()));
  const u128 d = static_cast<u128>(unit.den());
  const u128 rest = Natural::divide(n, Natural(d)).remainder.to_u128().value_or(0);
  const u128 common = gcd(d, rest);
  const auto num = (n / Natural(common)).to_u128();
  if (!num || *num > magnitude(kI128Max)) return fault(MathFault::too_large);
  const i128 size = static_cast<i128>(*num);
  return {Rational::make(negative ? -size : size, static_cast<i128>(d / common)), MathFault::none};
}

// No value where the enclosure does not settle it.
std::optional<Natural> round_enclosure(const Enclosure& e, std::size_t precision, const Rational& unit, Rounding mode) {
  const Natural one = Natural(1) << precision;
  Natural low = round_ratio(e.low, one, unit, mode);
  if (!(low == round_ratio(e.high, one, unit, mode))) return std::nullopt;
  return low;
}

// ---- series
// --------------------------------------------------------------------------------------------------------------

// 2 artanh(n/d) for 0 <= n/d <= 1/3, from 2 (z + z^3/3 + z^5/5 + ...).
// Each power of z is less than 2 ulps too small (its error shrinks by z^2 <= 1/9 and grows by less than 5/3 from step
// to step), each term less than 3, and the terms left out together less than 4.
Enclosure twice_artanh(const Natural& n, const Natural& d, std::size_t precision) {
  const Natural z = (n << precision) / d;
  const Natural z_squared = (z * z) >> precision;
  Natural power = z;
  Natural sum;
  std::size_t terms = 0;
  for (; !power.is_zero(); ++terms) {
    sum = sum + power / natural(2 * terms + 1);
    power = (power * z_squared) >> precision;
  }
  const Natural low = sum << 1U;
  return {low, low + natural(2 * (3 * terms + 4))};
}

Enclosure ln_two(std::size_t precision) {
  return twice_artanh(Natural(1), Natural(3), precision);
}

// ln(n/d) for n >= d: with 2^k <= n/d < 2^(k+1) it is k ln 2 + 2 artanh((m - 1)/(m + 1)), m = n/d / 2^k.
Enclosure ln_above_one(const Natural& n, const Natural& d, std::size_t precision) {
  std::size_t k = n.bits() - d.bits();
  if (n < (d << k)) --k;
  const Natural scaled = d << k;
  const Enclosure rest = twice_artanh(n - scaled, n + scaled, precision);
  const Enclosure two = ln_two(precision);
  return {two.low * natural(k) + rest.low, two.high * natural(k) + rest.high};
}

// e^r for 0 <= r < 0.7, from 1 + r + r^2/2 + ... Each term is less than 3 ulps too small, and those left out are less
// than 4 together. The upper end adds what the width of r makes of it: e^(r + w) - e^r < 4 w for small w.
Enclosure exp_small(const Enclosure& r, std::size_t precision) {
  Natural term = Natural(1) << precision;
  Natural sum;
  std::size_t terms = 0;
  while (!term.is_zero()) {
    sum = sum + term;
    ++terms;
    term = ((term * r.low) >> precision) / natural(terms);
  }
  const Natural width = r.high - r.low;
  return {sum, sum + natural(3 * terms + 4) + (width << 2U)};
}

// e^l for l >= 0; no value where it is beyond 2^kLargestExponent.
std::optional<Enclosure> exp_of(const Enclosure& l, std::size_t precision) {
  const Enclosure two = ln_two(precision);
  const Natural doublings = l.low / two.high;
  if (natural(kLargestExponent) < doublings) return std::nullopt;
  const auto k = static_cast<std::size_t>(doublings.to_u128().value_or(0));
  const Enclosure rest{l.low - two.high * doublings, l.high - two.low * doublings};
  const Enclosure small = exp_small(rest, precision);
  return Enclosure{small.low << k, small.high << k};
}

Enclosure reciprocal(const Enclosure& e, std::size_t precision) {
  const Natural one = Natural(1) << (2 * precision);
  return {one / e.high, one / e.low + Natural(1)};
}

// ---- rational results
// ----------------------------------------------------------------------------------------------------

// base^exponent compared with value: -1, 0, 1.
int compare_power(u128 base, unsigned exponent, u128 value) {
  u128 power = 1;
  for (unsigned i = 0; i < exponent; ++i) {
    const U256 next = multiply(power, base);
    if (next.high != 0 || next.low > value) return 1;
    power = next.low;
  }
  return power < value ? -1 : 0;
}

// The integer whose degree-th power is v, if there is one.
std::optional<u128> exact_root(u128 v, u128 degree) {
  if (v <= 1 || degree == 1) return v;
  if (degree >= 128) return std::nullopt;
  const auto exponent = static_cast<unsigned>(degree);
  u128 low = 1;
  u128 high = u128{1} << (128U / exponent + 1U);
  while (low < high) {
    const u128 middle = low + (high - low) / 2;
    if (compare_power(middle, exponent, v) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (compare_power(low, exponent, v) != 0) return std::nullopt;
  return low;
}

struct Ratio {
  Natural n, d;
};

// (n/d)^(p/q) where that is a rational of moderate size. A larger one is no tie: its denominator exceeds that of every
// half unit, or it is too large altogether; Ziv's method serves it.
std::optional<Ratio> rational_power(u128 n, u128 d, u128 p, u128 q) {
  const auto root_n = exact_root(n, q);
  const auto root_d = exact_root(d, q);
  if (!root_n || !root_d) return std::nullopt;
  if (*root_n == 1 && *root_d == 1) return Ratio{Natural(1), Natural(1)};
  const Natural base_n(*root_n);
  const Natural base_d(*root_d);
  if (p > kExactBits || base_n.bits() * static_cast<std::size_t>(p) > kExactBits ||
      base_d.bits() * static_cast<std::size_t>(p) > kExactBits) {
    return std::nullopt;
  }
  return Ratio{pow(base_n, static_cast<unsigned>(p)), pow(base_d, static_cast<unsigned>(p))};
}

bool usable(const Rational& unit) {
  return unit.sign() > 0 && compare_products(unit.num(), kFinestUnit, unit.den(), 1) >= 0;
}

}  // namespace

MathResult ln_rounded(const Rational& x, const Rational& unit, Rounding mode) {
  if (x.sign() <= 0) return fault(MathFault::domain);
  if (!usable(unit)) return fault(MathFault::unit);
  if (x == Rational{1}) return {Rational{}, MathFault::none};
  // ln(1/x) = -ln x, and roundings treat both signs alike. Of all rationals only 1 has a rational logarithm.
  const bool negative = x.num() < x.den();
  const Natural n(static_cast<u128>(negative ? x.den() : x.num()));
  const Natural d(static_cast<u128>(negative ? x.num() : x.den()));
  for (const std::size_t precision : kPrecisions) {
    const auto rounded = round_enclosure(ln_above_one(n, d, precision), precision, unit, mode);
    if (rounded) return in_units(negative, *rounded, unit);
  }
  return fault(MathFault::undecided);
}

MathResult power_rounded(const Rational& x, const Rational& exponent, const Rational& unit, Rounding mode) {
  if (x.sign() < 0 || (x.is_zero() && exponent.sign() < 0)) return fault(MathFault::domain);
  if (!usable(unit)) return fault(MathFault::unit);
  if (x.is_zero() && !exponent.is_zero()) return {Rational{}, MathFault::none};
  const u128 p = magnitude(exponent.num());
  const u128 q = static_cast<u128>(exponent.den());
  const bool inverted = exponent.sign() < 0;
  const u128 n = static_cast<u128>(inverted ? x.den() : x.num());
  const u128 d = static_cast<u128>(inverted ? x.num() : x.den());
  if (p == 0) return in_units(false, round_ratio(Natural(1), Natural(1), unit, mode), unit);
  if (const auto exact = rational_power(n, d, p, q)) {
    return in_units(false, round_ratio(exact->n, exact->d, unit, mode), unit);
  }
  // (n/d)^(p/q) = e^(p/q ln(n/d)), with the sign of the logarithm outside.
  const bool below_one = n < d;
  for (const std::size_t precision : kPrecisions) {
    const Enclosure ln = ln_above_one(Natural(below_one ? d : n), Natural(below_one ? n : d), precision);
    const Enclosure l{ln.low * Natural(p) / Natural(q), ln.high * Natural(p) / Natural(q) + Natural(1)};
    if ((l.high - l.low).bits() > precision - 8) continue;  // too wide for exp_small
    const auto power = exp_of(l, precision);
    if (!power && !below_one) return fault(MathFault::too_large);
    // Below 2^-512 and above 0: any such value rounds alike.
    const Enclosure tiny{Natural(1), Natural(1)};
    const Enclosure value = !power ? tiny : below_one ? reciprocal(*power, precision) : *power;
    const auto rounded = round_enclosure(value, precision, unit, mode);
    if (rounded) return in_units(false, *rounded, unit);
  }
  return fault(MathFault::undecided);
}

}  // namespace guiju
