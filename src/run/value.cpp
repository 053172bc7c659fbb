// Intervals, sets and Kleene's logic.
#include "run/value.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace guiju::run {

using plan::SlotClass;

namespace {

// Brings n/d to lowest terms only where a denominator is in play: plain scaled integers never pay for it.
void reduce(Fraction& f) {
  if (f.d == 1) return;
  const u128 g = gcd(magnitude(f.n), magnitude(f.d));
  if (g <= 1) return;
  f.n /= static_cast<i128>(g);
  f.d /= static_cast<i128>(g);
}

[[nodiscard]] bool add_scaled(const Fraction& a, const Fraction& b, Fraction& out, bool minus) {
  if (a.d == b.d) {
    out.d = a.d;
    const bool fits = minus ? checked_sub(a.n, b.n, out.n) : checked_add(a.n, b.n, out.n);
    reduce(out);
    return fits;
  }
  const i128 g = static_cast<i128>(gcd(magnitude(a.d), magnitude(b.d)));
  i128 left = 0;
  i128 right = 0;
  Fraction sum;
  if (!checked_mul(a.n, b.d / g, left) || !checked_mul(b.n, a.d / g, right)) return false;
  if (!(minus ? checked_sub(left, right, sum.n) : checked_add(left, right, sum.n))) return false;
  if (!checked_mul(a.d / g, b.d, sum.d)) return false;
  reduce(sum);
  out = sum;
  return true;
}

}  // namespace

Fraction reduced(Fraction f) {
  reduce(f);
  return f;
}

bool add(const Fraction& a, const Fraction& b, Fraction& out) {
  return add_scaled(a, b, out, false);
}
bool subtract(const Fraction& a, const Fraction& b, Fraction& out) {
  return add_scaled(a, b, out, true);
}

bool multiply(const Fraction& a, const Fraction& b, Fraction& out) {
  if (a.d == 1 && b.d == 1) {
    out.d = 1;
    return checked_mul(a.n, b.n, out.n);
  }
  Fraction x{a.n, b.d};
  Fraction y{b.n, a.d};
  reduce(x);
  reduce(y);
  Fraction product;
  if (!checked_mul(x.n, y.n, product.n) || !checked_mul(x.d, y.d, product.d)) return false;
  out = product;
  return true;
}

bool divide(const Fraction& a, const Fraction& b, Fraction& out) {
  if (b.n == kI128Min) return false;
  const Fraction inverse = b.n < 0 ? Fraction{-b.d, -b.n} : Fraction{b.d, b.n};
  return multiply(a, inverse, out);
}

bool round(const Fraction& a, const Rational& ratio, Rounding mode, Fraction& out) {
  Fraction scaled;
  if (!multiply(a, {ratio.num(), ratio.den()}, scaled)) return false;
  out = {round_quotient(scaled.n, scaled.d, mode), 1};
  return true;
}

int compare(const Fraction& a, const Fraction& b) {
  if (a.d == b.d) return a.n < b.n ? -1 : a.n > b.n ? 1 : 0;
  return compare_products(a.n, b.d, b.n, a.d);
}

void set_low(Value& v, const Fraction& f) {
  v.low = f.n;
  v.low_den = f.d;
}
void set_high(Value& v, const Fraction& f) {
  v.high = f.n;
  v.high_den = f.d;
}

Value mask_value(std::uint64_t mask) {
  Value v;
  v.mask = mask;
  v.state = mask == 0 ? std::uint8_t{0} : std::uint8_t{Value::has_value};
  return v;
}
Value truth_value(bool truth) {
  return mask_value(truth ? kTrue : kFalse);
}
Value interval_value(i128 low, i128 high) {
  Value v;
  v.state = Value::has_value;
  v.low = low;
  v.high = high;
  return v;
}
Value number_value(i128 c) {
  return interval_value(c, c);
}
Value absent_value() {
  Value v;
  v.state = Value::may_be_absent;
  return v;
}
Value unlimited_value() {
  Value v;
  v.state = Value::may_be_unlimited;
  return v;
}
Value failed_value() {
  Value v;
  v.state = Value::may_fail;
  return v;
}

Value refused_value() {
  Value v;
  v.state = Value::may_be_refused;
  return v;
}

