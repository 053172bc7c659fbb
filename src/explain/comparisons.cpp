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

// All of it holds of this reading alone.
void belongs_to(const std::string& reading, Demand& demand) {
  if (demand.kind == Demand::leaf) {
    std::string& of = demand.compared.reading;
    of = of.empty() ? reading : reading + ", " + of;
  }
  for (Demand& d : demand.inner) belongs_to(reading, d);
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

std::string one_line(std::string_view text) {
  constexpr std::size_t kLongest = 160;  // bytes
  std::array<char, kLongest + 2> line;   // past that it is cut in any case
  std::size_t size = 0;
  for (std::size_t i = 0; i < text.size() && size < line.size(); ++i) {
    const char c = text[i];
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (size == 0 || line[size - 1] == ' ')) continue;
    line[size++] = blank ? ' ' : c;
  }
  if (size > 0 && line[size - 1] == ' ') --size;
  if (size <= kLongest) return {line.data(), size};
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return std::string(line.data(), end) + "…";
}

Comparisons::Comparisons(const run::Facts& facts, const plan::Section& section, const run::Decision& decision,
                         bool english)
    : facts_(facts), plan_(facts.plan()), section_(section), decision_(decision), english_(english) {}

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
      const bool fits_if_there =
          !all && run::may(own, run::Value::may_be_absent) && own.mask == (needed ? run::kTrue : run::kFalse);
      return go(none(own) || fits_if_there ? op->b : op->a);
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
        readings.inner.push_back(std::move(inner));
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
  const auto settled = [&](SlotId s) { return is_as(at(s), needed); };
  const bool one_does = stands_in_the_way(op.a) || stands_in_the_way(op.b);
  for (const SlotId s : {op.a, op.b}) {
    const bool matters = all || out.kind == Demand::any || (one_does ? stands_in_the_way(s) : !settled(s));
    if (!matters) continue;
    Demand inner = walk(s, needed, all, depth);
    if (inner.kind == out.kind && out.inner.empty()) {
      out.inner = std::move(inner.inner);
    } else if (inner.kind == out.kind) {
      for (Demand& d : inner.inner) out.inner.push_back(std::move(d));
    } else if (inner.kind == Demand::leaf || !inner.inner.empty()) {
      out.inner.push_back(std::move(inner));
    }
  }
  if (out.kind == Demand::any) drop_absences(out.inner, all);
  return out;
}

// `x not exists or x is …` of a fact that is there: that it could be missing is no way out, nor is what
// asks for that and for more; `only_alone` keeps the latter, for who wants to see everything.
void Comparisons::drop_absences(std::vector<Demand>& ways, bool only_alone) {
  const auto is_absence = [](const Demand& d) {
    return d.kind == Demand::leaf && d.compared.relation == "not exists" && !d.compared.holds;
  };
  const auto absence_in = [&](const Demand& d) -> const Demand* {
    if (is_absence(d)) return &d;
    if (d.kind != Demand::all || only_alone) return nullptr;
    const auto found = std::find_if(d.inner.begin(), d.inner.end(), is_absence);
    return found == d.inner.end() ? nullptr : &*found;
  };
  const auto compares = [&](const Demand& d, const std::string& what) {
    if (absence_in(d) != nullptr) return false;
    std::vector<Compared> all;
    flatten(Demand(d), all);
    return std::any_of(all.begin(), all.end(), [&](const Compared& c) {
      return c.what == what || c.bound_what == what || (!what.empty() && c.what.find(what) != std::string::npos);
    });
  };
  if (std::none_of(ways.begin(), ways.end(), absence_in)) return;
  const std::vector<Demand> all = ways;
  std::erase_if(ways, [&](const Demand& d) {
    const Demand* absence = absence_in(d);
    return absence != nullptr && std::any_of(all.begin(), all.end(), [&](const Demand& other) {
             return compares(other, absence->compared.what);
           });
  });
}

// ---- one comparison
// ------------------------------------------------------------------------------------------------------------

