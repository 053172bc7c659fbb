// See phrases.hpp.
#include "plan/phrases.hpp"

#include <array>
#include <optional>

namespace guiju::plan {

using model::Expr;
using model::ExprKind;
using model::TypeKind;

namespace {

constexpr int kDeepest = 60;

// How tightly the words hold together: what binds less than its surroundings is put in brackets.
enum Strength : std::uint8_t { either, both, comparison, sum, product, whole };
struct Words {
  std::string text;
  Strength strength = whole;
};
using Said = std::optional<Words>;

struct RelationWords {
  const char *zh, *en;
};
constexpr std::array<RelationWords, 6> kRelations = {{{"小于", "below"},
                                                      {"不大于", "at most"},
                                                      {"等于", "exactly"},
                                                      {"不等于", "other than"},
                                                      {"不小于", "at least"},
                                                      {"大于", "above"}}};

struct RoundingWords {
  const char *zh, *en;
};
constexpr std::array<RoundingWords, 4> kRoundings = {{{"向下取整到", "down to"},
                                                      {"向上取整到", "up to"},
                                                      {"四舍五入到", "to"},
                                                      {"四舍六入五成双到", "half to even to"}}};

class Speaker {
 public:
  Speaker(const SourceSet& sources, bool english) : sources_(sources), english_(english) {}

  Said say(const Expr& e, int depth = 0) const {
    if (depth > kDeepest) return std::nullopt;
    const auto arg = [&](std::size_t i) { return say(*e.args[i], depth + 1); };
    switch (e.kind) {
      case ExprKind::boolean:
        return Words{e.truth ? pick("是", "yes") : pick("否", "no")};
      case ExprKind::number:
      case ExprKind::region:
        return literal(e);
      case ExprKind::date:
        return Words{english_ ? to_iso(e.day) : to_chinese(e.day)};
      case ExprKind::duration:
        return Words{length(e)};
      case ExprKind::text:
        return Words{english_ ? "\"" + e.text + "\"" : "“" + e.text + "”"};
      case ExprKind::member:
        return Words{member(*e.type.enumeration, e.member)};
      case ExprKind::fact:
      case ExprKind::entry:
        return named(e.path);
      case ExprKind::let:
        return Words{name(e.let->name)};
      case ExprKind::negate:
        return around(pick("负的", "minus "), arg(0), "", product);
      case ExprKind::add:
        return between(arg(0), " + ", arg(1), sum);
      case ExprKind::subtract:
        return between(arg(0), " − ", arg(1), sum, true);
      case ExprKind::multiply:
        return times(e, depth);
      case ExprKind::divide:
        return between(arg(0), pick(" ÷ ", " / "), arg(1), product, true);
      case ExprKind::minimum:
        return listed(e, depth, "", "中的较小者", "the lesser of ");
      case ExprKind::maximum:
        return listed(e, depth, "", "中的较大者", "the greater of ");
      case ExprKind::absolute:
        return around("", arg(0), pick("的绝对值", " without its sign"), whole);
      case ExprKind::round:
        return around("", arg(0), rounded(e), whole);
      case ExprKind::add_months:
      case ExprKind::add_days:
        return between(arg(0), pick("加", " plus "), arg(1), sum);
      case ExprKind::subtract_months:
      case ExprKind::subtract_days:
        return between(arg(0), pick("减", " less "), arg(1), sum, true);
      case ExprKind::full_years:
        return from_to(arg(0), arg(1), "的整年数", "full years ");
      case ExprKind::full_months:
        return from_to(arg(0), arg(1), "的整月数", "full months ");
      case ExprKind::started_years:
        return from_to(arg(0), arg(1), "的年数(不足一年计一年)", "years begun ");
      case ExprKind::days_between:
        return from_to(arg(0), arg(1), "的天数", "days ");
      case ExprKind::span:
        return from_to(arg(0), arg(1), "", "the time ");
      case ExprKind::year_of:
        return around(pick("", "the year of "), arg(0), pick("的年份", ""), whole);
      case ExprKind::start_of_year:
        return around(pick("", "the first day of the year of "), arg(0), pick("当年首日", ""), whole);
      case ExprKind::end_of_year:
        return around(pick("", "the last day of the year of "), arg(0), pick("当年末日", ""), whole);
      case ExprKind::compare:
        return compared(e, depth);
      case ExprKind::in_mask:
        return in_mask(e, depth);
      case ExprKind::exists:
        return around(pick("有", "there is "), arg(0), "", comparison);
      case ExprKind::if_absent:
        return arg(0);
      case ExprKind::and_:
        return between(arg(0), pick("且", " and "), arg(1), both);
      case ExprKind::or_:
        return between(arg(0), pick("或", " or "), arg(1), either);
      case ExprKind::count_of:
      case ExprKind::sum_of:
      case ExprKind::min_of:
      case ExprKind::max_of:
      case ExprKind::any_of:
      case ExprKind::all_of:
      case ExprKind::none_of:
        return of_list(e, depth);
      case ExprKind::cell:
        return e.table->label.zh.empty() ? Said() : Words{label(e.table->label)};
      default:
        return std::nullopt;
    }
  }

