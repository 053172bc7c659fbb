// What a duty says beside what it shares with programmes: whom it binds, what it asks, until when, and what counts as
// done. The host's day, which tells owed from overdue, is a given that no rule file writes.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

struct Belongs {
  NodeKind kind;
  bool to_duties;
  Keyword word;  // that people know it by
};
constexpr auto kBelongs = std::to_array<Belongs>({
    {NodeKind::must, true, Keyword::must},
    {NodeKind::deadline, true, Keyword::deadline},
    {NodeKind::done_when, true, Keyword::done},
    {NodeKind::require, false, Keyword::require},
    {NodeKind::limit, false, Keyword::limit},
    {NodeKind::quota, false, Keyword::quota},
    {NodeKind::each, false, Keyword::each},
    {NodeKind::conditions, false, Keyword::conditions},
    {NodeKind::part_block, false, Keyword::part},
    {NodeKind::amount, false, Keyword::amount},
    {NodeKind::payout, false, Keyword::payout},
    {NodeKind::documents, false, Keyword::documents},
    {NodeKind::ensure, false, Keyword::ensure},
    {NodeKind::leave, false, Keyword::leave},
});

void read_obligation(Context& context, Scope& scope, const Statement& statement, Version& version) {
  const Node& node = *statement.node;
  const Node* name = name_node(node);
  const Node* condition = node.first_expression();
  if (name == nullptr || condition == nullptr) return;
  Obligation obligation;
  obligation.kind = node.op == Keyword::must       ? Obligation::must
                    : node.op == Keyword::must_not ? Obligation::must_not
                                                   : Obligation::advised;
  obligation.name = name_of(context, statement, *name);
  obligation.condition = check_expression(context, scope, statement, *condition, Expected::a_truth());
  obligation.span = statement.tree->span(node);
  read_tail(context, scope, statement, obligation.reason, obligation.citations);
  version.obligations.push_back(std::move(obligation));
}

void read_deadline(Context& context, Scope& scope, const Statement& statement, Version& version) {
  if (const Node* day = statement.node->first_expression()) {
    version.deadline = check_expression(context, scope, statement, *day, Expected::of(simple_type(TypeKind::date)));
  }
}

void read_done(Context& context, Scope& scope, const Statement& statement, Version& version) {
  const Node* done = statement.node->first_expression();
  if (done == nullptr) return;
  version.done = check_expression(context, scope, statement, *done, Expected::anything(), true);
  const Type& type = version.done->type;
  const bool fits =
      type.kind == TypeKind::error || type.kind == TypeKind::date || (type.kind == TypeKind::boolean && !type.optional);
  if (!fits) context.diagnostics.add(Code::done_is_no_day, statement.tree->span(*done), {describe(type)});
}

}  // namespace

bool wrong_kind(Context& context, const Statement& statement, bool duty) {
  const auto found =
      std::find_if(kBelongs.begin(), kBelongs.end(), [&](const Belongs& b) { return b.kind == statement.node->kind; });
  if (found == kBelongs.end() || found->to_duties == duty) return false;
  context.diagnostics.add(Code::wrong_kind_of_statement, statement.tree->span(*statement.node),
                          {in_both_languages(found->word), in_both_languages(duty ? Keyword::duty : Keyword::program)});
  return true;
}

bool read_duty_statement(Context& context, Scope& scope, const Statement& statement, Version& version) {
  switch (statement.node->kind) {
    case NodeKind::must:
      read_obligation(context, scope, statement, version);
      return true;
    case NodeKind::deadline:
      read_deadline(context, scope, statement, version);
      return true;
    case NodeKind::done_when:
      read_done(context, scope, statement, version);
      return true;
    default:
      return false;
  }
}

void read_bearers(Context& context, Scope& scope, const Tree& tree, const Node& node, Program& duty) {
  for (const Node* bearer : node.all(NodeKind::bearer))
    duty.bearers.push_back(make_template(context, scope, {&tree, bearer}, *bearer->child(NodeKind::label)));
  duty.as_at.name.primary = "as at";
  duty.as_at.name.aliases.push_back({"zh", "时点"});
  duty.as_at.name.span = duty.span;
  duty.as_at.type = simple_type(TypeKind::date);
  duty.as_at.label = {"时点", "the day of the question"};
  duty.as_at.host_day = Given::as_at;
}

}  // namespace guiju::model
