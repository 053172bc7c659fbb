// Why a decision is as it is: the values compared, reasons that nobody wrote, and what caps and roundings took.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kShop = R"(
enum Kind { fridge "冰箱" / en "fridge", stove "灶具" / en "stove", lamp "灯" / en "lamp" }
scale Tier from best { level1 "1级" / en "level 1", level2 "2级" / en "level 2", level3 "3级" / en "level 3" }
record Earlier { kind: Kind  worth: money }
record Sale {
  on: date "购买日期" / en "date of purchase"
  filed: date "申请日期" / en "day of filing"
  kind: Kind "品类" / en "category"
  tier: optional Tier "能效等级" / en "efficiency level"
  price: money "售价" / en "price" from 0 yuan to 100000 yuan
  power: number [kW] "功率" / en "power" from 0 kW to 100 kW
  used: bool "二手" / en "second hand"
  home: region "户籍地" / en "home"
  seller: text "卖方" / en "seller"
  buyer: text "买方" / en "buyer"
}
table rates "补贴率" / en "rates" {
  given kind: Kind, price: money
  gives rate: number
  hit unique
  | kind   | price        || rate         |
  | fridge | < 3000 yuan  || 10%          |
  | fridge | >= 3000 yuan || not entitled |
  | stove  | any          || 5%           |
  otherwise not entitled
}
program shop "商店" / en "Shop" {
  authority "省商务厅"
  given sale: Sale, earlier: history of Earlier "此前补贴" / en "earlier grants"
  in force by sale.on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    let deadline = 2024-06-30
    let net = sale.price - 100 yuan
    CONDITION
    amount {
      base: 15% of net "基础" / en "base"
      bonus: 5% of net when sale.tier exists and sale.tier is level1 "加补" / en "bonus"
    } at most 2000 yuan reducing bonus first, rounded down to 0.01 yuan
  }
}
)";

std::string with(std::string condition) {
  std::string text = kShop;
  text.replace(text.find("CONDITION"), 9, condition);
  return text;
}

Case sale(const std::string& condition) {
  Case c(with(condition), "shop");
  c.day("sale.on", "2024-02-01").day("sale.filed", "2024-07-01").member("sale.kind", "lamp");
  c.member("sale.tier", "level3").number("sale.price", 6000).number("sale.power", 2500).truth("sale.used", true);
  c.text("sale.seller", "甲").text("sale.buyer", "乙");
  c.facts().set_region(c.field("sale.home"), *parse_region("630100"));
  c.list("earlier", true);
  return c;
}

std::string reason(const std::string& condition, bool english) {
  Case c = sale("require it: " + condition);
  const auto& e = c.decide();
  REQUIRE(e.failed.size() == 1);
  return english ? e.failed[0].text_en : e.failed[0].text_zh;
}

// The only comparison of a case, which holds the rules in which its texts stand.
struct Only {
  explicit Only(const std::string& condition) : of(sale("require it: " + condition)) {
    const auto& e = of.decide();
    REQUIRE(e.failed.size() == 1);
    REQUIRE(e.failed[0].compared.size() == 1);
    compared = e.failed[0].compared[0];
    CHECK_FALSE(compared.holds);
  }

  Case of;
  explain::Compared compared;
};

}  // namespace

