// What a later notice adds: one case decided twice, as the rules were known on two days, and the difference.
#pragma once

#include "run/decide.hpp"

namespace guiju::run {

struct TopUp {
  // Of the later day, where the case is not eligible then: nothing is added and nothing claimed back. Else undetermined
  // or referred where one of the two decisions is, or invalid where the earlier one could not be computed.
  Outcome outcome = Outcome::invalid;
  bool has_amount = false;  // eligible, undetermined or referred, and the later version grants an amount
  MoneyRange amount;        // never below 0; what was not eligible earlier counts as 0
};

[[nodiscard]] TopUp top_up_between(const Decision& before, const Decision& after);

// The same of one case that was decided twice by decide(), tighter where it is open on both days: what is open is the
// same on both.
[[nodiscard]] TopUp top_up_over(const Facts& facts, const Decision& before, const Decision& after);

// Decides twice; `options.known_on` is not read. Both decisions are those of decide().
[[nodiscard]] TopUp decide_top_up(const Facts& facts, const Options& options, Day known_from, Day known_to,
                                  Decision& before, Decision& after);

}  // namespace guiju::run
