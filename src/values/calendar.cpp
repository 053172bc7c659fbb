// Date arithmetic on std::chrono's proleptic Gregorian calendar; what this file adds is clamping to the end of the
// month.
#include "values/calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace guiju {
namespace {

namespace chrono = std::chrono;

constexpr std::int64_t kMonthsOfRange = 300 * 12;

chrono::year_month_day ymd(Day day) {
  return chrono::year_month_day{chrono::sys_days{chrono::days{day}}};
}

Day day_of(const chrono::year_month_day& d) {
  return static_cast<Day>(chrono::sys_days{d}.time_since_epoch().count());
}

chrono::year_month_day ymd(const CivilDate& d) {
  return chrono::year{d.year} / chrono::month{static_cast<unsigned>(d.month)} /
         chrono::day{static_cast<unsigned>(d.day)};
}

// Without the range check, so that counting may look one step beyond it. |months| stays within that of the range.
Day months_later(Day day, std::int64_t months) {
  const auto from = ymd(day);
  const auto month = from.year() / from.month() + chrono::months{static_cast<int>(months)};
  const chrono::year_month_day same = month / from.day();
  return same.ok() ? day_of(same) : day_of(chrono::year_month_day{month / chrono::last});
}

std::int64_t months_between(Day a, Day b) {
  const CivilDate from = to_civil(a);
  const CivilDate to = to_civil(b);
  return (to.year - from.year) * std::int64_t{12} + (to.month - from.month);
}

// Greatest n with a + n * step months <= last. Months never repeat, so the first guess is at most one too high.
std::int64_t full_steps(Day a, Day last, std::int64_t guess, std::int64_t step) {
  std::int64_t n = guess + 1;
  while (months_later(a, n * step) > last) --n;
  return n;
}

// Written from `at` on; gives where it ends.
char* put_two_digits(char* at, int n) {
  at[0] = static_cast<char>('0' + n / 10);
  at[1] = static_cast<char>('0' + n % 10);
  return at + 2;
}
char* put_year(char* at, int year) {
  return put_two_digits(put_two_digits(at, year / 100), year % 100);
}
char* put_number(char* at, int n) {  // of a month or day
  if (n >= 10) return put_two_digits(at, n);
  *at = static_cast<char>('0' + n);
  return at + 1;
}
char* put_text(char* at, std::string_view text) {
  return std::copy(text.begin(), text.end(), at);
}

}  // namespace

bool is_valid(const CivilDate& d) {
  if (d.year < 1900 || d.year > 2199 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31) return false;
  return ymd(d).ok();
}

Day to_day(const CivilDate& d) {
  return day_of(ymd(d));
}

CivilDate to_civil(Day day) {
  const auto d = ymd(day);
  return {static_cast<int>(d.year()), static_cast<int>(static_cast<unsigned>(d.month())),
          static_cast<int>(static_cast<unsigned>(d.day()))};
}

std::optional<Day> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  bool is_digits = true;
  const auto number = [&](std::size_t begin, std::size_t end) {
    int value = 0;
    for (std::size_t i = begin; i < end; ++i) {
      is_digits = is_digits && text[i] >= '0' && text[i] <= '9';
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  const CivilDate d{number(0, 4), number(5, 7), number(8, 10)};
  if (!is_digits || !is_valid(d)) return std::nullopt;
  return to_day(d);
}

void append_iso(std::string& out, Day day) {
  const CivilDate d = to_civil(day);
  std::array<char, sizeof "2024-12-31"> text;
  char* at = put_year(text.data(), d.year);
  at = put_two_digits(put_text(at, "-"), d.month);
  at = put_two_digits(put_text(at, "-"), d.day);
  out.append(text.data(), at);
}

void append_chinese(std::string& out, Day day) {
  const CivilDate d = to_civil(day);
  std::array<char, sizeof "2024年12月31日"> text;
  char* at = put_text(put_year(text.data(), d.year), "年");
  at = put_text(put_number(at, d.month), "月");
  at = put_text(put_number(at, d.day), "日");
  out.append(text.data(), at);
}

std::string to_iso(Day day) {
  std::string out;
  append_iso(out, day);
  return out;
}

std::string to_chinese(Day day) {
  std::string out;
  append_chinese(out, day);
  return out;
}

std::optional<Day> add_months(Day day, std::int64_t months) {
  if (!in_range(day) || months > kMonthsOfRange || months < -kMonthsOfRange) return std::nullopt;
  const Day result = months_later(day, months);
  if (!in_range(result)) return std::nullopt;
  return result;
}

std::optional<Day> add_days(Day day, std::int64_t days) {
  constexpr std::int64_t longest = kLastDay - kFirstDay;
  if (days > longest || days < -longest) return std::nullopt;
  const std::int64_t result = day + days;
  if (result < kFirstDay || result > kLastDay) return std::nullopt;
  return static_cast<Day>(result);
}

std::int64_t full_years(Day a, Day b, Edge edge) {
  const Day last = edge == Edge::on_the_day ? b : b - 1;
  return full_steps(a, last, year_of(last) - year_of(a), 12);
}

std::int64_t full_months(Day a, Day b, Edge edge) {
  const Day last = edge == Edge::on_the_day ? b : b - 1;
  return full_steps(a, last, months_between(a, last), 1);
}

std::int64_t half_months(Day a, Day b) {
  const std::int64_t full = full_months(a, b, Edge::on_the_day);
  return 2 * full + (months_later(a, full) == b ? 0 : 1);
}

std::int64_t started_years(Day a, Day b) {
  if (b <= a) return 0;
  const std::int64_t full = full_years(a, b, Edge::on_the_day);
  return months_later(a, full * 12) == b ? full : full + 1;
}

int year_of(Day d) {
  return to_civil(d).year;
}

Day start_of_year(Day d) {
  return to_day({year_of(d), 1, 1});
}

Day end_of_year(Day d) {
  return to_day({year_of(d), 12, 31});
}

Day start_of_month(Day d) {
  const CivilDate c = to_civil(d);
  return to_day({c.year, c.month, 1});
}

Day end_of_month(Day d) {
  const auto c = ymd(d);
  return day_of(chrono::year_month_day{c.year() / c.month() / chrono::last});
}

}  // namespace guiju
