// Numbers as people speak them, 三千元 or 百分之三十, and how the language writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guiju::syntax {

// 18 for eighteen, 3000元 for 三千元, 30% for 百分之三十, `3000元 以上` for 三千元以上. No value where the word is no
// number alone or with a unit of the table behind it.
[[nodiscard]] std::optional<std::string> written_number(std::string_view spoken);

// 千 of 3千元, which stands before a unit like 万 but is no multiplier of the language. `length` in bytes; 0 where
// there is none, or what begins so is itself a unit: 千克.
struct SpokenPower {
  std::int64_t factor = 1;
  std::size_t length = 0;
};
[[nodiscard]] SpokenPower spoken_power(std::string_view word);

// thousand, million: a word of its own behind a number. 0 where it is none.
[[nodiscard]] std::int64_t english_power(std::string_view word);

// 1 to 12 for May or September, as dates are written in English; 0 where it is none.
[[nodiscard]] int english_month(std::string_view word);

}  // namespace guiju::syntax
