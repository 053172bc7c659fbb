// Named values, checked when first used, so that order does not matter and circles are found; tables likewise.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;

namespace {

const Node* value_of(const Node& let) {
  return let.child(NodeKind::value);
}

// A let that says no type takes the absence of its value along.
bool absent_allowed(const Expected& expected) {
  return expected.need != Expected::type || expected.type_.optional;
}

std::vector<Citation> citations_of(Context& context, LetEntry& let) {
  std::vector<Citation> citations;
  for (const Node* cite : let.statement.node->all(NodeKind::cite))
    citations.push_back(make_citation(context, *let.scope, let.statement, *cite));
  return citations;
}

void keep_value(Context& context, LetEntry& let, const Expr* value) {
  const Node& node = *let.statement.node;
  let.form = LetEntry::a_value;
  let.type = value->type;
  let.state = value->kind == ExprKind::error ? LetEntry::failed : LetEntry::done;
  if (let.state == LetEntry::failed || let.scope->lets == nullptr) return;
  Let kept;
  if (const Node* name = name_node(node)) kept.name = name_of(context, let.statement, *name);
  kept.value = value;
  kept.citations = citations_of(context, let);
  kept.span = let.statement.tree->span(node);
  let.let = &let.scope->lets->emplace_back(std::move(kept));
}

// A function has no value of its own, but stands on papers.
void keep_citations(Context& context, LetEntry& let) {
  if (let.scope->lets == nullptr || let.statement.node->child(NodeKind::cite) == nullptr) return;
  Let kept;
  if (const Node* name = name_node(*let.statement.node)) kept.name = name_of(context, let.statement, *name);
  kept.citations = citations_of(context, let);
  kept.span = let.statement.tree->span(*let.statement.node);
  let.scope->lets->push_back(std::move(kept));
}

// Its body is checked once with parameters that stand for any value, so that a function nobody calls is checked too.
void check_function(Context& context, LetEntry& let) {
  const Node& node = *let.statement.node;
  const std::size_t choices = context.rulebook.choices.size();
  Scope inner;
  inner.parent = let.scope;
  inner.version = let.scope->version;
  inner.edition = let.scope->edition;
  let.form = LetEntry::a_function;
  for (const Node* param : node.all(NodeKind::param)) {
    const Node* type_node = param->child(NodeKind::type);
    const auto type =
        type_node != nullptr ? resolve_type(context, *let.scope, *let.statement.tree, *type_node) : std::nullopt;
    if (!type) {
      let.state = LetEntry::failed;
      return;
    }
    const std::string name(let.statement.tree->name_text(*param->children[0]));
    refuse_word_as_name(context, let.statement.tree->span(*param->children[0]));
    const Entry& entry = context.rulebook.entries.emplace_back(Entry{name, *type});
    Symbol symbol;
    symbol.kind = Symbol::entry;
    symbol.primary = name;
    symbol.entry_ = &entry;
    inner.symbols[name] = symbol;
  }
  Checker checker(context, inner, let.statement, *let.statement.tree);
  const Node* type_node = node.child(NodeKind::type);
  Expected expected = Expected::anything();
  if (type_node != nullptr) {
    const auto type = resolve_type(context, *let.scope, *let.statement.tree, *type_node);
    if (type) expected = Expected::of(*type);
    let.type = type ? *type : Type{};
  }
  const Node& bare = bare_expression(*value_of(node));
  bool good = false;
  if (type_node == nullptr && may_name_a_thing(bare)) {
    good = checker.resolve(bare, expected).kind != Resolved::fault;  // a value, or a record, list or row
  } else {
    good = checker.check_value(*value_of(node), expected, absent_allowed(expected))->kind != ExprKind::error;
  }
  // Those of the calls count, not these.
  std::erase_if(context.named_choices, [&](const auto& named) { return named.second.choice->id >= choices; });
  context.rulebook.choices.resize(choices);
  let.state = good ? LetEntry::done : LetEntry::failed;
  if (good) keep_citations(context, let);
}

void check_set(LetEntry& let, Checker& checker, const Node& set) {
  Type element;
  let.items = checker.set_items(set, Expected::anything(), element);
  let.form = LetEntry::a_set;
  let.type = simple_type(TypeKind::set);
  let.type.element = std::make_shared<const Type>(element);
  let.state = LetEntry::done;
  for (const Expr* item : let.items) {
    if (item->kind == ExprKind::error) let.state = LetEntry::failed;
  }
}

// `let m = claim.machine`, `let r = rate(old.kind)`: no value, but a name for what is inside. True where it was one.
bool check_thing(LetEntry& let, const Resolved& thing) {
  switch (thing.kind) {
    case Resolved::fault:
      let.state = LetEntry::failed;
      return true;
    case Resolved::fact:
      if (thing.type.kind != TypeKind::record && thing.type.kind != TypeKind::list) return false;
      let.form = LetEntry::a_path;
      let.path = thing.path;
      let.type = thing.type;
      break;
    case Resolved::row:
      if (thing.table_->results.size() == 1) return false;
      let.form = LetEntry::a_row;
      let.table = thing.table_;
      let.keys = thing.keys;
      break;
    case Resolved::set:
      let.form = LetEntry::a_set;
      let.items = thing.items;
      let.type = thing.type;
      break;
    default:
      return false;
  }
  let.state = LetEntry::done;
  return true;
}

void check_split(Context& context, LetEntry& let, const Node& shared) {
  let.form = LetEntry::a_split;
  let.split = read_split(context, *let.statement.tree, shared);
  let.state = let.split ? LetEntry::done : LetEntry::failed;
  if (let.split) let.split->citations = citations_of(context, let);
}

void check_let(Context& context, LetEntry& let) {
  const Node& node = *let.statement.node;
  const Node* value = value_of(node);
  if (!node.has(syntax::kHasError) && node.kind == NodeKind::leave) {
    keep_value(context, let, left_value(context, let));
    return;
  }
  if (const Node* shared = node.child(NodeKind::adjust_shared)) {
    check_split(context, let, *shared);
    return;
  }
  if (node.has(syntax::kHasError) || value == nullptr) {
    let.state = LetEntry::failed;
    return;
  }
  if (node.child(NodeKind::param) != nullptr) {
    check_function(context, let);
    return;
  }
  Checker checker(context, *let.scope, let.statement, *let.statement.tree);
  Expected expected = Expected::anything();
  if (const Node* type_node = node.child(NodeKind::type)) {
    const auto type = resolve_type(context, *let.scope, *let.statement.tree, *type_node);
    if (!type) {
      let.state = LetEntry::failed;
      return;
    }
    expected = Expected::of(*type);
  }
  const Node& bare = bare_expression(*value);
  if (bare.kind == NodeKind::set) {
    check_set(let, checker, bare);
    return;
  }
  if (may_name_a_thing(bare)) {
    const Resolved thing = checker.resolve(bare, expected);
    if (check_thing(let, thing)) return;
    const Span place = checker.span(bare);
    const Expr* found = checker.scalar(checker.as_value(thing, place), place);
    if (!absent_allowed(expected)) found = checker.present(found, place);
    keep_value(context, let, checker.fit(found, expected, place));
    return;
  }
  keep_value(context, let, checker.check_value(*value, expected, absent_allowed(expected)));
}

}  // namespace

