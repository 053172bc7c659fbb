// One pass over what grants nothing: a version of a duty, a row of targets. Decision::section names the section.
// Private to run/.
#pragma once

#include "run/machine.hpp"

namespace guiju::run {

void judge_duty(const plan::Plan& plan, const plan::Section& section, const Facts& facts, Decision& decision);
void judge_target(const plan::Plan& plan, const plan::Section& section, const Facts& facts, Decision& decision);

}  // namespace guiju::run
