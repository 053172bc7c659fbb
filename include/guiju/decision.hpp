// A decision: the outcome, the amount with its parts, and the reasons. Reused from case to case; one thread at a time.
// Texts live until the next decide() or setter.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "guiju/binding.hpp"
#include "guiju/facts.hpp"

namespace guiju {
inline namespace v0 {

enum class Outcome : std::int32_t {
  eligible = GJ_ELIGIBLE,
  ineligible = GJ_INELIGIBLE,
  undetermined = GJ_UNDETERMINED,
  referred = GJ_REFERRED,
  not_in_force = GJ_NOT_IN_FORCE,
  invalid = GJ_INVALID,
  graded = GJ_GRADED,
  unclassified = GJ_UNCLASSIFIED,
  not_owed = GJ_DUTY_NOT_OWED,
  owed = GJ_DUTY_OWED,
  met = GJ_DUTY_MET,
  late = GJ_DUTY_LATE,
  overdue = GJ_DUTY_OVERDUE,
  attained = GJ_TARGET_ATTAINED,
  open = GJ_TARGET_OPEN,
  missed = GJ_TARGET_MISSED,
  none = GJ_UNDECIDED,
};

// What the rules give; see gj_amount_kind.
enum class AmountKind : std::int32_t {
  payment = GJ_PAYMENT,
  ceiling = GJ_CEILING,
  average = GJ_AVERAGE,
  charge = GJ_CHARGE,
  deduction = GJ_DEDUCTION,
  credit = GJ_CREDIT,
};

struct AmountRange {
  Decimal least;
  std::optional<Decimal> most;  // no value: no upper end is known
};
struct Part {
  std::string_view name, label, amount;
  Decimal least;
  std::optional<Decimal> most;
  bool known = false;
  std::string_view before;  // as the rule writes it, before every cap, floor and rounding
  AmountKind kind = AmountKind::payment;
  std::string_view figure;  // of whichever kind; `amount` is of payments only
};
struct Taken {
  std::string_view part, change;
};
// A cap, floor or rounding that changed something; yuan, the change signed.
struct Adjustment {
  std::string_view kind, part, written, bound, before, after, change;
  std::vector<Taken> taken;
};
struct Citation {
  std::string_view title, articles, check;
};
// Two values that were held against each other; see gj_compared.
struct Compared {
  std::string_view path, what, value, relation, bound, bound_what, text;
  bool holds = false;
  std::string_view place;    // "2.1": see gj_compared
  std::string_view reading;  // of a text that is open: only where it is read so
};
// An entry of a list for which a requirement on every entry fails.
struct FailedEntry {
  std::string_view path, label, text, text_zh, text_en;
};
struct Failure {
  std::uint32_t id = 0;
  std::string_view name, text;
  std::vector<Citation> citations;
  std::string_view text_zh, text_en;
  std::vector<Compared> compared;
  std::string_view part = {};             // that it refuses; empty: the whole case
  std::vector<FailedEntry> entries = {};  // of a requirement on every entry of a list
  std::string_view kind = {};             // of a duty must, must_not, advised
};
// A step of a decision; see gj_trace_line.
struct TraceLine {
  int depth = 0;
  std::string_view kind, name, label, written, value, state;
  std::vector<Compared> compared;
};
struct Change {
  std::string_view path, label, from, to;
};
struct Remedy {
  std::vector<Change> changes;
  std::string_view version, amount, text;
};
struct Need {
  std::string_view path, label, ask, at;
};
struct Referral {
  std::string_view what, name, why;
  std::vector<std::string_view> readings = {};  // between which a person has to choose
};
// One text and how it is read; see gj_read.
struct Read {
  std::string_view name, question, reading;
};
// What a referred case comes to by one way of reading; see gj_by_reading.
struct ByReading {
  std::vector<Read> read;
  Outcome outcome = Outcome::none;
  AmountKind amount_kind = AmountKind::payment;
  std::string_view amount, least, most;
  bool may_be_refused = false;
  std::string_view grade, grade_label, text;
};
struct Named {
  std::string_view name, label;
};
// A paper of which it is open whether it is owed; see gj_open_document.
struct OpenDocument {
  std::string_view name, label;
  std::vector<Need> needs;              // the facts that would say
  std::vector<std::string_view> texts;  // and what the text of the rules leaves open
};
struct Warning {
  std::string_view kind, name, text, about;
};
struct BadFact {
  std::string_view path, got, allowed, label;
};
struct Grade {
  std::string_view name, label, state, why;
};
struct Check {
  std::string_view name, value, text;
  bool warning = false;
  std::string_view label;  // of the compliance, check or named grade itself
};

// What a standard gives beside its grade. `value` is empty where it is not known (see gj_result).
struct StandardResult {
  std::string_view name, label, state, value, unit, least, most, text;
  std::vector<Named> possible;
};

struct Suspension {
  std::optional<Date> from, to;  // no value: open
  std::string_view text;
};

// One row of targets; see gj_target.
struct Target {
  Outcome outcome = Outcome::none;
  std::string_view name, indicator, kind, pace, figure, relation, reach, baseline, to_go, expected_by_now, ahead_by;
  std::optional<Date> due;
  std::string_view missing;
};

// What a case comes to in figures; see gj_row_answer.
struct RowAnswer {
  Outcome outcome{};
  std::int32_t version = -1;     // -1: none, or it is open which
  std::int64_t amount = 0;       // in fen
  std::size_t failed_words = 0;  // how many the set of failed requirements has
};

class Decision {
 public:
  static Result<Decision> create() {
    gj_decision* handle = nullptr;
    gj_error* error = nullptr;
    const gj_status status = gj_decision_new(&handle, &error);
    if (status < 0) return Error(status, error);
    return Decision(handle);
  }
  [[nodiscard]] gj_decision* handle() const { return handle_.get(); }

  void set_language(Language language) { (void)gj_decision_set_language(handle_.get(), detail::lang(language)); }
  // The host's day, or none. False: not in the calendar.
  bool set_as_at(std::optional<Date> day) {
    return gj_decision_set_as_at(handle_.get(), day ? detail::in(*day) : gj_date{0, 0, 0}) == GJ_OK;
  }

  // The day up to which the rules are read: those published later are left aside. None: all count. False: not in the
  // calendar.
  bool set_known_on(std::optional<Date> day) {
    return gj_decision_set_known_on(handle_.get(), day ? detail::in(*day) : gj_date{0, 0, 0}) == GJ_OK;
  }
  // How many cases an open decision is split into at most. False: more than the library allows.
  bool set_max_cases(std::uint32_t max_cases) { return gj_decision_set_max_cases(handle_.get(), max_cases) == GJ_OK; }

  Result<Outcome> decide(const Facts& facts) {
    gj_error* error = nullptr;
    const gj_status status = gj_decide(facts.handle(), handle_.get(), &error);
    if (status < 0) return Error(status, error);
    return outcome();
  }

  // The case in a struct that the binding describes.
  Result<Outcome> decide(const Binding& binding, const void* row) {
    gj_error* error = nullptr;
    const gj_status status = gj_decide_row(binding.handle(), row, handle_.get(), &error);
    if (status < 0) return Error(status, error);
    return outcome();
  }

  // The same, with its figures in the same call; see RowAnswer. `failed` is where the set of failed requirements goes.
  Result<RowAnswer> answer(const Binding& binding, const void* row, std::span<std::uint64_t> failed = {}) {
    gj_row_answer out{};
    out.size = sizeof out;
    out.failed = failed.data();
    out.failed_words = failed.size();
    gj_error* error = nullptr;
    const gj_status status = gj_answer_row(binding.handle(), row, handle_.get(), &out, &error);
    if (status < 0) return Error(status, error);
    return RowAnswer{static_cast<Outcome>(out.outcome), out.version, out.amount, out.failed_words};
  }

  [[nodiscard]] Outcome outcome() const { return static_cast<Outcome>(gj_decision_outcome(handle_.get())); }
  [[nodiscard]] std::string_view outcome_name() const { return detail::view(gj_decision_outcome_name(handle_.get())); }
  [[nodiscard]] Program program() const { return Program(gj_decision_program(handle_.get())); }
  [[nodiscard]] std::string_view version() const { return detail::view(gj_decision_version(handle_.get())); }
  [[nodiscard]] std::string_view version_label() const {
    return detail::view(gj_decision_version_label(handle_.get()));
  }
  [[nodiscard]] std::optional<Date> reference_date() const {
    return detail::out(gj_decision_reference_date(handle_.get()));
  }
  // The decision on record, with the facts that it was made on; see Receipt. Texts at the paths in `masks` are not
  // shown. Lives until the next decide() or receipt().
  Result<std::string_view> receipt(const Facts& facts, std::span<const std::string_view> masks = {}) {
    std::vector<gj_text> paths;
    for (const auto path : masks) paths.push_back(detail::in(path));
    const gj_receipt_options options{sizeof options, paths.data(), paths.size()};
    gj_text text{};
    gj_error* error = nullptr;
    const gj_status status = gj_decision_receipt(handle_.get(), facts.handle(), &options, &text, &error);
    if (status < 0) return Error(status, error);
    return detail::view(text);
  }
  [[nodiscard]] std::string_view json() { return detail::view(gj_decision_json(handle_.get())); }
  // Without words, on one line; of programmes and duties.
  [[nodiscard]] std::string_view brief_json() { return detail::view(gj_decision_brief_json(handle_.get())); }

  // Only a payment is an amount; of a ceiling or an average figure() says how much.
  [[nodiscard]] AmountKind amount_kind() const {
    return static_cast<AmountKind>(gj_decision_amount_kind(handle_.get()));
  }
  // What the rules give, of whichever kind.
  [[nodiscard]] std::optional<AmountRange> figure() const {
    gj_decimal least{}, most{};
    std::int32_t unbounded = 0;
    if (gj_decision_figure(handle_.get(), &least, &most, &unbounded) != GJ_OK) return std::nullopt;
    return AmountRange{{least.coefficient, least.scale}, upper(most, unbounded)};
  }
  // What is paid in yuan, scale 2; no value where there is none, it is open, only a ceiling or an average, or it does
  // not fit.
  [[nodiscard]] std::optional<Decimal> amount() const {
    gj_decimal amount{};
    if (gj_decision_amount(handle_.get(), &amount) != GJ_OK) return std::nullopt;
    return Decimal{amount.coefficient, amount.scale};
  }
  [[nodiscard]] std::string_view amount_text() const { return detail::view(gj_decision_amount_text(handle_.get())); }
  [[nodiscard]] std::optional<AmountRange> amount_between() const {
    gj_decimal least{}, most{};
    std::int32_t unbounded = 0;
    if (gj_decision_amount_between(handle_.get(), &least, &most, &unbounded) != GJ_OK) return std::nullopt;
    return AmountRange{{least.coefficient, least.scale}, upper(most, unbounded)};
  }

  // Undetermined, referred: in some way in which what is open may turn out the case is not eligible.
  [[nodiscard]] bool may_be_refused() const { return gj_decision_may_be_refused(handle_.get()) != 0; }

  [[nodiscard]] std::vector<Part> parts() const { return list<Part, gj_part>(GJ_PARTS, gj_decision_part, part); }
  // Who bears what of the amount; the shares add up to it.
  [[nodiscard]] std::vector<Part> shares() const { return list<Part, gj_part>(GJ_SHARES, gj_decision_share, part); }
  [[nodiscard]] std::vector<Adjustment> adjustments() const {
    auto all = list<Adjustment, gj_adjustment>(GJ_ADJUSTMENTS, gj_decision_adjustment, [](const gj_adjustment& a) {
      return Adjustment{detail::view(a.kind),   detail::view(a.part),  detail::view(a.written), detail::view(a.bound),
                        detail::view(a.before), detail::view(a.after), detail::view(a.change),  {}};
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      gj_taken t{};
      t.size = sizeof t;
      for (std::size_t k = 0; gj_decision_taken(handle_.get(), i, k, &t) == GJ_OK; ++k) {
        all[i].taken.push_back({detail::view(t.part), detail::view(t.change)});
      }
    }
    return all;
  }
  // The ids of all requirements that failed (Failure::id), in order, without their texts: as many as `ids` has room
  // for. Gives how many there are; allocates nothing.
  std::size_t failed_ids(std::span<std::uint32_t> ids) const noexcept {
    return gj_decision_failed_ids(handle_.get(), ids.data(), ids.size());
  }
  [[nodiscard]] std::vector<Failure> failures() const {
    auto all = list<Failure, gj_failure>(GJ_FAILURES, gj_decision_failure, failure);
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].citations = citations(i, gj_decision_citation);
      gj_compared v{};
      v.size = sizeof v;
      for (std::size_t k = 0; gj_decision_compared(handle_.get(), i, k, &v) == GJ_OK; ++k) {
        all[i].compared.push_back(compared(v));
      }
      gj_failed_entry e{};
      e.size = sizeof e;
      for (std::size_t k = 0; gj_decision_failed_entry(handle_.get(), i, k, &e) == GJ_OK; ++k) {
        all[i].entries.push_back({detail::view(e.path), detail::view(e.label), detail::view(e.text),
                                  detail::view(e.text_zh), detail::view(e.text_en)});
      }
    }
    return all;
  }
  // Why parts are refused while the case is decided by the others.
  [[nodiscard]] std::vector<Failure> refused() const {
    auto all = list<Failure, gj_failure>(GJ_REFUSALS, gj_decision_refused, failure);
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].citations = citations(i, gj_decision_refused_citation);
      gj_compared v{};
      v.size = sizeof v;
      for (std::size_t k = 0; gj_decision_refused_compared(handle_.get(), i, k, &v) == GJ_OK; ++k)
        all[i].compared.push_back(compared(v));
    }
    return all;
  }
  // Of targets: every row.
  [[nodiscard]] std::vector<Target> targets() const {
    return list<Target, gj_target>(GJ_TARGETS, gj_decision_target, [](const gj_target& t) {
      Target out{static_cast<Outcome>(t.outcome),
                 detail::view(t.name),
                 detail::view(t.indicator),
                 detail::view(t.kind),
                 detail::view(t.pace),
                 detail::view(t.figure),
                 detail::view(t.relation),
                 detail::view(t.reach),
                 detail::view(t.baseline),
                 detail::view(t.to_go),
                 detail::view(t.expected_by_now),
                 detail::view(t.ahead_by),
                 {},
                 {}};
      out.due = detail::out(t.due);
      out.missing = detail::view(t.missing);
      return out;
    });
  }
  // Of a duty: by when it is to be done, and when it was. No value: there is none, or it is open.
  [[nodiscard]] std::optional<Date> deadline() const { return detail::out(gj_decision_deadline(handle_.get())); }
  [[nodiscard]] std::optional<Date> done_on() const { return detail::out(gj_decision_done_on(handle_.get())); }

  // Every step, in the order of the rule file. Decides once more; `facts` must be those that were decided.
  Result<std::vector<TraceLine>> trace(const Facts& facts) {
    gj_error* error = nullptr;
    const gj_status status = gj_decision_make_trace(facts.handle(), handle_.get(), &error);
    if (status < 0) return Error(status, error);
    auto all = list<TraceLine, gj_trace_line>(GJ_TRACE, gj_decision_trace_line, [](const gj_trace_line& t) {
      return TraceLine{t.depth,
                       detail::view(t.kind),
                       detail::view(t.name),
                       detail::view(t.label),
                       detail::view(t.written),
                       detail::view(t.value),
                       detail::view(t.state),
                       {}};
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      gj_compared v{};
      v.size = sizeof v;
      for (std::size_t k = 0; gj_decision_trace_compared(handle_.get(), i, k, &v) == GJ_OK; ++k)
        all[i].compared.push_back(compared(v));
    }
    return all;
  }
  // What would make a refused case eligible. Decides many times; `facts` must be those that were decided.
  Result<std::vector<Remedy>> remedies(const Facts& facts) {
    gj_error* error = nullptr;
    const gj_status status = gj_decision_find_remedies(facts.handle(), handle_.get(), &error);
    if (status < 0) return Error(status, error);
    auto all = list<Remedy, gj_remedy>(GJ_REMEDIES, gj_decision_remedy, [](const gj_remedy& r) {
      return Remedy{{}, detail::view(r.version), detail::view(r.amount), detail::view(r.text)};
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      gj_change c{};
      c.size = sizeof c;
      for (std::size_t k = 0; gj_decision_change(handle_.get(), i, k, &c) == GJ_OK; ++k)
        all[i].changes.push_back(
            {detail::view(c.path), detail::view(c.label), detail::view(c.from), detail::view(c.to)});
    }
    return all;
  }
  // Ineligible without failures: some of these fail in any case.
  [[nodiscard]] std::vector<Failure> failed_one_of() const {
    auto all = list<Failure, gj_failure>(GJ_FAILED_ONE_OF, gj_decision_failed_one_of, failure);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].citations = citations(i, gj_decision_failed_one_of_citation);
    return all;
  }
  // The one that settles most first.
  [[nodiscard]] std::vector<Need> needs() const { return list<Need, gj_need>(GJ_NEEDS, gj_decision_need, need); }
  // Undetermined without needs: what matters and cannot be said.
  [[nodiscard]] std::vector<Need> stuck_on() const {
    return list<Need, gj_need>(GJ_STUCK_ON, gj_decision_stuck_on, need);
  }
  [[nodiscard]] std::vector<Referral> referrals() const {
    auto all = list<Referral, gj_referral>(GJ_REFERRALS, gj_decision_referral, [](const gj_referral& r) {
      return Referral{detail::view(r.what), detail::view(r.name), detail::view(r.why),
                      std::vector<std::string_view>(r.reading_count)};
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t k = 0; k < all[i].readings.size(); ++k)
        all[i].readings[k] = detail::view(gj_decision_reading(handle_.get(), i, k));
    }
    return all;
  }
  // Referred: what hangs on the readings of the open texts.
  [[nodiscard]] std::vector<ByReading> by_reading() const {
    auto all = list<ByReading, gj_by_reading>(GJ_BY_READING, gj_decision_by_reading, [](const gj_by_reading& w) {
      return ByReading{{},
                       static_cast<Outcome>(w.outcome),
                       static_cast<AmountKind>(w.amount_kind),
                       detail::view(w.amount),
                       detail::view(w.least),
                       detail::view(w.most),
                       w.may_be_refused != 0,
                       detail::view(w.grade),
                       detail::view(w.grade_label),
                       detail::view(w.text)};
    });
    gj_read r{};
    r.size = sizeof r;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t k = 0; gj_decision_read(handle_.get(), i, k, &r) == GJ_OK; ++k)
        all[i].read.push_back({detail::view(r.name), detail::view(r.question), detail::view(r.reading)});
    }
    return all;
  }
  [[nodiscard]] std::vector<Named> conditions() const {
    return list<Named, gj_named>(GJ_CONDITIONS, gj_decision_condition, named);
  }
  [[nodiscard]] std::vector<Named> documents() const {
    return list<Named, gj_named>(GJ_DOCUMENTS, gj_decision_document, named);
  }
  // Those that are owed or not, as what nobody said turns out.
  [[nodiscard]] std::vector<OpenDocument> open_documents() const {
    auto all = list<OpenDocument,
                    gj_open_document>(GJ_OPEN_DOCUMENTS, gj_decision_open_document, [](const gj_open_document& d) {
      return OpenDocument{detail::view(d.name), detail::view(d.label), {}, std::vector<std::string_view>(d.text_count)};
    });
    gj_need n{};
    n.size = sizeof n;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t k = 0; gj_decision_open_document_need(handle_.get(), i, k, &n) == GJ_OK; ++k)
        all[i].needs.push_back(need(n));
      for (std::size_t k = 0; k < all[i].texts.size(); ++k)
        all[i].texts[k] = detail::view(gj_decision_open_document_text(handle_.get(), i, k));
    }
    return all;
  }
  [[nodiscard]] std::vector<Named> possible_grades() const {
    return list<Named, gj_named>(GJ_POSSIBLE_GRADES, gj_decision_possible_grade, named);
  }
  [[nodiscard]] std::vector<Warning> warnings() const {
    return list<Warning, gj_warning>(GJ_WARNINGS, gj_decision_warning, [](const gj_warning& w) {
      return Warning{detail::view(w.kind), detail::view(w.name), detail::view(w.text), detail::view(w.about)};
    });
  }
  [[nodiscard]] std::vector<BadFact> bad_facts() const {
    return list<BadFact, gj_bad_fact>(GJ_BAD_FACTS, gj_decision_bad_fact, [](const gj_bad_fact& b) {
      return BadFact{detail::view(b.path), detail::view(b.got), detail::view(b.allowed), detail::view(b.label)};
    });
  }
  [[nodiscard]] std::vector<Check> checks() const {
    return list<Check, gj_check>(GJ_CHECKS, gj_decision_check, [](const gj_check& c) {
      return Check{detail::view(c.name), detail::view(c.value), detail::view(c.text), c.is_warning != 0,
                   detail::view(c.label)};
    });
  }
  [[nodiscard]] std::vector<StandardResult> results() const {
    std::vector<StandardResult> items = list<StandardResult, gj_result>(GJ_RESULTS, gj_decision_result, result);
    for (std::size_t i = 0; i < items.size(); ++i) {
      gj_named n{};
      n.size = sizeof n;
      for (std::size_t j = 0; gj_decision_result_possible(handle_.get(), i, j, &n) == GJ_OK; ++j)
        items[i].possible.push_back(named(n));
    }
    return items;
  }
  [[nodiscard]] std::optional<Named> payout() const {
    gj_named n{};
    n.size = sizeof n;
    if (gj_decision_payout(handle_.get(), &n) != GJ_OK) return std::nullopt;
    return named(n);
  }
  [[nodiscard]] std::optional<VersionInfo> nearest_version() const {
    gj_version_info v{};
    v.size = sizeof v;
    if (gj_decision_nearest_version(handle_.get(), &v) != GJ_OK) return std::nullopt;
    return VersionInfo{detail::view(v.name), detail::view(v.label), detail::out(v.from), detail::out(v.to)};
  }
  // Why nothing is in force on that day, where the version is suspended.
  [[nodiscard]] std::optional<Suspension> suspension() const {
    gj_suspension s{};
    s.size = sizeof s;
    if (gj_decision_suspension(handle_.get(), &s) != GJ_OK) return std::nullopt;
    return Suspension{detail::out(s.from), detail::out(s.to), detail::view(s.text)};
  }
  [[nodiscard]] std::optional<Grade> grade() const {
    gj_grade g{};
    g.size = sizeof g;
    if (gj_decision_grade(handle_.get(), &g) != GJ_OK) return std::nullopt;
    return Grade{detail::view(g.name), detail::view(g.label), detail::view(g.state), detail::view(g.why)};
  }

 private:
  explicit Decision(gj_decision* handle) : handle_(handle) {}

  static std::optional<Decimal> upper(const gj_decimal& most, std::int32_t unbounded) {
    if (unbounded != 0) return std::nullopt;
    return Decimal{most.coefficient, most.scale};
  }
  static Part part(const gj_part& p) {
    return {detail::view(p.name),          detail::view(p.label),
            detail::view(p.amount),        {p.least.coefficient, p.least.scale},
            upper(p.most, p.is_unbounded), p.is_known != 0,
            detail::view(p.before),        static_cast<AmountKind>(p.kind),
            detail::view(p.figure)};
  }
  static Failure failure(const gj_failure& f) {
    return {f.id, detail::view(f.name),    detail::view(f.text),
            {},   detail::view(f.text_zh), detail::view(f.text_en),
            {},   detail::view(f.part),    {}};
  }
  static Compared compared(const gj_compared& v) {
    return {detail::view(v.path),  detail::view(v.what),       detail::view(v.value), detail::view(v.relation),
            detail::view(v.bound), detail::view(v.bound_what), detail::view(v.text),  v.holds != 0,
            detail::view(v.place), detail::view(v.reading)};
  }
  static Need need(const gj_need& n) {
    return {detail::view(n.path), detail::view(n.label), detail::view(n.ask), detail::view(n.at)};
  }
  static Named named(const gj_named& n) { return {detail::view(n.name), detail::view(n.label)}; }
  static StandardResult result(const gj_result& r) {
    return {detail::view(r.name),  detail::view(r.label), detail::view(r.state),
            detail::view(r.value), detail::view(r.unit),  detail::view(r.least),
            detail::view(r.most),  detail::view(r.text),  {}};
  }

  template <typename Get>
  [[nodiscard]] std::vector<Citation> citations(std::size_t of, Get get) const {
    std::vector<Citation> all;
    gj_citation c{};
    c.size = sizeof c;
    for (std::size_t i = 0; get(handle_.get(), of, i, &c) == GJ_OK; ++i)
      all.push_back({detail::view(c.title), detail::view(c.articles), detail::view(c.check)});
    return all;
  }

  template <typename Item, typename Raw, typename Get, typename Convert>
  [[nodiscard]] std::vector<Item> list(gj_part_of_decision what, Get get, Convert convert) const {
    std::vector<Item> items;
    const std::size_t count = gj_decision_count(handle_.get(), what);
    items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      Raw raw{};
      raw.size = sizeof raw;
      if (get(handle_.get(), i, &raw) == GJ_OK) items.push_back(convert(raw));
    }
    return items;
  }

  struct Delete {
    void operator()(gj_decision* d) const { gj_decision_delete(d); }
  };
  std::unique_ptr<gj_decision, Delete> handle_;
};

// What a later notice adds to a case: gj_decide_top_up.
struct TopUp {
  Outcome outcome = Outcome::none;
  std::optional<AmountRange> amount;  // equal ends where it is known; none where nothing is added
};
namespace detail {
inline TopUp top_up_from(const gj_top_up& t) {
  TopUp out;
  out.outcome = static_cast<Outcome>(t.outcome);
  if (t.has_amount == 0) return out;
  out.amount.emplace();
  out.amount->least = {t.least.coefficient, t.least.scale};
  if (t.is_unbounded == 0) out.amount->most = Decimal{t.most.coefficient, t.most.scale};
  return out;
}
}  // namespace detail
// Decides into `before` as the rules were known on `from`, and into `after` as known on `to`.
inline Result<TopUp> decide_top_up(const Facts& facts, Date from, Date to, Decision& before, Decision& after) {
  gj_top_up t{};
  t.size = sizeof t;
  gj_error* error = nullptr;
  const gj_status status =
      gj_decide_top_up(facts.handle(), detail::in(from), detail::in(to), before.handle(), after.handle(), &t, &error);
  if (status < 0) return Error(status, error);
  return detail::top_up_from(t);
}

}  // namespace v0
}  // namespace guiju
