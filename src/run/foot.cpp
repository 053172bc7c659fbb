// The footing of an amount, on ranges: a known part is a range of one. Each step gives the exact range of every part as
// if the parts varied by themselves; what the total says of its parts narrows them again.
#include "run/foot.hpp"

#include <algorithm>

namespace guiju::run {

namespace {

// No `high`: unbounded above.
struct Range {
  Fraction low;
  std::optional<Fraction> high = Fraction{};
};

const Fraction& lesser(const Fraction& a, const Fraction& b) {
  return compare(a, b) <= 0 ? a : b;
}
const Fraction& greater(const Fraction& a, const Fraction& b) {
  return compare(a, b) >= 0 ? a : b;
}
std::optional<Fraction> lesser(const std::optional<Fraction>& a, const std::optional<Fraction>& b) {
  if (!a || !b) return a ? a : b;
  return lesser(*a, *b);
}

bool single(const Range& r) {
  return r.high && compare(r.low, *r.high) == 0;
}

// Arithmetic that remembers whether something did not fit. Where not everything is known, ends with long denominators
// move outwards to a short one, so that sums of many shares still fit.
class Footer {
 public:
  Footer(const plan::FootInfo& info, std::vector<Range> parts, bool known)
      : info_(info), parts_(std::move(parts)), known_(known) {
    for (Range& p : parts_) p = tidy(p);
    total_ = sum_of(parts_, [](std::size_t) { return true; });
  }

  void cap(const plan::AdjustmentInfo& a, const Range& written) {
    const Range bound = tidy(written);
    const std::vector<Range> before = parts_;
    if (a.in_proportion) {
      for (std::size_t i = 0; i < before.size(); ++i) {
        const Range others = rest(before, i);
        parts_[i] =
            tidy({share(before[i].low, others.high, bound.low), high_share(before[i].high, others.low, bound.high)});
      }
    } else {
      cap_in_order(a, before, bound);
    }
    total_ = {lesser(total_.low, bound.low), lesser(total_.high, bound.high)};
    narrow();
  }

  // The lack goes to the first part above zero, or to the first where all are zero.
  void floor(const Range& written) {
    const Range bound = tidy(written);
    const std::vector<Range> before = parts_;
    bool some_surely = false;   // a part before this one is surely above zero
    bool none_possibly = true;  // no part before this one can be above zero
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Range others = rest(before, i);
      const bool positive = before[i].low.n > 0;
      const bool can_be_positive = !before[i].high || before[i].high->n > 0;
      const bool all_others_zero = others.high && others.high->n == 0;
      const bool may_take = !some_surely && (can_be_positive || (i == 0 && others.low.n == 0));
      const bool takes = none_possibly && (positive || (i == 0 && all_others_zero));
      if (may_take) {
        parts_[i].high = high_fill(before[i].high, bound.high, others.low);
        if (takes && others.high) parts_[i].low = greater(before[i].low, minus(bound.low, *others.high));
      }
      some_surely = some_surely || positive;
      none_possibly = none_possibly && !can_be_positive;
    }
    total_.low = greater(total_.low, bound.low);
    if (total_.high) total_.high = bound.high ? std::optional(greater(*total_.high, *bound.high)) : std::nullopt;
    narrow();
  }

  // Running totals are rounded, so that the parts add up to the rounded total and each moves by less than one unit.
  void round(const plan::AdjustmentInfo& a) {
    Range before;
    for (Range& p : parts_) {
      const Range running{plus(before.low, p.low), plus(before.high, p.high)};
      if (single(before)) {
        const Fraction start = rounded(before.low, a.rounding, a);
        p.low = minus(rounded(running.low, a.rounding, a), start);
        if (p.high) p.high = minus(rounded(*running.high, a.rounding, a), start);
      } else {
        p.low = rounded(p.low, Rounding::down, a);
        if (p.high) p.high = rounded(*p.high, Rounding::up, a);
        if (a.rounding == Rounding::half_even) widen_for_ties(p, a);
      }
      before = running;
    }
    total_.low = rounded(total_.low, a.rounding, a);
    if (total_.high) total_.high = rounded(*total_.high, a.rounding, a);
    narrow();
  }

  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] Value total() { return result(total_); }
  [[nodiscard]] Value part(std::size_t i) { return result(parts_[i]); }
  [[nodiscard]] FootStep step() const {
    FootStep out;
    for (const Range& p : parts_) out.parts.push_back(p.low);
    out.total = total_.low;
    return out;
  }

