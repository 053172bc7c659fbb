// See campaign.hpp.
#include "campaign.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "asking.hpp"
#include "c_engine.hpp"
#include "compare.hpp"
#include "compiler/compile.hpp"
#include "domains.hpp"
#include "engine_facts.hpp"
#include "engines.hpp"
#include "generator.hpp"
#include "group_trial.hpp"
#include "receipts.hpp"
#include "syntax/format.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"
#include "target_trial.hpp"
#include "top_up_trial.hpp"
#include "trace_lines.hpp"
#include "ways.hpp"
#include "why.hpp"

namespace guiju::reference {

namespace {

constexpr std::size_t kOraclePaths = 200;  // readings of open texts that are tried for one case
constexpr std::size_t kCompletions = 16;   // of one case with open facts
constexpr std::size_t kReceiptEvery = 5;   // a receipt costs as much as four decisions
constexpr std::size_t kTraceEvery = 6;     // of cases whose facts are known, which are every other
constexpr std::size_t kShrinkFacts = 60;
constexpr std::size_t kShrinkTries = 1500;

GeneratedFile generate(std::uint64_t seed, std::uint64_t number) {
  Random random(mixed(seed, number));
  Generator generator(random);
  return generator.file(random.between(1, 4));
}

// The same rules in the keywords of one language.
std::string in_language(const std::string& text, syntax::KeywordLanguage language) {
  SourceSet sources;
  Diagnostics diagnostics;
  const FileId file = sources.add("generated.gj", text);
  return syntax::format(syntax::parse(syntax::lex(sources, file, {}, diagnostics), {}, diagnostics), language);
}

using Files = std::map<std::string, std::string>;

// The rulebook for the reference; the plan as a host has it, made programme by programme.
compiler::Compiled compile_text(const std::string& text, const Files& beside) {
  compiler::FileReader reader;
  reader.read = [&](const std::string& path) -> std::optional<std::string> {
    if (path == "generated.gj") return text;
    const auto file = beside.find(path);
    return file == beside.end() ? std::nullopt : std::optional(file->second);
  };
  auto compiled = compiler::compile({"generated.gj"}, reader);
  if (compiled.plan == nullptr) return compiled;
  compiled.plan = compiler::compile({"generated.gj"}, reader, {}, nullptr, compiler::Wanted::plan).plan;
  return compiled;
}

std::string first_error(const compiler::Compiled& compiled) {
  for (const Diagnostic& d : compiled.diagnostics.all()) {
    if (info(d.code).severity != Severity::error) continue;
    if (d.span.file == kNoFile) return code_name(d.code) + ": " + message(d, Language::en);
    const SourceFile& file = compiled.sources.file(d.span.file);
    const LineColumn at = file.locate(d.span.begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + code_name(d.code) + ": " +
           message(d, Language::en) + "\n  " + std::string(file.line(at.line));
  }
  return "no plan, and no error";
}

// Are the amended versions made of what they should be made of?
std::string compare_versions(const model::Rulebook& rulebook, const std::vector<GenVersion>& expected) {
  const auto list = [](const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& n : names) out += " " + n;
    return out;
  };
  for (const GenVersion& wanted : expected) {
    const model::Program* program = rulebook.find_program(wanted.program);
    if (program == nullptr) return "no programme " + wanted.program;
    for (const model::Version& v : program->versions) {
      if (v.name != wanted.name) continue;
      std::vector<std::string> requirements;
      std::vector<std::string> parts;
      std::vector<std::string> documents;
      for (const model::Requirement& r : v.requirements)
        if (r.kind != model::RequirementKind::exclusion) requirements.push_back(r.name.primary);  // of groups
      for (const model::Document& d : v.documents) documents.push_back(d.name);
      if (v.amount && !v.amount->single)
        for (const model::Part& p : v.amount->parts) parts.push_back(p.name.primary);
      if (requirements != wanted.requirements)
        return v.name + " has requirements" + list(requirements) + ", expected" + list(wanted.requirements);
      if (parts != wanted.parts) return v.name + " has parts" + list(parts) + ", expected" + list(wanted.parts);
      if (documents != wanted.documents)
        return v.name + " has documents" + list(documents) + ", expected" + list(wanted.documents);
    }
  }
  return "";
}

struct Failure {
  std::string program, facts, what, engine, reference;
};

// Decides cases of everything in one compiled file.
class Trial {
 public:
  Trial(const compiler::Compiled& compiled, Counts& counts)
      : compiled_(compiled), domains_(*compiled.rulebook), counts_(counts) {}

