// Words, keywords, phrases, names and signs.
#include <doctest/doctest.h>

#include "syntax/lexer_support.hpp"

namespace guiju::syntax::testing {
namespace {

struct Case {
  std::string_view source, tokens;
};

TEST_CASE("a word is a keyword only as a whole run") {
  for (const Case& c : {
           Case{"国三 及以下", "国三 <or worse>"},
           Case{"国三及以下", "国三及以下"},
           Case{"净价的15%", "净价的15 %"},
           Case{"净价 的 15%", "净价 <of_zh> 0.15%of1"},
           Case{"require requirement", "<require> requirement"},
           Case{"and_ _and and1", "and_ _and and1"},
           Case{"Require AND", "Require AND"},
           Case{"二〇二四 y2024 国6b", "二〇二四 y2024 国6b"},
           Case{"of_zh", "of_zh"},  // names the token only; 的 has no English word of its own
           Case{"以内", "<or less>"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("plain names: after a point, before a colon, in back-quotes") {
  for (const Case& c : {
           Case{"x.from", "x . from"},
           Case{"x.自", "x . 自"},
           Case{"x .from", "x . from"},
           Case{"x. from", "x . <from>"},  // the point is not glued to the word
           Case{"from: date", "from@ : date"},
           Case{"limit : 5%", "limit@ : 0.05%of1"},
           Case{"从\u3000\uFF1A 自\uFF1A", "从@ : 自@ :"},
           Case{"at most: 5", "<at> most@ : 5"},
           Case{"`first` `否`", "`first` `否`"},
           Case{"`to`: x", "`to`@ : x"},
           Case{"x.y.是 是", "x . y . 是 <yes>"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("phrases: the longest, over line ends, but not over comments") {
  for (const Case& c : {
           Case{"at most 5", "<at most> 5"},
           Case{"at", "<at>"},
           Case{"at  \n most", "<at most>"},
           Case{"at /* x */ most", "<at> most"},
           Case{"is not", "<is not>"},
           Case{"is nothing", "<is> nothing"},
           Case{"or better or worse or x", "<or better> <or worse> <or> x"},
           Case{"on or before on or after on", "<on or before> <on or after> <on>"},
           Case{"in force by in edition in", "<in force by> <in edition> <in>"},
           Case{"full years from a to b full", "<full years from> a <to> b <full>"},
           Case{"first of first present of first", "<first of> <first present of> <first>"},
           Case{"rounded half even to 0.1", "<rounded half even to> 0.1"},
           Case{"must not must", "<must not> <must>"},
           Case{"not found not in not", "<not found> <not in> <not>"},
           Case{"the day after on the day on what remains", "<the day after> <on the day> <on what remains>"},
           Case{"no limit no row no figure no", "<no limit> <no row> <no figure> <no>"},
           Case{"= no\nlimit x: 1", "= <no> <limit> x@ : 1"},
           Case{"= no\n  figure", "= <no> figure"},
           Case{"listed from a until b complete to 2025-12-31", "<listed from> a <until> b <complete to> 2025-12-31"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("every spelling of every keyword is read as that keyword") {
  for (const KeywordInfo& keyword : all_keywords()) {
    CAPTURE(keyword.english);
    const std::string expected = "<" + std::string(keyword.english) + ">";
    CHECK(tokens_of(keyword.chinese) == expected);
    if (keyword.id != Keyword::of_zh) CHECK(tokens_of(keyword.english) == expected);
    CHECK(info(keyword.id).english == keyword.english);
  }
}

TEST_CASE("no two keywords share a spelling") {
  std::vector<std::string_view> spellings;
  for (const KeywordInfo& keyword : all_keywords()) {
    spellings.push_back(keyword.english);
    spellings.push_back(keyword.chinese);
  }
  for (std::size_t i = 0; i < spellings.size(); ++i) {
    for (std::size_t j = i + 1; j < spellings.size(); ++j) CHECK(spellings[i] != spellings[j]);
  }
}

TEST_CASE("signs in ASCII") {
  for (const Case& c : {
           Case{", : ; . ( ) [ ] { } = + - * / < > <= >= | || .. ... ? \\ ^ %",
                ", : ; . ( ) [ ] { } = + - * / < > <= >= | || .. ... ? \\ ^ %"},
           Case{"a<=b>=c", "a <= b >= c"},
           Case{"(4500..7100]", "( 4500 .. 7100 ]"},
           Case{"[..5) (5..]", "[ .. 5 ) ( 5 .. ]"},
           Case{"{...,a}", "{ ... , a }"},
           Case{"x^2", "x ^ 2"},
           Case{"a//b\nc", "a c"},
           Case{"a/**/b", "a b"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("full-width signs are read as their ASCII forms") {
  for (const Case& c : {
           Case{"\uFF0C\u3001\uFF1A\uFF1B\uFF08\uFF09\uFF3B\uFF3D\u3010\u3011\uFF5B\uFF5D", ", , : ; ( ) [ ] [ ] { }"},
           Case{"\uFF1D\uFF0B\uFF0D\u2212\uFF0A\u00D7\uFF0F\u00F7\uFF1C \uFF1E", "= + - - * * / / < >"},
           Case{"\u2264\u2A7D\u2265\u2A7E\uFF1C\uFF1D\uFF1E=", "<= <= >= >= <= >="},
           Case{"\uFF5C \uFF5C\uFF5C |\uFF5C", "| || ||"},
           Case{"a\uFF0Eb \u2025 \uFF5E \u2026 \u2026\u2026", "a . b .. .. ... ..."},
           Case{"\uFF15\uFF10\uFF05", "0.5%of1"},
           Case{"a\u3000b\u00A0c\td", "a b c d"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("names are compared in NFC") {
  CHECK(tokens_of("caf\u00E9") == tokens_of("cafe\u0301"));
  Lexed lexed;
  lex_into(lexed, "caf\u00E9 cafe\u0301");
  CHECK(lexed.stream.tokens[0].literal == lexed.stream.tokens[1].literal);
}

TEST_CASE("tokens know their trivia, their line and their depth") {
  Lexed lexed;
  lex_into(lexed, "\uFEFF// one\r\na (b /* two\n*/ | c.d) e");
  REQUIRE(lexed.diagnostics.all().empty());
  const auto& t = lexed.stream.tokens;
  REQUIRE(t.size() == 10);
  const auto trivia = [&](std::size_t i) {
    return lexed.stream.source.substr(t[i].trivia_begin, t[i].begin - t[i].trivia_begin);
  };
  CHECK(trivia(0) == "// one\r\n");  // the mark at the start belongs to nothing
  CHECK(t[0].first_on_line);
  CHECK_FALSE(t[0].glued);
  CHECK_FALSE(t[1].glued);
  CHECK(t[2].glued);
  CHECK(t[2].depth == 1);
  CHECK(trivia(3) == " /* two\n*/ ");
  CHECK(t[3].first_on_line);  // `|` after a comment that ends on its line
  CHECK_FALSE(t[4].first_on_line);
  CHECK(t[7].sign == Sign::rparen);
  CHECK(t[7].depth == 1);
  CHECK(t[8].depth == 0);
  CHECK(t.back().kind == TokenKind::end);
}

TEST_CASE("mismatched brackets of intervals keep the depth") {
  Lexed lexed;
  lex_into(lexed, "| (30..100] L | [1 year..2 years) | x");
  CHECK(lexed.stream.tokens[lexed.stream.tokens.size() - 2].depth == 0);
  CHECK(show(lexed.stream) == "| ( 30 .. 100 ] L | [ [1 year] .. [2 years] ) | x");
}

}  // namespace
}  // namespace guiju::syntax::testing
