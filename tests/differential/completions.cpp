// See completions.hpp.
#include "completions.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <set>

#include "compare.hpp"
#include "compiler/compile.hpp"
#include "engine_facts.hpp"
#include "engines.hpp"
#include "facts.hpp"
#include "reference.hpp"
#include "run/decide.hpp"
#include "slow_calendar.hpp"
#include "small_programs.hpp"
#include "ways.hpp"

namespace guiju::reference {

namespace {

constexpr std::size_t kMostCompletions = 1500;
constexpr std::size_t kPathsOfCompletion = 64;

// ---- what a fact can be

struct OpenFact {
  const model::Given* given = nullptr;  // nullptr: the host's day
  Leaf leaf;
  std::optional<std::size_t> entry;  // of the history
  FieldPath list;
  std::vector<Fact> values;

  void put(Case& facts, const Fact& value) const {
    if (given == nullptr)
      facts.as_at = value.value.whole;
    else
      in(facts) = value;
  }
  [[nodiscard]] bool is_unknown(Case& facts) const {
    if (given == nullptr) return !facts.as_at;
    return in(facts).state == Fact::unknown || !in(facts).complete;
  }
  [[nodiscard]] Fact& in(Case& facts) const {
    Row& row = facts.givens.at(given);
    return entry ? row.at(list).entries.at(*entry).at(leaf.path) : row.at(leaf.path);
  }
  [[nodiscard]] std::string path() const {
    if (given == nullptr) return "as at";
    if (!entry) return path_text(*given, leaf.path);
    return path_text(*given, list) + "[" + std::to_string(*entry) + "]." + path_text(leaf.path);
  }
};

Fact known(Value value) {
  Fact fact;
  fact.state = Fact::known;
  fact.value = std::move(value);
  return fact;
}

std::vector<Fact> days_of_2025(std::initializer_list<int> of_month) {
  std::vector<Fact> out;
  for (int month = 1; month <= 12; ++month)
    for (const int day : of_month) out.push_back(known(Value::of(Value::date, *day_of({2025, month, day}))));
  return out;
}

// The host's: deadlines lie in the middle of a month.
std::vector<Fact> host_days() {
  return days_of_2025({15, 16});
}

// Values such that between neighbours no small programme turns.
std::vector<Fact> values_of(const Leaf& leaf) {
  std::vector<Fact> out;
  switch (leaf.type->kind) {
    case model::TypeKind::boolean:
      out = {known(Value::of_truth(false)), known(Value::of_truth(true))};
      break;
    case model::TypeKind::enumerated:
      for (std::size_t i = 0; i < leaf.type->enumeration->members.size(); ++i)
        out.push_back(known(Value::of(Value::member, static_cast<std::int64_t>(i))));
      break;
    case model::TypeKind::numeric:
      for (int yuan = 0; yuan <= 100; yuan += 10) out.push_back(known(Value::of_number(yuan)));
      break;
    case model::TypeKind::date:
      out = days_of_2025({1, 14, 15, 16, 28});
      break;
    case model::TypeKind::text:
      for (const char* text : {"A", "B", "C"}) out.push_back(known(Value::of_text(text)));
      break;
    case model::TypeKind::region:
      for (const std::int64_t code : {110000000000, 630100000000, 630200000000})
        out.push_back(known(Value::of(Value::region, code)));
      break;
    default:
      break;
  }
  if (leaf.type->optional) {
    out.emplace_back();
    out.back().state = Fact::absent;
  }
  return out;
}

// Of an open fact; one that may be unknowable may also turn out so.
std::vector<Fact> completions_of(const Leaf& leaf, bool unknowable) {
  const std::vector<Fact> said = values_of(leaf);
  std::vector<Fact> silent;
  for (Fact fact : said) {
    if (fact.state == Fact::absent) fact.value = Value::of(Value::absent, 0);
    fact.state = Fact::unknowable;
    silent.push_back(std::move(fact));
  }
  if (unknowable) return silent;
  std::vector<Fact> out = said;
  if (leaf.field != nullptr && leaf.field->unknowable) out.insert(out.end(), silent.begin(), silent.end());
  return out;
}

// What a history may be that has these entries and maybe others: none, one or two of each sort.
std::vector<Fact> histories_of(const Leaf& list, const Fact& given) {
  std::vector<Fact> out{given};
  out.front().complete = true;
  std::vector<Leaf> told;  // by which sorts are told apart
  Row sort;
  for (const Leaf& leaf : leaves_of(*list.type->element)) {
    sort[leaf.path] = values_of(leaf).front();
    if (leaf.type->kind != model::TypeKind::numeric) told.push_back(leaf);
  }
  std::vector<Row> sorts{sort};
  for (const Leaf& leaf : told) {
    std::vector<Row> more;
    for (const Row& row : sorts)
      for (const Fact& value : values_of(leaf)) {
        more.push_back(row);
        more.back()[leaf.path] = value;
      }
    sorts = std::move(more);
  }
  for (const Row& row : sorts) {
    const std::vector<Fact> before = out;
    for (const Fact& history : before) {
      Fact more = history;
      for (int i = 0; i < 2; ++i) {
        more.entries.push_back(row);
        out.push_back(more);
      }
    }
  }
  return out;
}

// ---- what the completions say

struct Range {
  std::optional<Number> least, most;
  void take(const Number& n) {
    if (!least || n < *least) least = n;
    if (!most || n > *most) most = n;
  }
};

// The answer to one completion of the facts: settled, or open by what the text leaves open.
struct Said {
  std::vector<Result> results;
  [[nodiscard]] bool settled() const {
    return std::all_of(results.begin(), results.end(), [&](const Result& r) { return alike(r, results.front()); });
  }
  static bool alike(const Result& a, const Result& b) {
    return a.outcome == b.outcome && a.amount == b.amount && a.parts == b.parts;
  }
  // The same in both, whatever the texts mean.
  [[nodiscard]] bool same(const Said& other) const { return has_all_of(other) && other.has_all_of(*this); }
  [[nodiscard]] bool has_all_of(const Said& other) const {
    return std::all_of(other.results.begin(), other.results.end(), [&](const Result& r) {
      return std::any_of(results.begin(), results.end(), [&](const Result& o) { return alike(r, o); });
    });
  }
};

struct Truth {
  run::Outcome outcome = run::Outcome::undetermined;
  bool facts_matter = false, may_be_refused = false;
  Range amount;
  std::vector<std::string> failed;          // in all
  std::set<std::string> owed, may_be_owed;  // papers, where it is eligible: in all, in some
};

bool is_of_duty(Outcome o) {
  return o >= Outcome::not_owed;
}

Truth truth_of(const std::vector<Said>& all) {
  Truth truth;
  truth.facts_matter = std::any_of(all.begin(), all.end(), [&](const Said& s) { return !s.same(all.front()); });
  const bool settled = all.front().settled();
  truth.outcome = truth.facts_matter ? run::Outcome::undetermined
                  : settled          ? same_outcome(all.front().results.front().outcome)
                                     : run::Outcome::referred;
  truth.failed = all.front().results.front().failed;
  bool first = true;
  for (const Said& s : all) {
    for (const Result& r : s.results) {
      if (r.outcome == Outcome::eligible) {
        const std::set<std::string> owed(r.owed.begin(), r.owed.end());
        if (first) truth.owed = owed;
        first = false;
        std::erase_if(truth.owed, [&](const std::string& name) { return !owed.contains(name); });
        truth.may_be_owed.insert(owed.begin(), owed.end());
      }
      if (r.outcome != Outcome::eligible && !is_of_duty(r.outcome)) truth.may_be_refused = true;
      if (r.outcome == Outcome::eligible && r.amount) truth.amount.take(*r.amount);
      std::erase_if(truth.failed, [&](const std::string& name) {
        return std::find(r.failed.begin(), r.failed.end(), name) == r.failed.end();
      });
    }
  }
  if (settled && !truth.facts_matter) truth.may_be_refused = false;
  return truth;
}

std::vector<std::string> failed_of(const run::Decision& d, const plan::ProgramInfo& program) {
  std::vector<std::string> names;
  for (const plan::Index i : d.failed) names.push_back(program.sections[d.section].requirements.at(i).name);
  std::sort(names.begin(), names.end());
  return names;
}

// Papers that are said to be owed, and those of which it is said to be open.
struct Papers {
  std::set<std::string> owed, open;
};
Papers papers_of(const run::Decision& d, const plan::ProgramInfo& program) {
  Papers out;
  for (const plan::Index i : d.owed) out.owed.insert(program.sections[d.section].documents.at(i).name);
  for (const run::OpenPaper& p : d.papers)
    (p.surely ? out.owed : out.open).insert(program.sections[p.section].documents.at(p.document).name);
  return out;
}
std::string wrong_papers(const run::Decision& d, const plan::ProgramInfo& program, const Truth& truth) {
  const Papers said = papers_of(d, program);
  for (const std::string& name : said.owed)
    if (!truth.may_be_owed.empty() && !truth.owed.contains(name)) return "says that " + name + " is owed";
  for (const std::string& name : truth.may_be_owed)
    if (!said.owed.contains(name) && !said.open.contains(name)) return "does not say that " + name + " may be owed";
  return "";
}

// Empty where the answer is right, however open.
std::string wrong(const run::Decision& d, const plan::ProgramInfo& program, const Truth& truth) {
  const bool open = d.outcome == run::Outcome::undetermined || d.outcome == run::Outcome::referred;
  if (!open && d.outcome != truth.outcome) return "says " + std::string(run::name_of(d.outcome));
  if (d.outcome == run::Outcome::referred && truth.facts_matter) return "referred though facts matter";
  if (open && truth.may_be_refused && !d.may_be_refused) return "does not say that it may be refused";
  if (truth.amount.least) {
    if (!d.has_amount) return "no amount";
    if (fen(d.amount.least) > *truth.amount.least || (!d.amount.unbounded && fen(d.amount.most) < *truth.amount.most))
      return "amount outside the interval";
  }
  for (const std::string& name : failed_of(d, program))
    if (std::find(truth.failed.begin(), truth.failed.end(), name) == truth.failed.end())
      return name + " does not fail in every completion";
  const bool asks = !d.needs.empty() || !d.stuck_on.empty();
  if (d.outcome == run::Outcome::undetermined && !asks) return "undetermined, and asks nothing";
  return open || d.outcome == run::Outcome::eligible ? wrong_papers(d, program, truth) : "";
}

// Empty where the answer is as tight as the completions are.
std::string more_open(const run::Decision& d, const plan::ProgramInfo& program, const Truth& truth) {
  if (d.outcome != truth.outcome) return "says " + std::string(run::name_of(d.outcome));
  const bool open = d.outcome == run::Outcome::undetermined || d.outcome == run::Outcome::referred;
  if (d.outcome == run::Outcome::ineligible && failed_of(d, program) != truth.failed)
    return "does not list every reason";
  if (open && d.may_be_refused != truth.may_be_refused) return "says that it may be refused";
  const bool amount = open || d.outcome == run::Outcome::eligible;
  if (!amount || !truth.amount.least || !d.has_amount) return "";
  const bool tight =
      !d.amount.unbounded && fen(d.amount.least) == *truth.amount.least && fen(d.amount.most) == *truth.amount.most;
  return tight ? "" : "amount " + reference::show(fen(d.amount.least)) + ".." + reference::show(fen(d.amount.most));
}

// ---- the run

struct Tally {
  std::uint64_t programs = 0, cases = 0, completions = 0, undetermined = 0, looser = 0, asked = 0, idle = 0;
  std::uint64_t referred = 0, ways = 0, ways_looser = 0, open_papers = 0, papers_looser = 0;
};

class SmallTrial {
 public:
  SmallTrial(const compiler::Compiled& compiled, SmallClass which, Random& random, Tally& tally)
      : compiled_(compiled),
        program_(*compiled.rulebook->find_program("p")),
        index_(compiled.plan->find_program("p")),
        info_(compiled.plan->programs.at(index_)),
        facts_(compiled.plan, index_),
        class_(which),
        random_(random),
        tally_(tally) {}

