// What hangs on the readings of open texts.
#include "run/readings.hpp"

#include <algorithm>

#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const std::string kPhone = R"(
use language en
record Phone { on: date  list: money from 0 yuan to 100000 yuan  paid: money from 0 yuan to 100000 yuan  vip: bool ask "vip?" }
program phone "Phone" {
  authority "a"
  given phone: Phone
  in force by phone.on
  version y2025 from undecided start "from when" { "printed": 2025-01-20; "published": 2025-01-24 } to 2025-12-31 {
    cite "n"
    let price: money = undecided base "before or after the discount" { "before": phone.list; "after": phone.paid }
    require gate: price <= 6000 yuan
    require dear: undecided base { "before": phone.list >= 100 yuan; "after": yes }
    require member: price <= 3000 yuan or phone.vip or discretion "members first"
    amount = 15% of price rounded down to 0.01 yuan, at most 500 yuan
  }
}
)";

Case bought(const std::string& on, int list, int paid, bool vip = true) {
  Case c(kPhone, "phone");
  c.day("phone.on", on).number("phone.list", list).number("phone.paid", paid).truth("phone.vip", vip);
  return c;
}

// "before, published: ineligible"
Names told(const std::vector<explain::ByReading>& ways) {
  Names out;
  for (const auto& way : ways) {
    std::string line;
    for (const auto& read : way.read) line += (line.empty() ? "" : ", ") + read.reading;
    line += ": " + way.outcome;
    if (!way.grade.empty()) line += " " + way.grade;
    if (!way.amount.empty()) line += " " + way.amount;
    out.push_back(line);
  }
  return out;
}

}  // namespace

TEST_CASE("by each reading the outcome, the amount and the reasons") {
  Case c = bought("2025-02-01", 6299, 2000);
  const auto& d = c.decide();
  CHECK(d.outcome == "referred");
  CHECK(told(d.by_reading) == Names{"before: ineligible", "after: eligible 300.00"});
  CHECK(d.by_reading[0].read[0].name == "base");
  CHECK(d.by_reading[0].read[0].question == "before or after the discount");
  CHECK(d.by_reading[0].text == "price must be at most 6000.00 yuan (it is 6299.00 yuan)");
  CHECK(d.by_reading[0].amount_least.empty());
  CHECK(d.by_reading[1].text.empty());
  CHECK(told(bought("2025-02-01", 2000, 1000).decide().by_reading) ==
        Names{"before: eligible 300.00", "after: eligible 150.00"});
}

TEST_CASE("only where it is referred, and only by what matters") {
  CHECK(bought("2025-02-01", 2000, 2000).decide().by_reading.empty());
  CHECK(bought("2025-02-01", 7000, 7000).decide().by_reading.empty());
  Case open = bought("2025-02-01", 4000, 3500);
  open.facts().set_state(open.field("phone.vip"), run::FactState::unknown);
  CHECK(open.decide().outcome == "undetermined");
  CHECK(open.decide().by_reading.empty());
}

TEST_CASE("of two texts each combination, one alone where the other then changes nothing") {
  CHECK(told(bought("2025-01-22", 2000, 1000).decide().by_reading) ==
        Names{"printed, before: eligible 300.00", "printed, after: eligible 150.00", "published: not_in_force"});
  CHECK(told(bought("2025-01-22", 2000, 2000).decide().by_reading) ==
        Names{"printed: eligible 300.00", "published: not_in_force"});
}

TEST_CASE("what is for a person anyway stays so by each reading") {
  Case c = bought("2025-02-01", 4000, 3200, false);
  const auto& d = c.decide();
  CHECK(told(d.by_reading) == Names{"before: referred 500.00", "after: referred 480.00"});
  CHECK(d.by_reading[1].text == "members first");
}

TEST_CASE("a reading may leave a fact to be asked for") {
  const std::string text = R"(
use language en
record S { on: date  a: bool ask "a?"  b: bool }
program p "p" {
  given s: S
  in force by s.on
  version v from 2025-01-01 {
    cite "n"
    require one: undecided "which" { "a": s.b; "not a": not s.b }
    amount = 5 yuan
  }
}
)";
  Case c(text, "p");
  c.day("s.on", "2025-05-01");
  // Whatever s.b is, one reading grants and the other refuses: nobody need ask before it is settled which is meant.
  const auto& d = c.decide();
  CHECK(d.outcome == "referred");
  CHECK(told(d.by_reading) == Names{"a: undetermined 5.00", "not a: undetermined 5.00"});
  CHECK(d.by_reading[0].text == "s.b");
  CHECK(d.by_reading[0].may_be_refused);
}

