// One line an operation, by the table of operations.
#include "plan/print.hpp"

#include <array>

namespace guiju::plan {

namespace {

constexpr std::array<std::string_view, 11> kClasses{"truth", "number", "member", "day",      "months", "days",
                                                    "text",  "region", "list",   "document", "row"};

std::string slot(SlotId s) {
  return s == kNone ? std::string() : " s" + std::to_string(s);
}

std::string slots(const std::vector<SlotId>& list) {
  std::string out = " [";
  for (const SlotId s : list) out += slot(s);
  return out + " ]";
}

// What stands behind Op::aux, where that says more than the operands.
std::string details(const Plan& plan, const Op& op) {
  switch (op.code) {
    case Operation::CONST: {
      const ConstantInfo& k = plan.constants[op.aux];
      if (k.absent) return " absent";
      if (k.no_limit) return " no limit";
      return k.cls == SlotClass::text ? " \"" + k.text + "\"" : " " + to_string(k.c);
    }
    case Operation::FACT:
    case Operation::ITEM:
      return " field " + std::to_string(op.aux);
    case Operation::OPEN:
      return " choice " + std::to_string(op.aux) + (op.c == kNone ? "" : slots(plan.operands[op.c]));
    case Operation::PICK:
    case Operation::ATMOST1:
      return slots(plan.operands[op.aux]);
    case Operation::GRADE:
      return slots(plan.operands[op.aux]);
    case Operation::LOOK:
      return " " + plan.tables[op.aux].name + slots(plan.operands[op.c]);
    case Operation::SCALE:
    case Operation::ROUND:
      return " " + to_string(plan.ratios[op.aux]);
    case Operation::FOOT:
      return slots(plan.feet[op.aux].parts) + " ->" + slots(plan.feet[op.aux].out_parts);
    case Operation::SHARE: {
      const SplitInfo& split = plan.splits[op.aux];
      return " " + std::to_string(split.weights[op.edge]) + "/" + std::to_string(split.whole) +
             (op.edge == split.remainder ? " and the rest" : "");
    }
    case Operation::FOLD: {
      const FoldInfo& f = plan.folds[op.aux];
      return " where" + slot(f.where) + " term" + slot(f.term);
    }
    default:
      return {};
  }
}

bool operands_in_fields(Operation code) {
  return code != Operation::GRADE && code != Operation::LN && code != Operation::POW && code != Operation::LOOK &&
         code != Operation::OPEN;
}

}  // namespace

std::string print(const Plan& plan, const Section& section) {
  std::string out;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < section.ops.size(); ++i) {
    const Op& op = section.ops[i];
    while (!ends.empty() && ends.back() == i) ends.pop_back();
    if (i == section.reasons_begin) out += "-- reasons\n";
    const SlotInfo& info = section.slots[op.out];
    std::string line(2 * ends.size(), ' ');
    line += "s" + std::to_string(op.out) + " " + std::string(kClasses[static_cast<std::size_t>(info.cls)]);
    if (info.cls == SlotClass::number) line += " q=" + to_string(info.q) + (info.fraction ? " fraction" : "");
    line += " = " + std::string(name_of(op.code)) + slot(op.a);
    if (operands_in_fields(op.code)) line += slot(op.b) + slot(op.c);
    line += details(plan, op);
    if (op.source != 0 && op.source < plan.places.size()) line.append("    ; ").append(plan.places[op.source].text());
    out += line + "\n";
    if (op.code == Operation::FOLD) ends.push_back(i + 1 + plan.folds[op.aux].length);
  }
  return out;
}

}  // namespace guiju::plan
