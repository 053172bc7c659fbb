// Texts of several lines on one.
#include <doctest/doctest.h>

#include "values/one_line.hpp"

using namespace guiju;

TEST_CASE("what stands over several lines reads on one") {
  CHECK(on_one_line("a  and\n\t b\r\n") == "a and b");
  CHECK(on_one_line("  售价\n不高于 5000 元 ") == "售价 不高于 5000 元");
  CHECK(on_one_line(" \n").empty());
}

TEST_CASE("what reads so already is left alone, wherever in it the blanks are") {
  CHECK(is_on_one_line(""));
  CHECK_FALSE(is_on_one_line(" "));
  CHECK_FALSE(is_on_one_line("a "));
  for (std::size_t length = 1; length < 40; ++length) {
    const std::string plain(length, 'x');
    CHECK(is_on_one_line(plain));
    for (std::size_t at = 0; at < length; ++at) {
      for (const char blank : {' ', '\n', '\t', '\r'}) {
        std::string one = plain;
        one[at] = blank;
        CHECK(is_on_one_line(one) == (on_one_line(one) == one));
        if (at + 1 == length) continue;
        one[at + 1] = ' ';
        CHECK_FALSE(is_on_one_line(one));
      }
    }
  }
}
