// What papers say: the first that says something, what all of them agree on, and whether a thing can be said at all.
#include <set>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;

namespace {

const Field* field_of(const Expr& expr) {
  const bool fact = expr.kind == ExprKind::fact || expr.kind == ExprKind::entry;
  return fact && !expr.path.fields.empty() ? expr.path.fields.back() : nullptr;
}

}  // namespace

namespace {

const Expr* find_test(const Expr* expr, std::set<const Expr*>& seen) {
  if (expr == nullptr || expr->kind == ExprKind::is_unknown) return expr;
  const bool leaf =
      expr->args.empty() && expr->where == nullptr && expr->term == nullptr && expr->let == nullptr;  // most are
  if (leaf || !seen.insert(expr).second) return nullptr;
  for (const Expr* arg : expr->args) {
    if (const Expr* found = find_test(arg, seen)) return found;
  }
  for (const Expr* inner : {expr->where, expr->term, expr->let == nullptr ? nullptr : expr->let->value}) {
    if (const Expr* found = find_test(inner, seen)) return found;
  }
  return nullptr;
}

}  // namespace

const Expr* test_for_unknown(const Expr& expr) {
  std::set<const Expr*> seen;
  return find_test(&expr, seen);
}

// Only what was asked and cannot be said is unknown in this sense: that nobody has asked yet decides nothing.
const Expr* Checker::is_unknown(const Node& node) {
  const Span place = span(node);
  const Expr* value = measured(scalar(infer(*node.children[0], Expected::anything()), place), place);
  if (value->type.kind == TypeKind::error) return value;
  const Field* field = field_of(through_lets(*value));
  if (field != nullptr && !field->unknowable) return fail(Code::always_said, place, {written(value->span)});
  const Expr& test = make(ExprKind::is_unknown, simple_type(TypeKind::boolean), place, {value});
  return node.op == syntax::Keyword::is_not ? negation(&test, place) : &test;
}

const Expr* Checker::said_by_papers(const Node& node, const Expected& hint) {
  const Span place = span(node);
  std::vector<Alternative> papers;
  for (const Node* child : node.children) papers.push_back({child, &tree_, &scope_, nullptr});
  Type type = unify(papers, hint.need == Expected::type ? hint : Expected::anything());
  std::vector<const Expr*> args;
  bool all_optional = true;
  for (const Alternative& paper : papers) {
    if (paper.expr->type.kind == TypeKind::error) return faulty(place);
    all_optional = all_optional && paper.expr->type.optional;
    args.push_back(paper.expr);
  }
  if (args.empty() || type.kind == TypeKind::error) return faulty(place);
  type.optional = all_optional;
  return &make(node.kind == NodeKind::agreed ? ExprKind::agreed : ExprKind::first_present, type, place,
               std::move(args));
}

}  // namespace guiju::model
