// Steps over lanes as machine code that takes 64 rows at a time through all of them: numbers stay in vector registers,
// truths are the bits of one word. What loops over a whole block write and read again never leaves the processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "kernel/lane_program.hpp"

namespace guiju::kernel {

inline constexpr std::size_t kStrip = 64;  // rows

// A column as its caller stores it; what stands in the lanes of its field is made of it on the way.
struct StripColumn {
  std::optional<LaneProgram::Slot> values, known, absent;  // none: nobody reads it
  Width stored = w64;
  Range allowed;             // of what is stored where a value is known
  std::int64_t unknown = 0;  // what stands where none is
  bool may_be_unknown = false, may_be_absent = false;
  bool has_values = true;
};

class Strips {
 public:
  // `lanes` by slot, and behind them for each column its values, the bits of those that are known, and of those that
  // are absent; `row`: the first of the strip. `scratch`: scratch() bytes, on a boundary of 64. Not 0: a value of a
  // column is not allowed, and what is written means nothing.
  using Code = std::uint64_t (*)(void* const* lanes, std::size_t row, void* scratch);
  struct Run {  // steps from `first`, before `last`
    std::size_t first = 0, last = 0;
    Code code = nullptr;  // none: they are left to the loops
  };

  // Whether this build writes machine code, and the processor has AVX-512.
  [[nodiscard]] static bool exist();
  // All over lanes. Null where they do not, and where the system gives no memory for code.
  [[nodiscard]] static std::unique_ptr<const Strips> translate(const LaneProgram& program);
  // One run, from the columns themselves. Null also where some steps are left to the loops.
  [[nodiscard]] static std::unique_ptr<const Strips> translate(const LaneProgram& program,
                                                               const std::vector<StripColumn>& columns);
  ~Strips();
  Strips(const Strips&) = delete;
  Strips& operator=(const Strips&) = delete;

  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }  // all steps, in their order
  [[nodiscard]] std::size_t scratch() const { return scratch_; }

 private:
  struct Memory;
  Strips();
  std::vector<Run> runs_;
  std::size_t scratch_ = 0;
  std::vector<std::unique_ptr<Memory>> memory_;
};

}  // namespace guiju::kernel
