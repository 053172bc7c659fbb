// Two times: which rules were known on a day, and on which days a version is suspended. What a later notice adds.
#include "compiler/rule_tests.hpp"
#include "run/top_up.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kRaised = R"(
use language en
record Purchase { date: date  price: money from 0 yuan to 100000 yuan  checked: bool }
program raised "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version first from 2024-04-24 to 2024-12-31 {
    cite "甲"
    amount = 10% of purchase.price, rounded down to 0.01 yuan
  }
  version second from 2024-04-24 to 2024-12-31 published 2024-08-16 supersedes first {
    cite "乙"
    require checked: purchase.checked
    amount = 30% of purchase.price, rounded down to 0.01 yuan
  }
  version third from 2024-06-01 to 2024-06-30 published 2024-10-01 supersedes second {
    cite "丙"
    amount = 20% of purchase.price, rounded down to 0.01 yuan
  }
}
)";

Day day(const std::string& iso) {
  return parse_iso_date(iso).value();
}
run::Options known_on(const std::string& iso) {
  run::Options options;
  options.known_on = day(iso);
  return options;
}
Case raised(const std::string& date) {
  Case c(kRaised, "raised");
  c.day("purchase.date", date).number("purchase.price", 1000).truth("purchase.checked", true);
  return c;
}

}  // namespace

TEST_CASE("known on a day: what was published later is left aside") {
  Case c = raised("2024-05-01");
  CHECK(c.decide().version == "second");
  CHECK(c.decide().known_on.empty());
  CHECK(c.decide(known_on("2024-08-15")).version == "first");
  const auto& e = c.decide(known_on("2024-08-16"));
  CHECK(e.version == "second");
  CHECK(e.known_on == "2024-08-16");
  CHECK(e.amount == "300.00");
}

TEST_CASE("superseding reaches through others, among those that are known") {
  Case c = raised("2024-06-15");
  CHECK(c.decide().version == "third");
  CHECK(c.decide(known_on("2024-10-01")).version == "third");
  CHECK(c.decide(known_on("2024-09-30")).version == "second");
  CHECK(c.decide(known_on("2024-08-15")).version == "first");
}

TEST_CASE("a version that names no day of publication is known from its first day") {
  Case c = raised("2024-05-01");
  CHECK(c.decide(known_on("2024-04-24")).version == "first");
  const auto& e = c.decide(known_on("2024-04-23"));
  CHECK(e.outcome == "not_in_force");
  CHECK(e.nearest_version == "first");
}

TEST_CASE("the nearest version is the one that governs on the nearest day") {
  Case c = raised("2025-03-01");
  CHECK(c.decide().nearest_version == "second");
  CHECK(c.decide(known_on("2024-08-15")).nearest_version == "first");
}

TEST_CASE("nothing known: the nearest version of all, with its day of publication") {
  const std::string text = R"(
use language en
record Purchase { date: date }
program p "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version v from 2024-04-24 to 2024-12-31 published 2024-04-12 { cite "甲"  amount = 1 yuan }
  version w from 2025-01-01 to 2025-12-31 published 2024-12-20 { cite "乙"  amount = 2 yuan }
}
)";
  Case c(text, "p");
  c.day("purchase.date", "2024-05-01");
  const auto& none = c.decide(known_on("2024-04-11"));
  CHECK(none.outcome == "not_in_force");
  CHECK(none.nearest_version == "v");
  CHECK(none.nearest_published == "2024-04-12");
  CHECK(c.decide(known_on("2024-04-12")).outcome == "eligible");
  // On whatever day it was.
  c.facts().set_state(c.field("purchase.date"), run::FactState::unknown);
  const auto& some_day = c.decide(known_on("2024-04-11"));
  CHECK(some_day.outcome == "not_in_force");
  CHECK(some_day.nearest_version == "v");
  CHECK(some_day.nearest_published == "2024-04-12");
  // As known in July 2024 nothing was said of 2025: the nearest that was known is the one of 2024.
  c.day("purchase.date", "2025-03-01");
  const auto& later = c.decide(known_on("2024-07-01"));
  CHECK(later.outcome == "not_in_force");
  CHECK(later.nearest_version == "v");
  CHECK(later.nearest_published.empty());
}

