// See local_programmes.hpp.
#include "run/local_programmes.hpp"

#include <algorithm>

#include "run/outcomes.hpp"

namespace guiju::run {

using plan::Index;

namespace {

// Of a programme and those that carry it out, in the order in which they stand for it: up to one that certainly grants.
// True where there is one.
bool add_line(const CaseFacts& facts, const std::vector<Decision>& decisions, Index program, std::vector<Index>& out) {
  const plan::Plan& plan = *facts.plan;
  const auto counts = [&](Index i) {
    const bool wrong = decisions[i].outcome == Outcome::invalid;
    return facts.asked[i] && (wrong || may_count(plan.programs[i], decisions[i]));
  };
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (i == program || !counts(i) || !carries_out(plan, i, plan.programs[program].name)) continue;
    if (add_line(facts, decisions, i, out)) return true;
  }
  if (!counts(program)) return false;
  if (std::find(out.begin(), out.end(), program) == out.end()) out.push_back(program);
  return is_granted(decisions[program]);
}

std::vector<Index> line(const CaseFacts& facts, const std::vector<Decision>& decisions, Index program) {
  std::vector<Index> out;
  add_line(facts, decisions, program, out);
  return out;
}

}  // namespace

bool may_count(const plan::ProgramInfo& program, const Decision& decision) {
  return decision.may_be_invalid || may_be_granted(program, decision);
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
  std::vector<Index> out = line(facts, decisions, program);
  std::erase_if(out, [&](Index i) { return decisions[i].outcome == Outcome::invalid; });
  return out;
}

Invalid invalid(const CaseFacts& facts, const std::vector<Decision>& decisions, Index program) {
  Invalid out = Invalid::none;
  const std::vector<Index> all = line(facts, decisions, program);
  for (const Index i : all) {
    if (decisions[i].may_be_invalid) out = Invalid::in_some_case;
    if (decisions[i].outcome != Outcome::invalid) continue;
    if (i == all.front() || !decisions[i].bad.empty()) return Invalid::in_any_case;
    out = Invalid::in_some_case;
  }
  return out;
}

}  // namespace guiju::run
