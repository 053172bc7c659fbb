// The footing of an amount: parts, then caps, floors and roundings of their total in the written order, so that the
// parts always add up to the total that is shown.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "run/value.hpp"

namespace guiju::run {

struct Footing {
  std::vector<Value> parts;
  Value total;
  bool negative_part = false;  // a part was certainly below zero
};

// `bounds[i]` is the value of adjustment i's bound (unused for roundings).
[[nodiscard]] Footing foot(const plan::FootInfo& info, std::span<const Value> parts, std::span<const Value> bounds);

// How known parts came to their total: parts and total after each adjustment, in the scale of the foot; the first entry
// is before any. Empty where something is not known or does not fit.
struct FootStep {
  std::vector<Fraction> parts;
  Fraction total;
};
[[nodiscard]] std::vector<FootStep> foot_steps(const plan::FootInfo& info, std::span<const Value> parts,
                                               std::span<const Value> bounds);

}  // namespace guiju::run
