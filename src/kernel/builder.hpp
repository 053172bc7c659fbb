// Writes the instructions of one kernel: folds what is constant, writes nothing twice, and knows what every register
// can hold, so that no instruction leaves int64_t.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "kernel/kernel.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

// Thrown where a kernel cannot speak of a version; `build` catches it.
struct Unsupported {};

class Builder {
 public:
  // Registers 0 … facts-1 hold these facts.
  explicit Builder(std::vector<Range> facts);

  // What is written from here on comes from this place of the rules (index into Plan::places).
  void from(std::uint32_t place);

  [[nodiscard]] const Range& range(Register r) const { return ranges_[r]; }
  [[nodiscard]] bool is(Register r, std::int64_t value) const {
    return ranges_[r].least == value && ranges_[r].most == value;
  }

  Register set(std::int64_t value);
  Register zero() { return set(0); }
  Register one() { return set(1); }

  // ---- truths, 0 and 1
  Register all(Register a, Register b);            // a and b
  Register any(Register a, Register b);            // a or b
  Register no(Register a);                         // not a
  Register but(Register a, Register b);            // a and not b
  Register member(Register a, std::uint64_t set);  // of 0 … 63
  Register equal(Register a, Register b);
  Register less(Register a, Register b);
  Register at_most(Register a, Register b);
  Register within(Register a, std::int64_t least, std::int64_t most);

  // ---- numbers; Unsupported where a result could leave int64_t
  Register add(Register a, Register b);
  Register subtract(Register a, Register b);
  Register multiply(Register a, Register b);
  Register absolute(Register a);
  Register least(Register a, Register b);
  Register greatest(Register a, Register b);
  Register divide(Operation rounding, Register a, Register b);  // DOWN, UP, HALFUP, HALFEVEN; b > 0
  Register select(Register truth, Register yes, Register no);

  // ---- others
  Register apply(Operation op, Range range, Register a, Register b = 0, std::int64_t k = 0);
  Register flag(Register set, Register truth, unsigned bit);
  Register at(Register index, const std::vector<std::int64_t>& table);   // index within the table
  Register search(Register x, const std::vector<std::int64_t>& bounds);  // how many are at most x

  // A register that is written more than once, and one more value into it.
  Register accumulator(std::int64_t first);
  void accumulate(Operation op, Register accumulator, Register value, Range range);
  // What is written between the two runs for every entry of the list.
  void begin_loop(std::uint32_t field);
  void end_loop();

  // The instructions that the roots need, over as few registers; first those that the essential ones need.
  void finish(const std::vector<Register*>& essential, const std::vector<Register*>& others, Kernel& kernel);

 private:
  using Key = std::tuple<Operation, Register, Register, Register, std::int64_t>;

  Register emit(Operation op, Range range, Register a = 0, Register b = 0, Register c = 0, std::int64_t k = 0);
  Register fresh(Range range);
  // `kept`: what stays for whomever; of a loop that is needed all of it is.
  [[nodiscard]] std::vector<bool> needed_by(const std::vector<Register*>& roots, const std::vector<bool>* kept) const;
  std::int64_t pooled(const std::vector<std::int64_t>& table);
  [[nodiscard]] Register written(const Key& key) const;  // where it is known already; else kNoRegister
  [[nodiscard]] bool opposite(Register a, Register b) const;
  [[nodiscard]] std::optional<Instruction> definition(Register r) const;      // none: a fact or an accumulator
  [[nodiscard]] std::optional<Instruction> conjunction_of(Register r) const;  // the definition, if it is an AND
  [[nodiscard]] std::optional<Register> absorbed(Register a, Register b);
  [[nodiscard]] std::optional<Key> inverted(Register a) const;

  std::vector<Instruction> code_;
  std::vector<std::uint32_t> places_;  // by instruction, those before the last call of `from`
  std::uint32_t place_ = 0xffffffffU;  // plan::kNone
  std::vector<Range> ranges_;
  std::vector<std::int64_t> pool_;
  std::vector<std::map<Key, Register>> known_;  // by nesting of loops
  std::vector<std::size_t> loops_;              // open ones: where they begin
  std::map<std::vector<std::int64_t>, std::int64_t> tables_;
  std::vector<Register> negated_;     // by register: of what it is the opposite
  std::vector<std::size_t> defined_;  // by register: its instruction
  std::uint32_t facts_;
};

}  // namespace guiju::kernel
