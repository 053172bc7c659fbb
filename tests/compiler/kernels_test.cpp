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

namespace {

// `gate` hangs on one text in a branch, `close` on two of which only one may matter; `shared` is read by two
// requirements.
constexpr const char* kOpenTexts = R"(
use language en
program aid "补助" {
  authority "局"
  given on: date, waited: number, direct: bool, size: number
  in force by on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    let shared: bool = undecided "丁" { "是": yes; "否": no }
    require gate: choose {
      direct when size < 10;
      undecided "甲" { "含": waited >= 10; "不含": waited > 10 } otherwise
    }
    require close: (undecided "乙" { "含": waited <= 20; "不含": waited < 20 })
      or (size > 50 and not found "丙")
    require small: size < 90
    require one: size is not 70 or shared
    require two: size is not 70 or not shared
    amount = 100 yuan
  }
}
)";

struct OpenCase {
  int waited, size;
  bool direct;
  run::Outcome outcome;
  std::size_t marks;
  bool by_kernel;
};

}  // namespace

TEST_CASE("what hangs on texts alone is referred, and failing requirements are told beside them") {
  using run::Outcome;
  const OpenCase cases[] = {
      {15, 20, true, Outcome::eligible, 0, true},    {10, 20, true, Outcome::referred, 1, true},
      {20, 20, true, Outcome::referred, 1, true},    {20, 60, true, Outcome::referred, 2, true},
      {5, 20, true, Outcome::ineligible, 0, true},   {10, 95, true, Outcome::ineligible, 0, true},
      {25, 60, true, Outcome::referred, 1, true},    {25, 20, true, Outcome::ineligible, 0, true},
      {15, 5, false, Outcome::ineligible, 0, true},  {20, 5, true, Outcome::referred, 1, true},
      {15, 70, true, Outcome::ineligible, 0, false},  // in either reading one of the two fails
  };
  for (const OpenCase& one : cases) {
    CAPTURE(one.waited);
    CAPTURE(one.size);
    Case aid(kOpenTexts, "aid");
    auto& facts = aid.facts();
    facts.set_day(facts.find("on"), parse_iso_date("2024-06-01").value());
    facts.set_number(facts.find("waited"), Rational(one.waited));
    facts.set_number(facts.find("size"), Rational(one.size));
    facts.set_truth(facts.find("direct"), one.direct);
    run::Decision by_machine;
    run::decide_by_machine(facts, {}, by_machine);
    CHECK(by_machine.outcome == one.outcome);
    CHECK(by_machine.marks.size() == one.marks);
    run::Decision by_kernel;
    REQUIRE(run::decide_by_kernel(facts, {}, by_kernel) == one.by_kernel);
    if (!one.by_kernel) continue;
    CHECK(by_kernel.outcome == one.outcome);
    CHECK(by_kernel.failed == by_machine.failed);
    CHECK(by_kernel.may_be_refused == by_machine.may_be_refused);
    CHECK(by_kernel.has_amount == by_machine.has_amount);
    CHECK(by_kernel.amount.least == by_machine.amount.least);
    CHECK(by_kernel.amount.most == by_machine.amount.most);
    REQUIRE(by_kernel.marks.size() == by_machine.marks.size());
    for (std::size_t i = 0; i < one.marks; ++i) {
      CHECK(by_kernel.marks[i].kind == by_machine.marks[i].kind);
      CHECK(by_kernel.marks[i].choice == by_machine.marks[i].choice);
    }
  }
}