 private:
  Fraction checked(bool fits, const Fraction& f) {
    fits_ = fits_ && fits;
    return fits ? f : Fraction{};
  }
  Fraction plus(const Fraction& a, const Fraction& b) {
    Fraction out;
    const bool fits = add(a, b, out);
    return checked(fits, out);
  }
  Fraction minus(const Fraction& a, const Fraction& b) {
    Fraction out;
    const bool fits = subtract(a, b, out);
    return checked(fits, out);
  }
  std::optional<Fraction> plus(const std::optional<Fraction>& a, const std::optional<Fraction>& b) {
    if (!a || !b) return std::nullopt;
    return plus(*a, *b);
  }
  Fraction rounded(const Fraction& f, Rounding mode, const plan::AdjustmentInfo& a) {
    const auto ratio = div(Rational(1), a.unit);
    Fraction steps;
    Fraction out;
    const bool fits = ratio && run::round(f, *ratio, mode, steps) && multiply(steps, {a.unit.num(), a.unit.den()}, out);
    return checked(fits, out);
  }
  // A tie goes to the even side, so that whole units too may move by one where the running total is not known.
  void widen_for_ties(Range& p, const plan::AdjustmentInfo& a) {
    const Fraction unit{a.unit.num(), a.unit.den()};
    p.low = greater(minus(p.low, unit), {});
    if (p.high) p.high = plus(*p.high, unit);
  }

  Range tidy(const Range& r) {
    return known_ ? r
                  : Range{shortened(r.low, Rounding::down),
                          r.high ? std::optional(shortened(*r.high, Rounding::up)) : r.high};
  }
  Fraction shortened(const Fraction& f, Rounding outwards) {
    constexpr i128 kShort = 10'000;
    if (f.d <= kShort) return f;
    Fraction scaled;
    const bool fits = multiply(f, {kShort, 1}, scaled);
    return fits ? Fraction{round_quotient(scaled.n, scaled.d, outwards), kShort} : checked(false, f);
  }

  template <typename Included>
  Range sum_of(const std::vector<Range>& parts, Included&& included) {
    Range out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!included(i)) continue;
      out = tidy({plus(out.low, parts[i].low), plus(out.high, parts[i].high)});
    }
    return out;
  }
  Range rest(const std::vector<Range>& parts, std::size_t of) {
    return sum_of(parts, [&](std::size_t i) { return i != of; });
  }

  // A part keeps what the cap leaves when those that give way after it have kept all of theirs.
  void cap_in_order(const plan::AdjustmentInfo& a, const std::vector<Range>& before, const Range& bound) {
    Range kept;
    for (std::size_t k = a.reducing.size(); k-- > 0;) {
      const plan::Index i = a.reducing[k];
      const Fraction least_left = kept.high ? minus(bound.low, *kept.high) : Fraction{};
      parts_[i].low = lesser(before[i].low, greater(least_left, {}));
      if (bound.high) parts_[i].high = lesser(before[i].high, std::optional(greater(minus(*bound.high, kept.low), {})));
      kept = tidy({plus(kept.low, before[i].low), plus(kept.high, before[i].high)});
    }
  }

  // p · cap / (p + others), where that is less than p: grows with p and with the cap, shrinks with the others.
  Fraction share(const Fraction& p, const std::optional<Fraction>& others, const Fraction& bound) {
    if (!others) return {};
    const Fraction whole = plus(p, *others);
    if (compare(whole, bound) <= 0) return p;
    Fraction out;
    // The quotient first: it is reduced, so that only a share which itself does not fit is refused.
    const bool fits = divide(bound, whole, out) && multiply(p, out, out);
    return checked(fits, out);
  }
  std::optional<Fraction> high_share(const std::optional<Fraction>& p, const Fraction& others,
                                     const std::optional<Fraction>& bound) {
    if (!bound) return p;
    return p ? share(*p, others, *bound) : *bound;
  }
  std::optional<Fraction> high_fill(const std::optional<Fraction>& p, const std::optional<Fraction>& bound,
                                    const Fraction& others) {
    if (!p || !bound) return std::nullopt;
    return greater(*p, minus(*bound, others));
  }

  // No part is more than the total without the least of the others, nor less than it without the most of them.
  void narrow() {
    const std::vector<Range> before = parts_;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Range others = rest(before, i);
      if (total_.high) parts_[i].high = lesser(before[i].high, std::optional(minus(*total_.high, others.low)));
      if (others.high) parts_[i].low = greater(before[i].low, minus(total_.low, *others.high));
    }
  }

  Value result(const Range& r) {
    Value v;
    v.state = Value::has_value;
    v.high_open_end = !r.high;
    set_low(v, in_result_scale(r.low, Rounding::up));
    set_high(v, r.high ? in_result_scale(*r.high, Rounding::down) : low_of(v));
    return v;
  }
  // Amounts are whole units of the result, so that the ends of a range move inwards to the next one.
  Fraction in_result_scale(const Fraction& f, Rounding inwards) {
    Fraction out;
    const bool fits = multiply(f, {info_.ratio.num(), info_.ratio.den()}, out);
    out = checked(fits, out);
    return {round_quotient(out.n, out.d, inwards), 1};
  }

  const plan::FootInfo& info_;
  std::vector<Range> parts_;
  Range total_;
  bool known_;
  bool fits_ = true;
};

