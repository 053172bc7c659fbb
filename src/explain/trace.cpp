// See trace.hpp. Statements come in the order of the rule file; below each stand the table rows, counts, caps,
// roundings and values named elsewhere that are inside it, found by walking back from its slot along what was taken.
#include "explain/trace.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <span>

#include "explain/comparisons.hpp"
#include "explain/earlier_grants.hpp"
#include "explain/show.hpp"
#include "explain/with_reasons.hpp"
#include "plan/duty.hpp"
#include "plan/operands.hpp"
#include "run/foot.hpp"
#include "run/table_search.hpp"

namespace guiju::explain {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotId;

namespace {

constexpr int kDeepestValue = 2000;  // the bound keeps the stack small
constexpr std::size_t kUsualLines = 64;

class Tracer {
 public:
  Tracer(const run::Facts& facts, const run::Decision& decision, const plan::Section& section, bool english,
         Words& words)
      : facts_(facts),
        plan_(facts.plan()),
        program_(plan_.programs[facts.program()]),
        section_(section),
        decision_(decision),
        english_(english),
        words_(words),
        compare_(facts, section, decision, english, words),
        told_(section.slots.size(), false),
        named_(section.slots.size(), false),
        has_statement_(section.lets.size(), false) {
    lines_.reserve(kUsualLines);
    for (const auto& let : section.lets) {
      if (let.slot != kNone) named_[let.slot] = true;
    }
  }

  std::vector<TraceLine> program() {
    add_version();
    for (const plan::PartInfo& part : section_.parts) {
      for (const plan::PartStep& step : part.steps) told_[step.after] = true;
    }
    for (const auto& s : section_.statements) {
      if (s.kind != plan::Section::Statement::let) continue;
      has_statement_[s.index] = true;
      if (const SlotId slot = section_.lets[s.index].slot; slot != kNone) told_[slot] = true;
    }
    bool tables_told = false;
    for (const auto& s : section_.statements) {
      const bool after_requirements = s.kind > plan::Section::Statement::quota;
      if (after_requirements && !tables_told) tables_told = add_tables();
      add(s);
    }
    if (!tables_told) add_tables();
    add_others();
    return std::move(lines_);
  }

  std::vector<TraceLine> standard() {
    const plan::StandardOutputs& outputs = program_.outputs;
    if (outputs.edition != kNone) add_value(0, "edition", "", "", kNone, outputs.edition);
    if (outputs.grade != kNone) {
      add_value(0, "grade", "", "", kNone, outputs.grade);
      tell_inside(outputs.grade, 1, 0);
    }
    for (const auto& o : outputs.outputs) {
      TraceLine& line = add_value(0, o.result ? "result" : "check", o.name, o.label.in(english_), kNone, o.value);
      if (section_.slots[o.value].cls == plan::SlotClass::truth) line.compared = every(o.value);
      tell_inside(o.value, 1, 0);
    }
    return std::move(lines_);
  }

 private:
  [[nodiscard]] const run::Value& at(SlotId slot) const { return decision_.slots[slot]; }
  [[nodiscard]] Phrase pick(Phrase zh, Phrase en) const { return english_ ? en : zh; }
  [[nodiscard]] Phrase written(Index place) const { return excerpt(words_, plan_, place); }
  [[nodiscard]] Phrase state_of(SlotId slot) const {
    if (at(slot).state == 0) return "not_reached";
    return run::is_known(at(slot), section_.slots[slot].cls) ? "known" : "open";
  }

  // Everything that was compared for a truth; where it is false, only what stood in the way.
  [[nodiscard]] std::span<const Compared> every(SlotId truth) { return laid_out(compare_.every(truth), compare_); }
  [[nodiscard]] std::span<const Compared> missing(SlotId truth) { return laid_out(compare_.missing(truth), compare_); }
  [[nodiscard]] std::span<const Compared> laid_out(const Demand& demand, const Comparisons& told_by) {
    compared_.clear();
    told_by.flatten(demand, compared_);
    return words_.keep_all<Compared>(compared_);
  }

