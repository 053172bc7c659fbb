// From one pass over the plan to the answer that holds for every completion of the open facts and texts: cells, cases
// and the order of asking. Private to run/.
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "run/assumptions.hpp"

namespace guiju::run {

// One pass over the version or versions in force, with what Decision::supposed says; `open` tells what it depends on.
// Sound, and exact where every open fact reaches the answer on one path.
void decide_in_one_pass(const Facts& facts, Decision& decision);

// Into how many cases it is split at most: fewer where each runs over the entries of long lists.
[[nodiscard]] std::size_t most_cases(const Facts& facts, const Options& options);

// Passes under assumptions, as many as the limit of the case allows.
class Prober {
 public:
  using Pass = std::function<void(const Facts& facts, Decision& decision)>;
  Prober(const Facts& facts, const Options& options, Pass pass = decide_in_one_pass);

  // One pass with what is supposed now.
  void run(Decision& decision);
  [[nodiscard]] bool exhausted() const { return passes_ >= limit_; }

  // What the open fact or text could be, in cells in which no comparison turns; one cell where it cannot be told apart.
  [[nodiscard]] std::vector<Cell> cells(const OpenSource& source);

  Assumptions supposed;

 private:
  [[nodiscard]] std::vector<Cell> members(const Value& domain) const;
  [[nodiscard]] std::vector<Cell> stretches(const OpenSource& source);
  [[nodiscard]] std::vector<Cell> texts(const OpenSource& source);
  // The points of a number or a day, counted from 0.
  struct Steps {
    const OpenSource& source;
    i128 to_a_unit = 1;
    [[nodiscard]] Fraction at(i128 point) const { return reduced({point, to_a_unit}); }
  };
  [[nodiscard]] std::vector<int> signs_at(const Steps& steps, i128 point);
  void find_turns(const Steps& steps, i128 low, const std::vector<int>& at_low, i128 high,
                  const std::vector<int>& at_high, std::vector<i128>& turns);
  std::vector<i128> turns_between(const Steps& steps, i128 low, i128 high);

  struct Turns {
    OpenSource source;
    std::vector<i128> points;
  };

  const Facts& facts_;
  Options options_;
  Pass pass_;
  Decision scratch_;
  std::vector<Turns> turns_;  // of sources that were cut before, beside other assumptions
  std::uint64_t passes_ = 0;
  std::uint64_t limit_ = 0;
  bool silence_matters_ = false;  // some operation asks whether a fact can be said
};

// Of others no completion is refused: they are owed, met, attained or not.
[[nodiscard]] inline bool grants(const plan::ProgramInfo& program) {
  return program.kind != plan::ProgramInfo::duty && program.kind != plan::ProgramInfo::targets;
}

// Where one pass leaves the answer open: splits it into cases and says what holds in all of them.
void split(const Facts& facts, Prober& prober, Decision& decision);

// Decision::needs and stuck_on, from what is open.
void order_questions(const Facts& facts, Prober& prober, Decision& decision);

}  // namespace guiju::run
