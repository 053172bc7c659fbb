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
  // Optional: the one path of a file that can be reached by several (through links), relative to the root; otherwise each path is
  // its own file.
  std::function<std::string(const std::string& path)> identity = nullptr;
  // Optional: the full path of the root, with `/`. Rule files may then leave it by `..` and come back by its name.
  std::string root = {};
  // Optional: whether a path that cannot be read leads out of the root, through a link.
  std::function<bool(const std::string& path)> leaves_root = nullptr;
  // Optional: the rule files that there are, each by its one path, so that a group that was left out can be told.
  std::function<std::vector<std::string>()> list = nullptr;
};
// Files below `root` on disk. A path that leads out of it, by `..` or by a link, and what is no ordinary file cannot be read. Of
// a file larger than 64 MiB only the first byte past that is read, which is enough to refuse it.
[[nodiscard]] FileReader disk_reader(std::string root);

// The rule files that the given files and folders stand for: folders with all `.gj` files in them at any depth (hidden folders and
// linked folders apart). `files` are relative to `root`, sorted, each once. `missing` are arguments that stand for no file.
//
// The root is what `use` may not lead out of. From the nearest common folder of the arguments upwards it is the nearest folder
// named `rules`; where there is none, the current folder if that holds them all; else that common folder itself. So
// `guiju check rules/cars/y2025.gj` may use "../vocabulary.gj". A host that knows better passes its own root to disk_reader.
struct Found {
  std::string root;
  std::vector<std::string> files;
  std::vector<std::string> missing;
};
[[nodiscard]] Found find_rule_files(const std::vector<std::string>& paths);

class Cache;  // compiler/cache.hpp

struct Compiled {
  // Defaulted once, in compile.cpp: inline they would be compiled anew in every file that holds one.
  Compiled();
  Compiled(Compiled&& other) noexcept;
  Compiled& operator=(Compiled&& other) noexcept;
  ~Compiled();

  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<std::unique_ptr<syntax::Tree>> trees;
  std::unique_ptr<model::Rulebook> rulebook;   // always; empty where the plan was in the cache or only it was asked for
  std::shared_ptr<const plan::Plan> plan;      // nullptr where there are errors
};

// What is wanted beside the diagnostics. For the plan alone, what a programme was made of is given back before the next is checked.
enum class Wanted : std::uint8_t { rulebook_and_plan, plan };

// `files` as FileReader names them. Whatever is wrong is in the diagnostics. With a cache, what has not changed since it was
// compiled through it is not compiled again; the result is the same.
[[nodiscard]] Compiled compile(const std::vector<std::string>& files, const FileReader& reader, const syntax::Limits& limits = {},
                               Cache* cache = nullptr, Wanted wanted = Wanted::rulebook_and_plan);

}  // namespace guiju::compiler
