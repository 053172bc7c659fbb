// `other` in `counting other claims`: all entries but the one of the case being decided. Both carry a field marked
// `key`; the entry whose key is that of the case is the case itself.
#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

namespace {

// The fields marked `key`; none where the type is no record.
std::vector<const Field*> keys_of(const Type& type) {
  std::vector<const Field*> out;
  if (type.kind != TypeKind::record || type.record == nullptr) return out;
  for (const Field& field : type.record->fields) {
    if (field.key) out.push_back(&field);
  }
  return out;
}

// What the case is known by: the key of a given record.
std::vector<Path> keys_of_givens(const Scope& scope, const Type& wanted) {
  std::vector<Path> out;
  for (const Scope* at = &scope; at != nullptr; at = at->parent) {
    for (const auto& [name, symbol] : at->symbols) {
      // A given has a symbol for each of its names.
      if (symbol.kind != Symbol::given || name != symbol.primary) continue;
      for (const Field* key : keys_of(symbol.given_->type)) {
        if (!same_type(key->type, wanted)) continue;
        Path& path = out.emplace_back();
        path.given = symbol.given_;
        path.fields.push_back(key);
      }
    }
  }
  return out;
}

}  // namespace

// That the entry is not the case itself. A key that is absent, here or there, tells the two apart.
const Expr* Checker::is_other(const Entry& entry, const Span& place) {
  const std::vector<const Field*> own = keys_of(entry.type);
  const std::string list_type = describe(entry.type);
  if (own.size() != 1) return fail(Code::other_without_key, place, {list_type});
  std::vector<Path> cases = keys_of_givens(scope_, own[0]->type);
  if (cases.size() > 1) {
    std::erase_if(cases, [&](const Path& p) { return p.fields[0]->name.primary != own[0]->name.primary; });
  }
  if (cases.size() != 1) return fail(Code::other_than_what, place, {own[0]->name.primary, describe(own[0]->type)});

  Path of_entry;
  of_entry.entry = &entry;
  of_entry.fields.push_back(own[0]);
  std::vector<const Expr*> truths;
  Scope inner = below();
  for (const Path& path : {of_entry, cases[0]}) {
    const Expr* key = as_value(of_path(path), place);
    if (!key->type.optional) continue;
    truths.push_back(&make(ExprKind::exists, simple_type(TypeKind::boolean), place, {key}));
    narrow(inner, *truths.back());
  }
  Checker present_keys = inside(inner);
  const Expr* left = present_keys.as_value(present_keys.of_path(of_entry), place);
  const Expr* right = present_keys.as_value(present_keys.of_path(cases[0]), place);
  truths.push_back(left->type.kind == TypeKind::enumerated ? is_members(left, right, syntax::Keyword::none, place)
                                                           : relate(left, Relation::equal, right, place));
  const Expr* same =
      truths.size() == 1 ? truths[0] : &make(ExprKind::and_, simple_type(TypeKind::boolean), place, std::move(truths));
  return negation(same, place);
}

}  // namespace guiju::model
