// The way into checking an expression: dispatch by kind of node, and what every expression goes through (absent values
// refused, types held against what the place needs).
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"
#include "values/utf8.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

// ---- types
// -------------------------------------------------------------------------------------------------------------------

bool is_numeric(const Type& type) {
  return type.kind == TypeKind::numeric;
}

Type number_type(bool integer) {
  Type type;
  type.kind = TypeKind::numeric;
  type.integer = integer;
  return type;
}

Type simple_type(TypeKind kind) {
  Type type;
  type.kind = kind;
  return type;
}

Type enumerated_type(const Enum& enumeration) {
  Type type;
  type.kind = TypeKind::enumerated;
  type.enumeration = &enumeration;
  return type;
}

Type duration_type(DurationKind kind) {
  Type type;
  type.kind = TypeKind::duration;
  type.duration = kind;
  return type;
}

std::string unit_name(const Unit& unit) {
  if (is_number(unit) && unit.name.empty()) return bilingual("number", "数");
  return unit.name == yuan().name ? bilingual("yuan", "元") : unit.name;
}

namespace {

// Of ASCII, common Han and the signs that stand beside them: such characters neither decompose nor compose.
bool is_surely_nfc(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    const bool plain = c.value < 0x80 || (c.value >= 0x4E00 && c.value <= 0x9FFF) ||
                       (c.value >= 0x3001 && c.value <= 0x3011) || (c.value >= 0x2018 && c.value <= 0x201D) ||
                       (c.value >= 0xFF01 && c.value <= 0xFF5E);
    if (!plain) return false;
    at += c.length;
  }
  return true;
}

}  // namespace

std::string nfc(std::string_view text) {
  if (is_surely_nfc(text)) return std::string(text);
  utf8proc_uint8_t* normal = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &normal, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(normal), static_cast<std::size_t>(length));
  std::free(normal);  // utf8proc allocates with malloc
  return result;
}

const Expr& through_lets(const Expr& expr) {
  const Expr* at = &expr;
  while (at->kind == ExprKind::let && at->let != nullptr && at->let->value != nullptr) at = at->let->value;
  return *at;
}

bool is_constant(const Expr& expr) {
  switch (through_lets(expr).kind) {
    case ExprKind::boolean:
    case ExprKind::number:
    case ExprKind::date:
    case ExprKind::duration:
    case ExprKind::text:
    case ExprKind::region:
    case ExprKind::member:
    case ExprKind::no_limit:
      return true;
    default:
      return false;
  }
}

bool is_date(const Expr& expr) {
  return expr.type.kind == TypeKind::date;
}

std::optional<Rational> constant_number(const Expr& expr) {
  const Expr& value = through_lets(expr);
  if (value.kind != ExprKind::number) return std::nullopt;
  return value.value;
}

// ---- making and reporting
// ----------------------------------------------------------------------------------------------------

Scope Checker::below() const {
  Scope scope;
  scope.parent = &scope_;
  scope.version = scope_.version;
  scope.edition = scope_.edition;
  return scope;
}

Expr& Checker::make(ExprKind kind, Type type, const Span& span, std::vector<const Expr*> args) {
  Expr& expr = context_.rulebook.expressions.emplace_back();
  expr.kind = kind;
  expr.type = std::move(type);
  expr.span = span;
  expr.args = std::move(args);
  return expr;
}

const Expr* Checker::number(const Rational& value, const Type& type, const Span& span) {
  Expr& expr = make(ExprKind::number, type, span);
  expr.value = value;
  expr.type.integer = is_number(type.unit) && value.is_integer();
  return &expr;
}

const Expr* Checker::folded(const std::optional<Rational>& value, const Type& type, const Span& span) {
  if (!value) return fail(Code::number_too_large, span, {written(span)});
  return number(*value, type, span);
}

const Expr* Checker::truth(bool value, const Span& span) {
  Expr& expr = make(ExprKind::boolean, simple_type(TypeKind::boolean), span);
  expr.truth = value;
  return &expr;
}

