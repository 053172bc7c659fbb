// What an answer says of itself, held against itself and the reference: everything adds up, the values compared really
// fail what they are said to fail, and what is offered as a remedy is one.
#pragma once

#include <cstdint>
#include <string>

#include "facts.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::reference {

struct WhyCounts {
  std::uint64_t sums = 0;         // amounts with parts and adjustments
  std::uint64_t adjustments = 0;  // in them
  std::uint64_t compared = 0;     // values of failed requirements
  std::uint64_t remedies = 0;     // offered and verified
};

// Empty where all is well. `known`: no fact is open, so that remedies are looked for.
[[nodiscard]] std::string check_why(const run::Facts& facts, const run::Decision& decision,
                                    const model::Program& program, const Case& source, bool known, WhyCounts& counts);

}  // namespace guiju::reference
