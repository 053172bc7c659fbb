// The outcome first, in one line; below it what the reader needs next. Labels come before names, columns stand under
// each other.
#include "cli/show.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "diagnostics/render.hpp"
#include "values/calendar.hpp"

namespace guiju::cli {
namespace {

struct OutcomeWords {
  std::string_view name, zh, en;
};
constexpr std::array<OutcomeWords, 16> kOutcomes = {
    {{"eligible", "符合", "eligible"},
     {"ineligible", "不符合", "not eligible"},
     {"undetermined", "未决:还缺事实", "undetermined: facts are missing"},
     {"referred", "转办:须由人判断", "referred: a person has to decide"},
     {"not_in_force", "未施行", "not in force"},
     {"invalid", "无效:事实有误", "invalid: the facts are wrong"},
     {"not_owed", "无义务", "not owed"},
     {"owed", "应办", "owed"},
     {"met", "按期完成", "met"},
     {"late", "迟办", "late"},
     {"overdue", "逾期", "overdue"},
     {"attained", "已达到", "attained"},
     {"open", "未届期", "open"},
     {"missed", "未达到", "missed"},
     {"graded", "已定级", "graded"},
     {"unclassified", "未定级", "unclassified"}}};

struct KindWords {
  std::string_view name, zh, en;
};
constexpr std::array<KindWords, 23> kKinds = {{{"unverified", "未核对", "unverified"},
                                               {"secondhand", "转引", "second-hand"},
                                               {"verification_expired", "核对已过期", "verification has run out"},
                                               {"check", "验证", "check"},
                                               {"other_reading", "另一种读法", "another reading"},
                                               {"undecided", "文件未明确", "left open by the text"},
                                               {"not_found", "未查得", "not found"},
                                               {"left_to_region", "由地区定", "left to the region"},
                                               {"discretion", "由主管部门裁量", "at an officer's discretion"},
                                               {"gap", "规则未覆盖", "not covered by the rules"},
                                               {"conflict", "规则相互冲突", "the rules contradict each other"},
                                               {"contradiction", "材料相互矛盾", "papers contradict each other"},
                                               {"about", "约数", "about"},
                                               {"judged", "文字表述", "in words"},
                                               {"must", "应当", "must"},
                                               {"must_not", "禁止", "must not"},
                                               {"advised", "引导", "advised"},
                                               {"on_track", "进度正常", "on track"},
                                               {"behind", "进度落后", "behind"},
                                               {"yes", "是", "yes"},
                                               {"no", "否", "no"},
                                               {"unknown", "未知", "unknown"},
                                               {"absent", "不适用", "does not apply"}}};

template <typename Table>
std::string word(const Table& table, std::string_view name, bool english) {
  for (const auto& row : table) {
    if (row.name == name) return std::string(english ? row.en : row.zh);
  }
  return std::string(name);
}

// Of an outcome, without what it means.
std::string short_word(std::string_view outcome, bool english) {
  std::string text = word(kOutcomes, outcome, english);
  text.resize(std::min(text.find(':'), text.size()));
  return text;
}

class Page {
 public:
  explicit Page(bool english) : english_(english) {}

  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english_ ? en : zh; }

  void line(int depth, const std::string& text) {
    out_.append(static_cast<std::size_t>(depth + inside_) * 2, ' ');
    out_ += text;
    out_ += '\n';
  }
  void heading(const char* zh, const char* en) { line(1, pick(zh, en)); }

  [[nodiscard]] std::string colon(const std::string& left, const std::string& right) const {
    return left + pick(":", ": ") + right;
  }
  [[nodiscard]] std::string named(const std::string& name, const std::string& label) const {
    if (label.empty() || label == name) return name;
    return label + pick("(", " (") + name + pick(")", ")");
  }
  [[nodiscard]] std::string joined(const std::vector<explain::Named>& items) const {
    std::string text;
    for (const auto& item : items)
      text += (text.empty() ? "" : pick("、", ", ")) + (item.label.empty() ? item.name : item.label);
    return text;
  }
  [[nodiscard]] std::string yuan(const std::string& amount) const { return amount + pick(" 元", " yuan"); }

  [[nodiscard]] std::string between(const std::string& least, const std::string& most) const {
    if (most.empty()) return pick("不低于 ", "at least ") + yuan(least);
    return least + pick(" 至 ", " to ") + yuan(most);
  }

  [[nodiscard]] std::string cite(const explain::CitationText& cite) const {
    std::string text = cite.title;
    for (const auto& article : cite.articles) text += (english_ ? ", " : ",") + article;
    if (cite.check == "unverified" || cite.check == "secondhand") {
      text += pick("〔", " [") + word(kKinds, cite.check, english_) + pick("〕", "]");
    }
    return text;
  }

  [[nodiscard]] std::string day(const std::string& iso) const {
    const auto day = english_ ? std::nullopt : parse_iso_date(iso);
    return day ? to_chinese(*day) : iso;
  }

