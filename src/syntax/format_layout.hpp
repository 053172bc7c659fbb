// How tokens stand: where lines must begin, which brackets hold what, where blanks are none or more. A table by kind of
// node, read once over the tree; the printer asks by token.
#pragma once

#include <vector>

#include "syntax/tree.hpp"

namespace guiju::syntax {

enum class Bracket : std::uint8_t {
  plain,        // parentheses, intervals, units
  items,        // things that stand beside or below each other as the writer has put them
  clear_items,  // the same; below each other, they stand clear of the brackets
  statements,   // a block: each statement on a line of its own
};

struct TokenLayout {
  Bracket bracket = Bracket::plain;  // of an opening bracket
  bool begins_line = false;
  bool begins_item = false;   // of items or statements: a line that begins here is no continuation
  bool tight_before = false;  // no blank before it, whatever it is
  bool tight_after = false;
  bool deeper = false;  // at a line's begin one more step in: `and`, `or` below the clause that they go on
  bool spaced = false;  // a blank on both sides, whatever it is
  bool bar = false;     // of a grid: between two cells or at a row's end
};

using Layout = std::vector<TokenLayout>;  // by token

// `printed` holds the tokens in printing order: what begins an item is the token of it that is printed first.
[[nodiscard]] Layout layout_of(const Tree& tree, const std::vector<std::uint32_t>& printed);

}  // namespace guiju::syntax
