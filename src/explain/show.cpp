// Numbers by their exact digits, money with two decimals, members by label; what is inexact carries ≈.
#include "explain/show.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <string_view>
#include <vector>

#include "run/value.hpp"
#include "values/region_names.hpp"

namespace guiju::explain {

using plan::SlotClass;

namespace {

constexpr int kShownDecimals = 6;

void add_day(std::string& out, i128 d, bool english) {
  const auto day = static_cast<Day>(d);
  english ? append_iso(out, day) : append_chinese(out, day);
}

// Lengths of time and volumes are written in words in Chinese, anything else by its sign, as standards do.
struct UnitWord {
  std::string_view unit, zh, en;
};
constexpr std::array<UnitWord, 9> kUnitWords = {{{"s", "秒", "s"},
                                                 {"min", "分钟", "min"},
                                                 {"h", "小时", "h"},
                                                 {"L", "升", "L"},
                                                 {"升", "升", "L"},
                                                 {"mL", "毫升", "mL"},
                                                 {"毫升", "毫升", "mL"},
                                                 {"m3", "立方米", "m3"},
                                                 {"立方米", "立方米", "m3"}}};

// A part of a unit that the rules declare, by its label.
std::string_view declared_word(const plan::Plan& plan, const std::string& part, bool english) {
  const auto known = plan.unit_words.find(part);
  const Phrase label = known == plan.unit_words.end() ? Phrase() : Phrase(known->second.in(english));
  return label.empty() ? std::string_view(part) : label;
}

// Signs stand apart from the figure, Chinese words do not.
void add_unit(std::string& out, const plan::Plan& plan, const plan::SlotInfo& slot, bool english) {
  if (slot.unit.empty()) return;
  if (slot.unit == "%") {
    out += slot.unit;
    return;
  }
  for (const UnitWord& word : kUnitWords) {
    if (word.unit != slot.unit) continue;
    if (english) out += ' ';
    out += english ? word.en : word.zh;
    return;
  }
  std::string text, part;
  for (const char c : slot.unit + "\n") {
    if (c != '/' && c != '*' && c != '\n') {
      part += c;
      continue;
    }
    text += declared_word(plan, part, english);
    part.clear();
    if (c != '\n') text += c;
  }
  if (english || text == slot.unit) out += ' ';
  out += text;
}

std::string digits_of(const Rational& number, int min_decimals) {
  std::string digits = to_string(number, min_decimals);
  return digits.find('/') == std::string::npos ? digits : "≈" + to_decimal(number, kShownDecimals);
}

void add_digits(std::string& out, std::int64_t n) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
  out.append(digits.data(), end);
}

void add_fen(std::string& out, i128 fen) {
  const auto small = static_cast<std::int64_t>(fen);
  if (small != fen || small < 0) {
    out += to_string(Rational::make(fen, 100).value_or(Rational(0)), 2);
    return;
  }
  add_digits(out, small / 100);
  const std::array<char, 3> rest = {'.', static_cast<char>('0' + small % 100 / 10),
                                    static_cast<char>('0' + small % 10)};
  out.append(rest.data(), rest.size());
}

bool is_fen(const run::Fraction& f, const Rational& q) {
  return f.d == 1 && q.num() == 1 && q.den() == 100;
}

void add_number(std::string& out, const plan::Plan& plan, const plan::SlotInfo& slot, const run::Fraction& f,
                bool english) {
  if (slot.money) return add_yuan(out, f, slot.q, english);  // whatever it was written in
  const auto c = Rational::make(f.n, f.d);
  const auto canonical = c ? mul(*c, slot.q) : std::nullopt;
  const bool percent = slot.percent && slot.unit.empty();
  const auto written = !canonical ? canonical
                       : percent  ? mul(*canonical, Rational(100))
                                  : div(*canonical, slot.unit_factor);
  if (!written) {
    out += '?';
    return;
  }
  out += digits_of(*written, 0);
  if (percent) {
    out += '%';
  } else {
    add_unit(out, plan, slot, english);
  }
}

void add_months(std::string& out, i128 n, bool english) {
  const auto count = static_cast<std::int64_t>(n);
  const bool years = count != 0 && count % 12 == 0;
  add_digits(out, years ? count / 12 : count);
  out += years ? (english ? " years" : "年") : (english ? " months" : "个月");
}

// Of a span in half months: where days are left over, more than so much.
void add_length(std::string& out, const plan::SlotInfo& slot, i128 n, bool english) {
  if (slot.q.is_integer()) return add_months(out, n, english);
  const i128 whole = (n - (n % 2 != 0 ? 1 : 0)) / 2;
  if (n % 2 != 0) out += english ? "more than " : "超过";
  add_months(out, whole, english);
}

void add_region(std::string& out, Region code, bool english) {
  const std::string name = region_path(code, english);
  out += name;
  if (!name.empty()) out += ' ';
  out += to_region_text(code);
}

Phrase label_of(const plan::EnumInfo& info, std::size_t member, bool english) {
  const Phrase label = info.members[member].label.in(english);
  return label.empty() ? Phrase(info.members[member].name) : label;
}

void add_members(std::string& out, const plan::EnumInfo& info, std::uint64_t mask, bool english) {
  const std::size_t before = out.size();
  const auto add = [&](std::string_view text) {
    if (out.size() != before) out += english ? " or " : "或";
    out += text;
  };
  for (std::size_t i = 0; i < info.members.size(); ++i) {
    if ((mask >> i & 1U) != 0) add(label_of(info, i, english));
  }
  if ((mask & plan::kUnclassified) != 0) add(english ? "unclassified" : "未定级");
}

Phrase unknown_word(bool english) {
  return english ? "unknown" : "未知";
}

Phrase document_word(std::uint64_t mask, bool english) {
  if (mask == 1U << run::held) return english ? "held" : "已交";
  if (mask == 1U << run::owed) return english ? "owed" : "待交";
  return mask == 1U << run::document_refused ? (english ? "refused" : "退回") : unknown_word(english);
}

Phrase member_word(const plan::Plan& plan, const plan::SlotInfo& slot, std::uint64_t mask, bool english) {
  if (std::popcount(mask) > 4) return unknown_word(english);
  if (slot.enumeration == plan::kNone) return "?";
  const plan::EnumInfo& info = plan.enums[slot.enumeration];
  const auto member = static_cast<std::size_t>(std::countr_zero(mask));
  return std::popcount(mask) == 1 && member < info.members.size() ? label_of(info, member, english) : Phrase();
}

// What stands somewhere as it is; empty: it has to be written out.
Phrase ready_words(const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& v, bool english) {
  using run::Value;
  if (!run::may(v, Value::has_value)) {
    if (run::may(v, Value::may_be_unlimited)) return english ? "no limit" : "不限";
    if (run::may(v, Value::may_be_absent)) return english ? "none" : "无";
    return unknown_word(english);
  }
  switch (slot.cls) {
    case SlotClass::truth:
      if (v.mask == run::kTrue) return english ? "yes" : "是";
      return v.mask == run::kFalse ? (english ? "no" : "否") : unknown_word(english);
    case SlotClass::member:
      return member_word(plan, slot, v.mask, english);
    case SlotClass::text:
    case SlotClass::region:
      return v.any ? unknown_word(english) : Phrase();
    case SlotClass::document:
      return document_word(v.mask, english);
    case SlotClass::list:
    case SlotClass::row:
      return unknown_word(english);
    default:
      break;
  }
  const bool any_day = slot.cls == SlotClass::day && v.low <= kFirstDay && v.high >= kLastDay;
  return any_day || (v.low_open_end && v.high_open_end) ? unknown_word(english) : Phrase();
}

// One end of what may be a range.
void add_end(std::string& out, const plan::Plan& plan, const plan::SlotInfo& slot, const run::Fraction& f,
             bool english) {
  switch (slot.cls) {
    case SlotClass::day:
      return add_day(out, f.n, english);
    case SlotClass::months:
      return add_length(out, slot, f.n, english);
    case SlotClass::days:
      add_digits(out, static_cast<std::int64_t>(f.n));
      out += english ? " days" : "天";
      return;
    default:
      return add_number(out, plan, slot, f, english);
  }
}

}  // namespace

