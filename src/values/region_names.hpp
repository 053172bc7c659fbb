// Names of region codes: of every province, and of all of Qinghai.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "values/region.hpp"

namespace guiju {

struct RegionName {
  Region code;
  std::string_view zh, en;
};
[[nodiscard]] std::span<const RegionName> all_regions();
[[nodiscard]] const RegionName* find_region(Region code);  // of exactly this code; nullptr
[[nodiscard]] Region region_province(Region code);
// The names from the province down as far as they are known, "青海省西宁市城东区" or "Chengdong District, Xining,
// Qinghai"; empty where not even the province is.
[[nodiscard]] std::string region_path(Region code, bool english);

}  // namespace guiju
