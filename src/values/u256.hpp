// Twice the width of i128, for the few places where an exact intermediate result needs it: comparing products, adding
// fractions, dividing by a unit. Magnitudes only; callers keep the sign.
#pragma once

#include "values/int128.hpp"

namespace guiju {

struct U256 {
  u128 high = 0;
  u128 low = 0;

  friend constexpr bool operator==(const U256&, const U256&) = default;
};

[[nodiscard]] constexpr bool operator<(const U256& a, const U256& b) {
  return a.high != b.high ? a.high < b.high : a.low < b.low;
}

[[nodiscard]] constexpr U256 multiply(u128 a, u128 b) {
  constexpr u128 mask = ~std::uint64_t{0};
  const u128 a0 = a & mask;
  const u128 a1 = a >> 64U;
  const u128 b0 = b & mask;
  const u128 b1 = b >> 64U;
  const u128 p00 = a0 * b0;
  const u128 p01 = a0 * b1;
  const u128 p10 = a1 * b0;
  const u128 middle = (p00 >> 64U) + (p01 & mask) + (p10 & mask);
  return {a1 * b1 + (p01 >> 64U) + (p10 >> 64U) + (middle >> 64U), (middle << 64U) | (p00 & mask)};
}

// The sums of the callers are below 2^256 by the size of their operands.
[[nodiscard]] constexpr U256 operator+(const U256& a, const U256& b) {
  const u128 low = a.low + b.low;
  return {a.high + b.high + (low < a.low ? 1U : 0U), low};
}

// Requires a >= b.
[[nodiscard]] constexpr U256 operator-(const U256& a, const U256& b) {
  return {a.high - b.high - (a.low < b.low ? 1U : 0U), a.low - b.low};
}

struct QuotientRemainder256 {
  U256 quotient;
  U256 remainder;
};
// d != 0, d < 2^255. One bit at a time: this is the rare path.
[[nodiscard]] constexpr QuotientRemainder256 divide(const U256& n, const U256& d) {
  if (n.high == 0 && d.high == 0) return {{0, n.low / d.low}, {0, n.low % d.low}};
  QuotientRemainder256 result;
  for (unsigned bit = 256; bit-- > 0;) {
    const u128 word = bit >= 128 ? n.high : n.low;
    const u128 next = (word >> (bit % 128U)) & 1U;
    U256& r = result.remainder;
    r = {(r.high << 1U) | (r.low >> 127U), (r.low << 1U) | next};
    if (r < d) continue;
    r = r - d;
    (bit >= 128 ? result.quotient.high : result.quotient.low) |= u128{1} << (bit % 128U);
  }
  return result;
}

}  // namespace guiju
