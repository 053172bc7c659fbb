// See failures.hpp.
#include "run/failures.hpp"

namespace guiju::run {

std::vector<const plan::RequirementInfo*> failures_of(const plan::Section& section, const Decision& decision) {
  std::vector<const plan::RequirementInfo*> out;
  for_each_failure(section, decision, [&](const plan::RequirementInfo& r) { out.push_back(&r); });
  return out;
}

}  // namespace guiju::run
