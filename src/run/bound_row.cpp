// See bound_row.hpp.
#include "run/bound_row.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>

#include "run/packed_facts.hpp"
#include "values/utf8.hpp"

namespace guiju::run {

using plan::FieldInfo;
using plan::Index;
using plan::SlotClass;

namespace {

// Machine code knows states by these numbers (kernel/native_row.hpp).
static_assert(static_cast<int>(FactState::unknown) == 0 && static_cast<int>(FactState::unknowable) == 1 &&
              static_cast<int>(FactState::absent) == 2 && static_cast<int>(FactState::known) == 3);
static_assert(kNoOffset == kernel::kAlwaysKnown);

constexpr std::int64_t kMostNumberedTexts = std::int64_t{1} << 40U;
constexpr std::int32_t kLargestScale = 18;
// Of more, which machine code would hold each against each, a call is no worse.
constexpr std::size_t kMostComparedTexts = 16;

template <typename T>
T stored(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

std::int64_t integer(Element element, const std::byte* at) {
  switch (element) {
    case Element::int8:
      return stored<std::int8_t>(at);
    case Element::int16:
      return stored<std::int16_t>(at);
    case Element::int32:
      return stored<std::int32_t>(at);
    default:
      return stored<std::int64_t>(at);
  }
}

std::uint8_t bytes_of(Element element) {
  switch (element) {
    case Element::int8:
      return 1;
    case Element::int16:
      return 2;
    case Element::int32:
      return 4;
    default:
      return 8;
  }
}

std::string_view view(const RowText& text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

bool is_allowed(std::string_view text) {
  return text.size() <= kLongestText && !find_invalid_utf8(text);
}

// Of a value that is not allowed it does not matter what comes out.
std::int64_t times(std::int64_t raw, std::int64_t factor) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(raw) * static_cast<std::uint64_t>(factor));
}

}  // namespace

RowBinding::RowBinding(std::shared_ptr<const plan::Plan> plan, Index program, const plan::Layout& layout,
                       std::size_t stride)
    : plan_(std::move(plan)),
      program_(program),
      kernels_(plan_->programs[program].kernels.get()),
      layout_(&layout),
      stride_(stride),
      always_(words_for(layout.fields.size()), 0) {}

// What the rules name is known where every version has a kernel.
bool RowBinding::names_no_texts() const {
  return kernels_ != nullptr && kernels_->texts.empty() &&
         std::none_of(kernels_->versions.begin(), kernels_->versions.end(),
                      [](const kernel::Kernel& k) { return k.code.empty(); });
}

bool RowBinding::bind(const BoundField& at) {
  if (at.field >= layout_->fields.size()) return false;
  const FieldInfo& field = layout_->fields[at.field];
  Member m;
  m.at = at;
  const bool is_integer = at.element != Element::text && at.element != Element::list;
  const auto between = [&](i128 least, i128 most) {
    m.least = saturated(least);
    m.most = saturated(most);
  };
  switch (field.cls) {
    case SlotClass::list:
      if (at.element != Element::list ||
          (at.entries != nullptr && at.entries->layout_ != &plan_->layouts[field.element]))
        return false;
      break;
    case SlotClass::text:
      if (at.element == Element::list || (is_integer && !names_no_texts())) return false;
      between(0, kMostNumberedTexts);
      break;
    case SlotClass::truth:
      between(0, 1);
      break;
    case SlotClass::document:
      between(0, 2);
      break;
    case SlotClass::member:
      between(0, static_cast<i128>(plan_->enums[field.enumeration].members.size()) - 1);
      break;
    case SlotClass::region:
      m.factor = at.element == Element::int32 ? 1'000'000 : 1;
      between(100'000'000'000 / m.factor, 999'999'999'999 / m.factor);
      break;
    case SlotClass::number: {
      if (at.is_in_steps) {
        between(field.least, field.most);
        break;
      }
      if (at.scale < 0 || at.scale > kLargestScale) return false;
      std::int64_t tens = 1;
      for (std::int32_t i = 0; i < at.scale; ++i) tens *= 10;
      const auto unit = Rational::make(1, tens);
      const auto in_unit = unit ? mul(*unit, field.unit_factor) : std::nullopt;
      const auto ratio = in_unit ? div(*in_unit, field.q) : std::nullopt;
      if (!ratio || saturated(ratio->num()) != ratio->num() || saturated(ratio->den()) != ratio->den()) return false;
      m.factor = saturated(ratio->num());
      m.divisor = saturated(ratio->den());
      i128 least = 0;
      i128 most = 0;
      if (!checked_mul(field.least, ratio->den(), least) || !checked_mul(field.most, ratio->den(), most)) return false;
      // Inwards: what lies between two allowed values is refused by its remainder.
      between(least > 0 ? (least - 1) / m.factor + 1 : least / m.factor,
              most < 0 ? (most + 1) / m.factor - 1 : most / m.factor);
      break;
    }
    default:
      between(field.least, field.most);
      break;
  }
  if (field.cls != SlotClass::list && field.cls != SlotClass::text && !is_integer) return false;
  if (at.state_offset == kNoOffset) always_[at.field / 64] |= std::uint64_t{1} << (at.field % 64);
  members_.push_back(m);
  return true;
}

void RowBinding::finish(bool may_be_native) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Member& m = members_[i];
    if (m.at.element == Element::text) {
      texts_.push_back({m.at.state_offset, m.at.field, m.at.offset});
      continue;
    }
    if (m.at.element == Element::list || m.divisor != 1) {
      (m.at.element == Element::list ? lists_ : others_).push_back(i);
      continue;
    }
    const bool is_stated = m.at.state_offset != kNoOffset;
    auto group = std::find_if(groups_.begin(), groups_.end(),
                              [&](const Group& g) { return g.element == m.at.element && g.is_stated == is_stated; });
    if (group == groups_.end()) group = groups_.insert(group, {m.at.element, is_stated, {}});
    group->members.push_back(
        {m.at.offset, m.at.state_offset, bytes_of(m.at.element), m.at.field, m.factor, m.least, m.most});
  }
  if (kernels_ == nullptr || layout_ != &plan_->programs[program_].layout) return;
  registers_ = std::max(kernels_->registers, static_cast<std::uint32_t>(layout_->fields.size()));
  answer_words_ = kernel::RowAnswer::sets;
  for (std::size_t version = 0; version < kernels_->versions.size(); ++version) {
    const kernel::Kernel& k = kernels_->versions[version];
    const std::vector<kernel::Given> given = given_to(k);
    const auto& program =
        programs_.emplace_back(kernel::compile_row(k, given, kernel::dates_of(*kernels_, version, given), registers_));
    if (!program) continue;
    registers_ = program->registers;
    answer_words_ = std::max(answer_words_, kernel::answer_words(*program));
  }
  if (may_be_native) make_native();
}

