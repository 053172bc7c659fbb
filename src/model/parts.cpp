// Parts that are refused alone: what must hold for each, which groups of conditions it meets, and what it pays.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

class PartReader {
 public:
  PartReader(Context& context, Scope& scope, const Statement& block, Version& version,
             std::vector<ConditionGroup>& groups)
      : context_(context), block_(block), version_(version), groups_(groups), scope_(new_scope(context, &scope)) {
    scope_.lets = &version.lets;
    scope_.version = &version;
  }

  std::optional<PartBlock> read() {
    const Node& node = *block_.node;
    const Node* name = name_node(node);
    const Node* pay = node.child(NodeKind::pay);
    const Node* value = pay == nullptr ? nullptr : pay->child(NodeKind::value);
    if (name == nullptr) return std::nullopt;
    if (value == nullptr || value->first_expression() == nullptr) {
      if (!node.has(syntax::kHasError) && pay == nullptr)
        context_.diagnostics.add(Code::nothing_inside, block_.tree->span(node), {bilingual("pay", "付")});
      return std::nullopt;
    }
    PartBlock out;
    Part& part = out.part;
    out.scope = &scope_;
    part.name = name_of(context_, block_, *name);
    part.label = plain_label(context_, *block_.tree, node.child(NodeKind::label));
    part.span = block_.tree->span(node);
    part.kind = pay->op == Keyword::ceiling ? AmountKind::ceiling : AmountKind::payment;
    meet(part);
    read_members(context_, scope_, block_, version_, part.requirements);
    report_names_twice(part);
    part.when = all_hold(part);
    part.value = check_expression(context_, scope_, block_, *value->first_expression(), Expected::of(money_type()));
    part.adjustments = read_part_adjustments(context_, scope_, block_, *value);
    return out;
  }

 private:
  // Those of the block, or where it says none, of the block that it replaced.
  void meet(Part& part) {
    for (const Statement* block = &block_; block != nullptr; block = block->replaced) {
      const auto clauses = block->node->all(NodeKind::meets);
      for (const Node* clause : clauses) {
        for (const Node* name : clause->all(NodeKind::name)) meet(*block->tree, *name, part);
      }
      if (!clauses.empty()) return;
    }
  }

  void meet(const syntax::Tree& tree, const Node& name, Part& part) {
    const std::string wanted(tree.name_text(name));
    const auto found = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const ConditionGroup& g) { return is_called(g.name, wanted); });
    if (found == groups_.end()) {
      std::vector<std::string> known;
      for (const ConditionGroup& group : groups_) known.push_back(group.name.primary);
      return report_unknown(context_, Code::unknown_conditions, tree.span(name), wanted, known);
    }
    found->used = true;
    for (const Requirement& requirement : found->requirements) {
      part.requirements.push_back(requirement);
      narrow(scope_, *requirement.condition);
    }
  }

  // An answer names what a part was refused for.
  void report_names_twice(const Part& part) {
    for (std::size_t i = 0; i < part.requirements.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Name& name = part.requirements[i].name;
        const Name& earlier = part.requirements[j].name;
        if (const auto both = shared_spelling(name, earlier))
          return report_twice(context_, name.span, *both, earlier.span);
      }
    }
  }

  const Expr* all_hold(const Part& part) {
    std::vector<const Expr*> truths;
    for (const Requirement& requirement : part.requirements) truths.push_back(requirement.condition);
    if (truths.empty()) return nullptr;
    if (truths.size() == 1) return truths[0];
    Checker checker(context_, scope_, block_, *block_.tree);
    return &checker.make(ExprKind::and_, simple_type(TypeKind::boolean), part.span, std::move(truths));
  }

  Context& context_;
  const Statement& block_;
  Version& version_;
  std::vector<ConditionGroup>& groups_;
  Scope& scope_;
};

}  // namespace

std::optional<PartBlock> read_part_block(Context& context, Scope& scope, const Statement& block, Version& version,
                                         std::vector<ConditionGroup>& groups) {
  return PartReader(context, scope, block, version, groups).read();
}

}  // namespace guiju::model
