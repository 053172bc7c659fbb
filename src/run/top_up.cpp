// See top_up.hpp. What is open on both days is the same on both: the difference is taken in each way in which it could
// turn out, and what holds in all of them is said. A number moves both amounts at once: its range is halved where the
// difference could be least or greatest, until single values say what it is there.
#include "run/top_up.hpp"

#include <algorithm>

#include "run/outcomes.hpp"
#include "run/split.hpp"

namespace guiju::run {

namespace {

constexpr std::size_t kMostWays = 64;
constexpr std::size_t kMostHalved = 256;  // enough for one number of some millions

// What was granted, over all that is still possible: an open case may have been refused.
MoneyRange granted_by(const Decision& d) {
  if (!d.has_amount || !may_be_granted(d.outcome)) return {};
  MoneyRange range = payable(d.amount, d.amount_kind);
  if (is_open(d.outcome) && d.may_be_refused) range.least = std::min<i128>(range.least, 0);
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
  if (!may_be_granted(after.outcome)) return out;
  // Nothing is added to what cannot be told; that does not say that the case is not refused later.
  if (before.outcome == Outcome::invalid) {
    if (!is_open(after.outcome) || !after.may_be_refused) out.outcome = Outcome::invalid;
    return out;
  }
  const bool asks = before.outcome == Outcome::undetermined || after.outcome == Outcome::undetermined;
  if (asks) {
    out.outcome = Outcome::undetermined;
  } else if (is_open(before.outcome)) {
    out.outcome = Outcome::referred;
  }
  out.has_amount = after.has_amount;
  if (!out.has_amount) return out;
  const MoneyRange earlier = granted_by(before);
  const MoneyRange later = payable(after.amount, after.amount_kind);
  out.amount.least = earlier.unbounded ? 0 : above_zero(later.least - earlier.most);
  out.amount.unbounded = later.unbounded;
  if (!later.unbounded) out.amount.most = above_zero(later.most - earlier.least);
  // Who sets the payment has to say it before anything can be added to it.
  const bool is_paid = before.amount_kind == AmountKind::payment && after.amount_kind == AmountKind::payment;
  if (!is_paid && !out.amount.known() && out.outcome == Outcome::eligible) out.outcome = Outcome::referred;
  return out;
}

namespace {

class OpenTopUp {
 public:
  OpenTopUp(const Facts& facts, const Options& then, const Options& later)
      : facts_(facts), then_(facts, then), later_(facts, later) {}

  TopUp over(const Decision& before, const Decision& after) {
    TopUp whole = top_up_between(before, after);
    if (!is_open(before.outcome) || !is_open(after.outcome) || !whole.has_amount || whole.amount.known()) return whole;
    for (const Decision* d : {&before, &after}) {
      for (const OpenSource& source : d->open) {
        if (source.split || source.cls == plan::SlotClass::list) continue;
        if (tighten(source, d == &before ? then_ : later_, whole)) return whole;
      }
    }
    return whole;
  }

 private:
  // What is added where a fact or text is as in one cell.
  struct Piece {
    Cell cell;
    MoneyRange amount;
    bool whole = false;  // is not halved
  };

  // False where the source cannot be told apart, or in too many ways.
  bool tighten(const OpenSource& found, Prober& prober, TopUp& whole) {
    const OpenSource source = found;
    const std::vector<Cell> cells = prober.cells(source);
    if (cells.empty() || (cells.size() < 2 && !can_be_halved(source, cells.front()))) return false;
    if (ways_ + cells.size() > kMostWays) return false;
    ways_ += cells.size();
    std::vector<Piece> pieces;
    for (const Cell& cell : cells) {
      if (!add_piece(source, cell, pieces)) return false;
    }
    for (const bool greatest : {true, false}) {
      while (!pieces.empty() && halved_ < kMostHalved && halve_extreme(source, greatest, pieces)) {
      }
    }
    if (pieces.empty()) return false;
    whole.amount = pieces.front().amount;
    for (const Piece& piece : pieces) whole.amount = hull(whole.amount, piece.amount);
    return true;
  }

  // Nothing is added where the case is not eligible in that way. False where it cannot be said.
  bool add_piece(const OpenSource& source, const Cell& cell, std::vector<Piece>& pieces) {
    const TopUp one = where(source, cell);
    if (one.outcome == Outcome::invalid) return false;
    if (one.has_amount) pieces.push_back({cell, one.amount, !can_be_halved(source, cell)});
    return true;
  }

  static bool can_be_halved(const OpenSource& source, const Cell& cell) {
    const Value& v = cell.value;
    const bool ordered = source.cls == plan::SlotClass::number || source.cls == plan::SlotClass::day;
    return ordered && source.fact != nullptr && v.state == Value::has_value && !v.low_open_end && !v.high_open_end &&
           v.low_den == 1 && v.high_den == 1 && v.low < v.high;
  }

  // The piece that leaves most room; false where it is of one value, and so says how much it can be.
  bool halve_extreme(const OpenSource& source, bool greatest, std::vector<Piece>& pieces) {
    const auto before = [&](const Piece& a, const Piece& b) {
      if (greatest && a.amount.unbounded != b.amount.unbounded) return a.amount.unbounded;
      if (greatest && a.amount.most != b.amount.most) return a.amount.most > b.amount.most;
      if (!greatest && a.amount.least != b.amount.least) return a.amount.least < b.amount.least;
      return a.whole && !b.whole;
    };
    const auto extreme = std::min_element(pieces.begin(), pieces.end(), before);
    if (extreme->whole) return false;
    ++halved_;
    Cell low = extreme->cell;
    Cell high = extreme->cell;
    const i128 middle = low.value.low + (low.value.high - low.value.low) / 2;
    set_high(low.value, {middle, 1});
    set_low(high.value, {middle + 1, 1});
    std::vector<Piece> halves;
    if (!add_piece(source, low, halves) || !add_piece(source, high, halves)) {
      extreme->whole = true;
      return true;
    }
    pieces.erase(extreme);
    pieces.insert(pieces.end(), halves.begin(), halves.end());
    return true;
  }
  TopUp where(const OpenSource& source, const Cell& cell) {
    then_.supposed.suppose(source, cell);
    later_.supposed.suppose(source, cell);
    Decision before;
    Decision after;
    decide_with(then_, before);
    decide_with(later_, after);
    const TopUp one = over(before, after);
    then_.supposed.drop();
    later_.supposed.drop();
    return one;
  }
  void decide_with(Prober& prober, Decision& decision) const {
    prober.run(decision);
    if (!decision.open.empty()) split(facts_, prober, decision);
  }

  const Facts& facts_;
  Prober then_, later_;
  std::size_t ways_ = 0;
  std::size_t halved_ = 0;
};

}  // namespace

TopUp top_up_over(const Facts& facts, const Decision& before, const Decision& after) {
  return OpenTopUp(facts, before.options, after.options).over(before, after);
}

TopUp decide_top_up(const Facts& facts, const Options& options, Day known_from, Day known_to, Decision& before,
                    Decision& after) {
  Options then = options;
  then.known_on = known_from;
  decide(facts, then, before);
  then.known_on = known_to;
  decide(facts, then, after);
  return top_up_over(facts, before, after);
}

}  // namespace guiju::run
