// Mistakes that are told by the words at which reading failed: a word for which the language has another one, words
// written without blanks between them, `=` where values are compared.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "syntax/builder.hpp"
#include "syntax/everyday.hpp"
#include "syntax/glued.hpp"
#include "syntax/lexer_keywords.hpp"

namespace guiju::syntax {
namespace {

bool is_plain_name(const Token& t) {
  return t.kind == TokenKind::name && t.keyword == Keyword::none && !t.quoted;
}

bool is_operand(NodeKind kind) {
  switch (kind) {
    case NodeKind::name_ref:
    case NodeKind::member_access:
    case NodeKind::call:
    case NodeKind::parenthesised:
    case NodeKind::number_literal:
    case NodeKind::quantity_literal:
    case NodeKind::percent_literal:
    case NodeKind::date_literal:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<std::string> Builder::plain_names() const {
  std::vector<std::string> names;
  for (const Token& token : stream_.tokens) {
    if (token.kind == TokenKind::name && token.keyword == Keyword::none) names.emplace_back(stream_.text(token));
  }
  return names;
}

// Where a mistake shows, its cause may stand before it: Chinese is written without blanks, and a keyword that is glued
// to a name is not read. Names of this line that can be cut into words of this file are pointed at.
std::vector<RelatedPlace> Builder::glued_words(const Token* at) const {
  std::vector<RelatedPlace> places;
  const Token* first = at;
  while (first != stream_.tokens.data() && !first->first_on_line) --first;
  std::vector<std::string> names;
  for (const Token* t = first; t <= at && t->kind != TokenKind::end; ++t) {
    if (t->kind != TokenKind::name || t->keyword != Keyword::none) continue;
    if (names.empty()) names = plain_names();
    const auto cut = cut_glued(stream_.text(*t), names);
    if (!cut) continue;
    places.push_back({{stream_.file, t->begin, t->end},
                      "if this is not one name, write " + *cut,
                      "这里若不是一个名称,请写 " + *cut});
  }
  return places;
}

bool Builder::tell_words(const Token* found) {
  return tell_everyday(found) || tell_glued(found) || tell_equals(found);
}

// `x is greater than 3` fails at `than`, `如果 x` behind 如果: the words begin up to two tokens before.
bool Builder::tell_everyday(const Token* found) {
  constexpr std::ptrdiff_t kBefore = 2;
  constexpr std::ptrdiff_t kMostWords = 7;
  const std::ptrdiff_t before = std::min<std::ptrdiff_t>(kBefore, index(found));
  for (const Token* first = found - before; first <= found; ++first) {
    std::vector<std::string_view> words;
    for (const Token* t = first; t < first + kMostWords && t->kind == TokenKind::name; ++t) {
      if (t->quoted || t->colon_follows || (t > first && t->first_on_line)) break;
      words.push_back(stream_.text(*t));
    }
    const auto everyday = find_everyday(std::span<const std::string_view>(words));
    if (!everyday) continue;
    const Token* end = first + everyday->count;
    const bool member = first != stream_.tokens.data() && first[-1].sign == Sign::dot;
    const bool all_keywords_known = std::none_of(first, end, is_plain_name);
    if (member || all_keywords_known || end < found) continue;
    const std::string written(stream_.source.substr(first->begin, end[-1].end - first->begin));
    report(Code::everyday_word, first, end, {written, everyday->instead});
    return true;
  }
  if (!is_plain_name(*found)) return false;
  const auto everyday = find_everyday(stream_.text(*found));
  if (!everyday) return false;
  report(Code::everyday_word, found, found + 1, {std::string(stream_.text(*found)), *everyday});
  return true;
}

// The word at which reading failed, the one behind the comma at which it did, as in `15%, 向下取整到1元`, or the one
// before it, where that ends in a keyword: `x.等级为 二级`.
bool Builder::tell_glued(const Token* found) {
  if (cut_and_tell(found->sign == Sign::comma ? found + 1 : found)) return true;
  const bool has_before = found != stream_.tokens.data() && !found->first_on_line;
  return has_before && keyword_at_end(stream_.text(found[-1])) != nullptr && cut_and_tell(found - 1);
}

bool Builder::cut_and_tell(const Token* word) {
  if (!is_plain_name(*word) || word->colon_follows) return false;
  const std::string written(stream_.text(*word));
  std::vector<std::string> names = plain_names();
  names.erase(std::remove(names.begin(), names.end(), written), names.end());
  const auto cut = cut_glued(written, names);
  if (!cut) return false;
  report(Code::glued_to_number, word, word + 1, {written, *cut});
  return true;
}

// `x.kind = new`: what was read last, up to the sign, ends in a value.
bool Builder::tell_equals(const Token* found) {
  if (found->sign != Sign::equals || child_count() == 0) return false;
  const Node* node = &last();
  while (!is_operand(node->kind) && !node->children.empty()) node = node->children.back();
  const bool ends_here = node->last_token == index(found);
  if (!is_operand(node->kind) || !ends_here) return false;
  report(Code::equals_compares_nothing, found, found + 1, {bilingual("is", "为")});
  return true;
}

}  // namespace guiju::syntax
