// Which requirements an answer says have failed.
#pragma once

#include "run/decide.hpp"

namespace guiju::run {

// All of the section of the decision that fail, one after the other; nothing is allocated. Where no part is left, those
// of the parts stand for that: the one that says so is in no rule file. A condition that several parts ask for is named
// once.
template <typename Visit>
void for_each_failure(const plan::Section& section, const Decision& decision, Visit&& visit) {
  const auto of_part = [&](plan::Index i) -> const plan::RequirementInfo& { return section.part_requirements[i]; };
  const auto was_named = [&](plan::Index asked) {
    for (const plan::Index before : decision.refused) {
      if (before == asked) return false;
      if (of_part(before).truth == of_part(asked).truth) return true;
    }
    return false;
  };
  for (const plan::Index i : decision.failed) {
    const plan::RequirementInfo& r = section.requirements[i];
    if (r.kind != plan::RequirementInfo::parts || decision.refused.empty()) {
      visit(r);
      continue;
    }
    for (const plan::Index refused : decision.refused) {
      if (!was_named(refused)) visit(of_part(refused));
    }
  }
}

}  // namespace guiju::run
