// Rules as known on a day, suspensions and top-ups, through the C interface and the C++ one.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <guiju/guiju.hpp>
#include <vector>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kTwoNotices = R"(
record Purchase { date: date  complete: bool }
program raised "提标" {
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
    require complete: purchase.complete
    amount = 20000 yuan
  }
}
standard lamp "灯" {
  given made_on: date
  in force by made_on
  edition e1 from 2020-01-01 { cite "GB 1"  comply made_on after 2020-01-31 }
}
)";

struct Office {
  Compiled compiled = compile(kTwoNotices);
  Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "raised"));
  Owned<gj_decision> decision = new_decision();
  Owned<gj_decision> later = new_decision();

  gj_outcome decide(std::string_view json) {
    gj_facts_reset(facts.get());
    (void)read(facts.get(), json);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    return gj_decision_outcome(decision.get());
  }
  gj_top_up top_up(std::string_view json, gj_date from = {2024, 6, 30}, gj_date to = {2024, 9, 30}) {
    gj_facts_reset(facts.get());
    (void)read(facts.get(), json);
    auto out = sized<gj_top_up>();
    REQUIRE(gj_decide_top_up(facts.get(), from, to, decision.get(), later.get(), &out, nullptr) == GJ_OK);
    return out;
  }
};

constexpr std::string_view kJune = R"({"purchase": {"date": "2024-06-01", "complete": true}})";

}  // namespace

TEST_CASE("the rules as they were known on a day") {
  Office o;
  REQUIRE(o.decide(kJune) == GJ_ELIGIBLE);
  CHECK(str(gj_decision_version(o.decision.get())) == "second");
  REQUIRE(gj_decision_set_known_on(o.decision.get(), {2024, 6, 30}) == GJ_OK);
  REQUIRE(o.decide(kJune) == GJ_ELIGIBLE);
  CHECK(str(gj_decision_version(o.decision.get())) == "first");
  CHECK(str(gj_decision_json(o.decision.get())).find(R"("known_on": "2024-06-30")") != std::string::npos);
  CHECK(gj_decision_set_known_on(o.decision.get(), {2024, 2, 30}) == GJ_E_ARGUMENT);
  CHECK(gj_decision_set_known_on(nullptr, {2024, 2, 3}) == GJ_E_ARGUMENT);
  REQUIRE(gj_decision_set_known_on(o.decision.get(), {0, 0, 0}) == GJ_OK);
  REQUIRE(o.decide(kJune) == GJ_ELIGIBLE);
  CHECK(str(gj_decision_version(o.decision.get())) == "second");
  CHECK(str(gj_decision_json(o.decision.get())).find(R"("known_on": null)") != std::string::npos);
}

TEST_CASE("a suspension says from when to when, and why") {
  Office o;
  constexpr std::string_view july = R"({"purchase": {"date": "2024-07-31", "complete": true}})";
  auto days = sized<gj_suspension>();
  REQUIRE(o.decide(july) == GJ_ELIGIBLE);
  CHECK(gj_decision_suspension(o.decision.get(), &days) == GJ_E_NOT_FOUND);
  REQUIRE(gj_decision_set_known_on(o.decision.get(), {2024, 7, 31}) == GJ_OK);
  REQUIRE(gj_decision_set_language(o.decision.get(), GJ_EN) == GJ_OK);
  REQUIRE(o.decide(july) == GJ_NOT_IN_FORCE);
  REQUIRE(gj_decision_suspension(o.decision.get(), &days) == GJ_OK);
  CHECK(str(days.text) == "the system is renewed");
  CHECK(days.from.month == 7);
  CHECK(days.from.day == 1);
  CHECK(days.to.day == 31);
  CHECK(str(gj_decision_json(o.decision.get())).find(R"("from": "2024-07-01")") != std::string::npos);
}

