// Numbers, days and comparisons in kernels. Scales are static, so that a number is an integer; where a result could
// leave int64_t the operands are held between bounds within which it cannot, and what lies beyond is open.
#include <algorithm>

#include "kernel/lower.hpp"
#include "values/calendar.hpp"

namespace guiju::kernel {

using plan::Op;
using plan::SlotClass;
using Plan = plan::Operation;

namespace {

constexpr i128 kBound = i128{1} << 62U;
constexpr std::int64_t kMostMonths = 100'000;
constexpr std::int64_t kMostDays = 10'000'000;

i128 magnitude_of(const Range& r) {
  return std::max(-i128{r.least}, i128{r.most});
}

Register numerator_only(const Slot& s) {
  if (s.divisor != kNoRegister) throw Unsupported{};
  return s.value;
}

}  // namespace

Operation rounding_of(Rounding mode) {
  switch (mode) {
    case Rounding::down:
      return Operation::DOWN;
    case Rounding::up:
      return Operation::UP;
    case Rounding::half_up:
      return Operation::HALFUP;
    case Rounding::half_even:
      break;
  }
  return Operation::HALFEVEN;
}

Lowering::Held Lowering::hold(Register value, i128 least, i128 most) {
  const Range r = b_.range(value);
  if (least <= r.least && r.most <= most) return {value, b_.one()};
  const Register held = b_.least(b_.greatest(value, b_.set(narrow(least))), b_.set(narrow(most)));
  return {held, b_.equal(held, value)};
}

// The narrower of two keeps its range; where both are wide each is held to half the bits.
std::pair<Lowering::Held, Lowering::Held> Lowering::hold_factors(Register x, Register y) {
  const i128 of_x = std::max<i128>(magnitude_of(b_.range(x)), 1);
  const i128 of_y = std::max<i128>(magnitude_of(b_.range(y)), 1);
  if (of_x <= kBound / of_y) return {{x, b_.one()}, {y, b_.one()}};
  constexpr i128 kHalf = i128{1} << 31U;
  const i128 narrower = std::min({of_x, of_y, kHalf});
  const i128 rest = kBound / narrower;
  if (of_x <= of_y) return {hold(x, -narrower, narrower), hold(y, -rest, rest)};
  return {hold(x, -rest, rest), hold(y, -narrower, narrower)};
}

// Of numbers with one divisor, or none. A date with `no limit` added is later than every day.
Slot Lowering::sum(const Slot& x, const Slot& y, bool minus) {
  const Held a = hold(numerator_only(x), -kBound / 2, kBound / 2);
  const Held c = hold(numerator_only(y), -kBound / 2, kBound / 2);
  const Register value = minus ? b_.subtract(a.value, c.value) : b_.add(a.value, c.value);
  Slot s = value_slot(b_, x.cls, value, b_.all(b_.all(x.has, y.has), b_.all(a.fits, c.fits)));
  s.unlimited = b_.any(b_.all(x.unlimited, b_.any(y.has, y.unlimited)), b_.all(y.unlimited, x.has));
  return s;
}

Slot Lowering::product(const Slot& x, const Slot& y) {
  const auto [a, c] = hold_factors(numerator_only(x), numerator_only(y));
  return value_slot(b_, x.cls, b_.multiply(a.value, c.value), b_.all(b_.all(x.has, y.has), b_.all(a.fits, c.fits)));
}

Slot Lowering::scaled(const Op& op) {
  Slot s = at(op.a);
  const auto [a, k] = hold_factors(s.value, b_.set(narrow(plan_.ratios[op.aux].num())));
  s.value = b_.multiply(a.value, k.value);
  s.has = b_.all(s.has, b_.all(a.fits, k.fits));
  return s;
}

// The divisor is above zero; what divides by zero is open, and so fails where it matters.
Slot Lowering::quotient(const Slot& x, const Slot& y) {
  const Register divisor = b_.absolute(numerator_only(y));
  const Register sign = b_.less(y.value, b_.zero());
  const Register n = numerator_only(x);
  const Register positive = b_.greatest(divisor, b_.one());
  Slot s = value_slot(b_, SlotClass::number, b_.select(sign, b_.subtract(b_.zero(), n), n),
                      b_.all(b_.all(x.has, y.has), b_.no(b_.equal(divisor, b_.zero()))));
  if (!b_.is(positive, 1)) s.divisor = positive;
  return s;
}

// A bound of `no limit` bounds nothing.
Slot Lowering::bound(const Slot& x, const Slot& y, bool least) {
  const Register a = numerator_only(x);
  const Register c = numerator_only(y);
  const Register both = least ? b_.least(a, c) : b_.greatest(a, c);
  const Register value = b_.select(y.unlimited, a, b_.select(x.unlimited, c, both));
  Slot s = value_slot(b_, x.cls, value,
                      b_.any(b_.all(x.has, y.has), b_.any(b_.all(x.has, y.unlimited), b_.all(y.has, x.unlimited))));
  s.unlimited = b_.all(x.unlimited, y.unlimited);
  return s;
}

Slot Lowering::rounded(const Op& op) {
  Slot s = at(op.a);
  const Rational& ratio = plan_.ratios[op.aux];
  const auto [n, by] = hold_factors(s.value, b_.set(narrow(ratio.num())));
  const auto [d, under] = hold_factors(s.divisor == kNoRegister ? b_.one() : s.divisor, b_.set(narrow(ratio.den())));
  s.value = b_.divide(rounding_of(static_cast<Rounding>(op.mode)), b_.multiply(n.value, by.value),
                      b_.greatest(b_.multiply(d.value, under.value), b_.one()));
  s.divisor = kNoRegister;
  s.has = b_.all(s.has, b_.all(b_.all(n.fits, by.fits), b_.all(d.fits, under.fits)));
  return s;
}

// Each band on its own part of the base.
Slot Lowering::bands(const Op& op) {
  Slot s = at(op.a);
  const Register base = numerator_only(s);
  Register total = b_.zero();
  i128 from = 0;
  bool first = true;
  for (const auto& band : plan_.bands[op.aux]) {
    Register upper = band.open ? base : b_.least(base, b_.set(narrow(band.up_to)));
    const Held held = hold(upper, -kBound / 2, kBound / 2);
    Register part = b_.subtract(held.value, b_.set(narrow(from)));
    if (!first) part = b_.greatest(part, b_.zero());
    const auto [p, rate] = hold_factors(part, b_.set(narrow(band.rate)));
    const Held more = hold(b_.multiply(p.value, rate.value), -kBound / 4, kBound / 4);
    const Held sum = hold(total, -kBound / 4, kBound / 4);
    total = b_.add(sum.value, more.value);
    s.has = b_.all(s.has, b_.all(b_.all(held.fits, p.fits), b_.all(b_.all(rate.fits, more.fits), sum.fits)));
    from = band.up_to;
    first = false;
    if (band.open) break;
  }
  s.value = total;
  return s;
}

// ---- days
// ---------------------------------------------------------------------------------------------------------------------

Slot Lowering::later(const Op& op) {
  const Slot& date = at(op.a);
  const Slot& length = at(op.b);
  const bool months = op.code == Plan::DADDM;
  const std::int64_t most = months ? kMostMonths : kMostDays;
  const Held count = hold(numerator_only(length), -most, most);
  const Register steps = op.mode != 0 ? b_.subtract(b_.zero(), count.value) : count.value;
  const Range r = b_.range(date.value);
  const std::int64_t reach = months ? most * 31 : most;
  const Register day = months ? b_.apply(Operation::ADDMONTHS, {r.least - reach, r.most + reach}, date.value, steps)
                              : b_.add(date.value, steps);
  const Register in_calendar = b_.within(day, kFirstDay, kLastDay);
  Slot s = value_slot(b_, SlotClass::day, b_.least(b_.greatest(day, b_.set(kFirstDay)), b_.set(kLastDay)),
                      b_.all(b_.all(date.has, length.has), b_.all(count.fits, in_calendar)));
  s.unlimited =
      b_.any(b_.all(date.unlimited, b_.any(length.has, length.unlimited)), b_.all(length.unlimited, date.has));
  return s;
}

Slot Lowering::elapsed(const Op& op) {
  const Slot& from = at(op.a);
  const Slot& to = at(op.b);
  const Register a = from.value;
  const Register z = to.value;
  const Range x = b_.range(a);
  const Range y = b_.range(z);
  const std::int64_t least = y.least - x.most;
  const std::int64_t most = y.most - x.least;
  // Half months are the most that is counted, at least one in 14 days.
  const Range counted{least / 14 - 2, most / 14 + 2};
  Register n = 0;
  switch (op.mode) {
    case 0:
      n = b_.apply(Operation::YEARS, {least / 365 - 2, most / 365 + 2}, a, z, op.edge);
      break;
    case 1:
      n = b_.apply(Operation::MONTHS, {least / 28 - 2, most / 28 + 2}, a, z, op.edge);
      break;
    case 2:
      n = b_.apply(Operation::STARTEDYEARS, {0, std::max<std::int64_t>(most, 0) / 365 + 2}, a, z);
      break;
    case 4:
      n = b_.apply(Operation::HALFMONTHS, counted, a, z);
      break;
    default:
      n = b_.subtract(z, a);
      break;
  }
  return value_slot(b_, SlotClass::number, n, b_.all(from.has, to.has));
}

Slot Lowering::date_part(const Op& op) {
  Slot s = at(op.a);
  const Range r = b_.range(s.value);
  const Range near{r.least - 366, r.most + 366};
  switch (op.mode) {
    case 0:
      s.value = b_.apply(Operation::YEAR, {1899, 2200}, s.value);
      break;
    case 1:
      s.value = b_.apply(Operation::YEARSTART, near, s.value);
      break;
    case 2:
      s.value = b_.apply(Operation::YEAREND, near, s.value);
      break;
    case 3:
      s.value = b_.apply(Operation::MONTHSTART, near, s.value);
      break;
    default:
      s.value = b_.apply(Operation::MONTHEND, near, s.value);
      break;
  }
  return s;
}

// ---- tests
// --------------------------------------------------------------------------------------------------------------------

namespace {

enum class Relation : std::uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };

Register holds(Builder& b, Relation relation, Register x, Register y) {
  switch (relation) {
    case Relation::less:
      return b.less(x, y);
    case Relation::less_equal:
      return b.at_most(x, y);
    case Relation::equal:
      return b.equal(x, y);
    case Relation::not_equal:
      return b.no(b.equal(x, y));
    case Relation::greater_equal:
      return b.at_most(y, x);
    case Relation::greater:
      break;
  }
  return b.less(y, x);
}

// Whether the relation holds where one or both are `no limit`: it is met as a bound in either direction; as a day it
// is later than every day.
bool holds_unlimited(Relation relation, bool days, bool left, bool right) {
  if (relation == Relation::equal || relation == Relation::not_equal)
    return (left && right) == (relation == Relation::equal);
  if (!days) return true;
  if (left && right) return relation == Relation::less_equal || relation == Relation::greater_equal;
  return right == (relation == Relation::less || relation == Relation::less_equal);
}

}  // namespace

