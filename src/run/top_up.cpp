// See top_up.hpp.
#include "run/top_up.hpp"

#include <algorithm>

namespace guiju::run {

namespace {

bool is_open(const Decision& d) {
  return d.outcome == Outcome::undetermined || d.outcome == Outcome::referred;
}

// What was granted, over all that is still possible: an open case may have been refused.
MoneyRange granted(const Decision& d) {
  if (!d.has_amount || (d.outcome != Outcome::eligible && !is_open(d))) return {};
  MoneyRange range = payable(d.amount, d.amount_kind);
  if (is_open(d)) range.least = std::min<i128>(range.least, 0);
  return range;
}

// Amounts are those of decisions, which fit; their difference does, too.
i128 above_zero(i128 difference) {
  return std::max<i128>(difference, 0);
}

}  // namespace

TopUp top_up_between(const Decision& before, const Decision& after) {
  TopUp out;
  out.outcome = after.outcome;
  if (after.outcome != Outcome::eligible && !is_open(after)) return out;
  if (before.outcome == Outcome::invalid) {
    out.outcome = Outcome::invalid;
    return out;
  }
  const bool asks = before.outcome == Outcome::undetermined || after.outcome == Outcome::undetermined;
  if (asks) {
    out.outcome = Outcome::undetermined;
  } else if (is_open(before)) {
    out.outcome = Outcome::referred;
  }
  out.has_amount = after.has_amount;
  if (!out.has_amount) return out;
  const MoneyRange earlier = granted(before);
  const MoneyRange later = payable(after.amount, after.amount_kind);
  out.amount.least = earlier.unbounded ? 0 : above_zero(later.least - earlier.most);
  out.amount.unbounded = later.unbounded;
  if (!later.unbounded) out.amount.most = above_zero(later.most - earlier.least);
  // Who sets the payment has to say it before anything can be added to it.
  const bool is_paid = before.amount_kind == AmountKind::payment && after.amount_kind == AmountKind::payment;
  if (!is_paid && !out.amount.known() && out.outcome == Outcome::eligible) out.outcome = Outcome::referred;
  return out;
}

TopUp decide_top_up(const Facts& facts, const Options& options, Day known_from, Day known_to, Decision& before,
                    Decision& after) {
  Options then = options;
  then.known_on = known_from;
  decide(facts, then, before);
  then.known_on = known_to;
  decide(facts, then, after);
  return top_up_between(before, after);
}

}  // namespace guiju::run
