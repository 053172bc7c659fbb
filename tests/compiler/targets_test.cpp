// Targets: where each row stands, by how much, on which day, and against an even pace.
#include "explain/targets.hpp"

#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kPlan = R"(
use language en
targets plan "目标表" / en "targets" {
  cite "甲" "目标"
  counted from 2024-01-01
  given share: number
  let own = share
  | target | indicator | kind | baseline | reach | due | lead |
  | tools | "普及率" | level | absent | > 72% | 2027-12-31 | "工信" |
  | trade | "交易量" | change | 2023-12-31 | >= 45% | 2027-12-31 | "商务" |
  | buses | "公交车" | total | absent | >= 1320 | 2027-12-31 | "交通" |
  | coal | "煤耗" | level | absent | <= 10 t | 2027-12-31 | absent |
  | about_it | "回收量" | total | absent | about 100 | 2027-12-31 | absent |
  | papers | "文件" | each | absent | "a", "b" | 2024-06-30 | absent |
  | racks | "机架" | level | 2023-12-31 | >= 100 | 2025-12-31 | absent |
  | own | "占比" | level | absent | >= 50% | absent | absent |
}
)";

class Plan {
 public:
  explicit Plan(bool complete = true, const char* rules = kPlan) : case_(rules, "plan") {
    case_.list("observed", complete);
  }
  Plan& see(const std::string& target, const std::string& on, const Rational& value, const std::string& measure = "") {
    case_.facts().set_member(case_.entry("observed", "target", true), std::string_view(target));
    case_.facts().set_day(case_.entry("observed", "on"), parse_iso_date(on).value());
    case_.facts().set_measured(case_.entry("observed", "value"), value, measure);
    case_.facts().set_state(case_.entry("observed", "item"), run::FactState::absent);
    return *this;
  }
  Plan& have(const std::string& target, const std::string& on, const std::string& item) {
    see(target, on, Rational(1));
    case_.facts().set_state(case_.entry("observed", "value"), run::FactState::absent);
    case_.facts().set_text(case_.entry("observed", "item"), item);
    return *this;
  }
  Case& facts() { return case_; }
  explain::TargetText row(const std::string& name, const std::string& as_at = "") {
    run::Options options;
    options.as_at = parse_iso_date(as_at);
    run::decide_rows(case_.facts(), options, decisions_);
    all_ = explain::explain_targets(case_.facts(), decisions_, true);
    for (const auto& row : all_.rows) {
      if (row.name == name) return row;
    }
    FAIL("no such row");
    return {};
  }
  [[nodiscard]] const explain::TargetsText& all() const { return all_; }

 private:
  Case case_;
  std::vector<run::Decision> decisions_;
  explain::TargetsText all_;
};

Rational percent(std::int64_t n) {
  return Rational::make(n, 100).value();
}

}  // namespace

TEST_CASE("the last figure up to the day, at latest the last day of the target") {
  Plan plan;
  plan.see("tools", "2026-12-31", percent(73), "%").see("tools", "2027-12-31", percent(72), "%");
  plan.see("tools", "2028-01-01", percent(80), "%");
  CHECK(plan.row("tools", "2027-06-30").outcome == "attained");
  CHECK(plan.row("tools", "2027-06-30").figure.exact == "73%");
  CHECK(plan.row("tools", "2027-12-31").outcome == "open");
  CHECK(plan.row("tools", "2027-12-31").to_go.exact == "0%");
  CHECK(plan.row("tools", "2028-02-01").outcome == "missed");
  CHECK(plan.row("tools", "2028-02-01").figure.exact == "72%");
  CHECK(plan.row("tools", "2028-02-01").observed_on == "2027-12-31");
  CHECK(plan.row("tools").outcome == "undetermined");
  CHECK(plan.row("tools").words.needs[0].path == "as at");
}

TEST_CASE("a change is exact; nothing is open about a row because another one is") {
  Plan plan;
  plan.see("trade", "2023-12-31", Rational(20000)).see("trade", "2027-12-31", Rational(28999));
  CHECK(plan.row("trade", "2028-01-15").outcome == "missed");
  CHECK(plan.row("trade", "2028-01-15").figure.exact == "44.995%");
  CHECK(plan.row("tools", "2028-01-15").outcome == "undetermined");
  CHECK(plan.row("own", "2028-01-15").outcome == "undetermined");
  CHECK(plan.all().outcome == "missed");
}

TEST_CASE("an even pace from the first day to the last") {
  Plan plan;
  plan.see("buses", "2025-12-31", Rational(700));
  const auto row = plan.row("buses", "2025-12-31");
  CHECK(row.outcome == "open");
  CHECK(row.to_go.exact == "620");
  CHECK(row.pace == "on_track");
  CHECK(row.pace_from == "2024-01-01");
  CHECK(row.expected.exact == "660");
  CHECK(row.ahead.exact == "40");
  CHECK(plan.row("buses", "2026-12-31").pace == "behind");
  CHECK(plan.row("buses", "2023-06-30").pace.empty());
  CHECK(plan.row("tools", "2025-12-31").pace.empty());
}

