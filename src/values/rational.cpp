// Fractions in lowest terms. Common factors are taken out before multiplying, and sums go through 256 bits where 128 do
// not hold them, so that "no value" means that the result itself does not fit.
#include "values/rational.hpp"

#include <algorithm>

#include "values/u256.hpp"
#include "values/utf8.hpp"

namespace guiju {
namespace {

constexpr int kMaxDigits = 38;

constexpr u128 ten_to(int exponent) {
  u128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10U;
  return power;
}

std::optional<i128> with_sign(bool negative, u128 size) {
  const u128 limit = negative ? magnitude(kI128Min) : magnitude(kI128Max);
  if (size > limit) return std::nullopt;
  return negative ? static_cast<i128>(~size + 1) : static_cast<i128>(size);
}

// (-1)^negative * n/d, where n and d have no common factor.
std::optional<Rational> from_coprime(bool negative, u128 n, u128 d) {
  const auto num = with_sign(negative, n);
  const auto den = with_sign(false, d);
  if (!num || !den) return std::nullopt;
  return Rational::make(*num, *den);
}

// Most are whole numbers or decimals of few digits: nothing is to be divided, and the products are small.
u128 divided(u128 a, u128 by) {
  return by == 1 ? a : a / by;
}

std::optional<Rational> multiply_parts(bool negative, u128 an, u128 ad, u128 bn, u128 bd) {
  const u128 g1 = an == 1 || bd == 1 ? 1 : gcd(an, bd);
  const u128 g2 = bn == 1 || ad == 1 ? 1 : gcd(bn, ad);
  an = divided(an, g1);
  bn = divided(bn, g2);
  ad = divided(ad, g2);
  bd = divided(bd, g1);
  if (((an | bn | ad | bd) >> 64U) == 0) return from_coprime(negative, an * bn, ad * bd);
  const U256 n = multiply(an, bn);
  const U256 d = multiply(ad, bd);
  if (n.high != 0 || d.high != 0) return std::nullopt;
  return from_coprime(negative, n.low, d.low);
}

// a.num/a.den + (±) b.num/b.den with intermediates of 256 bits.
std::optional<Rational> add_signed(const Rational& a, const Rational& b, bool b_negative) {
  const u128 ad = static_cast<u128>(a.den());
  const u128 bd = static_cast<u128>(b.den());
  const u128 common = gcd(ad, bd);
  const U256 left = multiply(magnitude(a.num()), bd / common);
  const U256 right = multiply(magnitude(b.num()), ad / common);
  const bool a_negative = a.num() < 0;
  bool negative = a_negative;
  U256 sum;
  if (a_negative == b_negative) {
    sum = left + right;
  } else if (right < left) {
    sum = left - right;
  } else {
    sum = right - left;
    negative = b_negative;
  }
  if (sum == U256{}) return Rational{};
  const u128 g = gcd(divide(sum, {0, common}).remainder.low, common);
  const U256 n = divide(sum, {0, g}).quotient;
  const U256 d = multiply(ad / common, bd / g);
  if (n.high != 0 || d.high != 0) return std::nullopt;
  return from_coprime(negative, n.low, d.low);
}

// `digits` with the point set before the last `decimals` of them.
std::string with_point(bool negative, std::string digits, int decimals) {
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  if (negative) digits.insert(0, 1, '-');
  return digits;
}

std::string unsigned_digits(u128 v) {
  if (v <= UINT64_MAX) return std::to_string(static_cast<std::uint64_t>(v));
  std::string digits;
  for (; v != 0; v /= 10U) digits.push_back(static_cast<char>('0' + static_cast<int>(v % 10U)));
  std::reverse(digits.begin(), digits.end());
  return digits;
}

void increment(std::string& digits) {
  for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
    if (*it != '9') {
      ++*it;
      return;
    }
    *it = '0';
  }
  digits.insert(0, 1, '1');
}

// The number of decimals of a fraction with this denominator; no value where it never ends or is longer than 38 digits.
std::optional<int> decimals_of(u128 den) {
  if (den == 1) return 0;
  int twos = 0;
  int fives = 0;
  for (; den % 2U == 0; den /= 2U) ++twos;
  for (; den % 5U == 0; den /= 5U) ++fives;
  if (den != 1) return std::nullopt;
  const int decimals = std::max(twos, fives);
  if (decimals > kMaxDigits) return std::nullopt;
  return decimals;
}

}  // namespace

std::optional<Rational> Rational::make(i128 num, i128 den) {
  if (den == 0) return std::nullopt;
  const u128 n = magnitude(num);
  const u128 d = magnitude(den);
  const u128 g = d == 1 ? 1 : guiju::gcd(n, d);
  const auto reduced_num = with_sign((num < 0) != (den < 0), divided(n, g));
  const auto reduced_den = with_sign(false, divided(d, g));
  if (!reduced_num || !reduced_den) return std::nullopt;
  Rational r;
  r.num_ = *reduced_num;
  r.den_ = *reduced_den;
  return r;
}

std::optional<Rational> add(const Rational& a, const Rational& b) {
  i128 sum = 0;
  if (a.is_integer() && b.is_integer() && checked_add(a.num(), b.num(), sum)) return Rational::whole(sum);
  return add_signed(a, b, b.num() < 0);
}