  std::optional<Failure> all(std::size_t cases, Random& random) {
    for (const model::Program& p : compiled_.rulebook->programs)
      if (auto failure = program(p, cases, random)) return failure;
    for (const model::Standard& s : compiled_.rulebook->standards)
      if (auto failure = standard(s, cases / 2 + 1, random)) return failure;
    for (const model::Group& g : compiled_.rulebook->groups)
      if (auto failure = group(g, cases, random)) return failure;
    for (const model::Targets& t : compiled_.rulebook->targets)
      if (auto failure = targets(t, cases, random)) return failure;
    return std::nullopt;
  }

 private:
  std::optional<Failure> program(const model::Program& program, std::size_t cases, Random& random) {
    const plan::Index index = compiled_.plan->find_program(program.name.primary);
    const plan::ProgramInfo& info = compiled_.plan->programs.at(index);
    const json::ProgramNames names(*compiled_.plan, index);
    run::Facts facts(compiled_.plan, index);
    run::Decision decision;
    for (std::size_t i = 0; i < cases; ++i) {
      Case known = domains_.random_case(program.givens, random);
      if (random.chance(80)) date_in_force(program, known, random);
      for (const model::Version& v : program.versions)
        for (const model::Document& d : v.documents)
          known.documents[d.name] = random.between(0, 2);  // owed, held, refused
      if (random.chance(40)) known.known_on = known_on(program, random);
      if (program.duty) known.as_at = domains_.random_day(random);
      const bool open = i % 2 == 1;
      const Case chosen = open ? domains_.opened(known, random) : known;
      known = Domains::as_said(std::move(known), chosen);
      if (std::string fault = fill(facts, chosen); !fault.empty())
        return Failure{program.name.primary, show(chosen), fault, "", ""};
      if (std::string fault = decide_by_engines(facts, options_of(chosen), decision); !fault.empty())
        return Failure{program.name.primary, show(chosen), fault, "", ""};
      if (std::string fault = i % kReceiptEvery == 0 ? receipt_fault(facts, names, decision) : ""; !fault.empty())
        return Failure{program.name.primary, show(chosen), fault, show(decision, info), ""};
      std::vector<Case> completions{known};
      for (std::size_t c = 1; open && c < kCompletions; ++c) completions.push_back(domains_.completed(chosen, random));
      std::vector<Results> results;
      for (const Case& c : completions) results.push_back(decide_all(program, c, kOraclePaths));
      std::string what = open ? compare_open(decision, info, results, open_paths(chosen), counts_)
                              : compare_known(decision, info, results.front(), counts_);
      // Where an absent value met an operator the reasons are not compared either.
      const bool unreached = std::any_of(results.begin(), results.end(), [](const Results& rs) {
        return std::any_of(rs.all.begin(), rs.all.end(), [](const Result& r) { return r.fault == kAbsentUsed; });
      });
      if (what.empty() && !unreached) what = check_why(facts, decision, program, chosen, !open, counts_.why);
      if (what.empty() && !unreached) what = by_reading(facts, decision, info, program, completions, !open);
      if (what.empty() && open && random.chance(30)) what = ask(index, decision, program, chosen, known, random);
      if (what.empty() && !unreached && i % kTraceEvery == 0)
        what = check_trace(facts, decision, program, chosen, counts_.trace);
      if (what.empty() && !program.duty && random.chance(20)) {
        const Day from = known_on(program, random);
        const Day to = std::max(from, known_on(program, random));
        what = check_top_up(facts, options_of(chosen), program, completions, from, to, open, counts_);
      }
      if (what.empty()) continue;
      std::string reference;
      for (const Results& rs : results)
        for (const Result& r : rs.all) reference += "    " + show(r) + "\n";
      return Failure{program.name.primary, show(chosen), what, show(decision, info), reference};
    }
    return std::nullopt;
  }