  [[nodiscard]] std::string quoted(const std::string& text) const { return pick("“", "\"") + text + pick("”", "\""); }
  // Before a figure that is not what is paid.
  [[nodiscard]] std::string kind_of(const std::string& amount_kind) const {
    return amount_kind == "ceiling"     ? pick("上限 ", "at most ")
           : amount_kind == "average"   ? pick("平均 ", "on average ")
           : amount_kind == "charge"    ? pick("应缴 ", "a charge of ")
           : amount_kind == "deduction" ? pick("税前扣除 ", "a deduction of ")
           : amount_kind == "credit"    ? pick("税额减免 ", "a credit of ")
                                        : "";
  }

  void needs(const std::vector<explain::Need>& needs) { facts("请先问明:", "to be asked:", needs); }
  void stuck_on(const std::vector<explain::Need>& facts_named) {
    facts("无从得知,无法判定:", "cannot be said, and is needed:", facts_named);
  }
  void facts(const char* zh, const char* en, const std::vector<explain::Need>& needs) {
    if (needs.empty()) return;
    heading(zh, en);
    for (const auto& need : needs) {
      std::string text = named(need.path, need.label);
      if (!need.ask.empty() && need.ask != need.label) text = colon(text, need.ask);
      if (!need.at.empty()) text += pick("〔见 ", " [see ") + need.at + pick("〕", "]");
      line(2, text);
    }
  }
  void referred(const std::vector<explain::Referral>& items) {
    if (items.empty()) return;
    heading("须由人判断:", "a person has to decide:");
    std::set<std::string> said;  // cells of one table that were not found say the same
    for (const auto& item : items) {
      std::string text = word(kKinds, item.what, english_);
      if (!item.why.empty()) text = item.why.starts_with(text) ? item.why : colon(text, item.why);
      if (!item.name.empty()) text += " (" + item.name + ")";
      if (item.readings.empty() && !said.insert(text).second) continue;
      line(2, text);
      std::string readings;
      for (const auto& reading : item.readings) readings += (readings.empty() ? "" : pick(";", "; ")) + reading;
      if (!readings.empty()) line(3, colon(pick("可读作", "it may be read as"), readings));
    }
  }
  // Papers that are owed or not as facts or texts turn out that are still open.
  void open_documents(const std::vector<explain::OpenDocument>& documents) {
    if (documents.empty()) return;
    heading("视情况还须交:", "owed or not, as it turns out:");
    for (const auto& document : documents) {
      std::string on;
      for (const auto& need : document.needs) on += (on.empty() ? "" : pick("、", ", ")) + named(need.path, need.label);
      for (const std::string& text : document.texts) on += (on.empty() ? "" : pick("、", ", ")) + text;
      const std::string& what = document.label.empty() ? document.name : document.label;
      line(2, on.empty() ? what : what + pick("〔取决于 ", " [hangs on ") + on + pick("〕", "]"));
    }
  }
  // What hangs on each open text.
  void by_reading(const std::vector<explain::ByReading>& ways) {
    if (ways.empty()) return;
    heading("按各种读法的结果:", "by reading, it would be:");
    for (const auto& way : ways) {
      std::string read;
      for (const auto& one : way.read) read += (read.empty() ? "" : pick(",", ", ")) + quoted(one.reading);
      std::string text = short_word(way.outcome, english_);
      if (!way.grade.empty()) text += pick(",", ", ") + named(way.grade, way.grade_label);
      if (!way.amount_least.empty()) {
        text += pick(",", ", ") + (way.may_be_refused ? pick("若符合,", "if eligible, ") : std::string()) +
                kind_of(way.amount_kind) +
                (way.amount.empty() ? between(way.amount_least, way.amount_most) : yuan(way.amount));
      }
      line(2, colon(read, text));
      if (!way.text.empty()) line(3, way.text);
    }
  }
  void warnings(const std::vector<explain::Warning>& items) {
    if (items.empty()) return;
    heading("注意:", "note:");
    for (std::size_t first = 0; first < items.size(); ++first) {
      const auto alike = [&](const explain::Warning& w) {
        return w.kind == items[first].kind && w.text == items[first].text;
      };
      if (std::find_if(items.begin(), items.end(), alike) - items.begin() != static_cast<std::ptrdiff_t>(first))
        continue;
      std::vector<std::string> all;  // that are warned of alike: a file that nobody has checked yet says so once
      for (const auto& item : items) {
        const std::string& about = item.about.empty() ? item.name : item.about;
        if (alike(item) && !about.empty() && std::find(all.begin(), all.end(), about) == all.end())
          all.push_back(about);
      }
      std::string names;
      for (const std::string& about : all) names += (names.empty() ? "" : pick("、", ", ")) + about;
      const std::string kind = word(kKinds, items[first].kind, english_);
      const std::string& text = items[first].text;
      const std::string what = text.empty() ? kind : text.starts_with(kind) ? text : colon(kind, text);
      line(2, names.empty() ? what : what + pick("(", " (") + names + pick(")", ")"));
    }
  }
  void suspended(const std::optional<explain::Suspended>& days) {
    if (!days) return;
    const std::string period = day(days->from) + pick(" 至 ", " to ") + (days->to.empty() ? "…" : day(days->to));
    line(1, days->text.empty() ? colon(pick("暂停", "suspended"), period)
                               : colon(pick("暂停", "suspended"), period) + pick(",", ", ") + days->text);
  }
  void invalid(const std::vector<explain::Invalid>& items) {
    for (const auto& item : items) {
      if (item.got.empty()) {  // nothing that came is to blame: `allowed` says what is wrong
        line(1, item.path.empty() ? item.allowed : colon(item.path, item.allowed));
        continue;
      }
      const std::string got = pick("收到 ", "got ") + item.got;
      line(1, item.path.empty() ? got : colon(item.label.empty() ? item.path : named(item.path, item.label), got));
      if (!item.allowed.empty()) line(2, colon(pick("可以是", "allowed"), item.allowed));
    }
  }

