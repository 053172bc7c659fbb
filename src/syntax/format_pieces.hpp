// What the formatter prints: pieces in printing order, each with the gap before it. A gap is what stood between two
// tokens: comments, and where the writer broke the line. Passes change pieces and gaps; only the printer makes text of
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/format.hpp"
#include "syntax/format_layout.hpp"
#include "syntax/tree.hpp"

namespace guiju::syntax {

struct Comment {
  std::string_view text;  // with its `//` or `/* */`
  bool to_line_end = false;
  int lines_before = 0;  // line ends between what stands before and the comment; 2 stands for any more
};

struct Gap {
  std::vector<Comment> comments;
  int lines = 0;  // line ends before the piece itself, after the last comment
};

[[nodiscard]] Gap read_gap(std::string_view trivia);

// For pieces that no token of the file stands for: a word that only the other language needs.
inline constexpr std::uint32_t kNoToken = 0xffffffffU;

struct Piece {
  std::string text;
  Gap gap;
  std::uint32_t token = kNoToken;
  Keyword keyword = Keyword::none;  // as it is printed; none for a name that is written like a keyword
  bool dropped = false;             // while ordering: no longer printed, its comments are
  std::size_t padding = 0;          // blanks before it, so that the columns of a grid stand below each other
};

// The token that a piece stands for, and its layout; for a piece of its own, those of nothing.
[[nodiscard]] const Token& token_of(const Piece& piece, const Tree& tree);
[[nodiscard]] const TokenLayout& layout_of(const Piece& piece, const Layout& layout);

}  // namespace guiju::syntax
