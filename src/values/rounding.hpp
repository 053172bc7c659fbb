// The four roundings that notices name. All work on the absolute value and restore the sign (GB/T 8170-2008, section
// 3).
#pragma once

#include "values/rational.hpp"

namespace guiju {

enum class Rounding : std::uint8_t {
  down,       // 向下取整: toward zero
  up,         // 向上取整: away from zero
  half_up,    // 四舍五入: ties away from zero
  half_even,  // 修约, GB/T 8170: ties to the even multiple of the unit
};

// n/d rounded to an integer. d > 0.
[[nodiscard]] i128 round_quotient(i128 n, i128 d, Rounding mode);

// The multiple of `unit` (> 0) nearest to v in the sense of `mode`; no value on overflow.
[[nodiscard]] std::optional<Rational> round_to(const Rational& v, const Rational& unit, Rounding mode);

}  // namespace guiju
