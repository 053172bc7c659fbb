// See comparisons.hpp.
#include "explain/comparisons.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

#include "explain/show.hpp"
#include "run/assumptions.hpp"
#include "run/table_search.hpp"
#include "run/value.hpp"
#include "values/one_line.hpp"

namespace guiju::explain {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotClass;
using plan::SlotId;

namespace {

// Deeper than expressions nest; the bound keeps the stack small.
constexpr int kDeepest = 400;

bool none(const run::Value& v) {
  return v.state == run::Value::may_be_absent;
}

bool is_as(const run::Value& truth, bool needed) {
  return needed ? run::is_true(truth) : run::is_false(truth);
}

bool fits_if_there(const run::Value& truth, bool needed) {
  return run::may(truth, run::Value::may_be_absent) && truth.mask == (needed ? run::kTrue : run::kFalse);
}

Phrase shortened(Words& words, Phrase line) {
  constexpr std::size_t kLongest = 160;  // bytes
  const std::string_view text = line;
  if (text.size() <= kLongest) return line;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return words.joined({text.substr(0, end), "…"});
}

// The formula of a limit is one of the cell of the table, which its word for it does not tell to anybody.
bool speaks_of_cell(std::string_view formula) {
  constexpr std::string_view kAround = " ()*/+-,";
  std::size_t begin = 0;
  while (begin < formula.size()) {
    const std::size_t end = std::min(formula.find_first_of(kAround, begin), formula.size());
    const std::string_view word = formula.substr(begin, end - begin);
    if (word == "it" || word == "其") return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

Phrase excerpt(Words& words, const plan::Plan& plan, Index place) {
  const std::string* const text = place == kNone ? nullptr : plan.places[place].excerpt;
  return text == nullptr ? Phrase() : shortened(words, *text);
}

void Demands::add(Demand& one) {
  one.next = nullptr;
  (first_ == nullptr ? first_ : last_->next) = &one;
  last_ = &one;
}

void Demands::add(const Demands& more) {
  if (more.empty()) return;
  (first_ == nullptr ? first_ : last_->next) = more.first_;
  last_ = more.last_;
}

Comparisons::Comparisons(const run::Facts& facts, const plan::Section& section, const run::Decision& decision,
                         bool english, Words& words)
    : facts_(facts), plan_(facts.plan()), section_(section), decision_(decision), english_(english), words_(words) {}

// ---- the walk
// ------------------------------------------------------------------------------------------------------------------

Demand Comparisons::missing(SlotId truth, bool needed) const {
  Demand found = walk(truth, needed, false, 0);
  const Op* op = producer(truth);
  const bool is_nothing = found.kind != Demand::leaf && found.inner.empty();
  // Where a constant settles it, the whole is told as what it is.
  if (is_nothing && op != nullptr && at(truth).state != 0) return leaf(*op, needed);
  return found;
}

Demand Comparisons::every(SlotId truth) const {
  return walk(truth, true, true, 0);
}

const Op* Comparisons::producer(SlotId slot) const {
  if (slot == kNone || slot >= section_.producer.size() || section_.producer[slot] == kNone) return nullptr;
  return &section_.ops[section_.producer[slot]];
}

SlotId Comparisons::unscaled(SlotId slot) const {
  for (const Op* op = producer(slot); op != nullptr && op->code == Operation::SCALE; op = producer(slot)) {
    // A division by a constant changes the scale too; an alignment leaves the value as it is.
    const auto factor = div(section_.slots[op->a].q, section_.slots[op->out].q);
    if (!factor || *factor != plan_.ratios[op->aux]) break;
    slot = op->a;
  }
  return slot;
}

Demand Comparisons::walk(SlotId slot, bool needed, bool all, int depth) const {
  const Op* op = producer(slot);
  if (op == nullptr || depth > kDeepest || at(slot).state == 0) return {};
  const auto go = [&](SlotId s) { return walk(s, needed, all, depth + 1); };
  switch (op->code) {
    case Operation::CONST:
      return {};  // nothing is compared
    case Operation::NOT:
      return walk(op->a, !needed, all, depth + 1);
    case Operation::AND:
    case Operation::OR:
      return logic(*op, needed, all, depth + 1);
    case Operation::SEL:
      if (run::is_true(at(op->a))) return go(op->b);
      return run::is_false(at(op->a)) ? go(op->c) : leaf(*op, needed);
    case Operation::ONLYIF:
      return go(op->b);
    case Operation::ORELSE: {
      // As it has to be where it is there: what stands in for it where it may be missing does not fit.
      const run::Value& own = at(op->a);
      return go(none(own) || (!all && fits_if_there(own, needed)) ? op->b : op->a);
    }
    case Operation::PICK: {
      const auto& pairs = plan_.operands[op->aux];
      for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        if (run::is_true(at(pairs[i]))) return go(pairs[i + 1]);
        if (!run::is_false(at(pairs[i]))) break;  // which branch it is, is open
      }
      return leaf(*op, needed);
    }
    case Operation::OPEN: {
      const plan::ChoiceInfo& choice = plan_.choices[op->aux];
      if (op->c == kNone) return leaf(*op, needed);
      const auto& ways = plan_.operands[op->c];
      if (choice.adopted != kNone) return go(ways[choice.adopted]);
      const run::Cell* const read = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(op->aux);
      if (read != nullptr) return go(ways[read->reading]);
      Demand readings;  // whichever is meant, of those in which it is not as it has to be
      readings.kind = Demand::any;
      readings.readings = true;
      for (std::size_t i = 0; i < ways.size(); ++i) {
        if (!all && is_as(at(ways[i]), needed)) continue;
        Demand inner = go(ways[i]);
        if (inner.kind != Demand::leaf && inner.inner.empty()) continue;
        inner.reading = choice.readings[i].in(english_);
        belongs_to(inner.reading, inner);
        readings.inner.add(words_.keep_one(inner));
      }
      return readings.inner.empty() ? leaf(*op, needed) : readings;
    }
    default:
      return leaf(*op, needed);
  }
}

Demand Comparisons::logic(const Op& op, bool needed, bool all, int depth) const {
  Demand out;
  out.kind = (op.code == Operation::AND) == needed ? Demand::all : Demand::any;
  const auto stands_in_the_way = [&](SlotId s) { return is_as(at(s), !needed); };
  // Of what is there under a condition only, that condition is asked beside it.
  const auto settled = [&](SlotId s) { return is_as(at(s), needed) || fits_if_there(at(s), needed); };
  const bool one_does = stands_in_the_way(op.a) || stands_in_the_way(op.b);
  for (const SlotId s : {op.a, op.b}) {
    const bool matters = all || out.kind == Demand::any || (one_does ? stands_in_the_way(s) : !settled(s));
    if (!matters) continue;
    Demand inner = walk(s, needed, all, depth);
    if (inner.kind == out.kind) {
      out.inner.add(inner.inner);
    } else if (inner.kind == Demand::leaf || !inner.inner.empty()) {
      out.inner.add(words_.keep_one(inner));
    }
  }
  if (out.kind == Demand::any) drop_absences(out.inner, all);
  return out;
}

// All of it holds of this reading alone.
void Comparisons::belongs_to(Phrase reading, const Demand& demand) const {
  if (demand.kind == Demand::leaf) {
    Phrase& of = demand.compared->reading;
    of = of.empty() ? reading : words_.joined({reading, ", ", of});
  }
  for (const Demand& d : demand.inner) belongs_to(reading, d);
}

// `x not exists or x is …` of a fact that is there: that it could be missing is no way out, nor is what
// asks for that and for more; `only_alone` keeps the latter, for who wants to see everything.
void Comparisons::drop_absences(Demands& ways, bool only_alone) const {
  const auto is_absence = [](const Demand& d) {
    return d.kind == Demand::leaf && d.compared->relation == "not exists" && !d.compared->holds;
  };
  const auto absence_in = [&](const Demand& d) -> const Demand* {
    if (is_absence(d)) return &d;
    if (d.kind != Demand::all || only_alone) return nullptr;
    const auto found = std::find_if(d.inner.begin(), d.inner.end(), is_absence);
    return found == d.inner.end() ? nullptr : &*found;
  };
  const auto compares = [&](const Demand& d, std::string_view what) {
    if (absence_in(d) != nullptr) return false;
    std::vector<Compared> all;
    flatten(d, all);
    return std::any_of(all.begin(), all.end(), [&](const Compared& c) {
      const bool speaks_of_it = !what.empty() && std::string_view(c.what).find(what) != std::string_view::npos;
      return c.what == what || c.bound_what == what || speaks_of_it;
    });
  };
  if (std::none_of(ways.begin(), ways.end(), absence_in)) return;
  const auto is_told_elsewhere = [&](const Demand& d) {
    const Demand* absence = absence_in(d);
    return absence != nullptr && std::any_of(ways.begin(), ways.end(), [&](const Demand& other) {
             return compares(other, absence->compared->what);
           });
  };
  std::vector<Demand*> left;
  for (Demand& d : ways) {
    if (!is_told_elsewhere(d)) left.push_back(&d);
  }
  ways = {};
  for (Demand* d : left) ways.add(*d);
}

// ---- one comparison
// ------------------------------------------------------------------------------------------------------------

Phrase Comparisons::written(const Op& op) const {
  if (op.source == kNone) return {};
  const auto said = plan_.said.find(op.source);
  const Phrase words = said == plan_.said.end() ? Phrase() : Phrase(said->second.in(english_));
  if (!words.empty()) return shortened(words_, is_on_one_line(words) ? words : words_.keep(on_one_line(words)));
  const Phrase formula = excerpt(words_, plan_, op.source);
  return speaks_of_cell(formula) ? Phrase() : formula;
}

Phrase Comparisons::shown(SlotId slot) const {
  return tell_value(words_, plan_, section_.slots[slot], at(slot), decision_, english_);
}

bool Comparisons::is_bare(SlotId slot) const {
  return section_.slots[slot].cls == SlotClass::number && section_.slots[slot].unit.empty();
}

// A bare number is meant in the unit of what it is held against.
Phrase Comparisons::shown_beside(SlotId bare, SlotId beside) const {
  plan::SlotInfo slot = section_.slots[bare];
  const plan::SlotInfo& other = section_.slots[beside];
  slot.unit = other.unit;
  slot.unit_factor = other.unit_factor;
  slot.money = slot.money || other.money;
  slot.percent = slot.percent || other.percent;
  return tell_value(words_, plan_, slot, at(bare), decision_, english_);
}

const Comparisons::Operand& Comparisons::operand(SlotId slot) const {
  if (operands_.empty()) operands_.resize(section_.slots.size(), nullptr);
  const Operand*& known = operands_[slot];
  if (known != nullptr) return *known;
  const SlotId own = unscaled(slot);
  known = own == slot ? &words_.keep_one(operand_anew(slot)) : &operand(own);
  return *known;
}

Comparisons::Operand Comparisons::operand_anew(SlotId slot) const {
  Operand out;
  out.value = shown(slot);
  const Op* op = producer(slot);
  if (op == nullptr) return out;
  if (op->code == Operation::FACT) {
    const plan::FieldInfo& field = facts_.layout().fields[op->aux];
    out.path = field.path;
    out.what = name_of(field);
    return out;
  }
  if (op->code == Operation::ITEM) {
    const plan::FieldInfo* field = entry_field(*op);
    if (field != nullptr) out.what = field->label.in(english_);
    if (out.what.empty()) out.what = written(*op);
    return out;
  }
  out.what = name_of_granted(slot);
  if (!out.what.empty()) return out;
  out.constant = op->code == Operation::CONST;
  out.what = name_of_let(slot);
  if (out.what.empty()) out.what = name_of_made(*op);
  const Index enumeration = section_.slots[slot].enumeration;
  const bool nameless = out.what.empty() && !out.constant && section_.slots[slot].cls == SlotClass::member;
  if (nameless && enumeration != kNone) out.what = plan_.enums[enumeration].label.in(english_);
  return out;
}

Phrase Comparisons::name_of(const plan::FieldInfo& field) const {
  const Phrase label = field.label.in(english_);
  return label.empty() ? Phrase(field.path) : label;
}

Phrase Comparisons::name_of_granted(SlotId slot) const {
  if (slot == section_.amount) return pick("补贴额", "the amount");
  const auto part = std::find_if(section_.parts.begin(), section_.parts.end(),
                                 [&](const plan::PartInfo& p) { return p.after == slot; });
  if (part == section_.parts.end()) return {};
  const Phrase label = part->label.in(english_);
  return label.empty() ? Phrase(part->name) : label;
}

Phrase Comparisons::name_of_let(SlotId slot) const {
  const auto named =
      std::find_if(section_.lets.begin(), section_.lets.end(), [&](const auto& let) { return let.slot == slot; });
  if (named == section_.lets.end()) return {};
  const Phrase label = named->label.in(english_);
  return label.empty() ? Phrase(named->name) : label;
}

Phrase Comparisons::name_of_made(const Op& op) const {
  switch (op.code) {
    case Operation::CONST:
      return {};
    case Operation::FOLD:
      return name_of_fold(op);
    case Operation::ADD: {
      const Op* left = producer(unscaled(op.a));
      const bool with_this = unscaled(op.b) == section_.amount && left != nullptr && left->code == Operation::FOLD;
      return with_this ? words_.joined({operand(op.a).what, pick("加本次", " and this amount")}) : written(op);
    }
    case Operation::CELL:
      return name_of_cell(op);
    default:
      return written(op);
  }
}

Phrase Comparisons::name_of_fold(const Op& fold) const {
  const auto kind = static_cast<plan::FoldKind>(fold.mode);
  if (kind != plan::FoldKind::count && kind != plan::FoldKind::sum) return written(fold);
  const Op* source = producer(fold.a);
  const bool is_fact = source != nullptr && source->code == Operation::FACT;
  const Phrase list = is_fact ? name_of(facts_.layout().fields[source->aux]) : written(fold);
  if (kind == plan::FoldKind::sum) return english_ ? words_.joined({"total of ", list}) : words_.joined({list, "合计"});
  return english_ ? words_.joined({"number of matching ", list}) : words_.joined({"符合条件的", list, "项数"});
}

Phrase Comparisons::name_of_cell(const Op& cell) const {
  const Op* look = producer(cell.a);
  const Phrase label = look == nullptr ? Phrase() : Phrase(plan_.tables[look->aux].label.in(english_));
  return label.empty() ? written(cell) : label;
}

// A field of an entry, by the fold whose body reads it.
const plan::FieldInfo* Comparisons::entry_field(const Op& item) const {
  const Index at = section_.producer[item.out];
  for (Index i = 0; i < at; ++i) {
    if (section_.ops[i].code != Operation::FOLD) continue;
    const plan::FoldInfo& fold = plan_.folds[section_.ops[i].aux];
    if (at <= i + fold.length && fold.depth == item.edge) return &plan_.layouts[fold.layout].fields[item.aux];
  }
  return nullptr;
}

// ---- tables
// --------------------------------------------------------------------------------------------------------------------

std::string Comparisons::pattern_text(const plan::PatternInfo& p, SlotId key) const {
  const plan::SlotInfo& slot = section_.slots[key];
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : english_ ? ", " : "、") + text; };
  const auto end = [&](i128 c) { return show_value(plan_, slot, run::interval_value(c, c), decision_, english_); };
  switch (p.kind) {
    case plan::PatternInfo::any:
      return english_ ? "any" : "任意";
    case plan::PatternInfo::absent:
      return english_ ? "none" : "无";
    case plan::PatternInfo::member_set:
      if (slot.cls == SlotClass::truth) {
        const run::Value v = run::mask_value(p.mask);
        add(show_value(plan_, slot, v, decision_, english_));
      } else if (slot.enumeration != kNone) {
        add(show_members(plan_, slot.enumeration, p.mask, english_));
      }
      break;
    case plan::PatternInfo::interval:
      for (const auto& i : p.intervals) {
        if (i.has_low && i.has_high && i.low == i.high) {
          add(end(i.low));
        } else if (i.has_low && i.has_high) {
          add((i.low_open ? "(" : "[") + end(i.low) + ", " + end(i.high) + (i.high_open ? ")" : "]"));
        } else if (i.has_low) {
          add((i.low_open ? "> " : ">= ") + end(i.low));
        } else if (i.has_high) {
          add((i.high_open ? "< " : "<= ") + end(i.high));
        }
      }
      break;
    case plan::PatternInfo::text_set:
      for (const std::string& text : p.texts) add(text);
      break;
    case plan::PatternInfo::region_set:
      for (const Region region : p.regions) add(to_region_text(region));
      break;
  }
  if (!p.negated) return out;
  return english_ ? "other than " + out : out + "以外";
}

// One text or one member stands somewhere as it is.
Phrase Comparisons::pattern_words(const plan::PatternInfo& p, SlotId key) const {
  const Index enumeration = section_.slots[key].enumeration;
  const bool is_members = p.kind == plan::PatternInfo::member_set && section_.slots[key].cls != SlotClass::truth;
  if (!p.negated && is_members && enumeration != kNone)
    return explain::tell_members(words_, plan_, enumeration, p.mask, english_);
  return words_.keep(pattern_text(p, key));
}

std::vector<Compared> Comparisons::row_hit(SlotId row) const {
  std::vector<Compared> out;
  const Op* look = producer(row);
  if (look == nullptr || look->code != Operation::LOOK) return out;
  const plan::TableInfo& table = plan_.tables[look->aux];
  std::vector<Index> hit;
  run::for_each_row(at(row), table.rows.size() + 1, [&](Index r) { hit.push_back(r); });
  if (hit.size() != 1) return out;
  const auto& keys = plan_.operands[look->c];
  const bool hole = hit.front() == table.rows.size();
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const Operand& o = operand(keys[k]);
    Compared c;
    c.what = o.what;
    c.path = o.path;
    c.value = o.value;
    c.relation = "in";
    c.holds = !hole;
    if (!hole) c.bound = pattern_words(table.rows[hit.front()][k], keys[k]);
    const bool says_more = !hole && c.bound != c.value;
    const Phrase colon = pick(":", ": ");
    c.text = says_more ? words_.joined({c.what, colon, c.value, pick("(行:", " (row: "), c.bound, ")"})
                       : words_.joined({c.what, colon, c.value});
    out.push_back(c);
  }
  return out;
}

