// See combined_cases.hpp. A fact is supposed of every programme and group that reads it at once; the cells in which
// nothing turns are those of all of them, laid over each other.
#include "run/combined_cases.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include "plan/group.hpp"
#include "run/joined_results.hpp"
#include "run/machine.hpp"
#include "run/outcomes.hpp"
#include "run/split.hpp"

namespace guiju::run {

using plan::FieldInfo;
using plan::Index;
using plan::kNone;
using plan::SlotClass;

namespace {

bool is_few(SlotClass cls) {
  return cls == SlotClass::truth || cls == SlotClass::member;
}

MoneyRange overlap(const MoneyRange& a, const MoneyRange& b) {
  MoneyRange out = a.unbounded ? b : a;
  out.least = std::max(a.least, b.least);
  if (!a.unbounded && !b.unbounded) out.most = std::min(a.most, b.most);
  return out;
}

// ---- one fact as several programmes know it

bool same_field(const FieldInfo& a, const FieldInfo& b) {
  return a.cls == b.cls && a.enumeration == b.enumeration && a.q == b.q && a.unit_factor == b.unit_factor &&
         a.least == b.least && a.most == b.most && a.declared_optional == b.declared_optional;
}

bool same_domain(const Value& a, const Value& b) {
  return a.state == b.state && a.mask == b.mask && a.any == b.any && a.low == b.low && a.high == b.high &&
         a.low_den == b.low_den && a.high_den == b.high_den && a.low_open_end == b.low_open_end &&
         a.high_open_end == b.high_open_end;
}

struct Place {
  const FactValue* fact = nullptr;
  const FieldInfo* field = nullptr;
};
// By its path; of entries of entries nothing is told.
Place fact_at(Facts& facts, std::string_view path) {
  const auto in = [](const FieldRef& ref) {
    return ref.field == kNone ? Place{} : Place{&ref.row->values[ref.field], &ref.layout->fields[ref.field]};
  };
  const std::size_t open = path.find('[');
  if (open == std::string_view::npos) return in(facts.find(path));
  const std::size_t close = path.find("].", open);
  if (close == std::string_view::npos || path.find('[', close) != std::string_view::npos) return {};
  std::size_t entry = 0;
  for (const char digit : path.substr(open + 1, close - open - 1))
    entry = entry * 10 + static_cast<std::size_t>(digit - '0');
  const FieldRef list = facts.find(path.substr(0, open));
  if (list.field == kNone) return {};
  const FactValue& value = list.row->values[list.field];
  if (value.list == nullptr || entry >= value.list->entries.size()) return {};
  return in(facts.entry_field(list, entry, path.substr(close + 2)));
}

// ---- cells laid over each other

bool tells_silence(const std::vector<Cell>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const Cell& c) { return c.value.silence == Value::silent; });
}

// What lies in both; false where nothing does.
bool lay_over(const Cell& a, const Cell& b, SlotClass cls, bool silence, Cell& out) {
  if (silence && a.value.silence != b.value.silence) return false;
  const bool a_is_none = !may(a.value, Value::has_value), b_is_none = !may(b.value, Value::has_value);
  out = a;
  if (a_is_none || b_is_none) return a_is_none && b_is_none && a.value.state == b.value.state;
  if (cls == SlotClass::text) {
    const auto excludes = [](const Cell& c, std::string_view text) {
      return std::find(c.but.begin(), c.but.end(), text) != c.but.end();
    };
    if (!a.value.any && !b.value.any) return a.text == b.text;
    if (!b.value.any) {
      out = b;
      out.value.silence = a.value.silence;
    }
    if (!out.value.any) return !excludes(a.value.any ? a : b, out.text);
    for (const std::string_view text : b.but) {
      if (!excludes(a, text)) out.but.push_back(text);
    }
    return true;
  }
  if (a.value.mask != 0 || b.value.mask != 0) {
    out.value.mask = a.value.mask & b.value.mask;
    return out.value.mask != 0;
  }
  if (b.value.any) return true;
  if (a.value.any) {
    out.value = b.value;
    out.value.silence = a.value.silence;
    return true;
  }
  if (a.value.low_den != 1 || a.value.high_den != 1 || b.value.low_den != 1 || b.value.high_den != 1) return true;
  out.value.low_open_end = a.value.low_open_end && b.value.low_open_end;
  out.value.high_open_end = a.value.high_open_end && b.value.high_open_end;
  out.value.low = a.value.low_open_end   ? b.value.low
                  : b.value.low_open_end ? a.value.low
                                         : std::max(a.value.low, b.value.low);
  out.value.high = a.value.high_open_end   ? b.value.high
                   : b.value.high_open_end ? a.value.high
                                           : std::min(a.value.high, b.value.high);
  return out.value.low_open_end || out.value.high_open_end || out.value.low <= out.value.high;
}

