// Exact numbers: a fraction of two 128-bit integers in lowest terms. The compiler folds constants with it, scales and
// unit factors are of this type, and the executor holds what a division by a fact leaves. Nothing here ever rounds
// unasked: an operation whose exact result does not fit returns no value, and the caller says so to the user.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "values/int128.hpp"

namespace guiju {

class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole)
      : num_(whole) {}  // NOLINT(google-explicit-constructor): integers are rationals

  // num/den in lowest terms with a positive denominator; no value for den == 0 or where the sign cannot be moved.
  [[nodiscard]] static std::optional<Rational> make(i128 num, i128 den);
  [[nodiscard]] static constexpr Rational whole(i128 n) {
    Rational r;
    r.num_ = n;
    return r;
  }

  [[nodiscard]] constexpr i128 num() const { return num_; }
  [[nodiscard]] constexpr i128 den() const { return den_; }  // > 0
  [[nodiscard]] constexpr bool is_integer() const { return den_ == 1; }
  [[nodiscard]] constexpr bool is_zero() const { return num_ == 0; }
  [[nodiscard]] constexpr int sign() const { return num_ < 0 ? -1 : num_ > 0 ? 1 : 0; }

  // Lowest terms make equality that of the members.
  friend constexpr bool operator==(const Rational&, const Rational&) = default;

 private:
  i128 num_ = 0;
  i128 den_ = 1;
};

[[nodiscard]] std::optional<Rational> add(const Rational& a, const Rational& b);
[[nodiscard]] std::optional<Rational> sub(const Rational& a, const Rational& b);
[[nodiscard]] std::optional<Rational> mul(const Rational& a, const Rational& b);
[[nodiscard]] std::optional<Rational> div(const Rational& a, const Rational& b);  // no value for b == 0
[[nodiscard]] std::optional<Rational> negate(const Rational& a);
[[nodiscard]] std::optional<Rational> pow(const Rational& a, int exponent);  // 0^0 is 1; no value for 0^negative
[[nodiscard]] int compare(const Rational& a, const Rational& b);             // -1, 0, 1; exact for all inputs

// The largest positive rational of which both are integer multiples; no value where it does not fit. Zero counts as no
// constraint; of two zeros it is 1.
[[nodiscard]] std::optional<Rational> gcd(const Rational& a, const Rational& b);

// A written decimal: digits, an optional point and digits; `_` between digits is skipped. At most 38 digits.
// No sign, no exponent. No value where the text is something else or too long.
[[nodiscard]] std::optional<Rational> parse_decimal(std::string_view text);

// The exact decimal where one exists within 38 digits ("2.5", "-0.01"), else "n/d". `min_decimals` pads with zeros.
[[nodiscard]] std::string to_string(const Rational& r, int min_decimals = 0);

// Rounded half even to `decimals` places, for showing fractions that have no finite decimal.
[[nodiscard]] std::string to_decimal(const Rational& r, int decimals);

}  // namespace guiju
