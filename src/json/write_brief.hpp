// A decision in JSON without words: outcome, figures, the names of requirements, the paths of facts. Written straight
// from what was decided, for hosts that ask much and often.
#pragma once

#include <string>
#include <vector>

#include "run/decide.hpp"

namespace guiju::json {

// Adds one object on one line to `out`. `invalid`: paths of facts that could not be taken; nothing was then decided.
void append_brief(std::string& out, const plan::Plan& plan, const plan::ProgramInfo& program,
                  const run::Decision& decision, const std::vector<std::string>& invalid = {});

}  // namespace guiju::json
