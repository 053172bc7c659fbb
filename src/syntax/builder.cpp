#include "syntax/builder.hpp"

#include <algorithm>
#include <array>

namespace guiju::syntax {
namespace {

// Hosts that ask for nothing get the defaults; nobody gets more than the hard maximum.
constexpr std::uint32_t kMostNesting = 256;
constexpr std::uint32_t kMostMessages = 10'000;

std::uint32_t bounded(std::uint32_t wanted, std::uint32_t by_default, std::uint32_t most) {
  return std::min(wanted == 0 ? by_default : wanted, most);
}

constexpr std::array kDeclarations = {
    Keyword::use,    Keyword::enum_,     Keyword::scale,    Keyword::record,  Keyword::unit,
    Keyword::table,  Keyword::catalogue, Keyword::standard, Keyword::program, Keyword::group,
    Keyword::target, Keyword::targets,   Keyword::duty,     Keyword::test,    Keyword::let,
};

constexpr std::array kStatements = {
    Keyword::table,        Keyword::edition,      Keyword::version,     Keyword::let,         Keyword::drop,
    Keyword::authority,    Keyword::given,        Keyword::in_force_by, Keyword::by,          Keyword::cite,
    Keyword::suspended,    Keyword::require,      Keyword::limit,       Keyword::amount,      Keyword::payout,
    Keyword::documents,    Keyword::ensure,       Keyword::quota,       Keyword::conditions,  Keyword::part,
    Keyword::meets,        Keyword::pay,          Keyword::each,        Keyword::bearer,      Keyword::must,
    Keyword::must_not,     Keyword::advised,      Keyword::deadline,    Keyword::done,        Keyword::leave,
    Keyword::gives,        Keyword::hit_unique,   Keyword::hit_first,   Keyword::listed_from, Keyword::complete_to,
    Keyword::applies_when, Keyword::grade,        Keyword::comply,      Keyword::check,       Keyword::programs,
    Keyword::exclude,      Keyword::order,        Keyword::total,       Keyword::trim,        Keyword::winner,
    Keyword::indicator,    Keyword::baseline,     Keyword::kind,        Keyword::reach,       Keyword::due,
    Keyword::lead,         Keyword::counted_from, Keyword::known_on,    Keyword::as_at,       Keyword::expect,
    Keyword::but,
};

template <std::size_t N>
bool contains(const std::array<Keyword, N>& words, Keyword word) {
  return word != Keyword::none && std::find(words.begin(), words.end(), word) != words.end();
}

// After a keyword that opens a statement comes a name, a text, a number or a bracket; after the same word as a name an
// operator.
bool goes_on_as_statement(const Token& next) {
  switch (next.kind) {
    case TokenKind::sign:
      return next.sign == Sign::lbrace || next.sign == Sign::equals || next.sign == Sign::lparen ||
             next.sign == Sign::minus;
    case TokenKind::end:
      return false;
    case TokenKind::name: {
      if (next.keyword == Keyword::none || info(next.keyword).kind == KeywordKind::contextual) return true;
      constexpr std::array kOperators = {
          Keyword::is,        Keyword::is_not, Keyword::in,         Keyword::not_in,       Keyword::and_,
          Keyword::or_,       Keyword::exists, Keyword::not_exists, Keyword::of,           Keyword::of_zh,
          Keyword::within,    Keyword::to,     Keyword::at_most,    Keyword::at_least,     Keyword::above,
          Keyword::below,     Keyword::before, Keyword::after,      Keyword::on_or_before, Keyword::on_or_after,
          Keyword::if_absent, Keyword::then,   Keyword::otherwise};
      return !contains(kOperators, next.keyword);
    }
    default:
      return true;
  }
}

void set(Node& node, NodeFlag bit) {
  node.flags = static_cast<std::uint16_t>(node.flags | bit);
}

// Statements stand in these; a mistake in one statement does not spoil the others.
bool holds_statements(NodeKind kind) {
  switch (kind) {
    case NodeKind::file:
    case NodeKind::standard_decl:
    case NodeKind::edition:
    case NodeKind::program_decl:
    case NodeKind::duty_decl:
    case NodeKind::version:
    case NodeKind::group_decl:
    case NodeKind::group_version:
    case NodeKind::target_decl:
    case NodeKind::targets_decl:
    case NodeKind::test_decl:
      return true;
    default:
      return false;
  }
}

constexpr std::array<std::string_view, 28> kSignTexts = {
    "",  ",", ":", ";",  ".", "(",  ")", "[",  "]",  "{",   "}", "=",  "+", "-",
    "*", "/", "<", "<=", ">", ">=", "|", "||", "..", "...", "?", "\\", "^", "%"};

}  // namespace

Builder::Builder(const TokenStream& stream, const Limits& limits, Diagnostics& diagnostics)
    : stream_(stream),
      diagnostics_(diagnostics),
      most_nesting_(bounded(limits.nesting, Limits{}.nesting, kMostNesting)),
      most_messages_(bounded(limits.messages, Limits{}.messages, kMostMessages)) {}

Node* Builder::fresh(NodeKind kind, std::uint32_t first_token) {
  if (used_ == nodes_.size()) nodes_.push_back(std::make_unique<Node>());
  Node* node = nodes_[used_++].get();
  *node = Node{};
  node->kind = kind;
  node->first_token = first_token;
  node->last_token = first_token;
  return node;
}

std::uint32_t Builder::index(const Token* t) const {
  return static_cast<std::uint32_t>(t - stream_.tokens.data());
}

void Builder::take_back(const Mark& mark) {
  open_.resize(mark.open);
  done_.resize(mark.done);
  used_ = mark.used;
}

void Builder::open(NodeKind kind, const Token* at) {
  open_.push_back({fresh(kind, index(at)), done_.size()});
}

void Builder::open_around(NodeKind kind) {
  open_.push_back({fresh(kind, done_.back()->first_token), done_.size() - 1});
}

void Builder::close(const Token* end) {
  finish(end);
  // Chains such as a + b + c … grow the tree without growing the stack of the grammar; readers of the tree recurse.
  if (last().height == kHeightPerNesting * most_nesting_) too_deep(end);
}

void Builder::finish(const Token* end) {
  const Open top = open_.back();
  open_.pop_back();
  const auto first = done_.begin() + static_cast<std::ptrdiff_t>(top.first_child);
  top.node->children.assign(first, done_.end());
  top.node->last_token = std::max(index(end), top.node->first_token);
  std::uint16_t tallest = 0;
  for (const Node* child : top.node->children) tallest = std::max(tallest, child->height);
  top.node->height = static_cast<std::uint16_t>(tallest + 1);
  done_.erase(first, done_.end());
  done_.push_back(top.node);
}

void Builder::leaf(NodeKind kind, const Token* at, std::uint32_t tokens) {
  open(kind, at);
  close(at + tokens);
}

bool Builder::inside(NodeKind kind) const {
  return std::any_of(open_.begin(), open_.end(), [kind](const Open& o) { return o.node->kind == kind; });
}

void Builder::swap_last_two() {
  std::swap(done_[done_.size() - 1], done_[done_.size() - 2]);
  flag(kZhOrder);
}

bool Builder::quantity_before_last() const {
  return done_[done_.size() - 2]->kind == NodeKind::quantity_literal;
}

void Builder::full_frame() {
  Node& compare = current();
  Node* elapsed = done_[done_.size() - 2];
  Node* count = done_.back();
  const bool years = elapsed->kind == NodeKind::elapsed &&
                     (elapsed->op == Keyword::full_years_from || elapsed->op == Keyword::full_months_from);
  const bool shape = compare.sign == Sign::greater_equal || compare.op == Keyword::below;
  const bool whole =
      count->kind == NodeKind::number_literal && stream_.literal(stream_.tokens[count->first_token]).all_digits;
  if (!years || !shape || !whole || elapsed->children.size() != 2) return;
  compare.kind = NodeKind::full;
  if (compare.op == Keyword::below) flag(kBelow);
  compare.sign = Sign::none;
  compare.op = elapsed->or_what;
  compare.or_what = elapsed->op;
  const std::vector<const Node*> ends = elapsed->children;
  done_.resize(done_.size() - 2);
  for (const Node* end : ends) done_.push_back(const_cast<Node*>(end));
  done_.push_back(count);
}

void Builder::enter(const Token* at) {
  if (++depth_ > most_nesting_) too_deep(at);
}

void Builder::too_deep(const Token* at) {
  if (!said_too_deep_) report(Code::nested_too_deep, at, at + 1, {std::to_string(most_nesting_)});
  said_too_deep_ = true;
  throw Abandoned{};
}

void Builder::report(Code code, const Token* first, const Token* end, std::vector<std::string> arguments,
                     std::vector<RelatedPlace> related) {
  const Token& last = end > first ? *(end - 1) : *first;
  if (messages_ == most_messages_) {
    diagnostics_.add(Code::more_not_shown, {stream_.file, first->begin, last.end}, {std::to_string(most_messages_)});
    throw Stopped{};
  }
  ++messages_;
  diagnostics_.add(code, {stream_.file, first->begin, last.end}, std::move(arguments), std::move(related));
}

void Builder::mark_error() {
  for (auto o = open_.rbegin(); o != open_.rend() && !holds_statements(o->node->kind); ++o) set(*o->node, kHasError);
}

void Builder::flag_open_nodes() {
  for (const Open& o : open_) set(*o.node, kHasError);
}

std::string Builder::quoted(const Token& t) const {
  if (t.kind == TokenKind::end) return bilingual("the end of the file", "文件结尾");
  std::string_view text = stream_.text(t);
  constexpr std::size_t kLong = 36;
  if (text.size() <= kLong) return "`" + std::string(text) + "`";
  std::size_t cut = kLong;
  while ((static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;  // not inside a character
  return "`" + std::string(text.substr(0, cut)) + "…`";
}

void Builder::report_unexpected(const Token* found, const std::string& expected) {
  const Token* before = index(found) == 0 ? nullptr : found - 1;
  if (before == nullptr) return report(Code::unexpected_start, found, found + 1, {expected, quoted(*found)});
  report(Code::unexpected, found, found + 1, {expected, quoted(*before), quoted(*found)});
}

const Token* Builder::find_resumption(const Token* from, std::uint16_t depth, Resume where) const {
  const Token* t = from;
  for (; t->kind != TokenKind::end; ++t) {
    if (t->depth < depth) return t;
    if (t->depth != depth) continue;
    const bool closes =
        t->kind == TokenKind::sign && (t->sign == Sign::rbrace || t->sign == Sign::rparen || t->sign == Sign::rbracket);
    if (closes && depth > 0) return t;
    switch (where) {
      case Resume::declaration:
        if (t->first_on_line && begins_declaration(t)) return t;
        break;
      case Resume::statement:
        if (t->first_on_line && begins_statement(t)) return t;
        break;
      case Resume::item:
        if (t != from && t->first_on_line) return t;
        if (t->sign == Sign::comma) return t + 1;
        break;
      case Resume::row:
        if (t->first_on_line && t->sign == Sign::bar) return t;
        break;
      case Resume::branch:
        if (t->sign == Sign::semicolon) return t;
        break;
    }
  }
  return t;
}

const Token* Builder::resume(const Mark& mark, const Token* start, const Token* failed, Resume where) {
  const bool began = open_.size() > mark.open;
  const Token* next = find_resumption(std::max(start, failed), start->depth, where);
  if (next == start) next = start->kind == TokenKind::end ? start : start + 1;
  while (open_.size() > mark.open) {
    flag(kHasError);
    finish(next);
  }
  if (!began) {
    done_.resize(mark.done);
    leaf(NodeKind::error, start, static_cast<std::uint32_t>(next - start));
    set(last(), kHasError);
  }
  mark_error();
  return next;
}

const Node* Builder::finish_root(const Token* end) {
  while (!open_.empty()) finish(end);
  nodes_.resize(used_);
  return done_.back();
}

std::string_view sign_text(Sign sign) {
  return kSignTexts[static_cast<std::size_t>(sign)];
}

std::string sign_words(Sign sign) {
  return "`" + std::string(sign_text(sign)) + "`";
}

std::string keyword_words(Keyword keyword) {
  const KeywordInfo& k = info(keyword);
  return bilingual("`" + std::string(k.english) + "`", "`" + std::string(k.chinese) + "`");
}

std::string token_words(TokenKind kind) {
  switch (kind) {
    case TokenKind::number:
      return bilingual("a number", "数");
    case TokenKind::percent:
      return bilingual("a percentage", "百分数");
    case TokenKind::quantity:
      return bilingual("a number with its unit", "带单位的数");
    case TokenKind::date:
      return bilingual("a date", "日期");
    case TokenKind::text:
      return bilingual("a text in quotes", "引号中的文字");
    case TokenKind::text_mid:
    case TokenKind::text_close:
      return bilingual("`}` and the rest of the text", "`}`和文字的其余部分");
    default:
      return bilingual("a name", "名称");
  }
}

std::string either(const std::string& left, const std::string& right) {
  if (left.empty() || left == right) return right;
  if (right.empty()) return left;
  const auto split = [](const std::string& words) {
    const std::size_t at = words.find('\x1f');
    return at == std::string::npos ? std::pair{words, words} : std::pair{words.substr(0, at), words.substr(at + 1)};
  };
  const auto [left_en, left_zh] = split(left);
  const auto [right_en, right_zh] = split(right);
  return bilingual(left_en + " or " + right_en, left_zh + "或" + right_zh);
}

bool begins_statement(const Token* t) {
  return contains(kStatements, t->keyword) && goes_on_as_statement(t[1]);
}

bool begins_declaration(const Token* t) {
  return contains(kDeclarations, t->keyword) && goes_on_as_statement(t[1]);
}

}  // namespace guiju::syntax
