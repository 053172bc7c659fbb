// See target_trial.hpp.
#include "target_trial.hpp"

#include <algorithm>
#include <array>

#include "engine_facts.hpp"
#include "engines.hpp"
#include "explain/targets.hpp"
#include "plan/target.hpp"
#include "run/value.hpp"

namespace guiju::reference {

namespace {

constexpr std::size_t kPathsOfTarget = 100;

template <typename Entry>
auto& field(Entry& entry, const char* name) {
  return std::find_if(entry.begin(), entry.end(), [&](const auto& f) { return f.first.front()->name.primary == name; })
      ->second;
}

run::Outcome outcome_of(TargetResult::Standing standing) {
  switch (standing) {
    case TargetResult::attained:
      return run::Outcome::attained;
    case TargetResult::open:
      return run::Outcome::open;
    case TargetResult::missed:
      return run::Outcome::missed;
    case TargetResult::referred:
      return run::Outcome::referred;
    case TargetResult::unseen:
      return run::Outcome::undetermined;
    default:
      return run::Outcome::invalid;
  }
}

}  // namespace

TargetTrial::TargetTrial(const compiler::Compiled& compiled, const model::Targets& targets, Counts& counts)
    : targets_(targets),
      counts_(counts),
      facts_(compiled.plan, compiled.plan->find_program(targets.name.primary)),
      info_(compiled.plan->programs.at(facts_.program())) {}

// `words` of a figure is how it is measured.
void TargetTrial::settle_measures(Case& facts) const {
  Fact& list = facts.givens.at(targets_.observed).at({});
  for (Row& entry : list.entries) {
    const auto row = static_cast<std::size_t>(field(entry, "target").value.whole);
    Value& value = field(entry, "value").value;
    const model::Target& target = targets_.rows.at(row);
    value.words = target.kind == model::Target::change || target.reach == nullptr ? "" : measure_of(target.type.unit);
    if (value.amount < 0) value.amount = -value.amount;
  }
}

// An entry may turn out to speak of a target that is measured otherwise; nobody would have given that figure.
bool TargetTrial::fits_measures(const Case& facts, const Case& completion) const {
  const auto& given = facts.givens.at(targets_.observed).at({}).entries;
  const auto& completed = completion.givens.at(targets_.observed).at({}).entries;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Fact& value = field(given[i], "value");
    if (value.state == Fact::known && value.value.words != field(completed[i], "value").value.words) return false;
  }
  return true;
}

std::string TargetTrial::held_against(std::size_t index, const TargetResult& r, bool exact) const {
  const run::Decision& d = decisions_.at(index);
  const plan::Section& section = info_.sections.at(index);
  const bool open = (d.outcome == run::Outcome::undetermined && r.standing != TargetResult::unseen) ||
                    (d.outcome == run::Outcome::referred && r.standing != TargetResult::referred);
  if (!open && d.outcome != outcome_of(r.standing))
    return std::string(run::name_of(d.outcome)) + ", reference " + show(r);
  if (exact && open) return "left " + std::string(run::name_of(d.outcome)) + ", reference " + show(r);
  if (r.standing == TargetResult::invalid || d.outcome == run::Outcome::invalid) return "";
  const std::array<std::pair<plan::TargetTold, const std::optional<Number>*>, 2> told{
      {{plan::kToldFigure, &r.figure}, {plan::kToldToGo, &r.to_go}}};
  for (const auto& [which, figure] : told) {
    if (section.told[which] == plan::kNone) continue;
    const run::Value& got = d.told.at(which);
    const Value value = *figure ? Value::of_number(**figure) : Value::of(Value::absent, 0);
    if (!may_be(got, section.slots[section.told[which]], value))
      return (which == plan::kToldFigure ? "the figure" : "what is to go") + std::string(" cannot be that of ") +
             show(r);
    if (exact && *figure && !run::is_known(got, plan::SlotClass::number)) return "a figure is left open";
  }
  if (d.outcome != run::Outcome::open) return "";
  const std::string& pace = text_.rows.at(index).pace;
  const std::string wanted = !r.on_track ? "" : *r.on_track ? "on_track" : "behind";
  if (!pace.empty() ? pace != wanted : exact && !wanted.empty()) return "pace " + pace + ", reference " + show(r);
  return "";
}

std::string TargetTrial::compare_row(std::size_t index, const std::vector<Case>& completions, bool open) {
  const model::Target& row = targets_.rows.at(index);
  std::vector<TargetResult> results;
  bool asked = false;
  for (const Case& known : completions) {
    Oracle oracle;
    for (std::size_t path = 0; path < kPathsOfTarget; ++path) {
      const TargetResult r = decide_target(targets_, row, known, oracle);
      asked = asked || oracle.asked();
      if (r.usable) results.push_back(r);
      if (!oracle.next()) break;
    }
  }
  if (results.empty()) return "";
  const run::Decision& d = decisions_.at(index);
  ++counts_.by_outcome.at(static_cast<std::size_t>(d.outcome));
  const bool exact = !open && !asked && results.size() == 1;
  for (const TargetResult& r : results) {
    // An error that only some completions have.
    if (!exact && r.standing == TargetResult::invalid) continue;
    if (std::string fault = held_against(index, r, exact); !fault.empty()) return row.name.primary + ": " + fault;
  }
  if (d.outcome == run::Outcome::undetermined && d.needs.empty() && d.stuck_on.empty())
    return row.name.primary + ": undetermined without a fact to ask for";
  ++counts_.targets;
  counts_.targets_exact += exact ? 1 : 0;
  const bool agree = std::all_of(results.begin(), results.end(),
                                 [&](const TargetResult& r) { return r.standing == results.front().standing; });
  const bool unseen = results.front().standing == TargetResult::unseen;
  const bool left = (d.outcome == run::Outcome::undetermined && !unseen) ||
                    (d.outcome == run::Outcome::referred && results.front().standing != TargetResult::referred);
  counts_.targets_loose += agree && left ? 1 : 0;
  return "";
}

std::string TargetTrial::compare(const Case& facts, const std::vector<Case>& completions, bool open) {
  if (std::string fault = fill(facts_, facts); !fault.empty()) return fault;
  decisions_.resize(targets_.rows.size());
  for (std::size_t i = 0; i < decisions_.size(); ++i) {
    run::Options options;
    if (facts.as_at) options.as_at = static_cast<Day>(*facts.as_at);
    options.row = static_cast<plan::Index>(i);
    if (std::string fault = decide_by_engines(facts_, options, decisions_[i]); !fault.empty()) return fault;
  }
  text_ = explain::explain_targets(facts_, decisions_, true);
  std::vector<Case> fitting;
  for (const Case& c : completions)
    if (fits_measures(facts, c)) fitting.push_back(c);
  for (std::size_t i = 0; i < targets_.rows.size(); ++i)
    if (std::string fault = compare_row(i, fitting, open); !fault.empty()) return fault;
  return "";
}

}  // namespace guiju::reference
