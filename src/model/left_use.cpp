// A figure that is left to the regions within bounds holds nothing where a local file writes what is made of it anew
// and leaves the figure out: what took its place has to be made of it, too.
#include <algorithm>
#include <set>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;

namespace {

// Which statements of a version are made of one figure, directly or by what they name.
class MadeOf {
 public:
  MadeOf(const Scope& scope, const LetEntry& figure) : scope_(scope), figure_(figure) {}

  [[nodiscard]] bool operator()(const Statement& statement) {
    seen_.clear();
    return reads(statement, *statement.node);
  }

 private:
  [[nodiscard]] bool reads(const Statement& in, const Node& node) {
    if (node.kind == NodeKind::name_ref) return names(in.tree->name_text(*node.child(NodeKind::name)));
    // `...` stands for what was there.
    if (node.kind == NodeKind::rest_part && in.replaced != nullptr) return reads(*in.replaced, *in.replaced->node);
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const Node* child) { return reads(in, *child); });
  }
  [[nodiscard]] bool names(std::string_view name) {
    const Symbol* symbol = scope_.find(name);
    if (symbol == nullptr) return false;
    if (symbol->let_ == &figure_) return true;
    const Statement* of = symbol->let_ != nullptr          ? &symbol->let_->statement
                          : symbol->table_entry != nullptr ? &symbol->table_entry->statement
                                                           : nullptr;
    return of != nullptr && of->node != nullptr && seen_.insert(of->node).second && reads(*of, *of->node);
  }

  const Scope& scope_;
  const LetEntry& figure_;
  std::set<const Node*> seen_;
};

// What another programme says in this place, where this one says something else.
const Statement* of_another(const Statement& statement) {
  const Statement* old = statement.replaced;
  while (old != nullptr && program_of(*old) == program_of(statement)) old = old->replaced;
  return old;
}

std::string_view name_in(const Statement& leave) {
  return leave.tree->name_text(*name_node(*leave.node));
}

bool is_bounded(const Statement& leave) {
  for (const Statement* at = &leave; at != nullptr; at = at->narrows ? at->replaced : nullptr)
    if (at->node->child(NodeKind::adjust_cap) != nullptr) return true;
  return false;
}

// "amount", "require gate"
std::string called(const Context& context, const Statement& statement) {
  const std::string_view text = context.sources.text(statement.tree->span(*statement.node));
  std::string out(text.substr(0, text.find_first_of(" \t\r\n{:=")));
  if (const Node* name = name_node(*statement.node)) out += " " + std::string(statement.tree->name_text(*name));
  return out;
}

}  // namespace

void check_left_is_used(Context& context, const Scope& scope, const Body& body) {
  struct Figure {
    const Statement* leave;
    const LetEntry* let;
  };
  std::vector<Figure> figures;
  for (const Statement* leave : body) {
    if (leave->node->kind != NodeKind::leave || leave->node->has(syntax::kHasError) || !is_bounded(*leave)) continue;
    const Symbol* symbol = scope.find(name_in(*leave));
    if (symbol != nullptr && symbol->let_ != nullptr) figures.push_back({leave, symbol->let_});
  }
  for (const Statement* statement : body) {
    const auto gives = [&](const Figure& f) { return statement->node == f.let->statement.node; };
    const bool itself = statement->node->kind == NodeKind::leave || std::any_of(figures.begin(), figures.end(), gives);
    const Statement* const old = itself ? nullptr : of_another(*statement);
    if (old == nullptr) continue;
    // Of several that were left it may be made of one: what it grants is still within bounds.
    const auto makes = [&](const Statement& what) {
      return std::find_if(figures.begin(), figures.end(), [&](const Figure& f) { return MadeOf(scope, *f.let)(what); });
    };
    const auto left = makes(*old);
    if (left == figures.end() || makes(*statement) != figures.end()) continue;
    context.diagnostics.add(Code::left_not_used, statement->tree->span(*statement->node),
                            {called(context, *statement), std::string(name_in(*left->leave))},
                            {{old->tree->span(*old->node), "what it replaces", "被替换的内容"},
                             {left->leave->tree->span(*left->leave->node), "left to the region here", "在此留给地区"}});
  }
}

}  // namespace guiju::model
