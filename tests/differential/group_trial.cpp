// See group_trial.hpp.
#include "group_trial.hpp"

#include <algorithm>

#include "engine_facts.hpp"
#include "evaluator.hpp"

namespace guiju::reference {

namespace {

// The members in the order of the group, as numbers.
std::vector<const model::Program*> in_order(const model::GroupVersion& version) {
  std::vector<const model::Program*> out;
  for (const model::OrderItem& item : version.order) out.push_back(item.program);
  for (const model::Program* p : version.programs) {
    if (std::find(out.begin(), out.end(), p) == out.end()) out.push_back(p);
  }
  return out;
}

bool on_what_remains(const model::GroupVersion& version, const model::Program& program) {
  return std::any_of(version.order.begin(), version.order.end(),
                     [&](const model::OrderItem& item) { return item.program == &program && item.on_what_remains; });
}

Number in_fen(const Number& yuan) {
  return yuan * 100;
}
Number number_of(i128 value) {
  return Number(Integer(to_string(value)));
}

// Itself or through others.
bool carries_out(const model::Program& local, const model::Program& national) {
  const model::Program* p = local.implements;
  while (p != nullptr && p != &national) p = p->implements;
  return p != nullptr;
}

bool lies_in(const Number& amount, const run::MoneyRange& range) {
  return number_of(range.least) <= in_fen(amount) && (range.unbounded || in_fen(amount) <= number_of(range.most));
}

}  // namespace

GroupTrial::GroupTrial(const compiler::Compiled& compiled, const model::Group& group, Counts& counts)
    : compiled_(compiled), group_(group), counts_(counts), facts_(compiled.plan) {}

Case GroupTrial::of(const std::deque<model::Given>& givens, const Case& facts) {
  Case out;
  out.known_on = facts.known_on;
  for (const model::Given& given : givens) {
    for (const auto& [known, row] : facts.givens) {
      if (known->name.primary == given.name.primary) out.givens[&given] = row;
    }
  }
  return out;
}

const model::GroupVersion* GroupTrial::version(const Case& facts, Grants& out) const {
  Oracle oracle;
  std::set<std::string> refusals;
  Evaluator evaluator(oracle, refusals, facts.known_on);
  const Case own_facts = of(group_.givens, facts);  // the evaluator points into it
  bind_givens(evaluator, group_.givens, own_facts);
  std::vector<const model::Version*> heads;
  for (const model::GroupVersion& v : group_.versions) heads.push_back(&v.head);
  if (heads.empty()) return &group_.base;
  const Value day = evaluator.evaluate(*group_.in_force_by.front());
  out.usable = day.kind == Value::date && !oracle.asked();
  if (!out.usable) return nullptr;
  const model::Version* head = version_among(heads, day.whole, facts.known_on);
  for (const model::GroupVersion& v : group_.versions) {
    if (&v.head == head) return &v;
  }
  return &group_.base;
}

// Members, and the local programmes that carry them out.
std::map<const model::Program*, Result> GroupTrial::decide_each(const std::vector<const model::Program*>& members,
                                                                const Case& facts, Grants& out) const {
  std::map<const model::Program*, Result> decided;
  for (const model::Program& p : compiled_.rulebook->programs) {
    const bool bears = std::any_of(members.begin(), members.end(),
                                   [&](const model::Program* m) { return m == &p || carries_out(p, *m); });
    if (!bears) continue;
    Oracle oracle;
    const Result& result = decided[&p] = decide_once(p, of(p.givens, facts), oracle);
    out.usable = out.usable && !oracle.asked() && result.fault != kAbsentUsed;
  }
  return decided;
}

// The first local programme that grants something stands in the place of the one that it carries out.
const model::Program* GroupTrial::standing_for(const model::Program& member,
                                               const std::map<const model::Program*, Result>& decided) const {
  for (const model::Program& p : compiled_.rulebook->programs) {
    if (carries_out(p, member) && decided.at(&p).outcome == Outcome::eligible) return standing_for(p, decided);
  }
  return &member;
}

// Of those that may stand in its place, in their order, and itself: what the first comes to that comes to anything.
GroupTrial::Comes GroupTrial::line_of(const model::Program& member,
                                      const std::map<const model::Program*, Result>& decided) const {
  const auto outcome = [&](const model::Program& p) { return decided.at(&p).outcome; };
  const auto counts = [&](const model::Program& p) {
    return outcome(p) == Outcome::eligible || outcome(p) == Outcome::invalid;
  };
  for (const model::Program& p : compiled_.rulebook->programs) {
    if (!carries_out(p, member) || !counts(p)) continue;
    if (const Comes found = line_of(p, decided); found != Comes::to_nothing) return found;
  }
  if (!counts(member)) return Comes::to_nothing;
  return outcome(member) == Outcome::invalid ? Comes::to_bad_facts : Comes::to_a_grant;
}

// A settled outcome of the group.
bool GroupTrial::comes_to(run::Outcome outcome, const Grants& grants) {
  const bool none_in_force = std::all_of(grants.decided.begin(), grants.decided.end(),
                                         [](const auto& each) { return each.second.outcome == Outcome::not_in_force; });
  if (outcome == run::Outcome::eligible) return !grants.paid.empty();
  return grants.paid.empty() && (outcome == run::Outcome::ineligible || none_in_force);
}

// `payments` says what is paid of ceilings and averages.
GroupTrial::Grants GroupTrial::slow(const Case& facts, Oracle& payments) const {
  Grants out;
  const model::GroupVersion* governing = version(facts, out);
  if (governing == nullptr) return out;
  const std::vector<const model::Program*> members = in_order(*governing);
  const std::map<const model::Program*, Result>& decided = out.decided = decide_each(members, facts, out);
  std::vector<Number> own(members.size(), 0);
  std::vector<bool> can(members.size(), false);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const model::Program* const program = standing_for(*members[i], decided);
    const Result& result = decided.at(program);
    out.standing[members[i]] = program;
    out.invalid = out.invalid || line_of(*members[i], decided) == Comes::to_bad_facts;
    can[i] = result.outcome == Outcome::eligible;
    own[i] = can[i] ? paid(result, payments) : Number(0);
    if (can[i]) out.own[members[i]] = own[i];
  }
  Oracle oracle;
  std::set<std::string> refusals;
  Evaluator evaluator(oracle, refusals, facts.known_on);
  const Case own_facts = of(group_.givens, facts);  // the evaluator points into it
  bind_givens(evaluator, group_.givens, own_facts);
  std::vector<std::pair<std::size_t, std::size_t>> excluded;
  const auto place = [&](const model::Program* p) {
    return static_cast<std::size_t>(std::find(members.begin(), members.end(), p) - members.begin());
  };
  for (const model::Exclusion& e : governing->exclusions) {
    const Value when = e.when == nullptr ? Value::of_truth(true) : present(evaluator.evaluate(*e.when));
    out.usable = out.usable && !when.poison();
    if (!when.is_true()) continue;
    excluded.emplace_back(place(e.one), place(e.other));
    out.excluded.emplace_back(e.one, e.other);
  }
  std::optional<Number> ceiling;
  if (governing->total != nullptr) {
    const Value total = present(evaluator.evaluate(*governing->total));
    out.usable = out.usable && !total.poison();
    if (total.kind == Value::number) ceiling = total.amount < 0 ? Number(0) : total.amount;
  }
  out.usable = out.usable && !oracle.asked() && refusals.empty();
  if (!out.usable || out.invalid) return out;

