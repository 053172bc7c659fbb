// One comparison in words: what is compared, what is asked of it, and how the value stands. See comparisons.hpp.
#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "explain/comparisons.hpp"
#include "explain/show.hpp"
#include "run/value.hpp"
#include "values/rational.hpp"

namespace guiju::explain {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotClass;
using plan::SlotId;
using run::Relation;

namespace {

struct RelationWords {
  Phrase symbol, zh, en;
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

// "79.64730228543853%" as "≈79.647302%", in a sentence: as figures are shown whose decimals do not end.
Phrase in_short(Words& words, Phrase told) {
  constexpr std::size_t kDecimals = 6;
  const std::string_view figure = told;
  const std::size_t point = figure.find('.');
  const std::size_t end = std::min(figure.find_first_not_of("-.0123456789"), figure.size());
  if (point >= end || end - point - 1 <= kDecimals) return told;
  const auto exact = parse_decimal(figure.substr(0, end));
  return exact ? words.joined({"≈", to_decimal(*exact, kDecimals), figure.substr(end)}) : told;
}

// The ways in which a grade is none.
Phrase unclassified_words(std::uint64_t mask, bool english) {
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

// A text is put together once, of pieces that stand where they are.
using Pieces = std::array<Phrase, 5>;

bool is_empty(const Pieces& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](Phrase piece) { return piece.empty(); });
}

}  // namespace

struct Comparisons::Told {
  Compared compared;
  Phrase against;  // the bound, with its name where it has one
  Pieces asked;    // "售价须不高于 5000.00元"
  Pieces fit;      // where it holds: "不高于 5000.00元"; may be empty
};

// Of a document: "已交", "待交或退回".
Phrase Comparisons::states_text(std::uint64_t mask, SlotId document) const {
  return words_.written([&](std::string& out) {
    for (unsigned bit = 0; bit < 3; ++bit) {
      if ((mask >> bit & 1U) == 0) continue;
      if (!out.empty()) out += english_ ? " or " : "或";
      const run::Value state = run::mask_value(std::uint64_t{1} << bit);
      add_value(out, plan_, section_.slots[document], state, decision_, english_);
    }
  });
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

void Comparisons::take(Told& told, const Operand& operand) {
  Compared& c = told.compared;
  c.what = operand.what.empty() ? operand.value : operand.what;
  c.path = operand.path;
  c.value = operand.value;
}

// A bound that is itself a fact or computed is called by its name.
void Comparisons::take_bound(Told& told, const Operand& bound) const {
  Compared& c = told.compared;
  c.bound = bound.value;
  if (!bound.constant) c.bound_what = bound.what;
  const Phrase figure = in_short(words_, c.bound);
  told.against = c.bound_what.empty() ? figure : words_.joined({c.bound_what, pick("(", " ("), figure, ")"});
}

Demand Comparisons::leaf(const Op& op, bool needed) const {
  Told told;
  told.compared.holds = needed ? run::is_true(at(op.out)) : run::is_false(at(op.out));
  tell(op, needed, told);
  if (told.compared.text.empty()) told.compared.text = text_of(told);
  Demand out;
  out.kind = Demand::leaf;
  out.compared = &words_.keep_one(told.compared);
  return out;
}

Phrase Comparisons::text_of(const Told& told) const {
  const Compared& c = told.compared;
  const Pieces& fit = told.fit;
  const Pieces& asked = told.asked;
  const Phrase figure = in_short(words_, c.value);
  if (c.holds && c.relation != "not exists") {
    if (is_empty(fit)) return words_.joined({c.what, pick("为 ", " is "), figure});
    return words_.joined({c.what, pick("为 ", " is "), figure, pick("(", " ("), fit[0], fit[1], fit[2], ")"});
  }
  const bool is_none = c.value == pick("无", "none");
  const Phrase it_is = is_none ? pick("(现无)", " (there is none)") : pick("(现为 ", " (it is ");
  const Phrase value = is_none ? Phrase() : figure;
  return words_.joined({asked[0], asked[1], asked[2], asked[3], asked[4], it_is, value, is_none ? "" : ")"});
}

void Comparisons::tell(const Op& op, bool needed, Told& told) const {
  Compared& c = told.compared;
  const Phrase must = needed ? pick("须", " must ") : pick("不得", " must not ");
  switch (op.code) {
    case Operation::CMP:
      return tell_relation(op, needed, told);
    case Operation::INMASK:
      return tell_members(op, needed, told);
    case Operation::SAME:
      take(told, operand(op.a));
      take_bound(told, operand(op.b));
      c.relation = needed ? "=" : "!=";
      if (english_) {
        told.asked = {c.what, needed ? " must be the same as " : " must differ from ", told.against};
      } else {
        told.asked = {c.what, must, "与", told.against, "一致"};
      }
      if (!c.bound_what.empty()) told.fit = {needed ? pick("同 ", "as ") : pick("异于 ", "other than "), told.against};
      return;
    case Operation::INREG:
      take(told, operand(op.a));
      c.relation = needed ? "within" : "not within";
      c.bound = operand(op.b).value;
      if (english_) {
        told.asked = {c.what, needed ? " must lie within " : " must lie outside ", c.bound};
      } else {
        told.asked = {c.what, must, "在 ", c.bound, " 辖区内"};
      }
      return;
    case Operation::HAS:
      take(told, operand(op.a));
      c.relation = needed ? "exists" : "not exists";
      told.asked = {needed ? pick("须有", "there must be: ") : pick("须无", "there must not be: "), c.what};
      return;
    case Operation::STATE:
      take(told, operand(op.a));
      // One that may be a level as well is not said to be none.
      if (at(op.a).mask != 0 && (at(op.a).mask & ~plan::kUnclassified) == 0)
        c.value = unclassified_words(at(op.a).mask, english_);
      c.relation = needed ? "is" : "is not";
      c.bound = unclassified_words(plan_.masks[op.aux], english_);
      told.asked = {c.what, must, pick("为", "be "), c.bound};
      return;
    case Operation::HIT:
      return tell_row(op, needed, told);
    case Operation::FACT:
      take(told, operand(op.out));
      tell_truth(needed, told);
      told.asked = {pick("“", "\""), c.what, pick("”须为", "\" must be "), c.bound};
      if (c.holds) c.text = words_.joined({c.what, pick(":", ": "), c.value});
      return;
    case Operation::OPEN:
      c.what = words_.keep(plain_text(plan_.choices[op.aux].text, english_));
      c.value = shown(op.out);
      tell_truth(needed, told);
      told.asked = {c.what};
      if (!is_settled(op.out)) c.text = words_.joined({c.what, pick("(未定)", " (open)")});
      return;
    default:
      take(told, operand(op.out));
      tell_truth(needed, told);
      told.asked = {needed ? pick("须成立:", "must hold: ") : pick("不得成立:", "must not hold: "), c.what};
      if (is_settled(op.out)) c.text = stated(told, needed);
      return;
  }
}

void Comparisons::tell_truth(bool needed, Told& told) const {
  told.compared.relation = "is";
  told.compared.bound = needed ? pick("是", "yes") : pick("否", "no");
}

bool Comparisons::is_settled(SlotId truth) const {
  return run::is_true(at(truth)) || run::is_false(at(truth));
}

// Of a sentence: whether it holds.
Phrase Comparisons::stated(const Told& told, bool needed) const {
  const Compared& c = told.compared;
  const bool is_true = c.holds == needed;
  if (c.holds) return words_.joined({is_true ? pick("成立:", "holds: ") : pick("不成立:", "does not hold: "), c.what});
  const Phrase it_does = is_true ? pick("(现成立)", " (it does)") : pick("(现不成立)", " (it does not)");
  return words_.joined({told.asked[0], told.asked[1], it_does});
}

void Comparisons::tell_relation(const Op& op, bool needed, Told& told) const {
  Compared& c = told.compared;
  Relation relation = static_cast<Relation>(op.mode);
  SlotId left = unscaled(op.a);
  SlotId right = unscaled(op.b);
  if (!needed) relation = opposite(relation);
  Operand asked = operand(left);  // copies: a bare number is told in the unit of the other
  Operand bound = operand(right);
  if (asked.constant && !bound.constant) {
    std::swap(left, right);
    std::swap(asked, bound);
    relation = mirrored(relation);
  }
  take(told, asked);
  if (is_bare(left)) c.value = shown_beside(left, right);
  if (is_bare(right)) bound.value = shown_beside(right, left);
  take_bound(told, bound);
  const RelationWords& words = words_for(section_.slots[left])[static_cast<std::size_t>(relation)];
  c.relation = words.symbol;
  const Phrase word = pick(words.zh, words.en);
  told.asked = {c.what, pick("须", " must be "), word, " ", told.against};
  told.fit = {word, " ", told.against};
}

void Comparisons::tell_members(const Op& op, bool needed, Told& told) const {
  Compared& c = told.compared;
  take(told, operand(op.a));
  const Index enumeration = section_.slots[op.a].enumeration;
  std::uint64_t mask = plan_.masks[op.aux];
  if (enumeration != kNone && shorter_list(enumeration, mask)) needed = !needed;
  const bool one = std::popcount(mask) == 1;
  c.relation = one ? (needed ? "is" : "is not") : (needed ? "in" : "not in");
  c.bound = enumeration == kNone ? states_text(mask, op.a)
                                 : explain::tell_members(words_, plan_, enumeration, mask, english_);
  if (!one && needed) told.fit = {c.bound};
  told.asked = {c.what, needed ? pick("须为", " must be ") : pick("不得为", " must not be "), c.bound};
}

// The keys of a look-up, which has a row or none.
void Comparisons::tell_row(const Op& op, bool needed, Told& told) const {
  const Op* look = producer(op.a);
  if (look == nullptr || look->code != Operation::LOOK) return;
  Compared& c = told.compared;
  const auto& keys = plan_.operands[look->c];
  for (const SlotId key : keys) {
    const Operand& o = operand(key);
    const Phrase between = c.what.empty() ? Phrase() : pick("、", ", ");
    c.what = words_.joined({c.what, between, o.what});
    c.value = words_.joined({c.value, between, o.value});
    if (keys.size() == 1) c.path = o.path;
  }
  const plan::TableInfo& table = plan_.tables[look->aux];
  const Phrase label = table.label.in(english_);
  c.bound = label.empty() ? Phrase(table.name) : label;
  c.relation = needed ? "in" : "not in";
  told.asked = {c.what, needed ? pick("须列入", " must be in ") : pick("不得列入", " must not be in "), c.bound};
}

}  // namespace guiju::explain
