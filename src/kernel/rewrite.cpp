// How a graph writes a value in a simpler way: comparisons of what rises become comparisons of what it rises with,
// truths of one value become one staircase, factors are drawn out so that lanes stay narrow and divisions vanish. Every
// rewriting is exact for all values that the operands can have.
#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "kernel/arithmetic.h"
#include "kernel/graph.hpp"
#include "kernel/lanes.hpp"
#include "kernel/values.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

namespace {

constexpr Range kAny{kLeast, kMost};
constexpr int kDeepest = 6;  // of a tree of truths that is searched
constexpr int kMostBranching = 3;
// A question about a value is as quick as two where it has two bounds at most, or where the value has few.
constexpr std::size_t kMostBounds = 2;
constexpr std::int64_t kFew = 64;
constexpr std::int64_t kFewSets = 16;

// The least n with n · factor >= k.
std::int64_t least_multiple(std::int64_t k, std::int64_t factor) {
  return k > 0 ? (k - 1) / factor + 1 : k / factor;
}

bool is_calendar(Operation op) {
  return op >= Operation::YEAR && op <= Operation::MONTHEND;
}

bool is_quotient(Operation op) {
  return op == Operation::DOWN || op == Operation::UP || op == Operation::HALFUP || op == Operation::HALFEVEN;
}

// By pieces of both.
template <typename Truth>
Staircase combined(const Staircase& x, const Staircase& y, const Truth& truth) {
  std::set<std::int64_t> bounds(x.bounds.begin(), x.bounds.end());
  bounds.insert(y.bounds.begin(), y.bounds.end());
  Staircase out;
  out.values.push_back(truth(x.values.front(), y.values.front()));
  for (const std::int64_t bound : bounds) {
    const std::int64_t value = truth(x.at(bound), y.at(bound));
    if (value == out.values.back()) continue;
    out.bounds.push_back(bound);
    out.values.push_back(value);
  }
  return out;
}

Staircase at_least(std::int64_t bound) {
  return {{bound}, {0, 1}};
}

}  // namespace

// ---- what rises
// -------------------------------------------------------------------------------------------------------------------

// f(x) of one value: a greater one never gives less.
bool Graph::is_rising(Node n) const {
  const Value& v = values_[n];
  if (v.kind != Value::plain || is_constant(v.a)) return false;
  if (is_calendar(v.op)) {
    const Range& days = values_[v.a].range;
    return days.least >= gj_to_day(0, 3, 1) && days.most <= gj_to_day(9999, 12, 31);
  }
  if (reads(v.op) != 2 || !is_constant(v.b)) return false;
  const std::int64_t k = values_[v.b].k;
  switch (v.op) {
    case Operation::ADD:
    case Operation::SUB:
    case Operation::MIN:
    case Operation::MAX:
      return true;
    case Operation::MUL:
      return k > 0;
    default:
      return is_quotient(v.op) && k > 0;
  }
}

