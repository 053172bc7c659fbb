// What would make a case eligible: the fewest changes of facts that the applicant can still change (`changeable`), each
// verified by deciding again. The field calls these counterfactual explanations.
#pragma once

#include <vector>

#include "run/decide.hpp"

namespace guiju::run {

struct RemedyLimits {
  std::size_t runs = 20'000;  // of the plan, in the whole search
  std::size_t values = 40;    // tried for one fact, the nearest
  std::size_t offered = 12;   // the best
};

struct Change {
  plan::Index field = plan::kNone;  // of the layout of the facts
  FactValue to;
};
struct Remedy {
  std::vector<Change> changes;  // one or two
  plan::Index section = plan::kNone;
  bool has_amount = false;
  MoneyRange amount;
};
struct Remedies {
  std::vector<Remedy> found;  // fewest changes first, then the highest amount, then the nearest values
  bool cut_short = false;     // a limit was reached: there may be others
};

// Nothing is found for a case that is not refused (ineligible, not in force). A day before Options::as_at is not
// offered.
[[nodiscard]] Remedies find_remedies(const Facts& facts, const Options& options, const RemedyLimits& limits = {});

}  // namespace guiju::run
