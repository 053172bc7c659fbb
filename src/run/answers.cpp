// Outcomes that are read off a few truths: each that some completion gives is kept; where one is left, it is the
// answer. What was observed is held against the unit of its target first.
#include "run/answers.hpp"

#include <algorithm>
#include <vector>

#include "plan/duty.hpp"
#include "plan/target.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Section;
using plan::SlotId;

namespace {

class CaseReading {
 public:
  CaseReading(const plan::Plan& plan, const Section& section, const Facts& facts, Decision& decision)
      : section_(section), decision_(decision), machine_(plan, section, facts, decision) {
    machine_.run(0, section_.reasons_begin);
    for (const SlotId slot : section_.told)
      decision_.told.push_back(slot == kNone ? absent_value() : machine_.at(slot));
  }

  [[nodiscard]] const Value& at(SlotId slot) const { return machine_.at(slot); }

  // True where a truth may hold, may fail; what is left open is a root of the answer. Where it cannot be computed in
  // some completion no other outcome is that of all of them.
  struct Ways {
    bool yes = false, no = false;
  };
  Ways ask(SlotId slot, bool otherwise) {
    if (slot == kNone) return {otherwise, !otherwise};
    const Value& truth = machine_.at(slot);
    depends_on(slot);
    if (may(truth, Value::may_fail)) may_be(Outcome::invalid);
    return {may_be_true(truth), may_be_false(truth)};
  }
  void may_be(Outcome outcome) {
    if (std::find(outcomes_.begin(), outcomes_.end(), outcome) == outcomes_.end()) outcomes_.push_back(outcome);
  }
  void depends_on(SlotId slot) {
    if (slot == kNone) return;
    if (only_fails(machine_.at(slot))) note_failure(slot);
    if (machine_.open(slot)) roots_.push_back(slot);
  }

  // A known fact that says too little: with it the case is undetermined, and it is asked for.
  void lacks(Index field, const Facts& facts) {
    OpenSource source;
    source.fact = &facts.value(field);
    source.field = &facts.layout().fields[field];
    source.path = source.field->path;
    source.cls = plan::SlotClass::list;
    lacking_.push_back(std::move(source));
  }

  // `mark`: why a person has to settle it in any case.
  void conclude(const Mark* mark = nullptr) {
    if (!decision_.bad.empty() || !decision_.errors.empty()) {
      decision_.outcome = Outcome::invalid;
      return;
    }
    Support support;
    for (const plan::GapInfo& gap : section_.gaps) depends_on(gap.truth);
    machine_.support(roots_, support);
    machine_.add_gaps(support);
    for (const OpenSource& source : lacking_) support.add(source);
    if (mark != nullptr) support.add_mark(*mark);
    const bool settled = mark == nullptr && lacking_.empty() && outcomes_.size() == 1 && support_is_closed(support);
    if (settled) {
      decision_.outcome = outcomes_.front();
      return;
    }
    decision_.outcome = support.asks() ? Outcome::undetermined : Outcome::referred;
    decision_.open = std::move(support.sources);
    decision_.marks = std::move(support.marks);
  }

 private:
  // One outcome stands whatever the open facts are; a gap in the text does not let it stand.
  [[nodiscard]] static bool support_is_closed(const Support& support) {
    return std::none_of(support.marks.begin(), support.marks.end(), [](const Mark& m) { return m.gap_index != kNone; });
  }

  void note_failure(SlotId slot) {
    const auto error = machine_.failure(slot);
    if (!error) return;
    const auto same = [&](const Error& e) { return e.kind == error->kind && e.place == error->place; };
    if (std::none_of(decision_.errors.begin(), decision_.errors.end(), same)) decision_.errors.push_back(*error);
  }

  const Section& section_;
  Decision& decision_;
  Machine machine_;
  std::vector<SlotId> roots_;
  std::vector<Outcome> outcomes_;
  std::vector<OpenSource> lacking_;
};

// ---- what was observed

const FactValue* entry_value(const plan::Layout& layout, const FactRow& row, std::string_view name) {
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    if (layout.fields[i].path == name) return &row.values[i];
  }
  return nullptr;
}

// Figures of another unit than that of the target are bad facts.
void check_measures(const plan::Plan& plan, const plan::TargetInfo& target, const Facts& facts, Decision& decision) {
  if (target.observed == kNone) return;
  const FactValue& list = facts.value(target.observed);
  if (list.state != FactState::known || !list.list) return;
  const plan::FieldInfo& field = facts.layout().fields[target.observed];
  const plan::Layout& layout = plan.layouts[field.element];
  std::string measure = target.measure;
  bool settled = !target.any_measure;
  for (std::size_t i = 0; i < list.list->entries.size(); ++i) {
    const FactRow& entry = list.list->entries[i];
    const FactValue* of = entry_value(layout, entry, "target");
    const FactValue* value = entry_value(layout, entry, "value");
    if (of->state != FactState::known || of->c != target.enum_member || value->state != FactState::known) continue;
    if (!settled) {
      measure = value->text;
      settled = true;
    }
    const bool counted = target.kind != plan::TargetInfo::total || value->c >= 0;
    if (value->text == measure && counted) continue;
    decision.bad.push_back({field.path + "[" + std::to_string(i) + "].value",
                            value->text.empty() ? "" : value->text,
                            {"与目标相同的单位,写在数值后", "the unit of the target, written behind the number"}});
  }
}

}  // namespace

void judge_duty(const plan::Plan& plan, const Section& section, const Facts& facts, Decision& decision) {
  const plan::DutyInfo& duty = *section.duty;
  CaseReading reading(plan, section, facts, decision);
  for (std::size_t i = 0; i < section.requirements.size(); ++i) {
    if (is_false(reading.at(section.requirements[i].truth))) decision.failed.insert(static_cast<Index>(i));
  }
  const auto bound = reading.ask(duty.bound, false);
  if (bound.no) reading.may_be(Outcome::not_owed);
  if (bound.yes) {
    const auto done = reading.ask(duty.done, false);
    if (done.yes) {
      const auto in_time = reading.ask(duty.in_time, true);
      if (in_time.yes) reading.may_be(Outcome::met);
      if (in_time.no) reading.may_be(Outcome::late);
    }
    if (done.no) {
      const auto past = reading.ask(duty.past, false);
      if (past.yes) reading.may_be(Outcome::overdue);
      if (past.no) reading.may_be(Outcome::owed);
    }
  }
  reading.conclude();
}

void judge_target(const plan::Plan& plan, const Section& section, const Facts& facts, Decision& decision) {
  const plan::TargetInfo& target = *section.target;
  check_measures(plan, target, facts, decision);
  CaseReading reading(plan, section, facts, decision);
  // Nobody can tell where a figure stands that was never observed, and complete observations do not say that it is low.
  const auto seen = reading.ask(target.seen, true);
  if (seen.no) reading.lacks(target.observed, facts);
  if (!seen.yes) return reading.conclude();
  if (target.kind == plan::TargetInfo::judged || target.about) {
    Mark mark;
    mark.kind = target.about ? Mark::about : Mark::judged;
    reading.depends_on(target.figure);
    return reading.conclude(&mark);
  }
  const auto reached = reading.ask(target.reached, false);
  if (reached.yes) reading.may_be(Outcome::attained);
  if (reached.no) {
    const auto past = reading.ask(target.past, false);
    if (past.yes) reading.may_be(Outcome::missed);
    if (past.no) reading.may_be(Outcome::open);
  }
  reading.conclude();
}

}  // namespace guiju::run
