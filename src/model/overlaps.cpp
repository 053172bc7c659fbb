// Rows of a table that one set of keys can hit. A catalogue has 100,000 rows, so rows are first parted by the values
// they ask for, key by key, and only rows that still share everything are held against each other.
#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "diagnostics/codes.hpp"
#include "model/grids.hpp"

namespace guiju::model {
namespace {

using Interval = Pattern::Interval;

bool reaches(const Interval& a, const Interval& b) {  // a's low end lies at or before b's high end
  if (!a.low || !b.high) return true;
  const int order = guiju::compare(*a.low, *b.high);
  return order < 0 || (order == 0 && !a.low_open && !b.high_open);
}

bool meet(const Interval& a, const Interval& b) {
  return reaches(a, b) && reaches(b, a);
}

bool matches_nothing(const Pattern& pattern) {
  return pattern.kind == Pattern::member_set && pattern.mask == 0;
}

bool meet_texts(const Pattern& a, const Pattern& b) {
  if (a.negated && b.negated) return true;  // there is always a further text
  const Pattern& asked = a.negated ? b : a;
  const Pattern& other = a.negated ? a : b;
  return std::any_of(asked.texts.begin(), asked.texts.end(), [&](const std::string& text) {
    const bool listed = std::find(other.texts.begin(), other.texts.end(), text) != other.texts.end();
    return listed != other.negated;
  });
}

bool meet_regions(const Pattern& a, const Pattern& b) {
  if (a.negated && b.negated) return true;
  const Pattern& asked = a.negated ? b : a;
  const Pattern& other = a.negated ? a : b;
  return std::any_of(asked.regions.begin(), asked.regions.end(), [&](Region region) {
    if (other.negated)
      return std::none_of(other.regions.begin(), other.regions.end(),
                          [&](Region area) { return region_within(region, area); });
    return std::any_of(other.regions.begin(), other.regions.end(),
                       [&](Region area) { return region_within(region, area) || region_within(area, region); });
  });
}

constexpr std::size_t kMostComparisons = 30'000'000;
constexpr std::size_t kMostReported = 20;
constexpr std::size_t kFewRows = 24;

class Search {
 public:
  explicit Search(const std::vector<Row>& rows) : rows_(rows) {}

