// What hangs on each open text: the answer by its readings.
#pragma once

#include "explain/explanation.hpp"

namespace guiju::explain {

// None where the decision is not referred, or where it is one of a reading itself.
[[nodiscard]] std::vector<ByReading> by_reading(const run::Facts& facts, const run::Decision& decision, bool english);

}  // namespace guiju::explain
