// See small_groups.hpp. What a case comes to whose facts are all known is held against the reference elsewhere
// (group_trial.hpp); here the engine is held against itself on every completion.
#include "small_groups.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "random.hpp"
#include "run/combine.hpp"

namespace guiju::reference {

namespace {

using run::CaseFacts;
using run::Combination;
using run::MoneyRange;
using run::Standing;

const char* const kRecord = R"(use language en
enum Kind { x, y, z }
record Sale {
  on: date from 2025-06-29 to 2025-07-02
  kind: Kind
  red: bool
  new: bool
  big: bool
  price: money from 0 yuan to 50 yuan step 10 yuan
}
)";
// By field of the record: how many values it has.
struct Field {
  const char* path;
  int values;
};
constexpr std::array<Field, 6> kFields = {
    {{"sale.on", 4}, {"sale.kind", 3}, {"sale.red", 2}, {"sale.new", 2}, {"sale.big", 2}, {"sale.price", 6}}};

// ---- rules

class GroupWriter {
 public:
  explicit GroupWriter(Random& random) : random_(random) {}

  std::string file() {
    std::string out = kRecord;
    const int members = random_.between(2, 3);
    const int all = members + random_.between(0, 1);
    std::vector<bool> split;         // into two versions
    std::vector<std::string> first;  // day of each
    for (int i = 0; i < all; ++i) {
      const std::string name = name_of(i);
      split.push_back(random_.chance(40));
      first.emplace_back(random_.chance(30) ? "2025-06-30" : "2025-06-29");
      out += "program " + name + " \"" + name + "\" {\n  given sale: Sale\n  in force by sale.on\n" +
             versions(split.back(), first.back()) + "}\n";
    }
    for (int i = random_.between(0, 3); i > 0; --i) {
      const std::string name = "local" + std::to_string(i);
      const auto national = static_cast<std::size_t>(random_.between(0, all - 1));
      out += "program " + name + " \"" + name + "\" implements " + name_of(static_cast<int>(national)) +
             " in 630000 {\n" + versions(split[national] || random_.chance(40), first[national]) + "}\n";
    }
    return out + group(members);
  }

 private:
  static std::string name_of(int i) { return std::string(1, static_cast<char>('a' + i)); }

  // Another one from July on.
  std::string versions(bool split, const std::string& first) {
    if (!split) return version("v", first, "2025-07-02");
    return version("v", first, "2025-06-30") + version("w", "2025-07-01", "2025-07-02");
  }
  std::string version(const std::string& name, const std::string& from, const std::string& to) {
    std::string out = "  version " + name + " from " + from + " to " + to + " {\n    cite \"n\"\n";
    if (random_.chance(70)) out += "    require r: " + truth(2) + "\n";
    return out + "    amount = " + money() + "\n  }\n";
  }
  std::string money() {
    return random_.chance(60) ? yuan() : "(if " + truth(1) + " then " + yuan() + " otherwise " + yuan() + ")";
  }
  std::string yuan() { return std::to_string(10 * random_.between(1, 6)) + " yuan"; }

  static std::string programs(int members) {
    std::string out = "  programs a";
    for (int i = 1; i < members; ++i) out += ", " + name_of(i);
    return out + "\n";
  }
  // A version may add a member.
  std::string group(int members) {
    const bool versions = random_.chance(30);
    const int first = versions && random_.chance(50) ? 2 : members;
    std::string out = "group g \"g\" {\n  given sale: Sale\n  cite \"n\"\n" + programs(first);
    if (versions) out += "  in force by sale.on\n";
    if (!versions || random_.chance(50)) out += statements(first);
    if (versions) {
      out += "  version late from 2025-07-01 {\n    cite \"n\"\n";
      out += (first < members ? programs(members) : std::string()) + statements(members) + "  }\n";
    }
    return out + "}\n";
  }
  std::string statements(int members) {
    std::string out;
    for (int i = 0; i < members; ++i) {
      for (int j = 0; j < i; ++j) {
        if (random_.chance(40)) continue;
        out += "  exclude x" + std::to_string(i) + std::to_string(j) + ": " + name_of(i) + " with " + name_of(j) +
               (random_.chance(50) ? " when " + truth(1) : "") + "\n";
      }
    }
    if (random_.chance(40)) {
      out += "  order b" + std::string(random_.chance(50) ? " on what remains" : "") + ", then a\n";
      out += "  total at most " + money() + "\n";
    }
    return out + "  winner " + random_.pick(std::vector<std::string>{"highest", "listed", "applicant"}) + "\n";
  }

