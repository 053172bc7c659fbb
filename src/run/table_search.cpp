// Patterns against values: certainly, possibly or never.
#include "run/table_search.hpp"

#include <algorithm>
#include <bit>

namespace guiju::run {

using plan::PatternInfo;
using plan::SlotClass;

namespace {

enum class Match : std::uint8_t { never, maybe, always };

Match from(bool possible, bool certain) {
  return certain ? Match::always : possible ? Match::maybe : Match::never;
}

Match match_interval(const PatternInfo::Interval& i, const Value& v) {
  const auto above_low = [&](const Fraction& x) {
    const int order = compare(x, {i.low, 1});
    return order > 0 || (order == 0 && !i.low_open);
  };
  const auto below_high = [&](const Fraction& x) {
    const int order = compare(x, {i.high, 1});
    return order < 0 || (order == 0 && !i.high_open);
  };
  const bool some_above = !i.has_low || v.high_open_end || above_low(high_of(v));
  const bool some_below = !i.has_high || v.low_open_end || below_high(low_of(v));
  const bool all_above = !i.has_low || (!v.low_open_end && above_low(low_of(v)));
  const bool all_below = !i.has_high || (!v.high_open_end && below_high(high_of(v)));
  return from(some_above && some_below, all_above && all_below);
}

Match match_areas(const PatternInfo& p, const Value& v) {
  Match best = Match::never;
  for (const Region r : p.regions) {
    const Area area = area_of(r);
    best = std::max(best, from(v.low <= area.last && area.first <= v.high, area.first <= v.low && v.high <= area.last));
  }
  return best;
}

Match match_value(const PatternInfo& p, const Key& key) {
  const Value& v = *key.value;
  switch (p.kind) {
    case PatternInfo::any:
      return Match::always;
    case PatternInfo::absent:
      return Match::never;
    case PatternInfo::member_set:
      return from((v.mask & p.mask) != 0, (v.mask & ~p.mask) == 0);
    case PatternInfo::interval: {
      Match best = Match::never;
      for (const auto& i : p.intervals) best = std::max(best, match_interval(i, v));
      return best;
    }
    case PatternInfo::text_set:
      if (v.any) {
        const auto excluded = [&](const std::string& t) { return key.supposed->excludes(v, t); };
        const bool none = key.supposed != nullptr && std::all_of(p.texts.begin(), p.texts.end(), excluded);
        return none ? Match::never : Match::maybe;
      }
      return std::find(p.texts.begin(), p.texts.end(), key.text) != p.texts.end() ? Match::always : Match::never;
    case PatternInfo::region_set:
      if (v.any) return Match::maybe;
      return match_areas(p, v);
  }
  return Match::never;
}

Match invert(Match m) {
  return m == Match::always ? Match::never : m == Match::never ? Match::always : m;
}

// A key may hold a value, be absent, or be unlimited; the row matches for certain only where it does for all.
Match match(const PatternInfo& p, const Key& key) {
  bool possible = false;
  bool certain = true;
  const auto consider = [&](Match m) {
    if (p.negated) m = invert(m);
    possible = possible || m != Match::never;
    certain = certain && m == Match::always;
  };
  if (may(*key.value, Value::has_value)) consider(match_value(p, key));
  if (may(*key.value, Value::may_be_absent)) {
    consider(p.kind == PatternInfo::any || p.kind == PatternInfo::absent ? Match::always : Match::never);
  }
  if (may(*key.value, Value::may_be_unlimited)) consider(p.kind == PatternInfo::any ? Match::always : Match::never);
  return from(possible, certain);
}

class RowSet {
 public:
  explicit RowSet(std::size_t rows) : small_(rows < 64) {}
  void add(std::size_t row) {
    if (small_) mask_ |= std::uint64_t{1} << row;
    last_ = row;
    ++count_;
  }
  [[nodiscard]] Value value() const {
    Value v;
    v.state = Value::has_value;
    if (count_ == 1) {
      v.low = v.high = static_cast<i128>(last_);
      if (small_) v.mask = mask_;
      return v;
    }
    v.any = !small_;
    v.mask = mask_;
    v.low = 0;
    v.high = static_cast<i128>(last_);
    return v;
  }

