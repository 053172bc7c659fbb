// What the lexer makes of a rule file: tokens with their places, the blanks and comments before them (trivia), and literals
// already read. Keywords in two languages and full-width signs are settled here, so that the grammar sees neither.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/source.hpp"
#include "values/calendar.hpp"
#include "values/rational.hpp"

namespace guiju::syntax {

// A keyword phrase is one token. Ids in the order of keywords.def; `none` is a plain name.
enum class Keyword : std::uint16_t {
  none,
#define GUIJU_KEYWORD(id, english, chinese, kind) id,
#include "syntax/keywords.def"
#undef GUIJU_KEYWORD
  count_
};

enum class KeywordKind : std::uint8_t { contextual, reserved };

struct KeywordInfo {
  Keyword id;
  std::string_view english, chinese;
  KeywordKind kind;
};

[[nodiscard]] const KeywordInfo& info(Keyword keyword);
[[nodiscard]] const std::vector<KeywordInfo>& all_keywords();

enum class TokenKind : std::uint8_t {
  name,        // also keywords: `keyword` is then not none
  number,      // NUM
  percent,     // PCT: the value is already n/100 or n/1000
  quantity,    // QTY: number with its unit
  date,
  text,        // a text without holes
  text_open,   // "… {      then expression tokens
  text_mid,    // } … {
  text_close,  // } …"
  sign,
  end,
};

enum class Sign : std::uint8_t {
  none, comma, colon, semicolon, dot, lparen, rparen, lbracket, rbracket, lbrace, rbrace, equals, plus, minus, star, slash,
  less, less_equal, greater, greater_equal, bar, double_bar, dot_dot, ellipsis, question, backslash, caret, percent,
};
inline constexpr std::array<std::string_view, 28> kSpellingOfSign{
    "",  ",", ":", ";",  ".", "(",  ")", "[",  "]",  "{",   "}", "=",  "+", "-",
    "*", "/", "<", "<=", ">", ">=", "|", "||", "..", "...", "?", "\\", "^", "%"};
[[nodiscard]] constexpr std::string_view spelling_of(Sign sign) {
  return kSpellingOfSign[static_cast<std::size_t>(sign)];
}

// The number and unit of a literal, still unresolved: the checker knows declared units.
struct Literal {
  Rational value;         // with 万 / 亿 and percent applied
  std::string unit;       // as written ("kWh/24h", "元"), with ASCII signs and names in NFC; empty for NUM and PCT
  std::string text;       // decoded text of text tokens; the name without back-quotes, in NFC, of names
  std::string digits;     // the digits in ASCII, without `_`, for region codes and messages; of dates dddd-dd-dd
  Day day = 0;            // of dates
  bool all_digits = false;  // digits only: may be a region code
};

struct Token {
  TokenKind kind = TokenKind::end;
  Keyword keyword = Keyword::none;
  Sign sign = Sign::none;
  bool first_on_line = false;
  bool glued = false;         // no blank, comment or line end before it
  bool colon_follows = false; // a word before `:`; then never a keyword
  bool quoted = false;        // written in back-quotes; never a keyword
  std::uint16_t depth = 0;    // of brackets, before this token
  std::uint32_t begin = 0;    // bytes in the file
  std::uint32_t end = 0;
  std::uint32_t trivia_begin = 0;  // blanks and comments before the token: [trivia_begin, begin)
  std::uint32_t literal = 0;       // index into TokenStream::literals; 0 is an empty one
};

// All tokens of one file; the last is of kind `end`. Faulty characters are reported and left out (they become trivia).
struct TokenStream {
  FileId file = kNoFile;
  bool cut_short = false;   // reading stopped early, and a message says why: what is missing after it is nobody's mistake
  std::string_view source;  // borrowed from the SourceSet
  std::vector<Token> tokens;
  std::vector<Literal> literals;

  [[nodiscard]] const Literal& literal(const Token& t) const { return literals[t.literal]; }
  [[nodiscard]] std::string_view text(const Token& t) const { return source.substr(t.begin, t.end - t.begin); }
  [[nodiscard]] Span span(const Token& t) const { return {file, t.begin, t.end}; }
};

}  // namespace guiju::syntax
