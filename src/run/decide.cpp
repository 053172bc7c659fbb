// Chooses the version, runs its plan, and reads the answer off the roots.
#include "run/decide.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "run/answers.hpp"
#include "run/kernels.hpp"
#include "run/machine.hpp"
#include "run/outcomes.hpp"
#include "run/papers.hpp"
#include "run/split.hpp"
#include "run/versions.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Section;

std::string_view name_of(Outcome outcome) {
  constexpr std::array<std::string_view, 14> names{"eligible", "ineligible", "undetermined", "referred", "not_in_force",
                                                   "invalid",  "not_owed",   "owed",         "met",      "late",
                                                   "overdue",  "attained",   "open",         "missed"};
  return names[static_cast<std::size_t>(outcome)];
}

MoneyRange hull(const MoneyRange& a, const MoneyRange& b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most), a.unbounded || b.unbounded};
}

MoneyRange payable(const MoneyRange& figure, AmountKind kind) {
  switch (kind) {
    case AmountKind::ceiling:
      return {0, figure.most, figure.unbounded};
    case AmountKind::average:
      return {0, 0, true};
    case AmountKind::payment:
      return figure;
    default:
      return {};
  }
}

AmountKind either_kind(AmountKind a, AmountKind b) {
  if (is_beside_payments(a) == is_beside_payments(b)) return std::max(a, b);
  return std::max(is_beside_payments(a) ? b : a, AmountKind::ceiling);
}

Decision::Decision() = default;
Decision::Decision(const Decision& other) = default;
Decision::Decision(Decision&& other) noexcept = default;
Decision& Decision::operator=(const Decision& other) = default;
Decision& Decision::operator=(Decision&& other) noexcept = default;
Decision::~Decision() = default;

void clear(Decision& d) {
  d.outcome = Outcome::invalid;
  d.section = d.nearest = kNone;
  d.suspended = nullptr;
  d.reference_date.reset();
  d.has_amount = false;
  d.amount_kind = AmountKind::payment;
  d.amount = {};
  d.parts.clear();
  d.shares.clear();
  d.failed.clear();
  d.refused.clear();
  d.told.clear();
  d.needs.clear();
  d.stuck_on.clear();
  d.may_be_refused = d.may_be_invalid = false;
  d.failed_one.clear();
  d.open.clear();
  d.marks.clear();
  d.owed.clear();
  d.papers.clear();
  d.bad.clear();
  d.errors.clear();
  d.texts.clear();
  d.reasons_evaluated = false;
}

namespace {

// ---- one version
// --------------------------------------------------------------------------------------------------------------

// Roots in the order of the answer; reads outcome, amount and reasons off the slots.
class Judge {
 public:
  Judge(const plan::Plan& plan, const Section& section, const Facts& facts, Decision& decision)
      : section_(section), facts_(facts), decision_(decision), machine_(plan, section, facts, decision) {}

  void judge() {
    machine_.run(0, section_.reasons_begin);
    read_amount();
    read_documents();
    if (!decision_.bad.empty()) return conclude_invalid();
    for (std::size_t i = 0; i < section_.requirements.size(); ++i) {
      if (is_false(machine_.at(section_.requirements[i].truth))) decision_.failed.insert(static_cast<Index>(i));
    }
    for (std::size_t i = 0; i < section_.part_requirements.size(); ++i) {
      if (is_false(machine_.at(section_.part_requirements[i].truth))) decision_.refused.insert(static_cast<Index>(i));
    }
    // A requirement that fails is an answer, whatever cannot be computed beside it.
    if (!decision_.failed.empty()) {
      decision_.outcome = Outcome::ineligible;
      drop_amount();
      gather_reasons();
      return;
    }
    find_failures();
    if (!decision_.errors.empty() && !requirement_may_fail()) return conclude_invalid();
    // Refused or in error, whichever way what is open turns out: no figure is that of an eligible case.
    const bool in_error = !decision_.errors.empty();
    if (in_error || nothing_to_pay()) drop_amount();
    decision_.errors.clear();
    gather_open(in_error);
    if (support_.asks()) {
      decision_.outcome = Outcome::undetermined;
    } else {
      decision_.outcome = support_.marks.empty() ? Outcome::eligible : Outcome::referred;
    }
    const bool open = decision_.outcome != Outcome::eligible;
    decision_.may_be_invalid = open && may_be_in_error();
    decision_.may_be_refused = decision_.may_be_invalid || (open && requirement_may_fail());
    decision_.open = std::move(support_.sources);
    decision_.marks = std::move(support_.marks);
  }

