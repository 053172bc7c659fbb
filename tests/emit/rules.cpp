// Every programme of rules/ in C: clean under every compiler, and on the facts of every test the same as the engine.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "compiler/rule_tests.hpp"
#include "emit/emitted.hpp"
#include "kernel/build.hpp"
#include "run/decide.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const compiler::Compiled& rules() {
  static const compiler::Compiled compiled = [] {
    const auto found = compiler::find_rule_files({GUIJU_RULES_DIR});
    return compiler::compile(found.files, compiler::disk_reader(found.root));
  }();
  return compiled;
}

struct Emitted {
  std::map<plan::Index, kernel::Program> kernels;  // of programmes that have some
  std::vector<emit::File> files = emit::common_files();
};

const Emitted& emitted() {
  static const Emitted all = [] {
    Emitted out;
    const plan::Plan& plan = *rules().plan;
    for (plan::Index i = 0; i < plan.programs.size(); ++i) {
      const plan::ProgramInfo& program = plan.programs[i];
      if (program.kind != plan::ProgramInfo::program) continue;
      kernel::Program kernels = kernel::build(plan, program);
      const bool some = std::any_of(kernels.versions.begin(), kernels.versions.end(),
                                    [](const kernel::Kernel& k) { return !k.code.empty(); });
      for (emit::File& file : emit::emit_c(plan, program, kernels)) out.files.push_back(std::move(file));
      if (some) out.kernels.emplace(i, std::move(kernels));
    }
    return out;
  }();
  return all;
}

// The same case, decided twice: what C should have said.
CResult expected(const gjc_program& info, const plan::ProgramInfo& program, const run::Decision& d) {
  CResult out;
  out.outcome = d.outcome == run::Outcome::eligible       ? GJC_ELIGIBLE
                : d.outcome == run::Outcome::ineligible   ? GJC_INELIGIBLE
                : d.outcome == run::Outcome::not_in_force ? GJC_NOT_IN_FORCE
                : d.outcome == run::Outcome::invalid      ? GJC_INVALID
                                                          : GJC_OPEN;
  out.version = d.section == plan::kNone ? -1 : static_cast<std::int32_t>(d.section);
  out.parts.resize(info.parts);
  out.shares.resize(info.shares);
  out.failed.resize(info.failed_words);
  out.refused.resize(info.refused_words);
  out.owed.resize(info.owed_words);
  const bool decided = d.outcome == run::Outcome::eligible || d.outcome == run::Outcome::ineligible;
  if (!decided) return out;
  const auto fen = [](const run::MoneyRange& m) { return static_cast<std::int64_t>(m.least); };
  if (d.outcome == run::Outcome::eligible && program.sections[d.section].has_amount) {
    CHECK(d.amount.known());
    out.amount = fen(d.amount);
    std::transform(d.parts.begin(), d.parts.end(), out.parts.begin(), fen);
    std::transform(d.shares.begin(), d.shares.end(), out.shares.begin(), fen);
  }
  const auto fill = [](std::vector<std::uint64_t>& set, const std::vector<plan::Index>& members) {
    for (const plan::Index i : members) set[i / 64] |= std::uint64_t{1} << (i % 64);
  };
  fill(out.failed, d.failed);
  fill(out.refused, d.refused);
  fill(out.owed, d.owed);
  return out;
}

// The version of an invalid case is not told apart.
bool agree(const CResult& c, const CResult& engine) {
  if (c.outcome == GJC_INVALID) return engine.outcome == GJC_INVALID;
  return c == engine;
}

bool everything_is_said(const run::Facts& facts) {
  const auto& fields = facts.layout().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const run::FactValue& v = facts.row().values[i];
    if (fields[i].cls == plan::SlotClass::document) continue;
    if (v.state != run::FactState::known && v.state != run::FactState::absent) return false;
    if (fields[i].cls == plan::SlotClass::list && v.list && !v.list->complete) return false;
  }
  return true;
}

struct Count {
  std::size_t cases = 0, decided = 0, open = 0, open_but_plain = 0;
};

}  // namespace

TEST_CASE("every compiler takes every programme without a warning; the answers are those of the engine") {
  REQUIRE(rules().plan != nullptr);
  const plan::Plan& plan = *rules().plan;
  const std::vector<std::string> compilers = c_compilers();
  REQUIRE_FALSE(compilers.empty());
  for (const std::string& compiler : compilers) {
    const Built built = build_c(compiler, "rules", emitted().files);
    REQUIRE_MESSAGE(!built.object.empty(), compiler << ": " << built.said);
    CHECK_MESSAGE(built.said.empty(), compiler << ": " << built.said);
    std::map<plan::Index, CProgram> programs;
    for (const auto& [index, kernels] : emitted().kernels)
      programs.emplace(index, CProgram(built.object, emit::name_of(plan.programs[index])));

    std::map<plan::Index, Count> counts;
    std::map<plan::Index, std::vector<CFacts>> rows;
    std::map<plan::Index, std::vector<CResult>> answers;
    compiler::for_each_case(rules(), [&](const compiler::TestCase& test) {
      const auto found = programs.find(test.facts.program());
      if (found == programs.end() || test.options.known_on) return;
      const plan::ProgramInfo& program = plan.programs[found->first];
      run::Decision decision;
      run::decide(test.facts, test.options, decision);
      const CResult engine = expected(found->second.info(), program, decision);
      rows[found->first].push_back(to_c(found->second, test.facts, test.options));
      const CResult c = found->second.decide(rows[found->first].back());
      answers[found->first].push_back(c);
      Count& count = counts[found->first];
      ++count.cases;
      if (c.outcome == GJC_OPEN) {
        ++count.open;
        if (engine.outcome != GJC_OPEN && engine.outcome != GJC_INVALID && everything_is_said(test.facts)) {
          ++count.open_but_plain;
          MESSAGE(compiler << ": open in C but plain: " << test.test.file << ":" << test.test.line << " "
                           << test.test.name);
        }
        return;
      }
      ++count.decided;
      CHECK_MESSAGE(agree(c, engine), compiler << ": " << test.test.file << ":" << test.test.line << " "
                                               << test.test.name << ": outcome " << c.outcome << ", engine "
                                               << engine.outcome << "; amount " << c.amount << ", engine "
                                               << engine.amount);
    });
    for (const auto& [index, facts] : rows) {
      std::vector<const CFacts*> all;
      for (const CFacts& one : facts) all.push_back(&one);
      CHECK_MESSAGE(programs.at(index).decide_columns(all) == answers.at(index), plan.programs[index].name);
    }
    Count sum;
    for (const auto& [index, count] : counts) {
      sum.cases += count.cases;
      sum.decided += count.decided;
      sum.open += count.open;
      sum.open_but_plain += count.open_but_plain;
    }
    std::cout << compiler << ": " << programs.size() << " programmes, " << sum.cases << " cases, " << sum.decided
              << " decided in C, " << sum.open << " left to the engine\n";
    CHECK(sum.open_but_plain == 0);
  }
}
