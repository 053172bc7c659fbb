// A programme over columns: blocks of rows that stay in the cache, every version in one go. A row of which the kernels
// do not speak is left open, for the machine of the floor above. One thread at a time; deciding allocates nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "kernel/kernel.hpp"
#include "kernel/lane_program.hpp"
#include "kernel/strips.hpp"

namespace guiju::kernel {

// How one field stands in memory. A value v is (v · factor / divisor) in the scale of the field, or, where there is a
// dictionary, dictionary[v].
struct Column {
  std::uint32_t field = 0;
  Width width = w64;
  Range allowed;  // in the scale of the field; any other value is open, and so is one finer than the scale
  std::int64_t factor = 1, divisor = 1;
  bool is_dictionary = false;
  std::vector<std::int64_t> dictionary;
  bool may_be_unknown = false, may_be_absent = false;
  bool is_list = false;  // known, complete and empty; has no values
};

// The rows of one column. Bit i % 64 of word i / 64 speaks of row i.
struct ColumnRows {
  const void* values = nullptr;
  const std::uint64_t* known = nullptr;   // none: every row that is not absent
  const std::uint64_t* absent = nullptr;  // none: no row
};

enum Answer : std::int8_t { open = -1, eligible = 0, ineligible = 1, referred = 3, not_in_force = 4 };

// What is asked for, and how wide; of the amount and the version that of nothing where there is none.
struct Asked {
  std::optional<Width> version;  // by section; -1: none
  std::optional<Width> amount;   // fen; 0 unless eligible
  std::optional<Width> failed;   // a set of requirements; 0 unless ineligible
};
struct AnswerRows {
  void* outcome = nullptr;  // Answer, 8 bits; may be none
  void *version = nullptr, *amount = nullptr;
  void* const* failed = nullptr;  // by word of 64 requirements, `words` of them
};

class Columns {
 public:
  Columns(const Program& program, std::uint32_t fields, std::vector<Column> columns, const Asked& asked,
          const Loops& loops = kernel::loops(), bool wants_machine_code = true);

  // Whether every answer fits into the width that was asked for.
  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] std::size_t words() const { return words_; }  // of `failed`

  // Decides n rows from `first`, a multiple of kBlock; at most kBlock. `rows` by column. Returns how many are open;
  // of those the answers hold nothing of use but the outcome.
  std::size_t decide(const ColumnRows* rows, std::size_t first, std::size_t n, const AnswerRows& out);
  // The open rows of that block, rising, from the beginning of the columns.
  [[nodiscard]] const std::size_t* open() const { return open_.data(); }

  [[nodiscard]] const LaneProgram& program() const { return program_; }
  [[nodiscard]] bool has_machine_code() const { return strips_ != nullptr; }
  // Whole blocks without being laid into lanes.
  [[nodiscard]] bool decides_in_place() const { return from_columns_ != nullptr; }

 private:
  struct Source {  // of one column
    Column column;
    Width width = w64;         // of its lane
    std::int64_t unknown = 0;  // what stands in the lane where nothing is known
    Range allowed;             // in what is stored
    bool is_even = false;      // what is stored is the value, a part of it, or is looked up: for whole blocks alike
    std::int64_t filler = 0;   // an allowed one that is stored: that of the lane, if it can be
    std::optional<LaneProgram::Slot> values, known, absent;
    std::byte *value_lane = nullptr, *unknown_lane = nullptr, *filler_lane = nullptr;
    std::int8_t *known_lane = nullptr, *absent_lane = nullptr;
  };
  struct Answered {
    std::size_t width = 1;      // bytes
    std::byte* lane = nullptr;  // for rows that do not fill a block
  };

  void compile(const Program& program, std::uint32_t fields, const Asked& asked);
  void find_slots();
  void prepare_memory();
  void bind_steps();
  std::byte* take(std::size_t bytes);
  void load(Source& source, const ColumnRows& rows, std::size_t first, std::size_t n);
  void load_states(Source& source, const ColumnRows& rows, std::size_t first, std::size_t n);
  // `values` in the rows in which the field is known, `others` in all others; `out`.
  const void* where_known(const Source& source, Width width, const void* values, const std::byte* others,
                          std::byte* out) const;
  bool admit(Source& source, const void* values);
  bool load_fast(Source& source, bool masked, const void* values, std::size_t n);
  void load_slowly(Source& source, const void* values, std::size_t n);
  // Memory of the next block, which is fetched while this one is decided.
  struct Ahead {
    std::uintptr_t at = 0;
    std::size_t bytes = 0;
    bool is_written = false;
  };
  void look_ahead(const ColumnRows* rows, std::size_t next, const AnswerRows& out);
  void fetch(std::size_t lines);  // so many more
  void run();
  void write_machine_code();
  [[nodiscard]] std::vector<StripColumn> columns_of_strips() const;
  bool run_from_columns(const ColumnRows* rows, std::size_t first);
  void run_loops(std::size_t first, std::size_t last);

  // The answers in the order of the program, with how wide they are.
  template <typename Visit>
  void each_answer(const AnswerRows& out, const Visit& visit) const {
    std::size_t number = 0;
    visit(out.outcome, number++);
    if (asks_version_) visit(out.version, number++);
    if (asks_amount_) visit(out.amount, number++);
    for (std::size_t w = 0; asks_failed_ && w < words_; ++w)
      visit(out.failed == nullptr ? nullptr : out.failed[w], number++);
  }

  const Loops& loops_;
  std::vector<Source> sources_;
  LaneProgram program_;
  std::vector<void*> lanes_;              // by place
  std::vector<Lanes> bound_;              // by step
  std::vector<Loop> steps_;               // likewise
  std::unique_ptr<const Strips> strips_;  // none: all steps are left to the loops
  // Whole blocks of columns that are stored as their lanes are, or nearly so; none: they are laid into lanes first.
  std::unique_ptr<const Strips> from_columns_;
  std::byte* scratch_ = nullptr;
  // Where a lane is read or written that lies elsewhere for every block.
  struct Use {
    LaneProgram::Slot slot = 0;
    std::uint32_t step = 0;
    char operand = 'a';  // or b, c, o for out
  };
  std::vector<Use> uses_;
  std::vector<Answered> answers_;
  std::vector<Ahead> ahead_;
  std::size_t regions_ = 0;              // of `ahead_`
  std::size_t lines_ahead_ = 0;          // of the cache, in all regions
  std::size_t region_ = 0, offset_ = 0;  // fetched next
  std::vector<LaneProgram::Slot> answer_slots_;
  std::vector<std::byte> memory_;
  std::size_t taken_ = 0;
  std::byte* spare_lane_ = nullptr;
  std::vector<std::int8_t> bad_;  // by row of the block
  bool has_bad_ = false;
  std::vector<std::size_t> open_;
  std::size_t words_ = 0;
  bool asks_version_ = false, asks_amount_ = false, asks_failed_ = false;
  bool fits_ = true;
};

}  // namespace guiju::kernel
