// Numbers with units: sums, products, shares, steps, caps, roundings, bands. Whatever is constant is computed here, so
// that no division by a constant is left for the decision.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Sign;

namespace {

Unit plain_unit() {
  return {};
}

// How often money stands in a unit: 1 for yuan and yuan/kg, 2 for what no rule means.
int money_exponent(const Unit& unit) {
  for (const auto& [base, exponent] : unit.dimension) {
    if (base == kMoney) return exponent;
  }
  return 0;
}

}  // namespace

std::optional<Rounding> rounding_of(Keyword keyword) {
  switch (keyword) {
    case Keyword::rounded_down_to:
      return Rounding::down;
    case Keyword::rounded_up_to:
      return Rounding::up;
    case Keyword::rounded_half_up_to:
      return Rounding::half_up;
    case Keyword::rounded_half_even_to:
      return Rounding::half_even;
    default:
      return std::nullopt;
  }
}

// ---- sums and products
// -----------------------------------------------------------------------------------------------------------

const Expr* Checker::binary(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const bool additive = node.sign == Sign::plus || node.sign == Sign::minus;
  // Sums pass on what is wanted (a date, a duration); products do not: `3 * x` may be anything times something.
  const Expected inner =
      additive && hint.need == Expected::type && hint.type_.kind != TypeKind::boolean ? hint : Expected::a_number();
  const Expr* left = operand(*node.children[0], additive ? inner : Expected::a_number());
  const Expr* right = operand(*node.children[1], additive && is_date(*left) ? Expected::a_number() : inner);
  if (faulted(*left, *right)) return faulty(place);
  switch (node.sign) {
    case Sign::plus:
      return add(left, right, false, place);
    case Sign::minus:
      return add(left, right, true, place);
    case Sign::star:
      return multiply(left, right, place);
    case Sign::slash:
      return divide(left, right, place);
    default:
      return faulty(place);
  }
}

const Expr* Checker::add(const Expr* left, const Expr* right, bool minus, const Span& place) {
  const TypeKind a = left->type.kind, b = right->type.kind;
  if (a == TypeKind::date && b == TypeKind::duration) return add_duration(left, right, minus, place);
  if (a == TypeKind::duration && b == TypeKind::date && !minus) return add_duration(right, left, false, place);
  if (a == TypeKind::duration && b == TypeKind::duration) return add_durations(left, right, minus, place);
  if (a == TypeKind::date && b == TypeKind::date)
    return fail(Code::dates_subtracted, place, {written(right->span), written(left->span)});
  if (a == TypeKind::date || a == TypeKind::duration)
    return fail(Code::duration_needed, right->span, {written(right->span)});
  if (a != TypeKind::numeric) return fail(Code::number_needed, left->span, {written(left->span), describe(left->type)});
  if (b != TypeKind::numeric)
    return fail(Code::number_needed, right->span, {written(right->span), describe(right->type)});
  if (left->kind == ExprKind::no_limit || right->kind == ExprKind::no_limit)
    return fail(Code::no_limit_in_arithmetic, place);
  if (!same_dimension(left->type.unit, right->type.unit)) return units_differ(*left, *right, place);
  Type type = left->type;
  type.integer = left->type.integer && right->type.integer;
  const auto x = constant_number(*left), y = constant_number(*right);
  if (x && y) return folded(minus ? guiju::sub(*x, *y) : guiju::add(*x, *y), type, place);
  return &make(minus ? ExprKind::subtract : ExprKind::add, type, place, {left, right});
}

