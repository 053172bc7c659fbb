// From plans to kernels.
#pragma once

#include "kernel/kernel.hpp"
#include "plan/plan.hpp"

namespace guiju::kernel {

// The kernels of a programme, one a version; of a version that a kernel cannot speak of (logarithms, shares in
// proportion, folds in folds …) there is none. Of what is no programme all are missing.
[[nodiscard]] Program build(const plan::Plan& plan, const plan::ProgramInfo& program);

}  // namespace guiju::kernel
