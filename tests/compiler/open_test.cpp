// What holds for every completion is said, also where an open fact or text reaches the answer on several paths.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

std::string program(const std::string& givens, const std::string& body) {
  return "use language en\n" + givens + "\nprogram p \"p\" {\n  given s: S\n  in force by s.on\n" +
         "  version v from 2025-01-01 to 2025-12-31 {\n    cite \"n\"\n" + body + "\n  }\n}\n";
}

Case opened(const std::string& givens, const std::string& body) {
  Case c(program(givens, body), "p");
  c.day("s.on", "2025-05-01");
  return c;
}

const char* const kSale = R"(
enum Kind { fridge, tv, lamp }
scale Tier from best { level1, level2, level3 }
record S {
  on: date
  kind: Kind ask "kind" at "the shelf"
  tier: optional Tier ask "tier" at "the label"
  price: money from 0 yuan to 100000 yuan ask "price" at "the till"
  other: money from 0 yuan to 100000 yuan ask "other" at "an officer"
  code: text
  home: region
  vip: bool
  stamp: bool or unknowable
})";

std::string joined(const Names& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
  return out;
}

void unknowable(Case& c, const std::string& path) {
  c.facts().set_state(c.field(path), run::FactState::unknowable);
}

}  // namespace

TEST_CASE("a fact on two paths is split into its members") {
  Case c = opened(kSale, R"(
    require known: s.kind is fridge or s.kind is not fridge
    amount = if s.kind is lamp then 50 yuan otherwise 50 yuan)");
  const auto& e = c.decide();
  CHECK(e.outcome == "eligible");
  CHECK(e.amount == "50.00");
  CHECK(c.needs().empty());
}

TEST_CASE("a number is cut where it is held against something") {
  Case c = opened(kSale, R"(
    require gate: s.price <= 6000 yuan
    amount = 15% of s.price, at most 500 yuan, rounded down to 0.01 yuan)");
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(e.may_be_refused);
  CHECK(e.amount_least == "0.00");
  CHECK(e.amount_most == "500.00");

  Case low = opened(kSale, R"(
    require gate: s.price is 1000 yuan or more and s.price < 3000 yuan
    amount = 15% of s.price rounded down to 1 yuan)");
  const auto& f = low.decide();
  CHECK(f.amount_least == "150.00");
  CHECK(f.amount_most == "449.00");
}

TEST_CASE("the amount lies where the case is eligible, to the fen") {
  Case c = opened(kSale, R"(
    require cheap: s.price <= 100 yuan or (s.tier exists and s.tier is level1)
    amount {
      base: s.price, at most 300 yuan
      bonus: 50 yuan when s.tier exists and s.tier is level2 or better
    })");
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(e.amount_least == "0.00");
  CHECK(e.amount_most == "350.00");
  c.member("s.tier", "level2");
  CHECK(c.decide().amount_least == "50.00");
  CHECK(c.decide().amount_most == "150.00");
}

TEST_CASE("what fails in every case is refused, though each time for another reason") {
  Case c = opened(kSale, R"(
    require fridge: s.kind is fridge
    require lamp: s.kind is lamp
    amount = 5 yuan)");
  const auto& e = c.decide();
  CHECK(e.outcome == "ineligible");
  CHECK(e.failed.empty());
  REQUIRE(e.failed_one.size() == 2);
  CHECK(e.failed_one[0].name == "fridge");  // in the order of the rules
  CHECK(e.failed_one[1].name == "lamp");
  CHECK(!e.may_be_refused);
}

TEST_CASE("reasons that fail in every case are all listed") {
  Case c = opened(kSale, R"(
    require never: s.vip
    require both: s.kind is fridge and s.kind is lamp
    amount = 5 yuan)");
  c.truth("s.vip", false);
  CHECK(c.decide().outcome == "ineligible");
  CHECK(c.failed() == Names{"never", "both"});
}

TEST_CASE("texts are split by what they are held against, regions by areas") {
  Case c = opened(kSale, R"(
    require code: s.code is "A" or s.code is "B" or not (s.code is "A" or s.code is "B")
    require home: s.home within 630000 or not (s.home within 630100) 
    amount = 5 yuan)");
  CHECK(c.decide().outcome == "eligible");
  Case d = opened(kSale, R"(
    require home: s.home within 630000 and not (s.home within 630100)
    amount = if s.home is 630200 then 7 yuan otherwise 5 yuan)");
  const auto& e = d.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(e.amount_least == "5.00");
  CHECK(e.amount_most == "7.00");
}

TEST_CASE("the limit of cases keeps the answer open, never wrong") {
  Case c = opened(kSale, R"(
    require known: s.kind is fridge or s.kind is not fridge
    amount = 50 yuan)");
  run::Options options;
  options.max_cases = 0;
  CHECK(c.decide(options).outcome == "undetermined");
  CHECK(c.needs() == Names{"s.kind"});
}

