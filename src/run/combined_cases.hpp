// What of a combination is open, looked at case by case: one unknown fact may decide several programmes and their
// groups at once, and what each of them leaves open by itself is then more than all of them do together. Private to
// run/.
#pragma once

#include <vector>

#include "run/unit.hpp"

namespace guiju::run {

// Narrows what the units come to, as far as cases can be told apart within the limit, and says what all are paid in
// sum. Truths, members and what is held against what is known are told apart exactly; sums are, as intervals, of one
// unit.
[[nodiscard]] MoneyRange case_by_case(const CaseFacts& facts, const Options& options,
                                      const std::vector<Decision>& decisions, const std::vector<Unit>& units,
                                      std::vector<UnitResult>& results);

}  // namespace guiju::run
