// No figure of the rules stands untested: each is changed by one unit in its last digit, up and down, and then some
// test must fail or the checker must refuse the file. A change that nobody notices is a survivor; survivors that cannot
// be tested yet stand in allowed_survivors.txt, each with the reason. Two environment variables serve whoever writes a
// rule file: GUIJU_RULES names another folder of rules, GUIJU_ONLY restricts the changes to the files whose path
// contains it.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "compiler/rule_tests.hpp"
#include "rules/figures.hpp"
#include "rules/rule_folder.hpp"

namespace {

using namespace guiju;
using tests::RuleFolder;

std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

// Words with single blanks between them, so that laying a table out anew changes no key.
std::string words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::string out;
  for (std::string word; in >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::map<std::string, bool> allowed_survivors() {
  std::map<std::string, bool> allowed;
  std::ifstream in(GUIJU_TEST_DIR "/rules/allowed_survivors.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto reason = line.rfind(" | ");
    REQUIRE_MESSAGE((reason != std::string::npos && line.size() > reason + 3), "no reason: " << line);
    allowed.emplace(line.substr(0, reason), false);
  }
  return allowed;
}

// Nothing noticed: it compiles and every test passes.
bool survives(const compiler::Compiled& compiled) {
  if (compiled.diagnostics.has_errors() || compiled.plan == nullptr) return false;
  for (const auto& result : compiler::run_tests(compiled, true)) {
    if (!result.passed) return false;
  }
  return true;
}

const syntax::Tree* tree_of(const compiler::Compiled& compiled, const std::string& path) {
  for (const auto& tree : compiled.trees) {
    if (compiled.sources.file(tree->file()).path() == path) return tree.get();
  }
  return nullptr;
}

}  // namespace

TEST_CASE("a figure changes by one unit in its last digit") {
  CHECK(tests::mutants_of("0.01 yuan") == std::vector<std::string>{"0.02 yuan", "0.00 yuan"});
  CHECK(tests::mutants_of("20000元") == std::vector<std::string>{"20001元", "19999元"});
  CHECK(tests::mutants_of("1_000_000") == std::vector<std::string>{"1_000_001", "999_999"});
  CHECK(tests::mutants_of("9.9%") == std::vector<std::string>{"10.0%", "9.8%"});
  CHECK(tests::mutants_of("0") == std::vector<std::string>{"1", "-1"});
  CHECK(tests::mutants_of("2024-12-31") == std::vector<std::string>{"2025-01-01", "2024-12-30"});
}

TEST_CASE("every figure of the rules is held by a test") {
  const auto folder = RuleFolder::load(from_environment("GUIJU_RULES", GUIJU_RULES_DIR));
  const std::string only = from_environment("GUIJU_ONLY", "");
  auto allowed = allowed_survivors();
  std::size_t figures = 0;
  for (const auto& path : folder.rule_files()) {
    if (path.find(only) == std::string::npos) continue;
    const auto affected = folder.dependents(path);
    const auto original = folder.compile(affected);
    REQUIRE_MESSAGE(survives(original), path << " does not pass its tests as it stands\n" << tests::messages(original));
    const auto* tree = tree_of(original, path);
    REQUIRE(tree != nullptr);
    const std::string& text = folder.files().at(path);
    const auto& file = original.sources.file(tree->file());
    for (const auto& figure : tests::figures_of(*tree)) {
      ++figures;
      CHECK_MESSAGE(figure.mutants.size() == 2, path << ": cannot change " << figure.written);
      for (const auto& mutant : figure.mutants) {
        const std::string changed = text.substr(0, figure.begin) + mutant + text.substr(figure.end);
        if (!survives(folder.compile_with(affected, path, changed))) continue;
        const auto place = file.locate(figure.begin);
        const std::string key =
            path + " | " + words_of(file.line(place.line)) + " | " + figure.written + " -> " + mutant;
        const auto found = allowed.find(key);
        if (found != allowed.end()) {
          found->second = true;
          continue;
        }
        FAIL_CHECK("nobody notices, line " << place.line << ":\n" << key);
      }
    }
  }
  MESSAGE(figures << " figures, each changed up and down");
  if (!only.empty()) return;
  CHECK(figures > 200);
  for (const auto& survivor : allowed) {
    const std::string& key = survivor.first;
    CHECK_MESSAGE(survivor.second, "no longer survives, take it off the list: " << key);
  }
}
