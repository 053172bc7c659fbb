// What would make a case eligible, in words.
#pragma once

#include "explain/explanation.hpp"

namespace guiju::explain {

// Decides many times: on demand only. Empty for a case that is not refused.
[[nodiscard]] RemedyTexts remedies(const run::Facts& facts, const run::Options& options, bool english);

}  // namespace guiju::explain
