// The table of operations, and the calendar of versions.
#include "kernel/kernel.hpp"

#include <array>

namespace guiju::kernel {

namespace {

struct Spec {
  std::string_view name, operands, expression;
};
constexpr std::array kSpecs{
#define GUIJU_KERNEL(id, operands, expression) Spec{#id, #operands, #expression},
#include "kernel/operations.def"
#undef GUIJU_KERNEL
    Spec{"KNOWN", "k", {}}, Spec{"ABSENT", "k", {}},    Spec{"LOOP", "k", {}},
    Spec{"ITEM", "k", {}},  Spec{"ITEMKNOWN", "k", {}}, Spec{"ITEMABSENT", "k", {}}};
static_assert(kSpecs.size() == static_cast<std::size_t>(Operation::ITEMABSENT) + 1);

}  // namespace

std::string_view name_of(Operation op) {
  return kSpecs[static_cast<std::size_t>(op)].name;
}

std::string_view operands_of(Operation op) {
  return kSpecs[static_cast<std::size_t>(op)].operands;
}

std::string_view expression_of(Operation op) {
  return kSpecs[static_cast<std::size_t>(op)].expression;
}

std::optional<Range> Calendar::days_of(std::size_t of) const {
  std::optional<Range> days;
  for (std::size_t period = 0; period < version.size(); ++period) {
    if (version[period] != static_cast<std::int32_t>(of)) continue;
    const std::int64_t first = period == 0 ? -kMost : std::int64_t{bounds[period - 1]};
    const std::int64_t last = period == bounds.size() ? kMost : bounds[period] - std::int64_t{1};
    days = {days ? days->least : first, last};
  }
  return days;
}

}  // namespace guiju::kernel
