// Words that people write where the language has a keyword: 大于 for 超过, `greater than` for `above`. They may be
// names, so they are looked up only where a name makes no sense or is nobody's.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guiju::syntax {

// What to write for the words that stand first in `words`, and how many of them it replaces; the longest that is known.
struct EverydayWords {
  std::size_t count = 0;
  std::string instead;  // in the language of the words
};
[[nodiscard]] std::optional<EverydayWords> find_everyday(std::span<const std::string_view> words);

// For a word of the language that stands behind a value as if it compared it: 为 for 是, `at most` for `up to`.
[[nodiscard]] std::optional<std::string> find_behind_value(std::string_view word);

// For a word that stands where a statement begins: 补贴 for 金额.
[[nodiscard]] std::optional<std::string> find_first_word(std::string_view word);

// 元 for 人民币, `yuan` for RMB; empty for what is no such word.
[[nodiscard]] std::string_view money_meant(std::string_view word);

// For one word, also with a number glued to it (`大于3元`) or in capitals (`AND`).
[[nodiscard]] std::optional<std::string> find_everyday(std::string_view word);

}  // namespace guiju::syntax
