// A combination in words and figures: what each programme says of one case, what is granted of it together, and why the
// rest lost. What the command prints and the C interface hands out.
#pragma once

#include <string>
#include <vector>

#include "explain/explanation.hpp"
#include "run/combine.hpp"

namespace guiju::explain {

// Yuan with two decimals. Known: all three the same; unbounded: `most` is empty; no amount: all are empty.
struct AmountText {
  std::string exact, least, most;
};
struct CombinedProgram {
  std::string program, program_label;
  std::string outcome;              // of its own decision; empty where it was not asked
  std::string version;              // that governed
  std::string standing;             // granted, excluded, nothing_left, open, not_granted, not_asked
  std::string group;                // empty: no group relates it, it stacks
  AmountText own;                   // what it pays by itself
  AmountText granted;               // what it pays beside the others
  std::string by, by_label, under;  // excluded, carried_out: by which programme, under which name
  std::string why;
  std::vector<CitationText> cites;  // excluded: of the exclusion
};
struct CombinedChoice {
  std::vector<std::string> programs;
  std::vector<std::string> labels;  // by programme
  std::vector<AmountText> amounts;  // by programme
  AmountText total;
  bool suggested = false;  // what is granted or, where the applicant chooses, the one that pays most
  bool open = false;       // a fact that it hangs on is missing
};
struct CombinedGroup {
  std::string group, group_label;
  std::string version, version_label;  // empty: none governs, or it is open which
  std::string reference_date;
  std::string outcome;
  std::string winner;  // applicant, highest, listed; empty where it is open which version governs
  AmountText total;
  std::vector<CombinedChoice> choices;  // the suggested one first
  std::vector<std::string> needs;       // paths
  std::vector<std::string> stuck_on;    // likewise; what matters and cannot be said, where nothing is left to ask
  std::vector<Warning> warnings;        // by which other readings something else would be granted
};
struct CombinationText {
  // Defaulted once, in explanation.cpp: inline they would be compiled anew in every file that holds one.
  CombinationText();
  CombinationText(const CombinationText& other);
  CombinationText(CombinationText&& other) noexcept;
  CombinationText& operator=(const CombinationText& other);
  CombinationText& operator=(CombinationText&& other) noexcept;
  ~CombinationText();

  std::string outcome;
  AmountText total;
  std::vector<CombinedProgram> programs;  // all of the rules, in their order
  std::vector<CombinedGroup> groups;
  std::vector<Need> needs;
  std::vector<Need> stuck_on;  // undetermined, and none of the facts that matter can be said
  std::vector<Referral> referred;
  std::vector<Invalid> invalid;
  std::vector<Explanation> decisions;  // of the programmes that were asked
};

[[nodiscard]] CombinationText explain(const run::CaseFacts& facts, const run::Combination& combination, bool english);
// Facts that could not be read as they stand: invalid, and nothing decided.
[[nodiscard]] CombinationText refuse(const std::vector<run::BadFact>& refused, bool english);

}  // namespace guiju::explain
