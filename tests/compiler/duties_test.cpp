// Duties: what binds, by when it is done, and what the host's day settles.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kReport = R"(
use language en
record Report { year_day: date  urgent: bool  risky: bool  handed_in: optional date }
duty annual "年度报告" / en "annual report" {
  bearer "主管部门" / en "department"
  given report: Report
  in force by report.year_day
  version plan from 2024-04-28 to 2027-12-31 {
    cite "甲" "六"
    must urgent: report.urgent otherwise "urgent"
    must risky: report.risky
      cite "乙" "七"
    must not delay: report.risky otherwise "no delay"
    advised early: report.urgent
    deadline end_of_year(report.year_day) - 16 days
    done when report.handed_in
  }
}
)";

run::Options on(const std::string& iso) {
  run::Options options;
  options.as_at = parse_iso_date(iso);
  return options;
}
Case report(bool urgent = true, bool risky = false) {
  Case c(kReport, "annual");
  c.day("report.year_day", "2025-06-30").truth("report.urgent", urgent).truth("report.risky", risky);
  return c;
}

}  // namespace

TEST_CASE("done by the deadline, after it, or not at all") {
  Case c = report();
  CHECK(c.day("report.handed_in", "2025-12-15").decide().outcome == "met");
  CHECK(c.day("report.handed_in", "2025-12-16").decide().outcome == "late");
  c.absent("report.handed_in");
  CHECK(c.decide(on("2025-12-15")).outcome == "owed");
  CHECK(c.decide(on("2025-12-16")).outcome == "overdue");
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"as at"});
}

TEST_CASE("every obligation that holds is told with its kind, text and papers") {
  Case c = report(true, true);
  c.absent("report.handed_in");
  const auto& words = c.decide(on("2025-01-01"));
  REQUIRE(words.failed.size() == 4);
  CHECK(c.failed() == Names{"urgent", "risky", "delay", "early"});
  CHECK(words.failed[0].kind == "must");
  CHECK(words.failed[0].text_en == "urgent");
  CHECK(words.failed[0].cites[0].title == "甲");
  CHECK(words.failed[1].cites[0].title == "乙");
  CHECK_FALSE(words.failed[1].text_en.empty());
  CHECK(words.failed[2].kind == "must_not");
  CHECK(words.failed[3].kind == "advised");
  REQUIRE(words.duty);
  CHECK(words.duty->bearers == Names{"department"});
  CHECK(words.duty->deadline == "2025-12-15");
  CHECK(words.duty->done_on.empty());
}

TEST_CASE("nothing binds; one ground is enough, whatever the others are") {
  Case none = report(false, false);
  none.absent("report.handed_in");
  CHECK(none.decide().outcome == "not_owed");
  Case one(kReport, "annual");
  one.day("report.year_day", "2025-06-30").truth("report.urgent", true).absent("report.handed_in");
  CHECK(one.decide(on("2025-01-01")).outcome == "owed");
  CHECK(one.failed() == Names{"urgent", "early"});
  Case open(kReport, "annual");
  open.day("report.year_day", "2025-06-30").truth("report.urgent", false).absent("report.handed_in");
  CHECK(open.decide(on("2025-01-01")).outcome == "undetermined");
  CHECK(open.needs() == Names{"report.risky"});
  CHECK_FALSE(open.decide(on("2025-01-01")).may_be_refused);
}

TEST_CASE("days of no version, and a bad fact") {
  Case c = report();
  c.absent("report.handed_in").day("report.year_day", "2028-01-01");
  CHECK(c.decide().outcome == "not_in_force");
  CHECK(c.decide().nearest_version == "plan");
}

TEST_CASE("a truth for done, without a deadline; a version of prohibitions only") {
  Case c(R"(
duty wiped "数据清除" {
  bearer "平台"
  given device_sold: bool, wiped: bool, on: date
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    must wipe: device_sold
    done when wiped
  }
  version bans from 2023-01-01 to 2023-12-31 {
    cite "甲"
    must not sell: device_sold
  }
}
)",
         "wiped");
  c.day("on", "2024-05-01").truth("device_sold", true).truth("wiped", true);
  CHECK(c.decide().outcome == "met");
  CHECK(c.truth("wiped", false).decide().outcome == "owed");
  CHECK(c.truth("device_sold", false).decide().outcome == "not_owed");
  CHECK(c.day("on", "2023-05-01").decide().outcome == "not_owed");
  CHECK(c.truth("device_sold", true).decide().outcome == "owed");
}

TEST_CASE("an open deadline is settled by a person only where the readings differ") {
  Case c(R"(
duty annual "年度报告" {
  bearer "部门"
  given handed_in: optional date, on: date
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    must hand_in: yes
    deadline undecided middle { "月中": 2024-12-15; "中旬末": 2024-12-20 }
    done when handed_in
  }
}
)",
         "annual");
  c.day("on", "2024-05-01");
  CHECK(c.day("handed_in", "2024-12-15").decide().outcome == "met");
  CHECK(c.day("handed_in", "2024-12-16").decide().outcome == "referred");
  CHECK(c.decide().referred[0].name == "middle");
  CHECK(c.day("handed_in", "2024-12-21").decide().outcome == "late");
}

TEST_CASE("beside a ground that cannot be computed the duty hangs on the other") {
  Case c(R"(
duty inspection "检验" {
  bearer "车主"
  given on: date, checked: bool, depth: number
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    must check: not checked
    must measure: depth^(1/2) rounded down to 0.01 at most 3
    deadline 2024-06-30
    done when no
  }
}
)",
         "inspection");
  c.day("on", "2024-05-01").number("depth", -17);
  CHECK(c.truth("checked", false).decide(on("2024-06-30")).outcome == "owed");
  CHECK(c.truth("checked", true).decide(on("2024-06-30")).outcome == "invalid");
  c.facts().set_state(c.field("checked"), run::FactState::unknown);
  CHECK(c.decide(on("2024-06-30")).outcome == "undetermined");
  CHECK(c.needs() == Names{"checked"});
}

TEST_CASE("a fact that leaves the same readings of an open text is not asked for") {
  Case c(R"(
duty report "报告" {
  bearer "部门"
  given on: date, vip: bool, old: bool, stamp: bool
  in force by on
  version v from 2024-01-01 {
    cite "甲"
    must one: undecided reading { "前": stamp; "后": vip }
    must two: (not (undecided reading { "前": vip; "后": old })) and old
    deadline 2024-06-30
    done when no
  }
}
)",
         "report");
  c.day("on", "2024-05-01").truth("vip", false).truth("stamp", true);
  CHECK(c.decide(on("2024-06-30")).outcome == "referred");  // owed if read the first way, else not, be it old or not
}