TEST_CASE("an open day of publication is read in each way") {
  const std::string text = R"(
use language en
record Purchase { date: date }
program p "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version v from 2024-01-01 to 2024-12-31 { cite "甲"  amount = 1 yuan }
  version w from 2024-01-01 to 2024-12-31 published undecided { "stamp": 2024-06-01; "print": 2024-07-01 } supersedes v
    { cite "乙"  amount = 2 yuan }
}
)";
  Case c(text, "p");
  c.day("purchase.date", "2024-05-01");
  CHECK(c.decide(known_on("2024-05-31")).amount == "1.00");
  CHECK(c.decide(known_on("2024-07-01")).amount == "2.00");
  CHECK(c.decide(known_on("2024-06-15")).outcome == "referred");
  CHECK(c.decide().amount == "2.00");
}

// ---- suspended

namespace {

const char* const kSuspended = R"(
use language en
record Purchase { date: date }
program p "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version v from 2025-01-01 to 2025-12-31 {
    cite "甲"
    suspended from 2025-06-01 to 2025-06-30 "系统升级" / en "the system is renewed"
    suspended from 2025-12-01 "资金用完" / en "funds are used up"
    amount = 1 yuan
  }
}
)";

}  // namespace

TEST_CASE("on the days of a suspension nothing is in force, and the answer says why") {
  Case c(kSuspended, "p");
  const auto outcome = [&](const std::string& date) { return c.day("purchase.date", date).decide().outcome; };
  CHECK(outcome("2025-05-31") == "eligible");
  CHECK(outcome("2025-06-01") == "not_in_force");
  CHECK(outcome("2025-06-30") == "not_in_force");
  CHECK(outcome("2025-07-01") == "eligible");
  CHECK(outcome("2025-12-31") == "not_in_force");
  const auto& e = c.day("purchase.date", "2025-06-30").decide();
  REQUIRE(e.suspended);
  CHECK(e.suspended->from == "2025-06-01");
  CHECK(e.suspended->to == "2025-06-30");
  CHECK(e.suspended->text == "the system is renewed");
  CHECK(e.nearest_version == "v");
  const auto& open_end = c.day("purchase.date", "2025-12-01").decide();
  REQUIRE(open_end.suspended);
  CHECK(open_end.suspended->to.empty());
  CHECK_FALSE(c.day("purchase.date", "2026-01-01").decide().suspended);
}

TEST_CASE("a date that may lie in a suspension is asked for") {
  Case c(kSuspended, "p");
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"purchase.date"});
}

TEST_CASE("a superseding version that is suspended does not bring back the older one") {
  const std::string text = R"(
use language en
record Purchase { date: date }
program p "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version v from 2025-01-01 to 2025-12-31 { cite "甲"  amount = 1 yuan }
  version w from 2025-01-01 to 2025-12-31 published 2025-02-01 supersedes v {
    cite "乙"
    suspended from 2025-06-01 to 2025-06-30 "暂停"
    amount = 2 yuan
  }
}
)";
  Case c(text, "p");
  c.day("purchase.date", "2025-06-15");
  const auto& e = c.decide();
  CHECK(e.outcome == "not_in_force");
  CHECK(e.nearest_version == "w");
  CHECK(c.decide(known_on("2025-01-31")).amount == "1.00");
}

TEST_CASE("open days of a suspension are read in each way") {
  const std::string text = R"(
use language en
record Purchase { date: date }
program p "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version v from 2025-01-01 to 2025-12-31 {
    cite "甲"
    suspended from 2025-06-01 to undecided { "working day": 2025-06-10; "calendar day": 2025-06-08 } "暂停"
    amount = 1 yuan
  }
}
)";
  Case c(text, "p");
  CHECK(c.day("purchase.date", "2025-06-08").decide().outcome == "not_in_force");
  CHECK(c.day("purchase.date", "2025-06-09").decide().outcome == "referred");
  CHECK(c.day("purchase.date", "2025-06-11").decide().outcome == "eligible");
}

// ---- editions of standards

