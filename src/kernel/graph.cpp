// See graph.hpp.
#include "kernel/graph.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string_view>

#include "kernel/arithmetic.h"
#include "kernel/values.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

namespace {

// Of more pieces a staircase is no faster than looking them up.
constexpr std::size_t kMostSteps = 24;
// Nor than working out the year or the month.
constexpr std::size_t kMostPeriods = 8;

bool gives_truth(Operation op) {
  return op >= Operation::EQ && op <= Operation::IN;
}

// The form with a register of one with a constant.
Operation with_register(Operation op) {
  switch (op) {
    case Operation::ADDK:
      return Operation::ADD;
    case Operation::MULK:
      return Operation::MUL;
    case Operation::MINK:
      return Operation::MIN;
    case Operation::MAXK:
      return Operation::MAX;
    case Operation::DOWNK:
      return Operation::DOWN;
    case Operation::UPK:
      return Operation::UP;
    case Operation::HALFUPK:
      return Operation::HALFUP;
    case Operation::HALFEVENK:
      return Operation::HALFEVEN;
    case Operation::EQK:
      return Operation::EQ;
    case Operation::LTK:
      return Operation::LT;
    default:
      return op;
  }
}

Range corners(i128 w, i128 x, i128 y, i128 z) {
  return {saturated(std::min(std::min(w, x), std::min(y, z))), saturated(std::max(std::max(w, x), std::max(y, z)))};
}

Range either(const Range& x, const Range& y) {
  return {std::min(x.least, y.least), std::max(x.most, y.most)};
}

// All bits up to the highest.
std::int64_t filled(std::int64_t set) {
  for (int shift = 1; shift < 64; shift *= 2) set |= set >> shift;
  return set;
}

// What follows for the result from what the operands can be.
Range range_of(Operation op, const Range& a, const Range& b, const Range& c, std::int64_t k) {
  switch (op) {
    case Operation::ADD:
      return {saturated(i128{a.least} + b.least), saturated(i128{a.most} + b.most)};
    case Operation::SUB:
      return {saturated(i128{a.least} - b.most), saturated(i128{a.most} - b.least)};
    case Operation::MUL:
      return corners(i128{a.least} * b.least, i128{a.least} * b.most, i128{a.most} * b.least, i128{a.most} * b.most);
    case Operation::ABS:
      return {a.least > 0 ? a.least : a.most < 0 ? -a.most : 0, saturated(std::max(-i128{a.least}, i128{a.most}))};
    case Operation::MIN:
      return {std::min(a.least, b.least), std::min(a.most, b.most)};
    case Operation::MAX:
      return {std::max(a.least, b.least), std::max(a.most, b.most)};
    case Operation::DOWN:
    case Operation::UP:
    case Operation::HALFUP:
    case Operation::HALFEVEN:
      if (b.least < 1) return {kLeast, kMost};
      return {a.least < 0 ? saturated(i128{a.least} / b.least - 1) : a.least / b.most,
              a.most > 0 ? saturated(i128{a.most} / b.least + 1) : a.most / b.most};
    case Operation::SEL:
      return either(b, c);
    case Operation::AND:
      if (a.least < 0 || b.least < 0) return {kLeast, kMost};
      return {0, std::min(a.most, b.most)};
    case Operation::OR:
      if (a.least < 0 || b.least < 0) return {kLeast, kMost};
      return {0, filled(a.most | b.most)};
    case Operation::NOT:
      return kTruth;
    case Operation::FLAG:
      if (a.least < 0 || k > 61) return {kLeast, kMost};
      return {0, filled(a.most) | (std::int64_t{1} << k)};
    case Operation::FIRST:
      return {0, 64};
    default:
      return gives_truth(op) ? kTruth : Range{kLeast, kMost};
  }
}

// Bounds that the value never reaches or always has passed, and steps of no height, are left out.
Staircase trimmed(const Staircase& whole, const Range& range) {
  Staircase out;
  std::int64_t value = whole.values.front();
  for (std::size_t i = 0; i < whole.bounds.size() && whole.bounds[i] <= range.most; ++i) {
    const std::int64_t next = whole.values[i + 1];
    if (i + 1 < whole.bounds.size() && whole.bounds[i + 1] == whole.bounds[i]) continue;
    if (whole.bounds[i] > range.least && next != value) {
      out.values.push_back(value);
      out.bounds.push_back(whole.bounds[i]);
    }
    value = next;
  }
  out.values.push_back(value);
  return out;
}

// table[i] for i within the range.
Staircase staircase_of(const Range& range, const auto& at) {
  Staircase out;
  out.values.push_back(at(range.least));
  for (std::int64_t i = range.least + 1; i <= range.most; ++i) {
    if (at(i) == out.values.back()) continue;
    out.bounds.push_back(i);
    out.values.push_back(at(i));
  }
  return out;
}

// A year or a month, its first day or its last day, for the days of the range; nothing where those are too many.
std::optional<Staircase> periods(Operation op, const Range& days) {
  const bool of_years = op == Operation::YEAR || op == Operation::YEARSTART || op == Operation::YEAREND;
  if (days.least > days.most || days.least < gj_to_day(0, 3, 1) || days.most > gj_to_day(9999, 12, 31))
    return std::nullopt;
  Staircase out;
  for (std::int64_t day = days.least; day <= days.most;) {
    if (out.values.size() > kMostPeriods) return std::nullopt;
    if (day != days.least) out.bounds.push_back(day);
    out.values.push_back(evaluate(op, day, 0, 0, 0, nullptr));
    day = (of_years ? gj_year_end(day) : gj_month_end(day)) + 1;
  }
  return out;
}

}  // namespace

