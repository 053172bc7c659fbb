// The formatter: a list of passes over pieces.
#include "syntax/format.hpp"

#include "syntax/format_passes.hpp"

namespace guiju::syntax {

std::string format(const Tree& tree, KeywordLanguage language) {
  std::vector<Piece> pieces = pieces_in_order(tree, language);
  keep_names_apart(pieces, tree);
  const Layout layout = layout_of(tree);
  open_up_lists(pieces, tree, layout);
  align_grids(pieces, tree, layout);
  return print(pieces, tree, layout);
}

}  // namespace guiju::syntax
