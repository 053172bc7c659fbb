// Which character is what: blanks, digits, letters of words, full-width signs and their ASCII spelling, characters that
// are refused. Tables by code point, since editors and input methods change the characters themselves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guiju::syntax {

[[nodiscard]] bool is_blank(char32_t c);           // within a line: space, tab, the wide and the unbreakable space
[[nodiscard]] int digit_value(char32_t c);         // 0 … 9 of ASCII and full-width digits, else -1
[[nodiscard]] bool is_word_character(char32_t c);  // letters, marks, numbers, `_`

// The ASCII spelling of a sign, "" for what is no sign: U+FF0C is ",", U+2264 is "<=", U+2026 is "...".
[[nodiscard]] std::string_view ascii_sign(char32_t c);

// The quote that closes a text opened by `c`, 0 where `c` opens none.
[[nodiscard]] char32_t closing_quote(char32_t c);
[[nodiscard]] bool is_closing_quote(char32_t c);

enum class Hidden : std::uint8_t {
  no,
  reordering,  // changes the order in which a reader sees the line; refused everywhere
  invisible,   // zero width; refused outside texts
  byte_order_mark,
};
[[nodiscard]] Hidden hidden_kind(char32_t c);

[[nodiscard]] std::string code_point_name(char32_t c);  // "U+202E"

// Normal forms of valid UTF-8.
[[nodiscard]] std::string to_nfc(std::string_view text);
[[nodiscard]] std::string to_nfkc(std::string_view text);
// Latin letters beside Cyrillic or Greek ones: no honest name needs that.
[[nodiscard]] bool mixes_scripts(std::string_view text);

}  // namespace guiju::syntax
