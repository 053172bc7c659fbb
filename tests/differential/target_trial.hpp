// Targets decided by the engine and by the reference, row by row.
#pragma once

#include <string>
#include <vector>

#include "compare.hpp"
#include "compiler/compile.hpp"
#include "domains.hpp"
#include "explain/targets.hpp"
#include "target_rules.hpp"

namespace guiju::reference {

class TargetTrial {
 public:
  TargetTrial(const compiler::Compiled& compiled, const model::Targets& targets, Counts& counts);

  // Figures in the unit of their target, none below 0 in a total.
  void settle_measures(Case& facts) const;
  // `completions` with everything known; `open`: the case has open facts. Empty where they agree.
  [[nodiscard]] std::string compare(const Case& facts, const std::vector<Case>& completions, bool open);

 private:
  [[nodiscard]] bool fits_measures(const Case& facts, const Case& completion) const;
  [[nodiscard]] std::string compare_row(std::size_t row, const std::vector<Case>& completions, bool open);
  [[nodiscard]] std::string held_against(std::size_t row, const TargetResult& r, bool exact) const;

  const model::Targets& targets_;
  Counts& counts_;
  run::Facts facts_;
  const plan::ProgramInfo& info_;
  std::vector<run::Decision> decisions_;
  explain::TargetsText text_;
};

}  // namespace guiju::reference
