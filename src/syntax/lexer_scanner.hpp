// The lexer's inside: one pass over the text with a cursor. One class, since every part reads and moves the same
// cursor; its methods stand by subject in lexer.cpp (the loop, trivia, signs), lexer_words.cpp, lexer_numbers.cpp and
// lexer_texts.cpp.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "syntax/lexer_keywords.hpp"
#include "syntax/limits.hpp"
#include "syntax/token.hpp"
#include "values/utf8.hpp"

namespace guiju::syntax {

using Offset = std::uint32_t;

class Scanner {
 public:
  Scanner(std::string_view source, FileId file, const Limits& limits, Diagnostics& diagnostics);
  [[nodiscard]] TokenStream run();

 private:
  // ---- the cursor: lexer.cpp ----
  struct Char {
    char32_t value = 0;
    Offset length = 0;
  };
  [[nodiscard]] Char at(Offset offset) const {  // value and length 0 at the end
    if (offset >= size()) return {};
    const auto byte = static_cast<unsigned char>(source_[offset]);
    return byte < 0x80 ? Char{byte, 1} : wide_at(offset);
  }
  [[nodiscard]] Char wide_at(Offset offset) const;
  [[nodiscard]] Offset after(Offset offset) const { return offset + at(offset).length; }
  [[nodiscard]] char32_t value_at(Offset offset) const { return at(offset).value; }
  [[nodiscard]] std::string_view ascii_at(Offset offset) const;  // the ASCII spelling of the sign there, or ""
  [[nodiscard]] bool is_ascii_at(Offset offset, std::string_view sign) const { return ascii_at(offset) == sign; }
  [[nodiscard]] bool at_line_end(Offset offset) const;
  [[nodiscard]] std::string_view slice(Offset begin, Offset end) const { return source_.substr(begin, end - begin); }
  [[nodiscard]] Offset size() const { return static_cast<Offset>(source_.size()); }
  [[nodiscard]] Offset after_blanks(Offset offset) const;  // on the same line
  [[nodiscard]] Offset after_blanks_and_lines(Offset offset) const;
  [[nodiscard]] Offset next_in(const std::array<bool, 256>& bytes,
                               Offset offset) const;  // the first of them, or the end
  [[nodiscard]] bool colon_follows(Offset offset) const;

  // ---- the loop: lexer.cpp ----
  bool readable();
  [[nodiscard]] std::vector<std::string> place_of(std::size_t offset) const;
  void scan_token();
  void skip_trivia();
  void skip_line_comment();
  void skip_block_comment();
  void check_hidden(Offset offset, const Char& c);
  void scan_sign();
  bool refuse_sign();
  void scan_unexpected();
  void count_brackets(Sign sign, Offset begin);
  void finish();

  // ---- what comes out: lexer.cpp ----
  Token& emit(TokenKind kind, Offset begin, Offset end);
  void emit_keyword(Keyword keyword, Offset begin, Offset end);
  [[nodiscard]] std::uint32_t keep(Literal literal);
  void report(Code code, Offset begin, Offset end, std::vector<std::string> arguments = {});
  void stop() { stopped_ = true; }
  void give_up() { stopped_ = past_limit_ = true; }

  // ---- words: lexer_words.cpp ----
  [[nodiscard]] Offset word_end(Offset begin) const;  // of the word that begins there; `begin` if none does
  [[nodiscard]] Offset run_end(Offset begin) const;   // with a date that is glued to its end
  struct PhraseMatch {
    Keyword keyword = Keyword::none;
    Offset end = 0;
  };
  [[nodiscard]] PhraseMatch match_keyword(Offset begin) const {
    const Offset end = word_end(begin);
    return match_keyword(phrases_of(slice(begin, end)), end);
  }
  [[nodiscard]] PhraseMatch match_keyword(std::span<const Phrase> phrases, Offset first_end) const;
  void scan_word();
  bool scan_glued_number(Offset begin, Offset end);
  void scan_quoted_name();
  [[nodiscard]] std::string checked_name(Offset begin, Offset end);
  // A word is looked up once, however often it is written.
  struct Word {
    std::uint32_t literal = 0;  // 0: not kept yet
    std::span<const Phrase> phrases;
    const RefusedWord* refused = nullptr;
    bool is_plain = false;
  };
  Word& word_at(Offset begin, Offset end);
  [[nodiscard]] std::uint32_t keep_name(Word& word, Offset begin, Offset end);

