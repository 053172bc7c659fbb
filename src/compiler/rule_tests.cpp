// Test blocks: decisions held against what is expected, to the fen.
#include "compiler/rule_tests.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "compiler/difference.hpp"
#include "compiler/test_facts.hpp"
#include "explain/combination.hpp"
#include "explain/explanation.hpp"
#include "explain/outcome_words.hpp"
#include "explain/show.hpp"
#include "explain/targets.hpp"
#include "plan/duty.hpp"
#include "plan/target.hpp"
#include "run/top_up.hpp"
#include "run/value.hpp"

namespace guiju::compiler {

using explain::outcome_words;

namespace {

using model::Expectation;
using model::ExprKind;

// ---- expectations
// -----------------------------------------------------------------------------------------------------------------

std::string no_end(bool english) {
  return english ? "no limit" : "不限";
}
// The range of an expectation, or its one value.
std::string written_range(const Expectation& e, int digits, bool english) {
  const std::string least = to_string(e.least, digits);
  if (e.open_end) return least + " .. " + no_end(english);
  return e.least == e.most ? least : least + " .. " + to_string(e.most, digits);
}

// `claims.state` for the question after `claims[2].state`.
std::string without_places(const std::string& path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    inside = c == '[' || (inside && c != ']');
    if (!inside && c != ']') out += c;
  }
  return out;
}
bool asks(const std::string& path, const std::string& wanted) {
  return path == wanted || without_places(path) == wanted;
}

// n/d in the scale q, in canonical units.
std::optional<Rational> exactly(i128 n, i128 d, const Rational& q) {
  const auto value = Rational::make(n, d);
  return value ? mul(*value, q) : std::nullopt;
}

class Comparison {
 public:
  // `named`: the same decision with every named value in it, which says less of what is open.
  Comparison(const run::Facts& facts, const run::Decision& decision, const run::Decision& named, TestResult& result,
             bool english)
      : plan_(facts.plan()),
        program_(plan_.programs[facts.program()]),
        decision_(decision),
        named_(named),
        result_(result),
        english_(english),
        explained_(explain::explain(facts, named, english)) {
    if (program_.kind == plan::ProgramInfo::standard) graded_ = explain::explain_grade(facts, decision, english);
  }

  void compare(const Expectation& e) {
    ++result_.checked;
    switch (e.kind) {
      case Expectation::outcome:
        return outcome(e);
      case Expectation::version:
        return expect(english_ ? "version" : "版本", e.word, explained_.version);
      case Expectation::edition:
        return expect(english_ ? "edition" : "版次", e.word, graded_.edition);
      case Expectation::nearest:
        return expect(english_ ? "nearest version" : "最近版本", e.word, explained_.nearest_version);
      case Expectation::amount:
        return amount(e);
      case Expectation::part:
        return part(e);
      case Expectation::share:
        return share(e);
      case Expectation::refused:
        return refused(e);
      case Expectation::ask:
        return ask(e);
      case Expectation::stuck_on:
        return stuck_on(e);
      case Expectation::may_be_refused:
        if (!explained_.may_be_refused)
          differ(english_ ? "may be refused" : "或被驳回", english_ ? "yes" : "是", explained_.outcome);
        return;
      case Expectation::subject:
        return subject(e);
      case Expectation::owed:
        return owed(e);
      case Expectation::grade:
        return grade(e);
      case Expectation::comply:
      case Expectation::check:
        return output(e);
      case Expectation::warning:
        return warning(e);
      case Expectation::top_up:
        return;  // of two decisions: compare_top_up
      case Expectation::obligation:
        return obligations(e);
      case Expectation::let:
        return value_of(e);
      case Expectation::target:
      case Expectation::member:
        return differ(e.word, e.standing, explained_.outcome);
      case Expectation::result:
        return result(e);
    }
  }

  // The explained decision is that of the later day.
  void compare_top_up(const Expectation& e, const run::TopUp& top_up) {
    ++result_.checked;
    if (e.word.empty()) return money(english_ ? "top_up" : "补差", e, top_up.has_amount ? &top_up.amount : nullptr);
    if (run::name_of(top_up.outcome) == decision_outcome()) return outcome(e);
    if (run::name_of(top_up.outcome) != e.word)
      differ(english_ ? "top_up" : "补差", outcome_words(e.word, english_),
             outcome_words(run::name_of(top_up.outcome), english_));
  }

 private:
  void differ(const std::string& what, const std::string& expected, const std::string& got) {
    const bool outcome = got == explained_.outcome || got == graded_.outcome;
    result_.differences.push_back(difference(what, expected, outcome ? outcome_words(got, english_) : got, english_));
  }
  void expect(const std::string& what, const std::string& expected, const std::string& got) {
    if (expected != got) differ(what, expected, got);
  }

  static std::string joined(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    std::string out = "{";
    for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + names[i];
    return out + "}";
  }

