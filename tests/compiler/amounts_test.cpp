// Amounts from rule text: tables, bands, steps, caps that name what they cap, exact fractions.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kTables = R"(
use language en
enum Fuel { petrol, diesel, electric }
enum Drive { nev, fuel }
record Deal { on: date  old: Fuel  new: Drive  price: money from 0 yuan to 10_000_000 yuan  use: number [kWh] from 0 kWh to 1000000 kWh }
table rate "比例" {
  given old: Fuel, new: Drive
  gives share: number, cap: money
  hit unique
  | old          | new  || share | cap        |
  | any          | nev  || 12%   | 20000 yuan |
  | not electric | fuel || 10%   | 15000 yuan |
  otherwise not entitled "electric to fuel is not supported"
}
program deal "交易" {
  given deal: Deal
  in force by deal.on
  version v from 2024-01-01 {
    cite "甲"
    let r = rate(deal.old, deal.new)
    amount = deal.price * r.share, rounded up to 1 yuan, at most r.cap
  }
}
program sums "合计" {
  given deal: Deal
  in force by deal.on
  version v from 2024-01-01 {
    cite "甲"
    amount {
      banded: bands of deal.price { 0.25% up to 600000 yuan; 0.5% above }
      stepped: 3 yuan per started 20 kWh of deal.use
      capped: 15% of (deal.price at most 1000 yuan)
      shared: deal.price / 24 * 0.75 when deal.new is fuel
    } rounded half up to 0.01 yuan
  }
}
)";

Case deal(const std::string& program, const std::string& old_fuel, const std::string& drive, std::int64_t fen) {
  Case c(kTables, program);
  c.day("deal.on", "2024-05-01")
      .member("deal.old", old_fuel)
      .member("deal.new", drive)
      .number("deal.price", fen, 100)
      .number("deal.use", 0);
  return c;
}

}  // namespace

TEST_CASE("a percentage by table, rounded up to whole yuan, then capped") {
  CHECK(deal("deal", "petrol", "nev", 15833334).decide().amount == "19001.00");
  CHECK(deal("deal", "petrol", "nev", 16666667).decide().amount == "20000.00");
  CHECK(deal("deal", "diesel", "fuel", 15000000).decide().amount == "15000.00");
}

TEST_CASE("a hole that grants nothing fails under the name of the table") {
  Case c = deal("deal", "electric", "fuel", 100);
  const auto& e = c.decide();
  CHECK(e.outcome == "ineligible");
  CHECK(c.failed() == Names{"rate"});
  CHECK(e.failed[0].text == "electric to fuel is not supported");
}

TEST_CASE("bands, started steps, a cap on the base, exact division") {
  Case c = deal("sums", "petrol", "nev", 60000100);
  c.number("deal.use", 41 * 3600000LL);  // in joules
  const auto& e = c.decide();
  REQUIRE(e.parts.size() == 4);
  CHECK(e.parts[0].amount == "1500.01");  // 1500 + 0.005, half up
  CHECK(e.parts[1].amount == "9.00");
  CHECK(e.parts[2].amount == "150.00");
  CHECK(e.parts[3].amount == "0.00");
  CHECK(e.amount == "1659.01");
}

TEST_CASE("6500 / 24 * 0.75 is 203.125") {
  Case c = deal("sums", "petrol", "fuel", 650000);
  const auto& e = c.decide();
  CHECK(e.parts[3].amount == "203.13");  // running totals are rounded: 166.25 before it, 369.375 -> 369.38 with it
  CHECK(e.amount == "369.38");
}

TEST_CASE("a quantity may be written in any unit of its dimension") {
  const char* const text = R"(
use language en
record M { on: date  power: number [kW] from 0 kW to 1000 kW }
program motor "电机" {
  given motor: M
  in force by motor.on
  version v from 2024-01-01 {
    cite "甲"
    require strong: motor.power >= 20 hp
    require light: motor.power < 20000 W
  }
}
)";
  Case c(text, "motor");
  c.day("motor.on", "2024-05-01").number("motor.power", 14709975, 1000);  // 20 hp = 14.709975 kW, exactly
  CHECK(c.decide().outcome == "eligible");
  c.number("motor.power", 14709974, 1000);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"strong"});
  c.number("motor.power", 20000);
  c.decide();
  CHECK(c.failed() == Names{"light"});
}

namespace {

const char* const kShared = R"(
use language en
record Claim { on: date  price: money from 0 yuan to 100000 yuan }
program trucks "货车" {
  given claim: Claim
  in force by claim.on
  version v2024 from 2024-01-01 to 2024-12-31 {
    cite "甲"
    amount = 15% of claim.price, at most 2000 yuan, rounded down to 0.01 yuan,
      shared 90 : 5 : 5 between central "中央" / en "central budget", province, city remainder to central
  }
  version v2025 from 2025-01-01 to 2025-12-31 {
    cite "乙"
    amount { base: 10% of claim.price  extra: 100 yuan when claim.price > 500 yuan }
      rounded down to 1 yuan, shared 62.5 : 37.5 between province, city remainder to city
  }
  version v2026 from 2026-01-01 {
    cite "丙"
    amount = 101 yuan, shared 1 : 1 between province, city remainder to city unverified "比例未见原文"
  }
}
)";

