// What of a kernel is needed for its answer, and which of its registers are constants of C.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <vector>

#include "kernel/kernel.hpp"

namespace guiju::emit {

class Analysis {
 public:
  explicit Analysis(const kernel::Kernel& kernel);

  [[nodiscard]] bool stays(std::size_t i) const { return static_cast<bool>(stays_[i]); }
  [[nodiscard]] bool is_read(kernel::Register r) const { return reads_[r] > 0; }
  // Written once, before all that reads it; else it is a variable of the function.
  [[nodiscard]] bool constant(kernel::Register r) const { return static_cast<bool>(constant_[r]); }
  // The instruction that sets a register, once and for all; nullptr: another.
  [[nodiscard]] const kernel::Instruction* set_by(kernel::Register r) const { return value_[r]; }

 private:
  static constexpr std::size_t kTop = static_cast<std::size_t>(-1);

  void find_loops();
  void for_each_root(const std::function<void(kernel::Register)>& f) const;
  void find_needed();
  void find_constants();

  const kernel::Kernel& kernel_;
  std::vector<std::size_t> loop_;  // by instruction: the LOOP that it stands in
  std::vector<bool> stays_;
  std::vector<std::size_t> reads_;
  std::vector<bool> constant_;
  std::vector<const kernel::Instruction*> value_;
};

[[nodiscard]] bool in_set(const kernel::FieldSet& set, std::size_t field);
[[nodiscard]] bool has_lists(const kernel::Kernel& kernel);
// The fields that a version reads, those of its lists apart.
[[nodiscard]] std::set<std::uint32_t> fields_read(const kernel::Kernel& kernel);

}  // namespace guiju::emit
