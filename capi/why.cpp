// Why a decision is as it is: the values compared, what caps and roundings took, every step, and what would make it
// eligible.
#include "deciding.hpp"
#include "explain/remedies.hpp"
#include "explain/trace.hpp"
#include "items.hpp"

namespace guiju::capi {
namespace {

const std::vector<explain::TraceLine>& trace_of(const gj_decision& d) {
  const auto& trace = d.is_grade ? d.grade.trace : d.words.trace;
  if (!trace) throw Failure{GJ_E_STATE, "尚未列出过程", "gj_decision_make_trace was not called"};
  return trace->lines;
}
const std::vector<explain::RemedyText>& remedies_of(const gj_decision& d) {
  if (!d.words.would_make_eligible)
    throw Failure{GJ_E_STATE, "尚未查找补救办法", "gj_decision_find_remedies was not called"};
  return d.words.would_make_eligible->list;
}

// The decision must be one on a case of the same programme.
gj_decision& decided_on(const gj_facts& facts, gj_decision* decision) {
  gj_decision& found = require(decision, "decision");
  if (found.program == nullptr) throw Failure{GJ_E_STATE, "还没有作出决定", "nothing was decided yet"};
  if (found.program != facts.program)
    throw Failure{GJ_E_ARGUMENT, "事实不属于所判定的项目", "the facts are not of the programme that was decided"};
  expect_unchanged(facts, found);
  return found;
}

// What was decided, with its reasons evaluated. These are the facts that were decided, but where a row was: then they
// are decided first.
const run::Decision& with_reasons(const run::Facts& facts, gj_decision& decision) {
  const bool is_of_row = decision.decided_on.facts == nullptr;
  if (is_of_row) run::decide(facts, decision.decided.get().options, decision.again);
  run::Decision& decided = is_of_row ? decision.again : decision.decided.get();
  run::evaluate_reasons(facts, decided);
  return decided;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_decision_compared(const gj_decision* decision, size_t failure, size_t index, gj_compared* out) {
  return give(decision, out, [&](const gj_decision& d) {
    return compared_out(item_at(item_at(d.words.failed, failure).compared, index));
  });
}

gj_status gj_decision_adjustment(const gj_decision* decision, size_t index, gj_adjustment* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::Adjustment& a = item_at(d.words.adjustments, index);
    gj_adjustment value{};
    value.kind = text_out(a.kind);
    value.part = text_out(a.part);
    value.written = text_out(a.written);
    value.bound = text_out(a.bound);
    value.before = text_out(a.before);
    value.after = text_out(a.after);
    value.change = text_out(a.change);
    value.taken_count = a.by_part.size();
    return value;
  });
}

gj_status gj_decision_taken(const gj_decision* decision, size_t adjustment, size_t index, gj_taken* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const auto& taken = item_at(item_at(d.words.adjustments, adjustment).by_part, index);
    gj_taken value{};
    value.part = text_out(taken.part);
    value.change = text_out(taken.change);
    return value;
  });
}

gj_status gj_decision_make_trace(const gj_facts* facts, gj_decision* decision, gj_error** error) {
  return guarded(error, [&] {
    const gj_facts& from = require(facts, "facts");
    gj_decision& into = decided_on(from, decision);
    refuse_targets(into);
    explain::Trace trace;
    if (!into.refused) trace = explain::trace(from.facts, with_reasons(from.facts, into), into.language == GJ_EN);
    into.plain = false;
    (into.is_grade ? into.grade.trace : into.words.trace) = std::move(trace);
    into.json.clear();
    return gj_status{GJ_OK};
  });
}

gj_status gj_decision_trace_line(const gj_decision* decision, size_t index, gj_trace_line* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::TraceLine& line = item_at(trace_of(d), index);
    gj_trace_line value{};
    value.depth = line.depth;
    value.kind = text_out(line.kind);
    value.name = text_out(line.name);
    value.label = text_out(line.label);
    value.written = text_out(line.written);
    value.value = text_out(line.value);
    value.state = text_out(line.state);
    value.compared_count = line.compared.size();
    return value;
  });
}

gj_status gj_decision_trace_compared(const gj_decision* decision, size_t line, size_t index, gj_compared* out) {
  return give(decision, out,
              [&](const gj_decision& d) { return compared_out(item_at(item_at(trace_of(d), line).compared, index)); });
}

gj_status gj_decision_find_remedies(const gj_facts* facts, gj_decision* decision, gj_error** error) {
  return guarded(error, [&] {
    const gj_facts& from = require(facts, "facts");
    gj_decision& into = decided_on(from, decision);
    refuse_targets(into);
    explain::RemedyTexts found;
    const bool searched = !into.refused && !into.is_grade;
    if (searched) found = explain::remedies(from.facts, into.decided.get().options, into.language == GJ_EN);
    into.plain = false;
    into.words.would_make_eligible = std::move(found);
    into.json.clear();
    return gj_status{GJ_OK};
  });
}

gj_status gj_decision_remedy(const gj_decision* decision, size_t index, gj_remedy* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::RemedyText& remedy = item_at(remedies_of(d), index);
    gj_remedy value{};
    value.change_count = remedy.changes.size();
    value.version = text_out(remedy.version);
    value.amount = text_out(remedy.amount);
    value.text = text_out(remedy.text);
    return value;
  });
}

gj_status gj_decision_change(const gj_decision* decision, size_t remedy, size_t index, gj_change* out) {
  return give(decision, out, [&](const gj_decision& d) {
    const explain::ChangeText& change = item_at(item_at(remedies_of(d), remedy).changes, index);
    gj_change value{};
    value.path = text_out(change.path);
    value.label = text_out(change.label);
    value.from = text_out(change.from);
    value.to = text_out(change.to);
    return value;
  });
}

}  // extern "C"
