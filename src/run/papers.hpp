// Which papers are owed where completions differ: those of each way in which the case may turn out are joined by name.
// One that is owed in some ways only hangs on what tells those ways apart. Private to run/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/split.hpp"

namespace guiju::run {

// All that a decision says of papers.
[[nodiscard]] std::vector<OpenPaper> papers_of(const Decision& decision);

class Papers {
 public:
  explicit Papers(const plan::ProgramInfo& program) : program_(&program) {}

  // One more way; the facts and texts tell it from those before.
  void join(const std::vector<OpenPaper>& papers, const std::vector<std::string>& facts,
            const std::vector<Mark>& texts);
  [[nodiscard]] const std::vector<OpenPaper>& all() const { return all_; }

 private:
  [[nodiscard]] const std::string& name_of(const OpenPaper& paper) const;

  const plan::ProgramInfo* program_;
  std::vector<OpenPaper> all_;
  bool first_ = true;
};

// As Decision::owed and Decision::papers.
void tell_papers(const Papers& papers, Decision& decision);

// Papers whose condition an open fact or text reaches on several paths are told by cases, as far as these settle them.
void settle_papers(const Facts& facts, Prober& prober, Decision& decision);

}  // namespace guiju::run
