// Groups: what an exclusion does to a programme that is decided alone.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kTwo = R"(
use language en
enum Kind { scrapping, replacement }
enum State { granted, pending, refused }
record Claim { id: text  kind: Kind  car: text  on: date  state: State }
record Sale { on: date  car: text  price: money from 0 yuan to 1000000 yuan  fleet: bool }
program scrappage "报废" / en "Scrappage" {
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  version y2024 from 2024-01-01 to 2026-12-31 { cite "甲"  amount = 10% of sale.price, rounded down to 1 yuan }
}
program renewal "置换" / en "Renewal" {
  given sale: Sale
  in force by sale.on
  version y2024 from 2024-01-01 to 2026-12-31 { cite "乙"  amount = 8% of sale.price, rounded down to 1 yuan }
}
group cars "汽车" {
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  programs scrappage, renewal
  winner highest
  version by_car from 2024-01-01 to 2025-12-31 {
    cite "丙"
    exclude one_car: scrappage with renewal when claim.car is sale.car and claim.state in {granted, pending}
      otherwise "one car, one subsidy; this is {sale.car}"
  }
  version by_person from 2026-01-01 to 2026-12-31 {
    cite "丁" unverified "hearsay"
    exclude once: scrappage with renewal
      when claim.on within this version and claim.state in {granted, pending} and not sale.fleet
      otherwise "once in {this version}"
  }
}
)";

Case sale(const std::string& program, const std::string& day) {
  Case c(kTwo, program);
  c.day("sale.on", day).number("sale.price", 100000).text("sale.car", "V1").truth("sale.fleet", false);
  return c;
}
void claim(Case& c, const std::string& car, const std::string& day, const char* state = "granted") {
  c.facts().set_text(c.entry("claims", "car", true), car);
  c.facts().set_day(c.entry("claims", "on"), parse_iso_date(day).value());
  c.facts().set_member(c.entry("claims", "state"), std::string_view(state));
}

}  // namespace

TEST_CASE("an earlier grant excludes both ways, whichever of the two is decided") {
  for (const char* const program : {"scrappage", "renewal"}) {
    CAPTURE(program);
    Case c = sale(program, "2024-05-01");
    c.list("claims", true);
    CHECK(c.decide().outcome == "eligible");
    claim(c, "V1", "2024-02-01");
    CHECK(c.decide().outcome == "ineligible");
    CHECK(c.failed() == Names{"one_car"});
    CHECK(c.decide().failed[0].text == "one car, one subsidy; this is V1");
    REQUIRE(c.decide().failed[0].cites.size() == 1);
    CHECK(c.decide().failed[0].cites[0].title == "丙");
  }
}

TEST_CASE("a grant that the condition does not mean excludes nothing") {
  Case c = sale("scrappage", "2024-05-01");
  c.list("claims", true);
  claim(c, "V2", "2024-02-01");
  claim(c, "V1", "2024-02-01", "refused");
  CHECK(c.decide().outcome == "eligible");
}

TEST_CASE("a history that is not complete, or unknown, never allows silently") {
  Case c = sale("renewal", "2024-05-01");
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"claims"});
  c.list("claims", false);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.decide().amount == "8000.00");
  claim(c, "V1", "2024-02-01");
  CHECK(c.decide().outcome == "ineligible");  // a certain grant decides, complete or not
}

TEST_CASE("the version of the group is chosen by its own day") {
  Case c = sale("scrappage", "2026-05-01");
  c.list("claims", true);
  claim(c, "V1", "2025-12-31");
  CHECK(c.decide().outcome == "eligible");
  claim(c, "V2", "2026-01-01");
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"once"});
  CHECK(c.decide().failed[0].text == "once in 2026-01-01 to 2026-12-31");
}

TEST_CASE("what nobody has checked is told where that version of the group governs, not elsewhere") {
  Case before = sale("scrappage", "2024-05-01");
  before.list("claims", true);
  CHECK(before.decide().warnings.empty());
  Case after = sale("scrappage", "2026-05-01");
  after.list("claims", true);
  REQUIRE(after.decide().warnings.size() == 1);
  CHECK(after.decide().warnings[0].name == "once");
  CHECK(after.decide().warnings[0].text == "hearsay");
}

TEST_CASE("facts beside the entry are part of the condition") {
  Case c = sale("scrappage", "2026-05-01");
  c.list("claims", true);
  claim(c, "V9", "2026-02-01");
  c.truth("sale.fleet", true);
  CHECK(c.decide().outcome == "eligible");
}

