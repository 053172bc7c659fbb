// What caps, floors and roundings took from an amount, so that what is shown adds up: the parts as the rule writes them
// and every adjustment that changed something make the total.
#pragma once

#include "explain/explanation.hpp"

namespace guiju::explain {

// Fills PartText::before (by part) and the adjustments; leaves both empty where a figure is open.
void add_adjustments(const plan::Plan& plan, const plan::Section& section, const run::Decision& decision,
                     std::vector<std::string>& before, std::vector<Adjustment>& out);

}  // namespace guiju::explain
