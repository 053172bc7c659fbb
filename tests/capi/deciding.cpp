// Outcomes, amounts and reasons through the C interface.
#include <doctest/doctest.h>

#include <array>

#include "support.hpp"

using namespace guiju_test;

namespace {

struct Till {
  Compiled compiled = compile(kRules);
  Owned<gj_facts> facts;
  Owned<gj_decision> decision = new_decision();

  explicit Till(std::string_view name = "kettle") : facts(facts_of(program(compiled.rules.get(), name))) {}
  gj_outcome decide(std::string_view json) {
    gj_facts_reset(facts.get());
    (void)read(facts.get(), json);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    return gj_decision_outcome(decision.get());
  }
  [[nodiscard]] std::size_t count(gj_part_of_decision list) const { return gj_decision_count(decision.get(), list); }
};

}  // namespace

TEST_CASE("eligible: the amount, its parts, what is owed and on what condition") {
  Till t;
  REQUIRE(gj_decision_outcome(t.decision.get()) == GJ_UNDECIDED);
  CHECK(gj_decision_program(t.decision.get()) == nullptr);
  auto part = sized<gj_part>();
  CHECK(gj_decision_part(t.decision.get(), 0, &part) == GJ_E_STATE);

  REQUIRE(gj_decision_set_language(t.decision.get(), GJ_EN) == GJ_OK);
  REQUIRE(t.decide(kGoodFacts) == GJ_ELIGIBLE);
  CHECK(str(gj_decision_outcome_name(t.decision.get())) == "eligible");
  CHECK(str(gj_decision_version(t.decision.get())) == "y2025");
  CHECK(str(gj_decision_version_label(t.decision.get())) == "of 2025");
  CHECK(gj_decision_reference_date(t.decision.get()).month == 5);
  gj_decimal amount{};
  REQUIRE(gj_decision_amount(t.decision.get(), &amount) == GJ_OK);
  CHECK(amount.coefficient == 1999);
  CHECK(amount.scale == 2);
  CHECK(str(gj_decision_amount_text(t.decision.get())) == "19.99");
  REQUIRE(t.count(GJ_PARTS) == 2);
  REQUIRE(gj_decision_part(t.decision.get(), 0, &part) == GJ_OK);
  CHECK(str(part.name) == "base");
  CHECK(str(part.label) == "base");
  CHECK(part.is_known == 1);
  CHECK(part.least.coefficient == 1999);
  CHECK(str(part.amount) == "19.99");
  CHECK(gj_decision_part(t.decision.get(), 2, &part) == GJ_E_ARGUMENT);
  auto named = sized<gj_named>();
  REQUIRE(t.count(GJ_DOCUMENTS) == 1);
  REQUIRE(gj_decision_document(t.decision.get(), 0, &named) == GJ_OK);
  CHECK(str(named.label) == "identity card");
  REQUIRE(t.count(GJ_CONDITIONS) == 1);
  REQUIRE(gj_decision_condition(t.decision.get(), 0, &named) == GJ_OK);
  CHECK(str(named.name) == "funds");
  REQUIRE(gj_decision_payout(t.decision.get(), &named) == GJ_OK);
  CHECK(str(named.label) == "at the till");
  auto grade = sized<gj_grade>();
  CHECK(gj_decision_grade(t.decision.get(), &grade) == GJ_E_NOT_FOUND);
  CHECK(str(gj_decision_json(t.decision.get())).find("\"amount\": \"19.99\"") != std::string::npos);
}

TEST_CASE("ineligible: every requirement that fails, with id, text and citation") {
  Till t;
  REQUIRE(
      t.decide(
          R"({"purchase": {"date": "2025-05-01", "price": 100, "level": "fails", "gift": true}, "buyer_kind": "company",
                       "claims": {"complete": true, "entries": []}})") == GJ_INELIGIBLE);
  REQUIRE(t.count(GJ_FAILURES) == 2);
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failure(t.decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.name) == "consumer");
  CHECK(str(failure.text) == "只限个人");
  CHECK(failure.id != 0);
  REQUIRE(failure.citation_count >= 1);
  auto citation = sized<gj_citation>();
  REQUIRE(gj_decision_citation(t.decision.get(), 0, 0, &citation) == GJ_OK);
  CHECK(str(citation.title) == "某县商务局〔2025〕1号");
  CHECK(str(citation.articles) == "第三条");
  CHECK(gj_decision_citation(t.decision.get(), 0, 99, &citation) == GJ_E_ARGUMENT);
  const std::uint32_t id = failure.id;
  REQUIRE(gj_decision_failure(t.decision.get(), 1, &failure) == GJ_OK);
  CHECK(str(failure.name) == "level");
  CHECK(failure.id != id);
  for (const gj_language language : {GJ_ZH, GJ_SILENT}) {
    REQUIRE(gj_decision_set_language(t.decision.get(), language) == GJ_OK);
    REQUIRE(gj_decide(t.facts.get(), t.decision.get(), nullptr) == GJ_OK);
    std::array<std::uint32_t, 3> ids{};
    CHECK(gj_decision_failed_ids(t.decision.get(), ids.data(), 1) == 2);
    CHECK(ids == std::array<std::uint32_t, 3>{id, 0, 0});
    CHECK(gj_decision_failed_ids(t.decision.get(), ids.data(), ids.size()) == 2);
    CHECK(ids == std::array<std::uint32_t, 3>{id, failure.id, 0});
    CHECK(gj_decision_failed_ids(t.decision.get(), nullptr, 0) == 2);
  }
  CHECK(gj_decision_failed_ids(nullptr, nullptr, 0) == 0);
  REQUIRE(gj_decision_set_language(t.decision.get(), GJ_ZH) == GJ_OK);

  // The same when the rules are compiled again, with a comment and another requirement before it.
  std::string changed(kRules);
  changed.insert(changed.find("    require consumer"), "    // new\n    require other: purchase.price > 0 yuan\n");
  const auto again = compile(changed);
  REQUIRE(again.status == GJ_OK);
  const auto facts = facts_of(program(again.rules.get(), "kettle"));
  (void)read(facts.get(), R"({"purchase": {"date": "2025-05-01", "price": 100}, "buyer_kind": "company"})");
  REQUIRE(gj_decide(facts.get(), t.decision.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_failure(t.decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.name) == "consumer");
  CHECK(failure.id == id);
}