  [[nodiscard]] std::string_view decision_outcome() const { return run::name_of(decision_.outcome); }

  void outcome(const Expectation& e) {
    std::string got = explained_.outcome;
    if (program_.kind == plan::ProgramInfo::standard && got == "eligible") got = graded_.outcome;
    std::string detail = got;
    for (const auto& i : explained_.invalid) detail += " " + i.path + " (" + i.got + "; " + i.allowed + ")";
    std::vector<std::string> names;
    for (const auto& f : explained_.failed) {
      if (f.kind.empty() || f.kind == "must") names.push_back(f.name);
    }
    if (got == "ineligible" || explained_.duty) detail += " " + joined(names);
    for (const auto& n : explained_.needs) detail += " ?" + n.path;
    for (const auto& r : explained_.referred) detail += " !" + r.what + " " + r.why;
    const std::string what = english_ ? "outcome" : "结论";
    const std::string wanted = outcome_words(e.word, english_);
    detail = outcome_words(detail, english_);
    if (got != e.word) return differ(what, wanted, detail);
    if (e.has_reasons && joined(names) != joined(e.reasons)) differ(what, wanted + " " + joined(e.reasons), detail);
  }

  // ---- duties

  void obligations(const Expectation& e) {
    std::vector<std::string> names;
    for (const auto& f : explained_.failed) {
      if (f.kind == e.word) names.push_back(f.name);
    }
    expect(e.word, joined(e.reasons), joined(names));
  }

  // The deadline, the day on which it was done, a let: as they are shown.
  void value_of(const Expectation& e) {
    const plan::Section* section = decision_.section == plan::kNone ? nullptr : &program_.sections[decision_.section];
    if (section == nullptr) return differ(e.word, shown(e), explained_.outcome);
    if (e.word == "deadline" || e.word == "done") {
      const auto told = e.word == "deadline" ? plan::kToldDeadline : plan::kToldDoneOn;
      if (section->told[told] == plan::kNone) return expect(e.word, shown(e), shown_absent());
      return hold(e, named_.told[told], section->slots[section->told[told]]);
    }
    const auto let = std::find_if(section->lets.begin(), section->lets.end(),
                                  [&](const plan::Section::Named& n) { return n.name == e.word; });
    if (let == section->lets.end() || let->slot == plan::kNone) return differ(e.word, shown(e), "");
    hold(e, named_.slots[let->slot], section->slots[let->slot]);
  }

  [[nodiscard]] std::string shown_absent() const { return english_ ? "none" : "无"; }
  [[nodiscard]] std::string shown(const Expectation& e) const {
    if (e.unknown) return english_ ? "unknown" : "未知";
    if (e.has_state) return english_ ? "no limit" : "不限";
    if (e.constant == nullptr) return shown_absent();
    switch (e.constant->kind) {
      case ExprKind::date:
        return explain::show_day(e.constant->day, english_);
      case ExprKind::number:
        return to_string(e.constant->value);
      default:
        return english_ ? "the value that is written" : "所写的值";
    }
  }

  void hold(const Expectation& e, const run::Value& got, const plan::SlotInfo& slot) {
    const std::string text = explain::show_value(plan_, slot, got, named_, english_);
    const bool known = run::is_known(got, slot.cls);
    bool same = false;
    if (e.unknown) {
      same = !known;
    } else if (e.has_state) {
      same = known && run::may(got, run::Value::may_be_unlimited);
    } else if (e.constant == nullptr) {
      same = known && run::may(got, run::Value::may_be_absent);
    } else if (known && run::may(got, run::Value::has_value)) {
      same = is_constant(got, slot, *e.constant);
    }
    if (!same) differ(e.word, shown(e), text);
  }

  [[nodiscard]] bool is_constant(const run::Value& got, const plan::SlotInfo& slot, const model::Expr& wanted) const {
    switch (wanted.kind) {
      case ExprKind::boolean:
        return wanted.truth ? run::is_true(got) : run::is_false(got);
      case ExprKind::date:
        return got.low == wanted.day;
      case ExprKind::duration:
        return got.low == (slot.cls == plan::SlotClass::days ? wanted.days : wanted.months);
      case ExprKind::member:
        return got.mask == std::uint64_t{1} << wanted.member;
      case ExprKind::region:
        return got.low == wanted.region;
      case ExprKind::text:
        return !got.any && named_.texts[got.text] == wanted.text;
      case ExprKind::number:
        return exactly(got.low, got.low_den, slot.q) == wanted.value;
      default:
        return false;
    }
  }

  void money(const std::string& what, const Expectation& e, const run::MoneyRange* got) {
    const auto fen = [](const Rational& yuan) { return mul(yuan, Rational(100)); };
    const auto least = fen(e.least);
    const auto most = fen(e.most);
    const std::string wanted = written_range(e, 2, english_);
    if (got == nullptr) return differ(what, wanted, explained_.outcome);
    const bool ends = got->unbounded ? e.open_end : !e.open_end && most && *most == Rational::whole(got->most);
    if (ends && least && *least == Rational::whole(got->least)) return;
    const std::string high = got->unbounded ? no_end(english_) : explain::show_fen(got->most);
    differ(what, wanted, got->known() ? explain::show_fen(got->least) : explain::show_fen(got->least) + " .. " + high);
  }