std::vector<Cell> laid_over(const std::vector<Cell>& one, const std::vector<Cell>& other, SlotClass cls) {
  const bool first = tells_silence(one), second = tells_silence(other);
  if (second && !first) return laid_over(other, one, cls);
  std::vector<Cell> out;
  Cell both;
  for (const Cell& a : one) {
    for (const Cell& b : other) {
      if (lay_over(a, b, cls, first && second, both)) out.push_back(both);
    }
  }
  return out;
}

// All that a group compares, whichever version of it governs.
void read_group(const Facts& facts, Decision& decision) {
  const plan::Plan& plan = facts.plan();
  const plan::ProgramInfo& group = plan.programs[facts.program()];
  const auto run = [&](const plan::Section& section) {
    Machine(plan, section, facts, decision).run(0, static_cast<Index>(section.ops.size()));
  };
  const Options options = decision.options;
  if (!group.sections.empty()) (void)select(facts, options, decision);
  for (const plan::Section& section : group.sections) run(section);
  run(group.grouping->base);
}

// ---- what several cases come to

struct Answer {
  std::vector<UnitResult> parts;  // by unit
  MoneyRange total;
  std::set<std::string> needs;  // paths on which it hangs, also of what cannot be said
};

bool same(const Answer& a, const Answer& b) {
  return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(),
                    [](const UnitResult& x, const UnitResult& y) { return same(x, y); });
}

// Settled, and of nobody it is open why nothing is granted.
bool is_told(const UnitResult& result) {
  return is_settled(result) && std::none_of(result.standings.begin(), result.standings.end(),
                                            [](const Standing& s) { return s.kind == Standing::open; });
}

// ---- case by case

class Cases {
 public:
  Cases(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions,
        const std::vector<const Unit*>& units)
      : facts_(facts),
        options_(options),
        units_(units),
        here_(decisions.size()),
        limit_(std::min(options.max_cases, kMostCases)) {
    for (const Unit* unit : units_) {
      if (unit->group != kNone) readers_.push_back(unit->group);
      for (const Index i : unit->programs) {
        readers_.push_back(i);
        here_[i] = decisions[i];
        if (!is_open(decisions[i].outcome)) continue;
        open_.push_back(i);
        limit_ = std::min(limit_, most_cases(*facts.facts[i], options));
      }
    }
  }

  Answer explore() {
    Answer now = judged();
    if (std::all_of(now.parts.begin(), now.parts.end(), is_told)) return now;
    const std::string path = next(now);
    const std::vector<Cell> cells = path.empty() ? std::vector<Cell>{} : cells_of(path, now);
    if (cells.size() < 2 || passes_ + cells.size() * open_.size() > limit_) return now;
    passes_ += cells.size() * open_.size();
    std::vector<Answer> answers;
    for (const Cell& cell : cells) answers.push_back(in_case(path, cell));
    return joined(path, std::move(answers));
  }

 private:
  Answer in_case(const std::string& path, const Cell& cell) {
    std::size_t supposed = 0;
    for (const Index i : readers_) {
      OpenSource source;
      source.fact = fact_at(*facts_.facts[i], path).fact;
      if (source.fact == nullptr) continue;
      supposed_.suppose(source, cell);
      ++supposed;
    }
    for (const Index i : open_) {
      here_[i].options = options_;
      here_[i].supposed = &supposed_;
      decide_in_one_pass(*facts_.facts[i], here_[i]);
      here_[i].supposed = nullptr;
    }
    Answer out = explore();
    while (supposed-- > 0) supposed_.drop();
    return out;
  }

  [[nodiscard]] Answer judged() const {
    Answer out;
    for (const Unit* unit : units_) {
      UnitResult part = judge(facts_, options_, here_, &supposed_, *unit);
      out.total = sum(out.total, part.total);
      if (!is_settled(part)) {
        out.needs.insert(part.group.needs.begin(), part.group.needs.end());
        out.needs.insert(part.group.stuck_on.begin(), part.group.stuck_on.end());
      }
      out.parts.push_back(std::move(part));
    }
    return out;
  }

  static Answer joined(const std::string& path, std::vector<Answer> answers) {
    Answer all = std::move(answers.front());
    bool differ = false;
    for (std::size_t i = 1; i < answers.size(); ++i) {
      differ = differ || !same(all, answers[i]);
      for (std::size_t u = 0; u < all.parts.size(); ++u) join(all.parts[u], answers[i].parts[u]);
      all.total = hull(all.total, answers[i].total);
      all.needs.merge(answers[i].needs);
    }
    if (differ) all.needs.insert(path);
    return all;
  }

  // ---- which fact to tell apart