const Expr* Checker::date(Day day, const Span& span) {
  Expr& expr = make(ExprKind::date, simple_type(TypeKind::date), span);
  expr.day = day;
  return &expr;
}

const Expr* Checker::faulty(const Span& span) {
  return &make(ExprKind::error, Type{}, span);
}

const Expr* Checker::fail(Code code, const Span& span, std::vector<std::string> arguments,
                          std::vector<RelatedPlace> related) {
  context_.diagnostics.add(code, span, std::move(arguments), std::move(related));
  return faulty(span);
}

void Checker::warn(Code code, const Span& span, std::vector<std::string> arguments) {
  context_.diagnostics.add(code, span, std::move(arguments));
}

Span Checker::span(const Node& node) const {
  return tree_.span(node);
}

std::string Checker::written(const Span& span) const {
  constexpr std::size_t kLongest = 60;
  std::string text;
  if (span.file == kNoFile) return text;
  for (const char c : context_.sources.text(span)) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
  }
  if (text.size() <= kLongest) return text;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string Checker::spelled(const Node& unit) const {
  std::string text;
  for (std::uint32_t i = unit.first_token; i < unit.last_token; ++i) {
    const auto& token = tree_.tokens().tokens[i];
    if (token.kind == syntax::TokenKind::name) {
      const auto& literal = tree_.tokens().literal(token);
      text += literal.text.empty() ? std::string(tree_.tokens().text(token)) : literal.text;
    } else if (token.sign == syntax::Sign::slash) {
      text += '/';
    } else if (token.sign == syntax::Sign::star) {
      text += '*';
    } else if (token.sign == syntax::Sign::percent) {
      text += '%';
    } else {
      text += tree_.tokens().text(token);
    }
  }
  return text;
}

std::optional<Unit> Checker::unit(const Node& unit_expr) {
  const std::string name = spelled(unit_expr);
  if (name == "%") {
    Unit percent;
    percent.factor = *Rational::make(1, 100);
    percent.name = "%";
    return percent;
  }
  return resolve_unit(context_, scope_, name, span(unit_expr));
}

// ---- what every expression goes through
// ----------------------------------------------------------------------------------------

