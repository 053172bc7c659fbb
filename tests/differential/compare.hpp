// Holds an engine's decision against the reference: the exact answer where every fact is known, soundness where facts
// or texts are open (whatever a completion gives must lie in what the engine said).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "reference.hpp"
#include "run/decide.hpp"
#include "trace_lines.hpp"
#include "why.hpp"

namespace guiju::reference {

struct Counts {
  std::uint64_t cases = 0;
  std::uint64_t exact = 0;                     // every fact and text known: the one answer was given
  std::array<std::uint64_t, 14> by_outcome{};  // of the engine
  std::uint64_t open = 0;                      // some fact or text open
  std::uint64_t loose = 0;                     // the engine left open what every completion tried agreed on
  std::uint64_t overflow = 0;                  // the engine gave up where the reference did not
  std::uint64_t unreached = 0;                 // an absent value met an operator; not compared
  WhyCounts why;
  std::uint64_t ways = 0, asked = 0, ended = 0;  // by reading; questions, and how often they ended in a settled answer
  TraceCounts trace;
  std::uint64_t top_ups = 0, raised = 0;
  std::uint64_t no_payments = 0;                                    // ceilings, averages, and what nobody is paid
  std::uint64_t targets = 0, targets_exact = 0, targets_loose = 0;  // rows
  std::uint64_t combinations = 0;                                   // of groups, with known and with open facts
  std::uint64_t contested = 0;                                      // known: somebody was excluded by another or cut
  std::uint64_t combinations_open = 0, combinations_loose = 0;
};

// What the reference says is among what the engine leaves possible.
[[nodiscard]] bool may_be(const run::Value& got, const plan::SlotInfo& slot, const Value& value);
[[nodiscard]] run::Outcome same_outcome(Outcome outcome);
// Empty where they agree, else what differs.
[[nodiscard]] std::string compare_known(const run::Decision& decision, const plan::ProgramInfo& program,
                                        const Results& reference, Counts& counts);
// `completions` are the results of completions of the case, several a completion where texts are open. `open` are the
// paths of the facts that are open.
[[nodiscard]] std::string compare_open(const run::Decision& decision, const plan::ProgramInfo& program,
                                       const std::vector<Results>& completions, const std::vector<std::string>& open,
                                       Counts& counts);

// A decision in which open texts are read in one way, against completions that read them so.
[[nodiscard]] std::string compare_as_read(const run::Decision& decision, const plan::ProgramInfo& program,
                                          const std::vector<Results>& completions, bool known);

[[nodiscard]] std::string compare_grade(const run::Decision& decision, const plan::Plan& plan,
                                        const plan::ProgramInfo& standard, const std::vector<GradeResult>& reference,
                                        bool known);
[[nodiscard]] std::string show(const run::Decision& decision, const plan::ProgramInfo& program);

}  // namespace guiju::reference
