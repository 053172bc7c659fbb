// Trees to a checked rulebook: names, types, units, amendments, tables, standards, tests.
#pragma once

#include <functional>
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

// Never fails as a whole: what could be checked is in the result, what could not is in the diagnostics. `remains`, where it is given,
// takes what only checking needed. Who makes something lasting of the rulebook gives it back after that: given back before, it leaves
// small holes everywhere, over which all that lasts would then be scattered.
[[nodiscard]] std::unique_ptr<Rulebook> check(const SourceSet& sources, const std::vector<Module>& modules, Diagnostics& diagnostics,
                                              std::shared_ptr<const void>* remains = nullptr);

// Hands over, one after the other, each programme that no other and no group speaks of, as soon as it and its tests are checked and as
// long as there is no mistake; what it consists of is given back after that, and only its name stays. `index`: in Rulebook::programs.
using TakeProgram = std::function<void(const Rulebook& rulebook, std::size_t index)>;
[[nodiscard]] std::unique_ptr<Rulebook> check_each(const SourceSet& sources, const std::vector<Module>& modules,
                                                   Diagnostics& diagnostics, const TakeProgram& take,
                                                   std::shared_ptr<const void>* remains);

}  // namespace guiju::model