TEST_CASE("a reason that nobody wrote says what had to be and what is, in both languages") {
  CHECK(reason("sale.price <= 5000 yuan", false) == "售价须不高于 5000.00元(现为 6000.00元)");
  CHECK(reason("sale.price <= 5000 yuan", true) == "price must be at most 5000.00 yuan (it is 6000.00 yuan)");
  CHECK(reason("sale.filed <= deadline", false) == "申请日期须不晚于 2024年6月30日(现为 2024年7月1日)");
  CHECK(reason("sale.filed <= deadline", true) == "day of filing must be on or before 2024-06-30 (it is 2024-07-01)");
  CHECK(reason("sale.tier exists and sale.tier is level2 or better", false) == "能效等级须为2级及以上(现为 3级)");
  CHECK(reason("sale.kind in {fridge, stove}", true) == "category must be fridge or stove (it is lamp)");
  CHECK(reason("sale.kind is not lamp", false) == "品类不得为灯(现为 灯)");
  CHECK(reason("not sale.used", false) == "“二手”须为否(现为 是)");
  CHECK(reason("sale.power < 2 kW", true) == "power must be below 2 kW (it is 2.5 kW)");
  CHECK(reason("sale.home within 640000", false) ==
        "户籍地须在 宁夏回族自治区 640000 辖区内(现为 青海省西宁市 630100)");
  CHECK(reason("sale.seller is sale.buyer", true) == "seller must be the same as buyer (乙) (it is 甲)");
  CHECK(reason("net / 2 <= 1000 yuan", true) == "net / 2 must be at most 1000.00 yuan (it is 2950.00 yuan)");
  CHECK(reason("net <= 5000 yuan", true) == "net must be at most 5000.00 yuan (it is 5900.00 yuan)");
  CHECK(reason("sale.filed within 2024-03-01 to 2024-04-30", true) ==
        "day of filing must be on or before 2024-04-30 (it is 2024-07-01)");
}

TEST_CASE("an expression is told in the labels of its facts and the words of the language") {
  CHECK(reason("30% of sale.price <= 1000 yuan", false) == "售价的30%须不高于 1000.00元(现为 1800.00元)");
  CHECK(reason("30% of sale.price <= 1000 yuan", true) ==
        "30% of price must be at most 1000.00 yuan (it is 1800.00 yuan)");
  CHECK(reason("(sale.price - 100 yuan) * 2 <= net", false) ==
        "(售价 − 100元) × 2须不高于 net(5900.00元)(现为 11800.00元)");
  CHECK(reason("full months from sale.on to sale.filed <= 3", false) ==
        "自购买日期至申请日期的整月数须不大于 3(现为 5)");
  CHECK(reason("sale.filed <= sale.on + 3 months", false) ==
        "申请日期须不晚于 购买日期加3个月(2024年5月1日)(现为 2024年7月1日)");
}

TEST_CASE("percentages are shown as such, units by the words of the language or their own label") {
  const std::string text = R"(
unit crate / zh 重量箱 "重量箱" / en "weight case" = 50 kg
record Thing {
  on: date
  share: % "占比" / en "share" from 0% to 100% declared to 0.1%
  displacement: number [L] "排量" / en "displacement"
  load: number [crate] "装载量" / en "load"
}
program p "p" {
  authority "a"
  given thing: Thing
  in force by thing.on
  version v from 2024-01-01 {
    cite "甲"
    require share: thing.share >= 60%
    require half: thing.share / 2 >= 30%
    require small: thing.displacement <= 2.0 L
    require light: thing.load <= 3 crate
    require written: thing.share >= 60% otherwise "只有{thing.share}" / en "{thing.share} only"
  }
}
)";
  Case c(text, "p");
  c.day("thing.on", "2024-05-01").number("thing.share", 525, 1000).number("thing.displacement", 21, 10000);
  c.number("thing.load", 200);
  const auto& e = c.decide();
  REQUIRE(e.failed.size() == 5);
  CHECK(e.failed[0].text_zh == "占比须不小于 60%(现为 52.5%)");
  CHECK(e.failed[1].text_en == "share / 2 must be at least 30% (it is 26.25%)");
  CHECK(e.failed[2].text_zh == "排量须不大于 2升(现为 2.1升)");
  CHECK(e.failed[2].text_en == "displacement must be at most 2 L (it is 2.1 L)");
  CHECK(e.failed[3].text_zh == "装载量须不大于 3重量箱(现为 4重量箱)");
  CHECK(e.failed[3].text_en == "load must be at most 3 weight case (it is 4 weight case)");
  CHECK(e.failed[4].text_zh == "只有52.5%");
}

