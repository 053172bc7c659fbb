// The abstract values of the executor and what operations make of them. A known value is the case where all that is
// possible is one; the same code serves known and open facts, so that they cannot disagree.
#pragma once

#include "run/decide.hpp"

namespace guiju::run {

inline constexpr std::uint64_t kFalse = 1, kTrue = 2;

// A number as numerator and denominator (> 0), in the scale of its slot.
struct Fraction {
  i128 n = 0, d = 1;
};
// False where the exact result does not fit.
[[nodiscard]] bool add(const Fraction& a, const Fraction& b, Fraction& out);
[[nodiscard]] bool subtract(const Fraction& a, const Fraction& b, Fraction& out);
[[nodiscard]] bool multiply(const Fraction& a, const Fraction& b, Fraction& out);
[[nodiscard]] bool divide(const Fraction& a, const Fraction& b, Fraction& out);  // b not zero
[[nodiscard]] bool round(const Fraction& a, const Rational& ratio, Rounding mode, Fraction& out);
[[nodiscard]] int compare(const Fraction& a, const Fraction& b);
[[nodiscard]] Fraction reduced(Fraction f);  // to lowest terms

[[nodiscard]] inline Fraction low_of(const Value& v) {
  return {v.low, v.low_den};
}
[[nodiscard]] inline Fraction high_of(const Value& v) {
  return {v.high, v.high_den};
}
void set_low(Value& v, const Fraction& f);
void set_high(Value& v, const Fraction& f);

[[nodiscard]] Value truth_value(bool truth);
[[nodiscard]] Value mask_value(std::uint64_t mask);  // no bit: not reached
[[nodiscard]] Value number_value(i128 c);
[[nodiscard]] Value interval_value(i128 low, i128 high);
[[nodiscard]] Value absent_value();
[[nodiscard]] Value unlimited_value();
[[nodiscard]] Value failed_value();
[[nodiscard]] Value refused_value();

[[nodiscard]] inline bool may(const Value& v, Value::State s) {
  return (v.state & s) != 0;
}
// What a result takes over from each operand that it depends on.
inline constexpr std::uint8_t kFaults = Value::may_fail | Value::may_be_refused;
[[nodiscard]] inline std::uint8_t faults(const Value& v) {
  return v.state & kFaults;
}
inline void add_faults(Value& v, const Value& operand) {
  v.state |= faults(operand);
}
[[nodiscard]] inline Value with_faults(Value v, const Value& a, const Value& b = {}) {
  add_faults(v, a);
  add_faults(v, b);
  return v;
}
[[nodiscard]] inline bool is_true(const Value& v) {
  return v.state == Value::has_value && v.mask == kTrue;
}
[[nodiscard]] inline bool is_false(const Value& v) {
  return v.state == Value::has_value && v.mask == kFalse;
}
[[nodiscard]] inline bool may_be_true(const Value& v) {
  return (v.mask & kTrue) != 0;
}
[[nodiscard]] inline bool may_be_false(const Value& v) {
  return (v.mask & kFalse) != 0;
}
[[nodiscard]] inline bool only_fails(const Value& v) {
  return v.state == Value::may_fail;
}

// One value, one state: nothing is open. What was not reached counts as known: nobody needs it.
[[nodiscard]] bool is_known(const Value& v, plan::SlotClass cls);

// Everything that either could be.
[[nodiscard]] Value join(const Value& a, const Value& b, plan::SlotClass cls);

// Kleene's logic; what a false guard shields is never looked at.
[[nodiscard]] Value logic_and(const Value& a, const Value& b);
[[nodiscard]] Value logic_or(const Value& a, const Value& b);
[[nodiscard]] Value logic_not(const Value& a);

[[nodiscard]] Value select(const Value& condition, const Value& yes, const Value& no, plan::SlotClass cls);

enum class Relation : std::uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };
// Numbers of one scale, days, months, days counted.
[[nodiscard]] Value compare_values(const Value& a, const Value& b, Relation relation, bool dates);

// Arithmetic on intervals; what does not fit makes the result fail.
[[nodiscard]] Value add_values(const Value& a, const Value& b);
[[nodiscard]] Value subtract_values(const Value& a, const Value& b);
[[nodiscard]] Value multiply_values(const Value& a, const Value& b);
[[nodiscard]] Value divide_values(const Value& a, const Value& b);
[[nodiscard]] Value negate_value(const Value& a);
[[nodiscard]] Value absolute_value(const Value& a);
[[nodiscard]] Value least_value(const Value& a, const Value& b);
[[nodiscard]] Value greatest_value(const Value& a, const Value& b);

}  // namespace guiju::run
