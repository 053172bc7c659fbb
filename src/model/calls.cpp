// What is written with parentheses after a name: built-in functions, let functions (expanded where they are called),
// tables; and the grade of something by a standard.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/checker.hpp"
#include "model/results.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

enum Function : int { absolute, minimum, maximum, logarithm, year, year_start, year_end };

struct BuiltIn {
  std::string_view english, chinese;
  Function function;
};
constexpr BuiltIn kBuiltIns[] = {
    {"abs", "绝对值", absolute},       {"min", "较小", minimum},  {"max", "较大", maximum},
    {"ln", "自然对数", logarithm},     {"year_of", "年份", year}, {"start_of_year", "年初", year_start},
    {"end_of_year", "年末", year_end},
};

const BuiltIn* find_built_in(std::string_view name) {
  for (const BuiltIn& one : kBuiltIns) {
    if (one.english == name || one.chinese == name) return &one;
  }
  return nullptr;
}

const Node* stripped(const Node& node) {
  const Node* at = &node;
  while ((at->kind == NodeKind::value || at->kind == NodeKind::parenthesised) && at->children.size() == 1)
    at = at->children[0];
  return at;
}

const BuiltIn* built_in_of(const Node& call, const syntax::Tree& tree) {
  if (call.kind != NodeKind::call || call.children.empty() || call.children[0]->kind != NodeKind::name_ref)
    return nullptr;
  return find_built_in(tree.name_text(*call.children[0]->children[0]));
}

bool is_ln(const Node& node, const syntax::Tree& tree) {
  const BuiltIn* function = built_in_of(node, tree);
  return function != nullptr && function->function == logarithm;
}

}  // namespace

// `ln(x)` and powers that are no small whole number are never exact: the rounding written around them belongs to them.
bool Checker::needs_rounding(const Node& node, const syntax::Tree& tree) {
  const Node& bare = *stripped(node);
  if (is_ln(bare, tree)) return true;
  if (bare.kind != NodeKind::power || bare.children.size() != 2) return false;
  const Node& exponent = *stripped(*bare.children[1]);
  if (exponent.kind != NodeKind::number_literal) return true;
  const Rational& value = tree.literal(exponent).value;
  return !(value.is_integer() && value.num() >= 0 && value.num() <= 6);
}

const Expr* Checker::rounded_function(const Node& node, Rounding mode, const Rational& unit, const Span& place) {
  const Node& bare = *stripped(node);
  const auto fine = Rational::make(1, 1'000'000'000'000);
  if (guiju::compare(unit, *fine) < 0) return fail(Code::rounding_too_fine, place);
  if (is_ln(bare, tree_)) {
    if (bare.children.size() != 2) return fail(Code::argument_count, place, {"ln", "1"});
    const Expr* argument = check(*bare.children[1], Expected::of(number_type()));
    if (argument->kind == ExprKind::error) return argument;
    if (const auto value = constant_number(*argument); value && value->sign() <= 0)
      return fail(Code::ln_of_nothing, place, {written(place)});
    Expr& expr = make(ExprKind::ln, number_type(), place, {argument});
    expr.rounding = mode;
    expr.value = unit;
    return &expr;
  }
  const Expr* base = check(*bare.children[0], Expected::of(number_type()));
  const Expr* exponent = check(*bare.children[1], Expected::of(number_type()));
  if (base->kind == ExprKind::error || exponent->kind == ExprKind::error) return faulty(place);
  const auto value = constant_number(*exponent);
  if (!value) return fail(Code::exponent_not_constant, span(*bare.children[1]));
  if (value->is_integer() && value->num() >= 0 && value->num() <= 6) return round(power(bare), mode, unit, place);
  Expr& expr = make(ExprKind::power, number_type(), place, {base});
  expr.value = *value;
  expr.rounding = mode;
  expr.rounding_unit = unit;
  return &expr;
}

