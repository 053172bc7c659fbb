// What a version of a duty asks of its plan: whether somebody is bound, whether it is done, and whether in time. Its
// obligations stand among the requirements of the section, each the other way round: one that fails binds.
#pragma once

#include "plan/plan.hpp"

namespace guiju::plan {

struct DutyInfo {
  SlotId bound = kNone;     // truth: a `must` holds; of versions without one, a `must not`
  SlotId done = kNone;      // truth; kNone: nothing says that it is done
  SlotId in_time = kNone;   // truth, where it is done; kNone: there is no deadline
  SlotId past = kNone;      // truth: the host's day lies after the deadline; kNone: there is none
  SlotId deadline = kNone;  // day
  SlotId done_on = kNone;   // day, absent where it is not done; kNone: no day is given
};

// Section::told of a duty.
enum DutyTold : Index { kToldDeadline, kToldDoneOn };

// `must`, `must_not`, `advised`: what binds where it holds, and so fails as a requirement.
[[nodiscard]] bool is_obligation(const RequirementInfo& requirement);
// The truth under which an obligation holds; of any other requirement, its own.
[[nodiscard]] SlotId ground_of(const Section& section, const RequirementInfo& requirement);

}  // namespace guiju::plan
