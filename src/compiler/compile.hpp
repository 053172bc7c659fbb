// Rule files to a plan: reads what is asked for and what that uses, through one door that a host can replace.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/rulebook.hpp"
#include "plan/plan.hpp"
#include "syntax/limits.hpp"
#include "syntax/tree.hpp"

namespace guiju::compiler {

// How files are read. Paths are normalised, with `/`, relative to the root of the rules.
struct FileReader {
  // The bytes of a file, or no value where it does not exist or cannot be read.
  std::function<std::optional<std::string>(const std::string& path)> read;
};
// Files below `root` on disk; a path that leads out of it (`..`, a link) is refused.
[[nodiscard]] FileReader disk_reader(std::string root);
// The root and the relative paths of all `.gj` files that the given files and folders stand for, sorted. Root: the nearest
// common folder that holds them all.
struct Found {
  std::string root;
  std::vector<std::string> files;
  std::vector<std::string> missing;
};
[[nodiscard]] Found find_rule_files(const std::vector<std::string>& paths);

struct Compiled {
  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::Tree>> trees;
  std::unique_ptr<model::Rulebook> rulebook;   // always
  std::shared_ptr<const plan::Plan> plan;      // nullptr where there are errors
};

// `files` as FileReader names them. Whatever is wrong is in the diagnostics.
[[nodiscard]] Compiled compile(const std::vector<std::string>& files, const FileReader& reader, const syntax::Limits& limits = {});

}  // namespace guiju::compiler
