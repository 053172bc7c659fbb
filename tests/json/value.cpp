// Canonical JSON, and where two trees differ.
#include "json/value.hpp"

#include <doctest/doctest.h>

using namespace guiju;
using json::Value;

namespace {

std::string again(std::string_view text) {
  const auto parsed = json::parse(text);
  return parsed.value ? json::canonical(*parsed.value) : "! " + parsed.fault.en;
}

}  // namespace

TEST_CASE("members stand in the order of UTF-16 code units") {
  // The example of RFC 8785, section 3.2.3: a smiling face begins with a surrogate, before U+FB33.
  CHECK(
      again(R"({"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7})") ==
      "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
  Value object = Value::object();
  object.set("b", Value(true)).set("a", Value()).set("ab", Value("x")).set("a", Value(std::int64_t{-5}));
  CHECK(json::canonical(object) == R"({"a":-5,"ab":"x","b":true})");
  CHECK(object.find("ab")->text == "x");
  CHECK(object.find("aa") == nullptr);
  object.erase("ab");
  CHECK(object.find("ab") == nullptr);
}

TEST_CASE("texts are escaped in one way") {
  CHECK(again(R"("\u000F\u0008\u000b\u000c\n\r\t\u007f\/\\\"规\u89c4")") ==
        "\"\\u000f\\b\\u000b\\f\\n\\r\\t\x7F/\\\\\\\"规规\"");
}

TEST_CASE("blanks go, numbers are whole") {
  CHECK(again(" [ 1 , -0, 9007199254740991, null, true, { } , [ ] ] ") == "[1,0,9007199254740991,null,true,{},[]]");
  CHECK(again("[9007199254740992]").starts_with("!"));
  CHECK(again("[1.5]").starts_with("!"));
  CHECK(again("[1e2]").starts_with("!"));
  CHECK(again("{\"a\":1,\"b\":2,\"a\":3}").starts_with("!"));
  CHECK(again("[1] 2").starts_with("!"));
  CHECK(again("").starts_with("!"));
  CHECK(again("\"\xFF\"").starts_with("!"));
  CHECK(again(std::string(100, '[') + std::string(100, ']')).starts_with("!"));
}

TEST_CASE("the first difference is named by its path") {
  const auto differ = [](std::string_view a, std::string_view b) {
    const auto found = json::first_difference(*json::parse(a).value, *json::parse(b).value);
    return found ? found->path + " " + found->was + " " + found->now : std::string("same");
  };
  CHECK(differ(R"({"a": [1, {"b": "x"}]})", R"({"a": [1, {"b": "x"}]})") == "same");
  CHECK(differ(R"({"a": [1, {"b": "x"}]})", R"({"a": [1, {"b": "y"}]})") == R"(a[1].b "x" "y")");
  CHECK(differ(R"({"a": [1], "c": 1})", R"({"a": [1, 2]})") == "a[1]  2");
  CHECK(differ(R"({"a": 1, "c": 1})", R"({"a": 1})") == "c 1 ");
  CHECK(differ(R"({"b": 1})", R"({"a": 1, "b": 1})") == "a  1");
  CHECK(differ(R"({"a": 1})", R"({"a": {}})") == "a 1 {}");
  CHECK(differ("1", "2") == " 1 2");
}
