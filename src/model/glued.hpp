// Chinese has no blanks: `国三及以下` is one word. When nobody knows it, it is cut into names, keywords and numbers
// that are known.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guiju::model {

// The word with blanks between its pieces, if exactly one way of cutting it exists; at least one piece is a keyword.
[[nodiscard]] std::optional<std::string> cut_glued(std::string_view word, std::span<const std::string> names);

}  // namespace guiju::model
