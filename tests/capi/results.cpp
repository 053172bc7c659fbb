// Results of a standard, through the C interface and its C++ face, and as JSON.
#include <doctest/doctest.h>

#include <guiju/guiju.hpp>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kVan = R"(
scale Class "等级" from worst { old "旧" / en "old", middle "中" / en "middle", new "新" / en "new" }
record Van { made: date  weight: number [kg] from 0 kg to 10000 kg  paper: Class }
standard van_class "货车" {
  given v: Van
  in force by v.made
  edition first from 2010-01-01 {
    cite "甲"
    gives limit "限值" / en "limit" = 2 * v.weight
    gives class = v.paper
    gives scrap_on = v.made + 10 years
  }
}
)";

struct Van {
  Compiled compiled = compile(kVan);
  Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "van_class"));
  Owned<gj_decision> decision = new_decision();

  explicit Van(std::string_view json) {
    REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
    REQUIRE(read(facts.get(), json) == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  }
  gj_result result(std::size_t index) {
    auto out = sized<gj_result>();
    REQUIRE(gj_decision_result(decision.get(), index, &out) == GJ_OK);
    return out;
  }
};

}  // namespace

TEST_CASE("results have a value for machines, a text for people") {
  Van van(R"({"v": {"made": "2015-03-01", "weight": 1500, "paper": "middle"}})");
  REQUIRE(gj_decision_count(van.decision.get(), GJ_RESULTS) == 3);
  CHECK(gj_decision_count(van.decision.get(), GJ_CHECKS) == 0);
  const gj_result limit = van.result(0);
  CHECK(str(limit.name) == "limit");
  CHECK(str(limit.label) == "limit");
  CHECK(str(limit.state) == "known");
  CHECK(str(limit.value) == "3000");
  CHECK(str(limit.unit) == "kg");
  CHECK(str(limit.text) == "3000 kg");
  CHECK(str(van.result(1).value) == "middle");
  CHECK(str(van.result(2).value) == "2025-03-01");
  auto none = sized<gj_result>();
  CHECK(gj_decision_result(van.decision.get(), 3, &none) == GJ_E_ARGUMENT);
}

TEST_CASE("open results say what they may be") {
  Van van(R"({"v": {"made": "2015-03-01"}})");
  const gj_result limit = van.result(0);
  CHECK(str(limit.state) == "open");
  CHECK(str(limit.value).empty());
  CHECK(str(limit.least) == "0");
  CHECK(str(limit.most) == "20000");
  const gj_result level = van.result(1);
  REQUIRE(level.possible_count == 3);
  auto named = sized<gj_named>();
  REQUIRE(gj_decision_result_possible(van.decision.get(), 1, 2, &named) == GJ_OK);
  CHECK(str(named.name) == "new");
  CHECK(str(named.label) == "new");
  CHECK(gj_decision_result_possible(van.decision.get(), 1, 3, &named) == GJ_E_ARGUMENT);
  const std::string json = str(gj_decision_json(van.decision.get()));
  for (const char* part : {R"("name": "limit")", R"("state": "open")", R"("value": null)", R"("least": "0")"})
    CHECK_MESSAGE(json.find(part) != std::string::npos, part);
}

TEST_CASE("the same through the C++ face") {
  const auto compiled = guiju::Rulebook::from_text("rules.gj", kVan);
  REQUIRE(compiled);
  REQUIRE(*compiled);
  auto facts = guiju::Facts::of(compiled->rulebook->find_program("van_class"));
  REQUIRE(facts);
  REQUIRE(*facts->read_json(R"({"v": {"made": "2015-03-01", "weight": 1500}})"));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  REQUIRE(decision->decide(*facts));
  const auto results = decision->results();
  REQUIRE(results.size() == 3);
  CHECK(results[0].name == "limit");
  CHECK(results[0].label == "限值");
  CHECK(results[0].value == "3000");
  CHECK(results[0].possible.empty());
  CHECK(results[1].state == "open");
  REQUIRE(results[1].possible.size() == 3);
  CHECK(results[1].possible[0].label == "旧");
  CHECK(results[2].value == "2025-03-01");
}
