// Figures are those told over every completion (run::Decision::told); what is not known is not shown.
#include "explain/targets.hpp"

#include <algorithm>
#include <array>

#include "explain/show.hpp"
#include "plan/target.hpp"
#include "run/value.hpp"

namespace guiju::explain {

using plan::kNone;
using plan::SlotClass;
using run::Value;

namespace {

constexpr std::array<const char*, 5> kKinds{"level", "change", "total", "each", "judged"};
constexpr std::array<const char*, 6> kRelations{"<", "<=", "=", "!=", ">=", ">"};

class Row {
 public:
  Row(const run::Facts& facts, const run::Decision& decision, bool english)
      : plan_(facts.plan()),
        decision_(decision),
        english_(english),
        section_(plan_.programs[facts.program()].sections[decision.options.row]),
        target_(*section_.target) {
    out_.words = explain_row(facts, decision, english);
  }

  TargetText text() {
    out_.name = section_.name;
    out_.indicator = target_.indicator.in(english_);
    out_.kind = kKinds[target_.kind];
    out_.outcome = run::name_of(decision_.outcome);
    for (const plan::SharedText& lead : target_.leads) out_.leads.push_back(lead.in(english_));
    for (const plan::SharedText& one : target_.texts) out_.texts.push_back(one.in(english_));
    out_.due = day(plan::kToldDue);
    if (decision_.outcome == run::Outcome::invalid) return std::move(out_);
    out_.observed_on = day(plan::kToldOn);
    out_.reach = figure(plan::kToldReach);
    if (!out_.reach.exact.empty()) out_.relation = target_.about ? "about" : kRelations[target_.relation];
    out_.figure = figure(plan::kToldFigure);
    out_.baseline = figure(plan::kToldBaseline);
    add_missing();
    if (decision_.outcome != run::Outcome::attained) out_.to_go = figure(plan::kToldToGo);
    if (decision_.outcome == run::Outcome::open) add_pace();
    return std::move(out_);
  }

 private:
  void add_missing() {
    if (target_.seen != kNone && run::is_false(decision_.slots[target_.seen])) return add_unobserved();
    for (std::size_t i = 0; i < target_.found.size(); ++i) {
      if (run::is_false(decision_.slots[target_.found[i]])) out_.missing.push_back(out_.texts[i]);
    }
  }

  // Which observations nobody has made.
  void add_unobserved() {
    const auto on = [&](Day day) { return show_day(day, english_); };
    if (target_.base_on != kNone && told(plan::kToldBaseline) == nullptr) {
      const Value& day = decision_.slots[target_.base_on];
      const std::string base = run::is_known(day, SlotClass::day) ? on(static_cast<Day>(day.low)) : std::string();
      out_.missing.push_back(english_ ? "the figure of " + base : base + "的数值");
    }
    if (told(plan::kToldOn) != nullptr) return;
    std::optional<Day> last = decision_.options.as_at;
    if (const auto due = parse_iso_date(out_.due)) last = std::min(last.value_or(*due), *due);
    if (!last)
      out_.missing.emplace_back(english_ ? "a figure" : "任一日的数值");
    else
      out_.missing.push_back(english_ ? "a figure up to " + on(*last) : "截至" + on(*last) + "的数值");
  }

  void add_pace() {
    if (target_.on_track == kNone || !run::is_true(decision_.slots[target_.path_holds])) return;
    const Value& on_track = decision_.slots[target_.on_track];
    out_.pace = run::is_true(on_track) ? "on_track" : run::is_false(on_track) ? "behind" : "";
    out_.pace_from = day(plan::kToldStart);
    out_.expected = figure(plan::kToldExpected);
    out_.ahead = figure(plan::kToldAhead);
  }

  [[nodiscard]] const Value* told(plan::TargetTold which) const {
    const bool is_told = which < decision_.told.size() && section_.told[which] != kNone;
    const Value* value = is_told ? &decision_.told[which] : nullptr;
    return value != nullptr && run::may(*value, Value::has_value) ? value : nullptr;
  }
  [[nodiscard]] std::string day(plan::TargetTold which) const {
    const Value* value = told(which);
    return value != nullptr && run::is_known(*value, SlotClass::day) ? to_iso(static_cast<Day>(value->low))
                                                                     : std::string();
  }
  [[nodiscard]] FigureText figure(plan::TargetTold which) const {
    const Value* value = told(which);
    if (value == nullptr || run::may(*value, Value::may_be_absent)) return {};
    const plan::SlotInfo& slot = section_.slots[section_.told[which]];
    FigureText out;
    if (run::is_known(*value, SlotClass::number)) {
      out.exact = show_value(plan_, slot, *value, decision_, english_);
      return out;
    }
    if (value->low_open_end) return {};
    Value end = *value;
    end.high_open_end = false;
    run::set_high(end, run::low_of(*value));
    out.least = show_value(plan_, slot, end, decision_, english_);
    if (value->high_open_end) return out;
    end = *value;
    run::set_low(end, run::high_of(*value));
    out.most = show_value(plan_, slot, end, decision_, english_);
    return out;
  }

  const plan::Plan& plan_;
  const run::Decision& decision_;
  bool english_;
  const plan::Section& section_;
  const plan::TargetInfo& target_;
  TargetText out_;
};

std::string outcome_of_all(const std::vector<run::Decision>& rows) {
  using run::Outcome;
  for (const Outcome first :
       {Outcome::invalid, Outcome::missed, Outcome::undetermined, Outcome::open, Outcome::referred}) {
    const bool some = std::any_of(rows.begin(), rows.end(), [&](const run::Decision& d) { return d.outcome == first; });
    if (some) return std::string(run::name_of(first));
  }
  return std::string(run::name_of(Outcome::attained));
}

}  // namespace

TargetsText explain_targets(const run::Facts& facts, const std::vector<run::Decision>& rows, bool english) {
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  TargetsText out;
  out.name = program.name;
  out.label = program.label.in(english);
  out.outcome = outcome_of_all(rows);
  for (const run::Decision& row : rows) {
    if (row.options.as_at) out.as_at = to_iso(*row.options.as_at);
    out.rows.push_back(Row(facts, row, english).text());
  }
  return out;
}

}  // namespace guiju::explain
