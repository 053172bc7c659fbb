// See facts_as_row.hpp.
#include "run/facts_as_row.hpp"

#include <cstddef>
#include <vector>

#include "run/bound_row.hpp"

namespace guiju::run {

using plan::SlotClass;

struct FactsAsRow::Row {
  // What the binding reads of a field is one of these and the state.
  struct Cell {
    std::int64_t value = 0;
    RowText text{nullptr, 0};
    RowList list{nullptr, 0, 1};
    std::int8_t state = 0;
  };

  explicit Row(const Facts& facts)
      : layout(facts.layout()),
        cells(layout.fields.size()),
        binding(facts.shared_plan(), facts.program(), layout, 0),
        can_be_bound(bind()) {}

  bool bind() {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const SlotClass cls = layout.fields[i].cls;
      BoundField field;
      field.field = static_cast<plan::Index>(i);
      field.element = cls == SlotClass::text ? Element::text : cls == SlotClass::list ? Element::list : Element::int64;
      field.is_in_steps = true;
      field.offset = i * sizeof(Cell) + (cls == SlotClass::text   ? offsetof(Cell, text)
                                         : cls == SlotClass::list ? offsetof(Cell, list)
                                                                  : offsetof(Cell, value));
      field.state_offset = i * sizeof(Cell) + offsetof(Cell, state);
      if (!binding.bind(field)) return false;
    }
    binding.finish();
    return true;
  }

  // False where a value is of a kind that no cell holds.
  bool take(const FactValue& from, SlotClass cls, Cell& to) const {
    to.state = static_cast<std::int8_t>(from.state);
    const bool is_known = from.state == FactState::known;
    if (cls == SlotClass::list) {
      to.list.count = is_known ? from.list->entries.size() : 0;
      to.list.complete = !is_known || from.list->complete ? 1 : 0;
    } else if (cls == SlotClass::text) {
      to.text = {from.text.data(), from.text.size()};
    } else {
      to.value = static_cast<std::int64_t>(from.c);
      return !is_known || to.value == from.c;
    }
    return true;
  }

  std::uint64_t decide(const Facts& facts) {
    if (!can_be_bound) return 0;
    const std::vector<FactValue>& values = facts.row().values;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!take(values[i], layout.fields[i].cls, cells[i])) return 0;
    }
    return binding.decide(cells.data(), workspace);
  }

  const plan::Layout& layout;
  std::vector<Cell> cells;
  RowBinding binding;  // keeps the plan
  RowBinding::Workspace workspace;
  bool can_be_bound;
};

FactsAsRow::FactsAsRow(std::uint32_t few) : few_(few) {}
FactsAsRow::~FactsAsRow() = default;
FactsAsRow::FactsAsRow(const FactsAsRow& other) : few_(other.few_) {}
FactsAsRow& FactsAsRow::operator=(const FactsAsRow& /*other*/) {
  return *this;
}

std::uint64_t FactsAsRow::decide(const Facts& facts) {
  const plan::ProgramInfo* const program = &facts.plan().programs[facts.program()];
  if (program != program_) {
    row_ = nullptr;
    program_ = program;
    cases_ = 0;
  }
  if (row_ == nullptr) {
    if (cases_++ < few_) return 0;
    row_ = std::make_unique<Row>(facts);
  }
  return row_->decide(facts);
}

const std::uint64_t* FactsAsRow::answer() const {
  return row_->workspace.answer();
}

}  // namespace guiju::run
