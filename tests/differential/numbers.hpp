// Exact numbers of the reference evaluator: big rationals, and the written-out rules for rounding, logarithms and
// powers. Deliberately plain and deliberately apart from src/values: what is compared must not be shared.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <string>

#include "values/rational.hpp"
#include "values/rounding.hpp"

namespace guiju::reference {

using Integer = boost::multiprecision::cpp_int;
using Number = boost::multiprecision::cpp_rational;

[[nodiscard]] Integer integer(i128 v);
[[nodiscard]] Number exact(const Rational& r);
[[nodiscard]] inline Number fen(i128 v) {  // in yuan
  return Number(integer(v), 100);
}
// To the engine's type; no value where it does not fit 128 bits.
[[nodiscard]] std::optional<Rational> rational(const Number& n);

[[nodiscard]] Integer floor_of(const Number& n);
[[nodiscard]] Number round_to_unit(const Number& n, const Number& unit, Rounding mode);

// No value where the function is not defined (x <= 0; a negative base under a root; zero to a negative power).
[[nodiscard]] std::optional<Number> rounded_ln(const Number& x, const Number& unit, Rounding mode);
[[nodiscard]] std::optional<Number> integer_power(const Number& x, int exponent);
[[nodiscard]] std::optional<Number> rounded_power(const Number& x, const Number& exponent, const Number& unit,
                                                  Rounding mode);

// A decimal where there is one, else n/d.
[[nodiscard]] std::string show(const Number& n);

}  // namespace guiju::reference
