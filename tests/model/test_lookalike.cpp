// Names that cannot be told apart are refused together; others, Chinese ones among them, are not.
#include <doctest/doctest.h>

#include "model/lookalike.hpp"

namespace {

using Names = std::vector<std::string>;

// The arguments of the findings for names one after the other.
std::vector<Names> findings(const Names& names) {
  std::vector<std::pair<std::string, guiju::Span>> placed;
  std::uint32_t offset = 0;
  for (const std::string& name : names) {
    placed.emplace_back(name, guiju::Span{0, offset, offset + 1});
    offset += 10;
  }
  guiju::Diagnostics diagnostics;
  guiju::model::check_lookalikes(placed, diagnostics);
  std::vector<Names> all;
  for (const auto& d : diagnostics.all()) all.push_back(d.arguments);
  return all;
}

}  // namespace

TEST_CASE("names with the same skeleton are reported, the later one at its place") {
  CHECK(findings({"level1", "net", "levell"}) == std::vector<Names>{{"levell", "level1"}});
  CHECK(findings({"cap", "\u0441\u0430\u0440"}) == std::vector<Names>{{"\u0441\u0430\u0440", "cap"}});
  CHECK(findings({"O1", "0l", "Ol"}).size() == 2);
}

TEST_CASE("equal names and names that differ to the eye are not") {
  CHECK(findings({"net", "net"}).empty());
  CHECK(findings({"净价", "净值", "国六b", "国六a", "level1", "level2", "guo6b", "guo6a", "bonus", "base"}).empty());
  CHECK(findings({}).empty());
}

TEST_CASE("a name and its alias at one place are not compared") {
  guiju::Diagnostics diagnostics;
  guiju::model::check_lookalikes({{"level1", {0, 5, 11}}, {"levell", {0, 5, 11}}}, diagnostics);
  CHECK(diagnostics.all().empty());
}
