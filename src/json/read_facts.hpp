// Facts from JSON. The object mirrors the `given` names of the programme; numbers are read from their digits.
//
//   scalar      a value as written.hpp reads it; null is absent; "?" is unknown; {"state": "unknown" | "unknowable" |
//               "absent"}; {"value": "?"} is that text; {"state": "bad", "got": "…"} a value that could not be read
//   record      an object; "?" in it is the state of an optional record that may not exist
//   list        an array, which is an incomplete history (a plain list is always complete), or {"complete": true,
//               "entries": […]}, or a state
//   not named   stays as it was
//   //…         a comment, whatever its value
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "json/fact_names.hpp"
#include "json/written.hpp"
#include "run/facts.hpp"

namespace guiju::json {

struct ReadLimits {
  std::size_t bytes = 16U << 20U;  // a case with ten thousand earlier grants is some 2 MiB
  std::size_t depth = 32;          // rule files nest records four deep at most
  std::size_t entries = 100'000;   // of one list
  Shares shares = Shares::up_to_one;
};
// Of what receipts hold.
constexpr ReadLimits kOnRecord{.shares = Shares::any};

struct ReadResult {
  // What concerns no single value: unknown keys, keys that stand twice, text that is no JSON. The case cannot be
  // decided.
  std::vector<run::BadFact> refused;
  bool malformed = false;       // no JSON, or no object: whatever stood before the fault may have been set
  plan::LocalText mistake;      // then: what is wrong, and where
  bool has_bad_values = false;  // values that their fields do not allow; Facts keeps them
  [[nodiscard]] bool clean() const { return refused.empty() && !has_bad_values; }
};

[[nodiscard]] ReadResult read_facts(run::Facts& facts, const ProgramNames& names, std::string_view text,
                                    const ReadLimits& limits = {});

// The same for case after case, with the memory of the last one. One thread at a time; one for each Facts, which may
// not move meanwhile.
class FactsReader {
 public:
  FactsReader();
  FactsReader(const FactsReader&) = delete;
  FactsReader& operator=(const FactsReader&) = delete;
  ~FactsReader();

  [[nodiscard]] ReadResult read(run::Facts& facts, const ProgramNames& names, std::string_view text);

  struct Memory;

 private:
  std::unique_ptr<Memory> memory_;
};

// The facts of one programme out of an object that holds those of many: names at the top, and of documents, that it
// does not know are left to the others.
struct SharedReadResult {
  ReadResult reading;
  std::vector<std::string> taken;    // top-level names, by their first spelling
  std::vector<std::string> unknown;  // names that it does not know: "purchase", "documents.label"
};
// `leave_out`: top-level names that are not read though it knows them.
[[nodiscard]] SharedReadResult read_shared_facts(run::Facts& facts, const ProgramNames& names, std::string_view text,
                                                 const std::vector<std::string>& leave_out,
                                                 const ReadLimits& limits = {});

}  // namespace guiju::json
