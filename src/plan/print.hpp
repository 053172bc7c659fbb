// A plan as text, one line an operation: for tests and for people who want to see what a rule became.
#pragma once

#include <string>

#include "plan/plan.hpp"

namespace guiju::plan {

// `s7 number q=0.01 = MIN s5 s6    ; 15% of net at most 2000 yuan`; bodies of folds are indented.
[[nodiscard]] std::string print(const Plan& plan, const Section& section);

}  // namespace guiju::plan
