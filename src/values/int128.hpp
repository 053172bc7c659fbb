// The one name for 128-bit integers, which the C++ standard has no spelling for, and their checked operations.
// Every exact number between facts and decision is made of these.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace guiju {

__extension__ using i128 = __int128;
__extension__ using u128 = unsigned __int128;

inline constexpr i128 kI128Max = static_cast<i128>(~u128{0} >> 1U);
inline constexpr i128 kI128Min = -kI128Max - 1;

// Each returns false, and leaves `out` unspecified, where the exact result does not fit.
[[nodiscard]] constexpr bool checked_add(i128 a, i128 b, i128& out) {
  return !__builtin_add_overflow(a, b, &out);
}
[[nodiscard]] constexpr bool checked_sub(i128 a, i128 b, i128& out) {
  return !__builtin_sub_overflow(a, b, &out);
}
[[nodiscard]] constexpr bool checked_mul(i128 a, i128 b, i128& out) {
  return !__builtin_mul_overflow(a, b, &out);
}

// The absolute value as an unsigned number; defined for the least value too.
[[nodiscard]] constexpr u128 magnitude(i128 v) {
  return v < 0 ? ~static_cast<u128>(v) + 1 : static_cast<u128>(v);
}

[[nodiscard]] u128 gcd(u128 a, u128 b);

[[nodiscard]] constexpr std::int64_t saturated(i128 v) {
  constexpr i128 least = std::numeric_limits<std::int64_t>::min();
  constexpr i128 most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(v < least ? least : v > most ? most : v);
}

// Decimal digits, with a minus sign where negative.
[[nodiscard]] std::string to_string(i128 v);

// The sign of a*b - c*d, computed with 256 bits: exact for all inputs.
[[nodiscard]] int compare_products(i128 a, i128 b, i128 c, i128 d);

}  // namespace guiju
