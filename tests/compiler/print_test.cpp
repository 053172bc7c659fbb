// What a rule became, as text.
#include "plan/print.hpp"

#include <fstream>
#include <sstream>

#include "support_rules.hpp"

using namespace guiju;

namespace {

// What the first fenced block of that kind holds.
std::string block(const std::string& page, const std::string& kind) {
  const std::string fence = "```" + kind + "\n";
  const std::size_t begin = page.find(fence);
  if (begin == std::string::npos) return {};
  const std::size_t first = begin + fence.size();
  return page.substr(first, page.find("```", first) - first);
}

}  // namespace

TEST_CASE("the plan in the walk through the engine is what its rule file becomes") {
  const std::ifstream file(std::string(GUIJU_TEST_DIR) + "/../src/README.md");
  std::stringstream page;
  page << file.rdbuf();
  const auto compiled = testing::compile_text(block(page.str(), "gj"));
  REQUIRE(compiled.plan);
  CHECK(block(page.str(), "plan") == plan::print(*compiled.plan, compiled.plan->programs.front().sections.front()));
}

TEST_CASE("a plan prints one operation a line, bodies of folds indented") {
  const auto compiled = testing::compile_text(R"(
use language en
record Claim { paid: money from 0 yuan to 100 yuan }
record Sale { on: date  price: money from 0 yuan to 100 yuan }
program p "项目" {
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    require few: (count of claims where claim.paid > 5 yuan) < 3
    amount = 15% of sale.price, rounded down to 0.01 yuan
  }
}
)");
  REQUIRE(compiled.plan);
  const std::string text = plan::print(*compiled.plan, compiled.plan->programs.front().sections.front());
  CHECK(text.find("FACT field 1") != std::string::npos);
  CHECK(text.find("= FOLD") != std::string::npos);
  CHECK(text.find("\n  s") != std::string::npos);
  CHECK(text.find("; 15% of sale.price") != std::string::npos);
  CHECK(text.find("-- reasons") == std::string::npos);
  CHECK(text.find("FOOT") != std::string::npos);
}

TEST_CASE("every operation has a name") {
  for (int i = 0; i <= static_cast<int>(plan::Operation::FOOT); ++i)
    CHECK_FALSE(plan::name_of(static_cast<plan::Operation>(i)).empty());
}
