// SHA-256, by which receipts name rules, facts and themselves. libsodium does the work and is seen nowhere else.
#pragma once

#include <string>
#include <string_view>

namespace guiju {

// The digest as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace guiju
