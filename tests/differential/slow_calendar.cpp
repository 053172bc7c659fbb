// See slow_calendar.hpp.
#include "slow_calendar.hpp"

#include <algorithm>
#include <vector>

namespace guiju::reference {

int month_length(int year, int month) {
  if (month == 2) return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
  return (month == 4 || month == 6 || month == 9 || month == 11) ? 30 : 31;
}

namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

const std::vector<SlowDate>& all_days() {
  static const std::vector<SlowDate> days = [] {
    std::vector<SlowDate> list;
    for (int year = kFirstYear; year <= kLastYear; ++year)
      for (int month = 1; month <= 12; ++month)
        for (int day = 1; day <= month_length(year, month); ++day) list.push_back({year, month, day});
    return list;
  }();
  return days;
}

std::int64_t position(const SlowDate& date) {
  const auto& days = all_days();
  return std::lower_bound(days.begin(), days.end(), date) - days.begin();
}

std::int64_t epoch() {
  static const std::int64_t at = position({1970, 1, 1});
  return at;
}

}  // namespace

bool known_day(std::int64_t day) {
  return day + epoch() >= 0 && day + epoch() < static_cast<std::int64_t>(all_days().size());
}

SlowDate date_of(std::int64_t day) {
  return all_days().at(static_cast<std::size_t>(day + epoch()));
}

std::optional<std::int64_t> day_of(const SlowDate& date) {
  const auto at = static_cast<std::size_t>(position(date));
  if (at >= all_days().size() || !(all_days()[at] == date)) return std::nullopt;
  return static_cast<std::int64_t>(at) - epoch();
}

// Year and month may lie far outside the calendar; only comparisons are made with such dates.
static SlowDate shifted(std::int64_t day, std::int64_t months) {
  const SlowDate start = date_of(day);
  std::int64_t count = static_cast<std::int64_t>(start.year) * 12 + (start.month - 1) + months;
  const auto month = static_cast<int>(((count % 12) + 12) % 12);
  const auto year = static_cast<int>((count - month) / 12);
  return {year, month + 1, std::min(start.day, month_length(year, month + 1))};
}

std::optional<std::int64_t> months_later(std::int64_t day, std::int64_t months) {
  if (months > 12 * 400 || months < -12 * 400) return std::nullopt;
  return day_of(shifted(day, months));
}

std::optional<std::int64_t> days_later(std::int64_t day, std::int64_t days) {
  if (days > 200'000 || days < -200'000 || !known_day(day + days)) return std::nullopt;
  return day + days;
}

std::int64_t whole_periods(std::int64_t a, std::int64_t b, int months, bool strict) {
  const SlowDate end = date_of(b);
  const auto reached = [&](std::int64_t n) {
    const SlowDate then = shifted(a, n * months);
    return strict ? then < end : then <= end;
  };
  const SlowDate start = date_of(a);
  std::int64_t n = ((end.year - start.year) * 12 + (end.month - start.month)) / months - 2;  // near, then step by step
  while (reached(n + 1)) ++n;
  while (!reached(n)) --n;
  return n;
}

std::int64_t started_periods(std::int64_t a, std::int64_t b, int months) {
  const SlowDate end = date_of(b);
  std::int64_t n = 0;
  while (shifted(a, n * months) < end) ++n;
  return n;
}

}  // namespace guiju::reference