  void parts(const std::vector<explain::PartText>& parts) {
    std::size_t name_width = 0, amount_width = 0;
    const auto name_of = [&](const explain::PartText& part) { return named(part.name, part.label); };
    const auto amount_of = [&](const explain::PartText& part) {
      return part.amount.empty() ? between(part.least, part.most) : yuan(part.amount);
    };
    for (const auto& part : parts) {
      name_width = std::max(name_width, display_width(name_of(part)));
      amount_width = std::max(amount_width, display_width(amount_of(part)));
    }
    for (const auto& part : parts) {
      const std::string name = name_of(part);
      const std::string amount = amount_of(part);
      const std::string kind = part.kind == "ceiling"   ? pick("(上限)", " (ceiling)")
                               : part.kind == "average" ? pick("(平均)", " (average)")
                                                        : "";
      line(2, name + std::string(name_width - display_width(name) + 2 + amount_width - display_width(amount), ' ') +
                  amount + kind);
    }
  }

  // What follows stands below a line that is itself indented.
  void inside(int depth) { inside_ = depth; }
  std::string take() { return std::move(out_); }

 private:
  bool english_;
  int inside_ = 0;
  std::string out_;
};

struct AdjustmentWords {
  std::string_view name, zh, en;
};
constexpr std::array<AdjustmentWords, 4> kAdjustments = {{{"cap", "封顶", "cap"},
                                                          {"floor", "保底", "floor"},
                                                          {"rounding", "取整", "rounding"},
                                                          {"rest", "限额余额", "rest of the limit"}}};

// How the parts as written and every adjustment make the amount: 基础 1800.00 + 加补 600.00 − 封顶 400.00 = 2000.00 元.
void show_sum(Page& page, const explain::Explanation& answer, bool english) {
  std::string sum;
  std::size_t terms = 0;
  const auto add = [&](const std::string& what, const std::string& amount, bool minus) {
    if (!sum.empty() || minus) sum += minus ? (sum.empty() ? "−" : " − ") : " + ";
    sum += (what.empty() ? "" : what + " ") + amount;
    ++terms;
  };
  if (answer.parts.empty()) {
    if (answer.before.empty()) return;
    add("", answer.before, false);
  }
  for (const auto& part : answer.parts) {
    if (part.before.empty()) return;
    if (part.before != "0.00") add(part.label.empty() ? part.name : part.label, part.before, false);
  }
  for (const auto& a : answer.adjustments) {
    const bool minus = a.change.starts_with("-");
    const bool is_signed = minus || a.change.starts_with("+");
    std::string what = word(kAdjustments, a.kind, english);
    const auto of =
        std::find_if(answer.parts.begin(), answer.parts.end(), [&](const auto& p) { return p.name == a.part; });
    if (of != answer.parts.end())
      what += std::string(page.pick("(", " (")) + (of->label.empty() ? of->name : of->label) + page.pick(")", ")");
    if (a.change != "0.00") add(what, is_signed ? a.change.substr(1) : a.change, minus);
  }
  if (terms > 1) page.line(2, sum + " = " + page.yuan(answer.amount));
}

bool shows_parts(const explain::Explanation& answer) {
  if (answer.parts.size() > 1) return true;
  return answer.parts.size() == 1 && answer.parts[0].name != "amount";
}

// What the figure is, so that nobody takes a ceiling, or what a case would get if it were granted, for a payment.
std::string amount_words(const Page& page, const explain::Explanation& answer) {
  const std::string what =
      answer.amount_kind == "ceiling" ? page.pick("补贴上限(非实付金额)", "ceiling of the amount, not what is paid")
      : answer.amount_kind == "average" ? page.pick("平均补贴(非实付金额)", "average amount, not what is paid")
      : answer.amount_kind == "charge"  ? page.pick("应缴", "charge")
      : answer.amount_kind == "deduction"
          ? page.pick("税前扣除额(减少应纳税所得额,非实付金额)", "deduction from taxable income, not what is paid")
      : answer.amount_kind == "credit"
          ? page.pick("税额减免额(减少应纳税额,非实付金额)", "off the tax (credited or remitted), not what is paid")
          : page.pick("补贴", "amount");
  return answer.may_be_refused ? page.pick("若符合,", "if eligible, ") + what : what;
}

void show_amount(Page& page, const explain::Explanation& answer, bool english) {
  if (!answer.amount.empty()) {
    page.line(1, page.colon(amount_words(page, answer), page.yuan(answer.amount)));
    show_sum(page, answer, english);
  } else if (!answer.amount_least.empty()) {
    page.line(1, page.colon(amount_words(page, answer), page.between(answer.amount_least, answer.amount_most)));
  } else {
    return;
  }
  if (shows_parts(answer)) page.parts(answer.parts);
  if (answer.shares.empty()) return;
  page.heading("由各方分担:", "borne by:");
  page.parts(answer.shares);
}

struct TraceWords {
  std::string_view name, zh, en;
};
constexpr std::array<TraceWords, 28> kTrace = {
    {{"version", "版本", "version"},   {"let", "令", "let"},
     {"table", "查表", "table"},       {"list", "历次", "list"},
     {"cap", "封顶", "cap"},           {"floor", "保底", "floor"},
     {"rounding", "取整", "rounding"}, {"rest", "限额余额", "rest of the limit"},
     {"bands", "分档", "bands"},       {"reading", "读法", "reading"},
     {"require", "要求", "require"},   {"limit", "限额", "limit"},
     {"quota", "总量控制", "quota"},   {"part", "分项", "part"},
     {"amount", "补贴", "amount"},     {"payout", "兑现", "payout"},
     {"share", "分担", "share"},       {"document", "材料", "document"},
     {"ensure", "保证", "ensure"},     {"edition", "版次", "edition"},
     {"level", "等级", "level"},       {"grade", "定级", "grade"},
     {"check", "核验", "check"},       {"entry", "所列项", "entry"},
     {"result", "得出", "result"},     {"must", "应当", "must"},
     {"must_not", "禁止", "must not"}, {"advised", "引导", "advised"}}};

void show_trace(Page& page, const std::optional<explain::Trace>& trace, bool english) {
  if (!trace) return;
  page.heading("过程:", "step by step:");
  for (const auto& line : trace->lines) {
    const int depth = 2 + line.depth;
    std::string text = word(kTrace, line.kind, english);
    const std::string name = (line.label.empty() ? line.name : line.label).str();
    if (!name.empty()) text += " " + name;
    const bool unnamed = name.empty() && !line.written.empty();
    if (unnamed) text += " " + line.written.str();
    const bool obliges = line.kind == "must" || line.kind == "must_not" || line.kind == "advised";
    const bool is_demand = line.kind == "require" || line.kind == "limit" || line.kind == "ensure";
    if (line.state == "not_reached") {
      text = page.colon(text, page.pick("未涉及", "not reached"));
    } else if (line.state == "open") {
      const bool says_more = line.value != page.pick("未知", "unknown");
      text =
          page.colon(text, says_more ? line.value.str() + page.pick("(未定)", " (open)") : page.pick("未定", "open"));
    } else if (is_demand) {
      const bool met = line.value == page.pick("是", "yes");
      text = page.colon(text, met ? page.pick("满足", "met") : page.pick("不满足", "not met"));
    } else if (obliges) {
      const bool holds = line.value == page.pick("是", "yes");
      text = page.colon(text, holds ? page.pick("成立", "holds") : page.pick("不成立", "does not hold"));
    } else if (!line.value.empty()) {
      text = page.colon(text, line.value.str());
    }
    page.line(depth, text);
    if (line.state == "not_reached") continue;
    for (const auto& c : line.compared) page.line(depth + 1, (c.holds ? "✓ " : "✗ ") + c.text.str());
  }
}

void show_remedies(Page& page, const std::optional<explain::RemedyTexts>& remedies, const std::string& outcome) {
  if (!remedies) return;
  if (outcome != "ineligible" && outcome != "not_in_force") return;
  if (remedies->list.empty()) {
    page.line(1, page.pick("按所给的事实,只改动一两项可变的仍不能符合",
                           "on the facts given, no change of one or two changeable facts makes it eligible"));
    return;
  }
  page.heading("作以下任一改动即可符合:", "one of these would make it eligible:");
  for (const auto& remedy : remedies->list) {
    std::string text = remedy.text + page.pick(" → 符合", " → eligible");
    if (!remedy.amount.empty()) text += page.pick(",", ", ") + page.yuan(remedy.amount);
    page.line(2, text);
  }
  if (remedies->cut_short)
    page.line(2, page.pick("(未穷尽,可能还有其他办法)", "(not exhaustive: there may be others)"));
}

bool same_cites(const explain::Failure& a, const explain::Failure& b) {
  return std::equal(a.cites.begin(), a.cites.end(), b.cites.begin(), b.cites.end(),
                    [](const explain::CitationText& x, const explain::CitationText& y) {
                      return x.title == y.title && x.articles == y.articles && x.check == y.check;
                    });
}

// Reasons that follow each other and stand on the same papers name them once.
// What is not told in the reason itself, nested as it stands in the condition.
void show_compared(Page& page, const explain::Failure& failure) {
  std::string_view before;
  for (const explain::Compared& compared : failure.compared) {
    if (failure.text.find(compared.text) != std::string::npos) continue;
    int depth = 3;
    const std::string_view place = compared.place;
    for (std::size_t dot = place.find('.'); dot != std::string::npos; dot = place.find('.', dot + 1)) {
      const bool any = depth % 2 != 0;
      if (before.substr(0, dot + 1) != place.substr(0, dot + 1)) {
        page.line(depth, any ? page.pick("满足以下一项即可:", "any one of these would do:")
                             : page.pick("同时满足:", "all of these together:"));
      }
      ++depth;
    }
    page.line(depth, compared.text.str());
    before = place;
  }
}

// "from 2025-01-01" where no end is written.
std::string nearest_period(const Page& page, const explain::Explanation& answer) {
  const std::string from = page.day(answer.nearest_from);
  if (answer.nearest_to.empty()) return page.pick("", "from ") + from + page.pick(" 起", "");
  return from + page.pick(" 至 ", " to ") + page.day(answer.nearest_to);
}

// The day lies within the nearest version, so another of the dates that select one does not.
bool dates_disagree(const explain::Explanation& answer) {
  const std::string& day = answer.reference_date;
  return !answer.suspended && answer.nearest_published.empty() && !day.empty() && answer.nearest_from <= day &&
         (answer.nearest_to.empty() || day <= answer.nearest_to);
}

void show_failures(Page& page, const std::vector<explain::Failure>& failures, bool english) {
  for (std::size_t i = 0; i < failures.size(); ++i) {
    const explain::Failure& failure = failures[i];
    const std::string kind = failure.kind.empty() ? "" : page.colon(word(kKinds, failure.kind, english), "");
    const std::string& name = failure.label.empty() ? failure.name : failure.label;
    page.line(1, "· " + kind + (failure.text.empty() ? name : failure.text + " (" + name + ")"));
    show_compared(page, failure);
    if (i + 1 < failures.size() && same_cites(failure, failures[i + 1])) continue;
    for (const auto& cite : failure.cites) page.line(2, page.colon(page.pick("依据", "cite"), page.cite(cite)));
  }
}

void show_duty(Page& page, const explain::Explanation& answer) {
  if (!answer.duty) return;
  std::string bearers;
  for (const std::string& bearer : answer.duty->bearers)
    bearers += (bearers.empty() ? "" : page.pick("、", ", ")) + bearer;
  if (!bearers.empty()) page.line(1, page.colon(page.pick("承担者", "bearer"), bearers));
  if (!answer.duty->deadline.empty())
    page.line(1, page.colon(page.pick("期满", "deadline"), page.day(answer.duty->deadline)));
  if (!answer.duty->done_on.empty())
    page.line(1, page.colon(page.pick("完成", "done"), page.day(answer.duty->done_on)));
}

// Where nothing can be asked no fact is missing: what the case hangs on cannot be said.
template <class Facts>
std::string headline(const std::string& outcome, const Facts& stuck_on, bool english) {
  if (outcome != "undetermined" || stuck_on.empty()) return word(kOutcomes, outcome, english);
  return english ? "undetermined: what it hangs on cannot be said" : "未决:关键事实无从得知";
}

}  // namespace

