// What is known once a condition holds: that a fact exists, which members it can be, that the very same condition holds
// again.
#include <algorithm>
#include <tuple>

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

// Whether canonical() has a text for it.
bool is_canonical(const Expr& expr) {
  return expr.list == nullptr && expr.choice == nullptr && expr.call == nullptr && expr.bands.empty() &&
         expr.kind != ExprKind::error && expr.kind != ExprKind::let;
}

// As the texts of canonical() are, without making them.
bool same_canonical(const Expr& one, const Expr& other) {
  const Expr& a = through_lets(one);
  const Expr& b = through_lets(other);
  if (!is_canonical(a) || !is_canonical(b)) return false;
  const auto is_read = [](const Expr& e) { return e.kind == ExprKind::fact || e.kind == ExprKind::entry; };
  if (is_read(a) || is_read(b)) return is_read(a) && is_read(b) && path_key(a.path) == path_key(b.path);
  const auto own = [](const Expr& e) {
    return std::tie(e.kind, e.value, e.rounding_unit, e.rounding, e.relation, e.edge, e.window, e.state, e.day,
                    e.months, e.days, e.region, e.member, e.mask, e.truth, e.text, e.column, e.table);
  };
  return own(a) == own(b) && std::equal(a.args.begin(), a.args.end(), b.args.begin(), b.args.end(),
                                        [](const Expr* x, const Expr* y) { return same_canonical(*x, *y); });
}

bool same_condition(const Expr* a, const Expr* b) {
  return a == nullptr || b == nullptr ? a == b : same_canonical(*a, *b);
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

void add_facts(const Expr& condition, bool holds, std::vector<Known>& facts);

void add_all_of_args(const Expr& expr, bool holds, std::vector<Known>& facts) {
  for (const Expr* argument : expr.args) add_facts(*argument, holds, facts);
}

void add_any_of_args(const Expr& expr, bool holds, std::vector<Known>& facts) {
  std::vector<Known> shared;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    std::vector<Known> own = facts_of(*expr.args[i], holds);
    shared = i == 0 ? std::move(own) : common(shared, own);
    if (shared.empty()) return;
  }
  for (Known& known : shared) facts.push_back(std::move(known));
}

void add_facts(const Expr& condition, bool holds, std::vector<Known>& facts) {
  const Expr& expr = through_lets(condition);
  Known known;
  switch (expr.kind) {
    case ExprKind::and_:
      return holds ? add_all_of_args(expr, true, facts) : add_any_of_args(expr, false, facts);
    case ExprKind::or_:
      return holds ? add_any_of_args(expr, true, facts) : add_all_of_args(expr, false, facts);
    case ExprKind::not_:
      return add_facts(*expr.args[0], !holds, facts);
    case ExprKind::exists:
      if (!holds) return;
      known.path = key_of(*expr.args[0]);
      known.exists = true;
      if (known.path.empty()) return;
      break;
    case ExprKind::in_mask:
      known.path = key_of(*expr.args[0]);
      known.has_mask = true;
      known.mask = holds ? expr.mask : ~expr.mask;
      if (known.path.empty()) return;
      break;
    case ExprKind::fact:
    case ExprKind::entry:
      if (expr.type.kind != TypeKind::boolean) return;
      known.path = path_key(expr.path);
      known.has_mask = true;
      known.mask = holds ? 2 : 1;
      break;
    default:
      if (!holds) return;
      known.condition = &expr;
      break;
  }
  facts.push_back(std::move(known));
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
  if (!is_canonical(expr)) return {};
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
  std::vector<Known> facts;
  add_facts(condition, holds, facts);
  return facts;
}

void narrow(Scope& scope, const Expr& condition, bool holds) {
  add_facts(condition, holds, scope.known);
}

}  // namespace guiju::model
