// See remedies.hpp. Candidates are every member and truth, and for ordered facts the nearest values at which some
// comparison or table of the rules turns over; those are found by halving, as rules turn over once on the way.
#include "run/remedies.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "plan/operands.hpp"
#include "run/machine.hpp"

namespace guiju::run {

using plan::FieldInfo;
using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::Section;
using plan::SlotClass;
using plan::SlotId;

namespace {

void copy_row(const FactRow& from, FactRow& to) {
  to.values.resize(from.values.size());
  for (std::size_t i = 0; i < from.values.size(); ++i) {
    const FactValue& f = from.values[i];
    FactValue& t = to.values[i];
    t.state = f.state;
    t.c = f.c;
    t.text = f.text;
    if (!f.list) continue;
    t.list = std::make_unique<FactList>();
    t.list->complete = f.list->complete;
    for (const FactRow& entry : f.list->entries) copy_row(entry, t.list->entries.emplace_back());
  }
}

FactValue scalar(FactState state, i128 c, std::string text = {}) {
  FactValue v;
  v.state = state;
  v.c = c;
  v.text = std::move(text);
  return v;
}

bool is_ordered(SlotClass cls) {
  return cls == SlotClass::number || cls == SlotClass::day || cls == SlotClass::months || cls == SlotClass::days;
}

// Where two values change places: two slots of a section, or a slot and a constant in its scale.
struct Crossing {
  const Section* section;
  SlotId a, b;
  i128 bound;
  friend auto operator<=>(const Crossing&, const Crossing&) = default;
};

// Which slots of a section depend on which changeable facts.
class Dependence {
 public:
  Dependence(const plan::Plan& plan, const Section& section, Index field) : on_(section.slots.size(), false) {
    bool grown = true;
    while (grown) {  // what a fold reads from its body stands after it
      grown = false;
      for (const Op& op : section.ops) {
        if (on_[op.out]) continue;
        bool depends = op.code == Operation::FACT && op.aux == field;
        plan::for_each_operand(plan, op, [&](SlotId s) { depends = depends || on_[s]; });
        if (!depends) continue;
        on_[op.out] = grown = true;
        if (op.code != Operation::FOOT) continue;
        for (const SlotId s : plan.feet[op.aux].out_parts) on_[s] = true;
      }
    }
  }
  [[nodiscard]] bool operator()(SlotId slot) const { return slot != kNone && on_[slot]; }

 private:
  std::vector<bool> on_;
};

class Search {
 public:
  Search(const Facts& facts, const Options& options, const RemedyLimits& limits)
      : facts_(facts),
        options_(options),
        limits_(limits),
        plan_(facts.plan()),
        program_(plan_.programs[facts.program()]),
        changed_(facts.shared_plan(), facts.program()) {
    if (!facts.row().values.empty()) copy_row(facts.row(), *changed_.at(0).row);
  }

  Remedies run() {
    if (program_.kind != plan::ProgramInfo::program) return {};
    decide(facts_, options_, decision_);
    if (decision_.outcome != Outcome::ineligible && decision_.outcome != Outcome::not_in_force) return {};
    refused_by_ = decision_.section;
    struct Candidates {
      Index field;
      std::vector<FactValue> values;
      std::vector<bool> suffices;
    };
    std::vector<Candidates> all;
    const auto& fields = facts_.layout().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto field = static_cast<Index>(i);
      if (can_change(field)) all.push_back({field, candidates(field), {}});
    }
    for (Candidates& one : all) {
      for (const FactValue& value : one.values) one.suffices.push_back(try_changes({{one.field, &value}}));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        for (std::size_t v = 0; v < all[i].values.size(); ++v) {
          for (std::size_t w = 0; w < all[j].values.size(); ++w) {
            if (all[i].suffices[v] || all[j].suffices[w]) continue;
            (void)try_changes({{all[i].field, &all[i].values[v]}, {all[j].field, &all[j].values[w]}});
          }
        }
      }
    }
    keep_the_best();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool can_change(Index field) const {
    const FieldInfo& f = facts_.layout().fields[field];
    const bool scalar_fact = is_ordered(f.cls) || f.cls == SlotClass::truth || f.cls == SlotClass::member ||
                             f.cls == SlotClass::text || f.cls == SlotClass::region;
    const FactState state = facts_.value(field).state;
    // What nobody asked because its `when` does not hold is absent as things stand.
    const bool by_condition = state == FactState::unknown && f.optional && !f.declared_optional;
    const bool settled = state == FactState::known || state == FactState::absent || by_condition;
    return f.changeable && scalar_fact && !f.presence && settled;
  }

