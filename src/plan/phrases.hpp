// An expression in words: facts by their labels, what stands between them in the words of each language. For reasons
// and traces; where an expression has no such words they show it as it is written.
#pragma once

#include "diagnostics/source.hpp"
#include "model/rulebook.hpp"
#include "plan/plan.hpp"

namespace guiju::plan {

// Both empty where some part has no words.
[[nodiscard]] LocalText phrase(const model::Expr& e, const SourceSet& sources);

}  // namespace guiju::plan