std::string outcome_word(std::string_view name, bool english) {
  return word(kOutcomes, name, english);
}

std::string show(const explain::Explanation& answer, bool english) {
  Page page(english);
  const bool rules_contradict = std::any_of(answer.invalid.begin(), answer.invalid.end(),
                                            [](const explain::Invalid& item) { return item.of_rules; });
  page.line(0, rules_contradict ? page.pick("无效:规则自相矛盾", "invalid: the rules contradict themselves")
                                : headline(answer.outcome, answer.stuck_on, english));
  std::string governed = page.named(answer.program, answer.program_label);
  if (!answer.version.empty())
    governed += page.pick(",版本 ", ", version ") + page.named(answer.version, answer.version_label);
  if (!answer.reference_date.empty()) governed += page.pick(",按 ", ", as of ") + page.day(answer.reference_date);
  if (!answer.known_on.empty())
    governed += page.pick(",规则截至 ", ", by the rules known on ") + page.day(answer.known_on);
  page.line(1, governed);
  if (!answer.implements.empty()) {
    const std::string what = page.named(answer.implements, answer.implements_label);
    const std::string where = page.named(answer.region, answer.region_label);
    page.line(1, english ? "carries out " + what + " in " + where : "在" + where + "落实" + what);
  }
  page.suspended(answer.suspended);
  if (!answer.nearest_version.empty()) {
    page.line(1, page.colon(page.pick("最近的版本", "nearest version"),
                            answer.nearest_version + page.pick(",", ", ") + nearest_period(page, answer) +
                                (answer.nearest_published.empty()
                                     ? ""
                                     : page.pick(",发布于 ", ", published on ") + page.day(answer.nearest_published))));
    if (dates_disagree(answer))
      page.line(1, page.pick("各项日期须同在一个版本的期间内,另有日期不在其中",
                             "all dates must lie within one version; another one lies outside of it"));
  }
  show_amount(page, answer, english);
  show_duty(page, answer);
  show_failures(page, answer.failed, english);
  for (const explain::RefusedPart& part : answer.refused) {
    if (answer.outcome == "ineligible") break;  // told above
    page.line(1, page.colon(page.pick("分项不予补贴", "refused part"), page.named(part.name, part.label)));
    show_failures(page, part.reasons, english);
  }
  if (!answer.failed_one.empty())
    page.line(1, page.pick("无论如何,以下至少有一项不符合:", "some of these are not met in any case:"));
  show_failures(page, answer.failed_one, english);
  page.needs(answer.needs);
  page.stuck_on(answer.stuck_on);
  page.referred(answer.referred);
  page.by_reading(answer.by_reading);
  const bool granted = answer.outcome == "eligible" || answer.outcome == "referred";
  if (granted && answer.payout)
    page.line(1, page.colon(page.pick("兑现", "paid"),
                            answer.payout->label.empty() ? answer.payout->name : answer.payout->label));
  if (granted && !answer.documents.empty())
    page.line(1, page.colon(page.pick("尚缺材料", "documents owed"), page.joined(answer.documents)));
  if (granted) page.open_documents(answer.open_documents);
  if (granted && !answer.conditions.empty())
    page.line(1, page.colon(page.pick("另须满足", "on condition of"), page.joined(answer.conditions)));
  show_remedies(page, answer.would_make_eligible, answer.outcome);
  if (answer.outcome != "invalid") page.warnings(answer.warnings);
  page.invalid(answer.invalid);
  show_trace(page, answer.trace, english);
  return page.take();
}