std::string Comparisons::written(const Op& op) const {
  if (op.source == kNone) return {};
  const auto said = plan_.said.find(op.source);
  const std::string words = said == plan_.said.end() ? std::string() : said->second.in(english_);
  if (!words.empty()) return one_line(words);
  std::string text = one_line(plan_.places[op.source].text());
  return speaks_of_cell(text) ? std::string() : text;
}

std::string Comparisons::shown(SlotId slot) const {
  return show_value(plan_, section_.slots[slot], at(slot), decision_, english_);
}

bool Comparisons::is_bare(SlotId slot) const {
  return section_.slots[slot].cls == SlotClass::number && section_.slots[slot].unit.empty();
}

// A bare number is meant in the unit of what it is held against.
std::string Comparisons::shown_beside(SlotId bare, SlotId beside) const {
  plan::SlotInfo slot = section_.slots[bare];
  const plan::SlotInfo& other = section_.slots[beside];
  slot.unit = other.unit;
  slot.unit_factor = other.unit_factor;
  slot.money = slot.money || other.money;
  slot.percent = slot.percent || other.percent;
  return show_value(plan_, slot, at(bare), decision_, english_);
}

Comparisons::Operand Comparisons::operand(SlotId slot) const {
  slot = unscaled(slot);
  Operand out;
  out.value = shown(slot);
  const Op* op = producer(slot);
  if (op == nullptr) return out;
  const auto name_of = [&](const plan::FieldInfo& f) {
    const std::string& label = f.label.in(english_);
    return label.empty() ? f.path : label;
  };
  const auto list_name = [&](SlotId list) {
    const Op* source = producer(list);
    return source != nullptr && source->code == Operation::FACT ? name_of(facts_.layout().fields[source->aux])
                                                                : written(*op);
  };
  if (op->code == Operation::FACT) {
    const plan::FieldInfo& field = facts_.layout().fields[op->aux];
    out.path = field.path;
    out.what = name_of(field);
    return out;
  }
  if (op->code == Operation::ITEM) {
    const plan::FieldInfo* field = entry_field(*op);
    const std::string label = field == nullptr ? std::string() : field->label.in(english_);
    out.what = label.empty() ? written(*op) : label;
    return out;
  }
  if (slot == section_.amount) {
    out.what = english_ ? "the amount" : "补贴额";
    return out;
  }
  const auto part = std::find_if(section_.parts.begin(), section_.parts.end(),
                                 [&](const plan::PartInfo& p) { return p.after == slot; });
  if (part != section_.parts.end()) {
    const std::string& label = part->label.in(english_);
    out.what = label.empty() ? part->name : label;
    return out;
  }
  out.constant = op->code == Operation::CONST;
  const auto named =
      std::find_if(section_.lets.begin(), section_.lets.end(), [&](const auto& let) { return let.slot == slot; });
  if (named != section_.lets.end()) {
    const std::string& label = named->label.in(english_);
    out.what = label.empty() ? named->name : label;
    return out;
  }
  switch (op->code) {
    case Operation::CONST:
      break;
    case Operation::FOLD: {
      const std::string list = list_name(op->a);
      const auto kind = static_cast<plan::FoldKind>(op->mode);
      out.what = kind == plan::FoldKind::count
                     ? (english_ ? "number of matching " + list : "符合条件的" + list + "项数")
                 : kind == plan::FoldKind::sum ? (english_ ? "total of " + list : list + "合计")
                                               : written(*op);
      break;
    }
    case Operation::ADD: {
      const bool with_this = unscaled(op->b) == section_.amount && producer(unscaled(op->a)) != nullptr &&
                             producer(unscaled(op->a))->code == Operation::FOLD;
      out.what = with_this ? operand(op->a).what + (english_ ? " and this amount" : "加本次") : written(*op);
      break;
    }
    case Operation::CELL: {
      const Op* look = producer(op->a);
      const plan::TableInfo* table = look == nullptr ? nullptr : &plan_.tables[look->aux];
      const std::string label = table == nullptr ? std::string() : table->label.in(english_);
      out.what = label.empty() ? written(*op) : label;
      break;
    }
    default:
      out.what = written(*op);
      break;
  }
  const Index enumeration = section_.slots[slot].enumeration;
  const bool nameless = out.what.empty() && !out.constant && section_.slots[slot].cls == SlotClass::member;
  if (nameless && enumeration != kNone) out.what = plan_.enums[enumeration].label.in(english_);
  return out;
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
    const Operand o = operand(keys[k]);
    Compared c;
    c.what = o.what;
    c.path = o.path;
    c.value = o.value;
    c.relation = "in";
    c.holds = !hole;
    if (!hole) c.bound = pattern_text(table.rows[hit.front()][k], keys[k]);
    c.text = english_ ? c.what + ": " + c.value : c.what + ":" + c.value;
    if (!hole && c.bound != c.value) c.text += english_ ? " (row: " + c.bound + ")" : "(行:" + c.bound + ")";
    out.push_back(std::move(c));
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
  std::string prefix;
  std::uint32_t last = 0;
};