  std::string by_reading(const run::Facts& facts, const run::Decision& decision, const plan::ProgramInfo& info,
                         const model::Program& program, const std::vector<Case>& completions, bool known) {
    if (decision.outcome != run::Outcome::referred) return "";
    std::string what;
    run::for_each_way(facts, decision, [&](const std::vector<run::Reading>& read, const run::Decision& as_read) {
      const auto oracle = reading_as(*compiled_.rulebook, *compiled_.plan, read);
      if (!oracle || !what.empty()) return;
      ++counts_.ways;
      std::vector<Results> results;
      for (const Case& c : completions) results.push_back(decide_all(program, c, kOraclePaths, *oracle));
      what = compare_as_read(as_read, info, results, known);
      if (what.empty()) return;
      std::string way;
      for (const run::Reading& one : read)
        way += " " + compiled_.plan->choices.at(one.choice).name + "=" + std::to_string(one.number);
      what = "read" + way + " it is " + show(as_read, info) + ": " + what;
    });
    return what;
  }

  // Somebody knows the truth and is asked, always for the first need.
  std::string ask(plan::Index index, const run::Decision& first, const model::Program& program, const Case& open,
                  const Case& known, Random& random) {
    run::Facts facts(compiled_.plan, index);
    run::Decision decision = first;
    Case asked = open;
    while (decision.outcome == run::Outcome::undetermined && !decision.needs.empty()) {
      ++counts_.asked;
      if (std::string fault = answer(asked, known, decision.needs.front()); !fault.empty()) return fault;
      if (std::string fault = fill(facts, asked); !fault.empty()) return fault;
      if (std::string fault = decide_by_engines(facts, options_of(asked), decision); !fault.empty()) return fault;
    }
    if (decision.outcome == run::Outcome::undetermined && decision.stuck_on.empty()) return "asks for nothing more";
    ++counts_.ended;
    Counts ignored;
    const Case truth = domains_.completed(asked, random);
    return compare_open(decision, compiled_.plan->programs.at(index), {decide_all(program, truth, kOraclePaths)},
                        open_paths(asked), ignored);
  }

  static run::Options options_of(const Case& facts) {
    run::Options options;
    if (facts.known_on) options.known_on = static_cast<Day>(*facts.known_on);
    if (facts.as_at) options.as_at = static_cast<Day>(*facts.as_at);
    return options;
  }

  // A day about the publication or the first day of some version.
  static Day known_on(const model::Program& program, Random& random) {
    const model::Version& version = program.versions.at(random.below(program.versions.size()));
    const Day published = version.published.day.value_or(version.from.day.value_or(0));
    return published + random.between(-1, 1) * (random.chance(50) ? 1 : 300);
  }

  // Most cases should be decided under some version.
  static void date_in_force(const model::Program& program, Case& facts, Random& random) {
    const model::Expr* written = program.in_force_by.front();
    // Of an exchange the day of the first purchase, where there was one.
    if (written->kind == model::ExprKind::if_absent) written = written->args[random.chance(50) ? 0 : 1];
    const model::Expr& by = *written;
    if (by.kind != model::ExprKind::fact) return;
    const auto given = std::find_if(facts.givens.begin(), facts.givens.end(), [&](const auto& g) {
      return g.first->name.primary == by.path.given->name.primary;
    });
    if (given == facts.givens.end()) return;
    const auto fact = given->second.find(by.path.fields);
    if (fact == given->second.end() || fact->second.value.kind != Value::date) return;
    const model::Version& version = program.versions.at(random.below(program.versions.size()));
    const std::int64_t from = version.from.day.value_or(*version.to.day - 365);
    const std::int64_t to = version.to.day.value_or(from + 365);
    fact->second.state = Fact::known;
    fact->second.value.whole =
        from + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(to - from + 1)));
  }

