// Statements that versions and editions have in common: requirements and limits, their texts and citations, and the
// lets and tables of a body.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

const Node* keep_of(const Node& statement) {
  if (const Node* keep = statement.child(NodeKind::keep)) return keep;  // `applies when … otherwise ...`
  const Node* otherwise = statement.child(NodeKind::otherwise);
  return otherwise == nullptr ? nullptr : otherwise->child(NodeKind::keep);
}

const Node* text_of(const Node& statement) {
  const Node* otherwise = statement.child(NodeKind::otherwise);
  return otherwise == nullptr ? nullptr : otherwise->child(NodeKind::label);
}

const Statement* replaced_text(Context& context, const Statement& statement, const Node& keep) {
  if (statement.replaced == nullptr) context.diagnostics.add(Code::no_text_to_keep, statement.tree->span(keep));
  return statement.replaced;
}

std::optional<Requirement> read_require(Context& context, Scope& scope, const Statement& statement,
                                        Requirement requirement) {
  const Node* condition = statement.node->first_expression();
  if (condition == nullptr) return std::nullopt;
  requirement.condition = check_expression(context, scope, statement, *condition, Expected::a_truth());
  return requirement;
}

std::optional<Requirement> read_limit(Context& context, Scope& scope, const Statement& statement,
                                      Requirement requirement) {
  const Node& node = *statement.node;
  const Node* bound = node.first_expression();
  const Node* source = node.child(NodeKind::source);
  if (bound == nullptr || source == nullptr) return std::nullopt;
  const bool summing = node.op == Keyword::summing;
  requirement.kind = summing ? RequirementKind::limit_sum : RequirementKind::limit_count;
  requirement.paying_the_rest = summing && node.has(syntax::kPayingTheRest);
  if (!summing && node.has(syntax::kPayingTheRest))
    context.diagnostics.add(Code::paying_the_rest_of_count, statement.tree->span(node));
  requirement.counted = check_source(context, scope, statement, *source, node.op);
  const bool known = requirement.counted->kind != ExprKind::error;
  requirement.condition = check_expression(context, scope, statement, *bound,
                                           known ? Expected::of(requirement.counted->type) : Expected::a_number());
  const auto most = constant_number(*requirement.condition);
  if (most && most->sign() <= 0) {
    const Span span = statement.tree->span(*bound);
    context.diagnostics.add(Code::nothing_granted, span, {std::string(context.sources.text(span))});
  }
  return requirement;
}

}  // namespace

// A kept statement whose figures nobody has checked again, and that has no citation of its own to say so: it stands on
// the paper of the version where it was written: the first that is cited there, of which the others say more.
void add_home_citations(Context& context, Scope& scope, const Statement& statement, std::vector<Citation>& citations) {
  if (statement.unverified && citations.empty() && statement.home != nullptr) {
    citations = read_citations(context, scope, statement, *statement.home);
    if (citations.size() > 1) citations.resize(1);
  }
}

void read_tail(Context& context, Scope& scope, const Statement& statement, Template& reason,
               std::vector<Citation>& citations) {
  const Node& node = *statement.node;
  if (const Node* keep = keep_of(node)) {
    if (const Statement* old = replaced_text(context, statement, *keep))
      read_tail(context, scope, *old, reason, citations);
  } else if (const Node* label = text_of(node)) {
    reason = make_template(context, scope, statement, *label);
  }
  auto own = read_citations(context, scope, statement, node);
  add_home_citations(context, scope, statement, own);
  citations.insert(citations.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
}

std::optional<Requirement> read_requirement(Context& context, Scope& scope, const Statement& statement) {
  const Node* name = name_node(*statement.node);
  if (name == nullptr) return std::nullopt;
  Requirement base;
  base.name = name_of(context, statement, *name);
  base.span = statement.tree->span(*statement.node);
  auto requirement = statement.node->kind == NodeKind::limit ? read_limit(context, scope, statement, std::move(base))
                                                             : read_require(context, scope, statement, std::move(base));
  if (requirement) read_tail(context, scope, statement, requirement->reason, requirement->citations);
  return requirement;
}

void read_let(Context& context, Scope& scope, const BodyNames& names, const Statement& statement) {
  const auto found = names.lets.find(&statement);
  if (found == names.lets.end()) return;
  resolve_let(context, *found->second);
  if (found->second->let != nullptr) add_home_citations(context, scope, statement, found->second->let->citations);
}

const Table* read_table(Context& context, const BodyNames& names, const Statement& statement) {
  const auto found = names.tables.find(&statement);
  return found == names.tables.end() ? nullptr : resolve_table(context, *found->second);
}

namespace {

// What is left to a region is a name of its own only where no `let` gives it.
bool is_given(Context& context, const Scope& scope, const Body& body, const Statement& leave) {
  const Node* name = name_node(*leave.node);
  if (name == nullptr) return true;
  const std::string_view wanted = leave.tree->name_text(*name);
  const auto gives = [&](const Statement* statement) {
    const Node* given = name_node(*statement->node);
    return statement->node->kind == NodeKind::let && given != nullptr &&
           is_called(name_of(context, *statement, *given), wanted);
  };
  return scope.find(wanted) != nullptr || std::any_of(body.begin(), body.end(), gives);
}

}  // namespace

BodyNames declare_body(Context& context, Scope& scope, const Body& body) {
  BodyNames result;
  for (const Statement* statement : body) {
    const Node& node = *statement->node;
    if (node.kind == NodeKind::leave && is_given(context, scope, body, *statement)) continue;
    const bool is_let = node.kind == NodeKind::let || node.kind == NodeKind::leave || node.kind == NodeKind::gives;
    if (!is_let && node.kind != NodeKind::table_decl) continue;
    const Node* name = name_node(node);
    if (name == nullptr) continue;
    Symbol symbol;
    if (node.has(syntax::kHasError)) {
      symbol.kind = Symbol::other;
    } else if (is_let) {
      LetEntry& entry = context.lets.emplace_back();
      entry.statement = *statement;
      entry.scope = &scope;
      symbol.kind = Symbol::let;
      symbol.let_ = &entry;
      result.lets.emplace(statement, &entry);
    } else {
      TableEntry& entry = context.tables.emplace_back();
      entry.statement = *statement;
      entry.scope = &scope;
      symbol.kind = Symbol::table;
      symbol.table_entry = &entry;
      result.tables.emplace(statement, &entry);
    }
    declare(context, scope, name_of(context, *statement, *name), std::move(symbol));
  }
  return result;
}

}  // namespace guiju::model
