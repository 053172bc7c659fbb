// See unit.hpp: reads conditions and ceiling of a group off its section, and weighs.
#include "run/unit.hpp"

#include <algorithm>
#include <set>

#include "run/joined_results.hpp"
#include "run/local_programmes.hpp"
#include "run/machine.hpp"
#include "run/outcomes.hpp"
#include "run/weigh.hpp"

namespace guiju::run {

using plan::GroupSection;
using plan::Index;
using plan::kNone;
using plan::Section;
using plan::SlotId;

namespace {

// ---- sums of money

i128 top_of(const MoneyRange& range) {
  return range.unbounded ? kNoEnd : range.most;
}
MoneyRange range_of(i128 least, i128 most) {
  MoneyRange out;
  out.least = least;
  out.unbounded = most >= kNoEnd;
  out.most = out.unbounded ? 0 : most;
  return out;
}

// The rules say only how much it may be: who sets the payment has to say it.
bool is_set_elsewhere(const Decision& d) {
  const bool elsewhere = d.amount_kind == AmountKind::ceiling || d.amount_kind == AmountKind::average;
  return may_be_granted(d.outcome) && d.has_amount && elsewhere;
}

template <class Item>
void add_once(std::vector<Item>& all, const Item& item) {
  if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(item);
}

// Those asked that carry it out, and it itself where it was asked.
void add_asked(const CaseFacts& facts, Index program, std::vector<Index>& out) {
  for (Index i = 0; i < facts.plan->programs.size(); ++i) {
    const bool of_it = facts.plan->programs[i].kind == plan::ProgramInfo::program && facts.asked[i] &&
                       carries_out(*facts.plan, i, facts.plan->programs[program].name);
    if (of_it) add_once(out, i);
  }
}

// What a programme comes to, with whatever stands in for it.
struct Claim {
  Index program = kNone;          // the first of the candidates, else the programme itself
  std::vector<Index> candidates;  // which may be what is granted
  std::vector<Index> open;        // those of them that may yet fail
  bool possible = false, certain = false;
  Invalid invalid = Invalid::none;
  i128 least = 0, most = 0;
};
Claim claim_of(const CaseFacts& facts, const std::vector<Decision>& decisions, Index program) {
  const plan::Plan& plan = *facts.plan;
  Claim out;
  out.program = program;
  out.candidates = candidates(facts, decisions, program);
  out.invalid = invalid(facts, decisions, program);
  if (out.candidates.empty()) return out;
  out.program = out.candidates.front();
  out.possible = true;
  for (const Index i : out.candidates) {
    const MoneyRange own = own_amount(plan.programs[i], decisions[i]);
    const bool first = i == out.program;
    out.least = first ? own.least : std::min(out.least, own.least);
    out.most = first ? top_of(own) : std::max(out.most, top_of(own));
    if (decisions[i].outcome != Outcome::eligible) out.open.push_back(i);
  }
  out.certain = is_granted(decisions[out.candidates.back()]);
  return out;
}

// ---- one group under one of its versions

class GroupJudge {
 public:
  GroupJudge(const CaseFacts& facts, const std::vector<Decision>& decisions, const Section& section,
             const GroupSection& group, GroupResult& result)
      : plan_(*facts.plan),
        facts_(facts),
        decisions_(decisions),
        section_(section),
        group_(group),
        result_(result),
        machine_(plan_, section, *facts.facts[result.group], result.work) {}

  void judge() {
    machine_.run(0, static_cast<Index>(section_.ops.size()));
    read_members();
    read_exclusions();
    read_ceiling();
    if (result_.outcome == Outcome::invalid) return;
    const Weighing weighing = weigh(weights_);
    result_.total = range_of(weighing.least, weighing.most);
    for (const Set set : weighing.choices) result_.choices.push_back(choice(set));
    gather(weighing);
    for (std::size_t i = 0; i < group_.members.size(); ++i) result_.members.push_back(standing(weighing, i));
  }

