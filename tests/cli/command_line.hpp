// Runs the command as a person at a terminal would, in a folder of its own.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace guiju::testing {

struct Ran {
  int status = 0;
  std::string out, err;
};

inline Ran run_command(const std::vector<std::string>& arguments, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  Ran ran;
  ran.status = cli::run(arguments, in, out, err);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What stands in the next block of a page that is fenced as this kind; `at` moves on to its end.
inline std::string fenced(const std::string& page, const std::string& kind, std::size_t& at) {
  const std::string fence = "\n```" + kind + "\n";
  const auto begin = page.find(fence, at);
  REQUIRE(begin != std::string::npos);
  const auto end = page.find("\n```\n", begin + fence.size());
  REQUIRE(end != std::string::npos);
  at = end;
  return page.substr(begin + fence.size(), end - begin - fence.size() + 1);
}

// A folder that is gone when the test ends.
class Folder {
 public:
  explicit Folder(const std::string& name) : path_(std::filesystem::temp_directory_path() / ("guiju-" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return at(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

 private:
  std::filesystem::path path_;
};

}  // namespace guiju::testing
