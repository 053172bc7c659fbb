// Which of the programmes of a group are granted together: figures in, sets out. Knows nothing of rules or facts.
#pragma once

#include <cstdint>
#include <vector>

#include "values/int128.hpp"

namespace guiju::run {

using Set = std::uint32_t;  // a bit a member

inline constexpr i128 kNoEnd = i128{1} << 120;  // of an amount that nothing bounds

enum class Conflict : std::uint8_t { never, maybe, always };

struct Weights {
  struct Member {
    bool possible = false;     // may be granted by its own rules …
    bool certain = false;      // … and is
    i128 least = 0, most = 0;  // what it pays by itself, in fen
    bool on_what_remains = false;
  };
  std::vector<Member> members;                   // in the order of the group
  std::vector<std::vector<Conflict>> conflicts;  // by two members
  bool listed = false;                           // the first in order wins; else whatever pays most
  i128 ceiling_least = kNoEnd, ceiling_most = kNoEnd;
  std::vector<std::uint32_t> giving_way;  // all members
};

struct Weighing {
  std::vector<Set> candidates;  // that may be the one granted: of one alone it is certain
  std::vector<Set> choices;     // lawful and as large as may be; best first, a single candidate before all others
  i128 least = 0, most = 0;     // of the total of whichever is granted
};

// Of sets that pay the same the one with the earlier members is taken. The ceiling chooses nobody: as the total of a
// set is its sum or the ceiling, the set with the greatest sum has the greatest total.
[[nodiscard]] Weighing weigh(const Weights& weights);

// What each member of the set is granted under the ceiling, from what each pays by itself.
[[nodiscard]] std::vector<i128> footed(const Weights& weights, Set set, const std::vector<i128>& amounts, i128 ceiling);

struct Bounds {
  i128 least = 0, most = 0;
};
// What one member of the set may be granted, over all that is open.
[[nodiscard]] Bounds granted(const Weights& weights, Set set, std::size_t member);

}  // namespace guiju::run
