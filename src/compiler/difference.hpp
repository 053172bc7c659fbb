// How a test shows that something came out otherwise than expected.
#pragma once

#include <string>

namespace guiju::compiler {

// "outcome: expected eligible, got ineligible {a}"; nothing that came is said to be nothing.
[[nodiscard]] std::string difference(const std::string& what, const std::string& expected, const std::string& got,
                                     bool english);

}  // namespace guiju::compiler
