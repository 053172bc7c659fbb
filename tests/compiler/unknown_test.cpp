// What nobody said never decides anything silently.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kShop = R"(
use language en
scale Tier from best { level1, level2, level3 }
enum Kind { fridge, tv, lamp }
record Sale { on: date  kind: Kind  tier: optional Tier  price: money from 0 yuan to 100000 yuan  vip: bool  code: text }
table base "基数" {
  given kind: Kind
  gives rate: number
  | kind       || rate |
  | fridge, tv || 15%  |
  | lamp       || 10%  |
}
program shop "商店" {
  given sale: Sale
  in force by sale.on
  version y1 from 2024-01-01 to 2024-06-30 {
    cite "甲"
    require listed: sale.kind in {fridge, tv}
    require efficient: sale.tier exists and sale.tier is level2 or better
    require known_code: sale.vip or sale.code is "A"
    amount {
      base: base(sale.kind) of sale.price
      bonus: 5% of sale.price when sale.tier exists and sale.tier is level1
    } at most 2000 yuan reducing bonus first, rounded down to 0.01 yuan
  }
  version y2 from 2024-07-01 to 2024-12-31 amends y1 { cite "乙" }
}
)";

Case open_case() {
  return Case(kShop, "shop");
}

}  // namespace

TEST_CASE("a bad fact is told along with the date that is missing, and settles nothing by itself") {
  const auto bad = [](const explain::Explanation& e) {
    std::string paths;
    for (const auto& one : e.invalid) paths += one.path + " ";
    return paths;
  };
  Case c = open_case();
  c.member("sale.kind", "cat").number("sale.price", 1000000);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(bad(c.decide()) == "sale.kind sale.price ");
  CHECK(c.needs().front() == "sale.on");
  CHECK(c.day("sale.on", "2024-05-01").decide().outcome == "invalid");
  CHECK(bad(c.decide()) == "sale.kind sale.price ");
  CHECK(c.day("sale.on", "2023-05-01").decide().outcome == "not_in_force");
  CHECK(bad(c.decide()).empty());

  // One of two versions that may govern reads it.
  Case other(R"(
use language en
record Sale { on: date  price: money from 0 yuan to 100 yuan }
program p {
  given sale: Sale
  in force by sale.on
  version v1 from 2024-01-01 to 2024-06-30 { cite "a" amount = 5 yuan }
  version v2 from 2024-07-01 to 2024-12-31 { cite "b" amount = sale.price }
}
)",
             "p");
  other.number("sale.price", 200);
  CHECK(other.decide().outcome == "undetermined");
  CHECK(bad(other.decide()) == "sale.price ");
  CHECK(other.day("sale.on", "2024-06-30").decide().outcome == "eligible");
  CHECK(bad(other.decide()).empty());
}

TEST_CASE("nothing said: undetermined, and everything that matters is asked") {
  Case c = open_case();
  CHECK(c.decide().outcome == "undetermined");
  std::string needs;
  for (const std::string& need : c.needs()) needs += need + " ";
  CHECK(needs == "sale.on sale.tier sale.kind sale.price sale.vip sale.code ");  // what settles most comes first
}

TEST_CASE("a requirement that fails whatever comes decides at once") {
  Case c = open_case();
  c.day("sale.on", "2024-03-01").absent("sale.tier");
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"efficient"});
}

TEST_CASE("an open level gives the amount between two ends") {
  Case c = open_case();
  c.day("sale.on", "2024-03-01").member("sale.kind", "fridge").number("sale.price", 10000).truth("sale.vip", true);
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(c.needs() == Names{"sale.tier"});
  CHECK(e.amount.empty());
  CHECK(e.amount_least == "1500.00");
  CHECK(e.amount_most == "2000.00");
}

TEST_CASE("a dead branch asks nothing") {
  Case c = open_case();
  c.day("sale.on", "2024-03-01")
      .member("sale.kind", "tv")
      .member("sale.tier", "level2")
      .number("sale.price", 100)
      .truth("sale.vip", true);
  CHECK(c.decide().outcome == "eligible");
  c.truth("sale.vip", false);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"sale.code"});
}

TEST_CASE("an unknown day that may fall in one of two like versions does not matter") {
  Case c = open_case();
  c.member("sale.kind", "lamp").member("sale.tier", "level2").number("sale.price", 100).truth("sale.vip", true);
  CHECK(c.decide().outcome == "undetermined");  // it may also fall in none
  CHECK(c.needs() == Names{"sale.on"});
}

TEST_CASE("rows of a table that an open key may hit are joined, where the case is eligible") {
  Case c = open_case();
  c.day("sale.on", "2024-03-01").member("sale.tier", "level2").number("sale.price", 100).truth("sale.vip", true);
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(c.needs() == Names{"sale.kind"});
  CHECK(e.amount_least == "15.00");  // a lamp, with 10%, is refused
  CHECK(e.amount_most == "15.00");
  CHECK(e.may_be_refused);
}

TEST_CASE("unknowable facts stay open like unknown ones") {
  Case c = open_case();
  c.day("sale.on", "2024-03-01").member("sale.kind", "tv").number("sale.price", 100).truth("sale.vip", true);
  c.facts().set_state(c.field("sale.tier"), run::FactState::unknowable);
  CHECK(c.decide().outcome == "undetermined");
}

namespace {

// What a price less its discounts comes to, under a cap and a promise; neither is known.
const char* const kNet = R"(
use language en
record Sale { on: date  price: money from 0.01 yuan to 1000000 yuan  discounts: money from 0 yuan to 1000000 yuan  fit: bool }
program p "P" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 to 2025-12-31 {
    cite "n"
    let net = sale.price - sale.discounts
    let cap = 2000 yuan
    require fit: sale.fit
    amount = 15% of net, at most cap, rounded down to 0.01 yuan
    ensure bounded: amount <= cap
  }
  version w from 2026-01-01 to 2026-12-31 amends v { cite "m"  let cap = 1500 yuan }
}
)";

std::string between(const explain::Explanation& e) {
  return e.outcome + " " + e.amount_least + ".." + e.amount_most;
}

}  // namespace

TEST_CASE("completions in which the amount cannot be computed do not widen it") {
  // More discounts than price are an error, or refused before that is seen.
  Case c(kNet, "p");
  CHECK(between(c.decide()) == "undetermined 0.00..2000.00");
  CHECK(between(c.day("sale.on", "2026-03-01").decide()) == "undetermined 0.00..1500.00");
  CHECK(between(c.number("sale.price", 1000).decide()) == "undetermined 0.00..150.00");
  CHECK(between(c.number("sale.discounts", 100).decide()) == "undetermined 135.00..135.00");
  CHECK(between(c.number("sale.discounts", 2000).decide()) == "undetermined ..");  // in no case eligible
  CHECK(c.needs() == Names{"sale.fit"});
}

TEST_CASE("an error in some completion says that the case may not be eligible") {
  Case c(kNet, "p");
  c.day("sale.on", "2025-03-01").truth("sale.fit", true).number("sale.discounts", 100);
  CHECK(between(c.decide()) == "undetermined 0.00..2000.00");
  CHECK(c.decide().may_be_refused);  // the discounts may be more than the price
  c.number("sale.price", 99);
  CHECK(c.decide().outcome == "invalid");
  c.number("sale.price", 100);
  CHECK(c.decide().outcome == "eligible");
}