std::string show(const explain::GradeExplanation& answer, bool english) {
  Page page(english);
  std::string head = headline(answer.outcome, answer.stuck_on, english);
  if (!answer.grade.empty()) head = page.colon(head, page.named(answer.grade, answer.grade_label));
  page.line(0, head);
  std::string governed = page.named(answer.standard, answer.standard_label);
  if (!answer.edition.empty()) governed += page.pick(",版次 ", ", edition ") + answer.edition;
  if (!answer.known_on.empty())
    governed += page.pick(",规则截至 ", ", by the rules known on ") + page.day(answer.known_on);
  page.line(1, governed);
  page.suspended(answer.suspended);
  if (!answer.why.empty()) page.line(1, answer.why);
  if (!answer.possible.empty())
    page.line(1, page.colon(page.pick("可能的等级", "possible grades"), page.joined(answer.possible)));
  for (const auto& result : answer.results)
    page.line(1, page.colon(result.label.empty() ? result.name : page.named(result.name, result.label), result.text));
  for (const auto& check : answer.outputs) {
    const std::string name = !check.title.empty()     ? page.named(check.name, check.title)
                             : check.name == "comply" ? page.pick("合规", "complies")  // the one without a name
                                                      : check.name;
    if (check.value == "absent" && !check.text.empty()) {
      page.line(1, page.colon(name, check.text));
      continue;
    }
    page.line(1, page.colon(name, check.is_grade && !check.label.empty() ? page.named(check.value, check.label)
                                                                         : word(kKinds, check.value, english)) +
                     (check.text.empty() ? "" : "  " + check.text));
  }
  page.needs(answer.needs);
  page.stuck_on(answer.stuck_on);
  page.referred(answer.referred);
  page.by_reading(answer.by_reading);
  page.warnings(answer.warnings);
  page.invalid(answer.invalid);
  show_trace(page, answer.trace, english);
  return page.take();
}