std::map<std::uint32_t, Range> dates_of(const Program& program, std::size_t version, const std::vector<Given>& given) {
  const std::optional<Range> days = program.calendar.days_of(version);
  std::map<std::uint32_t, Range> out;
  for (const std::uint32_t date : program.dates) {
    const Given& g = given[date];
    if (!days || !g.is_given || g.factor != 1 || !g.meanings.empty()) continue;
    const Range lane = both(*days, g.range);
    if (lane.least <= lane.most) out[date] = lane;
  }
  return out;
}

std::int64_t Staircase::at(std::int64_t x) const {
  return values[static_cast<std::size_t>(std::upper_bound(bounds.begin(), bounds.end(), x) - bounds.begin())];
}

Node Graph::add(const Value& value) {
  const Key key{value.kind, value.op, value.a, value.b, value.c, value.k};
  const auto [place, is_new] = known_values_.emplace(key, static_cast<Node>(values_.size()));
  if (is_new) values_.push_back(value);
  return place->second;
}

Node Graph::constant(std::int64_t k) {
  Value value;
  value.kind = Value::constant;
  value.k = k;
  value.range = {k, k};
  return add(value);
}

Node Graph::field(std::uint32_t f) {
  const Given& given = given_[f];
  if (!given.is_given || given.is_list) return constant(0);
  Value value;
  value.kind = Value::field;
  value.k = f;
  value.range = given.range;
  const Node lane = value.range.least == value.range.most ? constant(value.range.least) : add(value);
  if (given.meanings.empty()) return plain(Operation::MUL, {kLeast, kMost}, lane, constant(given.factor));
  return steps(lane,
               staircase_of(value.range, [&](std::int64_t i) { return given.meanings[static_cast<std::size_t>(i)]; }));
}

Node Graph::known(std::uint32_t f) {
  const Given& given = given_[f];
  if (!given.is_given) return constant(0);
  if (!given.may_be_unknown) return no(absent(f));
  Value value;
  value.kind = Value::known;
  value.k = f;
  value.range = kTruth;
  return add(value);
}

Node Graph::absent(std::uint32_t f) {
  if (!given_[f].is_given || !given_[f].may_be_absent) return constant(0);
  Value value;
  value.kind = Value::absent;
  value.k = f;
  value.range = kTruth;
  return add(value);
}

Node Graph::steps(Node a, Staircase whole) {
  if (const auto simpler = steps_of(a, whole)) return *simpler;
  const Staircase staircase = trimmed(whole, wanted(a));
  if (staircase.bounds.empty()) return constant(staircase.values.front());
  if (is_truth(a) && staircase.values == std::vector<std::int64_t>{0, 1}) return a;
  if (is_truth(a) && staircase.values == std::vector<std::int64_t>{1, 0}) return no(a);
  const auto [place, is_new] = staircase_numbers_.emplace(staircase, static_cast<std::int64_t>(staircases_.size()));
  if (is_new) staircases_.push_back(staircase);
  const auto [least, most] = std::minmax_element(staircase.values.begin(), staircase.values.end());
  Value value;
  value.kind = Value::steps;
  value.a = a;
  value.k = place->second;
  value.range = {*least, *most};
  return add(value);
}

