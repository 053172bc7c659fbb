// What expressions become: kinds, folded constants, canonical units, types.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/expressions_support.hpp"

using namespace guiju;
using test::Good;
using test::Rules;

namespace {

void check_all(const std::vector<Good>& cases) {
  for (const Good& one : cases) {
    const Rules rules("let x" + std::string(one.value[0] == ':' ? "" : " = ") + one.value);
    INFO(one.value);
    INFO(rules.report());
    const model::Expr* expr = rules.let("x");
    CHECK(expr != nullptr);
    if (expr == nullptr) continue;
    CHECK(rules.clean());
    CHECK(test::show(*expr) == one.shown);
    CHECK(model::describe(expr->type, guiju::Language::en) == one.type);
  }
}

}  // namespace

TEST_CASE("constants are computed exactly, in canonical units") {
  check_all({
      {"6500/24*0.75", "203.125", "number"},
      {"1 + 2 * 3", "7", "integer"},
      {"15%", "0.15", "number"},
      {"- 15% of 200 yuan", "-30", "money"},
      {"2万元 + 5角", "20000.5", "money"},
      {"1.5 kW + 500 W", "2000", "number [kW]"},
      {"15 kW / 3 kW", "5", "integer"},
      {"10 yuan * 3", "30", "money"},
      {"1000 yuan/t * 2 t", "2000", "money"},
      {"2 ^ 6", "64", "integer"},
      {"12.1498 rounded half even to 0.1", "12.1", "number"},
      {"-60.75 rounded half even to 0.5", "-61", "integer"},
      {"1234.5 yuan rounded down to 1 yuan", "1234", "money"},
      {"min(3 yuan, 2 yuan, 5角)", "0.5", "money"},
      {"abs(-3)", "3", "integer"},
      {"2500 Wh counted in kWh", "2.5", "number"},
      {"2024-01-31 + 1 month", "2024-02-29", "date"},
      {"2024-03-31 - 1 month", "2024-02-29", "date"},
      {"2024-01-30 + (1 month + 1 day)", "2024-03-01", "date"},
      {"full years from 2016-08-31 to 2024-08-31", "8", "integer"},
      {"full years from 2016-08-31 to 2024-08-31 the day after", "7", "integer"},
      {"started years from 2020-01-01 to 2022-07-01", "3", "integer"},
      {"days from 2024-12-31 to 2025-01-01", "1", "integer"},
      {"11 * 1 year", "132m0d", "duration (months)"},
      {"end_of_year(2024-05-01)", "2024-12-31", "date"},
      {"0.01 yuan per started 20 kWh of 41 kWh", "0.03", "money"},
      {"0.01 yuan per full 20 kWh of 41 kWh", "0.02", "money"},
  });
}

TEST_CASE("arithmetic on facts") {
  check_all({
      {"15% of item.price", "(multiply 0.15 item.price)", "money"},
      {"item.净价 的 15%", "(multiply 0.15 item.price)", "money"},
      {"15% of item.price, at most 2000 yuan, rounded down to 0.01 yuan",
       "(round:0:0.01 (minimum (multiply 0.15 item.price) 2000))", "money"},
      {"15% of (item.price at most 13333 yuan)", "(multiply 0.15 (minimum item.price 13333))", "money"},
      {": money = item.price at most 5 yuan", "(minimum item.price 5)", "money"},
      {": bool = item.price at most 5 yuan", "(<= item.price 5)", "bool"},
      {"item.price / 3", "(divide item.price 3)", "money"},
      {"item.price / item.mass * 2 kg", "(multiply (divide item.price item.mass) 2)", "money"},
      {"item.size / 2 kW", "(divide item.size 2000)", "number"},
      {"item.size counted in kW", "(divide item.size 1000)", "number"},
      {"- item.price", "(negate item.price)", "money"},
      {"item.count + 1", "(add item.count 1)", "integer"},
      {"item.count ^ 2", "(power:2 item.count)", "integer"},
      {"item.share ^ (1/2) rounded half even to 0.001", "(power:0.5:0.001 item.share)", "number"},
      {"ln(item.share) rounded half even to 0.000001", "(ln:3:0.000001 item.share)", "number"},
      {"(ln(item.share), rounded half even to 0.000001)", "(ln:3:0.000001 item.share)", "number"},
      {"10 yuan per started 5 kW of item.size", "(multiply 10 (steps:started:5000 item.size))", "money"},
      {"bands of item.price { 0.25% up to 600000 yuan; 0.5% above }", "(bands [0.0025 to 600000] [0.005] item.price)",
       "money"},
      {"max(item.on, 2024-01-01)", "(maximum item.on 2024-01-01)", "date"},
  });
}

