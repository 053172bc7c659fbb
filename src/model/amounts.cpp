// The amount of a version: its parts, and the caps, floors and roundings that follow a part or the whole.
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

// What the word after `amount` says; `exact` that what is replaced is paid in full.
AmountKind kind_of(Keyword word) {
  return word == Keyword::ceiling     ? AmountKind::ceiling
         : word == Keyword::average   ? AmountKind::average
         : word == Keyword::charge    ? AmountKind::charge
         : word == Keyword::deduction ? AmountKind::deduction
         : word == Keyword::credit    ? AmountKind::credit
                                      : AmountKind::payment;
}

bool replaces_no_payment(const Statement& statement) {
  for (const Statement* old = statement.replaced; old != nullptr; old = old->replaced) {
    if (old->node->op == Keyword::ceiling || old->node->op == Keyword::average) return true;
  }
  return false;
}

// What adjustments apply to: the whole with its parts, or one part (then `parts` is empty and `whole` false).
struct AdjustedPart {
  std::span<const Part> parts;
  bool whole = false;
};

class AmountReader {
 public:
  AmountReader(Context& context, Scope& scope, const Statement& statement)
      : context_(context), scope_(scope), statement_(statement) {}

  std::optional<Amount> read() {
    const Node& node = *statement_.node;
    Amount amount;
    amount.span = statement_.tree->span(node);
    amount.kind = kind_of(node.op);
    if (node.op == Keyword::exact && !replaces_no_payment(statement_))
      context_.diagnostics.add(Code::exact_of_nothing, amount.span);
    amount.single = !node.has(syntax::kMany);
    const bool read = amount.single ? read_single(amount) : read_many(amount);
    if (!read || asks_for_state(context_, amount)) return std::nullopt;
    for (Part& part : amount.parts) part.kind = amount.kind;
    warn_of_rounding_twice(context_, amount);
    read_sources(amount);
    return amount;
  }

  // `amount { ... }` beside parts that are blocks: `...` stands for them.
  void read_of_parts(Amount& amount) {
    const Node& node = *statement_.node;
    amount.span = statement_.tree->span(node);
    const Node* own = node.has(syntax::kMany) ? node.child(NodeKind::part) : node.child(NodeKind::value);
    if (own != nullptr) {
      const Node* name = node.has(syntax::kMany) ? name_node(*own) : nullptr;
      context_.diagnostics.add(Code::amount_beside_parts, statement_.tree->span(*own),
                               {name == nullptr ? "" : make_name(context_, *statement_.tree, *name).primary});
      return;
    }
    if (node.op == Keyword::exact && amount.kind == AmountKind::payment)
      context_.diagnostics.add(Code::exact_of_nothing, amount.span);
    if (node.op != Keyword::none) {
      amount.kind = kind_of(node.op);
      for (Part& part : amount.parts) part.kind = amount.kind;
    }
    amount.adjustments = read_adjustments(statement_, node, {amount.parts, true});
    read_shares(amount, node);
    read_sources(amount);
  }

  std::vector<Adjustment> read_of_part(const Node& holder) { return read_adjustments(statement_, holder, {}); }

 private:
  void read_sources(Amount& amount) {
    amount.citations = read_citations(context_, scope_, statement_, *statement_.node);
    add_home_citations(context_, scope_, statement_, amount.citations);
    if (!amount.shares) return;
    const auto& papers = amount.shares->citations;
    amount.citations.insert(amount.citations.end(), papers.begin(), papers.end());
  }

  bool read_single(Amount& amount) {
    const Node* value = statement_.node->child(NodeKind::value);
    const Node* expression = value == nullptr ? nullptr : value->first_expression();
    if (expression == nullptr) return false;
    Part& part = amount.parts.emplace_back();
    part.name.primary = "amount";
    part.value = check_expression(context_, scope_, statement_, *expression, Expected::of(money_type()));
    part.span = statement_.tree->span(*expression);
    hold_above_zero(*part.value, part.span);
    amount.adjustments = read_adjustments(statement_, *value, {{}, true});
    read_shares(amount, *value);
    return true;
  }

  bool read_many(Amount& amount) {
    for (const Item& item : expanded_items(context_, statement_, *statement_.node)) {
      if (!item.node->has(syntax::kHasError)) read_part(amount, item);
    }
    if (amount.parts.empty()) {
      if (!statement_.node->has(syntax::kHasError))
        context_.diagnostics.add(Code::nothing_inside, amount.span, {bilingual("amount", "补贴")});
      return false;
    }
    amount.adjustments = read_adjustments(statement_, *statement_.node, {amount.parts, true});
    read_shares(amount, *statement_.node);
    return true;
  }

  // `补贴 = -5元`, `不超过 -5元`: a sign that slipped in.
  void hold_above_zero(const Expr& value, const Span& span) {
    const auto constant = constant_number(value);
    if (constant && constant->sign() < 0)
      context_.diagnostics.add(Code::nothing_granted, span, {std::string(context_.sources.text(span))});
  }