kernel::RowPlaces RowBinding::places() const {
  const std::size_t known = answer_words_ + registers_;
  return {0, answer_words_, known, known + words_for(layout_->fields.size())};
}

void RowBinding::make_native() {
  kernel::RowSource source{stored_row(), places(), kernels_->dates, &kernels_->calendar, {}};
  for (const auto& program : programs_) source.versions.push_back(program ? &*program : nullptr);
  native_ = kernel::NativeRow::translate(source);
}

kernel::StoredRow RowBinding::stored_row() const {
  kernel::StoredRow row;
  for (const Group& group : groups_) row.facts.insert(row.facts.end(), group.members.begin(), group.members.end());
  row.texts = texts_;
  for (const std::size_t list : lists_) {
    const BoundField& at = members_[list].at;
    row.lists.push_back(
        {at.state_offset, at.field, at.offset + offsetof(RowList, count), at.offset + offsetof(RowList, complete)});
  }
  row.always_known = always_;
  row.has_others = !others_.empty();
  if (!row.has_others && texts_.size() + kernels_->texts.size() <= kMostComparedTexts) row.named = &kernels_->texts;
  row.longest_text = kLongestText;
  row.is_text = [](const char* data, std::size_t size) { return is_allowed({data, size}); };
  row.context = this;
  row.load_others = [](const void* binding, const void* bytes, void* workspace) {
    const auto& of = *static_cast<const RowBinding*>(binding);
    auto& into = *static_cast<Workspace*>(workspace);
    into.texts.clear();
    return of.load_others(static_cast<const std::byte*>(bytes), into, of.target(into));
  };
  return row;
}

