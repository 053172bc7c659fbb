// "Did you mean": near slips are found, far names are not offered.
#include <doctest/doctest.h>

#include <vector>

#include "diagnostics/suggest.hpp"

namespace {

std::string nearest(std::string_view wanted, const std::vector<std::string>& names) {
  return guiju::nearest_name(wanted, names).value_or("-");
}

}  // namespace

TEST_CASE("the nearest name by code points") {
  const std::vector<std::string> names = {"purchase", "buyer", "claims", "净价", "国六b", "x", "category"};
  CHECK(nearest("purchse", names) == "purchase");
  CHECK(nearest("prucahse", names) == "purchase");  // two slips of eight
  CHECK(nearest("buyre", names) == "buyer");        // neighbours swapped
  CHECK(nearest("净额", names) == "净价");
  CHECK(nearest("国六", names) == "国六b");
  CHECK(nearest("售价格", names) == "-");
  CHECK(nearest("program", names) == "-");
  CHECK(nearest("y", names) == "-");
  CHECK(nearest("", names) == "-");
  CHECK(nearest("buyer", {}) == "-");
}

TEST_CASE("of equally near names the first is offered") {
  CHECK(nearest("abcd", {"abce", "abcf"}) == "abce");
  CHECK(nearest("abcd", {"abxx", "abcf", "abcd"}) == "abcd");
}
