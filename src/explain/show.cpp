// Numbers by their exact digits, money with two decimals, members by label; what is inexact carries ≈.
#include "explain/show.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "run/value.hpp"
#include "values/region_names.hpp"

namespace guiju::explain {

using plan::SlotClass;

namespace {

constexpr int kShownDecimals = 6;

std::string day(i128 d, bool english) {
  return show_day(static_cast<Day>(d), english);
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
std::string declared_word(const plan::Plan& plan, const std::string& part, bool english) {
  const auto known = plan.unit_words.find(part);
  const std::string label = known == plan.unit_words.end() ? std::string() : known->second.in(english);
  return label.empty() ? part : label;
}

// Signs stand apart from the figure, Chinese words do not.
std::string unit_text(const plan::Plan& plan, const plan::SlotInfo& slot, bool english) {
  if (slot.money) return english ? " yuan" : "元";
  if (slot.unit.empty() || slot.unit == "%") return slot.unit;
  for (const UnitWord& word : kUnitWords) {
    if (word.unit == slot.unit) return english ? " " + std::string(word.en) : std::string(word.zh);
  }
  std::string out, part;
  for (const char c : slot.unit + "\n") {
    if (c != '/' && c != '*' && c != '\n') {
      part += c;
      continue;
    }
    out += declared_word(plan, part, english);
    part.clear();
    if (c != '\n') out += c;
  }
  return english || out == slot.unit ? " " + out : out;
}

std::string number(const plan::Plan& plan, const plan::SlotInfo& slot, const run::Fraction& f, bool english) {
  const bool is_fen = slot.money && f.d == 1 && slot.q.num() == 1 && slot.q.den() == 100;
  if (is_fen) return show_fen(f.n) + (english ? " yuan" : "元");
  const auto c = Rational::make(f.n, f.d);
  const auto canonical = c ? mul(*c, slot.q) : std::nullopt;
  // Money is shown in yuan whatever it was written in.
  const bool percent = slot.percent && slot.unit.empty();
  const auto written = !canonical || slot.money ? canonical
                       : percent                ? mul(*canonical, Rational(100))
                                                : div(*canonical, slot.unit_factor);
  if (!written) return "?";
  std::string digits = to_string(*written, slot.money ? 2 : 0);
  if (digits.find('/') != std::string::npos) digits = "≈" + to_decimal(*written, kShownDecimals);
  return digits + (percent ? "%" : unit_text(plan, slot, english));
}

std::string months(i128 n, bool english);

// Of a span in half months: where days are left over, more than so much.
std::string length(const plan::SlotInfo& slot, i128 n, bool english) {
  if (slot.q.is_integer()) return months(n, english);
  const i128 whole = (n - (n % 2 != 0 ? 1 : 0)) / 2;
  return (n % 2 == 0 ? "" : english ? "more than " : "超过") + months(whole, english);
}

std::string months(i128 n, bool english) {
  const auto count = static_cast<std::int64_t>(n);
  const bool years = count != 0 && count % 12 == 0;
  const std::string digits = std::to_string(years ? count / 12 : count);
  if (english) return digits + (years ? " years" : " months");
  return digits + (years ? "年" : "个月");
}

std::string region(Region code, bool english) {
  const std::string name = region_path(code, english);
  return name.empty() ? to_region_text(code) : name + " " + to_region_text(code);
}

std::string members(const plan::Plan& plan, const plan::SlotInfo& slot, std::uint64_t mask, bool english) {
  if (slot.enumeration == plan::kNone) return "?";
  const auto& all = plan.enums[slot.enumeration].members;
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if ((mask >> i & 1U) == 0) continue;
    const std::string& label = all[i].label.in(english);
    if (!out.empty()) out += english ? " or " : "或";
    out += label.empty() ? all[i].name : label;
  }
  if ((mask & plan::kUnclassified) != 0) {
    if (!out.empty()) out += english ? " or " : "或";
    out += english ? "unclassified" : "未定级";
  }
  return out;
}

}  // namespace

std::string show_fen(i128 fen) {
  const auto small = static_cast<std::int64_t>(fen);
  if (small != fen || small < 0) return to_string(Rational::make(fen, 100).value_or(Rational(0)), 2);
  std::string out = std::to_string(small / 100);
  out += '.';
  out += static_cast<char>('0' + small % 100 / 10);
  out += static_cast<char>('0' + small % 10);
  return out;
}

std::string show_day(Day day, bool english) {
  return english ? to_iso(day) : to_chinese(day);
}

std::string show_yuan(const Rational& yuan) {
  const std::string digits = to_string(yuan, 2);
  return digits.find('/') == std::string::npos ? digits : "≈" + to_decimal(yuan, kShownDecimals);
}

std::string show_members(const plan::Plan& plan, plan::Index enumeration, std::uint64_t mask, bool english) {
  const plan::EnumInfo& info = plan.enums[enumeration];
  const auto label = [&](std::size_t i) {
    const std::string& text = info.members[i].label.in(english);
    return text.empty() ? info.members[i].name : text;
  };
  std::vector<std::size_t> in;
  for (std::size_t i = 0; i < info.members.size(); ++i) {
    if ((mask >> i & 1U) != 0) in.push_back(i);
  }
  const auto& order = info.best_to_worst;
  const auto run_from = [&](auto first, auto last) {  // how many of the scale's members from this end
    return static_cast<std::size_t>(std::find_if(first, last, [&](auto m) { return (mask >> m & 1U) == 0; }) - first);
  };
  if (info.scale && in.size() > 1 && in.size() < order.size()) {
    if (run_from(order.begin(), order.end()) == in.size())
      return label(order[in.size() - 1]) + (english ? " or better" : "及以上");
    if (run_from(order.rbegin(), order.rend()) == in.size())
      return label(order[order.size() - in.size()]) + (english ? " or worse" : "及以下");
  }
  std::string out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (i > 0) out += i + 1 == in.size() ? (english ? " or " : "或") : (english ? ", " : "、");
    out += label(in[i]);
  }
  return out;
}

