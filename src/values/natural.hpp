// Natural numbers of any size, for the fixed-point arithmetic behind logarithms and roots (transcendental.cpp) alone:
// everything else between facts and decision fits 256 bits.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "values/int128.hpp"

namespace guiju {

class Natural {
 public:
  Natural() = default;
  explicit Natural(u128 value);

  [[nodiscard]] bool is_zero() const { return limbs_.empty(); }
  [[nodiscard]] bool is_odd() const { return !limbs_.empty() && (limbs_.front() & 1U) != 0; }
  [[nodiscard]] std::size_t bits() const;  // 0 for zero
  [[nodiscard]] std::optional<u128> to_u128() const;

  friend bool operator==(const Natural&, const Natural&) = default;
  friend bool operator<(const Natural& a, const Natural& b);

  friend Natural operator+(const Natural& a, const Natural& b);
  friend Natural operator-(const Natural& a, const Natural& b);  // requires a >= b
  friend Natural operator*(const Natural& a, const Natural& b);
  friend Natural operator<<(const Natural& a, std::size_t bits);
  friend Natural operator>>(const Natural& a, std::size_t bits);

  struct Division;
  [[nodiscard]] static Division divide(const Natural& n, const Natural& d);  // d != 0

 private:
  void trim();

  std::vector<std::uint32_t> limbs_;  // least first, the last not zero
};

struct Natural::Division {
  Natural quotient, remainder;
};

[[nodiscard]] inline Natural operator/(const Natural& n, const Natural& d) {
  return Natural::divide(n, d).quotient;
}
[[nodiscard]] Natural pow(const Natural& base, unsigned exponent);

}  // namespace guiju