// A part as a range; below zero is a fault of its own.
Range range_of(const Value& v) {
  if (!may(v, Value::has_value)) return {};
  Range r;
  if (!v.low_open_end) r.low = greater(low_of(v), {});
  r.high = v.high_open_end ? std::nullopt : std::optional(greater(high_of(v), r.low));
  return r;
}

// A cap of `no limit` caps nothing, a floor of it lifts nothing; where it only may be, it does on the side of more
// (less).
void adjust(Footer& footer, const plan::AdjustmentInfo& a, const Value& bound) {
  if (a.kind == plan::AdjustmentInfo::round) return footer.round(a);
  if (!may(bound, Value::has_value)) return;
  const bool may_be_unlimited = may(bound, Value::may_be_unlimited);
  Range r = range_of(bound);
  if (a.kind == plan::AdjustmentInfo::cap) {
    if (may_be_unlimited) r.high.reset();
    return footer.cap(a, r);
  }
  if (may_be_unlimited) r.low = {};
  footer.floor(r);
}

Value any_sum() {
  Value v = interval_value(0, 0);
  v.high_open_end = true;
  v.state |= Value::may_fail;
  return v;
}

}  // namespace

Footing foot(const plan::FootInfo& info, std::span<const Value> parts, std::span<const Value> bounds) {
  Footing out;
  Value state;
  bool possible = true;
  bool known = true;
  std::vector<Range> ranges;
  for (const Value& p : parts) {
    add_faults(state, p);
    known = known && is_known(p, plan::SlotClass::number);
    ranges.push_back(range_of(p));
    if (!may(p, Value::has_value)) {
      possible = false;
      continue;
    }
    if (!p.high_open_end && p.high < 0) out.negative_part = true;
    if (p.low_open_end || p.low < 0) state.state |= Value::may_fail;
  }
  for (const Value& b : bounds) {
    add_faults(state, b);
    known = known && is_known(b, plan::SlotClass::number);
  }
  if (out.negative_part || !possible) {
    out.total.state = out.negative_part ? std::uint8_t{Value::may_fail} : faults(state);
    out.parts.assign(parts.size(), out.total);
    return out;
  }
  Footer footer(info, std::move(ranges), known);
  for (std::size_t i = 0; i < info.adjustments.size(); ++i) adjust(footer, info.adjustments[i], bounds[i]);
  out.total = footer.total();
  for (std::size_t i = 0; i < parts.size(); ++i) out.parts.push_back(footer.part(i));
  if (!footer.fits()) {
    out.total = known ? failed_value() : any_sum();
    out.parts.assign(parts.size(), out.total);
    return out;
  }
  add_faults(out.total, state);
  for (Value& p : out.parts) add_faults(p, state);
  return out;
}

std::vector<FootStep> foot_steps(const plan::FootInfo& info, std::span<const Value> parts,
                                 std::span<const Value> bounds) {
  const auto known = [](const Value& v) { return is_known(v, plan::SlotClass::number) && faults(v) == 0; };
  std::vector<Range> ranges;
  for (const Value& p : parts) {
    if (!known(p) || !may(p, Value::has_value) || p.low < 0) return {};
    ranges.push_back(range_of(p));
  }
  if (!std::all_of(bounds.begin(), bounds.end(), known)) return {};
  Footer footer(info, std::move(ranges), true);
  std::vector<FootStep> out{footer.step()};
  for (std::size_t i = 0; i < info.adjustments.size(); ++i) {
    adjust(footer, info.adjustments[i], bounds[i]);
    out.push_back(footer.step());
  }
  return footer.fits() ? out : std::vector<FootStep>{};
}

}  // namespace guiju::run
