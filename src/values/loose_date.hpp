// Days written in another way than in facts, so that a message can say how to write them: 2025-8-1, 2025/08/01,
// 20250801, 2025年8月1日.
#pragma once

#include <optional>
#include <string_view>

#include "values/calendar.hpp"

namespace guiju {

[[nodiscard]] std::optional<Day> parse_loose_date(std::string_view text);

}  // namespace guiju
