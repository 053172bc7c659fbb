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
  CHECK(str(gj_decision_json(decision.get())).find(R"("shares": {"central": "1666.58", "province": "185.17"})") !=
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

namespace {

constexpr std::string_view kPlaces = R"(
use language en
record Purchase { on: date  price: money from 0 yuan to 100000 yuan  sold_in: region }
program national {
  authority "a"
  given purchase: Purchase
  in force by purchase.on
  version y2025 from 2025-01-01 to 2025-12-31 {
    cite "n" "1"
    leave rate to region, at least 10%, at most 30%
    amount = rate of purchase.price, rounded down to 0.01 yuan
  }
}
program qinghai implements national in 630000 {
  authority "b"
  version y2025 from 2025-01-01 to 2025-12-31 {
    cite "q" "1"
    let rate = 20%
    require here: purchase.sold_in within 630000 otherwise "sold in {purchase.sold_in}"
  }
}
)";

}  // namespace

TEST_CASE("a national programme and the one that carries it out, in C") {
  const Compiled compiled = compile(kPlaces);
  REQUIRE(compiled.status == GJ_OK);
  auto info = sized<gj_program_info>();
  REQUIRE(gj_program_describe(program(compiled.rules.get(), "national"), GJ_EN, &info) == GJ_OK);
  CHECK(info.implements.size == 0);
  CHECK(info.region.size == 0);
  REQUIRE(gj_program_describe(program(compiled.rules.get(), "qinghai"), GJ_EN, &info) == GJ_OK);
  CHECK(str(info.implements) == "national");
  CHECK(str(info.region) == "630000");

  constexpr std::string_view kFacts = R"({"purchase": {"on": "2025-05-01", "price": "1000", "sold_in": "620102"}})";
  const Owned<gj_decision> decision = new_decision();
  REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
  const Owned<gj_facts> national = facts_of(program(compiled.rules.get(), "national"));
  REQUIRE(read(national.get(), kFacts) == GJ_OK);
  REQUIRE(gj_decide(national.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_REFERRED);
  auto referral = sized<gj_referral>();
  REQUIRE(gj_decision_referral(decision.get(), 0, &referral) == GJ_OK);
  CHECK(str(referral.what) == "left_to_region");
  CHECK(str(referral.name) == "rate");
  CHECK(str(referral.why) == "left to the region, at least 10%, at most 30%");
  gj_decimal least{};
  gj_decimal most{};
  REQUIRE(gj_decision_amount_between(decision.get(), &least, &most, nullptr) == GJ_OK);
  CHECK(least.coefficient == 10000);
  CHECK(most.coefficient == 30000);

  const Owned<gj_facts> local = facts_of(program(compiled.rules.get(), "qinghai"));
  REQUIRE(read(local.get(), kFacts) == GJ_OK);
  REQUIRE(gj_decide(local.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_INELIGIBLE);
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failure(decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.text) == "sold in Gansu 620102");
  const std::string json = str(gj_decision_json(decision.get()));
  CHECK(json.find(R"("implements": "national", "region": "630000", "region_label": "Qinghai")") != std::string::npos);
}

TEST_CASE("names of region codes in C") {
  const auto name = [](std::string_view code, gj_language language) {
    return str(gj_region_name(code.data(), code.size(), language));
  };
  CHECK(name("630000", GJ_ZH) == "青海省");
  CHECK(name("630000", GJ_EN) == "Qinghai");
  CHECK(name("630102", GJ_ZH) == "城东区");
  CHECK(name("630199", GJ_ZH).empty());
  CHECK(name("66", GJ_ZH).empty());
  CHECK(str(gj_region_name(nullptr, 0, GJ_ZH)).empty());
}
