// What the lexer refuses: the message, the place that it marks, and what is read on.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "diagnostics/codes.hpp"
#include "syntax/lexer_support.hpp"

namespace guiju::syntax::testing {
namespace {

struct Fault {
  std::string_view source;
  Code code;
  std::string_view marked;  // the part of the source that the message points at
  std::string_view tokens;  // what is read all the same
};

constexpr std::string_view kNul("a\0b", 3);

const std::vector<Fault>& faults() {
  static const std::vector<Fault> table{
      // files and characters
      {"a \xFF b", Code::invalid_utf8, "\xFF", ""},
      {"a \xED\xA0\x80", Code::invalid_utf8, "\xED", ""},  // a surrogate
      {kNul, Code::binary_file, std::string_view("\0", 1), ""},
      {"a \uFEFF b", Code::misplaced_byte_order_mark, "\uFEFF", "a b"},
      {"// a \uFEFF\nb", Code::misplaced_byte_order_mark, "\uFEFF", "b"},
      {"a \u202E b", Code::reordering_character, "\u202E", "a b"},
      {"\"a\u2066b\"", Code::reordering_character, "\u2066", "\"a\u2066b\""},
      {"/* \u202A */ a", Code::reordering_character, "\u202A", "a"},
      {"\"a\uFEFFb\"", Code::misplaced_byte_order_mark, "\uFEFF", "\"a\uFEFFb\""},
      {"a\u200Bb", Code::invisible_character, "\u200B", "a b"},
      {"a \u2060", Code::invisible_character, "\u2060", "a"},
      {"a @@@ b", Code::unexpected_character, "@@@", "a b"},
      {"a \x01 b", Code::unexpected_character, "\x01", "a b"},
      {"a \r b", Code::unexpected_character, "\r", "a b"},
      {"5 \u33A1", Code::wide_character, "\u33A1", "5"},
      {"a \uFF20", Code::wide_character, "\uFF20", "a"},
      // words
      {"\uFF41\uFF42 c", Code::special_letters, "\uFF41\uFF42", "ab c"},
      {"level\uFF11", Code::special_letters, "level\uFF11", "level1"},
      {"5 m\u00B2", Code::special_letters, "m\u00B2", "[5 m2]"},
      {"p\u0430y", Code::mixed_scripts, "p\u0430y", "p\u0430y"},
      {"`first x", Code::faulty_quoted_name, "`", "<first> x"},
      {"`` x", Code::faulty_quoted_name, "``", "x"},
      {"if a then b else c", Code::word_else, "else", "<if> a <then> b <otherwise> c"},
      {"3公里以外", Code::word_outside, "以外", "[3 公里] <or more>"},
      {"x 以外", Code::word_outside, "以外", "x <or more>"},
      {"5年左右", Code::word_around, "左右", "[5 年]"},
      {"5 年左右", Code::word_around, "左右", "[5 年]"},
      {"约 5 左右", Code::word_around, "左右", "<about> 5"},
      {"2024年7月25日前", Code::word_before, "前", "2024-07-25"},
      {"2024-07-25以前", Code::word_before, "以前", "2024-07-25"},
      {"2024-07-25 日前", Code::word_before, "日前", "2024-07-25"},
      {"最高 2000元", Code::word_highest, "最高", "<at most> [2000 元]"},
      // numbers
      {"007", Code::leading_zeros, "007", "7"},
      {"00.5", Code::leading_zeros, "00", "0.5"},
      {"1,500", Code::digit_comma, "1,500", "1500"},
      {"1\uFF0C500\uFF0C000 元", Code::digit_comma, "1\uFF0C500\uFF0C000", "[1500000 元]"},
      {"{1,2}", Code::comma_glued, ",", "{ 1 , 2 }"},
      {"5_x", Code::digit_underscore, "5_x", "5"},
      {"= .5", Code::no_digit_before_point, ".5", "= 5"},
      {"[.5..1]", Code::no_digit_before_point, ".5", "[ 5 .. 1 ]"},
      {"5. + a", Code::no_digit_after_point, "5.", "5 + a"},
      {"1e5", Code::exponent, "1e5", "1"},
      {"1.5E-3 kW", Code::exponent, "1.5E-3", "[1.5 kW]"},
      {"123456789012345678901234567890123456789", Code::too_many_digits, "123456789012345678901234567890123456789",
       "0"},
      {"12345678901234567890123456789012345678万", Code::too_many_digits, "12345678901234567890123456789012345678万",
       "12345678901234567890123456789012345678"},
      // dates
      {"2024-8-5", Code::date_form, "2024-8-5", "2024-08-05"},
      {"2024/08/05", Code::date_form, "2024/08/05", "2024-08-05"},
      {"2024.08.05", Code::date_form, "2024.08.05", "2024-08-05"},
      {"2024年8月5号", Code::date_form, "2024年8月5号", "2024-08-05"},
      {"2025-02-30", Code::no_such_day, "2025-02-30", "1970-01-01"},
      {"2100-02-29", Code::no_such_day, "2100-02-29", "1970-01-01"},
      {"2025年13月1日", Code::no_such_month, "2025年13月1日", "1970-01-01"},
      {"1899-12-31", Code::date_out_of_range, "1899-12-31", "1970-01-01"},
      {"2200-01-01", Code::date_out_of_range, "2200-01-01", "1970-01-01"},
      {"2024年8月 x", Code::partial_date, "2024年8月", "1970-01-01 x"},
      {"8月25日", Code::partial_date, "8月25日", "1970-01-01"},
      {"2024-08-25起 x", Code::glued_to_date, "起", "2024-08-25 起 x"},
      {"2024年1月1日至2024年12月31日", Code::glued_to_date, "至2024年12月31日", "2024-01-01 <to> 2024-12-31"},
      {"2024-01-01至2024-12-31", Code::glued_to_date, "至2024-12-31", "2024-01-01 <to> 2024-12-31"},
      {"早于2024-12-31", Code::word_glued_to_date, "早于", "<before> 2024-12-31"},
      {"自2024年12月31日", Code::word_glued_to_date, "自", "<from> 2024-12-31"},
      // words and numbers without blanks
      {"向下取整到0.01元 b", Code::glued_to_number, "向下取整到0.01元", "<rounded down to> [0.01 元] b"},
      {"价向下取整到0.5%", Code::glued_to_number, "价向下取整到0.5%", "价 <rounded down to> 0.005%of1"},
      {"3升且x.价", Code::glued_to_number, "3升且x", "[3 升] <and> x . 价"},
      {"3 升且x.价", Code::glued_to_number, "3 升且x", "[3 升] <and> x . 价"},
      {"满 8年且 x", Code::glued_to_number, "8年且", "<full> [8 年] <and> x"},
      {"3升以上且x", Code::glued_to_number, "3升以上且x", "[3 升] <or more> <and> x"},
      {"8 kgce/t且x", Code::glued_to_number, "8 kgce/t且x", "[8 kgce/t] <and> x"},
      {"3且x", Code::glued_to_number, "3且x", "3 <and> x"},
      {"0至20", Code::glued_to_number, "0至20", "0 <to> 20"},
      // texts and comments
      {"\"abc\nd", Code::unclosed_text, "\"", "\"abc\" d"},
      {"\u201Cabc\"\nd", Code::unclosed_text, "\u201C", "\"abc\"\" d"},
      {"\"a {b\nc", Code::unclosed_text, "\"", "\"a { b }\" c"},
      {"\"a {b", Code::unclosed_text, "\"", "\"a { b }\""},
      {"\"a\uFF5Bb\"", Code::wide_brace, "\uFF5B", "\"a\uFF5Bb\""},
      {R"("a\tb")", Code::unknown_escape, "\\t", "\"atb\""},
      {"a \u201D", Code::closing_quote_alone, "\u201D", "a"},
      {"a /* b", Code::unclosed_comment, "/*", "a"},
      // signs of other languages
      {"a == b", Code::refused_sign, "==", "a <is> b"},
      {"a != b", Code::refused_sign, "!=", "a <is not> b"},
      {"a \uFF01\uFF1D b", Code::refused_sign, "\uFF01\uFF1D", "a <is not> b"},
      {"a && b", Code::refused_sign, "&&", "a <and> b"},
      {"!a", Code::refused_sign, "!", "<not> a"},
      {"a\u3002 b", Code::full_stop, "\u3002", "a b"},
  };
  return table;
}

TEST_CASE("each fault is one message that marks its place, and the rest is read") {
  for (const Fault& f : faults()) {
    CAPTURE(f.source);
    Lexed lexed;
    lex_into(lexed, f.source);
    REQUIRE(faults_of(lexed.diagnostics) == info(f.code).id);
    const Span span = lexed.diagnostics.all()[0].span;
    CHECK(f.source.substr(span.begin, span.end - span.begin) == f.marked);
    CHECK(show(lexed.stream) == f.tokens);
  }
}

TEST_CASE("every code of characters, words, numbers and texts has a case") {
  std::set<Code> tried;
  for (const Fault& f : faults()) tried.insert(f.code);
  for (const CodeInfo& code : all_codes()) {
    const int number = static_cast<int>(code.code);
    const bool of_characters = number > 1000 && number < 1020;  // from 1020 on, files and paths
    const bool of_words = number >= 1100 && number < 1200;
    if (!of_characters && !of_words) continue;
    CAPTURE(code.id);
    CHECK(tried.count(code.code) == 1);
  }
}

TEST_CASE("messages say what to write instead") {
  const auto help_of = [](std::string_view source, Language language) {
    Lexed lexed;
    lex_into(lexed, source);
    REQUIRE_FALSE(lexed.diagnostics.all().empty());
    return help(lexed.diagnostics.all()[0], language);
  };
  CHECK(help_of("2024-8-5", Language::en) == "write 2024-08-05");
  CHECK(help_of("1,500", Language::en).starts_with("write 1500;"));
  CHECK(help_of("a == b", Language::en) == "write is");
  CHECK(help_of("a == b", Language::zh) == "请写 为");
  CHECK(help_of("007", Language::en) == "write 7");
  CHECK(help_of("x = .5", Language::en) == "write 0.5");
  CHECK(help_of("2025-02-30", Language::en) == "2025-02 has 28 days");
  CHECK(help_of("\uFF41", Language::zh) == "请写 a");
  CHECK(help_of("\u201Cabc", Language::en).starts_with("close it with \u201D"));
}

TEST_CASE("refused words are names where only a name can stand") {
  CHECK(tokens_of("else: 5") == "else@ : 5");
  CHECK(tokens_of("x.最高") == "x . 最高");
  CHECK(tokens_of("`左右`") == "`左右`");
}

TEST_CASE("a file that is no text gets one message") {
  std::string bytes("PK\x03\x04", 4);
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 37);
  Lexed lexed;
  lex_into(lexed, bytes);
  CHECK(lexed.diagnostics.all().size() == 1);
  CHECK(lexed.stream.cut_short);
  CHECK(lexed.stream.tokens.size() == 1);
}

TEST_CASE("an empty file, blanks and comments are no fault of the lexer") {
  for (const std::string_view source : {"", "\uFEFF", " \t\n", "// a", "/* a */"}) {
    CAPTURE(source);
    Lexed lexed;
    lex_into(lexed, source);
    CHECK(lexed.diagnostics.all().empty());
    CHECK_FALSE(lexed.stream.cut_short);
    CHECK(lexed.stream.tokens.size() == 1);
  }
}

TEST_CASE("limits") {
  const auto faults_within = [](std::string_view source, const Limits& limits) {
    Lexed lexed;
    lex_into(lexed, source, limits);
    CHECK(lexed.stream.cut_short);
    CHECK(lexed.stream.tokens.size() == 1);  // its end alone, so that the grammar has nothing to add
    return faults_of(lexed.diagnostics);
  };
  Limits limits;
  limits.source_bytes = 10;
  CHECK(faults_within("let a = 123", limits) == "source_too_large");
  limits = {};
  limits.tokens = 3;
  CHECK(faults_within("a b c d e f", limits) == "too_many_tokens");
  limits = {};
  limits.nesting = 2;
  CHECK(faults_within("((()))", limits) == "nesting_too_deep");
  CHECK(faults_within(R"("1{"2{"3{"4{"5{x}"}"}"}"}")", {}) == "text_nesting_too_deep");

  limits = {};
  limits.messages = 5;
  Lexed lexed;
  lex_into(lexed, "a @ b # a @ b # a @ b # a @ b #", limits);
  CHECK(lexed.diagnostics.all().size() == 5);
  CHECK(lexed.stream.cut_short);
}

TEST_CASE("ten megabytes of brackets are one message") {
  Limits limits;
  limits.source_bytes = 64U << 20U;
  const std::string brackets(10U << 20U, '(');
  Lexed lexed;
  lex_into(lexed, brackets, limits);
  CHECK(lexed.diagnostics.all().size() == 1);

  Lexed refused;
  lex_into(refused, brackets);
  CHECK(faults_of(refused.diagnostics) == "source_too_large");
}

TEST_CASE("every token lies after its trivia, and trivia and tokens are the whole file") {
  for (const Fault& f : faults()) {
    CAPTURE(f.source);
    Lexed lexed;
    lex_into(lexed, f.source);
    std::uint32_t end = 0;
    for (const Token& t : lexed.stream.tokens) {
      CHECK(t.trivia_begin >= end);
      CHECK(t.begin >= t.trivia_begin);
      CHECK(t.end >= t.begin);
      CHECK(t.literal < lexed.stream.literals.size());
      end = t.end;
    }
    CHECK(end <= f.source.size());
  }
}

}  // namespace
}  // namespace guiju::syntax::testing
