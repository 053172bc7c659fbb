// Rounding twice: what is rounded to a fen and then to a yuan may end one yuan off what rounding once gives.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

namespace {

std::optional<Rational> finer(std::optional<Rational> a, std::optional<Rational> b) {
  if (!a || !b) return a ? a : b;
  return guiju::compare(*a, *b) <= 0 ? a : b;
}

// Of a part or a whole whose value was rounded to `unit` before: warns, and gives the unit that it is rounded to at
// last.
std::optional<Rational> follow(Context& context, std::optional<Rational> unit, const std::string& what,
                               const std::vector<Adjustment>& adjustments) {
  for (const Adjustment& adjustment : adjustments) {
    if (adjustment.kind != Adjustment::round) continue;
    if (unit && guiju::compare(*unit, adjustment.unit) < 0)
      context.diagnostics.add(Code::rounded_twice, adjustment.span, {what});
    unit = adjustment.unit;
  }
  return unit;
}

}  // namespace

std::optional<Rational> finest_rounding(const Expr& value, unsigned depth) {
  constexpr unsigned kDeepest = 8;
  const Expr& expr = through_lets(value);
  if (depth > kDeepest) return std::nullopt;
  switch (expr.kind) {
    case ExprKind::round:
      return expr.value;
    case ExprKind::minimum:
    case ExprKind::maximum:
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::if_then:
    case ExprKind::choose:
    case ExprKind::first_of:
    case ExprKind::if_absent:
      break;
    default:
      return std::nullopt;
  }
  std::optional<Rational> finest;
  for (const Expr* argument : expr.args) finest = finer(finest, finest_rounding(*argument, depth + 1));
  return finest;
}

void warn_of_rounding_twice(Context& context, const Amount& amount) {
  std::optional<Rational> finest;
  for (const Part& part : amount.parts) {
    const std::string what = amount.single ? bilingual("the amount", "补贴") : part.name.primary;
    finest = finer(finest, follow(context, finest_rounding(*part.value), what, part.adjustments));
  }
  (void)follow(context, finest, bilingual("the amount", "补贴"), amount.adjustments);
}

}  // namespace guiju::model
