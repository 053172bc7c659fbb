// See share.hpp. A share by weight grows with the amount. What is left does not: where everybody else is due one unit
// more, whoever bears the rest has less. But it comes again, greater by its weight, each time that the amount has grown
// by the sum of the weights, so that its least value lies within that many steps of the least amount, and likewise at
// the upper end.
#include "run/share.hpp"

#include <algorithm>

namespace guiju::run {

namespace {

// Amounts and weights are never below 0, so that division rounds down.
i128 of(const plan::SplitInfo& split, plan::Index which, i128 amount) {
  const i128 units = amount * split.units;
  const auto by_weight = [&](std::size_t i) { return units * split.weights[i] / split.whole; };
  if (which != split.remainder) return by_weight(which);
  i128 left = units;
  for (std::size_t i = 0; i < split.weights.size(); ++i) {
    if (i != split.remainder) left -= by_weight(i);
  }
  return left;
}

Value between(const plan::SplitInfo& split, plan::Index which, i128 low, i128 high) {
  if (which != split.remainder) return interval_value(of(split, which, low), of(split, which, high));
  i128 least = of(split, which, low);
  for (i128 a = low; a <= std::min(high, low + split.whole - 1); ++a) least = std::min(least, of(split, which, a));
  i128 most = of(split, which, high);
  for (i128 a = std::max(low, high - split.whole + 1); a <= high; ++a) most = std::max(most, of(split, which, a));
  return interval_value(least, most);
}

// So that a product of amount, units and weight fits.
bool fits(const plan::SplitInfo& split, i128 amount) {
  return amount <= kI128Max / split.whole / split.units - split.whole;
}

}  // namespace

Value share(const plan::SplitInfo& split, plan::Index which, const Value& amount) {
  if (!may(amount, Value::has_value)) return amount;
  const i128 low = amount.low_open_end ? 0 : amount.low;
  const bool open = amount.high_open_end || amount.low != amount.high;
  if (!fits(split, amount.high_open_end ? low : amount.high)) {
    Value any = open ? interval_value(0, 0) : failed_value();
    any.high_open_end = open;
    any.state |= Value::may_fail;
    return any;
  }
  // Of an amount without an upper end the first round of the rest shows its least value.
  Value out = between(split, which, low, amount.high_open_end ? low + split.whole : amount.high);
  out.high_open_end = amount.high_open_end;
  add_faults(out, amount);
  return out;
}

}  // namespace guiju::run