 private:
  [[nodiscard]] const Decision& decision(std::size_t member) const { return decisions_[programs_[member]]; }
  [[nodiscard]] bool asked(std::size_t member) const { return facts_.asked[programs_[member]]; }

  // ---- what is weighed

  void read_members() {
    for (std::size_t i = 0; i < group_.members.size(); ++i) {
      Weights::Member member;
      member.on_what_remains = group_.members[i].on_what_remains;
      const Claim claim = claim_of(facts_, decisions_, group_.members[i].program);
      programs_.push_back(claim.program);
      open_.push_back(claim.open);
      several_.push_back(claim.candidates.size() > 1);
      may_be_invalid_.push_back(claim.invalid == Invalid::in_some_case);
      if (claim.invalid == Invalid::in_any_case) result_.outcome = Outcome::invalid;
      if (asked(i)) {
        member.possible = claim.possible;
        member.certain = claim.certain;
        member.least = claim.least;
        member.most = claim.most;
      }
      weights_.members.push_back(member);
    }
    weights_.giving_way = group_.giving_way;
    weights_.listed = group_.winner == GroupSection::listed;
  }

  [[nodiscard]] Conflict truth_of(const plan::ExclusionInfo& e) const {
    if (e.when == kNone) return Conflict::always;
    const Value& truth = machine_.at(e.when);
    if (is_false(truth)) return Conflict::never;
    return is_true(truth) ? Conflict::always : Conflict::maybe;
  }

  void read_exclusions() {
    const std::size_t size = group_.members.size();
    weights_.conflicts.assign(size, std::vector<Conflict>(size, Conflict::never));
    for (const plan::ExclusionInfo& e : group_.exclusions) {
      if (e.when != kNone) note_failure(e.when);
      for (Conflict* cell : {&weights_.conflicts[e.one][e.other], &weights_.conflicts[e.other][e.one]})
        *cell = std::max(*cell, truth_of(e));
    }
  }

  void read_ceiling() {
    if (group_.total == kNone) return;
    note_failure(group_.total);
    const Value& total = machine_.at(group_.total);
    if (!may(total, Value::has_value)) return;
    const auto fen = mul(section_.slots[group_.total].q, Rational(100));
    const i128 factor = fen ? fen->num() : 1;
    const bool no_limit = may(total, Value::may_be_unlimited);
    i128 least = 0, most = 0;
    const bool has_least = !total.low_open_end && checked_mul(total.low, factor, least);
    const bool has_most = !total.high_open_end && !no_limit && checked_mul(total.high, factor, most);
    weights_.ceiling_least = has_least ? std::max<i128>(0, least) : 0;
    weights_.ceiling_most = has_most ? std::max<i128>(0, most) : kNoEnd;
  }

  void note_failure(SlotId slot) {
    if (only_fails(machine_.at(slot))) {
      if (const auto error = machine_.failure(slot)) result_.errors.push_back(*error);
      result_.outcome = Outcome::invalid;
    }
    if (!result_.work.bad.empty()) {
      result_.bad = result_.work.bad;
      result_.outcome = Outcome::invalid;
    }
  }

  // ---- what is open, and what would close it

