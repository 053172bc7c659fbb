// Blanks by sign, and the exceptions that the layout table knows.
#include "syntax/format_spacing.hpp"

namespace guiju::syntax {
namespace {

bool hugs_what_precedes(const Token& t) {
  switch (t.sign) {
    case Sign::comma:
    case Sign::semicolon:
    case Sign::colon:
    case Sign::dot:
    case Sign::rparen:
    case Sign::rbracket:
    case Sign::question:
    case Sign::caret:
      return true;
    default:
      return t.kind == TokenKind::text_mid || t.kind == TokenKind::text_close;
  }
}

bool hugs_what_follows(const Token& t) {
  switch (t.sign) {
    case Sign::dot:
    case Sign::lparen:
    case Sign::lbracket:
    case Sign::caret:
      return true;
    default:
      return t.kind == TokenKind::text_open || t.kind == TokenKind::text_mid;
  }
}

bool is_wide_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// `8年以上`: the law writes it in one piece. In English words it stands apart.
bool is_boundary_of_number(const Piece& before, const Piece& after, const Token& first, const Token& second) {
  const bool number =
      first.kind == TokenKind::quantity || first.kind == TokenKind::number || first.kind == TokenKind::percent;
  const bool boundary = second.keyword == Keyword::or_more || second.keyword == Keyword::or_less;
  return number && boundary && is_wide_byte(before.text.back()) && is_wide_byte(after.text.front());
}

bool ends_item(const Token& t) {
  return t.sign == Sign::comma || t.sign == Sign::semicolon || t.sign == Sign::lbrace || t.sign == Sign::lbracket;
}

// An operand that was moved behind one of these began its item in the order of the other language.
bool takes_an_operand(Keyword keyword) {
  return keyword == Keyword::of || keyword == Keyword::of_zh || keyword == Keyword::full_years_from ||
         keyword == Keyword::full_months_from;
}

}  // namespace

std::size_t blanks_between(const Piece& before, const Piece& after, const Tree& tree, const Layout& layout) {
  if (after.text.empty()) return 0;
  const Token& first = token_of(before, tree);
  const Token& second = token_of(after, tree);
  const TokenLayout& left = layout_of(before, layout);
  const TokenLayout& right = layout_of(after, layout);
  if (left.spaced || right.spaced) return 1;
  if (left.tight_after || right.tight_before) return 0;
  const bool clear_list = second.sign == Sign::rbracket && first.sign == Sign::rbrace;
  const bool clear_record = first.sign == Sign::lbracket && second.sign == Sign::lbrace;
  if (clear_list || clear_record) return 1;
  if (hugs_what_precedes(second) || hugs_what_follows(first)) return 0;
  if (is_boundary_of_number(before, after, first, second)) return 0;
  // Items that no comma parts are parted by two blanks.
  return right.begins_item && !ends_item(first) && !takes_an_operand(before.keyword) ? 2 : 1;
}

}  // namespace guiju::syntax
