// Lowers a checked rulebook to its plan: expressions become operations over slots, numbers get their static scales.
#pragma once

#include <memory>

#include "diagnostics/diagnostic.hpp"
#include "model/rulebook.hpp"
#include "plan/plan.hpp"

namespace guiju::plan {

// Reports what only the scales show (an amount that may carry a fraction of a fen …). The result is meant for use only
// where the diagnostics hold no error.
[[nodiscard]] std::shared_ptr<Plan> lower(const model::Rulebook& rulebook, const SourceSet& sources,
                                          Diagnostics& diagnostics);

// The same of a rulebook with mistakes, as far as they leave amounts whole: so that one run tells everything.
void report_scales(const model::Rulebook& rulebook, const SourceSet& sources, Diagnostics& diagnostics);

}  // namespace guiju::plan
