// The examples of the language reference are true: every fenced block of gj in rules/README.md and rules/reference/ is
// compiled, and its tests are run.
//
//   ```gj                      compiles without a finding, and its tests pass
//   ```gj error GJ1203         gives exactly that error (several codes: exactly those)
//   ```gj warning GJ1802       compiles, gives exactly that warning, and its tests pass
//   ```gj fragment             parses, and the formatter changes nothing in a second run
//
// A block stands where its page stands, so that `use "../vocabulary.gj"` reads the vocabulary of the project.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "compiler/rule_tests.hpp"
#include "rules/rule_folder.hpp"
#include "syntax/format.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

using namespace guiju;
namespace fs = std::filesystem;

namespace {

struct Example {
  std::string page;      // relative to the rules
  std::size_t line = 0;  // of the fence
  std::string kind;      // "", error, warning, fragment
  std::set<std::string> codes;
  std::string text;
  [[nodiscard]] std::string place() const { return "rules/" + page + ":" + std::to_string(line); }
};

std::vector<Example> examples_of(const fs::path& file, const std::string& page) {
  std::vector<Example> examples;
  std::ifstream in(file);
  std::size_t number = 0;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      examples.back().text += line + "\n";
    } else if (line.rfind("```gj", 0) == 0) {
      inside = true;
      Example example;
      example.page = page;
      example.line = number;
      std::istringstream words(line.substr(5));
      words >> example.kind;
      for (std::string code; words >> code;) example.codes.insert(code);
      examples.push_back(std::move(example));
    }
  }
  return examples;
}

std::vector<Example> all_examples() {
  const fs::path root = GUIJU_RULES_DIR;
  std::vector<Example> examples;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".md") continue;
    const auto page = fs::relative(entry.path(), root).generic_string();
    for (auto& example : examples_of(entry.path(), page)) examples.push_back(std::move(example));
  }
  return examples;
}

compiler::Compiled compile(const tests::RuleFolder& folder, const Example& example) {
  const auto path = (fs::path(example.page).parent_path() / "example.gj").generic_string();
  return folder.compile_with({path}, path, example.text);
}

std::set<std::string> codes_of(const compiler::Compiled& compiled) {
  std::set<std::string> codes;
  for (const auto& d : compiled.diagnostics.all()) codes.insert(code_name(d.code));
  return codes;
}

void check_tests(const Example& example, const compiler::Compiled& compiled) {
  REQUIRE_MESSAGE(compiled.plan != nullptr, example.place());
  for (const auto& result : compiler::run_tests(compiled, true)) {
    if (result.file == "vocabulary.gj") continue;
    std::string differences;
    for (const auto& difference : result.differences) differences += "\n  " + difference;
    CHECK_MESSAGE(result.passed, example.place() << " " << result.name << differences);
  }
}

void check_fragment(const Example& example) {
  const auto format_once = [&](const std::string& text) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto file = sources.add("fragment.gj", text);
    const auto tree = syntax::parse(syntax::lex(sources, file, {}, diagnostics), {}, diagnostics);
    std::string faults;
    for (const auto& d : diagnostics.all()) faults += "\n  " + code_name(d.code) + " " + message(d, Language::en);
    REQUIRE_MESSAGE(!diagnostics.has_errors(), example.place() << faults);
    return syntax::format(tree, syntax::KeywordLanguage::as_written);
  };
  const auto once = format_once(example.text);
  CHECK_MESSAGE(format_once(once) == once, example.place());
}

std::string joined(const std::set<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += " " + code;
  return out;
}

}  // namespace

TEST_CASE("every example of the reference does what its page says") {
  const auto folder = tests::RuleFolder::load(GUIJU_RULES_DIR);
  const auto examples = all_examples();
  CHECK(examples.size() > 100);
  for (const auto& example : examples) {
    if (example.kind == "fragment") {
      check_fragment(example);
      continue;
    }
    const auto compiled = compile(folder, example);
    CHECK_MESSAGE(codes_of(compiled) == example.codes, example.place()
                                                           << " expected" << joined(example.codes) << ", got\n"
                                                           << tests::messages(compiled));
    CHECK_MESSAGE((example.kind.empty() || example.kind == "error" || example.kind == "warning"), example.place());
    if (example.kind == "error") {
      CHECK_MESSAGE(compiled.diagnostics.has_errors(), example.place());
    } else if (!compiled.diagnostics.has_errors()) {
      check_tests(example, compiled);
    }
  }
}