  // ---- trying

  [[nodiscard]] bool may_run() {
    if (runs_ < limits_.runs) return ++runs_, true;
    out_.cut_short = true;
    return false;
  }

  void set(Index field, const FactValue& value) {
    FactValue& v = changed_.at(field).row->values[field];
    v.state = value.state;
    v.c = value.c;
    v.text = value.text;
  }

  bool try_changes(const std::vector<std::pair<Index, const FactValue*>>& changes) {
    if (!may_run()) return false;
    for (const auto& [field, value] : changes) set(field, *value);
    decide(changed_, options_, decision_);
    for (const auto& [field, value] : changes) set(field, facts_.value(field));
    if (decision_.outcome != Outcome::eligible) return false;
    Remedy& remedy = out_.found.emplace_back();
    for (const auto& [field, value] : changes)
      remedy.changes.push_back({field, scalar(value->state, value->c, value->text)});
    remedy.section = decision_.section;
    remedy.has_amount = decision_.has_amount;
    remedy.amount = decision_.amount;
    return true;
  }

  // ---- candidates

  std::vector<FactValue> candidates(Index field) {
    const FieldInfo& f = facts_.layout().fields[field];
    const FactValue& now = facts_.value(field);
    const bool known = now.state == FactState::known;
    std::vector<FactValue> out;
    const auto add = [&](i128 c) {
      const bool same = known && now.c == c;
      const bool past = f.cls == SlotClass::day && options_.as_at && c < *options_.as_at;
      if (!same && !past) out.push_back(scalar(FactState::known, c));
    };
    if (f.cls == SlotClass::truth) {
      for (const i128 c : {1, 0}) add(c);
    } else if (f.cls == SlotClass::member) {
      for (const Index m : nearest_members(f, now)) add(m);
    } else if (is_ordered(f.cls)) {
      for (const i128 c : turning_values(field)) add(c);
    } else {
      add_equal_values(field, out);
    }
    if (known && f.declared_optional) out.push_back(scalar(FactState::absent, 0));
    if (out.size() > limits_.values) {
      out.resize(limits_.values);
      out_.cut_short = true;
    }
    return out;
  }

  [[nodiscard]] std::vector<Index> nearest_members(const FieldInfo& f, const FactValue& now) const {
    const plan::EnumInfo& e = plan_.enums[f.enumeration];
    std::vector<Index> out(e.members.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Index>(i);
    if (!e.scale || now.state != FactState::known) return out;
    const auto away = [&](Index m) {
      const auto from = static_cast<std::int64_t>(e.rank[static_cast<std::size_t>(now.c)]);
      const auto to = static_cast<std::int64_t>(e.rank[m]);
      return from > to ? from - to : to - from;
    };
    std::stable_sort(out.begin(), out.end(), [&](Index a, Index b) { return away(a) < away(b); });
    return out;
  }

  // Sections whose rules may matter: that which refused, and all where the date that selects them can change.
  [[nodiscard]] std::vector<const Section*> sections() const {
    const auto& fields = facts_.layout().fields;
    bool date_can_change = refused_by_ == kNone;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto field = static_cast<Index>(i);
      if (!can_change(field)) continue;
      const Dependence depends(plan_, program_.dates, field);
      for (const SlotId date : program_.reference_dates) date_can_change = date_can_change || depends(date);
    }
    std::vector<const Section*> out;
    for (std::size_t i = 0; i < program_.sections.size(); ++i) {
      if (date_can_change || i == refused_by_) out.push_back(&program_.sections[i]);
    }
    return out;
  }