// What a kernel can take as settled of the facts that come by this binding.
std::vector<kernel::Given> RowBinding::given_to(const kernel::Kernel& k) const {
  std::vector<kernel::Given> given(layout_->fields.size());
  for (const Member& m : members_) {
    kernel::Given& g = given[m.at.field];
    g.is_given = true;
    g.is_list = m.at.element == Element::list;
    g.may_be_unknown = g.may_be_absent = m.at.state_offset != kNoOffset;
    if (m.at.field < k.ranges.size()) g.range = k.ranges[m.at.field];
    const auto in_scale = [&](std::int64_t stored) { return saturated(i128{stored} * m.factor / m.divisor); };
    if (!g.is_list && m.at.element != Element::text)
      g.range = {std::min(g.range.least, in_scale(m.least)), std::max(g.range.most, in_scale(m.most))};
  }
  return given;
}

void RowBinding::prepare(Workspace& into) const {
  const std::size_t fields = layout_->fields.size();
  into.of = identity_;
  into.places = places();
  into.block.assign(into.places.absent + words_for(fields), 0);
  for (const auto& program : programs_) {
    if (!program) continue;
    std::copy(program->constants.begin(), program->constants.end(), into.registers() + program->constants_at);
  }
  into.lists.assign(fields, {});
  into.entries.resize(std::max(into.entries.size(), lists_.size()));
}

std::uint64_t RowBinding::decide_by_steps(const void* row, Workspace& into) const {
  using kernel::RowAnswer;
  if (programs_.empty() || !load(row, into) || !is_without_entries(into)) return 0;
  const kernel::Row loaded = into.row();
  const std::size_t period = kernel::period_of(*kernels_, loaded);
  if (period == kernel::kNoPeriod) return 0;
  std::uint64_t* const answer = into.block.data();
  answer[RowAnswer::day] = static_cast<std::uint64_t>(loaded.registers[kernels_->dates.front()]);
  const std::int32_t version = kernels_->calendar.version[period];
  if (version == kernel::none) {
    answer[RowAnswer::version] = static_cast<std::uint32_t>(kernels_->calendar.nearest[period]);
    return RowAnswer::not_in_force | RowAnswer::settled;
  }
  if (version < 0 || !programs_[static_cast<std::size_t>(version)]) return 0;
  answer[RowAnswer::version] = static_cast<std::uint64_t>(version);
  const std::uint64_t flags =
      kernel::run(*programs_[static_cast<std::size_t>(version)], loaded.registers, loaded.known, loaded.absent, answer);
  // Of what is referred it does not count that it is open.
  if ((flags & (RowAnswer::open | RowAnswer::referred)) == RowAnswer::open) return 0;
  return flags | RowAnswer::settled;
}

RowBinding::Target RowBinding::target(Workspace& of) const {
  return {of.registers(), of.block.data() + of.places.known, of.block.data() + of.places.absent};
}

bool RowBinding::is_without_entries(const Workspace& loaded) const {
  return std::all_of(lists_.begin(), lists_.end(), [&](std::size_t m) {
    const kernel::List& list = loaded.lists[members_[m].at.field];
    return list.count == 0 && list.complete;
  });
}

bool RowBinding::load(const void* row, Workspace& into) const {
  if (kernels_ == nullptr) return false;
  if (into.of != identity_) prepare(into);
  into.texts.clear();
  const auto* const bytes = static_cast<const std::byte*>(row);
  if (!load_values(bytes, into, target(into))) return false;
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    if (!load_list(members_[lists_[i]], bytes, i, into)) return false;
  }
  return true;
}

namespace {

bool is_within(std::int64_t raw, const kernel::StoredFact& fact) {
  const auto least = static_cast<std::uint64_t>(fact.least);
  return static_cast<std::uint64_t>(raw) - least <= static_cast<std::uint64_t>(fact.most) - least;
}

template <typename F>
bool with_element(Element element, F&& f) {
  switch (element) {
    case Element::int8:
      return f(std::int8_t{});
    case Element::int16:
      return f(std::int16_t{});
    case Element::int32:
      return f(std::int32_t{});
    default:
      return f(std::int64_t{});
  }
}

}  // namespace

bool RowBinding::load_known(const Group& group, const std::byte* row, const Target& to) {
  return with_element(group.element, [&]<typename T>(T) {
    bool bad = false;
    for (const kernel::StoredFact& m : group.members) {
      const std::int64_t raw = stored<T>(row + m.offset);
      bad |= !is_within(raw, m);
      to.values[m.field] = times(raw, m.factor);
    }
    return !bad;
  });
}

