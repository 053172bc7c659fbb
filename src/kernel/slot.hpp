// What a slot of the plan is in a kernel: its value and, as truths, what state it is in. Where none of the states holds
// nothing is known of it, and what depends on it is open.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/builder.hpp"
#include "plan/plan.hpp"

namespace guiju::kernel {

// An open text on which a truth hangs.
struct Doubt {
  std::uint32_t choice = plan::kNone;  // index into Plan::choices
  plan::Index op = plan::kNone;        // where it is read
  Register matters = 0;                // the truth could be either for this text
};

struct Slot {
  plan::SlotClass cls = plan::SlotClass::truth;
  // Of a truth: it surely holds, surely fails. `has` is then either.
  Register holds = 0, fails = 0;
  Register value = 0;
  Register divisor = kNoRegister;  // of a number left by a division: greater than 0
  Register has = 0, absent = 0, unlimited = 0;
  std::uint32_t list = plan::kNone;  // of a list: its field
  // Of a truth: it could surely be either, for the doubts and for nothing else. No text is among them twice.
  Register either = 0;
  std::vector<Doubt> doubts;
};

// A truth is definite where it surely holds or fails: then `fails` is the opposite of `holds`.
[[nodiscard]] Slot truth_slot(Builder& b, Register holds, Register fails);
[[nodiscard]] Slot definite(Builder& b, Register holds);
// As `holds`, where `known` does.
[[nodiscard]] Slot truth_where(Builder& b, Register known, Register holds);
[[nodiscard]] Slot value_slot(Builder& b, plan::SlotClass cls, Register value, Register has);
// Nothing is known.
[[nodiscard]] Slot open_slot(Builder& b, plan::SlotClass cls);

[[nodiscard]] Slot conjunction(Builder& b, const Slot& x, const Slot& y);
[[nodiscard]] Slot disjunction(Builder& b, const Slot& x, const Slot& y);
[[nodiscard]] Slot negation(const Slot& x);
// `yes` where the truth holds, `no` where it fails.
[[nodiscard]] Slot choice(Builder& b, const Slot& truth, const Slot& yes, const Slot& no);
// One of the two, and which is not known: a value only where both say the same.
[[nodiscard]] Slot one_of(Builder& b, const Slot& x, const Slot& y);

}  // namespace guiju::kernel
