// A bound row as machine code of the processor at hand, for a host that decides one case after another with the same
// binding: executed step by step, a question costs seven to twelve instructions, as code four, without a jump; and
// nothing is called or handed over on the way from the struct of the host to the words of the answer.
//
// Immutable once translated; shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
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

// A text: where it lies, and then its size.
struct StoredText {
  std::size_t state_offset = kAlwaysKnown;
  std::uint32_t field = 0;
  std::size_t offset = 0;
};
// A list, of which only the plain case is settled here: complete, and without entries.
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
  // The texts that the rules name, whose numbers are their places; every other text has one of those that follow. Null:
  // texts are loaded by others, and only their states are read here.
  const std::vector<std::string>* named = nullptr;
  std::size_t longest_text = 0;
  using IsText = bool (*)(const char* data, std::size_t size);
  IsText is_text = nullptr;  // asked of what is not ASCII; false: the row is left
  // Called where such a text is known, and always where there are other facts that it loads; states are noted by then.
  // False: the row is left.
  bool has_others = false;
  using LoadOthers = bool (*)(const void* context, const void* row, void* workspace);
  LoadOthers load_others = nullptr;
  const void* context = nullptr;
};

// Where things lie in the block of words that one decision works in.
struct RowPlaces {
  std::size_t answer = 0, registers = 0, known = 0, absent = 0;
};

struct RowSource {
  StoredRow row;
  RowPlaces places;
  std::vector<std::uint32_t> dates;         // fields of the reference dates
  const Calendar* calendar = nullptr;       // what governs
  std::vector<const RowProgram*> versions;  // null: its rows are left
};

class NativeRow {
 public:
  // Null where there is none: on another processor, or where the system gives no memory for code. The programs must
  // live as long as this.
  [[nodiscard]] static std::unique_ptr<const NativeRow> translate(const RowSource& source);
  ~NativeRow();
  NativeRow(const NativeRow&) = delete;
  NativeRow& operator=(const NativeRow&) = delete;

  // Whether this build writes machine code at all.
  [[nodiscard]] static bool exists();

  // Reads the row, fills the block, and gives the flags of the answer. 0: it is left, whatever stands in the block.
  [[nodiscard]] std::uint64_t decide(const void* row, std::uint64_t* block, void* workspace) const {
    return decide_(row, block, workspace);
  }

 private:
  struct Memory;
  using Decide = std::uint64_t (*)(const void* row, std::uint64_t* block, void* workspace);
  explicit NativeRow(std::unique_ptr<Memory> memory);
  std::unique_ptr<Memory> memory_;
  Decide decide_ = nullptr;
};

}  // namespace guiju::kernel
