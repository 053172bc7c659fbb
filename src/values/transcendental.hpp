// Logarithms and rational powers, the same to the last digit on every platform: the result is the exact value rounded
// once, as if it had been known to infinitely many digits. Fixed-point integers only.
#pragma once

#include <optional>

#include "values/rounding.hpp"

namespace guiju {

enum class MathFault : std::uint8_t {
  none,
  domain,     // ln of a number <= 0; a power of a negative number; 0 to a negative exponent (0^0 is 1, as in pow)
  too_large,  // the result does not fit a Rational
  unit,       // the unit is not positive, or finer than 0.000000000001
  undecided,  // the exact value lies within 2^-1000 of a tie; no known input does so
};

struct MathResult {
  std::optional<Rational> value;  // a multiple of the unit
  MathFault fault = MathFault::none;
};

[[nodiscard]] MathResult ln_rounded(const Rational& x, const Rational& unit, Rounding mode);
[[nodiscard]] MathResult power_rounded(const Rational& x, const Rational& exponent, const Rational& unit,
                                       Rounding mode);

}  // namespace guiju
