// See grade_why.hpp. A walk from the grade back along what was taken, to the gradings that decided it: of several the
// worst.
#include "explain/grade_why.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "explain/comparisons.hpp"
#include "explain/results.hpp"
#include "run/value.hpp"

namespace guiju::explain {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotId;

namespace {

constexpr int kDeepestMeasure = 400;

class GradeWhy {
 public:
  GradeWhy(const run::Facts& facts, const run::Decision& decision, bool english)
      : plan_(facts.plan()),
        section_(plan_.programs[facts.program()].sections.front()),
        decision_(decision),
        english_(english),
        compare_(facts, section_, decision, english, words_),
        grade_(plan_.programs[facts.program()].outputs.grade),
        scale_(&scale_of(grade_)) {}

  std::string text() {
    const std::uint64_t mask = at(grade_).mask;
    if (std::popcount(mask) != 1) return {};
    const std::string state = state_name(mask);
    std::string out = state.empty() ? label(only(mask)) : why_unclassified(state, english_);
    gather(grade_, 0);
    if (state.empty() && scale_ != &scale_of(grade_))
      out += (english_ ? " (" : "(") + stands_for_ + (english_ ? ")" : ")");
    if (met_.empty() && missed_.empty() && excluded_.empty()) return state.empty() ? std::string() : out;
    if (const std::string because = joined(excluded_.empty() ? met_ : excluded_); !because.empty())
      out += (english_ ? ": " : ":") + because;
    if (excluded_.empty() && !missed_.empty()) {
      out += english_ ? "; " + label(better_) + " is missed: " : ";未达" + label(better_) + ":";
      out += joined(missed_);
    }
    return out;
  }

 private:
  [[nodiscard]] const run::Value& at(SlotId slot) const { return decision_.slots[slot]; }
  [[nodiscard]] const plan::EnumInfo& scale_of(SlotId slot) const {
    return plan_.enums[section_.slots[slot].enumeration];
  }
  [[nodiscard]] static Index only(std::uint64_t mask) { return static_cast<Index>(std::countr_zero(mask)); }
  [[nodiscard]] std::string label(Index member) const {
    const std::string& text = scale_->members[member].label.in(english_);
    return text.empty() ? scale_->members[member].name : text;
  }
  [[nodiscard]] std::string joined(const std::vector<Compared>& all) const {
    std::string out;
    for (const Compared& c : all) out += (out.empty() ? "" : english_ ? ", " : ",") + c.text.str();
    return out;
  }
  [[nodiscard]] const Op* producer(SlotId slot) const {
    const bool made = slot != kNone && section_.producer[slot] != kNone;
    return made ? &section_.ops[section_.producer[slot]] : nullptr;
  }

  void gather(SlotId slot, int depth) {
    const Op* op = producer(slot);
    if (op == nullptr || depth > kDeepestMeasure) return;
    switch (op->code) {
      case Operation::PICK:
        return gather_picked(plan_.operands[op->aux], depth);
      case Operation::SEL:
        if (run::is_true(at(op->a))) {
          if (is_written(op->b)) return (void)stands_for(op->a, depth);
          return gather(op->b, depth + 1);
        }
        if (!run::is_false(at(op->a))) return;
        if (is_written(op->c) && stands_for(op->a, depth)) return;
        exclude(op->a, op->c);
        return gather(op->c, depth + 1);
      case Operation::ONLYIF:
        return gather(op->b, depth + 1);
      case Operation::ORELSE:
        return gather(at(op->a).state == run::Value::may_be_absent ? op->b : op->a, depth + 1);
      case Operation::WORST:
        for (const SlotId one : {op->a, op->b}) {
          if (at(one).mask == at(slot).mask) gather(one, depth + 1);
        }
        return;
      case Operation::GRADE:
        return add_levels(*op);
      default:
        return;
    }
  }

