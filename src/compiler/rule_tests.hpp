// Runs the `test` blocks of a rulebook and says what differed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "run/decide.hpp"

namespace guiju::compiler {

struct TestResult {
  std::string name;
  std::string file;
  std::uint32_t line = 0;
  bool passed = false;
  std::size_t checked = 0;               // expectations
  std::vector<std::string> differences;  // in the asked language
};
[[nodiscard]] std::vector<TestResult> run_tests(const Compiled& compiled, bool english);

// The facts and options of every step of every test, for whatever else decides them. Those of groups are left out.
struct TestCase {
  const TestResult& test;  // name and place
  const run::Facts& facts;
  const run::Options& options;
};
void for_each_case(const Compiled& compiled, const std::function<void(const TestCase&)>& f);

}  // namespace guiju::compiler
