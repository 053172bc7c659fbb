// Region codes in rule text: a code of six digits whose province does not exist is more likely a slip than a place.
#include <cstdlib>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"
#include "values/region_names.hpp"

namespace guiju::model {

namespace {

// The province whose number is nearest.
const RegionName& nearest_province(Region code) {
  const RegionName* nearest = &all_regions().front();
  for (const RegionName& known : all_regions()) {
    if (region_province(known.code) != known.code) continue;
    if (std::llabs(known.code - code) < std::llabs(nearest->code - code)) nearest = &known;
  }
  return *nearest;
}

}  // namespace

void check_province(Context& context, Region code, Span span) {
  const Region province = region_province(code);
  if (find_region(province) != nullptr) return;
  const RegionName& nearest = nearest_province(province);
  context.diagnostics.add(Code::unknown_province, span,
                          {to_region_text(code), to_region_text(nearest.code) + " " + std::string(nearest.zh) + " " +
                                                     std::string(nearest.en)});
}

}  // namespace guiju::model
