// Units as hosts write them in facts: "kW", "元", "kgce/t", "kW/(m3/min)", "kWh/24h". Only built-in units: those that
// rules declare are known to the compiler alone and are met by their exact spelling (see written.cpp).
#pragma once

#include <optional>
#include <string_view>

#include "values/unit.hpp"

namespace guiju::json {

[[nodiscard]] std::optional<Unit> parse_unit(std::string_view text);

}  // namespace guiju::json
