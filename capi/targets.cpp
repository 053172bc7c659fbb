// The rows of targets, and the days of a duty.
#include "items.hpp"
#include "values/calendar.hpp"

namespace guiju::capi {
namespace {

gj_date day_from(const std::string& iso) {
  const auto day = parse_iso_date(iso);
  if (!day) return {0, 0, 0};
  const CivilDate date = to_civil(*day);
  return {date.year, date.month, date.day};
}

gj_outcome outcome_of(const std::string& name) {
  constexpr std::pair<std::string_view, gj_outcome> kOutcomes[] = {
      {"attained", GJ_TARGET_ATTAINED},  {"open", GJ_TARGET_OPEN},  {"missed", GJ_TARGET_MISSED},
      {"undetermined", GJ_UNDETERMINED}, {"referred", GJ_REFERRED}, {"invalid", GJ_INVALID}};
  for (const auto& [word, outcome] : kOutcomes) {
    if (word == name) return outcome;
  }
  return GJ_INVALID;
}

const explain::DutyText* duty_of(const gj_decision* decision) {
  const bool decided = decision != nullptr && decision->program != nullptr && decision->words.duty;
  return decided ? &*decision->words.duty : nullptr;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_decision_target(const gj_decision* decision, size_t index, gj_target* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::TargetText& row = item_at(d.targets.rows, index);
    gj_target value{};
    value.outcome = outcome_of(row.outcome);
    value.name = text_out(row.name);
    value.indicator = text_out(row.indicator);
    value.kind = text_out(row.kind);
    value.pace = text_out(row.pace);
    value.figure = text_out(row.figure.exact);
    value.relation = text_out(row.relation);
    value.reach = text_out(row.reach.exact);
    value.baseline = text_out(row.baseline.exact);
    value.to_go = text_out(row.to_go.exact);
    value.expected_by_now = text_out(row.expected.exact);
    value.ahead_by = text_out(row.ahead.exact);
    value.due = day_from(row.due);
    return value;
  });
}

gj_date gj_decision_deadline(const gj_decision* decision) {
  const explain::DutyText* duty = duty_of(decision);
  return duty == nullptr ? gj_date{0, 0, 0} : day_from(duty->deadline);
}

gj_date gj_decision_done_on(const gj_decision* decision) {
  const explain::DutyText* duty = duty_of(decision);
  return duty == nullptr ? gj_date{0, 0, 0} : day_from(duty->done_on);
}

}  // extern "C"
