// Region codes nest by prefixes of 2, 4, 6, 9 and 12 digits: province, prefecture, county, street, village.
#include "values/region.hpp"

namespace guiju {

std::optional<Region> parse_region(std::string_view digits) {
  if ((digits.size() != 6 && digits.size() != 12) || digits.front() == '0') return std::nullopt;
  Region code = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    code = code * 10 + (c - '0');
  }
  return digits.size() == 6 ? code * 1'000'000 : code;
}

std::string to_region_text(Region code) {
  return std::to_string(code % 1'000'000 == 0 ? code / 1'000'000 : code);
}

bool region_within(Region code, Region area) {
  // What follows the prefix of each level, the widest level first.
  constexpr Region rest_of_level[] = {10'000'000'000, 100'000'000, 1'000'000, 1'000, 1};
  for (const Region rest : rest_of_level) {
    if (area % rest == 0) return code / rest == area / rest;
  }
  return false;
}

Area area_of(Region area) {
  constexpr Region rest_of_level[] = {10'000'000'000, 100'000'000, 1'000'000, 1'000, 1};
  for (const Region rest : rest_of_level) {
    if (area % rest == 0) return {area, area + rest - 1};
  }
  return {area, area};
}

}  // namespace guiju
