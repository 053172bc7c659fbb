// See slot.hpp.
#include "kernel/slot.hpp"

#include <algorithm>

namespace guiju::kernel {

using plan::SlotClass;

namespace {

Register fraction_of(Builder& b, const Slot& s) {
  return s.divisor == kNoRegister ? b.one() : s.divisor;
}

}  // namespace

Slot truth_slot(Builder& b, Register holds, Register fails) {
  Slot s;
  s.cls = SlotClass::truth;
  s.holds = holds;
  s.fails = fails;
  s.value = holds;
  s.has = b.any(holds, fails);
  s.absent = s.unlimited = s.either = b.zero();
  return s;
}

Slot definite(Builder& b, Register holds) {
  return truth_slot(b, holds, b.no(holds));
}

Slot truth_where(Builder& b, Register known, Register holds) {
  return b.is(known, 1) ? definite(b, holds) : truth_slot(b, b.all(known, holds), b.but(known, holds));
}

Slot value_slot(Builder& b, SlotClass cls, Register value, Register has) {
  Slot s;
  s.cls = cls;
  s.holds = s.fails = b.zero();
  s.value = value;
  s.has = has;
  s.absent = s.unlimited = s.either = b.zero();
  return s;
}

Slot open_slot(Builder& b, SlotClass cls) {
  return cls == SlotClass::truth ? truth_slot(b, b.zero(), b.zero()) : value_slot(b, cls, b.zero(), b.zero());
}

namespace {

bool share_a_text(const Slot& x, const Slot& y) {
  return std::any_of(x.doubts.begin(), x.doubts.end(), [&](const Doubt& d) {
    return std::any_of(y.doubts.begin(), y.doubts.end(), [&](const Doubt& e) { return d.choice == e.choice; });
  });
}

// What `s` takes over from a part of it while `counts`.
void take_doubts(Builder& b, const Slot& part, Register counts, Slot& s) {
  for (Doubt doubt : part.doubts) {
    doubt.matters = b.all(doubt.matters, counts);
    const auto known =
        std::find_if(s.doubts.begin(), s.doubts.end(), [&](const Doubt& d) { return d.choice == doubt.choice; });
    if (known == s.doubts.end()) {
      s.doubts.push_back(doubt);
      continue;
    }
    known->matters = b.any(known->matters, doubt.matters);
    known->op = std::max(known->op, doubt.op);
  }
}

}  // namespace

// What settles it alone does so whatever the other is.
Slot conjunction(Builder& b, const Slot& x, const Slot& y) {
  const Register holds = b.all(x.holds, y.holds);
  const bool sure = b.is(x.has, 1) && b.is(y.has, 1);
  Slot s = truth_slot(b, holds, sure ? b.no(holds) : b.any(x.fails, y.fails));
  if (share_a_text(x, y)) return s;
  s.either = b.any(b.all(x.either, b.any(y.holds, y.either)), b.all(y.either, x.holds));
  take_doubts(b, x, s.either, s);
  take_doubts(b, y, s.either, s);
  return s;
}

Slot disjunction(Builder& b, const Slot& x, const Slot& y) {
  return negation(conjunction(b, negation(x), negation(y)));
}

Slot negation(const Slot& x) {
  Slot s = x;
  s.holds = s.value = x.fails;
  s.fails = x.holds;
  return s;
}

Slot choice(Builder& b, const Slot& truth, const Slot& yes, const Slot& no) {
  const auto state = [&](Register of_yes, Register of_no) {
    return b.is(truth.has, 1) && of_yes == of_no ? of_yes
                                                 : b.any(b.all(truth.holds, of_yes), b.all(truth.fails, of_no));
  };
  Slot s;
  if (yes.cls == SlotClass::truth) {
    s = truth_slot(b, state(yes.holds, no.holds), state(yes.fails, no.fails));
    if (b.is(truth.has, 1) && b.is(yes.has, 1) && b.is(no.has, 1)) s = definite(b, s.holds);
    s.either = state(yes.either, no.either);
    take_doubts(b, yes, truth.holds, s);
    take_doubts(b, no, truth.fails, s);
  } else {
    s = value_slot(b, yes.cls, b.select(truth.holds, yes.value, no.value), state(yes.has, no.has));
    if (yes.divisor != kNoRegister || no.divisor != kNoRegister)
      s.divisor = b.select(truth.holds, fraction_of(b, yes), fraction_of(b, no));
  }
  s.absent = state(yes.absent, no.absent);
  s.unlimited = state(yes.unlimited, no.unlimited);
  return s;
}

Slot one_of(Builder& b, const Slot& x, const Slot& y) {
  Slot s;
  if (x.cls == SlotClass::truth) {
    s = truth_slot(b, b.all(x.holds, y.holds), b.all(x.fails, y.fails));
  } else {
    if (x.divisor != kNoRegister || y.divisor != kNoRegister) return open_slot(b, x.cls);
    s = value_slot(b, x.cls, x.value, b.all(b.all(x.has, y.has), b.equal(x.value, y.value)));
  }
  s.absent = b.all(x.absent, y.absent);
  s.unlimited = b.all(x.unlimited, y.unlimited);
  return s;
}

}  // namespace guiju::kernel
