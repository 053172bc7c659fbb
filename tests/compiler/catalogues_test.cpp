// Catalogues: a model on a day, the file that is too old to say, what is wrong with a file, and how long a look-up
// takes.

#include "compiler/memory_files.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kRules = R"(
use language en
catalogue nev "目录" / en "the list" from "models.csv" {
  cite "公告"
  given model: text
  listed from first_day until last_day
  complete to 2024-12-31
}
program tax "免税" {
  given model: text
  given on: date
  in force by on
  version v from 2020-01-01 {
    cite "通知"
    require listed: model in nev on on
  }
}
program not_twice "不重复" {
  given model: text
  given on: date
  in force by on
  version v from 2020-01-01 {
    cite "通知"
    require fresh: model not in nev on on
    amount = 100 yuan
  }
}
)";
const char* const kModels =
    "batch,model,first_day,last_day\n1,A,2024-01-10,\n1,\"B \"\"x\"\"\",2024-01-10,2024-03-01\n2,\"B "
    "\"\"x\"\"\",2024-06-01,absent\n"
    "2, C ,2024-02-01,缺\n";

class Shop {
 public:
  explicit Shop(const std::string& csv, const std::string& rules = kRules) {
    guiju_test::MemoryFiles files({{"rules.gj", rules}, {"models.csv", csv}});
    compiled_ = compiler::compile({"rules.gj"}, files.reader());
  }
  [[nodiscard]] bool good() const { return compiled_.plan != nullptr; }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& d : compiled_.diagnostics.all()) codes.push_back(code_name(d.code));
    return codes;
  }
  [[nodiscard]] run::Facts facts(const std::string& program) const {
    return {compiled_.plan, compiled_.plan->find_program(program)};
  }
  [[nodiscard]] std::string outcome(const std::string& program, const std::string& model,
                                    const std::string& day) const {
    run::Facts f = facts(program);
    if (!model.empty()) f.set_text(f.find("model"), model);
    if (!day.empty()) f.set_day(f.find("on"), parse_iso_date(day).value());
    run::Decision decision;
    run::decide(f, {}, decision);
    return std::string(run::name_of(decision.outcome));
  }

 private:
  compiler::Compiled compiled_;
};

}  // namespace

TEST_CASE("listed from its first day to the day before its last column, again when it is listed again") {
  const Shop shop(kModels);
  REQUIRE(shop.good());
  const auto listed = [&](const std::string& model, const std::string& day) { return shop.outcome("tax", model, day); };
  CHECK(listed("A", "2024-01-09") == "ineligible");
  CHECK(listed("A", "2024-01-10") == "eligible");
  CHECK(listed("A", "2026-01-10") == "eligible");
  CHECK(listed("B \"x\"", "2024-02-29") == "eligible");
  CHECK(listed("B \"x\"", "2024-03-01") == "ineligible");
  CHECK(listed("B \"x\"", "2024-05-31") == "ineligible");
  CHECK(listed("B \"x\"", "2024-06-01") == "eligible");
  CHECK(listed("C", "2024-02-01") == "eligible");
  CHECK(listed("a", "2024-02-01") == "ineligible");
}

TEST_CASE("a file that ends too early leaves open what it does not list") {
  const Shop shop(kModels);
  CHECK(shop.outcome("tax", "D", "2024-12-31") == "ineligible");
  CHECK(shop.outcome("tax", "D", "2025-01-01") == "referred");
  CHECK(shop.outcome("not_twice", "D", "2024-12-31") == "eligible");
  CHECK(shop.outcome("not_twice", "D", "2025-01-01") == "referred");
  CHECK(shop.outcome("not_twice", "A", "2025-01-01") == "ineligible");
  run::Facts facts = shop.facts("tax");
  facts.set_text(facts.find("model"), "D");
  facts.set_day(facts.find("on"), parse_iso_date("2025-01-01").value());
  run::Decision decision;
  run::decide(facts, {}, decision);
  const auto explained = explain::explain(facts, decision, true);
  REQUIRE(explained.referred.size() == 1);
  CHECK(explained.referred[0].what == "not_found");
  CHECK(explained.referred[0].why == "the file of the list is complete to 2024-12-31 only: look at the latest list");
}

