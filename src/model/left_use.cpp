// A figure that is left to the regions within bounds holds nothing where a local file writes what is made of it anew
// and leaves the figure out: what took its place has to be made of it, too. Nor may what is made of it be dropped.
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

bool is_block(const Statement& statement) {
  const NodeKind kind = statement.node->kind;
  return kind == NodeKind::conditions || kind == NodeKind::each || kind == NodeKind::part_block;
}

class LeftUse {
 public:
  LeftUse(Context& context, const Scope& scope, const Body& body) : context_(context), scope_(scope) {
    for (const Statement* leave : body) {
      if (leave->node->kind != NodeKind::leave || leave->node->has(syntax::kHasError) || !is_bounded(*leave)) continue;
      const Symbol* symbol = scope.find(name_in(*leave));
      if (symbol != nullptr && symbol->let_ != nullptr) figures_.push_back({leave, symbol->let_});
    }
  }

  // False where something was reported.
  bool check(const Body& body, const std::vector<Drop>& drops) {
    bool fine = true;
    for (const Drop& drop : drops) fine = hold(drop) && fine;
    for (const Statement* statement : body) fine = hold(*statement) && fine;
    return fine;
  }

 private:
  struct Figure {
    const Statement* leave;
    const LetEntry* let;
  };

  // Of several that were left it may be made of one: what it grants is still within bounds.
  [[nodiscard]] const Statement* made_of(const Statement& what) {
    if (is_block(what)) {
      for (const Statement* member : members(what, nullptr)) {
        if (const Statement* leave = made_of(*member)) return leave;
      }
    }
    const auto found =
        std::find_if(figures_.begin(), figures_.end(), [&](const Figure& f) { return MadeOf(scope_, *f.let)(what); });
    return found == figures_.end() ? nullptr : found->leave;
  }
  Body members(const Statement& block, std::vector<Drop>* drops) {
    std::vector<Drop> unused;
    return members_of(context_, block, drops == nullptr ? &unused : drops);
  }

  // Of a block first what stands in it, each by itself.
  bool hold(const Statement& statement) {
    const auto gives = [&](const Figure& f) { return statement.node == f.let->statement.node; };
    const bool itself = statement.node->kind == NodeKind::leave || std::any_of(figures_.begin(), figures_.end(), gives);
    const Statement* const old = itself ? nullptr : of_another(statement);
    if (old == nullptr) return true;
    std::vector<Drop> drops;
    if (is_block(statement)) {
      const Body inside = members(statement, &drops);
      if (!check(inside, drops)) return false;
    }
    const Statement* const left = made_of(*old);
    if (left == nullptr || made_of(statement) != nullptr) return true;
    report(Code::left_not_used, statement, *old, *left);
    return false;
  }

  // What another programme says, or what stands in its place.
  bool hold(const Drop& drop) {
    const bool is_own = program_of(*drop.dropped) == program_of(drop.where);
    const Statement* const old = is_own ? of_another(*drop.dropped) : drop.dropped;
    const Statement* const left = old == nullptr ? nullptr : made_of(*old);
    if (left == nullptr) return true;
    report(Code::left_dropped, drop.where, *old, *left);
    return false;
  }

  void report(Code code, const Statement& where, const Statement& old, const Statement& left) {
    const bool drops = code == Code::left_dropped;
    context_.diagnostics.add(code, where.tree->span(*where.node),
                             {called(context_, drops ? old : where), std::string(name_in(left))},
                             {{old.tree->span(*old.node), drops ? "what it drops" : "what it replaces",
                               drops ? "被删去的内容" : "被替换的内容"},
                              {left.tree->span(*left.node), "left to the region here", "在此留给地区"}});
  }

  Context& context_;
  const Scope& scope_;
  std::vector<Figure> figures_;
};

}  // namespace

void check_left_is_used(Context& context, const Scope& scope, const Body& body, const std::vector<Drop>& drops) {
  (void)LeftUse(context, scope, body).check(body, drops);
}

}  // namespace guiju::model
