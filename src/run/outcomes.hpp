// What an outcome says of a grant, and what several come to together. Of programmes; those of duties and targets are
// none of these.
#pragma once

#include "run/decide.hpp"

namespace guiju::run {

[[nodiscard]] bool is_open(Outcome outcome);         // facts are missing, or a person has to decide
[[nodiscard]] bool may_be_granted(Outcome outcome);  // it is, or is open
[[nodiscard]] bool grants_nothing(Outcome outcome);  // and nothing is open
// As far as its own decision goes. Not where only the day is open on which it would be in force, and refuse, nor where
// it is refused or in error, whichever way what is open turns out.
[[nodiscard]] bool may_be_granted(const plan::ProgramInfo& program, const Decision& decision);

// Of two programmes of one case; not_in_force is what none comes to.
[[nodiscard]] Outcome joined(Outcome a, Outcome b);
// In two cases of which one will be: nothing is granted in either, or what differs is open.
[[nodiscard]] Outcome either(Outcome a, Outcome b);

}  // namespace guiju::run
