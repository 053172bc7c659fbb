// Rulebooks, their programmes and standards, and the fields of facts.
#include <algorithm>
#include <map>

#include "boundary.hpp"
#include "values.hpp"
#include "values/region_names.hpp"

namespace guiju::capi {
namespace {

using plan::FieldInfo;
using plan::SlotClass;

// Lists of lists of lists …: a record may hold a list of its own kind. Beyond this depth a host uses JSON.
constexpr int kDeepestLists = 4;

std::string in_unit(i128 c, const FieldInfo& field) {
  const auto canonical = mul(Rational::whole(c), field.q);
  const auto written = canonical ? div(*canonical, field.unit_factor) : std::nullopt;
  return written ? to_string(*written) : std::string();
}

FieldTexts describe(const gj_field& field) {
  const FieldInfo& info = *field.info;
  const gj_program& program = *field.program;
  FieldTexts texts;
  texts.allowed = run::Facts(program.rulebook->plan, program.index).allowed(info);
  if (info.cls == SlotClass::number) {
    texts.least = in_unit(info.least, info);
    texts.most = in_unit(info.most, info);
    texts.step = in_unit(1, info);
  } else if (info.cls == SlotClass::day) {
    texts.least = to_iso(static_cast<Day>(info.least));
    texts.most = to_iso(static_cast<Day>(info.most));
  }
  return texts;
}

class FieldBuilder {
 public:
  FieldBuilder(gj_rulebook& rulebook, gj_program& program) : rulebook_(rulebook), program_(program) {}

  void build() { program_.fields = add_layout(program_.info().layout, nullptr, 0); }

 private:
  std::vector<const gj_field*> add_layout(const plan::Layout& layout, const gj_field* list, int depth) {
    std::vector<const gj_field*> added;
    added.reserve(layout.fields.size());
    for (plan::Index i = 0; i < layout.fields.size(); ++i) {
      if (layout.fields[i].host_day != FieldInfo::no_day) continue;  // no fact: gj_decision_set_as_at
      gj_field& field = rulebook_.fields.emplace_back();
      field.program = &program_;
      field.list = list;
      field.info = &layout.fields[i];
      field.index = i;
      added.push_back(&field);
      if (field.info->cls != SlotClass::list) continue;
      field.list_number = program_.list_count++;
      if (depth < kDeepestLists)
        field.elements = add_layout(rulebook_.plan->layouts[field.info->element], &field, depth + 1);
    }
    return added;
  }

  gj_rulebook& rulebook_;
  gj_program& program_;
};

std::vector<const FieldInfo*> addresses(const plan::Layout& layout) {
  std::vector<const FieldInfo*> out;
  for (const FieldInfo& field : layout.fields) out.push_back(&field);
  return out;
}

std::int32_t kind_out(plan::ProgramInfo::Kind kind) {
  switch (kind) {
    case plan::ProgramInfo::standard:
      return GJ_STANDARD;
    case plan::ProgramInfo::duty:
      return GJ_DUTY;
    case plan::ProgramInfo::targets:
      return GJ_TARGET_TABLE;
    default:
      return GJ_PROGRAM;
  }
}

// A version of a programme or an edition of a standard.
template <typename Version>
gj_version_info version_out(const Version& version, bool english) {
  gj_version_info value{};
  value.name = text_out(version.name);
  value.label = text_out(version.label.in(english));
  value.from = version.has_from ? date_out(version.from) : gj_date{0, 0, 0};
  value.to = version.has_to ? date_out(version.to) : gj_date{0, 0, 0};
  return value;
}

bool has_path(const FieldInfo& info, std::string_view path) {
  return info.path == path || std::find(info.aliases.begin(), info.aliases.end(), path) != info.aliases.end();
}

const gj_field* find_path(const std::vector<const gj_field*>& fields, const char* path, std::size_t size) {
  if (path == nullptr && size != 0) return nullptr;
  const std::string_view wanted(size == 0 ? "" : path, size);
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const gj_field* f) { return has_path(*f->info, wanted); });
  return found == fields.end() ? nullptr : *found;
}

gj_text text_at(const std::vector<std::string>& texts, std::size_t index) {
  return index < texts.size() ? text_out(texts[index]) : no_text();
}

const plan::EnumInfo& members_of(const gj_field& field) {
  if (field.info->cls != SlotClass::member) throw Failure{GJ_E_KIND, "该项不是枚举", "the field has no members"};
  return field.program->rulebook->plan->enums[field.info->enumeration];
}

