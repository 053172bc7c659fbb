// The facts in figures that a value is worked out from: where it cannot be right, the mistake lies in one of them.
#pragma once

#include <string>
#include <vector>

#include "run/facts.hpp"

namespace guiju::explain {

// Their paths, in the order of the programme's facts; of what stands in lists nothing.
[[nodiscard]] std::vector<std::string> figures_behind(const run::Facts& facts, const plan::Section& section,
                                                      plan::SlotId value);

}  // namespace guiju::explain
