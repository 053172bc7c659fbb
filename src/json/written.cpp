// Values as hosts write them. Each kind of field reads its own spellings; whatever does not fit is kept as a bad fact.
#include "json/written.hpp"

#include <array>
#include <cstdint>

#include "json/unit_text.hpp"
#include "values/calendar.hpp"
#include "values/utf8.hpp"

namespace guiju::json {
namespace {

using plan::FieldInfo;
using plan::SlotClass;

constexpr int kMostDigits = 38;
constexpr std::size_t kShown = 40;

std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  if (!text.empty() && !is_blank(text.front()) && !is_blank(text.back())) return text;
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

const FieldInfo& info(const run::FieldRef& field) {
  return field.layout->fields[field.field];
}

bool refuse(run::Facts& facts, const run::FieldRef& field, std::string_view got) {
  facts.set_bad(field, shorten(got));
  return false;
}

// ---- numbers
// ---------------------------------------------------------------------------------------------------------------

// 10^exponent as a fraction; no value where it is out of reach.
std::optional<Rational> power_of_ten(int exponent) {
  if (exponent < -kMostDigits || exponent > kMostDigits) return std::nullopt;
  return pow(Rational(10), exponent);
}

std::optional<int> parse_exponent(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || count_digits(text) != text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    value = value * 10 + (c - '0');
    if (value > kMostDigits) return std::nullopt;
  }
  return negative ? -value : value;
}

// How many characters of `text` are a number: sign, digits, point and digits.
std::size_t number_length(std::string_view text) {
  std::size_t n = 0;
  if (n < text.size() && (text[n] == '-' || text[n] == '+')) ++n;
  n += count_digits(text.substr(n));
  if (n < text.size() && text[n] == '.') {
    const std::size_t decimals = count_digits(text.substr(n + 1));
    if (decimals > 0) n += 1 + decimals;
  }
  return n;
}

// Zeros at the end of decimals say nothing of the value, and there may be more of them than digits can be held.
std::string_view without_last_zeros(std::string_view number) {
  if (number.find('.') == std::string_view::npos) return number;
  number = number.substr(0, number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.remove_suffix(1);
  return number;
}

std::optional<Rational> parse_signed(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const auto value = parse_decimal(without_last_zeros(text));
  return value && negative ? negate(*value) : value;
}

// Words that multiply a number before its unit: 2万元.
struct Multiplier {
  std::string_view word;
  int exponent;
};
constexpr std::array<Multiplier, 3> kMultipliers = {{{"万亿", 12}, {"亿", 8}, {"万", 4}}};

// What one written unit is in canonical units, for a field; no value where it does not fit.
std::optional<Rational> unit_factor(const FieldInfo& field, std::string_view written) {
  if (written.empty() || written == field.unit) return field.unit_factor;
  if (written == "%" || written == "\uFF05") return field.unit.empty() ? Rational::make(1, 100) : std::nullopt;
  const auto wanted = parse_unit(field.unit);
  const auto given = parse_unit(written);
  if (!wanted || !given || !same_dimension(*wanted, *given)) return std::nullopt;
  return given->factor;
}

// The number in front; `text` is left with the unit behind it.
std::optional<Rational> take_figure(std::string_view& text) {
  const std::size_t length = number_length(text);
  auto value = parse_signed(text.substr(0, length));
  std::string_view rest = text.substr(length);
  if (value && rest.starts_with('/') && rest.size() > 1 &&
      is_digit(rest[1])) {  // 2000/3: a figure without a finite decimal
    const std::size_t digits = count_digits(rest.substr(1));
    const auto divisor = parse_decimal(rest.substr(1, digits));
    value = divisor ? div(*value, *divisor) : std::nullopt;
    rest.remove_prefix(1 + digits);
  }
  rest = trim(rest);
  for (const auto& multiplier : kMultipliers) {
    if (!value || !take_prefix(rest, multiplier.word)) continue;
    const auto power = power_of_ten(multiplier.exponent);
    value = power ? mul(*value, *power) : std::nullopt;
    rest = trim(rest);
    break;
  }
  text = rest;
  return value;
}

// 80 for a percentage, as somebody writes who means 80%.
bool lacks_its_sign(const FieldInfo& field, const Rational& value, Shares shares) {
  if (!field.percent || shares == Shares::any) return false;
  return compare(value, Rational(1)) > 0 || compare(value, Rational(-1)) < 0;
}

std::optional<Rational> parse_quantity(const FieldInfo& field, std::string_view text, Shares shares) {
  const auto value = take_figure(text);
  const auto factor = unit_factor(field, text);
  if (!value || !factor || (text.empty() && lacks_its_sign(field, *value, shares))) return std::nullopt;
  return mul(*value, *factor);
}

// A figure that brings its own unit.
bool set_measured(run::Facts& facts, const run::FieldRef& field, std::string_view written) {
  std::string_view unit = written;
  const auto value = take_figure(unit);
  std::optional<Unit> known = Unit{};
  if (unit == "%" || unit == "\uFF05") {
    known->factor = Rational::make(1, 100).value_or(Rational(1));
  } else if (!unit.empty()) {
    known = parse_unit(unit);
  }
  const auto canonical = value && known ? mul(*value, known->factor) : std::nullopt;
  if (!canonical) return refuse(facts, field, written);
  return facts.set_measured(field, *canonical, measure_of(*known), shorten(written));
}

// What came, for a message; `room` holds it where it had to be shortened.
std::string_view shown(std::string_view text, std::string& room) {
  if (text.size() <= kShown) return text;
  return room = shorten(text);
}

// Sets coefficient / divisor, in the unit of the field, where 64 bits hold it as a count of the smallest steps of the
// field and the field allows it. False where not: all that is wrong or unusual is left to the exact way.
bool set_in_64_bits(const run::FieldRef& field, std::int64_t coefficient, std::int64_t divisor) {
  const FieldInfo& kind = info(field);
  if (kind.cls != SlotClass::number || kind.any_unit) return false;
  const auto times = [](std::int64_t& value, i128 factor) {
    return factor > 0 && factor <= INT64_MAX &&
           !__builtin_mul_overflow(value, static_cast<std::int64_t>(factor), &value);
  };
  const Rational& unit = kind.unit_factor;
  const bool fits = times(coefficient, unit.num()) && times(coefficient, kind.q.den()) && times(divisor, unit.den()) &&
                    times(divisor, kind.q.num());
  if (!fits || coefficient % divisor != 0) return false;
  const std::int64_t count = coefficient / divisor;
  if (count < kind.least || count > kind.most) return false;
  run::FactValue& fact = field.row->values[field.field];
  fact.state = run::FactState::known;
  fact.c = count;
  return true;
}

// A plain decimal, as nearly every number is.
bool set_quickly(const run::FieldRef& field, std::string_view digits, Shares shares) {
  constexpr std::size_t kMostQuick = 18;
  if (digits.empty() || digits.size() > kMostQuick || !is_digit(digits.front()) || !is_digit(digits.back()))
    return false;
  if (digits.size() > 1 && digits.front() == '0' && is_digit(digits[1])) return false;
  std::int64_t coefficient = 0;
  std::int64_t divisor = 1;
  bool in_decimals = false;
  for (const char c : digits) {
    if (c == '.' && !in_decimals) {
      in_decimals = true;
    } else if (is_digit(c)) {
      coefficient = coefficient * 10 + (c - '0');
      if (in_decimals) divisor *= 10;
    } else {
      return false;
    }
  }
  if (coefficient > divisor && shares == Shares::up_to_one && info(field).percent) return false;
  return set_in_64_bits(field, coefficient, divisor);
}

// ---- the other kinds
// -------------------------------------------------------------------------------------------------------

std::optional<int> take_number(std::string_view& text, std::size_t most) {
  const std::size_t n = count_digits(text);
  if (n == 0 || n > most) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, n)) value = value * 10 + (c - '0');
  text.remove_prefix(n);
  return value;
}

