// Texts, their escapes and their holes.
#include <doctest/doctest.h>

#include "syntax/lexer_support.hpp"

namespace guiju::syntax::testing {
namespace {

struct Case {
  std::string_view source, tokens;
};

TEST_CASE("texts") {
  for (const Case& c : {
           Case{R"("身份证明")", "\"身份证明\""},
           Case{"\u201C一\u201D \u300C二\u300D", "\"一\" \"二\""},
           Case{"\"标\u201C含当日\u201D,\u300C三\u300D\"", "\"标\u201C含当日\u201D,\u300C三\u300D\""},
           Case{R"("a\"b\\c\n\{d}")", "\"a\"b\\c\n{d}\""},
           Case{R"("" "// no comment")", "\"\" \"// no comment\""},
           Case{"\"zero\u200Dwidth\"", "\"zero\u200Dwidth\""},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("holes hold tokens") {
  for (const Case& c : {
           Case{R"("须不晚于 {截止},该车为 {旧车.登记日期}")", "\"须不晚于 { 截止 },该车为 { 旧车 . 登记日期 }\""},
           Case{R"("{a}")", "\"{ a }\""},
           Case{R"("{a in {b, c}} {d}")", "\"{ a <in> { b , c } } { d }\""},
           Case{"\u201C在 {this version} 内\u201D", "\"在 { <this version> } 内\""},
           Case{R"("{if a then "b {c} d" otherwise "e"}")", "\"{ <if> a <then> \"b { c } d\" <otherwise> \"e\" }\""},
           Case{R"("1{"2{"3{"4{x}"}"}"}")", "\"1{ \"2{ \"3{ \"4{ x }\" }\" }\" }\""},
           Case{R"("{5 kW} x")", "\"{ [5 kW] } x\""},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("a hole is one bracket deeper, and what it leaves open ends with it") {
  Lexed lexed;
  lex_into(lexed, R"(( "a {b ( c} d" e)");
  const auto& t = lexed.stream.tokens;
  REQUIRE(t.size() == 8);
  CHECK(t[1].kind == TokenKind::text_open);
  CHECK(t[1].depth == 1);
  CHECK(t[2].depth == 2);
  CHECK(t[5].kind == TokenKind::text_close);
  CHECK(t[5].depth == 2);
  CHECK(t[6].depth == 1);
}

}  // namespace
}  // namespace guiju::syntax::testing