  // What is wrong, with the case; and what is looser than it has to be.
  struct Report {
    std::string wrong, looser, idle, shown;
  };
  Report run() {
    Case facts = base();
    std::vector<OpenFact> open = opened(facts);
    Report report;
    report.shown = show(facts);
    if (std::string fault = fill(facts_, facts); !fault.empty()) {
      report.wrong = fault;
      return report;
    }
    report.wrong = decide_by_engines(facts_, options_of(facts), decision_);
    if (!report.wrong.empty()) return report;
    const std::vector<Said> all = complete(facts, open);
    const Truth truth = truth_of(all);
    ++tally_.cases;
    tally_.completions += all.size();
    tally_.undetermined += decision_.outcome == run::Outcome::undetermined ? 1 : 0;
    report.shown += "engine: " + engine() + "\ntruth:  " + shown(truth) + "\n";
    report.wrong = wrong(decision_, info_, truth);
    if (report.wrong.empty()) report.looser = more_open(decision_, info_, truth);
    if (!report.looser.empty()) ++tally_.looser;
    count_papers(truth);
    if (report.wrong.empty()) by_reading(facts, open, report);
    report.idle = idle_needs(all, open);
    if (report.wrong.empty()) report.wrong = ask(facts, open);
    return report;
  }

 private:
  static run::Options options_of(const Case& facts) {
    run::Options options;
    if (facts.as_at) options.as_at = static_cast<Day>(*facts.as_at);
    return options;
  }

