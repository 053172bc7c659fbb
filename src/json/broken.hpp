// Why the reader of JSON refused a text, for people: what is wrong, and on which line and column. The reader itself
// only knows that something is; where it began is looked for once it does.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <string_view>

#include "plan/text.hpp"

namespace guiju::json {

// `at`: the offset at which the reader stopped, where it says so.
[[nodiscard]] plan::LocalText what_is_broken(simdjson::error_code error, std::string_view text,
                                             std::size_t at = std::string_view::npos);

}  // namespace guiju::json
