// GB/T 2260 region codes: six digits (province, prefecture, county) or twelve for streets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guiju {

using Region = std::int64_t;  // always stored as twelve digits, padded with zeros on the right

[[nodiscard]] std::optional<Region> parse_region(std::string_view digits);  // 6 or 12 digits, first not 0
[[nodiscard]] std::string to_region_text(Region code);                      // 6 digits where the rest is zero
// True where `code` lies in `area`: the code's digits begin with those of the area up to its level (2, 4, 6, 9 or 12
// digits), below which the area has only zeros.
[[nodiscard]] bool region_within(Region code, Region area);

// The codes that lie in an area are neighbours.
struct Area {
  Region first, last;
};
[[nodiscard]] Area area_of(Region area);

}  // namespace guiju