// ---- words
// ---------------------------------------------------------------------------------------------------------------------

namespace {

// The members of one group are numbered from 1; a demand of the group's own kind is part of it. Which reading of an
// open text is meant nobody chooses: all of them are told.
struct Group {
  Demand::Kind kind = Demand::all;
  Phrase prefix;
  std::uint32_t last = 0;
};

std::string_view last_step(std::string_view place) {
  return place.substr(place.rfind('.') + 1);
}

void place(const Demand& demand, Group& group, Words& words, std::vector<Compared>& out) {
  constexpr std::array<Phrase, 10> kFirst = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  const auto next = [&](std::string_view behind) -> Phrase {
    ++group.last;
    const bool is_short = group.last < kFirst.size() && group.prefix.empty() && behind.empty();
    return is_short ? kFirst[group.last] : words.joined({group.prefix, std::to_string(group.last), behind});
  };
  if (demand.kind == Demand::leaf) {
    const Compared& leaf = *demand.compared;
    const auto same = [&](const Compared& c) {
      return c.text == leaf.text && c.reading == leaf.reading && std::string_view(c.place).starts_with(group.prefix) &&
             std::string_view(c.place).substr(group.prefix.size()) == last_step(c.place);
    };
    if (std::any_of(out.begin(), out.end(), same)) return;
    out.push_back(leaf);
    out.back().place = next("");
    return;
  }
  if (demand.kind == group.kind || demand.readings || demand.inner.has_one()) {
    for (const Demand& d : demand.inner) place(d, group, words, out);
    return;
  }
  if (demand.inner.empty()) return;
  Group own{demand.kind, next("."), 0};
  for (const Demand& d : demand.inner) place(d, own, words, out);
}

// The first number of the place of the last of them; 0: none.
std::uint32_t last_number(const std::vector<Compared>& all) {
  return all.empty() ? 0 : static_cast<std::uint32_t>(std::strtoul(all.back().place.data(), nullptr, 10));
}

}  // namespace

