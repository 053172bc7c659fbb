// The reference evaluator's own calendar: a list of every day from 1900 to 2199, counted one by one. Nothing clever, so
// that src/values/calendar.cpp has something independent to be held against.
#pragma once

#include <cstdint>
#include <optional>

namespace guiju::reference {

// Days are numbered as in the model: 1970-01-01 is 0.
struct SlowDate {
  int year, month, day;
  friend bool operator==(const SlowDate&, const SlowDate&) = default;
  friend auto operator<=>(const SlowDate&, const SlowDate&) = default;
};

[[nodiscard]] SlowDate date_of(std::int64_t day);  // in range
[[nodiscard]] std::optional<std::int64_t> day_of(
    const SlowDate& date);  // no value: not in the calendar or out of range
[[nodiscard]] bool known_day(std::int64_t day);
[[nodiscard]] int month_length(int year, int month);

[[nodiscard]] std::optional<std::int64_t> months_later(std::int64_t day, std::int64_t months);
[[nodiscard]] std::optional<std::int64_t> days_later(std::int64_t day, std::int64_t days);

// Greatest n with a + n periods of `months` months <= b; `strict`: < b.
[[nodiscard]] std::int64_t whole_periods(std::int64_t a, std::int64_t b, int months, bool strict);
[[nodiscard]] std::int64_t started_periods(std::int64_t a, std::int64_t b, int months);

}  // namespace guiju::reference
