// See top_up_trial.hpp.
#include "top_up_trial.hpp"

#include "run/top_up.hpp"

namespace guiju::reference {

namespace {

constexpr std::size_t kPathsOfTopUp = 60;

struct Raise {
  Outcome outcome = Outcome::invalid;  // of the later day; invalid where the earlier one is
  std::optional<Number> amount;
  bool usable = true;
};

Raise raise_of(const model::Program& program, Case facts, Day known_from, Day known_to, Oracle& oracle) {
  Raise out;
  facts.known_on = known_from;
  const Result before = decide_once(program, facts, oracle);
  facts.known_on = known_to;
  const Result after = decide_once(program, facts, oracle);
  out.usable = before.fault != kAbsentUsed && after.fault != kAbsentUsed;
  out.outcome = after.outcome;
  if (after.outcome != Outcome::eligible) return out;
  if (before.outcome == Outcome::invalid) {
    out.outcome = Outcome::invalid;
    return out;
  }
  if (!after.amount) return out;
  const Number then = before.outcome == Outcome::eligible && before.amount ? paid(before, oracle) : Number(0);
  out.amount = std::max(Number(0), Number(paid(after, oracle) - then));
  return out;
}

bool raise_lies_in(const Number& amount, const run::MoneyRange& range) {
  return Number(integer(range.least), 100) <= amount && (range.unbounded || amount <= Number(integer(range.most), 100));
}

std::string held_against(const run::TopUp& got, const Raise& r, bool exact) {
  const bool open = got.outcome == run::Outcome::undetermined || got.outcome == run::Outcome::referred;
  if (!open && got.outcome != same_outcome(r.outcome)) return "is " + std::string(run::name_of(got.outcome));
  if (exact && open) return "is left open";
  if (r.outcome != Outcome::eligible) return "";
  if (got.has_amount != r.amount.has_value()) return "has another kind of amount";
  if (!r.amount) return "";
  if (!raise_lies_in(*r.amount, got.amount)) return "cannot be " + show(*r.amount);
  if (exact && !got.amount.known()) return "is left between bounds, " + show(*r.amount);
  return "";
}

}  // namespace

std::string check_top_up(const run::Facts& facts, const run::Options& options, const model::Program& program,
                         const std::vector<Case>& completions, Day known_from, Day known_to, bool open,
                         Counts& counts) {
  run::Decision before;
  run::Decision after;
  const run::TopUp got = run::decide_top_up(facts, options, known_from, known_to, before, after);
  std::vector<Raise> raises;
  bool asked = false;
  for (const Case& known : completions) {
    Oracle oracle;
    for (std::size_t path = 0; path < kPathsOfTopUp; ++path) {
      const Raise r = raise_of(program, known, known_from, known_to, oracle);
      asked = asked || oracle.asked();
      if (!r.usable) return "";
      raises.push_back(r);
      if (!oracle.next()) break;
    }
  }
  ++counts.top_ups;
  for (const Raise& r : raises) {
    // An error that only some completions have.
    if (r.outcome == Outcome::invalid && (open || asked)) continue;
    if (std::string fault = held_against(got, r, !open && !asked); !fault.empty())
      return "the top-up " + fault + ", of the reference " + std::string(run::name_of(same_outcome(r.outcome)));
    if (r.amount && *r.amount > 0) ++counts.raised;
  }
  return "";
}

}  // namespace guiju::reference