TEST_CASE("dates") {
  check_all({
      {"item.on + 8 years", "(add_months item.on 96m0d)", "date"},
      {"item.on - 3 days", "(subtract_days item.on 0m3d)", "date"},
      {"item.on + (1 month + 2 days)", "(add_days (add_months item.on 1m0d) 0m2d)", "date"},
      {"item.on + item.length", "(add_months item.on item.length)", "date"},
      {"item.count * 1 year", "(duration_times 12m0d item.count)", "duration (months)"},
      {"full months from item.on to 2025-01-01", "(full_months item.on 2025-01-01)", "integer"},
      {"full years from item.on to 2025-01-01 >= 8", "(>= (full_years item.on 2025-01-01) 8)", "bool"},
      {"item.on 至 2025-01-01 满 8年", "(>= (full_years item.on 2025-01-01) 8)", "bool"},
      {"item.on 至 2025-01-01 不满 8年 次日", "(< (full_years:after item.on 2025-01-01) 8)", "bool"},
      {"item.on within 2024-01-01 to 2024-03-01", "(within_period item.on 2024-01-01 2024-03-01)", "bool"},
      {"item.on within 12 months before 2024-03-01", "(within_window:0 item.on 12m0d 2024-03-01)", "bool"},
      {"item.on within 30 days after 2024-03-01", "(within_window:3 item.on 0m30d 2024-03-01)", "bool"},
      {"item.on 处于 2024-03-01 前 12个月", "(within_window:0 item.on 12m0d 2024-03-01)", "bool"},
      {"item.on within 12 calendar months before 2024-03-01", "(within_window:4 item.on 12m0d 2024-03-01)", "bool"},
      {"item.on within 12 calendar months to 2024-03-01", "(within_window:5 item.on 12m0d 2024-03-01)", "bool"},
      {"item.on within this version", "(within_period item.on 2024-01-01 2024-12-31)", "bool"},
      {"year_of(item.on)", "(year_of item.on)", "integer"},
      {"item.on on or before 2024-05-01", "(<= item.on 2024-05-01)", "bool"},
  });
}

TEST_CASE("tests on members, regions, texts") {
  check_all({
      {"item.kind is car", "(is{car} item.kind)", "bool"},
      {"car is item.kind", "(is{car} item.kind)", "bool"},
      {"item.kind is not car", "(not (is{car} item.kind))", "bool"},
      {"item.kind is Kind.car", "(is{car} item.kind)", "bool"},
      {"item.kind in {car, truck}", "(is{car|truck} item.kind)", "bool"},
      {"item.kind not in {car, truck}", "(not (is{car|truck} item.kind))", "bool"},
      {"item.stage is 国四 or worse", "(is{国三|国四} item.stage)", "bool"},
      {"item.stage 为 国四 及以上", "(is{国四|国五} item.stage)", "bool"},
      {"item.tier exists and item.tier is level2 or worse",
       "(and (exists item.tier) (is{level2|level3|fails} item.tier))", "bool"},
      {"item.tier exists and item.tier is (choose { level1 when item.sold; level2 otherwise }) or better",
       "(and (exists item.tier) (rank<= item.tier (choose item.sold level1 level2)))", "bool"},
      {"item.place is 630000", "(= item.place 630000)", "bool"},
      {"630000 is item.place", "(= 630000 item.place)", "bool"},
      {"item.place in {630000, 640000}", "(in_set item.place 630000 640000)", "bool"},
      {"item.place within 630000", "(within_region item.place 630000)", "bool"},
      {"item.name is \"甲\"", "(= item.name \"甲\")", "bool"},
      {"item.sold is no", "(not item.sold)", "bool"},
      {"item.count is 5 or more", "(>= item.count 5)", "bool"},
      {"item.count 为 5 以下", "(<= item.count 5)", "bool"},
      {"item.kind in Kind", "(is{car|truck|van} item.kind)", "bool"},
      {"\"a\" in item.tags", "(in_list item.tags \"a\")", "bool"},
      {"all of {item.on, 2024-02-01} within this version",
       "(and (within_period item.on 2024-01-01 2024-12-31) (within_period 2024-02-01 2024-01-01 2024-12-31))", "bool"},
      {"none of {item.count, 3} > 4", "(not (or (> item.count 4) (> 3 4)))", "bool"},
  });
}