Names shares(const explain::Explanation& e) {
  Names out;
  for (const auto& s : e.shares) out.push_back(s.name + " " + (s.amount.empty() ? s.least + ".." + s.most : s.amount));
  return out;
}

}  // namespace

TEST_CASE("who bears the amount, to the fen; the rest to the one named") {
  Case c(kShared, "trucks");
  c.day("claim.on", "2024-05-01").number("claim.price", 12345);
  CHECK(c.decide().amount == "1851.75");
  CHECK(shares(c.decide()) == Names{"central 1666.59", "province 92.58", "city 92.58"});
  CHECK(c.decide().shares[0].label == "central budget");
  CHECK(c.decide().shares[1].label.empty());
  c.number("claim.price", 0);
  CHECK(shares(c.decide()) == Names{"central 0.00", "province 0.00", "city 0.00"});
}

TEST_CASE("shares in whole units of the last rounding, or in fen") {
  Case c(kShared, "trucks");
  c.day("claim.on", "2025-05-01").number("claim.price", 999);
  CHECK(c.decide().amount == "199.00");
  CHECK(shares(c.decide()) == Names{"province 124.00", "city 75.00"});
  c.day("claim.on", "2026-05-01");
  CHECK(shares(c.decide()) == Names{"province 50.50", "city 50.50"});
  REQUIRE(c.decide().warnings.size() == 1);
  CHECK(c.decide().warnings[0].name == "shared");
}

TEST_CASE("shares of an open amount, and of none") {
  Case c(kShared, "trucks");
  c.day("claim.on", "2024-05-01");
  CHECK(c.decide().outcome == "undetermined");
  CHECK(shares(c.decide()) == Names{"central 0.00..1800.01", "province 0.00..100.00", "city 0.00..100.00"});
  c.day("claim.on", "2023-05-01");
  CHECK(c.decide().outcome == "not_in_force");
  CHECK(c.decide().shares.empty());
}

TEST_CASE("a charge is what the person pays, and nothing is paid to him") {
  Case c(R"(
record Sale { on: date  month: money from 0 yuan to 1000000 yuan }
program vat { given sale: Sale  in force by sale.on
  version v from 2024-01-01 { cite "甲"  charge { ordinary: 1% of sale.month "普票" } rounded half up to 0.01 yuan } }
)",
         "vat");
  c.day("sale.on", "2024-02-01").number("sale.month", 1000);
  const auto& e = c.decide();
  CHECK(e.outcome == "eligible");
  CHECK(e.amount_kind == "charge");
  CHECK(e.amount == "10.00");
  CHECK(e.parts[0].kind == "charge");
  run::Decision decision;
  run::decide(c.facts(), {}, decision);
  const run::MoneyRange paid = run::payable(decision.amount, decision.amount_kind);
  CHECK(paid.known());
  CHECK(paid.most == 0);
}

TEST_CASE("what comes off the taxable income or off the tax is nothing that is paid") {
  for (const auto& [word, kind] : {std::pair{"deduction", AmountKind::deduction}, {"credit", AmountKind::credit}}) {
    const std::string rules = R"(
record Asset { on: date  value: money from 0 yuan to 5000000 yuan }
program relief { given asset: Asset  in force by asset.on
  version v from 2024-01-01 { cite "甲"  )" +
                              std::string(word) +
                              R"( { usable: 10% of asset.value "可用" } rounded down to 0.01 yuan } }
)";
    Case c(rules.c_str(), "relief");
    c.day("asset.on", "2024-02-01").number("asset.value", 1000);
    const auto& e = c.decide();
    CHECK(e.outcome == "eligible");
    CHECK(e.amount_kind == word);
    CHECK(e.amount == "100.00");
    CHECK(e.parts[0].kind == word);
    run::Decision decision;
    run::decide(c.facts(), {}, decision);
    CHECK(decision.amount_kind == kind);
    CHECK(run::payable(decision.amount, decision.amount_kind).most == 0);
  }
}

TEST_CASE("a length is counted in the units of its kind only") {
  const char* const text = R"(
record Loan { on: date  term: duration  wait: duration [days] }
program p { given loan: Loan  in force by loan.on
  version v from 2024-01-01 { cite "甲"
    amount { years: 100 yuan * (loan.term counted in years), rounded down to 0.01 yuan
             days: 1 yuan * (loan.wait counted in days) } } }
)";
  Case c(text, "p");
  c.day("loan.on", "2024-02-01");
  c.facts().set_duration(c.field("loan.term"), 18);
  c.facts().set_duration(c.field("loan.wait"), 7);
  const auto& e = c.decide();
  CHECK(e.parts[0].amount == "150.00");
  CHECK(e.parts[1].amount == "7.00");
}

TEST_CASE("what is paid in one version and charged in another may be paid up to its most") {
  Case fee(R"(
use language en
program fee "费" {
  authority "局"
  given on: date
  in force by on
  version early from 2024-01-01 to 2024-12-31 { cite "甲" amount = 100 yuan }
  version late from 2025-01-01 { cite "乙" charge = 50 yuan }
}
)",
           "fee");
  run::Decision decision;
  run::decide(fee.facts(), {}, decision);
  CHECK(decision.outcome == run::Outcome::undetermined);
  CHECK(decision.amount_kind == AmountKind::ceiling);
  const run::MoneyRange paid = run::payable(decision.amount, decision.amount_kind);
  CHECK(paid.least == 0);
  CHECK(paid.most == 100'00);
}
