// See failures.hpp.
#include "run/failures.hpp"

#include <algorithm>

namespace guiju::run {

using plan::RequirementInfo;

namespace {

void add_of_parts(const plan::Section& section, const Decision& decision, std::vector<const RequirementInfo*>& out) {
  std::vector<plan::SlotId> named;
  for (const plan::Index i : decision.refused) {
    const RequirementInfo& r = section.part_requirements[i];
    if (std::find(named.begin(), named.end(), r.truth) != named.end()) continue;
    named.push_back(r.truth);
    out.push_back(&r);
  }
}

}  // namespace

std::vector<const RequirementInfo*> failures_of(const plan::Section& section, const Decision& decision) {
  std::vector<const RequirementInfo*> out;
  for (const plan::Index i : decision.failed) {
    const RequirementInfo& r = section.requirements[i];
    if (r.kind == RequirementInfo::parts && !decision.refused.empty()) {
      add_of_parts(section, decision, out);
    } else {
      out.push_back(&r);
    }
  }
  return out;
}

}  // namespace guiju::run
