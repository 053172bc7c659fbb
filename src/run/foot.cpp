// Exact footing of known parts, and bounds for open ones.
#include "run/foot.hpp"

#include <algorithm>

namespace guiju::run {

namespace {

using Fractions = std::vector<Fraction>;

bool total_of(const Fractions& parts, Fraction& total) {
  total = {};
  return std::all_of(parts.begin(), parts.end(), [&](const Fraction& p) { return add(total, p, total); });
}

// Takes what exceeds the cap from the parts in the order in which they give way, none below zero.
bool take_in_order(Fractions& parts, Fraction excess, const std::vector<plan::Index>& order) {
  for (const plan::Index i : order) {
    if (excess.n <= 0) return true;
    const Fraction taken = compare(parts[i], excess) < 0 ? parts[i] : excess;
    if (!subtract(parts[i], taken, parts[i]) || !subtract(excess, taken, excess)) return false;
  }
  return true;
}

bool take_in_proportion(Fractions& parts, const Fraction& excess, const Fraction& total) {
  for (Fraction& p : parts) {
    Fraction share;
    if (!multiply(excess, p, share) || !divide(share, total, share) || !subtract(p, share, p)) return false;
  }
  return true;
}

bool apply_cap(Fractions& parts, const plan::AdjustmentInfo& a, const Fraction& cap) {
  Fraction total;
  Fraction excess;
  if (!total_of(parts, total) || !subtract(total, cap, excess)) return false;
  if (excess.n <= 0) return true;
  return a.in_proportion ? take_in_proportion(parts, excess, total) : take_in_order(parts, excess, a.reducing);
}

bool apply_floor(Fractions& parts, const Fraction& floor) {
  Fraction total;
  Fraction lack;
  if (!total_of(parts, total) || !subtract(floor, total, lack)) return false;
  if (lack.n <= 0) return true;
  const auto positive = std::find_if(parts.begin(), parts.end(), [](const Fraction& p) { return p.n > 0; });
  Fraction& taker = positive == parts.end() ? parts.front() : *positive;
  return add(taker, lack, taker);
}

// Running totals are rounded, so that the parts add up to the rounded total and each moves by less than one unit.
bool apply_rounding(Fractions& parts, const plan::AdjustmentInfo& a) {
  const auto ratio = div(Rational(1), a.unit);
  if (!ratio) return false;
  Fraction running;
  Fraction rounded_before;
  for (Fraction& p : parts) {
    Fraction rounded;
    if (!add(running, p, running) || !round(running, *ratio, a.rounding, rounded)) return false;
    if (!multiply(rounded, {a.unit.num(), a.unit.den()}, rounded) || !subtract(rounded, rounded_before, p))
      return false;
    rounded_before = rounded;
  }
  return true;
}

bool apply(Fractions& parts, const plan::FootInfo& info, const std::vector<std::optional<Fraction>>& bounds) {
  for (std::size_t i = 0; i < info.adjustments.size(); ++i) {
    const plan::AdjustmentInfo& a = info.adjustments[i];
    if (a.kind == plan::AdjustmentInfo::round) {
      if (!apply_rounding(parts, a)) return false;
    } else if (bounds[i]) {
      if (!(a.kind == plan::AdjustmentInfo::cap ? apply_cap(parts, a, *bounds[i]) : apply_floor(parts, *bounds[i])))
        return false;
    }
  }
  return true;
}

bool to_result_scale(Fraction& f, const Rational& ratio) {
  return multiply(f, {ratio.num(), ratio.den()}, f);
}

// Bounds of the adjustments at one end: the lower caps for the least total, the upper ones for the greatest.
// A bound that may be `no limit` is left out where that gives the wider end.
std::vector<std::optional<Fraction>> ends(const plan::FootInfo& info, std::span<const Value> bounds, bool low) {
  std::vector<std::optional<Fraction>> out;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const Value& b = bounds[i];
    const bool open = low ? b.low_open_end : b.high_open_end;
    const bool wider = (info.adjustments[i].kind == plan::AdjustmentInfo::cap) != low;
    const bool unlimited = may(b, Value::may_be_unlimited) && wider;
    if (!may(b, Value::has_value) || open || unlimited) {
      out.emplace_back(std::nullopt);
    } else {
      out.emplace_back(low ? low_of(b) : high_of(b));
    }
  }
  return out;
}

struct End {
  Fractions parts;
  Fraction total;
  bool open = false;
  bool fits = true;
};

End foot_end(const plan::FootInfo& info, std::span<const Value> parts, std::span<const Value> bounds, bool low) {
  End end;
  for (const Value& p : parts) {
    if (!may(p, Value::has_value)) return {Fractions(parts.size()), {}, false, true};
    end.open = end.open || (low ? p.low_open_end : p.high_open_end);
    end.parts.push_back(low ? low_of(p) : high_of(p));
  }
  const auto limits = ends(info, bounds, low);
  if (end.open) {
    // Only a cap closes a total that is open above; the parts stay open.
    for (std::size_t i = 0; i < info.adjustments.size(); ++i) {
      if (!low && info.adjustments[i].kind == plan::AdjustmentInfo::cap && limits[i]) {
        end.parts.assign(parts.size(), Fraction{});
        end.parts.front() = *limits[i];
        end.open = false;
      }
    }
    if (end.open) return end;
  }
  end.fits = apply(end.parts, info, limits) && total_of(end.parts, end.total) && to_result_scale(end.total, info.ratio);
  for (Fraction& p : end.parts) end.fits = end.fits && to_result_scale(p, info.ratio);
  return end;
}

// One part where not everything is known: adjustments of the total may take from it or add to it.
Value open_part(const plan::FootInfo& info, const Value& part, const Value& total, bool only) {
  if (only) return total;
  Value v = part;
  Fraction low = low_of(part);
  Fraction high = high_of(part);
  bool fits = true;
  for (const plan::AdjustmentInfo& a : info.adjustments) {
    if (a.kind == plan::AdjustmentInfo::cap) low = {};
    if (a.kind == plan::AdjustmentInfo::floor) v.high_open_end = true;
    if (a.kind != plan::AdjustmentInfo::round) continue;
    const Fraction unit{a.unit.num(), a.unit.den()};
    fits = fits && add(high, unit, high) && subtract(low, unit, low);
  }
  if (low.n < 0) low = {};
  fits = fits && to_result_scale(low, info.ratio) && to_result_scale(high, info.ratio);
  if (!fits) return failed_value();
  // Parts are whole units of the result.
  set_low(v, {round_quotient(low.n, low.d, Rounding::up), 1});
  set_high(v, {round_quotient(high.n, high.d, Rounding::down), 1});
  if (!total.high_open_end && (v.high_open_end || compare(high_of(v), high_of(total)) > 0)) {
    set_high(v, high_of(total));
    v.high_open_end = false;
  }
  return v;
}

}  // namespace

