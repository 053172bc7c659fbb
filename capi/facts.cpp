// Setting facts through handles and from JSON.
#include <algorithm>

#include "boundary.hpp"
#include "json/read_facts.hpp"
#include "json/written.hpp"
#include "values/calendar.hpp"

namespace guiju::capi {
namespace {

using plan::SlotClass;

constexpr std::int32_t kLargestScale = 18;
constexpr std::size_t kMostEntries = 100'000;

Failure no_entry() {
  return {GJ_E_STATE, "先开始列表并添加记录", "begin the list and add an entry first"};
}

const run::FactList* list_in(const run::FieldRef& list) {
  const run::FactValue& value = list.row->values[list.field];
  return value.state == run::FactState::known ? value.list.get() : nullptr;
}

// Where a field lies: in the case, or in the current entries of the lists around it; `room` then holds it.
const run::FieldRef& place_of(gj_facts& facts, const gj_field& field, run::FieldRef& room) {
  if (field.list == nullptr) return facts.places[field.index];
  run::FieldRef room_of_list;
  const run::FieldRef& list = place_of(facts, *field.list, room_of_list);
  const run::FactList* entries = list_in(list);
  const std::size_t entry = facts.current[field.list->list_number];
  if (entries == nullptr || entry >= entries->entries.size()) throw no_entry();
  return room = facts.facts.entry_field(list, entry, field.index);
}

Failure other_program() {
  return {GJ_E_ARGUMENT, "该项属于另一个项目", "the field is of another program"};
}

struct Target {
  gj_facts& facts;
  const gj_field& field;
};

Target target(gj_facts* facts, const gj_field* field) {
  const Target found{require(facts, "facts"), require(field, "field")};
  if (field->program != facts->program) throw other_program();
  return found;
}

// Where something is about to be written.
const run::FieldRef& place_to_write(const Target& at, run::FieldRef& room) {
  const run::FieldRef& place = place_of(at.facts, at.field, room);
  ++at.facts.state.writes;
  return place;
}

void expect_kind(const gj_field& field, bool fits) {
  if (!fits)
    throw Failure{GJ_E_KIND, "该项是另一种值:" + field.info->path, "the field is of another kind: " + field.info->path};
}

// The setters: `fits` is the kind of field, `set` returns whether the value is allowed.
template <typename Set>
gj_status set_value(gj_facts* facts, const gj_field* field, SlotClass fits, Set set) noexcept {
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, field);
    run::FieldRef room;
    expect_kind(at.field, at.field.info->cls == fits);
    return set(facts->facts, place_to_write(at, room)) ? GJ_OK : GJ_BAD_FACT;
  });
}

void forget_entries_within(gj_facts& facts, const gj_field& list) {
  for (const gj_field* element : list.elements) {
    if (element->info->cls != SlotClass::list) continue;
    facts.current[element->list_number] = kNoEntry;
    forget_entries_within(facts, *element);
  }
}

run::FactState state_in(gj_fact_state state) {
  switch (state) {
    case GJ_UNKNOWN:
      return run::FactState::unknown;
    case GJ_UNKNOWABLE:
      return run::FactState::unknowable;
    case GJ_ABSENT:
      return run::FactState::absent;
    default:
      throw Failure{GJ_E_ARGUMENT, "没有这种状态", "no such state"};
  }
}

gj_fact_state state_out(run::FactState state) {
  switch (state) {
    case run::FactState::unknown:
      return GJ_UNKNOWN;
    case run::FactState::unknowable:
      return GJ_UNKNOWABLE;
    case run::FactState::absent:
      return GJ_ABSENT;
    case run::FactState::known:
      return GJ_KNOWN;
    case run::FactState::bad:
      return GJ_BAD;
  }
  return GJ_UNKNOWN;
}

// The fact of a field as it stands; nullptr where the entry that it belongs to does not exist.
const run::FactValue* value_of(const gj_facts& facts, const gj_field& field) {
  if (field.list == nullptr) return &facts.facts.value(field.index);
  const run::FactValue* list = value_of(facts, *field.list);
  const std::size_t entry = facts.current[field.list->list_number];
  const bool there = list != nullptr && list->state == run::FactState::known && list->list != nullptr &&
                     entry < list->list->entries.size();
  return there ? &list->list->entries[entry].values[field.index] : nullptr;
}

template <typename Out, typename Read>
gj_status get_value(const gj_facts* facts, const gj_field* field, SlotClass fits, Out* out, Read read) noexcept {
  if (out != nullptr) *out = Out{};
  return guarded(nullptr, [&]() -> gj_status {
    require(facts, "facts");
    require(out, "out");
    if (require(field, "field").program != facts->program) throw other_program();
    expect_kind(*field, field->info->cls == fits);
    const run::FactValue* value = value_of(*facts, *field);
    if (value == nullptr || value->state != run::FactState::known) return GJ_E_STATE;
    *out = read(*value);
    return GJ_OK;
  });
}