gj_field_kind kind_of(const FieldInfo& info) {
  switch (info.cls) {
    case SlotClass::truth:
      return GJ_TRUTH;
    case SlotClass::number:
      return GJ_NUMBER;
    case SlotClass::member:
      return GJ_MEMBER;
    case SlotClass::day:
      return GJ_DATE;
    case SlotClass::months:
      return GJ_MONTHS;
    case SlotClass::days:
      return GJ_DAYS;
    case SlotClass::text:
      return GJ_TEXT;
    case SlotClass::region:
      return GJ_REGION;
    case SlotClass::list:
      return GJ_LIST;
    case SlotClass::document:
      return GJ_DOCUMENT;
    case SlotClass::row:
      break;
  }
  return GJ_TEXT;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

gj_rulebook::gj_rulebook(std::shared_ptr<const plan::Plan> compiled) : plan(std::move(compiled)) {
  std::map<std::vector<const FieldInfo*>, std::shared_ptr<OnDemand<json::ProgramNames>>> names;  // by the facts
  for (plan::Index i = 0; i < plan->programs.size(); ++i) {
    const auto kind = plan->programs[i].kind;
    if (kind == plan::ProgramInfo::checks || kind == plan::ProgramInfo::group) continue;
    gj_program& program = programs.emplace_back();
    program.rulebook = this;
    program.index = i;
    by_name.emplace(plan->programs[i].name, &program);
    for (const std::string& alias : plan->programs[i].aliases) by_name.emplace(alias, &program);
    auto& of_these_facts = names[addresses(plan->programs[i].layout)];
    if (of_these_facts == nullptr) of_these_facts = std::make_shared<OnDemand<json::ProgramNames>>();
    program.names_on_demand = of_these_facts;
    if (plan->programs[i].region != 0) program.region = to_region_text(plan->programs[i].region);
    FieldBuilder(*this, program).build();
  }
}

extern "C" {

gj_rulebook* gj_rulebook_retain(gj_rulebook* rulebook) {
  if (rulebook != nullptr) rulebook->owners.fetch_add(1, std::memory_order_relaxed);
  return rulebook;
}

void gj_rulebook_release(gj_rulebook* rulebook) {
  if (rulebook != nullptr && rulebook->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete rulebook;
}

size_t gj_rulebook_program_count(const gj_rulebook* rulebook) {
  return rulebook == nullptr ? 0 : rulebook->programs.size();
}

const gj_program* gj_rulebook_program(const gj_rulebook* rulebook, size_t index) {
  return index < gj_rulebook_program_count(rulebook) ? &rulebook->programs[index] : nullptr;
}

const gj_program* gj_rulebook_find_program(const gj_rulebook* rulebook, const char* name, size_t name_size) {
  if (rulebook == nullptr || name == nullptr) return nullptr;
  const auto found = rulebook->by_name.find(std::string_view(name, name_size));
  return found == rulebook->by_name.end() ? nullptr : found->second;
}

gj_text gj_region_name(const char* code, size_t size, gj_language language) {
  const auto region = code == nullptr ? std::nullopt : parse_region(std::string_view(code, size));
  const RegionName* known = region ? find_region(*region) : nullptr;
  if (known == nullptr) return no_text();
  const std::string_view name = language == GJ_EN ? known->en : known->zh;
  return {name.data(), name.size()};
}

gj_status gj_program_describe(const gj_program* program, gj_language language, gj_program_info* out) {
  return guarded_into(out, nullptr, [&] {
    const plan::ProgramInfo& info = require(program, "program").info();
    const bool english = is_english(language);
    const bool is_standard = info.kind == plan::ProgramInfo::standard;
    gj_program_info value{};
    value.kind = kind_out(info.kind);
    value.name = text_out(info.name);
    value.label = text_out(info.label.in(english));
    value.file = text_out(info.file);
    value.alias_count = info.aliases.size();
    value.authority_count = info.authorities.size();
    value.version_count = is_standard ? info.outputs.editions.size() : info.sections.size();
    value.field_count = program->fields.size();
    value.implements = text_out(info.implements);
    value.region = text_out(program->region);
    return fill(out, value);
  });
}

gj_text gj_program_alias(const gj_program* program, size_t index) {
  return program == nullptr ? no_text() : text_at(program->info().aliases, index);
}

gj_text gj_program_authority(const gj_program* program, size_t index, gj_language language) {
  if (program == nullptr || index >= program->info().authorities.size()) return no_text();
  return text_out(program->info().authorities[index].in(language == GJ_EN));
}

gj_status gj_program_version(const gj_program* program, size_t index, gj_language language, gj_version_info* out) {
  return guarded_into(out, nullptr, [&] {
    const plan::ProgramInfo& info = require(program, "program").info();
    const bool english = is_english(language);
    if (info.kind == plan::ProgramInfo::standard)
      return fill(out, version_out(item_at(info.outputs.editions, index), english));
    return fill(out, version_out(item_at(info.sections, index), english));
  });
}

const gj_field* gj_program_field(const gj_program* program, size_t index) {
  return program != nullptr && index < program->fields.size() ? program->fields[index] : nullptr;
}

const gj_field* gj_program_find_field(const gj_program* program, const char* path, size_t path_size) {
  return program == nullptr ? nullptr : find_path(program->fields, path, path_size);
}

gj_status gj_field_describe(const gj_field* field, gj_language language, gj_field_info* out) {
  return guarded_into(out, nullptr, [&] {
    const FieldInfo& info = *require(field, "field").info;
    const bool english = is_english(language);
    gj_field_info value{};
    value.kind = kind_of(info);
    value.is_optional = info.optional;
    value.is_unknowable = info.unknowable;
    value.is_changeable = info.changeable;
    value.is_integer = info.integer;
    value.is_history = info.history;
    value.has_default_range = info.default_range;
    value.path = text_out(info.path);
    value.label = text_out(info.label.in(english));
    value.ask = text_out(info.ask.in(english));
    value.at = text_out(info.at.in(english));
    value.unit = text_out(info.unit);
    const FieldTexts& texts = field->texts.get([&] { return capi::describe(*field); });
    value.allowed = text_out(texts.allowed.in(english));
    value.least = text_out(texts.least);
    value.most = text_out(texts.most);
    value.step = text_out(texts.step);
    value.alias_count = info.aliases.size();
    if (info.cls == SlotClass::member) {
      value.member_count = members_of(*field).members.size();
      value.is_scale = members_of(*field).scale;
    }
    value.element_count = field->elements.size();
    return fill(out, value);
  });
}

gj_text gj_field_alias(const gj_field* field, size_t index) {
  return field == nullptr ? no_text() : text_at(field->info->aliases, index);
}

gj_status gj_field_member(const gj_field* field, size_t index, gj_language language, gj_member_info* out) {
  return guarded_into(out, nullptr, [&] {
    const plan::EnumInfo& members = members_of(require(field, "field"));
    const auto& member = item_at(members.members, index);
    gj_member_info value{};
    value.name = text_out(member.name);
    value.label = text_out(member.label.in(is_english(language)));
    value.rank = members.scale ? static_cast<std::int32_t>(members.rank[index]) : -1;
    value.is_floor = members.floor == index;
    value.alias_count = member.aliases.size();
    return fill(out, value);
  });
}

gj_text gj_field_member_alias(const gj_field* field, size_t member, size_t index) {
  if (field == nullptr || field->info->cls != SlotClass::member) return no_text();
  const auto& members = members_of(*field).members;
  return member < members.size() ? text_at(members[member].aliases, index) : no_text();
}

gj_status gj_field_find_member(const gj_field* field, const char* name, size_t name_size, size_t* index) {
  if (index != nullptr) *index = 0;
  return guarded(nullptr, [&] {
    const auto& members = members_of(require(field, "field")).members;
    const std::string_view wanted = text_in(name, name_size);
    require(index, "index");
    const auto by_name = [&](const plan::EnumInfo::Member& m) {
      return m.name == wanted || std::find(m.aliases.begin(), m.aliases.end(), wanted) != m.aliases.end();
    };
    const auto by_label = [&](const plan::EnumInfo::Member& m) {
      return m.label.zh.str() == wanted || m.label.en.str() == wanted;
    };
    auto found = std::find_if(members.begin(), members.end(), by_name);
    if (found == members.end() && !wanted.empty()) found = std::find_if(members.begin(), members.end(), by_label);
    if (found == members.end()) return gj_status{GJ_E_NOT_FOUND};
    *index = static_cast<std::size_t>(found - members.begin());
    return gj_status{GJ_OK};
  });
}

const gj_field* gj_field_element(const gj_field* list, size_t index) {
  return list != nullptr && index < list->elements.size() ? list->elements[index] : nullptr;
}

const gj_field* gj_field_find_element(const gj_field* list, const char* path, size_t path_size) {
  return list == nullptr ? nullptr : find_path(list->elements, path, path_size);
}

}  // extern "C"