std::string show_value(const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& v,
                       const run::Decision& decision, bool english) {
  using run::Value;
  if (!run::may(v, Value::has_value)) {
    if (run::may(v, Value::may_be_unlimited)) return english ? "no limit" : "不限";
    if (run::may(v, Value::may_be_absent)) return english ? "none" : "无";
    return english ? "unknown" : "未知";
  }
  const auto unknown = [&] { return std::string(english ? "unknown" : "未知"); };
  switch (slot.cls) {
    case SlotClass::truth:
      if (v.mask == run::kTrue) return english ? "yes" : "是";
      return v.mask == run::kFalse ? (english ? "no" : "否") : unknown();
    case SlotClass::member:
      return std::popcount(v.mask) > 4 ? unknown() : members(plan, slot, v.mask, english);
    case SlotClass::text:
      return v.any ? unknown() : std::string(decision.texts[v.text]);
    case SlotClass::region:
      return v.any ? unknown() : region(static_cast<Region>(v.low), english);
    case SlotClass::document:
      if (v.mask == 1U << run::held) return english ? "held" : "已交";
      if (v.mask == 1U << run::owed) return english ? "owed" : "待交";
      return v.mask == 1U << run::document_refused ? (english ? "refused" : "退回") : unknown();
    case SlotClass::list:
    case SlotClass::row:
      return unknown();
    default:
      break;
  }
  if (v.low_open_end && v.high_open_end) return unknown();
  const bool any_day = slot.cls == SlotClass::day && v.low <= kFirstDay && v.high >= kLastDay;
  if (any_day) return unknown();
  const auto one = [&](const run::Fraction& f) -> std::string {
    switch (slot.cls) {
      case SlotClass::day:
        return day(f.n, english);
      case SlotClass::months:
        return length(slot, f.n, english);
      case SlotClass::days:
        return std::to_string(static_cast<std::int64_t>(f.n)) + (english ? " days" : "天");
      default:
        return number(plan, slot, f, english);
    }
  };
  // Of what is counted where entries may be missing the lower end is known.
  if (v.high_open_end) return (english ? "at least " : "至少") + one(run::low_of(v));
  if (v.low_open_end) return (english ? "at most " : "至多") + one(run::high_of(v));
  if (run::compare(run::low_of(v), run::high_of(v)) == 0) return one(run::low_of(v));
  return one(run::low_of(v)) + (english ? " to " : "至") + one(run::high_of(v));
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
  const std::string from = s.has_from ? day(s.from, english) : "";
  const std::string to = s.has_to ? day(s.to, english) : "";
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
    if (p.hole != plan::kNone)
      out += show_value(plan, section.slots[p.hole], decision.slots[p.hole], decision, english);
  }
  return out;
}

}  // namespace guiju::explain
