// See engines.hpp.
#include "engines.hpp"

#include "c_engine.hpp"
#include "receipt/answer.hpp"
#include "receipt/receipt.hpp"
#include "row_engine.hpp"
#include "run/kernels.hpp"

namespace guiju::reference {

namespace {

// False where it leaves the case to the machine.
struct Engine {
  const char* name;
  bool (*decide)(const run::Facts& facts, const run::Options& options, run::Decision& decision);
};

// Another engine over the same plan is one more row.
constexpr Engine kOthers[] = {{"kernel", run::decide_by_kernel},
                              {"row", decide_as_row},
                              {"row of known facts", decide_as_known_row},
                              {"row step by step", decide_as_row_step_by_step},
                              {"facts as a row", decide_facts_as_row}};

}  // namespace

std::string decide_by_engines(const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  run::decide_by_machine(facts, options, decision);
  for (const Engine& other : kOthers) {
    run::Decision again;
    again.options = options;
    if (!other.decide(facts, options, again)) continue;
    const auto difference = json::first_difference(receipt::answer(receipt::kNewestFormat, facts, decision),
                                                   receipt::answer(receipt::kNewestFormat, facts, again));
    if (difference)
      return std::string(other.name) + " differs at " + difference->path + ": " + difference->was + ", " +
             difference->now;
  }
  return difference_in_c(facts, options, decision);
}

}  // namespace guiju::reference
