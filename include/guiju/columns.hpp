// Many cases at once: facts and answers as columns, one integer a row. See "columns" in guiju.h. One thread at a time;
// a workspace for each.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "guiju/facts.hpp"

namespace guiju {
inline namespace v0 {

enum class Element : std::int32_t {
  int8 = GJ_INT8,
  int16 = GJ_INT16,
  int32 = GJ_INT32,
  int64 = GJ_INT64,
  text = GJ_TEXT_VIEW,  // rows only
  list = GJ_LIST_VIEW,
};

// How one fact stands in memory; see gj_column.
struct Column {
  Field field;
  Element element = Element::int64;
  std::int32_t scale = 0;
  bool may_be_unknown = false, may_be_absent = false;
  std::vector<std::string_view> dictionary = {};
};

// Its rows; see gj_column_rows.
struct ColumnRows {
  const void* values = nullptr;
  const std::uint64_t* known = nullptr;
  const std::uint64_t* absent = nullptr;
};

// How many bytes the answers have beside the outcome: 1, 2, 4 or 8; 0: not asked for.
struct AnswerWidths {
  std::int32_t version = 0, amount = 0, failed = 0;
};
// Where they go; null where nobody wants them.
struct AnswerRows {
  std::int8_t* outcomes = nullptr;  // Outcome
  void *versions = nullptr, *amounts = nullptr, *failed = nullptr;
};

class Columns {
 public:
  static Result<Columns> of(Program program, std::span<const Column> columns, AnswerWidths answers = {}) {
    std::vector<std::vector<gj_text>> dictionaries;
    std::vector<gj_column> in;
    dictionaries.reserve(columns.size());
    for (const Column& column : columns) {
      auto& texts = dictionaries.emplace_back();
      for (const std::string_view text : column.dictionary) texts.push_back({text.data(), text.size()});
      in.push_back({sizeof(gj_column), column.field.handle(), static_cast<gj_element>(column.element), column.scale,
                    column.may_be_unknown ? 1 : 0, column.may_be_absent ? 1 : 0, texts.data(), texts.size()});
    }
    const gj_answer_widths widths{sizeof(gj_answer_widths), answers.version, answers.amount, answers.failed};
    gj_columns* handle = nullptr;
    gj_error* error = nullptr;
    const gj_status status = gj_columns_new(program.handle(), in.data(), in.size(), &widths, &handle, &error);
    if (status < 0) return Error(status, error);
    return Columns(handle, columns.size());
  }
  [[nodiscard]] gj_columns* handle() const { return handle_.get(); }

  // The host's day; see Decision::set_as_at.
  Status set_as_at(Date day) { return static_cast<Status>(gj_columns_set_as_at(handle_.get(), detail::in(day))); }
  // The rules as they were known on that day, no day: all of them; see Decision::set_known_on.
  Status set_known_on(std::optional<Date> day) {
    return static_cast<Status>(gj_columns_set_known_on(handle_.get(), day ? detail::in(*day) : gj_date{0, 0, 0}));
  }
  [[nodiscard]] std::size_t failed_count() const { return gj_columns_failed_count(handle_.get()); }

  // `rows` by column, as many as there are columns. True, or why an answer does not fit.
  Result<bool> decide(std::span<const ColumnRows> rows, std::size_t row_count, const AnswerRows& answers) {
    if (rows.size() != columns_) return Error(Status::argument);
    rows_.clear();
    for (const ColumnRows& r : rows) rows_.push_back({r.values, r.known, r.absent});
    const gj_answer_rows out{sizeof(gj_answer_rows), answers.outcomes, answers.versions, answers.amounts,
                             answers.failed};
    gj_error* error = nullptr;
    const gj_status status = gj_decide_columns(handle_.get(), rows_.data(), row_count, &out, &error);
    if (status < 0) return Error(status, error);
    return true;
  }

 private:
  struct Delete {
    void operator()(gj_columns* columns) const { gj_columns_delete(columns); }
  };
  Columns(gj_columns* handle, std::size_t columns) : handle_(handle), columns_(columns) {}
  std::unique_ptr<gj_columns, Delete> handle_;
  std::size_t columns_;
  std::vector<gj_column_rows> rows_;
};

}  // namespace v0
}  // namespace guiju
