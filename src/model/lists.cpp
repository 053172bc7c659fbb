// Over many: sets, counts and sums over lists, `any of`, `all of`, the worst and the best of grades.
#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

// `Claim` → `claim`; a Chinese name stays as it is.
std::string entry_name(std::string name) {
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

const Node* last_tail(const Node& quantifier) {
  const Node* last = quantifier.children.empty() ? nullptr : quantifier.children.back();
  if (last == nullptr) return nullptr;
  if (last->kind == NodeKind::quantified_tail) return last->children.empty() ? nullptr : last->children[0];
  return last;
}

}  // namespace

// ---- sets
// ------------------------------------------------------------------------------------------------------------------------

// Bare members, where nothing else says whose they are, belong to the one visible enum or scale that has them all.
std::vector<const Expr*> Checker::set_items(const Node& node, const Expected& hint, Type& type) {
  const std::vector<Item> items = expanded_items(context_, statement_, node);
  Expected expected = hint;
  if (hint.need == Expected::nothing) {
    std::vector<std::string> names;
    for (const Item& item : items) {
      if (item.node->kind == NodeKind::name_ref) names.emplace_back(item.tree->name_text(*item.node->children[0]));
    }
    bool any_symbol = false;
    for (const std::string& one : names) any_symbol = any_symbol || scope_.find(one) != nullptr;
    const Enum* owner = names.empty() || any_symbol ? nullptr : enumeration_of(names);
    if (owner != nullptr) expected = Expected::of(enumerated_type(*owner));
  }
  std::vector<Alternative> alternatives;
  for (const Item& item : items) alternatives.push_back({item.node, item.tree, &scope_, nullptr});
  type = unify(alternatives, expected);
  std::vector<const Expr*> result;
  for (const Alternative& one : alternatives) result.push_back(present(one.expr, one.tree->span(*one.node)));
  type.optional = false;
  return result;
}

std::optional<std::vector<const Expr*>> Checker::items_of(const Node& node, const Expected& hint, Type& type) {
  if (node.kind == NodeKind::set) return set_items(node, hint, type);
  const Resolved what = resolve(node, hint);
  if (what.kind != Resolved::set) return std::nullopt;
  type = what.type.element ? *what.type.element : Type{};
  return what.items;
}

// ---- count, sum, min, max
// --------------------------------------------------------------------------------------------------------

// The element is called by `as`, else by its record's name with a small first letter; `it` always means the innermost.
const Entry* Checker::enter(Scope& scope, const Type& list, const std::string& as) {
  Type element = list.element ? *list.element : Type{};
  std::vector<std::string> names;
  if (!as.empty()) {
    names.push_back(as);
  } else if (element.kind == TypeKind::record && element.record != nullptr) {
    names.push_back(entry_name(element.record->name.primary));
    for (const Alias& alias : element.record->name.aliases) names.push_back(entry_name(alias.name));
  }
  const Entry& entry =
      context_.rulebook.entries.emplace_back(Entry{names.empty() ? "it" : names[0], std::move(element)});
  Symbol symbol;
  symbol.kind = Symbol::entry;
  symbol.primary = entry.name;
  symbol.entry_ = &entry;
  for (const std::string& one : names) scope.symbols[one] = symbol;
  scope.symbols[std::string(kItSymbol)] = symbol;
  return &entry;
}

const Expr* Checker::source(const Node& node, Keyword op, const Span& place) {
  if (node.has(syntax::kHasError) || node.children.empty()) return faulty(place);
  const Node* for_clause = node.child(NodeKind::for_clause);
  const Node* as_clause = node.child(NodeKind::as_clause);
  const Node* where = node.child(NodeKind::where);
  const bool counts = op == Keyword::count_of || op == Keyword::counting;
  const Node& list_node = for_clause != nullptr ? *for_clause->children[1] : *node.children[0];

  const Resolved list = list_node.kind == NodeKind::set ? Resolved{} : resolve(list_node, Expected::anything());
  if (list_node.kind != NodeKind::set && list.kind == Resolved::fault) return faulty(place);
  if (list.kind != Resolved::fact || list.type.kind != TypeKind::list)
    return fail(Code::list_needed, span(list_node), {written(span(list_node))});
  if (list.type.optional) return present(as_value(list, span(list_node)), span(list_node));

  Scope inner = below();
  std::string as;
  if (for_clause != nullptr)
    as = std::string(name(*for_clause->children[0]));
  else if (as_clause != nullptr)
    as = std::string(name(*as_clause->children[0]));
  const Entry* entry = enter(inner, list.type, as);
  Checker checker = inside(inner);
  const Expr* condition = nullptr;
  if (node.has(syntax::kOther)) {
    condition = checker.is_other(*entry, span(list_node));
    if (faulted(*condition)) return condition;
  }
  if (where != nullptr) {
    const Expr* written_one = checker.condition(*where->children[0]);
    if (faulted(*written_one)) return written_one;
    narrow(inner, *written_one);
    condition = condition == nullptr
                    ? written_one
                    : &make(ExprKind::and_, simple_type(TypeKind::boolean), place, {condition, written_one});
  }
  const Expr* term = nullptr;
  if (!counts) {
    if (for_clause != nullptr) {
      term = checker.operand(*node.children[0], Expected::a_number());
    } else {
      Path path;
      path.entry = entry;
      if (entry->type.kind == TypeKind::record) return fail(Code::term_needed, place, {written(span(list_node))});
      term = checker.present(checker.as_value(checker.of_path(path), place), place);
    }
    if (faulted(*term)) return term;
    const bool sums = op == Keyword::sum_of || op == Keyword::summing;
    const bool fits = is_numeric(term->type) ||
                      (!sums && (term->type.kind == TypeKind::date ||
                                 (term->type.kind == TypeKind::duration && term->type.duration != DurationKind::pair)));
    if (!fits) return fail(Code::number_needed, term->span, {written(term->span), describe(term->type)});
  }
  ExprKind kind = ExprKind::count_of;
  Type type = number_type(true);
  if (!counts) {
    type = term->type;
    kind = op == Keyword::min_of ? ExprKind::min_of : op == Keyword::max_of ? ExprKind::max_of : ExprKind::sum_of;
    type.optional = kind != ExprKind::sum_of;  // of an empty list there is no least
  }
  Expr& expr = make(kind, type, place);
  expr.list = &context_.rulebook.paths.emplace_back(list.path);
  expr.item = entry;
  expr.where = condition;
  expr.term = term;
  return &expr;
}

