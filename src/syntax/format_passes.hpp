// The passes of the formatter, in the order in which format.cpp runs them.
#pragma once

#include <string>
#include <vector>

#include "syntax/format_layout.hpp"
#include "syntax/format_pieces.hpp"

namespace guiju::syntax {

// 1. format_order.cpp: pieces of a whole file in the order and the words of a language. The last one is the end of the
// file, with an empty text.
[[nodiscard]] std::vector<Piece> pieces_in_order(const Tree& tree, KeywordLanguage language);

// 2. format_names.cpp: back-quotes around names that would melt into a phrase with the words beside them.
void keep_names_apart(std::vector<Piece>& pieces, const Tree& tree);

// 3. format_lists.cpp: lists of several lines stand clear of their brackets.
void open_up_lists(std::vector<Piece>& pieces, const Tree& tree, const Layout& layout);

// 4. format_grids.cpp: gives the bars of grids their padding, by display width: a wide character takes two columns.
void align_grids(std::vector<Piece>& pieces, const Tree& tree, const Layout& layout);

// 5. format_print.cpp: blanks, lines and indents.
[[nodiscard]] std::string print(const std::vector<Piece>& pieces, const Tree& tree, const Layout& layout);

}  // namespace guiju::syntax
