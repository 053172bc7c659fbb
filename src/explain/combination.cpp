// See combination.hpp.
#include "explain/combination.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "explain/outcome_words.hpp"
#include "explain/readings.hpp"
#include "explain/referrals.hpp"
#include "explain/show.hpp"
#include "plan/group.hpp"
#include "run/local_programmes.hpp"

namespace guiju::explain {

using plan::GroupSection;
using plan::Index;
using plan::kNone;
using run::GroupResult;
using run::MoneyRange;
using run::Standing;

namespace {

AmountText amount_text(const MoneyRange& range) {
  AmountText out;
  out.least = show_fen(range.least);
  if (!range.unbounded) out.most = show_fen(range.most);
  if (range.known()) out.exact = out.least;
  return out;
}

std::string_view name_of(Standing::Kind kind) {
  constexpr std::array<std::string_view, 7> names{"not_asked",    "not_granted", "granted",    "excluded",
                                                  "nothing_left", "open",        "carried_out"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(GroupSection::Winner winner) {
  constexpr std::array<std::string_view, 3> names{"applicant", "highest", "listed"};
  return names[static_cast<std::size_t>(winner)];
}

class CombinationExplainer {
 public:
  CombinationExplainer(const run::CaseFacts& facts, const run::Combination& combination, bool english)
      : plan_(*facts.plan), facts_(facts), combination_(combination), english_(english) {}

  CombinationText run() {
    out_.outcome = run::name_of(combination_.outcome);
    out_.total = amount_text(combination_.total);
    describe_programs();
    for (const GroupResult& result : combination_.groups) add_group(result);
    for (const auto& [program, place] : places_) add_standing(program, out_.programs[place]);
    gather();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english_ ? en : zh; }

  // ---- programmes by themselves

  void describe_programs() {
    for (Index i = 0; i < plan_.programs.size(); ++i) {
      const plan::ProgramInfo& program = plan_.programs[i];
      if (program.kind != plan::ProgramInfo::program) continue;
      CombinedProgram item;
      item.program = program.name;
      item.program_label = program.label.in(english_);
      item.standing = name_of(Standing::not_asked);
      places_[i] = out_.programs.size();
      if (facts_.asked[i]) {
        const Explanation& answer =
            out_.decisions.emplace_back(explain(*facts_.facts[i], combination_.decisions[i], english_));
        item.outcome = answer.outcome;
        item.version = answer.version;
        item.standing = name_of(Standing::not_granted);
        item.why = why_not(answer);
      }
      out_.programs.push_back(std::move(item));
    }
  }

  [[nodiscard]] std::string why_not(const Explanation& answer) const {
    std::string reasons;
    for (const Failure& failure : answer.failed) reasons += (reasons.empty() ? "" : pick(";", "; ")) + failure.text;
    if (!reasons.empty()) return reasons;
    if (answer.outcome == "not_in_force") return pick("当日未施行", "not in force on that day");
    if (answer.outcome == "invalid") return pick("事实有误", "facts are wrong");
    return answer.outcome == "ineligible" ? pick("要求未满足,何项待定", "a requirement fails, which one is open") : "";
  }

  // ---- how each comes out beside the others

  void add_standing(Index program, CombinedProgram& item) {
    const Standing& standing = combination_.standings[program];
    if (standing.kind == Standing::not_asked || standing.kind == Standing::not_granted) return;
    item.standing = name_of(standing.kind);
    item.why.clear();
    if (standing.kind == Standing::carried_out) return carried_out(standing, item);
    const run::Decision& d = combination_.decisions[program];
    if (d.has_amount || !item.group.empty()) {
      item.own = amount_text(standing.own);
      item.granted = amount_text(standing.granted_amount);
    }
    switch (standing.kind) {
      case Standing::excluded:
        return add_exclusion(standing, item);
      case Standing::nothing_left:
        item.why = pick("共用的总额已无余额", "nothing is left of the common total");
        return;
      case Standing::open:
        item.why = standing.denied ? pick("不予给付,何项原因待定", "granted nothing, for which reason is open")
                                   : open_reason(item);
        return;
      default:
        add_cut(d, standing, item);
    }
  }

  void add_cut(const run::Decision& d, const Standing& standing, CombinedProgram& item) const {
    const bool beside = d.has_amount && is_beside_payments(d.amount_kind);
    if (!standing.granted_amount.known() && d.amount_kind == AmountKind::payment) item.why = open_reason(item);
    if (beside || (item.group.empty() && d.amount_kind != AmountKind::payment)) {
      item.why = no_payment(d);
    } else if (standing.own.known() && standing.granted_amount.known() &&
               standing.granted_amount.least < standing.own.least) {
      item.why = english_ ? "cut from " + item.own.exact + " to " + item.granted.exact + " yuan by the common total"
                          : "按共用的总额由 " + item.own.exact + " 元减至 " + item.granted.exact + " 元";
    }
  }

  // A local programme stands in its place.
  void carried_out(const Standing& standing, CombinedProgram& item) const {
    if (standing.carried_by == kNone) {
      item.why = pick("由地方项目落实,何项待定", "carried out by a local programme, which one is open");
      return;
    }
    const plan::ProgramInfo& local = plan_.programs[standing.carried_by];
    item.by = local.name;
    item.by_label = local.label.in(english_);
    const std::string& called = item.by_label.empty() ? item.by : item.by_label;
    item.why = english_ ? "carried out by " + called : "由" + called + "落实";
  }

  // A charge, a deduction or a credit is nobody's payment: it stands beside, and is never added to what is granted.
  [[nodiscard]] std::string no_payment(const run::Decision& d) const {
    if (!is_beside_payments(d.amount_kind)) return set_elsewhere(d.amount_kind);
    const AmountText figure = amount_text(d.amount);
    const std::string sum = figure.exact.empty() ? figure.least + " – " + figure.most : figure.exact;
    switch (d.amount_kind) {
      case AmountKind::deduction:
        return english_ ? "a deduction of " + sum + " yuan from taxable income, not added to what is paid"
                        : "税前扣除" + sum + "元,减少应纳税所得额,不计入补贴";
      case AmountKind::credit:
        return english_ ? "a credit of " + sum + " yuan against tax, not added to what is paid"
                        : "税额减免" + sum + "元,减少应纳税额,不计入补贴";
      default:
        return english_ ? "a charge of " + sum + " yuan, not added to what is paid" : "应缴" + sum + "元,不计入补贴";
    }
  }

  [[nodiscard]] std::string set_elsewhere(AmountKind kind) const {
    return kind == AmountKind::ceiling
               ? pick("规则只给出上限,实付金额另定", "only a ceiling is given, the payment is set elsewhere")
               : pick("规则只给出平均数,实付金额另定", "only an average is given, the payment is set elsewhere");
  }

  // Of a group what the group waits for.
  [[nodiscard]] std::string open_reason(const CombinedProgram& item) const {
    const auto group = std::find_if(out_.groups.begin(), out_.groups.end(),
                                    [&](const CombinedGroup& g) { return g.group == item.group; });
    const auto own = std::find_if(out_.decisions.begin(), out_.decisions.end(),
                                  [&](const Explanation& e) { return e.program == item.program; });
    const bool alone = group == out_.groups.end();
    if ((alone ? item.outcome : group->outcome) == "referred") return pick("须由人判断", "a person has to decide");
    const bool stuck = alone ? own != out_.decisions.end() && !own->stuck_on.empty() : !group->stuck_on.empty();
    return stuck ? pick("关键事实无从得知", "what it hangs on cannot be said") : pick("还缺事实", "facts are missing");
  }

  // ---- groups

  [[nodiscard]] std::string comes_to(const run::OtherReading& other) const {
    std::string out = outcome_word(run::name_of(other.outcome), english_);
    if (other.outcome == run::Outcome::eligible)
      out += pick(",", ", ") + amount_text(other.total).exact + pick(" 元", " yuan");
    return out;
  }

  void add_group(const GroupResult& result) {
    const plan::ProgramInfo& group = plan_.programs[result.group];
    const GroupSection* section = run::group_section(plan_, result);
    CombinedGroup item;
    item.group = group.name;
    item.group_label = group.label.in(english_);
    item.outcome = run::name_of(result.outcome);
    item.total = amount_text(result.total);
    item.needs = result.needs;
    if (result.needs.empty()) item.stuck_on = result.stuck_on;
    for (const run::OtherReading& other : result.other_readings)
      item.warnings.push_back(
          other_reading(plan_.choices[other.reading.choice], other.reading.number, comes_to(other), english_));
    if (result.reference_date) item.reference_date = to_iso(*result.reference_date);
    if (const plan::Section* version = run::section_of(plan_, result)) {
      item.version = version->name;
      item.version_label = version->label.in(english_);
    }
    if (section != nullptr) {
      item.winner = name_of(section->winner);
      for (const run::Choice& choice : result.choices) item.choices.push_back(choice_of(result, choice));
      if (!item.choices.empty()) item.choices.front().suggested = true;
    }
    out_.groups.push_back(std::move(item));
    name_members(result, section);
  }

  // All that may be granted as one of its members; where it is open which version governs, of any.
  void name_members(const GroupResult& result, const GroupSection* section) {
    const plan::GroupInfo& group = *plan_.programs[result.group].grouping;
    const auto name = [&](const GroupSection& of) {
      for (const plan::GroupMember& member : of.members) {
        for (const auto& [program, place] : places_) {
          if (facts_.asked[program] && run::carries_out(plan_, program, plan_.programs[member.program].name))
            out_.programs[place].group = plan_.programs[result.group].name;
        }
      }
    };
    if (section != nullptr) return name(*section);
    name(group.base_group);
    for (const GroupSection& version : group.versions) name(version);
  }

  [[nodiscard]] CombinedChoice choice_of(const GroupResult& result, const run::Choice& choice) const {
    CombinedChoice out;
    for (std::size_t i = 0; i < result.members.size(); ++i) {
      if (!choice.members[i]) continue;
      const plan::ProgramInfo& program = plan_.programs[result.members[i].program];
      out.programs.push_back(program.name);
      out.labels.push_back(program.label.in(english_));
      out.amounts.push_back(amount_text(choice.amounts[i]));
    }
    out.total = amount_text(choice.total);
    out.open = choice.open;
    return out;
  }

  void add_exclusion(const Standing& standing, CombinedProgram& item) const {
    item.why = pick("与组合内他项互斥,与何项待定", "excluded by another of the group, by which is open");
    const auto found = std::find_if(combination_.groups.begin(), combination_.groups.end(), [&](const GroupResult& r) {
      return plan_.programs[r.group].name == item.group && standing.by < r.members.size();
    });
    if (found == combination_.groups.end()) return;
    const GroupResult& result = *found;
    const GroupSection& section = *run::group_section(plan_, result);
    // Where it is open who carries it out, the one that is carried out stands for all of them.
    const Index first = result.members[standing.by].program;
    const bool known = combination_.standings[first].kind == Standing::granted;
    const plan::ProgramInfo& by = plan_.programs[known ? first : section.members[standing.by].program];
    const plan::ExclusionInfo& exclusion = section.exclusions[standing.exclusion];
    item.by = by.name;
    item.by_label = by.label.in(english_);
    item.under = exclusion.name;
    const std::string winner = by.label.in(english_).empty() ? by.name : by.label.in(english_);
    const plan::Section& version = *run::section_of(plan_, result);
    const std::string text = fill(plan_, version, exclusion.reason, result.work, english_);
    // Its name says no more than its reason.
    const std::string under = exclusion.name.empty() || !text.empty() ? ""
                              : english_                              ? " under " + exclusion.name
                                                                      : "(" + exclusion.name + ")";
    const std::string because = why_it_won(section, result.members[standing.by], standing);
    item.why =
        english_ ? "excluded by " + winner + under + ", " + because : "与" + winner + "互斥" + under + "," + because;
    if (!text.empty()) item.why += pick(":", ": ") + text;
    for (const Index c : exclusion.citations) item.cites.push_back(cite(c));
  }

  [[nodiscard]] std::string why_it_won(const GroupSection& section, const Standing& winner,
                                       const Standing& loser) const {
    const bool more = winner.own.least > loser.own.least;
    const bool same = winner.own.known() && loser.own.known() && winner.own.least == loser.own.least;
    std::string why;
    if (section.winner == GroupSection::listed || same) {
      why = pick("后者次序在前", "which comes first");
    } else if (more) {
      why = pick("后者补贴更多", "which pays more");
    } else {
      why = pick("取后者合计更多", "with which more is paid in all");
    }
    if (section.winner == GroupSection::applicant)
      why += pick(";申请人可以另选", "; the applicant may choose otherwise");
    return why;
  }

  [[nodiscard]] CitationText cite(Index index) const {
    const plan::CitationInfo& c = plan_.citations[index];
    CitationText out;
    out.title = plain_text(c.title, english_);
    for (const auto& article : c.articles) out.articles.push_back(plain_text(article, english_));
    constexpr std::array<std::string_view, 4> names{"", "verified", "unverified", "secondhand"};
    out.check = names[c.check];
    return out;
  }

  // ---- what is missing, of whatever could still change what is granted

  void gather() {
    for (const Explanation& answer : out_.decisions) {
      for (const Invalid& invalid : answer.invalid) add_once(out_.invalid, invalid);
    }
    for (const std::string& path : combination_.needs) ask(path, out_.needs);
    for (const GroupResult& result : combination_.groups) {
      for (const std::string& path : result.needs) ask(path, out_.needs);
      for (const std::string& path : result.stuck_on) ask(path, out_.stuck_on);
      for (const run::Mark& mark : result.marks)
        add_once(referral_of(plan_, run::section_of(plan_, result), mark, english_));
      for (const run::BadFact& bad : result.bad) add_once(out_.invalid, {bad.path, bad.got, bad.allowed.in(english_)});
      for (const run::Error& error : result.errors) add_once(out_.invalid, unworkable(error));
    }
    refer_ceilings();
    for (const CombinedProgram& item : out_.programs) {
      const bool amount_is_open = item.standing == "granted" && item.granted.exact.empty();
      if (item.standing != "open" && !amount_is_open) continue;
      const auto answer = std::find_if(out_.decisions.begin(), out_.decisions.end(),
                                       [&](const Explanation& e) { return e.program == item.program; });
      if (answer == out_.decisions.end()) continue;
      if (item.group.empty()) {
        for (const Need& need : answer->needs) ask(need.path, out_.needs);
        for (const Need& fact : answer->stuck_on) ask(fact.path, out_.stuck_on);
      }
      for (const Referral& referral : answer->referred) add_once(referral);
    }
    if (!out_.needs.empty()) out_.stuck_on.clear();
  }

  void ask(const std::string& path, std::vector<Need>& all) const {
    const bool known = std::any_of(all.begin(), all.end(), [&](const Need& n) { return n.path == path; });
    if (!known) all.push_back(question(path));
  }

  // Whoever pays has to say how much.
  void refer_ceilings() {
    for (Index i = 0; i < combination_.decisions.size(); ++i) {
      const run::Decision& d = combination_.decisions[i];
      const bool elsewhere = d.amount_kind == AmountKind::ceiling || d.amount_kind == AmountKind::average;
      if (!facts_.asked[i] || !d.has_amount || !elsewhere) continue;
      const CombinedProgram& item = out_.programs[places_.at(i)];
      if (item.standing != "granted" && item.standing != "open") continue;
      add_once(
          {d.amount_kind == AmountKind::ceiling ? "ceiling" : "average", item.program, set_elsewhere(d.amount_kind)});
    }
  }

  // In the words of a programme that hangs on it, else of whoever has such a fact.
  [[nodiscard]] Need question(const std::string& path) const {
    const auto same = [&](const Need& need) { return need.path == path; };
    for (const Explanation& answer : out_.decisions) {
      for (const std::vector<Need>* all : {&answer.needs, &answer.stuck_on}) {
        const auto found = std::find_if(all->begin(), all->end(), same);
        if (found != all->end()) return *found;
      }
    }
    Need out;
    out.path = path;
    for (const auto& facts : facts_.facts) {
      if (facts == nullptr) continue;
      const auto& fields = facts->layout().fields;
      const auto field =
          std::find_if(fields.begin(), fields.end(), [&](const plan::FieldInfo& f) { return f.path == path; });
      if (field == fields.end()) continue;
      out.label = field->label.in(english_);
      out.ask = field->ask.in(english_);
      out.at = field->at.in(english_);
      break;
    }
    return out;
  }

  void add_once(const Referral& referral) {
    const auto same = [&](const Referral& r) {
      return r.what == referral.what && r.name == referral.name && r.why == referral.why;
    };
    if (std::none_of(out_.referred.begin(), out_.referred.end(), same)) out_.referred.push_back(referral);
  }
  static void add_once(std::vector<Invalid>& all, const Invalid& invalid) {
    const auto same = [&](const Invalid& i) {
      return i.path == invalid.path && i.got == invalid.got && i.allowed == invalid.allowed;
    };
    if (std::none_of(all.begin(), all.end(), same)) all.push_back(invalid);
  }
  [[nodiscard]] Invalid unworkable(const run::Error& error) const {
    std::string where = error.name;
    if (where.empty() && error.place < plan_.places.size()) where = plan_.places[error.place].text();
    return {where, pick("无法算出", "cannot be worked out"),
            pick("较小的数值,除数不为 0", "smaller figures, a divisor other than 0")};
  }

  const plan::Plan& plan_;
  const run::CaseFacts& facts_;
  const run::Combination& combination_;
  bool english_;
  std::map<Index, std::size_t> places_;
  CombinationText out_;
};

}  // namespace

CombinationText explain(const run::CaseFacts& facts, const run::Combination& combination, bool english) {
  return CombinationExplainer(facts, combination, english).run();
}

CombinationText refuse(const std::vector<run::BadFact>& refused, bool english) {
  CombinationText out;
  out.outcome = run::name_of(run::Outcome::invalid);
  for (const run::BadFact& bad : refused) out.invalid.push_back({bad.path, bad.got, bad.allowed.in(english)});
  return out;
}

}  // namespace guiju::explain