  // Every set, earlier members first: of two that pay the same the first one found is taken.
  std::vector<std::vector<bool>> sets{{}};
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::vector<std::vector<bool>> longer;
    for (const auto& set : sets) {
      for (const bool in : {true, false}) {
        longer.push_back(set);
        longer.back().push_back(in);
      }
    }
    sets = std::move(longer);
  }
  std::vector<bool> best;
  Number best_sum = -1;
  for (const auto& set : sets) {
    bool lawful = true;
    Number sum = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      lawful = lawful && (!set[i] || can[i]);
      if (set[i]) sum += own[i];
    }
    for (const auto& [a, b] : excluded) lawful = lawful && !(set[a] && set[b]);
    const bool listed = governing->winner == model::GroupVersion::listed;
    if (!lawful || (listed ? best_sum >= 0 : sum <= best_sum)) continue;
    best = set;
    best_sum = sum;
  }
  Number left = ceiling.value_or(best_sum);
  std::vector<Number> paid(members.size(), 0);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!best[i]) continue;
    const bool rest = on_what_remains(*governing, *members[i]);
    paid[i] = rest && ceiling ? std::min(own[i], std::max(Number(0), left)) : own[i];
    left -= paid[i];
  }
  Number excess = ceiling && left < 0 ? Number(-left) : Number(0);
  const auto take = [&](std::size_t i) {
    const Number taken = std::min(paid[i], excess);
    paid[i] -= taken;
    excess -= taken;
  };
  for (const model::Program* p : governing->trim) take(place(p));
  for (std::size_t i = members.size(); i-- > 0;) take(i);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (best[i]) out.paid[members[i]] = paid[i];
    out.total += paid[i];
  }
  return out;
}