TEST_CASE("statements before the versions hold in all; a version replaces those of one name, and drops") {
  const std::string rules = std::string(kTwo).substr(0, std::string(kTwo).find("group cars")) + R"(
group cars "汽车" {
  cite "丙"
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  programs scrappage, renewal
  let held = {granted, pending}
  exclude one_car: scrappage with renewal when claim.car is sale.car and claim.state in held otherwise "first"
  version a from 2024-01-01 to 2024-06-30 { cite "甲"  drop exclude one_car }
  version b from 2024-07-01 to 2024-12-31 {
    cite "乙"
    exclude one_car: scrappage with renewal when claim.car is sale.car and claim.state is granted otherwise "second"
  }
  version c from 2025-01-01 to 2025-12-31 amends b { cite "乙"  winner listed }
}
)";
  const auto decide = [&](const std::string& day, const char* state) {
    Case c(rules, "scrappage");
    c.day("sale.on", day).number("sale.price", 100000).text("sale.car", "V1").truth("sale.fleet", false);
    c.list("claims", true);
    claim(c, "V1", "2024-01-01", state);
    const auto& e = c.decide();
    return e.failed.empty() ? e.outcome : e.failed[0].text;
  };
  CHECK(decide("2024-06-30", "granted") == "eligible");
  CHECK(decide("2024-07-01", "granted") == "second");
  CHECK(decide("2024-07-01", "pending") == "eligible");
  CHECK(decide("2025-07-01", "granted") == "second");
  CHECK(decide("2026-01-01", "pending") == "first");  // no version governs
}

TEST_CASE("an exclusion tells which grant counts, and beside which programme; not how its group is versioned") {
  for (const char* const program : {"scrappage", "renewal"}) {
    CAPTURE(program);
    const bool scrappage = program == std::string("scrappage");
    Case c = sale(program, "2024-05-01");
    c.list("claims", true);
    claim(c, "V2", "2024-01-01");
    claim(c, "V1", "2024-02-01", "pending");
    const auto& told = c.decide().failed.at(0).compared;
    REQUIRE(told.size() == 1);
    CHECK(told[0].what == "claims, entry 2");
    CHECK(told[0].path == "claims[1]");
    CHECK(told[0].value == "claim.car is V1 (as sale.car (V1)), claim.state is pending (granted or pending)");
    CHECK(told[0].relation == "excludes");
    CHECK(told[0].bound == (scrappage ? "Renewal" : "Scrappage"));
    CHECK(told[0].text == told[0].what.str() + " (" + told[0].value.str() +
                              ") counts already, and only one of this and " + told[0].bound.str() + " is granted");
    const auto answer = c.decide_in_chinese();
    const auto& in_chinese = answer.failed.at(0).compared.at(0);
    CHECK(in_chinese.what == "claims第2项");
    CHECK(in_chinese.bound == told[0].bound);  // the texts of these rules are English
    CHECK(in_chinese.text == in_chinese.what.str() + "(" + in_chinese.value.str() + ")已占用,与" +
                                 in_chinese.bound.str() + "只能享受一项");
  }
}

TEST_CASE("every earlier grant that counts is told") {
  Case c = sale("scrappage", "2026-05-01");
  c.list("claims", true);
  claim(c, "V2", "2026-01-01");
  claim(c, "V2", "2025-12-31");
  claim(c, "V3", "2026-02-01");
  const auto& told = c.decide().failed.at(0).compared;
  REQUIRE(told.size() == 2);
  CHECK(told[0].path == "claims[0]");
  CHECK(told[0].place == "1");
  CHECK(told[1].path == "claims[2]");
  CHECK(told[1].place == "2");
}

TEST_CASE("an exclusion without a reason says beside which programme nothing is granted") {
  std::string rules = kTwo;
  const std::string text = "\n      otherwise \"one car, one subsidy; this is {sale.car}\"";
  rules.erase(rules.find(text), text.size());
  Case c(rules, "scrappage");
  c.day("sale.on", "2024-05-01").number("sale.price", 100000).text("sale.car", "V1").list("claims", true);
  claim(c, "V1", "2024-01-01");
  CHECK(c.decide().failed[0].text == "an earlier grant counts, and only one of this and Renewal is granted");
}

TEST_CASE("where entries have a key, the case itself is no earlier grant") {
  std::string rules = kTwo;
  const auto mark = [&](const std::string& what, const std::string& with) {
    rules.replace(rules.find(what), what.size(), with);
  };
  mark("record Claim { id: text ", "record Claim { id: text key ");
  mark("record Sale { on: date ", "record Sale { number: text key  on: date ");
  Case c(rules, "scrappage");
  c.day("sale.on", "2024-05-01").number("sale.price", 100000).text("sale.car", "V1").text("sale.number", "7");
  c.list("claims", true);
  claim(c, "V1", "2024-05-01", "pending");
  c.facts().set_text(c.entry("claims", "id"), "7");
  CHECK(c.decide().outcome == "eligible");
  claim(c, "V1", "2024-05-01", "pending");
  c.facts().set_text(c.entry("claims", "id"), "8");
  CHECK(c.decide().outcome == "ineligible");
}

TEST_CASE("a version of the group that was published later is left aside as known earlier") {
  std::string rules = kTwo;
  const std::string period = "version by_car from 2024-01-01 to 2025-12-31";
  rules.replace(rules.find(period), period.size(), period + " published 2024-03-01");
  Case c(rules, "scrappage");
  c.day("sale.on", "2024-05-01").number("sale.price", 100000).text("sale.car", "V1").list("claims", true);
  claim(c, "V1", "2024-01-01");
  run::Options options;
  options.known_on = parse_iso_date("2024-02-29");
  CHECK(c.decide(options).outcome == "eligible");
  options.known_on = parse_iso_date("2024-03-01");
  CHECK(c.decide(options).outcome == "ineligible");
}
