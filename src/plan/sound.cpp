// See sound.hpp.
#include "plan/sound.hpp"

#include <algorithm>

namespace guiju::plan {

using model::Expr;
using model::ExprKind;
using model::TypeKind;

bool Soundness::of(const Expr* expr) {
  if (expr == nullptr || expr->kind == ExprKind::error || expr->type.kind == TypeKind::error) return false;
  if (expr->call != nullptr || expr->catalogue != nullptr) return false;
  if (!seen_.insert(expr).second) return true;
  if (expr->kind == ExprKind::let && (expr->let == nullptr || !of(expr->let->value))) return false;
  if (expr->choice != nullptr && (expr->choice->least != nullptr || expr->choice->most != nullptr)) return false;
  if (expr->table != nullptr && !of(*expr->table)) return false;
  for (const Expr* more : {expr->where, expr->term}) {
    if (more != nullptr && !of(more)) return false;
  }
  return std::all_of(expr->args.begin(), expr->args.end(), [this](const Expr* arg) { return of(arg); });
}

bool Soundness::of(const model::Table& table) {
  if (!seen_.insert(&table).second) return true;
  const auto sound = [this](const Expr* expr) { return of(expr); };
  if (!std::all_of(table.key_paths.begin(), table.key_paths.end(), sound)) return false;
  if (table.otherwise == model::Table::value && !of(table.otherwise_value)) return false;
  for (const model::Row& row : table.rows) {
    if (row.keys.size() != table.keys.size() || row.results.size() != table.results.size()) return false;
    for (const model::ResultCell& cell : row.results) {
      if (cell.kind == model::ResultCell::value && !of(cell.expr)) return false;
    }
  }
  return !table.rows.empty();
}

bool Soundness::of(const model::Type& type) {
  if (type.kind == TypeKind::error) return false;
  if (type.element != nullptr && !of(*type.element)) return false;
  if (type.kind == TypeKind::enumerated) return type.enumeration != nullptr && !type.enumeration->members.empty();
  if (type.kind != TypeKind::record) return true;
  if (type.record == nullptr) return false;
  if (!seen_.insert(type.record).second) return true;
  return std::all_of(type.record->fields.begin(), type.record->fields.end(), [this](const model::Field& field) {
    return of(field.type) && (field.when == nullptr || of(field.when));
  });
}

bool Soundness::of(const std::deque<model::Given>& givens) {
  return std::all_of(givens.begin(), givens.end(), [this](const model::Given& given) { return of(given.type); });
}

bool Soundness::of(const std::vector<model::Adjustment>& adjustments) {
  return std::all_of(adjustments.begin(), adjustments.end(),
                     [this](const model::Adjustment& a) { return a.kind == model::Adjustment::round || of(a.bound); });
}

bool Soundness::of(const model::Part& part) {
  if (!of(part.value) || (part.when != nullptr && !of(part.when)) || !of(part.adjustments)) return false;
  return std::all_of(part.requirements.begin(), part.requirements.end(),
                     [this](const model::Requirement& r) { return of(r.condition); });
}

bool Soundness::of(const model::Amount& amount) {
  return !amount.parts.empty() && of(amount.adjustments) &&
         std::all_of(amount.parts.begin(), amount.parts.end(), [this](const model::Part& part) { return of(part); });
}

bool Soundness::of(const model::Version& version) {
  if (!version.amount || !of(*version.amount)) return false;
  return std::all_of(version.requirements.begin(), version.requirements.end(), [this](const model::Requirement& r) {
    return !r.paying_the_rest || (of(r.condition) && of(r.counted));
  });
}

}  // namespace guiju::plan
