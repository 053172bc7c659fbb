// "Did you mean …?": the nearest known name to one that nobody knows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guiju {

// The candidate with the least edit distance over code points, if it is near enough to be a likely slip
// (at most a third of the longer name's length, at least one); first of equals.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view wanted, std::span<const std::string> candidates);

}  // namespace guiju