std::optional<Day> parse_chinese_date(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || !take_prefix(text, "年")) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take_prefix(text, "月")) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day || text != "日") return std::nullopt;
  const CivilDate date{*year, *month, *day};
  if (!is_valid(date)) return std::nullopt;
  return to_day(date);
}

std::optional<std::int64_t> parse_duration(SlotClass cls, std::string_view text) {
  const std::size_t length = count_digits(text);
  if (length == 0 || length > 9) return std::nullopt;
  std::string_view number = text.substr(0, length);
  const std::int64_t count = *take_number(number, 9);
  const auto unit = find_duration_unit(trim(text.substr(length)));
  if (!unit) return std::nullopt;
  const bool counts_days = unit->kind == DurationUnit::days;
  if (unit->kind == DurationUnit::calendar_months || counts_days != (cls == SlotClass::days)) return std::nullopt;
  return count * unit->factor;
}

template <typename Value>
struct Word {
  std::string_view word;
  Value value;
};
constexpr std::array<Word<bool>, 6> kTruths = {
    {{"yes", true}, {"no", false}, {"是", true}, {"否", false}, {"true", true}, {"false", false}}};
constexpr std::array<Word<run::DocumentState>, 6> kDocuments = {{{"owed", run::owed},
                                                                 {"held", run::held},
                                                                 {"refused", run::document_refused},
                                                                 {"待交", run::owed},
                                                                 {"已交", run::held},
                                                                 {"退回", run::document_refused}}};

