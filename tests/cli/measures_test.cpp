// `guiju measures`, and duties and targets at the terminal.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kRules = R"(duty annual "年度报告" / en "annual report" {
  bearer "部门"
  given on: date, handed_in: optional date
  in force by on
  version v from 2024-01-01 {
    cite "某方案" "措施 1" verified 2025-01-01
    cite "某通知" "第二条" unverified
    must hand_in: yes otherwise "每年报告" / en "a report every year"
    deadline end_of_year(on) - 16 days
    done when handed_in
  }
}
targets plan "目标表" {
  cite "某方案" "措施 2" verified 2025-01-01
  counted from 2024-01-01
  | target | indicator | kind | reach | due |
  | buses | "公交车" | total | >= 1320 | 2027-12-31 |
}
)";
constexpr const char* kTable = "某方案,示例方案,\n措施 1,报告,\n措施 2,目标,\n措施 3,宣传,没有可判定的条件\n";

}  // namespace

TEST_CASE("the page says whom each rule serves and counts its figures") {
  const Folder folder("measures");
  folder.write("rules/plan.gj", kRules);
  const std::string table = folder.write("rules/measures.csv", kTable);
  const std::string rules = folder.at("rules");
  CHECK(run_command({"measures", rules, "--check"}).status == 2);  // no day yet
  REQUIRE(run_command({"measures", rules, "--as-at", "2025-06-01"}).status == 0);
  const std::string page = folder.read("rules/MEASURES.md");
  CHECK(holds(
      page,
      "| 措施 1 | 报告 | [plan.gj](plan.gj) | 义务 年度报告 · duty annual report(`annual`) | 未核对 unverified 1 |"));
  CHECK(holds(page, "| 措施 2 | 目标 | [plan.gj](plan.gj) | 目标 目标表(`plan`) | 已核对 verified 3 |"));
  CHECK(holds(page, "| 措施 3 | 宣传 | — | 没有可判定的条件 | — |"));
  CHECK(holds(page, "| 未核对 unverified | 1 | 0 | 1 |"));
  CHECK(run_command({"measures", rules, "--check"}).status == 0);
  folder.write("rules/measures.csv", std::string(kTable) + "措施 4,无人,\n");
  const auto ran = run_command({"measures", rules, "--check", "--lang", "en"});
  CHECK(ran.status == 1);
  CHECK(holds(ran.err, "no rules and no reason: 措施 4"));
}

TEST_CASE("bounds that are left, functions and named splits count in the version that has them") {
  const Folder folder("measures-aside");
  folder.write("rules/shares.gj", "let split = shared 95 : 5 between central, province remainder to central\n");
  folder.write("rules/plan.gj", R"(use "shares.gj"
record Sale { on: date  price: money }
program p "项目" {
  authority "部门"
  given sale: Sale
  in force by sale.on
  version v from 2024-01-01 to 2024-12-31 {
    cite "某方案" "措施 1" verified 2025-01-01
    leave rate to region, at least 10%, at most 30%
    let more(m: money): money = m + 7 yuan
    amount = rate of more(sale.price), rounded down to 1 yuan, shared split
  }
  version w from 2025-01-01 to 2025-12-31 amends v {
    cite "某方案" "措施 1" unverified
    require enough: sale.price >= 8 yuan
  }
}
)");
  folder.write("rules/measures.csv", "某方案,示例方案,\n措施 1,项目,\n");
  REQUIRE(run_command({"measures", folder.at("rules"), "--as-at", "2025-06-01"}).status == 0);
  const std::string page = folder.read("rules/MEASURES.md");
  // 10%, 30%, 7 yuan, 1 yuan, 95 and 5; in the second version 8 yuan, too.
  CHECK(holds(page, "已核对 verified 6、未核对 unverified 7 |"));
}