 private:
  static MoneyRange money(const Value& v, const Rational& q) {
    MoneyRange range;
    if (!may(v, Value::has_value)) {
      range.unbounded = v.state != 0;
      return range;
    }
    // The scale is a whole number of fen: lowering has seen to it.
    const auto fen = mul(q, Rational(100));
    const i128 factor = fen ? fen->num() : 1;
    i128 least = 0;
    if (!v.low_open_end && checked_mul(v.low, factor, least)) range.least = least;
    range.unbounded = v.high_open_end || !checked_mul(v.high, factor, range.most);
    return range;
  }

  void read_amount() {
    decision_.has_amount = section_.has_amount;
    if (!section_.has_amount) return;
    decision_.amount_kind = section_.amount_kind;
    decision_.amount = money(machine_.at(section_.amount), section_.slots[section_.amount].q);
    for (const plan::PartInfo& p : section_.parts) {
      decision_.parts.push_back(money(machine_.at(p.after), section_.slots[p.after].q));
    }
    for (const plan::ShareInfo& s : section_.shares) {
      decision_.shares.push_back(money(machine_.at(s.slot), section_.slots[s.slot].q));
    }
  }

  void note_failure(plan::SlotId slot) {
    if (!only_fails(machine_.at(slot))) return;
    const auto error = machine_.failure(slot);
    if (!error) return;
    const auto same = [&](const Error& e) { return e.kind == error->kind && e.place == error->place; };
    if (std::none_of(decision_.errors.begin(), decision_.errors.end(), same)) decision_.errors.push_back(*error);
  }

  void find_failures() {
    for (const auto& r : section_.requirements) note_failure(r.truth);
    if (section_.has_amount) note_failure(section_.amount);
    for (const auto& g : section_.gaps) note_failure(g.truth);
    for (const auto& e : section_.ensures) {
      note_failure(e.truth);
      if (!is_false(machine_.at(e.truth))) continue;
      Error error;
      error.kind = Error::ensure;
      error.name = e.name;
      error.place = e.place;
      decision_.errors.push_back(std::move(error));
    }
  }

  [[nodiscard]] bool requirement_may_fail() const {
    return std::any_of(section_.requirements.begin(), section_.requirements.end(), [&](const plan::RequirementInfo& r) {
      const Value& truth = machine_.at(r.truth);
      return may_be_false(truth) || may(truth, Value::may_be_refused);
    });
  }

  // In some completion what is asked for cannot be computed, or a promise of the rules is broken.
  [[nodiscard]] bool may_be_in_error() const {
    const auto fails = [&](plan::SlotId slot) { return may(machine_.at(slot), Value::may_fail); };
    return (section_.has_amount && fails(section_.amount)) ||
           std::any_of(section_.requirements.begin(), section_.requirements.end(),
                       [&](const plan::RequirementInfo& r) { return fails(r.truth); }) ||
           std::any_of(section_.ensures.begin(), section_.ensures.end(),
                       [&](const plan::EnsureInfo& e) { return fails(e.truth) || may_be_false(machine_.at(e.truth)); });
  }

  // Its amount cannot be told in any completion, be it for an error or for a row that grants nothing.
  [[nodiscard]] bool nothing_to_pay() const {
    if (!section_.has_amount) return false;
    const Value& amount = machine_.at(section_.amount);
    return amount.state != 0 && !may(amount, Value::has_value);
  }

  void conclude_invalid() {
    decision_.outcome = Outcome::invalid;
    decision_.refused.clear();
    drop_amount();
  }
  void drop_amount() {
    decision_.has_amount = false;
    decision_.amount_kind = AmountKind::payment;
    decision_.parts.clear();
    decision_.shares.clear();
    decision_.amount = {};
  }

