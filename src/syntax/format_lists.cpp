// Lists that do not stand on one line stand clear of their brackets: `{` ends its line, `}` begins one.
#include <algorithm>

#include "syntax/format_passes.hpp"

namespace guiju::syntax {
namespace {

bool breaks_before(const Gap& gap) {
  return gap.lines > 0 || std::any_of(gap.comments.begin(), gap.comments.end(),
                                      [](const Comment& c) { return c.lines_before > 0 || c.to_line_end; });
}

int depth_change(Sign sign) {
  switch (sign) {
    case Sign::lparen:
    case Sign::lbracket:
    case Sign::lbrace:
      return 1;
    case Sign::rparen:
    case Sign::rbracket:
    case Sign::rbrace:
      return -1;
    default:
      return 0;
  }
}

struct List {
  std::size_t open = 0;
  bool stands_clear = false;  // of its brackets, if it breaks
  bool breaks = false;
};

}  // namespace

void open_up_lists(std::vector<Piece>& pieces, const Tree& tree, const Layout& layout) {
  std::vector<List> open;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const TokenLayout& own = layout_of(pieces[i], layout);
    const int change = depth_change(token_of(pieces[i], tree).sign);
    const bool counts = own.begins_item || change < 0;
    if (!open.empty() && counts) open.back().breaks = open.back().breaks || breaks_before(pieces[i].gap);
    if (change > 0) open.push_back({i, own.bracket == Bracket::clear_items});
    if (change >= 0 || open.empty()) continue;
    const List list = open.back();
    open.pop_back();
    if (!list.stands_clear || !list.breaks) continue;
    pieces[list.open + 1].gap.lines = std::max(pieces[list.open + 1].gap.lines, 1);
    pieces[i].gap.lines = std::max(pieces[i].gap.lines, 1);
  }
}

}  // namespace guiju::syntax