namespace {

// Whether `if absent` behind it takes all of it: a path, a call, something in brackets.
bool stands_alone(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '}' || c == ']') --depth;
    if (depth == 0 && std::string_view(" +-*/^%").find(c) != std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

const Expr* Checker::present(const Expr* expr, const Span& span) {
  if (!expr->type.optional) return expr;
  const std::string text = written(span);
  return fail(Code::absent_not_handled, span, {text, stands_alone(text) ? text : "(" + text + ")"});
}

const Expr* Checker::scalar(const Expr* expr, const Span& span) {
  switch (expr->type.kind) {
    case TypeKind::record:
      return fail(Code::record_is_no_value, span, {written(span)});
    case TypeKind::list:
      return fail(Code::list_is_no_value, span, {written(span)});
    case TypeKind::set:
      return fail(Code::set_misplaced, span);
    default:
      return expr;
  }
}

const Expr* Checker::fit(const Expr* expr, const Expected& expected, const Span& span) {
  if (expr->type.kind == TypeKind::error) return expr;
  if (expected.need != Expected::nothing) expr = measured(expr, span);
  if (expr->type.kind == TypeKind::error) return expr;
  switch (expected.need) {
    case Expected::nothing:
      return expr;
    case Expected::truth:
      if (expr->type.kind == TypeKind::boolean) return expr;
      return fail(Code::condition_needed, span, {written(span), describe(expr->type)});
    case Expected::number:
      if (is_numeric(expr->type)) return expr;
      return fail(Code::number_needed, span, {written(span), describe(expr->type)});
    case Expected::type:
      break;
  }
  const Type& wanted = expected.type_;
  if (same_type(expr->type, wanted)) {
    if (wanted.integer && is_numeric(expr->type) && expr->kind == ExprKind::number && !expr->value.is_integer())
      return fail(Code::whole_number_needed, span, {written(span)});
    return expr;
  }
  if (is_numeric(wanted) && is_numeric(expr->type))
    return fail(Code::units_differ, span,
                {unit_name(wanted.unit), unit_name(expr->type.unit), in_unit(*expr, wanted.unit)});
  Type shown = wanted;
  shown.optional = false;
  return fail(Code::other_type_needed, span, {describe(shown), written(span), describe(expr->type), example(shown)});
}

// Most likely the unit was left out: `5 yuan` for 5. Else what figures of that unit are; nothing to say for numbers.
std::string Checker::in_unit(const Expr& expr, const Unit& unit) const {
  if (is_number(unit) || unit.name.empty()) return {};
  const std::string figure = written(expr.span);
  const bool in_yuan = unit.name == yuan().name;
  const std::string en = in_yuan ? "yuan" : unit.name, zh = in_yuan ? "元" : unit.name;
  const bool bare = is_number(expr.type.unit) && expr.kind == ExprKind::number &&
                    figure.find_first_not_of("0123456789.") == std::string::npos;
  if (!bare) return bilingual("a value in " + en, in_yuan ? "以元计的数" : "以 " + zh + " 计的数");
  return bilingual(figure + " " + en, figure + (in_yuan ? "" : " ") + zh);
}

const Expr* Checker::units_differ(const Expr& left, const Expr& right, const Span& place) {
  const bool missing_left = is_number(left.type.unit), missing_right = is_number(right.type.unit);
  std::string meant;
  if (missing_left && left.kind == ExprKind::number) meant = in_unit(left, right.type.unit);
  if (missing_right && right.kind == ExprKind::number) meant = in_unit(right, left.type.unit);
  return fail(Code::units_differ, place, {unit_name(left.type.unit), unit_name(right.type.unit), meant});
}

const Expr* Checker::check(const Node& node, const Expected& expected, bool allow_optional) {
  const Span place = span(node);
  const Expr* expr = infer(node, expected);
  const bool structured = expected.need == Expected::type &&
                          (expected.type_.kind == TypeKind::record || expected.type_.kind == TypeKind::list);
  if (!structured) expr = scalar(expr, place);
  if (!allow_optional && !(expected.need == Expected::type && expected.type_.optional)) expr = present(expr, place);
  return fit(expr, expected, place);
}

const Expr* Checker::operand(const Node& node, const Expected& hint) {
  const Span place = span(node);
  return present(measured(scalar(infer(node, hint), place), place), place);
}

// One side of a comparison, where a span may stand.
const Expr* Checker::side(const Node& node, const Expected& hint) {
  const Span place = span(node);
  return present(scalar(infer(node, hint), place), place);
}

// Whatever is used otherwise than by comparing it.
const Expr* Checker::measured(const Expr* expr, const Span& span) {
  return expr->type.kind == TypeKind::span ? fail(Code::span_misplaced, span) : expr;
}

const Expr* Checker::check_value(const Node& node, const Expected& expected, bool allow_optional) {
  if (node.kind != NodeKind::value) return check(node, expected, allow_optional);
  if (node.has(syntax::kHasError) || node.children.empty()) return faulty(span(node));
  if (node.children.size() == 1) return check(*node.children[0], expected, allow_optional);
  return fit(adjusted_value(node, expected), expected, span(node));
}

const Expr* Checker::adjusted_value(const Node& node, const Expected& hint) {
  const Span place = span(node);
  if (hint.need == Expected::truth || (hint.need == Expected::type && hint.type_.kind == TypeKind::boolean))
    return fail(Code::condition_needed, place, {written(place), bilingual("number", "数")});
  std::size_t next = 1;
  const Expr* value = nullptr;
  const Node& first = *node.children[1];
  if (first.kind == NodeKind::adjust_round && needs_rounding(*node.children[0], tree_)) {
    const auto unit = rounding_unit(*first.children[0], nullptr);
    value = unit ? rounded_function(*node.children[0], *rounding_of(first.op), *unit, place) : faulty(place);
    next = 2;
  } else {
    value = operand(*node.children[0], hint.need == Expected::type ? hint : Expected::a_number());
  }
  for (; next < node.children.size(); ++next) value = adjusted(value, *node.children[next]);
  return value;
}

// Parentheses and values pass the hint on without demanding it.
const Expr* Checker::inner_value(const Node& node, const Expected& hint) {
  if (node.has(syntax::kHasError) || node.children.empty()) return faulty(span(node));
  if (node.children.size() == 1) return infer(*node.children[0], hint);
  return adjusted_value(node, hint);
}

const Expr* Checker::constant(const Node& node, const Type& type) {
  Type wanted = type;
  wanted.optional = false;
  const Expr* expr = check(node, Expected::of(wanted));
  if (expr->kind == ExprKind::error || is_constant(*expr)) return expr;
  return fail(Code::constant_needed, span(node), {written(span(node))});
}

const Expr* Checker::infer(const Node& node, const Expected& hint) {
  const Span place = span(node);
  if (node.has(syntax::kHasError) || node.kind == NodeKind::error) return faulty(place);
  if (context_.depth >= kMaxDepth) return fail(Code::nested_too_deep, place, {std::to_string(kMaxDepth)});
  if (context_.rulebook.expressions.size() >= kMaxExpressions) return fail(Code::expressions_too_many, place);
  ++context_.depth;
  const Expr* expr = dispatch(node, hint);
  --context_.depth;
  return expr;
}

const Expr* Checker::dispatch(const Node& node, const Expected& hint) {
  switch (node.kind) {
    case NodeKind::number_literal:
    case NodeKind::percent_literal:
    case NodeKind::quantity_literal:
    case NodeKind::date_literal:
    case NodeKind::bool_literal:
    case NodeKind::sign_literal:
      return literal(node, hint);
    case NodeKind::text:
      return text(node);
    case NodeKind::name_ref:
    case NodeKind::member_access:
    case NodeKind::call:
    case NodeKind::it:
      return as_value(resolve(node, hint), span(node));
    case NodeKind::qualified_name:
      return as_value(resolve_names(node, hint), span(node));
    case NodeKind::value:
      return inner_value(node, hint);
    case NodeKind::parenthesised:
      return inner_value(*node.children[0], hint);
    case NodeKind::no_limit:
      return typeless(node, ExprKind::no_limit, hint);
    case NodeKind::this_version:
      return fail(Code::this_version_misplaced, span(node));
    case NodeKind::power:
      return power(node);
    case NodeKind::if_absent:
      return if_absent(node, hint);
    case NodeKind::counted_in:
      return counted_in(node);
    case NodeKind::per:
      return fail(Code::per_without_of, span(node));
    case NodeKind::of:
      return of(node);
    case NodeKind::negate:
      return negated(node, hint);
    case NodeKind::binary:
      return binary(node, hint);
    case NodeKind::rounded:
      return rounded(node);
    case NodeKind::compare:
      return compare(node, hint);
    case NodeKind::is:
      return is(node);
    case NodeKind::is_state:
      return is_state(node);
    case NodeKind::in:
      return in(node);
    case NodeKind::exists:
      return exists(node);
    case NodeKind::within:
      return within(node);
    case NodeKind::full:
      return full(node);
    case NodeKind::not_:
    case NodeKind::and_:
    case NodeKind::or_:
      return logic(node);
    case NodeKind::if_then:
      return if_then(node, hint);
    case NodeKind::set:
      return fail(Code::set_misplaced, span(node));
    case NodeKind::choose:
    case NodeKind::first_of:
      return choose(node, hint);
    case NodeKind::first_present:
    case NodeKind::agreed:
      return said_by_papers(node, hint);
    case NodeKind::bands:
      return bands(node);
    case NodeKind::aggregate:
      return source(*node.children[0], node.op, span(node));
    case NodeKind::quantifier:
      return quantifier(node);
    case NodeKind::extreme:
      return extreme(node);
    case NodeKind::grade_of:
      return grade_of(node);
    case NodeKind::elapsed:
      return elapsed(node);
    case NodeKind::undecided:
      return undecided(node, hint);
    case NodeKind::not_found:
      return not_found(node, hint);
    case NodeKind::discretion:
      return discretion(node);
    default:
      return fail(Code::name_is_no_value, span(node), {written(span(node))});
  }
}

// ---- literals
// ------------------------------------------------------------------------------------------------------------------

const Expr* Checker::literal(const Node& node, const Expected& hint) {
  const Span place = span(node);
  switch (node.kind) {
    case NodeKind::bool_literal:
      return truth(node.op == Keyword::yes, place);
    case NodeKind::date_literal:
      return date(tree_.literal(node).day, place);
    case NodeKind::sign_literal: {
      const Expr* value = infer(*node.children[0], hint);
      return node.sign == syntax::Sign::minus ? negated_value(value, place) : value;
    }
    case NodeKind::quantity_literal:
      return quantity(tree_.literal(node), place);
    default:
      break;
  }
  const syntax::Literal& literal = tree_.literal(node);
  if (hint.need == Expected::type && hint.type_.kind == TypeKind::region && literal.all_digits) {
    const auto region = parse_region(literal.digits);
    if (!region) return fail(Code::not_a_region, place, {literal.digits});
    check_province(context_, *region, place);
    Expr& expr = make(ExprKind::region, simple_type(TypeKind::region), place);
    expr.region = *region;
    return &expr;
  }
  Type type = number_type();
  type.percent = node.kind == NodeKind::percent_literal;
  // 80 where a share is wanted is 8000%, and meant for 80%.
  const bool share_wanted = hint.need == Expected::type && is_numeric(hint.type_) && hint.type_.percent;
  if (share_wanted && !type.percent && guiju::compare(literal.value, Rational(1)) > 0) {
    const auto hundredths = mul(literal.value, Rational(100));
    return fail(Code::share_above_one, place,
                {written(place), written(place) + "%", hundredths ? to_string(*hundredths) + "%" : std::string()});
  }
  return number(literal.value, type, place);
}

// No notice speaks of more; past it a digit too many was typed.
constexpr std::int64_t kMostMoney = 1'000'000'000'000'000'000;

// `1次`, `2周`, `30个工作日`: what to write where nobody declared the word as a unit; empty for other words.
static std::string without_unit(const syntax::Literal& literal) {
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), literal.unit) != words.end();
  };
  const std::string number = to_string(literal.value);
  if (is({"次", "个", "台", "件", "辆", "套", "户", "人", "份", "部", "笔", "times", "items", "pieces"}))
    return bilingual(number + " (what is counted has no unit)", number + "(计数不带单位)");
  if (is({"周", "个星期", "星期", "week", "weeks"})) {
    const auto days = mul(literal.value, Rational(7));
    if (days) return bilingual(to_string(*days) + " days", to_string(*days) + "天");
  }
  if (is({"工作日", "个工作日"})) return bilingual(number + " days (all days count)", number + "天(按自然日计)");
  return {};
}