  // Where everything is known there is nothing to walk back from.
  void gather(std::vector<plan::SlotId>& roots, plan::SlotId slot) const {
    if (machine_.open(slot)) roots.push_back(slot);
  }
  // Where it is in error unless it is refused, whether it is refused.
  void gather_open(bool in_error) {
    std::vector<plan::SlotId> roots;
    for (const auto& r : section_.requirements) gather(roots, r.truth);
    if (section_.has_amount && !in_error) {
      gather(roots, section_.amount);
      for (const auto& p : section_.parts) gather(roots, p.after);
    }
    for (std::size_t i = 0; !in_error && i < section_.ensures.size(); ++i) gather(roots, section_.ensures[i].truth);
    for (const auto& g : section_.gaps) gather(roots, g.truth);
    machine_.support(roots, support_);
    machine_.add_gaps(support_);
  }
  // Where the case is refused anyway: what could still be a reason.
  void gather_reasons() {
    std::vector<plan::SlotId> roots;
    for (const auto& r : section_.requirements) gather(roots, r.truth);
    machine_.support(roots, support_);
    decision_.open = std::move(support_.sources);
  }

  // What is not held is owed: nobody has it yet, or it was sent back.
  void read_documents() {
    for (std::size_t i = 0; i < section_.documents.size(); ++i) {
      const plan::DocumentInfo& d = section_.documents[i];
      if (d.when != kNone && !may_be_true(machine_.at(d.when))) continue;
      const FactValue& fact = facts_.value(d.field);
      if (fact.state == FactState::known && fact.c == held) continue;
      if (fact.state == FactState::bad) {
        machine_.tell_bad(facts_.layout().fields[d.field], facts_.layout().fields[d.field].path);
      } else if (d.when == kNone || is_true(machine_.at(d.when))) {
        decision_.owed.insert(static_cast<Index>(i));
      } else {
        add_open_paper(static_cast<Index>(i), d.when);
      }
    }
  }
  // What is open does not say that it is owed, nor that it is not.
  void add_open_paper(Index document, plan::SlotId when) {
    Support support;
    machine_.support(when, support);
    OpenPaper paper;
    paper.section = decision_.section;
    paper.document = document;
    paper.needs = support.questions();
    paper.marks = std::move(support.marks);
    decision_.papers.push_back(std::move(paper));
  }

