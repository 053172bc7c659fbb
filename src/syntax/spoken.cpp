// See spoken.hpp.
#include "syntax/spoken.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "syntax/lexer_keywords.hpp"
#include "values/unit.hpp"

namespace guiju::syntax {
namespace {

struct Numeral {
  std::string_view word;
  std::int64_t value;
};
constexpr std::array<Numeral, 12> kDigits{{{"零", 0},
                                           {"〇", 0},
                                           {"一", 1},
                                           {"二", 2},
                                           {"两", 2},
                                           {"三", 3},
                                           {"四", 4},
                                           {"五", 5},
                                           {"六", 6},
                                           {"七", 7},
                                           {"八", 8},
                                           {"九", 9}}};
constexpr std::array<Numeral, 3> kPowers{{{"千", 1000}, {"百", 100}, {"十", 10}}};
constexpr std::array<Numeral, 2> kGroups{{{"亿", 100'000'000}, {"万", 10'000}}};
constexpr std::array<Numeral, 5> kEnglish{
    {{"hundred", 100}, {"thousand", 1000}, {"k", 1000}, {"million", 1'000'000}, {"billion", 1'000'000'000}}};
constexpr std::array<Numeral, 28> kEnglishNumbers{
    {{"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
     {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
     {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
     {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
     {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90}}};
constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

template <std::size_t n>
const Numeral* leading(const std::array<Numeral, n>& numerals, std::string_view text) {
  const auto* found =
      std::find_if(numerals.begin(), numerals.end(), [&](const Numeral& one) { return text.starts_with(one.word); });
  return found == numerals.end() ? nullptr : found;
}

// Takes the numeral off the front: 三千零五十, 十二, 一万五千. Groups only grow smaller, and so do powers within one.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t total = 0, group = 0, digit = -1;
  std::int64_t last_power = 10'000, last_group = 1'000'000'000'000;
  bool any = false;
  while (!text.empty()) {
    const Numeral* one = nullptr;
    if ((one = leading(kDigits, text)) != nullptr) {
      if (digit > 0) return std::nullopt;
      digit = one->value;
    } else if ((one = leading(kPowers, text)) != nullptr) {
      const bool bare_ten = digit < 0 && group == 0 && one->value == 10;
      if ((digit <= 0 && !bare_ten) || one->value >= last_power) return std::nullopt;
      group += (bare_ten ? 1 : digit) * one->value;
      last_power = one->value;
      digit = -1;
    } else if ((one = leading(kGroups, text)) != nullptr) {
      group += std::max<std::int64_t>(digit, 0);
      if (group == 0 || one->value >= last_group) return std::nullopt;
      total += group * one->value;
      last_group = one->value;
      last_power = 10'000;
      group = 0;
      digit = -1;
    } else {
      break;
    }
    any = true;
    text.remove_prefix(one->word.size());
  }
  if (!any) return std::nullopt;
  return total + group + std::max<std::int64_t>(digit, 0);
}

bool names_unit_of_table(std::string_view word) {
  return find_unit(word) != nullptr || find_duration_unit(word).has_value();
}

}  // namespace

std::optional<std::string> written_number(std::string_view spoken) {
  for (const Numeral& one : kEnglishNumbers)
    if (one.word == spoken) return std::to_string(one.value);
  constexpr std::string_view kHundredths = "百分之", kThousandths = "千分之";
  const bool percent = spoken.starts_with(kHundredths), per_mille = spoken.starts_with(kThousandths);
  if (percent || per_mille) spoken.remove_prefix(kHundredths.size());
  const auto value = take_number(spoken);
  if (!value) return std::nullopt;
  std::string out = std::to_string(*value);
  if (percent || per_mille) out += percent ? "%" : "‰";
  const std::size_t tail = boundary_tail(spoken).length;
  const std::string_view unit = spoken.substr(0, spoken.size() - tail);
  if (!unit.empty() && (percent || per_mille || !names_unit_of_table(unit))) return std::nullopt;
  out += unit;
  if (tail > 0) out.append(" ").append(spoken.substr(spoken.size() - tail));
  return out;
}

SpokenPower spoken_power(std::string_view word) {
  const Numeral* power = leading(kPowers, word);
  if (power == nullptr) return {};
  word.remove_suffix(boundary_tail(word).length);
  if (names_unit_of_table(word)) return {};  // kilowatts, kilograms
  std::string_view rest = word.substr(power->word.size());
  const Multiplier group = multiplier(rest);
  rest.remove_prefix(group.length);
  if (!names_unit_of_table(rest)) return {};
  return {power->value * group.factor, power->word.size() + group.length};
}

std::int64_t english_power(std::string_view word) {
  const auto* found =
      std::find_if(kEnglish.begin(), kEnglish.end(), [&](const Numeral& one) { return one.word == word; });
  return found == kEnglish.end() ? 0 : found->value;
}

int english_month(std::string_view word) {
  constexpr std::size_t kAbbreviated = 3;
  if (word.empty() || word.front() < 'A' || word.front() > 'S') return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || word == kMonths[i].substr(0, kAbbreviated) || (word == "Sept" && i == 8))
      return static_cast<int>(i + 1);
  }
  return 0;
}

}  // namespace guiju::syntax