Node Graph::no(Node a) {
  const Value& value = values_[a];
  if (value.kind == Value::constant) return constant(value.k ^ 1);
  if (value.kind == Value::plain && value.op == Operation::NOT) return value.a;
  if (value.kind == Value::steps) {
    const Node of = value.a;
    Staircase other = staircase(value);
    for (std::int64_t& v : other.values) v ^= 1;
    return steps(of, std::move(other));
  }
  return add({Value::plain, Operation::NOT, a, 0, 0, 0, kTruth});
}

Node Graph::all(Node a, Node b) {
  return plain(Operation::AND, kTruth, a, b);
}
Node Graph::any(Node a, Node b) {
  return plain(Operation::OR, kTruth, a, b);
}

Node Graph::select(Node truth, Node yes, Node other) {
  return plain(Operation::SEL, {kLeast, kMost}, truth, yes, other);
}

// Simplifies; what is left is the one way to write the value.
Node Graph::plain(Operation op, Range range, Node a, Node b, Node c, std::int64_t k) {
  const std::size_t operands = reads(op);
  const bool settled =
      (operands < 1 || is_constant(a)) && (operands < 2 || is_constant(b)) && (operands < 3 || is_constant(c));
  if (settled) return constant(evaluate(op, values_[a].k, values_[b].k, values_[c].k, k, pool_.data()));
  if (commutes(op) && (is_constant(a) || (!is_constant(b) && a > b))) std::swap(a, b);
  const Range of_a = wanted(a);
  const Range of_b = wanted(b);
  switch (op) {
    case Operation::ADD:
    case Operation::SUB:
      if (is(b, 0)) return a;
      break;
    case Operation::MUL:
      if (is(b, 0)) return b;
      if (is(b, 1)) return a;
      break;
    case Operation::MIN:
      if (a == b || of_a.most <= of_b.least) return a;
      if (of_b.most <= of_a.least) return b;
      break;
    case Operation::MAX:
      if (a == b || of_a.least >= of_b.most) return a;
      if (of_b.least >= of_a.most) return b;
      break;
    case Operation::DOWN:
    case Operation::UP:
    case Operation::HALFUP:
    case Operation::HALFEVEN:
      if (is(b, 1)) return a;
      break;
    case Operation::AND:
      if (is(b, 0) || a == b) return b;
      if (!is_truth(a) || !is_truth(b)) break;  // of sets a bit that one of them has says nothing of the others
      if (is(b, 1)) return a;
      if (no(a) == b) return constant(0);
      break;
    case Operation::OR:
      if (is(b, 0) || a == b) return a;
      if (!is_truth(a) || !is_truth(b)) break;  // of sets a bit that one of them has says nothing of the others
      if (is(b, 1)) return b;
      if (no(a) == b) return constant(1);
      break;
    case Operation::EQ:
      if (const auto same = assumed_.same.find(a); same != assumed_.same.end())
        return plain(op, range, same->second, b);
      if (a == b) return constant(1);
      if (of_a.most < of_b.least || of_b.most < of_a.least) return constant(0);
      break;
    case Operation::LT:
      if (a == b || of_a.least >= of_b.most) return constant(0);
      if (of_a.most < of_b.least) return constant(1);
      break;
    case Operation::SEL:
      if (is(a, 1) || b == c) return b;
      if (is(a, 0)) return c;
      if (!is_truth(a)) return select(no(plain(Operation::EQ, kTruth, a, constant(0))), b, c);
      if (!is_truth(b) || !is_truth(c)) break;
      if (is(b, 1) || b == a) return any(a, c);
      if (is(b, 0)) return all(no(a), c);
      if (is(c, 0)) return all(a, b);
      if (is(c, 1)) return any(no(a), b);
      break;
    case Operation::FLAG:
      if (is(b, 0)) return a;
      break;
    default:
      break;
  }
  if (const auto simpler = rewritten(op, range, a, b, c, k)) return *simpler;
  // The same value may be wanted for other rows: what it can be does not depend on what is assumed.
  range = both(range, range_of(op, values_[a].range, values_[b].range, values_[c].range, k));
  if (range.least == range.most) return constant(range.least);
  return add({Value::plain, op, a, operands < 2 ? 0 : b, operands < 3 ? 0 : c, k, range});
}

// ---- kernels
// ------------------------------------------------------------------------------------------------------------------

