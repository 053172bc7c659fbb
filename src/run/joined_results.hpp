// What several cases of a unit come to together: what holds in each of them holds, and the rest is open. The cases may
// be values of an unknown fact or versions of a group of which it is open which governs. Private to run/.
#pragma once

#include "run/unit.hpp"

namespace guiju::run {

// Something is granted, or may be.
[[nodiscard]] bool pays(const Standing& standing);

// Nothing of what is granted is open; why somebody is granted nothing may be.
[[nodiscard]] bool is_settled(const UnitResult& result);

// Both are settled, and the same is granted.
[[nodiscard]] bool same(const UnitResult& a, const UnitResult& b);

void join(UnitResult& all, const UnitResult& part);

}  // namespace guiju::run