  TraceLine& add(int depth, Phrase kind, Phrase name, Phrase label) {
    TraceLine& line = lines_.emplace_back();
    line.depth = depth;
    line.kind = kind;
    line.name = name;
    line.label = label;
    line.state = "known";
    return line;
  }
  TraceLine& add_value(int depth, Phrase kind, Phrase name, Phrase label, Index place, SlotId slot) {
    TraceLine& line = add(depth, kind, name, label);
    line.written = written(place);
    line.state = slot == kNone ? "not_reached" : state_of(slot);
    if (line.state != "not_reached")
      line.value = tell_value(words_, plan_, section_.slots[slot], at(slot), decision_, english_);
    return line;
  }

  // ---- statements

  // Named elsewhere and met by no walk, as a constant that was worked into another is: before all that may use them.
  void add_others() {
    std::vector<TraceLine> others;
    for (std::size_t i = 0; i < section_.lets.size(); ++i) {
      const auto& let = section_.lets[i];
      if (has_statement_[i] || let.slot == kNone || at(let.slot).state == 0 || visited(let.slot)) continue;
      add_value(0, "let", let.name, let.label.in(english_), let.place, let.slot);
      others.push_back(lines_.back());
      lines_.pop_back();
    }
    lines_.insert(lines_.begin() + 1, others.begin(), others.end());
  }

  void add_version() {
    TraceLine& line = add(0, "version", section_.name, section_.label.in(english_));
    line.written = words_.keep(show_period(section_, english_));
    if (decision_.reference_date) line.value = words_.keep(show_day(*decision_.reference_date, english_));
  }

  void add(const plan::Section::Statement& s) {
    using Statement = plan::Section::Statement;
    switch (s.kind) {
      case Statement::let: {
        const auto& let = section_.lets[s.index];
        add_value(0, "let", let.name, let.label.in(english_), let.place, let.slot);
        return tell_inside(let.slot, 1, 0);
      }
      case Statement::requirement:
      case Statement::obligation:
        return add_requirement(section_.requirements[s.index]);
      case Statement::quota:
        add(0, "quota", section_.quotas[s.index].name, section_.quotas[s.index].label.in(english_));
        return;
      case Statement::amount:
        return add_amount();
      case Statement::payout:
        add(0, "payout", section_.payout, section_.payout_label.in(english_));
        return;
      case Statement::documents:
        return add_documents();
      case Statement::ensure: {
        const plan::EnsureInfo& e = section_.ensures[s.index];
        TraceLine& line = add_value(0, "ensure", e.name, e.called.in(english_), e.place, e.truth);
        line.compared = every(e.truth);
        return tell_inside(e.truth, 1, 0);
      }
    }
  }

  void add_requirement(const plan::RequirementInfo& r) {
    const plan::SlotId truth = plan::ground_of(section_, r);
    TraceLine& line = add_value(0, plan::word_of(r.kind), r.name, r.called.in(english_), r.place, truth);
    if (r.kind == plan::RequirementInfo::exclusion) return add_exclusion(r, line);
    if (r.of_entry == kNone) line.compared = every(truth);
    if (r.of_entry != kNone) add_entries(r);
    tell_inside(r.truth, 1, 0);
  }

  // Where another version of its group governs nothing is asked.
  void add_exclusion(const plan::RequirementInfo& r, TraceLine& line) {
    if (r.applies != kNone && run::is_false(at(r.applies))) {
      line.state = "not_reached";
      line.value = {};
      return;
    }
    if (run::is_false(at(r.truth))) {
      line.compared = words_.keep_all<Compared>(earlier_grants(facts_, decision_, r, english_, words_));
    } else {
      line.compared = every(r.earlier);
    }
    tell_inside(r.earlier, 1, 0);
  }

