// Bounds on what a rule file may ask of the compiler. Past each comes an ordinary diagnostic. Hosts may lower or raise them up
// to the hard maximum; zero means the default.
#pragma once

#include <cstdint>

namespace guiju::syntax {

struct Limits {
  std::uint32_t source_bytes = 4U << 20U;   // the largest real rule file is far below 1 MiB; hard maximum 64 MiB
  std::uint32_t nesting = 64;               // brackets and expressions inside each other; hard maximum 256
  std::uint32_t messages = 50;              // more than anybody reads at once; hard maximum 10,000
  std::uint32_t tokens = 2'000'000;         // bounds memory to some 100 MB; hard maximum 20,000,000
  std::uint32_t data_bytes = 32U << 20U;    // a CSV file beside the rules: a catalogue of 100,000 models has some 10 MiB; hard maximum 64 MiB
  std::uint32_t files = 1'000;              // of one rulebook, data files included; hard maximum 100,000

  bool operator==(const Limits&) const = default;
};

}  // namespace guiju::syntax
