// How many blanks stand between two pieces of one line.
#pragma once

#include "syntax/format_layout.hpp"
#include "syntax/format_pieces.hpp"

namespace guiju::syntax {

[[nodiscard]] std::size_t blanks_between(const Piece& before, const Piece& after, const Tree& tree,
                                         const Layout& layout);

}  // namespace guiju::syntax