  void gather(const Weighing& weighing) {
    Set in_some = 0;
    for (const Set set : weighing.candidates) in_some |= set;
    const bool one = weighing.candidates.size() == 1;
    bool undetermined = false, referred = false;
    for (std::size_t i = 0; i < group_.members.size(); ++i) {
      if ((in_some >> i & 1U) == 0 && !may_be_invalid_[i]) continue;
      referred = referred || ((in_some >> i & 1U) != 0 && is_set_elsewhere(decision(i)));
      for (const Index program : open_[i]) {
        const Decision& d = decisions_[program];
        undetermined = undetermined || d.outcome == Outcome::undetermined;
        referred = referred || d.outcome == Outcome::referred;
        for (const std::string& path : d.needs) add_once(result_.needs, path);
        for (const std::string& path : d.stuck_on) add_once(result_.stuck_on, path);
      }
    }
    Support support;
    for (const plan::ExclusionInfo& e : group_.exclusions) {
      const bool matters = !one && (in_some >> e.one & 1U) != 0 && (in_some >> e.other & 1U) != 0;
      if (matters && truth_of(e) == Conflict::maybe) machine_.support(e.when, support);
    }
    if (ceiling_matters(in_some)) machine_.support(group_.total, support);
    if (!one || !result_.total.known()) {
      for (const plan::GapInfo& gap : section_.gaps) machine_.support(gap.truth, support);
      machine_.add_gaps(support);
    }
    undetermined = undetermined || support.asks();
    referred = referred || !support.marks.empty();
    for (const std::string& path : support.questions()) add_once(result_.needs, path);
    for (const std::string& path : support.unanswerable()) add_once(result_.stuck_on, path);
    result_.marks = std::move(support.marks);
    result_.open = std::move(support.sources);
    result_.outcome = undetermined                       ? Outcome::undetermined
                      : referred                         ? Outcome::referred
                      : !one || !result_.total.known()   ? Outcome::undetermined
                      : weighing.candidates.front() != 0 ? Outcome::eligible
                                                         : refusal();
  }

  // Of all that were asked about.
  [[nodiscard]] Outcome refusal() const {
    std::vector<Index> all;
    for (const plan::GroupMember& member : group_.members) add_asked(facts_, member.program, all);
    const bool none_in_force =
        std::all_of(all.begin(), all.end(), [&](Index i) { return decisions_[i].outcome == Outcome::not_in_force; });
    return none_in_force ? Outcome::not_in_force : Outcome::ineligible;
  }

  [[nodiscard]] bool ceiling_matters(Set in_some) const {
    return weights_.ceiling_least != weights_.ceiling_most && may_be_cut(in_some);
  }

  [[nodiscard]] bool may_be_cut(Set set) const {
    i128 sum = 0;
    for (std::size_t i = 0; i < weights_.members.size(); ++i)
      sum += (set >> i & 1U) != 0 ? weights_.members[i].most : 0;
    return sum > weights_.ceiling_least;
  }

  // ---- the answer

  [[nodiscard]] MoneyRange amount_in(Set set, std::size_t member) const {
    if ((set >> member & 1U) == 0) return {};
    const Bounds bounds = granted(weights_, set, member);
    return range_of(bounds.least, bounds.most);
  }

  [[nodiscard]] Choice choice(Set set) const {
    Choice out;
    i128 least = 0, most = 0;
    for (std::size_t i = 0; i < group_.members.size(); ++i) {
      const bool in = (set >> i & 1U) != 0;
      out.members.push_back(in);
      out.amounts.push_back(amount_in(set, i));
      if (!in) continue;
      least += weights_.members[i].least;
      most = std::min(kNoEnd, most + weights_.members[i].most);
      out.open = out.open || !weights_.members[i].certain;
      for (std::size_t j = 0; j < i; ++j)
        out.open = out.open || ((set >> j & 1U) != 0 && weights_.conflicts[i][j] == Conflict::maybe);
    }
    out.total = range_of(std::min(least, weights_.ceiling_least), std::min(most, weights_.ceiling_most));
    return out;
  }

  [[nodiscard]] Standing standing(const Weighing& weighing, std::size_t member) const {
    Standing out;
    out.program = programs_[member];
    if (!asked(member)) return out;
    out.kind = Standing::not_granted;
    if (!weights_.members[member].possible) return out;
    out.own = range_of(weights_.members[member].least, weights_.members[member].most);
    std::size_t in = 0;
    bool first = true;
    for (const Set set : weighing.candidates) {
      const MoneyRange amount = amount_in(set, member);
      in += set >> member & 1U;
      out.granted_amount = first ? amount : hull(out.granted_amount, amount);
      first = false;
    }
    if (!weights_.members[member].certain) out.granted_amount.least = 0;
    out.kind = kind_of(weighing, member, in, out);
    // Whatever its own decision comes to, and whoever stands in its place.
    const bool nothing = in == 0 || is_cut_to_nothing(out);
    out.denied = out.kind == Standing::open && nothing;
    if (out.kind == Standing::excluded) find_excluding(weighing.candidates, member, out);
    return out;
  }

