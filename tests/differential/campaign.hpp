// One differential run: makes files, compiles them with the real compiler, decides random cases both ways, and cuts
// down what fails.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

namespace guiju::reference {

struct Options {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;       // number of the first file
  std::uint64_t programs = 500;  // programmes in all; files hold one to four
  std::uint64_t facts = 20;      // cases a programme, half of them with open facts
  std::uint64_t seconds = 0;     // stop after so long; 0: never
  bool verbose = false;
  bool shrink = true;
  bool keep_going = false;  // report every failure, not the first
};

[[nodiscard]] std::string file_text(std::uint64_t seed, std::uint64_t number);
// True where everything agreed.
[[nodiscard]] bool run_campaign(const Options& options, std::ostream& out);
// Of the rule files in a folder, which differed once: `facts` cases of each programme. What is random is made otherwise
// as the generator grows; these stay.
[[nodiscard]] bool run_kept(const std::string& folder, const Options& options, std::ostream& out);

}  // namespace guiju::reference