  // The entries for which a requirement on every one fails.
  void add_entries(const plan::RequirementInfo& r) {
    run::Decision of_entry = decision_;
    run::for_each_failing_entry(facts_, of_entry, r, [&](std::size_t, const std::string& path) {
      TraceLine& line = add(1, "entry", words_.keep(path), {});
      line.value = pick("否", "no");
      const Comparisons compare(facts_, section_, of_entry, english_, words_);
      line.compared = laid_out(compare.missing(r.of_entry), compare);
    });
  }

  // What a part that may be refused alone asks for.
  void add_conditions(std::size_t part) {
    for (const plan::RequirementInfo& r : section_.part_requirements) {
      if (r.part != part) continue;
      const Phrase name = words_.joined({section_.parts[part].name, ".", r.name});
      TraceLine& line = add_value(0, "require", name, r.called.in(english_), r.place, r.truth);
      if (r.of_entry == kNone) line.compared = every(r.truth);
      if (r.of_entry != kNone) add_entries(r);
      tell_inside(r.truth, 1, 0);
    }
  }

  // Whether a table grants anything is asked of a case as a requirement is.
  bool add_tables() {
    for (const plan::RequirementInfo& r : section_.requirements) {
      if (r.kind != plan::RequirementInfo::table) continue;
      add_value(0, "require", r.name, "", kNone, r.truth);
      tell_inside(r.truth, 1, 0);
    }
    return true;
  }

  void add_amount() {
    if (section_.amount == kNone) return;
    for (std::size_t i = 0; i < section_.parts.size(); ++i) {
      const plan::PartInfo& part = section_.parts[i];
      add_conditions(i);
      add_part(part);
    }
    add_footing();
    add_value(0, "amount", "", "", kNone, section_.amount);
    for (const plan::PartInfo& part : section_.parts) {
      if (!section_.single_part) add_value(1, "part", part.name, part.label.in(english_), kNone, part.after);
    }
    for (const plan::ShareInfo& share : section_.shares)
      add_value(1, "share", share.name, share.label.in(english_), kNone, share.slot);
  }

  void add_part(const plan::PartInfo& part) {
    const bool dropped = part.when != kNone && run::is_false(at(part.when));
    TraceLine& line =
        add_value(0, "part", part.name, part.label.in(english_), part.place, dropped ? part.before : part.value);
    if (dropped) line.compared = missing(part.when);
    tell_inside(part.when, 1, 0);
    tell_inside(part.value, 1, 0);
    for (const plan::PartStep& step : part.steps) {
      tell_inside(step.bound, 1, 0);
      if (dropped) continue;
      constexpr std::array<const char*, 3> kinds = {"cap", "floor", "rounding"};
      add_value(1, kinds[static_cast<std::size_t>(step.kind)], part.name, "", step.place, step.after);
    }
  }

  void add_footing() {
    const plan::FootInfo& foot = plan_.feet[section_.ops[section_.producer[section_.amount]].aux];
    std::vector<run::Value> parts;
    std::vector<run::Value> bounds;
    for (const SlotId slot : foot.parts) parts.push_back(at(slot));
    for (const plan::AdjustmentInfo& a : foot.adjustments)
      bounds.push_back(a.bound == kNone ? run::Value{} : at(a.bound));
    const auto steps = run::foot_steps(foot, parts, bounds);
    for (std::size_t i = 0; i < foot.adjustments.size(); ++i) {
      const plan::AdjustmentInfo& a = foot.adjustments[i];
      constexpr std::array<const char*, 3> kinds = {"cap", "floor", "rounding"};
      TraceLine& line = add(0, a.rest ? "rest" : kinds[static_cast<std::size_t>(a.kind)], "", "");
      line.written = written(a.place);
      line.state = steps.empty() ? "open" : "known";
      if (!steps.empty()) line.value = step_words(foot, steps[i].total, steps[i + 1].total);
      tell_inside(a.bound, 1, 0);
    }
  }
  [[nodiscard]] Phrase step_words(const plan::FootInfo& foot, const run::Fraction& before,
                                  const run::Fraction& after) const {
    const Rational& q = section_.slots[foot.parts.front()].q;
    return words_.written([&](std::string& out) {
      add_yuan(out, before, q, english_);
      out += " → ";
      add_yuan(out, after, q, english_);
    });
  }

