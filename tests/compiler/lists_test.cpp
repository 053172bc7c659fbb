// Histories: limits, windows, sums; complete and not.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kClaims = R"(
use language en
enum Goods { fridge, tv }
record Claim { goods: Goods  on: date  paid: money from 0 yuan to 10000 yuan }
record Sale { on: date  goods: Goods  price: money from 0 yuan to 100000 yuan }
program limited "限额" {
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    limit one_each: 1 counting claims where claim.goods is sale.goods and claim.on within this version
    limit yearly: 1000 yuan summing claim.paid for claim in claims where claim.on within 12 months before sale.on
    amount = 10% of sale.price, rounded down to 0.01 yuan
  }
}
program topping "补足" {
  given sale: Sale
  given claims: history of Claim
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    limit yearly: 1000 yuan summing claim.paid for claim in claims paying the rest
    amount = 10% of sale.price, rounded down to 0.01 yuan
  }
}
)";

Case sale(const std::string& program, std::int64_t price, bool complete = true) {
  Case c(kClaims, program);
  c.day("sale.on", "2024-05-01").member("sale.goods", "fridge").number("sale.price", price).list("claims", complete);
  return c;
}
void claim(Case& c, const std::string& goods, const std::string& on, std::int64_t paid) {
  c.facts().set_member(c.entry("claims", "goods", true), std::string_view(goods));
  c.facts().set_day(c.entry("claims", "on"), parse_iso_date(on).value());
  c.facts().set_number(c.entry("claims", "paid"), Rational(paid));
}

}  // namespace

TEST_CASE("an empty complete history means none") {
  CHECK(sale("limited", 100).decide().outcome == "eligible");
}

TEST_CASE("nobody said that the list is complete: it is asked") {
  Case c = sale("limited", 100, false);
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(c.needs() == Names{"claims"});
  CHECK(e.amount == "10.00");
}

TEST_CASE("a limit that is reached needs no complete list") {
  Case c = sale("limited", 100, false);
  claim(c, "fridge", "2024-02-01", 5);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"one_each"});
}

TEST_CASE("other goods and other years do not count") {
  Case c = sale("limited", 100);
  claim(c, "tv", "2024-02-01", 5);
  claim(c, "fridge", "2023-12-31", 5);
  CHECK(c.decide().outcome == "eligible");
}

TEST_CASE("a sum within twelve months, this case included") {
  Case c = sale("limited", 5000);
  claim(c, "tv", "2023-05-02", 500);
  CHECK(c.decide().outcome == "eligible");
  claim(c, "tv", "2023-05-01", 9999);  // twelve months before: outside
  CHECK(c.decide().outcome == "eligible");
  claim(c, "tv", "2024-05-01", 1);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"yearly"});
}

TEST_CASE("what a limit leaves is paid") {
  Case c = sale("topping", 5000);
  claim(c, "tv", "2024-02-01", 700);
  CHECK(c.decide().amount == "300.00");
  claim(c, "tv", "2024-02-02", 300);
  c.decide();
  CHECK(c.failed() == Names{"yearly"});
}

TEST_CASE("an open field of an entry is asked for by its place in the list") {
  Case c = sale("limited", 100);
  c.facts().set_member(c.entry("claims", "goods", true), std::string_view("fridge"));
  c.facts().set_number(c.entry("claims", "paid"), Rational(5));
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"claims[0].on"});
}
