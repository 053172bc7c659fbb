// What compiling made of files, kept for the next time: a file whose path and text are as they were is neither cut into
// tokens nor parsed again, and where nothing has changed at all, no more is done than to see that.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/compile.hpp"
#include "model/check.hpp"

namespace guiju::compiler {

// One file, as the only one of its set of sources.
struct Parsed {
  SourceFile source;
  syntax::Limits limits;
  syntax::Tree tree;
  Diagnostics findings;
};

// All that a plan was made of, but for the trees, which the texts decide.
struct Inputs {
  SourceSet sources;
  syntax::Limits limits;
  std::vector<model::Module> modules;

  [[nodiscard]] bool same(const SourceSet& other, const syntax::Limits& with,
                          const std::vector<model::Module>& loaded) const;
};

// Any number of threads may compile through one cache. It holds, for each path, the file as it was compiled last, and
// the plan that was made last.
class Cache {
 public:
  // The file at this path where it was parsed with this text and these limits; otherwise nullptr.
  [[nodiscard]] std::shared_ptr<const Parsed> find(const std::string& path, std::string_view text,
                                                   const syntax::Limits& limits) const;
  void keep(std::shared_ptr<const Parsed> parsed);

  struct Outcome {
    Inputs inputs;
    std::shared_ptr<const plan::Plan> plan;
    Diagnostics diagnostics;  // warnings and notes
  };
  [[nodiscard]] std::shared_ptr<const Outcome> last() const;
  void keep(std::shared_ptr<const Outcome> outcome);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Parsed>> parsed_;
  std::shared_ptr<const Outcome> last_;
};

}  // namespace guiju::compiler
