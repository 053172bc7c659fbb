// Who bears what of an amount: whole units that add up to it, and of an open amount the tightest range.
#include "run/share.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace guiju;
using namespace guiju::run;

namespace {

plan::SplitInfo split(std::vector<std::uint32_t> weights, plan::Index remainder, i128 units = 1) {
  plan::SplitInfo out;
  out.weights = std::move(weights);
  out.whole = 0;
  for (const std::uint32_t w : out.weights) out.whole += w;
  out.remainder = remainder;
  out.units = units;
  return out;
}

std::int64_t paid(const plan::SplitInfo& s, plan::Index which, std::int64_t amount) {
  const Value v = share(s, which, number_value(amount));
  CHECK(v.low == v.high);
  return static_cast<std::int64_t>(v.low);
}

}  // namespace

TEST_CASE("ninety, five, five: the rest goes to the one named") {
  const auto s = split({18, 1, 1}, 0);
  CHECK(paid(s, 0, 200'000) == 180'000);
  CHECK(paid(s, 1, 200'000) == 10'000);
  CHECK(paid(s, 0, 199'999) == 180'001);  // 179999.1 and twice 9999.95, the two rounded down
  CHECK(paid(s, 1, 199'999) == 9'999);
  CHECK(paid(s, 0, 0) == 0);
}

TEST_CASE("a weight of nothing, one who bears all, amounts in coarser units than shares") {
  CHECK(paid(split({1, 0}, 1), 1, 7) == 0);
  CHECK(paid(split({1}, 0), 0, 7) == 7);
  CHECK(paid(split({1, 1}, 1, 100), 0, 3) == 150);  // yuan shared in fen
}

TEST_CASE("shares add up, and their ranges are those of all amounts in the range") {
  for (const auto& s : {split({18, 1, 1}, 0), split({1, 1, 1}, 1), split({5, 3, 2}, 2), split({1, 1, 1, 1}, 3, 3)}) {
    for (std::int64_t low = 0; low < 45; ++low) {
      for (std::int64_t high = low; high < low + 45; ++high) {
        for (plan::Index i = 0; i < s.weights.size(); ++i) {
          std::int64_t least = paid(s, i, low);
          std::int64_t most = least;
          for (std::int64_t a = low; a <= high; ++a) {
            least = std::min(least, paid(s, i, a));
            most = std::max(most, paid(s, i, a));
          }
          const Value v = share(s, i, interval_value(low, high));
          REQUIRE(v.low == least);
          REQUIRE(v.high == most);
        }
      }
      std::int64_t sum = 0;
      for (plan::Index i = 0; i < s.weights.size(); ++i) sum += paid(s, i, low);
      REQUIRE(sum == low * static_cast<std::int64_t>(s.units));
    }
  }
}

TEST_CASE("no upper end, too large to compute, not reached") {
  Value open = interval_value(2, 2);
  open.high_open_end = true;
  const Value rest = share(split({1, 1, 1}, 0), 0, open);
  CHECK(rest.high_open_end);
  CHECK(rest.low == 1);  // of three fen each bears one, of two the first bears both
  CHECK(only_fails(share(split({1, 1}, 0), 0, number_value(kI128Max / 2))));
  const Value large = share(split({1, 1}, 0), 1, interval_value(0, kI128Max / 2));
  CHECK(may(large, Value::may_fail));
  CHECK(large.high_open_end);
  CHECK(share(split({1, 1}, 0), 0, Value{}).state == 0);
}