// Without a branch on the state, which no branch predictor can learn.
bool RowBinding::load_stated(const Group& group, const std::byte* row, const Target& to) {
  return with_element(group.element, [&]<typename T>(T) {
    bool bad = false;
    for (const kernel::StoredFact& m : group.members) {
      const auto state = static_cast<FactState>(stored<std::int8_t>(row + m.state_offset));
      const bool known = state == FactState::known;
      const bool absent = state == FactState::absent;
      bad |= !known & !absent & (state != FactState::unknown) & (state != FactState::unknowable);
      const std::int64_t raw = stored<T>(row + m.offset) & -std::int64_t{known};
      bad |= known & !is_within(raw, m);
      to.values[m.field] = times(raw, m.factor);
      to.known[m.field / 64] |= std::uint64_t{known} << (m.field % 64);
      to.absent[m.field / 64] |= std::uint64_t{absent} << (m.field % 64);
    }
    return !bad;
  });
}

bool RowBinding::load_groups(const std::byte* row, const Target& to) const {
  for (std::size_t w = 0; w < always_.size(); ++w) {
    to.known[w] = always_[w];
    to.absent[w] = 0;
  }
  return std::all_of(groups_.begin(), groups_.end(), [&](const Group& group) {
    return group.is_stated ? load_stated(group, row, to) : load_known(group, row, to);
  });
}

namespace {

// Notes the state of a field; false where there is no such state.
bool note_state(const std::byte* row, std::size_t offset, std::uint32_t field, std::uint64_t* known,
                std::uint64_t* absent) {
  if (offset == kNoOffset) return true;
  const auto state = static_cast<FactState>(stored<std::int8_t>(row + offset));
  const std::uint64_t flag = std::uint64_t{1} << (field % 64);
  if (state == FactState::known) known[field / 64] |= flag;
  if (state == FactState::absent) absent[field / 64] |= flag;
  return state < FactState::bad;
}

bool is_known(std::uint32_t field, const std::uint64_t* known) {
  return (known[field / 64] >> (field % 64) & 1U) != 0;
}

// Entries that are counted but not there, or of which no binding says how they lie, are not taken for none.
bool can_be_read(const RowList& list, const RowBinding* entries) {
  return list.count == 0 || (list.entries != nullptr && entries != nullptr);
}

}  // namespace

bool RowBinding::note_texts(const std::byte* row, const Target& to) const {
  return std::all_of(texts_.begin(), texts_.end(), [&](const kernel::StoredText& text) {
    to.values[text.field] = 0;
    return note_state(row, text.state_offset, text.field, to.known, to.absent);
  });
}

// Texts whose states are noted, and numbers that have to be divided.
bool RowBinding::load_others(const std::byte* row, Workspace& into, const Target& to) const {
  for (const kernel::StoredText& at : texts_) {
    if (!is_known(at.field, to.known)) continue;
    const std::string_view text = view(stored<RowText>(row + at.offset));
    const std::size_t seen = into.texts.size();
    to.values[at.field] = number_of(text, kernels_->texts, into.texts);
    if (into.texts.size() > seen && !is_allowed(text)) return false;  // one that came before was looked at then
  }
  return std::all_of(others_.begin(), others_.end(), [&](std::size_t m) { return load_other(members_[m], row, to); });
}

bool RowBinding::load_values(const std::byte* row, Workspace& into, const Target& to) const {
  return load_groups(row, to) && note_texts(row, to) && load_others(row, into, to);
}

bool RowBinding::load_other(const Member& m, const std::byte* row, const Target& to) const {
  const Index field = m.at.field;
  to.values[field] = 0;
  if (!note_state(row, m.at.state_offset, field, to.known, to.absent)) return false;
  if (!is_known(field, to.known)) return true;
  const std::int64_t raw = integer(m.at.element, row + m.at.offset);
  if (raw < m.least || raw > m.most) return false;
  const i128 value = i128{raw} * m.factor;
  to.values[field] = static_cast<std::int64_t>(value / m.divisor);
  return value % m.divisor == 0;
}

