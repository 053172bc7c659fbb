// Dates and durations: adding without drifting, periods and windows, full years between two days.
#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

const Expr* Checker::add_duration(const Expr* date_, const Expr* duration, bool minus, const Span& place) {
  const Expr& length = through_lets(*duration);
  const Expr& day = through_lets(*date_);
  const DurationKind kind = duration->type.duration;
  const bool adds_months = kind != DurationKind::days;
  const bool in_steps = date_->kind == ExprKind::add_months || date_->kind == ExprKind::subtract_months;
  if (adds_months && in_steps) warn(Code::months_added_in_steps, place, {written(place)});
  const Type type = simple_type(TypeKind::date);
  if (length.kind == ExprKind::duration && day.kind == ExprKind::date) {
    const std::int64_t sign = minus ? -1 : 1;
    auto result = std::optional<Day>(day.day);
    if (length.months != 0) result = guiju::add_months(*result, sign * length.months);
    if (result && length.days != 0) result = guiju::add_days(*result, sign * length.days);
    if (!result) return fail(Code::day_out_of_range, place, {written(place)});
    return date(*result, place);
  }
  const ExprKind months = minus ? ExprKind::subtract_months : ExprKind::add_months;
  const ExprKind days = minus ? ExprKind::subtract_days : ExprKind::add_days;
  if (kind == DurationKind::months) return &make(months, type, place, {date_, duration});
  if (kind == DurationKind::days) return &make(days, type, place, {date_, duration});
  if (length.kind != ExprKind::duration) return fail(Code::duration_pair_misplaced, place);
  Expr& first = make(ExprKind::duration, duration_type(DurationKind::months), duration->span);
  first.months = length.months;
  Expr& second = make(ExprKind::duration, duration_type(DurationKind::days), duration->span);
  second.days = length.days;
  return &make(days, type, place, {&make(months, type, place, {date_, &first}), &second});
}

const Expr* Checker::add_durations(const Expr* left, const Expr* right, bool minus, const Span& place) {
  const Expr& a = through_lets(*left);
  const Expr& b = through_lets(*right);
  const DurationKind kind = left->type.duration == right->type.duration ? left->type.duration : DurationKind::pair;
  if (a.kind == ExprKind::duration && b.kind == ExprKind::duration) {
    Expr& expr = make(ExprKind::duration, duration_type(kind), place);
    expr.months = minus ? a.months - b.months : a.months + b.months;
    expr.days = minus ? a.days - b.days : a.days + b.days;
    return &expr;
  }
  if (kind == DurationKind::pair) return fail(Code::duration_pair_misplaced, place);
  return &make(minus ? ExprKind::subtract : ExprKind::add, duration_type(kind), place, {left, right});
}

// ---- full years … from A to B
// ----------------------------------------------------------------------------------------------------

const Expr* Checker::elapsed_between(ExprKind kind, const Expr* from, const Expr* to, Edge edge, const Span& place) {
  if (faulted(*from) || faulted(*to)) return faulty(place);
  const Expr& a = through_lets(*from);
  const Expr& b = through_lets(*to);
  if (a.kind == ExprKind::date && b.kind == ExprKind::date) {
    std::int64_t count = 0;
    switch (kind) {
      case ExprKind::full_years:
        count = guiju::full_years(a.day, b.day, edge);
        break;
      case ExprKind::full_months:
        count = guiju::full_months(a.day, b.day, edge);
        break;
      case ExprKind::started_years:
        count = guiju::started_years(a.day, b.day);
        break;
      default:
        count = std::int64_t{b.day} - a.day;
        break;
    }
    return number(Rational(count), number_type(true), place);
  }
  Expr& expr = make(kind, number_type(true), place, {from, to});
  expr.edge = edge;
  return &expr;
}

const Expr* Checker::elapsed(const Node& node) {
  const Span place = span(node);
  ExprKind kind = ExprKind::days_between;
  switch (node.op) {
    case Keyword::full_years_from:
      kind = ExprKind::full_years;
      break;
    case Keyword::full_months_from:
      kind = ExprKind::full_months;
      break;
    case Keyword::started_years_from:
      kind = ExprKind::started_years;
      break;
    case Keyword::span_from:
      kind = ExprKind::span;
      break;
    default:
      break;
  }
  const Expected a_date = Expected::of(simple_type(TypeKind::date));
  const Expr* from = check(*node.children[0], a_date);
  const Expr* to = check(*node.children[1], a_date);
  const bool edged = kind == ExprKind::full_years || kind == ExprKind::full_months;
  if (node.or_what != Keyword::none && !edged) return fail(Code::edge_misplaced, place);
  if (kind == ExprKind::span) {
    if (faulted(*from) || faulted(*to)) return faulty(place);
    return &make(kind, simple_type(TypeKind::span), place, {from, to});
  }
  return elapsed_between(kind, from, to,
                         node.or_what == Keyword::the_day_after ? Edge::the_day_after : Edge::on_the_day, place);
}

