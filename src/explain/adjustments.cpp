// See adjustments.hpp.
#include "explain/adjustments.hpp"

#include <array>

#include "explain/comparisons.hpp"
#include "explain/show.hpp"
#include "run/foot.hpp"

namespace guiju::explain {

using plan::kNone;

namespace {

class Ledger {
 public:
  Ledger(const plan::Plan& plan, const plan::Section& section, const run::Decision& decision)
      : plan_(plan), section_(section), decision_(decision) {}

  // False where a figure is open.
  bool write(std::vector<std::string>& before, std::vector<Adjustment>& out) {
    const plan::Op& op = section_.ops[section_.producer[section_.amount]];
    const plan::FootInfo& foot = plan_.feet[op.aux];
    for (const plan::PartInfo& part : section_.parts) {
      if (!part_steps(part, before, out)) return false;
    }
    return foot_steps(foot, out);
  }

 private:
  [[nodiscard]] const run::Value& at(plan::SlotId slot) const { return decision_.slots[slot]; }

  // In yuan.
  [[nodiscard]] std::optional<Rational> amount(plan::SlotId slot) const {
    const run::Value& v = at(slot);
    const bool known = v.state == run::Value::has_value && run::is_known(v, plan::SlotClass::number);
    if (!known) return std::nullopt;
    return in_yuan(run::low_of(v), section_.slots[slot].q);
  }
  static std::optional<Rational> in_yuan(const run::Fraction& f, const Rational& q) {
    const auto c = Rational::make(f.n, f.d);
    return c ? mul(*c, q) : std::nullopt;
  }
  [[nodiscard]] std::string written(plan::Index place) const {
    Words words;
    return excerpt(words, plan_, place).str();
  }
  static std::string signed_yuan(const Rational& change) {
    if (change.sign() >= 0) return (change.sign() > 0 ? "+" : "") + show_yuan(change);
    return "-" + show_yuan(negate(change).value_or(change));
  }
  static const char* kind_name(plan::AdjustmentInfo::Kind kind) {
    constexpr std::array<const char*, 3> names = {"cap", "floor", "rounding"};
    return names[static_cast<std::size_t>(kind)];
  }

  bool part_steps(const plan::PartInfo& part, std::vector<std::string>& before, std::vector<Adjustment>& out) const {
    const bool dropped = part.when != kNone && run::is_false(at(part.when));
    if (dropped) {
      before.push_back(show_yuan(Rational(0)));
      return true;
    }
    if (part.when != kNone && !run::is_true(at(part.when))) return false;  // the part may be nothing
    auto value = amount(part.value);
    if (!value) return false;
    before.push_back(show_yuan(*value));
    for (const plan::PartStep& step : part.steps) {
      const auto after = amount(step.after);
      const auto change = after ? sub(*after, *value) : std::nullopt;
      if (!change) return false;
      if (!change->is_zero()) {
        Adjustment a;
        a.kind = kind_name(step.kind);
        a.part = part.name;
        a.written = written(step.place);
        const auto bound = step.bound == kNone ? std::optional(step.unit) : amount(step.bound);
        if (bound) a.bound = show_yuan(*bound);
        fill(a, *value, *after, *change);
        out.push_back(std::move(a));
      }
      value = after;
    }
    return true;
  }

  bool foot_steps(const plan::FootInfo& foot, std::vector<Adjustment>& out) const {
    std::vector<run::Value> parts;
    std::vector<run::Value> bounds;
    for (const plan::SlotId slot : foot.parts) parts.push_back(at(slot));
    for (const plan::AdjustmentInfo& a : foot.adjustments)
      bounds.push_back(a.bound == kNone ? run::Value{} : at(a.bound));
    const auto steps = run::foot_steps(foot, parts, bounds);
    if (steps.empty()) return false;
    const Rational q = section_.slots[foot.parts.front()].q;
    for (std::size_t i = 0; i < foot.adjustments.size(); ++i) {
      if (!foot_step(foot.adjustments[i], steps[i], steps[i + 1], q, out)) return false;
    }
    return true;
  }

  bool foot_step(const plan::AdjustmentInfo& info, const run::FootStep& from, const run::FootStep& to,
                 const Rational& q, std::vector<Adjustment>& out) const {
    const auto before = in_yuan(from.total, q);
    const auto after = in_yuan(to.total, q);
    const auto change = before && after ? sub(*after, *before) : std::nullopt;
    if (!change) return false;
    Adjustment a;
    a.kind = info.rest ? "rest" : kind_name(info.kind);
    a.written = written(info.place);
    const auto bound = info.bound == kNone ? mul(info.unit, q) : amount(info.bound);
    if (bound) a.bound = show_yuan(*bound);
    fill(a, *before, *after, *change);
    bool moved = !change->is_zero();
    for (std::size_t i = 0; i < from.parts.size(); ++i) {
      const auto was = in_yuan(from.parts[i], q);
      const auto is = in_yuan(to.parts[i], q);
      const auto taken = was && is ? sub(*is, *was) : std::nullopt;
      if (!taken) return false;
      if (taken->is_zero()) continue;
      moved = true;
      if (from.parts.size() > 1) a.by_part.push_back({section_.parts[i].name, signed_yuan(*taken)});
    }
    if (moved) out.push_back(std::move(a));
    return true;
  }

  static void fill(Adjustment& a, const Rational& before, const Rational& after, const Rational& change) {
    a.before = show_yuan(before);
    a.after = show_yuan(after);
    a.change = signed_yuan(change);
  }

  const plan::Plan& plan_;
  const plan::Section& section_;
  const run::Decision& decision_;
};

}  // namespace

void add_adjustments(const plan::Plan& plan, const plan::Section& section, const run::Decision& decision,
                     std::vector<std::string>& before, std::vector<Adjustment>& out) {
  if (!decision.amount.known() || section.amount == kNone) return;
  if (Ledger(plan, section, decision).write(before, out)) return;
  before.clear();
  out.clear();
}

}  // namespace guiju::explain
