// Where a text stops being JSON, and what is wrong there, for people who write facts by hand. Readers ask only after
// they have refused a text: they are fast and say neither.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "plan/text.hpp"

namespace guiju::json {

struct Mistake {
  std::size_t line = 0, column = 0;  // from 1; columns in characters
  plan::LocalText text;              // without the place
};

// The first mistake; nothing where the text is one JSON value, or is nested deeper than anybody writes.
[[nodiscard]] std::optional<Mistake> find_mistake(std::string_view text);

// With its place: "line 3, column 5: a comma is missing before this".
[[nodiscard]] plan::LocalText shown(const Mistake& mistake);

}  // namespace guiju::json
