// Row programs as machine code of the processor at hand, for a host that decides one case after another with the same
// binding: executed step by step, a question costs seven to twelve instructions, as code four, without a jump.
//
// Immutable once translated; shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "kernel/row_program.hpp"

namespace guiju::kernel {

inline constexpr std::size_t kAlwaysKnown = static_cast<std::size_t>(-1);

// An integer in the struct of a host that has only to be multiplied to be a fact.
struct StoredFact {
  std::size_t offset = 0;
  std::size_t state_offset = kAlwaysKnown;  // of an int8: 0 unknown, 1 unknowable, 2 absent, 3 known
  std::uint8_t bytes = 8;                   // 1, 2, 4 or 8, signed
  std::uint32_t field = 0;
  std::int64_t factor = 1;
  std::int64_t least = 0, most = 0;  // allowed, in what is stored
};

// A text, or a list, of which only the plain case is settled here: it is not known, and without entries.
struct StoredText {
  std::size_t state_offset = kAlwaysKnown;
  std::uint32_t field = 0;
  std::size_t offset = 0;
};
struct StoredList {
  std::size_t state_offset = kAlwaysKnown;
  std::uint32_t field = 0;
  std::size_t count_offset = 0;     // of 8 bytes
  std::size_t complete_offset = 0;  // of 4 bytes
};

struct StoredRow {
  std::vector<StoredFact> facts;
  std::vector<StoredText> texts;
  std::vector<StoredList> lists;
  std::vector<std::uint64_t> always_known;  // bits by field
  bool has_others = false;                  // that somebody else loads
  std::vector<std::uint32_t> dates;         // fields, and
  std::vector<std::int32_t> bounds;         // of periods, as in Program
};

class NativeRows {
 public:
  NativeRows();
  ~NativeRows();
  NativeRows(const NativeRows&) = delete;
  NativeRows& operator=(const NativeRows&) = delete;

  // Whether this build writes machine code at all.
  [[nodiscard]] static bool exist();

  // What `run` does (row_program.hpp), but that of the registers it writes only those of the answer.
  using Run = void (*)(std::int64_t* registers, const std::uint64_t* known, const std::uint64_t* absent,
                       std::uint64_t* truths);
  // Null where there is none: on another processor, or where the system gives no memory for code. The program must
  // live as long as this.
  [[nodiscard]] Run translate(const RowProgram& program);

  // Reads the row into registers and into the sets of fields that are known and absent, which are written whole. 0: a
  // state is none, or a fact is not allowed. Else `allowed`, what is left to be loaded, and from bit kPeriod on what
  // period_of says (execute.hpp).
  static constexpr std::uint32_t allowed = 1, has_texts = 2, has_entries = 4, kPeriod = 8;
  using Load = std::uint64_t (*)(const void* row, std::int64_t* registers, std::uint64_t* known, std::uint64_t* absent);
  [[nodiscard]] Load translate(const StoredRow& row);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace guiju::kernel
