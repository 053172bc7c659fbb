// Each subcommand once over: what it prints, as text and as JSON, and how it ends.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kRules = R"(scale Tier from best { level1 "1级", level2 "2级", floor fails "未达标" }
record Lamp { made_on: date, efficacy: number from 0 to 500 "光效" }
standard lamp_levels "灯具能效" {
  given item: Lamp
  in force by item.made_on
  edition e2020 from 2020-01-01 {
    cite "GB 00000"
    grade item.efficacy on Tier at least {
      | level1 | level2 |
      | 100    | 80     |
    }
    comply grade is level2 or better
    gives best_before "最佳更换日" / en "best replaced by" = item.made_on + 8 years
  }
}
program lamps "节能灯" / en "Lamps" {
  authority "局"
  given item: Lamp, on: date
  in force by on
  version v from 2024-01-01 to 2024-12-31 {
    cite "甲"
    require good: grade of item by lamp_levels is level2 or better
      otherwise "须为2级及以上" / en "level 2 or better"
    amount { base: 5 yuan, more: 3 yuan when grade of item by lamp_levels is level1 }
    ensure small: amount <= 7 yuan or item.efficacy < 400
    payout at_sale "立减"
    quota funds "资金"
    documents { invoice "发票" }
  }
}
test "a good lamp" of lamps {
  given item { made_on: 2023-01-01, efficacy: 90 }
  given on 2024-05-01
  expect eligible, amount 5.00 yuan
}
)";

struct Shop : Folder {
  explicit Shop(const std::string& name) : Folder(name), rules(write("lamps.gj", kRules)) {}
  [[nodiscard]] Ran decide(const std::string& on, const std::string& efficacy,
                           const std::vector<std::string>& more = {"--json", "--lang", "en"}) const {
    std::vector<std::string> arguments{"decide", "lamps", "--rules", rules, "--facts", "-"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(
        arguments, R"({"item": {"made_on": "2023-01-01", "efficacy": )" + efficacy + R"(}, "on": ")" + on + R"("})");
  }
  std::string rules;
};

}  // namespace

TEST_CASE("check: nothing wrong, mistakes, JSON") {
  const Shop shop("command-check");
  CHECK(run_command({"check", shop.rules, "--lang", "en"}).status == 0);
  const std::string bad = shop.write("bad.gj", "enum A { a }\nenum A { b }\n");
  const Ran ran = run_command({"check", bad, "--lang", "en"});
  CHECK(ran.status == 1);
  CHECK(holds(ran.err, "error GJ1311: A is declared twice"));
  CHECK(holds(run_command({"check", bad}).err, "错误 GJ1311: 名称重复:A"));
  const Ran json = run_command({"check", bad, "--json"});
  CHECK(json.status == 1);
  for (const char* member :
       {"\"ok\": false", "\"code\": \"GJ1311\"", "\"line\": 2", "\"column\": 6", "\"message\"", "\"help\""})
    CHECK(holds(json.out, member));
}

TEST_CASE("check: a folder of any size") {
  const Folder folder("command-many-files");
  for (int i = 0; i < 1001; ++i) {
    const std::string number = std::to_string(i);
    (void)folder.write("f" + number + ".gj", "enum E" + number + " { a" + number + " }\n");
  }
  const Ran ran = run_command({"check", folder.at(""), "--lang", "en"});
  CHECK(ran.status == 0);
  CHECK(holds(ran.out, "1001 files: no mistakes"));
}

TEST_CASE("test: what passed, what differed, what could not run") {
  const Shop shop("command-test");
  CHECK(run_command({"test", shop.rules}).status == 0);
  CHECK(holds(run_command({"test", shop.rules, "--json"}).out, "\"passed\": 1"));
  std::string text = kRules;
  text.replace(text.find("amount 5.00 yuan"), 16, "amount 6.00 yuan");
  const std::string other = shop.write("other.gj", text);
  const Ran differs = run_command({"test", other, "--lang", "en"});
  CHECK(differs.status == 1);
  CHECK(holds(differs.out + differs.err, "expected 6.00, got 5.00"));
  const auto test_of = [&](const std::string& expected) {
    std::string changed = kRules;
    changed.replace(changed.find("amount 5.00 yuan"), 16, expected);
    return run_command({"test", shop.write("outcomes.gj", changed)}).out;
  };
  CHECK(holds(test_of("ineligible"), "结论:应为 不符合,实为 符合"));
  CHECK(holds(test_of("undetermined"), "结论:应为 未决,实为 符合"));
  const Ran broken = run_command({"test", shop.write("broken.gj", "enum A { a"), "--lang", "en"});
  CHECK(broken.status == 1);
  CHECK(holds(broken.out + broken.err, "no test was run"));
}

