// A kernel in fewer instructions, for those that write it out once and run it often: the graph of values leaves away
// what the caller has settled beforehand and what comes to the same, and the rest is straight-line code again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "kernel/graph.hpp"

namespace guiju::kernel {

// The same answer as the kernel gives, but for `marks`, to cases whose lists have no entries, whose facts are what is
// given, and whose dates lie within `days` (by field). There are no loops left, and of its own registers none is
// written twice. None where it has more registers than can be numbered.
[[nodiscard]] std::optional<Kernel> simplified(const Kernel& kernel, std::vector<Given> given,
                                               std::map<std::uint32_t, Range> days);

}  // namespace guiju::kernel