  std::optional<Failure> standard(const model::Standard& standard, std::size_t cases, Random& random) {
    const plan::Index index = compiled_.plan->find_program(standard.name.primary);
    const plan::ProgramInfo& info = compiled_.plan->programs.at(index);
    const json::ProgramNames names(*compiled_.plan, index);
    run::Facts facts(compiled_.plan, index);
    run::Decision decision;
    for (std::size_t i = 0; i < cases; ++i) {
      Case known = domains_.random_case(standard.givens, random);
      if (random.chance(30)) {
        const model::Edition& edition = standard.editions.at(random.below(standard.editions.size()));
        known.known_on = edition.from.day.value_or(0) + random.between(-1, 1);
      }
      const bool open = i % 3 == 2;
      const Case chosen = open ? domains_.opened(known, random) : known;
      known = Domains::as_said(std::move(known), chosen);
      if (std::string fault = fill(facts, chosen); !fault.empty())
        return Failure{standard.name.primary, show(chosen), fault, "", ""};
      if (std::string fault = decide_by_engines(facts, options_of(chosen), decision); !fault.empty())
        return Failure{standard.name.primary, show(chosen), fault, "", ""};
      if (std::string fault = i % kReceiptEvery == 0 ? receipt_fault(facts, names, decision) : ""; !fault.empty())
        return Failure{standard.name.primary, show(chosen), fault, show(decision, info), ""};
      std::vector<GradeResult> results;
      for (std::size_t c = 0; c < (open ? kCompletions : 1); ++c) {
        Oracle oracle;
        const Case here = c == 0 ? known : domains_.completed(chosen, random);
        do results.push_back(grade_once(standard, here, oracle));
        while (results.size() < kOraclePaths && oracle.next());
      }
      const bool exact = !open && results.size() == 1;
      const std::string what = compare_grade(decision, *compiled_.plan, info, results, exact);
      if (what.empty()) continue;
      std::string reference;
      for (const GradeResult& r : results) reference += "    " + show(r, standard.scale) + "\n";
      return Failure{standard.name.primary, show(chosen), what, show(decision, info), reference};
    }
    return std::nullopt;
  }

  std::optional<Failure> group(const model::Group& group, std::size_t cases, Random& random) {
    GroupTrial trial(compiled_, group, counts_);
    for (std::size_t i = 0; i < cases; ++i) {
      Case known = domains_.random_case(group.case_givens, random);
      const model::Program& member = *group.base.programs.at(random.below(group.base.programs.size()));
      if (random.chance(85)) date_in_force(member, known, random);
      const bool open = i % 2 == 1;
      const Case chosen = open ? domains_.opened(known, random) : known;
      known = Domains::as_said(std::move(known), chosen);
      std::vector<Case> completions{known};
      for (std::size_t c = 1; open && c < kCompletions; ++c) completions.push_back(domains_.completed(chosen, random));
      const std::string what = trial.compare(chosen, completions, open);
      if (!what.empty()) return Failure{group.name.primary, show(chosen), what, "", ""};
    }
    return std::nullopt;
  }

  std::optional<Failure> targets(const model::Targets& targets, std::size_t cases, Random& random) {
    TargetTrial trial(compiled_, targets, counts_);
    for (std::size_t i = 0; i < cases; ++i) {
      Case known = domains_.random_case(targets.givens, random);
      if (random.chance(85)) known.as_at = domains_.random_day(random);
      trial.settle_measures(known);
      const bool open = i % 2 == 1;
      Case chosen = open ? domains_.opened(known, random) : known;
      known = Domains::as_said(std::move(known), chosen);
      chosen.as_at = known.as_at;
      std::vector<Case> completions{known};
      for (std::size_t c = 1; open && c < kCompletions; ++c) {
        completions.push_back(domains_.completed(chosen, random));
        completions.back().as_at = known.as_at;
        trial.settle_measures(completions.back());
      }
      const std::string what = trial.compare(chosen, completions, open);
      if (!what.empty()) return Failure{targets.name.primary, show(chosen), what, "", ""};
    }
    return std::nullopt;
  }

  static std::vector<std::string> open_paths(const Case& facts) {
    std::vector<std::string> out;
    for (const auto& [given, row] : facts.givens) {
      for (const auto& [path, fact] : row) {
        bool open = fact.state == Fact::unknown || !fact.complete;
        for (const Row& entry : fact.entries)
          for (const auto& [inner, value] : entry) open = open || value.state == Fact::unknown;
        if (open) out.push_back(path_text(*given, path));
      }
    }
    for (const auto& [name, state] : facts.documents) out.push_back("documents." + name);
    if (!facts.as_at) out.emplace_back("as at");
    return out;
  }

