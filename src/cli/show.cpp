// The outcome first, in one line; below it what the reader needs next. Labels come before names, columns stand under
// each other.
#include "cli/show.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "diagnostics/render.hpp"

namespace guiju::cli {
namespace {

struct OutcomeWords {
  std::string_view name, zh, en;
};
constexpr std::array<OutcomeWords, 8> kOutcomes = {
    {{"eligible", "符合", "eligible"},
     {"ineligible", "不符合", "not eligible"},
     {"undetermined", "未决:还缺事实", "undetermined: facts are missing"},
     {"referred", "转办:须由人判断", "referred: a person has to decide"},
     {"not_in_force", "未施行", "not in force"},
     {"invalid", "无效:事实有误", "invalid: the facts are wrong"},
     {"graded", "已定级", "graded"},
     {"unclassified", "未定级", "unclassified"}}};

struct KindWords {
  std::string_view name, zh, en;
};
constexpr std::array<KindWords, 13> kKinds = {{{"unverified", "未核对", "unverified"},
                                               {"secondhand", "转引", "second-hand"},
                                               {"verification_expired", "核对已过期", "verification has run out"},
                                               {"check", "验证", "check"},
                                               {"undecided", "文件未明确", "left open by the text"},
                                               {"not found", "未查得", "not found"},
                                               {"discretion", "由主管部门裁量", "at an officer's discretion"},
                                               {"gap", "规则未覆盖", "not covered by the rules"},
                                               {"conflict", "规则相互冲突", "the rules contradict each other"},
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

class Page {
 public:
  explicit Page(bool english) : english_(english) {}

  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english_ ? en : zh; }

  void line(int depth, const std::string& text) {
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
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

  void needs(const std::vector<explain::Need>& needs) {
    if (needs.empty()) return;
    heading("请先问明:", "to be asked:");
    for (const auto& need : needs) {
      std::string text = named(need.path, need.label);
      if (!need.ask.empty()) text = colon(text, need.ask);
      if (!need.at.empty()) text += pick("〔见 ", " [see ") + need.at + pick("〕", "]");
      line(2, text);
    }
  }
  void referred(const std::vector<explain::Referral>& items) {
    if (items.empty()) return;
    heading("须由人判断:", "a person has to decide:");
    for (const auto& item : items) {
      std::string text = word(kKinds, item.what, english_);
      if (!item.why.empty()) text = colon(text, item.why);
      line(2, item.name.empty() ? text : text + " (" + item.name + ")");
    }
  }
  void warnings(const std::vector<explain::Warning>& items) {
    if (items.empty()) return;
    heading("注意:", "note:");
    for (const auto& item : items) {
      std::string text = word(kKinds, item.kind, english_);
      if (!item.name.empty()) text += " " + item.name;
      line(2, item.text.empty() ? text : colon(text, item.text));
    }
  }
  void invalid(const std::vector<explain::Invalid>& items) {
    for (const auto& item : items) {
      if (item.got.empty()) {  // nothing that came is to blame: `allowed` says what is wrong
        line(1, item.path.empty() ? item.allowed : colon(item.path, item.allowed));
        continue;
      }
      const std::string got = pick("收到 ", "got ") + item.got;
      line(1, item.path.empty() ? got : colon(item.path, got));
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
      line(2, name + std::string(name_width - display_width(name) + 2 + amount_width - display_width(amount), ' ') +
                  amount);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  bool english_;
  std::string out_;
};

bool shows_parts(const explain::Explanation& answer) {
  if (answer.parts.size() > 1) return true;
  return answer.parts.size() == 1 && answer.parts[0].name != "amount";
}

void show_amount(Page& page, const explain::Explanation& answer) {
  if (!answer.amount.empty()) {
    page.line(1, page.colon(page.pick("补贴", "amount"), page.yuan(answer.amount)));
  } else if (!answer.amount_least.empty()) {
    page.line(1, page.colon(page.pick("若符合,补贴在", "if eligible, the amount lies between"),
                            page.between(answer.amount_least, answer.amount_most)));
  } else {
    return;
  }
  if (shows_parts(answer)) page.parts(answer.parts);
  if (answer.shares.empty()) return;
  page.heading("由各方分担:", "borne by:");
  page.parts(answer.shares);
}

void show_failed(Page& page, const explain::Explanation& answer) {
  for (const auto& failure : answer.failed) {
    page.line(1,
              page.pick("· ", "· ") + (failure.text.empty() ? failure.name : failure.text + " (" + failure.name + ")"));
    for (const auto& cite : failure.cites) page.line(3, page.colon(page.pick("依据", "cite"), page.cite(cite)));
  }
}

}  // namespace

std::string show(const explain::Explanation& answer, bool english) {
  Page page(english);
  page.line(0, word(kOutcomes, answer.outcome, english));
  std::string governed = page.named(answer.program, answer.program_label);
  if (!answer.version.empty())
    governed += page.pick(",版本 ", ", version ") + page.named(answer.version, answer.version_label);
  if (!answer.reference_date.empty()) governed += page.pick(",按 ", ", as of ") + answer.reference_date;
  page.line(1, governed);
  if (!answer.nearest_version.empty()) {
    page.line(1, page.colon(page.pick("最近的版本", "nearest version"),
                            answer.nearest_version + page.pick(",", ", ") + answer.nearest_from +
                                page.pick(" 至 ", " to ") + answer.nearest_to));
  }
  show_amount(page, answer);
  show_failed(page, answer);
  page.needs(answer.needs);
  page.referred(answer.referred);
  const bool granted = answer.outcome == "eligible" || answer.outcome == "referred";
  if (granted && answer.payout)
    page.line(1, page.colon(page.pick("兑现", "paid"),
                            answer.payout->label.empty() ? answer.payout->name : answer.payout->label));
  if (granted && !answer.documents.empty())
    page.line(1, page.colon(page.pick("尚缺材料", "documents owed"), page.joined(answer.documents)));
  if (granted && !answer.conditions.empty())
    page.line(1, page.colon(page.pick("另须满足", "on condition of"), page.joined(answer.conditions)));
  if (answer.outcome != "invalid") page.warnings(answer.warnings);
  page.invalid(answer.invalid);
  return page.take();
}

std::string show(const explain::GradeExplanation& answer, bool english) {
  Page page(english);
  std::string head = word(kOutcomes, answer.outcome, english);
  if (!answer.grade.empty()) head = page.colon(head, page.named(answer.grade, answer.grade_label));
  page.line(0, head);
  std::string governed = page.named(answer.standard, answer.standard_label);
  if (!answer.edition.empty()) governed += page.pick(",版次 ", ", edition ") + answer.edition;
  page.line(1, governed);
  if (!answer.why.empty()) page.line(1, answer.why);
  if (!answer.possible.empty())
    page.line(1, page.colon(page.pick("可能的等级", "possible grades"), page.joined(answer.possible)));
  for (const auto& check : answer.outputs) {
    page.line(1, page.colon(check.name, check.is_grade && !check.label.empty() ? page.named(check.value, check.label)
                                                                               : word(kKinds, check.value, english)) +
                     (check.text.empty() ? "" : "  " + check.text));
  }
  page.needs(answer.needs);
  page.referred(answer.referred);
  page.warnings(answer.warnings);
  page.invalid(answer.invalid);
  return page.take();
}

}  // namespace guiju::cli