const Expr* Checker::built_in(int function, const Node& node) {
  const Span place = span(node);
  const std::string name = written(span(*node.children[0]));
  const std::size_t count = node.children.size() - 1;
  if (function == minimum || function == maximum) {
    if (count < 2) return fail(Code::argument_count, place, {name, "2"});
    std::vector<const Expr*> args;
    Expected hint = Expected::a_number();
    for (std::size_t i = 1; i <= count; ++i) {
      args.push_back(operand(*node.children[i], hint));
      if (args.back()->type.kind != TypeKind::error) hint = Expected::of(args.back()->type);
    }
    return extremum(function == minimum ? ExprKind::minimum : ExprKind::maximum, std::move(args), place);
  }
  if (count != 1) return fail(Code::argument_count, place, {name, "1"});
  if (function == logarithm) return fail(Code::rounding_compulsory, place, {written(place)});
  if (function == absolute) {
    const Expr* value = check(*node.children[1], Expected::a_number());
    if (value->kind == ExprKind::error) return value;
    if (const auto known = constant_number(*value))
      return known->sign() < 0 ? folded(guiju::negate(*known), value->type, place) : value;
    return &make(ExprKind::absolute, value->type, place, {value});
  }
  const Expr* day = check(*node.children[1], Expected::of(simple_type(TypeKind::date)));
  if (day->kind == ExprKind::error) return day;
  const bool known = through_lets(*day).kind == ExprKind::date;
  const Day value = through_lets(*day).day;
  if (function == year) {
    if (known) return number(Rational(guiju::year_of(value)), number_type(true), place);
    return &make(ExprKind::year_of, number_type(true), place, {day});
  }
  const bool start = function == year_start;
  if (known) return date(start ? guiju::start_of_year(value) : guiju::end_of_year(value), place);
  return &make(start ? ExprKind::start_of_year : ExprKind::end_of_year, simple_type(TypeKind::date), place, {day});
}

Resolved Checker::call(const Node& node, const Expected& hint) {
  if (node.children.empty()) return {};
  const Node& callee = *node.children[0];
  if (const BuiltIn* function = built_in_of(node, tree_)) return of_value(built_in(function->function, node));
  if (context_.depth >= kMaxDepth)
    return of_value(fail(Code::nested_too_deep, span(node), {std::to_string(kMaxDepth)}));
  ++context_.depth;
  const Resolved what = resolve(callee, Expected::anything());
  --context_.depth;
  switch (what.kind) {
    case Resolved::fault:
      return {};
    case Resolved::table:
      return look_up(*what.table_, node);
    case Resolved::function:
      return expand(*what.let, node, hint);
    case Resolved::row:
      (void)fail(Code::table_takes_no_keys, span(node), {what.table_->name.primary});
      return {};
    default:
      (void)fail(Code::cannot_be_called, span(callee), {written(span(callee))});
      return {};
  }
}

Resolved Checker::look_up(const Table& table, const Node& node) {
  const std::size_t count = node.children.size() - 1;
  if (count != table.keys.size()) {
    (void)fail(Code::argument_count, span(node), {table.name.primary, std::to_string(table.keys.size())});
    return {};
  }
  Resolved row;
  row.kind = Resolved::row;
  row.table_ = &table;
  for (std::size_t i = 0; i < count; ++i) {
    const Type& type = table.keys[i].type;
    const Expr* key = type.kind == TypeKind::duration ? duration_key(*node.children[i + 1], type, type.optional)
                                                      : check(*node.children[i + 1], Expected::of(type), type.optional);
    if (key->kind == ExprKind::error) row.kind = Resolved::fault;
    row.keys.push_back(key);
  }
  return row;
}

