// The files beside the rules that tables and catalogues take their rows from. Private to model/.
#pragma once

#include <optional>

#include "model/scope.hpp"

namespace guiju::model {

// Told of one file: nobody reads more, and each may cost a search for what was meant.
inline constexpr std::size_t kMostFaultsOfFile = 50;

// The file that `from "…"` names; reports one that is not there unless whoever looked for it has said why.
[[nodiscard]] std::optional<FileId> data_file(Context& context, const syntax::Tree& tree, const syntax::Node& text);

}  // namespace guiju::model
