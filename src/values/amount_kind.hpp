// What the figure of a programme means: what somebody is paid, the most that may be paid, an average over many, what
// somebody has to pay, or what a tax is reckoned without: taken off the taxable income, or off the tax itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace guiju {

// In the order in which less is said of one payment: of a sum the last of its parts holds.
enum class AmountKind : std::uint8_t { payment, ceiling, average, charge, deduction, credit };

// By which answers are written and read back.
inline constexpr std::array<std::string_view, 6> kAmountKindNames = {"payment", "ceiling",   "average",
                                                                     "charge",  "deduction", "credit"};

constexpr std::string_view name_of(AmountKind kind) {
  return kAmountKindNames[static_cast<std::size_t>(kind)];
}

// A word that names none is a payment.
constexpr AmountKind amount_kind_named(std::string_view name) {
  const auto* const found = std::find(kAmountKindNames.begin(), kAmountKindNames.end(), name);
  return found == kAmountKindNames.end() ? AmountKind::payment
                                         : static_cast<AmountKind>(found - kAmountKindNames.begin());
}

// Nobody is ever paid one of these, wherever else the payment may be set.
constexpr bool is_beside_payments(AmountKind kind) {
  return kind >= AmountKind::charge;
}

}  // namespace guiju
