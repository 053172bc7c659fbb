// Which outcome, from rule text to decision: reasons, versions, what is invalid, what is referred.
#include <memory>

#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kShop = R"(
use language en
enum Kind { fridge "冰箱" / en "fridge", stove "灶具" / en "stove", lamp "灯" / en "lamp" }
record Sale {
  on: date
  kind: Kind "品类"
  price: money "售价" from 0 yuan to 100000 yuan
  share: number
  note: optional text
}
program shop "商店" / en "Shop" {
  authority "省商务厅"
  given sale: Sale
  in force by sale.on
  version y1 from 2024-01-01 to 2024-06-30 {
    cite "甲" verified 2024-01-01 until 2024-12-31
    require listed: sale.kind in {fridge, stove}
      otherwise "{sale.kind} is not on the list"
      cite "乙" "第一条" unverified "未见原文"
    require cheap: sale.price <= 5000 yuan
    amount = 10% of sale.price, at most 300 yuan, rounded down to 0.01 yuan
    ensure small: amount <= 290 yuan
    payout at_sale "售价中立减"
    quota city_pool "市级资金"
    documents { invoice "发票", label "标识" when sale.kind is fridge }
  }
  version y2 from 2024-07-01 to 2024-12-31 amends y1 {
    cite "丙"
    drop ensure small
  }
  version y2b from 2024-09-01 to 2024-09-30 amends y2 supersedes y2 {
    cite "丁"
    amount = 20% of sale.price, rounded down to 0.01 yuan
  }
}
)";

Case sale(const std::string& on, const std::string& kind, std::int64_t price) {
  Case c(kShop, "shop");
  c.day("sale.on", on).member("sale.kind", kind).number("sale.price", price);
  return c;
}

}  // namespace

TEST_CASE("a paper that was sent back is owed again; a word that names no state is a bad fact") {
  Case c = sale("2024-02-01", "fridge", 1234);
  c.facts().set_document(c.field("documents.invoice"), run::held);
  c.facts().set_document(c.field("documents.label"), run::document_refused);
  REQUIRE(c.decide().documents.size() == 1);
  CHECK(c.decide().documents[0].name == "label");
  c.facts().set_bad(c.field("documents.invoice"), "hold");
  const auto& e = c.decide();
  CHECK(e.outcome == "invalid");
  REQUIRE(e.invalid.size() == 1);
  CHECK(e.invalid[0].path == "documents.invoice");
  CHECK(e.invalid[0].got == "hold");
}

TEST_CASE("where the date that selects the version is bad, the bad facts that any version reads are told, too") {
  Case c = sale("2024-02-01", "fridge", 1234);
  c.facts().set_bad(c.field("sale.on"), "2024-2-1");
  c.facts().set_bad(c.field("sale.price"), "abc");
  c.facts().set_bad(c.field("sale.share"), "half");  // nobody reads it
  const auto& e = c.decide();
  CHECK(e.outcome == "invalid");
  REQUIRE(e.invalid.size() == 2);
  CHECK(e.invalid[0].path == "sale.on");
  CHECK(e.invalid[0].allowed == "a day of the calendar, 1900-01-01 … 2199-12-31; write 2024-02-01");
  CHECK(e.invalid[1].path == "sale.price");
  CHECK(c.decide_in_chinese().invalid[0].allowed == "日期,1900-01-01 至 2199-12-31,请写 2024-02-01");
}

TEST_CASE("a rule asks for the state of a paper") {
  Case c(R"(
use language en
record Car { on: date, paper: document }
program p "项目" {
  authority "局"
  given car: Car
  in force by car.on
  version v from 2024-01-01 {
    cite "甲"
    require owed: car.paper is owed
    require held: car.paper is held
    require refused: car.paper is 退回
    amount = 1 yuan
  }
}
)",
         "p");
  c.day("car.on", "2024-02-01");
  const auto failed_as = [&](run::DocumentState state) {
    c.facts().set_document(c.field("car.paper"), state);
    c.decide();
    return c.failed();
  };
  c.decide();
  CHECK(c.failed() == Names{"held", "refused"});  // nobody has said that it is there
  CHECK(failed_as(run::owed) == Names{"held", "refused"});
  CHECK(failed_as(run::held) == Names{"owed", "refused"});
  CHECK(failed_as(run::document_refused) == Names{"owed", "held"});
  CHECK(c.decide().failed[0].text == "car.paper must be owed (it is refused)");
}