const Expr* Checker::multiply(const Expr* left, const Expr* right, const Span& place) {
  if (faulted(*left, *right)) return faulty(place);
  const bool left_duration = left->type.kind == TypeKind::duration;
  if (left_duration || right->type.kind == TypeKind::duration) {
    const Expr* duration = left_duration ? left : right;
    const Expr* times = left_duration ? right : left;
    if (!is_numeric(times->type) || !is_number(times->type.unit))
      return fail(Code::number_needed, times->span, {written(times->span), describe(times->type)});
    const Expr& length = through_lets(*duration);
    if (const auto count = constant_number(*times); count && length.kind == ExprKind::duration) {
      const auto months = guiju::mul(*count, Rational(length.months)), days = guiju::mul(*count, Rational(length.days));
      if (!months || !days || magnitude(months->num()) > 1'000'000 || magnitude(days->num()) > 1'000'000)
        return fail(Code::number_too_large, place, {written(place)});
      if (!months->is_integer() || !days->is_integer()) return fail(Code::duration_not_whole, place, {written(place)});
      Expr& expr = make(ExprKind::duration, duration->type, place);
      expr.months = static_cast<std::int32_t>(months->num());
      expr.days = static_cast<std::int32_t>(days->num());
      return &expr;
    }
    if (!times->type.integer) return fail(Code::whole_number_needed, times->span, {written(times->span)});
    if (duration->type.duration == DurationKind::pair) return fail(Code::duration_pair_misplaced, place);
    return &make(ExprKind::duration_times, duration->type, place, {duration, times});
  }
  for (const Expr* one : {left, right}) {
    if (!is_numeric(one->type)) return fail(Code::number_needed, one->span, {written(one->span), describe(one->type)});
  }
  if (left->kind == ExprKind::no_limit || right->kind == ExprKind::no_limit)
    return fail(Code::no_limit_in_arithmetic, place);
  if (money_exponent(left->type.unit) > 0 && money_exponent(right->type.unit) > 0)
    return fail(Code::money_times_money, place);
  Type type = number_type(left->type.integer && right->type.integer);
  const auto unit = is_number(left->type.unit)    ? std::optional<Unit>(right->type.unit)
                    : is_number(right->type.unit) ? std::optional<Unit>(left->type.unit)
                                                  : guiju::multiply(left->type.unit, right->type.unit);
  if (!unit) return fail(Code::number_too_large, place, {written(place)});
  type.unit = *unit;
  if (is_number(type.unit)) type.unit = plain_unit();
  const auto x = constant_number(*left), y = constant_number(*right);
  if (x && y) return folded(guiju::mul(*x, *y), type, place);
  return &make(ExprKind::multiply, type, place, {left, right});
}

const Expr* Checker::divide(const Expr* left, const Expr* right, const Span& place) {
  for (const Expr* one : {left, right}) {
    if (!is_numeric(one->type)) return fail(Code::number_needed, one->span, {written(one->span), describe(one->type)});
  }
  if (left->kind == ExprKind::no_limit || right->kind == ExprKind::no_limit)
    return fail(Code::no_limit_in_arithmetic, place);
  Type type = number_type();
  if (is_number(right->type.unit)) {
    type.unit = left->type.unit;
  } else if (!same_dimension(left->type.unit, right->type.unit)) {
    const auto unit = guiju::divide(left->type.unit, right->type.unit);
    if (!unit) return fail(Code::number_too_large, place, {written(place)});
    type.unit = *unit;
  }
  if (is_number(type.unit)) type.unit = plain_unit();
  const auto x = constant_number(*left), y = constant_number(*right);
  if (y && y->is_zero()) return fail(Code::divided_by_zero, place, {written(place)});
  if (x && y) return folded(guiju::div(*x, *y), type, place);
  return &make(ExprKind::divide, type, place, {left, right});
}

const Expr* Checker::negated(const Node& node, const Expected& hint) {
  const Expr* value = operand(*node.children[0], hint.need == Expected::type ? hint : Expected::a_number());
  return negated_value(value, span(node));
}

const Expr* Checker::negated_value(const Expr* value, const Span& place) {
  if (faulted(*value)) return value;
  if (!is_numeric(value->type)) return fail(Code::number_needed, place, {written(place), describe(value->type)});
  if (value->kind == ExprKind::no_limit) return fail(Code::no_limit_in_arithmetic, place);
  if (const auto known = constant_number(*value)) return folded(guiju::negate(*known), value->type, place);
  return &make(ExprKind::negate, value->type, place, {value});
}

