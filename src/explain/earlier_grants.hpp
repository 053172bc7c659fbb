// An exclusion by which an earlier grant counts, as an officer would say it: which entry of the history counts, what is
// known of it, and beside which programme nothing more is granted. That a version of the group governs is no way out,
// so it is not told as one.
#pragma once

#include <vector>

#include "explain/explanation.hpp"

namespace guiju::explain {

// What stands in the way of an exclusion that fails: the entries that count; where it is open which of them do, the
// history as a whole. Told in `words`.
[[nodiscard]] std::vector<Compared> earlier_grants(const run::Facts& facts, const run::Decision& decision,
                                                   const plan::RequirementInfo& exclusion, bool english, Words& words);

// What a fold goes over: "申领"; and one of its entries: "申领第1项".
[[nodiscard]] std::string list_label(const run::Facts& facts, const plan::Section& section, plan::SlotId fold,
                                     bool english);
[[nodiscard]] std::string entry_label(const std::string& list, std::size_t index, bool english);

}  // namespace guiju::explain