const Expr* Checker::quantity(const syntax::Literal& literal, const Span& place) {
  if (const auto duration = find_duration_unit(literal.unit)) {
    if (duration->kind == DurationUnit::calendar_months) return fail(Code::calendar_months_misplaced, place);
    const auto amount = mul(literal.value, Rational(duration->factor));
    if (!amount || amount->num() > 1'000'000) return fail(Code::number_too_large, place, {written(place)});
    if (!amount->is_integer()) return fail(Code::duration_not_whole, place, {written(place)});
    const bool months = duration->kind == DurationUnit::months;
    Expr& expr = make(ExprKind::duration, duration_type(months ? DurationKind::months : DurationKind::days), place);
    (months ? expr.months : expr.days) = static_cast<std::int32_t>(amount->num());
    return &expr;
  }
  if (const std::string meant = without_unit(literal); !meant.empty() && scope_.find(literal.unit) == nullptr)
    return fail(Code::unknown_unit, place, {literal.unit, meant});
  const auto unit = resolve_unit(context_, scope_, literal.unit, place);
  if (!unit) return faulty(place);
  Type type = number_type();
  type.unit = *unit;
  const auto value = mul(literal.value, unit->factor);
  if (is_money(*unit) && (!value || guiju::compare(*value, Rational(kMostMoney)) > 0))
    return fail(Code::sum_too_large, place, {written(place)});
  return folded(value, type, place);
}

