// One answer for every completion. A fact or text that reaches the answer on one path is told exactly by one pass;
// those that reach it on several are split into cells, one pass a cell, and what the cells say is joined.
#include "run/split.hpp"

#include <algorithm>
#include <set>

#include "run/machine.hpp"
#include "run/outcomes.hpp"
#include "run/papers.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::SlotClass;

namespace {

// Parts of versions that are made of other parts are not told.
void join_each(std::vector<MoneyRange>& all, const std::vector<MoneyRange>& more) {
  if (all.size() != more.size()) {
    all.clear();
    return;
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = hull(all[i], more[i]);
}

bool same_value(const Value& a, const Value& b) {
  return a.state == b.state && a.mask == b.mask && a.any == b.any && a.low_open_end == b.low_open_end &&
         a.high_open_end == b.high_open_end && compare(low_of(a), low_of(b)) == 0 &&
         compare(high_of(a), high_of(b)) == 0;
}

// What is said of some completions.
struct Answer {
  bool settled = false;  // one answer for all: `outcome`
  Outcome outcome = Outcome::invalid;
  Index section = kNone, nearest = kNone;
  const plan::SuspensionInfo* suspended = nullptr;
  bool granted = false;         // some may be eligible
  bool may_be_refused = false;  // some may be not
  bool may_be_invalid = false;  // some may be in error
  bool has_amount = false;
  AmountKind kind = AmountKind::payment;
  MoneyRange amount;  // of those that may be eligible
  std::vector<MoneyRange> parts, shares;
  std::vector<FailedOne> failed, failed_somewhere;  // in all; in some
  std::vector<FailedOne> refused;                   // part requirements that fail in all
  std::vector<Error> errors;
  std::vector<BadFact> bad;
  bool asks = false;              // facts matter
  Support open;                   // facts and texts that matter
  std::vector<Value> roots;       // of a standard
  std::vector<Value> told;        // beside the outcome: what it is in none, one or all of them does not settle it
  std::vector<OpenPaper> papers;  // of those that may be eligible
};

class Splitter {
 public:
  Splitter(const Facts& facts, Prober& prober, Decision& root)
      : program_(facts.plan().programs[facts.program()]),
        prober_(prober),
        root_(root),
        limit_(most_cases(facts, root.options)),
        reasons_(root.outcome == Outcome::ineligible) {
    if (program_.kind != plan::ProgramInfo::standard) return;
    roots_ = {program_.sections.front().in_force, program_.outputs.grade, program_.outputs.edition};
    for (const auto& o : program_.outputs.outputs) roots_.push_back(o.value);
    std::erase(roots_, kNone);
  }

  void split() {
    const bool facts_beside_texts = root_.outcome == Outcome::undetermined && !root_.marks.empty();
    if (done(root_) || (next(root_) == nullptr && !facts_beside_texts)) return;
    Answer all = explore(root_, 0);
    if (!reasons_ && all.settled && all.outcome == Outcome::ineligible && more_reasons_) add_reasons(all);
    take(std::move(all));
  }

 private:
  // Where the case is refused anyway, more reasons may come to light.
  [[nodiscard]] bool done(const Decision& d) const {
    if (d.outcome == Outcome::ineligible && reasons_) return false;
    return d.outcome != Outcome::undetermined && d.outcome != Outcome::referred;
  }

  // A case that is refused is not split further for its reasons until it is known to be refused in any case.
  void add_reasons(Answer& all) {
    reasons_ = true;
    Answer more = explore(root_, 0);
    reasons_ = false;
    if (!more.settled || more.outcome != Outcome::ineligible) return;
    all.failed = std::move(more.failed);
    all.failed_somewhere = std::move(more.failed_somewhere);
  }

  // Facts before texts: what holds of the texts is said of each way in which the facts can be. Few before many.
  [[nodiscard]] static const OpenSource* next(const Decision& d) {
    const auto rank = [](const OpenSource& s) {
      const bool few = s.readings > 0 || s.cls == SlotClass::truth || s.cls == SlotClass::member;
      return (s.fact == nullptr ? 2 : 0) + (few ? 0 : 1);
    };
    const OpenSource* best = nullptr;
    for (const OpenSource& s : d.open) {
      if (s.paths < 2 || s.split || s.behind != nullptr || s.cls == SlotClass::list) continue;
      if (best == nullptr || rank(s) < rank(*best)) best = &s;
    }
    return best;
  }

  Answer explore(const Decision& here, std::size_t depth) {
    const OpenSource* const found = done(here) ? nullptr : next(here);
    const bool facts_done = found == nullptr || found->fact == nullptr;
    Answer out = found == nullptr ? answer(here) : split_by(*found, here, depth);
    if (facts_done && out.asks && whole()) drop_idle(out, depth);
    return out;
  }

  Answer split_by(const OpenSource& found, const Decision& here, std::size_t depth) {
    if (cases_ >= limit_ || prober_.exhausted()) return answer(here);
    const OpenSource source = found;
    const std::vector<Cell> cells = prober_.cells(source);
    if (cases_ + cells.size() > limit_) return answer(here);
    cases_ += cells.size();
    std::vector<OpenSource> behind;
    std::copy_if(here.open.begin(), here.open.end(), std::back_inserter(behind),
                 [&](const OpenSource& s) { return s.behind != nullptr && s.behind == source.fact; });
    readings_ += source.fact == nullptr ? 1 : 0;
    std::vector<Answer> answers = answers_in(cells, source, depth);
    readings_ -= source.fact == nullptr ? 1 : 0;
    const bool unsure = source.fact == nullptr ? asks(answers) : !settled(answers);
    const bool open = differ(answers) || (unsure && matters(source, cells, answers, depth));
    if (open && whole()) known_to_matter_.add(source);
    Answer all = joined(std::move(answers), source, open);
    for (OpenSource& other : behind) {
      if (open) all.open.add(std::move(other));
    }
    return all;
  }

  std::vector<Answer> answers_in(const std::vector<Cell>& cells, const OpenSource& source, std::size_t depth) {
    while (depth >= scratch_.size()) scratch_.emplace_back();
    std::vector<Answer> answers;
    for (const Cell& cell : cells) {
      prober_.supposed.suppose(source, cell);
      prober_.run(scratch_[depth]);
      answers.push_back(explore(scratch_[depth], depth + 1));
      prober_.supposed.drop();
    }
    return answers;
  }

  [[nodiscard]] bool differ(const std::vector<Answer>& answers) const {
    return std::any_of(answers.begin(), answers.end(), [&](const Answer& a) { return !alike(answers.front(), a); });
  }
  [[nodiscard]] static bool settled(const std::vector<Answer>& answers) {
    return std::all_of(answers.begin(), answers.end(), [](const Answer& a) { return a.settled; });
  }
  [[nodiscard]] static bool asks(const std::vector<Answer>& answers) {
    return std::any_of(answers.begin(), answers.end(), [](const Answer& a) { return a.asks; });
  }

  // ---- does a fact matter?

  // A fact may change what one reading of a text leads to, and nothing of what all of them together do.
  [[nodiscard]] bool whole() const { return !weighing_ && readings_ == 0; }

  // Beside an open text a fact on one path may change nothing either: whatever it is, the same readings are left.
  void drop_idle(Answer& a, std::size_t depth) {
    Support kept;
    kept.marks = std::move(a.open.marks);
    const auto keep = [&](auto stays) {
      for (const OpenSource& source : a.open.sources) {
        if (stays(source)) kept.add(source);
      }
    };
    keep([&](const OpenSource& s) {
      return s.behind == nullptr && (s.fact == nullptr || kept.marks.empty() || matters(s, depth));
    });
    keep([&](const OpenSource& s) { return s.behind != nullptr && kept.has_fact(*s.behind); });
    for (const OpenSource& source : kept.sources) known_to_matter_.add(source);
    a.asks = kept.asks();
    a.open = std::move(kept);
  }

  bool matters(const OpenSource& source, std::size_t depth) {
    if (known_to_matter_.has(source)) return true;
    const std::vector<Cell> cells = prober_.cells(source);
    if (cells.size() < 2 || spent(cells.size())) return true;
    weighing_ = true;
    const std::vector<Answer> answers = answers_in(cells, source, depth);
    weighing_ = false;
    return matters(source, cells, answers, depth);
  }

  // What is open in all cells alike may still come out differently in each. Some way is looked for in which the other
  // facts could be and the cells differ; where there is none nobody need ask for the fact. Where the search takes too
  // long it is asked for.
  bool matters(const OpenSource& source, const std::vector<Cell>& cells, const std::vector<Answer>& answers,
               std::size_t depth) {
    if (!whole() || source.fact == nullptr || known_to_matter_.has(source)) return true;
    weighing_ = true;
    const bool found = told_apart(source, cells, answers, depth);
    weighing_ = false;
    return found;
  }

  // Counts cases; true where there are no more to spend.
  bool spent(std::size_t cases) {
    weighed_ += cases;
    return weighed_ > limit_ || prober_.exhausted();
  }

  bool told_apart(const OpenSource& source, const std::vector<Cell>& cells, const std::vector<Answer>& answers,
                  std::size_t depth) {
    const Answer& one = answers.front();
    if (std::any_of(answers.begin(), answers.end(), [&](const Answer& a) { return surely_differ(one, a); }))
      return true;
    const auto open = std::find_if(answers.begin(), answers.end(), [](const Answer& a) { return a.asks; });
    if (open == answers.end()) return !settled(answers) && !same_readings(source, cells, depth);
    OpenSource next;
    std::vector<Cell> ways;
    for (const OpenSource& other : open->open.sources) {
      if (ways.size() > 1) break;
      if (other.fact == nullptr || other.same(source)) continue;
      next = other;
      ways = ways_of(other);
    }
    if (ways.size() < 2) return true;
    return std::any_of(ways.begin(), ways.end(), [&](const Cell& way) {
      if (spent(cells.size())) return true;
      prober_.supposed.suppose(next, way);
      const bool found = told_apart(source, cells, answers_in(cells, source, depth), depth);
      prober_.supposed.drop();
      return found;
    });
  }

  // Where only texts are open: do they leave the same answers in all cells?
  bool same_readings(const OpenSource& source, const std::vector<Cell>& cells, std::size_t depth) {
    std::vector<Answer> first;
    for (const Cell& cell : cells) {
      std::vector<Answer> here;
      prober_.supposed.suppose(source, cell);
      const bool all = read(depth, here);
      prober_.supposed.drop();
      if (!all) return false;
      if (&cell == &cells.front())
        first = std::move(here);
      else if (!includes(first, here) || !includes(here, first))
        return false;
    }
    return true;
  }

  // The answers of every reading, each once; facts that do not matter are whatever they are first. False where there
  // are no more cases to spend.
  bool read(std::size_t depth, std::vector<Answer>& out) {
    while (depth >= scratch_.size()) scratch_.emplace_back();
    if (spent(1)) return false;
    prober_.run(scratch_[depth]);
    const Open next = open_in(scratch_[depth]);
    if (next.ways.empty()) {
      Answer one = answer(scratch_[depth]);
      if (!includes(out, {one})) out.push_back(std::move(one));
      return true;
    }
    return std::all_of(next.ways.begin(), next.ways.end(), [&](const Cell& way) {
      prober_.supposed.suppose(next.source, way);
      const bool all = read(depth + 1, out);
      prober_.supposed.drop();
      return all;
    });
  }
  struct Open {
    OpenSource source;
    std::vector<Cell> ways;
  };
  Open open_in(const Decision& d) {
    if (done(d)) return {};
    for (const bool fact : {true, false}) {
      for (const OpenSource& source : d.open) {
        if ((source.fact != nullptr) != fact) continue;
        std::vector<Cell> ways = ways_of(source);
        if (ways.size() < 2) continue;
        if (fact) ways.resize(1);
        return {source, std::move(ways)};
      }
    }
    return {};
  }
  [[nodiscard]] bool includes(const std::vector<Answer>& all, const std::vector<Answer>& some) const {
    return std::all_of(some.begin(), some.end(), [&](const Answer& one) {
      return std::any_of(all.begin(), all.end(), [&](const Answer& a) { return alike(a, one); });
    });
  }

  // Of a number between two turns the ends: what is alike at both is alike between them.
  [[nodiscard]] std::vector<Cell> ways_of(const OpenSource& source) {
    std::vector<Cell> cells = prober_.cells(source);
    const bool ordered = source.cls == SlotClass::number || source.cls == SlotClass::day;
    if (cells.size() != 1 || !ordered || !may(cells.front().value, Value::has_value)) return cells;
    const Value whole = cells.front().value;
    if (whole.low_open_end || whole.high_open_end || compare(low_of(whole), high_of(whole)) == 0) return cells;
    cells.push_back(cells.front());
    set_high(cells.front().value, low_of(whole));
    set_low(cells.back().value, high_of(whole));
    return cells;
  }

  // Whatever facts that are still open turn out to be: their ends are met in some way.
  [[nodiscard]] bool surely_differ(const Answer& a, const Answer& b) const {
    if (a.asks || b.asks) return !alike_beside_open_facts(a, b);
    return !alike(a, b);
  }

  Answer answer(const Decision& d) {
    Answer a;
    more_reasons_ = more_reasons_ || (d.outcome == Outcome::ineligible && next(d) != nullptr);
    a.outcome = d.outcome;
    a.settled = d.outcome != Outcome::undetermined && d.outcome != Outcome::referred;
    a.section = d.section;
    a.nearest = d.nearest;
    a.suspended = d.suspended;
    // Duties and targets neither grant nor refuse: this tells no cases of theirs apart.
    a.granted = grants(program_) && (a.settled ? d.outcome == Outcome::eligible : may_be_granted(program_, d));
    a.may_be_refused = grants(program_) && (a.settled ? d.outcome != Outcome::eligible : d.may_be_refused);
    a.may_be_invalid = a.settled ? d.outcome == Outcome::invalid : d.may_be_invalid;
    a.has_amount = a.granted && d.has_amount;
    if (a.has_amount) {
      a.kind = d.amount_kind;
      a.amount = d.amount;
      a.parts = d.parts;
      a.shares = d.shares;
    }
    for (const Index i : d.failed) a.failed.push_back({d.section, i});
    a.failed_somewhere = a.failed;
    for (const Index i : d.refused) a.refused.push_back({d.section, i});
    if (d.outcome == Outcome::invalid) {
      a.errors = d.errors;
      a.bad = d.bad;
    }
    a.asks = d.outcome == Outcome::undetermined;
    if (!a.settled) {
      a.open.sources = d.open;
      a.open.marks = d.marks;
    }
    for (const plan::SlotId slot : roots_) a.roots.push_back(d.slots[slot]);
    a.told = d.told;
    if (a.granted) a.papers = papers_of(d);
    return a;
  }

  [[nodiscard]] const std::string& payout(const Answer& a) const {
    static const std::string none;
    return a.granted && a.section != kNone ? program_.sections[a.section].payout : none;
  }

  [[nodiscard]] bool alike(const Answer& a, const Answer& b) const {
    if (a.settled != b.settled || a.asks != b.asks || (a.settled && a.outcome != b.outcome)) return false;
    return alike_beside_open_facts(a, b);
  }
  [[nodiscard]] bool alike_beside_open_facts(const Answer& a, const Answer& b) const {
    if (a.granted != b.granted || a.may_be_refused != b.may_be_refused || a.has_amount != b.has_amount) return false;
    if (a.has_amount && (a.kind != b.kind || a.amount != b.amount || a.parts != b.parts || a.shares != b.shares))
      return false;
    return payout(a) == payout(b) && std::equal(a.roots.begin(), a.roots.end(), b.roots.begin(), same_value);
  }

  [[nodiscard]] const std::string& name_of(const FailedOne& f) const {
    return program_.sections[f.section].requirements[f.requirement].name;
  }
  [[nodiscard]] bool contains(const std::vector<FailedOne>& all, const FailedOne& f) const {
    return std::any_of(all.begin(), all.end(), [&](const FailedOne& o) {
      return o.section == f.section ? o.requirement == f.requirement : name_of(o) == name_of(f);
    });
  }

  [[nodiscard]] bool refuses(const Answer& a, const FailedOne& f) const {
    const auto name = [&](const FailedOne& o) {
      return plan::name_of_part_requirement(program_.sections[o.section], o.requirement);
    };
    return std::any_of(a.refused.begin(), a.refused.end(), [&](const FailedOne& o) { return name(o) == name(f); });
  }

  // `open`: what is said hangs on the source.
  Answer joined(std::vector<Answer> answers, const OpenSource& source, bool open) const {
    Answer all = answers.front();
    const bool same = !differ(answers);
    for (std::size_t i = 1; i < answers.size(); ++i) {
      const Answer& a = answers[i];
      all.asks = all.asks || a.asks;
      all.settled = all.settled && a.settled;
      all.may_be_refused = all.may_be_refused || a.may_be_refused;
      all.may_be_invalid = all.may_be_invalid || a.may_be_invalid;
      if (a.section != all.section) {
        all.section = kNone;
        all.told.clear();
      }
      if (a.nearest != all.nearest) all.nearest = kNone;
      if (a.suspended != all.suspended) all.suspended = nullptr;
      join_amount(all, a);
      join_told(all, a);
      all.granted = all.granted || a.granted;
      std::erase_if(all.failed, [&](const FailedOne& f) { return !contains(a.failed, f); });
      std::erase_if(all.refused, [&](const FailedOne& f) { return !refuses(a, f); });
      for (const FailedOne& f : a.failed_somewhere) {
        if (!contains(all.failed_somewhere, f)) all.failed_somewhere.push_back(f);
      }
      all.open.merge(a.open);
      for (std::size_t r = 0; r < all.roots.size(); ++r)
        all.roots[r] = join(all.roots[r], a.roots[r], program_.sections.front().slots[roots_[r]].cls);
    }
    all.papers = joined_papers(answers, source);
    // The same in all: any of the versions stands for it.
    if (same && all.section == kNone) all.section = answers.front().section;
    if (!open) return all;
    all.settled = false;
    if (source.fact != nullptr) {
      all.asks = true;
      all.open.add(source);
      return all;
    }
    all.open.add_mark(mark_of_text(source));
    return all;
  }
  [[nodiscard]] Mark mark_of_text(const OpenSource& source) const {
    Mark mark;
    mark.kind = kind_of(source.choice);
    mark.unsaid = source.unsaid;
    if (mark.kind == Mark::contradiction)
      mark.slot = source.slot;
    else
      mark.choice = source.choice;
    return mark;
  }

  [[nodiscard]] std::vector<OpenPaper> joined_papers(const std::vector<Answer>& answers,
                                                     const OpenSource& source) const {
    std::vector<std::string> facts;
    std::vector<Mark> texts;
    if (source.fact == nullptr) texts.push_back(mark_of_text(source));
    if (source.fact != nullptr && source.fact->state != FactState::unknowable) facts.push_back(source.path);
    Papers papers(program_);
    for (const Answer& a : answers) {
      if (a.granted) papers.join(a.papers, facts, texts);
    }
    return papers.all();
  }

  void join_told(Answer& all, const Answer& a) const {
    if (all.section == kNone || all.told.size() != a.told.size()) {
      all.told.clear();
      return;
    }
    const plan::Section& section = program_.sections[all.section];
    for (std::size_t i = 0; i < all.told.size(); ++i) {
      if (section.told[i] == kNone) continue;
      all.told[i] = join(all.told[i], a.told[i], section.slots[section.told[i]].cls);
    }
  }

  [[nodiscard]] Mark::Kind kind_of(Index choice) const {
    if (choice >= kPapers) return Mark::contradiction;
    for (const Mark& m : root_.marks) {
      if (m.choice == choice) return m.kind;
    }
    return Mark::undecided;
  }

  static void join_amount(Answer& all, const Answer& a) {
    // A version that grants something without an amount says nothing of how much.
    if (!a.granted || !a.has_amount) return;
    if (!all.granted || !all.has_amount) {
      all.has_amount = true;
      all.kind = a.kind;
      all.amount = a.amount;
      all.parts = a.parts;
      all.shares = a.shares;
      return;
    }
    all.kind = either_kind(all.kind, a.kind);
    all.amount = hull(all.amount, a.amount);
    join_each(all.parts, a.parts);
    join_each(all.shares, a.shares);
  }

  void take(Answer a) {
    root_.refused.clear();
    for (const FailedOne& f : a.refused) {
      if (f.section == root_.section) root_.refused.insert(f.requirement);
    }
    if (reasons_) {
      root_.failed.clear();
      for (const FailedOne& f : a.failed) root_.failed.insert(f.requirement);
      return;
    }
    for (std::size_t r = 0; r < roots_.size(); ++r) root_.slots[roots_[r]] = a.roots[r];
    root_.open.clear();
    root_.marks.clear();
    root_.may_be_refused = !a.settled && a.may_be_refused;
    root_.may_be_invalid = !a.settled && a.may_be_invalid;
    root_.has_amount = a.has_amount;
    root_.amount_kind = a.kind;
    root_.amount = a.amount;
    root_.parts = std::move(a.parts);
    root_.shares = std::move(a.shares);
    root_.told = std::move(a.told);
    if (root_.section == kNone) root_.section = a.section;
    take_papers(a.papers);
    if (a.settled) return take_settled(a);
    root_.outcome = a.asks ? Outcome::undetermined : Outcome::referred;
    root_.open = std::move(a.open.sources);
    root_.marks = std::move(a.open.marks);
  }

  void take_papers(const std::vector<OpenPaper>& all) {
    Papers papers(program_);
    papers.join(all, {}, {});
    tell_papers(papers, root_);
  }

  void take_settled(Answer& a) {
    root_.outcome = a.outcome;
    root_.nearest = a.nearest;
    root_.suspended = a.suspended;
    root_.errors = std::move(a.errors);
    // Known of several versions already, more of them than of one case.
    const bool known = a.outcome == Outcome::invalid && !a.bad.empty() && !root_.bad.empty();
    if (!known) root_.bad = std::move(a.bad);
    for (const FailedOne& f : a.failed) {
      if (f.section == root_.section) root_.failed.insert(f.requirement);
    }
    if (a.outcome != Outcome::ineligible || !root_.failed.empty()) return;
    root_.failed_one = std::move(a.failed_somewhere);
    std::sort(root_.failed_one.begin(), root_.failed_one.end(), [](const FailedOne& x, const FailedOne& y) {
      return std::pair(x.section, x.requirement) < std::pair(y.section, y.requirement);
    });
  }

  const plan::ProgramInfo& program_;
  Prober& prober_;
  Decision& root_;
  std::size_t limit_;
  bool reasons_;
  std::vector<plan::SlotId> roots_;
  std::deque<Decision> scratch_;
  std::size_t cases_ = 0;
  Support known_to_matter_;
  bool more_reasons_ = false;  // may come to light where refused cases are split
  std::size_t readings_ = 0;   // texts that are read in one way here
  bool weighing_ = false;      // whether a source matters
  std::size_t weighed_ = 0;    // cases spent on that
};

}  // namespace

void split(const Facts& facts, Prober& prober, Decision& decision) {
  Splitter(facts, prober, decision).split();
}

}  // namespace guiju::run