std::string show_fen(i128 fen) {
  std::string out;
  add_fen(out, fen);
  return out;
}

std::string show_day(Day day, bool english) {
  return english ? to_iso(day) : to_chinese(day);
}

std::string show_yuan(const Rational& yuan) {
  return digits_of(yuan, 2);
}

void add_yuan(std::string& out, const run::Fraction& f, const Rational& q, bool english) {
  if (is_fen(f, q)) {
    add_fen(out, f.n);
  } else {
    const auto c = Rational::make(f.n, f.d);
    const auto yuan = c ? mul(*c, q) : std::nullopt;
    if (!yuan) {
      out += '?';
      return;
    }
    out += show_yuan(*yuan);
  }
  out += english ? " yuan" : "元";
}

void add_asked_members(std::string& out, const plan::EnumInfo& info, std::uint64_t mask, bool english) {
  std::vector<std::size_t> in;
  for (std::size_t i = 0; i < info.members.size(); ++i) {
    if ((mask >> i & 1U) != 0) in.push_back(i);
  }
  const auto& order = info.best_to_worst;
  const auto run_from = [&](auto first, auto last) {  // how many of the scale's members from this end
    return static_cast<std::size_t>(std::find_if(first, last, [&](auto m) { return (mask >> m & 1U) == 0; }) - first);
  };
  if (info.scale && in.size() > 1 && in.size() < order.size()) {
    if (run_from(order.begin(), order.end()) == in.size()) {
      out += label_of(info, order[in.size() - 1], english);
      out += english ? " or better" : "及以上";
      return;
    }
    if (run_from(order.rbegin(), order.rend()) == in.size()) {
      out += label_of(info, order[order.size() - in.size()], english);
      out += english ? " or worse" : "及以下";
      return;
    }
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (i > 0) out += i + 1 == in.size() ? (english ? " or " : "或") : (english ? ", " : "、");
    out += label_of(info, in[i], english);
  }
}

