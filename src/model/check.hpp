// Trees to a checked rulebook: names, types, units, amendments, tables, standards, tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/rulebook.hpp"
#include "syntax/tree.hpp"

namespace guiju::model {

// One parsed file and the files that it uses, by index into the same vector. Data files (CSV) that tables name come with it.
struct Module {
  const syntax::Tree* tree = nullptr;
  std::vector<std::size_t> uses;
  std::map<std::string, FileId> data_files;  // text after `from` → file in the SourceSet
  bool requested = true;                     // false: only reached by `use`
};

// Never fails as a whole: what could be checked is in the result, what could not is in the diagnostics.
[[nodiscard]] std::unique_ptr<Rulebook> check(const SourceSet& sources, const std::vector<Module>& modules, Diagnostics& diagnostics);

}  // namespace guiju::model
