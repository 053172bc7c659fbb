// Whether text stands as it is between quotes, eight bytes at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace guiju::json {

// How many bytes from `from` on hold no quote, backslash or control character; counted in eights, so that what is left
// is to be looked at byte by byte.
[[nodiscard]] inline std::size_t plain_eights(std::string_view text, std::size_t from) {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x80U * kEach;
  std::size_t at = from;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const auto is = [&](std::uint64_t byte) {  // the high bit of the lowest byte that is the given one
      const std::uint64_t other = bytes ^ (byte * kEach);
      return (other - kEach) & ~other;
    };
    const std::uint64_t control = (bytes - 0x20U * kEach) & ~bytes;
    if (((control | is('"') | is('\\') | is(0x7F)) & kHigh) != 0) break;
  }
  return at - from;
}

}  // namespace guiju::json
