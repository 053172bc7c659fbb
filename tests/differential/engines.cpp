// See engines.hpp.
#include "engines.hpp"

#include <span>

#include "receipt/answer.hpp"
#include "receipt/receipt.hpp"

namespace guiju::reference {

namespace {

struct Engine {
  const char* name;
  void (*decide)(const run::Facts& facts, const run::Options& options, run::Decision& decision);
};

// Another engine over the same plan is one more row.
constexpr Engine kEngines[] = {{"machine", run::decide_by_machine}, {"kernel", run::decide}};

}  // namespace

std::string decide_by_engines(const run::Facts& facts, const run::Options& options, run::Decision& decision) {
  const std::span engines(kEngines);
  engines.front().decide(facts, options, decision);
  for (const Engine& other : engines.subspan(1)) {
    run::Decision again;
    other.decide(facts, options, again);
    const auto difference = json::first_difference(receipt::answer(receipt::kNewestFormat, facts, decision),
                                                   receipt::answer(receipt::kNewestFormat, facts, again));
    if (difference)
      return std::string(other.name) + " differs at " + difference->path + ": " + difference->was + ", " +
             difference->now;
  }
  return "";
}

}  // namespace guiju::reference
