// Outcomes of the C interface and their names, read by decisions, combinations and the rows of targets alike.
#pragma once

#include <string_view>

#include "boundary.hpp"

namespace guiju::capi {

// GJ_UNDECIDED for a name of none.
[[nodiscard]] gj_outcome outcome_named(std::string_view name);
// The name ends with a zero; empty for an outcome that is none.
[[nodiscard]] std::string_view name_of_outcome(gj_outcome outcome);

}  // namespace guiju::capi
