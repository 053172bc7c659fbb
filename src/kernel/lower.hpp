// One version of a programme, operation by operation, from the plan into a kernel. Each member function is what an
// operation of plan/operations.def comes to where facts are known or absent (run/machine.cpp has the general case).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/slot.hpp"
#include "plan/plan.hpp"

namespace guiju::kernel {

class Lowering {
 public:
  // `texts` are those of the programme; what this version names is added to them.
  Lowering(const plan::Plan& plan, const plan::ProgramInfo& program, const plan::Section& section,
           std::vector<std::string>& texts);

  // Throws Unsupported.
  [[nodiscard]] Kernel lower();

 private:
  [[nodiscard]] const Slot& at(plan::SlotId slot) const { return slots_[slot]; }
  [[nodiscard]] plan::SlotClass class_of(plan::SlotId slot) const { return section_.slots[slot].cls; }

  void run(plan::Index begin, plan::Index end);
  [[nodiscard]] Slot step(const plan::Op& op, plan::Index index);

  // sources (lower.cpp)
  [[nodiscard]] Slot fact(const plan::Op& op);
  [[nodiscard]] Slot item(const plan::Op& op);
  struct Given {  // a fact of the case, or of an entry
    Register value, known, absent;
  };
  [[nodiscard]] Slot given(const plan::FieldInfo& field, const Given& g, const plan::Op& op);
  [[nodiscard]] Slot constant(const plan::ConstantInfo& k);
  [[nodiscard]] Register text(std::string_view text);
  [[nodiscard]] Slot open_text(const plan::Op& op, plan::Index index);
  [[nodiscard]] Slot first_present(const plan::Op& op);
  [[nodiscard]] Slot agreed(const plan::Op& op);
  [[nodiscard]] Slot or_else(const Slot& x, const Slot& y);
  // choices
  [[nodiscard]] Slot pick(const plan::Op& op);
  [[nodiscard]] Slot at_most_one(const plan::Op& op);
  [[nodiscard]] Slot fold(const plan::Op& op, plan::Index index);

  // numbers and days (lower_numbers.cpp)
  [[nodiscard]] Slot sum(const Slot& x, const Slot& y, bool minus);
  [[nodiscard]] Slot product(const Slot& x, const Slot& y);
  [[nodiscard]] Slot scaled(const plan::Op& op);
  [[nodiscard]] Slot quotient(const Slot& x, const Slot& y);
  [[nodiscard]] Slot bound(const Slot& x, const Slot& y, bool least);
  [[nodiscard]] Slot rounded(const plan::Op& op);
  [[nodiscard]] Slot bands(const plan::Op& op);
  [[nodiscard]] Slot later(const plan::Op& op);
  [[nodiscard]] Slot elapsed(const plan::Op& op);
  [[nodiscard]] Slot date_part(const plan::Op& op);
  [[nodiscard]] Slot compare(const plan::Op& op);
  [[nodiscard]] Slot same(const plan::Op& op);
  [[nodiscard]] Slot in_region(const plan::Op& op);
  // A value that is held between bounds, and whether it lay there: what does not is open.
  struct Held {
    Register value, fits;
  };
  [[nodiscard]] Held hold(Register value, i128 least, i128 most);
  // Two factors whose product fits.
  [[nodiscard]] std::pair<Held, Held> hold_factors(Register x, Register y);

  // tables and grades (lower_tables.cpp)
  struct Pieces {
    Register piece;
    std::vector<i128> first;  // by piece its first value
  };
  [[nodiscard]] Pieces cut(const plan::TableInfo& table, std::size_t key, const Slot& slot);
  struct Allowed {
    Register rows, alone;
  };
  [[nodiscard]] Allowed allowed(const plan::TableInfo& table, std::size_t key, const Slot& slot, bool directly);
  [[nodiscard]] Slot look(const plan::Op& op);
  [[nodiscard]] Slot cell(const plan::Op& op);
  [[nodiscard]] Slot hit(const plan::Op& op);
  [[nodiscard]] Slot grade(const plan::Op& op);
  [[nodiscard]] Slot extreme(const plan::Op& op);

  // amounts and the answer (lower_amounts.cpp)
  void foot(const plan::Op& op);
  [[nodiscard]] Slot share(const plan::Op& op);
  void answer(Kernel& kernel);
  [[nodiscard]] std::vector<Register> set_of(const std::vector<Register>& truths);
  [[nodiscard]] std::vector<Doubt> told_doubts() const;

  void open_where(Register truth);
  void demand(FieldSet Demands::*set, const plan::Op& op);

  const plan::Plan& plan_;
  const plan::ProgramInfo& program_;
  const plan::Section& section_;
  std::vector<std::string>& texts_;
  Builder b_;
  std::vector<Slot> slots_;
  Register open_;
  Demands demands_;
  std::vector<ListDemand> lists_;
  std::size_t list_ = 0;                  // in a loop: which of them
  const plan::Layout* layout_ = nullptr;  // in a loop: of the entries
};

// The operation that rounds a quotient in this way.
[[nodiscard]] Operation rounding_of(Rounding mode);
// A register can hold it; Unsupported if not.
[[nodiscard]] std::int64_t narrow(i128 value);

}  // namespace guiju::kernel