Resolved Checker::expand(LetEntry& function, const Node& node, const Expected& hint) {
  const Node& declaration = *function.statement.node;
  const auto params = declaration.all(NodeKind::param);
  const Span place = span(node);
  if (node.children.size() - 1 != params.size())
    return of_value(
        fail(Code::argument_count, place, {written(span(*node.children[0])), std::to_string(params.size())}));
  if (++context_.expansions > kMaxExpansions) return of_value(fail(Code::expressions_too_many, place));
  Scope inner;
  inner.parent = function.scope;
  inner.version = function.scope->version;
  inner.edition = function.scope->edition;
  for (const Scope* scope = &scope_; scope != nullptr; scope = scope->parent)
    inner.known.insert(inner.known.end(), scope->known.begin(), scope->known.end());
  bool good = true;
  for (std::size_t i = 0; i < params.size(); ++i) {
    const Node* type_node = params[i]->child(NodeKind::type);
    const auto type = type_node != nullptr
                          ? resolve_type(context_, *function.scope, *function.statement.tree, *type_node)
                          : std::nullopt;
    if (!type) return {};
    Symbol symbol;
    symbol.primary = std::string(function.statement.tree->name_text(*params[i]->children[0]));
    const Node& argument = *node.children[i + 1];
    if (type->kind == TypeKind::record || type->kind == TypeKind::list) {
      const Resolved what = resolve(argument, Expected::anything());
      if (what.kind == Resolved::fault) {
        good = false;
        continue;
      }
      if (what.kind != Resolved::fact || !same_type(what.type, *type)) {
        (void)fail(Code::other_type_needed, span(argument),
                   {describe(*type), written(span(argument)), describe(what.type)});
        good = false;
        continue;
      }
      if (what.type.optional && !type->optional)
        good = present(as_value(what, span(argument)), span(argument))->kind != ExprKind::error && good;
      symbol.kind = Symbol::bound_path;
      symbol.path_ = what.path;
      symbol.type_ = what.type;
    } else {
      symbol.kind = Symbol::bound_value;
      symbol.value_ = check(argument, Expected::of(*type), type->optional);
      good = good && symbol.value_->kind != ExprKind::error;
    }
    inner.symbols[symbol.primary] = symbol;
  }
  if (!good) return {};
  std::optional<Type> declared;
  if (const Node* type_node = declaration.child(NodeKind::type)) {
    declared = resolve_type(context_, *function.scope, *function.statement.tree, *type_node);
    if (!declared) return {};
  }
  function.state = LetEntry::checking;
  Checker body(context_, inner, function.statement, *function.statement.tree);
  const Node& written_value = *declaration.child(NodeKind::value);
  if (!declared && may_name_a_thing(bare_expression(written_value))) {
    ++context_.depth;
    Resolved thing = body.resolve(bare_expression(written_value), hint);
    --context_.depth;
    function.state = LetEntry::done;
    return thing;
  }
  ++context_.depth;
  // What the place of the call needs settles names and caps in the body; whether it fits is said at the call.
  const Expr* value = declared ? body.check_value(written_value, Expected::of(*declared), declared->optional)
                               : body.scalar(body.inner_value(written_value, hint), place);
  --context_.depth;
  function.state = LetEntry::done;
  return of_value(value);
}

namespace {

// A grade that is missing because of a mistake in the standard was reported there.
bool has_error_inside(const Diagnostics& diagnostics, const Span& span) {
  return std::any_of(diagnostics.all().begin(), diagnostics.all().end(), [&](const Diagnostic& one) {
    return info(one.code).severity == Severity::error && one.span.file == span.file && one.span.begin >= span.begin &&
           one.span.end <= span.end;
  });
}

}  // namespace

// ---- the grade of something by a standard
// ----------------------------------------------------------------------------------------