template <typename Table>
auto find_word(const Table& table, std::string_view text) -> std::optional<decltype(table[0].value)> {
  for (const auto& row : table) {
    if (row.word == text) return row.value;
  }
  return std::nullopt;
}

}  // namespace

std::string shorten(std::string_view text) {
  std::size_t offset = 0;
  for (std::size_t shown = 0; shown < kShown && offset < text.size(); ++shown) offset += decode(text, offset).length;
  std::string out(text.substr(0, offset));
  if (offset < text.size()) append_utf8(out, 0x2026);
  return out;
}

std::optional<Rational> parse_number(std::string_view digits) {
  const std::size_t length = number_length(digits);
  if (length == 0 || digits.front() == '+') return std::nullopt;
  const std::string_view mantissa = digits.substr(0, length);
  const std::string_view whole = mantissa.substr(mantissa.front() == '-' ? 1 : 0);
  if (whole.size() > 1 && whole.front() == '0' && is_digit(whole[1])) return std::nullopt;
  const auto value = parse_signed(mantissa);
  std::string_view rest = digits.substr(length);
  if (!value || rest.empty()) return value;
  if (rest.front() != 'e' && rest.front() != 'E') return std::nullopt;
  const auto exponent = parse_exponent(rest.substr(1));
  const auto power = exponent ? power_of_ten(*exponent) : std::nullopt;
  return power ? mul(*value, *power) : std::nullopt;
}

bool set_number(run::Facts& facts, const run::FieldRef& field, std::string_view digits, Shares shares) {
  if (set_quickly(field, digits, shares)) return true;
  const FieldInfo& kind = info(field);
  const auto value = parse_number(digits);
  if (kind.cls != SlotClass::number || !value || lacks_its_sign(kind, *value, shares))
    return refuse(facts, field, digits);
  const auto canonical = mul(*value, kind.unit_factor);
  if (!canonical) return refuse(facts, field, digits);
  std::string room;
  return facts.set_number(field, *canonical, shown(digits, room));
}

bool set_decimal_quickly(const run::FieldRef& field, std::int64_t coefficient, std::int32_t scale) {
  constexpr std::int32_t kMostScale = 18;
  if (scale < 0 || scale > kMostScale) return false;
  std::int64_t divisor = 1;
  for (std::int32_t i = 0; i < scale; ++i) divisor *= 10;
  return set_in_64_bits(field, coefficient, divisor);
}

bool set_truth(run::Facts& facts, const run::FieldRef& field, bool value) {
  switch (info(field).cls) {
    case SlotClass::truth:
      return facts.set_truth(field, value);
    case SlotClass::document:
      return facts.set_document(field, value ? run::held : run::owed);
    default:
      return refuse(facts, field, value ? "true" : "false");
  }
}

bool set_text(run::Facts& facts, const run::FieldRef& field, std::string_view written, Shares shares) {
  const FieldInfo& kind = info(field);
  if (kind.cls == SlotClass::text) return facts.set_text(field, written);
  const std::string_view text = trim(written);
  switch (kind.cls) {
    case SlotClass::truth:
      if (const auto value = find_word(kTruths, text)) return facts.set_truth(field, *value);
      break;
    case SlotClass::number:
      if (kind.any_unit) return set_measured(facts, field, text);
      if (set_quickly(field, text, shares)) return true;
      if (const auto value = parse_quantity(kind, text, shares)) {
        std::string room;
        return facts.set_number(field, *value, shown(text, room));
      }
      break;
    case SlotClass::member:
      return facts.set_member(field, text);
    case SlotClass::day: {
      auto day = parse_iso_date(text);
      if (!day) day = parse_chinese_date(text);
      if (day) return facts.set_day(field, *day);
      break;
    }
    case SlotClass::months:
    case SlotClass::days:
      if (const auto count = parse_duration(kind.cls, text)) return facts.set_duration(field, *count);
      break;
    case SlotClass::region:
      if (const auto region = parse_region(text)) return facts.set_region(field, *region);
      break;
    case SlotClass::document:
      if (const auto state = find_word(kDocuments, text)) return facts.set_document(field, *state);
      break;
    case SlotClass::text:
    case SlotClass::list:
    case SlotClass::row:
      break;
  }
  return refuse(facts, field, written);
}

}  // namespace guiju::json
