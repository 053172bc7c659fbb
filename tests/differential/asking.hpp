// Somebody knows the truth and is asked, always for the first need: that must end, and end in the true decision.
#pragma once

#include <string>

#include "facts.hpp"

namespace guiju::reference {

// Sets the fact at that path to what it is in `known`; what is wrong with asking for it, or empty.
[[nodiscard]] std::string answer(Case& asked, const Case& known, const std::string& path);

}  // namespace guiju::reference
