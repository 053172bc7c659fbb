// Plain values: days and exact decimals.
#pragma once

#include <guiju.h>

#include <cstdint>
#include <optional>
#include <string>

namespace guiju {
inline namespace v0 {

struct Date {
  int year = 0, month = 0, day = 0;
  friend bool operator==(const Date&, const Date&) = default;
};

// coefficient / 10^scale
struct Decimal {
  std::int64_t coefficient = 0;
  std::int32_t scale = 0;
  friend bool operator==(const Decimal&, const Decimal&) = default;  // of the members: 1.0 is not 1.00
};

// "3999.00"
[[nodiscard]] inline std::string to_string(const Decimal& d) {
  const bool negative = d.coefficient < 0;
  // The least value has no positive counterpart; digits are taken from the unsigned magnitude.
  const std::uint64_t magnitude =
      negative ? ~static_cast<std::uint64_t>(d.coefficient) + 1 : static_cast<std::uint64_t>(d.coefficient);
  std::string digits = std::to_string(magnitude);
  const auto scale = static_cast<std::size_t>(d.scale < 0 ? 0 : d.scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  if (negative) digits.insert(0, 1, '-');
  return digits;
}

namespace detail {
inline gj_date in(const Date& d) {
  return {d.year, d.month, d.day};
}
inline std::optional<Date> out(const gj_date& d) {
  if (d.year == 0) return std::nullopt;
  return Date{d.year, d.month, d.day};
}
}  // namespace detail

}  // namespace v0
}  // namespace guiju
