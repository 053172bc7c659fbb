// See joined_results.hpp.
#include "run/joined_results.hpp"

#include <algorithm>

#include "run/outcomes.hpp"

namespace guiju::run {

using plan::kNone;

namespace {

bool same(const Standing& a, const Standing& b) {
  if (!pays(a) || !pays(b)) return pays(a) == pays(b);
  return a.kind == b.kind && a.granted_amount == b.granted_amount;
}

// A standing is told only where it is that of every case.
void join(Standing& all, const Standing& s) {
  const MoneyRange none;
  const bool denied = !pays(all) && !pays(s);
  if (pays(all) && pays(s)) all.own = hull(all.own, s.own);
  all.granted_amount = hull(pays(all) ? all.granted_amount : none, pays(s) ? s.granted_amount : none);
  if (all.by != s.by || all.exclusion != s.exclusion) all.by = all.exclusion = Standing::kOpenBy;
  if (all.carried_by != s.carried_by) all.carried_by = kNone;
  if (all.kind != s.kind || (!denied && all.program != s.program)) all.kind = Standing::open;
  all.denied = denied && all.kind == Standing::open;
}

void join(std::vector<Standing>& all, const std::vector<Standing>& part) {
  for (std::size_t i = 0; i < all.size(); ++i) join(all[i], part[i]);
}

// Of each set that some case allows: it is certain only where every case does.
void join(std::vector<Choice>& all, const std::vector<Choice>& part) {
  const auto find = [](auto& choices, const Choice& wanted) {
    return std::find_if(choices.begin(), choices.end(), [&](const Choice& c) { return c.members == wanted.members; });
  };
  for (Choice& choice : all) choice.open = choice.open || find(part, choice) == part.end();
  for (const Choice& choice : part) {
    const auto found = find(all, choice);
    if (found == all.end()) {
      all.push_back(choice);
      all.back().open = true;
      continue;
    }
    found->open = found->open || choice.open;
    found->total = hull(found->total, choice.total);
    for (std::size_t i = 0; i < choice.amounts.size(); ++i)
      found->amounts[i] = hull(found->amounts[i], choice.amounts[i]);
  }
}

bool of_one_version(const GroupResult& a, const GroupResult& b) {
  return a.section == b.section && a.base == b.base && a.members.size() == b.members.size();
}

void join(GroupResult& all, const GroupResult& part) {
  all.outcome = either(all.outcome, part.outcome);
  all.total = hull(all.total, part.total);
  if (of_one_version(all, part)) {
    join(all.members, part.members);
    join(all.choices, part.choices);
    return;
  }
  all.section = kNone;
  all.base = false;
  all.members.clear();
  all.choices.clear();
}

}  // namespace

bool pays(const Standing& standing) {
  return standing.kind == Standing::granted || (standing.kind == Standing::open && !standing.denied);
}

bool is_settled(const UnitResult& result) {
  const bool outcome = result.outcome == Outcome::eligible || grants_nothing(result.outcome);
  return outcome && result.total.known() &&
         std::none_of(result.standings.begin(), result.standings.end(), [](const Standing& s) {
           return (s.kind == Standing::open && !s.denied) || !s.granted_amount.known();
         });
}

bool same(const UnitResult& a, const UnitResult& b) {
  return is_settled(a) && is_settled(b) && grants_nothing(a.outcome) == grants_nothing(b.outcome) &&
         a.total == b.total &&
         std::equal(a.standings.begin(), a.standings.end(), b.standings.begin(),
                    [](const Standing& x, const Standing& y) { return same(x, y); });
}

void join(UnitResult& all, const UnitResult& part) {
  const bool alike = same(all, part);
  const bool one_version = of_one_version(all.group, part.group);
  join(all.standings, part.standings);
  join(all.group, part.group);
  if (!one_version) {  // members are counted by version
    for (Standing& s : all.standings) s.by = s.exclusion = Standing::kOpenBy;
  }
  all.outcome = either(all.outcome, part.outcome);
  if (alike) return;
  all.total = hull(all.total, part.total);
}

}  // namespace guiju::run