// ---- targets

namespace {

constexpr std::array<KindWords, 5> kRelations = {{{">=", "不低于", "at least"},
                                                  {">", "超过", "above"},
                                                  {"<=", "不超过", "at most"},
                                                  {"<", "不满", "below"},
                                                  {"about", "约", "about"}}};

std::string figure_of(const Page& page, const explain::FigureText& figure) {
  if (!figure.exact.empty() || figure.least.empty()) return figure.exact;
  if (figure.most.empty()) return page.pick("不低于 ", "at least ") + figure.least;
  return figure.least + page.pick(" 至 ", " to ") + figure.most;
}

// "700,应不低于 1320,2027年12月31日前"
std::string standing_of(const Page& page, const explain::TargetText& target, bool english) {
  std::string text;
  const auto add = [&](const std::string& what, const std::string& value) {
    if (!value.empty()) text += (text.empty() ? "" : page.pick(",", ", ")) + (what.empty() ? "" : what + " ") + value;
  };
  add(page.pick("现为", "now"), figure_of(page, target.figure));
  const std::string reach = figure_of(page, target.reach);
  if (!reach.empty()) add(page.pick("目标", "target"), word(kRelations, target.relation, english) + " " + reach);
  add(page.pick("期限", "due"), target.due.empty() ? "" : page.day(target.due));
  if (target.outcome != "attained") add(page.pick("尚差", "to go"), figure_of(page, target.to_go));
  return text;
}

void show_target(Page& page, const explain::TargetText& target, bool english) {
  std::string head = target.name + " " + target.indicator;
  head = page.colon(head, word(kOutcomes, target.outcome, english));
  if (!target.pace.empty()) head += page.pick("(", " (") + word(kKinds, target.pace, english) + page.pick(")", ")");
  page.line(1, head);
  if (const std::string standing = standing_of(page, target, english); !standing.empty()) page.line(2, standing);
  if (!target.pace.empty()) {
    page.line(2, page.colon(page.pick("按自 ", "at an even pace from ") + page.day(target.pace_from) +
                                page.pick(" 起匀速推进,现应为", " it would now be"),
                            figure_of(page, target.expected)) +
                     (figure_of(page, target.ahead).empty()
                          ? ""
                          : page.pick(",相差 ", ", difference ") + figure_of(page, target.ahead)));
  }
  std::string list;
  const bool lacks = target.kind == "each" || !target.missing.empty();
  const auto& named = lacks ? target.missing : target.texts;
  for (const std::string& one : named) list += (list.empty() ? "" : page.pick("、", ", ")) + one;
  if (!list.empty()) page.line(2, page.colon(lacks ? page.pick("尚缺", "missing") : page.pick("目标", "target"), list));
  page.inside(1);
  page.needs(target.words.needs);
  page.stuck_on(target.words.stuck_on);
  page.referred(target.words.referred);
  page.by_reading(target.words.by_reading);
  page.invalid(target.words.invalid);
  page.warnings(target.words.warnings);
  page.inside(0);
}

// "5 个目标:已达到 1,进度落后 2,转办 2", in the order in which they come.
std::string tally(const Page& page, const std::vector<explain::TargetText>& rows, bool english) {
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const explain::TargetText& row : rows) {
    const std::string how = row.pace.empty() ? short_word(row.outcome, english) : word(kKinds, row.pace, english);
    const auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& one) { return one.first == how; });
    if (known == counts.end()) {
      counts.emplace_back(how, 1);
    } else {
      ++known->second;
    }
  }
  std::string text;
  for (const auto& [how, count] : counts) {
    const std::string number = std::to_string(count);
    text += (text.empty() ? "" : page.pick(",", ", ")) + (english ? number + " " + how : how + " " + number);
  }
  return page.colon(std::to_string(rows.size()) + page.pick(" 个目标", " targets"), text);
}

}  // namespace

