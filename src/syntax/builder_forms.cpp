// What to write where reading failed at a sign or word that stands for another form: `自 A 到 B`, `若无 -1`, `{甲 乙}`.
// "Take it out" would lead to a file of another meaning.
#include <algorithm>
#include <array>

#include "syntax/builder.hpp"

namespace guiju::syntax {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_number(const Token& t) {
  return t.kind == TokenKind::number || t.kind == TokenKind::percent || t.kind == TokenKind::quantity;
}

bool ends_value(const Token& t) {
  return t.kind == TokenKind::name || t.kind == TokenKind::text || t.kind == TokenKind::date || is_number(t);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string in_quotes(const std::string& form) {
  return "`" + form + "`";
}

}  // namespace

std::string Builder::written(const Token* from, const Token* end) const {
  return from == end ? std::string() : std::string(stream_.source.substr(from->begin, end[-1].end - from->begin));
}

std::string Builder::form_meant(const Token* found) const {
  using Form = std::string (Builder::*)(const Token*) const;
  constexpr std::array<Form, 12> kForms{&Builder::split_form, &Builder::other_form,  &Builder::one_name_form,
                                        &Builder::bound_form, &Builder::days_form,   &Builder::first_day_form,
                                        &Builder::sign_form,  &Builder::set_form,    &Builder::amount_form,
                                        &Builder::named_form, &Builder::joined_form, &Builder::cap_form};
  if (found - stream_.tokens.data() < 2) return {};
  for (const Form form : kForms) {
    if (std::string meant = (this->*form)(found); !meant.empty()) return meant;
  }
  return {};
}

// `reducing y first then x` for `reducing y then x first`.
std::string Builder::split_form(const Token* found) const {
  if (found->keyword != Keyword::then || found[-1].keyword != Keyword::first) return {};
  const Token* begin = stream_.tokens.data();
  const Token* reducing = found - 2;
  while (reducing > begin && reducing->keyword != Keyword::reducing && !reducing->first_on_line) --reducing;
  const Token* last = found;
  while (last->keyword == Keyword::then && last[1].kind == TokenKind::name) last += 2;
  if (reducing->keyword != Keyword::reducing || last == found) return {};
  return in_quotes(written(reducing, found - 1) + " " + written(found, last) + " " +
                   std::string(stream_.text(found[-1])));
}

// `: summing list.x at most 9` for `: 9 summing list.x`.
std::string Builder::bound_form(const Token* found) const {
  const bool counts = found[-2].sign == Sign::colon &&
                      (found[-1].keyword == Keyword::counting || found[-1].keyword == Keyword::summing);
  if (!counts) return {};
  const Token* bound = found;
  while (bound->kind != TokenKind::end && bound->kind != TokenKind::quantity && bound->kind != TokenKind::number &&
         (bound == found || !bound->first_on_line)) {
    ++bound;
  }
  if (bound->kind == TokenKind::end || (bound->first_on_line && bound != found)) return {};
  const std::string order =
      in_quotes(std::string(stream_.text(*bound)) + " " + std::string(stream_.text(found[-1])) + " …");
  return bilingual("the bound first: " + order, order + ",限值在前");
}

// `自 2025-01-01 到 2025-12-31`.
std::string Builder::days_form(const Token* found) const {
  if (found[-1].kind != TokenKind::date || found[1].kind != TokenKind::date) return {};
  const std::string_view word = stream_.text(*found);
  const bool range = found->sign == Sign::minus || is_one_of(word, {"到", "迄", "止", "止于", "截至", "有效至", "自",
                                                                    "until", "till", "through", "and", "from"});
  if (!range) return {};
  const std::string first(stream_.text(found[-1])), last(stream_.text(found[1]));
  return bilingual(in_quotes(first + " to " + last), in_quotes(first + " 至 " + last));
}

// `累计 w.额 对 w 属于 其他 史`: `other` stands behind the word that counts.
std::string Builder::other_form(const Token* found) const {
  const std::string_view other = stream_.text(found[-1]);
  const Token* first = found - 1;
  while (first > stream_.tokens.data() && !first->first_on_line && first->keyword != Keyword::summing) --first;
  if (!is_one_of(other, {"其他", "other"}) || found->kind != TokenKind::name || first->keyword != Keyword::summing)
    return {};
  return in_quotes(std::string(stream_.text(*first)) + " " + std::string(other) + " " + written(first + 1, found - 1) +
                   " " + std::string(stream_.text(*found)));
}

// `给定 购买 / en purchase: …`: only what can be called by two names has a second one.
std::string Builder::one_name_form(const Token* found) const {
  const bool second = found->sign == Sign::slash && found[-1].kind == TokenKind::name &&
                      found[1].kind == TokenKind::name && found[2].kind == TokenKind::name;
  if (!second) return {};
  const std::string name = in_quotes(std::string(stream_.text(found[-1])));
  return bilingual(name + " alone; there is no second name here", name + ",此处没有第二名称");
}

// `版本 甲 从 2025-01-01`, `版本 甲 2025-01-01`.
std::string Builder::first_day_form(const Token* found) const {
  if (open_.back().node->kind != NodeKind::version || found[-1].kind != TokenKind::name) return {};
  const Token* day = found->kind == TokenKind::name && !found->first_on_line ? found + 1 : found;
  if (day->kind != TokenKind::date) return {};
  const std::string written(stream_.text(*day));
  return bilingual(in_quotes("from " + written), in_quotes("自 " + written));
}

// `若无 -1`: taking the sign out would leave 1.
std::string Builder::sign_form(const Token* found) const {
  if (found->sign != Sign::minus || found[-1].kind != TokenKind::name || found[-1].keyword == Keyword::none) return {};
  if (!is_number(found[1])) return {};
  return in_quotes("(-" + std::string(stream_.text(found[1])) + ")");
}

// `{冰箱 电视}`, `属于 [冰箱, 电视]`, `属于 (冰箱, 电视)`.
std::string Builder::set_form(const Token* found) const {
  const auto asks = [](const Token& t) { return t.keyword == Keyword::in || t.keyword == Keyword::not_in; };
  if (open_.back().node->kind == NodeKind::set && ends_value(found[-1]) && ends_value(*found))
    return in_quotes(std::string(stream_.text(found[-1])) + ", " + std::string(stream_.text(*found)));
  const Token* open = found;
  if (found->sign == Sign::comma && found->depth > 0) {
    while (open > stream_.tokens.data() && open->depth >= found->depth) --open;
    if (open->sign != Sign::lparen) return {};
  } else if (found->sign != Sign::lbracket) {
    return {};
  }
  if (open == stream_.tokens.data() || !asks(open[-1])) return {};
  const Token* behind = open + 1;
  while (behind->kind != TokenKind::end && behind->depth > open->depth) ++behind;
  return in_quotes(std::string(stream_.text(open[-1])) + " {" + written(open + 1, behind - 1) + "}");
}

// `补贴 150`, `补贴 2000元`.
std::string Builder::amount_form(const Token* found) const {
  if (open_.back().node->kind != NodeKind::amount || !is_number(*found) || found->first_on_line) return {};
  const std::string word(stream_.text(found[-1])), figure(stream_.text(*found));
  const bool bare = found->kind == TokenKind::number;
  return in_quotes(word + " = " + figure + (!bare ? "" : is_ascii(word) ? " yuan" : "元"));
}

// `要求 购买.售价 > 5元`: a name is lacking.
std::string Builder::named_form(const Token* found) const {
  const NodeKind reading = open_.back().node->kind;
  const bool takes_name = reading == NodeKind::require || reading == NodeKind::limit || reading == NodeKind::must;
  const bool begins_value = found->sign == Sign::dot || found->sign == Sign::less || found->sign == Sign::less_equal ||
                            found->sign == Sign::greater || found->sign == Sign::greater_equal ||
                            found->keyword == Keyword::is || found->keyword == Keyword::in ||
                            found->keyword == Keyword::at_least || found->keyword == Keyword::at_most;
  const Token* word = &stream_.tokens[open_.back().node->first_token];
  if (!takes_name || !begins_value || word != found - 2) return {};
  const std::string value = std::string(stream_.text(found[-1])) + (found->sign == Sign::dot ? "" : " ") +
                            written(found, found + (found->sign == Sign::dot ? 2 : 1));
  const std::string keyword(stream_.text(*word));
  return in_quotes(keyword + (is_ascii(keyword) ? " NAME: " : " 名称: ") + value + " …");
}

// `补贴 = 售价 的 10%, 2000元 封顶`.
std::string Builder::cap_form(const Token* found) const {
  if (found->sign != Sign::comma || !is_number(found[1])) return {};
  const std::string_view figure = stream_.text(found[1]), word = stream_.text(found[2]);
  const auto form = [&](std::string_view en, std::string_view zh, std::string_view number) {
    return bilingual(in_quotes(", " + std::string(en) + " " + std::string(number)),
                     in_quotes(", " + std::string(zh) + " " + std::string(number)));
  };
  for (const std::string_view cap : {"封顶", "为限", "为上限", "上限"}) {
    if (word == cap) return form("at most", "不超过", figure);
    if (figure.ends_with(cap)) return form("at most", "不超过", figure.substr(0, figure.size() - cap.size()));
  }
  for (const std::string_view floor : {"保底", "起步", "为下限", "下限"}) {
    if (word == floor) return form("at least", "不低于", figure);
    if (figure.ends_with(floor)) return form("at least", "不低于", figure.substr(0, figure.size() - floor.size()));
  }
  return {};
}

// `要求 甲: 购买.个人、购买.售价 > 5元`.
std::string Builder::joined_form(const Token* found) const {
  const Token* first = found;
  while (first > stream_.tokens.data() && !first->first_on_line) --first;
  if (found->sign != Sign::comma || first->keyword != Keyword::require || found[1].first_on_line) return {};
  if (found[1].kind != TokenKind::name || found[1].keyword != Keyword::none) return {};
  const std::string value(stream_.text(found[1]));
  return bilingual(in_quotes("and " + value + " …"), in_quotes("且 " + value + " …"));
}

}  // namespace guiju::syntax