TEST_CASE("the source of a table that is read reaches the decision, once") {
  Case c(R"(
use language en
table steps { cite "附表" unverified "未见原文"
  given n: integer
  gives pay: money
  | n   || pay    |
  | any || 5 yuan |
}
program p "项目" {
  authority "局"
  given n: integer, on: date
  in force by on
  version v from 2024-01-01 { cite "甲" amount = steps(n) + steps(n + 1) }
}
)",
         "p");
  const auto& e = c.day("on", "2024-02-01").number("n", 1).decide();
  CHECK(e.outcome == "eligible");
  REQUIRE(e.warnings.size() == 1);
  CHECK(e.warnings[0].kind == "unverified");
  CHECK(e.warnings[0].name == "steps");
  CHECK(e.warnings[0].text == "未见原文");
}

TEST_CASE("the source of what is named for the whole file reaches the decisions that use it, once") {
  constexpr std::string_view kRules = R"(
use language en
let rate = 5 yuan cite "附件" unverified "未见原文"
let other = 6 yuan cite "他文" unverified "别处"
program p "项目" {
  authority "局"
  given n: integer, on: date
  let more = n * rate cite "函" unverified "口头"
  in force by on
  version v from 2024-01-01 { cite "甲" amount = if n > 3 then more + rate otherwise rate }
}
program q "另" {
  authority "局"
  given n: integer, on: date
  in force by on
  version v from 2024-01-01 { cite "甲" amount = 7 yuan }
}
)";
  const auto used = [&](int n) {
    Case p(std::string(kRules), "p");
    return p.day("on", "2024-02-01").number("n", n).decide().warnings;
  };
  REQUIRE(used(4).size() == 2);
  CHECK(used(4)[0].kind == "unverified");
  CHECK(used(4)[0].name == "rate");
  CHECK(used(4)[0].text == "未见原文");
  CHECK(used(4)[1].name == "more");
  REQUIRE(used(1).size() == 1);  // the branch with the other was not taken
  CHECK(used(1)[0].name == "rate");
  Case q(std::string(kRules), "q");
  CHECK(q.day("on", "2024-02-01").number("n", 1).decide().warnings.empty());
}

TEST_CASE("eligible: amount, payout, documents owed, conditions") {
  Case c = sale("2024-02-01", "fridge", 1234);
  const auto& e = c.decide();
  CHECK(e.outcome == "eligible");
  CHECK(e.version == "y1");
  CHECK(e.reference_date == "2024-02-01");
  CHECK(e.amount == "123.40");
  CHECK(e.parts.empty());
  REQUIRE(e.payout);
  CHECK(e.payout->name == "at_sale");
  REQUIRE(e.documents.size() == 2);
  CHECK(e.documents[1].name == "label");
  REQUIRE(e.conditions.size() == 1);
  CHECK(e.conditions[0].name == "city_pool");
  REQUIRE(e.warnings.size() == 1);
  CHECK(e.warnings[0].kind == "unverified");
}

TEST_CASE("documents that are held, or not asked for, are not owed") {
  Case c = sale("2024-02-01", "stove", 1000);
  c.facts().set_document(c.field("documents.invoice"), run::held);
  CHECK(c.decide().documents.empty());
}

TEST_CASE("ineligible: every requirement that fails, each with text and paper") {
  Case c = sale("2024-02-01", "lamp", 6000);
  const auto& e = c.decide();
  CHECK(e.outcome == "ineligible");
  CHECK(c.failed() == Names{"listed", "cheap"});
  CHECK(e.failed[0].text == "lamp is not on the list");
  REQUIRE(e.failed[0].cites.size() == 1);
  CHECK(e.failed[0].cites[0].title == "乙");
  CHECK(e.failed[0].cites[0].articles == Names{"第一条"});
  CHECK(e.failed[0].cites[0].check == "unverified");
  CHECK(e.failed[1].text == "售价 must be at most 5000.00 yuan (it is 6000.00 yuan)");
  CHECK(e.failed[1].cites[0].title == "甲");
  CHECK(e.amount.empty());
  CHECK(e.documents.empty());
}

TEST_CASE("numbers of requirements stay the same over recompilation") {
  Case a = sale("2024-02-01", "lamp", 10);
  Case b = sale("2024-08-01", "lamp", 10);
  CHECK(a.decide().failed[0].id == b.decide().failed[0].id);
}

