// Conditions written in blocks: those that must hold for every entry of a list, and groups of them that parts meet.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;

namespace {

// The conditions of one entry as conditions of the case.
class EachReader {
 public:
  EachReader(Context& context, Scope& scope, const Statement& block, Version& version)
      : context_(context),
        block_(block),
        version_(version),
        inner_(new_scope(context, &scope)),
        outer_(context, scope, block, *block.tree) {
    inner_.lets = &version.lets;
    inner_.version = &version;
  }

  std::vector<Requirement> read() {
    std::vector<Requirement> requirements;
    const Node& node = *block_.node;
    if (!enter(*node.children[1])) return requirements;
    if (node.has(syntax::kHasWhere)) {
      filter_ = check_expression(context_, inner_, block_, *node.children[2], Expected::a_truth());
      narrow(inner_, *filter_);
    }
    read_members(context_, inner_, block_, version_, requirements);
    for (Requirement& requirement : requirements) hold_for_all(requirement);
    return requirements;
  }

 private:
  bool enter(const Node& list_node) {
    const Span place = outer_.span(list_node);
    const Resolved list = outer_.resolve(list_node, Expected::anything());
    if (list.kind == Resolved::fault) return false;
    if (list.kind != Resolved::fact || list.type.kind != TypeKind::list) {
      (void)outer_.fail(Code::list_needed, place, {outer_.written(place)});
      return false;
    }
    if (list.type.optional && outer_.present(outer_.as_value(list, place), place)->kind == ExprKind::error)
      return false;
    list_ = &context_.rulebook.paths.emplace_back(list.path);
    entry_ = outer_.inside(inner_).enter(inner_, list.type, std::string(outer_.name(*name_node(*block_.node))));
    return true;
  }

  void hold_for_all(Requirement& requirement) {
    const Expr* one = requirement.condition;
    if (one->kind == ExprKind::error) return;
    const Type boolean = simple_type(TypeKind::boolean);
    const Expr* of_one =
        filter_ == nullptr || filter_->kind == ExprKind::error
            ? one
            : &outer_.make(ExprKind::or_, boolean, one->span, {outer_.negation(filter_, filter_->span), one});
    Expr& all = outer_.make(ExprKind::all_of, boolean, one->span);
    all.list = list_;
    all.item = entry_;
    all.where = of_one;
    requirement.of_entry = one;
    requirement.condition = &all;
  }

  Context& context_;
  const Statement& block_;
  Version& version_;
  Scope& inner_;
  Checker outer_;
  const Path* list_ = nullptr;
  const Entry* entry_ = nullptr;
  const Expr* filter_ = nullptr;  // which entries are meant; nullptr: all
};

}  // namespace

void read_members(Context& context, Scope& scope, const Statement& block, Version& version,
                  std::vector<Requirement>& requirements) {
  const Body body = members_of(context, block);
  const BodyNames names = declare_body(context, scope, body);
  for (const Statement* member : body) {
    if (member->node->has(syntax::kHasError)) continue;
    if (member->node->kind == NodeKind::let) read_let(context, scope, names, *member);
    if (member->node->kind == NodeKind::each) {
      for (Requirement& one : read_each(context, scope, *member, version)) requirements.push_back(std::move(one));
    }
    if (member->node->kind != NodeKind::require) continue;
    auto requirement = read_requirement(context, scope, *member);
    if (!requirement) continue;
    narrow(scope, *requirement->condition);
    requirements.push_back(*std::move(requirement));
  }
}

std::vector<Requirement> read_each(Context& context, Scope& scope, const Statement& block, Version& version) {
  return EachReader(context, scope, block, version).read();
}

ConditionGroup read_conditions(Context& context, Scope& scope, const Statement& block, Version& version) {
  ConditionGroup group;
  group.span = block.tree->span(*block.node);
  if (const Node* name = name_node(*block.node)) group.name = name_of(context, block, *name);
  Scope& inner = new_scope(context, &scope);
  inner.lets = &version.lets;
  inner.version = &version;
  read_members(context, inner, block, version, group.requirements);
  return group;
}

}  // namespace guiju::model
