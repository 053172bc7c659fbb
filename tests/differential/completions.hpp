// Every completion of small cases: the answer must be the one that holds in all of them, and no more open than they
// are; and asking for the first need again and again must end in the true decision.
#pragma once

#include <cstdint>
#include <ostream>

namespace guiju::reference {

struct SmallOptions {
  std::uint64_t seed = 1;
  std::uint64_t first = 0, programs = 400;
  std::uint64_t cases = 4;  // a programme
  bool keep_going = false;
  bool exact = false;  // an answer that is more open than it has to be fails, in the classes that aim at none
};

// True where no answer was wrong; with `exact`, none more open than it has to be either.
[[nodiscard]] bool run_completions(const SmallOptions& options, std::ostream& out);

}  // namespace guiju::reference
