// Who bears what of an amount: shares in whole units that add up to it, `shared 90 : 5 : 5 between …`.
#pragma once

#include "run/value.hpp"

namespace guiju::run {

// The share of `which`; of an open amount the tightest range over all amounts in its range.
[[nodiscard]] Value share(const plan::SplitInfo& split, plan::Index which, const Value& amount);

}  // namespace guiju::run
