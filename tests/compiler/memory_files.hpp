// Rule files that exist only in a test.
#pragma once

#include <map>
#include <string>

#include "compiler/compile.hpp"

namespace guiju_test {

class MemoryFiles {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  guiju::compiler::FileReader reader() {
    return {[this](const std::string& path) -> std::optional<std::string> {
      ++reads[path];
      const auto found = files_.find(path);
      if (found == files_.end()) return std::nullopt;
      return found->second;
    }};
  }

  std::map<std::string, int> reads;

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace guiju_test
