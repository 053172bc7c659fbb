// The engine of bound rows among those of the random run: the facts of a case laid out in memory as a host's struct has
// them, once with a state beside every fact, once with those of every other field always known, and once without
// machine code.
#pragma once

#include "run/decide.hpp"

namespace guiju::reference {

// False where no row can hold the facts, or where the case is left to the machine.
[[nodiscard]] bool decide_as_row(const run::Facts& facts, const run::Options& options, run::Decision& decision);
[[nodiscard]] bool decide_as_known_row(const run::Facts& facts, const run::Options& options, run::Decision& decision);
[[nodiscard]] bool decide_as_row_step_by_step(const run::Facts& facts, const run::Options& options,
                                              run::Decision& decision);
// As `decide` does it with cases of a programme that come one after another, here from the first one on.
[[nodiscard]] bool decide_facts_as_row(const run::Facts& facts, const run::Options& options, run::Decision& decision);

}  // namespace guiju::reference
