// Facts to decision: runs the plan of the version in force. Every requirement is evaluated. What is open stays open:
// truths as sets, members as sets, numbers as intervals (grammar, section "What is known").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"
#include "run/facts.hpp"

namespace guiju::run {

enum class Outcome : std::uint8_t { eligible, ineligible, undetermined, referred, not_in_force, invalid };
[[nodiscard]] std::string_view name_of(Outcome outcome);

struct Options {
  std::optional<Day> as_at;     // the host's day: verification dates are held against it; none, no warning
  std::optional<Day> known_on;  // rules published later are left aside; none, all count
};

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
  std::uint8_t state = 0;     // no bit: not reached (a guard before it fails)
  bool low_open_end = false;  // unbounded below, above
  bool high_open_end = false;
  bool any = false;           // text, region: any value
  std::uint64_t mask = 0;     // truth (1 false, 2 true), members, rows of a table
  i128 low = 0, low_den = 1;  // number (numerator, denominator), day, months or days, region
  i128 high = 0, high_den = 1;
  plan::Index text = plan::kNone;  // text: index into Decision::texts
};

struct Mark {  // why a case is referred
  enum Kind : std::uint8_t { undecided, not_found, discretion, gap, conflict, left } kind = undecided;
  plan::Index choice = plan::kNone;     // undecided, not_found, discretion, left
  plan::Index gap_index = plan::kNone;  // gap, conflict: GapInfo of the section
};
struct Failed {
  plan::Index requirement;  // in the section
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
  std::string name;  // ensure, part
};
struct MoneyRange {
  i128 least = 0, most = 0;  // fen
  bool unbounded = false;    // above
  [[nodiscard]] bool known() const { return !unbounded && least == most; }
};

// Reused from case to case.
struct Decision {
  Outcome outcome = Outcome::invalid;
  plan::Index section = plan::kNone;  // the version that governed
  plan::Index nearest = plan::kNone;  // not_in_force
  // not_in_force because of a suspension: of the section (programmes) or of the outputs (standards).
  const plan::SuspensionInfo* suspended = nullptr;
  std::optional<Day> reference_date;
  bool has_amount = false;
  MoneyRange amount;
  std::vector<MoneyRange> parts;    // by PartInfo
  std::vector<MoneyRange> shares;   // by ShareInfo
  std::vector<plan::Index> failed;  // requirements of the section that fail in every completion, in order
  std::vector<std::string> needs;   // paths of the open facts that matter, in the order of the layout
  std::vector<Mark> marks;          // undecided texts that matter
  std::vector<plan::Index> owed;    // documents
  std::vector<BadFact> bad;         // bad facts that the plan reads
  std::vector<Error> errors;
  Options options;
  // workspace: the slots of the section that ran last, for reasons and traces
  std::vector<Value> slots;
  std::vector<std::string_view> texts;  // into facts and plan
  bool reasons_evaluated = false;
};

// Programmes and standards alike. Facts and decision belong to the calling thread.
void decide(const Facts& facts, const Options& options, Decision& decision);

// Runs the operations that only feed reasons, so that templates can be filled. Idempotent.
void evaluate_reasons(const Facts& facts, Decision& decision);

}  // namespace guiju::run
