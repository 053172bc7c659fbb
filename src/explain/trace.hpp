// The whole way of a decision, in the order of the rule file: every named value, row, requirement, part, cap, rounding
// and payout with its value, and what was not reached. Made on demand from the slots of a decision; deciding does
// nothing for it.
#pragma once

#include "explain/explanation.hpp"

namespace guiju::explain {

// Of a programme or a standard. Without a version (not in force, or several may govern) only the line of the version.
[[nodiscard]] Trace trace(const run::Facts& facts, const run::Decision& decision, bool english);

}  // namespace guiju::explain
