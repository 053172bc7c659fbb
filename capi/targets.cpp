// The rows of targets, and the days of a duty.
#include "items.hpp"
#include "outcomes.hpp"
#include "values.hpp"

namespace guiju::capi {
namespace {

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
    value.outcome = outcome_named(row.outcome);
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
    value.due = date_from(row.due);
    value.missing = text_out(item_at(d.missing, index));
    return value;
  });
}

gj_date gj_decision_deadline(const gj_decision* decision) {
  const explain::DutyText* duty = duty_of(decision);
  return duty == nullptr ? gj_date{0, 0, 0} : date_from(duty->deadline);
}

gj_date gj_decision_done_on(const gj_decision* decision) {
  const explain::DutyText* duty = duty_of(decision);
  return duty == nullptr ? gj_date{0, 0, 0} : date_from(duty->done_on);
}

}  // extern "C"
