// The rule files of the project pass the checker without a warning that anybody overlooked, and all their tests pass.
#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/rule_tests.hpp"
#include "rules/rule_folder.hpp"
#include "syntax/format.hpp"

using namespace guiju;

TEST_CASE("the rules compile, and their tests pass") {
  const auto folder = tests::RuleFolder::load(GUIJU_RULES_DIR);
  const auto compiled = folder.compile(folder.rule_files());
  CHECK_MESSAGE(compiled.diagnostics.all().empty(), tests::messages(compiled));
  REQUIRE(compiled.plan != nullptr);

  const auto results = compiler::run_tests(compiled, true);
  CHECK(results.size() >= 60);
  for (const auto& result : results) {
    std::string differences;
    for (const auto& line : result.differences) differences += "\n  " + line;
    CHECK_MESSAGE(result.passed, result.file << ":" << result.line << " " << result.name << differences);
    CHECK_MESSAGE((result.checked > 0 || !result.passed), result.name << " expects nothing");
  }
}

TEST_CASE("compiled for their plan alone, the rules decide alike") {
  const auto folder = tests::RuleFolder::load(GUIJU_RULES_DIR);
  auto compiled = folder.compile(folder.rule_files());
  compiled.plan = folder.compile(folder.rule_files(), compiler::Wanted::plan).plan;
  REQUIRE(compiled.plan != nullptr);
  const auto results = compiler::run_tests(compiled, true);
  REQUIRE(results.size() == compiled.rulebook->tests.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!compiled.rulebook->tests[i].checks.empty()) continue;  // found by the number of the test
    CHECK_MESSAGE(results[i].passed, results[i].file << ":" << results[i].line << " " << results[i].name);
  }
}

TEST_CASE("every programme and every standard has tests") {
  const auto folder = tests::RuleFolder::load(GUIJU_RULES_DIR);
  const auto compiled = folder.compile(folder.rule_files());
  REQUIRE(compiled.rulebook != nullptr);
  const auto& book = *compiled.rulebook;
  const auto tested = [&](auto matches) { return std::any_of(book.tests.begin(), book.tests.end(), matches); };
  for (const auto& program : book.programs) {
    CHECK_MESSAGE(tested([&](const auto& t) { return t.program == &program; }), program.name.primary);
  }
  for (const auto& standard : book.standards) {
    CHECK_MESSAGE(tested([&](const auto& t) { return t.standard == &standard; }), standard.name.primary);
  }
  for (const auto& targets : book.targets) {
    CHECK_MESSAGE(tested([&](const auto& t) { return t.targets == &targets; }), targets.name.primary);
  }
}

TEST_CASE("the rules are formatted") {
  const auto folder = tests::RuleFolder::load(GUIJU_RULES_DIR);
  const auto compiled = folder.compile(folder.rule_files());
  for (const auto& tree : compiled.trees) {
    const auto& path = compiled.sources.file(tree->file()).path();
    CHECK_MESSAGE(syntax::format(*tree, syntax::KeywordLanguage::as_written) == folder.files().at(path),
                  path << " differs from what the formatter writes");
  }
}
