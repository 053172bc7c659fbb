// What of a combination hangs together by the rules: a group with all that carries out its members, or a programme that
// no group relates with all that carries it out. Each is judged by itself, on decisions that are there. Private to
// run/.
#pragma once

#include <vector>

#include "run/assumptions.hpp"
#include "run/combine.hpp"

namespace guiju::run {

struct Unit {
  plan::Index group = plan::kNone;    // kNone: a programme alone
  plan::Index program = plan::kNone;  // alone: the one that others may carry out
  std::vector<plan::Index> programs;  // that were asked about
};
[[nodiscard]] std::vector<Unit> units_of(const CaseFacts& facts);

struct UnitResult {
  GroupResult group;                // of a group
  std::vector<Standing> standings;  // by index in Plan::programs; not_asked where it is none of the unit
  Outcome outcome = Outcome::not_in_force;
  MoneyRange total;
};
[[nodiscard]] UnitResult judge(const CaseFacts& facts, const Options& options, const std::vector<Decision>& decisions,
                               const Assumptions* supposed, const Unit& unit);

// A group under this version of it; kNone: what stands before the versions.
[[nodiscard]] GroupResult judge_under(const CaseFacts& facts, const Options& options,
                                      const std::vector<Decision>& decisions, const Assumptions* supposed,
                                      plan::Index group, plan::Index version);

// What a programme pays where it pays.
[[nodiscard]] MoneyRange own_amount(const plan::ProgramInfo& program, const Decision& decision);
[[nodiscard]] MoneyRange sum(const MoneyRange& a, const MoneyRange& b);

}  // namespace guiju::run
