// See fed.hpp. Of a choice the condition and what was chosen; of a conjunction what settled it; of a list everything
// that its entries were asked.
#include "explain/fed.hpp"

#include "plan/duty.hpp"
#include "plan/operands.hpp"
#include "plan/target.hpp"
#include "run/table_search.hpp"
#include "run/value.hpp"

namespace guiju::explain {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotId;

Fed::Fed(const plan::Plan& plan, const plan::ProgramInfo& program, const run::Decision& decision)
    : plan_(plan),
      section_(program.sections[decision.section]),
      decision_(decision),
      reached_(section_.slots.size(), false) {
  roots(program);
  walk();
}

void Fed::root(SlotId slot) {
  if (slot == kNone || reached_[slot]) return;
  reached_[slot] = true;
  waiting_.push_back(slot);
}

// A case that is refused has no amount.
void Fed::roots(const plan::ProgramInfo& program) {
  if (program.kind == plan::ProgramInfo::standard) {
    root(section_.in_force);
    root(program.outputs.grade);
    for (const auto& o : program.outputs.outputs) root(o.value);
    return;
  }
  for (const plan::RequirementInfo& r : section_.requirements) root(r.truth);
  for (const SlotId told : section_.told) root(told);
  if (section_.duty) {
    for (const SlotId slot : {section_.duty->bound, section_.duty->done, section_.duty->in_time, section_.duty->past})
      root(slot);
  }
  if (section_.target) {
    for (const SlotId slot : {section_.target->figure, section_.target->reached, section_.target->past}) root(slot);
  }
  if (decision_.outcome == run::Outcome::ineligible) return;
  for (const plan::RequirementInfo& r : section_.part_requirements) root(r.truth);
  root(section_.amount);
  for (const plan::ShareInfo& share : section_.shares) root(share.slot);
  for (const plan::DocumentInfo& d : section_.documents) root(d.when);
  for (const plan::EnsureInfo& e : section_.ensures) root(e.truth);
}

void Fed::walk() {
  while (!waiting_.empty()) {
    const SlotId slot = waiting_.back();
    waiting_.pop_back();
    const Index made_by = section_.producer[slot];
    if (made_by == kNone) continue;
    for_each_taken(section_.ops[made_by], [&](SlotId s) { root(s); });
    if (section_.ops[made_by].code == Operation::FOLD) take_body(made_by);
  }
}

// The slots of a body are those of its last entry: which branches the others took is not known.
void Fed::take_body(Index fold) {
  const Index end = fold + 1 + plan_.folds[section_.ops[fold].aux].length;
  for (Index i = fold + 1; i < end; ++i) plan::for_each_operand(plan_, section_.ops[i], [&](SlotId s) { root(s); });
}

template <typename F>
void Fed::for_each_taken(const Op& op, F&& f) const {
  const auto take = [&](SlotId slot) {
    if (slot != kNone) f(slot);
  };
  switch (op.code) {
    case Operation::SEL:
      take(op.a);
      if (!run::is_false(at(op.a))) take(op.b);
      if (!run::is_true(at(op.a))) take(op.c);
      return;
    case Operation::ONLYIF:
      take(op.a);
      if (!run::is_false(at(op.a))) take(op.b);
      return;
    case Operation::AND:
    case Operation::OR: {
      const auto settles = [&](SlotId slot) {
        return op.code == Operation::AND ? run::is_false(at(slot)) : run::is_true(at(slot));
      };
      if (settles(op.a)) return take(op.a);
      if (!settles(op.b)) take(op.a);
      return take(op.b);
    }
    case Operation::ORELSE:
      take(op.a);
      if (at(op.a).state != run::Value::has_value) take(op.b);
      return;
    case Operation::PICK: {
      const auto& pairs = plan_.operands[op.aux];
      for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        if (run::is_false(at(pairs[i]))) continue;
        take(pairs[i]);
        take(pairs[i + 1]);
      }
      return;
    }
    case Operation::GRADE:
      take(op.a);
      for (const SlotId level : plan_.operands[op.aux]) {
        take(level);
        if (run::is_true(at(level))) return;
      }
      return;
    case Operation::CELL: {
      take(op.a);
      const auto& cells = plan_.columns[op.aux].cells;
      run::for_each_row(at(op.a), cells.size(), [&](Index row) { take(cells[row].from); });
      return;
    }
    default:
      plan::for_each_operand(plan_, op, take);
  }
}

}  // namespace guiju::explain