namespace {

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::less:
      return Relation::greater;
    case Relation::less_equal:
      return Relation::greater_equal;
    case Relation::greater_equal:
      return Relation::less_equal;
    case Relation::greater:
      return Relation::less;
    default:
      return relation;
  }
}

}  // namespace

// `span from A to B rel d` is `B rel A + d`: to the day, nothing rounded.
const Expr* Checker::relate_span(const Expr* left, Relation relation, const Expr* right, const Span& place) {
  if (left->type.kind != TypeKind::span) return relate_span(right, mirrored(relation), left, place);
  const Expr& length = through_lets(*left);
  if (length.kind != ExprKind::span || right->type.kind != TypeKind::duration) return fail(Code::span_misplaced, place);
  const Expr* end = add_duration(length.args[0], right, false, place);
  if (faulted(*end)) return end;
  Expr& expr = make(ExprKind::compare, simple_type(TypeKind::boolean), place, {length.args[1], end});
  expr.relation = relation;
  return &expr;
}

// A month that is not over counts half, so that a row meets it as `span rel d` does: more than n months, less than n
// + 1.
const Expr* Checker::span_as_key(const Expr* value, DurationKind kind, const Span& place) {
  const Expr& length = through_lets(*value);
  if (length.kind != ExprKind::span || kind == DurationKind::pair) return fail(Code::span_misplaced, place);
  return &make(ExprKind::span, duration_type(kind), place, length.args);
}

const Expr* Checker::duration_key(const Node& node, const Type& type, bool allow_optional) {
  const Span place = span(node);
  const Expected expected = Expected::of(type);
  const Expr* value = scalar(infer(node, expected), place);
  if (value->type.kind == TypeKind::span) return span_as_key(value, type.duration, place);
  if (!allow_optional) value = present(value, place);
  return fit(value, expected, place);
}

// `A to B full 8 years`, `A 至 B 不满 8年`: a comparison with the number of full years.
const Expr* Checker::full(const Node& node) {
  const Span place = span(node);
  const Expected a_date = Expected::of(simple_type(TypeKind::date));
  const Expr* from = check(*node.children[0], a_date);
  const Expr* to = check(*node.children[1], a_date);
  const syntax::Literal& literal = tree_.literal(*node.children[2]);
  // `full years from A to B >= 8` is the same frame in English: the length is then a bare number.
  auto unit = find_duration_unit(literal.unit);
  if (node.or_what == Keyword::full_years_from) unit = DurationUnit{DurationUnit::months, 12};
  if (node.or_what == Keyword::full_months_from) unit = DurationUnit{DurationUnit::months, 1};
  if (!unit || unit->kind == DurationUnit::calendar_months)
    return fail(Code::duration_needed, span(*node.children[2]), {literal.unit});
  if (!literal.value.is_integer())
    return fail(Code::duration_not_whole, span(*node.children[2]), {written(span(*node.children[2]))});
  const bool years = unit->kind == DurationUnit::months && unit->factor == 12;
  const ExprKind kind = years                                ? ExprKind::full_years
                        : unit->kind == DurationUnit::months ? ExprKind::full_months
                                                             : ExprKind::days_between;
  const Edge edge = node.op == Keyword::the_day_after ? Edge::the_day_after : Edge::on_the_day;
  if (kind == ExprKind::days_between && node.op != Keyword::none) return fail(Code::edge_misplaced, place);
  const Expr* count = elapsed_between(kind, from, to, edge, place);
  if (faulted(*count)) return count;
  const Expr* wanted = number(literal.value, number_type(true), span(*node.children[2]));
  return relate(count, node.has(syntax::kBelow) ? Relation::less : Relation::greater_equal, wanted, place);
}

// ---- periods, windows and areas
// ------------------------------------------------------------------------------------------------

namespace {

std::optional<std::pair<Bound, Bound>> governing_period(const Scope& scope) {
  for (const Scope* at = &scope; at != nullptr; at = at->parent) {
    if (at->version != nullptr) return std::pair{at->version->from, at->version->to};
    if (at->edition != nullptr) return std::pair{at->edition->from, at->edition->to};
  }
  return std::nullopt;
}

}  // namespace