  // A charge, a deduction or a credit is no amount: who expects one says so.
  void amount(const Expectation& e) {
    using Names = std::array<std::array<std::string_view, 2>, kAmountKindNames.size()>;
    static constexpr Names kNames{{{"amount", "补贴"},
                                   {"ceiling", "上限"},
                                   {"average", "平均"},
                                   {"charge", "应缴"},
                                   {"deduction", "税前扣除"},
                                   {"credit", "税额减免"}}};
    const auto name = [&](AmountKind kind) {
      return std::string(kNames[static_cast<std::size_t>(kind)][english_ ? 0 : 1]);
    };
    const AmountKind kind = decision_.amount_kind;
    const bool says_kind = !e.standing.empty() || is_beside_payments(kind);
    const std::string what = says_kind && decision_.has_amount ? name(kind) : name(AmountKind::payment);
    const std::string_view wanted = e.standing.empty() ? kNames[0][0] : std::string_view(e.standing);
    if (decision_.has_amount && says_kind && wanted != kNames[static_cast<std::size_t>(kind)][0]) {
      const auto* expected = std::find_if(kNames.begin(), kNames.end(), [&](const auto& n) { return n[0] == wanted; });
      return differ(english_ ? "kind of the amount" : "金额种类", std::string((*expected)[english_ ? 0 : 1]), what);
    }
    money(what, e, decision_.has_amount ? &decision_.amount : nullptr);
  }
  void part(const Expectation& e) {
    if (decision_.section == plan::kNone) return differ(e.word, to_string(e.least, 2), explained_.outcome);
    named_money(e, program_.sections[decision_.section].parts, decision_.parts);
  }
  void share(const Expectation& e) {
    if (decision_.section == plan::kNone) return differ(e.word, to_string(e.least, 2), explained_.outcome);
    named_money(e, program_.sections[decision_.section].shares, decision_.shares);
  }
  template <typename Info>
  void named_money(const Expectation& e, const std::vector<Info>& all, const std::vector<run::MoneyRange>& got) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Info& info) { return info.name == e.word; });
    const auto index = static_cast<std::size_t>(found - all.begin());
    const bool known = found != all.end() && index < got.size();
    money(e.word, e, known ? &got[index] : nullptr);
  }

  // A part that fails alone, for exactly these reasons where they are written.
  void refused(const Expectation& e) {
    const auto found = std::find_if(explained_.refused.begin(), explained_.refused.end(),
                                    [&](const explain::RefusedPart& p) { return p.name == e.word; });
    std::vector<std::string> names;
    if (found != explained_.refused.end()) {
      for (const explain::Failure& reason : found->reasons) names.push_back(reason.name);
    }
    const std::string wanted = e.has_reasons ? " " + joined(e.reasons) : "";
    const bool same = !names.empty() && (!e.has_reasons || joined(names) == joined(e.reasons));
    const std::string word = english_ ? "refused" : "驳回";
    if (!same) differ(e.word, word + wanted, names.empty() ? explained_.outcome : word + " " + joined(names));
  }

  void ask(const Expectation& e) { names_fact(english_ ? "ask" : "询问", e, explained_.needs); }
  void stuck_on(const Expectation& e) {
    const bool standard = program_.kind == plan::ProgramInfo::standard;
    names_fact(english_ ? "stuck on" : "卡在", e, standard ? graded_.stuck_on : explained_.stuck_on);
  }
  void names_fact(const std::string& what, const Expectation& e, const std::vector<explain::Need>& facts) {
    std::vector<std::string> paths;
    for (const auto& f : facts) paths.push_back(f.path);
    const bool named = std::any_of(paths.begin(), paths.end(), [&](const auto& p) { return asks(p, e.word); });
    if (!named) differ(what, e.word, joined(paths));
  }

  void subject(const Expectation& e) {
    std::vector<std::string> names;
    for (const auto& c : explained_.conditions) names.push_back(c.name);
    if (std::find(names.begin(), names.end(), e.word) == names.end())
      differ(english_ ? "condition" : "附条件", e.word, joined(names));
  }

  void owed(const Expectation& e) {
    std::vector<std::string> names;
    for (const auto& d : explained_.documents) names.push_back(d.name);
    const bool among = std::find(names.begin(), names.end(), e.word) != names.end();
    if (e.has_reasons ? joined(names) != joined(e.reasons) : !among)
      differ(english_ ? "documents" : "材料", e.has_reasons ? joined(e.reasons) : e.word, joined(names));
  }

  [[nodiscard]] std::string shown_grade() const {
    std::string got = !graded_.grade.empty()  ? graded_.grade
                      : graded_.state.empty() ? ""
                                              : "unclassified " + graded_.state;
    if (graded_.possible.empty()) return got.empty() ? graded_.outcome : got;
    std::vector<std::string> names;
    for (const auto& p : graded_.possible) names.push_back(p.name);
    return (got.empty() ? "" : got + " ") + joined(names);
  }

  // A grade beside the grade of the standard.
  void named_grade(const Expectation& e) {
    const auto& outputs = program_.outputs.outputs;
    const auto& section = program_.sections.front();
    const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const auto& o) { return o.name == e.word; });
    const auto shown =
        std::find_if(graded_.outputs.begin(), graded_.outputs.end(), [&](const auto& o) { return o.name == e.word; });
    if (found == outputs.end() || shown == graded_.outputs.end()) return differ(e.word, "", graded_.outcome);
    const run::Value& got = decision_.slots[found->value];
    std::uint64_t wanted = e.mask;
    if (e.has_state) wanted |= states(e.state);
    const bool any_state = e.has_state && e.state == model::GradeState::any;
    if (any_state ? (got.mask & states(e.state)) != 0 : got.mask == wanted) return;
    std::vector<std::string> names;
    const auto& scale = plan_.enums[section.slots[found->value].enumeration];
    for (std::size_t i = 0; i < scale.members.size(); ++i) {
      if ((e.mask >> i & 1U) != 0) names.push_back(scale.members[i].name);
    }
    if (e.has_state) names.emplace_back("unclassified");
    differ(e.word, joined(names), shown->value);
  }

  static std::uint64_t states(model::GradeState state) {
    switch (state) {
      case model::GradeState::below:
        return plan::kBelow;
      case model::GradeState::no_row:
        return plan::kNoRow;
      case model::GradeState::out_of_scope:
        return plan::kOutOfScope;
      default:
        return plan::kUnclassified;
    }
  }

  void grade(const Expectation& e) {
    if (!e.word.empty()) return named_grade(e);
    const std::string what = english_ ? "grade" : "定级";
    constexpr const char* states[] = {"", "below", "no_row", "out_of_scope", "no_figure"};
    if (e.not_found || e.has_state) {
      const std::string wanted = e.not_found ? "no_figure" : states[static_cast<std::size_t>(e.state)];
      const bool any = e.has_state && e.state == model::GradeState::any && !graded_.state.empty();
      if (!any && wanted != graded_.state) differ(what, "unclassified " + wanted, shown_grade());
      if (e.mask == 0) return;
    }
    const bool has_grade = program_.outputs.grade != plan::kNone && decision_.outcome != run::Outcome::invalid &&
                           decision_.outcome != run::Outcome::not_in_force;
    const std::uint64_t got = has_grade ? decision_.slots[program_.outputs.grade].mask : 0;
    if (got == e.mask) return;
    std::vector<std::string> names;
    if (program_.outputs.grade != plan::kNone) {
      const auto& scale = plan_.enums[program_.sections.front().slots[program_.outputs.grade].enumeration];
      for (std::size_t i = 0; i < scale.members.size(); ++i) {
        if ((e.mask >> i & 1U) != 0) names.push_back(scale.members[i].name);
      }
    }
    differ(what, joined(names), shown_grade());
  }

  void output(const Expectation& e) {
    const std::string wanted = e.unknown ? "unknown" : e.absent ? "absent" : e.truth ? "yes" : "no";
    const auto found =
        std::find_if(graded_.outputs.begin(), graded_.outputs.end(), [&](const auto& o) { return o.name == e.word; });
    expect(e.word, wanted, found == graded_.outputs.end() ? "" : found->value);
  }

  // ---- results of a standard

  void result(const Expectation& e) {
    const auto& outputs = program_.outputs.outputs;
    const auto found =
        std::find_if(outputs.begin(), outputs.end(), [&](const auto& o) { return o.result && o.name == e.word; });
    const auto shown =
        std::find_if(graded_.results.begin(), graded_.results.end(), [&](const auto& r) { return r.name == e.word; });
    if (found == outputs.end() || shown == graded_.results.end())
      return differ(e.word, expected_result(e, {}), graded_.outcome);
    const plan::SlotInfo& slot = program_.sections.front().slots[found->value];
    const bool fits = is_result(e, slot, decision_.slots[found->value], *shown);
    if (!fits) return differ(e.word, expected_result(e, slot), shown->text);
    if (e.has_reasons && !contradict(e.reasons))
      differ(e.word, (english_ ? "contradiction " : "矛盾 ") + joined(e.reasons), graded_.outcome);
  }

  static bool is_result(const Expectation& e, const plan::SlotInfo& slot, const run::Value& got,
                        const explain::ResultText& shown) {
    if (e.unknown) return shown.state == "open";
    if (e.absent || e.no_limit) return shown.state == (e.absent ? "absent" : "no_limit");
    if (e.mask != 0 || e.has_state) {
      const std::uint64_t wanted = e.mask | (e.has_state ? states(e.state) : 0);
      const bool any_state = e.has_state && e.state == model::GradeState::any;
      return any_state ? (got.mask & wanted) != 0 : got.mask == wanted && got.state == run::Value::has_value;
    }
    if (got.state != run::Value::has_value || got.low_open_end || got.high_open_end != e.open_end) return false;
    if (slot.cls == plan::SlotClass::truth) return shown.value == (e.low->truth ? "yes" : "no");
    if (slot.cls == plan::SlotClass::text) return shown.state == "known" && shown.value == e.low->text;
    return is_at(*e.low, slot, run::low_of(got)) && (e.open_end || is_at(*e.high, slot, run::high_of(got)));
  }

  static bool is_at(const model::Expr& constant, const plan::SlotInfo& slot, const run::Fraction& got) {
    switch (constant.kind) {
      case model::ExprKind::number: {
        const auto multiple = Rational::make(got.n, got.d);
        const auto value = multiple ? mul(*multiple, slot.q) : std::nullopt;
        return value && *value == constant.value;
      }
      case model::ExprKind::date:
        return got.n == constant.day;
      case model::ExprKind::duration:
        return got.n == (slot.cls == plan::SlotClass::days ? constant.days : constant.months);
      case model::ExprKind::region:
        return got.n == constant.region;
      default:
        return false;
    }
  }

  [[nodiscard]] std::string expected_result(const Expectation& e, const plan::SlotInfo& slot) const {
    if (e.unknown) return english_ ? "unknown" : "未知";
    if (e.absent) return english_ ? "absent" : "缺";
    if (e.no_limit) return english_ ? "no limit" : "不限";
    if (e.has_state) return english_ ? "unclassified" : "未定级";
    if (e.mask != 0 && slot.enumeration != plan::kNone)
      return explain::show_members(plan_, slot.enumeration, e.mask, english_);
    if (e.low == nullptr) return {};
    if (e.open_end) return written(*e.low) + " .. " + no_end(english_);
    return written(*e.low) + (e.high == e.low ? "" : " .. " + written(*e.high));
  }

  static std::string written(const model::Expr& constant) {
    switch (constant.kind) {
      case model::ExprKind::number:
        return to_string(div(constant.value, constant.type.unit->factor).value_or(constant.value), 0) + " " +
               constant.type.unit->name;
      case model::ExprKind::date:
        return to_iso(constant.day);
      case model::ExprKind::boolean:
        return constant.truth ? "yes" : "no";
      default:
        return constant.text;
    }
  }

  // The papers that say something, of an agreement that cannot be had.
  [[nodiscard]] bool contradict(const std::vector<std::string>& papers) const {
    if (decision_.section == plan::kNone) return false;
    const plan::Section& section = program_.sections[decision_.section];
    return std::any_of(decision_.marks.begin(), decision_.marks.end(), [&](const run::Mark& m) {
      if (m.kind != run::Mark::contradiction) return false;
      const plan::Op& agree = section.ops[section.producer[m.slot]];
      std::vector<std::string> saying;
      for (const plan::SlotId paper : plan_.operands[agree.aux]) {
        const plan::Op& fact = section.ops[section.producer[paper]];
        if (fact.code == plan::Operation::FACT && run::may(named_.slots[paper], run::Value::has_value))
          saying.push_back(program_.layout.fields[fact.aux].path);
      }
      return joined(saying) == joined(papers);
    });
  }

  void warning(const Expectation& e) {
    const auto& all = program_.kind == plan::ProgramInfo::standard ? graded_.warnings : explained_.warnings;
    const bool marked =
        std::any_of(all.begin(), all.end(), [&](const explain::Warning& w) { return w.kind == e.word; });
    if (!marked) differ(english_ ? "warning" : "提示", e.word, "");
  }

  const plan::Plan& plan_;
  const plan::ProgramInfo& program_;
  const run::Decision& decision_;
  const run::Decision& named_;
  TestResult& result_;
  bool english_;
  explain::Explanation explained_;
  explain::GradeExplanation graded_;
};

