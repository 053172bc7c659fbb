// The one place where the random run has a case decided. The first engine is held against the reference; every other
// one has to give what the first one gives.
#pragma once

#include <string>

#include "run/decide.hpp"

namespace guiju::reference {

// Decides into `decision` by the first engine. Empty, or how another one differs.
[[nodiscard]] std::string decide_by_engines(const run::Facts& facts, const run::Options& options,
                                            run::Decision& decision);

}  // namespace guiju::reference
