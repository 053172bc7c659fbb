// Chooses the loops for the processor.
#include "kernel/lanes.hpp"

#include <cstdint>
#include <string_view>

namespace guiju::kernel {

namespace baseline {
const Loops& loops();
}
#if defined(__x86_64__)
namespace sse42 {
const Loops& loops();
}
namespace avx2 {
const Loops& loops();
}
namespace avx512 {
const Loops& loops();
}
#endif

Width width_of(const Range& range) {
  const auto holds = [&](auto least, auto most) { return range.least >= least && range.most <= most; };
  return holds(INT8_MIN, INT8_MAX) ? w8 : holds(INT16_MIN, INT16_MAX) ? w16 : holds(INT32_MIN, INT32_MAX) ? w32 : w64;
}

Loop loop_of(const Loops& loops, const Task& task) {
  const auto operation = static_cast<std::size_t>(task.operation);
  const std::size_t second = task.second ? 1 : 0;
  switch (task.kind) {
    case Task::Kind::plain:
      return loops.plain[operation][task.from];
    case Task::Kind::truths:
      return loops.plain[operation][w8];
    case Task::Kind::convert:
      return loops.convert[task.from][task.to];
    case Task::Kind::steps:
      return loops.steps[task.from][task.to];
    case Task::Kind::conjunction:
      return loops.conjunction[task.form][second];
    case Task::Kind::two_flags:
      return loops.two_flags[task.form][task.from];
    case Task::Kind::within:
      return loops.within[second][task.from];
    case Task::Kind::wide_multiply:
      return loops.wide_multiply;
    case Task::Kind::quotient:
      return task.form < kFives ? loops.quotient_by_fives[task.form][second] : loops.quotient[second];
    case Task::Kind::quotient_wide:
      return loops.quotient_wide;
  }
  return nullptr;
}

const Loops* loops_of(const char* instruction_set) {
  const std::string_view name = instruction_set;
  if (name == "baseline") return &baseline::loops();
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (name == "sse4.2" && __builtin_cpu_supports("sse4.2")) return &sse42::loops();
  if (name == "avx2" && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return &avx2::loops();
  const bool has512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512cd");
  if (name == "avx512" && has512 && __builtin_cpu_supports("bmi2")) return &avx512::loops();
#endif
  return nullptr;
}

const Loops& loops() {
  static const Loops* const best = [] {
    for (const char* const name : {"avx512", "avx2", "sse4.2"}) {
      if (const Loops* const found = loops_of(name)) return found;
    }
    return loops_of("baseline");
  }();
  return *best;
}

}  // namespace guiju::kernel
