// Types compared and named in the words of a rule file.
#include "model/types.hpp"

#include "model/rulebook.hpp"

namespace guiju::model {
namespace {

bool same_element(const Type& a, const Type& b) {
  if (a.element == nullptr || b.element == nullptr) return true;  // an empty set fits every set
  return same_type(*a.element, *b.element);
}

std::string in(Language language, std::string_view en, std::string_view zh) {
  return std::string(language == Language::en ? en : zh);
}

std::string describe_numeric(const Type& type, Language language) {
  if (is_money(type.unit)) return in(language, "money", "金额");
  if (is_number(type.unit)) return type.integer ? in(language, "integer", "整数") : in(language, "number", "数");
  return in(language, "number", "数") + " [" + type.unit->name + "]";
}

std::string describe_element(const Type& type, Language language) {
  return type.element != nullptr ? describe(*type.element, language) : "?";
}

std::string describe_bare(const Type& type, Language language) {
  switch (type.kind) {
    case TypeKind::error:
      return "?";
    case TypeKind::boolean:
      return in(language, "bool", "是否");
    case TypeKind::numeric:
      return describe_numeric(type, language);
    case TypeKind::date:
      return in(language, "date", "日期");
    case TypeKind::duration:
      return type.duration == DurationKind::months ? in(language, "duration (months)", "期间(月)")
             : type.duration == DurationKind::days ? in(language, "duration (days)", "期间(日)")
                                                   : in(language, "duration (months and days)", "期间(月和日)");
    case TypeKind::text:
      return in(language, "text", "文本");
    case TypeKind::region:
      return in(language, "region", "地区码");
    case TypeKind::document:
      return in(language, "document", "凭证");
    case TypeKind::enumerated:
      return type.enumeration != nullptr ? type.enumeration->name.primary : in(language, "enum", "枚举");
    case TypeKind::record:
      return type.record != nullptr ? type.record->name.primary : in(language, "record", "记录");
    case TypeKind::list:
      return (type.history ? in(language, "history of ", "历次 ") : in(language, "list of ", "多个 ")) +
             describe_element(type, language);
    case TypeKind::set:
      return in(language, "set of ", "集合:") + describe_element(type, language);
    case TypeKind::span:
      return in(language, "span from … to …", "期间自 … 至 …");
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

std::string describe(const Type& type, Language language) {
  return (type.optional ? in(language, "optional ", "可缺 ") : std::string()) + describe_bare(type, language);
}

std::string describe(const Type& type) {
  return bilingual(describe(type, Language::en), describe(type, Language::zh));
}

std::string example(const Type& type) {
  switch (type.kind) {
    case TypeKind::numeric:
      if (is_money(type.unit)) return bilingual("300 yuan", "300元");
      return is_number(type.unit) ? "3" : "3 " + type.unit->name;
    case TypeKind::date:
      return "2024-07-25";
    case TypeKind::text:
      return bilingual("\"…\"", "“…”");
    default:
      return {};
  }
}

}  // namespace guiju::model