TEST_CASE("more ways than can be told stay referred") {
  std::string lets, requires_all;
  for (const char name : std::string("abcde")) {
    lets += std::string("    require ") + name + ": undecided \"q" + name + "\" { \"yes\": yes; \"no\": no }\n";
  }
  Case c(
      "use language en\nrecord S { on: date }\nprogram p \"p\" {\n  given s: S\n  in force by s.on\n"
      "  version v from 2025-01-01 {\n    cite \"n\"\n" +
          lets +
          "    amount { x: 1 yuan when undecided \"qx\" { \"1\": yes; \"2\": no }\n"
          "  y: 2 yuan when undecided \"qy\" { \"1\": yes; \"2\": no }  z: 4 yuan when undecided \"qz\" { \"1\": yes; "
          "\"2\": no } }\n  }\n}\n",
      "p");
  c.day("s.on", "2025-05-01");
  const auto& ways = c.decide().by_reading;
  CHECK(ways.size() == run::kMostWays);
  CHECK(told(ways).back() == "no: ineligible");
  CHECK(std::count_if(ways.begin(), ways.end(), [](const auto& way) { return way.outcome == "referred"; }) == 1);
}

TEST_CASE("of a standard the grade, and what else it gives") {
  Case c(R"(
use language en
scale Level from best { level1, level2, level3 }
record Lamp { lumen: number from 0 to 1000  made: date }
standard lamp "Lamp" {
  given l: Lamp
  in force by l.made
  edition e1 from 2020-01-01 {
    cite "GB 1"
    let figure: number = undecided "rounded or not" { "rounded": l.lumen rounded up to 10; "as measured": l.lumen }
    grade figure on Level at least {
      | figure || level1 | level2 |
      | any    || 100    | 50     |
    }
    gives shown = figure
  }
}
)",
         "lamp");
  c.day("l.made", "2025-01-01").number("l.lumen", 95);
  const auto d = c.grade();
  CHECK(d.outcome == "referred");
  CHECK(told(d.by_reading) == Names{"rounded: graded level1", "as measured: graded level2"});
  CHECK(d.by_reading[0].text == "shown: 100");
}

TEST_CASE("of a duty the day by which it is to be done") {
  Case c(R"(
use language en
record S { on: date  sent: optional date }
duty report "Report" {
  bearer "office"
  given s: S
  in force by s.on
  version v from 2025-01-01 {
    cite "n"
    must send: yes otherwise "send the report"
    deadline undecided middle "when" { "mid": 2025-12-15; "late": 2025-12-20 }
    done when s.sent
  }
}
)",
         "report");
  c.day("s.on", "2025-05-01").day("s.sent", "2025-12-18");
  const auto& d = c.decide();
  CHECK(d.outcome == "referred");
  CHECK(told(d.by_reading) == Names{"mid: late", "late: met"});
  CHECK(d.by_reading[0].text == "to be done by 2025-12-15");
}

namespace {

const char* const kGate = R"(
use language en
record Phone { on: date  list: money from 0 yuan to 9999 yuan  paid: money from 0 yuan to 9999 yuan }
program p "P" {
  authority "a"
  given phone: Phone
  in force by phone.on
  version v from 2025-01-01 {
    cite "n"
    require gate: undecided "which price?" { "before": phone.list <= 6000 yuan; "after": phone.paid <= 5000 yuan }
    amount = 1 yuan
  }
}
)";

Case priced(int list, int paid) {
  Case c(kGate, "p");
  c.day("phone.on", "2025-02-01").number("phone.list", list).number("phone.paid", paid);
  return c;
}

}  // namespace

TEST_CASE("the reasons of a reading are its own") {
  const auto after = priced(5000, 7000).decide();
  CHECK(told(after.by_reading) == Names{"before: eligible 1.00", "after: ineligible"});
  CHECK(after.by_reading[1].text == "phone.paid must be at most 5000.00 yuan (it is 7000.00 yuan)");
  const auto before = priced(7000, 5000).decide();
  CHECK(before.by_reading[0].text == "phone.list must be at most 6000.00 yuan (it is 7000.00 yuan)");
}

TEST_CASE("refused in either reading: each says why by itself") {
  Case c = priced(7000, 8000);
  const auto& both = c.decide();
  CHECK(c.failed() == Names{"gate"});
  CHECK(both.failed[0].text ==
        "read as \"before\": phone.list must be at most 6000.00 yuan (it is 7000.00 yuan); "
        "read as \"after\": phone.paid must be at most 5000.00 yuan (it is 8000.00 yuan)");
  REQUIRE(both.failed[0].compared.size() == 2);
  CHECK(both.failed[0].compared[0].reading == "before");
  CHECK(both.failed[0].compared[1].reading == "after");
  CHECK(both.failed[0].text_zh.starts_with("读作“before”:"));
}

