// `guiju decide --known-on` and `guiju grade --known-on`.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kTwoNotices = R"(
record Purchase { date: date }
program raised "提标" / en "Raised" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version first from 2024-04-24 to 2024-12-31 {
    cite "通知一" verified 2024-04-24
    suspended from 2024-07-01 to 2024-07-31 "系统升级" / en "the system is renewed"
    amount = 10000 yuan
  }
  version second from 2024-04-24 to 2024-12-31 published 2024-08-16 supersedes first {
    cite "通知二" verified 2024-08-16
    amount = 20000 yuan
  }
}
scale Level from best { good, bad }
standard lamp "灯" {
  given made_on: date
  given power: number
  in force by made_on
  edition old from 2020-01-01 { cite "GB 1" verified 2024-01-01  grade power on Level at most {
      | good | bad |
      | 5    | 10  | } }
  edition new from 2024-01-01 published 2024-03-01 supersedes old { cite "GB 2" verified 2024-03-01
    grade power on Level at most {
      | good | bad |
      | 3    | 10  | } }
}
)";

Ran run(const std::vector<std::string>& what, const std::string& facts) {
  const Folder folder("times");
  std::vector<std::string> arguments = what;
  for (const char* more : {"--facts", "-", "--lang", "en", "--rules"}) arguments.emplace_back(more);
  arguments.push_back(folder.write("rules/raised.gj", kTwoNotices));
  return run_command(arguments, facts);
}

}  // namespace

TEST_CASE("decide by the rules known on a day") {
  const std::string june = R"({"purchase": {"date": "2024-06-01"}})";
  CHECK(holds(run({"decide", "raised"}, june).out, "20000.00 yuan"));
  const Ran then = run({"decide", "raised", "--known-on", "2024-06-30"}, june);
  CHECK(then.status == 0);
  CHECK(holds(then.out, "10000.00 yuan"));
  CHECK(holds(then.out, "by the rules known on 2024-06-30"));
  CHECK(
      holds(run({"decide", "raised", "--known-on", "2024-06-30", "--json"}, june).out, R"("known_on": "2024-06-30")"));
  const Ran none = run({"decide", "raised", "--known-on", "2024-01-31", "--json"}, june);
  CHECK(holds(none.out, R"("outcome": "not_in_force")"));
  CHECK(holds(none.out, R"("nearest_version": "first")"));
  CHECK(run({"decide", "raised", "--known-on", "June"}, june).status == 2);
}

TEST_CASE("a suspension is shown with its days and its text") {
  const std::string july = R"({"purchase": {"date": "2024-07-15"}})";
  const Ran shown = run({"decide", "raised", "--known-on", "2024-07-15"}, july);
  CHECK(holds(shown.out, "suspended: 2024-07-01 to 2024-07-31, the system is renewed"));
  const Ran json = run({"decide", "raised", "--known-on", "2024-07-15", "--json"}, july);
  CHECK(holds(json.out, R"("text": "the system is renewed")"));
}

TEST_CASE("dates of two versions: the day lies within the nearest one, and that another does not is said") {
  const Folder folder("two_dates");
  const std::string rules = folder.write("rules/two.gj", R"(
program two "两个日期" / en "Two dates" {
  authority "示例局"
  given bought: date, paid: date
  in force by bought, paid
  version y2024 from 2024-01-01 to 2024-12-31 { cite "甲" verified 2024-01-01  amount = 1 yuan }
  version y2025 from 2025-01-01 to 2025-12-31 { cite "乙" verified 2024-01-01  amount = 2 yuan }
}
)");
  const auto ask = [&](const std::string& facts, const std::string& language) {
    return run_command({"decide", "two", "--facts", "-", "--lang", language, "--rules", rules}, facts).out;
  };
  const std::string across = R"({"bought": "2024-12-30", "paid": "2025-01-20"})";
  CHECK(holds(ask(across, "en"), "all dates must lie within one version; another one lies outside of it"));
  CHECK(holds(ask(across, "zh"), "各项日期须同在一个版本的期间内,另有日期不在其中"));
  CHECK(!holds(ask(R"({"bought": "2023-12-30", "paid": "2023-12-30"})", "en"), "all dates"));
  CHECK(!holds(ask(R"({"bought": "2025-12-30", "paid": "2025-12-30"})", "en"), "all dates"));
}

TEST_CASE("grade by the editions known on a day") {
  const std::string lamp = R"({"made_on": "2024-02-01", "power": 5})";
  CHECK(holds(run({"grade", "lamp", "--json"}, lamp).out, R"("grade": "bad")"));
  const Ran then = run({"grade", "lamp", "--known-on", "2024-02-29", "--json"}, lamp);
  CHECK(holds(then.out, R"("grade": "good")"));
  CHECK(holds(then.out, R"("edition": "old")"));
  CHECK(holds(then.out, R"("known_on": "2024-02-29")"));
}