  static bool is_cut_to_nothing(const Standing& s) {
    return s.own.least > 0 && !s.granted_amount.unbounded && s.granted_amount.most == 0;
  }

  // `in`: so many of the sets that may be granted hold it.
  [[nodiscard]] Standing::Kind kind_of(const Weighing& weighing, std::size_t member, std::size_t in,
                                       const Standing& s) const {
    if (!weights_.members[member].certain) return Standing::open;
    if (in == 0) return Standing::excluded;
    if (in < weighing.candidates.size() || several_[member]) return Standing::open;
    if (is_cut_to_nothing(s)) return Standing::nothing_left;
    const bool has_something = s.granted_amount.least > 0 || top_of(s.own) == 0;
    const bool is_whole =
        std::none_of(weighing.candidates.begin(), weighing.candidates.end(), [&](Set set) { return may_be_cut(set); });
    return has_something || is_whole ? Standing::granted : Standing::open;
  }

  // An exclusion that holds whichever of the sets is granted.
  void find_excluding(const std::vector<Set>& granted_sets, std::size_t member, Standing& out) const {
    out.by = out.exclusion = Standing::kOpenBy;
    for (std::size_t e = 0; e < group_.exclusions.size(); ++e) {
      const plan::ExclusionInfo& exclusion = group_.exclusions[e];
      if (exclusion.one != member && exclusion.other != member) continue;
      const std::size_t other = exclusion.one == member ? exclusion.other : exclusion.one;
      const bool is_in_all =
          std::all_of(granted_sets.begin(), granted_sets.end(), [&](Set set) { return (set >> other & 1U) != 0; });
      if (!is_in_all || truth_of(exclusion) != Conflict::always) continue;
      out.by = other;
      out.exclusion = e;
      return;
    }
  }

  const plan::Plan& plan_;
  const CaseFacts& facts_;
  const std::vector<Decision>& decisions_;
  std::vector<Index> programs_;           // by member: it, or what stands in for it
  std::vector<std::vector<Index>> open_;  // by member: which may yet fail, of it and what stands in for it
  std::vector<bool> several_;             // by member: more than one may stand in its place
  std::vector<bool> may_be_invalid_;      // by member: what it comes to may be one that is invalid
  const Section& section_;
  const GroupSection& group_;
  GroupResult& result_;
  Machine machine_;
  Weights weights_;
};

// ---- how each programme of a unit comes out

class Standings {
 public:
  Standings(const CaseFacts& facts, const std::vector<Decision>& decisions, UnitResult& result)
      : facts_(facts), decisions_(decisions), result_(result) {
    result_.standings.resize(facts.plan->programs.size());
  }

  // A member with all that carries it out; `whole` is what is granted in its place.
  void tell(Index member, const Standing& whole) {
    const Claim claim = claim_of(facts_, decisions_, member);
    for (const Index i : chain_of(member)) result_.standings[i] = one(i, claim, whole);
  }
  // No version of its group can be told, so neither can what it is granted beside the others.
  void leave_open(Index member) {
    const Claim claim = claim_of(facts_, decisions_, member);
    Standing whole;
    whole.kind = claim.possible ? Standing::open : Standing::not_granted;
    whole.granted_amount = range_of(0, claim.most);
    tell(member, whole);
  }
  // No group relates it.
  void tell_alone(Index program) {
    const Claim claim = claim_of(facts_, decisions_, program);
    if (claim.invalid == Invalid::in_any_case) {
      result_.outcome = Outcome::invalid;
      return;
    }
    Standing whole;
    whole.kind = !claim.possible ? Standing::not_granted : claim.certain ? Standing::granted : Standing::open;
    whole.granted_amount = range_of(claim.certain ? claim.least : 0, claim.most);
    tell(program, whole);
    for (const Index i : claim.possible ? claim.candidates : chain_of(program))
      result_.outcome = joined(result_.outcome, comes_to(i));
    if (is_set_elsewhere(decisions_[claim.program])) result_.outcome = joined(result_.outcome, Outcome::referred);
    if (claim.possible) result_.total = sum(result_.total, whole.granted_amount);
  }

