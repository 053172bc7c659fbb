// Tests: comparisons, `is`, `in`, existence, and how they are joined. `at most` and `at least` are settled here: a test
// where a truth is needed, a cap or floor where a number is.
#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Sign;

namespace {

std::optional<Relation> relation_of(const Node& node) {
  switch (node.sign) {
    case Sign::less:
      return Relation::less;
    case Sign::less_equal:
      return Relation::less_equal;
    case Sign::greater:
      return Relation::greater;
    case Sign::greater_equal:
      return Relation::greater_equal;
    default:
      break;
  }
  switch (node.op) {
    case Keyword::at_most:
    case Keyword::on_or_before:
      return Relation::less_equal;
    case Keyword::at_least:
    case Keyword::on_or_after:
      return Relation::greater_equal;
    case Keyword::above:
    case Keyword::after:
      return Relation::greater;
    case Keyword::below:
    case Keyword::before:
      return Relation::less;
    default:
      return std::nullopt;
  }
}

bool is_about_days(Keyword op) {
  return op == Keyword::before || op == Keyword::after || op == Keyword::on_or_before || op == Keyword::on_or_after;
}

// A literal or a bare name that takes its meaning from what it is compared with.
bool leans_on_other_side(const Node& node) {
  return node.kind == NodeKind::number_literal || node.kind == NodeKind::name_ref || node.kind == NodeKind::no_limit;
}

bool is_unbracketed_operation(const Node& node) {
  return node.kind == NodeKind::of || node.kind == NodeKind::binary || node.kind == NodeKind::negate;
}

}  // namespace

const Node& without_parentheses(const Node& node) {
  const Node* at = &node;
  while ((at->kind == NodeKind::parenthesised || at->kind == NodeKind::value) && at->children.size() == 1)
    at = at->children[0];
  return *at;
}

// Left first, and the right by its type; but a bare member or region code on the left waits for the right.
std::pair<const Expr*, const Expr*> Checker::both_sides(const Node& left_node, const Node& right_node,
                                                        const Expected& hint) {
  const bool bare_name = left_node.kind == NodeKind::name_ref && scope_.find(name(*left_node.children[0])) == nullptr;
  const bool waits = (bare_name || left_node.kind == NodeKind::number_literal) && !leans_on_other_side(right_node);
  const auto by = [&](const Expr* other) {
    if (faulted(*other)) return hint;
    return Expected::of(other->type.kind == TypeKind::span ? duration_type(DurationKind::months) : other->type);
  };
  if (waits) {
    const Expr* right = side(right_node, hint);
    return {side(left_node, by(right)), right};
  }
  const Expr* left = side(left_node, hint);
  return {left, side(right_node, by(left))};
}

// ---- less, more, at most
// ---------------------------------------------------------------------------------------------------------

const Expr* Checker::compare(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const auto relation = relation_of(node);
  if (!relation || node.children.size() < 2) return faulty(place);
  if (node.op == Keyword::at_most || node.op == Keyword::at_least) {
    const bool wants_truth =
        hint.need == Expected::truth || (hint.need == Expected::type && hint.type_.kind == TypeKind::boolean);
    if (hint.need == Expected::nothing) return fail(Code::test_or_cap, place, {written(place)});
    if (!wants_truth) {
      if (is_unbracketed_operation(*node.children[0]))
        return fail(Code::cap_unclear, place, {written(span(*node.children[0]))});
      const Expected inner = hint.need == Expected::type ? hint : Expected::a_number();
      const Expr* left = operand(*node.children[0], inner);
      const Expr* right = operand(*node.children[1], faulted(*left) ? inner : Expected::of(left->type));
      return extremum(node.op == Keyword::at_most ? ExprKind::minimum : ExprKind::maximum, {left, right}, place);
    }
  }
  const auto [left, right] = both_sides(*node.children[0], *node.children[1], Expected::a_number());
  if (faulted(*left, *right)) return faulty(place);
  if (is_about_days(node.op) && !is_date(*left))
    return fail(Code::date_needed, left->span, {written(left->span), describe(left->type)});
  return relate(left, *relation, right, place);
}