TEST_CASE("of what was never observed nobody can tell, and it is said which figure is missing") {
  Plan plan;
  auto row = plan.row("tools", "2025-12-31");
  CHECK(row.outcome == "undetermined");
  CHECK(row.pace.empty());
  REQUIRE(row.words.needs.size() == 1);
  CHECK(row.words.needs[0].path == "observed");
  CHECK(row.missing == Names{"a figure up to 2025-12-31"});
  row = plan.row("trade", "2028-01-15");
  CHECK(row.outcome == "undetermined");
  CHECK(row.missing == Names{"the figure of 2023-12-31", "a figure up to 2027-12-31"});
  CHECK(plan.row("racks").missing == Names{"a figure up to 2025-12-31"});
  CHECK(plan.row("racks").words.needs.size() == 1);
  CHECK(plan.row("buses", "2028-01-15").outcome == "missed");  // the sum of none is nothing
  plan.see("trade", "2025-06-30", Rational(20000));
  CHECK(plan.row("trade", "2025-12-31").missing == Names{"the figure of 2023-12-31"});
  CHECK(plan.row("trade", "2025-06-29").missing == Names{"the figure of 2023-12-31", "a figure up to 2025-06-29"});
  plan.see("trade", "2023-12-31", Rational(20000));
  CHECK(plan.row("trade", "2025-12-31").outcome == "open");
  CHECK(plan.row("trade", "2025-12-31").pace == "behind");
  CHECK(plan.row("trade", "2025-12-31").missing.empty());
}

TEST_CASE("a level without a figure of its first day keeps no pace") {
  Plan plan;
  plan.see("racks", "2024-12-31", Rational(10));
  CHECK(plan.row("racks", "2024-12-31").outcome == "open");
  CHECK(plan.row("racks", "2024-12-31").pace.empty());
  CHECK(plan.row("racks", "2024-12-31").expected.exact.empty());
  plan.see("racks", "2023-12-31", Rational(0));
  CHECK(plan.row("racks", "2024-12-31").pace == "behind");
}

TEST_CASE("a target whose first day is its last keeps no pace") {
  Case case_(R"(
use language en
targets plan "目标表" / en "targets" {
  cite "甲" "目标"
  | target | indicator | kind | baseline | reach | due |
  | trade | "交易量" | change | 2027-12-31 | >= 45% | 2027-12-31 |
}
)",
             "plan");
  case_.list("observed", true);
  case_.facts().set_member(case_.entry("observed", "target", true), std::string_view("trade"));
  case_.facts().set_day(case_.entry("observed", "on"), parse_iso_date("2027-12-31").value());
  case_.facts().set_measured(case_.entry("observed", "value"), Rational(10), "");
  case_.facts().set_state(case_.entry("observed", "item"), run::FactState::absent);
  run::Options options;
  options.as_at = parse_iso_date("2027-12-31");
  std::vector<run::Decision> decisions;
  run::decide_rows(case_.facts(), options, decisions);
  const explain::TargetsText text = explain::explain_targets(case_.facts(), decisions, true);
  REQUIRE(text.rows.size() == 1);
  CHECK(text.rows[0].outcome == "open");
  CHECK(text.rows[0].pace.empty());
}

TEST_CASE("an incomplete history bounds a total from below only") {
  Plan plan(false);
  plan.see("buses", "2025-12-31", Rational(1320));
  CHECK(plan.row("tools", "2028-01-15").outcome == "undetermined");
  CHECK(plan.row("tools", "2028-01-15").words.needs[0].path == "observed");
}

TEST_CASE("less is better; texts that are there; about is shown and referred") {
  Plan plan;
  plan.see("coal", "2027-12-31", Rational(10000), "2^1").see("about_it", "2026-01-01", Rational(95));
  plan.have("papers", "2024-05-01", "a").have("papers", "2024-07-01", "b");
  CHECK(plan.row("coal", "2028-01-15").outcome == "attained");
  CHECK(plan.row("about_it", "2028-01-15").outcome == "referred");
  CHECK(plan.row("about_it", "2028-01-15").figure.exact == "95");
  CHECK(plan.row("about_it", "2028-01-15").words.referred[0].what == "about");
  CHECK(plan.row("papers", "2024-07-15").outcome == "missed");
  CHECK(plan.row("papers", "2024-07-15").missing == Names{"b"});
  CHECK(plan.row("papers", "2024-06-30").outcome == "open");
}

TEST_CASE("a figure of another unit, and two of one day") {
  Plan plan;
  plan.see("tools", "2027-12-31", Rational(73)).see("buses", "2025-01-01", Rational(5));
  CHECK(plan.row("tools", "2028-01-15").outcome == "invalid");
  CHECK(plan.row("tools", "2028-01-15").words.invalid[0].path == "observed[0].value");
  CHECK(plan.row("buses", "2028-01-15").outcome == "missed");
  Plan twice;
  twice.see("tools", "2027-12-31", percent(73), "%").see("tools", "2027-12-31", percent(70), "%");
  CHECK(twice.row("tools", "2028-01-15").outcome == "referred");
}

TEST_CASE("a value of the rules in place of observations") {
  Plan plan;
  plan.facts().number("share", 1, 2);
  CHECK(plan.row("own").outcome == "attained");
  CHECK(plan.row("own").figure.exact == "50%");
  plan.facts().number("share", 49, 100);
  CHECK(plan.row("own", "2030-01-01").outcome == "open");
}

TEST_CASE("an adopted day from which is counted is told where another one comes to another figure") {
  Plan p(true, R"(
use language en
targets plan "plan" {
  cite "p" verified 2025-01-01
  counted from undecided start "signed or posted" { "signed": 2024-01-01; "posted": 2025-01-01 } adopt "signed"
  | target | indicator | kind  | baseline | reach   | due        |
  | buses  | "buses"   | total | absent   | >= 2000 | 2027-12-31 |
  | few    | "few"     | total | absent   | >= 100  | 2027-12-31 |
}
)");
  p.see("buses", "2024-12-31", Rational(700)).see("buses", "2025-12-31", Rational(700));
  p.see("few", "2025-12-31", Rational(100));
  const auto warnings = p.row("buses", "2025-12-31").words.warnings;
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].text == "`signed` was adopted; by `posted` it would be: open, 700");
  CHECK(p.row("few", "2025-12-31").words.warnings.empty());
}