  const Section& section_;
  const Facts& facts_;
  Decision& decision_;
  Machine machine_;
  Support support_;
};

// ---- standards
// ------------------------------------------------------------------------------------------------------------------

void grade(const plan::Plan& plan, const plan::ProgramInfo& standard, const Facts& facts, Decision& decision) {
  const Section& section = standard.sections.front();
  decision.section = 0;
  Machine machine(plan, section, facts, decision);
  machine.run(0, section.reasons_begin);
  const plan::StandardOutputs& outputs = standard.outputs;
  std::vector<plan::SlotId> roots{section.in_force};
  // Compliance follows from the grade; results stand for themselves.
  if (outputs.grade != kNone) roots.push_back(outputs.grade);
  for (const auto& o : outputs.outputs) {
    if (o.result || (outputs.grade == kNone && !o.warning)) roots.push_back(o.value);
  }
  for (const plan::SlotId root : roots) {
    if (!only_fails(machine.at(root))) continue;
    if (const auto error = machine.failure(root)) decision.errors.push_back(*error);
  }
  if (!standard.reference_dates.empty()) {
    const Value& date = machine.at(standard.reference_dates.front());
    if (is_known(date, plan::SlotClass::day) && may(date, Value::has_value))
      decision.reference_date = static_cast<Day>(date.low);
  }
  if (!decision.bad.empty()) return;
  if (is_false(machine.at(section.in_force))) {
    decision.errors.clear();
    decision.outcome = Outcome::not_in_force;
    for (const auto& s : outputs.suspensions) {
      if (is_true(machine.at(s.truth))) decision.suspended = &s.days;
    }
    return;
  }
  // An error matters only where an edition is in force.
  if (!decision.errors.empty() && !may_be_false(machine.at(section.in_force))) return;
  decision.errors.clear();
  Support support;
  for (const auto& g : section.gaps) roots.push_back(g.truth);
  machine.support(roots, support);
  machine.add_gaps(support);
  decision.outcome = support.asks()          ? Outcome::undetermined
                     : support.marks.empty() ? Outcome::eligible
                                             : Outcome::referred;
  decision.open = std::move(support.sources);
  decision.marks = std::move(support.marks);
}

// ---- programmes
// -----------------------------------------------------------------------------------------------------------------

// The version that Decision::section names.
void judge(const plan::Plan& plan, const plan::ProgramInfo& program, const Facts& facts, Decision& decision) {
  const Section& section = program.sections[decision.section];
  if (program.kind == plan::ProgramInfo::duty) return judge_duty(plan, section, facts, decision);
  Judge(plan, section, facts, decision).judge();
}

// Who bears the amount, by name.
bool same_bearers(const Section& a, const Section& b) {
  return std::equal(a.shares.begin(), a.shares.end(), b.shares.begin(), b.shares.end(),
                    [](const plan::ShareInfo& x, const plan::ShareInfo& y) { return x.name == y.name; });
}

// The same to whoever is decided on: outcome, amount with parts and shares, payout.
bool same_answer(const plan::ProgramInfo& program, const Decision& a, const Decision& b) {
  if (a.outcome != b.outcome) return false;
  if (a.outcome != Outcome::eligible && a.outcome != Outcome::referred) return true;
  if (a.has_amount != b.has_amount || a.amount_kind != b.amount_kind ||
      program.sections[a.section].payout != program.sections[b.section].payout)
    return false;
  return !a.has_amount ||
         (a.amount == b.amount && a.parts == b.parts &&
          same_bearers(program.sections[a.section], program.sections[b.section]) && a.shares == b.shares);
}

// Of the reasons of one version those that are reasons in another, too.
void keep_common_failures(const plan::ProgramInfo& program, Decision& decision, const Decision& other) {
  std::set<std::string_view> names;
  for (const Index i : other.failed) names.insert(program.sections[other.section].requirements[i].name);
  decision.failed.erase_if(
      [&](Index i) { return names.count(program.sections[decision.section].requirements[i].name) == 0; });
}

void keep_common_refusals(const plan::ProgramInfo& program, Decision& decision, const Decision& other) {
  std::set<std::string> names;
  for (const Index i : other.refused) names.insert(plan::name_of_part_requirement(program.sections[other.section], i));
  decision.refused.erase_if(
      [&](Index i) { return !names.contains(plan::name_of_part_requirement(program.sections[decision.section], i)); });
}

// Of every version in which something may be granted, those that are owed; which version governs is open.
Papers papers_of(const plan::ProgramInfo& program, const std::vector<Decision>& answers, const Support& which) {
  Papers papers(program);
  for (const Decision& a : answers) {
    if (a.outcome == Outcome::ineligible || a.outcome == Outcome::invalid) continue;
    papers.join(papers_of(a), which.questions(), which.marks);
  }
  return papers;
}

// The dates that select the version, evaluated; and which versions they allow.
struct Selection {
  std::set<Index> versions;    // kNone where it may be that none governs
  bool may_fail = false;       // some date cannot be computed in some completion
  std::optional<Value> first;  // of the dates, as far as it is known
  Support open;                // on which it depends; open days of versions, too
  Index suspended = kNone;     // the version that would govern
  const plan::SuspensionInfo* suspension = nullptr;
};

Selection select_versions(const plan::Plan& plan, const plan::ProgramInfo& program, const Facts& facts,
                          Decision& decision) {
  Machine machine(plan, program.dates, facts, decision);
  machine.run(0, static_cast<Index>(program.dates.ops.size()));
  Selection selection;
  Support support;
  bool first = true;
  for (const plan::SlotId slot : program.reference_dates) {
    const Value& date = machine.at(slot);
    if (only_fails(date)) {
      if (const auto error = machine.failure(slot)) decision.errors.push_back(*error);
      continue;
    }
    std::set<Index> versions;
    if (may(date, Value::has_value)) {
      Governing governing = governing_versions(plan, program, date, decision.options.known_on, decision.supposed);
      versions = std::move(governing.versions);
      if (governing.suspension != nullptr && date.state == Value::has_value) {
        selection.suspended = governing.suspended;
        selection.suspension = governing.suspension;
      }
      for (const Index choice : governing.choices) {
        Mark mark;
        mark.choice = choice;
        support.add_mark(mark);
        // The versions may read it, too: one that is open is split with them.
        OpenSource source;
        source.choice = choice;
        source.readings = plan.choices[choice].readings.size();
        source.paths = 2;
        support.add(std::move(source));
      }
    }
    if (date.state != Value::has_value) versions.insert(kNone);
    selection.may_fail = selection.may_fail || may(date, Value::may_fail);
    const bool known = is_known(date, plan::SlotClass::day);
    if (first && may(date, Value::has_value)) selection.first = date;
    if (known && first && may(date, Value::has_value)) decision.reference_date = static_cast<Day>(date.low);
    if (!known) machine.support(slot, support);
    if (decision.trace != nullptr && may(date, Value::has_value)) decision.trace->against(date, boundaries(program));
    if (first) {
      selection.versions = versions;
    } else {
      // All dates must fall in one version: what they do not share is no version.
      std::set<Index> both;
      std::set_intersection(versions.begin(), versions.end(), selection.versions.begin(), selection.versions.end(),
                            std::inserter(both, both.begin()));
      if (both.size() != versions.size() || both.size() != selection.versions.size() || both.size() > 1)
        both.insert(kNone);
      selection.versions = both;
    }
    first = false;
  }
  // Each version reads the case in its own way: what selects one is split where several may govern.
  if (selection.versions.size() > 1) {
    for (OpenSource& source : support.sources) source.paths = 2;
  }
  selection.open = std::move(support);
  return selection;
}

// Bad facts that some of them reads: whoever is asked for what is missing shall mend those, too.
std::vector<BadFact> bad_facts_of(const std::vector<Decision>& answers) {
  std::vector<BadFact> out;
  for (const Decision& a : answers) {
    for (const BadFact& fact : a.bad) {
      const auto same = [&](const BadFact& one) { return one.path == fact.path; };
      if (std::none_of(out.begin(), out.end(), same)) out.push_back(fact);
    }
  }
  return out;
}

// Which version governs cannot be told: what any of them reads is mended at once with the dates.
void add_bad_facts(const plan::Plan& plan, const plan::ProgramInfo& program, const Facts& facts, Decision& decision) {
  Value any_day;
  any_day.low = kFirstDay;
  any_day.high = kLastDay;
  std::vector<Decision> answers(1);
  answers.front().bad = decision.bad;
  for (const Index version : governing_versions(plan, program, any_day, decision.options.known_on).versions) {
    if (version == kNone) continue;
    Decision& answer = answers.emplace_back();
    answer.options = decision.options;
    answer.section = version;
    judge(plan, program, facts, answer);
  }
  decision.bad = bad_facts_of(answers);
}

// On each day between them no version governs: the nearest of all those days, where it is one.
Index nearest_on_each_day(const plan::ProgramInfo& program, const Value& date, std::optional<Day> known_on) {
  const Index at_low = nearest_version(program, static_cast<Day>(date.low), known_on);
  return at_low == nearest_version(program, static_cast<Day>(date.high), known_on) ? at_low : kNone;
}

// Several versions may govern: one answer only if all give the same.
void decide_for_all(const plan::Plan& plan, const plan::ProgramInfo& program, const Facts& facts,
                    const Selection& selection, Decision& decision) {
  std::vector<Decision> answers;
  for (const Index version : selection.versions) {
    if (version == kNone) continue;
    Decision answer;
    answer.options = decision.options;
    answer.supposed = decision.supposed;
    answer.trace = decision.trace;
    answer.section = version;
    judge(plan, program, facts, answer);
    answers.push_back(std::move(answer));
  }
  const bool may_be_none = selection.versions.count(kNone) != 0;
  bool agree = !may_be_none && std::all_of(answers.begin(), answers.end(),
                                           [&](const Decision& a) { return same_answer(program, a, answers.front()); });
  if (agree && answers.front().outcome == Outcome::ineligible) {
    for (const Decision& a : answers) keep_common_failures(program, answers.front(), a);
    agree = !answers.front().failed.empty();
  }
  if (agree) {
    for (const Decision& a : answers) keep_common_refusals(program, answers.front(), a);
  }
  const bool may_be_invalid = selection.may_fail || std::any_of(answers.begin(), answers.end(), [](const Decision& a) {
                                return a.may_be_invalid || a.outcome == Outcome::invalid;
                              });
  const auto reference = decision.reference_date;
  const Papers papers = papers_of(program, answers, selection.open);
  std::vector<BadFact> bad = bad_facts_of(answers);
  if (agree && answers.front().outcome != Outcome::undetermined) {
    const Assumptions* const supposed = decision.supposed;
    Trace* const trace = decision.trace;
    decision = std::move(answers.front());
    decision.bad = std::move(bad);
    decision.may_be_invalid = may_be_invalid && is_open(decision.outcome);
    tell_papers(papers, decision);
    decision.reference_date = reference;
    decision.supposed = supposed;
    decision.trace = trace;
    return;
  }
  Support open = selection.open;
  decision.may_be_refused = may_be_none;
  decision.may_be_invalid = may_be_invalid;
  tell_papers(papers, decision);
  bool first = true;
  for (const Decision& a : answers) {
    decision.may_be_refused = decision.may_be_refused || a.may_be_refused || a.outcome == Outcome::ineligible ||
                              a.outcome == Outcome::invalid;
    for (const OpenSource& source : a.open) open.add(source);
    for (const Mark& mark : a.marks) {
      if (mark.gap_index == kNone) open.add_mark(mark);  // gaps are told by their own version
    }
    if (a.outcome == Outcome::ineligible || a.outcome == Outcome::invalid || !a.has_amount) continue;
    decision.has_amount = true;
    decision.amount_kind = first ? a.amount_kind : either_kind(decision.amount_kind, a.amount_kind);
    decision.amount.least = first ? a.amount.least : std::min(decision.amount.least, a.amount.least);
    decision.amount.most = first ? a.amount.most : std::max(decision.amount.most, a.amount.most);
    decision.amount.unbounded = decision.amount.unbounded || a.amount.unbounded;
    first = false;
  }
  decision.outcome = open.asks() ? Outcome::undetermined : Outcome::referred;
  decision.open = std::move(open.sources);
  decision.marks = std::move(open.marks);
  decision.bad = std::move(bad);
}

}  // namespace