const Expr* Checker::relate(const Expr* left, Relation relation, const Expr* right, const Span& place) {
  if (faulted(*left, *right)) return faulty(place);
  if (left->type.kind == TypeKind::span || right->type.kind == TypeKind::span)
    return relate_span(left, relation, right, place);
  const bool order = relation != Relation::equal && relation != Relation::not_equal;
  const Type& a = left->type;
  const Type& b = right->type;
  if (order && a.kind == TypeKind::enumerated)
    return fail(Code::scale_compared, place, {written(left->span), written(right->span)});
  if (!same_type(a, b)) {
    if (is_numeric(a) && is_numeric(b)) return units_differ(*left, *right, place);
    return fail(Code::never_equal, place, {describe(a), describe(b)});
  }
  const bool ordered =
      is_numeric(a) || a.kind == TypeKind::date || (a.kind == TypeKind::duration && a.duration != DurationKind::pair);
  if (order && !ordered) return fail(Code::no_order, place, {describe(a)});
  if (order && is_date(*left) && (left->kind == ExprKind::subtract_months || right->kind == ExprKind::subtract_months))
    warn(Code::count_forward, place, {written(place)});
  Expr& expr = make(ExprKind::compare, simple_type(TypeKind::boolean), place, {left, right});
  expr.relation = relation;
  return &expr;
}

// ---- is
// --------------------------------------------------------------------------------------------------------------------------

const Expr* Checker::negation(const Expr* truth_, const Span& place) {
  if (faulted(*truth_)) return truth_;
  if (truth_->kind == ExprKind::boolean) return truth(!truth_->truth, place);
  return &make(ExprKind::not_, simple_type(TypeKind::boolean), place, {truth_});
}

const Expr* Checker::is_members(const Expr* left, const Expr* right, Keyword or_what, const Span& place) {
  const Type boolean = simple_type(TypeKind::boolean);
  if (left->type.kind == TypeKind::document) {
    const Expr& state = through_lets(*right);
    if (state.kind != ExprKind::member || or_what != Keyword::none)
      return fail(Code::constant_needed, right->span, {written(right->span)});
    Expr& expr = make(ExprKind::in_mask, boolean, place, {left});
    expr.mask = std::uint64_t{1} << state.member;
    return &expr;
  }
  const Enum& enumeration = *left->type.enumeration;
  const bool ranked = or_what == Keyword::or_better || or_what == Keyword::or_worse;
  if (or_what == Keyword::or_more || or_what == Keyword::or_less)
    return fail(Code::or_more_on_scale, place, {written(right->span)});
  if (ranked && !enumeration.scale) return fail(Code::no_order, place, {enumeration.name.primary});
  const Expr& level = through_lets(*right);
  if (level.kind == ExprKind::member) {
    Expr& expr = make(ExprKind::in_mask, boolean, place, {left});
    expr.mask =
        ranked ? mask_from(enumeration, level.member, or_what == Keyword::or_better) : std::uint64_t{1} << level.member;
    return &expr;
  }
  Expr& expr = make(ranked ? ExprKind::rank_compare : ExprKind::same_member, boolean, place, {left, right});
  if (ranked) expr.relation = or_what == Keyword::or_better ? Relation::less_equal : Relation::greater_equal;
  return &expr;
}

// 类别 为 "冰箱": the member that stands in quotes; empty where none does.
static std::string member_in_quotes(const Type& type, const Expr& text) {
  if (type.kind != TypeKind::enumerated || type.enumeration == nullptr || text.kind != ExprKind::text) return {};
  for (const Member& member : type.enumeration->members) {
    if (is_called(member.name, text.text)) return text.text;
    if (member.label.zh == text.text || member.label.en == text.text) return member.name.primary;
  }
  return {};
}