TEST_CASE("first the question that settles most, then the nearest answerer") {
  Case c = opened(kSale, R"(
    require vip: s.vip
    require tier: s.tier exists and s.tier is level1
    require price: s.price <= 99999 yuan
    amount = 5 yuan)");
  c.decide();
  CHECK(joined(c.needs()) == "s.tier s.vip s.price");
  Case d = opened(kSale, R"(
    amount = (s.other + s.price) at most 200000 yuan)");
  d.decide();
  CHECK(d.needs() == Names{"s.price", "s.other"});
}

TEST_CASE("stuck on what cannot be said") {
  Case c = opened(kSale, R"(
    require stamped: s.stamp
    require vip: s.vip
    amount = 5 yuan)");
  unknowable(c, "s.stamp");
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  CHECK(c.needs() == Names{"s.vip"});
  CHECK(e.stuck_on.empty());
  c.truth("s.vip", true);
  const auto& f = c.decide();
  CHECK(f.outcome == "undetermined");
  CHECK(c.needs().empty());
  REQUIRE(f.stuck_on.size() == 1);
  CHECK(f.stuck_on[0].path == "s.stamp");
  c.truth("s.vip", false);
  CHECK(c.decide().outcome == "ineligible");
}

TEST_CASE("is unknown: asked, and cannot be said") {
  const char* const rules = R"(
    require told: not (s.stamp is unknown)
    amount = 5 yuan)";
  Case c = opened(kSale, rules);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"s.stamp"});
  unknowable(c, "s.stamp");
  CHECK(c.decide().outcome == "ineligible");
  c.truth("s.stamp", false);
  CHECK(c.decide().outcome == "eligible");
}

namespace {

const char* const kPapers = R"(
scale Class from worst { guo3, guo4, guo5 }
record S { on: date  a: optional Class or unknowable  b: optional Class or unknowable  c: optional Class or unknowable })";

const char* const kFirst = R"(
    let class = first present of { s.a; s.b; s.c }
    require clean: class exists and class is guo4 or better
    amount = 5 yuan)";
const char* const kAgreed = R"(
    let class = agreed of { s.a; s.b; s.c }
    require clean: class exists and class is guo4 or better
    amount = 5 yuan)";

}  // namespace

TEST_CASE("first present of: absent and unknowable do not speak, unknown stops") {
  Case c = opened(kPapers, kFirst);
  c.absent("s.a").member("s.b", "guo4").member("s.c", "guo3");
  CHECK(c.decide().outcome == "eligible");
  unknowable(c, "s.a");
  CHECK(c.decide().outcome == "eligible");
  c.facts().set_state(c.field("s.a"), run::FactState::unknown);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"s.a"});
  c.absent("s.a").absent("s.b").absent("s.c");
  CHECK(c.decide().outcome == "ineligible");
  unknowable(c, "s.b");
  const auto& e = c.decide();
  CHECK(e.outcome == "undetermined");
  REQUIRE(e.stuck_on.size() == 1);
  CHECK(e.stuck_on[0].path == "s.b");
  unknowable(c, "s.c");  // either would tell
  CHECK(c.decide().stuck_on.size() == 2);
}

TEST_CASE("agreed of: what all that speak share") {
  Case c = opened(kPapers, kAgreed);
  c.member("s.a", "guo4").member("s.b", "guo4").absent("s.c");
  CHECK(c.decide().outcome == "eligible");
  c.member("s.b", "guo5");
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].what == "contradiction");
  c.member("s.b", "guo4").facts().set_state(c.field("s.c"), run::FactState::unknown);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"s.c"});
  unknowable(c, "s.c");
  CHECK(c.decide().outcome == "eligible");
}

TEST_CASE("papers of which at most one can still speak contradict nothing") {
  const auto unknown = [](Case& c, const std::string& path) {
    c.facts().set_state(c.field(path), run::FactState::unknown);
  };
  for (const char* body : {kFirst, kAgreed}) {
    CAPTURE(body);
    Case c = opened(kPapers, body);
    const auto asks = [&](const Names& needs) {
      const auto& e = c.decide();
      CHECK(e.outcome == "undetermined");
      CHECK(e.referred.empty());
      CHECK(c.needs() == needs);
    };
    c.absent("s.c");
    unknowable(c, "s.a");
    unknown(c, "s.b");
    asks({"s.b"});
    c.absent("s.a");
    asks({"s.b"});
    unknowable(c, "s.b");
    asks({});
    unknowable(c, "s.a");
    asks({});
    unknowable(c, "s.c");
    asks({});
    unknown(c, "s.c");
    asks({"s.c"});
  }
}