  std::string truth(int depth) {
    if (depth <= 0 || random_.chance(40)) return test();
    switch (random_.between(0, 2)) {
      case 0:
        return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
      case 1:
        return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
      default:
        return "(not " + truth(depth - 1) + ")";
    }
  }
  std::string test() {
    switch (random_.between(0, 5)) {
      case 0:
        return "sale.red";
      case 1:
        return "sale.new";
      case 2:
        return "sale.big";
      case 3:
        return "(sale.kind is " + random_.pick(std::vector<std::string>{"x", "y", "z"}) + ")";
      case 4:
        return "(sale.price " + random_.pick(std::vector<std::string>{"<", "<=", ">", ">="}) + " " +
               std::to_string(10 * random_.between(1, 4)) + " yuan)";
      default:
        return "(sale.kind in {x, " + random_.pick(std::vector<std::string>{"y", "z"}) + "})";
    }
  }

  Random& random_;
};

// ---- facts: by field the value, or none

using Values = std::array<std::optional<int>, kFields.size()>;

void put(CaseFacts& facts, const Values& values) {
  facts.reset();
  for (std::size_t i = 0; i < facts.facts.size(); ++i) {
    run::Facts* const f = facts.facts[i].get();
    if (f == nullptr) continue;
    facts.asked[i] = true;
    for (std::size_t n = 0; n < kFields.size(); ++n) {
      const run::FieldRef at = f->find(kFields.at(n).path);
      if (!values.at(n) || at.field == plan::kNone) continue;
      const int value = *values.at(n);
      if (n == 0) {
        f->set_day(at, *parse_iso_date("2025-06-29") + value);
      } else if (n == 1) {
        f->set_member(at, static_cast<plan::Index>(value));
      } else if (n == 5) {
        f->set_number(at, Rational(10 * value));
      } else {
        f->set_truth(at, value != 0);
      }
    }
  }
}

std::string shown(const Values& values) {
  std::string out;
  for (std::size_t n = 0; n < kFields.size(); ++n)
    out += std::string(" ") + kFields.at(n).path + "=" + (values.at(n) ? std::to_string(*values.at(n)) : "?");
  return out;
}

void for_each_completion(const Values& values, const std::function<void(const Values&)>& tell) {
  const auto open = std::find(values.begin(), values.end(), std::nullopt);
  if (open == values.end()) return tell(values);
  const auto place = static_cast<std::size_t>(open - values.begin());
  for (int v = 0; v < kFields.at(place).values; ++v) {
    Values next = values;
    next.at(place) = v;
    for_each_completion(next, tell);
  }
}

// ---- what all completions say

struct Hull {
  std::optional<i128> least, most;
  void take(i128 n) {
    least = least ? std::min(*least, n) : n;
    most = most ? std::max(*most, n) : n;
  }
  [[nodiscard]] bool is(const MoneyRange& range) const {
    return least && !range.unbounded && *least == range.least && *most == range.most;
  }
  [[nodiscard]] std::string text() const { return least ? to_string(*least) + ".." + to_string(*most) : "nothing"; }
};
std::string text(const MoneyRange& r) {
  return to_string(r.least) + ".." + (r.unbounded ? std::string() : to_string(r.most));
}

struct GroupTruth {
  std::vector<Hull> own, granted;
  std::vector<bool> always, sometimes;          // granted
  std::vector<std::set<Standing::Kind>> kinds;  // how it comes out
  Hull total;
  bool same = true;  // the same is granted in all
  run::Outcome outcome = run::Outcome::ineligible;

