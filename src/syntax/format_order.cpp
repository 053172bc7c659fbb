// A tree to pieces: keywords in the language asked for, and the four frames in its word order. Everything else keeps
// its order. What moves takes its comments and line breaks with it; only the gap in front of a frame stays in front of
// it. Each move is undone by the move in the other direction, so that a formatted file comes back byte for byte.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/format_passes.hpp"

namespace guiju::syntax {
namespace {

using Pieces = std::vector<Piece>;

bool is_wide(std::string_view text) {
  return !text.empty() && static_cast<unsigned char>(text.front()) >= 0x80;
}

// A literal stays as written, but for the blanks between number and unit and a full-width percent sign.
std::string single_blanks(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    for (const std::string_view blank : {" ", "\t", "\u3000", "\u00A0"}) {
      if (text.substr(at).starts_with(blank)) length = blank.size();
    }
    if (length == 0) {
      out += text[at++];
      continue;
    }
    if (!out.ends_with(' ')) out += ' ';
    at += length;
  }
  return out;
}

// Words of outcomes: in an expectation they win over names, so they are translated like keywords.
bool is_outcome_word(Keyword keyword) {
  constexpr std::array words{Keyword::amount,         Keyword::charge,   Keyword::deduction, Keyword::credit,
                             Keyword::ceiling,        Keyword::average,  Keyword::version,   Keyword::refused,
                             Keyword::subject,        Keyword::quota,    Keyword::ask,       Keyword::stuck_on,
                             Keyword::may_be_refused, Keyword::deadline, Keyword::grade,     Keyword::comply};
  return std::find(words.begin(), words.end(), keyword) != words.end();
}

class Order {
 public:
  Order(const Tree& tree, KeywordLanguage language) : tree_(tree), language_(language) {}

  Pieces file() {
    Pieces out = in_source_order(tree_.root());
    const TokenStream& stream = tree_.tokens();
    const auto last = static_cast<std::uint32_t>(stream.tokens.size() - 1);
    Piece end;
    end.token = last;
    end.gap = gap_of(last);
    append(out, {std::move(end)});
    return without_dropped(std::move(out));
  }

 private:
  const Token& token(std::uint32_t index) const { return tree_.tokens().tokens[index]; }
  bool to_english() const { return language_ == KeywordLanguage::en; }
  bool to_chinese() const { return language_ == KeywordLanguage::zh; }
  // Whether a frame has to change sides.
  bool turns(bool is_chinese) const { return is_chinese ? to_english() : to_chinese(); }

  // ---- pieces of one token ----
  Gap gap_of(std::uint32_t index) const {
    const Token& t = token(index);
    return read_gap(tree_.tokens().source.substr(t.trivia_begin, t.begin - t.trivia_begin));
  }

  std::string spelling(Keyword keyword, bool written_wide) const {
    const bool chinese = to_chinese() || (language_ == KeywordLanguage::as_written && written_wide);
    return std::string(chinese ? info(keyword).chinese : info(keyword).english);
  }

  Piece piece(std::uint32_t index, bool is_name) const {
    const Token& t = token(index);
    const std::string_view written = tree_.tokens().text(t);
    Piece out;
    out.token = index;
    out.gap = gap_of(index);
    if (t.kind == TokenKind::sign) {
      out.text = spelling_of(t.sign);
    } else if (t.kind == TokenKind::quantity || t.kind == TokenKind::percent) {
      out.text = single_blanks(written);
      if (out.text.ends_with("\uFF05"))
        out.text.replace(out.text.size() - std::string_view("\uFF05").size(), std::string::npos, "%");
    } else if (t.keyword != Keyword::none && !is_name) {
      out.keyword = t.keyword;
      out.text = spelling(t.keyword, is_wide(written));
    } else {
      out.text = written;
    }
    return out;
  }

  // A word that the language does without. Its comments go before what follows it.
  Piece dropped_word(std::uint32_t index) const {
    Piece out;
    out.gap.comments = gap_of(index).comments;
    out.dropped = true;
    return out;
  }