  const compiler::Compiled& compiled_;
  Domains domains_;
  Counts& counts_;
};

std::optional<Failure> try_text(const std::string& text, const Files& beside, std::size_t cases, std::uint64_t seed,
                                Counts& counts) {
  const compiler::Compiled compiled = compile_text(text, beside);
  if (!compiled.plan || compiled.diagnostics.has_errors()) return std::nullopt;
  Random random(seed);
  Trial trial(compiled, counts);
  return trial.all(cases, random);
}

// Leaves out and simplifies as long as something still differs.
class Shrinker {
 public:
  Shrinker(Node& root, const Files& beside, std::uint64_t seed) : root_(root), beside_(beside), seed_(seed) {}

  std::optional<Failure> shrink() {
    if (!fails()) return std::nullopt;
    for (bool smaller = true; smaller && tries_ < kShrinkTries;) {
      smaller = false;
      for (Node* n : shown_nodes(root_)) smaller = drop(*n) || smaller;
      for (Node* n : shown_nodes(root_)) smaller = replace(*n) || smaller;
    }
    return failure_;
  }

 private:
  bool fails() {
    ++tries_;
    Counts ignored;
    auto failure = try_text(render(root_), beside_, kShrinkFacts, seed_, ignored);
    if (failure) failure_ = std::move(failure);
    return failure.has_value();
  }
  bool drop(Node& n) {
    if (!n.droppable || n.dropped || tries_ >= kShrinkTries) return false;
    n.dropped = true;
    if (fails()) return true;
    n.dropped = false;
    return false;
  }
  bool replace(Node& n) {
    if (n.dropped || n.simplified || n.stand_in || tries_ >= kShrinkTries) return false;
    if (!n.simplest.empty() && !n.pieces.empty()) {
      n.simplified = render(n) != n.simplest;
      if (n.simplified && fails()) return true;
      n.simplified = false;
    }
    for (const NodePtr& candidate : candidates(n)) {
      n.stand_in = candidate;
      if (fails()) return true;
      n.stand_in = nullptr;
    }
    return false;
  }

  Node& root_;
  const Files& beside_;
  std::uint64_t seed_;
  std::size_t tries_ = 0;
  std::optional<Failure> failure_;
};

// The rules, and the files beside them that they name.
std::string with_files(const std::string& text, const Files& beside) {
  std::string out = text;
  for (const auto& [path, rows] : beside)
    if (text.find("\"" + path + "\"") != std::string::npos) out += "// ---- " + path + "\n" + rows;
  return out;
}

void report(std::ostream& out, const Failure& f, const std::string& text) {
  out << "programme or standard " << f.program << "\n"
      << f.facts << "engine:    " << f.engine << "\ndiffers:   " << f.what << "\nreference:\n"
      << f.reference << "---- rules\n"
      << text << "----\n";
}

}  // namespace

std::string file_text(std::uint64_t seed, std::uint64_t number) {
  const GeneratedFile file = generate(seed, number);
  return with_files(render(*file.root), file.files);
}