const Expr* Checker::within(const Node& node) {
  const Span place = span(node);
  const Expected a_date = Expected::of(simple_type(TypeKind::date));
  const Type boolean = simple_type(TypeKind::boolean);
  const Node& what_node = *node.children[0];
  const Node& where_node = *node.children[1];

  if (node.children.size() == 2 && where_node.kind == NodeKind::this_version) {
    const Expr* what = check(what_node, a_date);
    const auto period = governing_period(scope_);
    if (!period) return fail(Code::this_version_misplaced, span(where_node));
    if (faulted(*what)) return what;
    const auto end = [&](const Bound& bound) -> const Expr* {
      if (bound.undecided != nullptr) return bound.undecided;
      return bound.day ? date(*bound.day, span(where_node))
                       : &make(ExprKind::no_limit, simple_type(TypeKind::date), span(where_node));
    };
    const Expr* from = end(period->first);
    const Expr* to = end(period->second);
    return &make(ExprKind::within_period, boolean, place, {what, from, to});
  }
  if (node.children.size() == 2) {
    const Expected a_region = Expected::of(simple_type(TypeKind::region));
    const Expr* what = operand(what_node, a_region);
    if (faulted(*what)) return what;
    if (is_date(*what)) return fail(Code::within_needs_period, place);
    if (is_numeric(what->type))
      return fail(Code::within_of_numbers, span(what_node), {written(span(what_node)), describe(what->type)});
    const Expr* fitted = fit(what, a_region, span(what_node));
    const Expr* area = check(where_node, a_region);
    if (faulted(*fitted) || faulted(*area)) return faulty(place);
    return &make(ExprKind::within_region, boolean, place, {what, area});
  }

  const Expr* what = operand(what_node, a_date);
  if (is_numeric(what->type))
    return fail(Code::within_of_numbers, span(what_node), {written(span(what_node)), describe(what->type)});
  what = fit(what, a_date, span(what_node));
  const Node& length_node = without_parentheses(where_node);
  const auto written_unit = length_node.kind == NodeKind::quantity_literal
                                ? find_duration_unit(tree_.literal(length_node).unit)
                                : std::nullopt;
  const bool calendar = written_unit && written_unit->kind == DurationUnit::calendar_months;
  const bool after = node.op == Keyword::after || node.op == Keyword::following;
  const bool window = after || calendar || node.op == Keyword::before || node.op == Keyword::prior;
  if (!window) {
    const Expr* from = check(where_node, a_date);
    const Expr* to = check(*node.children[2], a_date);
    if (faulted(*what) || faulted(*from) || faulted(*to)) return faulty(place);
    const Expr& a = through_lets(*from);
    const Expr& b = through_lets(*to);
    if (a.kind == ExprKind::date && b.kind == ExprKind::date && a.day > b.day)
      return fail(Code::period_backwards, place);
    return &make(ExprKind::within_period, boolean, place, {what, from, to});
  }

  const Expr* day = check(*node.children[2], a_date);
  const Expr* length = nullptr;
  WindowKind kind{};
  if (calendar) {
    const syntax::Literal& literal = tree_.literal(length_node);
    if (!literal.value.is_integer() || literal.value.sign() <= 0 || literal.value.num() > 10'000)
      return fail(Code::duration_not_whole, span(length_node), {written(span(length_node))});
    if (after) return fail(Code::calendar_months_misplaced, span(length_node));
    Expr& expr = make(ExprKind::duration, duration_type(DurationKind::months), span(length_node));
    expr.months = static_cast<std::int32_t>(literal.value.num());
    length = &expr;
    kind = node.has(syntax::kToDate) ? WindowKind::calendar_months_to : WindowKind::calendar_months_before;
  } else {
    length = operand(where_node, Expected::anything());
    if (faulted(*length)) return length;
    if (through_lets(*length).kind != ExprKind::duration || length->type.duration == DurationKind::pair)
      return fail(Code::window_needs_length, span(where_node), {written(span(where_node))});
    if (node.has(syntax::kToDate)) return fail(Code::within_needs_period, place);
    const bool months = length->type.duration == DurationKind::months;
    kind = months ? (after ? WindowKind::months_after : WindowKind::months_before)
                  : (after ? WindowKind::days_after : WindowKind::days_before);
  }
  if (faulted(*what) || faulted(*day)) return faulty(place);
  Expr& expr = make(ExprKind::within_window, boolean, place, {what, &through_lets(*length), day});
  expr.window = kind;
  return &expr;
}

}  // namespace guiju::model
