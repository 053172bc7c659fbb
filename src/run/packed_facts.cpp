// See packed_facts.hpp.
#include "run/packed_facts.hpp"

#include <algorithm>
#include <limits>

namespace guiju::run {

using plan::SlotClass;

bool PackedFacts::pack_values(const FactRow& from, const plan::Layout& layout, std::int64_t* values,
                              std::uint64_t* known, std::uint64_t* absent) {
  const std::size_t fields = layout.fields.size();
  std::fill_n(known, words_for(fields), 0);
  std::fill_n(absent, words_for(fields), 0);
  for (std::size_t i = 0; i < fields; ++i) {
    const FactValue& v = from.values[i];
    values[i] = 0;
    switch (v.state) {
      case FactState::known:
        break;
      case FactState::absent:
        absent[i / 64] |= std::uint64_t{1} << (i % 64);
        continue;
      case FactState::bad:
        return false;
      case FactState::unknown:
      case FactState::unknowable:
        continue;
    }
    known[i / 64] |= std::uint64_t{1} << (i % 64);
    const SlotClass cls = layout.fields[i].cls;
    if (cls == SlotClass::text) {
      values[i] = number_of(v.text, program_->texts, texts_);
    } else if (cls != SlotClass::list) {
      const auto c = static_cast<std::int64_t>(v.c);
      if (c != v.c) return false;
      values[i] = c;
    }
  }
  return true;
}

bool PackedFacts::pack_list(const FactValue& from, const plan::Layout& layout, std::size_t field) {
  const std::size_t fields = layout.fields.size();
  const std::size_t count = from.list->entries.size();
  Entries& to = entries_[field];
  to.values.resize(count * fields);
  to.known.resize(count * words_for(fields));
  to.absent.resize(count * words_for(fields));
  to.entries.resize(count);
  for (std::size_t e = 0; e < count; ++e) {
    std::int64_t* const values = to.values.data() + e * fields;
    std::uint64_t* const known = to.known.data() + e * words_for(fields);
    std::uint64_t* const absent = to.absent.data() + e * words_for(fields);
    if (!pack_values(from.list->entries[e], layout, values, known, absent)) return false;
    to.entries[e] = {values, known, absent};
  }
  lists_[field] = {to.entries.data(), static_cast<std::uint32_t>(count), from.list->complete};
  return count <= std::numeric_limits<std::uint32_t>::max();
}

bool PackedFacts::pack(const Facts& facts, const kernel::Program& program) {
  const plan::Layout& layout = facts.layout();
  const std::size_t fields = layout.fields.size();
  program_ = &program;
  texts_.clear();
  registers_.resize(std::max<std::size_t>(registers_.size(), program.registers));
  known_.resize(words_for(fields));
  absent_.resize(words_for(fields));
  if (!pack_values(facts.row(), layout, registers_.data(), known_.data(), absent_.data())) return false;
  lists_.assign(fields, {});
  if (entries_.size() < fields) entries_.resize(fields);
  for (std::size_t i = 0; i < fields; ++i) {
    const FactValue& v = facts.row().values[i];
    if (layout.fields[i].cls != SlotClass::list || v.state != FactState::known) continue;
    if (!pack_list(v, facts.plan().layouts[layout.fields[i].element], i)) return false;
  }
  return true;
}

kernel::Row PackedFacts::row() {
  return {registers_.data(), known_.data(), absent_.data(), lists_.data()};
}

}  // namespace guiju::run
