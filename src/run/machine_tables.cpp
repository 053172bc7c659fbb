// Look-ups in tables, and grades: what the operations on rows and levels do to abstract values.
#include <algorithm>
#include <bit>

#include "run/machine.hpp"
#include "run/table_search.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotClass;

Value Machine::look(const Op& op) const {
  const plan::TableInfo& table = plan_.tables[op.aux];
  std::vector<Key> keys;
  for (const plan::SlotId slot : plan_.operands[op.c]) {
    const Value& v = at(slot);
    if ((v.state & ~kFaults) == 0) return v;
    keys.push_back(
        {&v, class_of(slot), v.text == kNone ? std::string_view{} : decision_.texts[v.text], decision_.supposed});
  }
  if (decision_.trace != nullptr) trace_keys(table, keys, *decision_.trace);
  return find_rows(table, keys);
}

Value Machine::cell(const Op& op) {
  const plan::ColumnInfo& column = plan_.columns[op.aux];
  const SlotClass cls = class_of(op.out);
  const Value row = at(op.a);
  Value v;
  add_faults(v, row);
  bool any = false;
  for_each_row(row, column.cells.size(), [&](Index i) {
    const plan::CellInfo& cell = column.cells[i];
    Value c;
    switch (cell.kind) {
      case plan::CellInfo::constant:
        c = constant({cls, cell.c, cell.text, false, false});
        break;
      case plan::CellInfo::slot:
        c = at(cell.from);
        break;
      case plan::CellInfo::absent:
        c = absent_value();
        break;
      case plan::CellInfo::no_limit:
        c = unlimited_value();
        break;
      case plan::CellInfo::refused:
        c = refused_value();
        break;
      case plan::CellInfo::nothing:
        return;
      case plan::CellInfo::gap:
        c = unknown(section_.slots[op.out]);
        break;
    }
    const std::uint8_t before = faults(v);
    v = any ? join(v, c, cls) : c;
    v.state |= before;
    any = true;
  });
  return v;
}

Value Machine::hit(const Op& op) const {
  const Value& row = at(op.a);
  const auto& rows = plan_.row_sets[op.aux];
  std::uint64_t mask = 0;
  const std::size_t count = rows.empty() ? 0 : static_cast<std::size_t>(rows.back()) + 2;
  if (row.any) return mask_value(kTrue | kFalse);
  for_each_row(row, std::max(count, static_cast<std::size_t>(row.high) + 1),
               [&](Index i) { mask |= std::binary_search(rows.begin(), rows.end(), i) ? kTrue : kFalse; });
  return with_faults(mask_value(mask), row);
}

Value Machine::grade(const Op& op) const {
  const Value& row_hit = at(op.a);
  const auto& truths = plan_.operands[op.aux];
  const auto& levels = plan_.row_sets[op.c];
  std::uint64_t mask = may_be_false(row_hit) ? plan::kNoRow : 0;
  Value faulty;
  add_faults(faulty, row_hit);
  bool certain = false;
  bool blocked = false;  // a level that cannot be told leaves open what comes after it
  for (std::size_t i = 0; i < truths.size() && !certain && !blocked && may_be_true(row_hit); ++i) {
    const Value& t = at(truths[i]);
    if (may_be_true(t)) mask |= std::uint64_t{1} << levels[i];
    add_faults(faulty, t);
    blocked = t.mask == 0 && faults(t) != 0;
    certain = is_true(t);
  }
  if (!certain && !blocked && may_be_true(row_hit)) mask |= op.b == kNone ? plan::kBelow : std::uint64_t{1} << op.b;
  return with_faults(mask_value(mask), faulty);
}

// The state of an unclassified grade is worse than all levels; an absent grade drops out.
Value Machine::extreme(const Op& op) const {
  const Value& a = at(op.a);
  const Value& b = at(op.b);
  const auto& rank = plan_.enums[op.aux].rank;
  const bool worst = op.code == Operation::WORST;
  const auto badness = [&](unsigned bit) -> unsigned { return bit < rank.size() ? rank[bit] : 64U + bit; };
  std::uint64_t mask = 0;
  for (std::uint64_t x = a.mask; x != 0; x &= x - 1) {
    const auto i = static_cast<unsigned>(std::countr_zero(x));
    for (std::uint64_t y = b.mask; y != 0; y &= y - 1) {
      const auto j = static_cast<unsigned>(std::countr_zero(y));
      mask |= std::uint64_t{1} << ((badness(i) >= badness(j)) == worst ? i : j);
    }
  }
  if (may(a, Value::may_be_absent)) mask |= b.mask;
  if (may(b, Value::may_be_absent)) mask |= a.mask;
  Value v = mask_value(mask);
  if (may(a, Value::may_be_absent) && may(b, Value::may_be_absent)) v.state |= Value::may_be_absent;
  return with_faults(v, a, b);
}

}  // namespace guiju::run