TEST_CASE("an article that the table does not have is told") {
  const Folder folder("measures-unknown");
  folder.write("rules/plan.gj", kRules);
  folder.write("rules/measures.csv", "某方案,示例方案,\n措施 1,报告,\n");
  const auto ran = run_command({"measures", folder.at("rules"), "--as-at", "2025-06-01"});
  CHECK(ran.status == 1);
  CHECK(holds(ran.err, "措施 2"));
}

TEST_CASE("a value that a file names counts by its own paper") {
  const Folder folder("measures-values");
  folder.write("rules/one.gj", R"(record Purchase { date: date, price: money from 0 yuan to 1000 yuan }
let last_day = 2024-06-30
  cite "某通知" unverified
let unmarked = 1000 yuan
program one "一" {
  given purchase: Purchase
  in force by purchase.date
  version y from 2024-01-01 {
    cite "某通知" secondhand
    cite "某方案" "措施 1" verified 2025-01-01
    require in_time: purchase.date on or before last_day
    amount = 10 yuan, at most unmarked
  }
}
)");
  folder.write("rules/measures.csv", "某方案,示例方案,\n措施 1,一项,\n");
  REQUIRE(run_command({"measures", folder.at("rules"), "--as-at", "2025-06-01"}).status == 0);
  const std::string page = folder.read("rules/MEASURES.md");
  CHECK(holds(page, "| 转引 secondhand | 1 | 0 | 1 |"));
  CHECK(holds(page, "| 未核对 unverified | 0 | 1 | 1 |"));
}

TEST_CASE("groups serve measures, too") {
  const Folder folder("measures-groups");
  folder.write("rules/one.gj", R"(record Purchase { date: date, price: money from 0 yuan to 1000 yuan }
program one "一" {
  given purchase: Purchase
  in force by purchase.date
  version y from 2024-01-01 { cite "某通知" secondhand amount = 10 yuan }
}
program two "二" {
  given purchase: Purchase
  in force by purchase.date
  version y from 2024-01-01 { cite "某通知" secondhand amount = 20 yuan }
}
group both "两项" / en "both" {
  given purchase: Purchase
  in force by purchase.date
  programs one, two
  order one, then two
  total at most 25 yuan
  trim two first
  version y from 2024-01-01 { cite "某通知" secondhand cite "某方案" "措施 1" verified 2025-01-01 }
}
)");
  folder.write("rules/measures.csv", "某方案,示例方案,\n措施 1,组合,\n");
  REQUIRE(run_command({"measures", folder.at("rules"), "--as-at", "2025-06-01"}).status == 0);
  const std::string page = folder.read("rules/MEASURES.md");
  CHECK(holds(page, "| 措施 1 | 组合 | [one.gj](one.gj) | 组合 两项 · group both(`both`) | 转引 secondhand 1 |"));
  CHECK(holds(page, "| 转引 secondhand | 3 | 0 | 3 |"));
}

TEST_CASE("a duty and targets in words") {
  const Folder folder("duties");
  const std::string rules = folder.write("plan.gj", kRules);
  const auto duty =
      run_command({"decide", "annual", "--rules", rules, "--facts", "-", "--as-at", "2025-12-16", "--lang", "en"},
                  R"({"on": "2025-06-30", "handed_in": null})");
  CHECK(duty.status == 0);
  CHECK(holds(duty.out, "overdue"));
  CHECK(holds(duty.out, "deadline: 2025-12-15"));
  CHECK(holds(duty.out, "a report every year"));
  const auto targets = run_command(
      {"decide", "plan", "--rules", rules, "--facts", "-", "--as-at", "2025-12-31", "--lang", "en"},
      R"({"observed": {"complete": true, "entries": [{"target": "buses", "on": "2025-12-31", "value": 700}]}})");
  CHECK(targets.status == 0);
  CHECK(holds(targets.out, "open (on track)"));
  CHECK(holds(targets.out, "at an even pace from 2024-01-01"));
  CHECK(holds(targets.out, "660"));
  const auto all = run_command({"decide", "--all", "--rules", rules, "--facts", "-", "--json"}, "{}");
  CHECK_FALSE(holds(all.out, "annual"));
}