bool is_known(const Value& v, SlotClass cls) {
  if (v.state == 0) return true;
  if (std::popcount(v.state) != 1) return false;
  if (!may(v, Value::has_value)) return true;
  switch (cls) {
    case SlotClass::truth:
    case SlotClass::member:
    case SlotClass::document:
      return std::popcount(v.mask) == 1;
    case SlotClass::text:
      return !v.any;
    case SlotClass::list:
      return true;  // open lists are told by the fold that reads them
    case SlotClass::row:
      return !v.any && v.low == v.high;
    case SlotClass::region:
      if (v.any) return false;
      [[fallthrough]];
    default:
      return !v.low_open_end && !v.high_open_end && compare(low_of(v), high_of(v)) == 0;
  }
}

Value join(const Value& a, const Value& b, SlotClass cls) {
  Value v;
  v.state = static_cast<std::uint8_t>(a.state | b.state);
  v.mask = a.mask | b.mask;
  v.silence = a.silence == b.silence ? a.silence : Value::may_be_silent;
  if (!may(a, Value::has_value) || !may(b, Value::has_value)) {
    const Value& value = may(a, Value::has_value) ? a : b;
    const std::uint8_t state = v.state;
    const std::uint64_t mask = v.mask;
    const Value::Silence silence = v.silence;
    v = value;
    v.state = state;
    v.mask = mask;
    v.silence = silence;
    return v;
  }
  v.any = a.any || b.any;
  if (cls == SlotClass::text) {
    v.text = a.text;
    if (a.text != b.text) v.any = true;
    return v;
  }
  v.low_open_end = a.low_open_end || b.low_open_end;
  v.high_open_end = a.high_open_end || b.high_open_end;
  set_low(v, compare(low_of(a), low_of(b)) <= 0 ? low_of(a) : low_of(b));
  set_high(v, compare(high_of(a), high_of(b)) >= 0 ? high_of(a) : high_of(b));
  if (cls == SlotClass::region && v.low != v.high) v.any = true;
  return v;
}

namespace {

// `decisive` settles the result alone (false for and, true for or).
Value kleene(const Value& a, const Value& b, std::uint64_t decisive) {
  const auto settles = [&](const Value& v) { return v.state == Value::has_value && v.mask == decisive; };
  if (settles(a) || settles(b)) return mask_value(decisive);
  const std::uint64_t other = kTrue + kFalse - decisive;
  Value v = mask_value(((a.mask | b.mask) & decisive) | (a.mask & b.mask & other));
  return with_faults(v, a, b);
}

}  // namespace

Value logic_and(const Value& a, const Value& b) {
  return kleene(a, b, kFalse);
}
Value logic_or(const Value& a, const Value& b) {
  return kleene(a, b, kTrue);
}
Value logic_not(const Value& a) {
  Value v = a;
  v.mask = ((a.mask & kTrue) != 0 ? kFalse : 0) | ((a.mask & kFalse) != 0 ? kTrue : 0);
  return v;
}

Value select(const Value& condition, const Value& yes, const Value& no, SlotClass cls) {
  if (is_true(condition)) return yes;
  if (is_false(condition)) return no;
  Value v;
  if (may_be_true(condition) && may_be_false(condition)) {
    v = join(yes, no, cls);
  } else if (may_be_true(condition)) {
    v = yes;
  } else if (may_be_false(condition)) {
    v = no;
  }
  add_faults(v, condition);
  return v;
}

namespace {

// May some pair of values satisfy the relation? Ends that are open lie beyond every number.
bool may_hold(const Value& a, const Value& b, Relation relation) {
  const auto below = [](const Value& x, const Value& y, bool or_equal) {
    if (x.low_open_end || y.high_open_end) return true;
    const int order = compare(low_of(x), high_of(y));
    return order < 0 || (or_equal && order == 0);
  };
  switch (relation) {
    case Relation::less:
      return below(a, b, false);
    case Relation::less_equal:
      return below(a, b, true);
    case Relation::greater:
      return below(b, a, false);
    case Relation::greater_equal:
      return below(b, a, true);
    case Relation::equal:
      return below(a, b, true) && below(b, a, true);
    case Relation::not_equal: {
      const bool single = !a.low_open_end && !a.high_open_end && !b.low_open_end && !b.high_open_end &&
                          compare(low_of(a), high_of(a)) == 0 && compare(low_of(b), high_of(b)) == 0;
      return !(single && compare(low_of(a), low_of(b)) == 0);
    }
  }
  return true;
}

Relation opposite(Relation relation) {
  constexpr std::array table{Relation::greater_equal, Relation::greater, Relation::not_equal,
                             Relation::equal,         Relation::less,    Relation::less_equal};
  return table[static_cast<std::size_t>(relation)];
}

// `no limit` bounds nothing: as a limit it is met in either direction. As a date it is later than every day.
std::uint64_t against_unlimited(Relation relation, bool dates, bool left_unlimited, bool right_unlimited) {
  if (relation == Relation::equal || relation == Relation::not_equal) {
    const bool same = left_unlimited && right_unlimited;
    return same == (relation == Relation::equal) ? kTrue : kFalse;
  }
  if (!dates) return kTrue;
  const bool or_equal = relation == Relation::less_equal || relation == Relation::greater_equal;
  if (left_unlimited && right_unlimited) return or_equal ? kTrue : kFalse;
  const bool left_is_less = right_unlimited;
  const bool wants_less = relation == Relation::less || relation == Relation::less_equal;
  return left_is_less == wants_less ? kTrue : kFalse;
}

}  // namespace

