// Top-ups: a case decided as the rules were known on two days, and what the later ones add.
#pragma once

#include <string>
#include <vector>

#include "compare.hpp"
#include "facts.hpp"
#include "run/decide.hpp"

namespace guiju::reference {

// `facts` holds the case; `completions` are what it could be, with everything known. Empty where they agree.
[[nodiscard]] std::string check_top_up(const run::Facts& facts, const run::Options& options,
                                       const model::Program& program, const std::vector<Case>& completions,
                                       Day known_from, Day known_to, bool open, Counts& counts);

}  // namespace guiju::reference
