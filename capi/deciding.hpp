// What turns facts into the answer that a gj_decision holds.
#pragma once

#include "handles.hpp"

namespace guiju::capi {

void decide_into(const gj_facts& from, gj_decision& into);

// Whatever an answer has beside `decided`.
void forget_answer(gj_decision& decision);

}  // namespace guiju::capi
