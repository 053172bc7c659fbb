// See weigh.hpp. Every set is looked at: the checker bounds the size of a group.
#include "run/weigh.hpp"

#include <algorithm>

namespace guiju::run {

namespace {

bool holds(Set set, std::size_t member) {
  return (set >> member & 1U) != 0;
}

class Weigher {
 public:
  explicit Weigher(const Weights& weights) : w_(weights), size_(weights.members.size()) {
    for (std::size_t i = 0; i < size_; ++i) {
      if (w_.members[i].possible) possible_ |= Set{1} << i;
      if (w_.members[i].certain) certain_ |= Set{1} << i;
    }
  }

  Weighing run() {
    list_lawful();
    w_.listed ? walk(0, 0) : keep_undominated();
    Weighing out;
    bound(out);
    list_choices(out);
    out.candidates = std::move(candidates_);
    return out;
  }

 private:
  [[nodiscard]] Conflict conflict(Set set, std::size_t member) const {
    Conflict worst = Conflict::never;
    for (std::size_t i = 0; i < size_; ++i) {
      if (holds(set, i) && i != member) worst = std::max(worst, w_.conflicts[member][i]);
    }
    return worst;
  }
  [[nodiscard]] Conflict conflict_within(Set set) const {
    Conflict worst = Conflict::never;
    for (std::size_t i = 0; i < size_; ++i) {
      if (holds(set, i)) worst = std::max(worst, conflict(set, i));
    }
    return worst;
  }

  void list_lawful() {
    for (Set set = 0; set < Set{1} << size_; ++set) {
      if ((set & ~possible_) == 0 && conflict_within(set) != Conflict::always) lawful_.push_back(set);
    }
  }

  [[nodiscard]] i128 least(Set set) const {
    i128 sum = 0;
    for (std::size_t i = 0; i < size_; ++i) sum += holds(set, i) ? w_.members[i].least : 0;
    return sum;
  }
  [[nodiscard]] i128 most(Set set) const {
    i128 sum = 0;
    for (std::size_t i = 0; i < size_; ++i) sum += holds(set, i) ? w_.members[i].most : 0;
    return std::min(sum, kNoEnd);
  }

  // The first member that only one of them has is in a.
  [[nodiscard]] static bool earlier(Set a, Set b) {
    const Set differ = a ^ b;
    const Set lowest = differ & (~differ + 1);
    return (a & lowest) != 0;
  }

  // ---- whatever pays most: a set is out where another can be had whenever it can, and never pays less

  [[nodiscard]] bool had_whenever(Set other, Set set) const {
    const Set added = other & ~set;
    if ((added & ~certain_) != 0) return false;
    for (std::size_t i = 0; i < size_; ++i) {
      if (holds(added, i) && conflict(other, i) != Conflict::never) return false;
    }
    return true;
  }
  [[nodiscard]] bool dominated(Set set) const {
    return std::any_of(lawful_.begin(), lawful_.end(), [&](Set other) {
      if (other == set || !had_whenever(other, set)) return false;
      const i128 gained = least(other & ~set);
      const i128 lost = most(set & ~other);
      return gained > lost || (gained == lost && earlier(other, set));
    });
  }
  void keep_undominated() {
    std::copy_if(lawful_.begin(), lawful_.end(), std::back_inserter(candidates_),
                 [&](Set set) { return !dominated(set); });
  }

  // ---- the first in order: each in turn is in unless one before it excludes it

  void walk(std::size_t member, Set taken) {
    if (member == size_) {
      candidates_.push_back(taken);
      return;
    }
    const Conflict with_taken = conflict(taken, member);
    const bool may_be_in = w_.members[member].possible && with_taken != Conflict::always;
    const bool must_be_in = may_be_in && w_.members[member].certain && with_taken == Conflict::never;
    if (may_be_in) walk(member + 1, taken | Set{1} << member);
    if (!must_be_in) walk(member + 1, taken);
  }

  // ---- figures and choices

