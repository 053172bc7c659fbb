// Trivia to gaps: which comments stand between two tokens and where lines end; what a piece stands for.
#include "syntax/format_pieces.hpp"

#include <algorithm>

namespace guiju::syntax {

Gap read_gap(std::string_view trivia) {
  Gap gap;
  int lines = 0;
  for (std::size_t at = 0; at < trivia.size();) {
    if (trivia[at] == '\n') {
      lines = std::min(lines + 1, 2);
      ++at;
      continue;
    }
    const bool line_comment = trivia.substr(at, 2) == "//";
    const bool block_comment = trivia.substr(at, 2) == "/*";
    if (!line_comment && !block_comment) {
      ++at;  // a blank, of however many bytes
      continue;
    }
    std::size_t end = line_comment ? trivia.find('\n', at) : trivia.find("*/", at + 2);
    end = end == std::string_view::npos ? trivia.size() : line_comment ? end : end + 2;
    std::string_view text = trivia.substr(at, end - at);
    if (line_comment && text.ends_with('\r')) text.remove_suffix(1);
    gap.comments.push_back({text, line_comment, lines});
    lines = 0;
    at = end;
  }
  gap.lines = lines;
  return gap;
}

const Token& token_of(const Piece& piece, const Tree& tree) {
  static const Token none;
  return piece.token == kNoToken ? none : tree.tokens().tokens[piece.token];
}

const TokenLayout& layout_of(const Piece& piece, const Layout& layout) {
  static const TokenLayout none;
  return piece.token == kNoToken ? none : layout[piece.token];
}

}  // namespace guiju::syntax
