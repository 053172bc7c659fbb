// `guiju test`: the test blocks of rule files, and what differed.
#include <ostream>

#include "cli/command.hpp"
#include "cli/rules.hpp"
#include "compiler/rule_tests.hpp"

namespace guiju::cli {
namespace {

using compiler::TestResult;

void write_results(json::Writer& out, const std::vector<TestResult>& results) {
  out.key("tests");
  out.begin_array();
  for (const auto& result : results) {
    out.begin_object();
    out.member("name", result.name);
    out.member("file", result.file);
    out.key("line");
    out.number(result.line);
    out.member("passed", result.passed);
    out.key("checked");
    out.number(static_cast<std::int64_t>(result.checked));
    out.key("differences");
    out.begin_array();
    for (const auto& difference : result.differences) out.text(difference);
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

void show_failures(const Command& command, const std::vector<TestResult>& results) {
  for (const auto& result : results) {
    if (result.passed) continue;
    command.out << result.file << ":" << result.line << "  " << command.pick("未通过  ", "failed  ") << result.name
                << "\n";
    for (const auto& difference : result.differences) command.out << "    " << difference << "\n";
    command.out << "\n";
  }
}

}  // namespace

int test(const Command& command, const std::vector<std::string>& paths) {
  const auto compiled = compile_rules(command, paths, compiler::Wanted::rulebook_and_plan);
  if (!compiled) return kUsage;
  const bool has_mistakes = compiled->plan == nullptr;
  std::vector<TestResult> results;
  if (!has_mistakes) results = compiler::run_tests(*compiled, command.english);
  std::size_t failed = 0, checked = 0;
  for (const auto& result : results) {
    failed += result.passed ? 0 : 1;
    checked += result.checked;
  }
  const std::size_t passed = results.size() - failed;
  if (command.json) {
    json::Writer out;
    out.begin_object();
    out.member("ok", !has_mistakes && failed == 0);
    out.key("passed");
    out.number(static_cast<std::int64_t>(passed));
    out.key("failed");
    out.number(static_cast<std::int64_t>(failed));
    write_results(out, results);
    write_findings(out, command, *compiled);
    out.end_object();
    command.out << out.take() << "\n";
    return has_mistakes || failed > 0 ? kMistakes : kDone;
  }
  show_findings(command, *compiled, true);
  if (has_mistakes) {
    command.out << command.pick("规则有错误,没有运行测试", "the rules have mistakes; no test was run") << "\n";
    return kMistakes;
  }
  show_failures(command, results);
  if (command.english) {
    command.out << passed << " passed, " << failed << " failed (" << checked << " expectations)\n";
  } else {
    command.out << "通过 " << passed << ",未通过 " << failed << "(共 " << checked << " 项预期)\n";
  }
  return failed == 0 ? kDone : kMistakes;
}

}  // namespace guiju::cli
