// What is open, through both interfaces: the order of questions, what cannot be said, what may be refused.
#include <doctest/doctest.h>

#include <guiju/guiju.hpp>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kOpenRules = R"(
use language en
record Sale {
  on: date
  price: money from 0 yuan to 1000 yuan ask "price" at "the till"
  vip: bool ask "member?"
  stamp: bool or unknowable
}
program shop "shop" {
  given sale: Sale
  in force by sale.on
  version y2025 from 2025-01-01 {
    cite "n"
    require cheap: sale.price <= 600 yuan
    require member: sale.vip
    require known: sale.stamp or not sale.stamp
    amount = if sale.price > 100 yuan then 20 yuan otherwise 10 yuan
  }
}
program odd "odd" {
  given sale: Sale
  in force by sale.on
  version y2025 from 2025-01-01 {
    cite "n"
    require one: sale.vip
    require other: not sale.vip
    require stamped: sale.stamp
  }
}
program stamped "stamped" {
  given sale: Sale
  in force by sale.on
  version y2025 from 2025-01-01 {
    cite "n"
    require stamped: sale.stamp
  }
}
)";

struct Open {
  Compiled compiled = compile(kOpenRules);
  Owned<gj_facts> facts;
  Owned<gj_decision> decision = new_decision();

  explicit Open(std::string_view name) : facts(facts_of(program(compiled.rules.get(), name))) {
    REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
  }
  gj_outcome decide(std::string_view json) {
    gj_facts_reset(facts.get());
    (void)read(facts.get(), json);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    return gj_decision_outcome(decision.get());
  }
};

}  // namespace

TEST_CASE("questions in order, the interval where it is eligible, and that it may be refused") {
  Open t("shop");
  REQUIRE(t.decide(R"({"sale": {"on": "2025-05-01"}})") == GJ_UNDETERMINED);
  REQUIRE(gj_decision_count(t.decision.get(), GJ_NEEDS) == 2);
  auto need = sized<gj_need>();
  REQUIRE(gj_decision_need(t.decision.get(), 0, &need) == GJ_OK);
  CHECK(str(need.path) == "sale.vip");
  REQUIRE(gj_decision_need(t.decision.get(), 1, &need) == GJ_OK);
  CHECK(str(need.path) == "sale.price");
  CHECK(gj_decision_may_be_refused(t.decision.get()) == 1);
  gj_decimal least{}, most{};
  std::int32_t unbounded = 1;
  REQUIRE(gj_decision_amount_between(t.decision.get(), &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 1000);
  CHECK(most.coefficient == 2000);
  CHECK(unbounded == 0);
  CHECK(str(gj_decision_json(t.decision.get())).find(R"("may_be_refused": true)") != std::string::npos);
  REQUIRE(t.decide(R"({"sale": {"on": "2025-05-01", "vip": true, "price": "50"}})") == GJ_ELIGIBLE);
  CHECK(gj_decision_may_be_refused(t.decision.get()) == 0);
}

TEST_CASE("one pass alone leaves open what several paths share") {
  Open t("shop");
  CHECK(gj_decision_set_max_cases(t.decision.get(), 1048577) == GJ_E_ARGUMENT);
  REQUIRE(gj_decision_set_max_cases(t.decision.get(), 0) == GJ_OK);
  const std::string_view all_but_the_stamp = R"({"sale": {"on": "2025-05-01", "vip": true, "price": "50"}})";
  CHECK(t.decide(all_but_the_stamp) == GJ_UNDETERMINED);
  REQUIRE(gj_decision_set_max_cases(t.decision.get(), 4096) == GJ_OK);
  CHECK(t.decide(all_but_the_stamp) == GJ_ELIGIBLE);
  CHECK(gj_decision_set_max_cases(nullptr, 1) == GJ_E_ARGUMENT);
  CHECK(gj_decision_may_be_refused(nullptr) == 0);
}

TEST_CASE("stuck on what cannot be said, with words and without") {
  Open t("stamped");
  for (const gj_language language : {GJ_EN, GJ_SILENT}) {
    REQUIRE(gj_decision_set_language(t.decision.get(), language) == GJ_OK);
    REQUIRE(t.decide(R"({"sale": {"on": "2025-05-01", "stamp": {"state": "unknowable"}}})") == GJ_UNDETERMINED);
    CHECK(gj_decision_count(t.decision.get(), GJ_NEEDS) == 0);
    REQUIRE(gj_decision_count(t.decision.get(), GJ_STUCK_ON) == 1);
    auto fact = sized<gj_need>();
    REQUIRE(gj_decision_stuck_on(t.decision.get(), 0, &fact) == GJ_OK);
    CHECK(str(fact.path) == "sale.stamp");
    CHECK(gj_decision_stuck_on(t.decision.get(), 1, &fact) == GJ_E_ARGUMENT);
  }
}

TEST_CASE("refused in any case, each time for another reason") {
  Open t("odd");
  REQUIRE(t.decide(R"({"sale": {"on": "2025-05-01", "stamp": true}})") == GJ_INELIGIBLE);
  CHECK(gj_decision_count(t.decision.get(), GJ_FAILURES) == 0);
  REQUIRE(gj_decision_count(t.decision.get(), GJ_FAILED_ONE_OF) == 2);
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failed_one_of(t.decision.get(), 1, &failure) == GJ_OK);
  CHECK(str(failure.name) == "other");
  CHECK(gj_decision_failed_one_of(t.decision.get(), 2, &failure) == GJ_E_ARGUMENT);
  REQUIRE(t.decide(R"({"sale": {"on": "2025-05-01", "stamp": false}})") == GJ_INELIGIBLE);
  CHECK(gj_decision_count(t.decision.get(), GJ_FAILURES) == 1);
  CHECK(gj_decision_count(t.decision.get(), GJ_FAILED_ONE_OF) == 0);
}