// ---- targets
// -----------------------------------------------------------------------------------------------------------------------

class TargetsComparison {
 public:
  TargetsComparison(const plan::ProgramInfo& targets, const std::vector<run::Decision>& rows,
                    const explain::TargetsText& text, TestResult& result, bool english)
      : targets_(targets), rows_(rows), text_(text), result_(result), english_(english) {}

  void compare(const Expectation& e) {
    ++result_.checked;
    switch (e.kind) {
      case Expectation::target:
        return target(e);
      case Expectation::ask:
        return ask(e);
      case Expectation::warning: {
        const bool marked = std::any_of(text_.rows.begin(), text_.rows.end(), [&](const explain::TargetText& row) {
          return std::any_of(row.words.warnings.begin(), row.words.warnings.end(),
                             [&](const explain::Warning& w) { return w.kind == e.word; });
        });
        if (!marked) differ(english_ ? "warning" : "提示", e.word, "");
        return;
      }
      default:
        return differ(e.word, english_ ? "something of a target" : "目标可写的内容", "");
    }
  }

 private:
  void differ(const std::string& what, const std::string& expected, const std::string& got) {
    result_.differences.push_back(difference(what, expected, got, english_));
  }

  void target(const Expectation& e) {
    const auto found = std::find_if(text_.rows.begin(), text_.rows.end(),
                                    [&](const explain::TargetText& row) { return row.name == e.word; });
    const std::string wanted = outcome_words(e.standing, english_);
    if (found == text_.rows.end()) return differ(e.word, wanted, "");
    std::string got = outcome_words(found->outcome, english_);
    for (const auto& i : found->words.invalid) got += " " + i.path + " (" + i.got + "; " + i.allowed + ")";
    for (const auto& n : found->words.needs) got += " ?" + n.path;
    const bool of_pace = e.standing == "on_track" || e.standing == "behind";
    if ((of_pace ? found->pace : found->outcome) != e.standing)
      differ(e.word, wanted, of_pace ? got + " " + outcome_words(found->pace, english_) : got);
    if (e.has_sum) figure(e, static_cast<std::size_t>(found - text_.rows.begin()), *found);
  }

