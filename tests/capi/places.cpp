// Who bears an amount, and where, through the C interface.
#include <doctest/doctest.h>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kShared = R"(
use language en
record Claim { on: date  price: money from 0 yuan to 100000 yuan }
program trucks {
  authority "a"
  given claim: Claim
  in force by claim.on
  version v2024 from 2024-01-01 {
    cite "n" "1"
    amount = 15% of claim.price, at most 2000 yuan, rounded down to 0.01 yuan,
      shared 90 : 10 between central "中央" / en "central budget", province remainder to central
  }
}
)";

}  // namespace

TEST_CASE("the shares of an amount in C: known, open, silent, none") {
  const Compiled compiled = compile(kShared);
  REQUIRE(compiled.status == GJ_OK);
  const Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "trucks"));
  const Owned<gj_decision> decision = new_decision();
  REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
  REQUIRE(read(facts.get(), R"({"claim": {"on": "2024-05-01", "price": "12345"}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_count(decision.get(), GJ_SHARES) == 2);
  auto share = sized<gj_part>();
  REQUIRE(gj_decision_share(decision.get(), 0, &share) == GJ_OK);
  CHECK(str(share.name) == "central");
  CHECK(str(share.label) == "central budget");
  CHECK(str(share.amount) == "1666.58");
  CHECK(share.least.coefficient == 166658);
  REQUIRE(gj_decision_share(decision.get(), 1, &share) == GJ_OK);
  CHECK(str(share.amount) == "185.17");
  CHECK(gj_decision_share(decision.get(), 2, &share) == GJ_E_ARGUMENT);
  CHECK(str(gj_decision_json(decision.get())).find(R"("shares":{"central":"1666.58","province":"185.17"})") !=
        std::string::npos);

  REQUIRE(gj_decision_set_language(decision.get(), GJ_SILENT) == GJ_OK);
  gj_facts_reset(facts.get());
  REQUIRE(read(facts.get(), R"({"claim": {"on": "2024-05-01"}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_share(decision.get(), 0, &share) == GJ_OK);
  CHECK(share.is_known == 0);
  CHECK(share.most.coefficient == 180000);
  CHECK(share.amount.size == 0);

  REQUIRE(read(facts.get(), R"({"claim": {"on": "2023-05-01", "price": "1"}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_count(decision.get(), GJ_SHARES) == 0);
  CHECK(gj_decision_share(decision.get(), 0, &share) == GJ_E_ARGUMENT);
}
