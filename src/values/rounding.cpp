// Rounding on magnitudes: quotient and remainder decide, the sign comes back afterwards.
#include "values/rounding.hpp"

#include "values/u256.hpp"

namespace guiju {
namespace {

// Whether a quotient with this remainder moves away from zero. `twice` compares 2 * remainder with the divisor.
bool moves_away(Rounding mode, bool has_remainder, int twice, bool quotient_odd) {
  switch (mode) {
    case Rounding::down:
      return false;
    case Rounding::up:
      return has_remainder;
    case Rounding::half_up:
      return twice >= 0;
    case Rounding::half_even:
      return twice > 0 || (twice == 0 && quotient_odd);
  }
  return false;
}

int compare_sizes(const U256& a, const U256& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

}  // namespace

i128 round_quotient(i128 n, i128 d, Rounding mode) {
  const u128 divisor = static_cast<u128>(d);
  const u128 size = magnitude(n);
  u128 quotient = size / divisor;
  const u128 remainder = size % divisor;
  const u128 lack = divisor - remainder;  // comparing with this avoids doubling
  const int twice = remainder < lack ? -1 : remainder > lack ? 1 : 0;
  if (moves_away(mode, remainder != 0, twice, (quotient & 1U) != 0)) ++quotient;
  return static_cast<i128>(n < 0 ? ~quotient + 1 : quotient);
}

std::optional<Rational> round_to(const Rational& v, const Rational& unit, Rounding mode) {
  if (unit.sign() <= 0) return std::nullopt;
  const U256 n = multiply(magnitude(v.num()), static_cast<u128>(unit.den()));
  const U256 d = multiply(static_cast<u128>(v.den()), static_cast<u128>(unit.num()));
  auto [quotient, remainder] = divide(n, d);
  if (remainder == U256{}) return v;
  const int twice = compare_sizes(remainder, d - remainder);
  if (moves_away(mode, true, twice, (quotient.low & 1U) != 0)) quotient = quotient + U256{0, 1};
  if (quotient.high != 0 || quotient.low > magnitude(kI128Max)) return std::nullopt;
  const i128 multiple = static_cast<i128>(quotient.low);
  return mul(Rational::whole(v.num() < 0 ? -multiple : multiple), unit);
}

}  // namespace guiju
