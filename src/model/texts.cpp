// Texts as values, and texts with holes as templates for reasons.
#include <span>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;
using syntax::TokenKind;

namespace {

// The tokens that carry this text's own pieces: its holes may hold texts of their own.
template <typename Use>
void for_each_own_piece(const Node& text, const syntax::Tree& tree, const Use& use) {
  const auto take = [&](std::uint32_t from, std::uint32_t to) {
    for (const syntax::Token& token : std::span(tree.tokens().tokens).subspan(from, to > from ? to - from : 0)) {
      const bool piece = token.kind == TokenKind::text || token.kind == TokenKind::text_open ||
                         token.kind == TokenKind::text_mid || token.kind == TokenKind::text_close;
      if (piece) use(token);
    }
  };
  std::uint32_t at = text.first_token;
  for (const Node* hole : text.children) {
    take(at, hole->first_token);
    at = hole->last_token;
  }
  take(at, text.last_token);
}

}  // namespace

std::string Checker::plain_text(const Node& text) {
  std::string result;
  for_each_own_piece(text, tree_, [&](const syntax::Token& token) { result += tree_.tokens().literal(token).text; });
  if (!text.children.empty()) (void)fail(Code::text_with_hole, span(text));
  return nfc(result);
}

const Expr* Checker::text(const Node& node) {
  if (!node.children.empty()) return fail(Code::text_with_hole, span(node));
  Expr& expr = make(ExprKind::text, simple_type(TypeKind::text), span(node));
  expr.text = plain_text(node);
  return &expr;
}

std::vector<TextPiece> Checker::pieces(const Node& text) {
  std::vector<TextPiece> result;
  std::size_t next = 0;
  result.reserve(text.children.size() + 1);
  for_each_own_piece(text, tree_, [&](const syntax::Token& token) {
    TextPiece piece;
    piece.text = tree_.tokens().literal(token).text;
    const bool opens = token.kind == TokenKind::text_open || token.kind == TokenKind::text_mid;
    if (opens && next < text.children.size()) {
      const Node& hole = *text.children[next++];
      if (hole.kind == NodeKind::this_version)
        piece.this_version = true;
      else
        piece.hole = measured(scalar(infer(hole, Expected::anything()), span(hole)), span(hole));
    }
    result.push_back(std::move(piece));
  });
  return result;
}

Template Checker::label(const Node& node) {
  Template result;
  const auto own_language = context_.languages.find(&tree_);
  const Language language = own_language != context_.languages.end() ? own_language->second : Language::zh;
  if (node.kind == NodeKind::text) {
    (language == Language::en ? result.en : result.zh) = pieces(node);
    return result;
  }
  if (const Node* text = node.child(NodeKind::text)) (language == Language::en ? result.en : result.zh) = pieces(*text);
  for (const Node* translation : node.all(NodeKind::translation)) {
    const std::string_view tongue = name(*translation->children[0]);
    if (tongue != "en" && tongue != "zh") {
      (void)fail(Code::unknown_language, span(*translation->children[0]), {std::string(tongue)});
      continue;
    }
    (tongue == "en" ? result.en : result.zh) = pieces(*translation->children[1]);
  }
  return result;
}

Template make_template(Context& context, Scope& scope, const Statement& statement, const Node& label) {
  return Checker(context, scope, statement, *statement.tree).label(label);
}

}  // namespace guiju::model