TEST_CASE("an unknown model or day is asked for unless it makes no difference") {
  const Shop shop(kModels);
  CHECK(shop.outcome("tax", "", "2024-02-10") == "undetermined");
  CHECK(shop.outcome("tax", "", "2024-01-09") == "ineligible");
  CHECK(shop.outcome("tax", "A", "") == "undetermined");
  CHECK(shop.outcome("tax", "D", "") == "undetermined");
}

TEST_CASE("without `complete to` only what is listed, or was before the first listing, is certain") {
  std::string rules = kRules;
  rules.erase(rules.find("  complete to"), std::string("  complete to 2024-12-31\n").size());
  const Shop shop(kModels, rules);
  REQUIRE(shop.good());
  CHECK(shop.outcome("tax", "D", "2024-01-09") == "ineligible");
  CHECK(shop.outcome("tax", "D", "2024-01-10") == "referred");
  CHECK(shop.outcome("tax", "A", "2024-01-10") == "eligible");
}

TEST_CASE("what is wrong with a file is said where it stands") {
  using Codes = std::vector<std::string>;
  CHECK(Shop("model,first_day\nA,2024-01-01\n").codes() == Codes{"GJ1705"});
  CHECK(Shop("model,first_day,last_day\nA,2024-13-01,\n").codes() == Codes{"GJ1376"});
  CHECK(Shop("model,first_day,last_day\nA,,\n").codes() == Codes{"GJ1376"});
  CHECK(Shop("model,first_day,last_day\nA,2024-01-02,2024-01-02\n").codes() == Codes{"GJ1377"});
  CHECK(Shop("model,first_day,last_day\nA,2024-01-02\n").codes() == Codes{"GJ1708"});
  CHECK(Shop("").codes() == Codes{"GJ1720"});
  CHECK(Shop("model,first_day,last_day\n").good());
}

// A search from end to end would visit a thousand million listings here.
TEST_CASE("every one of a hundred thousand models is found by its name, and no other") {
  constexpr int kCount = 100'000;
  std::string csv = "model,first_day,last_day\n";
  for (int i = 0; i < kCount; ++i) csv += "XH" + std::to_string(100000 + i) + "BEV,2024-01-01,\n";
  const Shop shop(csv);
  REQUIRE(shop.good());
  run::Facts facts = shop.facts("tax");
  facts.set_day(facts.find("on"), parse_iso_date("2024-02-01").value());
  run::Decision decision;
  for (int i = 0; i < 20'000; ++i) {
    const int model = i * 7 % (2 * kCount);
    facts.set_text(facts.find("model"), "XH" + std::to_string(100000 + model) + "BEV");
    run::decide(facts, {}, decision);
    REQUIRE(decision.outcome == (model < kCount ? run::Outcome::eligible : run::Outcome::ineligible));
  }
}

TEST_CASE("every row of a table of a hundred thousand rows is found, and nothing else") {
  constexpr int kCount = 100'000;
  std::string csv = "model,cap\n";
  for (int i = 0; i < kCount; ++i) csv += "M-" + std::to_string(i) + "," + std::to_string(100 + i % 900) + " yuan\n";
  const Shop shop(csv, R"(
use language en
table caps "限额" from "models.csv" {
  cite "通知"
  given model: text
  gives cap: money
}
program help "补助" {
  given model: text
  given on: date
  in force by on
  version v from 2020-01-01 {
    cite "通知"
    amount = caps(model).cap
  }
}
)");
  REQUIRE(shop.good());
  run::Facts facts = shop.facts("help");
  facts.set_day(facts.find("on"), parse_iso_date("2024-02-01").value());
  run::Decision decision;
  for (int model = 0; model < kCount; model += 499) {
    facts.set_text(facts.find("model"), "M-" + std::to_string(model));
    run::decide(facts, {}, decision);
    REQUIRE(decision.outcome == run::Outcome::eligible);
    REQUIRE(decision.amount.least == (100 + model % 900) * 100);
  }
  facts.set_text(facts.find("model"), "M-100000");
  run::decide(facts, {}, decision);
  CHECK(decision.outcome == run::Outcome::referred);
}
