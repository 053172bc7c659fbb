// What would make a refused case eligible, and the trace of a decision.
#include "explain/remedies.hpp"

#include "explain/trace.hpp"
#include "run/remedies.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kShop = R"(
enum Drive { nev "新能源车" / en "electric", fuel_car "燃油车" / en "fuel" }
scale Tier from best { level1 "1级" / en "level 1", level2 "2级" / en "level 2", level3 "3级" / en "level 3" }
record Sale {
  on: date
  filed: date "申请日期" / en "day of filing" changeable
  tier: Tier "能效等级" / en "efficiency level" changeable
  price: money "售价" / en "price" from 0 yuan to 100000 yuan changeable
  discount: money "优惠" / en "discount" from 0 yuan
  drive: Drive "类别" / en "kind" changeable
  listed: bool "列入目录" / en "listed" when drive is nev changeable
  receiver: text "收货人" / en "receiver" changeable
  buyer: text "买方" / en "buyer"
}
table gates "限价" / en "ceilings" {
  given price: money
  gives rate: number
  hit unique
  | price                        || rate |
  | < 2000 yuan                  || 20%  |
  | [2000 yuan .. 20000 yuan]    || 15%  |
  otherwise not entitled
}
program shop "商店" / en "Shop" {
  authority "省商务厅"
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    let net = sale.price - sale.discount
    CONDITION
    amount {
      base: gates(sale.price) of net "基础" / en "base"
      bonus: 5% of net when sale.tier is level1 "加补" / en "bonus"
    } at most 2000 yuan reducing bonus first, rounded down to 0.01 yuan
  }
}
)";

Case sale(const std::string& condition) {
  std::string text = kShop;
  text.replace(text.find("CONDITION"), 9, condition);
  Case c(text, "shop");
  c.day("sale.on", "2024-02-01").day("sale.filed", "2024-07-15").member("sale.tier", "level3");
  c.number("sale.price", 4000).number("sale.discount", 0).member("sale.drive", "fuel_car");
  c.text("sale.receiver", "乙").text("sale.buyer", "甲");
  return c;
}

// Each remedy as "path=to path=to amount".
Names found(Case& c, run::Options options = {}) {
  Names out;
  for (const auto& remedy : explain::remedies(c.facts(), options, true).list) {
    std::string text;
    for (const auto& change : remedy.changes) text += change.path + "=" + change.to + " ";
    out.push_back(text + remedy.amount);
  }
  return out;
}

}  // namespace

TEST_CASE("one change of a level: every level that will do, the highest amount first") {
  Case c = sale("require it: sale.tier is level2 or better");
  CHECK(found(c) == Names{"sale.tier=level 1 800.00", "sale.tier=level 2 600.00"});
  const auto remedies = explain::remedies(c.facts(), {}, false);
  CHECK_FALSE(remedies.cut_short);
  CHECK(remedies.list[1].text == "能效等级改为 2级(现为 3级)");
  CHECK(remedies.list[1].version == "v");
}

TEST_CASE("the nearest value of a number, in its steps, also through what is computed from it") {
  Case c = sale("require it: sale.price < 3000 yuan");
  CHECK(found(c) == Names{"sale.price=2999.99 yuan 449.99"});
  Case strict = sale("require it: sale.price <= 3000 yuan");
  CHECK(found(strict) == Names{"sale.price=3000.00 yuan 450.00"});
  Case computed = sale("require it: net <= 3000 yuan");
  computed.number("sale.discount", 500);
  CHECK(found(computed) == Names{"sale.price=3500.00 yuan 450.00"});
  Case equal = sale("require it: sale.price is 3000 yuan");
  CHECK(found(equal) == Names{"sale.price=3000.00 yuan 450.00"});
  Case between = sale("require low: sale.price >= 5000 yuan  require high: sale.price <= 6000 yuan");
  CHECK(found(between) == Names{"sale.price=6000.00 yuan 900.00", "sale.price=5000.00 yuan 750.00"});
}

TEST_CASE("a table turns over at the ends of its rows") {
  Case c = sale("");
  c.number("sale.price", 30000);
  CHECK(found(c) == Names{"sale.price=20000.00 yuan 2000.00"});
}

TEST_CASE("a day of filing, and no day before that of the host") {
  Case c = sale("require it: sale.filed <= 2024-06-30");
  CHECK(found(c) == Names{"sale.filed=2024-06-30 600.00"});
  run::Options options;
  options.as_at = parse_iso_date("2024-07-10");
  CHECK(found(c, options).empty());
}

