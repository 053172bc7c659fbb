// What the figure of a programme means: what somebody is paid, the most that may be paid, an average over many, or what
// somebody has to pay.
#pragma once

#include <cstdint>

namespace guiju {

// In the order in which less is said of one payment: of a sum the last of its parts holds.
enum class AmountKind : std::uint8_t { payment, ceiling, average, charge };

}  // namespace guiju
