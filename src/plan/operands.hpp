// The slots that an operation reads, for everything that walks a plan without running it.
#pragma once

#include "plan/plan.hpp"

namespace guiju::plan {

// Calls f with every slot; kNone is left out. Of a fold the slots that its body leaves for it count too.
template <typename F>
void for_each_operand(const Plan& plan, const Op& op, F&& f) {
  const auto give = [&](SlotId slot) {
    if (slot != kNone) f(slot);
  };
  const auto give_list = [&](Index list) {
    if (list == kNone) return;
    for (const SlotId slot : plan.operands[list]) give(slot);
  };
  switch (op.code) {
    case Operation::CONST:
      return;
    case Operation::OPEN:
      give(op.a);
      give(op.b);
      return give_list(op.c);
    case Operation::LOOK:
      return give_list(op.c);
    case Operation::PICK:
    case Operation::ATMOST1:
    case Operation::SPEAK:
    case Operation::AGREE:
      return give_list(op.aux);
    case Operation::GRADE:
      give(op.a);
      return give_list(op.aux);
    case Operation::LN:
    case Operation::POW:
      return give(op.a);
    case Operation::CELL:
      give(op.a);
      for (const CellInfo& cell : plan.columns[op.aux].cells) give(cell.from);
      return;
    case Operation::FOLD:
      give(op.a);
      give(plan.folds[op.aux].where);
      return give(plan.folds[op.aux].term);
    case Operation::FOOT:
      for (const SlotId slot : plan.feet[op.aux].parts) give(slot);
      for (const AdjustmentInfo& a : plan.feet[op.aux].adjustments) give(a.bound);
      return;
    default:
      give(op.a);
      give(op.b);
      return give(op.c);
  }
}

}  // namespace guiju::plan
