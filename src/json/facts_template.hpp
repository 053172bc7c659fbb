// An empty facts file to fill in: every fact as "?", which means unknown, beneath a comment that says what is asked and
// allowed.
#pragma once

#include <string>

#include "plan/plan.hpp"

namespace guiju::json {

[[nodiscard]] std::string facts_template(const plan::Plan& plan, plan::Index program, bool english);

}  // namespace guiju::json
