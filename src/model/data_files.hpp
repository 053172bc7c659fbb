// The files beside the rules that tables and catalogues take their rows from. Private to model/.
#pragma once

#include <optional>

#include "model/scope.hpp"

namespace guiju::model {

// The file that `from "…"` names; reports one that is not there unless whoever looked for it has said why.
[[nodiscard]] std::optional<FileId> data_file(Context& context, const syntax::Tree& tree, const syntax::Node& text);

}  // namespace guiju::model
