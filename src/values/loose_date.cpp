// See loose_date.hpp.
#include "values/loose_date.hpp"

#include <initializer_list>

namespace guiju {

std::optional<Day> parse_loose_date(std::string_view text) {
  const auto number = [&](std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
      value = value * 10 + (text[digits++] - '0');
    text.remove_prefix(digits);
    return value;
  };
  const auto skip = [&](std::initializer_list<std::string_view> marks) {
    for (const std::string_view mark : marks) {
      if (!text.starts_with(mark)) continue;
      text.remove_prefix(mark.size());
      return;
    }
  };
  CivilDate d;
  d.year = number(4);
  skip({"-", "/", ".", "年"});
  d.month = number(2);
  skip({"-", "/", ".", "月"});
  d.day = number(2);
  skip({"日", "号"});
  if (!text.empty() || !is_valid(d)) return std::nullopt;
  return to_day(d);
}

}  // namespace guiju
