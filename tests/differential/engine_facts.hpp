// From the facts of the reference to those of the engine.
#pragma once

#include <string>

#include "facts.hpp"
#include "run/facts.hpp"

namespace guiju::reference {

// Sets what is known and absent; leaves the rest unknown. Says what the engine would not take; empty where all is well.
[[nodiscard]] std::string fill(run::Facts& facts, const Case& source);

}  // namespace guiju::reference