TEST_CASE("what fails in any case comes with its papers") {
  Open t("odd");
  REQUIRE(t.decide(R"({"sale": {"on": "2025-05-01", "stamp": true}})") == GJ_INELIGIBLE);
  REQUIRE(gj_decision_count(t.decision.get(), GJ_FAILED_ONE_OF) == 2);
  auto failure = sized<gj_failure>();
  auto citation = sized<gj_citation>();
  REQUIRE(gj_decision_failed_one_of(t.decision.get(), 1, &failure) == GJ_OK);
  CHECK(str(failure.name) == "other");
  REQUIRE(failure.citation_count == 1);
  REQUIRE(gj_decision_failed_one_of_citation(t.decision.get(), 1, 0, &citation) == GJ_OK);
  CHECK(str(citation.title) == "n");
  CHECK(gj_decision_failed_one_of_citation(t.decision.get(), 2, 0, &citation) == GJ_E_ARGUMENT);
}

TEST_CASE("the same in C++") {
  const auto compiled = guiju::Rulebook::from_text("rules.gj", kOpenRules);
  REQUIRE(compiled);
  REQUIRE(*compiled);
  const guiju::Rulebook rules = *compiled->rulebook;
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  auto facts = guiju::Facts::of(rules.find_program("stamped"));
  REQUIRE(facts);
  REQUIRE(facts->read_json(R"({"sale": {"on": "2025-05-01", "stamp": {"state": "unknowable"}}})"));
  REQUIRE(decision->decide(*facts));
  CHECK(decision->outcome() == guiju::Outcome::undetermined);
  CHECK(decision->needs().empty());
  REQUIRE(decision->stuck_on().size() == 1);
  CHECK(decision->stuck_on()[0].path == "sale.stamp");
  CHECK(decision->may_be_refused());
  CHECK(decision->failed_one_of().empty());
  CHECK(decision->set_max_cases(16));
  CHECK_FALSE(decision->set_max_cases(1048577));
}

TEST_CASE("what hangs on the readings of an open text, in C and in C++") {
  constexpr std::string_view kPhone = R"(
use language en
record Phone { on: date  list: money from 0 yuan  paid: money from 0 yuan }
program phone "Phone" {
  given phone: Phone
  in force by phone.on
  version v from 2025-01-01 {
    cite "n"
    let price: money = undecided base "before or after the discount" { "before": phone.list; "after": phone.paid }
    require gate: price <= 6000 yuan otherwise "too dear"
    amount = 15% of price rounded down to 0.01 yuan, at most 500 yuan
  }
}
)";
  constexpr std::string_view kFacts = R"({"phone": {"on": "2025-05-01", "list": 6299, "paid": 2000}})";
  const Compiled compiled = compile(kPhone);
  Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "phone"));
  Owned<gj_decision> decision = new_decision();
  REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
  REQUIRE(read(facts.get(), kFacts) == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_REFERRED);
  REQUIRE(gj_decision_count(decision.get(), GJ_BY_READING) == 2);
  auto way = sized<gj_by_reading>();
  auto one = sized<gj_read>();
  REQUIRE(gj_decision_by_reading(decision.get(), 0, &way) == GJ_OK);
  CHECK(way.outcome == GJ_INELIGIBLE);
  CHECK(str(way.text) == "too dear");
  CHECK(way.least.size == 0);
  REQUIRE(way.read_count == 1);
  REQUIRE(gj_decision_read(decision.get(), 0, 0, &one) == GJ_OK);
  CHECK(str(one.name) == "base");
  CHECK(str(one.question) == "before or after the discount");
  CHECK(str(one.reading) == "before");
  REQUIRE(gj_decision_by_reading(decision.get(), 1, &way) == GJ_OK);
  CHECK(way.outcome == GJ_ELIGIBLE);
  CHECK(str(way.amount) == "300.00");
  CHECK(str(way.least) == "300.00");
  CHECK(gj_decision_by_reading(decision.get(), 2, &way) == GJ_E_ARGUMENT);
  CHECK(gj_decision_read(decision.get(), 0, 1, &one) == GJ_E_ARGUMENT);
  CHECK(str(gj_decision_json(decision.get())).find(R"("question": "before or after the discount")") !=
        std::string::npos);

  const auto made = guiju::Rulebook::from_text("rules.gj", kPhone);
  REQUIRE(made);
  REQUIRE(*made);
  const guiju::Rulebook rules = *made->rulebook;
  auto given = guiju::Facts::of(rules.find_program("phone"));
  auto decided = guiju::Decision::create();
  REQUIRE(given);
  REQUIRE(decided);
  REQUIRE(given->read_json(kFacts));
  REQUIRE(decided->decide(*given));
  const auto ways = decided->by_reading();
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].outcome == guiju::Outcome::ineligible);
  CHECK(ways[1].amount == "300.00");
  REQUIRE(ways[1].read.size() == 1);
  CHECK(ways[1].read[0].reading == "after");
}

