// See combine.hpp: decides each programme, judges what hangs together, and adds it up.
#include "run/combine.hpp"

#include <algorithm>

#include "run/combined_cases.hpp"
#include "run/unit.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;

CaseFacts::CaseFacts(std::shared_ptr<const plan::Plan> of) : plan(std::move(of)), asked(plan->programs.size(), false) {
  for (Index i = 0; i < plan->programs.size(); ++i) {
    const auto kind = plan->programs[i].kind;
    const bool of_a_case = kind == plan::ProgramInfo::program || kind == plan::ProgramInfo::group;
    facts.push_back(of_a_case ? std::make_unique<Facts>(plan, i) : nullptr);
  }
}

void CaseFacts::reset() {
  for (const auto& f : facts) {
    if (f != nullptr) f->reset();
  }
  asked.assign(asked.size(), false);
}

void combine(const CaseFacts& facts, const Options& options, Combination& out) {
  const plan::Plan& plan = *facts.plan;
  out = {};
  out.decisions.resize(plan.programs.size());
  out.standings.resize(plan.programs.size());
  for (Index i = 0; i < plan.programs.size(); ++i) {
    out.standings[i].program = i;
    if (plan.programs[i].kind == plan::ProgramInfo::program && facts.asked[i])
      decide(*facts.facts[i], options, out.decisions[i]);
  }
  const std::vector<Unit> units = units_of(facts);
  std::vector<UnitResult> results;
  for (const Unit& unit : units) results.push_back(judge(facts, options, out.decisions, nullptr, unit));
  out.total = case_by_case(facts, options, out.decisions, units, results);
  for (std::size_t u = 0; u < units.size(); ++u) {
    UnitResult& result = results[u];
    for (const Index i : units[u].programs) out.standings[i] = result.standings[i];
    out.outcome = joined(out.outcome, result.outcome);
    if (units[u].group != kNone) out.groups.push_back(std::move(result.group));
  }
}

const plan::GroupSection* group_section(const plan::Plan& plan, const GroupResult& result) {
  const plan::GroupInfo& group = *plan.programs[result.group].grouping;
  if (result.base) return &group.base_group;
  return result.section == kNone ? nullptr : &group.versions[result.section];
}

const plan::Section* section_of(const plan::Plan& plan, const GroupResult& result) {
  const plan::ProgramInfo& group = plan.programs[result.group];
  if (result.base) return &group.grouping->base;
  return result.section == kNone ? nullptr : &group.sections[result.section];
}

}  // namespace guiju::run