  void read_part(Amount& amount, const Item& item) {
    const Node* name = name_node(*item.node);
    const Node* expression = item.node->first_expression();
    if (name == nullptr || expression == nullptr) return;
    Part part;
    part.name = part_name(context_, item);
    part.span = item.tree->span(*item.node);
    for (const Part& earlier : amount.parts) {
      if (const auto both = shared_spelling(earlier.name, part.name))
        return report_twice(context_, item.tree->span(*name), *both, earlier.span);
    }
    const Statement place = statement_of(statement_, item);
    Scope& scope = new_scope(context_, &scope_);
    if (const Node* when = item.node->child(NodeKind::when); when != nullptr && when->first_expression() != nullptr) {
      part.when = check_expression(context_, scope, place, *when->first_expression(), Expected::a_truth());
      narrow(scope, *part.when);
    }
    part.value = check_expression(context_, scope, place, *expression, Expected::of(money_type()));
    hold_above_zero(*part.value, item.tree->span(*expression));
    part.label = plain_label(context_, *item.tree, item.node->child(NodeKind::label));
    part.adjustments = read_adjustments(place, *item.node, {});
    amount.parts.push_back(std::move(part));
  }

  // ---- adjustments

  std::vector<Adjustment> read_adjustments(const Statement& place, const Node& holder, const AdjustedPart& target) {
    std::vector<Adjustment> result;
    const Adjustment* rounding = nullptr;
    for (const Node* node : holder.children) {
      std::optional<Adjustment> adjustment;
      if (node->kind == NodeKind::adjust_cap) adjustment = read_cap(place, *node, target);
      if (node->kind == NodeKind::adjust_round) adjustment = read_round(place, *node);
      if (node->kind == NodeKind::adjust_shared && !target.whole)
        context_.diagnostics.add(Code::shares_of_the_whole, place.tree->span(*node));
      if (!adjustment) continue;
      if (adjustment->kind == Adjustment::cap && rounding != nullptr) check_multiple(*adjustment, *rounding);
      adjustment->doubt = read_note(context_, *place.tree, *node);
      adjustment->span = place.tree->span(*node);
      if (const Node* note = node->child(NodeKind::note)) adjustment->span.end = place.tree->span(*note).begin;
      result.push_back(*std::move(adjustment));
      rounding = nullptr;
      for (const Adjustment& earlier : result) {
        if (earlier.kind == Adjustment::round) rounding = &earlier;
      }
    }
    return result;
  }

  std::optional<Adjustment> read_cap(const Statement& place, const Node& node, const AdjustedPart& target) {
    const Node* bound = node.first_expression();
    if (bound == nullptr) return std::nullopt;
    Adjustment result;
    result.kind = node.op == Keyword::at_least ? Adjustment::floor : Adjustment::cap;
    result.bound = check_expression(context_, scope_, place, *bound, Expected::of(money_type()));
    result.span = place.tree->span(node);
    if (result.kind == Adjustment::cap) hold_above_zero(*result.bound, place.tree->span(*bound));
    result.in_proportion = node.has(syntax::kInProportion);
    if (const Node* names = node.child(NodeKind::name_list)) read_reducing(place, *names, target, result);
    const bool says_who =
        result.in_proportion || !result.reducing.empty() || node.child(NodeKind::name_list) != nullptr;
    if (result.kind == Adjustment::cap && target.parts.size() > 1 && !says_who) {
      context_.diagnostics.add(Code::cap_says_not_who, result.span, {target.parts.back().name.primary});
    }
    return result;
  }

  void read_reducing(const Statement& place, const Node& names, const AdjustedPart& target, Adjustment& cap) {
    for (const Node* name : names.all(NodeKind::name)) {
      const std::string wanted(place.tree->name_text(*name));
      const auto found = std::find_if(target.parts.begin(), target.parts.end(),
                                      [&](const Part& part) { return is_called(part.name, wanted); });
      if (found != target.parts.end()) {
        cap.reducing.push_back(found->name.primary);
        continue;
      }
      std::vector<std::string> known;
      for (const Part& part : target.parts) append_spellings(known, part.name);
      report_unknown(context_, Code::unknown_part, place.tree->span(*name), wanted, known);
    }
  }

  std::optional<Adjustment> read_round(const Statement& place, const Node& node) {
    const Node* unit = node.first_expression();
    if (unit == nullptr) return std::nullopt;
    Adjustment result;
    result.kind = Adjustment::round;
    result.rounding = rounding_of(node.op).value_or(Rounding::down);
    const Expr* value = check_expression(context_, scope_, place, *unit, Expected::of(money_type()));
    if (value->kind == ExprKind::error) return std::nullopt;
    const auto constant = constant_number(*value);
    if (!constant || constant->sign() <= 0) {
      context_.diagnostics.add(Code::rounding_unit, place.tree->span(*unit));
      return std::nullopt;
    }
    result.unit = *constant;
    return result;
  }