TEST_CASE("papers of which it is open whether they are owed, and comparisons by reading, in C and in C++") {
  constexpr std::string_view kLicence = R"(
use language en
record Sale { on: date  company: bool "a company?"  price: money from 0 yuan to 100 yuan }
program p "P" {
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 {
    cite "n"
    require cheap: undecided "is 50 yuan cheap?" { "yes": sale.price <= 50 yuan; "no": sale.price < 50 yuan }
    amount = 1 yuan
    documents {
      invoice "invoice"
      licence "licence" when sale.company and undecided "is it asked for?" { "always": yes; "at times": sale.price > 9 yuan }
    }
  }
}
)";
  constexpr std::string_view kUnsaid = R"({"sale": {"on": "2025-05-01", "price": 5}})";
  const Compiled compiled = compile(kLicence);
  Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "p"));
  Owned<gj_decision> decision = new_decision();
  REQUIRE(gj_decision_set_language(decision.get(), GJ_EN) == GJ_OK);
  REQUIRE(read(facts.get(), kUnsaid) == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_ELIGIBLE);
  REQUIRE(gj_decision_count(decision.get(), GJ_DOCUMENTS) == 1);
  REQUIRE(gj_decision_count(decision.get(), GJ_OPEN_DOCUMENTS) == 1);
  auto document = sized<gj_open_document>();
  REQUIRE(gj_decision_open_document(decision.get(), 0, &document) == GJ_OK);
  CHECK(str(document.name) == "licence");
  CHECK(str(document.label) == "licence");
  REQUIRE(document.need_count == 1);
  REQUIRE(document.text_count == 1);
  auto need = sized<gj_need>();
  REQUIRE(gj_decision_open_document_need(decision.get(), 0, 0, &need) == GJ_OK);
  CHECK(str(need.path) == "sale.company");
  CHECK(str(need.label) == "a company?");
  CHECK(str(gj_decision_open_document_text(decision.get(), 0, 0)) == "is it asked for?");
  CHECK(gj_decision_open_document(decision.get(), 1, &document) == GJ_E_ARGUMENT);
  CHECK(gj_decision_open_document_need(decision.get(), 0, 1, &need) == GJ_E_ARGUMENT);
  CHECK(gj_decision_open_document_need(decision.get(), 1, 0, &need) == GJ_E_ARGUMENT);
  CHECK(str(gj_decision_open_document_text(decision.get(), 0, 1)) == "");
  CHECK(str(gj_decision_open_document_text(decision.get(), 1, 0)) == "");
  CHECK(str(gj_decision_open_document_text(nullptr, 0, 0)) == "");
  const std::string json = str(gj_decision_json(decision.get()));
  CHECK(json.find("\"open_documents\"") != std::string::npos);
  CHECK(json.find("\"is it asked for?\"") != std::string::npos);

  const auto rules = guiju::Rulebook::from_text("rules.gj", kLicence);
  REQUIRE(rules);
  auto case_facts = guiju::Facts::of(rules->rulebook->find_program("p"));
  auto answer = guiju::Decision::create();
  REQUIRE(case_facts);
  REQUIRE(answer);
  REQUIRE(case_facts->read_json(kUnsaid));
  REQUIRE(answer->decide(*case_facts));
  REQUIRE(answer->documents().size() == 1);
  REQUIRE(answer->open_documents().size() == 1);
  CHECK(answer->open_documents()[0].name == "licence");
  CHECK(answer->open_documents()[0].needs[0].path == "sale.company");
  CHECK(answer->open_documents()[0].texts == std::vector<std::string_view>{"is it asked for?"});

  REQUIRE(case_facts->read_json(R"({"sale": {"on": "2025-05-01", "company": true, "price": 60}})"));
  REQUIRE(answer->decide(*case_facts));
  REQUIRE(answer->failures().size() == 1);
  REQUIRE(answer->failures()[0].compared.size() == 2);
  CHECK(answer->failures()[0].compared[0].reading == "yes");
  CHECK(answer->failures()[0].compared[1].reading == "no");
  CHECK(answer->open_documents().empty());
}