// An instruction in the one way in which the graph writes it.
Node Graph::canonical(Operation op, Range range, Node a, Node b, Node c, std::int64_t k, const Kernel& kernel) {
  const Range of_a = wanted(a);
  switch (op) {
    case Operation::SET:
      return constant(k);
    case Operation::COPY:
      return a;
    case Operation::NOT:
      return no(a);
    case Operation::ANDNOT:
      return all(a, no(b));
    case Operation::LE:
      return no(plain(Operation::LT, kTruth, b, a));
    case Operation::GTK:
      return plain(Operation::LT, kTruth, constant(k), a);
    case Operation::FROMK:
      return plain(Operation::SUB, range, constant(k), a);
    case Operation::IN: {
      const Range members{std::max<std::int64_t>(of_a.least, 0), std::min<std::int64_t>(of_a.most, 63)};
      return steps(a, staircase_of(members, [&](std::int64_t member) { return gj_in(k, member); }));
    }
    case Operation::AT: {
      const std::int64_t* const table = kernel.pool.data() + k;
      const Range& of_all = values_[a].range;  // of whatever row, the table is read
      const Range within{std::max<std::int64_t>(of_all.least, 0),
                         std::min(of_all.most, static_cast<std::int64_t>(kernel.pool.size()) - k - 1)};
      const Staircase staircase = staircase_of(within, [&](std::int64_t index) { return table[index]; });
      if (staircase.bounds.size() <= kMostSteps) return steps(a, staircase);
      return plain(op, range, a, 0, 0, pooled({table, table + within.most + 1}));
    }
    case Operation::SEARCH: {
      const std::int64_t* const table = kernel.pool.data() + k;
      const auto count = static_cast<std::size_t>(table[0]);
      if (count > kMostSteps) return plain(op, range, a, 0, 0, pooled({table, table + 1 + count}));
      Staircase staircase;
      staircase.bounds.assign(table + 1, table + 1 + count);
      for (std::size_t n = 0; n <= count; ++n) staircase.values.push_back(static_cast<std::int64_t>(n));
      return steps(a, std::move(staircase));
    }
    case Operation::YEAR:
    case Operation::YEARSTART:
    case Operation::YEAREND:
    case Operation::MONTHSTART:
    case Operation::MONTHEND:
      if (auto staircase = periods(op, of_a)) return steps(a, std::move(*staircase));
      break;
    default:
      break;
  }
  const Operation general = with_register(op);
  if (general != op) return plain(general, range, a, constant(k));
  return plain(op, range, a, b, c, k);
}

std::int64_t Graph::pooled(const std::vector<std::int64_t>& table) {
  const auto [place, is_new] = tables_.emplace(table, static_cast<std::int64_t>(pool_.size()));
  if (is_new) pool_.insert(pool_.end(), table.begin(), table.end());
  return place->second;
}

Range Graph::wanted(Node n) const {
  const Value& value = values_[n];
  if (value.kind != Value::field) return value.range;
  const auto found = assumed_.fields.find(static_cast<std::uint32_t>(value.k));
  return found == assumed_.fields.end() ? value.range : found->second;
}

std::vector<Node> Graph::run(const Kernel& kernel, Assumed assumed) {
  assumed_ = std::move(assumed);
  sizes_.clear();
  std::vector<Node> registers(kernel.ranges.size(), constant(0));
  for (std::uint32_t f = 0; f < kernel.fields; ++f) registers[f] = field(f);
  for (std::size_t at = 0; at < kernel.code.size(); ++at) {
    const Instruction& i = kernel.code[at];
    sizes_.resize(at + 1, static_cast<Node>(values_.size()));
    switch (i.op) {
      case Operation::KNOWN:
        registers[i.out] = known(static_cast<std::uint32_t>(i.k));
        break;
      case Operation::ABSENT:
        registers[i.out] = absent(static_cast<std::uint32_t>(i.k));
        break;
      case Operation::LOOP:
        at += i.b;
        break;
      default:
        registers[i.out] =
            canonical(i.op, kernel.ranges[i.out], registers[i.a], registers[i.b], registers[i.c], i.k, kernel);
    }
  }
  assumed_ = {};
  return registers;
}

std::optional<std::size_t> Graph::origin(Node n) const {
  const auto after = std::upper_bound(sizes_.begin(), sizes_.end(), n);
  if (after == sizes_.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - sizes_.begin()) - 1;
}

Node Graph::meets(const FieldSet& fields, bool or_absent) {
  Node met = constant(1);
  for (std::uint32_t f = 0; f < given_.size(); ++f) {
    if (f / 64 >= fields.size() || (fields[f / 64] >> (f % 64) & 1U) == 0) continue;
    met = all(met, or_absent ? any(known(f), absent(f)) : known(f));
  }
  return met;
}

