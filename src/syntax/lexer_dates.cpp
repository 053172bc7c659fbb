// Dates, `2024-08-25` and `2024年8月25日`, checked against the calendar; and what people write instead of them.
#include "diagnostics/codes.hpp"
#include "syntax/lexer_characters.hpp"
#include "syntax/lexer_scanner.hpp"
#include "syntax/spoken.hpp"

namespace guiju::syntax {
namespace {

constexpr std::string_view kYear = "年";
constexpr std::string_view kMonth = "月";
constexpr std::string_view kDay = "日";
constexpr std::string_view kSpokenDay = "号";

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

bool is_plausible(int year, int month, int day) {
  return year >= kFirstYear && year <= kLastYear && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string iso(int year, int month, int day) {
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

}  // namespace

Scanner::SmallNumber Scanner::small_number(Offset begin) const {
  SmallNumber number;
  number.end = begin;
  for (Char c = at(begin); digit_value(c.value) >= 0 && number.digits < 5; c = at(number.end)) {
    number.value = number.value * 10 + digit_value(c.value);
    number.end += c.length;
    ++number.digits;
  }
  return number;
}

bool Scanner::scan_date() {
  const Offset begin = pos_;
  const SmallNumber year = small_number(begin);
  if (year.digits == 4) {
    if (slice(year.end, size()).starts_with(kYear)) return scan_chinese_date(begin, year.end, year.value);
    if (scan_written_date(begin, year.end, year.value)) return true;
  }
  return scan_slashed_date(begin, year) || scan_english_date(begin);
}

// `5/1/2025`: of the two numbers before the year, nobody says which is the month.
bool Scanner::scan_slashed_date(Offset begin, const SmallNumber& first) {
  if (first.digits == 0 || first.digits > 2 || !is_ascii_at(first.end, "/")) return false;
  const SmallNumber second = small_number(after(first.end));
  if (second.digits == 0 || second.digits > 2 || !is_ascii_at(second.end, "/")) return false;
  const SmallNumber year = small_number(after(second.end));
  const bool month_first = is_plausible(year.value, first.value, second.value);
  const bool day_first = is_plausible(year.value, second.value, first.value);
  if (year.digits != 4 || (!month_first && !day_first)) return false;
  const std::string american = iso(year.value, first.value, second.value);
  const std::string european = iso(year.value, second.value, first.value);
  const bool both = month_first && day_first && american != european;
  report(
      Code::date_form, begin, year.end,
      {std::string(slice(begin, year.end)), both ? bilingual(american + " or " + european, american + " 或 " + european)
                                            : month_first ? american
                                                          : european});
  if (month_first)
    finish_date(begin, year.end, year.value, first.value, second.value);
  else
    finish_date(begin, year.end, year.value, second.value, first.value);
  return true;
}

// `May 1, 2025` and `1 May 2025`, with `1st` too.
bool Scanner::scan_english_date(Offset begin) {
  const auto day_at = [&](Offset at) {
    SmallNumber day = small_number(at);
    const Offset end = word_end(day.end);
    for (const std::string_view ordinal : {"st", "nd", "rd", "th"}) {
      if (slice(day.end, end) == ordinal) day.end = end;
    }
    return day;
  };
  const bool day_first = digit_value(value_at(begin)) >= 0;
  SmallNumber day = day_first ? day_at(begin) : SmallNumber{};
  const Offset name = day_first ? after_blanks(day.end) : begin;
  const int month = english_month(slice(name, word_end(name)));
  if (month == 0) return false;
  Offset end = word_end(name);
  if (!day_first) {
    day = day_at(after_blanks(is_ascii_at(end, ".") ? after(end) : end));
    end = day.end;
  }
  if (is_ascii_at(end, ",")) end = after(end);
  const SmallNumber year = small_number(after_blanks(end));
  if (day.digits == 0 || day.digits > 2 || year.digits != 4 || !is_plausible(year.value, month, day.value))
    return false;
  report(Code::date_form, begin, year.end, {std::string(slice(begin, year.end)), iso(year.value, month, day.value)});
  finish_date(begin, year.end, year.value, month, day.value);
  return true;
}

// `自2025-03-01` is not a name less 3 less 1, and `自2025年3月1日` no name at all, as 自 is a keyword. Latin words are
// written with blanks, so `a2024-12-11` stays what it says.
Offset Scanner::date_in_word(Offset begin, Offset end) const {
  if (is_ascii_at(end, "-")) return written_date_in_word(begin, end);
  if (slice(begin, end).find(kYear) == std::string_view::npos) return end;
  for (Offset year = begin; year < end; year = after(year)) {
    if (digit_value(value_at(year)) < 0) continue;
    const std::span<const Phrase> phrases = phrases_of(slice(begin, year));
    return phrases.empty() || !is_chinese_date(year) ? end : year;
  }
  return end;
}

Offset Scanner::written_date_in_word(Offset begin, Offset end) const {
  const SmallNumber month = small_number(after(end));
  if (month.digits != 2 || !is_ascii_at(month.end, "-") || small_number(after(month.end)).digits != 2) return end;
  Offset year = end;  // of the digits that end the word
  int digits = 0;
  bool latin = true;
  for (Offset offset = begin; offset < end; offset = after(offset)) {
    const char32_t c = value_at(offset);
    const bool is_digit = digit_value(c) >= 0;
    if (is_digit && digits == 0) year = offset;
    digits = is_digit ? digits + 1 : 0;
    if (!is_digit) latin = c < 0x80;
  }
  return digits == 4 && !latin ? year : end;
}

bool Scanner::is_chinese_date(Offset begin) const {
  Offset at = begin;
  for (const std::string_view unit : {kYear, kMonth, kDay}) {
    const SmallNumber number = small_number(at);
    if (number.digits == 0 || !slice(number.end, size()).starts_with(unit)) return false;
    at = number.end + static_cast<Offset>(unit.size());
  }
  return true;
}

// dddd-dd-dd is a date always; fewer digits, `/` or `.` are only taken for one where the numbers could be.
bool Scanner::scan_written_date(Offset begin, Offset year_end, int year) {
  const std::string_view separator = ascii_at(year_end);
  if (separator != "-" && separator != "/" && separator != ".") return false;
  const SmallNumber month = small_number(after(year_end));
  if (month.digits == 0 || month.digits > 2 || ascii_at(month.end) != separator) return false;
  const SmallNumber day = small_number(after(month.end));
  if (day.digits == 0 || day.digits > 2) return false;

  const bool proper = separator == "-" && month.digits == 2 && day.digits == 2;
  if (!proper) {
    if (!is_plausible(year, month.value, day.value)) return false;
    report(Code::date_form, begin, day.end, {std::string(slice(begin, day.end)), iso(year, month.value, day.value)});
  }
  finish_date(begin, day.end, year, month.value, day.value);
  return true;
}

bool Scanner::scan_chinese_date(Offset begin, Offset year_end, int year) {
  const auto size_of = [](std::string_view word) { return static_cast<Offset>(word.size()); };
  const SmallNumber month = small_number(year_end + size_of(kYear));
  if (month.digits == 0 || month.digits > 2 || !slice(month.end, size()).starts_with(kMonth)) return false;
  const SmallNumber day = small_number(month.end + size_of(kMonth));
  if (day.digits == 0 || day.digits > 2) return false;  // a year and a month: refused as a unit
  const std::string_view rest = slice(day.end, size());
  if (rest.starts_with(kDay)) {
    finish_date(begin, day.end + size_of(kDay), year, month.value, day.value);
    return true;
  }
  if (!rest.starts_with(kSpokenDay)) return false;
  const Offset end = day.end + size_of(kSpokenDay);
  report(Code::date_form, begin, end, {std::string(slice(begin, end)), iso(year, month.value, day.value)});
  finish_date(begin, end, year, month.value, day.value);
  return true;
}

void Scanner::finish_date(Offset begin, Offset end, int year, int month, int day) {
  Literal literal;
  literal.digits = iso(year, month, day);
  const CivilDate civil{year, month, day};
  const bool in_calendar = month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
  if (!in_calendar) {
    const std::string most = month >= 1 && month <= 12 ? std::to_string(days_in(year, month)) : std::string();
    if (most.empty()) {
      report(Code::no_such_month, begin, end, {std::string(slice(begin, end))});
    } else {
      report(Code::no_such_day, begin, end,
             {std::string(slice(begin, end)), padded(year, 4) + "-" + padded(month, 2), most});
    }
  } else if (!is_valid(civil)) {
    report(Code::date_out_of_range, begin, end, {std::string(slice(begin, end))});
  } else {
    literal.day = to_day(civil);
  }
  const std::uint32_t index = keep(std::move(literal));
  pos_ = end;
  emit(TokenKind::date, begin, end).literal = index;

  // What is glued to a date belongs to no name: 前 leaves open whether the day counts, anything else lacks a blank.
  const Offset word = word_end(end);
  if (word == end) return;
  const std::string_view glued = slice(end, word);
  for (const std::string_view vague : {"以前", "之前", "前"}) {
    if (!glued.starts_with(vague)) continue;
    const Offset vague_end = end + static_cast<Offset>(vague.size());
    report(Code::word_before, end, vague_end, {std::string(vague)});
    pos_ = vague_end;
    return;
  }
  Offset run = run_end(end);
  if (run > word && is_ascii_at(run, "-")) run = small_number(after(small_number(after(run)).end)).end;
  std::string apart(glued);
  if (run > word) apart.append(" ").append(slice(word, run));
  report(Code::glued_to_date, end, run, {std::string(slice(begin, end)), apart});
}

// `2024年8月`, `8月25日`: a date without its year or day. Read as a number, so that the rest of the line is read too.
bool Scanner::refuse_partial_date(Offset begin, Offset word) {
  const std::string_view rest = slice(word, size());
  const std::string_view first = rest.starts_with(kYear)    ? kYear
                                 : rest.starts_with(kMonth) ? kMonth
                                                            : std::string_view{};
  if (first.empty() || small_number(word + static_cast<Offset>(first.size())).digits == 0) return false;
  pos_ = word_end(word);
  report(Code::partial_date, begin, pos_, {std::string(slice(begin, pos_))});
  emit(TokenKind::date, begin, pos_);
  return true;
}

}  // namespace guiju::syntax
