// What a standard gives beside its grade, in words and figures; and the words for a grade that is none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "explain/explanation.hpp"

namespace guiju::explain {

// "below", "no_row", "out_of_scope" for a mask that is one of these states; otherwise empty.
[[nodiscard]] std::string state_name(std::uint64_t mask);
[[nodiscard]] std::string why_unclassified(const std::string& state, bool english);

// The members that a mask leaves, in the order given, then the states without one.
[[nodiscard]] std::vector<Named> possible_members(const plan::EnumInfo& members, const std::vector<plan::Index>& order,
                                                  std::uint64_t mask, bool english);

[[nodiscard]] ResultText result_text(const plan::Plan& plan, const plan::Section& section,
                                     const plan::StandardOutputs::Output& output, const run::Decision& decision,
                                     bool english);

}  // namespace guiju::explain
