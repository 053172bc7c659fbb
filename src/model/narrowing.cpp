// What is known once a condition holds: that a fact exists, which members it can be, that the very same condition holds
// again.
#include "model/checker.hpp"

namespace guiju::model {
namespace {

std::string names_of(const std::vector<const Field*>& fields) {
  std::string text;
  for (const Field* field : fields) text += "." + field->name.primary;
  return text;
}

// The address tells entries apart that carry the same name; keys never leave the checker.
std::string entry_key(const Entry* entry) {
  return "entry " + std::to_string(reinterpret_cast<std::uintptr_t>(entry));
}

std::string joined(const Expr& expr, std::string text, const Entry* self, const Path* container) {
  for (const Expr* argument : expr.args) {
    const std::string inner = canonical(*argument, self, container);
    if (inner.empty()) return {};
    text += "," + inner;
  }
  return text + ")";
}

// Conditions are many and seldom compared: their texts are made only then.
bool same_condition(const Expr* a, const Expr* b) {
  if (a == nullptr || b == nullptr) return a == b;
  if (a->kind != b->kind || a->args.size() != b->args.size()) return false;
  const std::string text = canonical(*a);
  return !text.empty() && text == canonical(*b);
}

// Facts that both lists establish, with either's members possible.
std::vector<Known> common(const std::vector<Known>& a, const std::vector<Known>& b) {
  std::vector<Known> result;
  for (const Known& one : a) {
    for (const Known& other : b) {
      if (one.path != other.path || one.has_mask != other.has_mask || one.exists != other.exists) continue;
      if (!same_condition(one.condition, other.condition)) continue;
      Known both = one;
      both.mask |= other.mask;
      result.push_back(std::move(both));
      break;
    }
  }
  return result;
}

std::vector<Known> all_of_args(const Expr& expr, bool holds) {
  std::vector<Known> result;
  for (const Expr* argument : expr.args) {
    for (Known& known : facts_of(*argument, holds)) result.push_back(std::move(known));
  }
  return result;
}

std::vector<Known> any_of_args(const Expr& expr, bool holds) {
  std::vector<Known> result;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    std::vector<Known> facts = facts_of(*expr.args[i], holds);
    result = i == 0 ? std::move(facts) : common(result, facts);
  }
  return result;
}

}  // namespace

std::string path_key(const Path& path) {
  std::string key = path.given != nullptr   ? path.given->name.primary
                    : path.entry != nullptr ? entry_key(path.entry)
                                            : "";
  return key + names_of(path.fields);
}

std::string key_of(const Expr& expr) {
  const Expr& value = through_lets(expr);
  if (value.kind == ExprKind::fact || value.kind == ExprKind::entry) return path_key(value.path);
  if (expr.kind == ExprKind::let) {
    const Expr* last = &expr;  // the innermost name: two names of one value know the same
    while (last->let->value != nullptr && last->let->value->kind == ExprKind::let) last = last->let->value;
    return "let " + std::to_string(reinterpret_cast<std::uintptr_t>(last->let));
  }
  return {};
}

std::string canonical(const Expr& written, const Entry* self, const Path* container) {
  const Expr& expr = through_lets(written);
  if (expr.list != nullptr || expr.choice != nullptr || expr.call != nullptr || !expr.bands.empty()) return {};
  if (expr.kind == ExprKind::error || expr.kind == ExprKind::let) return {};
  if (expr.kind == ExprKind::fact || expr.kind == ExprKind::entry) {
    if (self != nullptr && expr.path.entry == self) return path_key(*container) + names_of(expr.path.fields);
    return path_key(expr.path);
  }
  std::string text =
      std::to_string(static_cast<int>(expr.kind)) + "(" + to_string(expr.value) + "," + to_string(expr.rounding_unit);
  text += "," + std::to_string(static_cast<int>(expr.rounding)) + "," + std::to_string(static_cast<int>(expr.relation));
  text += "," + std::to_string(static_cast<int>(expr.edge)) + "," + std::to_string(static_cast<int>(expr.window));
  text += "," + std::to_string(static_cast<int>(expr.state)) + "," + std::to_string(expr.day) + "," +
          std::to_string(expr.months);
  text += "," + std::to_string(expr.days) + "," + std::to_string(expr.region) + "," + std::to_string(expr.member);
  text += "," + std::to_string(expr.mask) + "," + (expr.truth ? "1" : "0") + "," + expr.text + "," +
          std::to_string(expr.column);
  text += "," + std::to_string(reinterpret_cast<std::uintptr_t>(expr.table));
  return joined(expr, std::move(text), self, container);
}

std::vector<Known> facts_of(const Expr& condition, bool holds) {
  const Expr& expr = through_lets(condition);
  Known known;
  switch (expr.kind) {
    case ExprKind::and_:
      return holds ? all_of_args(expr, true) : any_of_args(expr, false);
    case ExprKind::or_:
      return holds ? any_of_args(expr, true) : all_of_args(expr, false);
    case ExprKind::not_:
      return facts_of(*expr.args[0], !holds);
    case ExprKind::exists:
      known.path = key_of(*expr.args[0]);
      known.exists = true;
      if (!holds || known.path.empty()) return {};
      return {known};
    case ExprKind::in_mask:
      known.path = key_of(*expr.args[0]);
      known.has_mask = true;
      known.mask = holds ? expr.mask : ~expr.mask;
      if (known.path.empty()) return {};
      return {known};
    case ExprKind::fact:
    case ExprKind::entry:
      if (expr.type.kind != TypeKind::boolean) return {};
      known.path = path_key(expr.path);
      known.has_mask = true;
      known.mask = holds ? 2 : 1;
      return {known};
    default:
      if (!holds) return {};
      known.condition = &expr;
      return {known};
  }
}

void narrow(Scope& scope, const Expr& condition, bool holds) {
  for (Known& known : facts_of(condition, holds)) scope.known.push_back(std::move(known));
}

}  // namespace guiju::model
