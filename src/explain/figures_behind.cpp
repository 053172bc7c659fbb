// See figures_behind.hpp.
#include "explain/figures_behind.hpp"

#include <set>

#include "plan/operands.hpp"

namespace guiju::explain {

std::vector<std::string> figures_behind(const run::Facts& facts, const plan::Section& section, plan::SlotId value) {
  std::set<plan::SlotId> seen{value};
  std::vector<plan::SlotId> open{value};
  std::set<plan::Index> fields;
  while (!open.empty()) {
    const plan::SlotId slot = open.back();
    open.pop_back();
    const plan::Index producer = section.producer[slot];
    if (producer == plan::kNone) continue;
    const plan::Op& op = section.ops[producer];
    const bool of_case = op.code == plan::Operation::FACT;
    if (of_case && section.slots[slot].cls == plan::SlotClass::number) fields.insert(op.aux);
    if (of_case) continue;
    plan::for_each_operand(facts.plan(), op, [&](plan::SlotId operand) {
      if (seen.insert(operand).second) open.push_back(operand);
    });
  }
  std::vector<std::string> paths;
  for (const plan::Index field : fields) paths.push_back(facts.layout().fields[field].path);
  return paths;
}

}  // namespace guiju::explain