namespace {

const char* const kEditions = R"(
use language en
scale Level from best { good, fair, poor }
record Lamp { made_on: date  power: number [W] from 0 W to 1000 W }
standard lamps "灯" {
  given lamp: Lamp
  in force by lamp.made_on
  edition old from 2020-01-01 {
    cite "甲"
    grade lamp.power on Level at most {
      | good | fair | poor |
      | 5 W | 10 W | 20 W |
    }
  }
  edition new from 2024-01-01 published 2024-03-01 supersedes old {
    cite "乙"
    suspended from 2024-08-01 to 2024-08-31 "勘误" / en "corrected"
    grade lamp.power on Level at most {
      | good | fair | poor |
      | 3 W | 6 W | 20 W |
    }
  }
}
program lamp_subsidy "补贴" {
  authority "示例局"
  given lamp: Lamp
  in force by lamp.made_on
  version v from 2020-01-01 {
    cite "丙"
    require good_lamp: grade of lamp by lamps is good
    amount = 1 yuan
  }
}
)";

}  // namespace

TEST_CASE("editions of a standard are known from their publication on, also where a programme asks for the grade") {
  Case c(kEditions, "lamps");
  c.day("lamp.made_on", "2024-05-01").number("lamp.power", 5);
  CHECK(c.grade().grade == "fair");
  CHECK(c.grade(known_on("2024-03-01")).grade == "fair");
  CHECK(c.grade(known_on("2024-02-29")).grade == "good");
  CHECK(c.grade(known_on("2024-02-29")).edition == "old");
  CHECK(c.grade(known_on("2024-02-29")).known_on == "2024-02-29");
  CHECK(c.grade(known_on("2019-12-31")).outcome == "not_in_force");
  Case p(kEditions, "lamp_subsidy");
  p.day("lamp.made_on", "2024-05-01").number("lamp.power", 5);
  CHECK(p.decide().outcome == "ineligible");
  CHECK(p.decide(known_on("2024-02-29")).outcome == "eligible");
}

TEST_CASE("a suspended edition grades nothing") {
  Case c(kEditions, "lamps");
  c.day("lamp.made_on", "2024-08-31").number("lamp.power", 5);
  const auto e = c.grade();
  CHECK(e.outcome == "not_in_force");
  REQUIRE(e.suspended);
  CHECK(e.suspended->from == "2024-08-01");
  CHECK(e.suspended->text == "corrected");
  CHECK(c.grade(known_on("2024-02-29")).grade == "good");
  c.day("lamp.made_on", "2024-09-01");
  CHECK(c.grade().grade == "fair");
}

// ---- top-up

namespace {

run::TopUp top_up(Case& c, const std::string& from, const std::string& to) {
  run::Decision before;
  run::Decision after;
  return run::decide_top_up(c.facts(), {}, day(from), day(to), before, after);
}

}  // namespace

TEST_CASE("a top-up is the difference, never below 0") {
  Case c = raised("2024-05-01");
  const auto raise = top_up(c, "2024-06-30", "2024-09-30");
  CHECK(raise.outcome == run::Outcome::eligible);
  REQUIRE(raise.has_amount);
  CHECK(raise.amount.known());
  CHECK(raise.amount.least == 20000);
  CHECK(top_up(c, "2024-09-01", "2024-09-30").amount.least == 0);
  Case june = raised("2024-06-15");
  const auto lowered = top_up(june, "2024-09-01", "2024-12-01");
  CHECK(lowered.amount.known());
  CHECK(lowered.amount.least == 0);
}

TEST_CASE("what was not granted earlier counts as 0") {
  Case c = raised("2024-05-01");
  CHECK(top_up(c, "2024-04-01", "2024-09-30").amount.least == 30000);
}

TEST_CASE("not eligible on the later day: that outcome, and nothing is claimed back") {
  Case c = raised("2024-05-01");
  c.truth("purchase.checked", false);
  const auto none = top_up(c, "2024-06-30", "2024-09-30");
  CHECK(none.outcome == run::Outcome::ineligible);
  CHECK_FALSE(none.has_amount);
}

