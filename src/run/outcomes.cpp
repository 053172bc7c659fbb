// See outcomes.hpp.
#include "run/outcomes.hpp"

#include <algorithm>
#include <array>

namespace guiju::run {

namespace {

// The first that one of several comes to is what they come to together. What is wrong comes first, then what is
// missing; that nothing is in force stands only where nothing else does.
constexpr std::array kFirst{Outcome::invalid,  Outcome::undetermined, Outcome::referred,
                            Outcome::eligible, Outcome::ineligible,   Outcome::not_in_force};

}  // namespace

bool is_open(Outcome outcome) {
  return outcome == Outcome::undetermined || outcome == Outcome::referred;
}

bool may_be_granted(Outcome outcome) {
  return outcome == Outcome::eligible || is_open(outcome);
}

bool may_be_granted(const plan::ProgramInfo& program, const Decision& decision) {
  if (!may_be_granted(decision.outcome)) return false;
  const auto says_how_much = [](const plan::Section& s) { return s.has_amount; };
  const bool of_all = decision.section == plan::kNone
                          ? std::all_of(program.sections.begin(), program.sections.end(), says_how_much)
                          : says_how_much(program.sections[decision.section]);
  return decision.has_amount || !of_all;
}

bool grants_nothing(Outcome outcome) {
  return outcome == Outcome::ineligible || outcome == Outcome::not_in_force;
}

Outcome joined(Outcome a, Outcome b) {
  return *std::find_if(kFirst.begin(), kFirst.end(), [&](Outcome first) { return a == first || b == first; });
}

Outcome either(Outcome a, Outcome b) {
  if (a == b) return a;
  return grants_nothing(a) && grants_nothing(b) ? joined(a, b) : Outcome::undetermined;
}

}  // namespace guiju::run