TEST_CASE("of a part that fails for something else in one reading, what holds in that reading is no reason") {
  Case c(R"(
use language en
record Lamp { on: date  level: optional money from 0 yuan to 9 yuan  paid: money from 0 yuan to 9 yuan  old: bool }
program p "P" {
  authority "a"
  given lamp: Lamp
  in force by lamp.on
  version v from 2025-01-01 {
    cite "n"
    require there: lamp.level exists
    part one "one" {
      require fit: lamp.level >= 5 yuan and undecided "which?" { "before": lamp.paid <= 3 yuan; "after": not lamp.old }
      pay 1 yuan
    }
  }
}
)",
         "p");
  c.day("lamp.on", "2025-02-01").absent("lamp.level").number("lamp.paid", 4).truth("lamp.old", false);
  const auto& d = c.decide();
  CHECK(c.failed() == Names{"there", "fit"});
  CHECK(d.failed[1].text == "read as \"before\": lamp.paid must be at most 3.00 yuan (it is 4.00 yuan)");
}

TEST_CASE("what stands in a reading that was not adopted is neither open nor asked for") {
  Case c(R"(
use language en
record Lamp { on: date  new: bool  price: money from 0 yuan to 99 yuan }
program p "P" {
  authority "a"
  given lamp: Lamp
  in force by lamp.on
  version v from 2025-01-01 {
    cite "n"
    require fit: undecided q "which?" { "A": undecided r "r?" { "A": no; "B": yes }; "B": discretion "as a rule" } adopt "B"
    require dear: undecided s "which?" { "A": lamp.new; "B": lamp.price >= 50 yuan } adopt "B"
    amount = 1 yuan
  }
}
)",
         "p");
  c.day("lamp.on", "2025-02-01");
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"lamp.price"});
  const auto& d = c.number("lamp.price", 60).decide();
  CHECK(d.outcome == "referred");
  CHECK(d.referred.size() == 1);
}

namespace {

std::string adopting(std::string rules, const std::string& choice, const std::string& reading) {
  const std::size_t at = rules.find('}', rules.find("undecided " + choice)) + 1;
  return rules.insert(at, " adopt \"" + reading + "\"");
}

Names other_readings(const std::vector<explain::Warning>& warnings) {
  Names out;
  for (const auto& w : warnings) {
    if (w.kind == "other_reading") out.push_back(w.name + ": " + w.text);
  }
  return out;
}

}  // namespace

TEST_CASE("an adopted reading settles the case, and another one that would come to something else is told") {
  const std::string rules = adopting(adopting(kPhone, "base", "after"), "start", "printed");
  const auto decided = [&](int list, int paid) {
    Case c(rules, "phone");
    c.day("phone.on", "2025-05-01").number("phone.list", list).number("phone.paid", paid).truth("phone.vip", true);
    return c.decide();
  };
  const auto cheaper = decided(2000, 1000);
  CHECK(cheaper.outcome == "eligible");
  CHECK(cheaper.amount == "150.00");
  CHECK(other_readings(cheaper.warnings) ==
        Names{"base: `after` was adopted; by `before` it would be: eligible, 300.00 yuan"});
  CHECK(other_readings(decided(7000, 5000).warnings) ==
        Names{"base: `after` was adopted; by `before` it would be: ineligible"});
  CHECK(other_readings(decided(1000, 1000).warnings).empty());
}

TEST_CASE("of a standard the grade by another reading is told") {
  Case c(R"(
use language en
scale Level from best { level1, level2, level3 }
record Lamp { lumen: number from 0 to 1000  made: date }
standard lamp "Lamp" {
  given l: Lamp
  in force by l.made
  edition e1 from 2020-01-01 {
    cite "GB 1"
    let figure: number = undecided round "rounded or not" { "rounded": l.lumen rounded up to 10; "measured": l.lumen } adopt "measured"
    grade figure on Level at least {
      | figure || level1 | level2 |
      | any    || 100    | 50     |
    }
  }
}
)",
         "lamp");
  c.day("l.made", "2025-01-01").number("l.lumen", 95);
  CHECK(c.grade().grade == "level2");
  CHECK(other_readings(c.grade().warnings) == Names{"round: `measured` was adopted; by `rounded` it would be: level1"});
  c.number("l.lumen", 85);
  CHECK(other_readings(c.grade().warnings).empty());
}

// ---- one question in several versions: what a later one adopts

