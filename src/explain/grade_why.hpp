// Why a product has its grade: the limits of that level which it meets, and those that it misses of the next better
// one.
#pragma once

#include <string>

#include "run/decide.hpp"

namespace guiju::explain {

// Of a grade that is known, one of none (below, no row, out of scope) too. `decision` with all slots evaluated. Empty
// where the grade is not read off limits.
[[nodiscard]] std::string why_this_grade(const run::Facts& facts, const run::Decision& decision, bool english);

}  // namespace guiju::explain
