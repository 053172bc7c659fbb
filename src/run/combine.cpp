// See combine.hpp: decides each programme, judges what hangs together, and adds it up.
#include "run/combine.hpp"

#include <algorithm>

#include "run/combined_cases.hpp"
#include "run/joined_results.hpp"
#include "run/outcomes.hpp"
#include "run/unit.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;

namespace {

// Of a group that is settled. What its programmes come to may hang on the text, too: they are held to its exclusions.
void read_otherwise(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions,
                    const Unit& unit, UnitResult& result) {
  if (unit.group == kNone || !is_settled(result)) return;
  const plan::Plan& plan = *facts.plan;
  for (const Reading& other : other_readings(plan, plan.programs[unit.group], section_of(plan, result.group))) {
    std::vector<Decision> as_read = decisions;
    for (const Index i : unit.programs) as_read[i] = decided_as_read(*facts.facts[i], options, other);
    const Assumptions supposed = assumed({other});
    const UnitResult read = judge(facts, options, as_read, &supposed, unit);
    if (!same(result, read)) result.group.other_readings.push_back({other, read.outcome, read.total});
  }
}

// No programme was asked about, so nothing is known of any: each date that selects a version says what case it is.
void ask_for_a_case(const CaseFacts& facts, const Options& options, Combination& out) {
  for (Index i = 0; i < facts.plan->programs.size(); ++i) {
    if (facts.plan->programs[i].kind != plan::ProgramInfo::program) continue;
    out.outcome = Outcome::undetermined;
    out.total.unbounded = true;
    Decision dates;
    for (std::string& path : select(*facts.facts[i], options, dates).needs) {
      if (std::find(out.needs.begin(), out.needs.end(), path) == out.needs.end()) out.needs.push_back(std::move(path));
    }
  }
}

}  // namespace

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
  if (units.empty()) return ask_for_a_case(facts, options, out);
  std::vector<UnitResult> results;
  for (const Unit& unit : units) results.push_back(judge(facts, options, out.decisions, nullptr, unit));
  out.total = case_by_case(facts, options, out.decisions, units, results);
  for (std::size_t u = 0; u < units.size(); ++u) {
    UnitResult& result = results[u];
    read_otherwise(facts, options, out.decisions, units[u], result);
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
