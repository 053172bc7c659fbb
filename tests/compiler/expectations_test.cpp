// What tests can expect: each kind holds where it is right and differs where it is wrong.
#include <doctest/doctest.h>

#include "compiler/rule_tests.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const std::string kShop = R"(
record Entry { paid: money from 0 yuan to 1000 yuan, good: bool }
record Purchase { date: date, price: money from 0 yuan, kept: bool }
program shop {
  authority "局"
  given purchase: Purchase
  given earlier: history of Entry
  in force by purchase.date
  version y2025 from 2025-01-01 {
    cite "文"
    require few: (count of earlier where entry.good) < 2
    amount = 10% of purchase.price + (sum of e.paid for e in earlier), rounded down to 0.01 yuan
    payout cash "现金"
    documents { invoice "发票", receipt "收据" when purchase.kept, card "身份证" }
  }
}
test "base" of shop {
  given purchase { date: 2025-02-01, price: 300 yuan, kept: no }
  given earlier complete []
  expect eligible
}
)";

std::vector<std::string> differences(const std::string& steps) {
  const compiler::Compiled compiled = compile_text(kShop + "test \"this\" of shop as in \"base\" {\n" + steps + "\n}");
  REQUIRE(compiled.plan);
  return compiler::run_tests(compiled, true).back().differences;
}

}  // namespace

TEST_CASE("documents that are owed: one among them, or exactly those") {
  CHECK(differences("expect subject documents invoice, subject documents {card, invoice}").empty());
  CHECK(differences("but purchase.kept yes expect subject documents receipt").empty());
  CHECK(differences("expect subject documents receipt") ==
        std::vector<std::string>{"line 23: documents: expected receipt, got {card, invoice}"});
  CHECK(differences("expect subject documents {invoice}") ==
        std::vector<std::string>{"line 23: documents: expected {invoice}, got {card, invoice}"});
  CHECK(differences("期望 附条件 材料 {card, invoice}").empty());
}

TEST_CASE("of two contradictions each names its papers") {
  const auto differences_of = [](const std::string& steps) {
    const compiler::Compiled compiled = compile_text(R"(
use language en
scale Level from worst { low, high }
record Car { date: date, a: optional Level, b: optional Level, c: optional Level, d: optional Level }
standard s "项" {
  given v: Car
  in force by v.date
  edition e from 2025-01-01 {
    cite "文"
    gives one "一" = agreed of { v.a; v.b }
    gives two "二" = agreed of { v.c; v.d }
  }
}
test "this" of s {
  given v { date: 2025-02-01, a: low, b: high, c: low, d: high }
)" + steps + "\n}\n");
    REQUIRE(compiled.plan);
    return compiler::run_tests(compiled, true).back().differences;
  };
  CHECK(differences_of("expect referred, one unknown contradiction {v.a, v.b}").empty());
  CHECK(differences_of("expect referred, two unknown contradiction {v.c, v.d}").empty());
  CHECK(differences_of("expect one unknown contradiction {v.a, v.c}").size() == 1);
}

TEST_CASE("an amount that nothing bounds from above") {
  const std::string open = "but earlier incomplete [] expect undetermined, ";
  CHECK(differences(open + "amount 30.00 yuan .. no limit").empty());
  CHECK(differences(open + "补贴 30元 .. 不限").empty());
  CHECK(differences(open + "amount 0.01 yuan .. no limit") ==
        std::vector<std::string>{"line 23: amount: expected 0.01 .. no limit, got 30.00 .. no limit"});
  CHECK(differences(open + "amount 30.00 yuan .. 50 yuan") ==
        std::vector<std::string>{"line 23: amount: expected 30.00 .. 50.00, got 30.00 .. no limit"});
  CHECK(differences("expect amount 30.00 yuan .. no limit") ==
        std::vector<std::string>{"line 23: amount: expected 30.00 .. no limit, got 30.00"});
}

TEST_CASE("a question about some entry of a list") {
  const std::string open =
      "but earlier complete [ { paid: 1 yuan, good: yes }, { paid: 1 yuan, good: unknown } ] expect undetermined, ";
  CHECK(differences(open + "ask earlier.good").empty());
  CHECK(differences(open + "ask earlier.paid") ==
        std::vector<std::string>{"line 23: ask: expected earlier.paid, got {earlier[1].good}"});
}

TEST_CASE("an open grade is held against what was decided, by each reading") {
  const std::string rules = R"(
scale Tier from best { one, two, floor none }
record Item { x: number from 0 to 100 step 0.1, made: date }
standard inner {
  given item: Item
  in force by item.made
  edition a from 2020-01-01 to undecided start "施行日未查得" { "早": 2022-12-31; "晚": 2024-12-31 } {
    cite "标准一"
    grade item.x on Tier at least {
      | one | two |
      | 5   | 3   |
    }
  }
  edition b from undecided start { "早": 2023-01-01; "晚": 2025-01-01 } {
    cite "标准二"
    grade item.x on Tier at least {
      | one | two |
      | 8   | 5   |
    }
  }
}
standard outer {
  given item: Item
  edition e {
    cite "目录"
    let t = grade of item by inner
    grade first of { Tier.one when t is one; Tier.two when t is two; Tier.none otherwise }
  }
}
test "between the editions" of outer {
  given item { x: 6, made: 2024-01-01 }
  expect referred, grade {one, two}
}
)";
  const compiler::Compiled compiled = compile_text(rules);
  REQUIRE(compiled.plan);
  CHECK(compiler::run_tests(compiled, true).back().differences == std::vector<std::string>{});
}