  void add_equal_values(Index field, std::vector<FactValue>& out) {
    const SlotClass cls = facts_.layout().fields[field].cls;
    for (const Section* section : sections()) {
      if (!may_run()) return;
      Machine machine = run_section(*section);
      const auto is_fact = [&](SlotId s) {
        const Op& op = section->ops[section->producer[s]];
        return op.code == Operation::FACT && op.aux == field;
      };
      for_each_own(*section, [&](const Op& op) {
        if (op.code != Operation::SAME && op.code != Operation::INREG) return;
        SlotId other = is_fact(op.a) ? op.b : op.code == Operation::SAME && is_fact(op.b) ? op.a : kNone;
        if (other == kNone || !is_known(machine.at(other), cls) || !may(machine.at(other), Value::has_value)) return;
        const Value& v = machine.at(other);
        FactValue value = scalar(FactState::known, cls == SlotClass::region ? v.low : 0);
        if (cls == SlotClass::text) value.text = std::string(decision_.texts[v.text]);
        const auto same = [&](const FactValue& o) { return o.c == value.c && o.text == value.text; };
        const FactValue& now = facts_.value(field);
        const bool is_now = now.state == FactState::known && same(now);
        if (!is_now && std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(value));
      });
    }
  }

  // Operations outside the bodies of folds, whose slots hold something after a run.
  template <typename F>
  void for_each_own(const Section& section, F&& f) const {
    for (Index i = 0; i < section.reasons_begin; ++i) {
      const Op& op = section.ops[i];
      f(op);
      if (op.code == Operation::FOLD) i += plan_.folds[op.aux].length;
    }
  }

  // ---- where comparisons turn over

  [[nodiscard]] std::set<Crossing> crossings(Index field) const {
    std::set<Crossing> out;
    const Dependence on_date(plan_, program_.dates, field);
    for (const SlotId date : program_.reference_dates) {
      if (!on_date(date)) continue;
      for (const Section& s : program_.sections) {
        if (s.has_from) out.insert({&program_.dates, date, kNone, s.from});
        if (s.has_to) out.insert({&program_.dates, date, kNone, s.to});
      }
    }
    for (const Section* section : sections()) {
      const Dependence depends(plan_, *section, field);
      for_each_own(*section, [&](const Op& op) {
        if (op.code == Operation::CMP && (depends(op.a) || depends(op.b))) out.insert({section, op.a, op.b, 0});
        if (op.code != Operation::LOOK) return;
        const auto& keys = plan_.operands[op.c];
        for (std::size_t k = 0; k < keys.size(); ++k) {
          if (!depends(keys[k]) || !is_ordered(section->slots[keys[k]].cls)) continue;
          for (const auto& row : plan_.tables[op.aux].rows) {
            for (const auto& i : row[k].intervals) {
              if (i.has_low) out.insert({section, keys[k], kNone, i.low});
              if (i.has_high) out.insert({section, keys[k], kNone, i.high});
            }
          }
        }
      });
    }
    return out;
  }

  Machine run_section(const Section& section) {
    decision_.bad.clear();
    decision_.errors.clear();
    decision_.texts.clear();
    Machine machine(plan_, section, changed_, decision_);
    machine.run(0, &section == &program_.dates ? static_cast<Index>(section.ops.size()) : section.reasons_begin);
    return machine;
  }

  // -1, 0, 1 as the one is below, at or above the other; no value where they cannot be compared.
  std::optional<int> side(const Crossing& x, Index field, i128 c) {
    if (!may_run()) return std::nullopt;
    set(field, scalar(FactState::known, c));
    const Machine machine = run_section(*x.section);
    set(field, facts_.value(field));
    const SlotClass cls = x.section->slots[x.a].cls;
    const auto plain = [&](const Value& v) { return v.state == Value::has_value && is_known(v, cls); };
    const Value& a = machine.at(x.a);
    const Value b = x.b == kNone ? number_value(x.bound) : machine.at(x.b);
    if (cls == SlotClass::member || !plain(a) || !plain(b)) return std::nullopt;
    return compare(low_of(a), low_of(b));
  }

  // The first value on the way from `from` (not itself) to `to` that is on another side than `from`.
  std::optional<i128> first_turn(const Crossing& x, Index field, i128 from, i128 to) {
    const auto start = side(x, field, from);
    const auto end = side(x, field, to);
    if (!start || !end || *start == *end) return std::nullopt;
    i128 before = from;
    i128 after = to;
    while (after - before > 1 || before - after > 1) {
      const i128 middle = before + (after - before) / 2;
      const auto there = side(x, field, middle);
      if (!there) return std::nullopt;
      (*there == *start ? before : after) = middle;
    }
    return after;
  }