void place(Demand& demand, Group& group, std::vector<Compared>& out) {
  if (demand.kind == Demand::leaf) {
    const auto same = [&](const Compared& c) {
      return c.text == demand.compared.text && c.reading == demand.compared.reading &&
             c.place == group.prefix + c.place.substr(c.place.rfind('.') + 1);
    };
    if (std::any_of(out.begin(), out.end(), same)) return;
    out.push_back(std::move(demand.compared));
    out.back().place = group.prefix + std::to_string(++group.last);
    return;
  }
  if (demand.kind == group.kind || demand.readings || demand.inner.size() == 1) {
    for (Demand& d : demand.inner) place(d, group, out);
    return;
  }
  if (demand.inner.empty()) return;
  Group own{demand.kind, group.prefix + std::to_string(++group.last) + ".", 0};
  for (Demand& d : demand.inner) place(d, own, out);
}

// The first number of the place of the last of them; 0: none.
std::uint32_t last_number(const std::vector<Compared>& all) {
  return all.empty() ? 0 : static_cast<std::uint32_t>(std::strtoul(all.back().place.c_str(), nullptr, 10));
}

}  // namespace

void Comparisons::flatten(Demand&& demand, std::vector<Compared>& out) {
  Group all;
  all.last = last_number(out);
  place(demand, all, out);
}

void Comparisons::append(const std::vector<Compared>& more, std::vector<Compared>& out) {
  const std::uint32_t before = last_number(out);
  for (const Compared& c : more) {
    out.push_back(c);
    std::string& place = out.back().place;
    const std::string within = place.substr(std::min(place.find('.'), place.size()));
    place = std::to_string(before + last_number({c})) + within;
  }
}

std::string Comparisons::sentence(const Demand& demand) const {
  return sentence(demand, false);
}

// Inside an alternative what has to hold together is joined by "and", and what is nested stands in brackets.
std::string Comparisons::sentence(const Demand& demand, bool inside) const {
  if (demand.kind == Demand::leaf) return demand.compared.text;
  if (demand.readings) return by_reading(demand);
  if (demand.inner.size() == 1) return sentence(demand.inner.front(), inside);
  const bool any = demand.kind == Demand::any;
  const char* between = any      ? (english_ ? ", or " : ",或")
                        : inside ? (english_ ? ", and " : ",且")
                                 : (english_ ? "; " : ";");
  std::string out;
  for (const Demand& d : demand.inner) {
    std::string text = sentence(d, inside || any);
    if ((inside || any) && d.kind != Demand::leaf && d.inner.size() > 1) text = "(" + text + ")";
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
    out += english_ ? "read as \"" + d.reading + "\": " + text : "读作“" + d.reading + "”:" + text;
  }
  return out;
}

}  // namespace guiju::explain
