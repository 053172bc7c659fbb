// The rule files of the project in memory, so that tests can compile them with one file changed, thousands of times,
// without touching the disk.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/compile.hpp"

namespace guiju::tests {

class RuleFolder {
 public:
  // Reads every .gj and .csv file below `root`.
  static RuleFolder load(const std::string& root);

  [[nodiscard]] const std::map<std::string, std::string>& files() const { return files_; }
  // The .gj files, sorted.
  [[nodiscard]] std::vector<std::string> rule_files() const;
  // `path` and every file that uses it, directly or through others.
  [[nodiscard]] std::vector<std::string> dependents(const std::string& path) const;

  [[nodiscard]] compiler::Compiled compile(const std::vector<std::string>& paths,
                                           compiler::Wanted wanted = compiler::Wanted::rulebook_and_plan) const;
  // The same, as if `path` held `text`.
  [[nodiscard]] compiler::Compiled compile_with(const std::vector<std::string>& paths, const std::string& path,
                                                const std::string& text,
                                                compiler::Wanted wanted = compiler::Wanted::rulebook_and_plan) const;

 private:
  std::map<std::string, std::string> files_;
};

// All messages, one a line, in English: for the output of a failing test.
[[nodiscard]] std::string messages(const compiler::Compiled& compiled);

}  // namespace guiju::tests
