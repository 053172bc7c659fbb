// One version of a programme as the work of one row, for hosts that have said beforehand in what form facts come. What
// is then known of them is folded away, and truths are not reckoned one by one: like questions are asked in one run,
// their answers are the bits of few words, and a conjunction of whatever many truths is one comparison of these words.
// So a row costs a few short loops without a branch that depends on facts. Lists have no entries here; rows that have
// some are decided by the kernel itself (execute.hpp).
//
// Immutable once compiled; shared by threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "kernel/graph.hpp"

namespace guiju::kernel {

struct RowProgram {
  static constexpr std::size_t kMostWords = 4;     // of truths that are read
  static constexpr std::size_t kMostAnswers = 28;  // words of answers

  // What is done to registers: the operations of the table, and three more.
  enum class Code : std::uint8_t {
#define GUIJU_KERNEL(id, operands, expression) id,
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    CHOOSE,  // truth a ? b : c
    TRUTH,   // truth a as 0 or 1
    STAIRS   // the value of the staircase in the pool at k
  };
  struct Number {
    Code code{};
    bool is_natural = false;  // of a quotient by a constant: neither is negative, and their sum has less than 63 bits
    Register out = 0, a = 0, b = 0, c = 0;
    std::int64_t k = 0;
  };
  struct Between {  // least <= a - b <= least + span
    std::uint64_t least = 0, span = 0;
    Register a = 0, b = 0;
  };
  struct Member {  // a, of 0 … 63, is in the set
    std::uint64_t set = 0;
    Register a = 0;
  };
  struct State {  // a field is known, or absent
    std::uint32_t field = 0;
    bool is_absent = false;
  };
  // A run of like work, done from `first` on. The answers of questions go into one word, one beside the other.
  struct Run {
    enum Kind : std::uint8_t { numbers, between, members, states, conjunctions } kind = numbers;
    std::uint8_t word = 0, bit = 0;
    std::uint16_t count = 0;
    std::uint32_t first = 0;
  };

  std::vector<Run> runs;
  std::vector<Number> numbers;
  std::vector<Between> between;
  std::vector<Member> members;
  std::vector<State> states;
  // Of each conjunction `read_words` masks and as many words wanted: it holds where (truths & mask) == wanted.
  std::vector<std::uint64_t> conjunctions;
  std::size_t read_words = 1;
  std::vector<std::uint64_t> first_truths;  // all words, before any run
  std::vector<std::int64_t> pool;
  // Registers from `constants_at` on that hold these before any run, and are never written.
  std::vector<std::int64_t> constants;
  Register constants_at = 0;
  std::uint32_t registers = 0;

  struct Bit {
    std::uint32_t at = 0;
    bool is_opposite = false;  // it says the opposite
  };
  struct Set {  // (truths[word] >> shift) & mask
    std::uint8_t word = 0, shift = 0;
    std::uint64_t mask = 0;
  };
  // The answer, as in Kernel.
  Bit open, referred;
  std::vector<Set> failed, refused, owed, marks;
  Register amount = kNoRegister;
  std::vector<Register> parts, shares;
};

using Truths = std::array<std::uint64_t, RowProgram::kMostWords + RowProgram::kMostAnswers>;

// The answer to one row: words in this order, of which the last are the sets `failed`, `refused`, `owed` and `marks`
// one after another, parts and shares; and flags.
struct RowAnswer {
  enum Word : std::size_t { version, day, amount, sets };
  // not_in_force: no version is, and `version` is that which lies nearest.
  enum Flags : std::uint64_t { open = 1, referred = 2, fails = 4, not_in_force = 8, settled = 16 };
};
[[nodiscard]] std::size_t answer_words(const RowProgram& program);

// For rows whose dates lie within `dates` (by field). None where the kernel is of a kind that has to be executed as it
// is. The registers from `free` on are its own.
[[nodiscard]] std::optional<RowProgram> compile_row(const Kernel& kernel, const std::vector<Given>& given,
                                                    std::map<std::uint32_t, Range> dates, std::uint32_t free);

// Fills the registers (as many as the program says; the facts come first) and of the answer the amount and all that
// follows. Gives flags: open, referred, fails.
std::uint64_t run(const RowProgram& program, std::int64_t* registers, const std::uint64_t* known,
                  const std::uint64_t* absent, std::uint64_t* answer);

}  // namespace guiju::kernel
