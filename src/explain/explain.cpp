// Decisions in words: outcome, figures, reasons with their citations, what is missing, warnings.
#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <utility>

#include "diagnostics/suggest.hpp"
#include "explain/adjustments.hpp"
#include "explain/comparisons.hpp"
#include "explain/earlier_grants.hpp"
#include "explain/explanation.hpp"
#include "explain/fed.hpp"
#include "explain/figures_behind.hpp"
#include "explain/grade_why.hpp"
#include "explain/outcome_words.hpp"
#include "explain/readings.hpp"
#include "explain/referrals.hpp"
#include "explain/results.hpp"
#include "explain/show.hpp"
#include "explain/targets.hpp"
#include "explain/with_reasons.hpp"
#include "plan/duty.hpp"
#include "plan/target.hpp"
#include "run/failures.hpp"
#include "run/outcomes.hpp"
#include "run/readings.hpp"
#include "run/value.hpp"
#include "values/region_names.hpp"

namespace guiju::explain {

using plan::kNone;
using plan::Section;
using run::Decision;
using run::Facts;

namespace {

class Explainer {
 public:
  Explainer(const Facts& facts, const Decision& decision, bool english)
      : facts_(facts),
        plan_(facts.plan()),
        program_(plan_.programs[facts.program()]),
        reasoned_(facts, decision),
        decision_(reasoned_.get()),
        english_(english) {}

  [[nodiscard]] const Decision& decision() const { return decision_; }  // with its reasons evaluated
  [[nodiscard]] const std::shared_ptr<Words>& words() const { return words_; }
  [[nodiscard]] const Section* section() const {
    return decision_.section == kNone ? nullptr : &program_.sections[decision_.section];
  }

  [[nodiscard]] std::vector<CitationText> cites(const std::vector<plan::Index>& citations) const {
    std::vector<CitationText> out;
    for (const plan::Index i : citations) {
      const plan::CitationInfo& c = plan_.citations[i];
      CitationText text;
      text.title = plain_text(c.title, english_);
      for (const auto& a : c.articles) text.articles.push_back(plain_text(a, english_));
      constexpr const char* names[] = {"", "verified", "unverified", "secondhand"};
      text.check = names[c.check];
      out.push_back(std::move(text));
    }
    return out;
  }

  // A requirement without a paper of its own stands on those of its version.
  [[nodiscard]] Failure failure(const plan::RequirementInfo& r) const {
    Failure out;
    out.name = r.name;
    out.label = r.called.in(english_);
    out.id = r.id;
    if (r.part != kNone) out.part = section()->parts[r.part].name;
    if (r.of_entry != kNone) {
      add_entries(r, out);
      out.cites = cites(r.citations.empty() ? section()->version_citations : r.citations);
      return out;
    }
    out.text_zh = reason(r, false);
    out.text_en = reason(r, true);
    out.text = english_ ? out.text_en : out.text_zh;
    out.compared = compared(r);
    if (plan::is_obligation(r)) out.kind = plan::word_of(r.kind);
    out.cites = cites(r.citations.empty() ? section()->version_citations : r.citations);
    return out;
  }

  // All requirements that fail; where no part is granted, those of the parts.
  [[nodiscard]] std::vector<Failure> failed() const {
    std::vector<Failure> out;
    if (decision_.failed.empty()) return out;
    run::for_each_failure(*section(), decision_, [&](const plan::RequirementInfo& r) { out.push_back(failure(r)); });
    return out;
  }

  [[nodiscard]] std::vector<RefusedPart> refused() const {
    std::vector<RefusedPart> out;
    for (const plan::Index i : decision_.refused) {
      const plan::RequirementInfo& r = section()->part_requirements[i];
      const plan::PartInfo& part = section()->parts[r.part];
      if (out.empty() || out.back().name != part.name) out.push_back({part.name, part.label.in(english_), {}});
      out.back().reasons.push_back(failure(r));
    }
    return out;
  }

