// A result is told twice: for machines, as facts are written, and for people.
#include "explain/results.hpp"

#include <bit>
#include <numeric>

#include "explain/show.hpp"
#include "run/value.hpp"
#include "values/calendar.hpp"

namespace guiju::explain {

using plan::SlotClass;
using run::Value;

namespace {

// The number in the unit that it is told in; a fraction where no decimal is exact.
std::string digits(const plan::SlotInfo& slot, const run::Fraction& f) {
  const auto c = Rational::make(f.n, f.d);
  const auto canonical = c ? mul(*c, slot.q) : std::nullopt;
  const auto told = canonical && !slot.money ? div(*canonical, slot.unit_factor) : canonical;
  return told ? to_string(*told, slot.money ? 2 : 0) : std::string();
}

std::string end_of(const plan::SlotInfo& slot, const run::Fraction& f) {
  return slot.cls == SlotClass::day ? to_iso(static_cast<Day>(f.n)) : digits(slot, f);
}

void tell_member(const plan::EnumInfo& members, std::uint64_t mask, bool english, ResultText& out) {
  out.state = std::popcount(mask) == 1 ? state_name(mask) : "open";
  if (std::popcount(mask) == 1) {
    if (!out.state.empty()) return;
    out.state = "known";
    out.value = members.members[static_cast<std::size_t>(std::countr_zero(mask))].name;
    return;
  }
  std::vector<plan::Index> as_declared(members.members.size());
  std::iota(as_declared.begin(), as_declared.end(), plan::Index{0});
  out.possible = possible_members(members, as_declared, mask, english);
}

void tell_number(const plan::SlotInfo& slot, const Value& v, ResultText& out) {
  const bool one = !v.low_open_end && !v.high_open_end && run::compare(run::low_of(v), run::high_of(v)) == 0;
  if (one) {
    out.value = end_of(slot, run::low_of(v));
    return;
  }
  out.state = "open";
  if (!v.low_open_end) out.least = end_of(slot, run::low_of(v));
  if (!v.high_open_end) out.most = end_of(slot, run::high_of(v));
}

void tell_known(const plan::Plan& plan, const plan::SlotInfo& slot, const Value& v, const run::Decision& decision,
                bool english, ResultText& out) {
  out.state = "known";
  switch (slot.cls) {
    case SlotClass::truth:
      out.value = v.mask == run::kTrue ? "yes" : v.mask == run::kFalse ? "no" : "";
      break;
    case SlotClass::member:
      return tell_member(plan.enums[slot.enumeration], v.mask, english, out);
    case SlotClass::text:
      if (!v.any) out.value = decision.texts[v.text];
      break;
    case SlotClass::region:
      if (!v.any) out.value = to_region_text(static_cast<Region>(v.low));
      break;
    case SlotClass::number:
    case SlotClass::day:
      return tell_number(slot, v, out);
    default:
      if (run::is_known(v, slot.cls)) out.value = show_value(plan, slot, v, decision, true);
      break;
  }
  if (out.value.empty() && !(slot.cls == SlotClass::text && !v.any)) out.state = "open";
}

}  // namespace

std::string state_name(std::uint64_t mask) {
  if (mask == plan::kBelow) return "below";
  if (mask == plan::kNoRow) return "no_row";
  if (mask == plan::kOutOfScope) return "out_of_scope";
  return "";
}

std::string why_unclassified(const std::string& state, bool english) {
  if (state == "below") return english ? "it misses the limit of the lowest level" : "未达到最低一级的限值";
  if (state == "no_row") return english ? "the table has no row for it" : "表中没有对应的行";
  if (state == "out_of_scope") return english ? "outside the scope of the standard" : "不在该标准的适用范围内";
  if (state == "no_figure") return english ? "what the level hangs on was not found" : "定级所需的数据未查得";
  return "";
}

std::vector<Named> possible_members(const plan::EnumInfo& members, const std::vector<plan::Index>& order,
                                    std::uint64_t mask, bool english) {
  std::vector<Named> out;
  for (const plan::Index i : order) {
    if ((mask >> i & 1U) != 0) out.push_back({members.members[i].name, members.members[i].label.in(english)});
  }
  for (const std::uint64_t state : {plan::kBelow, plan::kNoRow, plan::kOutOfScope}) {
    if ((mask & state) != 0) out.push_back({state_name(state), why_unclassified(state_name(state), english)});
  }
  return out;
}

ResultText result_text(const plan::Plan& plan, const plan::Section& section,
                       const plan::StandardOutputs::Output& output, const run::Decision& decision, bool english) {
  const plan::SlotInfo& slot = section.slots[output.value];
  const Value& v = decision.slots[output.value];
  ResultText out;
  out.name = output.name;
  out.label = output.label.in(english);
  if (slot.cls == SlotClass::number) out.unit = slot.money ? "yuan" : slot.unit;
  out.text = show_value(plan, slot, v, decision, english);
  if (v.state == Value::may_be_absent) {
    out.state = "absent";
  } else if (v.state == Value::may_be_unlimited) {
    out.state = "no_limit";
  } else {
    tell_known(plan, slot, v, decision, english, out);
  }
  // What may be absent besides is not known, nor is what no edition in force gives.
  const bool more =
      v.state != Value::has_value && v.state != Value::may_be_absent && v.state != Value::may_be_unlimited;
  if (!more) return out;
  if (out.state == "known" && slot.cls == SlotClass::member) out.possible.push_back({out.value, out.text});
  if (out.state == "known" && (slot.cls == SlotClass::number || slot.cls == SlotClass::day))
    out.least = out.most = out.value;
  out.value.clear();
  out.state = "open";
  return out;
}

}  // namespace guiju::explain
