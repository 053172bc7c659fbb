// See local_programmes.hpp.
#include "run/local_programmes.hpp"

#include <algorithm>

namespace guiju::run {

using plan::Index;

namespace {

// True once one of them certainly grants.
bool add_candidates(const CaseFacts& facts, const std::vector<Decision>& decisions, Index program,
                    std::vector<Index>& out) {
  const plan::Plan& plan = *facts.plan;
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (i == program || !facts.asked[i] || !may_be_granted(decisions[i].outcome)) continue;
    if (!carries_out(plan, i, plan.programs[program].name)) continue;
    if (add_candidates(facts, decisions, i, out)) return true;
  }
  if (!facts.asked[program] || !may_be_granted(decisions[program].outcome)) return false;
  if (std::find(out.begin(), out.end(), program) == out.end()) out.push_back(program);
  return is_granted(decisions[program]);
}

}  // namespace

bool may_be_granted(Outcome outcome) {
  return outcome == Outcome::eligible || outcome == Outcome::undetermined || outcome == Outcome::referred;
}

bool is_granted(const Decision& decision) {
  return decision.outcome == Outcome::eligible || (may_be_granted(decision.outcome) && !decision.may_be_refused);
}

bool carries_out(const plan::Plan& plan, Index program, const std::string& national) {
  const std::string* name = &plan.programs[program].name;
  while (*name != national) {
    const auto found = std::find_if(plan.programs.begin(), plan.programs.end(),
                                    [&](const plan::ProgramInfo& p) { return p.name == *name; });
    if (found == plan.programs.end() || found->implements.empty()) return false;
    name = &found->implements;
  }
  return true;
}

std::vector<Index> candidates(const CaseFacts& facts, const std::vector<Decision>& decisions, Index program) {
  std::vector<Index> out;
  add_candidates(facts, decisions, program, out);
  return out;
}

}  // namespace guiju::run
