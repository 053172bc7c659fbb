// Mistakes that are told by the words at which reading failed: a word for which the language has another one, words
// written without blanks between them, `=` where values are compared.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "syntax/builder.hpp"
#include "syntax/everyday.hpp"
#include "syntax/glued.hpp"
#include "syntax/lexer_keywords.hpp"
#include "syntax/spoken.hpp"
#include "syntax/statements.hpp"

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

bool is_literal_kind(NodeKind kind) {
  return kind == NodeKind::number_literal || kind == NodeKind::quantity_literal || kind == NodeKind::percent_literal ||
         kind == NodeKind::date_literal;
}

bool is_comparison(const Token& t) {
  switch (t.keyword) {
    case Keyword::at_least:
    case Keyword::at_most:
    case Keyword::above:
    case Keyword::below:
    case Keyword::before:
    case Keyword::after:
    case Keyword::on_or_before:
    case Keyword::on_or_after:
    case Keyword::is:
    case Keyword::is_not:
    case Keyword::in:
    case Keyword::not_in:
      return true;
    default:
      return t.sign == Sign::less || t.sign == Sign::less_equal || t.sign == Sign::greater ||
             t.sign == Sign::greater_equal;
  }
}

bool spoils_its_line(Code code) {
  constexpr std::array kSpoiling{Code::word_before, Code::word_outside, Code::word_around, Code::partial_date,
                                 Code::unclosed_text};
  return std::find(kSpoiling.begin(), kSpoiling.end(), code) != kSpoiling.end();
}

struct WordOfToken {
  std::string_view spelling;
  const Token* token;
};

// Those of the line from `first` on, phrases cut into their words. Behind a number and a blank, what was taken for a
// unit is one too.
std::vector<WordOfToken> words_from(const TokenStream& stream, const Token* first) {
  constexpr std::ptrdiff_t kMostTokens = 7;
  std::vector<WordOfToken> words;
  for (const Token* t = first; t < first + kMostTokens; ++t) {
    std::string_view text = stream.text(*t);
    const std::size_t blank = text.rfind(' ');
    if (t == first && t->kind == TokenKind::quantity && blank != std::string_view::npos) {
      text.remove_prefix(blank + 1);
    } else if (t->kind != TokenKind::name || t->quoted || t->colon_follows || (t > first && t->first_on_line)) {
      break;
    }
    for (std::size_t end = 0; !text.empty(); text.remove_prefix(std::min(end + 1, text.size()))) {
      end = std::min(text.find(' '), text.size());
      if (end > 0) words.push_back({text.substr(0, end), t});
    }
  }
  return words;
}

bool is_figure(const Token& t) {
  return t.kind == TokenKind::number || t.kind == TokenKind::percent || t.kind == TokenKind::quantity ||
         t.kind == TokenKind::date;
}

// Chinese for the end of a range: what stands behind a number and a blank is read as its unit.
bool is_range_word(std::string_view word) {
  return word == "到" || word == "和" || word == "与" || word == "至";
}
std::string_view figure_text(const TokenStream& stream, const Token& figure) {
  const std::string_view text = stream.text(figure);
  const std::size_t blank = text.rfind(' ');
  const bool takes_word = blank != std::string_view::npos && is_range_word(text.substr(blank + 1));
  return takes_word ? text.substr(0, blank) : text;
}

// What is most likely meant by a value with a figure behind it and no word between: `x 不低于 2000元` for x 2000元以上.
std::string comparison_meant(const TokenStream& stream, const Token* figure, const std::string& value) {
  const std::string written(figure_text(stream, *figure));
  const auto both = [&](std::string_view en, std::string_view zh) {
    return bilingual(value + " " + std::string(en) + " " + written, value + " " + std::string(zh) + " " + written);
  };
  const Token* next = figure + 1;
  while (next->kind != TokenKind::end && (next->sign == Sign::lparen || next->sign == Sign::rparen ||
                                          stream.text(*next).starts_with("含") || next[-1].sign == Sign::lparen))
    ++next;
  const std::string_view word = stream.text(*next);
  if (next->keyword == Keyword::or_more) return both("at least", "不低于");
  if (next->keyword == Keyword::or_less || word == "以内" || word == "之内") return both("at most", "不超过");
  const bool took_word = written.size() < stream.text(*figure).size();
  const bool range = took_word || next->keyword == Keyword::to || next->keyword == Keyword::and_ ||
                     next->sign == Sign::minus || is_range_word(word);
  const Token* last_figure = took_word ? next : next + 1;
  const bool days = figure->kind == TokenKind::date;
  if (range && is_figure(*last_figure)) {
    const std::string last(figure_text(stream, *last_figure));
    if (days)
      return bilingual(value + " within " + written + " to " + last, value + " 处于 " + written + " 至 " + last);
    return bilingual(value + " at least " + written + " and " + value + " at most " + last,
                     value + " 不低于 " + written + " 且 " + value + " 不超过 " + last);
  }
  if (days) return both("on or before", "不晚于");
  return both("at least", "不低于");
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

// Where the lexer found a word, date or text that it could not read, what stands around it is part of the same mistake.
bool Builder::told_on_line(const Token* found) const {
  std::size_t begin = found->begin, end = found->begin;
  while (begin > 0 && stream_.source[begin - 1] != '\n') --begin;
  while (end < stream_.source.size() && stream_.source[end] != '\n') ++end;
  const auto& all = diagnostics_.all();
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& one) {
    return spoils_its_line(one.code) && one.span.file == stream_.file && one.span.begin >= begin &&
           one.span.begin < end;
  });
}