  // ---- numbers: lexer_numbers.cpp, dates: lexer_dates.cpp ----
  struct NumberParts;
  void scan_number();
  void scan_digits(NumberParts& number);
  void scan_fraction(NumberParts& number);
  void scan_exponent(NumberParts& number);
  void read_value(NumberParts& number);
  [[nodiscard]] Offset percent_word_end(Offset begin) const;
  bool scan_percent(NumberParts& number);
  void refuse_power(NumberParts& number, std::int64_t factor, Offset end, Offset unit_end);
  bool scan_currency();
  void scan_glued_unit(NumberParts& number);
  bool cut_glued_keyword(NumberParts& number, Offset begin, Offset end);
  void scan_spaced_unit(NumberParts& number);
  void take_unit_word(NumberParts& number, Offset begin, Offset end);
  void continue_unit(NumberParts& number);
  [[nodiscard]] Offset unit_factor_end(
      Offset begin) const;  // after a glued `/` or `*`; `begin` if no unit goes on there
  [[nodiscard]] bool alias_follows(Offset offset) const;
  [[nodiscard]] Offset bracketed_unit_end(Offset begin) const;
  void scan_lonely_point();
  struct SmallNumber {
    int value = 0;
    int digits = 0;
    Offset end = 0;
  };
  [[nodiscard]] SmallNumber small_number(Offset begin) const;  // up to five glued digits
  bool scan_date();
  bool scan_written_date(Offset begin, Offset year_end, int year);  // 2024-08-25 and its refused relatives
  bool scan_chinese_date(Offset begin, Offset year_end, int year);  // 2024年8月25日
  bool scan_slashed_date(Offset begin, const SmallNumber& first);   // 5/1/2025
  bool scan_english_date(Offset begin);                             // 1 May 2025, May 1, 2025
  void finish_date(Offset begin, Offset end, int year, int month, int day);
  bool refuse_partial_date(Offset begin, Offset word);
  // Where a date begins in a word, at least one character on; `end` if none does.
  [[nodiscard]] Offset date_in_word(Offset begin, Offset end) const;
  [[nodiscard]] Offset written_date_in_word(Offset begin, Offset end) const;
  [[nodiscard]] bool is_chinese_date(Offset begin) const;

  // ---- texts: lexer_texts.cpp ----
  struct Hole {        // of a text: `{ expression }`
    Offset quote = 0;  // where the text opened
    char32_t close = 0;
    std::uint32_t braces = 0;  // open inside the hole
    std::uint16_t depth = 0;   // of brackets outside the hole
  };
  void scan_text();
  bool scan_refused_text();
  void scan_text_piece(Offset begin, const Hole& text, bool opening);
  void scan_escape(std::string& decoded);
  void resume_text();
  void abandon_texts();  // a line end or the end of the file inside a hole
  void report_unclosed(const Hole& text);

  std::string_view source_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  TokenStream out_;
  std::unordered_map<std::string_view, Word> words_;      // as written
  std::unordered_map<std::string, std::uint32_t> names_;  // in NFC, one literal each
  std::vector<Hole> holes_;
  Offset pos_ = 0;
  Offset trivia_begin_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t reports_ = 0;
  bool line_start_ = true;   // no token yet on this line
  bool stopped_ = false;     // nothing more is read
  bool past_limit_ = false;  // and what was read is no use
};

}  // namespace guiju::syntax
