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
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t offset);
[[nodiscard]] constexpr bool is_digit(char c) {  // of ASCII
  return c >= '0' && c <= '9';
}
void append_utf8(std::string& out, char32_t code_point);

}  // namespace guiju