TEST_CASE("two changes where one is not enough, and only those") {
  Case c = sale("require a: sale.tier is level1  require b: sale.filed <= 2024-06-30");
  CHECK(found(c) == Names{"sale.filed=2024-06-30 sale.tier=level 1 800.00"});
  Case dormant = sale("require it: sale.drive is nev and sale.listed");
  CHECK(found(dormant) == Names{"sale.drive=electric sale.listed=yes 600.00"});
  Case three =
      sale("require a: sale.tier is level1  require b: sale.filed <= 2024-06-30  require c: sale.price < 3000 yuan");
  CHECK(found(three).empty());
}

TEST_CASE("a text may become that which it is compared with") {
  Case c = sale("require it: sale.receiver is sale.buyer");
  CHECK(found(c) == Names{"sale.receiver=甲 600.00"});
}

TEST_CASE("nothing is offered for what cannot be changed, is eligible or still open") {
  Case fixed = sale("require it: sale.discount > 0 yuan");
  CHECK(found(fixed).empty());
  Case good = sale("");
  CHECK(found(good).empty());
  Case open = sale("require it: sale.tier is level2 or better");
  open.facts().set_state(open.field("sale.tier"), run::FactState::unknown);
  CHECK(found(open).empty());
}

TEST_CASE("a change may lead to another version") {
  std::string text = kShop;
  text.replace(text.find("CONDITION"), 9, "");
  text.replace(text.find("in force by sale.on"), 19, "in force by sale.filed");
  Case c(text, "shop");
  c.day("sale.filed", "2025-01-02").member("sale.tier", "level3").number("sale.price", 4000).number("sale.discount", 0);
  CHECK(c.decide().outcome == "not_in_force");
  CHECK(found(c) == Names{"sale.filed=2024-12-31 600.00"});
}

TEST_CASE("a search that is cut short says so") {
  Case c = sale("require it: sale.tier is level2 or better");
  run::RemedyLimits limits;
  limits.runs = 3;
  CHECK(run::find_remedies(c.facts(), {}, limits).cut_short);
  limits = {};
  limits.offered = 1;
  const run::Remedies one = run::find_remedies(c.facts(), {}, limits);
  CHECK(one.found.size() == 1);
  CHECK(one.cut_short);
}

// ---- the trace
// -----------------------------------------------------------------------------------------------------------------

namespace {

std::string joined(const Names& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

Names steps(Case& c) {
  run::Decision decision;
  run::decide(c.facts(), {}, decision);
  Names out;
  for (const auto& line : explain::trace(c.facts(), decision, true).lines) {
    std::string text = std::string(static_cast<std::size_t>(line.depth), ' ') + line.kind.str();
    if (!line.name.empty()) text += " " + line.name.str();
    if (!line.value.empty()) text += ": " + line.value.str();
    if (line.state != "known") text += " (" + line.state.str() + ")";
    out.push_back(text);
  }
  return out;
}

}  // namespace

TEST_CASE("every step stands in the trace, in the order of the rule file") {
  Case c = sale("require it: sale.tier is level2 or better  let half = net / 2  ensure small: amount <= 2000 yuan");
  c.member("sale.tier", "level1").number("sale.price", 20000);
  CHECK(joined(steps(c)) ==
        "version v: 2024-02-01\n"
        "let net: 20000.00 yuan\n"
        "require it: yes\n"
        "let half (not_reached)\n"
        "require gates: yes\n"
        " table gates: row 2\n"
        "part base: 3000.00 yuan\n"
        "part bonus: 1000.00 yuan\n"
        "cap: 4000.00 yuan → 2000.00 yuan\n"
        "rounding: 2000.00 yuan → 2000.00 yuan\n"
        "amount: 2000.00 yuan\n"
        " part base: 2000.00 yuan\n"
        " part bonus: 0.00 yuan\n"
        "ensure small: yes\n");
}

TEST_CASE("what was not reached or is open is marked") {
  Case c = sale("require it: if sale.drive is nev then sale.listed otherwise yes");
  c.facts().set_state(c.field("sale.price"), run::FactState::unknown);
  const Names lines = steps(c);
  CHECK(lines[1] == "let net: 0.00 yuan to 100000.00 yuan (open)");
  CHECK(std::find(lines.begin(), lines.end(), "part bonus: 0.00 yuan") != lines.end());
}

TEST_CASE("what stands in the body of a list is never a step, though two requirements read the same row of a table") {
  Case c(R"(
record Item { weight: kg from 0 kg to 100 kg }
table prices {
  given weight: kg
  gives fits: bool, cheap: bool
  | weight            || fits | cheap |
  | <= 50 kg          || yes  | yes   |
  | (50..80] kg       || yes  | no    |
  otherwise not entitled
}
program delivery "送货" {
  given items: list of Item, on_day: date
  in force by on_day
  version v from 2024-01-01 {
    cite "办法" "1"
    each item in items {
      require fits: prices(item.weight).fits
      require cheap: prices(item.weight).cheap
    }
  }
}
)",
         "delivery");
  c.day("on_day", "2024-02-01").list("items", true);
  c.facts().set_number(c.entry("items", "weight", true), Rational(20));
  const Names lines = steps(c);
  CHECK(std::count(lines.begin(), lines.end(), " list: yes") > 1);
  CHECK(std::none_of(lines.begin(), lines.end(),
                     [](const std::string& line) { return line.starts_with(" table prices"); }));
}

