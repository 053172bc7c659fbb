// What hangs on each open text: the answer by its readings.
#pragma once

#include "explain/explanation.hpp"

namespace guiju::explain {

// None where the decision is not referred, or where it is one of a reading itself.
[[nodiscard]] std::vector<ByReading> by_reading(const run::Facts& facts, const run::Decision& decision, bool english);

// A reading that was adopted settles the case; who adopted it wants to know where that made a difference. `comes_to`:
// by the other one.
[[nodiscard]] Warning other_reading(const plan::ChoiceInfo& choice, std::size_t number, const std::string& comes_to,
                                    bool english);

}  // namespace guiju::explain
