// The abstract values: logic, intervals, joins.
#include "run/value.hpp"

#include <doctest/doctest.h>

using namespace guiju;
using namespace guiju::run;
using guiju::plan::SlotClass;

namespace {
const Value kT = truth_value(true), kF = truth_value(false), kU = mask_value(kTrue | kFalse), kNothing = Value{},
            kFails = failed_value();

bool same(const Value& a, const Value& b) {
  return a.state == b.state && a.mask == b.mask;
}
}  // namespace

TEST_CASE("and, or and not over what is open") {
  CHECK(same(logic_and(kF, kU), kF));
  CHECK(same(logic_and(kU, kF), kF));
  CHECK(same(logic_and(kT, kU), kU));
  CHECK(same(logic_or(kT, kU), kT));
  CHECK(same(logic_or(kF, kU), kU));
  CHECK(same(logic_not(kU), kU));
  CHECK(same(logic_not(kT), kF));
}

TEST_CASE("a false guard shields failures and what is not reached") {
  CHECK(same(logic_and(kF, kFails), kF));
  CHECK(same(logic_and(kFails, kF), kF));
  CHECK(same(logic_or(kT, kFails), kT));
  CHECK(only_fails(logic_and(kT, kFails)));
  CHECK(same(logic_and(kF, kNothing), kF));
}

TEST_CASE("what a row that grants nothing would have said does not fail for certain") {
  CHECK(same(logic_and(kF, refused_value()), kF));
  CHECK_FALSE(is_false(logic_and(kU, refused_value())));
  CHECK(may_be_false(logic_and(kU, refused_value())));
  CHECK(may(add_values(number_value(1), refused_value()), Value::may_be_refused));
}

TEST_CASE("intervals add, subtract and multiply to their extremes") {
  const Value a = interval_value(-2, 3);
  const Value b = interval_value(4, 5);
  const Value product = multiply_values(a, b);
  CHECK(product.low == -10);
  CHECK(product.high == 15);
  const Value difference = subtract_values(b, a);
  CHECK(difference.low == 1);
  CHECK(difference.high == 7);
}

TEST_CASE("what does not fit fails, and is never a wrong number") {
  const Value huge = number_value(kI128Max);
  CHECK(only_fails(add_values(huge, number_value(1))));
  CHECK(only_fails(multiply_values(huge, number_value(2))));
  CHECK(only_fails(negate_value(number_value(kI128Min))));
  const Value open = add_values(huge, interval_value(0, 1));
  CHECK(may(open, Value::may_fail));
  CHECK(may(open, Value::has_value));
}

TEST_CASE("division leaves exact fractions") {
  const Value third = divide_values(number_value(1), number_value(3));
  CHECK(third.low == 1);
  CHECK(third.low_den == 3);
  const Value one = multiply_values(third, number_value(3));
  CHECK(one.low == 1);
  CHECK(one.low_den == 1);
  CHECK(only_fails(divide_values(number_value(1), number_value(0))));
  CHECK(may(divide_values(number_value(1), interval_value(-1, 1)), Value::may_fail));
  const Value negative = divide_values(number_value(1), number_value(-4));
  CHECK(negative.low == -1);
  CHECK(negative.low_den == 4);
}

TEST_CASE("comparisons are decided where all values agree") {
  CHECK(is_true(compare_values(interval_value(1, 2), interval_value(3, 4), Relation::less, false)));
  CHECK(is_false(compare_values(interval_value(3, 4), interval_value(1, 2), Relation::less_equal, false)));
  CHECK(compare_values(interval_value(1, 3), number_value(3), Relation::less, false).mask == (kTrue | kFalse));
  CHECK(is_true(compare_values(interval_value(1, 3), number_value(3), Relation::less_equal, false)));
  CHECK(is_false(compare_values(number_value(3), number_value(3), Relation::not_equal, false)));
}

TEST_CASE("no limit is met in either direction, and is later than every day") {
  CHECK(is_true(compare_values(number_value(5), unlimited_value(), Relation::less_equal, false)));
  CHECK(is_true(compare_values(number_value(5), unlimited_value(), Relation::greater_equal, false)));
  CHECK(is_true(compare_values(number_value(5), unlimited_value(), Relation::less, true)));
  CHECK(is_false(compare_values(number_value(5), unlimited_value(), Relation::greater, true)));
  const Value capped = least_value(number_value(5), unlimited_value());
  CHECK(capped.low == 5);
  CHECK(capped.state == Value::has_value);
}

TEST_CASE("caps close what is open above") {
  Value open = interval_value(0, 0);
  open.high_open_end = true;
  const Value capped = least_value(open, number_value(2000));
  CHECK_FALSE(capped.high_open_end);
  CHECK(capped.high == 2000);
  const Value floored = greatest_value(open, number_value(7));
  CHECK(floored.low == 7);
  CHECK(floored.high_open_end);
}

TEST_CASE("an open condition joins both branches") {
  const Value v = select(kU, number_value(1), number_value(5), SlotClass::number);
  CHECK(v.low == 1);
  CHECK(v.high == 5);
  CHECK(is_known(select(kT, number_value(1), kFails, SlotClass::number), SlotClass::number));
  const Value with_absent = join(number_value(1), absent_value(), SlotClass::number);
  CHECK_FALSE(is_known(with_absent, SlotClass::number));
  CHECK(with_absent.low == 1);
}
