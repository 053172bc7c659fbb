// Histories: limits, windows, sums; complete and not.
#include <chrono>

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

TEST_CASE("entries of which nothing is known are told open in time, however many they are") {
  for (const int count : {10, 100, 1000, 3000}) {
    CAPTURE(count);
    Case c = sale("limited", 100);
    for (int i = 0; i < count; ++i) (void)c.entry("claims", "goods", true);
    for (const std::uint32_t most : {0U, 4096U}) {
      run::Options options;
      options.max_cases = most;
      const auto begin = std::chrono::steady_clock::now();
      const auto& e = c.decide(options);
      CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
      CHECK(e.outcome == "undetermined");
      CHECK(e.may_be_refused);
      CHECK(e.amount_most == "10.00");
      CHECK(c.needs().size() == 3 * static_cast<std::size_t>(count));
    }
  }
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

namespace {

// What entries that were not given could still do.
const char* const kMore = R"(
use language en
enum State { granted, refused }
record Claim { state: State  paid: money from 0 yuan to 100 yuan  n: number from 1 to 3 step 1  lost: money from -50 yuan to 0 yuan }
record Sale { on: date  again: bool  price: money from 0 yuan to 1000 yuan }
program guarded "G" { authority "a" given sale: Sale given claims: history of Claim in force by sale.on
  version v from 2024-01-01 { cite "n"
    limit one: 1 counting claims where claim.state is granted and sale.again
    amount = 10 yuan } }
program ranged "R" { authority "a" given sale: Sale given claims: history of Claim in force by sale.on
  version v from 2024-01-01 { cite "n"
    require none_above: none of claims where claim.n > 3
    require all_below: all of claims where claim.n <= 3
    require some: not (any of claims where claim.n is 4)
    amount = 10 yuan } }
program ends "E" { authority "a" given sale: Sale given claims: history of Claim in force by sale.on
  version v from 2024-01-01 { cite "n"
    let least = (min of claim.n for claim in claims) if absent 2
    let most = (max of claim.n for claim in claims) if absent 2
    let lost = sum of claim.lost for claim in claims
    require gained: lost <= 0 yuan
    amount { a: least * 1 yuan  b: most * 100 yuan } } }
program failing "F" { authority "a" given sale: Sale given claims: history of Claim in force by sale.on
  version v from 2024-01-01 { cite "n"
    limit two: 2 counting claims where claim.state is granted
    limit total: 100 yuan summing claim.paid for claim in claims where claim.state is granted
    amount = 10 yuan } }
)";

Case with_claims(const std::string& program, bool complete) {
  Case c(kMore, program);
  c.day("sale.on", "2024-05-01").list("claims", complete);
  return c;
}
void granted(Case& c, std::int64_t paid) {
  c.facts().set_member(c.entry("claims", "state", true), std::string_view("granted"));
  c.facts().set_number(c.entry("claims", "paid"), Rational(paid));
  c.facts().set_number(c.entry("claims", "n"), Rational(3));
}

}  // namespace

TEST_CASE("a history is asked for only where another entry could count") {
  Case c = with_claims("guarded", false);
  c.decide();
  CHECK(c.needs() == Names{"sale.again", "claims"});
  CHECK(c.truth("sale.again", false).decide().outcome == "eligible");
  c.truth("sale.again", true).decide();
  CHECK(c.needs() == Names{"claims"});
  Case unsaid(kMore, "guarded");
  CHECK(unsaid.day("sale.on", "2024-05-01").truth("sale.again", false).decide().outcome == "eligible");
}

TEST_CASE("what the fields of an entry allow is known of those that were not given") {
  CHECK(with_claims("ranged", false).decide().outcome == "eligible");
  const auto none = with_claims("ends", false).decide();
  CHECK(none.outcome == "undetermined");  // only how much is open
  CHECK_FALSE(none.may_be_refused);
  CHECK(none.amount_least == "101.00");
  CHECK(none.amount_most == "303.00");
  Case one = with_claims("ends", false);
  granted(one, 10);
  one.facts().set_number(one.entry("claims", "lost"), Rational(0));
  const auto& most = one.decide();  // the greatest is known
  CHECK(most.amount_least == "301.00");
  CHECK(most.amount_most == "303.00");
  CHECK(most.parts[1].amount == "300.00");
}

TEST_CASE("what is counted of an unfinished history is said as far as it is known") {
  Case c = with_claims("failing", false);
  for (int i = 0; i < 3; ++i) granted(c, 70);
  const auto& e = c.decide();
  CHECK(c.failed() == Names{"two", "total"});
  REQUIRE(e.failed.size() == 2);
  CHECK(e.failed[0].compared[0].value == "at least 3");
  CHECK(e.failed[1].compared[0].value == "at least 220.00 yuan");
  CHECK(c.decide_in_chinese().failed[0].compared[0].value == "至少3");
}

TEST_CASE("a field of an entry is called by its label, or by its path alone") {
  Case c(R"(
record Claim { on: date "日期" / en "day"  car: text }
program used "使用" {
  given claims: list of Claim, on: date
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    each claim in claims {
      require early: claim.on before 2024-05-01
      require same: claim.car is "甲"
    }
  }
}
)",
         "used");
  c.day("on", "2024-02-01").list("claims", true);
  c.facts().add_entry(c.field("claims"));
  const auto shown = c.decide_in_chinese();
  REQUIRE(shown.needs.size() == 2);
  for (const auto& need : shown.needs) CHECK(need.label == (need.path == "claims[0].on" ? "claims第1项的日期" : ""));
}

TEST_CASE("a table that every entry reads is one reason, however often it is read") {
  Case c(R"(
record Item { weight: kg from 0 kg to 100 kg }
table prices {
  given weight: kg
  gives fits: bool, cheap: bool
  | weight      || fits | cheap |
  | <= 50 kg    || yes  | yes   |
  | (50..80] kg || yes  | no    |
  otherwise not entitled
}
program delivery "送货" {
  given items: list of Item, on: date
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    each item in items {
      require fits: prices(item.weight).fits
      require cheap: prices(item.weight).cheap
    }
  }
}
)",
         "delivery");
  c.day("on", "2024-02-01").list("items", true);
  c.facts().set_number(c.entry("items", "weight", true), Rational(40));
  c.facts().set_number(c.entry("items", "weight", true), Rational(90));
  c.decide();
  CHECK(c.failed() == Names{"prices"});
}

TEST_CASE("papers that contradict each other stand for something else in each entry") {
  Case c(R"(
use language en
record Claim { first: bool  second: bool }
program p "P" {
  given on: date, claims: list of Claim
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    let paid: number = count of claims as e where agreed of { e.first; e.second } if absent no
    require once: paid >= 1 and paid <= 1
    amount = 5 yuan
  }
}
)",
         "p");
  c.day("on", "2024-05-01").list("claims", true);
  for (int i = 0; i < 2; ++i) {
    c.facts().set_truth(c.entry("claims", "first", true), true);
    c.facts().set_truth(c.entry("claims", "second"), false);
  }
  CHECK(c.decide().outcome == "referred");
}
