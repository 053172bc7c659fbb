// Tables and grades in kernels. The rows of a small table are a set of bits: each key gives the rows that it allows, by
// a look into a table of sets, and the row is the first that all allow. A table with one key finds its row directly.
#include <algorithm>
#include <limits>

#include "kernel/lower.hpp"

namespace guiju::kernel {

using plan::CellInfo;
using plan::Index;
using plan::kNone;
using plan::Op;
using plan::PatternInfo;
using plan::SlotClass;

namespace {

constexpr std::int64_t kMostRows = 63;
constexpr std::int64_t kMostSet = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kOfBelow = 60, kOfNoRow = 61;  // as members: see plan::kBelow, plan::kNoRow

bool in_interval(const PatternInfo::Interval& i, i128 x) {
  if (i.has_low && (x < i.low || (x == i.low && i.low_open))) return false;
  return !i.has_high || (x <= i.high && (x != i.high || !i.high_open));
}

bool matches_value(const PatternInfo& p, i128 x, const std::vector<std::string>& texts) {
  switch (p.kind) {
    case PatternInfo::any:
      return true;
    case PatternInfo::absent:
      return false;
    case PatternInfo::member_set:
      return (p.mask >> static_cast<unsigned>(x) & 1U) != 0;
    case PatternInfo::interval:
      return std::any_of(p.intervals.begin(), p.intervals.end(),
                         [&](const PatternInfo::Interval& i) { return in_interval(i, x); });
    case PatternInfo::region_set:
      return std::any_of(p.regions.begin(), p.regions.end(), [&](Region r) {
        const Area area = area_of(r);
        return area.first <= x && x <= area.last;
      });
    case PatternInfo::text_set:
      return x >= 0 && x < static_cast<i128>(texts.size()) &&
             std::find(p.texts.begin(), p.texts.end(), texts[static_cast<std::size_t>(x)]) != p.texts.end();
  }
  return false;
}

bool matches_absent(const PatternInfo& p) {
  return (p.kind == PatternInfo::any || p.kind == PatternInfo::absent) != p.negated;
}

bool says_nothing(const PatternInfo& p) {
  return p.kind == PatternInfo::any && !p.negated;
}

}  // namespace

// What the key can be, cut into pieces in each of which every row says the same, and the piece that it lies in.
Lowering::Pieces Lowering::cut(const plan::TableInfo& table, std::size_t key, const Slot& slot) {
  if (slot.cls == SlotClass::list || slot.divisor != kNoRegister) throw Unsupported{};
  if (slot.cls == SlotClass::truth) return {slot.holds, {0, 1}};
  Pieces out{slot.value, {}};
  if (slot.cls == SlotClass::member) {
    for (std::int64_t m = 0; m <= b_.range(slot.value).most; ++m) out.first.push_back(m);
    return out;
  }
  std::vector<std::int64_t> bounds;
  const auto stretch = [&](i128 first, i128 after) {
    bounds.push_back(narrow(first));
    bounds.push_back(narrow(after));
  };
  for (const auto& row : table.rows) {
    const PatternInfo& p = row[key];
    for (const auto& i : p.intervals) {
      if (i.has_low) bounds.push_back(narrow(i.low_open ? i.low + 1 : i.low));
      if (i.has_high) bounds.push_back(narrow(i.high_open ? i.high : i.high + 1));
    }
    for (const Region r : p.regions) stretch(area_of(r).first, i128{area_of(r).last} + 1);
    for (const std::string& t : p.texts) {
      const std::int64_t number = b_.range(text(t)).least;
      stretch(number, number + 1);
    }
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  out.first.push_back(bounds.empty() ? 0 : i128{bounds.front()} - 1);
  out.first.insert(out.first.end(), bounds.begin(), bounds.end());
  out.piece = b_.search(slot.value, bounds);
  return out;
}

// The rows that the key allows: as a set, or, where it is the only key that is asked, the first of them.
Lowering::Allowed Lowering::allowed(const plan::TableInfo& table, std::size_t key, const Slot& slot, bool directly) {
  const Pieces pieces = cut(table, key, slot);
  const std::size_t rows = table.rows.size();
  std::vector<std::int64_t> found;
  std::vector<std::int64_t> alone;
  for (std::size_t p = 0; p <= pieces.first.size(); ++p) {
    std::uint64_t set = 0;
    std::size_t first = rows;
    std::size_t count = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      const PatternInfo& pattern = table.rows[r][key];
      const bool hit = p == pieces.first.size() ? matches_absent(pattern)
                                                : matches_value(pattern, pieces.first[p], texts_) != pattern.negated;
      if (!hit) continue;
      if (count++ == 0) first = r;
      if (!directly) set |= std::uint64_t{1} << r;
    }
    found.push_back(directly ? static_cast<std::int64_t>(first) : static_cast<std::int64_t>(set));
    alone.push_back(count <= 1 || table.first_hit ? 1 : 0);
  }
  const auto of_piece = [&](const std::vector<std::int64_t>& by) {
    const Register present = b_.at(pieces.piece, by);
    return b_.select(slot.absent, b_.set(by.back()), present);
  };
  return {of_piece(found), directly ? of_piece(alone) : b_.one()};
}

// One row, or the hole: the row after the last. Where two rows of a table that does not take the first are hit, the
// case is open.
Slot Lowering::look(const Op& op) {
  const plan::TableInfo& table = plan_.tables[op.aux];
  const auto& keys = plan_.operands[op.c];
  const auto rows = static_cast<std::int64_t>(table.rows.size());
  std::vector<std::size_t> asked;  // keys of which some row says something
  Register known = b_.one();
  for (std::size_t k = 0; k < keys.size(); ++k) {
    known = b_.all(known, b_.any(at(keys[k]).has, at(keys[k]).absent));
    if (!std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return says_nothing(row[k]); }))
      asked.push_back(k);
  }
  if (asked.empty()) return value_slot(b_, SlotClass::row, b_.zero(), known);
  if (asked.size() == 1) {
    const Allowed found = allowed(table, asked.front(), at(keys[asked.front()]), true);
    return value_slot(b_, SlotClass::row, found.rows, b_.all(known, found.alone));
  }
  if (rows > kMostRows) throw Unsupported{};
  Register sets = 0;
  for (const std::size_t k : asked) {
    const Register set = allowed(table, k, at(keys[k]), false).rows;
    sets = k == asked.front() ? set : b_.apply(Operation::AND, {0, kMostSet}, sets, set);
  }
  const Register row = b_.least(b_.apply(Operation::FIRST, {0, 64}, sets), b_.set(rows));
  const Register alone = table.first_hit ? b_.one() : b_.apply(Operation::ALONE, {0, 1}, sets);
  return value_slot(b_, SlotClass::row, row, b_.all(known, alone));
}

