// Schoolbook arithmetic on limbs of 32 bits: the numbers here have a few dozen limbs.
#include "values/natural.hpp"

#include <algorithm>
#include <bit>

namespace guiju {
namespace {

constexpr unsigned kLimbBits = 32;

std::uint32_t low_limb(std::uint64_t v) {
  return static_cast<std::uint32_t>(v);
}

}  // namespace

Natural::Natural(u128 value) {
  for (; value != 0; value >>= kLimbBits) limbs_.push_back(low_limb(static_cast<std::uint64_t>(value)));
}

void Natural::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

std::size_t Natural::bits() const {
  if (limbs_.empty()) return 0;
  return (limbs_.size() - 1) * kLimbBits + static_cast<std::size_t>(std::bit_width(limbs_.back()));
}

std::optional<u128> Natural::to_u128() const {
  if (bits() > 128) return std::nullopt;
  u128 value = 0;
  for (auto limb = limbs_.rbegin(); limb != limbs_.rend(); ++limb) value = (value << kLimbBits) | *limb;
  return value;
}

bool operator<(const Natural& a, const Natural& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() < b.limbs_.size();
  return std::lexicographical_compare(a.limbs_.rbegin(), a.limbs_.rend(), b.limbs_.rbegin(), b.limbs_.rend());
}

Natural operator+(const Natural& a, const Natural& b) {
  const auto& longer = a.limbs_.size() < b.limbs_.size() ? b.limbs_ : a.limbs_;
  const auto& shorter = a.limbs_.size() < b.limbs_.size() ? a.limbs_ : b.limbs_;
  Natural sum;
  sum.limbs_.reserve(longer.size() + 1);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < longer.size(); ++i) {
    carry += std::uint64_t{longer[i]} + (i < shorter.size() ? shorter[i] : 0U);
    sum.limbs_.push_back(low_limb(carry));
    carry >>= kLimbBits;
  }
  if (carry != 0) sum.limbs_.push_back(low_limb(carry));
  return sum;
}

Natural operator-(const Natural& a, const Natural& b) {
  Natural difference;
  difference.limbs_.reserve(a.limbs_.size());
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < a.limbs_.size(); ++i) {
    const std::uint64_t taken = borrow + (i < b.limbs_.size() ? b.limbs_[i] : 0U);
    difference.limbs_.push_back(low_limb(a.limbs_[i] - taken));
    borrow = a.limbs_[i] < taken ? 1 : 0;
  }
  difference.trim();
  return difference;
}

Natural operator*(const Natural& a, const Natural& b) {
  Natural product;
  product.limbs_.assign(a.limbs_.size() + b.limbs_.size(), 0);
  for (std::size_t i = 0; i < a.limbs_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.limbs_.size(); ++j) {
      carry += std::uint64_t{a.limbs_[i]} * b.limbs_[j] + product.limbs_[i + j];
      product.limbs_[i + j] = low_limb(carry);
      carry >>= kLimbBits;
    }
    product.limbs_[i + b.limbs_.size()] = low_limb(carry);
  }
  product.trim();
  return product;
}

Natural operator<<(const Natural& a, std::size_t bits) {
  if (a.is_zero()) return {};
  Natural shifted;
  shifted.limbs_.assign(bits / kLimbBits, 0);
  const auto offset = static_cast<unsigned>(bits % kLimbBits);
  std::uint64_t carry = 0;
  for (const std::uint32_t limb : a.limbs_) {
    carry |= std::uint64_t{limb} << offset;
    shifted.limbs_.push_back(low_limb(carry));
    carry >>= kLimbBits;
  }
  if (carry != 0) shifted.limbs_.push_back(low_limb(carry));
  return shifted;
}

Natural operator>>(const Natural& a, std::size_t bits) {
  const std::size_t skipped = bits / kLimbBits;
  const auto offset = static_cast<unsigned>(bits % kLimbBits);
  Natural shifted;
  for (std::size_t i = skipped; i < a.limbs_.size(); ++i) {
    const std::uint64_t above = i + 1 < a.limbs_.size() ? a.limbs_[i + 1] : 0U;
    shifted.limbs_.push_back(low_limb(((above << kLimbBits) | a.limbs_[i]) >> offset));
  }
  shifted.trim();
  return shifted;
}

// Long division (Knuth, The Art of Computer Programming 2, algorithm D): the divisor is shifted until its first bit is
// set, so that each digit guessed from the first two limbs is at most two too high.
Natural::Division Natural::divide(const Natural& n, const Natural& d) {
  if (n < d) return {{}, n};
  const std::size_t shift = (kLimbBits - d.bits() % kLimbBits) % kLimbBits;
  const std::vector<std::uint32_t> v = (d << shift).limbs_;
  std::vector<std::uint32_t> u = (n << shift).limbs_;
  u.push_back(0);
  const std::size_t digits = u.size() - v.size();
  const std::uint64_t first = v.back();
  const std::uint64_t second = v.size() > 1 ? v[v.size() - 2] : 0;

  Natural quotient;
  quotient.limbs_.assign(digits, 0);
  for (std::size_t j = digits; j-- > 0;) {
    const std::size_t top = j + v.size();
    const std::uint64_t two = (std::uint64_t{u[top]} << kLimbBits) | u[top - 1];
    const std::uint64_t third = top >= 2 ? u[top - 2] : 0;
    std::uint64_t guess = two / first;
    std::uint64_t rest = two % first;
    while (rest >> kLimbBits == 0 && (guess >> kLimbBits != 0 || guess * second > ((rest << kLimbBits) | third))) {
      --guess;
      rest += first;
    }
    std::uint64_t carry = 0;
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i <= v.size(); ++i) {
      carry += i < v.size() ? guess * v[i] : 0;
      const std::uint64_t taken = std::uint64_t{low_limb(carry)} + borrow;
      borrow = u[i + j] < taken ? 1 : 0;
      u[i + j] = low_limb(u[i + j] - taken);
      carry >>= kLimbBits;
    }
    if (borrow != 0) {  // the guess was one too high after all
      --guess;
      carry = 0;
      for (std::size_t i = 0; i <= v.size(); ++i) {
        carry += std::uint64_t{u[i + j]} + (i < v.size() ? v[i] : 0U);
        u[i + j] = low_limb(carry);
        carry >>= kLimbBits;
      }
    }
    quotient.limbs_[j] = low_limb(guess);
  }
  quotient.trim();
  Natural remainder;
  remainder.limbs_ = std::move(u);
  remainder.trim();
  return {std::move(quotient), remainder >> shift};
}

Natural pow(const Natural& base, unsigned exponent) {
  Natural result(1);
  Natural square = base;
  for (; exponent != 0; exponent >>= 1U) {
    if ((exponent & 1U) != 0) result = result * square;
    if (exponent > 1) square = square * square;
  }
  return result;
}

}  // namespace guiju