 private:
  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english_ ? en : zh; }
  [[nodiscard]] std::string label(const model::Label& label) const {
    return english_ ? (label.en.empty() ? label.zh : label.en) : (label.zh.empty() ? label.en : label.zh);
  }
  [[nodiscard]] std::string name(const model::Name& name) const {
    for (const model::Alias& alias : name.aliases) {
      if (alias.language == (english_ ? "en" : "zh")) return alias.name;
    }
    return name.primary;
  }
  [[nodiscard]] std::string named(const model::Label& said, const model::Name& otherwise) const {
    const std::string text = label(said);
    return text.empty() ? name(otherwise) : text;
  }
  [[nodiscard]] Said named(const model::Path& path) const {
    if (!path.fields.empty()) return Words{named(path.fields.back()->label, path.fields.back()->name)};
    if (path.given != nullptr) return Words{named(path.given->label, path.given->name)};
    return std::nullopt;
  }
  [[nodiscard]] std::string member(const model::Enum& enumeration, std::size_t index) const {
    const model::Member& m = enumeration.members[index];
    return named(m.label, m.name);
  }
  [[nodiscard]] Words literal(const Expr& e) const {
    if (e.kind == ExprKind::number && is_money(e.type.unit)) return {to_string(e.value, 0) + pick("元", " yuan")};
    return {std::string(sources_.text(e.span))};
  }
  [[nodiscard]] std::string length(const Expr& e) const {
    if (e.days != 0) return std::to_string(e.days) + pick("天", " days");
    const bool years = e.months != 0 && e.months % 12 == 0;
    return std::to_string(years ? e.months / 12 : e.months) + (years ? pick("年", " years") : pick("个月", " months"));
  }

  // "(四舍五入到0.1升)", " rounded to 0.1"
  [[nodiscard]] std::string rounded(const Expr& e) const {
    const RoundingWords& words = kRoundings[static_cast<std::size_t>(e.rounding)];
    const auto unit = div(e.value, e.type.unit->factor);
    const std::string digits = unit ? to_string(*unit, 0) : std::string();
    if (english_) return std::string(" rounded ") + words.en + " " + digits;
    return std::string("(") + words.zh + digits + (is_money(e.type.unit) ? "元" : e.type.unit->name) + ")";
  }

  [[nodiscard]] static std::string bracketed(const Words& words, bool needed) {
    return needed ? "(" + words.text + ")" : words.text;
  }
  [[nodiscard]] static Said around(const std::string& before, const Said& inner, const std::string& after,
                                   Strength strength) {
    if (!inner) return std::nullopt;
    return Words{before + bracketed(*inner, inner->strength < product) + after, strength};
  }
  // `strict`: on its right even what binds alike is put in brackets.
  [[nodiscard]] static Said between(const Said& left, const std::string& sign, const Said& right, Strength strength,
                                    bool strict = false) {
    if (!left || !right) return std::nullopt;
    const bool right_apart = right->strength < strength || (strict && right->strength == strength);
    return Words{bracketed(*left, left->strength < strength) + sign + bracketed(*right, right_apart), strength};
  }