Slot Lowering::compare(const Op& op) {
  Slot x = at(op.a);
  Slot y = at(op.b);
  const auto relation = static_cast<Relation>(op.mode);
  if (x.cls == SlotClass::member) {
    // By rank, 0 is best; an unclassified grade satisfies nothing.
    const auto& rank = plan_.enums[section_.slots[op.a].enumeration].rank;
    std::vector<std::int64_t> ranks(63, 0);
    std::copy(rank.begin(), rank.end(), ranks.begin());
    const Register last = b_.set(static_cast<std::int64_t>(rank.size()) - 1);
    const Register graded = b_.all(b_.at_most(x.value, last), b_.at_most(y.value, last));
    const Register r = holds(b_, relation, b_.at(x.value, ranks), b_.at(y.value, ranks));
    return truth_where(b_, b_.all(x.has, y.has), b_.all(graded, r));
  }
  Register fits = b_.one();
  if (x.divisor != kNoRegister || y.divisor != kNoRegister) {
    const auto cross = [&](Register n, Register d) {
      const auto [a, c] = hold_factors(n, d == kNoRegister ? b_.one() : d);
      fits = b_.all(fits, b_.all(a.fits, c.fits));
      return b_.multiply(a.value, c.value);
    };
    const Register left = cross(x.value, y.divisor);
    y.value = cross(y.value, x.divisor);
    x.value = left;
  }
  const Slot plain = truth_where(b_, b_.all(b_.all(x.has, y.has), fits), holds(b_, relation, x.value, y.value));
  Register yes = plain.holds;
  Register no = plain.fails;
  const auto unlimited = [&](Register where, bool left, bool right) {
    Register& side = holds_unlimited(relation, x.cls == SlotClass::day, left, right) ? yes : no;
    side = b_.any(side, where);
  };
  unlimited(b_.all(x.unlimited, y.has), true, false);
  unlimited(b_.all(y.unlimited, x.has), false, true);
  unlimited(b_.all(x.unlimited, y.unlimited), true, true);
  return truth_slot(b_, yes, no);
}

Slot Lowering::same(const Op& op) {
  const Slot& x = at(op.a);
  const Slot& y = at(op.b);
  if (x.divisor != kNoRegister || y.divisor != kNoRegister) throw Unsupported{};
  const Register both = b_.all(x.has, y.has);
  if (x.cls == SlotClass::truth) {
    const Register equal = b_.any(b_.all(x.holds, y.holds), b_.all(x.fails, y.fails));
    return truth_where(b_, both, equal);
  }
  Register equal = b_.equal(x.value, y.value);
  if (x.cls == SlotClass::member) equal = b_.all(equal, b_.less(x.value, b_.set(60)));  // not an unclassified grade
  return truth_where(b_, both, equal);
}

Slot Lowering::in_region(const Op& op) {
  const Slot& code = at(op.a);
  const Slot& of = at(op.b);
  const Range r = b_.range(of.value);
  if (r.least != r.most) throw Unsupported{};
  const Area area = area_of(r.least);
  return truth_where(b_, b_.all(code.has, of.has), b_.within(code.value, area.first, area.last));
}

}  // namespace guiju::kernel