TEST_CASE("fmt: writes, checks, turns keywords and back") {
  const Shop shop("command-fmt");
  CHECK(run_command({"fmt", "--check", shop.rules}).status == 0);
  CHECK(run_command({"fmt", "--keywords", "zh", shop.rules}).status == 0);
  CHECK(holds(shop.read("lamps.gj"), "标准 lamp_levels"));
  CHECK(run_command({"test", shop.rules}).status == 0);
  CHECK(run_command({"fmt", "--keywords", "en", shop.rules}).status == 0);
  CHECK(shop.read("lamps.gj") == kRules);
  const std::string ugly = shop.write("ugly.gj",
                                      "\xEF\xBB\xBF"
                                      "enum   A {a,\r\n b}\r\n");
  CHECK(run_command({"fmt", "--check", ugly}).status == 1);
  CHECK(holds(shop.read("ugly.gj"), "\r\n"));
  CHECK(run_command({"fmt", ugly}).status == 0);
  CHECK_FALSE(holds(shop.read("ugly.gj"), "\r"));
  CHECK(shop.read("ugly.gj").starts_with("enum A {"));
  CHECK(run_command({"fmt", "-"}, "enum   A { a }").out == "enum A { a }\n");
}

TEST_CASE("decide --json: a member for everything that was decided") {
  const Shop shop("command-decide");
  const Ran good = shop.decide("2024-05-01", "120");
  CHECK(good.status == 0);
  for (const char* member : {"\"outcome\": \"eligible\"", "\"program\": \"lamps\"", "\"version\": \"v\"",
                             "\"reference_date\": \"2024-05-01\"", "\"amount\": \"8.00\"", "\"base\": \"5.00\"",
                             "\"more\": \"3.00\"", "\"failed\": []", "\"needs\": []", "\"referred\": []",
                             "\"conditions\"", "\"funds\"", "\"nearest_version\": null", "\"payout\": \"at_sale\"",
                             "\"documents\"", "\"invoice\"", "\"warnings\": []", "\"invalid\": []"}) {
    CAPTURE(std::string(member));
    CAPTURE(good.out);
    CHECK(holds(good.out, member));
  }
  const Ran refused = shop.decide("2024-05-01", "10");
  CHECK(refused.status == 0);
  CHECK(holds(refused.out, "\"text\": \"level 2 or better\""));
  const Ran open = shop.decide("2024-05-01", "\"?\"");
  CHECK(open.status == 0);
  CHECK(holds(open.out, "\"outcome\": \"undetermined\""));
  CHECK(holds(open.out, "\"needs\": [\n    \"item.efficacy\"\n  ]"));
  CHECK(holds(open.out, "\"amount_between\": [\n    \"5.00\",\n    \"8.00\"\n  ]"));
  CHECK(holds(shop.decide("2025-01-01", "120").out, "\"outcome\": \"not_in_force\""));
  const Ran ensured = shop.decide("2024-05-01", "450");
  CHECK(ensured.status == 3);
  CHECK(holds(ensured.out, "\"outcome\": \"invalid\""));
  CHECK(holds(ensured.out, "\"amount\": null"));
  CHECK(holds(shop.decide("2024-05-01", "10", {}).out, "须为2级及以上"));
}

TEST_CASE("grade, facts, explain") {
  const Shop shop("command-grade");
  const std::vector<std::string> grade{"grade", "lamp_levels", "--rules", shop.rules, "--facts", "-", "--json"};
  const Ran graded = run_command(grade, R"({"item": {"made_on": "2021-01-01", "efficacy": 85}})");
  CHECK(graded.status == 0);
  for (const char* member :
       {"\"standard\": \"lamp_levels\"", "\"edition\": \"e2020\"", "\"grade\": \"level2\"", "\"why\""})
    CHECK(holds(graded.out, member));
  CHECK(run_command(grade, R"({"item": {"efficacy": -1}})").status == 3);
  CHECK(holds(graded.out, "\"value\": \"2029-01-01\""));
  const Ran shown = run_command({"grade", "lamp_levels", "--rules", shop.rules, "--facts", "-", "--trace"},
                                R"({"item": {"made_on": "2021-01-01", "efficacy": 85}})");
  CHECK(holds(shown.out, "最佳更换日(best_before):2029年1月1日"));
  CHECK(holds(shown.out, "得出 最佳更换日"));

  const Ran empty = run_command({"facts", "lamps", "--rules", shop.rules, "--lang", "en"});
  CHECK(empty.status == 0);
  CHECK(holds(empty.out, "\"efficacy\": \"?\""));
  CHECK(holds(empty.out, "0 … 500"));
  const Ran undecided = run_command({"decide", "lamps", "--rules", shop.rules, "--facts", "-", "--json"}, empty.out);
  CHECK(undecided.status == 0);  // the empty file is a case about which nothing is known
  CHECK(holds(undecided.out, "\"outcome\": \"undetermined\""));

  CHECK(holds(run_command({"explain", "gj1203", "--lang", "en"}).out, "expected {0}, found {1}"));
  CHECK(run_command({"grade", "lamps", "--rules", shop.rules, "--facts", "-"}).status == 2);
  CHECK(run_command({"decide", "lamp_levels", "--rules", shop.rules, "--facts", "-"}).status == 2);
  CHECK(run_command({"decide", "nothing", "--rules", shop.rules, "--facts", "-"}).status == 2);
}

