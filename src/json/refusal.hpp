// The answer where facts could not be read as they stand: invalid, with everything that is wrong with them, and nothing
// decided.
#pragma once

#include <vector>

#include "explain/explanation.hpp"
#include "explain/targets.hpp"
#include "run/facts.hpp"

namespace guiju::json {

[[nodiscard]] explain::Explanation refuse_decision(const run::Facts& facts, const std::vector<run::BadFact>& refused,
                                                   bool english);
[[nodiscard]] explain::GradeExplanation refuse_grade(const run::Facts& facts, const std::vector<run::BadFact>& refused,
                                                     bool english);
[[nodiscard]] explain::TargetsText refuse_targets(const run::Facts& facts, const std::vector<run::BadFact>& refused,
                                                  bool english);

}  // namespace guiju::json
