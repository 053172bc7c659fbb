// Many cases of one programme, as columns: decided by its kernels in blocks, and one by one where those do not speak,
// so that every row comes out as `decide` gives it. One thread at a time; reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/columns.hpp"
#include "run/bound_row.hpp"
#include "run/decide.hpp"

namespace guiju::run {

// How one field of the case stands in memory: integers as in a bound row; a text as an index into the dictionary; of a
// list nothing, it is complete and empty.
struct ColumnField {
  plan::Index field = plan::kNone;
  Element element = Element::int64;
  std::int32_t scale = 0;
  bool may_be_unknown = false, may_be_absent = false;
  std::vector<std::string> dictionary;
};

// Where the answers go; each may be none.
struct ColumnAnswers {
  std::int8_t* outcomes = nullptr;               // Outcome
  void *versions = nullptr, *amounts = nullptr;  // section or -1; fen where eligible, else 0
  void* failed =
      nullptr;  // where ineligible the requirements that fail, else 0: failed_count columns, one behind the other
};

class Columns {
 public:
  Columns(std::shared_ptr<const plan::Plan> plan, plan::Index program, std::vector<ColumnField> fields,
          const kernel::Asked& asked);

  // The first column that cannot be held so.
  [[nodiscard]] std::optional<std::size_t> misfit() const { return misfit_; }
  // Whether every answer fits into its width. False also where there is a misfit.
  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] std::size_t failed_count() const { return failed_count_; }

  // `rows` by column. The first row whose amount does not fit; those before it are decided.
  std::optional<std::size_t> decide(const kernel::ColumnRows* rows, std::size_t count, const ColumnAnswers& out);

  Options options;

 private:
  // One value as the struct of a bound row has it.
  struct Cell {
    alignas(8) std::byte value[sizeof(RowList)];
    std::int8_t state;
  };

  [[nodiscard]] std::optional<kernel::Column> column_of(const ColumnField& field);
  [[nodiscard]] std::int64_t number_of(const std::string& text);
  void count_failed();
  void fill_cell(std::size_t column, const kernel::ColumnRows& rows, std::size_t row);
  std::optional<std::size_t> decide_each(const kernel::ColumnRows* rows, std::size_t count, const ColumnAnswers& out);
  bool decide_row(const kernel::ColumnRows* rows, std::size_t row, std::size_t count, const ColumnAnswers& out);

  std::shared_ptr<const plan::Plan> plan_;
  const plan::ProgramInfo& program_;
  std::vector<ColumnField> fields_;
  kernel::Asked asked_;
  std::vector<std::string> texts_;  // by number
  RowBinding binding_;
  std::vector<Cell> cells_;
  std::unique_ptr<kernel::Columns> by_kernels_;
  std::vector<void*> failed_words_;
  std::optional<std::size_t> misfit_;
  bool fits_ = false;
  std::size_t failed_count_ = 0;
  Facts facts_;
  Decision decision_;
};

}  // namespace guiju::run