const Expr* Checker::is(const Node& node) {
  const Span place = span(node);
  const auto [left, right] = both_sides(*node.children[0], *node.children[1], Expected::anything());
  if (faulted(*left, *right)) return faulty(place);
  const bool negative = node.op == Keyword::is_not;
  const auto signed_ = [&](const Expr* expr) { return negative ? negation(expr, place) : expr; };
  const bool spans = left->type.kind == TypeKind::span || right->type.kind == TypeKind::span;
  if (!spans && !same_type(left->type, right->type)) {
    if (is_numeric(left->type) && is_numeric(right->type)) return units_differ(*left, *right, place);
    return fail(Code::never_equal, place,
                {describe(left->type), describe(right->type), member_in_quotes(left->type, *right)});
  }
  switch (left->type.kind) {
    case TypeKind::enumerated:
    case TypeKind::document: {
      const bool constant_first =
          through_lets(*left).kind == ExprKind::member && through_lets(*right).kind != ExprKind::member;
      if (constant_first && node.or_what == Keyword::none) return signed_(is_members(right, left, node.or_what, place));
      return signed_(is_members(left, right, node.or_what, place));
    }
    case TypeKind::boolean: {
      if (node.or_what != Keyword::none) return fail(Code::no_order, place, {bilingual("bool", "是否")});
      const Expr& value = through_lets(*right);
      if (value.kind == ExprKind::boolean) return value.truth != negative ? left : negation(left, place);
      return relate(left, negative ? Relation::not_equal : Relation::equal, right, place);
    }
    default:
      break;
  }
  const bool at_least = node.or_what == Keyword::or_more || node.or_what == Keyword::or_better;
  const bool at_most = node.or_what == Keyword::or_less || node.or_what == Keyword::or_worse;
  if (at_least || at_most)
    return signed_(relate(left, at_least ? Relation::greater_equal : Relation::less_equal, right, place));
  return relate(left, negative ? Relation::not_equal : Relation::equal, right, place);
}

const Expr* Checker::is_state(const Node& node) {
  const Span place = span(node);
  if (!node.has(syntax::kUnclassified)) return is_unknown(node);
  const Expr* grade = operand(*node.children[0], Expected::anything());
  if (faulted(*grade)) return grade;
  if (grade->type.kind != TypeKind::enumerated || !grade->type.enumeration->scale)
    return fail(Code::grade_needed, place, {written(grade->span), describe(grade->type)});
  Expr& expr = make(ExprKind::is_unclassified, simple_type(TypeKind::boolean), place, {grade});
  if (const Node* state = node.child(NodeKind::state)) {
    switch (state->op) {
      case Keyword::below:
        expr.state = GradeState::below;
        break;
      case Keyword::no_row:
        expr.state = GradeState::no_row;
        break;
      case Keyword::out_of_scope:
        expr.state = GradeState::out_of_scope;
        break;
      case Keyword::no_figure:
        expr.state = GradeState::no_figure;
        break;
      default:
        break;
    }
  }
  return node.op == Keyword::is_not ? negation(&expr, place) : &expr;
}

// ---- in
// --------------------------------------------------------------------------------------------------------------------------

const Expr* Checker::in_items(const Expr* left, const std::vector<const Expr*>& items, const Span& place) {
  const Type boolean = simple_type(TypeKind::boolean);
  for (const Expr* item : items) {
    if (faulted(*item)) return faulty(place);
  }
  if (faulted(*left)) return left;
  if (items.empty()) return truth(false, place);
  for (const Expr* item : items) {
    if (same_type(left->type, item->type)) continue;
    if (is_numeric(left->type) && is_numeric(item->type)) return units_differ(*left, *item, item->span);
    return fail(Code::never_equal, item->span, {describe(left->type), describe(item->type)});
  }
  if (left->type.kind == TypeKind::boolean) return fail(Code::no_set_of_truths, place);
  if (left->type.kind != TypeKind::enumerated) {
    std::vector<const Expr*> args{left};
    args.insert(args.end(), items.begin(), items.end());
    return &make(ExprKind::in_set, boolean, place, std::move(args));
  }
  std::uint64_t mask = 0;
  std::vector<const Expr*> others;
  for (const Expr* item : items) {
    const Expr& value = through_lets(*item);
    if (value.kind == ExprKind::member)
      mask |= std::uint64_t{1} << value.member;
    else
      others.push_back(&make(ExprKind::same_member, boolean, item->span, {left, item}));
  }
  Expr& constant_part = make(ExprKind::in_mask, boolean, place, {left});
  constant_part.mask = mask;
  if (others.empty()) return &constant_part;
  if (mask != 0) others.push_back(&constant_part);
  return others.size() == 1 ? others[0] : &make(ExprKind::or_, boolean, place, std::move(others));
}