std::string show_members(const plan::Plan& plan, plan::Index enumeration, std::uint64_t mask, bool english) {
  std::string out;
  add_asked_members(out, plan.enums[enumeration], mask, english);
  return out;
}

Phrase tell_members(Words& words, const plan::Plan& plan, plan::Index enumeration, std::uint64_t mask, bool english) {
  const plan::EnumInfo& info = plan.enums[enumeration];
  const auto member = static_cast<std::size_t>(std::countr_zero(mask));
  if (std::popcount(mask) == 1 && member < info.members.size()) return label_of(info, member, english);
  return words.keep(show_members(plan, enumeration, mask, english));
}

void add_value(std::string& out, const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& v,
               const run::Decision& decision, bool english) {
  if (const Phrase ready = ready_words(plan, slot, v, english); !ready.empty()) {
    out += ready;
    return;
  }
  switch (slot.cls) {
    case SlotClass::member:
      return add_members(out, plan.enums[slot.enumeration], v.mask, english);
    case SlotClass::text:
      out += decision.texts[v.text];
      return;
    case SlotClass::region:
      return add_region(out, static_cast<Region>(v.low), english);
    default:
      break;
  }
  const auto add = [&](const run::Fraction& end) { add_end(out, plan, slot, end, english); };
  // Of what is counted where entries may be missing the lower end is known.
  if (v.high_open_end) {
    out += english ? "at least " : "至少";
    return add(run::low_of(v));
  }
  if (v.low_open_end) {
    out += english ? "at most " : "至多";
    return add(run::high_of(v));
  }
  add(run::low_of(v));
  if (run::compare(run::low_of(v), run::high_of(v)) == 0) return;
  out += english ? " to " : "至";
  add(run::high_of(v));
}

std::string show_value(const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& v,
                       const run::Decision& decision, bool english) {
  std::string out;
  add_value(out, plan, slot, v, decision, english);
  return out;
}

Phrase tell_value(Words& words, const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& v,
                  const run::Decision& decision, bool english) {
  if (const Phrase ready = ready_words(plan, slot, v, english); !ready.empty()) return ready;
  if (slot.cls == SlotClass::text) return words.keep(decision.texts[v.text]);
  return words.written([&](std::string& out) { add_value(out, plan, slot, v, decision, english); });
}

std::string show_fact(const plan::Plan& plan, const plan::FieldInfo& field, const run::FactValue& fact, bool english) {
  if (fact.state == run::FactState::absent) return english ? "none" : "无";
  if (fact.state != run::FactState::known) return english ? "unknown" : "未知";
  if (field.cls == SlotClass::text) return fact.text;
  plan::SlotInfo slot;
  slot.cls = field.cls;
  slot.q = field.q;
  slot.enumeration = field.enumeration;
  slot.unit = field.unit;
  slot.unit_factor = field.unit_factor;
  slot.percent = field.percent;
  slot.money = field.cls == SlotClass::number && field.unit == "yuan";
  run::Value v = run::interval_value(fact.c, fact.c);
  if (field.cls == SlotClass::truth) v = run::truth_value(fact.c != 0);
  if (field.cls == SlotClass::member) v = run::mask_value(std::uint64_t{1} << static_cast<unsigned>(fact.c));
  return show_value(plan, slot, v, {}, english);
}

std::string show_period(const plan::Section& s, bool english) {
  const std::string from = s.has_from ? show_day(s.from, english) : "";
  const std::string to = s.has_to ? show_day(s.to, english) : "";
  if (english) return to.empty() ? "from " + from : from + " to " + to;
  return to.empty() ? from + "起" : from + "至" + to;
}

std::string plain_text(const plan::Template& text, bool english) {
  const auto& pieces = english ? (text.en.empty() ? text.zh : text.en) : (text.zh.empty() ? text.en : text.zh);
  std::string out;
  for (const plan::TemplatePiece& p : pieces) out += p.text;
  return out;
}

std::string fill(const plan::Plan& plan, const plan::Section& section, const plan::Template& text,
                 const run::Decision& decision, bool english) {
  const auto& pieces = english ? (text.en.empty() ? text.zh : text.en) : (text.zh.empty() ? text.en : text.zh);
  std::string out;
  for (const plan::TemplatePiece& p : pieces) {
    out += p.text;
    if (p.this_version) out += show_period(section, english);
    if (p.hole != plan::kNone) add_value(out, plan, section.slots[p.hole], decision.slots[p.hole], decision, english);
  }
  return out;
}

}  // namespace guiju::explain