 private:
  bool small_;
  std::uint64_t mask_ = 0;
  std::size_t last_ = 0, count_ = 0;
};

// Where one key alone is open, rows that match it possibly and all other keys surely may cover it together: then there
// is no hole.
class Cover {
 public:
  Cover(const plan::TableInfo& table, std::span<const Key> keys) : table_(table), keys_(keys) {
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (is_known(*keys[k].value, keys[k].cls)) continue;
      open_ = count_ == 0 ? k : open_;
      ++count_;
    }
  }
  void consider(std::size_t row) {
    if (count_ != 1 || keys_[open_].value->state != Value::has_value) return;
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      if (k != open_ && match(table_.rows[row][k], keys_[k]) != Match::always) return;
    }
    const PatternInfo& p = table_.rows[row][open_];
    if (p.kind == PatternInfo::member_set) mask_ |= p.negated ? ~p.mask : p.mask;
    if (p.kind == PatternInfo::interval && !p.negated)
      intervals_.insert(intervals_.end(), p.intervals.begin(), p.intervals.end());
  }
  [[nodiscard]] bool complete() const {
    if (count_ != 1) return false;
    const Value& v = *keys_[open_].value;
    if (mask_ != 0) return (v.mask & ~mask_) == 0;
    return !intervals_.empty() && covers_interval(v);
  }

 private:
  // Walks from the lower end: each interval that holds the point moves it to its own upper end.
  [[nodiscard]] bool covers_interval(const Value& v) const {
    if (v.low_open_end || v.high_open_end) return false;
    Fraction point = low_of(v);
    bool point_open = false;  // the point itself is covered already
    for (std::size_t round = 0; round <= intervals_.size(); ++round) {
      bool moved = false;
      for (const auto& i : intervals_) {
        const int from = i.has_low ? compare({i.low, 1}, point) : -1;
        const bool starts = from < 0 || (from == 0 && (point_open || !i.low_open));
        if (!starts) continue;
        if (!i.has_high) return true;
        const int to = compare({i.high, 1}, point);
        const bool further = to > 0 || (to == 0 && !point_open && !i.high_open);
        if (!further) continue;
        point = {i.high, 1};
        point_open = !i.high_open;
        moved = true;
        const int end = compare(point, high_of(v));
        if (end > 0 || (end == 0 && point_open)) return true;
      }
      if (!moved) return false;
    }
    return false;
  }

  const plan::TableInfo& table_;
  std::span<const Key> keys_;
  std::size_t open_ = 0, count_ = 0;
  std::uint64_t mask_ = 0;
  std::vector<PatternInfo::Interval> intervals_;
};

}  // namespace

Value find_rows(const plan::TableInfo& table, std::span<const Key> keys) {
  RowSet found(table.rows.size() + 1);
  Cover cover(table, keys);
  bool hole = true;
  const auto consider = [&](std::size_t row) {
    Match m = Match::always;
    for (std::size_t k = 0; k < keys.size() && m != Match::never; ++k)
      m = std::min(m, match(table.rows[row][k], keys[k]));
    if (m == Match::never) return false;
    found.add(row);
    cover.consider(row);
    if (m == Match::always) hole = false;
    return m == Match::always && table.first_hit;
  };
  const bool by_text = table.text_key != plan::kNone && keys[table.text_key].value->state == Value::has_value &&
                       !keys[table.text_key].value->any;
  if (by_text) {
    const auto rows = table.rows_by_text.find(std::string(keys[table.text_key].text));
    if (rows != table.rows_by_text.end()) {
      for (const plan::Index row : rows->second) {
        if (consider(row)) break;
      }
    }
  } else {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (consider(row)) break;
    }
  }
  if (hole && !cover.complete()) found.add(table.rows.size());
  Value v = found.value();
  for (const Key& key : keys) add_faults(v, *key.value);
  return v;
}

void trace_keys(const plan::TableInfo& table, std::span<const Key> keys, Trace& trace) {
  for (std::size_t k = 0; k < keys.size(); ++k) {
    if (keys[k].cls == SlotClass::text && !keys[k].value->any) continue;
    std::vector<i128> bounds;
    for (const auto& row : table.rows) {
      const PatternInfo& p = row[k];
      for (const auto& i : p.intervals) {
        if (i.has_low) bounds.push_back(i.low);
        if (i.has_high) bounds.push_back(i.high);
      }
      for (const Region r : p.regions) {
        bounds.push_back(area_of(r).first);
        bounds.push_back(area_of(r).last);
      }
      for (const std::string& t : p.texts) trace.text(t);
    }
    if (!bounds.empty()) trace.against(*keys[k].value, bounds);
  }
}

}  // namespace guiju::run
