// See row_engine.hpp.
#include "row_engine.hpp"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "run/kernels.hpp"

namespace guiju::reference {

namespace {

using plan::SlotClass;

struct Cell {
  std::int64_t value = 0;
  run::RowText text{"", 0};
  run::RowList list{nullptr, 0, 1};
  std::int8_t state = 0;
};

constexpr std::int32_t kMostDigits = 6;

enum class RowKind { plain, known, step_by_step };

// What a host would write into its struct, at the least number of decimal places that says it exactly.
std::optional<std::int64_t> stored(const plan::FieldInfo& field, const run::FactValue& v, std::int32_t digits) {
  if (field.cls != SlotClass::number) return static_cast<std::int64_t>(v.c);
  auto value = mul(field.q, Rational::whole(v.c));
  if (value) value = div(*value, field.unit_factor);
  for (std::int32_t i = 0; value && i < digits; ++i) value = mul(*value, Rational::whole(10));
  const bool fits = value && value->den() == 1 && value->num() == static_cast<std::int64_t>(value->num());
  return fits ? std::optional(static_cast<std::int64_t>(value->num())) : std::nullopt;
}

class RowEngine {
 public:
  RowEngine(std::shared_ptr<const plan::Plan> plan, plan::Index program, RowKind kind)
      : plan_(std::move(plan)),
        program_(plan_->programs[program]),
        every_other_known_(kind == RowKind::known),
        cells_(program_.layout.fields.size()),
        binding_(plan_, program, program_.layout, 0) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const SlotClass cls = program_.layout.fields[i].cls;
      run::BoundField bound;
      bound.field = static_cast<plan::Index>(i);
      bound.element = cls == SlotClass::text   ? run::Element::text
                      : cls == SlotClass::list ? run::Element::list
                                               : run::Element::int64;
      bound.scale = cls == SlotClass::number ? kMostDigits : 0;
      bound.offset = i * sizeof(Cell) + offset_of(bound.element);
      if (!is_always_known(i)) bound.state_offset = i * sizeof(Cell) + offsetof(Cell, state);
      can_be_bound_ = can_be_bound_ && binding_.bind(bound);
    }
    if (can_be_bound_) binding_.finish(kind != RowKind::step_by_step);
  }

  bool decide(const run::Facts& facts, run::Decision& decision) {
    if (!can_be_bound_ || program_.kernels == nullptr) return false;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (!write(facts.row().values[i], i)) return false;
    }
    const std::uint64_t flags = binding_.decide(cells_.data(), workspace_);
    if (flags == 0)
      return binding_.load(cells_.data(), workspace_) && run::decide_row(*plan_, program_, workspace_.row(), decision);
    run::unfold(*plan_, program_, flags, workspace_.answer(), decision);
    return true;
  }

 private:
  static std::size_t offset_of(run::Element element) {
    return element == run::Element::text   ? offsetof(Cell, text)
           : element == run::Element::list ? offsetof(Cell, list)
                                           : offsetof(Cell, value);
  }
  [[nodiscard]] bool is_always_known(std::size_t field) const { return every_other_known_ && field % 2 == 0; }

  bool write(const run::FactValue& v, std::size_t field) {
    Cell& cell = cells_[field];
    cell = {};
    cell.state = static_cast<std::int8_t>(v.state);
    if (v.state != run::FactState::known) return v.state != run::FactState::bad && !is_always_known(field);
    const plan::FieldInfo& info = program_.layout.fields[field];
    if (info.cls == SlotClass::list) {
      cell.list.complete = v.list->complete ? 1 : 0;
      return v.list->entries.empty();
    }
    if (info.cls == SlotClass::text) {
      cell.text = {v.text.data(), v.text.size()};
      return true;
    }
    const auto value = stored(info, v, kMostDigits);
    cell.value = value.value_or(0);
    return value.has_value();
  }

  std::shared_ptr<const plan::Plan> plan_;
  const plan::ProgramInfo& program_;
  bool every_other_known_;
  std::vector<Cell> cells_;
  run::RowBinding binding_;
  run::RowBinding::Workspace workspace_;
  bool can_be_bound_ = true;
};

// The cases of one programme follow each other.
bool decide_with(RowKind kind, const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  if (options.known_on) return false;
  struct Last {
    std::shared_ptr<const plan::Plan> plan;
    plan::Index program = plan::kNone;
    std::unique_ptr<RowEngine> engine;
  };
  thread_local std::map<RowKind, Last> lasts;
  Last& last = lasts[kind];
  if (last.plan != facts.shared_plan() || last.program != facts.program())
    last = {facts.shared_plan(), facts.program(),
            std::make_unique<RowEngine>(facts.shared_plan(), facts.program(), kind)};
  return last.engine->decide(facts, decision);
}

}  // namespace

bool decide_as_row(const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  return decide_with(RowKind::plain, facts, options, decision);
}

bool decide_as_known_row(const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  return decide_with(RowKind::known, facts, options, decision);
}

bool decide_as_row_step_by_step(const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  return decide_with(RowKind::step_by_step, facts, options, decision);
}

bool decide_facts_as_row(const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  if (options.known_on || program.kernels == nullptr) return false;
  thread_local run::FactsAsRow rows(0);
  const std::uint64_t flags = rows.decide(facts);
  if (flags != 0) run::unfold(facts.plan(), program, flags, rows.answer(), decision);
  return flags != 0;
}

}  // namespace guiju::reference
