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

// The same in steps: a programme that was lowered may be gone before the next is checked. The lets of files must all be
// there when it begins.
class Lowering {
 public:
  Lowering(const model::Rulebook& rulebook, const SourceSet& sources, Diagnostics& diagnostics);
  ~Lowering();
  void lower_program(std::size_t index);         // in Rulebook::programs
  [[nodiscard]] std::shared_ptr<Plan> finish();  // with all that is left

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The same of a rulebook with mistakes, as far as they leave amounts whole: so that one run tells everything.
void report_scales(const model::Rulebook& rulebook, const SourceSet& sources, Diagnostics& diagnostics);

}  // namespace guiju::plan
