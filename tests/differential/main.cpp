// The random differential run: generated programmes and facts, decided by the engine and by the reference evaluator.
//
//   test_differential [--seed N] [--programs N] [--first K] [--facts N] [--program K] [--verbose] [--no-shrink]
//   test_differential --print K      only writes the file of that number
//   test_differential --kept FOLDER [--facts N]   the rule files in it, which differed once
//   test_differential --small N [--exact]   N small programmes, with every completion of their open facts
//   test_differential --small-groups N      N small groups, likewise
//
// Every file has its own number; with the seed it names the file and its facts. `--program K` runs that one alone.
#include <chrono>
#include <cstring>
#include <iostream>

#include "campaign.hpp"
#include "completions.hpp"
#include "small_groups.hpp"

int main(int argc, char** argv) {
  guiju::reference::Options options;
  bool print = false;
  std::string kept;
  guiju::reference::SmallOptions small;
  bool only_small = false;
  guiju::reference::SmallGroupOptions small_groups;
  bool only_small_groups = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto number = [&]() -> std::uint64_t { return i + 1 < argc ? std::strtoull(argv[++i], nullptr, 10) : 0; };
    if (word == "--seed")
      options.seed = number();
    else if (word == "--programs")
      options.programs = number();
    else if (word == "--first")
      options.first = number();
    else if (word == "--facts")
      options.facts = number();
    else if (word == "--seconds")
      options.seconds = number();
    else if (word == "--verbose")
      options.verbose = true;
    else if (word == "--exact")
      small.exact = true;
    else if (word == "--small") {
      small.programs = number();
      only_small = true;
    } else if (word == "--small-groups") {
      small_groups.groups = number();
      only_small_groups = true;
    } else if (word == "--no-shrink")
      options.shrink = false;
    else if (word == "--kept")
      kept = i + 1 < argc ? argv[++i] : "";
    else if (word == "--keep-going")
      options.keep_going = true;
    else if (word == "--program" || word == "--print") {
      options.first = number();
      options.programs = 1;
      print = word == "--print";
    } else {
      std::cerr << "unknown option " << word << "\n";
      return 2;
    }
  }
  if (!kept.empty()) return guiju::reference::run_kept(kept, options, std::cout) ? 0 : 1;
  if (only_small_groups) {
    small_groups.seed = options.seed;
    small_groups.first = options.first;
    small_groups.keep_going = options.keep_going;
    return guiju::reference::run_small_groups(small_groups, std::cout) ? 0 : 1;
  }
  if (only_small) {
    small.seed = options.seed;
    small.first = options.first;
    small.keep_going = options.keep_going;
    return guiju::reference::run_completions(small, std::cout) ? 0 : 1;
  }
  if (print) {
    std::cout << guiju::reference::file_text(options.seed, options.first);
    return 0;
  }
  return guiju::reference::run_campaign(options, std::cout) ? 0 : 1;
}
