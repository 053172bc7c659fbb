// See one_line.hpp.
#include "values/one_line.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace guiju {

std::string on_one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_on_one_line(std::string_view text) {
  constexpr std::uint64_t kEach = 0x0101010101010101U, kHigh = 0x80U * kEach, kLow = 0x7FU * kEach;
  if (text.empty()) return true;
  if (text.front() == ' ' || text.back() == ' ') return false;
  std::uint64_t blank_before = 0;
  for (std::size_t at = 0; at < text.size(); at += sizeof kEach) {  // eight bytes at a time
    std::uint64_t bytes = '-' * kEach;
    std::memcpy(&bytes, text.data() + at, std::min(sizeof bytes, text.size() - at));
    const std::uint64_t control = (bytes - ' ' * kEach) & ~bytes & kHigh;  // any control character counts as a blank
    const std::uint64_t other = bytes ^ (' ' * kEach);
    const std::uint64_t blanks = ~(((other & kLow) + kLow) | other | kLow);
    if (control != 0 || (blanks & (blanks << 8U | blank_before)) != 0) return false;
    blank_before = blanks >> 56U;
  }
  return true;
}

}  // namespace guiju
