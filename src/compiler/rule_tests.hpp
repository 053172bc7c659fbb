// Runs the `test` blocks of a rulebook and says what differed.
#pragma once

#include <string>
#include <vector>

#include "compiler/compile.hpp"

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

}  // namespace guiju::compiler
