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

inline gj_need need_out(const explain::Need& need) {
  gj_need value{};
  value.path = text_out(need.path);
  value.label = text_out(need.label);
  value.ask = text_out(need.ask);
  value.at = text_out(need.at);
  return value;
}

inline gj_referral referral_out(const explain::Referral& referral) {
  gj_referral value{};
  value.what = text_out(referral.what);
  value.name = text_out(referral.name);
  value.why = text_out(referral.why);
  value.reading_count = referral.readings.size();
  return value;
}

inline gj_text reading_out(const std::vector<explain::Referral>& referrals, std::size_t referral, std::size_t index) {
  const bool there = referral < referrals.size() && index < referrals[referral].readings.size();
  return there ? text_out(referrals[referral].readings[index]) : no_text();
}

inline gj_bad_fact bad_fact_out(const explain::Invalid& bad) {
  gj_bad_fact value{};
  value.path = text_out(bad.path);
  value.got = text_out(bad.got);
  value.allowed = text_out(bad.allowed);
  return value;
}

}  // namespace guiju::capi