bool run_campaign(const Options& options, std::ostream& out) {
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
  };
  Counts counts;
  std::uint64_t programs = 0;
  std::uint64_t refused = 0;
  std::uint64_t failures = 0;
  std::uint64_t number = options.first;
  for (; programs < options.programs; ++number) {
    if (options.seconds != 0 && static_cast<std::uint64_t>(elapsed()) >= options.seconds) break;
    const GeneratedFile file = generate(options.seed, number);
    programs += file.programs.size();
    const std::string written = render(*file.root);
    const std::string english = in_language(written, syntax::KeywordLanguage::en);
    const std::string chinese = in_language(english, syntax::KeywordLanguage::zh);
    if (in_language(chinese, syntax::KeywordLanguage::en) != english) {
      ++failures;
      out << "==== seed " << options.seed << " program " << number << "\ndiffers: English, Chinese, English\n"
          << written;
      if (!options.keep_going) break;
      continue;
    }
    // Each file is decided as written or in one of the two.
    const std::array variants{written, english, chinese};
    const std::string& text = variants.at(number % variants.size());
    const compiler::Compiled compiled = compile_text(text, file.files);
    if (!compiled.plan || compiled.diagnostics.has_errors()) {
      ++refused;
      if (options.verbose) out << "file " << number << " does not compile: " << first_error(compiled) << "\n";
      continue;
    }
    if (const std::string fault = compare_versions(*compiled.rulebook, file.versions); !fault.empty()) {
      ++failures;
      out << "==== seed " << options.seed << " program " << number << "\n"
          << fault << "\n---- rules\n"
          << text << "----\n";
      if (!options.keep_going) break;
      continue;
    }
    const std::uint64_t facts_seed = mixed(options.seed, ~number);
    Random random(facts_seed);
    Trial trial(compiled, counts);
    const auto failure = trial.all(options.facts, random);
    if (!failure) continue;
    ++failures;
    out << "==== seed " << options.seed << " program " << number << "\n";
    std::optional<Failure> small;
    if (options.shrink) small = Shrinker(*file.root, file.files, facts_seed).shrink();
    report(out, small ? *small : *failure, with_files(small ? render(*file.root) : text, file.files));
    if (!options.keep_going) break;
  }
  out << "seed " << options.seed << ", files " << options.first << " to " << number << ": " << programs
      << " programmes, " << counts.cases << " cases in " << elapsed() << " s; " << refused << " files did not compile; "
      << failures << " with differences\n"
      << "  eligible " << counts.by_outcome[0] << ", ineligible " << counts.by_outcome[1] << ", undetermined "
      << counts.by_outcome[2] << ", referred " << counts.by_outcome[3] << ", not in force " << counts.by_outcome[4]
      << ", invalid " << counts.by_outcome[5] << "\n"
      << "  duties: not owed " << counts.by_outcome[6] << ", owed " << counts.by_outcome[7] << ", met "
      << counts.by_outcome[8] << ", late " << counts.by_outcome[9] << ", overdue " << counts.by_outcome[10] << "\n"
      << "  targets: attained " << counts.by_outcome[11] << ", open " << counts.by_outcome[12] << ", missed "
      << counts.by_outcome[13] << "; rows " << counts.targets << ", held exactly " << counts.targets_exact
      << ", looser than the completions tried " << counts.targets_loose << "\n"
      << "  held exactly " << counts.exact << ", open " << counts.open << ", of them looser than the completions tried "
      << counts.loose << ", overflow " << counts.overflow << ", absent met an operator " << counts.unreached
      << "; decided by emitted C " << cases_decided_in_c() << "\n"
      << "  ceilings and averages " << counts.no_payments << ", top-ups " << counts.top_ups << ", above nothing in "
      << counts.raised << " completions\n"
      << "  ways of reading " << counts.ways << ", questions " << counts.asked << " that came to an end in "
      << counts.ended << " cases\n"
      << "  sums " << counts.why.sums << " with " << counts.why.adjustments << " adjustments, values compared "
      << counts.why.compared << ", remedies " << counts.why.remedies << "\n"
      << "  traces " << counts.trace.traces << " with " << counts.trace.values << " named values and "
      << counts.trace.steps << " steps\n"
      << "  combinations " << counts.combinations << ", with a loser or a ceiling that cut " << counts.contested
      << ", open " << counts.combinations_open << ", of them looser than the completions tried "
      << counts.combinations_loose << "\n";
  return failures == 0 && refused == 0;
}

bool run_kept(const std::string& folder, const Options& options, std::ostream& out) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  bool good = !files.empty();
  for (const std::filesystem::path& path : files) {
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const compiler::Compiled compiled = compile_text(text, {});
    const bool compiles = compiled.plan && !compiled.diagnostics.has_errors();
    Counts counts;
    Random random(options.seed);
    const auto failure = compiles ? Trial(compiled, counts).all(options.facts, random) : std::nullopt;
    out << path.filename().string() << ": " << counts.cases << " cases\n";
    good = good && compiles && !failure;
    if (!compiles) out << first_error(compiled) << "\n";
    if (failure) report(out, *failure, text);
  }
  return good;
}

}  // namespace guiju::reference
