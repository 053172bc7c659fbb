// Facts to decision: runs the plan of the version in force. Every requirement is evaluated. What is open stays open:
// truths as sets, members as sets, numbers as intervals (grammar, section "What is known").
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"
#include "run/facts.hpp"
#include "run/facts_as_row.hpp"
#include "run/index_set.hpp"
#include "run/packed_facts.hpp"

namespace guiju::run {

enum class Outcome : std::uint8_t {
  eligible,
  ineligible,
  undetermined,
  referred,
  not_in_force,
  invalid,
  // duties
  not_owed,
  owed,
  met,
  late,
  overdue,
  // targets
  attained,
  open,
  missed
};
[[nodiscard]] std::string_view name_of(Outcome outcome);

struct Options {
  // The host's day: verification dates, deadlines and last days of targets are held against it; none, no warning, and
  // what depends on it stays open.
  std::optional<Day> as_at;
  std::optional<Day> known_on;  // rules published later are left aside; none, all count
  // How many cases an open decision is split into at most; past that it stays as open as it is. A case costs about one
  // decision; where lists are long it counts for more. Never more than kMostCases.
  std::uint32_t max_cases = 4096;
  plan::Index row = 0;  // of targets: which of them is asked
};
inline constexpr std::uint32_t kMostCases = 1U << 20U;

// The value of one slot: everything it could be.
struct Value {
  // may_be_refused: read from a row that grants nothing, so that the case fails under the name of the table.
  enum State : std::uint8_t {
    has_value = 1,
    may_be_absent = 2,
    may_be_unlimited = 4,
    may_fail = 8,
    may_be_refused = 16
  };
  // May it be said? An unknown fact of a field `or unknowable` may turn out silent.
  enum Silence : std::uint8_t { speaks, may_be_silent, silent };
  std::uint8_t state = 0;     // no bit: not reached (a guard before it fails)
  bool low_open_end = false;  // unbounded below, above
  bool high_open_end = false;
  Silence silence = speaks;
  bool any = false;           // text, region: any value; of a text `low` may name those that it is not (Assumptions)
  std::uint64_t mask = 0;     // truth (1 false, 2 true), members, rows of a table
  i128 low = 0, low_den = 1;  // number (numerator, denominator), day, months or days, region
  i128 high = 0, high_den = 1;
  plan::Index text = plan::kNone;  // text: index into Decision::texts
};

// An open fact of the case or of an entry of a list, or an open text, that an answer depends on. A named text is one
// source wherever it stands.
struct OpenSource {
  const FactValue* fact = nullptr;         // one of fact and choice is set
  const plan::FieldInfo* field = nullptr;  // of the fact
  std::string path;                        // of the fact
  plan::Index choice = plan::kNone;
  plan::SlotClass cls = plan::SlotClass::truth;
  std::size_t readings = 0;         // of a text; 0: it has none, `domain` says what it could be
  plan::SlotId slot = plan::kNone;  // of such a text, and of papers
  Value domain;
  bool unsaid = false;     // of papers: none of them says anything
  bool split = false;      // something is supposed of it already
  std::uint8_t paths = 0;  // on which it reaches the answer; 2: two or more
  // A paper that cannot be said, behind this one that cannot either: either would have told what is open.
  const FactValue* behind = nullptr;

  [[nodiscard]] bool same(const OpenSource& other) const { return fact == other.fact && choice == other.choice; }
};

class Assumptions;
struct Trace;

struct Mark {  // why a case is referred
  enum Kind : std::uint8_t {
    undecided,
    not_found,
    discretion,
    gap,
    conflict,
    left,
    contradiction,
    about,
    judged
  } kind = undecided;
  plan::Index choice = plan::kNone;     // undecided, not_found, discretion, left
  plan::Index gap_index = plan::kNone;  // gap, conflict: GapInfo of the section
  plan::SlotId slot = plan::kNone;      // contradiction: of what the papers should agree on, in the section
  // None of the papers says anything. They do not contradict each other, there is nothing to refer to a person: it
  // keeps a case open while that is worked out, and is never told.
  bool unsaid = false;

