// What a person has to settle, in words: a text that is left open, an officer's judgement, a gap, papers that
// contradict each other. Decisions and combinations say it alike.
#pragma once

#include "explain/explanation.hpp"
#include "run/decide.hpp"

namespace guiju::explain {

// `section` is the one that was decided; null where it is open which.
[[nodiscard]] Referral referral_of(const plan::Plan& plan, const plan::Section* section, const run::Mark& mark,
                                   bool english);

}  // namespace guiju::explain