TEST_CASE("undetermined: what is needed, and between what the amount lies") {
  Till t;
  REQUIRE(t.decide(R"({"purchase": {"date": "2025-05-01", "price": 400, "level": "level1"}, "buyer_kind": "individual",
                       "claims": {"complete": true, "entries": []}})") == GJ_UNDETERMINED);
  REQUIRE(t.count(GJ_NEEDS) == 1);
  auto need = sized<gj_need>();
  REQUIRE(gj_decision_need(t.decision.get(), 0, &need) == GJ_OK);
  CHECK(str(need.path) == "purchase.gift");
  gj_decimal amount{}, least{}, most{};
  std::int32_t unbounded = 9;
  CHECK(gj_decision_amount(t.decision.get(), &amount) == GJ_E_NOT_FOUND);
  REQUIRE(gj_decision_amount_between(t.decision.get(), &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 4000);
  CHECK(most.coefficient == 6000);
  CHECK(unbounded == 0);
  CHECK(gj_decision_amount_between(t.decision.get(), nullptr, nullptr, nullptr) == GJ_OK);
}

TEST_CASE("not in force: the nearest version") {
  Till t;
  REQUIRE(t.decide(R"({"purchase": {"date": "2026-02-01"}})") == GJ_NOT_IN_FORCE);
  auto nearest = sized<gj_version_info>();
  REQUIRE(gj_decision_nearest_version(t.decision.get(), &nearest) == GJ_OK);
  CHECK(str(nearest.name) == "y2025");
  CHECK(nearest.to.day == 31);
  CHECK(str(gj_decision_version(t.decision.get())) == "");
}

TEST_CASE("invalid: bad facts, unknown keys, text that is no JSON") {
  Till t;
  auto bad = sized<gj_bad_fact>();
  REQUIRE(t.decide(R"({"purchase": {"date": "2025-05-01", "price": -1}})") == GJ_INVALID);
  REQUIRE(t.count(GJ_BAD_FACTS) == 1);
  REQUIRE(gj_decision_bad_fact(t.decision.get(), 0, &bad) == GJ_OK);
  CHECK(str(bad.path) == "purchase.price");
  CHECK(str(bad.got) == "-1");
  CHECK(bad.allowed.size > 0);
  REQUIRE(t.decide(R"({"purchase": {"prise": 1}})") == GJ_INVALID);
  REQUIRE(gj_decision_bad_fact(t.decision.get(), 0, &bad) == GJ_OK);
  CHECK(str(bad.path) == "purchase.prise");
  REQUIRE(t.decide("{") == GJ_INVALID);
  CHECK(t.count(GJ_BAD_FACTS) == 1);
  REQUIRE(t.decide(kGoodFacts) == GJ_ELIGIBLE);  // after a reset all is well again
  CHECK(t.count(GJ_BAD_FACTS) == 0);
}

TEST_CASE("a decision in brief") {
  Till t;
  for (const gj_language language : {GJ_SILENT, GJ_ZH, GJ_EN}) {
    REQUIRE(gj_decision_set_language(t.decision.get(), language) == GJ_OK);
    const auto brief = [&](std::string_view facts) {
      t.decide(facts);
      return str(gj_decision_brief_json(t.decision.get()));
    };
    CHECK(brief(kGoodFacts) ==
          R"({"outcome":"eligible","program":"kettle","version":"y2025","amount_kind":"payment","amount":"19.99",)"
          R"("least":"19.99","most":"19.99","failed":[],"needs":[],"stuck_on":[],"referred":[]})");
    CHECK(brief(R"({"purchase": {"date": "2025-05-01"}, "buyer_kind": "company"})").find(R"("outcome":"ineligible")") !=
          std::string::npos);
    CHECK(str(gj_decision_brief_json(t.decision.get())).find(R"("amount_kind":null,"amount":null)") !=
          std::string::npos);
    CHECK(str(gj_decision_brief_json(t.decision.get())).find(R"("failed":["consumer")") != std::string::npos);
    CHECK(brief(R"({"purchase": {"prise": 1}})") ==
          R"({"outcome":"invalid","program":"kettle","invalid":["purchase.prise"]})");
  }
  CHECK(str(gj_decision_brief_json(nullptr)) == "");
}

TEST_CASE("silent decisions have figures, names and ids") {
  Till t;
  REQUIRE(gj_decision_set_language(t.decision.get(), GJ_SILENT) == GJ_OK);
  REQUIRE(t.decide(kGoodFacts) == GJ_ELIGIBLE);
  gj_decimal amount{};
  CHECK(gj_decision_amount(t.decision.get(), &amount) == GJ_OK);
  CHECK(amount.coefficient == 1999);
  CHECK(str(gj_decision_amount_text(t.decision.get())) == "");
  CHECK(str(gj_decision_json(t.decision.get())) == "");
  REQUIRE(t.decide(R"({"purchase": {"date": "2025-05-01"}, "buyer_kind": "company"})") == GJ_INELIGIBLE);
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failure(t.decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.name) == "consumer");
  CHECK(failure.id != 0);
  CHECK(gj_decision_set_language(t.decision.get(), 3) == GJ_E_ARGUMENT);
}

