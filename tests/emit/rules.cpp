// Every programme of rules/ in C: clean under every compiler, and on the facts of every test the same as the engine.
#include <doctest/doctest.h>

#include <filesystem>
#include <iostream>

#include "compiler/rule_tests.hpp"
#include "emit/emitted.hpp"
#include "run/decide.hpp"
#include "run/kernels.hpp"

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

std::vector<emit::File> all_programmes() {
  std::vector<emit::File> files = emit::common_files();
  for (const plan::ProgramInfo& program : rules().plan->programs) {
    if (program.kind != plan::ProgramInfo::program) continue;
    for (emit::File& file : emit::emit_c(*rules().plan, program)) files.push_back(std::move(file));
  }
  return files;
}

struct Count {
  std::size_t cases = 0, decided = 0, open = 0, open_but_settled = 0;
};

}  // namespace

TEST_CASE("every compiler takes every programme without a warning; the answers are those of the engine") {
  REQUIRE(rules().plan != nullptr);
  const plan::Plan& plan = *rules().plan;
  const std::vector<std::string> compilers = c_compilers();
  REQUIRE_FALSE(compilers.empty());
  const std::vector<emit::File> files = all_programmes();
  for (const std::string& compiler : compilers) {
    const Built built = build_c(compiler, files);
    REQUIRE_MESSAGE(!built.object.empty(), compiler << ": " << built.said);
    CHECK_MESSAGE(built.said.empty(), compiler << ": " << built.said);
    std::map<plan::Index, CProgram> programs;
    for (plan::Index i = 0; i < plan.programs.size(); ++i) {
      if (has_kernels(plan.programs[i])) programs.emplace(i, CProgram(built.object, emit::name_of(plan.programs[i])));
    }

    std::map<plan::Index, Count> counts;
    std::map<plan::Index, std::vector<CFacts>> rows;
    std::map<plan::Index, std::vector<CResult>> answers;
    compiler::for_each_case(rules(), [&](const compiler::TestCase& test) {
      const auto found = programs.find(test.facts.program());
      if (found == programs.end() || test.options.known_on) return;
      const plan::ProgramInfo& program = plan.programs[found->first];
      run::Decision decision;
      run::decide(test.facts, test.options, decision);
      const CResult engine = expected_of_c(found->second.info(), program, decision);
      rows[found->first].push_back(to_c(found->second, test.facts, test.options));
      const CResult c = found->second.decide(rows[found->first].back());
      answers[found->first].push_back(c);
      Count& count = counts[found->first];
      ++count.cases;
      if (c.outcome == GJC_OPEN) {
        ++count.open;
        run::Decision by_kernel;
        if (run::decide_by_kernel(test.facts, test.options, by_kernel)) {
          ++count.open_but_settled;
          MESSAGE(compiler << ": open in C, but the kernel decides: " << test.test.file << ":" << test.test.line << " "
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
    for (const auto& row : rows) {
      const auto index = row.first;
      std::vector<const CFacts*> all;
      for (const CFacts& one : row.second) all.push_back(&one);
      CHECK_MESSAGE(programs.at(index).decide_columns(all) == answers.at(index), plan.programs[index].name);
    }
    Count sum;
    for (const auto& [index, count] : counts) {
      sum.cases += count.cases;
      sum.decided += count.decided;
      sum.open += count.open;
      sum.open_but_settled += count.open_but_settled;
    }
    std::cout << compiler << ": " << programs.size() << " programmes, " << sum.cases << " cases, " << sum.decided
              << " decided in C, " << sum.open << " left to the engine\n";
    CHECK(sum.open_but_settled == 0);
  }
}
