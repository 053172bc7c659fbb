// Values as people read them, in either language.
#pragma once

#include <string>

#include "run/decide.hpp"

namespace guiju::explain {

[[nodiscard]] std::string show_fen(i128 fen);  // "1800.00"
[[nodiscard]] std::string show_value(const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& value,
                                     const run::Decision& decision, bool english);
// A text with its holes filled from the slots of the decision. Reasons must have been evaluated.
[[nodiscard]] std::string fill(const plan::Plan& plan, const plan::Section& section, const plan::Template& text,
                               const run::Decision& decision, bool english);
[[nodiscard]] std::string plain_text(const plan::Template& text, bool english);  // holes left out
[[nodiscard]] std::string show_period(const plan::Section& section, bool english);

}  // namespace guiju::explain