  std::vector<Overlap> run() {
    std::vector<std::size_t> all(rows_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    part(std::move(all), 0);
    std::sort(found_.begin(), found_.end(), [](const Overlap& a, const Overlap& b) { return a.second < b.second; });
    return std::move(found_);
  }
  bool given_up() const { return given_up_; }

 private:
  // What a pattern asks for, if that is one value or a few; empty where it is a range, everything but something, or
  // anything.
  static std::vector<std::string> values_of(const Pattern& pattern) {
    std::vector<std::string> values;
    if (pattern.negated) return values;
    switch (pattern.kind) {
      case Pattern::member_set:
      case Pattern::truth:
        for (unsigned bit = 0; bit < 64; ++bit) {
          if (((pattern.mask >> bit) & 1U) != 0) values.push_back(std::to_string(bit));
        }
        return values;
      case Pattern::text_set:
        return pattern.texts;
      case Pattern::absent:
        return {"absent"};
      case Pattern::interval:
        for (const Interval& interval : pattern.intervals) {
          if (!interval.low || !interval.high || !(*interval.low == *interval.high)) return {};
          values.push_back(to_string(*interval.low));
        }
        return values;
      default:
        return {};
    }
  }

  void part(std::vector<std::size_t> rows, std::size_t key) {
    if (given_up_ || found_.size() >= kMostReported || rows.size() < 2) return;
    const std::size_t keys = rows_[rows[0]].keys.size();
    if (key >= keys || rows.size() <= kFewRows) return compare_all(rows, rows);
    std::map<std::string, std::vector<std::size_t>> groups;
    std::vector<std::size_t> wide;
    for (const std::size_t row : rows) {
      const auto values = values_of(rows_[row].keys[key]);
      if (values.empty()) wide.push_back(row);
      for (const std::string& value : values) groups[value].push_back(row);
    }
    if (groups.empty()) return part_ranges(std::move(rows), key);
    for (auto& [value, group] : groups) {
      if (!wide.empty()) compare_all(wide, group);
      part(std::move(group), key + 1);
    }
    part_ranges(std::move(wide), key);
  }

  // Rows that ask for ranges: those whose ranges hang together stay together.
  void part_ranges(std::vector<std::size_t> rows, std::size_t key) {
    if (rows.size() < 2) return;
    const bool ranges = std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
      return rows_[row].keys[key].kind == Pattern::interval && rows_[row].keys[key].intervals.size() == 1;
    });
    if (!ranges) return part(std::move(rows), key + 1);
    const auto interval = [&](std::size_t row) -> const Interval& { return rows_[row].keys[key].intervals[0]; };
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      const Interval &x = interval(a), &y = interval(b);
      if (!x.low || !y.low) return !x.low && y.low;
      const int order = guiju::compare(*x.low, *y.low);
      return order != 0 ? order < 0 : !x.low_open && y.low_open;
    });
    std::vector<std::size_t> together{rows[0]};
    Interval reach = interval(rows[0]);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const Interval& next = interval(rows[i]);
      if (!reaches(next, reach)) {
        part(std::move(together), key + 1);
        together.clear();
        reach = next;
      } else if (!next.high) {
        reach.high.reset();
      } else if (reach.high) {
        const int order = guiju::compare(*next.high, *reach.high);
        if (order > 0) reach.high = next.high;
        if (order > 0 || (order == 0 && reach.high_open)) reach.high_open = next.high_open;
      }
      together.push_back(rows[i]);
    }
    part(std::move(together), key + 1);
  }

  void compare_all(const std::vector<std::size_t>& some, const std::vector<std::size_t>& others) {
    for (const std::size_t a : some) {
      for (const std::size_t b : others) {
        if (&some == &others ? b <= a : a == b) continue;
        if (++comparisons_ > kMostComparisons) given_up_ = true;
        if (given_up_ || found_.size() >= kMostReported) return;
        if (rows_meet(a, b) && named_.insert(std::max(a, b)).second) found_.push_back({std::min(a, b), std::max(a, b)});
      }
    }
  }

  bool rows_meet(std::size_t a, std::size_t b) const {
    const auto& x = rows_[a].keys;
    const auto& y = rows_[b].keys;
    for (std::size_t i = 0; i < x.size() && i < y.size(); ++i) {
      if (!can_meet(x[i], y[i])) return false;
    }
    return true;
  }

  const std::vector<Row>& rows_;
  std::vector<Overlap> found_;
  std::set<std::size_t> named_;
  std::size_t comparisons_ = 0;
  bool given_up_ = false;
};

}  // namespace

bool can_meet(const Pattern& a, const Pattern& b) {
  if (matches_nothing(a) || matches_nothing(b)) return false;
  if (a.kind == Pattern::any || b.kind == Pattern::any) return true;
  if (a.kind != b.kind) return false;  // one of them is `absent`
  switch (a.kind) {
    case Pattern::member_set:
    case Pattern::truth:
      return (a.mask & b.mask) != 0;
    case Pattern::interval:
      return std::any_of(a.intervals.begin(), a.intervals.end(), [&](const Interval& one) {
        return std::any_of(b.intervals.begin(), b.intervals.end(),
                           [&](const Interval& other) { return meet(one, other); });
      });
    case Pattern::text_set:
      return meet_texts(a, b);
    case Pattern::region_set:
      return meet_regions(a, b);
    default:
      return true;
  }
}

bool same_pattern(const Pattern& a, const Pattern& b) {
  const auto same_interval = [](const Interval& x, const Interval& y) {
    return x.low == y.low && x.high == y.high && x.low_open == y.low_open && x.high_open == y.high_open;
  };
  return a.kind == b.kind && a.negated == b.negated && a.mask == b.mask && a.texts == b.texts &&
         a.regions == b.regions &&
         std::equal(a.intervals.begin(), a.intervals.end(), b.intervals.begin(), b.intervals.end(), same_interval);
}

std::vector<Overlap> find_overlaps(const std::vector<Row>& rows, bool& given_up) {
  Search search(rows);
  std::vector<Overlap> overlaps = search.run();
  given_up = search.given_up();
  return overlaps;
}

void report_overlaps(Context& context, const std::vector<Row>& rows) {
  bool given_up = false;
  for (const Overlap& overlap : find_overlaps(rows, given_up)) {
    context.diagnostics.add(Code::rows_overlap, rows[overlap.second].span, {},
                            {{rows[overlap.first].span, "the other row", "另一行"}});
  }
  if (given_up && !rows.empty()) context.diagnostics.add(Code::rows_too_many, rows[0].span);
}

}  // namespace guiju::model