// ---- shares and steps
// ------------------------------------------------------------------------------------------------------------

const Expr* Checker::of(const Node& node) {
  const Span place = span(node);
  const Node& rate_node = *node.children[0];
  const Node& base_node = *node.children[1];
  if (rate_node.kind == NodeKind::per) return measured_step(rate_node, base_node, place);
  const Expr* rate = check(rate_node, Expected::a_number());
  const Expr* base = check(base_node, Expected::a_number());
  if (faulted(*rate, *base)) return faulty(place);
  if (!is_number(rate->type.unit))
    return fail(Code::rate_has_unit, rate->span, {written(rate->span), unit_name(rate->type.unit)});
  return multiply(rate, base, place);
}

// `R per started S of X`: R times the number of steps of size S in X.
const Expr* Checker::measured_step(const Node& per, const Node& base_node, const Span& place) {
  const Expr* rate = check(*per.children[0], Expected::a_number());
  const Expr* size = check(*per.children[1], Expected::a_number());
  const Expr* base = check(base_node, Expected::a_number());
  if (faulted(*rate, *size) || faulted(*base)) return faulty(place);
  const auto step = constant_number(*size);
  if (!step) return fail(Code::constant_needed, size->span, {written(size->span)});
  if (step->sign() <= 0) return fail(Code::step_not_positive, size->span);
  if (!same_dimension(size->type.unit, base->type.unit))
    return fail(Code::units_differ, place, {unit_name(size->type.unit), unit_name(base->type.unit)});
  const bool started = per.op == Keyword::per_started;
  const Expr* steps = nullptr;
  if (const auto known = constant_number(*base)) {
    const auto count = guiju::div(*known, *step);
    if (!count) return fail(Code::number_too_large, place, {written(place)});
    steps = number(Rational::whole(round_quotient(count->num(), count->den(), started ? Rounding::up : Rounding::down)),
                   number_type(true), place);
  } else {
    Expr& expr = make(ExprKind::steps, number_type(true), place, {base});
    expr.value = *step;
    expr.truth = started;
    steps = &expr;
  }
  return multiply(rate, steps, place);
}

const Expr* Checker::counted_in(const Node& node) {
  const Span place = span(node);
  const Expr* value = operand(*node.children[0], Expected::a_number());
  if (faulted(*value)) return value;
  if (value->type.kind == TypeKind::duration) return length_counted_in(*value, *node.children[1], place);
  const auto wanted = unit(*node.children[1]);
  if (!wanted) return faulty(place);
  if (!is_numeric(value->type)) return fail(Code::number_needed, place, {written(place), describe(value->type)});
  if (!same_dimension(*wanted, value->type.unit))
    return fail(Code::units_differ, place, {unit_name(value->type.unit), unit_name(*wanted)});
  if (const auto known = constant_number(*value))
    return folded(guiju::div(*known, wanted->factor), number_type(), place);
  Type type = number_type();
  type.unit = *wanted;
  return &make(ExprKind::divide, number_type(), place, {value, number(wanted->factor, type, place)});
}

// How many years, months or days a length has. A month has no fixed number of days.
const Expr* Checker::length_counted_in(const Expr& length, const Node& unit_node, const Span& place) {
  const auto wanted = resolve_duration_unit(context_, tree_, unit_node);
  if (!wanted) return faulty(place);
  const DurationKind kind = wanted->kind == DurationUnit::days ? DurationKind::days : DurationKind::months;
  if (length.type.duration != kind)
    return fail(Code::units_differ, place, {describe(length.type), describe(duration_type(kind))});
  const bool whole = wanted->factor == 1;
  const Rational factor(wanted->factor);
  if (const Expr& known = through_lets(length); known.kind == ExprKind::duration) {
    const Rational size(kind == DurationKind::days ? known.days : known.months);
    return folded(guiju::div(size, factor), number_type(whole), place);
  }
  return &make(ExprKind::divide, number_type(whole), place, {&length, number(factor, number_type(true), place)});
}