TEST_CASE("what may be absent, and what is known to be there") {
  check_all({
      {"item.until if absent item.on", "(if_absent item.until item.on)", "date"},
      {"item.until", "item.until", "optional date"},
      {"item.spare exists and item.spare > 3 yuan", "(and (exists item.spare) (> item.spare 3))", "bool"},
      {"item.spare not exists or item.spare > 3 yuan", "(or (not (exists item.spare)) (> item.spare 3))", "bool"},
      {"if item.spare exists then item.spare otherwise 0 yuan", "(if (exists item.spare) item.spare 0)", "money"},
      {"choose { item.spare when item.spare exists; 0 yuan otherwise }", "(choose (exists item.spare) item.spare 0)",
       "money"},
      {"first of { 0 yuan when item.spare not exists; item.spare otherwise }",
       "(first_of (not (exists item.spare)) 0 item.spare)", "money"},
      {"item.sold and item.paid > 1 yuan", "(and item.sold (> item.paid 1))", "bool"},
      {"item.kind is truck and item.load > 1 t", "(and (is{truck} item.kind) (> item.load 1000))", "bool"},
      {"item.kind in {truck, car} and item.kind is not car and item.load > 1 t",
       "(and (is{car|truck} item.kind) (not (is{car} item.kind)) (> item.load 1000))", "bool"},
      {"old exists and old.price > 1 yuan", "(and (exists old) (> old.price 1))", "bool"},
      {"old.price if absent 0 yuan", "(if_absent old.price 0)", "money"},
  });
}

TEST_CASE("lists") {
  check_all({
      {"count of claims", "(count_of claims)", "integer"},
      {"count of claims where claim.kind is item.kind", "(count_of claims where (same_member claim.kind item.kind))",
       "integer"},
      {"count of claims as c where c.on within this version",
       "(count_of claims where (within_period c.on 2024-01-01 2024-12-31))", "integer"},
      {"sum of c.amount for c in claims where c.kind is car", "(sum_of claims term c.amount where (is{car} c.kind))",
       "money"},
      {"min of c.on for c in claims", "(min_of claims term c.on)", "optional date"},
      {"(max of c.amount for c in claims) if absent 0 yuan", "(if_absent (max_of claims term c.amount) 0)", "money"},
      {"any of claims where claim.tier exists and claim.tier is level1",
       "(any_of claims where (and (exists claim.tier) (is{level1} claim.tier)))", "bool"},
      {"count of item.tags where it is \"a\"", "(count_of item.tags where (= it \"a\"))", "integer"},
      {"all of item.tags is \"a\"", "(all_of item.tags where (= it \"a\"))", "bool"},
      {"worst of {level1, level2}", "(worst_of level1 level2)", "Tier"},
      {"best of {item.tier, level2}", "(best_of item.tier level2)", "Tier"},
  });
}

