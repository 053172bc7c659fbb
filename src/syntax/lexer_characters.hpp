// Which character is what: blanks, digits, letters of words, full-width signs and their ASCII spelling, characters that
// are refused. Tables by code point, since editors and input methods change the characters themselves.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace guiju::syntax {

// What nearly every character is asked, answered from a table: letters, digits and `_` of ASCII.
inline constexpr std::array<bool, 128> kAsciiWord = [] {
  std::array<bool, 128> word{};
  for (std::size_t c = 0; c < word.size(); ++c)
    word[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return word;
}();
[[nodiscard]] bool is_word_beyond_ascii(char32_t c);

// Within a line: space, tab, the wide and the unbreakable space.
[[nodiscard]] inline bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0x3000 || c == 0x00A0;
}
// 0 … 9 of ASCII and full-width digits, else -1.
[[nodiscard]] inline int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<int>(c - 0xFF10);
  return -1;
}
// Letters, marks, numbers, `_`. Han of the common block first: nearly all Chinese names are made of it.
[[nodiscard]] inline bool is_word_character(char32_t c) {
  if (c < 0x80) return kAsciiWord[c];
  return (c >= 0x4E00 && c <= 0x9FFF) || is_word_beyond_ascii(c);
}

// The ASCII spelling of a sign, "" for what is no sign: U+FF0C is ",", U+2264 is "<=", U+2026 is "...".
[[nodiscard]] std::string_view ascii_sign(char32_t c);

// The quote that closes a text opened by `c`, 0 where `c` opens none.
[[nodiscard]] char32_t closing_quote(char32_t c);
[[nodiscard]] bool is_closing_quote(char32_t c);
[[nodiscard]] char32_t refused_closing_quote(char32_t c);  // of quotes in which no text stands here: ‘ ’, 『 』, 《 》

enum class Hidden : std::uint8_t {
  no,
  reordering,  // changes the order in which a reader sees the line; refused everywhere
  invisible,   // zero width; refused outside texts
  byte_order_mark,
};
[[nodiscard]] Hidden hidden_kind(char32_t c);

[[nodiscard]] std::string code_point_name(char32_t c);  // "U+202E"

// Of ASCII and common Han alone: such a text is in every normal form already.
[[nodiscard]] bool is_plain(std::string_view text);
// Normal forms of valid UTF-8.
[[nodiscard]] std::string to_nfc(std::string_view text);
[[nodiscard]] std::string to_nfkc(std::string_view text);
// Latin letters beside Cyrillic or Greek ones: no honest name needs that.
[[nodiscard]] bool mixes_scripts(std::string_view text);

}  // namespace guiju::syntax
