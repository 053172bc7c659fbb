// The one place where the random run has a case decided. The machine is held against the reference; every other engine
// has to give what the machine gives, or to leave the case to it.
#pragma once

#include <string>

#include "run/decide.hpp"

namespace guiju::reference {

// Decides into `decision` by the machine. Empty, or how another engine differs.
[[nodiscard]] std::string decide_by_engines(const run::Facts& facts, const run::Options& options,
                                            run::Decision& decision);

}  // namespace guiju::reference
