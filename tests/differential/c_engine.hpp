// Emitted C among the engines of the random run: a programme is written out, compiled and loaded when its first case
// comes, by tcc where there is one, since what counts here is how soon it is compiled.
#pragma once

#include <cstddef>
#include <string>

#include "run/decide.hpp"

namespace guiju::reference {

// Empty where C says what the machine decided, one row at a time and as a column, or leaves the case to the machine as
// the kernel does; else how it differs.
[[nodiscard]] std::string difference_in_c(const run::Facts& facts, const run::Options& options,
                                          const run::Decision& decision);

// How many cases C has decided so far, of this thread.
[[nodiscard]] std::size_t cases_decided_in_c();

}  // namespace guiju::reference
