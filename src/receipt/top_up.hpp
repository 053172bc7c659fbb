// What a later notice adds to decisions that are on record.
#pragma once

#include "receipt/receipt.hpp"
#include "run/top_up.hpp"

namespace guiju::receipt {

// A receipt against the same case decided by the rules as known on a later day.
struct Revision {
  enum Kind : std::uint8_t {
    raised,              // eligible, and the exact sum is above 0
    open,                // a fact or a person is still needed on one of the days, and it may be raised: an interval
    no_longer_eligible,  // granted or open then, not eligible now: nothing is added and nothing claimed back
    not_raised           // nothing to add
  } kind = not_raised;
  run::Outcome outcome = run::Outcome::invalid;  // of the later day
  run::TopUp top_up;
  run::MoneyRange was, now;  // fen
  std::string version_was, version;
  std::vector<std::string> needs;  // open: facts to ask for
};

// No value where the receipt was changed after it was written or does not say what was granted as its format has it,
// where the rules do not have its programme or facts, or where it was itself decided by rules as known on a later day.
// Programmes only.
[[nodiscard]] Or<Revision> revise(const Receipt& receipt, const std::shared_ptr<const plan::Plan>& plan, Day known_on);

}  // namespace guiju::receipt