// The least x with f(x) >= bound; one more than x can be where there is none.
std::int64_t Graph::threshold(const Value& rising, std::int64_t bound) const {
  const Range& of = values_[rising.a].range;
  const std::int64_t k = reads(rising.op) < 2 ? 0 : values_[rising.b].k;
  i128 low = of.least;
  i128 high = i128{of.most} + 1;
  while (low < high) {
    const i128 middle = low + (high - low) / 2;
    if (evaluate(rising.op, static_cast<std::int64_t>(middle), k, 0, rising.k, nullptr) >= bound) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low > kMost ? kMost : static_cast<std::int64_t>(low);
}

// A staircase of what rises, or of another staircase, as one of the value below.
std::optional<Node> Graph::steps_of(Node a, const Staircase& whole) {
  const Value v = values_[a];
  const auto is_wider = [&](Node n) { return width_of(values_[n].range) > std::max(width_of(v.range), w32); };
  if (v.kind == Value::steps && width_of(values_[v.a].range) <= width_of(v.range)) {
    Staircase inner = staircase(v);
    for (std::int64_t& value : inner.values) value = whole.at(value);
    return steps(v.a, std::move(inner));
  }
  if (!is_rising(a) || is_wider(v.a) || values_[v.a].range.most == kMost) return std::nullopt;
  Staircase below = whole;
  for (std::int64_t& bound : below.bounds) bound = threshold(v, bound);
  return steps(v.a, std::move(below));
}

// ---- truths
// -----------------------------------------------------------------------------------------------------------------------

bool Graph::has_part(Operation op, Node whole, Node part, int depth) const {
  if (whole == part) return true;
  if (depth == 0) return false;
  if (is_plain(whole, Operation::NOT) && is_plain(part, Operation::NOT)) {
    const Operation other = op == Operation::AND ? Operation::OR : Operation::AND;
    return has_part(other, values_[whole].a, values_[part].a, depth);
  }
  if (!is_plain(whole, op)) return false;
  return has_part(op, values_[whole].a, part, depth - 1) || has_part(op, values_[whole].b, part, depth - 1);
}

// Two staircases of one value.
std::optional<Node> Graph::joined(Operation op, Node a, Node b) {
  const Value x = values_[a];
  const Value y = values_[b];
  if (x.kind != Value::steps || y.kind != Value::steps || x.a != y.a) return std::nullopt;
  const Range& of = values_[x.a].range;
  Staircase both = combined(staircase(x), staircase(y),
                            [&](std::int64_t s, std::int64_t t) { return op == Operation::AND ? s & t : s | t; });
  const bool is_quick = both.bounds.size() <= kMostBounds || (of.least >= 0 && of.most < kFew);
  if (!is_quick) return std::nullopt;
  return steps(x.a, std::move(both));
}

// a AND b, or a OR b: what the one says already of the other is left out.
std::optional<Node> Graph::junction(Operation op, Node a, Node b) {
  const bool all_of = op == Operation::AND;
  const Operation other = all_of ? Operation::OR : Operation::AND;
  if (has_part(op, b, a, kDeepest) || has_part(other, a, b, kDeepest)) return b;
  if (has_part(op, a, b, kDeepest) || has_part(other, b, a, kDeepest)) return a;
  if (has_part(op, b, no(a), kDeepest) || has_part(op, a, no(b), kDeepest)) return constant(all_of ? 0 : 1);
  for (const auto& [single, tree] : {std::pair{a, b}, std::pair{b, a}}) {
    if (!is_plain(tree, other)) continue;
    const Value of = values_[tree];
    if (!is_truth(of.a) || !is_truth(of.b)) continue;
    // What a part of the one grants already; and what of the other is left where one of its parts cannot be.
    if (has_part(op, single, of.a, kDeepest) || has_part(op, single, of.b, kDeepest)) return single;
    if (has_part(op, single, no(of.a), kDeepest)) return plain(op, kTruth, single, of.b);
    if (has_part(op, single, no(of.b), kDeepest)) return plain(op, kTruth, single, of.a);
  }
  if (is_plain(a, Operation::NOT) && is_plain(b, Operation::NOT))
    return no(plain(other, kTruth, values_[a].a, values_[b].a));
  if (const auto one = joined(op, a, b)) return one;
  for (const auto& [single, tree] : {std::pair{a, b}, std::pair{b, a}}) {
    if (values_[single].kind != Value::steps || !is_plain(tree, op)) continue;
    const Value of = values_[tree];
    if (const auto one = joined(op, single, of.a)) return plain(op, kTruth, *one, of.b);
    if (const auto one = joined(op, single, of.b)) return plain(op, kTruth, of.a, *one);
  }
  return std::nullopt;
}

// x = bounded, where that is x between bounds: whether it lies there.
std::optional<Node> Graph::equal_bounded(Node x, Node bounded) {
  const Value v = values_[bounded];
  if (v.kind != Value::plain || (v.op != Operation::MIN && v.op != Operation::MAX)) return std::nullopt;
  const auto beyond = [&](Operation op, Node bound) {
    return op == Operation::MIN ? plain(Operation::LT, kTruth, bound, x) : plain(Operation::LT, kTruth, x, bound);
  };
  if (v.a == x) return no(beyond(v.op, v.b));
  if (v.b == x) return no(beyond(v.op, v.a));
  const Value inner = values_[v.a];  // the constant stands behind
  const bool is_other = inner.kind == Value::plain && inner.op != v.op &&
                        (inner.op == Operation::MIN || inner.op == Operation::MAX) && inner.a == x;
  if (!is_other || !is_constant(v.b) || !is_constant(inner.b)) return std::nullopt;
  const bool in_order = inner.op == Operation::MAX ? values_[inner.b].k <= values_[v.b].k  // the lower bound is inside
                                                   : values_[v.b].k <= values_[inner.b].k;
  if (!in_order) return std::nullopt;
  return all(no(beyond(v.op, v.b)), no(beyond(inner.op, inner.b)));
}

// A comparison with a constant is a staircase; sets keep theirs, so that they are known as sets.
std::optional<Node> Graph::compared(Operation op, Node a, Node b) {
  const bool equal = op == Operation::EQ;
  if (is_constant(b)) {
    const std::int64_t k = values_[b].k;
    if (is_plain(a, Operation::FLAG)) return std::nullopt;
    if (!equal) return steps(a, {{k}, {1, 0}});
    return k == kMost ? steps(a, at_least(k)) : steps(a, {{k, k + 1}, {0, 1, 0}});
  }
  if (is_constant(a)) return steps(b, at_least(values_[a].k + 1));  // an EQ has its constant behind
  if (equal) {
    if (const auto truth = equal_bounded(a, b)) return truth;
    if (const auto truth = equal_bounded(b, a)) return truth;
  } else {
    const bool is_least = is_plain(b, Operation::MIN) && (values_[b].a == a || values_[b].b == a);
    const bool is_most = is_plain(a, Operation::MAX) && (values_[a].a == b || values_[a].b == b);
    if (is_least || is_most) return constant(0);
  }
  const Multiple x = multiple(a);
  const Multiple y = multiple(b);
  if (x.factor == 1 || x.factor != y.factor) return std::nullopt;
  return plain(op, kTruth, x.of, y.of);
}

// ---- factors
// ----------------------------------------------------------------------------------------------------------------------

// n = of · factor.
Graph::Multiple Graph::multiple(Node n) const {
  const Value& value = values_[n];
  if (!is_plain(n, Operation::MUL) || !is_constant(value.b) || values_[value.b].k <= 0) return {n, 1};
  return {value.a, values_[value.b].k};
}

Node Graph::times(Node n, std::int64_t factor) {
  return plain(Operation::MUL, kAny, n, constant(factor));
}

// Sums, bounds and choices of multiples of one number.
std::optional<Node> Graph::of_multiples(Operation op, Range range, Node a, Node b, Node c) {
  const bool chooses = op == Operation::SEL;
  const Node first = chooses ? b : a;
  const Node second = chooses ? c : b;
  const auto magnitude = [](std::int64_t k) { return k == kLeast ? 1 : k < 0 ? -k : k; };
  const auto factor_of = [&](Node n) {
    if (is_constant(n)) return magnitude(values_[n].k);
    if (values_[n].kind != Value::steps) return multiple(n).factor;
    std::int64_t common_factor = 0;
    for (const std::int64_t k : staircase(values_[n]).values) common_factor = std::gcd(common_factor, magnitude(k));
    return common_factor;
  };
  const auto is_multiple = [&](Node n) { return multiple(n).factor != 1; };
  if (!is_multiple(first) && !is_multiple(second)) return std::nullopt;
  const std::int64_t common = std::gcd(factor_of(first), factor_of(second));
  // A rate under a cap stays, so that versions that differ in it remain alike.
  const bool is_capped_rate = op == Operation::MIN && is_constant(second) && common <= kFew;
  if (common <= 1 || is_capped_rate) return std::nullopt;
  const auto part = [&](Node n) {
    const Value v = values_[n];
    if (v.kind == Value::constant) return constant(v.k / common);
    if (v.kind != Value::steps) return times(multiple(n).of, multiple(n).factor / common);
    Staircase parts = staircase(v);
    for (std::int64_t& k : parts.values) k /= common;
    return steps(v.a, std::move(parts));
  };
  const Range inner{least_multiple(range.least, common),
                    range.most < 0 ? -least_multiple(-range.most, common) : range.most / common};
  const Node x = part(first);
  const Node y = part(second);
  return times(chooses ? plain(op, inner, a, x, y) : plain(op, inner, x, y), common);
}

// n = of · factor, where the factor is small and not below 0, and may depend on the row.
std::optional<Graph::Product> Graph::product(Node n) {
  const Value v = values_[n];
  const auto is_small = [&](Node factor) {
    return values_[factor].range.least >= 0 && values_[factor].range.most <= kFew;
  };
  if (is_plain(n, Operation::MUL)) {
    const bool is_last = is_small(v.b);
    if (!is_last && !is_small(v.a)) return std::nullopt;
    const auto inner = product(is_last ? v.a : v.b);
    const Node factor = is_last ? v.b : v.a;
    return inner ? std::optional(Product{inner->of, plain(Operation::MUL, kAny, inner->factor, factor)}) : std::nullopt;
  }
  if (!is_plain(n, Operation::SEL)) return Product{n, constant(1)};
  const Node counted = is(v.b, 0) ? v.c : v.b;
  const auto of = product(counted);
  if (!of) return std::nullopt;
  const auto factor_in = [&](Node branch) -> std::optional<Node> {
    if (is(branch, 0)) return constant(0);
    const auto same = product(branch);
    return same && same->of == of->of ? std::optional(same->factor) : std::nullopt;
  };
  const auto yes = factor_in(v.b);
  const auto other = factor_in(v.c);
  return yes && other ? Product{of->of, select(v.a, *yes, *other)} : Product{n, constant(1)};
}

// A sum of products of one value: its factors are added, in a narrower lane.
std::optional<Node> Graph::sum_of_products(Range range, Node a, Node b) {
  if (is_constant(a) || is_constant(b)) return std::nullopt;
  const auto x = product(a);
  const auto y = product(b);
  if (!x || !y || x->of != y->of || width_of(values_[x->of].range) == w8) return std::nullopt;
  return plain(Operation::MUL, range, x->of, plain(Operation::ADD, kAny, x->factor, y->factor));
}

Node Graph::where(Node truth, Node n) {
  if (const auto product = where_factor(truth, n)) return *product;
  return select(truth, n, constant(0));
}

// A product, its quotient or the lesser of it and a bound is nothing where its factor is, whose lane is narrower.
std::optional<Node> Graph::where_factor(Node truth, Node n) {
  const Value v = values_[n];
  if (v.kind != Value::plain) return std::nullopt;
  if (v.op == Operation::MUL && !is_constant(v.b)) {
    const auto of = product(n);
    if (!of || values_[of->factor].range.least < 0 || width_of(values_[of->factor].range) != w8) return std::nullopt;
    return plain(Operation::MUL, kAny, of->of, select(truth, of->factor, constant(0)));
  }
  if (is_quotient(v.op) && is_constant(v.b)) {
    const auto part = where_factor(truth, v.a);
    return part ? std::optional(plain(v.op, kAny, *part, v.b)) : std::nullopt;
  }
  if (v.op != Operation::MIN) return std::nullopt;
  for (const auto& [other, bound] : {std::pair{v.a, v.b}, std::pair{v.b, v.a}}) {
    const auto part = values_[bound].range.least < 0 ? std::nullopt : where_factor(truth, other);
    if (part) return plain(v.op, kAny, *part, bound);
  }
  return std::nullopt;
}

// The lesser of a bound and a quotient of a product: what would give the bound anyway need not be multiplied in full.
std::optional<Node> Graph::capped(Range range, Node a, Node b) {
  for (const auto& [quotient, bound] : {std::pair{a, b}, std::pair{b, a}}) {
    const Value q = values_[quotient];
    if (q.kind != Value::plain || !is_quotient(q.op) || !is_constant(q.b)) continue;
    const Value product = values_[q.a];
    if (!is_plain(q.a, Operation::MUL) || width_of(product.range) != w64) continue;
    for (const auto& [x, factor] : {std::pair{product.a, product.b}, std::pair{product.b, product.a}}) {
      const auto least = least_factor(factor);
      const Range of_x = values_[x].range;
      if (!least || of_x.least < 0) continue;
      const std::int64_t most = values_[bound].range.most;
      i128 low = 0;
      i128 high = of_x.most;
      while (low < high) {
        const i128 middle = low + (high - low) / 2;
        const auto reached = evaluate(q.op, static_cast<std::int64_t>(middle * *least), values_[q.b].k, 0, 0, nullptr);
        if (reached >= most) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      if (low >= of_x.most) continue;
      const Node enough = plain(Operation::MIN, kAny, x, constant(static_cast<std::int64_t>(low)));
      const Node reckoned = plain(q.op, kAny, plain(Operation::MUL, kAny, enough, factor), q.b);
      return plain(Operation::MIN, range, reckoned, bound);
    }
  }
  return std::nullopt;
}

// The least that is not 0, of a factor that is never below.
std::optional<std::int64_t> Graph::least_factor(Node factor) const {
  const Value& v = values_[factor];
  if (v.range.least > 0) return v.range.least;
  if (v.range.least < 0 || v.kind != Value::steps) return std::nullopt;
  std::int64_t least = v.range.most;
  for (const std::int64_t k : staircase(v).values) least = k > 0 ? std::min(least, k) : least;
  return least > 0 ? std::optional(least) : std::nullopt;
}

// A multiple, divided: the common factor goes. Only where the quotient stays one of the field or vanishes, so that
// versions that differ in a rate remain alike.
std::optional<Node> Graph::divided(Operation op, Range range, Node a, Node b) {
  const Multiple x = multiple(a);
  if (!is_constant(b) || x.factor == 1 || values_[b].k < 1) return std::nullopt;
  const std::int64_t d = values_[b].k;
  if (x.factor % d == 0) return times(x.of, x.factor / d);
  const std::int64_t common = std::gcd(x.factor, d);
  if (common == 1 || values_[x.of].kind != Value::field) return std::nullopt;
  return plain(op, range, times(x.of, x.factor / common), constant(d / common));
}

// A product with one of two constants, one of which is 0 or 1.
std::optional<Node> Graph::chosen_factor(Node a, Node b) {
  for (const auto& [n, choice] : {std::pair{a, b}, std::pair{b, a}}) {
    const Value v = values_[choice];
    if (is_constant(n) || !is_plain(choice, Operation::SEL) || !is_constant(v.b) || !is_constant(v.c)) continue;
    const auto is_simple = [&](Node factor) { return is(factor, 0) || is(factor, 1); };
    if (!is_simple(v.b) && !is_simple(v.c)) continue;
    return select(v.a, plain(Operation::MUL, kAny, n, v.b), plain(Operation::MUL, kAny, n, v.c));
  }
  return std::nullopt;
}

// ---- choices
// ----------------------------------------------------------------------------------------------------------------------

// An operation on choices by one truth, as a choice of its results, where one of them is a constant.
std::optional<Node> Graph::by_branches(Operation op, Node a, Node b) {
  const auto chooses = [&](Node n) { return is_plain(n, Operation::SEL); };
  if (!chooses(a) && !chooses(b)) return std::nullopt;
  const Value x = values_[a];
  const Value y = values_[b];
  const Node truth = chooses(a) ? x.a : y.a;
  const auto serves = [&](Node n, const Value& v) {
    if (!chooses(n)) return is_constant(n);
    return v.a == truth && (is_constant(v.b) || is_constant(v.c));
  };
  if (!serves(a, x) || !serves(b, y) || branching_ == kMostBranching) return std::nullopt;
  ++branching_;
  const Node yes = plain(op, kAny, chooses(a) ? x.b : a, chooses(b) ? y.b : b);
  const Node other = plain(op, kAny, chooses(a) ? x.c : a, chooses(b) ? y.c : b);
  --branching_;
  if (!is_constant(yes) && !is_constant(other)) return std::nullopt;
  return select(truth, yes, other);
}

std::optional<Node> Graph::rewritten(Operation op, Range range, Node a, Node b, Node c, std::int64_t k) {
  const std::size_t operands = reads(op);
  // Of a staircase and constants, if that asks nothing wider.
  const Value first = values_[a];
  const bool is_settled = first.kind == Value::steps && op != Operation::NOT && op != Operation::FLAG &&
                          (operands < 2 || is_constant(b)) && (operands < 3 || is_constant(c));
  if (is_settled && (op == Operation::SEL || width_of(values_[first.a].range) <= width_of(first.range))) {
    Staircase out = staircase(first);
    for (std::int64_t& value : out.values) value = evaluate(op, value, values_[b].k, values_[c].k, k, pool_.data());
    return steps(first.a, std::move(out));
  }
  switch (op) {
    case Operation::AND:
    case Operation::OR:
      return is_truth(a) && is_truth(b) ? junction(op, a, b) : std::nullopt;
    case Operation::EQ:
    case Operation::LT:
      if (const auto truth = by_branches(op, a, b)) return truth;
      return compared(op, a, b);
    case Operation::MIN:
      if (const auto value = capped(range, a, b)) return value;
      [[fallthrough]];
    case Operation::MAX:
    case Operation::ADD:
    case Operation::SUB:
      if (op == Operation::ADD) {
        if (const auto value = sum_of_products(range, a, b)) return value;
      }
      if (const auto value = by_branches(op, a, b)) return value;
      return of_multiples(op, range, a, b, c);
    case Operation::SEL:
      return of_multiples(op, range, a, b, c);
    case Operation::MUL: {
      const Multiple x = multiple(a);
      const bool fits = is_constant(b) && values_[b].k > 0 && i128{x.factor} * values_[b].k <= kMost;
      if (x.factor != 1 && fits) return times(x.of, x.factor * values_[b].k);
      return chosen_factor(a, b);
    }
    case Operation::FIRST:
    case Operation::ALONE: {
      const Range& sets = values_[a].range;
      if (sets.least < 0 || sets.most >= kFewSets) return std::nullopt;
      Staircase out{{}, {evaluate(op, 0, 0, 0, k, nullptr)}};
      for (std::int64_t set = 1; set <= sets.most; ++set) {
        out.bounds.push_back(set);
        out.values.push_back(evaluate(op, set, 0, 0, k, nullptr));
      }
      return steps(a, std::move(out));
    }
    default:
      return is_quotient(op) ? divided(op, range, a, b) : std::nullopt;
  }
}

}  // namespace guiju::kernel
