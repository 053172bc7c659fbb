// What turns facts into the answer that a gj_decision holds.
#pragma once

#include "handles.hpp"

namespace guiju::capi {

void decide_into(const gj_facts& from, gj_decision& into);

}  // namespace guiju::capi