  std::vector<i128> turning_values(Index field) {
    const FieldInfo& f = facts_.layout().fields[field];
    const FactValue& now = facts_.value(field);
    const bool known = now.state == FactState::known;
    const i128 start = known ? now.c : f.least;
    std::set<i128> values;
    for (const Crossing& x : crossings(field)) {
      for (const i128 end : ends(f, start)) {
        auto turn = first_turn(x, field, start, end);
        // One step further on, where the two are equal only there.
        for (int steps = 0; turn && steps < 2; ++steps) {
          values.insert(*turn);
          turn = *turn == end ? std::nullopt : first_turn(x, field, *turn, end);
        }
      }
    }
    std::vector<i128> out(values.begin(), values.end());
    const auto away = [&](i128 c) { return c < start ? start - c : c - start; };
    std::stable_sort(out.begin(), out.end(), [&](i128 a, i128 b) { return away(a) < away(b); });
    return out;
  }

  // Far ends may be out of what dates can be computed with: then a nearer one, too.
  static std::vector<i128> ends(const FieldInfo& f, i128 start) {
    constexpr i128 kYears = 20 * 366;
    std::vector<i128> out{f.least, f.most};
    if (f.cls == SlotClass::day) {
      out.push_back(std::max(f.least, start - kYears));
      out.push_back(std::min(f.most, start + kYears));
    }
    std::erase(out, start);
    return out;
  }

  // ---- choosing

  // How far a value is from that of the fact, and on which side; 0 where there is no order.
  [[nodiscard]] std::optional<i128> distance(const Change& change) const {
    const FieldInfo& f = facts_.layout().fields[change.field];
    const FactValue& now = facts_.value(change.field);
    if (now.state != FactState::known || change.to.state != FactState::known) return std::nullopt;
    if (is_ordered(f.cls)) return change.to.c - now.c;
    if (f.cls != SlotClass::member || !plan_.enums[f.enumeration].scale) return std::nullopt;
    const auto& rank = plan_.enums[f.enumeration].rank;
    return static_cast<i128>(rank[static_cast<std::size_t>(change.to.c)]) -
           static_cast<i128>(rank[static_cast<std::size_t>(now.c)]);
  }

  // The same facts, each changed less far in the same direction, and no less money.
  [[nodiscard]] bool outdone(const Remedy& far, const Remedy& near) const {
    if (&far == &near || far.changes.size() != near.changes.size() || near.amount.least < far.amount.least)
      return false;
    bool nearer = false;
    for (std::size_t i = 0; i < far.changes.size(); ++i) {
      if (far.changes[i].field != near.changes[i].field) return false;
      const bool same = far.changes[i].to.state == near.changes[i].to.state &&
                        far.changes[i].to.c == near.changes[i].to.c &&
                        far.changes[i].to.text == near.changes[i].to.text;
      if (same) continue;
      const auto a = distance(far.changes[i]);
      const auto b = distance(near.changes[i]);
      if (!a || !b || (*a < 0) != (*b < 0)) return false;
      if ((*a < 0 ? -*a : *a) <= (*b < 0 ? -*b : *b)) return false;
      nearer = true;
    }
    return nearer;
  }

  void keep_the_best() {
    std::vector<bool> worse;
    for (const Remedy& r : out_.found) {
      worse.push_back(
          std::any_of(out_.found.begin(), out_.found.end(), [&](const Remedy& o) { return outdone(r, o); }));
    }
    std::vector<Remedy> kept;
    for (std::size_t i = 0; i < worse.size(); ++i) {
      if (!worse[i]) kept.push_back(std::move(out_.found[i]));
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Remedy& a, const Remedy& b) {
      if (a.changes.size() != b.changes.size()) return a.changes.size() < b.changes.size();
      return a.amount.least > b.amount.least;
    });
    if (kept.size() > limits_.offered) {
      kept.resize(limits_.offered);
      out_.cut_short = true;
    }
    out_.found = std::move(kept);
  }

  const Facts& facts_;
  const Options& options_;
  const RemedyLimits& limits_;
  const plan::Plan& plan_;
  const plan::ProgramInfo& program_;
  Facts changed_;
  Decision decision_;
  Index refused_by_ = kNone;
  std::size_t runs_ = 0;
  Remedies out_;
};

}  // namespace

Remedies find_remedies(const Facts& facts, const Options& options, const RemedyLimits& limits) {
  return Search(facts, options, limits).run();
}

}  // namespace guiju::run
