// Where a text stops being JSON, in the words of people who write it by hand.
#include "json/mistake.hpp"

#include <doctest/doctest.h>

#include <string_view>

using guiju::json::find_mistake;

namespace {

struct Faulty {
  std::string_view text;
  std::size_t line, column;
  std::string_view en;  // its beginning
};

constexpr Faulty kFaulty[] = {
    {"", 1, 1, "there is nothing"},
    {"{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3, "a comma is missing"},
    {"{ \"a\": 1, }", 1, 9, "a comma too many"},
    {"[1, 2, ]", 1, 6, "a comma too many"},
    {"{ \"a\" 1 }", 1, 7, "a colon is missing"},
    {"{ a: 1 }", 1, 3, "a name in double quotes"},
    {"{ \"a\": }", 1, 8, "a value is needed"},
    {"{ \"价\": yes }", 1, 8, "a value is needed"},
    {"{ \"a\"\uFF1A 1 }", 1, 6, "JSON is written with the ASCII signs"},
    {"{ \u201Ca\u201D: 1 }", 1, 3, "JSON is written with the ASCII signs"},
    {"{ \"a\": 1\uFF0C\"b\": 2 }", 1, 9, "JSON is written with the ASCII signs"},
    {"{ 'a': 1 }", 1, 3, "texts stand in double quotes"},
    {"{ \"a\": \"x\n }", 1, 8, "the quote opened here"},
    {"{ \"a\": \"x, \"b\": \"y\" }", 1, 8, "the quote opened here"},
    {"{ \"a\": \"x", 1, 8, "the quote opened here"},
    {"{ \"a\": \"x\ty\" }", 1, 10, "a line break or control"},
    {R"({ "a": "x\qy" })", 1, 10, "an escape"},
    {R"({ "a": "\u12g4" })", 1, 9, "an escape"},
    {"{ \"a\": 05 }", 1, 8, "not how a number"},
    {"{ \"a\": .5 }", 1, 8, "not how a number"},
    {"{ \"a\": 5. }", 1, 8, "not how a number"},
    {"{ \"a\": +5 }", 1, 8, "not how a number"},
    {"{ \"a\": 1e }", 1, 8, "not how a number"},
    {"{ // x\n }", 1, 3, "JSON has no comments"},
    {"{ \"a\": { \"b\": 1 }", 1, 1, "the bracket opened here"},
    {"{ \"a\": [1, 2", 1, 8, "the bracket opened here"},
    {"{ \"a\": 1 } }", 1, 12, "nothing may follow"},
};

}  // namespace

TEST_CASE("the first mistake is told, with its line and column") {
  for (const Faulty& f : kFaulty) {
    CAPTURE(f.text);
    const auto mistake = find_mistake(f.text);
    REQUIRE(mistake.has_value());
    CHECK(mistake->line == f.line);
    CHECK(mistake->column == f.column);
    CHECK_MESSAGE(mistake->text.en.starts_with(f.en), mistake->text.en);
    CHECK_FALSE(mistake->text.zh.empty());
  }
}

TEST_CASE("what is JSON has no mistake") {
  for (const std::string_view text :
       {"{}", "[]", " 1 ", "\"\\\"\\u00e4\"", "{\"a\": [true, false, null, -0.5e+3, 0, {}]}", "[[[]]]", "10"}) {
    CAPTURE(text);
    CHECK_FALSE(find_mistake(text).has_value());
  }
}

TEST_CASE("a mistake is shown with its place") {
  const auto mistake = find_mistake("{\n\"a\" 1}");
  REQUIRE(mistake.has_value());
  CHECK(shown(*mistake).en == "line 2, column 5: a colon is missing after the name");
  CHECK(shown(*mistake).zh == "第 2 行第 5 列:名称之后缺少冒号");
}