TEST_CASE("first and last day, and the day on which nothing is in force") {
  CHECK(sale("2024-01-01", "stove", 100).decide().version == "y1");
  CHECK(sale("2024-06-30", "stove", 100).decide().version == "y1");
  CHECK(sale("2024-07-01", "stove", 100).decide().version == "y2");
  CHECK(sale("2024-12-31", "stove", 100).decide().version == "y2");
  Case before = sale("2023-12-31", "stove", 100);
  const auto& e = before.decide();
  CHECK(e.outcome == "not_in_force");
  CHECK(e.nearest_version == "y1");
  CHECK(e.nearest_from == "2024-01-01");
  CHECK(sale("2025-01-01", "stove", 100).decide().nearest_version == "y2");
}

TEST_CASE("a superseding version governs its own days only") {
  CHECK(sale("2024-08-31", "stove", 100).decide().amount == "10.00");
  CHECK(sale("2024-09-01", "stove", 100).decide().amount == "20.00");
  CHECK(sale("2024-09-30", "stove", 100).decide().version == "y2b");
  CHECK(sale("2024-10-01", "stove", 100).decide().version == "y2");
}

TEST_CASE("what the rules ensure and does not hold makes the decision invalid") {
  Case c = sale("2024-02-01", "stove", 2901);
  const auto& e = c.decide();
  CHECK(e.outcome == "invalid");
  CHECK(e.amount.empty());
  REQUIRE(e.invalid.size() == 1);
  CHECK(e.invalid[0].path == "small");
  CHECK(sale("2024-08-01", "stove", 2901).decide().amount == "290.10");
}

TEST_CASE("a part below 0: which, what it came to, and the facts it is worked out from") {
  const auto rules = [](const std::string& amount) {
    return R"(
use language en
record Sale "购买" { on: date  new: bool  price: money from 0 yuan to 10000 yuan  discount: money from 0 yuan to 10000 yuan }
program p "甲" {
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    let net = sale.price - sale.discount
    )" + amount +
           "\n  }\n}\n";
  };
  const auto facts = [](Case& c) {
    c.day("sale.on", "2024-05-01").truth("sale.new", true).number("sale.price", 100).number("sale.discount", 401, 2);
  };
  Case parts(rules("amount {\n  bonus: 5 yuan\n  base: 20% of net when sale.new \"基础\" / en \"base\"\n}, rounded "
                   "down to 0.01 yuan"),
             "p");
  facts(parts);
  const auto& e = parts.decide();
  CHECK(e.outcome == "invalid");
  REQUIRE(e.invalid.size() == 1);
  CHECK(e.invalid[0].path == "amount.base");
  CHECK(e.invalid[0].label == "base");
  CHECK(e.invalid[0].got == "-20.10 yuan");
  CHECK(e.invalid[0].allowed == "0 or more; worked out from sale.price, sale.discount");
  Case single(rules("amount = net"), "p");
  facts(single);
  REQUIRE(single.decide().invalid.size() == 1);
  CHECK(single.decide().invalid[0].path == "amount");
  CHECK(single.decide().invalid[0].got == "-100.50 yuan");
}

TEST_CASE("bad facts: path, what came, what is allowed") {
  Case c = sale("2024-02-01", "stove", -1);
  const auto& e = c.decide();
  CHECK(e.outcome == "invalid");
  REQUIRE(e.invalid.size() == 1);
  CHECK(e.invalid[0].path == "sale.price");
  CHECK(e.invalid[0].got == "-1");
  CHECK(e.invalid[0].label == "售价");
  CHECK(e.invalid[0].allowed == "0 yuan … 100000 yuan, step 0.01 yuan");
  Case fine = sale("2024-02-01", "stove", 1);
  fine.number("sale.price", 1, 1000);
  CHECK(fine.decide().outcome == "invalid");
}

TEST_CASE("null for a fact that its condition calls for") {
  const char* const kText = R"(record Boiler { on: date  electric: bool  rate: % when not electric }
program p {
 authority "局"
 given b: Boiler
 in force by b.on
 version v from 2024-01-01 {
  cite "甲" verified 2024-01-01
  require efficient: b.electric or b.rate >= 80%
  amount = 5 yuan
 }
})";
  const auto decided = [&](bool electric) {
    auto c = std::make_unique<Case>(kText, "p");
    c->day("b.on", "2024-05-01").truth("b.electric", electric).absent("b.rate");
    return c;
  };
  CHECK(decided(true)->decide().outcome == "eligible");
  const auto c = decided(false);
  const auto& e = c->decide();
  CHECK(e.outcome == "invalid");
  REQUIRE(e.invalid.size() == 1);
  CHECK(e.invalid[0].got == "null");
  CHECK(e.invalid[0].allowed ==
        "a percentage, written \"80%\" or 0.8, step 0.0001%; not null in this case, as b.electric: no");
  CHECK(c->decide_in_chinese().invalid[0].allowed ==
        "百分数,写作 \"80%\" 或 0.8,精确到 0.0001%; 此时须填写(因b.electric:否)");
}

