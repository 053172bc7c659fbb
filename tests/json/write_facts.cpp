// Facts written and read again are the same facts, state by state.
#include "json/write_facts.hpp"

#include <doctest/doctest.h>

#include "json/read_facts.hpp"
#include "sample_plan.hpp"

using namespace guiju;
using run::FactState;

namespace {

struct Written {
  std::shared_ptr<const plan::Plan> plan = test::sample_plan();
  json::ProgramNames names{*plan, 0};
  run::Facts facts{plan, 0};

  run::FieldRef at(std::string_view path) { return facts.find(path); }
  [[nodiscard]] std::string text(const json::Replacements& replaced = {}) const {
    return json::canonical(json::write_facts(facts, names, replaced));
  }
  // What reading the text gives, written again.
  [[nodiscard]] std::string again() const {
    run::Facts read(plan, 0);
    const auto result = json::read_facts(read, names, text());
    CHECK(result.refused.empty());
    return json::canonical(json::write_facts(read, names));
  }
};

}  // namespace

TEST_CASE("every kind of fact, in the order of the names") {
  Written w;
  w.facts.set_day(w.at("purchase.date"), *parse_iso_date("2025-03-01"));
  w.facts.set_member(w.at("purchase.category"), std::string_view("电视"));
  w.facts.set_number(w.at("purchase.price"), 3999);
  w.facts.set_number(w.at("purchase.power"), 4500);
  w.facts.set_number(w.at("purchase.share"), *Rational::make(3, 20));
  w.facts.set_truth(w.at("buyer.adult"), false);
  w.facts.set_region(w.at("buyer.home"), *parse_region("630102"));
  w.facts.set_text(w.at("buyer.id"), "甲\"");
  w.facts.set_duration(w.at("buyer.waited"), 18);
  w.facts.set_duration(w.at("buyer.spell"), 30);
  w.facts.set_truth(w.at("old"), true);
  w.facts.set_document(w.at("documents.invoice"), run::document_refused);
  w.facts.begin_list(w.at("claims"), true);
  w.facts.begin_list(w.at("marks"), true);
  CHECK(w.text() ==
        R"({"buyer":{"adult":false,"home":"630102","id":"甲\"","spell":"30 days","waited":"18 months"},)"
        R"("claims":{"complete":true,"entries":[]},"documents":{"invoice":"refused"},)"
        R"("marks":{"complete":true,"entries":[]},"old":{},)"
        R"("purchase":{"category":"tv","date":"2025-03-01","power":"4.5 kW","price":"3999.00 yuan","share":"0.15"}})");
  CHECK(w.again() == w.text());
}

TEST_CASE("states") {
  Written w;
  CHECK(w.text() == "{}");
  CHECK(w.again() == "{}");
  w.facts.set_state(w.at("purchase.power"), FactState::absent);
  w.facts.set_state(w.at("buyer.id"), FactState::unknowable);
  w.facts.set_bad(w.at("purchase.price"), "dear");
  w.facts.set_bad(w.at("claims"), "many");
  w.facts.set_state(w.at("marks"), FactState::unknowable);
  CHECK(w.text() == R"({"buyer":{"id":{"state":"unknowable"}},"claims":{"got":"many","state":"bad"},)"
                    R"("marks":{"state":"unknowable"},)"
                    R"("purchase":{"power":null,"price":{"got":"dear","state":"bad"}}})");
  CHECK(w.again() == w.text());
}

TEST_CASE("an optional record may be there, not there, or neither told") {
  Written w;
  w.facts.set_state(w.at("old"), FactState::absent);
  CHECK(w.text() == R"({"old":null})");
  CHECK(w.again() == w.text());
  w.facts.set_state(w.at("old"), FactState::unknown);
  w.facts.set_day(w.at("old.scrapped"), 0);
  CHECK(w.text() == R"({"old":{"?":{"state":"unknown"},"scrapped":"1970-01-01"}})");
  CHECK(w.again() == w.text());
  w.facts.set_state(w.at("old.scrapped"), FactState::unknown);
  w.facts.set_state(w.at("old"), FactState::unknowable);
  CHECK(w.text() == R"({"old":{"?":{"state":"unknowable"}}})");
  CHECK(w.again() == w.text());
}

TEST_CASE("entries keep their order, lists of scalars too") {
  Written w;
  const auto claims = w.at("claims");
  w.facts.begin_list(claims, false);
  w.facts.add_entry(claims);
  w.facts.add_entry(claims);
  w.facts.set_member(w.facts.entry_field(claims, 1, std::string_view("category")), std::string_view("fridge"));
  w.facts.set_bad(w.facts.entry_field(claims, 0, std::string_view("on")), "soon");
  const auto marks = w.at("marks");
  w.facts.begin_list(marks, true);
  w.facts.add_entry(marks);
  w.facts.add_entry(marks);
  w.facts.set_number(w.facts.entry_field(marks, 1, plan::Index{0}), 7);
  CHECK(w.text() ==
        R"({"claims":{"complete":false,"entries":[{"on":{"got":"soon","state":"bad"}},{"category":"fridge"}]},)"
        R"("marks":{"complete":true,"entries":["?","7"]}})");
  CHECK(w.again() == w.text());
}

TEST_CASE("a text that would mean something else alone, and texts in place of others") {
  Written w;
  w.facts.set_text(w.at("buyer.id"), "?");
  CHECK(w.text() == R"({"buyer":{"id":{"value":"?"}}})");
  CHECK(w.again() == w.text());
  CHECK(w.text({{"?", "masked-1"}}) == R"({"buyer":{"id":"masked-1"}})");
}

TEST_CASE("a figure without a finite decimal in its unit") {
  const auto with_factor = [](const Rational& factor) {
    auto plan = std::make_shared<plan::Plan>(*test::sample_plan());
    plan->programs[0].layout.fields.push_back(test::number("field", "mu", factor, 1, 0, 1'000'000));
    return plan;
  };
  const auto plan = with_factor(*Rational::make(2000, 3));
  Written w;
  w.plan = plan;
  w.names = json::ProgramNames(*plan, 0);
  run::Facts facts(plan, 0);
  facts.set_number(facts.find("field"), 1000);
  const std::string text = json::canonical(json::write_facts(facts, w.names));
  CHECK(text == R"({"field":"1.5 mu"})");
  facts.set_number(facts.find("field"), 100);
  CHECK(json::canonical(json::write_facts(facts, w.names)) == R"({"field":"0.15 mu"})");
  const auto thirds = with_factor(3);
  run::Facts in_thirds(thirds, 0);
  in_thirds.set_number(in_thirds.find("field"), 100);
  CHECK(json::canonical(json::write_facts(in_thirds, w.names)) == R"({"field":"100/3 mu"})");
  run::Facts read(thirds, 0);
  CHECK(json::read_facts(read, w.names, R"({"field":"100/3 mu"})").clean());
  CHECK(read.value(read.find("field").field).c == 100);
}