  void add_documents() {
    for (std::size_t i = 0; i < section_.documents.size(); ++i) {
      const plan::DocumentInfo& d = section_.documents[i];
      TraceLine& line = add(0, "document", d.name, d.label.in(english_));
      const bool asked = d.when == kNone || run::may_be_true(at(d.when));
      const auto index = static_cast<Index>(i);
      const bool is_owed = decision_.owed.contains(index);
      const bool is_open = std::any_of(decision_.papers.begin(), decision_.papers.end(), [&](const run::OpenPaper& p) {
        return p.section == decision_.section && p.document == index && !p.surely;
      });
      if (!asked) line.state = "not_reached";
      if (is_open) line.state = "open";
      if (asked && !is_open) line.value = is_owed ? pick("待交", "owed") : pick("已交", "held");
      tell_inside(d.when, 1, 0);
    }
  }

  // ---- what a value is made of

  void tell_inside(SlotId slot, int depth, int deep) {
    if (slot == kNone || slot >= section_.producer.size() || deep > kDeepestValue) return;
    const Index made_by = section_.producer[slot];
    if (made_by == kNone || visited(slot)) return;
    const Op& op = section_.ops[made_by];
    for_each_taken(op, [&](SlotId s) { tell_inside(s, depth, deep + 1); });
    if (op.code == Operation::FOLD) tell_beside(made_by, depth, deep + 1);
    if (at(slot).state != 0) tell(op, depth);
  }
  // What the body of a fold takes from outside of it; of the entries themselves the fold tells. Folds over one list
  // share the slots of a body, so that `producer` may name the body of another.
  void tell_beside(Index fold, int depth, int deep) {
    const auto begin = section_.ops.begin() + fold + 1;
    const std::span body(begin, begin + plan_.folds[section_.ops[fold].aux].length);
    const auto is_made_here = [&](SlotId s) {
      return std::any_of(body.begin(), body.end(), [&](const Op& op) { return op.out == s; });
    };
    for (const Op& op : body) {
      plan::for_each_operand(plan_, op, [&](SlotId s) {
        if (!is_made_here(s)) tell_inside(s, depth, deep);
      });
    }
  }
  bool visited(SlotId slot) {
    if (visited_.empty()) visited_.resize(section_.slots.size(), false);
    const bool before = visited_[slot];
    visited_[slot] = true;
    return before;
  }

  // Of a choice the condition and what was chosen.
  template <typename F>
  void for_each_taken(const Op& op, F&& f) const {
    if (op.code == Operation::SEL && run::is_known(at(op.a), plan::SlotClass::truth)) {
      f(op.a);
      return f(run::is_true(at(op.a)) ? op.b : op.c);
    }
    if (op.code == Operation::PICK) {
      const auto& pairs = plan_.operands[op.aux];
      for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        if (run::is_false(at(pairs[i]))) continue;
        f(pairs[i]);
        f(pairs[i + 1]);
      }
      return;
    }
    if (op.code == Operation::CELL) return f(op.a);
    if (op.code == Operation::FOLD) return f(op.a);
    plan::for_each_operand(plan_, op, f);
  }

  void tell(const Op& op, int depth) {
    tell_step(op, depth);
    if (!named_[op.out]) return;
    for (std::size_t i = 0; i < section_.lets.size(); ++i) {
      const auto& let = section_.lets[i];
      if (let.slot == op.out && !has_statement_[i])
        add_value(depth, "let", let.name, let.label.in(english_), let.place, let.slot);
    }
  }

