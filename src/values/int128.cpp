// The operations of int128.hpp that are more than one instruction.
#include "values/int128.hpp"

#include <algorithm>

#include "values/u256.hpp"

namespace guiju {
namespace {

std::uint64_t gcd64(std::uint64_t a, std::uint64_t b) {
  while (b != 0) {
    const std::uint64_t r = a % b;
    a = b;
    b = r;
  }
  return a;
}

struct SignedProduct {
  int sign;
  U256 size;
};

SignedProduct signed_product(i128 a, i128 b) {
  if (a == 0 || b == 0) return {0, {}};
  return {(a < 0) == (b < 0) ? 1 : -1, multiply(magnitude(a), magnitude(b))};
}

}  // namespace

u128 gcd(u128 a, u128 b) {
  while (b != 0) {
    if ((a >> 64U) == 0 && (b >> 64U) == 0) return gcd64(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
    const u128 r = a % b;
    a = b;
    b = r;
  }
  return a;
}

std::string to_string(i128 v) {
  std::string digits;
  u128 rest = magnitude(v);
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10U)));
    rest /= 10U;
  } while (rest != 0);
  if (v < 0) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

int compare_products(i128 a, i128 b, i128 c, i128 d) {
  i128 left = 0;
  i128 right = 0;
  if (checked_mul(a, b, left) && checked_mul(c, d, right)) return left < right ? -1 : left > right ? 1 : 0;
  const SignedProduct x = signed_product(a, b);
  const SignedProduct y = signed_product(c, d);
  if (x.sign != y.sign) return x.sign < y.sign ? -1 : 1;
  if (x.size == y.size) return 0;
  return (x.size < y.size) == (x.sign > 0) ? -1 : 1;
}

}  // namespace guiju
