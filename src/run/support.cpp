// The walk back from what is open to the facts and texts that leave it open. What a known value shields is never
// visited: a branch that is already dead asks nothing.
#include <algorithm>

#include "run/machine.hpp"
#include "run/table_search.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotClass;

void Support::add_need(std::string path) {
  if (std::find(needs.begin(), needs.end(), path) == needs.end()) needs.push_back(std::move(path));
}

void Support::add_mark(const Mark& mark) {
  const auto same = [&](const Mark& m) {
    return m.kind == mark.kind && m.choice == mark.choice && m.gap_index == mark.gap_index;
  };
  if (std::none_of(marks.begin(), marks.end(), same)) marks.push_back(mark);
}

void Support::merge(const Support& other) {
  for (const std::string& need : other.needs) add_need(need);
  for (const Mark& mark : other.marks) add_mark(mark);
}

void Machine::support(plan::SlotId slot, Support& out) {
  std::vector<bool> seen(section_.slots.size(), false);
  visit(slot, out, seen, 0);
}

namespace {

Mark mark_of(const plan::Plan& plan, const Op& op) {
  Mark mark;
  mark.choice = op.aux;
  switch (plan.choices[op.aux].kind) {
    case plan::ChoiceInfo::undecided:
      mark.kind = Mark::undecided;
      break;
    case plan::ChoiceInfo::not_found:
      mark.kind = Mark::not_found;
      break;
    case plan::ChoiceInfo::discretion:
      mark.kind = Mark::discretion;
      break;
    case plan::ChoiceInfo::left:
      mark.kind = Mark::left;
      break;
  }
  return mark;
}

}  // namespace

// Chains of operations are as deep as expressions nest and lets refer to each other; the bound keeps the stack small.
void Machine::visit(plan::SlotId slot, Support& out, std::vector<bool>& seen, int depth) {
  constexpr int kDeepest = 4000;
  if (slot == kNone || seen[slot] || depth > kDeepest || !open(slot)) return;
  seen[slot] = true;
  const Index producer = section_.producer[slot];
  if (producer == kNone) return;
  visit_operands(section_.ops[producer], out, seen, depth + 1);
}

void Machine::visit_operands(const Op& op, Support& out, std::vector<bool>& seen, int depth) {
  const auto go = [&](plan::SlotId s) { visit(s, out, seen, depth); };
  switch (op.code) {
    case Operation::FACT:
    case Operation::ITEM: {
      if (op.a != kNone) go(op.a);
      if (op.a != kNone && !may_be_true(at(op.a))) return;
      if (class_of(op.out) == SlotClass::list) return;  // the fold asks for it
      if (op.code == Operation::ITEM && op.edge >= frames_.size()) return;
      const bool unknown = op.code == Operation::FACT
                               ? facts_.row().values[op.aux].state <= FactState::unknowable
                               : frames_[op.edge].row->values[op.aux].state <= FactState::unknowable;
      if (unknown) out.add_need(path_of(op));
      return;
    }
    case Operation::OPEN: {
      const bool readings_differ = op.c == kNone || plan_.choices[op.aux].adopted == kNone;
      if (readings_differ) out.add_mark(mark_of(plan_, op));
      if (op.c != kNone) {
        for (const plan::SlotId s : plan_.operands[op.c]) go(s);
      }
      return;
    }
    case Operation::SEL:
      go(op.a);
      if (may_be_true(at(op.a))) go(op.b);
      if (may_be_false(at(op.a))) go(op.c);
      return;
    case Operation::ONLYIF:
      go(op.a);
      if (may_be_true(at(op.a))) go(op.b);
      return;
    case Operation::ORELSE:
      go(op.a);
      if (may(at(op.a), Value::may_be_absent)) go(op.b);
      return;
    case Operation::PICK: {
      const auto& operands = plan_.operands[op.aux];
      for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
        go(operands[i]);
        if (may_be_true(at(operands[i]))) go(operands[i + 1]);
        if (is_true(at(operands[i])) && (op.mode & plan::kPickExclusive) == 0) return;
      }
      return;
    }
    case Operation::ATMOST1:
      for (const plan::SlotId s : plan_.operands[op.aux]) go(s);
      return;
    case Operation::GRADE:
      go(op.a);
      for (const plan::SlotId s : plan_.operands[op.aux]) {
        go(s);
        if (is_true(at(s))) return;
      }
      return;
    case Operation::LOOK:
      for (const plan::SlotId s : plan_.operands[op.c]) go(s);
      return;
    case Operation::CELL:
      go(op.a);
      for_each_row(at(op.a), plan_.columns[op.aux].cells.size(), [&](Index row) {
        const plan::CellInfo& cell = plan_.columns[op.aux].cells[row];
        if (cell.kind == plan::CellInfo::slot) go(cell.from);
      });
      return;
    case Operation::FOLD: {
      const auto gathered = fold_support_.find(section_.producer[op.out]);
      if (gathered != fold_support_.end()) out.merge(gathered->second);
      return;
    }
    case Operation::FOOT:
      for (const plan::SlotId s : plan_.feet[op.aux].parts) go(s);
      for (const plan::AdjustmentInfo& a : plan_.feet[op.aux].adjustments) go(a.bound);
      return;
    case Operation::CONST:
      return;
    case Operation::LN:
    case Operation::POW:
      go(op.a);
      return;
    default:
      go(op.a);
      go(op.b);
      return;
  }
}

