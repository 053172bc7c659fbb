// Which version governs on a day, also where the text leaves open on which day a version begins or ends.
#pragma once

#include <set>
#include <vector>

#include "run/value.hpp"

namespace guiju::run {

// Sections of the programme; plan::kNone stands for none.
struct Governing {
  std::set<plan::Index> versions;    // that may govern on some day of the interval, in some reading
  std::vector<plan::Index> choices;  // open texts on which that depends
};
[[nodiscard]] Governing governing_versions(const plan::ProgramInfo& program, const Value& date);

// By days between; kNone only where the programme has no version.
[[nodiscard]] plan::Index nearest_version(const plan::ProgramInfo& program, Day day);

}  // namespace guiju::run
