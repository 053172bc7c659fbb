// Edit distance over code points: insertions, deletions, replacements and swaps of neighbours count one each.
#include "diagnostics/suggest.hpp"

#include <algorithm>
#include <vector>

#include "values/utf8.hpp"

namespace guiju {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t i = 0; i < text.size();) {
    const auto [value, length] = decode(text, i);
    points.push_back(value);
    i += length;
  }
  return points;
}

// The distance, or anything above `limit` where it is larger than that.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::size_t limit) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before_last(width);
  std::vector<std::size_t> last(width);
  std::vector<std::size_t> row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
    before_last.swap(last);
    last.swap(row);
  }
  return last.back();
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view wanted, std::span<const std::string> candidates) {
  const std::u32string want = code_points(wanted);
  const std::string* nearest = nullptr;
  std::size_t least = 0;
  for (const std::string& candidate : candidates) {
    const std::u32string have = code_points(candidate);
    const auto [shorter, longer] = std::minmax({want.size(), have.size()});
    const std::size_t allowed = std::max<std::size_t>(1, longer / 3);
    if (longer < 2 || longer - shorter > allowed) continue;  // two single letters have nothing in common
    const std::size_t distance = edit_distance(want, have, allowed);
    if (distance > allowed || (nearest != nullptr && distance >= least)) continue;
    nearest = &candidate;
    least = distance;
  }
  if (nearest == nullptr) return std::nullopt;
  return *nearest;
}

}  // namespace guiju