// What the lexer said of a token itself needs no second message; a text that did not end took in what should follow it.
bool Builder::told_at(const Token* found) const {
  const Token* before = found == stream_.tokens.data() ? found : found - 1;
  const bool behind_text = before->kind == TokenKind::text || before->kind == TokenKind::text_close;
  if (behind_text && told_on_line(before)) return true;
  const auto& all = diagnostics_.all();
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& one) {
    const bool here = one.span.begin == found->begin || (one.code == Code::word_else && one.span.end == before->end);
    return one.span.file == stream_.file && here;
  });
}

bool Builder::tell_words(const Token* found) {
  return tell_swallowed(found) || tell_before(found) || tell_missing_comparison(found) || tell_everyday(found) ||
         tell_spoken_number(found) || tell_behind_value(found) || tell_missing_subject(found) || tell_glued(found) ||
         tell_equals(found);
}

// What is missing at the end of a line is looked for on the next, whose first word is then taken for a name:
// `require b: x >` before `amount = …`.
bool Builder::tell_swallowed(const Token* found) {
  if (found == stream_.tokens.data() || child_count() == 0) return false;
  const Token* taken = found - 1;
  if (!taken->first_on_line || !(begins_statement(taken) || begins_declaration(taken))) return false;
  const Node* node = &last();
  bool is_value = false;
  while (!node->children.empty()) {
    is_value = node->kind == NodeKind::name_ref;
    node = node->children.back();
  }
  if (node->kind != NodeKind::name || node->first_token != index(taken) || index(taken) == 0) return false;
  report(Code::unexpected, taken, found,
         {is_value ? bilingual("a value", "值") : bilingual("a name", "名称"), quoted(taken[-1]), quoted(*taken)});
  return true;
}

// `x is 2024-05-01 前`, `x 前 2024-05-01`: as little as where it is glued to the date.
bool Builder::tell_before(const Token* found) {
  if (found->keyword != Keyword::prior || operand_before(found) == nullptr) return false;
  report(Code::word_before, found, found + 1, {std::string(stream_.text(*found))});
  return true;
}

// `x is greater than 3` fails at `than`, `如果 x` behind 如果, `18 并且 x` behind what looks like a unit: the words
// begin up to two tokens before.
bool Builder::tell_everyday(const Token* found) {
  constexpr std::ptrdiff_t kBefore = 2;
  const std::ptrdiff_t before = std::min<std::ptrdiff_t>(kBefore, index(found));
  for (const Token* first = found - before; first <= found; ++first) {
    const std::vector<WordOfToken> words = words_from(stream_, first);
    std::vector<std::string_view> spelled;
    for (const WordOfToken& word : words) spelled.push_back(word.spelling);
    const auto everyday = find_everyday(std::span<const std::string_view>(spelled));
    if (!everyday) continue;
    const Token* end = words[everyday->count - 1].token + 1;
    const bool cut = everyday->count < words.size() && words[everyday->count].token < end;
    const bool member = first != stream_.tokens.data() && first[-1].sign == Sign::dot;
    const bool is_keyword = end == first + 1 && first->kind == TokenKind::name && !is_plain_name(*first);
    if (cut || member || is_keyword || end < found) continue;
    const bool is_unit = first->kind == TokenKind::quantity;
    std::string written(stream_.source.substr(first->begin, end[-1].end - first->begin));
    if (is_unit) written = words.front().spelling;
    spoil_before(first);
    report(Code::everyday_word, first, end, {written, everyday->instead});
    return true;
  }
  if (!is_plain_name(*found)) return false;
  const auto everyday = find_everyday(stream_.text(*found));
  if (!everyday) return false;
  report(Code::everyday_word, found, found + 1, {std::string(stream_.text(*found)), *everyday});
  return true;
}