const Expr* Checker::in(const Node& node) {
  const Span place = span(node);
  const Node& left_node = *node.children[0];
  const Node& right_node = without_parentheses(*node.children[1]);
  const bool negative = node.op == Keyword::not_in;
  const auto signed_ = [&](const Expr* expr) { return negative ? negation(expr, place) : expr; };
  const Expr* left = operand(left_node, Expected::anything());
  const Expected hint = faulted(*left) ? Expected::anything() : Expected::of(left->type);
  if (right_node.kind == NodeKind::set) {
    Type element;
    return signed_(in_items(left, set_items(right_node, hint, element), place));
  }
  const Resolved what = resolve(right_node, Expected::anything());
  if (faulted(*left)) return left;
  if (node.children.size() > 2 && what.kind != Resolved::catalogue && what.kind != Resolved::fault)
    return fail(Code::day_needs_catalogue, span(*node.children[2]), {written(span(right_node))});
  switch (what.kind) {
    case Resolved::fault:
      return faulty(place);
    case Resolved::catalogue:
      return signed_(in_catalogue(left, *what.catalogue_, node));
    case Resolved::set:
      return signed_(in_items(left, what.items, place));
    case Resolved::enumeration: {
      if (left->type.kind != TypeKind::enumerated || left->type.enumeration != what.enumeration_)
        return fail(Code::never_equal, place, {describe(left->type), what.enumeration_->name.primary});
      Expr& expr = make(ExprKind::in_mask, simple_type(TypeKind::boolean), place, {left});
      expr.mask = all_members(*what.enumeration_);
      return signed_(&expr);
    }
    case Resolved::table: {
      if (what.table_->keys.size() != 1)
        return fail(Code::table_key_not_one, place,
                    {what.table_->name.primary, std::to_string(what.table_->keys.size())});
      if (!same_type(left->type, what.table_->keys[0].type))
        return fail(Code::never_equal, place, {describe(left->type), describe(what.table_->keys[0].type)});
      Expr& expr = make(ExprKind::in_table, simple_type(TypeKind::boolean), place, {left});
      expr.table = what.table_;
      return signed_(&expr);
    }
    case Resolved::fact: {
      if (what.type.kind != TypeKind::list) break;
      if (what.type.optional) return present(as_value(what, span(right_node)), span(right_node));
      if (!same_type(left->type, *what.type.element))
        return fail(Code::never_equal, place, {describe(left->type), describe(*what.type.element)});
      Expr& expr = make(ExprKind::in_list, simple_type(TypeKind::boolean), place, {left});
      expr.list = &context_.rulebook.paths.emplace_back(what.path);
      return signed_(&expr);
    }
    default:
      break;
  }
  return fail(Code::not_a_set, span(right_node), {written(span(right_node))});
}

// Listed on that day; a file that does not reach so far leaves it open.
const Expr* Checker::in_catalogue(const Expr* left, const Catalogue& catalogue, const Node& node) {
  const Span place = span(node);
  if (node.children.size() < 3) return fail(Code::catalogue_needs_day, place, {catalogue.name.primary});
  const Expr* day = check(*node.children[2], Expected::of(simple_type(TypeKind::date)));
  const Expr* key = fit(left, Expected::of(simple_type(TypeKind::text)), span(*node.children[0]));
  if (faulted(*day) || faulted(*key)) return faulty(place);
  Expr& expr = make(ExprKind::in_catalogue, simple_type(TypeKind::boolean), place, {key, day});
  expr.catalogue = &catalogue;
  // That one model may be listed by now says nothing of another.
  Choice& open = context_.rulebook.choices.emplace_back(*catalogue.too_old);
  open.id = static_cast<std::uint32_t>(context_.rulebook.choices.size() - 1);
  open.span = place;
  expr.choice = &open;
  return &expr;
}

// ---- absent values
// ---------------------------------------------------------------------------------------------------------------