// ---- any of, all of, none of
// -----------------------------------------------------------------------------------------------------

const Expr* Checker::quantifier(const Node& node) {
  const Span place = span(node);
  const Node* tail = last_tail(node);
  if (tail == nullptr || node.children.size() < 2) return faulty(place);
  const Node* condition_node = tail->kind == NodeKind::where ? tail->children[0] : tail;
  const Node* as_clause = node.child(NodeKind::as_clause);
  const std::string as = as_clause != nullptr ? std::string(name(*as_clause->children[0])) : "";
  const Node& over = *node.children[0];
  const Type boolean = simple_type(TypeKind::boolean);

  Resolved what;
  if (over.kind == NodeKind::set) {
    what.kind = Resolved::set;
    Type element;
    what.items = set_items(over, Expected::anything(), element);
  } else {
    what = resolve(over, Expected::anything());
    if (what.kind == Resolved::fault) return faulty(place);
  }

  if (what.kind == Resolved::set) {
    std::vector<const Expr*> truths;
    bool good = true;
    for (const Expr* item : what.items) {
      if (faulted(*item)) return faulty(place);
      Scope inner = below();
      Symbol symbol;
      symbol.kind = Symbol::bound_value;
      symbol.primary = as;
      symbol.value_ = item;
      inner.symbols[std::string(kItSymbol)] = symbol;
      if (!as.empty()) inner.symbols[as] = symbol;
      truths.push_back(inside(inner).condition(*condition_node));
      good = good && !faulted(*truths.back());
    }
    if (!good) return faulty(place);
    if (truths.empty()) return truth(node.op != Keyword::any_of, place);
    const bool all = node.op == Keyword::all_of;
    const Expr* joined =
        truths.size() == 1 ? truths[0] : &make(all ? ExprKind::and_ : ExprKind::or_, boolean, place, std::move(truths));
    return node.op == Keyword::none_of ? negation(joined, place) : joined;
  }

  if (what.kind != Resolved::fact || what.type.kind != TypeKind::list)
    return fail(Code::list_needed, span(over), {written(span(over))});
  if (what.type.optional) return present(as_value(what, span(over)), span(over));
  Scope inner = below();
  const Entry* entry = enter(inner, what.type, as);
  const Expr* condition = inside(inner).condition(*condition_node);
  if (faulted(*condition)) return condition;
  const ExprKind kind = node.op == Keyword::any_of   ? ExprKind::any_of
                        : node.op == Keyword::all_of ? ExprKind::all_of
                                                     : ExprKind::none_of;
  Expr& expr = make(kind, boolean, place);
  expr.list = &context_.rulebook.paths.emplace_back(what.path);
  expr.item = entry;
  expr.where = condition;
  return &expr;
}

// ---- worst of, best of
// -----------------------------------------------------------------------------------------------------------

const Expr* Checker::extreme(const Node& node) {
  const Span place = span(node);
  std::vector<Alternative> alternatives;
  const std::vector<Item> items = expanded_items(context_, statement_, *node.children[0]);
  for (const Item& item : items) alternatives.push_back({item.node, item.tree, &scope_, nullptr});
  Type type = unify(alternatives, Expected::anything());
  std::vector<const Expr*> args;
  bool any_present = false;
  for (const Alternative& one : alternatives) {
    if (faulted(*one.expr)) return faulty(place);
    any_present = any_present || !one.expr->type.optional;
    args.push_back(one.expr);
  }
  if (args.empty() || type.kind == TypeKind::error) return faulty(place);
  if (type.kind != TypeKind::enumerated || !type.enumeration->scale)
    return fail(Code::grade_needed, place, {written(args[0]->span), describe(type)});
  type.optional = !any_present;
  return &make(node.op == Keyword::worst_of ? ExprKind::worst_of : ExprKind::best_of, type, place, std::move(args));
}

}  // namespace guiju::model
