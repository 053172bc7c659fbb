// The short way to a decision: where every fact that matters is known or absent, the kernel of the version settles the
// case, and gives what the machine would give. Wherever it cannot, it says so, and the machine decides.
#pragma once

#include "kernel/execute.hpp"
#include "plan/plan.hpp"
#include "run/bound_row.hpp"
#include "run/decide.hpp"

namespace guiju::run {

// Gives every programme its kernels and its calendar, which are made when they are first wanted. The plan must not move
// from here on.
void add_kernels(plan::Plan& plan);

// False where the case is left to the machine; `decision` is then as it was.
bool decide_by_kernel(const Facts& facts, const Options& options, Decision& decision);

// The same for a row that holds the facts already (kernel/execute.hpp); `decision` is filled but for its reasons. False
// where the case is left to the machine.
bool decide_row(const plan::Plan& plan, const plan::ProgramInfo& program, const kernel::Row& row, Decision& decision);

// What a binding has answered (RowBinding::decide) as a decision; `decision` is filled but for its reasons.
// Allocates nothing where `reserve` has made room for the programme.
void reserve(const plan::ProgramInfo& program, Decision& decision);
void unfold(const plan::Plan& plan, const plan::ProgramInfo& program, std::uint64_t flags, const std::uint64_t* words,
            Decision& decision);

}  // namespace guiju::run