TEST_CASE("many members are told by the few others") {
  const std::string text = R"(
enum Kind { a "甲类" / en "A", b "乙类" / en "B", c "丙类" / en "C", d "丁类" / en "D", e "戊类" / en "E" }
record Sale { on: date  kind: Kind "品类" / en "category" }
program p "p" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 { cite "甲" require it: CONDITION }
}
)";
  const auto reason_for = [&](const std::string& condition, const std::string& kind) {
    std::string rules = text;
    rules.replace(rules.find("CONDITION"), 9, condition);
    Case one(rules, "p");
    return one.day("sale.on", "2024-05-01").member("sale.kind", kind).decide().failed.at(0);
  };
  CHECK(reason_for("sale.kind not in {a, b, c, d}", "b").text_zh == "品类须为戊类(现为 乙类)");
  CHECK(reason_for("sale.kind in {a, b, c, d}", "e").text_en == "category must not be E (it is E)");
  CHECK(reason_for("sale.kind in {a, b, c}", "e").text_en == "category must be A, B or C (it is E)");
}

TEST_CASE("which of the values compared would have been enough by themselves") {
  Case c = sale("require it: (sale.price <= 1000 yuan or sale.kind is fridge) and sale.power <= 2 kW");
  const auto& e = c.decide();
  REQUIRE(e.failed.size() == 1);
  REQUIRE(e.failed[0].compared.size() == 3);
  CHECK(e.failed[0].compared[0].place == "1.1");
  CHECK(e.failed[0].compared[1].place == "1.2");
  CHECK(e.failed[0].compared[2].place == "2");
  // Whichever is meant by an open text nobody chooses.
  Case open =
      sale("require it: sale.price <= undecided \"which\" { \"A\": 1000 yuan; \"B\": 2000 yuan } and not sale.used");
  for (const explain::Compared& one : open.decide().failed.at(0).compared)
    CHECK(one.place.str().find('.') == std::string::npos);
}

TEST_CASE("alternatives within what has to hold together, within alternatives") {
  const std::string condition =
      "sale.price <= 10 yuan or (sale.power <= 1 kW and (sale.kind is fridge or not sale.used))";
  CHECK(reason(condition, true) ==
        "price must be at most 10.00 yuan (it is 6000.00 yuan), or (power must be at most 1 kW (it is 2.5 kW), and "
        "(category must be fridge (it is lamp), or \"second hand\" must be no (it is yes)))");
  Case c = sale("require it: " + condition);
  Names places;
  for (const explain::Compared& one : c.decide().failed.at(0).compared) places.push_back(one.place.str());
  CHECK(places == Names{"1.1", "1.2.1", "1.2.2.1", "1.2.2.2"});
}

TEST_CASE("a rounding inside a comparison is told in words") {
  CHECK(reason("(sale.power rounded down to 1 kW) <= 1 kW", false) == "功率(向下取整到1kW)须不大于 1 kW(现为 2 kW)");
}

TEST_CASE("that a fact could be missing is no way out where it is there") {
  CHECK(reason("(sale.tier exists and sale.tier is level2 or better) or (sale.tier not exists and sale.kind is fridge)",
               true) == "efficiency level must be level 2 or better (it is level 3)");
  CHECK(reason("sale.tier not exists or sale.tier is level2 or better", true) ==
        "efficiency level must be level 2 or better (it is level 3)");
  CHECK(reason("sale.tier not exists or sale.price < 10 yuan", true) ==
        "there must not be: efficiency level (it is level 3), or price must be below 10.00 yuan (it is 6000.00 yuan)");
}