  void check_multiple(const Adjustment& cap, const Adjustment& rounding) {
    const auto bound = constant_number(*cap.bound);
    if (!bound) return;
    const auto times = div(*bound, rounding.unit);
    if (times && !times->is_integer()) {
      context_.diagnostics.add(Code::cap_no_multiple, cap.span, {to_string(*bound), to_string(rounding.unit)});
    }
  }

  // ---- shares

  void read_shares(Amount& amount, const Node& holder) {
    const Node* shared = holder.child(NodeKind::adjust_shared);
    if (shared == nullptr || shared->has(syntax::kHasError)) return;
    const auto last = std::find_if(holder.children.rbegin(), holder.children.rend(),
                                   [](const Node* child) { return is_adjustment(*child); });
    if (*last != shared) {
      context_.diagnostics.add(Code::shares_of_the_whole, statement_.tree->span(*shared));
      return;
    }
    amount.shares = shares_of(amount, *shared);
  }

  static bool is_adjustment(const Node& node) {
    return node.kind == NodeKind::adjust_cap || node.kind == NodeKind::adjust_round ||
           node.kind == NodeKind::adjust_shared;
  }

  // Parts and shares are expected by name in tests, and so have one set of names.
  std::optional<Shares> shares_of(const Amount& amount, const Node& node) {
    const Tree& tree = *statement_.tree;
    auto result = model::read_shares(context_, scope_, tree, node);
    if (!result || amount.single) return result;
    for (const Share& share : result->shares) {
      const bool taken = std::any_of(amount.parts.begin(), amount.parts.end(),
                                     [&](const Part& p) { return is_called(p.name, share.name); });
      if (!taken) continue;
      context_.diagnostics.add(Code::written_twice, tree.span(node), {share.name});
      return std::nullopt;
    }
    return result;
  }

  Context& context_;
  Scope& scope_;
  const Statement& statement_;
};

}  // namespace

std::optional<Amount> read_amount(Context& context, Scope& scope, const Statement& statement) {
  return AmountReader(context, scope, statement).read();
}

void read_amount_of_parts(Context& context, Scope& scope, const Statement& statement, Amount& amount) {
  AmountReader(context, scope, statement).read_of_parts(amount);
}

std::vector<Adjustment> read_part_adjustments(Context& context, Scope& scope, const Statement& place,
                                              const Node& holder) {
  return AmountReader(context, scope, place).read_of_part(holder);
}

// What somebody gets may rest on what papers say, not on whether anybody can say it.
bool asks_for_state(Context& context, const Amount& amount) {
  std::vector<const Expr*> all;
  const auto bounds = [&](const std::vector<Adjustment>& adjustments) {
    for (const Adjustment& a : adjustments) all.push_back(a.bound);
  };
  for (const Part& part : amount.parts) {
    // Whether a part is refused is a condition of its own, as a requirement is.
    all.insert(all.end(), {part.value, part.requirements.empty() ? part.when : nullptr});
    bounds(part.adjustments);
  }
  bounds(amount.adjustments);
  for (const Expr* expr : all) {
    const Expr* asked = expr == nullptr ? nullptr : test_for_unknown(*expr);
    if (asked == nullptr) continue;
    context.diagnostics.add(Code::state_in_amount, asked->span);
    return true;
  }
  return false;
}

// ---- amounts as expressions
// ----------------------------------------------------------------------------------------

namespace {

const Expr* adjusted(Checker& checker, const Expr* value, const std::vector<Adjustment>& adjustments) {
  for (const Adjustment& a : adjustments) {
    if (a.kind == Adjustment::round) {
      value = checker.round(value, a.rounding, a.unit, a.span);
    } else {
      const ExprKind kind = a.kind == Adjustment::cap ? ExprKind::minimum : ExprKind::maximum;
      value = checker.extremum(kind, {value, a.bound}, a.span);
    }
  }
  return value;
}

}  // namespace

const Expr* value_of(Context& context, Scope& scope, const Statement& place, const Part& part) {
  Checker checker(context, scope, place, *place.tree);
  return adjusted(checker, part.value, part.adjustments);
}

const Expr* total_of(Context& context, Scope& scope, const Statement& place, const Amount& amount) {
  Checker checker(context, scope, place, *place.tree);
  const Expr* total = nullptr;
  for (const Part& part : amount.parts) {
    const Expr* value = adjusted(checker, part.value, part.adjustments);
    if (part.when != nullptr) {
      const Expr* nothing = checker.number(Rational(0), money_type(), part.span);
      value = &checker.make(ExprKind::if_then, money_type(), part.span, {part.when, value, nothing});
    }
    total = total == nullptr ? value : checker.add(total, value, false, amount.span);
  }
  return adjusted(checker, total, amount.adjustments);
}

}  // namespace guiju::model
