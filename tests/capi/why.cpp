// Why, through the C interface and its C++ face: values compared, what was taken, every step, and what would help.
#include <doctest/doctest.h>

#include <cstring>
#include <guiju/guiju.hpp>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kShop = R"(
scale Level "等级" from best { level1 "1级" / en "level 1", level2 "2级" / en "level 2", level3 "3级" / en "level 3" }
record Sale {
  date: date
  level: Level "等级" / en "level" changeable
  price: money "售价" / en "price" from 0 yuan to 100_000 yuan
}
program shop "商店" / en "Shop" {
  authority "县商务局"
  given sale: Sale
  in force by sale.date
  version y2025 from 2025-01-01 to 2025-12-31 {
    cite "某县商务局〔2025〕1号"
    let net = sale.price - 10 yuan
    require level: sale.level is level2 or better
    amount { base: 10% of net  extra: 5% of net when sale.level is level1 }
      at most 60 yuan reducing extra first, rounded down to 0.01 yuan
  }
}
)";
constexpr std::string_view kRefused = R"({"sale": {"date": "2025-05-01", "level": "level3", "price": 510}})";
constexpr std::string_view kCapped = R"({"sale": {"date": "2025-05-01", "level": "level1", "price": 510}})";

struct Shop {
  Compiled compiled = compile(kShop);
  Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "shop"));
  Owned<gj_decision> decision = new_decision();

  explicit Shop(std::string_view json) {
    REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
    REQUIRE(read(facts.get(), json) == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  }
};

}  // namespace

TEST_CASE("alternatives are numbered, in C and C++") {
  constexpr std::string_view kEither = R"(
record Sale { date: date  price: money "售价" / en "price"  used: bool "二手" / en "second hand" }
program shop "商店" / en "Shop" {
  given sale: Sale
  in force by sale.date
  version v from 2025-01-01 to 2025-12-31 {
    cite "某县商务局〔2025〕1号" unverified
    require it: sale.price <= 10 yuan or sale.used otherwise "须便宜或二手" / en "cheap or second hand"
  }
}
)";
  const auto compiled = guiju::Rulebook::from_text("shop.gj", kEither);
  REQUIRE(compiled);
  auto facts = guiju::Facts::of(compiled->rulebook->find_program("shop"));
  REQUIRE(facts);
  REQUIRE(facts->read_json(R"({"sale": {"date": "2025-05-01", "price": 510, "used": false}})"));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  decision->set_language(guiju::Language::en);
  REQUIRE(decision->decide(*facts));
  const auto failures = decision->failures();
  REQUIRE(failures.size() == 1);
  REQUIRE(failures[0].compared.size() == 2);
  CHECK(failures[0].compared[0].place == "1.1");
  CHECK(failures[0].compared[1].place == "1.2");
  REQUIRE(decision->warnings().size() == 1);
  CHECK(decision->warnings()[0].name == "v");
  CHECK(decision->warnings()[0].about == "某县商务局〔2025〕1号");
}

TEST_CASE("a reason comes with the values compared, in both languages") {
  Shop s(kRefused);
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failure(s.decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.text) == "level must be level 2 or better (it is level 3)");
  CHECK(str(failure.text_en) == str(failure.text));
  CHECK(str(failure.text_zh) == "等级须为2级及以上(现为 3级)");
  REQUIRE(failure.compared_count == 1);
  auto compared = sized<gj_compared>();
  REQUIRE(gj_decision_compared(s.decision.get(), 0, 0, &compared) == GJ_OK);
  CHECK(str(compared.path) == "sale.level");
  CHECK(str(compared.value) == "level 3");
  CHECK(str(compared.relation) == "in");
  CHECK(str(compared.bound) == "level 2 or better");
  CHECK(compared.holds == 0);
  CHECK(str(compared.place) == "1");
  CHECK(gj_decision_compared(s.decision.get(), 0, 1, &compared) == GJ_E_ARGUMENT);
  CHECK(gj_decision_compared(s.decision.get(), 1, 0, &compared) == GJ_E_ARGUMENT);
}

