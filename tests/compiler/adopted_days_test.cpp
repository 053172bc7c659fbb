// Days of versions of which one was adopted: where another of them would come to something else, the decision says so.
#include "run/readings.hpp"
#include "support_rules.hpp"

using namespace guiju;
using testing::Case;

namespace {

std::vector<std::string> other_readings(const explain::Explanation& answer) {
  std::vector<std::string> out;
  for (const explain::Warning& w : answer.warnings) {
    if (w.kind == "other_reading") out.push_back(w.name + ": " + w.text);
  }
  return out;
}
using Texts = std::vector<std::string>;

constexpr const char* kRules = R"(
use language en
record Sale { on: date  price: money from 0 yuan to 1000 yuan  old: bool }
program p "P" {
  given sale: Sale
  in force by sale.on
  version y1 from undecided first "signed or posted" { "signed": 2025-01-01; "posted": 2025-01-08 } adopt "posted" to 2025-12-31 {
    cite "first"
    require recent: sale.on within this version
    require new: sale.old is no
    amount = 10% of sale.price, rounded down to 0.01 yuan
  }
}
program q "Q" {
  given sale: Sale
  in force by sale.on
  version z1 from 2025-01-01 to 2025-06-30 {
    cite "first"
    amount = 10 yuan
    suspended from undecided stop "noon or midnight" { "noon": 2025-03-10; "midnight": 2025-03-11 } adopt "midnight" to 2025-03-31
  }
}
)";

explain::Explanation of(const char* program, const char* day, bool old) {
  Case c(kRules, program);
  c.day("sale.on", day).number("sale.price", 100).truth("sale.old", old);
  return c.decide();
}

}  // namespace

TEST_CASE("an adopted first day is told where the version would govern by the other one") {
  const auto before = of("p", "2025-01-05", false);
  CHECK(before.outcome == "not_in_force");
  CHECK(other_readings(before) == Texts{"first: `posted` was adopted; by `signed` it would be: eligible, 10.00 yuan"});
  CHECK(other_readings(of("p", "2025-01-05", true)) ==
        Texts{"first: `posted` was adopted; by `signed` it would be: ineligible"});
  CHECK(other_readings(of("p", "2024-12-31", false)).empty());
  CHECK(of("p", "2025-01-08", false).outcome == "eligible");
  CHECK(other_readings(of("p", "2025-01-08", false)).empty());
}

TEST_CASE("an adopted day of a suspension is told where the other one would come to something else") {
  const auto before = of("q", "2025-03-10", false);
  CHECK(before.outcome == "eligible");
  CHECK(other_readings(before) == Texts{"stop: `midnight` was adopted; by `noon` it would be: not_in_force"});
  CHECK(other_readings(of("q", "2025-03-09", false)).empty());
  const auto after = of("q", "2025-03-11", false);
  CHECK(after.outcome == "not_in_force");
  CHECK(other_readings(after).empty());
}

TEST_CASE("an exclusion whose version has an adopted day binds by the other one, too, and a programme alone says so") {
  Case c(R"(
use language en
record Sale { on: date  car: text }
record Claim { car: text }
program p "P" {
  given sale: Sale, claims: history of Claim
  in force by sale.on
  version v from 2025-01-01 to 2025-05-31 { cite "n"  amount = 10 yuan }
}
program q "Q" {
  given sale: Sale, claims: history of Claim
  in force by sale.on
  version v from 2025-01-01 to 2025-12-31 { cite "n"  amount = 20 yuan }
}
group g "G" {
  given sale: Sale, claims: history of Claim
  in force by sale.on
  programs p, q
  winner highest
  version one from undecided start "signed or posted" { "signed": 2025-03-01; "posted": 2025-06-01 } adopt "posted" to 2025-12-31 {
    cite "m"
    exclude once: p with q when claim.car is sale.car
  }
}
)",
         "p");
  c.day("sale.on", "2025-04-01").text("sale.car", "V").list("claims", true);
  c.facts().set_text(c.entry("claims", "car", true), "V");
  CHECK(c.decide().outcome == "eligible");
  CHECK(other_readings(c.decide()) == Texts{"start: `posted` was adopted; by `signed` it would be: ineligible"});
}