TEST_CASE("open on either day: an interval") {
  Case c = raised("2024-05-01");
  c.facts().set_state(c.field("purchase.price"), run::FactState::unknown);
  const auto open = top_up(c, "2024-06-30", "2024-09-30");
  CHECK(open.outcome == run::Outcome::undetermined);
  REQUIRE(open.has_amount);
  CHECK(open.amount.least == 0);
  CHECK(open.amount.most == 2000000);  // of one price on both days
  // Open only earlier: at least what the later day grants beyond all that may have been granted.
  Case late = raised("2024-06-15");
  late.facts().set_state(late.field("purchase.checked"), run::FactState::unknown);
  const auto earlier = top_up(late, "2024-09-01", "2024-12-01");
  CHECK(earlier.outcome == run::Outcome::undetermined);
  CHECK(earlier.amount.least == 0);
  CHECK(earlier.amount.most == 20000);
}

TEST_CASE("what is open on both days is the same on both") {
  const std::string text = R"(
use language en
enum Kind { small, middle, large }
record Sale { on: date  kind: Kind ask "kind"  price: money from 0 yuan to 1000 yuan ask "price"  good: bool ask "good" }
program p "p" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version first from 2024-01-01 to 2024-12-31 {
    cite "n"
    require good: sale.good
    amount = choose { 10 yuan when sale.kind is small; 100 yuan when sale.kind is middle; 1000 yuan otherwise }
  }
  version second from 2024-01-01 to 2024-12-31 amends first published 2024-08-01 supersedes first {
    cite "m"
    amount = choose { 15 yuan when sale.kind is small; 120 yuan when sale.kind is middle; 1007 yuan otherwise }
  }
}
)";
  const auto between = [&](bool good_is_known) {
    Case c(text, "p");
    c.day("sale.on", "2024-05-01");
    if (good_is_known) c.truth("sale.good", true);
    return top_up(c, "2024-06-30", "2024-09-30");
  };
  CHECK(between(true).outcome == run::Outcome::undetermined);
  CHECK(between(true).amount.least == 500);
  CHECK(between(true).amount.most == 2000);
  CHECK(between(false).amount.least == 500);
  CHECK(between(false).amount.most == 2000);
}

TEST_CASE("an open number moves both amounts at once, up to their caps") {
  const std::string text = R"(
use language en
record Sale { on: date  price: money from 0 yuan to 8 yuan step 1 yuan  large: money from 0 yuan to 1000000 yuan }
program small "s" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version first from 2024-01-01 to 2024-12-31 { cite "n"  amount = 50% of sale.price, at most 3 yuan }
  version second from 2024-01-01 to 2024-12-31 published 2024-08-01 supersedes first { cite "m"  amount = sale.price, at most 4 yuan }
}
program large "l" {
  authority "a"
  given sale: Sale
  in force by sale.on
  version first from 2024-01-01 to 2024-12-31 {
    cite "n"
    amount = 15% of sale.large, at most 2000 yuan, rounded down to 0.01 yuan
  }
  version second from 2024-01-01 to 2024-12-31 amends first published 2024-08-01 supersedes first {
    cite "m"
    amount = 20% of sale.large, at most 3000 yuan, rounded down to 0.01 yuan
  }
}
)";
  const auto between = [&](const std::string& program) {
    Case c(text, program);
    c.day("sale.on", "2024-05-01");
    return top_up(c, "2024-06-30", "2024-09-30");
  };
  CHECK(between("small").amount == run::MoneyRange{0, 200, false});  // at 4 yuan; at 8 it is 1
  CHECK(between("large").amount == run::MoneyRange{0, 100000, false});
}

TEST_CASE("test blocks: known on, and top-ups in all their forms") {
  const std::string tests = R"(
test "known" of raised {
  given purchase { date: 2024-05-01, price: 1000 yuan, checked: yes }
  known on 2024-06-30
  expect version first, amount 100.00 yuan
  but purchase.date 2024-06-15
  known on 2024-12-01
  expect version third, amount 200.00 yuan, top_up 100.00 yuan from known on 2024-06-30 to 2024-12-01
}
test "inherited" of raised as in "known" {
  expect version first
  but purchase.checked no
  expect top_up ineligible {checked} from known on 2024-06-30 to 2024-09-30
  but purchase.price unknown
  expect top_up undetermined from known on 2024-06-30 to 2024-09-30, top_up 0 yuan .. 20000 yuan from known on 2024-06-30 to 2024-09-30
}
test "wrong" of raised as in "known" {
  expect top_up 100.00 yuan from known on 2024-06-30 to 2024-09-30
  expect top_up ineligible from known on 2024-06-30 to 2024-09-30
}
)";
  const compiler::Compiled compiled = compile_text(kRaised + tests);
  REQUIRE(compiled.plan);
  const auto results = compiler::run_tests(compiled, true);
  REQUIRE(results.size() == 3);
  for (std::size_t i = 0; i < 2; ++i) {
    for (const auto& difference : results[i].differences) MESSAGE(difference);
    CHECK(results[i].passed);
  }
  CHECK(results[2].differences.size() == 2);
}