  // Of an open target what is to go, of every other what was reached.
  void figure(const Expectation& e, std::size_t index, const explain::TargetText& row) {
    const bool to_go = row.outcome == "open";
    const run::Decision& decision = rows_[index];
    const plan::Section& section = targets_.sections[index];
    const auto which = to_go ? plan::kToldToGo : plan::kToldFigure;
    const bool told = which < decision.told.size() && section.told[which] != plan::kNone &&
                      run::may(decision.told[which], run::Value::has_value);
    const explain::FigureText& shown = to_go ? row.to_go : row.figure;
    const std::string high = shown.most.empty() ? no_end(english_) : shown.most;
    const std::string got = shown.exact.empty() ? shown.least + " .. " + high : shown.exact;
    const std::string wanted = written_range(e, 0, english_);
    if (!told) return differ(e.word, wanted, "");
    const run::Value& v = decision.told[which];
    const Rational& q = section.slots[section.told[which]].q;
    const bool ends = v.high_open_end ? e.open_end : !e.open_end && exactly(v.high, v.high_den, q) == e.most;
    const bool same = ends && !v.low_open_end && exactly(v.low, v.low_den, q) == e.least;
    if (!same) differ(e.word, wanted, got);
  }

  void ask(const Expectation& e) {
    std::string all;
    for (const auto& row : text_.rows) {
      for (const auto& need : row.words.needs) {
        if (asks(need.path, e.word)) return;
        all += (all.empty() ? "" : ", ") + need.path;
      }
    }
    differ(english_ ? "ask" : "询问", e.word, all);
  }

