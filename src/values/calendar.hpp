// Civil dates as day numbers, and the date arithmetic of the language: anniversaries clamp to the last day of the
// month, both ends of a period belong to it. Range 1900-01-01 … 2199-12-31 (kFirstDay … kLastDay); results outside give
// no value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guiju {

using Day = std::int32_t;  // days since 1970-01-01

struct CivilDate {
  int year = 0;
  int month = 0;
  int day = 0;
};

[[nodiscard]] bool is_valid(const CivilDate& d);  // in the calendar and in the range
[[nodiscard]] Day to_day(const CivilDate& d);     // requires is_valid
[[nodiscard]] CivilDate to_civil(Day day);

inline constexpr Day kFirstDay = -25567;  // 1900-01-01
inline constexpr Day kLastDay = 84005;    // 2199-12-31
inline constexpr bool in_range(Day d) {
  return d >= kFirstDay && d <= kLastDay;
}

[[nodiscard]] std::optional<Day> parse_iso_date(std::string_view text);  // exactly dddd-dd-dd
[[nodiscard]] std::string to_iso(Day day);                               // 2024-08-25
[[nodiscard]] std::string to_chinese(Day day);                           // 2024年8月25日
// The same behind what is there.
void append_iso(std::string& out, Day day);
void append_chinese(std::string& out, Day day);

// Same day of the target month, or its last day. 2024-01-31 + 1 month = 2024-02-29.
[[nodiscard]] std::optional<Day> add_months(Day day, std::int64_t months);
[[nodiscard]] std::optional<Day> add_days(Day day, std::int64_t days);

enum class Edge : std::uint8_t { on_the_day, the_day_after };

// Greatest n with a + n years (months) <= b, or < b for the_day_after; negative by the same rule where b is before a.
[[nodiscard]] std::int64_t full_years(Day a, Day b, Edge edge);
[[nodiscard]] std::int64_t full_months(Day a, Day b, Edge edge);
// Twice the full months from a to b, and one more where days are left over: below, at or above 2 n as b is before, on
// or after a + n months.
[[nodiscard]] std::int64_t half_months(Day a, Day b);
// Least n >= 0 with a + n years >= b.
[[nodiscard]] std::int64_t started_years(Day a, Day b);

[[nodiscard]] int year_of(Day d);
[[nodiscard]] Day start_of_year(Day d);
[[nodiscard]] Day end_of_year(Day d);
[[nodiscard]] Day start_of_month(Day d);
[[nodiscard]] Day end_of_month(Day d);

}  // namespace guiju