TEST_CASE("a cap inside an expression is a step") {
  std::string text = kShop;
  text.replace(text.find("CONDITION"), 9, "");
  text.replace(text.find("5% of net when sale.tier is level1"), 34, "5% of (net at most 1000 yuan)");
  Case c(text, "shop");
  c.day("sale.on", "2024-02-01").number("sale.price", 4000).number("sale.discount", 0);
  const Names lines = steps(c);
  CHECK(std::find(lines.begin(), lines.end(), " cap: 1000.00 yuan") != lines.end());
}

TEST_CASE("every named value that is used has its line, below what uses it first") {
  Case c(R"(
enum State { granted, refused }
record Claim { on: date  state: State }
record Sale { on: date  price: money from 0 yuan to 100000 yuan  big: bool }
let started = 2024-01-01
let rate: number = 10%
let floor_price = 500 yuan
program shop "商店" {
  given sale: Sale, claims: history of Claim
  in force by sale.on
  let same_price = sale.price
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    let price = same_price
    limit once: 2 counting claims where claim.on >= started
    amount {
      base: rate of price
      extra: 50 yuan when sale.price >= floor_price
    } at most 1000 yuan reducing extra first, rounded down to 0.01 yuan
    documents { photo "照片" when price >= floor_price }
  }
}
)",
         "shop");
  c.day("sale.on", "2024-02-01").number("sale.price", 700).truth("sale.big", true).list("claims", true);
  CHECK(joined(steps(c)) ==
        "version v: 2024-02-01\n"
        "let floor_price: 500.00 yuan\n"
        "let price: 700.00 yuan\n"
        " let same_price: 700.00 yuan\n"
        "limit once: yes\n"
        " let started: 2024-01-01\n"
        " list: 0\n"
        "part base: 70.00 yuan\n"
        " let rate: 10%\n"
        "part extra: 50.00 yuan\n"
        "cap: 120.00 yuan → 120.00 yuan\n"
        "rounding: 120.00 yuan → 120.00 yuan\n"
        "amount: 120.00 yuan\n"
        " part base: 70.00 yuan\n"
        " part extra: 50.00 yuan\n"
        "document photo: owed\n");
}

TEST_CASE("a standard: the edition, and the measure against the limit of each level") {
  Case c(R"(
scale Level from best { level1 "1级" / en "level 1", level2 "2级" / en "level 2" }
standard lamp "灯" / en "Lamp" {
  given lumen: number
  given made_on: date
  in force by made_on
  edition e1 from 2020-01-01 to 2021-12-31 {
    cite "GB 1-2020"
    grade lumen on Level at least {
      | lumen || level1 | level2 |
      | any   || 100    | 50     |
    }
  }
  edition e2 from 2022-01-01 {
    cite "GB 1-2022"
    grade lumen on Level at least {
      | lumen || level1 | level2 |
      | any   || 120    | 60     |
    }
  }
}
)",
         "lamp");
  c.number("lumen", 70).day("made_on", "2022-05-01");
  run::Decision decision;
  run::decide(c.facts(), {}, decision);
  const auto trace = explain::trace(c.facts(), decision, true);
  const auto& lines = trace.lines;
  Names out;
  for (const auto& line : lines) out.push_back(line.kind.str() + " " + line.name.str() + ": " + line.value.str());
  CHECK(out == Names{"edition : e2", "grade : level 2", "table : row 1", "level level1: no", "level level2: yes"});
  REQUIRE(lines.size() == 5);
  CHECK(lines[1].depth == 0);
  CHECK(lines[3].depth == 1);
  REQUIRE(lines[3].compared.size() == 1);
  CHECK(lines[3].compared[0].value == "70");
  CHECK(lines[3].compared[0].relation == ">=");
  CHECK(lines[3].compared[0].bound == "120");
}
