// Duties and targets through the C interface and the C++ one.
#include <doctest/doctest.h>

#include <guiju/guiju.hpp>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kPlanRules = R"(
duty annual "年度报告" / en "annual report" {
  bearer "部门"
  given handed_in: optional date, on: date
  in force by on
  version v from 2024-01-01 {
    cite "甲" "六"
    must hand_in: yes otherwise "每年报告" / en "a report every year"
    deadline end_of_year(on)
    done when handed_in
  }
}
targets plan "目标表" {
  cite "甲" "目标"
  counted from 2024-01-01
  | target | indicator | kind | reach | due |
  | buses | "公交车" | total | >= 1320 | 2027-12-31 |
  | tools | "普及率" | level | > 72% | 2027-12-31 |
}
)";

}  // namespace

TEST_CASE("a duty is owed, overdue or met, and asks for the host's day") {
  const Compiled compiled = compile(kPlanRules);
  REQUIRE(compiled.rules != nullptr);
  const gj_program* duty = program(compiled.rules.get(), "annual");
  auto info = sized<gj_program_info>();
  REQUIRE(gj_program_describe(duty, GJ_ZH, &info) == GJ_OK);
  CHECK(info.kind == GJ_DUTY);
  CHECK(info.field_count == 2);
  const auto facts = facts_of(duty);
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"on": "2025-05-01", "handed_in": null})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_UNDETERMINED);
  auto need = sized<gj_need>();
  REQUIRE(gj_decision_need(decision.get(), 0, &need) == GJ_OK);
  CHECK(str(need.path) == "as at");
  REQUIRE(gj_decision_set_as_at(decision.get(), {2026, 1, 1}) == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_DUTY_OVERDUE);
  CHECK(str(gj_decision_outcome_name(decision.get())) == "overdue");
  CHECK(gj_decision_deadline(decision.get()).month == 12);
  CHECK(gj_decision_done_on(decision.get()).year == 0);
  REQUIRE(gj_decision_count(decision.get(), GJ_FAILURES) == 1);
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failure(decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.kind) == "must");
  CHECK(str(failure.text_en) == "a report every year");
  CHECK(str(gj_decision_json(decision.get())).find(R"("obligations")") != std::string::npos);
  gj_top_up top_up = sized<gj_top_up>();
  const auto later = new_decision();
  CHECK(gj_decide_top_up(facts.get(), {2024, 1, 1}, {2024, 2, 1}, decision.get(), later.get(), &top_up, nullptr) ==
        GJ_E_ARGUMENT);
}

