// Outcomes as rule files write them. Answers name them in English, whatever the language of their reader is.
#pragma once

#include <string>
#include <string_view>

namespace guiju::explain {

// 符合 for eligible; other words as they are.
[[nodiscard]] std::string outcome_word(std::string_view name, bool english);
// The text with the outcome that it begins with in the language of the reader: "ineligible {a}" as 不符合 {a}.
[[nodiscard]] std::string outcome_words(std::string_view text, bool english);

}  // namespace guiju::explain
