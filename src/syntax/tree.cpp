// Reading a syntax tree, and printing it for tests.
#include "syntax/tree.hpp"

#include <algorithm>

#include "syntax/parse.hpp"

namespace guiju::syntax {
namespace {

constexpr std::string_view kNames[] = {
#define GUIJU_NODE(kind) #kind,
#include "syntax/node_kinds.def"
#undef GUIJU_NODE
};

struct FlagName {
  std::uint16_t flag;
  std::string_view name;
};
constexpr FlagName kFlagNames[] = {
    {kZhOrder, "zh_order"},   {kOptional, "optional"}, {kFloor, "floor"},     {kDoubtful, "doubtful"},
    {kRest, "rest"},          {kDrop, "drop"},         {kNegated, "negated"}, {kOpenLow, "open_low"},
    {kOpenHigh, "open_high"}, {kNoLow, "no_low"},      {kNoHigh, "no_high"},  {kByMember, "by_member"},
    {kHasError, "error"},
};

// One bit serves several kinds; its name depends on the kind.
std::string_view special_flag(NodeKind kind) {
  switch (kind) {
    case NodeKind::each:
      return "has_where";
    case NodeKind::amends:
      return "rest_unverified";
    case NodeKind::limit:
      return "paying_the_rest";
    case NodeKind::amount:
      return "many";
    case NodeKind::adjust_cap:
      return "in_proportion";
    case NodeKind::order_item:
      return "on_what_remains";
    case NodeKind::is_state:
      return "unclassified";
    case NodeKind::within:
      return "to_date";
    case NodeKind::full:
      return "below";
    case NodeKind::source:
      return "other";
    default:
      return "special";
  }
}

bool is_leaf(NodeKind kind) {
  switch (kind) {
    case NodeKind::name:
    case NodeKind::text:
    case NodeKind::unit_expr:
    case NodeKind::number_literal:
    case NodeKind::percent_literal:
    case NodeKind::quantity_literal:
    case NodeKind::date_literal:
      return true;
    default:
      return false;
  }
}

void dump_node(const Tree& tree, const Node& node, std::size_t indent, std::string& out) {
  out.append(2 * indent, ' ').append(kind_name(node.kind));
  if (node.op != Keyword::none) out.append(" ").append(info(node.op).english);
  if (node.or_what != Keyword::none) out.append(" / ").append(info(node.or_what).english);
  if (node.sign != Sign::none) out.append(" ").append(spelling_of(node.sign));
  if (node.split != 0) out.append(" split=").append(std::to_string(node.split));
  for (const FlagName& f : kFlagNames) {
    if ((node.flags & f.flag) != 0) out.append(" +").append(f.name);
  }
  if ((node.flags & kHasWhere) != 0) out.append(" +").append(special_flag(node.kind));
  if (is_leaf(node.kind) && node.last_token > node.first_token) {
    const Span span = tree.span(node);
    out.append(" ").append(tree.tokens().source.substr(span.begin, span.end - span.begin));
  }
  out.push_back('\n');
  for (const Node* child : node.children) dump_node(tree, *child, indent + 1, out);
}

}  // namespace

std::string_view kind_name(NodeKind kind) {
  const std::string_view name = kNames[static_cast<std::size_t>(kind)];
  return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

bool is_expression(NodeKind kind) {
  return kind >= NodeKind::number_literal || kind == NodeKind::text;
}

const Node* Node::child(NodeKind k) const {
  const auto found = std::find_if(children.begin(), children.end(), [k](const Node* n) { return n->kind == k; });
  return found == children.end() ? nullptr : *found;
}

std::vector<const Node*> Node::all(NodeKind k) const {
  const auto is_wanted = [k](const Node* n) { return n->kind == k; };
  std::vector<const Node*> found;
  found.reserve(static_cast<std::size_t>(std::count_if(children.begin(), children.end(), is_wanted)));
  std::copy_if(children.begin(), children.end(), std::back_inserter(found), is_wanted);
  return found;
}

const Node* Node::first_expression() const {
  const auto found =
      std::find_if(children.begin(), children.end(), [](const Node* n) { return is_expression(n->kind); });
  return found == children.end() ? nullptr : *found;
}

std::vector<const Node*> Node::expressions() const {
  std::vector<const Node*> found;
  std::copy_if(children.begin(), children.end(), std::back_inserter(found),
               [](const Node* n) { return is_expression(n->kind); });
  return found;
}

Tree::Tree(TokenStream stream, NodeStore nodes, const Node* root)
    : file_(stream.file),
      contents_(std::make_shared<const Contents>(Contents{std::move(stream), std::move(nodes)})),
      root_(root) {}

Tree::Tree(const Tree& same, FileId file) : file_(file), contents_(same.contents_), root_(same.root_) {}

Span Tree::span(const Node& n) const {
  const std::vector<Token>& tokens = contents_->stream.tokens;
  const Token& first = tokens[n.first_token];
  if (n.last_token <= n.first_token) return {file_, first.begin, first.begin};
  return {file_, first.begin, tokens[n.last_token - 1].end};
}

std::string_view Tree::name_text(const Node& name) const {
  const TokenStream& stream = contents_->stream;
  const Token& token = stream.tokens[name.first_token];
  const std::string& decoded = stream.literal(token).text;
  return decoded.empty() ? stream.text(token) : std::string_view(decoded);
}

const Literal& Tree::literal(const Node& n) const {
  const TokenStream& stream = contents_->stream;
  return stream.literal(stream.tokens[n.first_token]);
}

std::string dump(const Tree& tree) {
  std::string out;
  dump_node(tree, tree.root(), 0, out);
  return out;
}

}  // namespace guiju::syntax
