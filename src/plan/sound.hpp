// What of a rulebook with mistakes can be lowered all the same, so that what only the scales show is told along with
// them.
#pragma once

#include <deque>
#include <set>

#include "model/rulebook.hpp"

namespace guiju::plan {

// Says of expressions and types whether nothing in them, or in what they name, is at fault. What calls a standard or
// looks into a catalogue counts as faulty: too much would have to be looked through.
class Soundness {
 public:
  [[nodiscard]] bool of(const model::Expr* expr);
  [[nodiscard]] bool of(const model::Type& type);
  [[nodiscard]] bool of(const std::deque<model::Given>& givens);
  [[nodiscard]] bool of(const model::Amount& amount);
  // With limits that pay the rest, which bound the amount.
  [[nodiscard]] bool of(const model::Version& version);

 private:
  [[nodiscard]] bool of(const model::Table& table);
  [[nodiscard]] bool of(const model::Part& part);
  [[nodiscard]] bool of(const std::vector<model::Adjustment>& adjustments);

  std::set<const void*> seen_;  // sound, or being looked through
};

}  // namespace guiju::plan