const Node& bare_expression(const Node& value) {
  const Node* at = &value;
  while ((at->kind == NodeKind::value || at->kind == NodeKind::parenthesised) && at->children.size() == 1 &&
         !at->has(syntax::kHasError))
    at = at->children[0];
  return *at;
}

bool may_name_a_thing(const Node& node) {
  return node.kind == NodeKind::name_ref || node.kind == NodeKind::member_access || node.kind == NodeKind::call;
}

namespace {

Span place_of(const LetEntry& let) {
  const Node* name = let.statement.node->child(NodeKind::declared_name);
  return let.statement.tree->span(name != nullptr ? *name : *let.statement.node);
}

// The lets through which `let` came to need itself.
std::vector<RelatedPlace> rest_of_circle(const Context& context, const LetEntry& let) {
  std::vector<RelatedPlace> places;
  const auto& checking = context.lets_being_checked;
  for (auto one = std::find(checking.begin(), checking.end(), &let); one != checking.end(); ++one) {
    if (*one != &let) places.push_back({place_of(**one), "through this", "经由此处"});
  }
  return places;
}

}  // namespace

void resolve_let(Context& context, LetEntry& let) {
  if (let.state == LetEntry::done || let.state == LetEntry::failed) return;
  const Span place = place_of(let);
  if (let.state == LetEntry::checking) {
    context.diagnostics.add(Code::let_in_a_circle, place, {std::string(context.sources.text(place))},
                            rest_of_circle(context, let));
    return;
  }
  if (context.let_depth >= kMaxLetDepth) {
    context.diagnostics.add(Code::nested_too_deep, place, {std::to_string(kMaxDepth)});
    let.state = LetEntry::failed;
    return;
  }
  let.state = LetEntry::checking;
  ++context.let_depth;
  context.lets_being_checked.push_back(&let);
  check_let(context, let);
  context.lets_being_checked.pop_back();
  --context.let_depth;
  if (let.state == LetEntry::checking) let.state = LetEntry::failed;
}

const Table* resolve_table(Context& context, TableEntry& entry) {
  if (entry.state == TableEntry::done) return entry.table;
  const Span place = entry.statement.tree->span(*entry.statement.node);
  if (entry.state == TableEntry::checking) {
    context.diagnostics.add(Code::table_in_a_circle, place);
    return nullptr;
  }
  if (context.let_depth >= kMaxLetDepth) {
    context.diagnostics.add(Code::nested_too_deep, place, {std::to_string(kMaxDepth)});
    return nullptr;
  }
  entry.state = TableEntry::checking;
  ++context.let_depth;
  entry.table = check_table(context, *entry.scope, entry.statement);
  --context.let_depth;
  entry.state = TableEntry::done;
  return entry.table;
}

}  // namespace guiju::model