TEST_CASE("a local version that says no day of publication is not known before the national one") {
  const auto local = [](const std::string& published, const std::string& version) {
    Case c(R"(
use language en
record Purchase { date: date }
program n "n" {
  authority "a"
  given purchase: Purchase
  in force by purchase.date
  version v from 2024-03-01 to 2024-12-31 )" +
               published + R"( { cite "甲"  amount = 1 yuan }
}
program l implements n in 630000 { )" +
               version + R"( { cite "乙"  amount = 2 yuan } }
)",
           "l");
    c.day("purchase.date", "2024-11-01");
    return c;
  };
  const auto known_first_on = [&](const std::string& published, const std::string& version, const std::string& day,
                                  const std::string& before) {
    Case c = local(published, version);
    CHECK(c.decide(known_on(day)).outcome == "eligible");
    CHECK(c.decide(known_on(before)).outcome == "not_in_force");
  };
  known_first_on("published 2024-07-31", "version w amends n.v", "2024-07-31", "2024-07-30");
  known_first_on("published 2024-07-31", "version w from 2024-03-01 to 2024-12-31", "2024-07-31", "2024-07-30");
  known_first_on("published 2024-07-31", "version w from 2024-08-15 to 2024-12-31", "2024-08-15", "2024-08-14");
  known_first_on("published 2024-01-31", "version w amends n.v", "2024-03-01", "2024-02-29");
  known_first_on("", "version w amends n.v", "2024-03-01", "2024-02-29");
  known_first_on("", "version w from 2024-02-01 to 2024-12-31 amends n.v", "2024-03-01", "2024-02-29");
  // A day of its own stands, before or after.
  known_first_on("published 2024-07-31", "version w amends n.v published 2024-05-01", "2024-05-01", "2024-04-30");
  known_first_on("published 2024-07-31", "version w amends n.v published 2024-09-01", "2024-09-01", "2024-08-31");
  // A day that the national version leaves open is open here, too.
  Case open = local("published undecided { \"stamp\": 2024-06-01; \"print\": 2024-07-01 }", "version w amends n.v");
  CHECK(open.decide(known_on("2024-05-31")).outcome == "not_in_force");
  CHECK(open.decide(known_on("2024-06-15")).outcome == "referred");
  CHECK(open.decide(known_on("2024-07-01")).outcome == "eligible");
}

TEST_CASE("nothing is added to what cannot be told; refused later it is refused all the same") {
  Case c(R"(
use language en
record Purchase { date: date  price: money from 0 yuan to 100000 yuan  checked: bool }
program broken "示例" {
  authority "示例局"
  given purchase: Purchase
  in force by purchase.date
  version first from 2024-04-24 to 2024-12-31 {
    cite "甲"
    amount = purchase.price
    ensure little: amount <= 10 yuan
  }
  version second from 2024-04-24 to 2024-12-31 published 2024-08-16 supersedes first {
    cite "乙"
    require checked: purchase.checked
    amount = purchase.price
  }
}
)",
         "broken");
  c.day("purchase.date", "2024-05-01").number("purchase.price", 100);
  run::Decision before, after;
  const auto outcome = [&] {
    return run::decide_top_up(c.facts(), {}, day("2024-06-30"), day("2024-09-30"), before, after).outcome;
  };
  CHECK(outcome() == run::Outcome::undetermined);
  c.truth("purchase.checked", false);
  CHECK(outcome() == run::Outcome::ineligible);
  c.truth("purchase.checked", true);
  CHECK(outcome() == run::Outcome::invalid);
}
