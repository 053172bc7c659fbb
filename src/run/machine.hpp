// The scalar executor: one loop over the operations of a section, over abstract values.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "run/value.hpp"

namespace guiju::run {

// What the walk back from an open value finds: the facts to ask for and the texts that leave something open.
struct Support {
  std::vector<std::string> needs;  // paths, each once
  std::vector<Mark> marks;         // each once
  void add_need(std::string path);
  void add_mark(const Mark& mark);
  void merge(const Support& other);
};

class Machine {
 public:
  Machine(const plan::Plan& plan, const plan::Section& section, const Facts& facts, Decision& decision);

  void run(plan::Index begin, plan::Index end);

  [[nodiscard]] const Value& at(plan::SlotId slot) const { return decision_.slots[slot]; }
  [[nodiscard]] plan::SlotClass class_of(plan::SlotId slot) const { return section_.slots[slot].cls; }
  [[nodiscard]] bool open(plan::SlotId slot) const { return !is_known(at(slot), class_of(slot)); }

  // Lists a bad fact of the decision, once.
  void tell_bad(const plan::FieldInfo& field, const std::string& path);

  // Which open facts and texts the value of the slot depends on.
  void support(plan::SlotId slot, Support& out);
  // Where the failure of a slot comes from; nothing where a bad fact is the cause (those are in Decision::bad).
  [[nodiscard]] std::optional<Error> failure(plan::SlotId slot) const;

 private:
  [[nodiscard]] bool has_negative_part(const plan::Op& op) const;
  struct Frame {  // the entry that a fold runs over
    const FactRow* row = nullptr;
    plan::Index layout = 0;
    std::string list_path;
    std::size_t entry = 0;
  };

  void step(const plan::Op& op, plan::Index index);
  [[nodiscard]] Value fact(const plan::FieldInfo& field, const FactValue& value, const Value* condition,
                           const std::string& path);
  [[nodiscard]] Value unknown(const plan::SlotInfo& slot) const;
  [[nodiscard]] Value unknown(const plan::FieldInfo& field) const;
  [[nodiscard]] Value constant(const plan::ConstantInfo& k);
  [[nodiscard]] Value open_text(const plan::Op& op) const;
  [[nodiscard]] Value pick(const plan::Op& op) const;
  [[nodiscard]] Value at_most_one(const plan::Op& op) const;
  [[nodiscard]] Value round(const plan::Op& op) const;
  [[nodiscard]] Value transcendental(const plan::Op& op) const;
  [[nodiscard]] Value bands(const plan::Op& op) const;
  [[nodiscard]] Value add_duration(const plan::Op& op) const;
  [[nodiscard]] Value elapsed(const plan::Op& op) const;
  [[nodiscard]] Value date_part(const plan::Op& op) const;
  [[nodiscard]] Value compare(const plan::Op& op) const;
  [[nodiscard]] Value same(const plan::Op& op) const;
  [[nodiscard]] Value in_region(const plan::Op& op) const;
  [[nodiscard]] Value look(const plan::Op& op) const;
  [[nodiscard]] Value cell(const plan::Op& op);
  [[nodiscard]] Value hit(const plan::Op& op) const;
  [[nodiscard]] Value grade(const plan::Op& op) const;
  [[nodiscard]] Value extreme(const plan::Op& op) const;
  [[nodiscard]] Value fold(const plan::Op& op, plan::Index index);
  void foot_amount(const plan::Op& op);

  [[nodiscard]] plan::Index intern(std::string_view text);
  [[nodiscard]] std::string path_of(const plan::Op& op) const;
  void visit(plan::SlotId slot, Support& out, std::vector<bool>& seen, int depth);
  void visit_operands(const plan::Op& op, Support& out, std::vector<bool>& seen, int depth);

  const plan::Plan& plan_;
  const plan::Section& section_;
  const Facts& facts_;
  Decision& decision_;
  std::vector<const FactList*> lists_;
  std::vector<std::string> list_paths_;
  std::vector<Frame> frames_;
  std::unordered_map<plan::Index, Support> fold_support_;  // by operation: what its open entries depend on
};

}  // namespace guiju::run
