// One object of facts for all programmes of a rulebook at once.
//
// Each programme takes the names that it gives (`given`), whatever else stands in the object. A name that no programme
// gives is refused. Where programmes give facts of one name with different records, those take them whose record fits;
// if it fits none, what is wrong with it is told.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "json/fact_names.hpp"
#include "json/read_facts.hpp"
#include "run/combine.hpp"

namespace guiju::json {

// The names of all programmes and groups, built once and shared by threads.
class CaseNames {
 public:
  explicit CaseNames(const plan::Plan& plan);
  [[nodiscard]] const ProgramNames* of(plan::Index program) const { return names_[program].get(); }
  // The `given` names, in their first spelling, from which the dates that select a version are read.
  [[nodiscard]] const std::set<std::string>& dated_by(plan::Index program) const { return dated_by_[program]; }

 private:
  std::vector<std::unique_ptr<ProgramNames>> names_;  // nullptr: standards, checks
  std::vector<std::set<std::string>> dated_by_;
};

struct CaseReading {
  std::vector<run::BadFact> refused;  // the case cannot be decided
  bool malformed = false;             // no JSON, or no object
  plan::LocalText mistake;            // then: what is wrong, and where
};
[[nodiscard]] CaseReading read_case(run::CaseFacts& facts, const CaseNames& names, std::string_view text,
                                    const ReadLimits& limits = {});

}  // namespace guiju::json