  Case base() {
    Case out;
    if (program_.duty) out.as_at = random_.pick(host_days()).value.whole;
    for (const model::Given& given : program_.givens) {
      for (const Leaf& leaf : leaves_of(given.type)) {
        if (leaf.type->kind != model::TypeKind::list) {
          out.givens[&given][leaf.path] = random_.pick(values_of(leaf));
          continue;
        }
        Fact list;
        list.state = Fact::known;
        for (int i = random_.between(0, 2); i > 0; --i) {
          Row entry;
          for (const Leaf& inner : leaves_of(*leaf.type->element)) entry[inner.path] = random_.pick(values_of(inner));
          list.entries.push_back(std::move(entry));
        }
        out.givens[&given][leaf.path] = std::move(list);
      }
    }
    return out;
  }

  void count_papers(const Truth& truth) {
    for (const std::string& name : papers_of(decision_, info_).open) {
      ++tally_.open_papers;
      const bool settled = truth.owed.contains(name) || !truth.may_be_owed.contains(name);
      if (settled && !truth.may_be_owed.empty()) ++tally_.papers_looser;
    }
  }

  // What is said to hang on each reading is what completions come to where they are read so.
  void by_reading(const Case& facts, const std::vector<OpenFact>& open, Report& report) {
    if (decision_.outcome != run::Outcome::referred) return;
    ++tally_.referred;
    const run::Decision referred = decision_;
    run::for_each_way(facts_, referred, [&](const std::vector<run::Reading>& read, const run::Decision& as_read) {
      const auto oracle = reading_as(*compiled_.rulebook, *compiled_.plan, read);
      if (!oracle || !report.wrong.empty()) return;
      ++tally_.ways;
      const Truth truth = truth_of(complete(facts, open, *oracle));
      std::string way;
      for (const run::Reading& one : read)
        way += " " + compiled_.plan->choices.at(one.choice).name + "=" + std::to_string(one.number);
      if (const std::string fault = wrong(as_read, info_, truth); !fault.empty())
        report.wrong = "read" + way + " " + fault + ", not " + shown(truth);
      const std::string looser = more_open(as_read, info_, truth);
      if (!looser.empty()) ++tally_.ways_looser;
      if (report.looser.empty() && !looser.empty()) report.looser = "read" + way + " " + looser;
    });
  }