void decide_in_one_pass(const Facts& facts, Decision& decision) {
  clear(decision);
  const plan::Plan& plan = facts.plan();
  const plan::ProgramInfo& program = plan.programs[facts.program()];
  if (program.kind == plan::ProgramInfo::standard) return grade(plan, program, facts, decision);
  if (program.kind == plan::ProgramInfo::targets) {
    decision.section = decision.options.row;
    return judge_target(plan, program.sections[decision.section], facts, decision);
  }
  if (program.kind == plan::ProgramInfo::checks) {
    decision.section = 0;
    Judge(plan, program.sections.front(), facts, decision).judge();
    return;
  }
  const Selection selection = select_versions(plan, program, facts, decision);
  if (!decision.bad.empty()) return add_bad_facts(plan, program, facts, decision);
  if (!decision.errors.empty()) return;
  if (selection.versions.size() == 1 && *selection.versions.begin() == kNone) {
    decision.outcome = Outcome::not_in_force;
    decision.suspended = selection.suspension;
    decision.nearest = selection.suspended;
    if (decision.nearest == kNone && selection.first)
      decision.nearest = nearest_on_each_day(program, *selection.first, decision.options.known_on);
    return;
  }
  if (selection.versions.size() == 1) {
    decision.section = *selection.versions.begin();
    judge(plan, program, facts, decision);
  } else {
    decide_for_all(plan, program, facts, selection, decision);
  }
}

