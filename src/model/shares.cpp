// Who bears what of an amount: written where the amount is, or once in a `let` that several amounts name.
#include "model/shares.hpp"

#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

bool read_bearers(Context& context, const Tree& tree, const Node& names, std::vector<Share>& shares) {
  for (const Node* child : names.children) {
    if (child->kind == NodeKind::label) {
      shares.back().label = plain_label(context, tree, child);
      continue;
    }
    const std::string name(tree.name_text(*child));
    if (std::any_of(shares.begin(), shares.end(), [&](const Share& s) { return s.name == name; })) {
      context.diagnostics.add(Code::written_twice, tree.span(*child), {name});
      return false;
    }
    shares.push_back({name, {}, {}});
  }
  return true;
}

bool read_weights(Context& context, const Tree& tree, const std::vector<const Node*>& weights, Shares& result) {
  Rational sum;
  for (std::size_t i = 0; i < weights.size() && i < result.shares.size(); ++i) {
    result.shares[i].weight = tree.literal(*weights[i]).value;
    sum = add(sum, result.shares[i].weight).value_or(sum);
  }
  if (weights.size() != result.shares.size()) {
    context.diagnostics.add(Code::shares_do_not_match, result.span,
                            {std::to_string(weights.size()), std::to_string(result.shares.size())});
    return false;
  }
  if (sum.sign() > 0) return true;
  context.diagnostics.add(Code::shares_of_nothing, result.span);
  return false;
}

// `shared by_province`: those of the let, here.
std::optional<Shares> named_shares(Context& context, const Scope& scope, const Tree& tree, const Node& name) {
  const std::string wanted = dotted(tree, name);
  const Symbol* symbol = scope.find(wanted);
  if (symbol == nullptr) {
    report_unknown(context, Code::unknown_name, tree.span(name), wanted, scope.visible_names());
    return std::nullopt;
  }
  if (symbol->kind == Symbol::other) return std::nullopt;
  if (symbol->kind == Symbol::let) {
    resolve_let(context, *symbol->let_);
    if (symbol->let_->state == LetEntry::failed) return std::nullopt;
    if (symbol->let_->form == LetEntry::a_split) return symbol->let_->split;
  }
  context.diagnostics.add(Code::no_split, tree.span(name), {wanted});
  return std::nullopt;
}

}  // namespace

std::optional<Shares> read_split(Context& context, const Tree& tree, const Node& node) {
  const Node* names = node.child(NodeKind::name_list);
  const Node* rest = node.child(NodeKind::name);
  if (node.has(syntax::kHasError) || names == nullptr || rest == nullptr) return std::nullopt;
  Shares result;
  result.span = result.written = tree.span(node);
  result.doubt = read_note(context, tree, node);
  if (!read_bearers(context, tree, *names, result.shares)) return std::nullopt;
  if (!read_weights(context, tree, node.all(NodeKind::number_literal), result)) return std::nullopt;
  const std::string wanted(tree.name_text(*rest));
  std::vector<std::string> known;
  for (const Share& share : result.shares) known.push_back(share.name);
  const auto found = std::find(known.begin(), known.end(), wanted);
  if (found == known.end()) {
    report_unknown(context, Code::unknown_bearer, tree.span(*rest), wanted, known);
    return std::nullopt;
  }
  result.remainder = static_cast<std::size_t>(found - known.begin());
  if (whole_weights(result)) return result;
  context.diagnostics.add(Code::shares_too_fine, result.span, {std::to_string(kMostShareSteps)});
  return std::nullopt;
}

std::optional<Shares> read_shares(Context& context, const Scope& scope, const Tree& tree, const Node& node) {
  const Node* name = node.child(NodeKind::qualified_name);
  if (name == nullptr) return read_split(context, tree, node);
  auto result = named_shares(context, scope, tree, *name);
  if (!result) return result;
  result->span = tree.span(node);
  if (node.child(NodeKind::note) != nullptr) result->doubt = read_note(context, tree, node);
  return result;
}

}  // namespace guiju::model