TEST_CASE("a figure that nobody checked is told of only where it reached the answer") {
  const auto named = [](const std::string& kind, bool refused = false) {
    Case c(R"(
enum Kind { fridge, stove, lamp }
record Sale { on: date  kind: Kind  refused: bool }
table cold { cite "甲" unverified given kind: Kind gives rate: money hit unique
  | kind || rate | 
  | fridge || 10 yuan |
  otherwise not entitled }
table hot { cite "乙" unverified given kind: Kind gives rate: money hit unique
  | kind || rate | 
  | stove || 20 yuan |
  otherwise not entitled }
program p "p" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    let plain = 30 yuan cite "丙" unverified
    let nobody = 40 yuan cite "丁" unverified
    require it: not sale.refused
    amount = choose { cold(sale.kind) when sale.kind is fridge; hot(sale.kind) when sale.kind is stove; plain otherwise }
  }
}
)",
           "p");
    Names out;
    c.day("sale.on", "2024-05-01").member("sale.kind", kind).truth("sale.refused", refused);
    for (const auto& w : c.decide().warnings) out.push_back(w.name + " " + w.about);
    return out;
  };
  CHECK(named("fridge") == Names{"cold 甲"});
  CHECK(named("stove") == Names{"hot 乙"});
  CHECK(named("lamp") == Names{"plain 丙"});
  CHECK(named("lamp", true).empty());  // a case that is refused has no amount
}

TEST_CASE("only what stood in the way is told: the false of `and`, all of `or`") {
  CHECK(reason("sale.price >= 10 yuan and sale.kind is fridge and not sale.used", true) ==
        "category must be fridge (it is lamp); \"second hand\" must be no (it is yes)");
  CHECK(reason("sale.kind is fridge or sale.price < 1000 yuan", true) ==
        "category must be fridge (it is lamp), or price must be below 1000.00 yuan (it is 6000.00 yuan)");
  CHECK(reason("not (sale.kind is lamp and sale.price > 1000 yuan)", true) ==
        "category must not be lamp (it is lamp), or price must be at most 1000.00 yuan (it is 6000.00 yuan)");
  CHECK(reason("not (sale.kind is fridge or sale.price > 1000 yuan)", true) ==
        "price must be at most 1000.00 yuan (it is 6000.00 yuan)");
  CHECK(reason("if sale.kind is lamp then sale.price < 10 yuan otherwise sale.price < 20 yuan", true) ==
        "price must be below 10.00 yuan (it is 6000.00 yuan)");
}

TEST_CASE("what is asked of a list holds or does not") {
  const std::string text = reason("any of earlier where earlier.kind is sale.kind", false);
  CHECK(text.starts_with("须成立:"));
  CHECK(text.ends_with("(现不成立)"));
  CHECK(reason("any of earlier where earlier.kind is sale.kind", true).ends_with(" (it does not)"));
}

TEST_CASE("the values compared, one by one") {
  const Only net("sale.price <= net");
  const explain::Compared& c = net.compared;
  CHECK(c.path == "sale.price");
  CHECK(c.what == "price");
  CHECK(c.value == "6000.00 yuan");
  CHECK(c.relation == "<=");
  CHECK(c.bound == "5900.00 yuan");
  CHECK(c.bound_what == "net");
  const Only turned("5000 yuan >= sale.price");
  const explain::Compared& mirrored = turned.compared;
  CHECK(mirrored.path == "sale.price");
  CHECK(mirrored.relation == "<=");
  CHECK(mirrored.bound == "5000.00 yuan");
  CHECK(mirrored.bound_what.empty());
  CHECK(Only("sale.tier exists and sale.tier is level2 or better").compared.bound == "level 2 or better");
  CHECK(Only("not sale.tier exists").compared.relation == "not exists");
}

TEST_CASE("a written reason keeps its words and comes with the values") {
  Case c =
      sale("require cheap: sale.price <= 5000 yuan otherwise \"太贵:{sale.price}\" / en \"too dear: {sale.price}\"");
  const auto& e = c.decide();
  REQUIRE(e.failed.size() == 1);
  CHECK(e.failed[0].text == "too dear: 6000.00 yuan");
  CHECK(e.failed[0].text_zh == "太贵:6000.00元");
  REQUIRE(e.failed[0].compared.size() == 1);
  CHECK(e.failed[0].compared[0].text == "price must be at most 5000.00 yuan (it is 6000.00 yuan)");
}