TEST_CASE("what a later notice adds") {
  Office o;
  const gj_top_up raise = o.top_up(kJune);
  CHECK(raise.outcome == GJ_ELIGIBLE);
  CHECK(raise.has_amount == 1);
  CHECK(raise.least.coefficient == 1000000);
  CHECK(raise.least.scale == 2);
  CHECK(raise.most.coefficient == 1000000);
  CHECK(str(gj_decision_version(o.decision.get())) == "first");
  CHECK(str(gj_decision_version(o.later.get())) == "second");

  const gj_top_up refused = o.top_up(R"({"purchase": {"date": "2024-06-01", "complete": false}})");
  CHECK(refused.outcome == GJ_INELIGIBLE);
  CHECK(refused.has_amount == 0);
  const gj_top_up open = o.top_up(R"({"purchase": {"date": "2024-06-01"}})");
  CHECK(open.outcome == GJ_UNDETERMINED);
  CHECK(open.least.coefficient == 1000000);
  CHECK(o.top_up(kJune, {2024, 1, 1}).least.coefficient == 2000000);
  CHECK(o.top_up(kJune, {2024, 9, 1}).most.coefficient == 0);
  CHECK(o.top_up(R"({"purchase": 5})").outcome == GJ_INVALID);
}

TEST_CASE("what a top-up cannot be asked of") {
  Office o;
  auto out = sized<gj_top_up>();
  gj_facts* facts = o.facts.get();
  gj_decision* one = o.decision.get();
  gj_decision* two = o.later.get();
  CHECK(gj_decide_top_up(facts, {2024, 6, 30}, {2024, 6, 30}, one, two, &out, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_top_up(facts, {2024, 6, 31}, {2024, 9, 30}, one, two, &out, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_top_up(facts, {2024, 6, 30}, {2024, 9, 30}, one, one, &out, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_top_up(nullptr, {2024, 6, 30}, {2024, 9, 30}, one, two, &out, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_top_up(facts, {2024, 6, 30}, {2024, 9, 30}, one, two, nullptr, nullptr) == GJ_E_ARGUMENT);
  const auto lamp = facts_of(program(o.compiled.rules.get(), "lamp"));
  CHECK(gj_decide_top_up(lamp.get(), {2024, 6, 30}, {2024, 9, 30}, one, two, &out, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("the same in C++") {
  auto compiled = guiju::Rulebook::from_text("rules.gj", kTwoNotices);
  REQUIRE(compiled);
  REQUIRE(*compiled);
  auto facts = guiju::Facts::of(compiled->rulebook->find_program("raised"));
  REQUIRE(facts);
  auto before = guiju::Decision::create();
  auto after = guiju::Decision::create();
  REQUIRE(before);
  REQUIRE(after);
  REQUIRE(facts->read_json(kJune));
  const auto raise = guiju::decide_top_up(*facts, {2024, 6, 30}, {2024, 9, 30}, *before, *after);
  REQUIRE(raise);
  CHECK(raise->outcome == guiju::Outcome::eligible);
  REQUIRE(raise->amount);
  CHECK(raise->amount->least.coefficient == 1000000);
  CHECK(before->version() == "first");
  CHECK(after->version() == "second");
  CHECK_FALSE(guiju::decide_top_up(*facts, {2024, 9, 30}, {2024, 6, 30}, *before, *after));

  REQUIRE(facts->read_json(R"({"purchase": {"date": "2024-07-01", "complete": true}})"));
  CHECK(before->set_known_on(guiju::Date{2024, 7, 31}));
  CHECK_FALSE(before->set_known_on(guiju::Date{2024, 7, 32}));
  REQUIRE(before->decide(*facts));
  CHECK(before->outcome() == guiju::Outcome::not_in_force);
  REQUIRE(before->suspension());
  CHECK(before->suspension()->to == guiju::Date{2024, 7, 31});
  CHECK(before->set_known_on(std::nullopt));
  REQUIRE(before->decide(*facts));
  CHECK_FALSE(before->suspension());
}

TEST_CASE("columns read the rules as they were known on a day") {
  Office o;
  const gj_program* const raised = program(o.compiled.rules.get(), "raised");
  std::vector<gj_column> columns(2, sized<gj_column>());
  columns[0].field = field(raised, "purchase.date");
  columns[0].element = GJ_INT32;
  columns[1].field = field(raised, "purchase.complete");
  columns[1].element = GJ_INT8;
  auto widths = sized<gj_answer_widths>();
  widths.version = 1;
  widths.amount = 4;
  gj_columns* prepared = nullptr;
  REQUIRE(gj_columns_new(raised, columns.data(), columns.size(), &widths, &prepared, nullptr) == GJ_OK);

  const std::array<std::int32_t, 3> dates{19875, 19906, 19875};  // 1 June, 2 July, 1 June 2024
  const std::array<std::int8_t, 3> complete{1, 1, 0};
  const std::array<gj_column_rows, 2> rows{gj_column_rows{dates.data(), nullptr, nullptr},
                                           gj_column_rows{complete.data(), nullptr, nullptr}};
  std::array<std::int8_t, 3> outcomes{}, versions{};
  std::array<std::int32_t, 3> amounts{};
  auto answers = sized<gj_answer_rows>();
  answers.outcomes = outcomes.data();
  answers.versions = versions.data();
  answers.amounts = amounts.data();
  const auto decide = [&] { REQUIRE(gj_decide_columns(prepared, rows.data(), 3, &answers, nullptr) == GJ_OK); };
  decide();
  CHECK(amounts == std::array<std::int32_t, 3>{2'000'000, 2'000'000, 0});
  CHECK(versions == std::array<std::int8_t, 3>{1, 1, 1});
  CHECK(int{outcomes[2]} == GJ_INELIGIBLE);
  REQUIRE(gj_columns_set_known_on(prepared, {2024, 6, 30}) == GJ_OK);
  decide();
  CHECK(amounts == std::array<std::int32_t, 3>{1'000'000, 0, 1'000'000});
  CHECK(versions == std::array<std::int8_t, 3>{0, -1, 0});
  CHECK(int{outcomes[1]} == GJ_NOT_IN_FORCE);
  CHECK(gj_columns_set_known_on(prepared, {2024, 2, 30}) == GJ_E_ARGUMENT);
  CHECK(gj_columns_set_known_on(nullptr, {2024, 2, 3}) == GJ_E_ARGUMENT);
  REQUIRE(gj_columns_set_known_on(prepared, {0, 0, 0}) == GJ_OK);
  decide();
  CHECK(versions == std::array<std::int8_t, 3>{1, 1, 1});
  gj_columns_delete(prepared);
}

TEST_CASE("columns as known on a day, in C++") {
  auto compiled = guiju::Rulebook::from_text("rules.gj", kTwoNotices);
  REQUIRE(compiled);
  const guiju::Program raised = compiled->rulebook->find_program("raised");
  const std::vector<guiju::Column> columns{{raised.find_field("purchase.date"), guiju::Element::int32},
                                           {raised.find_field("purchase.complete"), guiju::Element::int8}};
  auto prepared = guiju::Columns::of(raised, columns, {1, 0, 0});
  REQUIRE(prepared);
  const std::int32_t date = 19875;  // 1 June 2024
  const std::int8_t complete = 1;
  const std::array<guiju::ColumnRows, 2> rows{guiju::ColumnRows{&date}, guiju::ColumnRows{&complete}};
  std::int8_t version = 9;
  guiju::AnswerRows answers;
  answers.versions = &version;
  REQUIRE(prepared->decide(rows, 1, answers));
  CHECK(int{version} == 1);
  CHECK(prepared->set_known_on(guiju::Date{2024, 6, 30}) == guiju::Status::ok);
  REQUIRE(prepared->decide(rows, 1, answers));
  CHECK(int{version} == 0);
  CHECK(prepared->set_known_on(std::nullopt) == guiju::Status::ok);
  REQUIRE(prepared->decide(rows, 1, answers));
  CHECK(int{version} == 1);
}
