// UTF-8 at the door: every text that enters, from rule files or facts, is validated once, here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace guiju {

// Byte offset of the first fault, or no value where the text is valid UTF-8 (surrogates and overlong forms are faults).
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// The code point at `offset` of valid UTF-8, and how many bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
[[nodiscard]] CodePoint decode_any(std::string_view text, std::size_t offset);
[[nodiscard]] inline CodePoint decode(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[offset + i])); };
  const bool is_three = byte(0) >= 0xE0 && byte(0) < 0xF0 && offset + 2 < text.size();  // nearly all of Chinese
  if (!is_three) return decode_any(text, offset);
  return {((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
}
[[nodiscard]] constexpr bool is_digit(char c) {  // of ASCII
  return c >= '0' && c <= '9';
}
void append_utf8(std::string& out, char32_t code_point);

}  // namespace guiju