  // The first that holds. Where a level is written there, what it and those before it asked is what decided.
  void gather_picked(const auto& pairs, int depth) {
    std::size_t held = 0;
    while (held + 1 < pairs.size() && run::is_false(at(pairs[held]))) held += 2;
    if (held + 1 >= pairs.size() || !run::is_true(at(pairs[held]))) return;
    for (std::size_t k = held + 2; is_written(pairs[held + 1]) && k != 0; k -= 2) {
      if (stands_for(pairs[k - 2], depth)) return;
    }
    gather(pairs[held + 1], depth + 1);
  }

  [[nodiscard]] bool is_written(SlotId slot) const {
    const Op* op = producer(slot);
    return op != nullptr && op->code == Operation::CONST;
  }

  // A level that is given for a grade on another scale: what decided that one. False where there is no such grade.
  bool stands_for(SlotId condition, int depth) {
    const Op* test = producer(condition);
    if (test == nullptr || test->code != Operation::INMASK) return false;
    const std::uint64_t mask = at(test->a).mask;
    if (std::popcount(mask) != 1 || (mask & plan::kUnclassified) != 0) return false;
    const plan::EnumInfo* const given_for = std::exchange(scale_, &scale_of(test->a));
    const std::size_t excluded = excluded_.size();
    gather(test->a, depth + 1);
    if (met_.empty() && missed_.empty()) {
      scale_ = given_for;
      excluded_.resize(excluded);
      return false;
    }
    stands_for_ = label(only(mask));
    return true;
  }

  // What led past the gradings to a level or state that is written.
  void exclude(SlotId condition, SlotId instead) {
    if (!is_written(instead)) return;
    const Op* row = producer(condition);
    if (row != nullptr && row->code == Operation::HIT) {
      for (const Compared& key : compare_.row_hit(row->a)) excluded_.push_back(key);
      return;
    }
    add_missing(compare_.missing(condition), excluded_);
  }

  void add_levels(const Op& op) {
    const auto& levels = plan_.operands[op.aux];
    const auto& members = plan_.row_sets[op.c];
    const auto reached =
        std::find_if(levels.begin(), levels.end(), [&](SlotId level) { return run::is_true(at(level)); });
    if (reached != levels.end()) add(*reached, true, met_);
    if (reached == levels.begin()) return;
    const auto next = static_cast<std::size_t>(reached - levels.begin()) - 1;
    better_ = members[next];
    add(levels[next], false, missed_);
  }
  void add(SlotId level, bool holds, std::vector<Compared>& out) {
    if (!holds) return add_missing(compare_.missing(level), out);
    std::vector<Compared> all;
    compare_.flatten(compare_.every(level), all);
    for (const Compared& c : all) {
      if (c.holds) out.push_back(c);
    }
  }
  // What one of would have done is no list of what was demanded.
  void add_missing(const Demand& demand, std::vector<Compared>& out) {
    if (demand.kind == Demand::all) {
      for (const Demand& one : demand.inner) add_missing(one, out);
      return;
    }
    if (demand.kind == Demand::any && demand.inner.has_one()) return add_missing(*demand.inner.begin(), out);
    Compared told = demand.kind == Demand::leaf ? *demand.compared : Compared();
    if (demand.kind == Demand::any) {
      const std::string ways = compare_.sentence(demand);
      if (ways.empty()) return;
      const Phrase before = demand.readings ? "" : english_ ? "any one of these would do: " : "满足以下一项即可:";
      told.text = words_.joined({before, ways});
    }
    if (!told.holds) out.push_back(told);
  }

  const plan::Plan& plan_;
  const plan::Section& section_;
  const run::Decision& decision_;
  bool english_;
  Words words_;
  Comparisons compare_;
  SlotId grade_;
  const plan::EnumInfo* scale_;  // of the levels that were met and missed
  std::string stands_for_;       // the grade on that scale, where it is another than the answer's
  std::vector<Compared> met_, missed_, excluded_;
  Index better_ = 0;
};

}  // namespace

std::string why_this_grade(const run::Facts& facts, const run::Decision& decision, bool english) {
  return GradeWhy(facts, decision, english).text();
}

}  // namespace guiju::explain