 private:
  [[nodiscard]] std::vector<Index> chain_of(Index program) const {
    std::vector<Index> out;
    add_asked(facts_, program, out);
    return out;
  }

  // Whether it is refused or not in force may be open: it is refused in some case, and granted in none.
  [[nodiscard]] Outcome comes_to(Index program) const {
    const Decision& d = decisions_[program];
    const bool granted_in_none = is_open(d.outcome) && !may_count(facts_.plan->programs[program], d);
    return granted_in_none ? Outcome::ineligible : d.outcome;
  }

  [[nodiscard]] Standing one(Index program, const Claim& claim, const Standing& whole) const {
    Standing out;
    out.program = program;
    out.kind = Standing::not_granted;
    if (!may_count(facts_.plan->programs[program], decisions_[program])) return out;
    const MoneyRange own = own_amount(facts_.plan->programs[program], decisions_[program]);
    const auto& all = claim.candidates;
    if (std::find(all.begin(), all.end(), program) == all.end()) {
      const bool granted_alone = is_granted(decisions_[program]);
      out.kind = granted_alone ? Standing::carried_out : Standing::open;
      out.denied = !granted_alone;
      if (granted_alone && all.size() == 1) out.carried_by = all.back();
    } else if (all.size() == 1) {
      out = whole;
      out.program = program;
    } else {
      out.kind = Standing::open;
      out.denied = !pays(whole);
      out.granted_amount = range_of(0, std::min(top_of(own), top_of(whole.granted_amount)));
    }
    out.own = own;
    return out;
  }

