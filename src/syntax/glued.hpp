// Chinese has no blanks: `国三及以下` is one word. When nobody knows it, it is cut into names, keywords and numbers
// that are known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guiju::syntax {

// The word with blanks between its pieces, if exactly one way of cutting it exists; at least one piece is a keyword.
[[nodiscard]] std::optional<std::string> cut_glued(std::string_view word, std::span<const std::string> names);

// The same where a statement begins: `要求能效` is 要求 and a name that the file may be about to declare.
[[nodiscard]] std::optional<std::string> cut_first_word(std::string_view word, std::span<const std::string> words);

}  // namespace guiju::syntax