Slot Lowering::cell(const Op& op) {
  const plan::ColumnInfo& column = plan_.columns[op.aux];
  const Slot& row = at(op.a);
  const SlotClass cls = class_of(op.out);
  const std::size_t rows = column.cells.size();
  if (b_.range(row.value).most >= static_cast<std::int64_t>(rows)) throw Unsupported{};
  std::vector<std::int64_t> values(rows, 0);
  std::vector<std::int64_t> has(rows, 0);
  std::vector<std::int64_t> absent(rows, 0);
  std::vector<std::int64_t> unlimited(rows, 0);
  Slot computed = open_slot(b_, cls);
  Register is_computed = b_.zero();
  for (std::size_t i = 0; i < rows; ++i) {
    const CellInfo& c = column.cells[i];
    switch (c.kind) {
      case CellInfo::constant: {
        plan::ConstantInfo k;
        k.cls = cls;
        k.c = c.c;
        k.text = c.text;
        const Slot s = constant(k);
        values[i] = b_.range(cls == SlotClass::truth ? s.holds : s.value).least;
        has[i] = 1;
        break;
      }
      case CellInfo::absent:
        absent[i] = 1;
        break;
      case CellInfo::no_limit:
        unlimited[i] = 1;
        break;
      case CellInfo::slot: {
        const Register here = b_.equal(row.value, b_.set(static_cast<std::int64_t>(i)));
        computed = choice(b_, definite(b_, here), at(c.from), computed);
        is_computed = b_.any(is_computed, here);
        break;
      }
      case CellInfo::nothing:
      case CellInfo::refused:
      case CellInfo::gap:
        break;
    }
  }
  const auto where = [&](const std::vector<std::int64_t>& of) { return b_.all(row.has, b_.at(row.value, of)); };
  Slot s = cls == SlotClass::truth ? truth_where(b_, where(has), b_.at(row.value, values))
                                   : value_slot(b_, cls, b_.at(row.value, values), where(has));
  s.absent = where(absent);
  s.unlimited = where(unlimited);
  return b_.is(is_computed, 0) ? s : choice(b_, truth_where(b_, row.has, is_computed), computed, s);
}

Slot Lowering::hit(const Op& op) {
  const Slot& row = at(op.a);
  const auto& rows = plan_.row_sets[op.aux];
  std::vector<std::int64_t> hits(static_cast<std::size_t>(b_.range(row.value).most) + 1, 0);
  for (const Index r : rows) {
    if (r < hits.size()) hits[r] = 1;
  }
  return truth_where(b_, row.has, b_.at(row.value, hits));
}

// The first level whose truth holds; what cannot be told before it leaves it open.
Slot Lowering::grade(const Op& op) {
  const auto& truths = plan_.operands[op.aux];
  const auto& levels = plan_.row_sets[op.c];
  const auto member = [&](std::int64_t m) { return value_slot(b_, SlotClass::member, b_.set(m), b_.one()); };
  Slot s = member(op.b == kNone ? kOfBelow : static_cast<std::int64_t>(op.b));
  for (std::size_t i = truths.size(); i-- > 0;) s = choice(b_, at(truths[i]), member(levels[i]), s);
  return choice(b_, at(op.a), s, member(kOfNoRow));
}

// An unclassified grade is worse than all levels, an absent one drops out.
Slot Lowering::extreme(const Op& op) {
  const Slot& x = at(op.a);
  const Slot& y = at(op.b);
  const auto& rank = plan_.enums[op.aux].rank;
  std::vector<std::int64_t> badness(63, 0);
  for (std::size_t i = 0; i < badness.size(); ++i)
    badness[i] = i < rank.size() ? static_cast<std::int64_t>(rank[i]) : static_cast<std::int64_t>(64 + i);
  const Register of_x = b_.at(x.value, badness);
  const Register of_y = b_.at(y.value, badness);
  const bool worst = op.code == plan::Operation::WORST;
  const Register first = worst ? b_.at_most(of_y, of_x) : b_.less(of_x, of_y);
  const Register both = b_.select(first, x.value, y.value);
  const Register value = b_.select(x.absent, y.value, b_.select(y.absent, x.value, both));
  Slot s = value_slot(b_, SlotClass::member, value,
                      b_.any(b_.all(x.has, y.has), b_.any(b_.all(x.has, y.absent), b_.all(y.has, x.absent))));
  s.absent = b_.all(x.absent, y.absent);
  return s;
}

}  // namespace guiju::kernel