// A statement that words on its line were read to end is part of the mistake.
void Builder::spoil_before(const Token* first) {
  if (first->first_on_line) return;
  for (const Open& o : open_) {
    if (o.node->first_token >= index(first) && o.first_child > 0) {
      Node& before = *done_[o.first_child - 1];
      before.flags = static_cast<std::uint16_t>(before.flags | kHasError);
    }
  }
}

bool Builder::tell_spoken_number(const Token* found) {
  const Token* word = found->kind == TokenKind::name ? found : nullptr;
  if (word == nullptr || !is_plain_name(*word)) return false;
  const auto written = written_number(stream_.text(*word));
  if (!written) return false;
  report(Code::number_form, word, word + 1, {std::string(stream_.text(*word)), *written});
  return true;
}

// What was read last, if it is a value that ends right before `found`, on its line.
const Node* Builder::operand_before(const Token* found) {
  if (found->first_on_line || child_count() == 0) return nullptr;
  const Node* node = &last();
  while (!is_operand(node->kind) && !node->children.empty()) node = node->children.back();
  const bool ends_here = node->last_token == index(found);
  return is_operand(node->kind) && ends_here ? node : nullptr;
}

// `x 是 新` and `x up to 3`: words of the language, but none that compare.
bool Builder::tell_behind_value(const Token* found) {
  if (operand_before(found) == nullptr || (found > stream_.tokens.data() && !days_form(found).empty())) return false;
  const std::string written(stream_.text(*found));
  const auto instead = find_behind_value(written);
  if (!instead) return false;
  report(Code::compares_nothing, found, found + 1, {written, *instead});
  return true;
}

// `x 2000元以上`, `x 在 3 到 5 之间`.
bool Builder::tell_missing_comparison(const Token* found) {
  const Node* operand = operand_before(found);
  if (operand == nullptr || is_literal_kind(operand->kind)) return false;
  const Token* figure = found;
  const std::string_view word = stream_.text(*found), before = stream_.text(found[-1]);
  if (operand->kind == NodeKind::name_ref && find_everyday(before)) return false;
  if (const auto money = money_meant(before); !money.empty() && found->kind == TokenKind::number) {
    const std::string written(stream_.text(*found));
    const bool chinese = money == "元";
    report(Code::number_form, found - 1, found + 1,
           {std::string(before) + " " + written, written + (chinese ? "" : " ") + std::string(money)});
    return true;
  }
  constexpr std::array<std::string_view, 6> kFillers{"在", "于", "达", "介于", "between", "from"};
  if (std::find(kFillers.begin(), kFillers.end(), word) != kFillers.end()) ++figure;
  if (!is_figure(*figure) || figure->first_on_line) return false;
  const std::string value = source_of(*operand), written(figure_text(stream_, *figure));
  const bool computed = inside(NodeKind::amount) || inside(NodeKind::part) || inside(NodeKind::let);
  const bool compared = inside(NodeKind::when) || inside(NodeKind::where);
  if (computed && !compared) {
    if (figure->kind != TokenKind::percent) return false;
    report(Code::comparison_missing, found, figure + 1, {value, written, value + " * " + written});
    return true;
  }
  report(Code::comparison_missing, found, figure + 1, {value, written, comparison_meant(stream_, figure, value)});
  return true;
}

// `x at least 18 and at most 30`.
bool Builder::tell_missing_subject(const Token* found) {
  const bool joined = index(found) > 0 && (found[-1].keyword == Keyword::and_ || found[-1].keyword == Keyword::or_);
  if (!joined || !is_comparison(*found) || child_count() == 0) return false;
  const Node* compared = &last();
  while (compared->kind == NodeKind::and_ || compared->kind == NodeKind::or_) compared = compared->children.back();
  if (compared->children.empty() || is_operand(compared->kind)) return false;
  const std::string value = source_of(*compared->children.front()), sign(stream_.text(*found));
  report(Code::nothing_compared, found, found + 1, {sign, value + " " + sign + " …"});
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
  if (!cut || *cut == written) return false;
  report(Code::glued_to_number, word, word + 1, {written, *cut});
  return true;
}

// `x.kind = new`: what was read last, up to the sign, ends in a value.
bool Builder::tell_equals(const Token* found) {
  if (found->sign != Sign::equals || operand_before(found) == nullptr) return false;
  report(Code::equals_compares_nothing, found, found + 1, {bilingual("is", "为")});
  return true;
}

}  // namespace guiju::syntax
