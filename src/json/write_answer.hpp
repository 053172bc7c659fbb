// Answers as JSON objects: what `guiju decide --json`, `guiju grade --json` and the C interface hand out. Names and
// order of the members are part of the interface.
#pragma once

#include "explain/combination.hpp"
#include "explain/explanation.hpp"
#include "explain/targets.hpp"
#include "json/writer.hpp"

namespace guiju::json {

void write_decision(Writer& out, const explain::Explanation& answer);
void write_grade(Writer& out, const explain::GradeExplanation& answer);
void write_targets(Writer& out, const explain::TargetsText& answer);
void write_combination(Writer& out, const explain::CombinationText& answer);

}  // namespace guiju::json
