// Types compared and named in the words of a rule file.
#include "model/types.hpp"

#include "model/rulebook.hpp"

namespace guiju::model {
namespace {

bool same_element(const Type& a, const Type& b) {
  if (a.element == nullptr || b.element == nullptr) return true;  // an empty set fits every set
  return same_type(*a.element, *b.element);
}

std::string describe_numeric(const Type& type) {
  if (is_money(type.unit)) return "money";
  if (is_number(type.unit)) return type.integer ? "integer" : "number";
  return "number [" + type.unit.name + "]";
}

std::string describe_bare(const Type& type) {
  switch (type.kind) {
    case TypeKind::error:
      return "?";
    case TypeKind::boolean:
      return "bool";
    case TypeKind::numeric:
      return describe_numeric(type);
    case TypeKind::date:
      return "date";
    case TypeKind::duration:
      return type.duration == DurationKind::months ? "duration (months)"
             : type.duration == DurationKind::days ? "duration (days)"
                                                   : "duration (months and days)";
    case TypeKind::text:
      return "text";
    case TypeKind::region:
      return "region";
    case TypeKind::document:
      return "document";
    case TypeKind::enumerated:
      return type.enumeration != nullptr ? type.enumeration->name.primary : "enum";
    case TypeKind::record:
      return type.record != nullptr ? type.record->name.primary : "record";
    case TypeKind::list:
      return (type.history ? "history of " : "list of ") + (type.element ? describe(*type.element) : "?");
    case TypeKind::set:
      return "set of " + (type.element ? describe(*type.element) : "?");
    case TypeKind::span:
      return "span from … to …";
  }
  return "?";
}

}  // namespace

bool same_type(const Type& a, const Type& b) {
  if (a.kind == TypeKind::error || b.kind == TypeKind::error) return true;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case TypeKind::numeric:
      return same_dimension(a.unit, b.unit);
    case TypeKind::duration:
      return a.duration == b.duration;
    case TypeKind::enumerated:
      return a.enumeration == b.enumeration;
    case TypeKind::record:
      return a.record == b.record;
    case TypeKind::list:
    case TypeKind::set:
      return same_element(a, b);
    default:
      return true;
  }
}

std::string describe(const Type& type) {
  return (type.optional ? "optional " : "") + describe_bare(type);
}

}  // namespace guiju::model
