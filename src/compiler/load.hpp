// The first half of compiling: reads what is asked for and what that uses, parses it, and knows who uses whom.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/cache.hpp"
#include "compiler/compile.hpp"
#include "model/check.hpp"

namespace guiju::compiler {

struct Loaded {
  std::vector<std::unique_ptr<syntax::Tree>> trees;
  std::vector<model::Module> modules;  // those asked for first; `tree` points into trees
};

// Zeros replaced by defaults, and nothing beyond the hard maximum.
[[nodiscard]] syntax::Limits effective(syntax::Limits limits);

[[nodiscard]] Loaded load(const std::vector<std::string>& files, const FileReader& reader, const syntax::Limits& limits,
                          SourceSet& sources, Diagnostics& diagnostics, Cache* cache = nullptr);

}  // namespace guiju::compiler