  const plan::ProgramInfo& targets_;
  const std::vector<run::Decision>& rows_;
  const explain::TargetsText& text_;
  TestResult& result_;
  bool english_;
};

// ---- groups
// -----------------------------------------------------------------------------------------------------------------------

// Each programme and the group take the facts that they know by name.
class GroupCase {
 public:
  explicit GroupCase(const Compiled& compiled) : facts_(compiled.plan) {}

  void set(const model::Test& test, const model::TestStep& step) {
    facts_.reset();
    for (const auto& given : test.givens) {
      each(*given.first, [&](run::Facts& facts) { set_given(facts, given.first->name.primary, given.second); });
    }
    for (const model::TestChange& c : step.changes) {
      each(*c.given, [&](run::Facts& facts) { change(facts, c); });
    }
  }
  [[nodiscard]] explain::CombinationText decide(const run::Options& options, bool english) {
    run::combine(facts_, options, combination_);
    return explain::explain(facts_, combination_, english);
  }

 private:
  template <class Do>
  void each(const model::Given& given, Do what) {
    const std::string& name = given.name.primary;
    for (std::size_t i = 0; i < facts_.facts.size(); ++i) {
      if (facts_.facts[i] == nullptr) continue;
      const auto& fields = facts_.facts[i]->layout().fields;
      const bool known = std::any_of(fields.begin(), fields.end(), [&](const plan::FieldInfo& f) {
        return f.path == name || f.path.starts_with(name + ".");
      });
      if (!known) continue;
      facts_.asked[i] = true;
      what(*facts_.facts[i]);
    }
  }

  run::CaseFacts facts_;
  run::Combination combination_;
};

class GroupComparison {
 public:
  GroupComparison(const explain::CombinationText& text, const std::string& group, TestResult& result, bool english)
      : text_(text), result_(result), english_(english) {
    const auto found = std::find_if(text.groups.begin(), text.groups.end(),
                                    [&](const explain::CombinedGroup& g) { return g.group == group; });
    if (found != text.groups.end()) group_ = &*found;
  }

