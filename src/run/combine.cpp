// See combine.hpp: decides each programme, reads conditions and ceiling of each group off its section, and weighs.
#include "run/combine.hpp"

#include <algorithm>
#include <set>

#include "run/machine.hpp"
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
MoneyRange sum(const MoneyRange& a, const MoneyRange& b) {
  return range_of(a.least + b.least, std::min(kNoEnd, top_of(a) + top_of(b)));
}

bool may_be_granted(Outcome outcome) {
  return outcome == Outcome::eligible || outcome == Outcome::undetermined || outcome == Outcome::referred;
}

// What a programme pays where it pays.
MoneyRange own_amount(const plan::ProgramInfo& program, const Decision& d) {
  if (d.has_amount) return payable(d.amount, d.amount_kind);
  const bool pays =
      std::any_of(program.sections.begin(), program.sections.end(), [](const Section& s) { return s.has_amount; });
  return d.section == kNone && pays ? range_of(0, kNoEnd) : MoneyRange{};
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

// ---- local programmes

// Itself or through others; the checker has refused circles.
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

// Of the programmes that carry this one out, and were asked, the first that grants, else the first that may.
Index stand_in_for(const CaseFacts& facts, const std::vector<Decision>& decisions, Index national) {
  const auto& programs = facts.plan->programs;
  Index open = kNone;
  for (Index i = 0; i < programs.size(); ++i) {
    if (i == national || !facts.asked[i] || !carries_out(*facts.plan, i, programs[national].name)) continue;
    if (decisions[i].outcome == Outcome::eligible) return i;
    if (open == kNone && may_be_granted(decisions[i].outcome)) open = i;
  }
  return open;
}

// What a programme comes to, with whatever stands in for it. While a local one is open, that, those after it and the
// programme itself may all be what is granted.
struct Claim {
  Index program = kNone;    // the first of them
  std::vector<Index> open;  // those that may yet fail
  bool possible = false, certain = false;
  i128 least = 0, most = 0;

  void join(const Claim& other) {
    if (!possible) {
      *this = other;
      return;
    }
    certain = false;
    least = std::min(least, other.least);
    most = std::max(most, other.most);
    for (const Index p : other.open) add_once(open, p);
  }
};
Claim own_claim(const plan::Plan& plan, const Combination& combination, Index program) {
  const Decision& d = combination.decisions[program];
  Claim out;
  out.program = program;
  if (!may_be_granted(d.outcome)) return out;
  const MoneyRange own = own_amount(plan.programs[program], d);
  out.possible = true;
  out.certain = d.outcome == Outcome::eligible;
  if (!out.certain) out.open.push_back(program);
  out.least = own.least;
  out.most = top_of(own);
  return out;
}
Claim claim_of(const CaseFacts& facts, const Combination& combination, Index program) {
  const plan::Plan& plan = *facts.plan;
  Claim out;
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (i == program || !facts.asked[i] || !may_be_granted(combination.decisions[i].outcome)) continue;
    if (!carries_out(plan, i, plan.programs[program].name)) continue;
    out.join(claim_of(facts, combination, i));
    if (combination.decisions[i].outcome == Outcome::eligible) return out;
  }
  const Claim own = own_claim(plan, combination, program);
  if (!out.possible || own.possible) out.join(own);
  return out;
}

// ---- one group under one of its versions

class GroupJudge {
 public:
  GroupJudge(const CaseFacts& facts, const Combination& decided, const Section& section, const GroupSection& group,
             GroupResult& result)
      : plan_(*facts.plan),
        facts_(facts),
        decided_(decided),
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
  [[nodiscard]] const Decision& decision(std::size_t member) const { return decided_.decisions[programs_[member]]; }
  [[nodiscard]] bool asked(std::size_t member) const { return facts_.asked[programs_[member]]; }

  // ---- what is weighed