namespace {

Error::Kind kind_of(const Op& op, const Value& divisor) {
  switch (op.code) {
    case Operation::DIV:
      return may(divisor, Value::has_value) && divisor.low == 0 && divisor.high == 0 ? Error::division_by_zero
                                                                                     : Error::overflow;
    case Operation::DADDM:
    case Operation::DADDD:
      return Error::date_out_of_range;
    case Operation::LN:
    case Operation::POW:
      return Error::domain;
    default:
      return Error::overflow;
  }
}

}  // namespace

bool Machine::has_negative_part(const Op& op) const {
  const auto& parts = plan_.feet[op.aux].parts;
  return std::any_of(parts.begin(), parts.end(), [&](plan::SlotId s) {
    const Value& part = at(s);
    return may(part, Value::has_value) && !part.high_open_end && part.high < 0;
  });
}

std::optional<Error> Machine::failure(plan::SlotId slot) const {
  for (std::size_t steps = 0; steps <= section_.slots.size(); ++steps) {
    const Index producer = section_.producer[slot];
    if (producer == kNone) return std::nullopt;
    const Op& op = section_.ops[producer];
    if (op.code == Operation::FACT || op.code == Operation::ITEM) return std::nullopt;
    std::vector<plan::SlotId> operands{op.a};
    const bool two = op.code != Operation::LN && op.code != Operation::POW && op.code != Operation::GRADE;
    if (two) operands.push_back(op.b);
    if (op.code == Operation::SEL) operands.push_back(op.c);
    if (op.code == Operation::PICK || op.code == Operation::GRADE) {
      operands.insert(operands.end(), plan_.operands[op.aux].begin(), plan_.operands[op.aux].end());
    }
    if (op.code == Operation::LOOK) operands = plan_.operands[op.c];
    if (op.code == Operation::FOOT) operands = plan_.feet[op.aux].parts;
    if (op.code == Operation::FOLD) operands = {op.a, plan_.folds[op.aux].where, plan_.folds[op.aux].term};
    if (op.code == Operation::CELL) {
      for (const plan::CellInfo& cell : plan_.columns[op.aux].cells) operands.push_back(cell.from);
    }
    if (op.code == Operation::CONST || op.code == Operation::OPEN) operands.clear();
    const auto failing =
        std::find_if(operands.begin(), operands.end(), [&](plan::SlotId s) { return s != kNone && only_fails(at(s)); });
    if (failing == operands.end()) {
      Error error;
      error.kind = op.code == Operation::FOOT && has_negative_part(op)
                       ? Error::negative_part
                       : kind_of(op, op.code == Operation::DIV ? at(op.b) : Value{});
      error.place = op.source;
      return error;
    }
    slot = *failing;
  }
  return std::nullopt;
}

}  // namespace guiju::run
