// The printer: pieces to lines. Lines break where the writer broke them and where the layout says so; indents follow
// brackets.
#include <algorithm>

#include "diagnostics/render.hpp"
#include "syntax/format_passes.hpp"
#include "syntax/format_spacing.hpp"

namespace guiju::syntax {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kBlanksBeforeComment = 2;

class Printer {
 public:
  Printer(const Tree& tree, const Layout& layout) : tree_(tree), layout_(layout) {}

  std::string print(const std::vector<Piece>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) put(pieces, i);
    if (!out_.empty() && !out_.ends_with('\n')) out_ += '\n';
    return std::move(out_);
  }

 private:
  // An open bracket: where lines inside it begin, and where the line that closes it does.
  struct Open {
    Bracket bracket = Bracket::plain;
    std::size_t inside = 0;
    std::size_t closing = 0;
  };

  void put(const std::vector<Piece>& pieces, std::size_t index) {
    const Piece& piece = pieces[index];
    const Token& token = token_of(piece, tree_);
    const TokenLayout& layout = layout_of(piece, layout_);
    const bool closes = token.kind == TokenKind::sign && is_closing(token.sign) && !open_.empty();
    const bool at_end = token.kind == TokenKind::end && piece.token != kNoToken;

    for (const Comment& comment : piece.gap.comments) put_comment(comment, layout, closes || at_end);
    in_line_comment_ = false;
    const int lines = lines_before(piece, layout, closes || at_end);
    if (lines > 0) {
      if (opened_) hang();
      begin_line(lines, at_end ? 0 : closes ? open_.back().closing : indent_of(layout));
    } else if (!out_.empty() && !at_end) {
      const std::size_t blanks = commented_ ? 1 : blanks_between(pieces[index - 1], piece, tree_, layout_);
      write(std::string(blanks + piece.padding, ' '));
      if (opened_) open_.back().inside = column_;
    }
    opened_ = commented_ = false;

    if (closes) open_.pop_back();
    if (layout.begins_item && (open_.empty() || open_.back().bracket == Bracket::statements)) statement_ = line_indent_;
    if (token.kind == TokenKind::sign && is_opening(token.sign)) open_bracket(layout.bracket);
    write(piece.text);
    line_has_piece_ = true;
  }

  // No blank line at the start and the end of a file or a bracket, and never two.
  int lines_before(const Piece& piece, const TokenLayout& layout, bool at_close) const {
    if (out_.empty()) return 0;
    const bool after_line_comment = !piece.gap.comments.empty() && piece.gap.comments.back().to_line_end;
    const int least = (layout.begins_line && line_has_piece_) || after_line_comment ? 1 : 0;
    return std::clamp(piece.gap.lines, least, at_close || opened_ ? 1 : 2);
  }

  // ---- brackets ----
  static bool is_opening(Sign sign) { return sign == Sign::lparen || sign == Sign::lbracket || sign == Sign::lbrace; }
  static bool is_closing(Sign sign) { return sign == Sign::rparen || sign == Sign::rbracket || sign == Sign::rbrace; }

  // Until a line ends behind it, what it holds stands below its first item.
  void open_bracket(Bracket bracket) {
    Open open;
    open.bracket = bracket;
    open.inside = open.closing = column_;
    open_.push_back(open);
    opened_ = true;
  }

  // The bracket ends its line: what it holds is one step further in than the line, or than the statement for a block.
  void hang() {
    Open& open = open_.back();
    open.closing = open.bracket == Bracket::statements ? statement_ : line_indent_;
    open.inside = open.closing + kIndent;
  }

  std::size_t indent_of(const TokenLayout& layout) const {
    const std::size_t inside = open_.empty() ? 0 : open_.back().inside;
    const bool aligned = !open_.empty() && open_.back().bracket == Bracket::plain;
    if (layout.begins_item || aligned) return inside;
    return inside + (layout.deeper ? 2 * kIndent : kIndent);
  }

  // ---- comments ----
  // On the line of what precedes it, or on a line of its own, as the writer has put it; there it stands where the next
  // piece will, or inside the bracket that the next piece closes.
  void put_comment(const Comment& comment, const TokenLayout& next, bool at_close) {
    const int least = in_line_comment_ ? 1 : 0;  // one that has moved may follow another that ends its line
    if (out_.empty()) {
      // the first of the file
    } else if (std::max(comment.lines_before, least) > 0) {
      const int lines = opened_ ? 1 : std::max(comment.lines_before, least);
      if (opened_) hang();
      opened_ = false;
      begin_line(lines, !at_close ? indent_of(next) : open_.empty() ? 0 : open_.back().inside);
    } else {
      write(std::string(comment.to_line_end ? kBlanksBeforeComment : 1, ' '));
    }
    std::string text(comment.text);
    text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    write(text);
    commented_ = true;
    in_line_comment_ = comment.to_line_end;
  }

  // ---- lines ----
  void begin_line(int lines, std::size_t indent) {
    out_.append(static_cast<std::size_t>(lines), '\n');
    out_.append(indent, ' ');
    column_ = line_indent_ = indent;
    line_has_piece_ = false;
  }

  void write(std::string_view text) {
    out_ += text;
    column_ += display_width(text);
  }

  const Tree& tree_;
  const Layout& layout_;
  std::string out_;
  std::vector<Open> open_;
  std::size_t column_ = 0;
  std::size_t line_indent_ = 0;
  std::size_t statement_ = 0;     // indent of the statement at hand
  bool opened_ = false;           // the last piece was an opening bracket
  bool line_has_piece_ = false;   // not only blanks and comments
  bool commented_ = false;        // a comment stands before the next piece
  bool in_line_comment_ = false;  // and reaches to the end of its line
};

}  // namespace

std::string print(const std::vector<Piece>& pieces, const Tree& tree, const Layout& layout) {
  return Printer(tree, layout).print(pieces);
}

}  // namespace guiju::syntax