TEST_CASE("what is absent is said to be missing") {
  Case c = sale("require it: sale.tier exists and sale.tier is level2 or better");
  c.absent("sale.tier");
  CHECK(c.decide().failed.at(0).text_zh == "须有能效等级(现无)");
  CHECK(c.decide().failed.at(0).text_en == "there must be: efficiency level (there is none)");
}

TEST_CASE("a history is asked for whole") {
  Case c = sale("limit one: 1 counting earlier where earlier.kind is sale.kind");
  const auto& e = c.list("earlier", false).decide();
  REQUIRE(e.needs.size() == 1);
  CHECK(e.needs[0].ask == "every entry of earlier grants, and whether none is missing");
}

TEST_CASE("a limit is compared by what was counted") {
  Case c = sale("limit one: 1 counting earlier where earlier.kind is sale.kind");
  c.facts().set_member(c.entry("earlier", "kind", true), std::string_view("lamp"));
  c.facts().set_number(c.entry("earlier", "worth"), Rational(10));
  const auto& e = c.decide();
  REQUIRE(e.failed.size() == 1);
  REQUIRE(e.failed[0].compared.size() == 1);
  CHECK(e.failed[0].compared[0].what == "number of matching earlier grants");
  CHECK(e.failed[0].compared[0].value == "1");
  CHECK(e.failed[0].compared[0].relation == "<");
  CHECK(e.failed[0].compared[0].bound == "1");
}

TEST_CASE("a table that grants nothing shows the row that was hit") {
  Case c = sale("require it: rates(sale.kind, sale.price) > 1%");
  c.member("sale.kind", "fridge");
  const auto& e = c.decide();
  REQUIRE(e.failed.size() == 1);
  CHECK(e.failed[0].name == "rates");
  REQUIRE(e.failed[0].compared.size() == 2);
  CHECK(e.failed[0].compared[0].bound == "fridge");
  CHECK(e.failed[0].compared[1].value == "6000.00 yuan");
  CHECK(e.failed[0].compared[1].bound == ">= 3000.00 yuan");
  c.member("sale.kind", "lamp");
  CHECK(c.decide().failed.at(0).text == "no entitlement by table rates (category: lamp, price: 6000.00 yuan)");
}

TEST_CASE("a cap and a rounding are lines of their own, and everything adds up") {
  Case c = sale("");
  c.number("sale.price", 12100).member("sale.tier", "level1");
  const auto& e = c.decide();
  REQUIRE(e.amount == "2000.00");
  REQUIRE(e.parts.size() == 2);
  CHECK(e.parts[0].before == "1800.00");
  CHECK(e.parts[1].before == "600.00");
  REQUIRE(e.adjustments.size() == 1);
  CHECK(e.adjustments[0].kind == "cap");
  CHECK(e.adjustments[0].written == "at most 2000 yuan reducing bonus first");
  CHECK(e.adjustments[0].bound == "2000.00");
  CHECK(e.adjustments[0].before == "2400.00");
  CHECK(e.adjustments[0].after == "2000.00");
  CHECK(e.adjustments[0].change == "-400.00");
  REQUIRE(e.adjustments[0].by_part.size() == 1);
  CHECK(e.adjustments[0].by_part[0].part == "bonus");
  CHECK(e.adjustments[0].by_part[0].change == "-400.00");

  c.number("sale.price", 10001, 100).member("sale.tier", "level2");  // net 0.01
  const auto& tiny = c.decide();
  CHECK(tiny.parts[0].before == "0.0015");
  REQUIRE(tiny.adjustments.size() == 1);
  CHECK(tiny.adjustments[0].kind == "rounding");
  CHECK(tiny.adjustments[0].bound == "0.01");
  CHECK(tiny.adjustments[0].change == "-0.0015");
  CHECK(tiny.amount == "0.00");
}