const model::Program* GroupTrial::program_of(plan::Index index) const {
  return compiled_.rulebook->find_program(compiled_.plan->programs[index].name);
}

// The other is granted, and the exclusion holds.
bool GroupTrial::names_excluding(const run::Standing& standing, const Grants& grants,
                                 const model::Program* member) const {
  if (standing.by == run::Standing::kOpenBy) return true;
  const auto result = std::find_if(combination_.groups.begin(), combination_.groups.end(), [&](const auto& r) {
    return compiled_.plan->programs[r.group].name == group_.name.primary;
  });
  const plan::GroupSection* section = run::group_section(*compiled_.plan, *result);
  if (section == nullptr) return true;
  const model::Program* other = program_of(section->members.at(standing.by).program);
  return grants.paid.contains(other) &&
         std::any_of(grants.excluded.begin(), grants.excluded.end(), [&](const auto& pair) {
           return pair == std::pair(member, other) || pair == std::pair(other, member);
         });
}

// What is said of a programme is so in this case.
bool GroupTrial::holds(const run::Standing& standing, const Grants& grants, const model::Program* member,
                       const model::Program* program) const {
  const bool stands = grants.own.contains(member) && grants.standing.at(member) == program;
  const auto paid = stands ? grants.paid.find(member) : grants.paid.end();
  const bool chosen = paid != grants.paid.end();
  const bool nothing_left = chosen && paid->second == 0 && grants.own.at(member) != 0;
  const bool could_be = grants.decided.at(program).outcome == Outcome::eligible;
  switch (standing.kind) {
    case run::Standing::open:
      return !standing.denied || !chosen || nothing_left;
    case run::Standing::granted:
      return chosen && !nothing_left;
    case run::Standing::nothing_left:
      return nothing_left;
    case run::Standing::excluded:
      return stands && !chosen && names_excluding(standing, grants, member);
    case run::Standing::carried_out:
      return could_be && !stands &&
             (standing.carried_by == plan::kNone || program_of(standing.carried_by) == grants.standing.at(member));
    default:
      return !could_be;
  }
}

std::string GroupTrial::held_against(const Grants& grants) const {
  const auto result = std::find_if(combination_.groups.begin(), combination_.groups.end(), [&](const auto& r) {
    return compiled_.plan->programs[r.group].name == group_.name.primary;
  });
  if (result == combination_.groups.end()) return "the group is missing";
  if (result->outcome == run::Outcome::invalid) return grants.invalid ? "" : "invalid";
  const bool settled = result->outcome != run::Outcome::undetermined && result->outcome != run::Outcome::referred;
  if (grants.invalid) return settled ? std::string(name_of(result->outcome)) + ", in a completion invalid" : "";
  if (!lies_in(grants.total, result->total)) return "the total " + show(grants.total) + " is outside";
  const plan::GroupSection* section = run::group_section(*compiled_.plan, *result);
  if (settled && !result->total.known()) return "settled without a total";
  if (settled && !comes_to(result->outcome, grants)) return "comes to " + std::string(name_of(result->outcome));
  for (std::size_t i = 0; section != nullptr && i < result->members.size(); ++i) {
    const model::Program* program = program_of(section->members[i].program);
    const std::string& name = program->name.primary;
    const auto paid = grants.paid.find(program);
    const run::Standing& standing = result->members[i];
    const bool is_granted = paid != grants.paid.end();
    if (!holds(standing, grants, program, grants.standing.at(program)))
      return name + " does not come out as " + std::to_string(standing.kind);
    if (is_granted && standing.kind == run::Standing::granted &&
        program_of(standing.program) != grants.standing.at(program))
      return name + " is granted by another programme";
    if (is_granted && !lies_in(paid->second, standing.granted_amount))
      return name + " is granted " + show(paid->second);
  }
  return standings_against(grants);
}