  // Where whatever pays most is granted, that is no less than what can be had in any case.
  void bound(Weighing& out) const {
    bool first = true;
    for (const Set set : candidates_) {
      out.least = first ? least(set) : std::min(out.least, least(set));
      out.most = first ? most(set) : std::max(out.most, most(set));
      first = false;
    }
    if (!w_.listed) {
      for (const Set set : lawful_) {
        const bool in_any_case = (set & ~certain_) == 0 && conflict_within(set) == Conflict::never;
        if (in_any_case) out.least = std::max(out.least, least(set));
      }
    }
    out.least = std::min(out.least, w_.ceiling_least);
    out.most = std::min(out.most, w_.ceiling_most);
  }

  void list_choices(Weighing& out) const {
    for (const Set set : lawful_) {
      const bool can_grow =
          std::any_of(lawful_.begin(), lawful_.end(), [&](Set other) { return other != set && (set & ~other) == 0; });
      if (!can_grow) out.choices.push_back(set);
    }
    std::stable_sort(out.choices.begin(), out.choices.end(), [&](Set a, Set b) { return better(a, b); });
    if (candidates_.size() != 1) return;
    const auto found = std::find(out.choices.begin(), out.choices.end(), candidates_.front());
    if (found != out.choices.end()) {
      std::rotate(out.choices.begin(), found, found + 1);
    } else {
      out.choices.insert(out.choices.begin(), candidates_.front());
    }
  }
  [[nodiscard]] bool better(Set a, Set b) const {
    if (a == b) return false;
    if (!w_.listed && least(a) != least(b)) return least(a) > least(b);
    if (!w_.listed && most(a) != most(b)) return most(a) > most(b);
    return earlier(a, b);
  }

  const Weights& w_;
  std::size_t size_;
  Set possible_ = 0, certain_ = 0;
  std::vector<Set> lawful_;  // or maybe lawful
  std::vector<Set> candidates_;
};

}  // namespace

Weighing weigh(const Weights& weights) {
  return Weigher(weights).run();
}

std::vector<i128> footed(const Weights& weights, Set set, const std::vector<i128>& amounts, i128 ceiling) {
  std::vector<i128> out(amounts.size(), 0);
  i128 sum = 0;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (!holds(set, i)) continue;
    const i128 rest = std::max<i128>(0, ceiling - sum);
    out[i] = weights.members[i].on_what_remains ? std::min(amounts[i], rest) : amounts[i];
    sum += out[i];
  }
  i128 excess = std::max<i128>(0, sum - ceiling);
  for (const std::uint32_t member : weights.giving_way) {
    const i128 given = std::min(excess, out[member]);
    out[member] -= given;
    excess -= given;
  }
  return out;
}

// Where the ceiling alone cuts, more for the others, or less to share, never leaves more for one. What is cut to what
// remains stands between the two: another that is granted more takes it from there, and may be cut itself afterwards,
// which leaves more for a third. So where such a one is in the set, and others or the ceiling are open, no more is said
// than that nobody is granted more than it pays.
Bounds granted(const Weights& weights, Set set, std::size_t member) {
  const Weights::Member& own = weights.members[member];
  i128 sum = 0;
  bool remains = false, open = weights.ceiling_least != weights.ceiling_most;
  std::vector<i128> low, high;
  for (std::size_t i = 0; i < weights.members.size(); ++i) {
    const Weights::Member& m = weights.members[i];
    low.push_back(i == member ? m.least : m.most);
    high.push_back(i == member ? m.most : m.least);
    if (!holds(set, i)) continue;
    sum += m.most;
    remains = remains || m.on_what_remains;
    open = open || (i != member && m.least != m.most);
  }
  if (sum <= weights.ceiling_least) return {own.least, own.most};
  if (remains && open) return {0, std::min(own.most, weights.ceiling_most)};
  return {footed(weights, set, low, weights.ceiling_least)[member],
          footed(weights, set, high, weights.ceiling_most)[member]};
}

}  // namespace guiju::run
