// The weights of shares as whole numbers: what the checker allows and the plan splits by. In a header, as a plan is run
// without the checker.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/rulebook.hpp"

namespace guiju::model {

inline constexpr std::uint32_t kMostShareSteps = 10'000;  // what the weights add up to, in lowest terms

// In lowest terms; nothing where they are too fine.
[[nodiscard]] inline std::optional<std::vector<std::uint32_t>> whole_weights(const Shares& shares) {
  Rational step = shares.shares.front().weight;
  for (const Share& share : shares.shares) step = gcd(step, share.weight).value_or(step);
  std::vector<std::uint32_t> weights;
  std::uint32_t whole = 0;
  for (const Share& share : shares.shares) {
    const auto weight = div(share.weight, step);
    if (!weight || !weight->is_integer() || weight->num() > kMostShareSteps - whole) return std::nullopt;
    weights.push_back(static_cast<std::uint32_t>(weight->num()));
    whole += weights.back();
  }
  return weights;
}

}  // namespace guiju::model