  Piece new_word(Keyword keyword) const {
    Piece out;
    out.keyword = keyword;
    out.text = spelling(keyword, false);
    return out;
  }

  void respell(Piece& piece, Keyword keyword) const {
    piece.keyword = keyword;
    piece.text = spelling(keyword, is_wide(tree_.tokens().text(token(piece.token))));
  }

  // ---- pieces of a range ----
  static void prepend(Gap& gap, std::vector<Comment> comments) {
    gap.comments.insert(gap.comments.begin(), comments.begin(), comments.end());
  }

  static Pieces without_dropped(Pieces all) {
    Pieces kept;
    std::vector<Comment> comments;
    for (Piece& each : all) {
      comments.insert(comments.end(), each.gap.comments.begin(), each.gap.comments.end());
      if (each.dropped) continue;
      each.gap.comments = std::exchange(comments, {});
      kept.push_back(std::move(each));
    }
    return kept;
  }

  static void append(Pieces& out, Pieces more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  // Tokens and children of a node as they stand in the file, between two tokens.
  Pieces range(const Node& node, std::uint32_t begin, std::uint32_t end, bool names = false) {
    std::vector<const Node*> children(node.children.begin(), node.children.end());
    std::stable_sort(children.begin(), children.end(),
                     [](const Node* a, const Node* b) { return a->first_token < b->first_token; });
    Pieces out;
    std::uint32_t at = begin;
    for (const Node* child : children) {
      if (child->last_token <= child->first_token || child->first_token < begin || child->last_token > end) continue;
      for (; at < child->first_token; ++at) append(out, {piece(at, names)});
      append(out, ordered(*child, node));
      at = child->last_token;
    }
    for (; at < end; ++at) append(out, {piece(at, names)});
    return out;
  }

  Pieces in_source_order(const Node& node) { return range(node, node.first_token, node.last_token); }

  Pieces ordered(const Node& node, const Node& parent) {
    switch (node.kind) {
      case NodeKind::name:
      case NodeKind::unit_expr:
        return range(node, node.first_token, node.last_token, !is_word_of_the_language(node, parent));
      case NodeKind::qualified_name:
        if (parent.kind == NodeKind::expectation && node.children.size() == 1)
          return ordered(*node.children[0], parent);
        return in_source_order(node);
      case NodeKind::of:
        return of_frame(node);
      case NodeKind::test_decl:
        return test_frame(node);
      case NodeKind::within:
        return window_frame(node);
      case NodeKind::full:
        return full_frame(node);
      case NodeKind::in_force:
        return in_force_frame(node);
      case NodeKind::adjust_cap:
      case NodeKind::trim:
        return with_first(node);
      case NodeKind::ensure:
      case NodeKind::comply:
      case NodeKind::gives:
      case NodeKind::check:
        return result_named(node);
      default:
        return in_source_order(node);
    }
  }

  // Inside these statements `amount` and `grade` name the result, whatever the language.
  Pieces result_named(const Node& node) {
    const Keyword outer = std::exchange(result_, node.kind == NodeKind::ensure ? Keyword::amount : Keyword::grade);
    Pieces out = in_source_order(node);
    result_ = outer;
    return out;
  }

  bool is_word_of_the_language(const Node& name, const Node& parent) const {
    const Token& t = token(name.first_token);
    if (t.keyword == Keyword::none || t.quoted || name.kind != NodeKind::name) return false;
    if (parent.kind == NodeKind::expectation) return is_outcome_word(t.keyword) || is_owed(name);
    return parent.kind == NodeKind::name_ref && t.keyword == result_;
  }

  // `subject documents label`: anywhere else in an expectation a part may be called that.
  bool is_owed(const Node& name) const {
    return name.first_token > 0 && token(name.first_token).keyword == Keyword::documents &&
           token(name.first_token - 1).keyword == Keyword::subject;
  }

  // ---- the frames ----
  // Two operands change places; each stands where the other stood, with the other's line break.
  static void swap_operands(Pieces& a, Pieces& b) {
    std::swap(a.front().gap, b.front().gap);
    std::swap(a, b);
  }

  // Frame 1: `rate of base`, `base 的 rate`.
  Pieces of_frame(const Node& node) {
    const auto [first, second] = by_place(*node.children[0], *node.children[1]);
    Pieces a = ordered(*first, node);
    Pieces word = {piece(first->last_token, false)};
    Pieces b = ordered(*second, node);
    const bool is_chinese = node.has(kZhOrder);
    if (turns(is_chinese)) {
      swap_operands(a, b);
      respell(word.front(), is_chinese ? Keyword::of : Keyword::of_zh);
    }
    return joined({std::move(a), std::move(word), std::move(b)});
  }

  // Frame 1 again: `test "…" of p`, `测试 p 的 "…"`.
  Pieces test_frame(const Node& node) {
    const Node* subject = node.child(NodeKind::qualified_name);
    const bool is_chinese = node.has(kZhOrder);
    if (subject == nullptr || !turns(is_chinese)) return in_source_order(node);
    const auto [first, second] = by_place(*node.child(NodeKind::text), *subject);
    Pieces a = ordered(*first, node);
    Pieces word = {piece(first->last_token, false)};
    Pieces b = ordered(*second, node);
    swap_operands(a, b);
    respell(word.front(), is_chinese ? Keyword::of : Keyword::of_zh);
    return joined({range(node, node.first_token, first->first_token), std::move(a), std::move(word), std::move(b),
                   range(node, second->last_token, node.last_token)});
  }

  // Frame 2: `within 12 months before D`, `处于 D 前 12个月`. A period `A to B` and a window closed by `to` keep their
  // order.
  Pieces window_frame(const Node& node) {
    const bool is_window =
        node.children.size() == 3 && (node.op == Keyword::before || node.op == Keyword::after) && !node.has(kToDate);
    const bool is_chinese = node.has(kZhOrder);
    if (!is_window || !turns(is_chinese)) return in_source_order(node);
    const auto [first, second] = by_place(*node.children[1], *node.children[2]);
    Pieces a = ordered(*first, node);
    Pieces word = {piece(first->last_token, false)};
    Pieces b = ordered(*second, node);
    swap_operands(a, b);
    const bool before = node.op == Keyword::before;
    respell(word.front(),
            is_chinese ? (before ? Keyword::before : Keyword::after) : (before ? Keyword::prior : Keyword::following));
    return joined({range(node, node.first_token, first->first_token), std::move(a), std::move(word), std::move(b)});
  }

  // Frame 3: `full years from A to B >= 8`, `A 至 B 满 8年`. English has one word more, at the front; A is glued to it.
  Pieces full_frame(const Node& node) {
    const bool is_chinese = node.has(kZhOrder);
    const Node& count = *node.children[2];
    const std::string_view digits = leading_digits(count);
    const bool years =
        !is_chinese ? node.or_what == Keyword::full_years_from : is_unit_of(count, {"年", "years", "year"});
    const bool months =
        !is_chinese ? node.or_what == Keyword::full_months_from : is_unit_of(count, {"个月", "月", "months", "month"});
    if (language_ == KeywordLanguage::as_written || digits.empty() || (!years && !months) ||
        node.children[0]->last_token == node.children[0]->first_token) {
      return in_source_order(node);
    }
    FullParts parts = full_parts(node, is_chinese);
    if (to_chinese()) {
      Piece word = std::move(parts.word);
      respell(word, node.has(kBelow) ? Keyword::below : Keyword::full);
      parts.count.text = std::string(digits) + (years ? "年" : "个月");
      return joined({std::move(parts.from),
                     std::move(parts.to),
                     {std::move(word)},
                     {std::move(parts.count)},
                     std::move(parts.edge)});
    }
    Piece front = new_word(years ? Keyword::full_years_from : Keyword::full_months_from);
    if (!is_chinese) front.token = node.first_token;
    front.gap = std::exchange(parts.from.front().gap, {});
    respell(parts.word, Keyword::below);
    if (!node.has(kBelow)) {
      parts.word.keyword = Keyword::none;
      parts.word.text = ">=";
    }
    parts.count.text = digits;
    return joined({{std::move(front)},
                   std::move(parts.from),
                   std::move(parts.to),
                   std::move(parts.edge),
                   {std::move(parts.word)},
                   {std::move(parts.count)}});
  }

  struct FullParts {
    Pieces from;  // its front gap is that of the whole frame
    Pieces to;    // `to B`
    Pieces edge;  // may be empty
    Piece word;   // `>=`, `below`, 满, 不满
    Piece count;
  };

  FullParts full_parts(const Node& node, bool is_chinese) {
    const Node& a = *node.children[0];
    const Node& b = *node.children[1];
    const Node& count = *node.children[2];
    FullParts parts;
    parts.from = ordered(a, node);
    Pieces to = {piece(a.last_token, false)};
    if (!is_chinese) {  // what stands between `full years from` and A has no place in Chinese: it goes behind A
      Gap front = gap_of(node.first_token);
      prepend(to.front().gap, std::move(parts.from.front().gap.comments));
      parts.from.front().gap = std::move(front);
    }
    parts.to = joined({std::move(to), ordered(b, node)});
    const std::uint32_t word = is_chinese ? b.last_token : count.first_token - 1;
    parts.word = piece(word, false);
    parts.count = piece(count.first_token, false);
    const std::uint32_t edge = is_chinese ? count.last_token : b.last_token;
    if (node.op != Keyword::none) parts.edge = {piece(edge, false)};
    return parts;
  }

  std::string_view leading_digits(const Node& count) const {
    const std::string_view text = tree_.tokens().text(token(count.first_token));
    const std::size_t end = std::min(text.find_first_not_of("0123456789_"), text.size());
    return text.substr(0, end);
  }

  bool is_unit_of(const Node& count, std::initializer_list<std::string_view> units) const {
    const Literal& literal = tree_.literal(count);
    const bool whole = literal.value.is_integer() && literal.digits.find('.') == std::string::npos &&
                       to_string(literal.value) == literal.digits;  // no 万
    return whole && std::find(units.begin(), units.end(), literal.unit) != units.end();
  }

  // Frame 4: `in force by e`, `按 e 施行`.
  Pieces in_force_frame(const Node& node) {
    const bool is_chinese = node.has(kZhOrder);
    const std::uint32_t end = is_chinese ? node.last_token - 1 : node.last_token;
    if (language_ == KeywordLanguage::as_written) return in_source_order(node);
    Pieces out = range(node, node.first_token, end);
    respell(out.front(), to_chinese() ? Keyword::by : Keyword::in_force_by);
    if (to_chinese()) append(out, {new_word(Keyword::enforced)});
    if (is_chinese) append(out, {dropped_word(end)});
    return out;
  }

  // `reducing bonus first`, `先减 加补`: only English closes the list with a word.
  Pieces with_first(const Node& node) {
    const Node* names = node.child(NodeKind::name_list);
    if (names == nullptr || language_ == KeywordLanguage::as_written) return in_source_order(node);
    const std::uint32_t after = names->last_token;
    const bool written = after < node.last_token && token(after).keyword == Keyword::first;
    Pieces out = range(node, node.first_token, after);
    if (to_english()) append(out, {new_word(Keyword::first)});
    if (written) append(out, {dropped_word(after)});
    append(out, range(node, written ? after + 1 : after, node.last_token));
    return out;
  }

  static std::pair<const Node*, const Node*> by_place(const Node& a, const Node& b) {
    return a.first_token < b.first_token ? std::pair(&a, &b) : std::pair(&b, &a);
  }

  static Pieces joined(std::vector<Pieces> parts) {
    Pieces out;
    for (Pieces& part : parts) append(out, std::move(part));
    return out;
  }

  const Tree& tree_;
  KeywordLanguage language_;
  Keyword result_ = Keyword::none;  // the word that names the result in the statement at hand
};

}  // namespace

std::vector<Piece> pieces_in_order(const Tree& tree, KeywordLanguage language) {
  return Order(tree, language).file();
}

}  // namespace guiju::syntax
