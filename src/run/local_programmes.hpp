// What a programme comes to with the local ones that carry it out: in their region they stand in its place wherever
// they grant something, of several the first of the rules that does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "run/combine.hpp"

namespace guiju::run {

// It may be granted, or in error in some completion: of what it would come to there nobody can say that it is nothing.
[[nodiscard]] bool may_count(const plan::ProgramInfo& program, const Decision& decision);
// Granted whatever is open: of some only the amount is.
[[nodiscard]] bool is_granted(const Decision& decision);

// Itself or through others; the checker has refused circles.
[[nodiscard]] bool carries_out(const plan::Plan& plan, plan::Index program, const std::string& national);

// Of a programme and those that carry it out: which may count, the first to be first. All but the last may
// yet fail; behind one that certainly grants nothing follows. Empty where none may.
[[nodiscard]] std::vector<plan::Index> candidates(const CaseFacts& facts, const std::vector<Decision>& decisions,
                                                  plan::Index program);
// Of a programme and those that carry it out, up to one that certainly grants: whether one is invalid. Wrong facts are
// mended at once; what its rules cannot make of them it comes to only where none before it grants.
enum class Invalid : std::uint8_t { none, in_some_case, in_any_case };
[[nodiscard]] Invalid invalid(const CaseFacts& facts, const std::vector<Decision>& decisions, plan::Index program);

}  // namespace guiju::run
