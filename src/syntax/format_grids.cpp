// Columns of grids. A row is one line; its bars stand below those of the other rows of its grid.
#include <algorithm>

#include "diagnostics/render.hpp"
#include "syntax/format_passes.hpp"
#include "syntax/format_spacing.hpp"

namespace guiju::syntax {
namespace {

// A cell with a long formula or list does not push the whole column out; only its own row runs over.
constexpr std::size_t kWidestColumn = 60;

bool is_row(NodeKind kind) {
  return kind == NodeKind::grid_header || kind == NodeKind::grid_row || kind == NodeKind::targets_header ||
         kind == NodeKind::targets_row;
}

struct Row {
  std::vector<std::size_t> bars;    // pieces, without the one that begins the row
  std::vector<std::size_t> widths;  // of the cells before them
};

class Grids {
 public:
  Grids(std::vector<Piece>& pieces, const Tree& tree, const Layout& layout)
      : pieces_(pieces), tree_(tree), layout_(layout), piece_of_(layout.size(), 0) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].token != kNoToken) piece_of_[pieces[i].token] = i;
    }
  }

  void align(const Node& node) {
    std::vector<Row> rows;
    for (const Node* child : node.children) {
      if (is_row(child->kind) && on_one_line(*child)) rows.push_back(measured(*child));
    }
    pad(rows);
    for (const Node* child : node.children) align(*child);
  }

 private:
  std::size_t first_piece(const Node& row) const { return piece_of_[row.first_token]; }
  // The pieces of a row end where the next token of the file is; what moved has moved within its cell.
  std::size_t end_piece(const Node& row) const { return piece_of_[row.last_token]; }

  // Joins the lines of a row, if no comment to the line's end forbids it.
  bool on_one_line(const Node& row) {
    const std::size_t begin = first_piece(row) + 1;
    const std::size_t end = end_piece(row);
    for (std::size_t i = begin; i < end; ++i) {
      for (const Comment& comment : pieces_[i].gap.comments) {
        if (comment.to_line_end || comment.text.find('\n') != std::string_view::npos) return false;
      }
    }
    for (std::size_t i = begin; i < end; ++i) {
      pieces_[i].gap.lines = 0;
      for (Comment& comment : pieces_[i].gap.comments) comment.lines_before = 0;
    }
    return true;
  }

  Row measured(const Node& node) const {
    Row row;
    std::size_t width = 0;
    for (std::size_t i = first_piece(node) + 1; i < end_piece(node); ++i) {
      const Piece& piece = pieces_[i];
      for (const Comment& comment : piece.gap.comments) width += 1 + display_width(comment.text);
      if (layout_of(piece, layout_).bar) {
        row.bars.push_back(i);
        row.widths.push_back(width);
        width = 0;
        continue;
      }
      const std::size_t blanks = piece.gap.comments.empty() ? blanks_between(pieces_[i - 1], piece, tree_, layout_) : 1;
      width += blanks + display_width(piece.text);
    }
    return row;
  }

  void pad(const std::vector<Row>& rows) {
    std::vector<std::size_t> columns;
    for (const Row& row : rows) {
      columns.resize(std::max(columns.size(), row.widths.size()), 0);
      for (std::size_t i = 0; i < row.widths.size(); ++i) {
        if (row.widths[i] <= kWidestColumn) columns[i] = std::max(columns[i], row.widths[i]);
      }
    }
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < row.widths.size(); ++i) {
        pieces_[row.bars[i]].padding = columns[i] - std::min(columns[i], row.widths[i]);
      }
    }
  }

  std::vector<Piece>& pieces_;
  const Tree& tree_;
  const Layout& layout_;
  std::vector<std::size_t> piece_of_;  // by token
};

}  // namespace

void align_grids(std::vector<Piece>& pieces, const Tree& tree, const Layout& layout) {
  Grids(pieces, tree, layout).align(tree.root());
}

}  // namespace guiju::syntax