const Expr* Checker::grade_of(const Node& node) {
  const Span place = span(node);
  const Node* standard_name = node.child(NodeKind::qualified_name);
  if (standard_name == nullptr) return faulty(place);
  const auto names = standard_name->all(NodeKind::name);
  const Symbol* symbol = names.size() == 1 ? scope_.find(name(*names[0])) : nullptr;
  if (symbol == nullptr) {
    report_unknown(written(span(*standard_name)), span(*standard_name), Expected::anything());
    return faulty(place);
  }
  if (symbol->kind == Symbol::other) return faulty(place);
  if (symbol->kind != Symbol::standard || symbol->standard_ == nullptr)
    return fail(Code::standard_needed, span(*standard_name), {written(span(*standard_name))});
  const Standard& standard = *symbol->standard_;
  if (!resolve_standard(context_, standard)) return faulty(place);
  std::vector<const Node*> arguments;
  for (const Node* child : node.children) {
    if (child == standard_name) break;
    if (child->kind != NodeKind::name) arguments.push_back(child);  // the name is that of the result
  }
  if (arguments.size() != standard.givens.size())
    return fail(Code::argument_count, place, {standard.name.primary, std::to_string(standard.givens.size())});

  StandardCall call;
  call.standard = &standard;
  bool good = true;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type& type = standard.givens[i].type;
    const Node& argument = *arguments[i];
    call.record_arguments.emplace_back();
    call.value_arguments.push_back(nullptr);
    if (type.kind != TypeKind::record && type.kind != TypeKind::list) {
      call.value_arguments.back() = check(argument, Expected::of(type), type.optional);
      good = good && call.value_arguments.back()->kind != ExprKind::error;
      continue;
    }
    const Resolved what = resolve(argument, Expected::anything());
    if (what.kind == Resolved::fault) {
      good = false;
    } else if (what.kind != Resolved::fact || !same_type(what.type, type)) {
      (void)fail(Code::other_type_needed, span(argument),
                 {describe(type), written(span(argument)), describe(what.type)});
      good = false;
    } else {
      if (what.type.optional && !type.optional)
        good = present(as_value(what, span(argument)), span(argument))->kind != ExprKind::error && good;
      call.record_arguments.back() = what.path;
    }
  }
  if (const Node* edition = node.child(NodeKind::grade_edition)) {
    call.edition = std::string(name(*edition->children[0]));
    const auto& editions = standard.editions;
    const bool found =
        std::any_of(editions.begin(), editions.end(), [&](const Edition& one) { return one.name == call.edition; });
    if (!editions.empty() && !found) {
      (void)fail(Code::no_such_edition, span(*edition->children[0]), {standard.name.primary, call.edition});
      good = false;
    }
  }
  if (const Node* as_at = node.child(NodeKind::grade_as_at)) {
    call.as_at = check(*as_at->children[0], Expected::of(simple_type(TypeKind::date)));
    good = good && call.as_at->kind != ExprKind::error;
  }
  if (!good) return faulty(place);
  if (node.op == Keyword::result) return result_of(node, std::move(call));
  if (standard.scale == nullptr && has_error_inside(context_.diagnostics, standard.span)) return faulty(place);
  if (standard.scale == nullptr)
    return fail(Code::standard_without_grade, span(*standard_name), {standard.name.primary});
  Expr& expr = make(ExprKind::grade, enumerated_type(*standard.scale), place);
  expr.call = &context_.rulebook.calls.emplace_back(std::move(call));
  return &expr;
}

const Expr* Checker::result_of(const Node& node, StandardCall call) {
  const Standard& standard = *call.standard;
  const Node& named = *node.child(NodeKind::name);
  call.result = std::string(name(named));
  const auto type = result_type(standard, call.result, call.edition);
  if (!type) {
    if (has_error_inside(context_.diagnostics, standard.span)) return faulty(span(node));
    const auto known = result_names(standard);
    std::vector<std::string> arguments{standard.name.primary, call.result};
    if (const auto nearest = nearest_name(call.result, known)) arguments.push_back(*nearest);
    return fail(Code::no_such_result, span(named), std::move(arguments));
  }
  Expr& expr = make(ExprKind::result_of, *type, span(node));
  expr.call = &context_.rulebook.calls.emplace_back(std::move(call));
  return &expr;
}

}  // namespace guiju::model