TEST_CASE("one named open text is one open fact") {
  Case c = opened(kSale, R"(
    require gate: undecided start "which day" { "A": s.vip; "B": yes }
    require other: not (undecided start { "B": s.vip; "A": no })
    amount = undecided start { "A": 5 yuan; "B": 7 yuan })");
  c.truth("s.vip", false);
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  CHECK(e.amount == "7.00");  // where it is eligible
  CHECK(e.amount_least == "7.00");
  CHECK(e.amount_most == "7.00");
  REQUIRE(e.referred.size() == 1);
  CHECK(e.referred[0].name == "start");
  c.truth("s.vip", true);
  CHECK(c.decide().amount_least == "5.00");
  CHECK(c.decide().amount_most == "5.00");
}

TEST_CASE("not found within bounds") {
  Case c = opened(kSale, R"(
    let rate: money = not found "not published" within 500 yuan to 2200 yuan
    require enough: rate >= 400 yuan
    amount = rate)");
  const auto& e = c.decide();
  CHECK(e.outcome == "referred");
  CHECK(!e.may_be_refused);
  CHECK(e.amount_least == "500.00");
  CHECK(e.amount_most == "2200.00");

  Case d = opened(kSale, R"(
    let tier: Tier = not found "only a date" within level2 or better
    require efficient: tier is level3 or better
    require best: tier is level1 or s.vip
    amount = 5 yuan)");
  d.truth("s.vip", true);
  CHECK(d.decide().outcome == "eligible");
  d.truth("s.vip", false);
  CHECK(d.decide().outcome == "referred");

  Case set = opened(kSale, R"(
    let kind: Kind = not found "torn off" within {fridge, tv}
    require listed: kind is not lamp
    amount = if kind is fridge then 5 yuan otherwise 6 yuan)");
  CHECK(set.decide().amount_most == "6.00");
  CHECK(set.decide().outcome == "referred");
}

TEST_CASE("a text may stand for any number between its bounds, also between the steps of what is written") {
  for (const auto& [bound, most] : {std::pair("24%", "4010.00"), std::pair("21.05%", "3520.00")}) {
    Case c = opened(kSale, std::string(R"(
    let rate: number = not found "left open" within 4% to 40%
    require low: rate < )") + bound +
                               R"(
    amount = 16700 yuan * rate, rounded half up to 10 yuan)");
    const auto& e = c.decide();
    CHECK(e.outcome == "referred");
    CHECK(e.may_be_refused);
    CHECK(e.amount_least == "670.00");
    CHECK(e.amount_most == most);
  }
}

TEST_CASE("an open text with a name may stand in a function") {
  Case c(std::string("use language en") + kSale +
             "\nlet taxed(x: money) = undecided tax \"is tax part of it?\" { \"yes\": x; \"no\": 2 yuan }\n"
             "program p \"p\" {\n  given s: S\n  in force by s.on\n  version v from 2025-01-01 {\n    cite \"n\"\n"
             "    amount = taxed(s.price) + taxed(s.other), rounded down to 0.01 yuan\n  }\n}\n",
         "p");
  c.day("s.on", "2025-05-01").number("s.price", 1).number("s.other", 5);
  CHECK(c.decide().outcome == "referred");
  c.number("s.price", 2).number("s.other", 2);
  CHECK(c.decide().amount == "4.00");
}

TEST_CASE("papers of one version that contradict each other are not those of another") {
  Case c(R"(
enum Kind "类" { old "旧", new "新" }
enum Size "型" { small "小", middle "中", large "大" }
record Sale { on: date from 2024-01-01 to 2025-12-31
              a: optional Kind or unknowable  b: optional Kind or unknowable
              m: optional Size or unknowable  n: optional Size or unknowable }
program p "项" {
  authority "甲"
  given s: Sale
  in force by s.on
  version one from 2024-01-01 to 2024-12-31 {
    cite "一"
    let kind = agreed of { s.a; s.b }
    require told: kind exists and (kind is old or kind is new)
    amount = 10 yuan
  }
  version two from 2025-01-01 to 2025-12-31 {
    cite "二"
    let size = agreed of { s.m; s.n }
    require told: size exists and (size is small or size is middle)
    amount = 10 yuan
  }
}
)",
         "p");
  c.member("s.a", "old").member("s.b", "new").member("s.m", "small").member("s.n", "middle");
  CHECK(c.day("s.on", "2024-05-01").decide().outcome == "eligible");
  CHECK(c.day("s.on", "2025-05-01").decide().outcome == "referred");
  c.facts().set_state(c.field("s.on"), run::FactState::unknown);
  CHECK(c.decide().outcome == "undetermined");
  CHECK(c.needs() == Names{"s.on"});
}