// ---- several expressions of one type
// -------------------------------------------------------------------------------------------

namespace {

// Says nothing about its own type: `no limit`, `not found`, an open text without readings.
bool is_typeless(const Node& node) {
  switch (node.kind) {
    case NodeKind::no_limit:
    case NodeKind::not_found:
      return true;
    case NodeKind::undecided:
      return node.child(NodeKind::reading) == nullptr;
    case NodeKind::parenthesised:
    case NodeKind::value:
      return node.children.size() == 1 && is_typeless(*node.children[0]);
    default:
      return false;
  }
}

}  // namespace

Type Checker::unify(std::vector<Alternative>& alternatives, const Expected& expected) {
  Expected wanted = expected;
  Type type;
  bool typed = false, optional = false, integer = true;
  for (const bool late : {false, true}) {
    for (Alternative& one : alternatives) {
      if (is_typeless(*one.node) != late) continue;
      Checker checker(context_, *one.scope, statement_, *one.tree);
      const Span place = one.tree->span(*one.node);
      one.expr = checker.measured(checker.scalar(checker.infer(*one.node, wanted), place), place);
      const Type& found = one.expr->type;
      if (found.kind == TypeKind::error) continue;
      optional = optional || found.optional;
      integer = integer && found.integer;
      if (!typed) {
        type = found;
        typed = true;
        if (wanted.need != Expected::type) wanted = Expected::of(type);
      } else if (!same_type(type, found)) {
        one.expr = is_numeric(type) && is_numeric(found)
                       ? fail(Code::units_differ, place, {unit_name(type.unit), unit_name(found.unit)})
                       : fail(Code::branches_differ, place, {describe(type), describe(found)});
      }
    }
  }
  type.optional = optional;
  type.integer = integer && typed;
  return type;
}

// ---- what the declarations call
// -------------------------------------------------------------------------------------------------

const Expr* check_expression(Context& context, Scope& scope, const Statement& statement, const Node& expr,
                             const Expected& expected, bool allow_optional) {
  return Checker(context, scope, statement, *statement.tree).check(expr, expected, allow_optional);
}

const Expr* check_value(Context& context, Scope& scope, const Statement& statement, const Node& value,
                        const Expected& expected, bool allow_optional) {
  return Checker(context, scope, statement, *statement.tree).check_value(value, expected, allow_optional);
}

const Expr* check_constant(Context& context, const Scope& scope, const syntax::Tree& tree, const Node& lit,
                           const Type& type) {
  Scope inner;
  inner.parent = &scope;
  inner.version = scope.version;
  inner.edition = scope.edition;
  Statement statement;
  statement.tree = &tree;
  statement.node = &lit;
  return Checker(context, inner, statement, tree).constant(lit, type);
}

const Expr* check_source(Context& context, Scope& scope, const Statement& statement, const Node& source, Keyword op) {
  Checker checker(context, scope, statement, *statement.tree);
  return checker.source(source, op, statement.tree->span(source));
}

}  // namespace guiju::model