namespace {

// Where a paper cannot be said the case is stuck on it.
void drop_unsaid(Decision& decision) {
  const auto drop = [](std::vector<Mark>& marks) { std::erase_if(marks, [](const Mark& m) { return m.unsaid; }); };
  drop(decision.marks);
  for (OpenPaper& paper : decision.papers) drop(paper.marks);
}

}  // namespace

void decide(const Facts& facts, const Options& options, Decision& decision) {
  decision.options = options;
  const bool by_kernel = facts.plan().programs[facts.program()].kernels.are_worth_it();
  if (!by_kernel || !decide_by_kernel(facts, options, decision)) decide_by_machine(facts, options, decision);
}

void decide_by_machine(const Facts& facts, const Options& options, Decision& decision) {
  decision.options = options;
  decide_in_one_pass(facts, decision);
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  if ((decision.open.empty() && decision.papers.empty()) || program.kind == plan::ProgramInfo::checks) return;
  Prober prober(facts, options);
  if (!decision.open.empty()) {
    split(facts, prober, decision);
    order_questions(facts, prober, decision);
  }
  settle_papers(facts, prober, decision);
  drop_unsaid(decision);
  if (!grants(program)) decision.may_be_refused = false;
}

void decide_rows(const Facts& facts, const Options& options, std::vector<Decision>& decisions) {
  const auto& rows = facts.plan().programs[facts.program()].sections;
  decisions.resize(rows.size());
  Options of_row = options;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    of_row.row = static_cast<Index>(i);
    decide(facts, of_row, decisions[i]);
  }
}