  void read_members() {
    for (std::size_t i = 0; i < group_.members.size(); ++i) {
      Weights::Member member;
      member.on_what_remains = group_.members[i].on_what_remains;
      const Claim claim = claim_of(facts_, decided_, group_.members[i].program);
      programs_.push_back(claim.program);
      open_.push_back(claim.open);
      if (asked(i)) {
        if (decision(i).outcome == Outcome::invalid) result_.outcome = Outcome::invalid;
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
      if ((in_some >> i & 1U) == 0) continue;
      referred = referred || is_set_elsewhere(decision(i));
      if (weights_.members[i].certain) continue;
      for (const Index program : open_[i]) {
        const Decision& d = decided_.decisions[program];
        undetermined = undetermined || d.outcome == Outcome::undetermined;
        referred = referred || d.outcome == Outcome::referred;
        for (const std::string& path : d.needs) add_once(result_.needs, path);
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
    result_.marks = std::move(support.marks);
    result_.outcome = undetermined                       ? Outcome::undetermined
                      : referred                         ? Outcome::referred
                      : !one || !result_.total.known()   ? Outcome::undetermined
                      : weighing.candidates.front() != 0 ? Outcome::eligible
                                                         : Outcome::ineligible;
  }

  [[nodiscard]] bool ceiling_matters(Set in_some) const {
    if (weights_.ceiling_least == weights_.ceiling_most) return false;
    i128 sum = 0;
    for (std::size_t i = 0; i < weights_.members.size(); ++i)
      sum += (in_some >> i & 1U) != 0 ? weights_.members[i].most : 0;
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
    if (in == 0) {
      out.kind = Standing::excluded;
      find_excluding(weighing.choices.front(), member, out);
    } else if (in < weighing.candidates.size() || !weights_.members[member].certain) {
      out.kind = Standing::open;
      if (!weights_.members[member].certain) out.granted_amount.least = 0;
    } else {
      const bool cut_to_nothing = out.own.least > 0 && !out.granted_amount.unbounded && out.granted_amount.most == 0;
      out.kind = cut_to_nothing ? Standing::nothing_left : Standing::granted;
    }
    return out;
  }

  void find_excluding(Set granted_set, std::size_t member, Standing& out) const {
    for (const Conflict wanted : {Conflict::always, Conflict::maybe}) {
      for (std::size_t e = 0; e < group_.exclusions.size(); ++e) {
        const plan::ExclusionInfo& exclusion = group_.exclusions[e];
        if (exclusion.one != member && exclusion.other != member) continue;
        const std::size_t other = exclusion.one == member ? exclusion.other : exclusion.one;
        if ((granted_set >> other & 1U) == 0 || truth_of(exclusion) != wanted) continue;
        out.by = other;
        out.exclusion = e;
        return;
      }
    }
  }

  const plan::Plan& plan_;
  const CaseFacts& facts_;
  const Combination& decided_;
  std::vector<Index> programs_;           // by member: it, or what stands in for it
  std::vector<std::vector<Index>> open_;  // by member: which may yet fail, of it and what stands in for it
  const Section& section_;
  const GroupSection& group_;
  GroupResult& result_;
  Machine machine_;
  Weights weights_;
};

// ---- a group under whichever version governs

GroupResult judge_under(const CaseFacts& facts, const Options& options, const Combination& decided, Index group,
                        Index version) {
  GroupResult result;
  result.group = group;
  result.section = version;
  result.base = version == kNone;
  result.work.options = options;
  const plan::ProgramInfo& program = facts.plan->programs[group];
  const Section& section = version == kNone ? program.grouping->base : program.sections[version];
  const GroupSection& info = version == kNone ? program.grouping->base_group : program.grouping->versions[version];
  GroupJudge(facts, decided, section, info, result).judge();
  return result;
}

// The same programmes are granted the same.
bool same_grants(const GroupResult& a, const GroupResult& b) {
  if (a.outcome != b.outcome || (a.outcome != Outcome::eligible && a.outcome != Outcome::ineligible)) return false;
  const auto grants = [&](const GroupResult& r) {
    std::set<std::pair<Index, i128>> out;
    for (const Standing& standing : r.members) {
      if (standing.kind == Standing::granted) out.emplace(standing.program, standing.granted_amount.least);
    }
    return out;
  };
  return grants(a) == grants(b);
}

GroupResult judge_group(const CaseFacts& facts, const Options& options, const Combination& decided, Index group) {
  const plan::ProgramInfo& program = facts.plan->programs[group];
  if (program.sections.empty()) return judge_under(facts, options, decided, group, kNone);
  Decision dates;
  const Selected selected = select(*facts.facts[group], options, dates);
  GroupResult out;
  out.group = group;
  out.bad = dates.bad;
  out.errors = dates.errors;
  out.outcome = Outcome::invalid;
  if (!out.bad.empty() || !out.errors.empty() || selected.versions.empty()) return out;
  std::vector<GroupResult> results;
  for (const Index version : selected.versions) results.push_back(judge_under(facts, options, decided, group, version));
  const bool agree = std::all_of(results.begin(), results.end(), [&](const GroupResult& r) {
    return &r == &results.front() || same_grants(r, results.front());
  });
  if (agree) {
    out = std::move(results.front());
  } else {
    out.outcome = selected.needs.empty() && !selected.marks.empty() ? Outcome::referred : Outcome::undetermined;
    out.needs = selected.needs;
    out.marks = selected.marks;
    out.total = results.front().total;
    for (const GroupResult& r : results) {
      if (r.outcome == Outcome::invalid) out.outcome = Outcome::invalid;
      out.total = hull(out.total, r.total);
      for (const std::string& path : r.needs) add_once(out.needs, path);
    }
  }
  out.reference_date = dates.reference_date;
  return out;
}

// ---- all together

std::vector<Index> members_of(const plan::GroupInfo& group) {
  std::vector<Index> out;
  const auto take = [&](const GroupSection& section) {
    for (const plan::GroupMember& m : section.members) add_once(out, m.program);
  };
  take(group.base_group);
  for (const GroupSection& version : group.versions) take(version);
  return out;
}

// What is wrong comes first, then what is missing.
Outcome joined(Outcome a, Outcome b) {
  for (const Outcome first : {Outcome::invalid, Outcome::undetermined, Outcome::referred, Outcome::eligible}) {
    if (a == first || b == first) return first;
  }
  return Outcome::ineligible;
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
  out.stand_ins.assign(plan.programs.size(), kNone);
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (plan.programs[i].kind == plan::ProgramInfo::program && facts.asked[i])
      decide(*facts.facts[i], options, out.decisions[i]);
  }
  std::set<Index> alone;  // local programmes count as what they carry out
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (plan.programs[i].kind != plan::ProgramInfo::program) continue;
    out.stand_ins[i] = stand_in_for(facts, out.decisions, i);
    if (plan.programs[i].implements.empty() && (facts.asked[i] || out.stand_ins[i] != kNone)) alone.insert(i);
  }
  for (Index i = 0; i < plan.programs.size(); ++i) {
    if (plan.programs[i].kind != plan::ProgramInfo::group) continue;
    const std::vector<Index> members = members_of(*plan.programs[i].grouping);
    const bool any = std::any_of(members.begin(), members.end(),
                                 [&](Index m) { return facts.asked[m] || out.stand_ins[m] != kNone; });
    if (!any) continue;
    out.groups.push_back(judge_group(facts, options, out, i));
    const GroupSection* section = group_section(plan, out.groups.back());
    for (const Index member : members) {
      // On days on which it is no member a programme stands alone.
      const bool in_group = section == nullptr || std::any_of(section->members.begin(), section->members.end(),
                                                              [&](const auto& m) { return m.program == member; });
      if (in_group) alone.erase(member);
    }
    out.outcome = joined(out.outcome, out.groups.back().outcome);
    out.total = sum(out.total, out.groups.back().total);
  }
  for (const Index i : alone) {
    const Claim claim = claim_of(facts, out, i);
    out.alone.push_back(claim.program);
    const Decision& decision = out.decisions[claim.program];
    out.outcome = joined(out.outcome, decision.outcome);
    for (const Index p : claim.open) out.outcome = joined(out.outcome, out.decisions[p].outcome);
    if (is_set_elsewhere(decision)) out.outcome = joined(out.outcome, Outcome::referred);
    if (claim.possible) out.total = sum(out.total, range_of(claim.certain ? claim.least : 0, claim.most));
  }
}

const GroupSection* group_section(const plan::Plan& plan, const GroupResult& result) {
  const plan::GroupInfo& group = *plan.programs[result.group].grouping;
  if (result.base) return &group.base_group;
  return result.section == kNone ? nullptr : &group.versions[result.section];
}

const Section* section_of(const plan::Plan& plan, const GroupResult& result) {
  const plan::ProgramInfo& group = plan.programs[result.group];
  if (result.base) return &group.grouping->base;
  return result.section == kNone ? nullptr : &group.sections[result.section];
}

}  // namespace guiju::run
