// The trace of a decision whose facts are all known, held against the reference: every statement of the version has its
// line in the order of the rule file, every named value is what the reference makes of it, and what each cap, floor and
// rounding leaves is where the next begins, down to the amount.
#pragma once

#include <cstdint>
#include <string>

#include "facts.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::reference {

struct TraceCounts {
  std::uint64_t traces = 0, values = 0, steps = 0;
};

// Empty where all is well.
[[nodiscard]] std::string check_trace(const run::Facts& facts, const run::Decision& decision,
                                      const model::Program& program, const Case& source, TraceCounts& counts);

}  // namespace guiju::reference