  void compare(const Expectation& e) {
    ++result_.checked;
    if (group_ == nullptr) return expect(english_ ? "group" : "组合", e.word, "");
    switch (e.kind) {
      case Expectation::outcome:
        return expect(english_ ? "outcome" : "结论", outcome_words(e.word, english_),
                      outcome_words(group_->outcome, english_));
      case Expectation::version:
        return expect(english_ ? "version" : "版本", e.word, group_->version);
      case Expectation::amount:
        return money(english_ ? "amount" : "补贴", e, group_->total);
      case Expectation::ask:
        return names_fact(english_ ? "ask" : "询问", e, group_->needs);
      case Expectation::stuck_on:
        return names_fact(english_ ? "stuck on" : "卡在", e, group_->stuck_on);
      case Expectation::member:
        return member(e);
      default:
        return expect(e.word, english_ ? "something of a group" : "组合可写的内容", "");
    }
  }

 private:
  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
  }
  void expect(const std::string& what, const std::string& expected, const std::string& got) {
    if (expected == got) return;
    result_.differences.push_back(difference(what, expected, got, english_));
  }
  void names_fact(const std::string& what, const Expectation& e, const std::vector<std::string>& paths) {
    const bool named = std::any_of(paths.begin(), paths.end(), [&](const auto& path) { return asks(path, e.word); });
    expect(what, e.word, named ? e.word : joined(paths));
  }
  void money(const std::string& what, const Expectation& e, const explain::AmountText& got) {
    const auto range = [&](const std::string& least, const std::string& most) {
      return least == most ? least : least + " .. " + (most.empty() ? no_end(english_) : most);
    };
    expect(what, written_range(e, 2, english_), got.least.empty() ? "" : range(got.least, got.most));
  }
  void member(const Expectation& e) {
    const auto found = std::find_if(text_.programs.begin(), text_.programs.end(),
                                    [&](const explain::CombinedProgram& p) { return p.program == e.word; });
    if (found == text_.programs.end()) return expect(e.word, e.standing, "");
    const bool by_itself =
        found->standing == "not_granted" || found->standing == e.standing || e.standing == found->outcome;
    const bool own = e.standing != found->standing && by_itself;
    expect(e.word, e.standing, own ? found->outcome : found->standing);
    if (e.has_sum) money(e.word, e, found->granted);
    if (!e.has_reasons) return;
    std::vector<std::string> reasons;
    if (found->standing == "excluded") {
      reasons.push_back(found->under);
    } else {
      for (const auto& decision : text_.decisions) {
        if (decision.program != found->program) continue;
        for (const auto& failure : decision.failed) reasons.push_back(failure.name);
      }
    }
    std::vector<std::string> wanted = e.reasons;
    std::sort(wanted.begin(), wanted.end());
    std::sort(reasons.begin(), reasons.end());
    expect(e.word, "{" + joined(wanted) + "}", "{" + joined(reasons) + "}");
  }

  const explain::CombinationText& text_;
  TestResult& result_;
  bool english_;
  const explain::CombinedGroup* group_ = nullptr;
};

// ---- tests
// ------------------------------------------------------------------------------------------------------------------------

class Runner {
 public:
  Runner(const Compiled& compiled, bool english) : compiled_(compiled), english_(english) {}

  [[nodiscard]] TestResult run(const model::Test& test, std::size_t index) {
    TestResult result = begin(test);
    if (!test.checks.empty()) run_checks(test, index, result);
    const std::string name = test.program != nullptr    ? test.program->name.primary
                             : test.standard != nullptr ? test.standard->name.primary
                                                        : "";
    if (test.targets != nullptr) run_target_steps(test, result);
    if (!name.empty() && !test.steps.empty()) run_steps(test, compiled_.plan->find_program(name), result);
    if (test.group != nullptr) run_group_steps(test, result);
    result.passed = result.differences.empty();
    return result;
  }

  void for_each_step(const model::Test& test, const std::function<void(const TestCase&)>& f) {
    const std::string name = test.program != nullptr    ? test.program->name.primary
                             : test.standard != nullptr ? test.standard->name.primary
                             : test.targets != nullptr  ? test.targets->name.primary
                                                        : "";
    if (name.empty()) return;
    const TestResult place = begin(test);
    run::Facts facts(compiled_.plan, compiled_.plan->find_program(name));
    for (const model::TestStep& step : test.steps) {
      set_base(facts, test);
      for (const model::TestChange& c : step.changes) change(facts, c);
      f({place, facts, options_of(test, step)});
    }
  }