TEST_CASE("the host's day is held against days of verification") {
  Till t;
  REQUIRE(t.decide(kGoodFacts) == GJ_ELIGIBLE);
  CHECK(t.count(GJ_WARNINGS) == 0);
  REQUIRE(gj_decision_set_as_at(t.decision.get(), {2025, 7, 1}) == GJ_OK);
  REQUIRE(t.decide(kGoodFacts) == GJ_ELIGIBLE);
  REQUIRE(t.count(GJ_WARNINGS) == 1);
  auto warning = sized<gj_warning>();
  REQUIRE(gj_decision_warning(t.decision.get(), 0, &warning) == GJ_OK);
  CHECK(str(warning.kind) == "verification_expired");
  CHECK(gj_decision_set_as_at(t.decision.get(), {2025, 2, 30}) == GJ_E_ARGUMENT);
  REQUIRE(gj_decision_set_as_at(t.decision.get(), {0, 0, 0}) == GJ_OK);
  REQUIRE(t.decide(kGoodFacts) == GJ_ELIGIBLE);
  CHECK(t.count(GJ_WARNINGS) == 0);
}

TEST_CASE("grades by a standard") {
  Till t("lamp");
  REQUIRE(t.decide(R"({"lumen": 60, "made_on": "2024-01-01"})") == GJ_GRADED);
  auto grade = sized<gj_grade>();
  REQUIRE(gj_decision_grade(t.decision.get(), &grade) == GJ_OK);
  CHECK(str(grade.name) == "level2");
  CHECK(str(grade.label) == "2级");
  CHECK(str(gj_decision_version(t.decision.get())) == "e1");
  REQUIRE(t.decide(R"({"made_on": "2024-01-01"})") == GJ_UNDETERMINED);
  CHECK(t.count(GJ_NEEDS) == 1);
  CHECK(t.count(GJ_POSSIBLE_GRADES) == 3);
  REQUIRE(t.decide(R"({"lumen": "x", "made_on": "2024-01-01"})") == GJ_INVALID);
  gj_decimal amount{};
  CHECK(gj_decision_amount(t.decision.get(), &amount) == GJ_E_NOT_FOUND);
}

TEST_CASE("NULL everywhere is answered, not followed") {
  CHECK(gj_decide(nullptr, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decision_outcome(nullptr) == GJ_UNDECIDED);
  CHECK(gj_decision_amount(nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decision_count(nullptr, GJ_PARTS) == 0);
  CHECK(str(gj_decision_json(nullptr)) == "");
  CHECK(str(gj_decision_version(nullptr)) == "");
  CHECK(gj_decision_part(nullptr, 0, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decision_new(nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_rulebook_program_count(nullptr) == 0);
  CHECK(gj_program_field(nullptr, 0) == nullptr);
  CHECK(gj_field_element(nullptr, 0) == nullptr);
  CHECK(gj_diagnostics_count(nullptr) == 0);
  CHECK(gj_error_status(nullptr) == GJ_OK);
  gj_rulebook_release(nullptr);
  gj_facts_delete(nullptr);
  gj_facts_reset(nullptr);
  gj_decision_delete(nullptr);
  gj_diagnostics_delete(nullptr);
  gj_error_delete(nullptr);
}