void Comparisons::flatten(const Demand& demand, std::vector<Compared>& out) const {
  Group all;
  all.last = last_number(out);
  place(demand, all, words_, out);
}

void Comparisons::append(const std::vector<Compared>& more, std::vector<Compared>& out) const {
  const std::uint32_t before = last_number(out);
  for (const Compared& c : more) {
    const std::string_view place = c.place;
    const std::string_view within = place.substr(std::min(place.find('.'), place.size()));
    out.push_back(c);
    out.back().place = words_.joined({std::to_string(before + last_number({c})), within});
  }
}

std::string Comparisons::sentence(const Demand& demand) const {
  return sentence(demand, false);
}

// Inside an alternative what has to hold together is joined by "and", and what is nested stands in brackets.
std::string Comparisons::sentence(const Demand& demand, bool inside) const {
  if (demand.kind == Demand::leaf) return demand.compared->text.str();
  if (demand.readings) return by_reading(demand);
  if (demand.inner.has_one()) return sentence(*demand.inner.begin(), inside);
  const bool any = demand.kind == Demand::any;
  const char* between = any      ? (english_ ? ", or " : ",或")
                        : inside ? (english_ ? ", and " : ",且")
                                 : (english_ ? "; " : ";");
  std::string out;
  for (const Demand& d : demand.inner) {
    std::string text = sentence(d, inside || any);
    if ((inside || any) && d.kind != Demand::leaf && !d.inner.empty() && !d.inner.has_one()) text = "(" + text + ")";
    if (!text.empty()) out += (out.empty() ? "" : between) + text;
  }
  return out;
}

// What each reading of an open text asks for, by itself.
std::string Comparisons::by_reading(const Demand& readings) const {
  std::string out;
  for (const Demand& d : readings.inner) {
    const std::string text = sentence(d, true);
    if (text.empty()) continue;
    if (!out.empty()) out += english_ ? "; " : ";";
    out += english_ ? "read as \"" + d.reading.str() + "\": " + text : "读作“" + d.reading.str() + "”:" + text;
  }
  return out;
}

}  // namespace guiju::explain