Footing foot(const plan::FootInfo& info, std::span<const Value> parts, std::span<const Value> bounds) {
  Footing out;
  std::uint8_t state = Value::has_value;
  bool known = true;
  std::vector<Value> clipped(parts.begin(), parts.end());
  for (Value& p : clipped) {
    if (p.state == 0) {
      // What nothing settles could be any sum.
      p.state = Value::has_value;
      p.high_open_end = true;
    }
    if (!may(p, Value::has_value)) state &= static_cast<std::uint8_t>(~Value::has_value);
    if (may(p, Value::may_fail)) state |= Value::may_fail;
    known = known && is_known(p, plan::SlotClass::number);
    if (!may(p, Value::has_value)) continue;
    if (!p.high_open_end && p.high < 0) out.negative_part = true;
    if (p.low_open_end || p.low < 0) {
      if (!out.negative_part) state |= Value::may_fail;
      p.low_open_end = false;
      set_low(p, {});
    }
  }
  for (const Value& b : bounds) {
    known = known && is_known(b, plan::SlotClass::number);
    if (may(b, Value::may_fail)) state |= Value::may_fail;
  }
  if (out.negative_part) state = Value::may_fail;
  out.total.state = state;
  out.parts.assign(parts.size(), out.total);
  if ((state & Value::has_value) == 0) return out;

  const End low = foot_end(info, clipped, bounds, true);
  const End high = known ? low : foot_end(info, clipped, bounds, false);
  if (!low.fits || !high.fits) {
    out.total = failed_value();
    out.parts.assign(parts.size(), out.total);
    return out;
  }
  out.total.high_open_end = high.open;
  set_low(out.total, low.total);
  set_high(out.total, high.total);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (known) {
      set_low(out.parts[i], low.parts[i]);
      set_high(out.parts[i], low.parts[i]);
    } else {
      Value p = open_part(info, clipped[i], out.total, parts.size() == 1);
      p.state = state;
      out.parts[i] = p;
    }
  }
  return out;
}

}  // namespace guiju::run