  // A percentage is one of something.
  [[nodiscard]] Said times(const Expr& e, int depth) const {
    const Said left = say(*e.args[0], depth + 1);
    const Said right = say(*e.args[1], depth + 1);
    if (left && right && left->text.ends_with('%') && e.args[0]->kind == ExprKind::number) {
      const std::string of = bracketed(*right, right->strength < whole);
      return Words{english_ ? left->text + " of " + of : of + "的" + left->text, product};
    }
    return between(left, " × ", right, product);
  }
  [[nodiscard]] Said listed(const Expr& e, int depth, const char* before, const char* after,
                            const char* before_en) const {
    std::string all;
    for (const Expr* arg : e.args) {
      const Said one = say(*arg, depth + 1);
      if (!one) return std::nullopt;
      all += (all.empty() ? "" : pick("、", ", ")) + one->text;
    }
    return Words{english_ ? before_en + all : before + all + after};
  }
  [[nodiscard]] Said from_to(const Said& from, const Said& to, const char* after, const char* before_en) const {
    if (!from || !to) return std::nullopt;
    if (english_) return Words{before_en + ("from " + from->text + " to " + to->text)};
    return Words{"自" + from->text + "至" + to->text + after};
  }
  [[nodiscard]] Said compared(const Expr& e, int depth) const {
    const Said left = say(*e.args[0], depth + 1);
    const Said right = say(*e.args[1], depth + 1);
    const RelationWords& words = kRelations[static_cast<std::size_t>(e.relation)];
    return between(left, english_ ? std::string(" is ") + words.en + " " : words.zh, right, comparison);
  }
  [[nodiscard]] Said in_mask(const Expr& e, int depth) const {
    const Said left = say(*e.args[0], depth + 1);
    if (!left || e.args[0]->type.kind != TypeKind::enumerated) return std::nullopt;
    std::string members;
    const model::Enum& enumeration = *e.args[0]->type.enumeration;
    for (std::size_t i = 0; i < enumeration.members.size(); ++i) {
      if ((e.mask >> i & 1U) != 0) members += (members.empty() ? "" : pick("或", " or ")) + member(enumeration, i);
    }
    return Words{left->text + pick("为", " is ") + members, comparison};
  }
  [[nodiscard]] Said of_list(const Expr& e, int depth) const {
    if (e.list == nullptr) return std::nullopt;
    const Said list = named(*e.list);
    const Said where = e.where == nullptr ? Said() : say(*e.where, depth + 1);
    const Said term = e.term == nullptr ? Said() : say(*e.term, depth + 1);
    if (!list || (e.where != nullptr && !where) || (e.term != nullptr && !term)) return std::nullopt;
    const std::string which = !where     ? list->text
                              : english_ ? list->text + " where " + where->text
                                         : where->text + "的" + list->text;
    switch (e.kind) {
      case ExprKind::count_of:
        return Words{english_ ? "number of " + which : which + "的项数"};
      case ExprKind::sum_of:
        return Words{english_ ? "total of " + term->text + " of " + which : which + "的" + term->text + "合计"};
      case ExprKind::min_of:
        return Words{english_ ? "least " + term->text + " of " + which : which + "的最小" + term->text};
      case ExprKind::max_of:
        return Words{english_ ? "greatest " + term->text + " of " + which : which + "的最大" + term->text};
      default:
        break;
    }
    if (!where) return std::nullopt;
    const char* zh = e.kind == ExprKind::any_of ? "中有一项" : e.kind == ExprKind::all_of ? "每一项均" : "没有一项";
    const char* en = e.kind == ExprKind::any_of   ? "of some entry of "
                     : e.kind == ExprKind::all_of ? "of every entry of "
                                                  : "of no entry of ";
    return Words{english_ ? en + list->text + ": " + where->text : list->text + zh + where->text, comparison};
  }

  const SourceSet& sources_;
  bool english_;
};

}  // namespace

LocalText phrase(const Expr& e, const SourceSet& sources) {
  const Said zh = Speaker(sources, false).say(e);
  const Said en = Speaker(sources, true).say(e);
  if (!zh || !en) return {};
  return {zh->text, en->text};
}

}  // namespace guiju::plan
