// One of several: if, choose, first of; and what a text leaves open.
#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

bool faulted(const Expr& a) {
  return a.type.kind == TypeKind::error;
}

}  // namespace

const Expr* Checker::if_then(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const Expr* test = condition(*node.children[0]);
  Scope yes = below(), no = below();
  narrow(yes, *test, true);
  narrow(no, *test, false);
  std::vector<Alternative> branches{{node.children[1], &tree_, &yes, nullptr},
                                    {node.children[2], &tree_, &no, nullptr}};
  const Type type = unify(branches, hint);
  if (faulted(*test) || faulted(*branches[0].expr) || faulted(*branches[1].expr)) return faulty(place);
  return &make(ExprKind::if_then, type, place, {test, branches[0].expr, branches[1].expr});
}

const Expr* Checker::choose(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const bool in_order = node.kind == NodeKind::first_of;
  const std::vector<Item> items = expanded_items(context_, statement_, node);
  std::vector<Alternative> branches;
  std::vector<const Expr*> conditions;
  std::deque<Scope> scopes;
  Scope rest = below();  // what is known where no branch so far held
  bool good = true;
  for (const Item& item : items) {
    if (item.node->kind != NodeKind::branch || item.node->has(syntax::kHasError) || item.node->children.empty()) {
      good = false;
      continue;
    }
    Scope& scope = scopes.emplace_back(in_order || item.node->children.size() == 1 ? rest : below());
    if (item.node->children.size() > 1) {
      const Expr* test =
          Checker(context_, in_order ? rest : scope_, statement_, *item.tree).condition(*item.node->children[1]);
      good = good && !faulted(*test);
      conditions.push_back(test);
      narrow(scope, *test, true);
      narrow(rest, *test, false);
    } else {
      conditions.push_back(nullptr);
      if (&item != &items.back()) {
        (void)fail(Code::otherwise_not_last, item.tree->span(*item.node));
        good = false;
      }
    }
    branches.push_back({item.node->children[0], item.tree, &scope, nullptr});
  }
  const Type type = unify(branches, hint);
  for (const Alternative& branch : branches) good = good && !faulted(*branch.expr);
  if (!good || branches.empty()) return faulty(place);
  std::vector<const Expr*> args;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (conditions[i] != nullptr) args.push_back(conditions[i]);
    args.push_back(branches[i].expr);
  }
  return &make(in_order ? ExprKind::first_of : ExprKind::choose, type, place, std::move(args));
}

// ---- open texts
// ------------------------------------------------------------------------------------------------------------------

// `no limit`, `not found`, an open text without readings: of the type that the place needs.
const Expr* Checker::typeless(const Node& node, ExprKind kind, const Expected& expected) {
  const Span place = span(node);
  if (expected.need == Expected::truth && kind != ExprKind::no_limit)
    return &make(kind, simple_type(TypeKind::boolean), place);
  if (expected.need != Expected::type || expected.type_.kind == TypeKind::error)
    return fail(Code::type_not_said, place, {written(place)});
  Type type = expected.type_;
  type.optional = false;
  type.integer = false;
  const bool bounds = is_numeric(type) || type.kind == TypeKind::date || type.kind == TypeKind::duration;
  if (kind == ExprKind::no_limit && !bounds) return fail(Code::no_limit_misplaced, place);
  return &make(kind, type, place);
}

namespace {

Choice& new_choice(Context& context, Choice::Kind kind, const Span& place) {
  Choice& choice = context.rulebook.choices.emplace_back();
  choice.kind = kind;
  choice.span = place;
  choice.id = static_cast<std::uint32_t>(context.rulebook.choices.size() - 1);
  return choice;
}

}  // namespace

const Expr* Checker::undecided(const Node& node, const Expected& hint) {
  const Span place = span(node);
  if (node.child(NodeKind::name) != nullptr) return not_yet("a named undecided", place);
  std::vector<Alternative> readings;
  std::vector<std::string> labels;
  const auto reading_nodes = node.all(NodeKind::reading);
  bool good = true;
  for (const Node* reading : reading_nodes) {
    if (reading->has(syntax::kHasError) || reading->children.size() < 2) return faulty(place);
    labels.push_back(plain_text(*reading->children[0]));
    for (std::size_t i = 0; i + 1 < labels.size(); ++i) {
      if (labels[i] != labels.back()) continue;
      (void)fail(Code::reading_twice, span(*reading->children[0]), {labels.back()});
      good = false;
    }
    readings.push_back({reading->children[1], &tree_, &scope_, nullptr});
  }
  Expr* expr = nullptr;
  if (readings.empty()) {
    const Expr* open = typeless(node, ExprKind::undecided, hint);
    if (faulted(*open)) return open;
    expr = &make(ExprKind::undecided, open->type, place);
  } else {
    const Type type = unify(readings, hint);
    for (const Alternative& reading : readings) good = good && !faulted(*reading.expr);
    if (!good) return faulty(place);
    expr = &make(ExprKind::undecided, type, place);
  }
  std::optional<std::uint32_t> adopted;
  if (const Node* adopt = node.child(NodeKind::adopt)) {
    const std::string wanted = plain_text(*adopt->children[0]);
    for (std::uint32_t i = 0; i < labels.size(); ++i) {
      if (labels[i] == wanted) adopted = i;
    }
    if (!adopted) return fail(Code::no_such_reading, span(*adopt), {wanted});
  }
  Template question;
  for (const Node* text_node : node.all(NodeKind::text)) {
    auto& side = context_.languages[&tree_] == Language::en ? question.en : question.zh;
    if (!side.empty()) side.push_back({" / ", nullptr, false});
    for (TextPiece& piece : pieces(*text_node)) side.push_back(std::move(piece));
  }
  Choice& choice = new_choice(context_, Choice::undecided, place);
  choice.text = std::move(question);
  choice.adopted = adopted;
  for (std::size_t i = 0; i < readings.size(); ++i) choice.readings.push_back({labels[i], readings[i].expr});
  expr->choice = &choice;
  return expr;
}

const Expr* Checker::not_found(const Node& node, const Expected& hint) {
  const Span place = span(node);
  if (node.op == Keyword::within) return not_yet("not found … within", place);
  const Expr* open = typeless(node, ExprKind::not_found, hint);
  if (faulted(*open)) return open;
  Choice& choice = new_choice(context_, Choice::not_found, place);
  if (const Node* why = node.child(NodeKind::label)) choice.text = label(*why);
  Expr& expr = make(ExprKind::not_found, open->type, place);
  expr.choice = &choice;
  return &expr;
}

const Expr* Checker::discretion(const Node& node) {
  const Span place = span(node);
  Choice& choice = new_choice(context_, Choice::discretion, place);
  if (const Node* why = node.child(NodeKind::label)) choice.text = label(*why);
  Expr& expr = make(ExprKind::discretion, simple_type(TypeKind::boolean), place);
  expr.choice = &choice;
  return &expr;
}

}  // namespace guiju::model