 private:
  [[nodiscard]] TestResult begin(const model::Test& test) const {
    TestResult result;
    result.name = test.name;
    const SourceFile& file = compiled_.sources.file(test.span.file);
    result.file = file.path();
    result.line = file.locate(test.span.begin).line;
    return result;
  }
  static run::Options options_of(const model::Test& test, const model::TestStep& step) {
    run::Options options;
    options.as_at = step.as_at ? step.as_at : test.as_at;
    options.known_on = step.known_on ? step.known_on : test.known_on;
    return options;
  }

  void run_group_steps(const model::Test& test, TestResult& result) {
    GroupCase one(compiled_);
    for (const model::TestStep& step : test.steps) {
      one.set(test, step);
      const run::Options options = options_of(test, step);
      const explain::CombinationText text = one.decide(options, english_);
      GroupComparison comparison(text, test.group->name.primary, result, english_);
      const std::size_t before = result.differences.size();
      for (const Expectation& e : step.expectations) comparison.compare(e);
      place(step, before, result);
    }
  }

  void run_target_steps(const model::Test& test, TestResult& result) {
    const plan::Index index = compiled_.plan->find_program(test.targets->name.primary);
    run::Facts facts(compiled_.plan, index);
    std::vector<run::Decision> rows;
    for (const model::TestStep& step : test.steps) {
      set_base(facts, test);
      for (const model::TestChange& c : step.changes) change(facts, c);
      run::Options options;
      options.as_at = step.as_at ? step.as_at : test.as_at;
      run::decide_rows(facts, options, rows);
      const explain::TargetsText text = explain::explain_targets(facts, rows, english_);
      TargetsComparison comparison(compiled_.plan->programs[index], rows, text, result, english_);
      const std::size_t before = result.differences.size();
      for (const Expectation& e : step.expectations) comparison.compare(e);
      place(step, before, result);
    }
  }

  // Which line of the file the differences from `first` on belong to.
  void place(const model::TestStep& step, std::size_t first, TestResult& result) const {
    const std::uint32_t line = compiled_.sources.file(step.span.file).locate(step.span.begin).line;
    for (std::size_t i = first; i < result.differences.size(); ++i) {
      result.differences[i] =
          (english_ ? "line " + std::to_string(line) + ": " : "第 " + std::to_string(line) + " 行:") +
          result.differences[i];
    }
  }

  void run_steps(const model::Test& test, plan::Index program, TestResult& result) {
    run::Facts facts(compiled_.plan, program);
    run::Decision decision;
    run::Decision named;
    for (const model::TestStep& step : test.steps) {
      set_base(facts, test);
      for (const model::TestChange& c : step.changes) change(facts, c);
      const run::Options options = options_of(test, step);
      run::decide(facts, options, decision);
      named = decision;
      run::evaluate_reasons(facts, named);  // tests look at named values, too
      Comparison comparison(facts, decision, named, result, english_);
      const std::size_t before = result.differences.size();
      for (const Expectation& e : step.expectations) {
        if (e.kind == Expectation::top_up) {
          compare_top_up(facts, options, e, result);
        } else {
          comparison.compare(e);
        }
      }
      place(step, before, result);
    }
  }

  void compare_top_up(const run::Facts& facts, const run::Options& options, const Expectation& e, TestResult& result) {
    run::Decision before;
    run::Decision after;
    const run::TopUp top_up = run::decide_top_up(facts, options, e.known_from, e.known_to, before, after);
    Comparison(facts, after, after, result, english_).compare_top_up(e, top_up);
  }

  void run_checks(const model::Test& test, std::size_t index, TestResult& result) {
    const std::string name = "test " + std::to_string(index);
    const auto& programs = compiled_.plan->programs;
    const auto found = std::find_if(programs.begin(), programs.end(), [&](const plan::ProgramInfo& p) {
      return p.kind == plan::ProgramInfo::checks && p.name == name;
    });
    if (found == programs.end()) return;
    run::Facts facts(compiled_.plan, static_cast<plan::Index>(found - programs.begin()));
    set_base(facts, test);
    run::Decision decision;
    run::decide(facts, {}, decision);
    result.checked += test.checks.size();
    const auto& requirements = found->sections.front().requirements;
    for (const plan::RequirementInfo& r : requirements) {
      if (run::is_true(decision.slots[r.truth])) continue;
      result.differences.push_back((english_ ? "does not hold: " : "不成立:") + r.name);
    }
  }

  const Compiled& compiled_;
  bool english_;
};

}  // namespace

std::vector<TestResult> run_tests(const Compiled& compiled, bool english) {
  std::vector<TestResult> results;
  if (!compiled.plan) return results;
  Runner runner(compiled, english);
  std::size_t index = 0;
  for (const model::Test& test : compiled.rulebook->tests) results.push_back(runner.run(test, index++));
  return results;
}

void for_each_case(const Compiled& compiled, const std::function<void(const TestCase&)>& f) {
  if (!compiled.plan) return;
  Runner runner(compiled, true);
  for (const model::Test& test : compiled.rulebook->tests) runner.for_each_step(test, f);
}

}  // namespace guiju::compiler