  // Opens facts as long as all completions can be listed.
  std::vector<OpenFact> opened(Case& facts) {
    std::vector<OpenFact> places;
    for (const model::Given& given : program_.givens) {
      for (const Leaf& leaf : leaves_of(given.type)) {
        if (leaf.type->kind != model::TypeKind::list) {
          places.push_back({&given, leaf, std::nullopt, {}, {}});
          continue;
        }
        const std::size_t entries = facts.givens.at(&given).at(leaf.path).entries.size();
        for (std::size_t e = 0; e < entries; ++e)
          for (const Leaf& inner : leaves_of(*leaf.type->element)) places.push_back({&given, inner, e, leaf.path, {}});
      }
    }
    std::vector<OpenFact> out;
    std::size_t ways = 1;
    if (is_of_histories(class_) && random_.chance(70)) {
      out.push_back(unfinished(facts));
      ways = out.back().values.size();
      std::erase_if(places, [](const OpenFact& place) { return place.entry.has_value(); });
    }
    if (program_.duty && random_.chance(40)) {
      facts.as_at.reset();
      out.emplace_back();
      out.back().values = host_days();
      ways = out.back().values.size();
    }
    for (int tries = random_.between(1, 7); tries > 0; --tries) {
      const std::size_t at = random_.below(places.size());
      OpenFact place = places[at];
      const bool unknowable = random_.chance(15);
      place.values = completions_of(place.leaf, unknowable);
      if (ways * place.values.size() > kMostCompletions) continue;
      Fact& fact = place.in(facts);
      if (fact.state == Fact::unknown || fact.state == Fact::unknowable) continue;
      ways *= place.values.size();
      fact = Fact{};
      fact.state = unknowable ? Fact::unknowable : Fact::unknown;
      out.push_back(std::move(place));
    }
    return out;
  }