const Expr* Checker::power(const Node& node) {
  const Span place = span(node);
  const Expr* base = check(*node.children[0], Expected::a_number());
  const Expr* exponent = check(*node.children[1], Expected::of(number_type()));
  if (faulted(*base, *exponent)) return faulty(place);
  const auto value = constant_number(*exponent);
  if (!value) return fail(Code::exponent_not_constant, span(*node.children[1]));
  const auto known = constant_number(*base);
  const int most = known ? 100 : 6;  // of what is computed case by case the digits must stay few
  const bool inverted = value->num() < 0 && known && is_number(base->type.unit);  // 2 ^ (-2) is 0.25
  if (!value->is_integer() || (value->num() < 0 && !inverted))
    return fail(Code::rounding_compulsory, place, {written(place)});
  if (inverted && known->is_zero()) return fail(Code::divided_by_zero, place, {written(place)});
  if (value->num() > most || value->num() < -most) return fail(Code::number_too_large, place, {written(place)});
  const int whole = static_cast<int>(value->num());
  Type type = number_type(base->type.integer && !inverted);
  const auto unit = guiju::power(base->type.unit, whole);
  if (!unit) return fail(Code::number_too_large, place, {written(place)});
  if (money_exponent(*unit) > 1) return fail(Code::money_times_money, place);
  type.unit = is_number(*unit) ? plain_unit() : *unit;
  if (known) return folded(guiju::pow(*known, whole), type, place);
  Expr& expr = make(ExprKind::power, type, place, {base});
  expr.value = *value;
  return &expr;
}

// ---- caps and roundings
// ----------------------------------------------------------------------------------------------------------

const Expr* Checker::extremum(ExprKind kind, std::vector<const Expr*> args, const Span& place) {
  for (const Expr* one : args) {
    if (faulted(*one)) return faulty(place);
  }
  Type type = args[0]->type;
  const bool ordered = is_numeric(type) || type.kind == TypeKind::date ||
                       (type.kind == TypeKind::duration && type.duration != DurationKind::pair);
  if (!ordered) return fail(Code::number_needed, args[0]->span, {written(args[0]->span), describe(type)});
  std::optional<Rational> known = constant_number(*args[0]);
  for (std::size_t i = 1; i < args.size(); ++i) {
    const Type& other = args[i]->type;
    if (!same_type(type, other)) {
      if (is_numeric(type) && is_numeric(other))
        return fail(Code::units_differ, place, {unit_name(type.unit), unit_name(other.unit)});
      return fail(Code::branches_differ, args[i]->span, {describe(type), describe(other)});
    }
    type.integer = type.integer && other.integer;
    const auto next = constant_number(*args[i]);
    const bool takes_next = known && next && (guiju::compare(*next, *known) < 0) == (kind == ExprKind::minimum);
    if (!next)
      known.reset();
    else if (takes_next)
      known = next;
  }
  if (known) return number(*known, type, place);
  return &make(kind, type, place, std::move(args));
}

std::optional<Rational> Checker::rounding_unit(const Node& node, const Type* of) {
  const Expr* unit = check(node, Expected::a_number());
  if (faulted(*unit)) return std::nullopt;
  const auto value = constant_number(*unit);
  if (!value) {
    (void)fail(Code::constant_needed, unit->span, {written(unit->span)});
    return std::nullopt;
  }
  if (value->sign() <= 0) {
    (void)fail(Code::step_not_positive, unit->span);
    return std::nullopt;
  }
  const Unit none;
  const Unit& wanted = of != nullptr ? of->unit.get() : none;
  if (!same_dimension(unit->type.unit, wanted)) {
    (void)fail(Code::units_differ, unit->span, {unit_name(wanted), unit_name(unit->type.unit)});
    return std::nullopt;
  }
  return value;
}

