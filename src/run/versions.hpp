// Which version governs on a day, as the rules were known on another; also where the text leaves open on which day a
// version begins or ends.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "run/value.hpp"

namespace guiju::run {

// Sections of the programme; plan::kNone stands for none.
struct Governing {
  std::set<plan::Index> versions;    // that may govern on some day of the interval, in some reading
  std::vector<plan::Index> choices;  // open texts on which that depends
  // Where the only answer is that this version is suspended, and why.
  plan::Index suspended = plan::kNone;
  const plan::SuspensionInfo* suspension = nullptr;
};
// `known_on`: versions published later are left aside, and what these supersede stands; none, all count.
[[nodiscard]] Governing governing_versions(const plan::Plan& plan, const plan::ProgramInfo& program, const Value& date,
                                           std::optional<Day> known_on, const Assumptions* supposed = nullptr);

// The days on which a version or its suspension begins or has just ended, in every reading.
[[nodiscard]] std::vector<i128> boundaries(const plan::ProgramInfo& program);

// By days between, of the known ones, or of those that were published first where none is known; kNone only where the
// programme has no version.
[[nodiscard]] plan::Index nearest_version(const plan::ProgramInfo& program, Day day, std::optional<Day> known_on);

}  // namespace guiju::run
