// The short way by kernels gives what the machine gives.
#include "run/kernels.hpp"

#include <doctest/doctest.h>

#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

// Here the amount is certain whatever the claims are, and only its parts read them.
constexpr const char* kGrant = R"(
use language en
record Claim { paid: money from 0 yuan to 10_000 yuan }
program grant "补贴" {
  authority "局"
  given on: date, claims: history of Claim
  in force by on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    limit few: 5 counting claims where claim.paid > 0 yuan
    amount {
      first: 2 * ((max of e.paid for e in claims where e.paid > 0 yuan) if absent 0 yuan)
      second: 5000 yuan
    } at most 1700 yuan reducing second first, rounded down to 0.01 yuan
  }
}
)";

}  // namespace

TEST_CASE("what only the parts read of a list is begun before the list is gone through") {
  Case grant(kGrant, "grant");
  auto& facts = grant.facts();
  facts.set_day(facts.find("on"), parse_iso_date("2024-06-01").value());
  grant.list("claims", true);
  facts.set_number(grant.entry("claims", "paid", true), Rational(600));
  facts.set_number(grant.entry("claims", "paid", true), Rational(100));
  run::Decision by_kernel;
  REQUIRE(run::decide_by_kernel(facts, {}, by_kernel));
  run::Decision by_machine;
  run::decide_by_machine(facts, {}, by_machine);
  for (const run::Decision* d : {&by_kernel, &by_machine}) {
    CHECK(d->outcome == run::Outcome::eligible);
    CHECK(d->amount.least == 170'000);
    REQUIRE(d->parts.size() == 2);
    CHECK(d->parts[0].least == 120'000);
    CHECK(d->parts[1].least == 50'000);
  }
}