const Expr* Checker::rounded(const Node& node) {
  const Span place = span(node);
  const Rounding mode = rounding_of(node.op).value_or(Rounding::down);
  if (needs_rounding(*node.children[0], tree_)) {
    const auto unit = rounding_unit(*node.children[1], nullptr);
    return unit ? rounded_function(*node.children[0], mode, *unit, place) : faulty(place);
  }
  const Expr* value = check(*node.children[0], Expected::a_number());
  if (faulted(*value)) return value;
  const auto unit = rounding_unit(*node.children[1], &value->type);
  return unit ? round(value, mode, *unit, place) : faulty(place);
}

const Expr* Checker::round(const Expr* value, Rounding mode, const Rational& unit, const Span& place) {
  if (faulted(*value)) return value;
  Type type = value->type;
  type.integer = is_number(type.unit) && unit.is_integer();
  if (const auto known = constant_number(*value)) return folded(round_to(*known, unit, mode), type, place);
  if (const auto before = finest_rounding(*value); before && guiju::compare(*before, unit) < 0)
    warn(Code::rounded_twice, place, {written(place)});
  Expr& expr = make(ExprKind::round, type, place, {value});
  expr.rounding = mode;
  expr.value = unit;
  return &expr;
}

// An adjustment after a comma: it takes the whole value before it.
const Expr* Checker::adjusted(const Expr* value, const Node& adjustment) {
  const Span place = span(adjustment);
  if (adjustment.has(syntax::kHasError)) return faulty(place);
  switch (adjustment.kind) {
    case NodeKind::adjust_cap: {
      if (adjustment.has(syntax::kInProportion) || adjustment.child(NodeKind::name_list) != nullptr)
        return fail(Code::parts_only_in_amount, place);
      const Expr* bound =
          operand(*adjustment.children[0], faulted(*value) ? Expected::a_number() : Expected::of(value->type));
      return extremum(adjustment.op == Keyword::at_most ? ExprKind::minimum : ExprKind::maximum, {value, bound}, place);
    }
    case NodeKind::adjust_round: {
      if (!faulted(*value) && !is_numeric(value->type))
        return fail(Code::number_needed, value->span, {written(value->span), describe(value->type)});
      if (faulted(*value)) return value;
      const auto unit = rounding_unit(*adjustment.children[0], &value->type);
      return unit ? round(value, rounding_of(adjustment.op).value_or(Rounding::down), *unit, place) : faulty(place);
    }
    default:
      return fail(Code::shares_of_the_whole, place);
  }
}

// ---- bands
// -----------------------------------------------------------------------------------------------------------------------

const Expr* Checker::bands(const Node& node) {
  const Span place = span(node);
  const Expr* base = check(*node.children[0], Expected::a_number());
  if (faulted(*base)) return base;
  Expr& expr = make(ExprKind::bands, base->type, place, {base});
  expr.type.integer = false;
  std::optional<Rational> last;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& band_node = *node.children[i];
    if (band_node.kind != NodeKind::band || band_node.has(syntax::kHasError)) return faulty(place);
    const Expr* rate = check(*band_node.children[0], Expected::of(number_type()));
    if (faulted(*rate)) return rate;
    Band band;
    const auto value = constant_number(*rate);
    if (!value) return fail(Code::constant_needed, rate->span, {written(rate->span)});
    band.rate = *value;
    band.has_limit = band_node.children.size() > 1;
    if (!band.has_limit && i + 1 != node.children.size()) return fail(Code::bands_out_of_order, span(band_node));
    if (band.has_limit) {
      Type wanted = base->type;
      wanted.integer = false;
      const Expr* limit = check(*band_node.children[1], Expected::of(wanted));
      if (faulted(*limit)) return limit;
      const auto bound = constant_number(*limit);
      if (!bound) return fail(Code::constant_needed, limit->span, {written(limit->span)});
      if (bound->sign() <= 0 || (last && guiju::compare(*last, *bound) >= 0))
        return fail(Code::bands_out_of_order, span(band_node));
      band.up_to = *bound;
      last = bound;
    }
    expr.bands.push_back(band);
  }
  return expr.bands.empty() ? faulty(place) : &expr;
}

}  // namespace guiju::model