// Programme by programme: what it pays by itself, and how it comes out.
std::string GroupTrial::standings_against(const Grants& grants) const {
  for (const auto& [program, result] : grants.decided) {
    const std::string& name = program->name.primary;
    const run::Standing& standing = combination_.standings.at(compiled_.plan->find_program(name));
    for (const auto& [member, stands] : grants.standing) {
      if (program != member && !carries_out(*program, *member)) continue;
      if (!holds(standing, grants, member, program))
        return name + " does not come out as " + std::to_string(standing.kind);
      if (stands != program || !grants.own.contains(member)) continue;
      const Number& own = grants.own.at(member);
      const auto paid = grants.paid.find(member);
      if (!lies_in(own, standing.own)) return name + " pays " + show(own) + " by itself";
      if (paid != grants.paid.end() && !lies_in(paid->second, standing.granted_amount))
        return name + " is paid " + show(paid->second);
    }
  }
  return "";
}

std::string GroupTrial::compare(const Case& facts, const std::vector<Case>& completions, bool open) {
  facts_.reset();
  for (std::size_t i = 0; i < facts_.facts.size(); ++i) {
    if (facts_.facts[i] == nullptr) continue;
    const plan::ProgramInfo& info = compiled_.plan->programs[i];
    const bool is_group = info.kind == plan::ProgramInfo::group;
    const model::Program* program = compiled_.rulebook->find_program(info.name);
    if (is_group && info.name != group_.name.primary) continue;
    if (!is_group && program == nullptr) continue;
    const Case own = of(is_group ? group_.givens : program->givens, facts);
    if (!is_group && own.givens.size() != program->givens.size()) continue;  // no member
    if (std::string fault = fill(*facts_.facts[i], own); !fault.empty()) return fault;
    facts_.asked[i] = true;
  }
  run::combine(facts_, {}, combination_);
  std::vector<Grants> seen;
  for (const Case& known : completions) {
    Oracle payments;
    do {
      const Grants grants = slow(known, payments);
      if (!grants.usable) break;
      seen.push_back(grants);
      if (std::string what = held_against(grants); !what.empty()) return what;
    } while (payments.next());
  }
  if (seen.empty()) return "";
  ++counts_.combinations;
  const auto same = [&](const Grants& g) { return g.paid == seen.front().paid && g.invalid == seen.front().invalid; };
  const auto result = std::find_if(combination_.groups.begin(), combination_.groups.end(), [&](const auto& r) {
    return compiled_.plan->programs[r.group].name == group_.name.primary;
  });
  const bool undetermined = result->outcome == run::Outcome::undetermined;
  if (!open) {
    if (undetermined) return "undetermined, though everything is known";
    if (seen.front().invalid && result->outcome != run::Outcome::invalid) return "not invalid";
    const bool none_in_force = comes_to(run::Outcome::not_in_force, seen.front());
    if (!seen.front().invalid && none_in_force && result->outcome == run::Outcome::ineligible)
      return "ineligible, though nothing is in force";
    if (!seen.front().invalid && seen.front().paid != seen.front().own) ++counts_.contested;
    return "";
  }
  ++counts_.combinations_open;
  if (undetermined && std::all_of(seen.begin(), seen.end(), same)) ++counts_.combinations_loose;
  return "";
}

}  // namespace guiju::reference
