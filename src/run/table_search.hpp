// Which rows of a decision table the keys can hit.
#pragma once

#include <span>
#include <string_view>

#include "run/assumptions.hpp"
#include "run/value.hpp"

namespace guiju::run {

struct Key {
  const Value* value;
  plan::SlotClass cls;
  std::string_view text;
  const Assumptions* supposed = nullptr;  // what an open text is not
};

// A row value: the numbers of all rows that can be hit, the hole being the row after the last. Up to 63 rows as a mask,
// otherwise as one row or as any.
[[nodiscard]] Value find_rows(const plan::TableInfo& table, std::span<const Key> keys);

// Tells where the keys stand to everything that the rows say of them.
void trace_keys(const plan::TableInfo& table, std::span<const Key> keys, Trace& trace);

// Calls f with every row that the value may be, of so many; what lies past them is no row.
template <typename F>
void for_each_row(const Value& row, std::size_t count, F&& f) {
  if (!may(row, Value::has_value)) return;
  if (row.any) {
    for (std::size_t i = 0; i < count; ++i) f(static_cast<plan::Index>(i));
    return;
  }
  if (row.mask != 0) {
    for (std::size_t i = 0; i < 64 && i < count; ++i) {
      if ((row.mask >> i & 1U) != 0) f(static_cast<plan::Index>(i));
    }
    return;
  }
  if (row.low < static_cast<i128>(count)) f(static_cast<plan::Index>(row.low));
}

}  // namespace guiju::run
