// What turns facts into the answer that a gj_decision holds.
#pragma once

#include "handles.hpp"

namespace guiju::capi {

void decide_into(const gj_facts& from, gj_decision& into);

// Whatever an answer has beside `decided`.
void forget_answer(gj_decision& decision);

// Decides; where that fails nothing is decided, not even what was before.
template <typename Decide>
void decide_or_forget(gj_decision& decision, Decide decide) {
  try {
    decide();
  } catch (...) {
    forget_answer(decision);
    decision.program = nullptr;
    decision.outcome = GJ_UNDECIDED;
    throw;
  }
}

// Refuses facts that were written to since they were decided, and others. Of a row there are none to hold them against.
void expect_unchanged(const gj_facts& facts, const gj_decision& decision);

}  // namespace guiju::capi