bool RowBinding::load_list(const Member& m, const std::byte* row, std::size_t index, Workspace& into) const {
  const Target of_case = target(into);
  of_case.values[m.at.field] = 0;
  if (!note_state(row, m.at.state_offset, m.at.field, of_case.known, of_case.absent)) return false;
  if (m.at.state_offset != kNoOffset && !is_known(m.at.field, of_case.known)) return false;
  const auto list = stored<RowList>(row + m.at.offset);
  const RowBinding* const of = m.at.entries;
  if (!can_be_read(list, of)) return false;
  Workspace::Entries& to = into.entries[index];
  kernel::List& out = into.lists[m.at.field];
  if (list.count > 0) {
    const std::size_t fields = of->layout_->fields.size();
    to.values.assign(list.count * fields, 0);
    to.known.resize(list.count * words_for(fields));
    to.absent.resize(list.count * words_for(fields));
    to.entries.resize(list.count);
    for (std::size_t e = 0; e < list.count; ++e) {
      std::int64_t* const values = to.values.data() + e * fields;
      std::uint64_t* const known = to.known.data() + e * words_for(fields);
      std::uint64_t* const absent = to.absent.data() + e * words_for(fields);
      const auto* const entry = static_cast<const std::byte*>(list.entries) + e * of->stride_;
      if (!of->load_values(entry, into, {values, known, absent})) return false;
      to.entries[e] = {values, known, absent};
    }
  }
  out = {to.entries.data(), static_cast<std::uint32_t>(list.count), list.complete != 0};
  return list.count <= static_cast<std::size_t>(kernel::kMostEntries);
}

// ---- one by one
// ------------------------------------------------------------------------------------------------------------------

void RowBinding::fill_member(const Member& m, const std::byte* row, const FieldRef& to, Facts& facts) const {
  const FieldInfo& field = layout_->fields[m.at.field];
  if (m.at.state_offset != kNoOffset) {
    const auto state = static_cast<FactState>(stored<std::int8_t>(row + m.at.state_offset));
    if (state == FactState::absent || state == FactState::unknown || state == FactState::unknowable)
      return facts.set_state(to, state);
    if (state != FactState::known) return facts.set_bad(to, "?");
  }
  const std::byte* const at = row + m.at.offset;
  if (m.at.element == Element::text) {
    facts.set_text(to, view(stored<RowText>(at)));
    return;
  }
  if (m.at.element == Element::list) {
    const auto list = stored<RowList>(at);
    if (!can_be_read(list, m.at.entries)) return facts.set_bad(to, std::to_string(list.count));
    facts.begin_list(to, list.complete != 0);
    for (std::size_t e = 0; e < list.count; ++e) {
      const std::size_t entry = facts.add_entry(to);
      const auto* const bytes = static_cast<const std::byte*>(list.entries) + e * m.at.entries->stride_;
      for (const Member& inner : m.at.entries->members_)
        m.at.entries->fill_member(inner, bytes, facts.entry_field(to, entry, inner.at.field), facts);
    }
    return;
  }
  const std::int64_t raw = integer(m.at.element, at);
  const auto bad = [&] { facts.set_bad(to, std::to_string(raw)); };
  switch (field.cls) {
    case SlotClass::number: {
      const auto ratio = Rational::make(m.factor, m.divisor);
      const auto steps = ratio ? mul(*ratio, Rational::whole(raw)) : std::nullopt;
      const auto value = steps ? mul(*steps, field.q) : std::nullopt;
      if (value) {  // told in the unit of the field, as what is allowed is
        const auto written = div(*value, field.unit_factor);
        facts.set_number(to, *value, written ? to_string(*written) : std::to_string(raw));
      } else {
        bad();
      }
      return;
    }
    case SlotClass::text:
      facts.set_text(to, std::to_string(raw));
      return;
    default:
      break;
  }
  if (raw < m.least || raw > m.most) return bad();
  switch (field.cls) {
    case SlotClass::truth:
      facts.set_truth(to, raw != 0);
      break;
    case SlotClass::member:
      facts.set_member(to, static_cast<Index>(raw));
      break;
    case SlotClass::document:
      facts.set_document(to, static_cast<DocumentState>(raw));
      break;
    case SlotClass::day:
      facts.set_day(to, static_cast<Day>(raw));
      break;
    case SlotClass::region:
      facts.set_region(to, raw * m.factor);
      break;
    default:
      facts.set_duration(to, raw);
      break;
  }
}

void RowBinding::fill(const void* row, Facts& facts) const {
  facts.reset();
  for (const Member& m : members_) fill_member(m, static_cast<const std::byte*>(row), facts.at(m.at.field), facts);
}

}  // namespace guiju::run