  // A history of which nobody said that it is complete, or anything at all.
  OpenFact unfinished(Case& facts) {
    OpenFact out;
    for (const model::Given& given : program_.givens)
      for (const Leaf& leaf : leaves_of(given.type))
        if (leaf.type->kind == model::TypeKind::list) out = {&given, leaf, std::nullopt, {}, {}};
    Fact& history = out.in(facts);
    if (class_ == SmallClass::unbegun) history.entries.clear();
    out.values = histories_of(out.leaf, history);
    history.complete = false;
    if (class_ == SmallClass::unbegun) history.state = Fact::unknown;
    return out;
  }

  std::vector<Said> complete(const Case& facts, const std::vector<OpenFact>& open, const Oracle& oracle = {}) {
    std::vector<Said> out;
    std::vector<std::size_t> at(open.size(), 0);
    Case here = facts;
    for (;;) {
      for (std::size_t i = 0; i < open.size(); ++i) open[i].put(here, open[i].values[at[i]]);
      out.push_back({decide_all(program_, here, kPathsOfCompletion, oracle).all});
      std::size_t digit = 0;
      while (digit < open.size() && ++at[digit] == open[digit].values.size()) at[digit++] = 0;
      if (digit == open.size()) return out;
    }
  }

  // Needs that change nothing, whatever the other facts are: asked for nothing.
  std::string idle_needs(const std::vector<Said>& all, const std::vector<OpenFact>& open) {
    std::string idle;
    std::size_t stride = 1;
    for (const OpenFact& place : open) {
      const std::size_t size = place.values.size();
      const bool needed =
          std::find(decision_.needs.begin(), decision_.needs.end(), place.path()) != decision_.needs.end();
      bool matters = false;
      for (std::size_t i = 0; needed && !matters && i < all.size(); ++i)
        matters = !all[i].same(all[i - i / stride % size * stride]);
      if (needed && !matters) {
        ++tally_.idle;
        idle += " " + place.path();
      }
      stride *= size;
    }
    return idle;
  }

  // Somebody knows the truth and is asked, always for the first need.
  std::string ask(const Case& facts, const std::vector<OpenFact>& open) {
    std::vector<std::size_t> answers;
    Case full = facts;
    for (const OpenFact& place : open) {
      answers.push_back(random_.below(place.values.size()));
      place.put(full, place.values[answers.back()]);
    }
    Case asked = facts;
    for (std::size_t round = 0; decision_.outcome == run::Outcome::undetermined && !decision_.needs.empty(); ++round) {
      if (round > open.size()) return "asks without end";
      const auto place = std::find_if(open.begin(), open.end(),
                                      [&](const OpenFact& o) { return o.path() == decision_.needs.front(); });
      if (place == open.end()) return "asks for " + decision_.needs.front() + ", which is known";
      if (!place->is_unknown(asked)) return "asks for " + decision_.needs.front() + " again";
      place->put(asked, place->values[answers[static_cast<std::size_t>(place - open.begin())]]);
      ++tally_.asked;
      if (std::string fault = fill(facts_, asked); !fault.empty()) return fault;
      if (std::string fault = decide_by_engines(facts_, options_of(asked), decision_); !fault.empty()) return fault;
    }
    const Said truth{decide_all(program_, full, kPathsOfCompletion).all};
    if (decision_.outcome == run::Outcome::undetermined || decision_.outcome == run::Outcome::referred) return "";
    if (!truth.settled() || same_outcome(truth.results.front().outcome) != decision_.outcome)
      return "ends in " + std::string(run::name_of(decision_.outcome)) + ", the truth is " +
             show(truth.results.front());
    return "";
  }

