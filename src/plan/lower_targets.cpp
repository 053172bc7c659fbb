// Targets: every row a section of its own, so that what is open in one leaves the others alone.
#include <algorithm>

#include "plan/lowering.hpp"
#include "plan/target.hpp"

namespace guiju::plan {

namespace {

class RowLowering {
 public:
  RowLowering(PlanBuilder& builder, const Layout& layout, Section& section, const model::Targets& targets,
              const model::Target& row)
      : targets_(targets),
        row_(row),
        layout_(layout),
        section_(section),
        make_(builder, layout, section, targets.name.primary) {}

  void lower(Index member) {
    section_.name = row_.name.primary;
    section_.label = make_.builder().local(row_.indicator);
    section_.version_citations = cite(make_, targets_.citations, row_.name.primary);
    mark_doubts();
    describe(member);
    lower_figure();
    if (row_.is_past != nullptr) info_.past = make_.lower(*row_.is_past, env_);
    std::vector<SlotId> told(kToldOn + 1, kNone);
    if (row_.due != nullptr) told[kToldDue] = make_.lower(*row_.due, env_);
    if (row_.last_on != nullptr) told[kToldOn] = make_.lower(*row_.last_on, env_);
    told[kToldBaseline] = base_;
    told[kToldFigure] = info_.figure;
    if (row_.reach != nullptr && info_.figure != kNone) hold_against_reach(told);
    section_.told = std::move(told);
    make_.add_obligations();
    make_.name_other_lets();
    make_.begin_reasons();
    make_.finish();
    section_.target = std::make_shared<const TargetInfo>(std::move(info_));
  }

 private:
  void mark_doubts() {
    const bool secondhand = row_.check == model::Citation::secondhand;
    if (!row_.doubtful && !secondhand && row_.check != model::Citation::unverified) return;
    make_.doubt(row_.name.primary, row_.note, kNone);
    section_.doubts.back().secondhand = secondhand;
  }

  void describe(Index member) {
    info_.kind = static_cast<TargetInfo::Kind>(row_.kind);
    info_.indicator = make_.builder().local(row_.indicator);
    for (const model::Label& lead : row_.leads) info_.leads.push_back(make_.builder().local(lead));
    for (const model::Label& text : row_.texts) info_.texts.push_back(make_.builder().local(text));
    info_.about = row_.about;
    info_.relation = static_cast<std::uint8_t>(row_.relation);
    info_.enum_member = member;
    info_.any_measure = row_.kind == model::Target::change;
    info_.measure = measure_of(row_.type.unit);
    if (row_.value != nullptr) return;
    const auto observed = std::find_if(layout_.fields.begin(), layout_.fields.end(),
                                       [&](const FieldInfo& f) { return f.path == targets_.observed->name.primary; });
    info_.observed = static_cast<Index>(observed - layout_.fields.begin());
  }

  // ---- the figure

  void lower_figure() {
    if (row_.value != nullptr) {
      info_.figure = shown(make_.lower(*row_.value, env_));
      return;
    }
    switch (row_.kind) {
      case model::Target::level:
        info_.figure = shown(agreed(row_.last));
        if (row_.baseline != nullptr) base_ = shown(make_.lower(*row_.baseline, env_));
        if (!row_.base.empty()) base_ = shown(agreed(row_.base));
        return;
      case model::Target::change:
        base_ = row_.baseline != nullptr ? make_.lower(*row_.baseline, env_) : agreed(row_.base);
        if (row_.baseline == nullptr) info_.base_on = make_.lower(*row_.baseline_on, env_);
        info_.figure = shown(change(agreed(row_.last)));
        return;
      case model::Target::total:
        info_.figure = shown(make_.lower(*row_.sum, env_));
        return;
      case model::Target::each:
        for (const model::Expr* found : row_.found) {
          info_.found.push_back(make_.lower(*found, env_));
          info_.reached = make_.both(info_.reached, info_.found.back());
        }
        return;
      case model::Target::judged:
        return;
    }
  }

  // Figures of one day that are not the same contradict each other.
  SlotId agreed(const std::vector<const model::Expr*>& figures) {
    std::vector<SlotId> slots;
    for (const model::Expr* figure : figures) slots.push_back(make_.lower(*figure, env_));
    const SlotInfo slot = make_.info(slots.front());
    return make_.emit(Operation::AGREE, slot, kNone, kNone, kNone, make_.operands(slots));
  }