Selected select(const Facts& facts, const Options& options, Decision& decision) {
  clear(decision);
  decision.options = options;
  const plan::Plan& plan = facts.plan();
  Selection selection = select_versions(plan, plan.programs[facts.program()], facts, decision);
  return {{selection.versions.begin(), selection.versions.end()},
          selection.open.questions(),
          selection.open.unanswerable(),
          std::move(selection.open.marks),
          std::move(selection.open.sources)};
}

namespace {

// Of a fold: for each entry for which the condition of the fold is what is wanted, whatever is open.
void for_each_entry(const Facts& facts, Decision& decision, plan::SlotId slot, bool wanted,
                    const std::function<void(std::size_t entry, const std::string& path)>& tell) {
  const plan::Plan& plan = facts.plan();
  const Section& section = plan.programs[facts.program()].sections[decision.section];
  const Index fold = section.producer[slot];
  if (fold == kNone || section.ops[fold].code != plan::Operation::FOLD) return;
  const plan::Op& op = section.ops[fold];
  const auto bad = decision.bad;
  Machine machine(plan, section, facts, decision);
  decision.texts.clear();
  machine.run(0, static_cast<Index>(section.ops.size()));
  const plan::SlotId where = plan.folds[op.aux].where;
  for (std::size_t entry = 0; entry < machine.entries(op); ++entry) {
    machine.enter(fold, entry);
    if (wanted ? is_true(machine.at(where)) : is_false(machine.at(where))) tell(entry, machine.entry_path(op, entry));
  }
  decision.bad = bad;
}

}  // namespace

void for_each_failing_entry(const Facts& facts, Decision& decision, const plan::RequirementInfo& requirement,
                            const std::function<void(std::size_t entry, const std::string& path)>& tell) {
  if (requirement.of_entry != kNone) for_each_entry(facts, decision, requirement.truth, false, tell);
}

void for_each_counted_entry(const Facts& facts, Decision& decision, plan::SlotId fold,
                            const std::function<void(std::size_t entry, const std::string& path)>& tell) {
  for_each_entry(facts, decision, fold, true, tell);
}

void evaluate_reasons(const Facts& facts, Decision& decision) {
  if (decision.reasons_evaluated || decision.section == kNone) return;
  const plan::Plan& plan = facts.plan();
  const Section& section = plan.programs[facts.program()].sections[decision.section];
  // The whole section again: entries of lists are not kept between runs.
  const auto bad = decision.bad;
  Machine machine(plan, section, facts, decision);
  decision.texts.clear();
  machine.run(0, static_cast<Index>(section.ops.size()));
  decision.bad = bad;
  decision.reasons_evaluated = true;
}

}  // namespace guiju::run