  // As written; else made from the comparisons, so that it says what the rule says.
  [[nodiscard]] std::string reason(const plan::RequirementInfo& r, bool english) const {
    std::string written = fill(plan_, *section(), reason_of(r), decision_, english);
    if (!written.empty()) return written;
    const Comparisons& comparisons = of_case(english);
    if (r.kind == plan::RequirementInfo::parts)
      return english ? "no part is granted; which of their conditions fail is open"
                     : "各分项均不予补贴,何项条件不满足待定";
    if (plan::is_obligation(r)) {
      std::string grounds;
      for (const Compared& c : held(r, english))
        grounds += (grounds.empty() ? "" : english ? " and " : ",且") + c.text.str();
      return grounds.empty() ? r.shown_name(english) : grounds;
    }
    if (r.kind != plan::RequirementInfo::table) {
      const std::string made = comparisons.sentence(comparisons.missing(r.truth));
      return made.empty() ? r.shown_name(english) : made;
    }
    std::string keys;
    for (const Compared& key : comparisons.row_hit(r.row))
      keys += (keys.empty() ? "" : english ? ", " : ",") + key.text.str();
    std::string head = (english ? "no entitlement by table " : "按表不予补贴:") + r.name;
    if (keys.empty()) return head;
    return english ? head + " (" + keys + ")" : head + "(" + keys + ")";
  }

  [[nodiscard]] std::vector<Compared> compared(const plan::RequirementInfo& r) const {
    const Comparisons& comparisons = of_case(english_);
    if (r.kind == plan::RequirementInfo::table) return comparisons.row_hit(r.row);
    if (plan::is_obligation(r)) return held(r);
    if (r.kind == plan::RequirementInfo::exclusion) return earlier_grants(facts_, decision_, r, english_, *words_);
    std::vector<Compared> out;
    comparisons.flatten(comparisons.missing(r.truth), out);
    return out;
  }

  // What makes an obligation hold: its truth is the other way round.
  [[nodiscard]] std::vector<Compared> held(const plan::RequirementInfo& r) const { return held(r, english_); }
  [[nodiscard]] std::vector<Compared> held(const plan::RequirementInfo& r, bool english) const {
    const plan::SlotId holds = plan::ground_of(*section(), r);
    if (section()->ops[section()->producer[holds]].code == plan::Operation::CONST) return {};  // it always holds
    std::vector<Compared> all;
    const Comparisons& comparisons = of_case(english);
    comparisons.flatten(comparisons.every(holds), all);
    std::erase_if(all, [](const Compared& c) { return !c.holds; });
    return all;
  }