TEST_CASE("what a text leaves open") {
  check_all({
      {"undecided \"问\" { \"甲\": item.price; \"乙\": 5 yuan }", "(undecided item.price 5 甲=item.price 乙=5)",
       "money"},
      {"item.spare exists and undecided \"问\" { \"甲\": item.spare at most 2 yuan; \"乙\": item.spare < 2 yuan }",
       "(and (exists item.spare) (undecided (<= item.spare 2) (< item.spare 2) 甲=(<= item.spare 2) 乙=(< item.spare "
       "2)))",
       "bool"},
      {": money = not found \"未见\"", "(not_found)", "money"},
      {"if item.sold then 5 yuan otherwise not found \"未见\"", "(if item.sold 5 (not_found))", "money"},
      {"if item.sold then no limit otherwise 5 yuan", "(if item.sold no_limit 5)", "money"},
      {"item.sold or discretion \"由人定\"", "(or item.sold (discretion))", "bool"},
  });
  const Rules rules("let x: bool = undecided \"问\" { \"甲\": yes; \"乙\": no } adopt \"乙\"");
  REQUIRE(rules.clean());
  REQUIRE(rules.rulebook().choices.size() == 1);
  CHECK(rules.rulebook().choices[0].adopted == 1U);
  CHECK(rules.rulebook().choices[0].text.zh.at(0).text == "问");
}

TEST_CASE("lets: values, paths, rows, sets, functions, in any order") {
  const Rules rules(R"(
    let a = b + 1 yuan
    let b = thing.price
    let thing = item
    let holding = {car, truck}
    let held = item.kind in holding
    let double(n: Item, factor: number) = n.price * factor
    let twice = double(item, 2)
    let known = item.tier exists and item.tier is level1
    let nested = known and item.tier is not level2
    let spare = item.spare
    let spare_used = spare exists and spare > 1 yuan
  )");
  INFO(rules.report());
  REQUIRE(rules.clean());
  CHECK(test::show(*rules.let("a")) == "(add let:b 1)");
  CHECK(test::show(*rules.let("b")) == "item.price");
  CHECK(rules.let("thing") == nullptr);
  CHECK(test::show(*rules.let("held")) == "(is{car|truck} item.kind)");
  CHECK(test::show(*rules.let("twice")) == "(multiply item.price 2)");
  CHECK(test::show(*rules.let("nested")) == "(and let:known (not (is{level2} item.tier)))");
  CHECK(model::describe(rules.let("spare")->type, guiju::Language::en) == "optional money");
}

TEST_CASE("requirements, parts and conditions before establish what follows") {
  const Rules rules(R"(
    require has: item.spare exists
    require enough: item.spare > 1 yuan
    require truck: item.kind is truck
    require loaded: item.load > 1 t
    amount { a: item.paid when item.sold  b: 1 yuan } at most 5 yuan reducing a first
    ensure big: item.tier is level1 when item.tier exists
  )");
  INFO(rules.report());
  CHECK(rules.clean());
  CHECK(Rules("require enough: item.spare > 1 yuan\n require has: item.spare exists").only(Code::absent_not_handled));
  CHECK(Rules("require truck: item.kind in {truck, car}\n require loaded: item.load > 1 t")
            .only(Code::absent_not_handled));
}

TEST_CASE("texts keep their pieces and holes in both languages") {
  const Rules rules(
      R"(require r: item.sold otherwise "须在{this version}售出,{item.until} 与 {item.price}" / en "sold: {item.sold}")");
  INFO(rules.report());
  REQUIRE(rules.clean());
  const model::Template& reason = rules.version().requirements.at(0).reason;
  REQUIRE(reason.zh.size() == 4);
  CHECK(reason.zh[0].text == "须在");
  CHECK(reason.zh[0].this_version);
  CHECK(test::show(*reason.zh[1].hole) == "item.until");
  CHECK(reason.zh[2].text == " 与 ");
  CHECK(reason.zh[3].hole == nullptr);
  REQUIRE(reason.en.size() == 2);
  CHECK(test::show(*reason.en[0].hole) == "item.sold");
}
