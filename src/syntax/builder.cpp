// Events of the grammar to nodes; findings; where reading goes on after one.
#include "syntax/builder.hpp"

#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "syntax/brackets.hpp"
#include "syntax/everyday.hpp"
#include "syntax/glued.hpp"
#include "syntax/statements.hpp"
#include "syntax/words.hpp"

namespace guiju::syntax {
namespace {

// Hosts that ask for nothing get the defaults; nobody gets more than the hard maximum.
constexpr std::uint32_t kMostNesting = 256;
constexpr std::uint32_t kMostMessages = 10'000;

std::uint32_t bounded(std::uint32_t wanted, std::uint32_t by_default, std::uint32_t most) {
  return std::min(wanted == 0 ? by_default : wanted, most);
}

// Enough of a text to know it again, on one line.
std::string shortened(std::string_view text) {
  constexpr std::size_t kLong = 40;
  std::size_t cut = std::min(text.size(), text.find_first_of("\r\n"));
  if (cut <= kLong) return std::string(text.substr(0, cut)) + (cut < text.size() ? "…" : "");
  cut = kLong;
  while ((static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;  // not inside a character
  return std::string(text.substr(0, cut)) + "…";
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

}  // namespace

Builder::Builder(const TokenStream& stream, const Limits& limits, Diagnostics& diagnostics)
    : stream_(stream),
      diagnostics_(diagnostics),
      most_nesting_(bounded(limits.nesting, Limits{}.nesting, kMostNesting)),
      most_messages_(bounded(limits.messages, Limits{}.messages, kMostMessages)),
      said_too_deep_(stream.cut_short) {}

Node* Builder::fresh(NodeKind kind, std::uint32_t first_token) {
  Node* node = store_.nodes.take(1).data();
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
  store_.nodes.take_back(mark.nodes);
  store_.children.take_back(mark.children);
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
  const std::span<const Node*> children = store_.children.take(done_.size() - top.first_child);
  std::copy(first, done_.end(), children.begin());
  top.node->children = children;
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
  const std::span<const Node* const> ends = elapsed->children;
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
  throw Abandoned{at};
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
  return "`" + shortened(stream_.text(t)) + "`";
}

void Builder::complain(Code code, const Token* at, std::vector<std::string> arguments) {
  mark_error();
  report(code, at, at + 1, std::move(arguments), glued_words(at));
}

// A missing bracket was reported when the brackets were paired, and so was the reason why reading stopped early.
bool Builder::already_told(const Token* found) const {
  if (is_put_in(*found) || (found != stream_.tokens.data() && is_put_in(found[-1]))) return true;
  return (found->kind == TokenKind::end && stream_.cut_short) || told_on_line(found) || told_at(found);
}

// Mistakes with a better message than what was expected, told by what was being read and what came.
std::optional<Code> Builder::known_mistake(const Token* found) const {
  const NodeKind reading = open_.back().node->kind;
  const bool bar = found->sign == Sign::bar || found->sign == Sign::double_bar;
  const bool in_cell = inside(NodeKind::grid_row) || inside(NodeKind::targets_row);
  if (in_cell && reading == NodeKind::sign_literal && bar) return Code::lone_minus_cell;
  if (bar && !in_cell && !found->first_on_line && reading != NodeKind::grid_header) return Code::row_needs_its_line;
  if (reading != NodeKind::grid_row && reading != NodeKind::grid_header && reading != NodeKind::targets_row) return {};
  if (bar && !found->first_on_line) return Code::empty_cell;
  if (bar || found->sign == Sign::rbrace) return Code::row_not_closed;
  if (reading == NodeKind::grid_header) return {};
  switch (found->sign) {
    case Sign::plus:
    case Sign::minus:
    case Sign::star:
    case Sign::slash:
    case Sign::caret:
    case Sign::lparen:
      return Code::formula_needs_equals;
    default:
      break;
  }
  switch (found->keyword) {
    case Keyword::of:
    case Keyword::of_zh:
    case Keyword::if_:
    case Keyword::choose:
    case Keyword::first_of:
    case Keyword::if_absent:
      return Code::formula_needs_equals;
    default:
      return {};
  }
}

namespace {

// Some of the words that may stand here; where a note says what is glued, they would only distract.
std::string first_words(bool in_file) {
  return in_file ? bilingual(
                       "enum, scale, record, unit, table, catalogue, standard, program, duty, group, "
                       "target, targets, let, test or use",
                       "枚举、等级、记录、单位、决策表、目录、标准、项目、义务、组合、目标、目标表、令、测试 "
                       "或 引用")
                 : bilingual("given, version, let, require, limit, amount or expect",
                             "给定、版本、令、要求、限额、补贴、期望");
}

bool is_reserved(const Token* found) {
  return found->kind == TokenKind::name && found->keyword != Keyword::none &&
         info(found->keyword).kind == KeywordKind::reserved;
}

}  // namespace

void Builder::report_unexpected(const Token* found, const std::string& expected) {
  if (already_told(found)) return;
  if (const auto known = known_mistake(found)) {
    const Token* at = *known == Code::row_not_closed ? found - 1 : found;
    return report(*known, at, at + 1, {quoted(*at)});
  }
  if (tell_words(found)) return;
  if (found->sign == Sign::comma && !found[1].first_on_line && tell_everyday(found + 1)) return;
  if (index(found) == 0) return report(Code::unexpected_start, found, found + 1, {expected, quoted(*found)});
  tell_unexpected(found, expected);
}

// A reserved word where a name is wanted is one in back-quotes.
void Builder::tell_unexpected(const Token* found, const std::string& expected) {
  const bool name = is_reserved(found) && expected.find("a name") != std::string::npos;
  const std::string as_name = name ? "`" + std::string(stream_.text(*found)) + "`" : std::string();
  report(Code::unexpected, found, found + 1, {expected, quoted(found[-1]), quoted(*found), as_name, form_meant(found)},
         glued_words(found));
}

void Builder::report_stray(const Token* found, const std::string& expected) {
  // What follows a stray word up to the next statement belongs to the same mistake, and so may what stands before it on
  // its line.
  const bool in_file = open_.back().node->kind == NodeKind::file;
  if (child_count() > 0 && last().kind == NodeKind::error && !is_misspelt_first_word(found, in_file)) return;
  if (child_count() > 0 && !found->first_on_line) set(last(), kHasError);
  if (found->sign == Sign::rbrace || found->sign == Sign::rparen || found->sign == Sign::rbracket) {
    return report(Code::stray_bracket, found, found + 1, {quoted(*found)});
  }
  if (begins_statement(found) || begins_declaration(found)) {
    if (tell_missing_comparison(found) || tell_behind_value(found)) return;
    return report(Code::misplaced_statement, found, found + 1, {quoted(*found), expected});
  }
  if (found->kind != TokenKind::name) return report_unexpected(found, expected);
  if (told_on_line(found) || told_at(found) || tell_words(found)) return;
  if (is_reserved(found) || (index(found) > 1 && !other_form(found).empty())) return tell_unexpected(found, expected);
  const std::string written(stream_.text(*found));
  const std::vector<std::string> words = in_file ? declaration_words() : statement_words();
  auto near = in_file ? std::nullopt : find_first_word(written);
  if (found->colon_follows && std::find(words.begin(), words.end(), written) != words.end()) {
    const bool sum = written == "amount" || written == "补贴";
    near = sum ? written + " = …" : bilingual(written + " …, without a colon", written + " …(不加冒号)");
  }
  if (!near) near = cut_first_word(written, words);
  const std::vector<RelatedPlace> glued = glued_words(found);
  if (!near && glued.empty()) near = nearest_name(written, words);
  report(in_file ? Code::unknown_declaration : Code::unknown_statement, found, found + 1,
         {written, near.value_or(""), glued.empty() ? first_words(in_file) : ""}, glued);
}

std::string Builder::source_of(const Node& node) const {
  const Token& first = stream_.tokens[node.first_token];
  const Token& last = stream_.tokens[std::max(node.first_token, node.last_token - 1)];
  return shortened(stream_.source.substr(first.begin, last.end - first.begin));
}

void Builder::report_mixed() {
  mark_error();
  const Node& all = last();
  const Token* at = &stream_.tokens[all.children.front()->last_token];
  const Node& group = *all.children.front();
  const std::string inner(stream_.text(stream_.tokens[group.children[1]->first_token - 1]));
  const std::string outer(stream_.text(*at));
  std::string before;  // operands of the first group but for its last
  for (std::size_t i = 0; i + 1 < group.children.size(); ++i) {
    before += (i == 0 ? "" : " " + inner + " ") + source_of(*group.children[i]);
  }
  const std::string middle = source_of(*group.children.back());
  const std::string after = source_of(*all.children[1]);
  report(Code::mixed_and_or, at, at + 1,
         {"(" + before + " " + inner + " " + middle + ") " + outer + " " + after,
          before + " " + inner + " (" + middle + " " + outer + " " + after + ")"});
}

void Builder::report_chained(const Token* at) {
  auto o = open_.rbegin();
  while (o != open_.rend() &&
         (o->node->kind == NodeKind::and_ || o->node->kind == NodeKind::or_ || o->node->kind == NodeKind::not_)) {
    ++o;
  }
  const bool in_where = o != open_.rend() && o->node->kind == NodeKind::where;
  complain(in_where ? Code::where_needs_parentheses : Code::chained_comparison, at, {quoted(*at)});
}

// `规则 甲 { … }` behind the `}` of another declaration is one that the language does not have.
bool Builder::is_unknown_declaration(const Token* t) const {
  if (index(t) == 0 || t->depth != 0 || t[-1].sign != Sign::rbrace || !stands_like_first_word(t)) return false;
  const Token* next = t + 1;
  while (next->kind != TokenKind::end && !next->first_on_line && next->sign != Sign::lbrace) ++next;
  return next->sign == Sign::lbrace && !next->first_on_line;
}

bool Builder::is_misspelt_first_word(const Token* t, bool in_file) {
  if (in_file && is_unknown_declaration(t)) return true;
  constexpr std::uint32_t most_looked_up = 1000;  // what is no rule file at all is not searched word by word
  if (!stands_like_first_word(t) || looked_up_ == most_looked_up) return false;
  ++looked_up_;
  return nearest_name(stream_.text(*t), in_file ? declaration_words() : statement_words()).has_value();
}

const Token* Builder::find_resumption(const Token* from, std::uint16_t depth, Resume where) {
  const Token* t = from;
  for (; t->kind != TokenKind::end; ++t) {
    if (t->depth < depth) return t;
    if (t->depth != depth) continue;
    if (t->sign == Sign::rbrace && depth > 0) return t;
    switch (where) {
      case Resume::declaration:
        if (t->first_on_line && (begins_declaration(t) || is_misspelt_first_word(t, true))) return t;
        break;
      case Resume::statement:
        if (t->first_on_line && (begins_statement(t) || is_misspelt_first_word(t, false))) return t;
        break;
      case Resume::item:
        if (t->first_on_line) return t;
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
  const Token* from = start->kind == TokenKind::end ? start : std::max(start + 1, failed);
  const Token* next = find_resumption(from, start->depth, where);
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
  return done_.back();
}

}  // namespace guiju::syntax