TEST_CASE("the receipt of a duty is written, read and verified, and has no top-up") {
  const Compiled compiled = compile(kPlanRules);
  REQUIRE(compiled.rules != nullptr);
  const auto facts = facts_of(program(compiled.rules.get(), "annual"));
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"on": "2025-05-01", "handed_in": "2026-01-02"})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_DUTY_LATE);
  gj_text text{};
  REQUIRE(gj_decision_receipt(decision.get(), facts.get(), nullptr, &text, nullptr) == GJ_OK);
  const std::string written = str(text);
  CHECK(written.find(R"("deadline":"2025-12-31","done_on":"2026-01-02")") != std::string::npos);
  CHECK(written.find(R"("kind":"must")") != std::string::npos);
  gj_receipt* made = nullptr;
  REQUIRE(gj_receipt_read(written.data(), written.size(), &made, nullptr) == GJ_OK);
  const Owned<gj_receipt> receipt(made);
  auto info = sized<gj_receipt_info>();
  REQUIRE(gj_receipt_describe(receipt.get(), &info) == GJ_OK);
  CHECK(str(info.outcome) == "late");
  CHECK(gj_receipt_verify(receipt.get(), compiled.rules.get(), nullptr, nullptr) == GJ_OK);
  auto top_up = sized<gj_top_up>();
  CHECK(gj_receipt_top_up(receipt.get(), compiled.rules.get(), {2026, 2, 1}, &top_up, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("the trace of a duty is made, and no change of facts is looked for") {
  const Compiled compiled = compile(kPlanRules);
  REQUIRE(compiled.rules != nullptr);
  const auto facts = facts_of(program(compiled.rules.get(), "annual"));
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"on": "2025-05-01", "handed_in": "2025-01-02"})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  REQUIRE(gj_decision_make_trace(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_count(decision.get(), GJ_TRACE) > 0);
  REQUIRE(gj_decision_find_remedies(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_count(decision.get(), GJ_REMEDIES) == 0);
}

TEST_CASE("targets have no receipt, no trace and no remedies, as the command says") {
  const Compiled compiled = compile(kPlanRules);
  REQUIRE(compiled.rules != nullptr);
  const auto facts = facts_of(program(compiled.rules.get(), "plan"));
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"observed": {"complete": true, "entries": []}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  gj_text text{};
  gj_error* error = nullptr;
  CHECK(gj_decision_receipt(decision.get(), facts.get(), nullptr, &text, &error) == GJ_E_ARGUMENT);
  const Owned<gj_error> why(error);
  CHECK(str(gj_error_message(why.get(), GJ_EN)) == "targets have no receipt, no trace and no remedies");
  CHECK(gj_decision_make_trace(facts.get(), decision.get(), nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decision_find_remedies(facts.get(), decision.get(), nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("targets row by row") {
  const Compiled compiled = compile(kPlanRules);
  REQUIRE(compiled.rules != nullptr);
  const gj_program* plan = program(compiled.rules.get(), "plan");
  auto info = sized<gj_program_info>();
  REQUIRE(gj_program_describe(plan, GJ_ZH, &info) == GJ_OK);
  CHECK(info.kind == GJ_TARGET_TABLE);
  const auto facts = facts_of(plan);
  const auto decision = new_decision();
  REQUIRE(gj_decision_set_as_at(decision.get(), {2025, 12, 31}) == GJ_OK);
  REQUIRE(read(facts.get(), R"({"observed": {"complete": true, "entries": [
      {"target": "buses", "on": "2025-12-31", "value": 600, "item": null},
      {"target": "tools", "on": "2025-12-31", "value": "72.5%", "item": null}]}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_TARGET_OPEN);
  REQUIRE(gj_decision_count(decision.get(), GJ_TARGETS) == 2);
  auto row = sized<gj_target>();
  REQUIRE(gj_decision_target(decision.get(), 0, &row) == GJ_OK);
  CHECK(row.outcome == GJ_TARGET_OPEN);
  CHECK(str(row.name) == "buses");
  CHECK(str(row.pace) == "behind");
  CHECK(str(row.to_go) == "720");
  CHECK(str(row.expected_by_now) == "660");
  CHECK(row.due.year == 2027);
  REQUIRE(gj_decision_target(decision.get(), 1, &row) == GJ_OK);
  CHECK(row.outcome == GJ_TARGET_ATTAINED);
  CHECK(str(row.figure) == "72.5%");
  CHECK(gj_decision_target(decision.get(), 2, &row) == GJ_E_ARGUMENT);
  CHECK(str(gj_decision_json(decision.get())).find(R"("pace": "behind")") != std::string::npos);
  // A plain number is no percentage.
  gj_facts_reset(facts.get());
  REQUIRE(read(facts.get(), R"({"observed": {"complete": true, "entries": [
      {"target": "tools", "on": "2025-12-31", "value": 72.5, "item": null}]}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_outcome(decision.get()) == GJ_INVALID);
}

TEST_CASE("the same from C++") {
  const Compiled compiled = compile(kPlanRules);
  REQUIRE(compiled.rules != nullptr);
  const guiju::Program duty(program(compiled.rules.get(), "annual"));
  CHECK(duty.info().kind == guiju::ProgramKind::duty);
  const guiju::Program plan(program(compiled.rules.get(), "plan"));
  auto facts = guiju::Facts::of(plan);
  auto decision = guiju::Decision::create();
  REQUIRE(facts);
  REQUIRE(decision);
  REQUIRE(decision->set_as_at(guiju::Date{2028, 1, 1}));
  REQUIRE(facts->read_json(R"({"observed": {"complete": true, "entries": []}})"));
  REQUIRE(decision->decide(*facts));
  CHECK(decision->outcome() == guiju::Outcome::missed);
  REQUIRE(decision->targets().size() == 2);
  CHECK(decision->targets()[0].outcome == guiju::Outcome::missed);
  CHECK(decision->targets()[0].figure == "0");
  CHECK(decision->targets()[1].outcome == guiju::Outcome::undetermined);
  CHECK(decision->targets()[1].missing == "截至2027年12月31日的数值");
}