  void tell_step(const Op& op, int depth) {
    switch (op.code) {
      case Operation::LOOK:
        return tell_row(op, depth);
      case Operation::GRADE:
        return tell_levels(op, depth);
      case Operation::OPEN: {
        const plan::ChoiceInfo& choice = plan_.choices[op.aux];
        TraceLine& line =
            add_value(depth, "reading", choice.name, words_.keep(plain_text(choice.text, english_)), kNone, op.out);
        if (choice.adopted != kNone)
          line.value = words_.joined({choice.readings[choice.adopted].in(english_), ": ", line.value});
        return;
      }
      default:
        break;
    }
    if (told_[op.out] || named_[op.out]) return;
    switch (op.code) {
      case Operation::FOLD:
        add_value(depth, "list", "", compare_.operand(op.out).what, op.source, op.out);
        return;
      case Operation::MIN:
      case Operation::MAX:
        add_value(depth, op.code == Operation::MIN ? "cap" : "floor", "", "", op.source, op.out);
        return;
      case Operation::ROUND:
        add_value(depth, "rounding", "", "", op.source, op.out);
        return;
      case Operation::BANDS:
        add_value(depth, "bands", "", "", op.source, op.out);
        return;
      default:
        return;
    }
  }

  void tell_row(const Op& op, int depth) {
    const plan::TableInfo& table = plan_.tables[op.aux];
    TraceLine& line = add(depth, "table", table.name, table.label.in(english_));
    line.state = run::is_known(at(op.out), plan::SlotClass::row) ? "known" : "open";
    std::vector<Index> rows;
    run::for_each_row(at(op.out), table.rows.size() + 1, [&](Index r) { rows.push_back(r); });
    if (rows.size() != 1) {
      line.state = rows.empty() ? "not_reached" : "open";
    } else if (rows.front() == table.rows.size()) {
      line.value = pick("没有这一行", "no row");
    } else {
      const std::string number = std::to_string(rows.front() + 1);
      line.value = words_.joined({pick("第", "row "), number, pick("行", "")});
    }
    line.compared = words_.keep_all<Compared>(compare_.row_hit(op.out));
  }

  // The measure against the limit of each level, from the best.
  void tell_levels(const Op& op, int depth) {
    const auto& truths = plan_.operands[op.aux];
    const auto& members = plan_.row_sets[op.c];
    const plan::EnumInfo& scale = plan_.enums[section_.slots[op.out].enumeration];
    for (std::size_t i = 0; i < truths.size() && i < members.size(); ++i) {
      const auto& level = scale.members[members[i]];
      TraceLine& line = add_value(depth, "level", level.name, level.label.in(english_), kNone, truths[i]);
      line.compared = every(truths[i]);
    }
  }

  const run::Facts& facts_;
  const plan::Plan& plan_;
  const plan::ProgramInfo& program_;
  const plan::Section& section_;
  const run::Decision& decision_;
  bool english_;
  Words& words_;
  Comparisons compare_;
  std::vector<Compared> compared_;   // of one line
  std::vector<bool> told_;           // have a line of their own
  std::vector<bool> named_;          // have a name
  std::vector<bool> has_statement_;  // by named value: it has a line as a statement
  std::vector<bool> visited_;        // by the walks so far
  std::vector<TraceLine> lines_;
};

}  // namespace

Trace trace(const run::Facts& facts, const run::Decision& decision, bool english) {
  const auto words = std::make_shared<Words>();
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  if (decision.section == kNone) {
    TraceLine none;
    none.kind = "version";
    none.state = decision.outcome == run::Outcome::not_in_force ? "not_reached" : "open";
    if (decision.reference_date) none.value = words->keep(show_day(*decision.reference_date, english));
    return {{none}, words};
  }
  const WithReasons reasoned(facts, decision);
  Tracer tracer(facts, reasoned.get(), program.sections[decision.section], english, *words);
  return {program.kind == plan::ProgramInfo::standard ? tracer.standard() : tracer.program(), words};
}

}  // namespace guiju::explain
