// Which requirements an answer says have failed.
#pragma once

#include <vector>

#include "run/decide.hpp"

namespace guiju::run {

// All of the section of the decision that fail. Where no part is left, those of the parts stand for that: the one that
// says so is in no rule file. A condition that several parts ask for is named once.
[[nodiscard]] std::vector<const plan::RequirementInfo*> failures_of(const plan::Section& section,
                                                                    const Decision& decision);

}  // namespace guiju::run