TEST_CASE("a part's own cap stands before those of the whole; a part that does not apply has none") {
  std::string text = with("");
  text.replace(text.find("15% of net \"基础\""), 10, "15% of net, at most 500 yuan");
  text.replace(text.find("is level1 \"加补\""), 9, "is level1, at most 50 yuan");
  Case c(text, "shop");
  c.day("sale.on", "2024-02-01").number("sale.price", 10100).absent("sale.tier");
  const auto& e = c.decide();
  REQUIRE(e.amount == "500.00");
  CHECK(e.parts[0].before == "1500.00");
  CHECK(e.parts[1].before == "0.00");
  REQUIRE(e.adjustments.size() == 1);
  CHECK(e.adjustments[0].part == "base");
  CHECK(e.adjustments[0].change == "-1000.00");
}

TEST_CASE("an open text and its readings are told in the language of who asks") {
  Case c = sale(
      "require it: undecided \"哪一天\" / en \"which day\" { \"含\" / en \"that day too\": sale.filed <= 2024-07-01; "
      "\"不含\": sale.filed < 2024-07-01 }");
  c.day("sale.filed", "2024-07-01");
  const explain::Explanation zh = c.decide_in_chinese();
  REQUIRE(zh.referred.size() == 1);
  CHECK(zh.referred[0].why == "哪一天");
  CHECK(zh.referred[0].readings == Names{"含", "不含"});
  const auto& en = c.decide();
  REQUIRE(en.referred.size() == 1);
  CHECK(en.referred[0].why == "which day");
  CHECK(en.referred[0].readings == Names{"that day too", "不含"});
}

TEST_CASE("what a person has to settle comes with the readings between which to choose") {
  Case c =
      sale("require it: undecided \"哪一天\" { \"含\": sale.filed <= 2024-07-01; \"不含\": sale.filed < 2024-07-01 }");
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].readings == Names{"含", "不含"});
  c.day("sale.filed", "2024-07-02");  // refused in every reading
  REQUIRE(c.decide().failed.size() == 1);
  CHECK(c.decide().failed[0].text_en.find("2024-07-02") != std::string::npos);
}

TEST_CASE("what fails, what is promised and what is paid has its name in the language of the reader") {
  std::string text = with("require 未过期 / en in_time: sale.filed <= deadline\n quota 资金 / en funds");
  text.replace(text.find("bonus: 5%"), 9, "加补 / en extra: 5%");
  text.replace(text.find(" \"加补\" / en \"bonus\""), std::string(" \"加补\" / en \"bonus\"").size(), "");
  text.replace(text.find("reducing bonus"), 14, "reducing extra");
  text.replace(text.find("    amount {"), 12, "    ensure 有余 / en left: sale.price > 200 yuan\n    amount {");
  Case c(text, "shop");
  c.day("sale.on", "2024-02-01").day("sale.filed", "2024-07-01").member("sale.kind", "stove");
  c.decide();
  c.number("sale.price", 1000).absent("sale.tier");
  const auto english = c.decide();
  REQUIRE(english.failed.size() == 1);
  CHECK(english.failed[0].name == "未过期");
  CHECK(english.failed[0].label == "in_time");
  CHECK(c.decide_in_chinese().failed[0].label == "未过期");
  c.day("sale.filed", "2024-06-30");
  CHECK(c.decide().conditions[0].label == "funds");
  CHECK(c.decide_in_chinese().conditions[0].label == "资金");
  CHECK(c.decide().parts[1].label == "extra");
  CHECK(c.decide_in_chinese().parts[1].label == "加补");
  c.number("sale.price", 150);
  REQUIRE(c.decide().invalid.size() == 1);
  CHECK(c.decide().invalid[0].path == "left");
  CHECK(c.decide_in_chinese().invalid[0].path == "有余");
}
