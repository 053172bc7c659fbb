// Holds what the engine grants of a group against the slow way: each programme decided by the reference, every set of
// programmes looked at, the ceiling applied with big numbers. Where a local programme grants something it stands in the
// place of the member that it carries out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compare.hpp"
#include "compiler/compile.hpp"
#include "facts.hpp"
#include "reference.hpp"
#include "run/combine.hpp"

namespace guiju::reference {

class GroupTrial {
 public:
  GroupTrial(const compiler::Compiled& compiled, const model::Group& group, Counts& counts);

  // `facts` as the engine is told them, and known cases that they could be (by Group::case_givens). Empty where every
  // one of them lies in what the engine says, and is it where nothing is open.
  [[nodiscard]] std::string compare(const Case& facts, const std::vector<Case>& completions, bool open);

 private:
  struct Grants {
    bool usable = true;  // no text was open, nothing went wrong
    bool invalid = false;
    std::map<const model::Program*, Number> paid;                     // of those that are granted
    std::map<const model::Program*, Number> own;                      // of all that could be
    std::map<const model::Program*, const model::Program*> standing;  // by member: it, or what stands in its place
    std::map<const model::Program*, Result> decided;
    std::vector<std::pair<const model::Program*, const model::Program*>> excluded;
    Number total = 0;
  };
  [[nodiscard]] Grants slow(const Case& facts, Oracle& payments) const;
  [[nodiscard]] std::map<const model::Program*, Result> decide_each(const std::vector<const model::Program*>& members,
                                                                    const Case& facts, Grants& out) const;
  [[nodiscard]] const model::Program* standing_for(const model::Program& member,
                                                   const std::map<const model::Program*, Result>& decided) const;
  enum class Comes : std::uint8_t { to_nothing, to_a_grant, to_bad_facts };
  [[nodiscard]] Comes line_of(const model::Program& member,
                              const std::map<const model::Program*, Result>& decided) const;
  [[nodiscard]] static bool comes_to(run::Outcome outcome, const Grants& grants);
  [[nodiscard]] const model::GroupVersion* version(const Case& facts, Grants& out) const;
  [[nodiscard]] static Case of(const std::deque<model::Given>& givens, const Case& facts);
  [[nodiscard]] std::string held_against(const Grants& grants) const;
  [[nodiscard]] std::string standings_against(const Grants& grants) const;
  [[nodiscard]] const model::Program* program_of(plan::Index index) const;
  [[nodiscard]] bool names_excluding(const run::Standing& standing, const Grants& grants,
                                     const model::Program* member) const;
  [[nodiscard]] bool holds(const run::Standing& standing, const Grants& grants, const model::Program* member,
                           const model::Program* program) const;

  const compiler::Compiled& compiled_;
  const model::Group& group_;
  Counts& counts_;
  run::CaseFacts facts_;
  run::Combination combination_;
};

}  // namespace guiju::reference