Value compare_values(const Value& a, const Value& b, Relation relation, bool dates) {
  std::uint64_t mask = 0;
  const bool values = may(a, Value::has_value) && may(b, Value::has_value);
  if (values && may_hold(a, b, relation)) mask |= kTrue;
  if (values && may_hold(a, b, opposite(relation))) mask |= kFalse;
  const bool a_unlimited = may(a, Value::may_be_unlimited);
  const bool b_unlimited = may(b, Value::may_be_unlimited);
  if (a_unlimited && may(b, Value::has_value)) mask |= against_unlimited(relation, dates, true, false);
  if (b_unlimited && may(a, Value::has_value)) mask |= against_unlimited(relation, dates, false, true);
  if (a_unlimited && b_unlimited) mask |= against_unlimited(relation, dates, true, true);
  Value v = mask_value(mask);
  return with_faults(v, a, b);
}

namespace {

// The states that a result of two operands can have: a value only where both have one, a fault where either has it.
std::uint8_t combined_state(const Value& a, const Value& b) {
  const std::uint8_t both = a.state & b.state & Value::has_value;
  return static_cast<std::uint8_t>(both | faults(a) | faults(b));
}

Value overflowed(Value v, bool open) {
  // Where the facts are open, some values may still fit.
  if (!open) return failed_value();
  v.state |= Value::may_fail;
  v.low_open_end = v.high_open_end = true;
  return v;
}

bool single(const Value& v) {
  return !v.low_open_end && !v.high_open_end && compare(low_of(v), high_of(v)) == 0;
}

}  // namespace

Value add_values(const Value& a, const Value& b) {
  Value v;
  v.state = combined_state(a, b);
  // Date plus `no limit` is later than every day.
  if ((may(a, Value::may_be_unlimited) && (b.state & (Value::has_value | Value::may_be_unlimited)) != 0) ||
      (may(b, Value::may_be_unlimited) && may(a, Value::has_value))) {
    v.state |= Value::may_be_unlimited;
  }
  if (!may(v, Value::has_value)) return v;
  v.low_open_end = a.low_open_end || b.low_open_end;
  v.high_open_end = a.high_open_end || b.high_open_end;
  Fraction low;
  Fraction high;
  if (!add(low_of(a), low_of(b), low) || !add(high_of(a), high_of(b), high))
    return overflowed(v, !single(a) || !single(b));
  set_low(v, low);
  set_high(v, high);
  return v;
}

Value negate_value(const Value& a) {
  Value v = a;
  if (!may(a, Value::has_value)) return v;
  if (a.low == kI128Min || a.high == kI128Min) return failed_value();
  v.low_open_end = a.high_open_end;
  v.high_open_end = a.low_open_end;
  set_low(v, {-a.high, a.high_den});
  set_high(v, {-a.low, a.low_den});
  return v;
}

Value subtract_values(const Value& a, const Value& b) {
  return add_values(a, negate_value(b));
}