  template <typename Tell>
  void for_each_source(const Answer& now, Tell tell) const {
    for (const Index i : open_) {
      if (!is_open(here_[i].outcome)) continue;
      for (const OpenSource& source : here_[i].open) tell(i, source);
    }
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (units_[u]->group == kNone) continue;
      for (const OpenSource& source : now.parts[u].group.open) tell(units_[u]->group, source);
    }
  }

  // Few before many, then what most of them read.
  [[nodiscard]] std::string next(const Answer& now) const {
    struct Rank {
      bool usable = true, few = false;
      std::size_t readers = 0, order = 0;
      const OpenSource* first = nullptr;
    };
    std::map<std::string, Rank> ranks;
    for_each_source(now, [&](Index, const OpenSource& source) {
      if (source.fact == nullptr) return;
      Rank& rank = ranks[source.path];
      if (rank.first == nullptr) {
        rank.first = &source;
        rank.order = ranks.size();
        rank.few = is_few(source.cls);
      }
      ++rank.readers;
      rank.usable = rank.usable && !source.split && source.cls != SlotClass::list && source.cls != SlotClass::row &&
                    source.readings == 0 && same_domain(source.domain, rank.first->domain) &&
                    same_field(*source.field, *rank.first->field);
    });
    const std::pair<const std::string, Rank>* best = nullptr;
    const auto before = [](const Rank& a, const Rank& b) {
      if (a.few != b.few) return a.few;
      return a.readers != b.readers ? a.readers > b.readers : a.order < b.order;
    };
    for (const auto& one : ranks) {
      if (one.second.usable && known_alike(one.first, *one.second.first->field) &&
          (best == nullptr || before(one.second, best->second)))
        best = &one;
    }
    return best == nullptr ? std::string() : best->first;
  }

  // Whoever has a fact of that name means the same by it.
  [[nodiscard]] bool known_alike(const std::string& path, const FieldInfo& field) const {
    bool found = false;
    for (const Index i : readers_) {
      const Place place = fact_at(*facts_.facts[i], path);
      if (place.fact == nullptr) continue;
      found = true;
      if (!same_field(*place.field, field)) return false;
    }
    return found;
  }

  std::vector<Cell> cells_of(const std::string& path, const Answer& now) {
    std::vector<Cell> out;
    for_each_source(now, [&](Index reader, const OpenSource& source) {
      if (source.fact == nullptr || source.path != path) return;
      std::vector<Cell> cells = prober(reader).cells(source);
      out = out.empty() ? std::move(cells) : laid_over(out, cells, source.cls);
    });
    return out;
  }

  Prober& prober(Index reader) {
    auto& prober = probers_[reader];
    if (prober == nullptr) {
      const bool group = facts_.plan->programs[reader].kind == plan::ProgramInfo::group;
      prober = group ? std::make_unique<Prober>(*facts_.facts[reader], options_, read_group)
                     : std::make_unique<Prober>(*facts_.facts[reader], options_);
    }
    prober->supposed = supposed_;
    return *prober;
  }

  const CaseFacts& facts_;
  const Options& options_;
  const std::vector<const Unit*>& units_;
  std::vector<Index> readers_, open_;
  std::vector<Decision> here_;  // in the case that is supposed now
  Assumptions supposed_;
  std::map<Index, std::unique_ptr<Prober>> probers_;
  std::size_t limit_, passes_ = 0;
};

// ---- what hangs on the same facts

std::set<std::string> paths_of(const Unit& unit, const std::vector<Decision>& decisions, const UnitResult& result) {
  std::set<std::string> out;
  const auto add = [&](const OpenSource& source) {
    if (source.fact != nullptr) out.insert(source.path);
  };
  for (const Index i : unit.programs) {
    if (is_open(decisions[i].outcome)) std::for_each(decisions[i].open.begin(), decisions[i].open.end(), add);
  }
  std::for_each(result.group.open.begin(), result.group.open.end(), add);
  return out;
}

// By unit the first that it is joined to by facts on which both hang.
std::vector<std::size_t> joined_by_facts(const std::vector<Unit>& units, const std::vector<Decision>& decisions,
                                         const std::vector<UnitResult>& results) {
  std::vector<std::size_t> first(units.size());
  std::iota(first.begin(), first.end(), std::size_t{0});
  std::map<std::string, std::size_t> reader;
  for (std::size_t u = 0; u < units.size(); ++u) {
    for (const std::string& path : paths_of(units[u], decisions, results[u])) {
      const auto [known, is_new] = reader.emplace(path, first[u]);
      if (is_new || first[known->second] == first[u]) continue;
      const auto low = std::min(first[known->second], first[u]), high = std::max(first[known->second], first[u]);
      std::replace(first.begin(), first.end(), high, low);
    }
  }
  return first;
}

bool is_worth_it(const std::vector<const Unit*>& units, const std::vector<const UnitResult*>& results) {
  const bool open = std::any_of(results.begin(), results.end(),
                                [](const UnitResult* r) { return r->outcome == Outcome::undetermined; });
  return open && (units.size() > 1 || units.front()->group != kNone || units.front()->programs.size() > 1);
}

