// Date arithmetic on std::chrono's proleptic Gregorian calendar; what this file adds is clamping to the end of the
// month.
#include "values/calendar.hpp"

#include <chrono>

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

void append_two_digits(std::string& out, int n) {
  out += static_cast<char>('0' + n / 10);
  out += static_cast<char>('0' + n % 10);
}
void append_year(std::string& out, int year) {
  append_two_digits(out, year / 100);
  append_two_digits(out, year % 100);
}
void append_number(std::string& out, int n) {  // of a month or day
  if (n >= 10) return append_two_digits(out, n);
  out += static_cast<char>('0' + n);
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

std::string to_iso(Day day) {
  const CivilDate d = to_civil(day);
  std::string out;
  append_year(out, d.year);
  append_two_digits(out += '-', d.month);
  append_two_digits(out += '-', d.day);
  return out;
}

std::string to_chinese(Day day) {
  const CivilDate d = to_civil(day);
  constexpr std::size_t kLongest = sizeof "2024年12月31日";
  std::string out;
  out.reserve(kLongest);
  append_year(out, d.year);
  append_number(out += "年", d.month);
  append_number(out += "月", d.day);
  return out += "日";
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