  bool operator==(const Mark&) const = default;
};
// That this text is open.
[[nodiscard]] Mark mark_of(const plan::Plan& plan, plan::Index choice);
struct FailedOne {
  plan::Index section, requirement;
};
// A paper of which it is open whether it is owed, or of a version that is itself open.
struct OpenPaper {
  plan::Index section = plan::kNone, document = plan::kNone;
  bool surely = false;             // owed in every completion
  std::vector<std::string> needs;  // else the facts that would say, by path …
  std::vector<Mark> marks;         // … and the texts
};
struct Error {  // in the decision: overflow, division by zero, a date out of range, a failed ensure
  enum Kind : std::uint8_t {
    overflow,
    division_by_zero,
    date_out_of_range,
    negative_part,
    domain,
    ensure
  } kind = overflow;
  plan::Index place = plan::kNone;
  std::string name;                // ensure
  plan::Index part = plan::kNone;  // negative_part: of the section
};
struct MoneyRange {
  i128 least = 0, most = 0;  // fen
  bool unbounded = false;    // above
  [[nodiscard]] bool known() const { return !unbounded && least == most; }
  bool operator==(const MoneyRange&) const = default;
};
[[nodiscard]] MoneyRange hull(const MoneyRange& a, const MoneyRange& b);  // what either may be
// What one case may be paid where the rules give this figure: up to a ceiling; of an average nothing follows for one;
// of a charge, a deduction or a credit nothing is paid.
[[nodiscard]] MoneyRange payable(const MoneyRange& figure, AmountKind kind);
// What a figure is that may be either: something that may be paid and something beside payments is paid up to its most.
[[nodiscard]] AmountKind either_kind(AmountKind a, AmountKind b);

// Reused from case to case.
struct Decision {
  // Defaulted once, in decide.cpp: inline they would be compiled anew in every file that holds one.
  Decision();
  Decision(const Decision& other);
  Decision(Decision&& other) noexcept;
  Decision& operator=(const Decision& other);
  Decision& operator=(Decision&& other) noexcept;
  ~Decision();

  Outcome outcome = Outcome::invalid;
  plan::Index section = plan::kNone;  // the version that governed
  plan::Index nearest = plan::kNone;  // not_in_force
  // not_in_force because of a suspension: of the section (programmes) or of the outputs (standards).
  const plan::SuspensionInfo* suspended = nullptr;
  std::optional<Day> reference_date;
  bool has_amount = false;
  AmountKind amount_kind = AmountKind::payment;
  MoneyRange amount;
  std::vector<MoneyRange> parts;   // by PartInfo
  std::vector<MoneyRange> shares;  // by ShareInfo
  // Requirements of the section that fail in every completion; of a duty the obligations that hold.
  IndexSet failed;
  IndexSet refused;         // part requirements of the section that fail in every completion
  std::vector<Value> told;  // of Section::told, over every completion; empty where versions differ
  // Facts that would settle an undetermined case, the one that settles most first. Where none of those that matter can
  // be asked, `stuck_on` names them.
  std::vector<std::string> needs;
  std::vector<std::string> stuck_on;
  bool may_be_refused = false;        // undetermined, referred: some completion is not eligible
  bool may_be_invalid = false;        // of these: some completion is in error
  std::vector<FailedOne> failed_one;  // ineligible: some of these fail in every completion, which ones is open
  std::vector<Mark> marks;            // undecided texts that matter
  IndexSet owed;                      // documents of the section that are owed in every completion
  std::vector<OpenPaper> papers;      // those of which that is not known
  std::vector<BadFact> bad;           // bad facts that the plan reads
  std::vector<Error> errors;
  Options options;
  // workspace: what a run supposes and tells of itself, and what it found open
  const Assumptions* supposed = nullptr;
  Trace* trace = nullptr;
  std::vector<OpenSource> open;
  // workspace: the slots of the section that ran last, for reasons and traces
  std::vector<Value> slots;
  std::vector<std::string_view> texts;  // into facts and plan
  bool reasons_evaluated = false;
  PackedFacts packed;
  FactsAsRow as_row;
};

// Empties it for the next case; options and memory stay.
void clear(Decision& decision);

// Programmes and standards alike. Facts and decision belong to the calling thread.
void decide(const Facts& facts, const Options& options, Decision& decision);

// The same without the short way by kernels (run/kernels.hpp), for what is held against it.
void decide_by_machine(const Facts& facts, const Options& options, Decision& decision);

// Every row of targets, in order; `decisions` is reused.
void decide_rows(const Facts& facts, const Options& options, std::vector<Decision>& decisions);

// The versions that may govern (plan::kNone: none), for what is no programme itself: groups. Bad facts and errors of
// the dates go to `decision`, with the reference date.
struct Selected {
  std::vector<plan::Index> versions;
  std::vector<std::string> needs, stuck_on;
  std::vector<Mark> marks;
  std::vector<OpenSource> open;
};
[[nodiscard]] Selected select(const Facts& facts, const Options& options, Decision& decision);

// Runs the operations that only feed reasons, so that templates can be filled. Idempotent.
void evaluate_reasons(const Facts& facts, Decision& decision);

// A requirement on every entry of a list, of the section of the decision: calls `tell` for each entry for which it
// fails whatever is open, with its path; meanwhile the slots of `decision` are those of that entry.
void for_each_failing_entry(const Facts& facts, Decision& decision, const plan::RequirementInfo& requirement,
                            const std::function<void(std::size_t entry, const std::string& path)>& tell);
// The same for the entries that a fold over a list counts.
void for_each_counted_entry(const Facts& facts, Decision& decision, plan::SlotId fold,
                            const std::function<void(std::size_t entry, const std::string& path)>& tell);

}  // namespace guiju::run
