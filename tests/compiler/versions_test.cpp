// Which version governs where a notice does not say from which day, or where the day itself may be absent or unknown.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kOpenDay = R"(
use language en
record Sale { on: date  price: money from 0 yuan to 100000 yuan }
program shop "商店" {
  given sale: Sale
  in force by sale.on
  version y1 from 2024-01-01 to undecided "until when" { "printed": 2024-06-30; "posted": 2024-07-03 } {
    cite "甲"
    require listed: sale.price <= 5000 yuan
    amount = 10% of sale.price, rounded down to 0.01 yuan
  }
  version y2 from 2024-07-04 to 2024-12-31 amends y1 {
    cite "乙"
    amount = 20% of sale.price, rounded down to 0.01 yuan
  }
}
)";

Case sale(const char* rules, const std::string& day, std::int64_t price) {
  Case c(rules, "shop");
  c.day("sale.on", day).number("sale.price", price);
  return c;
}

}  // namespace

TEST_CASE("on a day that every reading treats alike the open end does not matter") {
  CHECK(sale(kOpenDay, "2024-06-30", 100).decide().outcome == "eligible");
  CHECK(sale(kOpenDay, "2024-06-30", 100).decide().version == "y1");
  CHECK(sale(kOpenDay, "2024-07-04", 100).decide().amount == "20.00");
  CHECK(sale(kOpenDay, "2023-12-31", 100).decide().outcome == "not_in_force");
}

TEST_CASE("on a day that depends on the reading the case is referred, and the text named") {
  for (const char* const day : {"2024-07-01", "2024-07-03"}) {
    Case c = sale(kOpenDay, day, 100);
    const auto& e = c.decide();
    CHECK(e.outcome == "referred");
    REQUIRE(e.referred.size() == 1);
    CHECK(e.referred[0].what == "undecided");
    CHECK(e.referred[0].why == "until when");
    CHECK(e.needs.empty());
  }
}

TEST_CASE("an open day and an open fact: the fact is asked first") {
  Case c(kOpenDay, "shop");
  c.number("sale.price", 100);
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(c.needs() == Names{"sale.on"});
}

TEST_CASE("versions that overlap in one reading only give their common answer, or the text is named") {
  const char* const rules = R"(
use language en
record Sale { on: date  price: money from 0 yuan to 100000 yuan }
program shop "商店" {
  given sale: Sale
  in force by sale.on
  version y1 from 2024-01-01 to 2024-12-31 {
    cite "甲"
    require cheap: sale.price <= 5000 yuan
    amount = 10% of sale.price, rounded down to 0.01 yuan
  }
  version y2 from undecided "since when" { "printed": 2024-03-01; "posted": 2024-03-04 } to 2024-12-31
    amends y1 supersedes y1 {
    cite "乙"
    amount = 20% of sale.price, rounded down to 0.01 yuan
  }
}
)";
  CHECK(sale(rules, "2024-02-29", 100).decide().amount == "10.00");
  CHECK(sale(rules, "2024-03-04", 100).decide().amount == "20.00");
  Case between = sale(rules, "2024-03-02", 100);
  const auto& e = between.decide();
  CHECK(e.outcome == "referred");
  CHECK(e.amount_least == "10.00");
  CHECK(e.amount_most == "20.00");
  // Refused in either version: no reading matters.
  CHECK(sale(rules, "2024-03-02", 6000).decide().outcome == "ineligible");
}

TEST_CASE("an adopted reading governs alone") {
  std::string rules = kOpenDay;
  const std::string open = "\"posted\": 2024-07-03 }";
  rules.insert(rules.find(open) + open.size(), " adopt \"printed\"");
  CHECK(sale(rules.c_str(), "2024-06-30", 100).decide().version == "y1");
  CHECK(sale(rules.c_str(), "2024-07-01", 100).decide().outcome == "not_in_force");
}

TEST_CASE("this version reaches to its open end") {
  std::string rules = kOpenDay;
  const std::string listed = "sale.price <= 5000 yuan";
  rules.replace(rules.find(listed), listed.size(), "2024-07-02 within this version");
  CHECK(sale(rules.c_str(), "2024-01-01", 100).decide().outcome == "referred");
}

TEST_CASE("a date that may be absent needs another to take its place") {
  const auto shop = [](const std::string& by) {
    return "use language en\nrecord Sale { on: optional date  filed: date  price: money from 0 yuan to 100000 yuan }\n"
           "program shop \"商店\" {\n  given sale: Sale\n  in force by " +
           by +
           "\n  version y1 from 2024-01-01 to 2024-12-31 { cite \"甲\"\n"
           "    amount = 10% of sale.price, rounded down to 0.01 yuan }\n}\n";
  };
  const std::string rules = shop("sale.on if absent sale.filed");
  Case c(rules.c_str(), "shop");
  c.absent("sale.on").day("sale.filed", "2024-05-01").number("sale.price", 100);
  CHECK(c.decide().outcome == "eligible");
  CHECK(c.decide().reference_date == "2024-05-01");
  Case open(rules.c_str(), "shop");
  open.day("sale.filed", "2024-05-01").number("sale.price", 100);
  CHECK(open.decide().outcome == "undetermined");
  CHECK(open.needs() == Names{"sale.on"});
  const auto refused = compile_text(shop("sale.on"));
  CHECK_FALSE(refused.plan);
  REQUIRE(refused.diagnostics.all().size() == 1);
  CHECK(code_name(refused.diagnostics.all()[0].code) == "GJ1411");
}