std::string show(const explain::TargetsText& answer, bool english) {
  Page page(english);
  page.line(0, word(kOutcomes, answer.outcome, english));
  page.line(1, page.named(answer.name, answer.label) +
                   (answer.as_at.empty() ? "" : page.pick(",截至 ", ", as at ") + page.day(answer.as_at)));
  page.invalid(answer.invalid);
  if (answer.rows.size() > 1) page.line(1, tally(page, answer.rows, english));
  for (const explain::TargetText& target : answer.rows) show_target(page, target, english);
  return page.take();
}

// ---- combinations

namespace {

constexpr std::array<KindWords, 9> kStandings = {{{"granted", "给予", "granted"},
                                                  {"excluded", "不给", "not granted"},
                                                  {"nothing_left", "不给", "not granted"},
                                                  {"open", "未定", "open"},
                                                  {"not_granted", "不给", "not granted"},
                                                  {"not_asked", "未问", "not asked"},
                                                  {"applicant", "由申请人选", "the applicant chooses"},
                                                  {"highest", "金额最高", "the highest"},
                                                  {"listed", "按次序", "in the listed order"}}};

std::string amount_of(const Page& page, const explain::AmountText& amount) {
  if (!amount.exact.empty()) return page.yuan(amount.exact);
  return amount.least.empty() ? "" : page.between(amount.least, amount.most);
}

// Of many, only how many: who gives the facts of one programme out of a whole plan does not want to read the others.
void show_not_asked(Page& page, const std::vector<explain::Named>& names) {
  constexpr std::size_t kNamed = 6;
  if (names.empty()) return;
  const std::string what = page.pick("没有给定事实的", "not asked, as nothing was given");
  const std::string count = std::to_string(names.size()) + page.pick(" 个项目", " programmes");
  page.line(2, page.colon(what, names.size() > kNamed ? count : page.joined(names)));
}

// What a person has to decide, in one line.
std::string open_texts(const Page& page, const std::vector<explain::Referral>& items) {
  std::string text;
  std::set<std::string> said;
  for (const auto& item : items) {
    if (!item.why.empty() && said.insert(item.why).second)
      text += (text.empty() ? "" : page.pick(";", "; ")) + item.why;
  }
  return text;
}

// Each programme by itself, in one line.
void show_decisions(Page& page, const explain::CombinationText& answer, bool english) {
  page.heading("各项目:", "each programme by itself:");
  std::vector<explain::Named> not_asked;
  for (const auto& item : answer.programs) {
    const std::string name = page.named(item.program, item.program_label);
    if (item.standing == "not_asked") {
      not_asked.push_back({item.program, item.program_label});
      continue;
    }
    const auto own_answer = std::find_if(answer.decisions.begin(), answer.decisions.end(),
                                         [&](const auto& decision) { return decision.program == item.program; });
    const bool decided = own_answer != answer.decisions.end();
    std::string text = page.colon(
        name, decided ? headline(item.outcome, own_answer->stuck_on, english) : word(kOutcomes, item.outcome, english));
    const bool pays = item.outcome != "ineligible" && item.outcome != "not_in_force" && item.outcome != "invalid";
    if (const std::string own = amount_of(page, item.own); pays && !own.empty()) text += page.pick(",", ", ") + own;
    const bool tells_more = item.outcome == "ineligible" || item.standing == "carried_out";
    const std::string why = tells_more                   ? item.why
                            : item.outcome == "referred" ? open_texts(page, own_answer->referred)
                                                         : std::string();
    if (!why.empty()) text += page.pick("〔", " [") + why + page.pick("〕", "]");
    page.line(2, text);
  }
  show_not_asked(page, not_asked);
}

void show_choices(Page& page, const explain::CombinedGroup& group) {
  if (group.winner != "applicant" || group.choices.size() < 2) return;
  page.line(2, page.pick("可选:", "the applicant may choose:"));
  for (const auto& choice : group.choices) {
    std::string names;
    for (std::size_t i = 0; i < choice.programs.size(); ++i)
      names += (names.empty() ? "" : " + ") + (choice.labels[i].empty() ? choice.programs[i] : choice.labels[i]);
    std::string text = page.colon(names, amount_of(page, choice.total));
    if (choice.open) text += page.pick("(未定)", " (open)");
    if (choice.suggested) text += page.pick("(金额最高)", " (pays most)");
    page.line(3, text);
  }
}

// What is granted together, and why the rest is not.
void show_granted(Page& page, const explain::CombinationText& answer, const std::string& group, bool english) {
  for (const auto& item : answer.programs) {
    if (item.group != group || item.standing == "not_asked" || item.standing == "not_granted" ||
        item.standing == "carried_out")
      continue;
    const std::string name = page.named(item.program, item.program_label);
    std::string text = page.colon(name, word(kStandings, item.standing, english));
    const bool paid = item.standing == "granted" || item.standing == "open";
    if (const std::string amount = amount_of(page, item.granted); paid && !amount.empty())
      text += page.pick(",", ", ") + amount;
    page.line(2, item.why.empty() ? text : page.colon(text, item.why));
    for (const auto& cite : item.cites) page.line(3, page.colon(page.pick("依据", "cite"), page.cite(cite)));
  }
}

}  // namespace

