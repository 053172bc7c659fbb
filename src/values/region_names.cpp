// The table stands in regions.def.
#include "values/region_names.hpp"

#include <algorithm>
#include <array>

namespace guiju {

namespace {

// What follows the prefix of a province, a prefecture and a county.
constexpr Region kBelowProvince = 10'000'000'000;
constexpr Region kBelowPrefecture = 100'000'000;
constexpr Region kBelowCounty = 1'000'000;

constexpr auto kNames = std::to_array<RegionName>({
#define GUIJU_REGION(code, zh, en) {Region{code} * kBelowCounty, zh, en},
#include "values/regions.def"
#undef GUIJU_REGION
});

}  // namespace

std::span<const RegionName> all_regions() {
  return kNames;
}

const RegionName* find_region(Region code) {
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const RegionName& r) { return r.code == code; });
  return found == kNames.end() ? nullptr : &*found;
}

Region region_province(Region code) {
  return code / kBelowProvince * kBelowProvince;
}

std::string region_path(Region code, bool english) {
  std::string path;
  Region before = 0;
  for (const Region below : {kBelowProvince, kBelowPrefecture, kBelowCounty}) {
    const Region level = code / below * below;
    const RegionName* known = level == before ? nullptr : find_region(level);
    before = level;
    if (known == nullptr) continue;
    path = english ? std::string(known->en) + (path.empty() ? "" : ", ") + path : path + std::string(known->zh);
  }
  return path;
}

}  // namespace guiju
