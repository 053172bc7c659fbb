// Programmes as C99 without dependencies, for hosts that cannot carry the engine or cannot wait for it: from the same
// kernels and the same table of operations as the executors.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::emit {

struct File {
  std::string name, text;
};

// NAME in what is written: the name of the programme, or its first ASCII alias; else each character outside ASCII as
// `u` and its hexadecimal code.
[[nodiscard]] std::string name_of(const plan::ProgramInfo& program);

// NAME.h and NAME.c. Where a version has no kernel its cases are open.
[[nodiscard]] std::vector<File> emit_c(const plan::Plan& plan, const plan::ProgramInfo& program);

// What all of them include.
[[nodiscard]] std::vector<File> common_files();

}  // namespace guiju::emit
