// Texts that people laid out over several lines, as they read on one.
#pragma once

#include <string>
#include <string_view>

namespace guiju {

// Whatever blanks and line ends stand between two words become one blank; at either end there are none.
[[nodiscard]] std::string on_one_line(std::string_view text);

// Whether it stands so already.
[[nodiscard]] bool is_on_one_line(std::string_view text);

}  // namespace guiju