std::string show(const explain::CombinationText& answer, bool english) {
  Page page(english);
  std::string head = headline(answer.outcome, answer.stuck_on, english);
  const std::string total = amount_of(page, answer.total);
  if (answer.outcome == "eligible" || answer.outcome == "undetermined" || answer.outcome == "referred")
    head += page.pick(",合计 ", ", in all ") + total;
  page.line(0, head);
  if (!answer.programs.empty()) show_decisions(page, answer, english);
  for (const auto& group : answer.groups) {
    page.line(1, page.colon(page.named(group.group, group.group_label),
                            headline(group.outcome, group.stuck_on, english) + page.pick(",", ", ") +
                                amount_of(page, group.total)));
    std::string by = group.version.empty()
                         ? std::string()
                         : page.pick("版本 ", "version ") + page.named(group.version, group.version_label);
    if (!group.winner.empty())
      by += (by.empty() ? "" : page.pick(",", ", ")) + std::string(page.pick("择优:", "winner: ")) +
            word(kStandings, group.winner, english);
    if (!by.empty()) page.line(2, by);
    show_granted(page, answer, group.group, english);
    show_choices(page, group);
    page.warnings(group.warnings);
  }
  const bool stacks = std::any_of(answer.programs.begin(), answer.programs.end(), [](const auto& item) {
    return item.group.empty() && (item.standing == "granted" || item.standing == "open");
  });
  if (stacks) {
    page.heading("不与他项相关的:", "related to no other:");
    show_granted(page, answer, "", english);
  }
  page.needs(answer.needs);
  page.stuck_on(answer.stuck_on);
  page.referred(answer.referred);
  page.invalid(answer.invalid);
  return page.take();
}

}  // namespace guiju::cli