Node Graph::demanded(const Kernel& kernel) {
  Node met = all(meets(kernel.demands.known, false), meets(kernel.demands.answered, true));
  for (const ListDemand& list : kernel.lists) met = all(met, known(list.field));
  return met;
}

// ---- versions
// -----------------------------------------------------------------------------------------------------------------

Node Graph::merge(Node version, const std::vector<Node>& by_version) {
  const Node first = by_version.front();
  const auto every = [&](const auto& holds) { return std::all_of(by_version.begin(), by_version.end(), holds); };
  if (every([&](Node n) { return n == first; })) return first;
  const auto key = std::pair{version, by_version};
  if (const auto found = merged_.find(key); found != merged_.end()) return found->second;

  const Value value = values_[first];
  const bool alike = value.kind == Value::plain && every([&](Node n) {
                       const Value& other = values_[n];
                       return other.kind == Value::plain && other.op == value.op && other.k == value.k;
                     });
  Node merged = 0;
  if (every([&](Node n) { return values_[n].kind == Value::constant; })) {
    Staircase staircase;
    for (std::size_t v = 0; v < by_version.size(); ++v) {
      if (v != 0) staircase.bounds.push_back(static_cast<std::int64_t>(v));
      staircase.values.push_back(values_[by_version[v]].k);
    }
    merged = steps(version, std::move(staircase));
  } else if (every([&](Node n) { return is_flags(n); })) {
    merged = merge_flags(version, by_version);
  } else if (alike) {
    std::array<std::vector<Node>, 3> operands;
    Range range = value.range;
    for (const Node n : by_version) {
      Value other = values_[n];
      // Operands that may change places stand where those of the first version do.
      if (commutes(other.op) && (other.a == value.b || other.b == value.a)) std::swap(other.a, other.b);
      operands[0].push_back(other.a);
      operands[1].push_back(other.b);
      operands[2].push_back(other.c);
      range = either(range, other.range);
    }
    const std::size_t count = reads(value.op);
    const Node a = merge(version, operands[0]);
    const Node b = count < 2 ? 0 : merge(version, operands[1]);
    const Node c = count < 3 ? 0 : merge(version, operands[2]);
    merged = plain(value.op, range, a, b, c, value.k);
  } else {
    merged = choose(version, by_version);
  }
  merged_.emplace(key, merged);
  return merged;
}

// A set that is written flag by flag, from a constant on.
bool Graph::is_flags(Node n) const {
  while (values_[n].kind == Value::plain && values_[n].op == Operation::FLAG) n = values_[n].a;
  return values_[n].kind == Value::constant;
}

Node Graph::merge_flags(Node version, const std::vector<Node>& by_version) {
  std::array<std::vector<Node>, 64> flags;
  for (auto& of_bit : flags) of_bit.assign(by_version.size(), constant(0));
  for (std::size_t v = 0; v < by_version.size(); ++v) {
    Node n = by_version[v];
    for (; values_[n].kind == Value::plain; n = values_[n].a) {
      Node& flag = flags[static_cast<std::size_t>(values_[n].k)][v];
      flag = any(flag, values_[n].b);
    }
    for (std::size_t bit = 0; bit < flags.size(); ++bit) {
      if (gj_in(values_[n].k, static_cast<std::int64_t>(bit)) != 0) flags[bit][v] = constant(1);
    }
  }
  Node set = constant(0);
  for (std::size_t bit = 0; bit < flags.size(); ++bit) {
    const Node flag = merge(version, flags[bit]);
    set = plain(Operation::FLAG, {kLeast, kMost}, set, flag, 0, static_cast<std::int64_t>(bit));
  }
  return set;
}

// Of values that have nothing in common.
Node Graph::choose(Node version, const std::vector<Node>& by_version) {
  Node chosen = by_version.back();
  std::set<Node> done{chosen};
  for (std::size_t v = by_version.size() - 1; v-- > 0;) {
    const Node one = by_version[v];
    if (!done.insert(one).second) continue;
    Staircase where;
    for (std::size_t w = 0; w < by_version.size(); ++w) {
      if (w != 0) where.bounds.push_back(static_cast<std::int64_t>(w));
      where.values.push_back(by_version[w] == one ? 1 : 0);
    }
    chosen = select(steps(version, std::move(where)), one, chosen);
  }
  return chosen;
}

}  // namespace guiju::kernel