bool is_part_of(const Choice& small, const Choice& large) {
  bool fewer = false;
  for (std::size_t i = 0; i < small.members.size(); ++i) {
    if (small.members[i] && !large.members[i]) return false;
    fewer = fewer || small.members[i] != large.members[i];
  }
  return fewer;
}

// Those that some case allows and that no other case adds to, best first; what each is granted in it is that of the
// cases that allow it.
void narrow(const std::vector<Choice>& in_cases, bool listed, std::vector<Choice>& choices) {
  std::vector<Choice> out;
  for (const Choice& choice : in_cases) {
    const bool grows =
        std::any_of(in_cases.begin(), in_cases.end(), [&](const Choice& c) { return is_part_of(choice, c); });
    if (grows) continue;
    Choice& one = out.emplace_back(choice);
    const auto found =
        std::find_if(choices.begin(), choices.end(), [&](const Choice& c) { return c.members == choice.members; });
    if (found == choices.end()) continue;
    one.total = overlap(found->total, choice.total);
    for (std::size_t i = 0; i < one.amounts.size(); ++i) one.amounts[i] = overlap(found->amounts[i], choice.amounts[i]);
  }
  std::stable_sort(out.begin(), out.end(), [&](const Choice& a, const Choice& b) {
    if (!listed && a.total.least != b.total.least) return a.total.least > b.total.least;
    if (!listed && a.total != b.total) return a.total.unbounded || (!b.total.unbounded && a.total.most > b.total.most);
    return a.members > b.members;  // the first that only one of them has
  });
  choices = std::move(out);
}

// What holds in every case replaces what is said of them by one look; what differs narrows it.
void narrow(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions, const Unit& unit,
            const std::set<std::string>& needs, UnitResult part, UnitResult& result) {
  const bool settled = is_settled(part);
  for (const Index i : unit.programs) {
    Standing& standing = result.standings[i];
    if (standing.kind != Standing::open && (!pays(standing) || standing.granted_amount.known())) continue;
    const MoneyRange own = standing.own;
    const MoneyRange granted = standing.granted_amount;
    standing = part.standings[i];
    standing.own = own;
    if (pays(standing)) standing.granted_amount = overlap(granted, standing.granted_amount);
  }
  result.total = overlap(result.total, part.total);
  if (settled) result.outcome = part.outcome;
  if (unit.group == kNone) return;
  GroupResult& group = result.group;
  const bool same_version = group.section == part.group.section && group.base == part.group.base;
  if (settled) {
    const auto day = group.reference_date;
    const bool is_one = group_section(*facts.plan, part.group) != nullptr;
    Decision work;  // texts say what is known, not what was supposed
    if (is_one) work = judge_under(facts, options, decisions, nullptr, unit.group, part.group.section).work;
    group = std::move(part.group);
    group.reference_date = day;
    group.work = std::move(work);
    return;
  }
  group.total = overlap(group.total, part.group.total);
  if (same_version && group.members.size() == part.group.members.size()) {
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      if (group.members[i].kind == Standing::open || pays(group.members[i])) group.members[i] = part.group.members[i];
    }
    const plan::GroupSection* section = group_section(*facts.plan, group);
    narrow(part.group.choices, section != nullptr && section->winner == plan::GroupSection::listed, group.choices);
  }
  const auto changes_nothing = [&](const std::string& path) { return !needs.contains(path); };
  std::erase_if(group.needs, changes_nothing);
  std::erase_if(group.stuck_on, changes_nothing);
}

}  // namespace

MoneyRange case_by_case(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions,
                        const std::vector<Unit>& units, std::vector<UnitResult>& results) {
  MoneyRange total;
  const std::vector<std::size_t> first = joined_by_facts(units, decisions, results);
  for (std::size_t u = 0; u < units.size(); ++u) {
    std::vector<const Unit*> together;
    std::vector<const UnitResult*> open;
    std::vector<std::size_t> places;
    for (std::size_t i = u; first[u] == u && i < units.size(); ++i) {
      if (first[i] != u) continue;
      together.push_back(&units[i]);
      open.push_back(&results[i]);
      places.push_back(i);
    }
    if (together.empty()) continue;
    MoneyRange of_all;
    for (const UnitResult* r : open) of_all = sum(of_all, r->total);
    if (is_worth_it(together, open)) {
      Answer answer = Cases(facts, options, decisions, together).explore();
      of_all = overlap(of_all, answer.total);
      for (std::size_t i = 0; i < places.size(); ++i)
        narrow(facts, options, decisions, *together[i], answer.needs, std::move(answer.parts[i]), results[places[i]]);
    }
    total = sum(total, of_all);
  }
  return total;
}

}  // namespace guiju::run
