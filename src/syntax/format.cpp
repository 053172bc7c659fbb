// The formatter: a list of passes over pieces.
#include "syntax/format.hpp"

#include "syntax/format_passes.hpp"

namespace guiju::syntax {
namespace {

std::vector<std::uint32_t> printed_tokens(const std::vector<Piece>& pieces) {
  std::vector<std::uint32_t> tokens;
  for (const Piece& piece : pieces) {
    if (piece.token != kNoToken) tokens.push_back(piece.token);
  }
  return tokens;
}

}  // namespace

std::string format(const Tree& tree, KeywordLanguage language) {
  std::vector<Piece> pieces = pieces_in_order(tree, language);
  keep_names_apart(pieces, tree);
  const Layout layout = layout_of(tree, printed_tokens(pieces));
  open_up_lists(pieces, tree, layout);
  align_grids(pieces, tree, layout);
  return print(pieces, tree, layout);
}

}  // namespace guiju::syntax