// c * q in the unit of the field.
gj_decimal decimal_out(i128 c, const plan::FieldInfo& field) {
  const auto canonical = mul(Rational::whole(c), field.q);
  auto value = canonical ? div(*canonical, field.unit_factor) : std::nullopt;
  for (std::int32_t scale = 0; value && scale <= kLargestScale; ++scale) {
    const bool fits = value->is_integer() && value->num() <= INT64_MAX && value->num() >= INT64_MIN;
    if (fits) return {static_cast<std::int64_t>(value->num()), scale};
    value = mul(*value, Rational(10));
  }
  throw Failure{GJ_E_RANGE, "该数无法用系数与小数位数表示", "the number does not fit a coefficient and a scale"};
}

std::optional<Rational> decimal_in(std::int64_t coefficient, std::int32_t scale) {
  const auto power = pow(Rational(10), scale);
  return power ? div(Rational(coefficient), *power) : std::nullopt;
}

std::string two_digits(std::int32_t n) {
  return (n >= 0 && n < 10 ? "0" : "") + std::to_string(n);
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_facts_new(const gj_program* program, gj_facts** facts, gj_error** error) {
  if (facts != nullptr) *facts = nullptr;
  return guarded(error, [&] {
    gj_facts*& out = require(facts, "facts");  // before anything is made: the right of a `=` runs first
    out = std::make_unique<gj_facts>(require(program, "program")).release();
    return gj_status{GJ_OK};
  });
}

void gj_facts_delete(gj_facts* facts) {
  delete facts;
}

void gj_facts_reset(gj_facts* facts) {
  if (facts == nullptr) return;
  ++facts->state.writes;
  facts->facts.reset();
  facts->refused.clear();
  std::fill(facts->current.begin(), facts->current.end(), kNoEntry);
}

const gj_program* gj_facts_program(const gj_facts* facts) {
  return facts == nullptr ? nullptr : facts->program;
}

gj_fact_state gj_facts_state(const gj_facts* facts, const gj_field* field) {
  if (facts == nullptr || field == nullptr || field->program != facts->program) return GJ_UNKNOWN;
  const run::FactValue* value = value_of(*facts, *field);
  return value == nullptr ? GJ_UNKNOWN : state_out(value->state);
}

gj_status gj_facts_get_truth(const gj_facts* facts, const gj_field* field, int32_t* value) {
  return get_value(facts, field, SlotClass::truth, value,
                   [](const run::FactValue& known) { return known.c != 0 ? 1 : 0; });
}

gj_status gj_facts_get_decimal(const gj_facts* facts, const gj_field* field, gj_decimal* value) {
  return get_value(facts, field, SlotClass::number, value,
                   [&](const run::FactValue& known) { return decimal_out(known.c, *field->info); });
}

gj_status gj_facts_get_member(const gj_facts* facts, const gj_field* field, size_t* member) {
  return get_value(facts, field, SlotClass::member, member,
                   [](const run::FactValue& known) { return static_cast<std::size_t>(known.c); });
}

gj_status gj_facts_get_date(const gj_facts* facts, const gj_field* field, gj_date* date) {
  return get_value(facts, field, SlotClass::day, date, [](const run::FactValue& known) {
    const CivilDate civil = to_civil(static_cast<Day>(known.c));
    return gj_date{civil.year, civil.month, civil.day};
  });
}

gj_status gj_facts_get_text(const gj_facts* facts, const gj_field* field, gj_text* text) {
  return get_value(facts, field, SlotClass::text, text,
                   [](const run::FactValue& known) { return text_out(known.text); });
}

gj_status gj_facts_set_state(gj_facts* facts, const gj_field* field, gj_fact_state state) {
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, field);
    run::FieldRef room;
    const run::FieldRef& place = place_to_write(at, room);
    at.facts.facts.set_state(place, state_in(state));
    return place.row->values[place.field].state == run::FactState::bad ? GJ_BAD_FACT : GJ_OK;
  });
}

gj_status gj_facts_set_truth(gj_facts* facts, const gj_field* field, int32_t value) {
  return set_value(facts, field, SlotClass::truth,
                   [&](run::Facts& f, const run::FieldRef& at) { return f.set_truth(at, value != 0); });
}

gj_status gj_facts_set_decimal(gj_facts* facts, const gj_field* field, int64_t coefficient, int32_t scale) {
  return set_value(facts, field, SlotClass::number, [&](run::Facts& f, const run::FieldRef& at) {
    if (scale < 0 || scale > kLargestScale)
      throw Failure{GJ_E_ARGUMENT, "小数位数须在 0 至 18 之间", "the scale is 0 to 18"};
    if (json::set_decimal_quickly(at, coefficient, scale)) return true;
    const auto value = decimal_in(coefficient, scale);
    const auto canonical = value ? mul(*value, field->info->unit_factor) : std::nullopt;
    if (canonical) return f.set_number(at, *canonical, to_string(*value));
    f.set_bad(at, value ? to_string(*value) : std::to_string(coefficient));
    return false;
  });
}

gj_status gj_facts_set_member(gj_facts* facts, const gj_field* field, size_t member) {
  return set_value(facts, field, SlotClass::member, [&](run::Facts& f, const run::FieldRef& at) {
    return f.set_member(at, static_cast<plan::Index>(std::min<std::size_t>(member, plan::kNone)));
  });
}