TEST_CASE("verification dates are held against the host's day only") {
  Case c = sale("2024-02-01", "stove", 100);
  CHECK(c.decide().warnings.size() == 1);
  run::Options options;
  options.as_at = parse_iso_date("2024-12-31");
  CHECK(c.decide(options).warnings.size() == 1);
  options.as_at = parse_iso_date("2025-01-01");
  const auto& e = c.decide(options);
  REQUIRE(e.warnings.size() == 2);
  CHECK(e.warnings[1].kind == "verification_expired");
  CHECK(e.outcome == "eligible");
}

namespace {
const char* const kOpenTexts = R"(
use language en
enum Size { small, medium, large }
record Item { on: date  size: Size  price: money from 0 yuan to 1000 yuan  same_place: bool }
program open_texts "未定" {
  given item: Item
  in force by item.on
  version v from 2024-01-01 {
    cite "甲"
    require gate: undecided "which price" { "list": item.price <= 500 yuan; "net": item.price <= 600 yuan }
    require place: item.same_place or discretion "the officer may waive it"
    let rate = choose { 10% when item.size is small; 20% when item.size in {small, medium} }
    let missing: money = not found "no figure published"
    amount = if item.size is large then missing otherwise (rate of item.price, rounded down to 0.01 yuan)
  }
}
)";

Case item(const std::string& size, std::int64_t price, bool same_place = true) {
  Case c(kOpenTexts, "open_texts");
  c.day("item.on", "2024-05-01")
      .member("item.size", size)
      .number("item.price", price)
      .truth("item.same_place", same_place);
  return c;
}
}  // namespace

TEST_CASE("a text with readings refers only where the readings differ") {
  CHECK(item("medium", 500).decide().outcome == "eligible");
  Case c = item("medium", 550);
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  CHECK(e.amount == "110.00");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].what == "undecided");
  CHECK(e.referred[0].why == "which price");
  CHECK(item("medium", 601).decide().outcome == "ineligible");
}

TEST_CASE("what an officer may waive is referred") {
  Case c = item("medium", 100, false);
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].what == "discretion");
}

TEST_CASE("two branches of a choice are a conflict, a figure not found is open; neither is guessed") {
  Case two = item("small", 100);
  const auto& e = two.decide();
  CHECK(e.outcome == "referred");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].what == "conflict");
  Case none = item("large", 100);
  const auto& f = none.decide();
  CHECK(f.outcome == "referred");
  REQUIRE(f.referred.size() == 1);
  CHECK(f.referred[0].what == "not_found");
}

TEST_CASE("what a choice without a branch leaves open has no amount of 0") {
  const char* const text = R"(
use language en
enum Size { small, medium, large }
record X { on: date  size: Size }
program gap "缺口" {
  given x: X
  in force by x.on
  version v from 2024-01-01 {
    cite "甲"
    amount {
      first: 10 yuan
      second: choose { 5 yuan when x.size is small; 7 yuan when x.size is medium }
    } at most 100 yuan reducing first
  }
}
)";
  Case c(text, "gap");
  c.day("x.on", "2024-05-01").member("x.size", "medium");
  CHECK(c.decide().amount == "17.00");
  c.member("x.size", "large");
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  CHECK(e.amount.empty());
  CHECK(e.amount_least == "10.00");
  CHECK(e.amount_most == "100.00");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].what == "gap");
}

TEST_CASE("overflow and division by zero are errors in the decision, where they are reached") {
  const char* const text = R"(
use language en
record X { on: date  a: integer  b: number }
program big "大数" {
  given x: X
  in force by x.on
  version v from 2024-01-01 {
    cite "甲"
    require guarded: x.b > 0 and x.a / x.b < 3
    require powers: x.a * x.a * x.a * x.a * x.a * x.a >= 0
  }
}
)";
  Case c(text, "big");
  c.day("x.on", "2024-05-01").number("x.a", 6).number("x.b", 3);
  CHECK(c.decide().outcome == "eligible");
  c.number("x.b", 0);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"guarded"});
  c.number("x.b", 1);
  c.number("x.a", 1000000000000);
  CHECK(c.decide().outcome ==
        "ineligible");  // a requirement that fails is an answer, whatever cannot be computed beside it
  c.number("x.b", 1000000000000);
  const auto& e = c.decide();
  CHECK(e.outcome == "invalid");
  REQUIRE(e.invalid.size() == 1);
  CHECK(e.invalid[0].got == "too large");
}