TEST_CASE("what a cap took, and from which part") {
  Shop s(kCapped);
  REQUIRE(gj_decision_count(s.decision.get(), GJ_ADJUSTMENTS) == 1);
  auto a = sized<gj_adjustment>();
  REQUIRE(gj_decision_adjustment(s.decision.get(), 0, &a) == GJ_OK);
  CHECK(str(a.kind) == "cap");
  CHECK(str(a.bound) == "60.00");
  CHECK(str(a.before) == "75.00");
  CHECK(str(a.after) == "60.00");
  CHECK(str(a.change) == "-15.00");
  REQUIRE(a.taken_count == 1);
  auto taken = sized<gj_taken>();
  REQUIRE(gj_decision_taken(s.decision.get(), 0, 0, &taken) == GJ_OK);
  CHECK(str(taken.part) == "extra");
  CHECK(str(taken.change) == "-15.00");
  auto part = sized<gj_part>();
  REQUIRE(gj_decision_part(s.decision.get(), 1, &part) == GJ_OK);
  CHECK(str(part.before) == "25.00");
  CHECK(str(part.amount) == "10.00");
}

TEST_CASE("remedies are found on demand, and stand in the JSON from then on") {
  Shop s(kRefused);
  auto remedy = sized<gj_remedy>();
  CHECK(gj_decision_remedy(s.decision.get(), 0, &remedy) == GJ_E_STATE);
  CHECK(str(gj_decision_json(s.decision.get())).find("would_make_eligible") == std::string::npos);
  REQUIRE(gj_decision_find_remedies(s.facts.get(), s.decision.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_count(s.decision.get(), GJ_REMEDIES) == 2);
  REQUIRE(gj_decision_remedy(s.decision.get(), 0, &remedy) == GJ_OK);
  CHECK(str(remedy.amount) == "60.00");
  CHECK(str(remedy.version) == "y2025");
  CHECK(str(remedy.text) == "level: level 1 instead of level 3");
  REQUIRE(gj_decision_remedy(s.decision.get(), 1, &remedy) == GJ_OK);
  CHECK(str(remedy.amount) == "50.00");
  REQUIRE(remedy.change_count == 1);
  auto change = sized<gj_change>();
  REQUIRE(gj_decision_change(s.decision.get(), 1, 0, &change) == GJ_OK);
  CHECK(str(change.path) == "sale.level");
  CHECK(str(change.from) == "level 3");
  CHECK(str(change.to) == "level 2");
  CHECK(str(gj_decision_json(s.decision.get())).find("would_make_eligible") != std::string::npos);

  // The next decision starts anew.
  REQUIRE(gj_decide(s.facts.get(), s.decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_count(s.decision.get(), GJ_REMEDIES) == 0);
  CHECK(gj_decision_find_remedies(nullptr, s.decision.get(), nullptr) == GJ_E_ARGUMENT);
  const auto other = compile(kShop);
  const auto facts = facts_of(program(other.rules.get(), "shop"));
  CHECK(gj_decision_find_remedies(facts.get(), s.decision.get(), nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("the trace, in the order of the rule file") {
  Shop s(kCapped);
  auto line = sized<gj_trace_line>();
  CHECK(gj_decision_trace_line(s.decision.get(), 0, &line) == GJ_E_STATE);
  REQUIRE(gj_decision_make_trace(s.facts.get(), s.decision.get(), nullptr) == GJ_OK);
  std::string kinds;
  for (std::size_t i = 0; i < gj_decision_count(s.decision.get(), GJ_TRACE); ++i) {
    REQUIRE(gj_decision_trace_line(s.decision.get(), i, &line) == GJ_OK);
    if (line.depth == 0) kinds += str(line.kind) + " ";
  }
  CHECK(kinds == "version let require part part cap rounding amount ");
  REQUIRE(gj_decision_trace_line(s.decision.get(), 1, &line) == GJ_OK);
  CHECK(str(line.name) == "net");
  CHECK(str(line.value) == "500.00 yuan");
  REQUIRE(gj_decision_trace_line(s.decision.get(), 2, &line) == GJ_OK);
  REQUIRE(line.compared_count == 1);
  auto compared = sized<gj_compared>();
  REQUIRE(gj_decision_trace_compared(s.decision.get(), 2, 0, &compared) == GJ_OK);
  CHECK(compared.holds == 1);
}

namespace {

// Every text of a trace, one behind the other; each has a zero behind it.
std::string told(const gj_decision* decision) {
  std::string out;
  const auto add = [&](gj_text text) {
    CHECK(std::strlen(text.data) == text.size);
    out += str(text) + "|";
  };
  auto line = sized<gj_trace_line>();
  auto compared = sized<gj_compared>();
  for (std::size_t i = 0; i < gj_decision_count(decision, GJ_TRACE); ++i) {
    REQUIRE(gj_decision_trace_line(decision, i, &line) == GJ_OK);
    for (const gj_text text : {line.kind, line.name, line.label, line.written, line.value, line.state}) add(text);
    for (std::size_t k = 0; k < line.compared_count; ++k) {
      REQUIRE(gj_decision_trace_compared(decision, i, k, &compared) == GJ_OK);
      for (const gj_text text : {compared.path, compared.what, compared.value, compared.relation, compared.bound,
                                 compared.bound_what, compared.text, compared.place, compared.reading})
        add(text);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a trace needs neither its facts nor words that were asked for before") {
  constexpr std::string_view kSeller = R"(
record Sale { date: date  seller: text "卖方" / en "seller"  price: money "售价" / en "price" }
program shop "商店" / en "Shop" {
  authority "县商务局"
  given sale: Sale
  in force by sale.date
  version v from 2025-01-01 to 2025-12-31 {
    cite "某县商务局〔2025〕1号"
    require known: sale.seller is not "nobody"  and
      sale.price <= 10 yuan
  }
}
)";
  const auto compiled = compile(kSeller);
  auto facts = facts_of(program(compiled.rules.get(), "shop"));
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"sale": {"date": "2025-05-01", "seller": "a shop of a long name", "price": 9}})") ==
          GJ_OK);
  std::string before;
  for (const gj_language language : {GJ_EN, GJ_SILENT}) {
    REQUIRE(gj_decision_set_language(decision.get(), language) == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
    REQUIRE(gj_decision_make_trace(facts.get(), decision.get(), nullptr) == GJ_OK);
    const std::string now = told(decision.get());
    CHECK(now.find("a shop of a long name") != std::string::npos);
    CHECK(now.find("sale.seller is not \"nobody\" and sale.price <= 10 yuan") != std::string::npos);
    CHECK((before.empty() || now == before));
    before = now;
  }
  facts.reset();
  CHECK(told(decision.get()) == before);
}

TEST_CASE("the same in C++") {
  const auto compiled = guiju::Rulebook::from_text("shop.gj", kShop);
  REQUIRE(compiled);
  REQUIRE(*compiled);
  auto facts = guiju::Facts::of(compiled->rulebook->find_program("shop"));
  REQUIRE(facts);
  CHECK(*facts->read_json(kRefused));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  decision->set_language(guiju::Language::en);
  REQUIRE(decision->decide(*facts));
  REQUIRE(decision->failures().size() == 1);
  REQUIRE(decision->failures()[0].compared.size() == 1);
  CHECK(decision->failures()[0].compared[0].bound == "level 2 or better");
  const auto remedies = decision->remedies(*facts);
  REQUIRE(remedies);
  REQUIRE(remedies->size() == 2);
  CHECK((*remedies)[1].changes[0].to == "level 2");
  const auto trace = decision->trace(*facts);
  REQUIRE(trace);
  CHECK(trace->front().kind == "version");
  CHECK(*facts->read_json(kCapped));
  REQUIRE(decision->decide(*facts));
  REQUIRE(decision->adjustments().size() == 1);
  CHECK(decision->adjustments()[0].taken[0].change == "-15.00");
}