  explicit GroupTruth(std::size_t programs)
      : own(programs), granted(programs), always(programs, true), sometimes(programs, false), kinds(programs) {}
};

bool pays(const Standing& s) {
  return s.kind == Standing::granted;
}

bool same_grants(const Combination& a, const Combination& b) {
  for (std::size_t i = 0; i < a.standings.size(); ++i) {
    const Standing& x = a.standings[i];
    const Standing& y = b.standings[i];
    if (pays(x) != pays(y) || (pays(x) && x.granted_amount != y.granted_amount)) return false;
  }
  return true;
}

// What is said of a programme holds in every case; that it is open only where not.
std::string standing_differs(const Standing& s, const std::set<Standing::Kind>& kinds) {
  if (s.kind == Standing::open) return kinds.size() > 1 ? "" : " comes out one way, and is open";
  return kinds == std::set{s.kind} ? "" : " does not come out so in all cases";
}

std::string differs(const plan::Plan& plan, const Combination& got, const GroupTruth& truth) {
  if (!truth.total.is(got.total)) return "total " + text(got.total) + ", in all " + truth.total.text();
  const run::Outcome outcome = truth.same ? truth.outcome : run::Outcome::undetermined;
  if (got.outcome != outcome)
    return "outcome " + std::string(run::name_of(got.outcome)) + ", in all " + std::string(run::name_of(outcome));
  for (std::size_t i = 0; i < plan.programs.size(); ++i) {
    if (plan.programs[i].kind != plan::ProgramInfo::program) continue;
    const Standing& s = got.standings[i];
    const std::string& name = plan.programs[i].name;
    if (const std::string what = standing_differs(s, truth.kinds[i]); !what.empty()) return name + what;
    const bool open = s.kind == Standing::open && !s.denied;
    if (open != (truth.sometimes[i] && !truth.always[i])) return name + (open ? " is open" : " is not open");
    if (!open && pays(s) != truth.always[i]) return name + (pays(s) ? " is granted" : " is not granted");
    if ((open || pays(s)) && !truth.granted[i].is(s.granted_amount))
      return name + " is granted " + text(s.granted_amount) + ", in all " + truth.granted[i].text();
    if ((open || pays(s)) && truth.own[i].least && !truth.own[i].is(s.own))
      return name + " pays " + text(s.own) + " by itself, in all " + truth.own[i].text();
  }
  return "";
}

GroupTruth truth_of(CaseFacts& facts, const Values& values) {
  const std::size_t programs = facts.plan->programs.size();
  GroupTruth truth(programs);
  std::optional<Combination> first;
  for_each_completion(values, [&](const Values& known) {
    put(facts, known);
    Combination one;
    run::combine(facts, {}, one);
    truth.total.take(one.total.least);
    for (std::size_t i = 0; i < programs; ++i) {
      const Standing& s = one.standings[i];
      truth.granted[i].take(pays(s) ? s.granted_amount.least : 0);
      truth.always[i] = truth.always[i] && pays(s);
      truth.sometimes[i] = truth.sometimes[i] || pays(s);
      truth.kinds[i].insert(s.kind);
      const run::Decision& d = one.decisions[i];
      if (d.outcome == run::Outcome::eligible && d.has_amount) truth.own[i].take(d.amount.least);
    }
    // Where nothing is granted in any, one that is refused is enough for it to be refused in all.
    if (!first || one.outcome == run::Outcome::ineligible) truth.outcome = one.outcome;
    truth.same = truth.same && (!first || same_grants(*first, one));
    if (!first) first = std::move(one);
  });
  return truth;
}

}  // namespace

bool run_small_groups(const SmallGroupOptions& options, std::ostream& out) {
  std::uint64_t cases = 0, open = 0, faults = 0;
  for (std::uint64_t number = options.first; number < options.first + options.groups; ++number) {
    Random random(mixed(options.seed, number));
    const std::string rules = GroupWriter(random).file();
    compiler::FileReader reader;
    reader.read = [&](const std::string&) { return std::optional(rules); };
    const auto compiled = compiler::compile({"rules.gj"}, reader);
    if (compiled.plan == nullptr) {
      out << rules << "no plan\n";
      return false;
    }
    CaseFacts facts(compiled.plan);
    for (std::uint64_t c = 0; c < options.cases; ++c) {
      Values values;
      for (std::size_t n = 0; n < kFields.size(); ++n) {
        if (random.chance(50)) values.at(n) = random.between(0, kFields.at(n).values - 1);
      }
      const GroupTruth truth = truth_of(facts, values);
      put(facts, values);
      Combination got;
      run::combine(facts, {}, got);
      ++cases;
      open += got.outcome == run::Outcome::undetermined ? 1 : 0;
      const std::string what = differs(*compiled.plan, got, truth);
      if (what.empty()) continue;
      ++faults;
      out << "group " << number << ":" << shown(values) << "\n  " << what << "\n";
      if (!options.keep_going) {
        out << rules;
        return false;
      }
    }
  }
  out << cases << " cases of small groups, " << open << " undetermined, " << faults << " not as all completions say\n";
  return faults == 0;
}

}  // namespace guiju::reference