  // One of these fails, in whichever version governs.
  [[nodiscard]] std::vector<Failure> failed_one() const {
    std::vector<Failure> out;
    for (const run::FailedOne& f : decision_.failed_one) {
      const plan::RequirementInfo& r = program_.sections[f.section].requirements[f.requirement];
      if (f.section == decision_.section) {
        out.push_back(failure(r));
      } else {
        Failure other;
        other.name = r.name;
        other.label = r.called.in(english_);
        other.text = r.shown_name(english_);
        other.id = r.id;
        other.cites = cites(r.citations);
        out.push_back(std::move(other));
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<Need> needs() const { return facts_named(decision_.needs); }
  [[nodiscard]] std::vector<Need> stuck_on() const { return facts_named(decision_.stuck_on); }

  [[nodiscard]] std::vector<Need> facts_named(const std::vector<std::string>& paths) const {
    std::vector<Need> out;
    for (const std::string& path : paths) {
      Need need;
      need.path = path;
      std::string before;  // of an entry: its list and number
      if (const plan::FieldInfo* f = field_of(path, before)) {
        const std::string& own = f->label.in(english_);
        if (!own.empty()) need.label = before + own;
        need.ask = f->ask.in(english_);
        if (need.ask.empty() && f->history) need.ask = ask_for_all(need.label.empty() ? path : need.label);
        need.at = f->at.in(english_);
      }
      out.push_back(std::move(need));
    }
    return out;
  }

  [[nodiscard]] std::string ask_for_all(const std::string& what) const {
    return english_ ? "every entry of " + what + ", and whether none is missing"
                    : "请列出全部" + what + ",并注明是否列全";
  }

  [[nodiscard]] std::vector<Referral> referrals() const {
    std::vector<Referral> out;
    bool contradiction = false;  // said once, whatever papers contradict each other
    for (const run::Mark& m : decision_.marks) {
      const bool again = m.kind == run::Mark::contradiction && std::exchange(contradiction, true);
      if (!again) out.push_back(referral_of(plan_, section(), m, english_));
    }
    return out;
  }

  // Papers that are owed, and those of which it is open.
  void add_papers(Explanation& out) const {
    const auto add = [&](const plan::DocumentInfo& d) { out.documents.push_back({d.name, d.label.in(english_)}); };
    for (const plan::Index i : decision_.owed) add(section()->documents[i]);
    for (const run::OpenPaper& p : decision_.papers) {
      const Section& of = program_.sections[p.section];
      const plan::DocumentInfo& d = of.documents[p.document];
      if (p.surely) {
        add(d);
        continue;
      }
      OpenDocument& open = out.open_documents.emplace_back();
      open.name = d.name;
      open.label = d.label.in(english_);
      open.needs = facts_named(p.needs);
      for (const run::Mark& m : p.marks) open.texts.push_back(referral_of(plan_, &of, m, english_).why);
    }
  }

  // Of a standard that grades: the level, or why there is none.
  [[nodiscard]] std::string level_of(const Decision& other) const {
    const plan::SlotId grade = program_.outputs.grade;
    if (other.outcome != run::Outcome::eligible || grade == kNone || grade >= other.slots.size()) return {};
    const plan::EnumInfo& scale = plan_.enums[program_.sections.front().slots[grade].enumeration];
    std::string out;
    for (const Named& level : possible_members(scale, scale.best_to_worst, other.slots[grade].mask, english_))
      out += (out.empty() ? "" : english_ ? " or " : "或") + (level.label.empty() ? level.name : level.label);
    return out;
  }

  [[nodiscard]] std::string comes_to(const Decision& other) const {
    if (std::string level = level_of(other); !level.empty()) return level;
    std::string out = outcome_word(run::name_of(other.outcome), english_);
    const std::string comma = english_ ? ", " : ",";
    if (other.outcome == run::Outcome::eligible && other.has_amount && other.amount.known())
      out += comma + show_fen(other.amount.least) + (english_ ? " yuan" : " 元");
    if (section() == nullptr || section()->target == nullptr || other.told.size() <= plan::kToldFigure) return out;
    const plan::SlotId figure = section()->told[plan::kToldFigure];
    if (figure != kNone && run::is_known(other.told[plan::kToldFigure], plan::SlotClass::number))
      out += comma + show_value(plan_, section()->slots[figure], other.told[plan::kToldFigure], other, english_);
    return out;
  }

  [[nodiscard]] std::vector<Warning> warnings() const {
    std::vector<Warning> out;
    const auto add = [&](Warning w) {
      const auto same = [&](const Warning& o) { return o.kind == w.kind && o.name == w.name && o.text == w.text; };
      if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(w));
    };
    const auto add_readings = [&] {
      run::for_each_other_reading(facts_, decision_, [&](const run::Reading& other, const Decision& as_read) {
        add(other_reading(plan_.choices[other.choice], other.number, comes_to(as_read), english_));
      });
    };
    if (section() == nullptr) {
      if (decision_.outcome == run::Outcome::not_in_force) add_readings();
      return out;
    }
    std::optional<Fed> fed;
    const auto reached = [&](plan::SlotId slot) {
      if (slot != kNone && !fed) fed.emplace(plan_, program_, decision_);
      return slot != kNone && (*fed)(slot);
    };
    for (const plan::DoubtInfo& d : section()->doubts) {
      if (d.used != kNone && !run::may_be_true(decision_.slots[d.used])) continue;
      if (!d.by.empty() && std::none_of(d.by.begin(), d.by.end(), reached)) continue;
      const std::string note = d.note.in(english_);
      std::string about =
          d.paper == kNone ? d.label.in(english_) : plain_text(plan_.citations[d.paper].title, english_);
      if (about.empty()) about = d.what;
      add({d.secondhand ? "secondhand" : "unverified", d.what, note.empty() ? default_doubt(d.secondhand) : note,
           std::move(about)});
    }
    add_readings();
    if (!decision_.options.as_at) return out;
    for (const plan::Index i : section()->citations) {
      const plan::CitationInfo& c = plan_.citations[i];
      if (!c.has_until || c.verified_until >= *decision_.options.as_at) continue;
      const std::string day = to_iso(c.verified_until);
      add({"verification_expired", plain_text(c.title, english_),
           english_ ? "its check against the paper was good until " + day : "核对有效期已于 " + day + " 届满"});
    }
    return out;
  }

  // Of long lists nobody finds the word that was misspelt.
  [[nodiscard]] std::string nearest_member(const plan::FieldInfo* field, const std::string& got) const {
    if (field == nullptr || field->cls != plan::SlotClass::member || got.empty()) return {};
    std::vector<std::string> known;
    for (const auto& member : plan_.enums[field->enumeration].members) {
      known.push_back(member.name);
      if (!member.label.zh.empty()) known.push_back(member.label.zh);
      if (!member.label.en.empty()) known.push_back(member.label.en);
    }
    const auto near = nearest_name(got, known);
    return near ? (english_ ? "; the nearest is " : ";最接近的是 ") + *near : std::string();
  }

  // Of a null where the condition of the fact holds: by which condition it is wanted.
  [[nodiscard]] std::string why_needed(const plan::FieldInfo* field, const run::BadFact& bad) const {
    if (field == nullptr || section() == nullptr || bad.got != "null" || !field->optional || field->declared_optional)
      return {};
    std::string why;
    for (const plan::Op& op : section()->ops) {
      if (op.code != plan::Operation::FACT || op.a == kNone || &facts_.layout().fields[op.aux] != field) continue;
      Words words;
      const Comparisons comparisons(facts_, *section(), decision_, english_, words);
      std::vector<Compared> all;
      comparisons.flatten(comparisons.every(op.a), all);
      for (const Compared& c : all) {
        if (c.holds) why.append(why.empty() ? "" : english_ ? ", " : ",").append(c.text);
      }
      break;
    }
    return why.empty() ? std::string() : english_ ? ", as " + why : "(因" + why + ")";
  }

  [[nodiscard]] std::vector<Invalid> invalid() const {
    std::vector<Invalid> out;
    for (const run::BadFact& b : decision_.bad) {
      std::string label;  // of an entry: its list and number before it
      const plan::FieldInfo* field = field_of(b.path, label);
      const std::string own = field == nullptr ? std::string() : field->label.in(english_);
      out.push_back({b.path, b.got, b.allowed.in(english_) + nearest_member(field, b.got) + why_needed(field, b),
                     own.empty() ? own : label + own});
    }
    for (const run::Error& e : decision_.errors) out.push_back(error(e));
    return out;
  }

  [[nodiscard]] std::string known_on() const {
    return decision_.options.known_on ? to_iso(*decision_.options.known_on) : std::string();
  }

  [[nodiscard]] std::optional<Suspended> suspended() const {
    if (decision_.suspended == nullptr) return std::nullopt;
    const plan::SuspensionInfo& s = *decision_.suspended;
    return Suspended{s.has_from ? to_iso(s.from) : "", s.has_to ? to_iso(s.to) : "", s.text.in(english_)};
  }

  [[nodiscard]] std::string reference_date() const {
    return decision_.reference_date ? to_iso(*decision_.reference_date) : std::string();
  }

 private:
  [[nodiscard]] const Comparisons& of_case(bool english) const {
    std::optional<Comparisons>& made = compare_[english ? 1 : 0];
    if (!made) made.emplace(facts_, *section(), decision_, english, *words_);
    return *made;
  }
  [[nodiscard]] Comparisons of_entry(const Decision& entry, bool english) const {
    return {facts_, *section(), entry, english, *words_};
  }

  // Which entries fail, and why each does. Where it is open which, only that one does.
  void add_entries(const plan::RequirementInfo& r, Failure& out) const {
    Decision entry = decision_;
    run::for_each_failing_entry(facts_, entry, r, [&](std::size_t index, const std::string& path) {
      FailedEntry failed;
      failed.path = path;
      failed.label = entry_label(list_of(r, english_), index, english_);
      failed.text_zh = entry_reason(r, entry, false);
      failed.text_en = entry_reason(r, entry, true);
      failed.text = english_ ? failed.text_en : failed.text_zh;
      const Comparisons comparisons = of_entry(entry, english_);
      comparisons.flatten(comparisons.missing(r.of_entry), failed.compared);
      add_line(out.text_zh, entry_label(list_of(r, false), index, false) + ":" + failed.text_zh, "；");
      add_line(out.text_en, entry_label(list_of(r, true), index, true) + ": " + failed.text_en, "; ");
      comparisons.append(failed.compared, out.compared);
      out.entries.push_back(std::move(failed));
    });
    if (out.entries.empty()) {
      const Comparisons& comparisons = of_case(english_);
      comparisons.flatten(comparisons.missing(r.truth), out.compared);
      out.text_zh = list_of(r, false) + "中有一项不满足条件:" + r.shown_name(false);
      out.text_en = "an entry of " + list_of(r, true) + " fails: " + r.shown_name(true);
    }
    out.text = english_ ? out.text_en : out.text_zh;
  }
  static void add_line(std::string& text, const std::string& line, const char* between) {
    text += (text.empty() ? "" : between) + line;
  }
  [[nodiscard]] std::string entry_reason(const plan::RequirementInfo& r, const Decision& entry, bool english) const {
    std::string written = fill(plan_, *section(), r.reason, entry, english);
    if (!written.empty()) return written;
    const Comparisons comparisons = of_entry(entry, english);
    const std::string made = comparisons.sentence(comparisons.missing(r.of_entry));
    return made.empty() ? r.shown_name(english) : made;
  }
  [[nodiscard]] std::string list_of(const plan::RequirementInfo& r, bool english) const {
    return list_label(facts_, *section(), r.truth, english);
  }

  [[nodiscard]] std::string default_doubt(bool secondhand) const {
    if (secondhand) return english_ ? "taken from another source than the paper itself" : "转引自他处,未见原文";
    return english_ ? "not checked against the paper" : "未核对原文";
  }

  // Tables say why by the row that was hit.
  [[nodiscard]] const plan::Template& reason_of(const plan::RequirementInfo& r) const {
    if (r.row == kNone) return r.reason;
    const run::Value& row = decision_.slots[r.row];
    for (const auto& [number, reason] : r.row_reasons) {
      const bool hit = row.mask != 0 ? (row.mask >> number & 1U) != 0 : row.low == number;
      if (hit) return reason;
    }
    return r.reason;
  }

  [[nodiscard]] const plan::FieldInfo* field_of(const std::string& path, std::string& before) const {
    const plan::Layout* layout = &facts_.layout();
    std::string rest = path;
    for (;;) {
      const std::size_t bracket = rest.find('[');
      const std::string head = rest.substr(0, bracket);
      const auto found = std::find_if(layout->fields.begin(), layout->fields.end(),
                                      [&](const plan::FieldInfo& f) { return f.path == head; });
      if (found == layout->fields.end()) return nullptr;
      const std::size_t dot = bracket == std::string::npos ? std::string::npos : rest.find("].", bracket);
      if (dot == std::string::npos || found->element == kNone) return &*found;
      const std::string number = std::to_string(std::stoul(rest.substr(bracket + 1)) + 1);
      const std::string& list = found->label.in(english_).empty() ? found->path : found->label.in(english_);
      before += english_ ? list + ", entry " + number + ": " : list + "第" + number + "项的";
      layout = &plan_.layouts[found->element];
      rest = rest.substr(dot + 2);
    }
  }

  // What stands in a rule file, on one line.
  [[nodiscard]] std::string written_at(plan::Index place) const {
    return place < plan_.places.size() ? std::string(plan_.places[place].text()) : std::string();
  }

  // No other facts would help: what the rules say of themselves is shown as it is written.
  [[nodiscard]] Invalid broken_promise(const run::Error& e) const {
    const std::string written = written_at(e.place);
    Invalid out;
    out.path = e.name;
    for (const plan::EnsureInfo& promise : section()->ensures)
      if (promise.place == e.place && !promise.called.in(english_).empty()) out.path = promise.called.in(english_);
    out.allowed = english_
                      ? "the rules say `" + written + "`, and it does not hold here; the rule file is to be corrected"
                      : "规则写明“" + written + "”,此处却不成立;须更正规则文件";
    out.of_rules = true;
    return out;
  }

  // Which part came out below 0, as what, and the facts in which the mistake may lie.
  [[nodiscard]] Invalid negative_part(const run::Error& e) const {
    const plan::PartInfo& part = section()->parts[e.part];
    Invalid out;
    out.path = section()->single_part ? "amount" : "amount." + part.name;
    out.label = part.label.in(english_);
    out.got = show_value(plan_, section()->slots[part.before], decision_.slots[part.before], decision_, english_);
    std::string facts;
    for (const std::string& path : figures_behind(facts_, *section(), part.before)) {
      facts += (facts.empty() ? "" : english_ ? ", " : "、") + path;
    }
    out.allowed = english_ ? "0 or more" : "不小于 0";
    if (!facts.empty()) out.allowed += (english_ ? "; worked out from " : ";据以计算的有 ") + facts;
    return out;
  }

  [[nodiscard]] Invalid error(const run::Error& e) const {
    const std::string where = written_at(e.place);
    switch (e.kind) {
      case run::Error::overflow:
        return {where, english_ ? "too large" : "数值过大", english_ ? "smaller figures" : "较小的数值"};
      case run::Error::division_by_zero:
        return {where, english_ ? "division by zero" : "除数为零", english_ ? "a divisor other than 0" : "除数不为 0"};
      case run::Error::date_out_of_range:
        return {where, english_ ? "a date out of range" : "日期超出范围", "1900-01-01 … 2199-12-31"};
      case run::Error::negative_part:
        return negative_part(e);
      case run::Error::domain:
        return {where, english_ ? "no logarithm or power of this number" : "该数没有对数或幂",
                english_ ? "a number above 0" : "大于 0 的数"};
      case run::Error::ensure:
        return broken_promise(e);
    }
    return {};
  }

  const Facts& facts_;
  const plan::Plan& plan_;
  const plan::ProgramInfo& program_;
  WithReasons reasoned_;
  const Decision& decision_;
  bool english_;
  std::shared_ptr<Words> words_ = std::make_shared<Words>();
  mutable std::array<std::optional<Comparisons>, 2> compare_;  // by language, once they are asked for
};

void range_text(const run::MoneyRange& r, std::string& exact, std::string& least, std::string& most) {
  least = show_fen(r.least);
  most = r.unbounded ? std::string() : show_fen(r.most);
  if (r.known()) exact = least;
}

void add_amount(const plan::Plan& plan, const Section& section, const Decision& d, bool english, Explanation& out) {
  if (!d.has_amount || d.outcome == run::Outcome::ineligible || d.outcome == run::Outcome::not_in_force) return;
  out.amount_kind = guiju::name_of(d.amount_kind);
  range_text(d.amount, out.amount, out.amount_least, out.amount_most);
  if (section.parts.empty()) return;  // between versions
  std::vector<std::string> before;
  add_adjustments(plan, section, d, before, out.adjustments);
  if (section.single_part) {
    if (!before.empty()) out.before = before.front();
    return;
  }
  for (std::size_t i = 0; i < d.parts.size() && i < section.parts.size(); ++i) {
    PartText part;
    part.name = section.parts[i].name;
    part.label = section.parts[i].label.in(english);
    part.kind = guiju::name_of(section.parts[i].kind);
    if (i < before.size()) part.before = before[i];
    range_text(d.parts[i], part.amount, part.least, part.most);
    out.parts.push_back(std::move(part));
  }
}

void add_shares(const Section& section, const Decision& d, bool english, Explanation& out) {
  if (out.amount_least.empty()) return;  // shares of no amount
  for (std::size_t i = 0; i < d.shares.size() && i < section.shares.size(); ++i) {
    PartText share;
    share.name = section.shares[i].name;
    share.label = section.shares[i].label.in(english);
    range_text(d.shares[i], share.amount, share.least, share.most);
    out.shares.push_back(std::move(share));
  }
}

std::string day_told(const Decision& d, plan::Index which) {
  if (which >= d.told.size()) return {};
  const run::Value& day = d.told[which];
  return run::is_known(day, plan::SlotClass::day) && run::may(day, run::Value::has_value)
             ? to_iso(static_cast<Day>(day.low))
             : std::string();
}

DutyText duty_text(const plan::ProgramInfo& program, const Decision& d, bool english) {
  DutyText out;
  for (const plan::SharedText& bearer : program.bearers) out.bearers.push_back(bearer.in(english));
  out.deadline = day_told(d, plan::kToldDeadline);
  out.done_on = day_told(d, plan::kToldDoneOn);
  return out;
}

}  // namespace

Explanation explain(const Facts& facts, const Decision& decision, bool english) {
  const Explainer explainer(facts, decision, english);
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  Explanation out;
  out.words = explainer.words();
  out.outcome = run::name_of(decision.outcome);
  out.program = program.name;
  out.program_label = program.label.in(english);
  out.implements = program.implements;
  out.implements_label = program.implements_label.in(english);
  if (program.region != 0) {
    out.region = to_region_text(program.region);
    out.region_label = region_path(program.region, english);
  }
  out.reference_date = explainer.reference_date();
  out.known_on = explainer.known_on();
  out.suspended = explainer.suspended();
  out.may_be_refused = decision.may_be_refused;
  if (program.kind == plan::ProgramInfo::duty) out.duty = duty_text(program, decision, english);
  out.failed_one = explainer.failed_one();
  out.needs = explainer.needs();
  out.stuck_on = explainer.stuck_on();
  out.referred = explainer.referrals();
  out.by_reading = by_reading(facts, decision, english);
  out.invalid = explainer.invalid();
  if (decision.nearest != kNone) {
    const Section& nearest = program.sections[decision.nearest];
    out.nearest_version = nearest.name;
    if (nearest.has_from) out.nearest_from = to_iso(nearest.from);
    if (nearest.has_to) out.nearest_to = to_iso(nearest.to);
    const auto& known_on = decision.options.known_on;
    if (known_on && nearest.has_published && nearest.published > *known_on)
      out.nearest_published = to_iso(nearest.published);
  }
  const Section* section = explainer.section();
  const bool may_be_granted = run::may_be_granted(decision.outcome);
  if (may_be_granted) explainer.add_papers(out);
  if (section == nullptr) {
    out.warnings = explainer.warnings();
    // Several versions may govern: only the interval over all of them is known.
    if (decision.has_amount) add_amount(facts.plan(), Section{}, decision, english, out);
    return out;
  }
  out.version = section->name;
  out.version_label = section->label.in(english);
  add_amount(facts.plan(), *section, explainer.decision(), english, out);
  add_shares(*section, decision, english, out);
  out.failed = explainer.failed();
  out.refused = explainer.refused();
  out.warnings = explainer.warnings();
  if (!may_be_granted) return out;
  for (const auto& q : section->quotas) out.conditions.push_back({q.name, q.label.in(english)});
  if (section->has_payout) out.payout = Named{section->payout, section->payout_label.in(english)};
  return out;
}

namespace {

GradeOutput output(const plan::Plan& plan, const Section& section, const plan::StandardOutputs::Output& o,
                   const Decision& d, bool english) {
  GradeOutput out;
  out.name = o.name;
  out.title = o.label.in(english);
  out.warning = o.warning;
  out.is_grade = section.slots[o.value].cls == plan::SlotClass::member;
  const run::Value& v = d.slots[o.value];
  if (!run::may(v, run::Value::has_value)) {
    out.value = "absent";
    return out;
  }
  const plan::SlotInfo& slot = section.slots[o.value];
  if (slot.cls == plan::SlotClass::member) {
    out.value = std::popcount(v.mask) == 1 && v.state == run::Value::has_value ? state_name(v.mask) : "unknown";
    if (!out.value.empty()) return out;
    const auto& level = plan.enums[slot.enumeration].members[static_cast<std::size_t>(std::countr_zero(v.mask))];
    out.value = level.name;
    out.label = level.label.in(english);
    return out;
  }
  out.value = run::is_true(v) ? "yes" : run::is_false(v) ? "no" : "unknown";
  if (out.value != "no") return out;
  for (const auto& [active, reason] : o.reasons) {
    if (run::is_true(d.slots[active])) out.text = fill(plan, section, reason, d, english);
  }
  return out;
}

void add_grade(const plan::Plan& plan, const plan::ProgramInfo& standard, const Decision& d, bool english,
               GradeExplanation& out) {
  if (standard.outputs.grade == kNone) return;
  const run::Value& grade = d.slots[standard.outputs.grade];
  const Section& section = standard.sections.front();
  const plan::EnumInfo& scale = plan.enums[section.slots[standard.outputs.grade].enumeration];
  const auto named = [&](std::size_t i) { return Named{scale.members[i].name, scale.members[i].label.in(english)}; };
  if (std::popcount(grade.mask) == 1) {
    out.state = state_name(grade.mask);
    if (out.state.empty()) {
      const Named level = named(static_cast<std::size_t>(std::countr_zero(grade.mask)));
      out.grade = level.name;
      out.grade_label = level.label;
    }
  } else {
    const bool no_figure = d.needs.empty() && std::any_of(d.marks.begin(), d.marks.end(), [](const run::Mark& m) {
                             return m.kind == run::Mark::not_found;
                           });
    if (no_figure) out.state = "no_figure";
    out.possible = possible_members(scale, scale.best_to_worst, grade.mask, english);
  }
  out.why = why_unclassified(out.state, english);
}

// Nothing was measured against a limit: neither met nor missed.
std::string why_no_answer(const std::string& state, bool english) {
  const std::string why = why_unclassified(state, english);
  if (state == "out_of_scope") return english ? "does not apply: " + why : "不适用(" + why + ")";
  if (state == "no_row") return english ? "cannot be decided: " + why : "无法判定(" + why + ")";
  return {};
}

}  // namespace

RowWords explain_row(const Facts& facts, const Decision& decision, bool english) {
  const Explainer explainer(facts, decision, english);
  RowWords out;
  out.cites = explainer.cites(explainer.section()->version_citations);
  out.needs = explainer.needs();
  out.stuck_on = explainer.stuck_on();
  out.referred = explainer.referrals();
  out.by_reading = by_reading(facts, decision, english);
  out.warnings = explainer.warnings();
  out.invalid = explainer.invalid();
  return out;
}

GradeExplanation explain_grade(const Facts& facts, const Decision& decision, bool english) {
  const Explainer explainer(facts, decision, english);
  const plan::Plan& plan = facts.plan();
  const plan::ProgramInfo& standard = plan.programs[facts.program()];
  GradeExplanation out;
  out.standard = standard.name;
  out.standard_label = standard.label.in(english);
  out.outcome = decision.outcome == run::Outcome::eligible ? "graded" : std::string(run::name_of(decision.outcome));
  out.known_on = explainer.known_on();
  out.suspended = explainer.suspended();
  out.needs = explainer.needs();
  out.stuck_on = explainer.stuck_on();
  out.referred = explainer.referrals();
  out.by_reading = by_reading(facts, decision, english);
  out.invalid = explainer.invalid();
  if (decision.outcome == run::Outcome::invalid || decision.outcome == run::Outcome::not_in_force) return out;
  add_grade(plan, standard, decision, english, out);
  const bool is_settled = decision.outcome == run::Outcome::eligible && standard.outputs.grade != kNone;
  if (const std::string why = is_settled ? why_this_grade(facts, explainer.decision(), english) : ""; !why.empty())
    out.why = why;
  if (out.outcome == "graded" && out.grade.empty() && !out.state.empty()) out.outcome = "unclassified";
  if (standard.outputs.edition != kNone) {
    const run::Value& edition = decision.slots[standard.outputs.edition];
    const Section& section = standard.sections.front();
    if (std::popcount(edition.mask) == 1) {
      out.edition = plan.enums[section.slots[standard.outputs.edition].enumeration]
                        .members[static_cast<std::size_t>(std::countr_zero(edition.mask))]
                        .name;
    }
  }
  for (const auto& o : standard.outputs.outputs) {
    if (o.result)
      out.results.push_back(result_text(plan, standard.sections.front(), o, decision, english));
    else
      out.outputs.push_back(output(plan, standard.sections.front(), o, decision, english));
  }
  for (GradeOutput& o : out.outputs) {
    if (!o.warning && !o.is_grade && o.value == "absent") o.text = why_no_answer(out.state, english);
  }
  out.warnings = explainer.warnings();
  for (const GradeOutput& o : out.outputs) {
    if (o.warning && o.value == "no") out.warnings.push_back({"check", o.name, o.text});
  }
  return out;
}

}  // namespace guiju::explain
