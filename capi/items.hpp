// The getters of the items of a decision: find, convert, fill.
#pragma once

#include "boundary.hpp"

namespace guiju::capi {

inline const gj_decision& decided(const gj_decision* decision) {
  const gj_decision& found = require(decision, "decision");
  if (found.program == nullptr) throw Failure{GJ_E_STATE, "还没有作出决定", "nothing was decided yet"};
  return found;
}

// As the command does.
inline void refuse_targets(const gj_decision& decision) {
  if (decision.is_targets)
    throw Failure{GJ_E_ARGUMENT, "目标没有凭证、过程和改动建议", "targets have no receipt, no trace and no remedies"};
}

template <typename Struct, typename Make>
gj_status give(const gj_decision* decision, Struct* out, Make make) noexcept {
  return guarded_into(out, nullptr, [&] { return fill(out, make(decided(decision))); });
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

inline gj_warning warning_out(const explain::Warning& warning) {
  gj_warning value{};
  value.kind = text_out(warning.kind);
  value.name = text_out(warning.name);
  value.text = text_out(warning.text);
  value.about = text_out(warning.about);
  return value;
}

inline gj_text reading_out(const std::vector<explain::Referral>& referrals, std::size_t referral, std::size_t index) {
  const bool there = referral < referrals.size() && index < referrals[referral].readings.size();
  return there ? text_out(referrals[referral].readings[index]) : no_text();
}

inline gj_compared compared_out(const explain::Compared& c) {
  gj_compared value{};
  value.path = text_out(c.path);
  value.what = text_out(c.what);
  value.value = text_out(c.value);
  value.relation = text_out(c.relation);
  value.bound = text_out(c.bound);
  value.bound_what = text_out(c.bound_what);
  value.text = text_out(c.text);
  value.holds = c.holds;
  value.place = text_out(c.place);
  value.reading = text_out(c.reading);
  return value;
}

inline gj_bad_fact bad_fact_out(const explain::Invalid& bad) {
  gj_bad_fact value{};
  value.path = text_out(bad.path);
  value.got = text_out(bad.got);
  value.allowed = text_out(bad.allowed);
  value.label = text_out(bad.label);
  return value;
}

}  // namespace guiju::capi