const Expr* Checker::exists(const Node& node) {
  const Span place = span(node);
  const Expr* value = measured(infer(*node.children[0], Expected::anything()), place);
  if (faulted(*value)) return value;
  if (value->type.kind == TypeKind::set) return fail(Code::set_misplaced, place);
  bool declared_optional = value->type.optional;
  if (!declared_optional && (value->kind == ExprKind::fact || value->kind == ExprKind::entry)) {
    // Known to exist from a condition before: said again, which harms nobody.
    const Type root = value->path.given != nullptr ? value->path.given->type : value->path.entry->type;
    declared_optional = root.optional;
    for (const Field* field : value->path.fields)
      declared_optional = declared_optional || field->type.optional || field->when != nullptr;
  }
  if (!declared_optional && value->kind == ExprKind::let)
    declared_optional = value->let->value == nullptr || value->let->value->type.optional;
  if (!declared_optional) warn(Code::absence_impossible, place, {written(value->span)});
  const Expr* expr = &make(ExprKind::exists, simple_type(TypeKind::boolean), place, {value});
  return node.op == Keyword::not_exists ? negation(expr, place) : expr;
}

const Expr* Checker::if_absent(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const Expr* value = measured(scalar(infer(*node.children[0], hint), span(*node.children[0])), place);
  const Expected by = faulted(*value) ? hint : Expected::of(value->type);
  const Expr* fallback = scalar(infer(*node.children[1], by), span(*node.children[1]));
  if (faulted(*value, *fallback)) return faulty(place);
  if (!same_type(value->type, fallback->type)) {
    if (is_numeric(value->type) && is_numeric(fallback->type)) return units_differ(*value, *fallback, place);
    return fail(Code::branches_differ, span(*node.children[1]), {describe(value->type), describe(fallback->type)});
  }
  if (!value->type.optional) {
    warn(Code::absence_impossible, place, {written(value->span)});
    return value;
  }
  Type type = value->type;
  type.optional = fallback->type.optional;
  type.integer = value->type.integer && fallback->type.integer;
  return &make(ExprKind::if_absent, type, place, {value, fallback});
}

// ---- and, or, not
// ----------------------------------------------------------------------------------------------------------------

// What `类别 为 冰箱` and `类别 不为 冰箱` ask about; nullptr of other conditions.
static const Type* type_asked(const Expr& condition) {
  const Expr& asked = condition.kind == ExprKind::not_ && !condition.args.empty() ? *condition.args[0] : condition;
  const Type* type = asked.args.empty() ? nullptr : &asked.args[0]->type;
  return type != nullptr && type->kind == TypeKind::enumerated && type->enumeration != nullptr ? type : nullptr;
}

// `类别 为 冰箱 或 电视`: the set that is meant; empty where the rest are no members of what the first asks for.
std::string Checker::set_meant(const Node& node, const Expr& first) const {
  const Node& asked = *node.children[0];
  if (node.kind != NodeKind::or_ || asked.kind != NodeKind::is || asked.or_what != Keyword::none) return {};
  const Type* type = type_asked(first);
  if (type == nullptr) return {};
  std::string members = written(span(*asked.children[1]));
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& rest = *node.children[i];
    if (rest.kind != NodeKind::name_ref || !member_index(*type->enumeration, name(*rest.children[0]))) return {};
    members += ", " + written(span(rest));
  }
  const std::string value = written(span(*asked.children[0])) + " ";
  const bool negative = asked.op == Keyword::is_not;
  return bilingual(value + (negative ? "not in" : "in") + " {" + members + "}",
                   value + (negative ? "不属于" : "属于") + " {" + members + "}");
}

const Expr* Checker::logic(const Node& node) {
  const Span place = span(node);
  if (node.kind == NodeKind::not_) return negation(condition(*node.children[0]), place);
  const bool conjunction = node.kind == NodeKind::and_;
  Scope inner = below();  // what the operands before this one establish
  Checker checker = inside(inner);
  std::vector<const Expr*> args;
  bool good = true;
  for (const Node* child : node.children) {
    const Expr* operand = checker.condition(*child);
    args.push_back(operand);
    good = good && !faulted(*operand);
    if (args.size() == 1 && good) {
      if (auto set = set_meant(node, *operand); !set.empty()) {
        const Node& second = *node.children[1];
        return fail(Code::condition_needed, span(second),
                    {written(span(second)), describe(*type_asked(*operand)), std::move(set)});
      }
    }
    narrow(inner, *operand, conjunction);
  }
  if (!good) return faulty(place);
  return &make(conjunction ? ExprKind::and_ : ExprKind::or_, simple_type(TypeKind::boolean), place, std::move(args));
}

}  // namespace guiju::model
