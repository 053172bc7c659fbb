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
using run::Relation;

namespace {

// Deeper than expressions nest; the bound keeps the stack small.
constexpr int kDeepest = 400;

struct RelationWords {
  const char *symbol, *zh, *en;
};
using WordsByRelation = std::array<RelationWords, 6>;  // in the order of run::Relation
constexpr WordsByRelation kNumbers = {{{"<", "小于", "below"},
                                       {"<=", "不大于", "at most"},
                                       {"=", "等于", "exactly"},
                                       {"!=", "不等于", "other than"},
                                       {">=", "不小于", "at least"},
                                       {">", "大于", "above"}}};
constexpr WordsByRelation kMoney = {{{"<", "低于", "below"},
                                     {"<=", "不高于", "at most"},
                                     {"=", "等于", "exactly"},
                                     {"!=", "不等于", "other than"},
                                     {">=", "不低于", "at least"},
                                     {">", "高于", "above"}}};
constexpr WordsByRelation kDays = {{{"<", "早于", "before"},
                                    {"<=", "不晚于", "on or before"},
                                    {"=", "为", "on"},
                                    {"!=", "不为", "other than"},
                                    {">=", "不早于", "on or after"},
                                    {">", "晚于", "after"}}};
constexpr WordsByRelation kDurations = {{{"<", "短于", "shorter than"},
                                         {"<=", "不超过", "at most"},
                                         {"=", "等于", "exactly"},
                                         {"!=", "不等于", "other than"},
                                         {">=", "不短于", "at least"},
                                         {">", "长于", "longer than"}}};
constexpr WordsByRelation kRanks = {{{"better", "优于", "better than"},  // rank 0 is best
                                     {"or better", "不劣于", "at least as good as"},
                                     {"=", "等同于", "the same as"},
                                     {"!=", "不同于", "other than"},
                                     {"or worse", "不优于", "no better than"},
                                     {"worse", "劣于", "worse than"}}};

const WordsByRelation& words_for(const plan::SlotInfo& slot) {
  switch (slot.cls) {
    case SlotClass::day:
      return kDays;
    case SlotClass::months:
    case SlotClass::days:
      return kDurations;
    case SlotClass::member:
      return kRanks;
    default:
      return slot.money ? kMoney : kNumbers;
  }
}

Relation opposite(Relation r) {
  constexpr std::array<Relation, 6> table = {Relation::greater_equal, Relation::greater, Relation::not_equal,
                                             Relation::equal,         Relation::less,    Relation::less_equal};
  return table[static_cast<std::size_t>(r)];
}
Relation mirrored(Relation r) {
  constexpr std::array<Relation, 6> table = {Relation::greater,   Relation::greater_equal, Relation::equal,
                                             Relation::not_equal, Relation::less_equal,    Relation::less};
  return table[static_cast<std::size_t>(r)];
}

// The ways in which a grade is none.
std::string unclassified_words(std::uint64_t mask, bool english) {
  switch (mask & plan::kUnclassified) {
    case plan::kBelow:
      return english ? "below the lowest level" : "低于最低一级";
    case plan::kNoRow:
      return english ? "without a row of the table" : "表中无此行";
    case plan::kOutOfScope:
      return english ? "out of scope" : "不在适用范围";
    default:
      return english ? "unclassified" : "未定级";
  }
}

bool none(const run::Value& v) {
  return v.state == run::Value::may_be_absent;
}

// All of it holds of this reading alone.
void belongs_to(const std::string& reading, Demand& demand) {
  if (demand.kind == Demand::leaf) {
    std::string& of = demand.compared.reading;
    of = of.empty() ? reading : reading + ", " + of;
  }
  for (Demand& d : demand.inner) belongs_to(reading, d);
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
    case Operation::ORELSE:
      return go(none(at(op->a)) ? op->b : op->a);
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
      Demand readings;  // whichever is meant
      readings.kind = Demand::any;
      readings.readings = true;
      for (std::size_t i = 0; i < ways.size(); ++i) {
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
  const auto stands_in_the_way = [&](SlotId s) { return needed ? run::is_false(at(s)) : run::is_true(at(s)); };
  const auto settled = [&](SlotId s) { return needed ? run::is_true(at(s)) : run::is_false(at(s)); };
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
  return one_line(words.empty() ? plan_.places[op.source].text() : words);
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

// Of a document: "已交", "待交或退回".
std::string Comparisons::states_text(std::uint64_t mask, SlotId document) const {
  std::string out;
  for (unsigned bit = 0; bit < 3; ++bit) {
    if ((mask >> bit & 1U) == 0) continue;
    if (!out.empty()) out += english_ ? " or " : "或";
    out += show_value(plan_, section_.slots[document], run::mask_value(std::uint64_t{1} << bit), decision_, english_);
  }
  return out;
}

// A bound that is itself a fact or computed is called by its name.
std::string Comparisons::named_bound(const Compared& c) const {
  if (c.bound_what.empty()) return c.bound;
  return c.bound_what + (english_ ? " (" : "(") + c.bound + ")";
}

// What is asked for in many members is told by the few others; true where the mask now holds those.
bool Comparisons::shorter_list(Index enumeration, std::uint64_t& mask) const {
  const std::size_t count = plan_.enums[enumeration].members.size();
  if ((mask & plan::kUnclassified) != 0 || count >= 64) return false;
  const std::uint64_t others = ~mask & ((std::uint64_t{1} << count) - 1);
  if (others == 0 || std::popcount(mask) <= std::popcount(others) + 2) return false;
  mask = others;
  return true;
}

// Of a sentence: whether it holds.
std::string Comparisons::stated(const Compared& c, bool needed, const std::string& phrase) const {
  const bool is_true = c.holds == needed;
  if (c.holds) return (english_ ? (is_true ? "holds: " : "does not hold: ") : is_true ? "成立:" : "不成立:") + c.what;
  if (english_) return phrase + (is_true ? " (it does)" : " (it does not)");
  return phrase + (is_true ? "(现成立)" : "(现不成立)");
}

Demand Comparisons::leaf(const Op& op, bool needed) const {
  Demand out;
  out.kind = Demand::leaf;
  Compared& c = out.compared;
  c.holds = needed ? run::is_true(at(op.out)) : run::is_false(at(op.out));
  const auto take = [&](Operand&& o) {
    c.what = o.what.empty() ? o.value : std::move(o.what);
    c.path = std::move(o.path);
    c.value = std::move(o.value);
  };
  std::string fit;  // how the value stands to its bound, where it holds
  const auto must_zh = [&](const char* yes, const char* no) { return std::string(needed ? yes : no); };
  const std::string must_en = needed ? " must be " : " must not be ";
  switch (op.code) {
    case Operation::CMP: {
      Relation relation = static_cast<Relation>(op.mode);
      SlotId left = unscaled(op.a);
      SlotId right = unscaled(op.b);
      if (!needed) relation = opposite(relation);
      Operand asked = operand(left);
      Operand bound = operand(right);
      if (asked.constant && !bound.constant) {
        std::swap(left, right);
        std::swap(asked, bound);
        relation = mirrored(relation);
      }
      take(std::move(asked));
      if (is_bare(left)) c.value = shown_beside(left, right);
      c.bound = is_bare(right) ? shown_beside(right, left) : std::move(bound.value);
      if (!bound.constant) c.bound_what = std::move(bound.what);
      const RelationWords& words = words_for(section_.slots[left])[static_cast<std::size_t>(relation)];
      c.relation = words.symbol;
      const std::string against = named_bound(c);
      fit = std::string(english_ ? words.en : words.zh) + " " + against;
      out.phrase =
          english_ ? c.what + " must be " + words.en + " " + against : c.what + "须" + words.zh + " " + against;
      break;
    }
    case Operation::INMASK: {
      take(operand(op.a));
      const Index enumeration = section_.slots[op.a].enumeration;
      std::uint64_t mask = plan_.masks[op.aux];
      if (enumeration != kNone) needed = shorter_list(enumeration, mask) ? !needed : needed;
      const bool one = std::popcount(mask) == 1;
      c.relation = one ? (needed ? "is" : "is not") : (needed ? "in" : "not in");
      c.bound = enumeration == kNone ? states_text(mask, op.a) : show_members(plan_, enumeration, mask, english_);
      if (!one && needed) fit = c.bound;
      out.phrase = english_ ? c.what + (needed ? " must be " : " must not be ") + c.bound
                            : c.what + must_zh("须为", "不得为") + c.bound;
      break;
    }
    case Operation::SAME: {
      take(operand(op.a));
      Operand bound = operand(op.b);
      c.relation = needed ? "=" : "!=";
      c.bound = std::move(bound.value);
      if (!bound.constant) c.bound_what = std::move(bound.what);
      const std::string against = named_bound(c);
      if (!c.bound_what.empty())
        fit = (english_ ? (needed ? "as " : "other than ") : (needed ? "同 " : "异于 ")) + against;
      out.phrase = english_ ? c.what + (needed ? " must be the same as " : " must differ from ") + against
                            : c.what + must_zh("须与", "不得与") + against + "一致";
      break;
    }
    case Operation::INREG:
      take(operand(op.a));
      c.relation = needed ? "within" : "not within";
      c.bound = operand(op.b).value;
      out.phrase = english_ ? c.what + (needed ? " must lie within " : " must lie outside ") + c.bound
                            : c.what + must_zh("须在 ", "不得在 ") + c.bound + " 辖区内";
      break;
    case Operation::HAS:
      take(operand(op.a));
      c.relation = needed ? "exists" : "not exists";
      out.phrase =
          english_ ? (needed ? "there must be: " : "there must not be: ") + c.what : must_zh("须有", "须无") + c.what;
      break;
    case Operation::STATE:
      take(operand(op.a));
      if ((at(op.a).mask & plan::kUnclassified) != 0) c.value = unclassified_words(at(op.a).mask, english_);
      c.relation = needed ? "is" : "is not";
      c.bound = unclassified_words(plan_.masks[op.aux], english_);
      out.phrase = english_ ? c.what + must_en + c.bound : c.what + must_zh("须为", "不得为") + c.bound;
      break;
    case Operation::HIT: {
      const Op* look = producer(op.a);
      if (look == nullptr || look->code != Operation::LOOK) break;
      for (const SlotId key : plan_.operands[look->c]) {
        const Operand o = operand(key);
        c.what += (c.what.empty() ? "" : english_ ? ", " : "、") + o.what;
        c.value += (c.value.empty() ? "" : english_ ? ", " : "、") + o.value;
        if (plan_.operands[look->c].size() == 1) c.path = o.path;
      }
      const plan::TableInfo& table = plan_.tables[look->aux];
      c.bound = table.label.in(english_).empty() ? table.name : table.label.in(english_);
      c.relation = needed ? "in" : "not in";
      out.phrase = english_ ? c.what + (needed ? " must be in " : " must not be in ") + c.bound
                            : c.what + must_zh("须列入", "不得列入") + c.bound;
      break;
    }
    case Operation::FACT: {
      take(operand(op.out));
      c.relation = "is";
      c.bound = english_ ? (needed ? "yes" : "no") : (needed ? "是" : "否");
      out.phrase = english_ ? "\"" + c.what + "\" must be " + c.bound : "“" + c.what + "”须为" + c.bound;
      if (c.holds) c.text = english_ ? c.what + ": " + c.value : c.what + ":" + c.value;
      break;
    }
    case Operation::OPEN: {
      c.what = plain_text(plan_.choices[op.aux].text, english_);
      c.value = shown(op.out);
      c.relation = "is";
      c.bound = english_ ? (needed ? "yes" : "no") : (needed ? "是" : "否");
      out.phrase = c.what;
      if (!run::is_true(at(op.out)) && !run::is_false(at(op.out))) c.text = c.what + (english_ ? " (open)" : "(未定)");
      break;
    }
    default: {
      take(operand(op.out));
      c.relation = "is";
      c.bound = english_ ? (needed ? "yes" : "no") : (needed ? "是" : "否");
      out.phrase =
          english_ ? (needed ? "must hold: " : "must not hold: ") + c.what : must_zh("须成立:", "不得成立:") + c.what;
      if (run::is_true(at(op.out)) || run::is_false(at(op.out))) c.text = stated(c, needed, out.phrase);
      break;
    }
  }
  if (!c.text.empty()) return out;
  const bool is_none = c.value == (english_ ? "none" : "无");
  if (c.holds && c.relation != "not exists") {
    c.text = english_ ? c.what + " is " + c.value : c.what + "为 " + c.value;
    if (!fit.empty()) c.text += english_ ? " (" + fit + ")" : "(" + fit + ")";
  } else if (is_none) {
    c.text = out.phrase + (english_ ? " (there is none)" : "(现无)");
  } else {
    c.text = out.phrase + (english_ ? " (it is " + c.value + ")" : "(现为 " + c.value + ")");
  }
  return out;
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
