// Small groups with local programmes, of which every completion of the open facts can be listed: what the engine says
// of who is granted, what each pays by itself and the sum must be what all completions say together, and no more open.
#pragma once

#include <cstdint>
#include <ostream>

namespace guiju::reference {

struct SmallGroupOptions {
  std::uint64_t seed = 1;
  std::uint64_t first = 0, groups = 300;
  std::uint64_t cases = 12;  // a group
  bool keep_going = false;
};

[[nodiscard]] bool run_small_groups(const SmallGroupOptions& options, std::ostream& out);

}  // namespace guiju::reference
