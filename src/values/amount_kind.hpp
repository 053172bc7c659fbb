// What the figure of a programme means: what somebody is paid, the most that may be paid, or an average over many.
#pragma once

#include <cstdint>

namespace guiju {

// In the order in which less is said of one payment: of a sum the last of its parts holds.
enum class AmountKind : std::uint8_t { payment, ceiling, average };

}  // namespace guiju