std::optional<Rational> sub(const Rational& a, const Rational& b) {
  i128 difference = 0;
  if (a.is_integer() && b.is_integer() && checked_sub(a.num(), b.num(), difference)) return Rational::whole(difference);
  return add_signed(a, b, b.num() > 0);
}

std::optional<Rational> mul(const Rational& a, const Rational& b) {
  if (a.is_zero() || b.is_zero()) return Rational{};
  return multiply_parts((a.num() < 0) != (b.num() < 0), magnitude(a.num()), static_cast<u128>(a.den()),
                        magnitude(b.num()), static_cast<u128>(b.den()));
}

std::optional<Rational> div(const Rational& a, const Rational& b) {
  if (b.is_zero()) return std::nullopt;
  if (a.is_zero()) return Rational{};
  return multiply_parts((a.num() < 0) != (b.num() < 0), magnitude(a.num()), static_cast<u128>(a.den()),
                        static_cast<u128>(b.den()), magnitude(b.num()));
}

std::optional<Rational> negate(const Rational& a) {
  return sub(Rational{}, a);
}

std::optional<Rational> pow(const Rational& a, int exponent) {
  if (exponent < 0 && a.is_zero()) return std::nullopt;
  Rational result = 1;
  std::optional<Rational> square = exponent < 0 ? div(1, a) : a;
  unsigned rest = exponent < 0 ? 0U - static_cast<unsigned>(exponent) : static_cast<unsigned>(exponent);
  while (rest != 0) {
    if (!square) return std::nullopt;  // a power of it is still needed, and powers only grow
    if ((rest & 1U) != 0) {
      const auto next = mul(result, *square);
      if (!next) return std::nullopt;
      result = *next;
    }
    rest >>= 1U;
    if (rest != 0) square = mul(*square, *square);
  }
  return result;
}

int compare(const Rational& a, const Rational& b) {
  return compare_products(a.num(), b.den(), b.num(), a.den());
}

std::optional<Rational> gcd(const Rational& a, const Rational& b) {
  if (a.is_zero() && b.is_zero()) return Rational{1};
  const u128 ad = static_cast<u128>(a.den());
  const u128 bd = static_cast<u128>(b.den());
  if (a.is_zero()) return from_coprime(false, magnitude(b.num()), bd);
  if (b.is_zero()) return from_coprime(false, magnitude(a.num()), ad);
  const U256 least_common = multiply(ad / gcd(ad, bd), bd);
  if (least_common.high != 0) return std::nullopt;
  return from_coprime(false, gcd(magnitude(a.num()), magnitude(b.num())), least_common.low);
}

std::optional<Rational> parse_decimal(std::string_view text) {
  i128 value = 0;
  int digits = 0;
  int decimals = 0;
  bool point = false;
  char before = '\0';
  for (std::size_t i = 0; i < text.size(); before = text[i++]) {
    const char c = text[i];
    if (is_digit(c)) {
      if (++digits > kMaxDigits) return std::nullopt;
      value = value * 10 + (c - '0');
      if (point) ++decimals;
      continue;
    }
    const bool between_digits = is_digit(before) && i + 1 < text.size() && is_digit(text[i + 1]);
    if (!between_digits) return std::nullopt;
    if (c == '_') continue;
    if (c != '.' || point) return std::nullopt;
    point = true;
  }
  if (digits == 0) return std::nullopt;
  return Rational::make(value, static_cast<i128>(ten_to(decimals)));
}

std::string to_string(const Rational& r, int min_decimals) {
  const auto fraction = [&] { return to_string(r.num()) + "/" + to_string(r.den()); };
  const u128 den = static_cast<u128>(r.den());
  const auto decimals = decimals_of(den);
  if (!decimals) return fraction();
  const U256 scaled = multiply(magnitude(r.num()), ten_to(*decimals) / den);
  if (!r.is_integer() && (scaled.high != 0 || scaled.low >= ten_to(kMaxDigits))) return fraction();
  std::string digits = unsigned_digits(scaled.low);
  const int shown = std::max(*decimals, min_decimals);
  digits.append(static_cast<std::size_t>(shown - *decimals), '0');
  return with_point(r.sign() < 0, std::move(digits), shown);
}

std::string to_decimal(const Rational& r, int decimals) {
  const u128 den = static_cast<u128>(r.den());
  const u128 size = magnitude(r.num());
  std::string digits = unsigned_digits(size / den);
  u128 rest = size % den;
  for (int i = 0; i < decimals; ++i) {
    const auto [digit, remainder] = divide(multiply(rest, 10U), {0, den});
    digits.push_back(static_cast<char>('0' + static_cast<int>(digit.low)));
    rest = remainder.low;
  }
  const bool last_odd = (digits.back() - '0') % 2 != 0;
  if (rest * 2U > den || (rest * 2U == den && last_odd)) increment(digits);
  const bool zero = digits.find_first_not_of('0') == std::string::npos;
  return with_point(r.sign() < 0 && !zero, std::move(digits), decimals);
}

}  // namespace guiju
