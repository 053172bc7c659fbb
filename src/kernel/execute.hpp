// One row by one kernel: no allocation, no lock, no text on the way.
#pragma once

#include "kernel/kernel.hpp"

namespace guiju::kernel {

// One entry of a list, in the layout of the list: values as in a row, states as bits by field.
struct Entry {
  const std::int64_t* values = nullptr;
  const std::uint64_t* known = nullptr;
  const std::uint64_t* absent = nullptr;
};
struct List {
  const Entry* entries = nullptr;
  std::uint32_t count = 0;
  bool complete = false;  // known, and there are no further entries
};

// The facts of one case. What is in neither set is open, and so is a value that its field does not allow.
struct Row {
  std::int64_t* registers = nullptr;  // Program::registers of them, the facts first; the others are written
  const std::uint64_t* known = nullptr;
  const std::uint64_t* absent = nullptr;
  const List* lists = nullptr;  // by field; of fields that are no lists nothing is read
};

// The period in which every reference date lies; kNoPeriod where that is not plain.
inline constexpr std::size_t kNoPeriod = 0xffffff;
[[nodiscard]] std::size_t period_of(const Program& program, const Row& row);

// Whether the kernel speaks of this row. If so, `execute` fills `open`, `failed` and `amount`, and thereafter
// `complete` the other registers of the answer.
[[nodiscard]] bool accepts(const Kernel& kernel, const Row& row);
void execute(const Kernel& kernel, const Row& row);
void complete(const Kernel& kernel, const Row& row);

}  // namespace guiju::kernel