namespace {

// "eligible 300.00", "referred 300.00 400.00"
std::string comes_to(const explain::Explanation& d) {
  if (d.amount_least.empty()) return d.outcome;
  return d.outcome + " " + d.amount_least + (d.amount.empty() ? " " + d.amount_most : "");
}

constexpr const char* kTwice = R"(
use language en
record Phone { on: date  list: money from 0 yuan to 10000 yuan  paid: money from 0 yuan to 10000 yuan }
program p "P" {
  given phone: Phone
  in force by phone.on
  version first from 2025-01-01 to 2025-12-31 published 2025-01-01 {
    cite "n"
    let price: money = undecided base "before or after the discount" { "before": phone.list; "after": phone.paid }
    require gate: undecided base { "before": phone.list <= 6000 yuan; "after": phone.paid <= 6000 yuan }
    amount = 10% of price, rounded down to 0.01 yuan
  }
  LATER
}
)";

explain::Explanation of_two(const std::string& later, const char* day, int list, int paid,
                            const char* known_on = nullptr, const char* program = "p") {
  std::string rules = kTwice;
  rules.replace(rules.find("LATER"), 5, later);
  Case c(rules, program);
  c.day("phone.on", day).number("phone.list", list).number("phone.paid", paid);
  run::Options options;
  if (known_on != nullptr) options.known_on = parse_iso_date(known_on);
  return c.decide(options);
}

constexpr const char* kAdopting =
    " { cite \"m\" let price: money = undecided base \"before or after the discount\" "
    "{ \"before\": phone.list; \"after\": phone.paid } adopt \"after\" }";

}  // namespace

TEST_CASE("what a later version adopts leaves the version before it open") {
  const std::string later = std::string("version second from 2026-01-01 to 2026-12-31 amends first") + kAdopting;
  CHECK(comes_to(of_two(later, "2025-02-01", 4000, 3000)) == "referred 300.00 400.00");
  CHECK(comes_to(of_two(later, "2026-02-01", 4000, 3000)) == "eligible 300.00");
  CHECK(comes_to(of_two(later, "2026-02-01", 4000, 6001)) == "ineligible");  // the place that was taken over, too
}

TEST_CASE("a reading adopted afterwards is not known before") {
  const std::string later =
      std::string("version second amends first supersedes first published 2025-06-01") + kAdopting;
  CHECK(comes_to(of_two(later, "2025-02-01", 4000, 3000)) == "eligible 300.00");
  CHECK(comes_to(of_two(later, "2025-02-01", 4000, 3000, "2025-03-01")) == "referred 300.00 400.00");
}

TEST_CASE("versions may adopt differently, and what is taken over keeps the reading that was adopted last") {
  const std::string later =
      std::string("version second from 2026-01-01 to 2026-12-31 amends first") + kAdopting +
      " version third from 2027-01-01 to 2027-12-31 amends second { cite \"k\" require gate: undecided base "
      "{ \"before\": phone.list <= 6000 yuan; \"after\": phone.paid <= 6000 yuan } adopt \"before\" }"
      " version fourth from 2028-01-01 amends third { cite \"l\" require dear: phone.list > 1 yuan }";
  CHECK(comes_to(of_two(later, "2026-02-01", 4000, 3000)) == "eligible 300.00");
  CHECK(comes_to(of_two(later, "2027-02-01", 4000, 3000)) == "eligible 400.00");
  CHECK(comes_to(of_two(later, "2028-02-01", 4000, 3000)) == "eligible 400.00");
}

TEST_CASE("a local version that adopts a reading settles the places that it takes over") {
  const std::string local =
      std::string("} program q \"Q\" implements p in 630000 { version one amends p.first") + kAdopting;
  CHECK(comes_to(of_two(local, "2025-02-01", 4000, 3000)) == "referred 300.00 400.00");
  CHECK(comes_to(of_two(local, "2025-02-01", 6001, 3000, nullptr, "q")) == "eligible 300.00");
  CHECK(comes_to(of_two(local, "2025-02-01", 4000, 6001, nullptr, "q")) == "ineligible");
}

TEST_CASE("what a later edition adopts leaves the edition before it open") {
  Case c(R"(
use language en
scale Level from best { level1, level2 }
record Lamp { rated: number from 0 to 100  measured: number from 0 to 100  made: date }
standard lamp "Lamp" {
  given l: Lamp
  in force by l.made
  edition e1 from 2020-01-01 to 2024-12-31 {
    cite "GB 1"
    let figure: number = undecided which "rated or measured" { "rated": l.rated; "measured": l.measured }
    grade figure on Level at least {
      | level1 | level2 |
      | 80     | 60     |
    }
  }
  edition e2 from 2025-01-01 amends e1 {
    cite "GB 1 a"
    let figure: number = undecided which "rated or measured" { "rated": l.rated; "measured": l.measured } adopt "measured"
  }
}
)",
         "lamp");
  c.number("l.rated", 80).number("l.measured", 60).day("l.made", "2024-05-01");
  CHECK(c.grade().outcome == "referred");
  c.day("l.made", "2025-05-01");
  CHECK(c.grade().grade == "level2");
}