Value multiply_values(const Value& a, const Value& b) {
  Value v;
  v.state = combined_state(a, b);
  if (!may(v, Value::has_value)) return v;
  if (single(a) && single(b)) {
    Fraction product;
    if (!multiply(low_of(a), low_of(b), product)) return failed_value();
    set_low(v, product);
    set_high(v, product);
    return v;
  }
  const bool nonnegative = !a.low_open_end && !b.low_open_end && a.low >= 0 && b.low >= 0;
  const bool bounded = !a.low_open_end && !a.high_open_end && !b.low_open_end && !b.high_open_end;
  const std::array<std::pair<Fraction, Fraction>, 4> corners{
      std::pair{low_of(a), low_of(b)}, {low_of(a), high_of(b)}, {high_of(a), low_of(b)}, {high_of(a), high_of(b)}};
  Fraction low;
  Fraction high;
  bool first = true;
  for (const auto& [x, y] : corners) {
    Fraction product;
    if (!multiply(x, y, product)) return overflowed(v, true);
    if (first || compare(product, low) < 0) low = product;
    if (first || compare(product, high) > 0) high = product;
    first = false;
  }
  if (!bounded) {
    v.high_open_end = true;
    v.low_open_end = !nonnegative;
    if (nonnegative && !multiply(low_of(a), low_of(b), low)) return overflowed(v, true);
  }
  set_low(v, low);
  set_high(v, high);
  return v;
}

Value divide_values(const Value& a, const Value& b) {
  Value v;
  v.state = combined_state(a, b);
  if (!may(v, Value::has_value)) return v;
  const bool zero_inside = (b.low_open_end || b.low <= 0) && (b.high_open_end || b.high >= 0);
  if (single(b) && b.low == 0) return failed_value();
  if (zero_inside || b.low_open_end || b.high_open_end || a.low_open_end || a.high_open_end) {
    if (zero_inside) v.state |= Value::may_fail;
    v.low_open_end = v.high_open_end = true;
    return v;
  }
  const std::array<std::pair<Fraction, Fraction>, 4> corners{
      std::pair{low_of(a), low_of(b)}, {low_of(a), high_of(b)}, {high_of(a), low_of(b)}, {high_of(a), high_of(b)}};
  Fraction low;
  Fraction high;
  bool first = true;
  for (const auto& [x, y] : corners) {
    Fraction quotient;
    if (!divide(x, y, quotient)) return overflowed(v, !single(a) || !single(b));
    if (first || compare(quotient, low) < 0) low = quotient;
    if (first || compare(quotient, high) > 0) high = quotient;
    first = false;
  }
  set_low(v, low);
  set_high(v, high);
  return v;
}

Value absolute_value(const Value& a) {
  if (!may(a, Value::has_value)) return a;
  if (!a.low_open_end && a.low >= 0) return a;
  const Value minus = negate_value(a);
  if (!a.high_open_end && a.high <= 0) return minus;
  Value v = minus;
  v.high_open_end = a.low_open_end || a.high_open_end;
  v.low_open_end = false;
  set_low(v, {0, 1});
  set_high(v, compare(high_of(a), high_of(minus)) >= 0 ? high_of(a) : high_of(minus));
  return v;
}

namespace {

Value bound(const Value& a, const Value& b, bool least) {
  Value v;
  v.state = combined_state(a, b);
  if (may(v, Value::has_value)) {
    // An end that is open on the side towards which we take gives way to the other operand only on the far side.
    const auto pick = [&](const Fraction& x, bool x_open, const Fraction& y, bool y_open, bool open_wins, bool& open) {
      if (x_open || y_open) {
        if (open_wins || (x_open && y_open)) {
          open = true;
          return x;
        }
        open = false;
        return x_open ? y : x;
      }
      open = false;
      return (compare(x, y) <= 0) == least ? x : y;
    };
    set_low(v, pick(low_of(a), a.low_open_end, low_of(b), b.low_open_end, least, v.low_open_end));
    set_high(v, pick(high_of(a), a.high_open_end, high_of(b), b.high_open_end, !least, v.high_open_end));
  }
  // A bound of `no limit` does nothing.
  if (may(b, Value::may_be_unlimited)) {
    Value keep = a;
    keep.state &= static_cast<std::uint8_t>(~Value::may_be_absent);
    v = v.state == 0 ? keep : join(v, keep, SlotClass::number);
  }
  if (may(a, Value::may_be_unlimited)) {
    Value keep = b;
    keep.state &= static_cast<std::uint8_t>(~Value::may_be_absent);
    v = v.state == 0 ? keep : join(v, keep, SlotClass::number);
  }
  return v;
}

}  // namespace

Value least_value(const Value& a, const Value& b) {
  return bound(a, b, true);
}
Value greatest_value(const Value& a, const Value& b) {
  return bound(a, b, false);
}

}  // namespace guiju::run
