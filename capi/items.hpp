// The getters of the items of a decision: find, convert, fill.
#pragma once

#include "boundary.hpp"

namespace guiju::capi {

inline const gj_decision& decided(const gj_decision* decision) {
  const gj_decision& found = require(decision, "decision");
  if (found.program == nullptr) throw Failure{GJ_E_STATE, "还没有作出决定", "nothing was decided yet"};
  return found;
}

template <typename Struct, typename Make>
gj_status give(const gj_decision* decision, Struct* out, Make make) noexcept {
  return guarded(nullptr, [&] { return fill(out, make(decided(decision))); });
}

}  // namespace guiju::capi