gj_status gj_facts_set_date(gj_facts* facts, const gj_field* field, gj_date date) {
  return set_value(facts, field, SlotClass::day, [&](run::Facts& f, const run::FieldRef& at) {
    const CivilDate civil{date.year, date.month, date.day};
    if (is_valid(civil)) return f.set_day(at, to_day(civil));
    f.set_bad(at, std::to_string(date.year) + "-" + two_digits(date.month) + "-" + two_digits(date.day));
    return false;
  });
}

gj_status gj_facts_set_duration(gj_facts* facts, const gj_field* field, int64_t count) {
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, field);
    run::FieldRef room;
    expect_kind(at.field, at.field.info->cls == SlotClass::months || at.field.info->cls == SlotClass::days);
    return at.facts.facts.set_duration(place_to_write(at, room), count) ? GJ_OK : GJ_BAD_FACT;
  });
}

gj_status gj_facts_set_text(gj_facts* facts, const gj_field* field, const char* text, size_t text_size) {
  return set_value(facts, field, SlotClass::text,
                   [&](run::Facts& f, const run::FieldRef& at) { return f.set_text(at, text_in(text, text_size)); });
}

gj_status gj_facts_set_document(gj_facts* facts, const gj_field* field, gj_document_state state) {
  return set_value(facts, field, SlotClass::document, [&](run::Facts& f, const run::FieldRef& at) {
    switch (state) {
      case GJ_OWED:
        return f.set_document(at, run::owed);
      case GJ_HELD:
        return f.set_document(at, run::held);
      case GJ_REFUSED:
        return f.set_document(at, run::document_refused);
      default:
        throw Failure{GJ_E_ARGUMENT, "没有这种状态", "no such state"};
    }
  });
}

gj_status gj_facts_set_written(gj_facts* facts, const gj_field* field, const char* text, size_t text_size) {
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, field);
    run::FieldRef room;
    expect_kind(at.field, at.field.info->cls != SlotClass::list);
    const std::string_view written = text_in(text, text_size);
    return json::set_text(at.facts.facts, place_to_write(at, room), written) ? GJ_OK : GJ_BAD_FACT;
  });
}

gj_status gj_facts_begin_list(gj_facts* facts, const gj_field* list, int32_t complete) {
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, list);
    run::FieldRef room;
    expect_kind(at.field, at.field.info->cls == SlotClass::list);
    at.facts.facts.begin_list(place_to_write(at, room), complete != 0);
    at.facts.current[at.field.list_number] = kNoEntry;
    forget_entries_within(at.facts, at.field);
    return GJ_OK;
  });
}

gj_status gj_facts_add_entry(gj_facts* facts, const gj_field* list, size_t* index) {
  if (index != nullptr) *index = 0;
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, list);
    run::FieldRef room;
    expect_kind(at.field, at.field.info->cls == SlotClass::list);
    const run::FieldRef& place = place_of(at.facts, at.field, room);
    const run::FactList* entries = list_in(place);
    if (entries == nullptr) throw no_entry();
    if (entries->entries.size() >= kMostEntries) throw Failure{GJ_E_LIMIT, "记录太多", "too many entries"};
    ++at.facts.state.writes;
    const std::size_t entry = at.facts.facts.add_entry(place);
    at.facts.current[at.field.list_number] = entry;
    forget_entries_within(at.facts, at.field);
    if (index != nullptr) *index = entry;
    return GJ_OK;
  });
}

gj_status gj_facts_select_entry(gj_facts* facts, const gj_field* list, size_t index) {
  return guarded(nullptr, [&]() -> gj_status {
    const Target at = target(facts, list);
    run::FieldRef room;
    expect_kind(at.field, at.field.info->cls == SlotClass::list);
    const run::FactList* entries = list_in(place_of(at.facts, at.field, room));
    if (entries == nullptr) throw no_entry();
    if (index >= entries->entries.size()) throw Failure{GJ_E_ARGUMENT, "没有这条记录", "no such entry"};
    at.facts.current[at.field.list_number] = index;
    forget_entries_within(at.facts, at.field);
    return GJ_OK;
  });
}

gj_status gj_facts_read_json(gj_facts* facts, const char* json, size_t json_size, gj_error** error) {
  return guarded(error, [&]() -> gj_status {
    gj_facts& into = require(facts, "facts");
    if (json_size != 0) require(json, "json");
    const std::string_view text = json_size == 0 ? std::string_view() : std::string_view(json, json_size);
    ++into.state.writes;
    auto result = into.reader.read(into.facts, into.program->names(), text);
    std::fill(into.current.begin(), into.current.end(), kNoEntry);
    const bool malformed = result.malformed;
    const bool clean = result.clean();
    std::move(result.refused.begin(), result.refused.end(), std::back_inserter(into.refused));
    if (malformed) throw no_json_object(result.mistake);
    return clean ? GJ_OK : GJ_BAD_FACT;
  });
}

}  // extern "C"