  const CaseFacts& facts_;
  const std::vector<Decision>& decisions_;
  UnitResult& result_;
};

std::vector<Index> members_of(const plan::GroupInfo& group) {
  std::vector<Index> out;
  const auto take = [&](const GroupSection& section) {
    for (const plan::GroupMember& m : section.members) add_once(out, m.program);
  };
  take(group.base_group);
  for (const GroupSection& version : group.versions) take(version);
  return out;
}

// Under what was found of the group.
UnitResult told(const CaseFacts& facts, const std::vector<Decision>& decisions, const Unit& unit, GroupResult group) {
  UnitResult out;
  Standings standings(facts, decisions, out);
  for (const Index i : unit.programs) {
    out.standings[i].program = i;
    out.standings[i].kind = Standing::not_granted;
  }
  if (unit.group == kNone) {
    standings.tell_alone(unit.program);
    return out;
  }
  out.group = std::move(group);
  out.outcome = out.group.outcome;
  out.total = out.group.total;
  const GroupSection* section = group_section(*facts.plan, out.group);
  for (const Index member : members_of(*facts.plan->programs[unit.group].grouping)) {
    if (section == nullptr) {
      standings.leave_open(member);
      continue;
    }
    const auto at = std::find_if(section->members.begin(), section->members.end(),
                                 [&](const plan::GroupMember& m) { return m.program == member; });
    // On days on which it is no member a programme stands alone.
    if (at == section->members.end()) {
      standings.tell_alone(member);
      continue;
    }
    const auto place = static_cast<std::size_t>(at - section->members.begin());
    if (place < out.group.members.size()) standings.tell(member, out.group.members[place]);
  }
  return out;
}

// No version can be told.
GroupResult unreadable(Index group, const Decision& dates) {
  GroupResult out;
  out.group = group;
  out.bad = dates.bad;
  out.errors = dates.errors;
  out.outcome = Outcome::invalid;
  return out;
}

// It is open which version governs, and they differ.
void leave_version_open(const Selected& selected, const std::vector<UnitResult>& results, UnitResult& out) {
  GroupResult& group = out.group;
  group.outcome = selected.needs.empty() && !selected.marks.empty() ? Outcome::referred : Outcome::undetermined;
  out.outcome = group.outcome;
  group.needs = selected.needs;
  group.stuck_on = selected.stuck_on;
  group.marks = selected.marks;
  group.open = selected.open;
  for (const UnitResult& r : results) {
    group.outcome = joined(group.outcome, r.group.outcome);
    out.outcome = joined(out.outcome, r.outcome);
    for (const std::string& path : r.group.needs) add_once(group.needs, path);
    for (const std::string& path : r.group.stuck_on) add_once(group.stuck_on, path);
    group.open.insert(group.open.end(), r.group.open.begin(), r.group.open.end());
  }
}

}  // namespace

GroupResult judge_under(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions,
                        const Assumptions* supposed, Index group, Index version) {
  GroupResult result;
  result.group = group;
  result.section = version;
  result.base = version == kNone;
  result.work.options = options;
  result.work.supposed = supposed;
  const plan::ProgramInfo& program = facts.plan->programs[group];
  const Section& section = version == kNone ? program.grouping->base : program.sections[version];
  const GroupSection& info = version == kNone ? program.grouping->base_group : program.grouping->versions[version];
  GroupJudge(facts, decisions, section, info, result).judge();
  result.work.supposed = nullptr;
  return result;
}

std::vector<Unit> units_of(const CaseFacts& facts) {
  const plan::Plan& plan = *facts.plan;
  std::vector<Unit> out;
  std::set<Index> related;
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (plan.programs[i].kind != plan::ProgramInfo::group) continue;
    Unit unit;
    unit.group = i;
    for (const Index member : members_of(*plan.programs[i].grouping)) {
      related.insert(member);
      add_asked(facts, member, unit.programs);
    }
    if (!unit.programs.empty()) out.push_back(std::move(unit));
  }
  for (Index i = 0; i < plan.programs.size(); ++i) {
    const plan::ProgramInfo& program = plan.programs[i];
    if (program.kind != plan::ProgramInfo::program || !program.implements.empty() || related.contains(i)) continue;
    Unit unit;
    unit.program = i;
    add_asked(facts, i, unit.programs);
    if (!unit.programs.empty()) out.push_back(std::move(unit));
  }
  return out;
}

UnitResult judge(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions,
                 const Assumptions* supposed, const Unit& unit) {
  if (unit.group == kNone) return told(facts, decisions, unit, {});
  const auto under = [&](Index version) {
    return told(facts, decisions, unit, judge_under(facts, options, decisions, supposed, unit.group, version));
  };
  if (facts.plan->programs[unit.group].sections.empty()) return under(kNone);
  Decision dates;
  dates.supposed = supposed;
  const Selected selected = select(*facts.facts[unit.group], options, dates);
  if (!dates.bad.empty() || !dates.errors.empty() || selected.versions.empty())
    return told(facts, decisions, unit, unreadable(unit.group, dates));
  std::vector<UnitResult> results;
  std::transform(selected.versions.begin(), selected.versions.end(), std::back_inserter(results), under);
  UnitResult out = results.front();
  bool differ = false;
  for (std::size_t i = 1; i < results.size(); ++i) {
    differ = differ || !same(results.front(), results[i]);
    join(out, results[i]);
  }
  if (differ) leave_version_open(selected, results, out);
  out.group.reference_date = dates.reference_date;
  return out;
}

MoneyRange own_amount(const plan::ProgramInfo& program, const Decision& decision) {
  if (decision.has_amount) return payable(decision.amount, decision.amount_kind);
  const bool pays =
      std::any_of(program.sections.begin(), program.sections.end(), [](const Section& s) { return s.has_amount; });
  return decision.section == kNone && pays && may_be_granted(program, decision) ? range_of(0, kNoEnd) : MoneyRange{};
}

MoneyRange sum(const MoneyRange& a, const MoneyRange& b) {
  return range_of(a.least + b.least, std::min(kNoEnd, top_of(a) + top_of(b)));
}

}  // namespace guiju::run