  [[nodiscard]] std::string engine() const {
    std::string out(run::name_of(decision_.outcome));
    if (decision_.has_amount)
      out += " " + reference::show(fen(decision_.amount.least)) + ".." + reference::show(fen(decision_.amount.most));
    if (decision_.may_be_refused) out += " may be refused";
    for (const std::string& name : failed_of(decision_, info_)) out += " " + name;
    for (const std::string& need : decision_.needs) out += " ?" + need;
    for (const std::string& path : decision_.stuck_on) out += " stuck " + path;
    return out;
  }
  static std::string shown(const Truth& t) {
    std::string out(run::name_of(t.outcome));
    if (t.amount.least) out += " " + reference::show(*t.amount.least) + ".." + reference::show(*t.amount.most);
    if (t.may_be_refused) out += " may be refused";
    for (const std::string& name : t.failed) out += " " + name;
    return out;
  }

  const compiler::Compiled& compiled_;
  const model::Program& program_;
  plan::Index index_;
  const plan::ProgramInfo& info_;
  run::Facts facts_;
  run::Decision decision_;
  SmallClass class_;
  Random& random_;
  Tally& tally_;
};

compiler::Compiled compile_small(const std::string& text) {
  compiler::FileReader reader;
  reader.read = [&](const std::string& path) -> std::optional<std::string> {
    if (path == "small.gj") return text;
    return std::nullopt;
  };
  return compiler::compile({"small.gj"}, reader);
}

}  // namespace

bool run_completions(const SmallOptions& options, std::ostream& out) {
  constexpr std::array classes{SmallClass::duties, SmallClass::unbegun,  SmallClass::questions,  SmallClass::histories,
                               SmallClass::finite, SmallClass::compared, SmallClass::arithmetic, SmallClass::loose};
  std::array<Tally, classes.size()> tallies{};
  bool good = true;
  for (std::uint64_t number = options.first; number < options.first + options.programs; ++number) {
    const SmallClass which = classes.at(number % classes.size());
    Tally& tally = tallies.at(number % classes.size());
    Random random(mixed(options.seed, number));
    const std::string text = small_program(random, which);
    const compiler::Compiled compiled = compile_small(text);
    if (!compiled.plan || compiled.diagnostics.has_errors()) {
      out << "small programme " << number << " does not compile\n" << text;
      for (const Diagnostic& d : compiled.diagnostics.all())
        out << code_name(d.code) << " " << message(d, Language::en) << "\n";
      return false;
    }
    ++tally.programs;
    SmallTrial trial(compiled, which, random, tally);
    for (std::uint64_t c = 0; c < options.cases; ++c) {
      const auto report = trial.run();
      std::string fault = report.wrong;
      if (fault.empty() && options.exact && is_exact(which)) fault = report.looser;
      if (fault.empty() && is_exact(which) && !report.idle.empty()) fault = "asks for nothing:" + report.idle;
      if (fault.empty()) continue;
      good = false;
      out << "==== small programme " << number << " (" << name_of(which) << "): " << fault << "\n"
          << report.shown << "---- rules\n"
          << text << "----\n";
      if (!options.keep_going) return false;
    }
  }
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const Tally& t = tallies.at(i);
    out << name_of(classes.at(i)) << ": " << t.programs << " programmes, " << t.cases << " cases, " << t.completions
        << " completions; undetermined " << t.undetermined << ", more open than the completions " << t.looser
        << ", questions " << t.asked << ", needs that change nothing " << t.idle << "\n  referred " << t.referred
        << ", ways of reading " << t.ways << ", more open than the completions " << t.ways_looser
        << "; papers left open " << t.open_papers << ", of them settled by the completions " << t.papers_looser << "\n";
  }
  return good;
}

}  // namespace guiju::reference