TEST_CASE("decide --all: each programme with its reason; of many that were not asked about, only how many") {
  const Shop shop("command-decide-all");
  std::string others;
  for (int i = 0; i < 7; ++i) {
    others += "program other" + std::to_string(i) + " \"别的\" {\n  authority \"局\"\n  given x" + std::to_string(i) +
              ": number\n  given day: date\n  in force by day\n  version v from 2024-01-01 { cite \"乙\"  amount = 1 "
              "yuan }\n}\n";
  }
  const auto decide_all = [&](const std::string& rules) {
    return run_command({"decide", "--all", "--rules", shop.write("all.gj", rules), "--facts", "-", "--lang", "en"},
                       R"({"item": {"made_on": "2023-01-01", "efficacy": 60}, "on": "2024-05-01"})");
  };
  const Ran many = decide_all(kRules + others);
  CHECK(holds(many.out, "Lamps (lamps): not eligible [level 2 or better]"));
  CHECK(holds(many.out, "not asked, as nothing was given: 7 programmes"));
  const Ran few = decide_all(kRules + others.substr(0, others.find("program other1")));
  CHECK(holds(few.out, "not asked, as nothing was given: 别的"));
}

TEST_CASE("decide --all: of what a person has to decide it says why") {
  const Shop shop("command-decide-all-open");
  const std::string rules = shop.write("open.gj", R"(
program p "项目" {
  authority "局"
  given day: date, sum: money
  in force by day
  version v from 2024-01-01 {
    cite "乙"
    require allowed: sum < 50 yuan or discretion "超过的由局批准" / en "more than that is for the office to allow"
    amount = sum
  }
}
)");
  const Ran all = run_command({"decide", "--all", "--rules", rules, "--facts", "-", "--lang", "en"},
                              R"({"day": "2024-05-01", "sum": "60 yuan"})");
  CHECK(holds(all.out, "60.00 yuan [more than that is for the office to allow]"));
}

TEST_CASE("targets: how many stand how, and what a person has to decide below its target") {
  const Shop shop("command-targets-tally");
  const std::string rules = shop.write("targets.gj", R"(
targets t "目标" {
  cite "丙"
  authority "局"
  counted from 2024-01-01
  | target | indicator | kind   | baseline | reach    | due        | lead |
  | a      | "甲"      | total  | absent   | >= 2     | 2024-12-31 | "局" |
  | b      | "乙"      | total  | absent   | >= 1     | 2024-12-31 | "局" |
  | c      | "丙"      | judged | absent   | "变好"   | 2024-12-31 | "局" |
}
)");
  const Ran page =
      run_command({"decide", "t", "--rules", rules, "--facts", "-", "--as-at", "2025-01-01"},
                  R"({"observed": {"complete": true, "entries": [{"target": "b", "on": "2024-05-01", "value": 1}]}})");
  CHECK(holds(page.out, "3 个目标:未达到 1,已达到 1,转办 1"));
  CHECK(holds(page.out, "    须由人判断:\n      文字表述"));
}

TEST_CASE("decide --all: where nothing is given it is asked which case it is; what is not in force is said to be so") {
  const Shop shop("command-decide-none");
  const auto decide_all = [&](const std::string& facts) {
    return run_command({"decide", "--all", "--rules", shop.rules, "--facts", "-", "--lang", "en"}, facts);
  };
  const Ran nothing = decide_all("{}");
  CHECK(nothing.status == 0);
  CHECK(nothing.out.starts_with("undetermined: facts are missing"));
  CHECK(holds(nothing.out, "to be asked:\n    on\n"));
  CHECK(decide_all(R"({"item": {"made_on": "2023-01-01", "efficacy": 60}, "on": "1999-05-01"})")
            .out.starts_with("not in force\n"));
}