  SlotId has(SlotId value) { return make_.emit(Operation::HAS, SlotInfo{}, value); }
  SlotId or_zero(SlotId value) {
    const auto pair = make_.align_all({value, make_.number(Rational(0))});
    return make_.emit(Operation::ORELSE, make_.info(pair[0]), pair[0], pair[1]);
  }
  SlotId only_if(SlotId condition, SlotId value) {
    return make_.emit(Operation::ONLYIF, make_.info(value), condition, value);
  }
  // In the unit in which the target is written.
  SlotId shown(SlotId value) {
    SlotInfo& slot = make_.info(value);
    slot.unit = row_.type.unit->name;
    slot.unit_factor = row_.type.unit->factor;
    slot.money = is_money(row_.type.unit);
    return value;
  }

  SlotId quotient(SlotId a, SlotId b) {
    SlotInfo slot = make_.info(a);
    slot.q = div(make_.info(a).q, make_.info(b).q).value_or(Rational(1));
    slot.fraction = true;
    return make_.emit(Operation::DIV, slot, a, b);
  }
  SlotId product(SlotId a, SlotId b) {
    SlotInfo slot = make_.info(a);
    slot.q = mul(make_.info(a).q, make_.info(b).q).value_or(Rational(1));
    slot.fraction = slot.fraction || make_.info(b).fraction;
    return make_.emit(Operation::MUL, slot, a, b);
  }
  SlotId sum(SlotId a, SlotId b, bool minus) {
    const auto pair = make_.align_all({a, b});
    SlotInfo slot = make_.info(pair[0]);
    slot.fraction = slot.fraction || make_.info(pair[1]).fraction;
    return make_.emit(minus ? Operation::SUB : Operation::ADD, slot, pair[0], pair[1]);
  }
  SlotId holds(SlotId a, SlotId b) {
    const auto pair = make_.align_all({a, b});
    return make_.emit(Operation::CMP, SlotInfo{}, pair[0], pair[1], kNone, 0, info_.relation);
  }

  // Last figure / base - 1.
  SlotId change(SlotId last) {
    const SlotId both = make_.both(has(last), has(base_));
    const SlotId one = make_.number(Rational(1));
    return only_if(both, sum(quotient(or_zero(last), or_zero(base_)), one, true));
  }

  // ---- against what is to be reached

  [[nodiscard]] bool upward() const {
    return row_.relation == model::Relation::greater || row_.relation == model::Relation::greater_equal;
  }

  void hold_against_reach(std::vector<SlotId>& told) {
    const SlotId known = has(info_.figure);
    if (row_.value == nullptr) info_.seen = known;
    const SlotId figure = or_zero(info_.figure);
    const SlotId reach = shown(make_.lower(*row_.reach, env_));
    told[kToldReach] = reach;
    told[kToldToGo] = shown(only_if(known, upward() ? sum(reach, figure, true) : sum(figure, reach, true)));
    if (row_.about) return;
    info_.reached = make_.both(known, holds(figure, reach));
    if (row_.start == nullptr || (row_.kind == model::Target::level && base_ == kNone)) return;
    // From the start to the last day by the same step every day: told backwards from the last one, so that an open
    // first day counts once.
    told[kToldStart] = make_.lower(*row_.start, env_);
    const SlotId left = quotient(make_.lower(*row_.remaining, env_), make_.lower(*row_.length, env_));
    const SlotId from = row_.kind == model::Target::level ? or_zero(base_) : make_.number(Rational(0));
    const SlotId expected = sum(reach, product(sum(reach, from, true), left), true);
    info_.path_holds = make_.lower(*row_.in_path, env_);
    // Nobody knows from where a level should have gone whose first figure was not observed.
    if (row_.kind == model::Target::level) info_.path_holds = make_.both(info_.path_holds, has(base_));
    told[kToldExpected] = shown(only_if(info_.path_holds, expected));
    told[kToldAhead] = shown(only_if(make_.both(known, info_.path_holds), sum(figure, expected, true)));
    info_.on_track = make_.both(known, holds(figure, expected));
  }

  const model::Targets& targets_;
  const model::Target& row_;
  const Layout& layout_;
  Section& section_;
  SectionBuilder make_;
  Environment env_;
  TargetInfo info_;
  SlotId base_ = kNone;
};

}  // namespace

void lower_targets(PlanBuilder& builder, const model::Targets& targets) {
  ProgramInfo out = head_of(builder, ProgramInfo::targets, targets.name, targets.label, targets.span, targets.givens);
  for (const model::Template& a : targets.authorities) out.authorities.push_back(builder.local(a));
  out.sections.resize(targets.rows.size());
  for (std::size_t i = 0; i < targets.rows.size(); ++i)
    RowLowering(builder, out.layout, out.sections[i], targets, targets.rows[i]).lower(static_cast<Index>(i));
  builder.add(std::move(out));
}

}  // namespace guiju::plan
