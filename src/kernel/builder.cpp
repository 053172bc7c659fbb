// See builder.hpp.
#include "kernel/builder.hpp"

#include <algorithm>
#include <limits>

namespace guiju::kernel {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// One below the ends of int64_t, so that a result may still be negated.
Range fitting(i128 least, i128 most) {
  if (least <= kLeast || most >= kMost) throw Unsupported{};
  return {static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)};
}

Range of_corners(const std::array<i128, 4>& corners) {
  const auto [least, most] = std::minmax_element(corners.begin(), corners.end());
  return fitting(*least, *most);
}

Operation with_constant(Operation op) {
  switch (op) {
    case Operation::DOWN:
      return Operation::DOWNK;
    case Operation::UP:
      return Operation::UPK;
    case Operation::HALFUP:
      return Operation::HALFUPK;
    default:
      return Operation::HALFEVENK;
  }
}

}  // namespace

Builder::Builder(std::vector<Range> facts)
    : ranges_(std::move(facts)),
      known_(1),
      negated_(ranges_.size(), kNoRegister),
      defined_(ranges_.size(), kNowhere),
      facts_(static_cast<std::uint32_t>(ranges_.size())) {}

void Builder::from(std::uint32_t place) {
  places_.resize(code_.size(), place_);
  place_ = place;
}

Register Builder::fresh(Range range) {
  if (ranges_.size() >= kNoRegister) throw Unsupported{};
  ranges_.push_back(range);
  negated_.push_back(kNoRegister);
  defined_.push_back(kNowhere);
  return static_cast<Register>(ranges_.size() - 1);
}

Register Builder::written(const Key& key) const {
  for (const auto& scope : known_) {
    const auto found = scope.find(key);
    if (found != scope.end()) return found->second;
  }
  return kNoRegister;
}

Register Builder::emit(Operation op, Range range, Register a, Register b, Register c, std::int64_t k) {
  if (range.least == range.most && op != Operation::SET) return set(range.least);
  const Key key{op, a, b, c, k};
  if (const Register known = written(key); known != kNoRegister) return known;
  const Register out = fresh(range);
  defined_[out] = code_.size();
  code_.push_back({op, out, a, b, c, k});
  known_.back().emplace(key, out);
  return out;
}

Register Builder::set(std::int64_t value) {
  return emit(Operation::SET, {value, value}, 0, 0, 0, value);
}

// ---- truths
// --------------------------------------------------------------------------------------------------------------------

std::optional<Instruction> Builder::definition(Register r) const {
  return defined_[r] == kNowhere ? std::nullopt : std::optional(code_[defined_[r]]);
}

std::optional<Instruction> Builder::conjunction_of(Register r) const {
  const auto i = definition(r);
  return i && i->op == Operation::AND ? i : std::optional<Instruction>();
}

bool Builder::opposite(Register a, Register b) const {
  return negated_[a] == b || negated_[b] == a;
}

// The comparison that is the opposite of this one.
std::optional<Builder::Key> Builder::inverted(Register a) const {
  const auto i = definition(a);
  if (!i) return std::nullopt;
  if (i->op == Operation::LTK) return Key{Operation::GTK, i->a, 0, 0, i->k - 1};
  if (i->op == Operation::LT) return Key{Operation::LE, i->b, i->a, 0, 0};
  if (i->op == Operation::IN) return Key{Operation::IN, i->a, 0, 0, ~i->k};
  return std::nullopt;
}

Register Builder::no(Register a) {
  if (is(a, 0)) return one();
  if (is(a, 1)) return zero();
  if (negated_[a] != kNoRegister) return negated_[a];
  Register out = kNoRegister;
  const auto both = conjunction_of(a);
  if (const auto key = inverted(a)) {
    out = emit(std::get<0>(*key), kTruth, std::get<1>(*key), std::get<2>(*key), 0, std::get<4>(*key));
  } else if (both && negated_[both->a] != kNoRegister && negated_[both->b] != kNoRegister) {
    const auto [x, y] = std::minmax(negated_[both->a], negated_[both->b]);
    out = emit(Operation::OR, kTruth, x, y);
  } else {
    out = emit(Operation::NOT, kTruth, a);
  }
  negated_[out] = a;
  return out;
}

// What a and b come to where b says something of a already.
std::optional<Register> Builder::absorbed(Register a, Register b) {
  if (const auto both = conjunction_of(b)) {
    if (a == both->a || a == both->b) return b;
    if (opposite(a, both->a) || opposite(a, both->b)) return zero();
  }
  const auto not_both = negated_[b] == kNoRegister ? std::nullopt : conjunction_of(negated_[b]);
  if (!not_both) return std::nullopt;
  const Register x = not_both->a;
  const Register y = not_both->b;
  if (opposite(a, x) || opposite(a, y)) return a;
  if (a == x) return all(a, no(y));
  if (a == y) return all(a, no(x));
  return std::nullopt;
}

Register Builder::all(Register a, Register b) {
  if (is(a, 0) || is(b, 0)) return zero();
  if (is(a, 1) || a == b) return b;
  if (is(b, 1)) return a;
  if (opposite(a, b)) return zero();
  if (const auto known = absorbed(a, b)) return *known;
  if (const auto known = absorbed(b, a)) return *known;
  return emit(Operation::AND, kTruth, std::min(a, b), std::max(a, b));
}

Register Builder::any(Register a, Register b) {
  return no(all(no(a), no(b)));
}

Register Builder::but(Register a, Register b) {
  return all(a, no(b));
}

Register Builder::member(Register a, std::uint64_t set) {
  const Range r = ranges_[a];
  bool some = false;
  bool every = true;
  for (std::int64_t i = std::max<std::int64_t>(r.least, 0); i <= std::min<std::int64_t>(r.most, 63); ++i) {
    const bool holds = (set >> static_cast<unsigned>(i) & 1U) != 0;
    some = some || holds;
    every = every && holds;
  }
  if (!some) return zero();
  if (every) return one();
  return emit(Operation::IN, kTruth, a, 0, 0, static_cast<std::int64_t>(set));
}

Register Builder::equal(Register a, Register b) {
  if (a == b) return one();
  if (ranges_[a].most < ranges_[b].least || ranges_[b].most < ranges_[a].least) return zero();
  const bool constant = ranges_[b].least == ranges_[b].most;
  if (constant) return emit(Operation::EQK, kTruth, a, 0, 0, ranges_[b].least);
  if (ranges_[a].least == ranges_[a].most) return equal(b, a);
  return emit(Operation::EQ, kTruth, std::min(a, b), std::max(a, b));
}

Register Builder::less(Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  if (a == b || x.least >= y.most) return zero();
  if (x.most < y.least) return one();
  if (y.least == y.most) return emit(Operation::LTK, kTruth, a, 0, 0, y.least);
  if (x.least == x.most) return no(less(b, set(x.least + 1)));
  return emit(Operation::LT, kTruth, a, b);
}

Register Builder::at_most(Register a, Register b) {
  return no(less(b, a));
}

Register Builder::within(Register a, std::int64_t least, std::int64_t most) {
  return all(at_most(set(least), a), at_most(a, set(most)));
}

// ---- numbers
// --------------------------------------------------------------------------------------------------------------------

Register Builder::add(Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  const Range sum = fitting(i128{x.least} + y.least, i128{x.most} + y.most);
  if (is(a, 0)) return b;
  if (is(b, 0)) return a;
  if (y.least == y.most) return emit(Operation::ADDK, sum, a, 0, 0, y.least);
  if (x.least == x.most) return emit(Operation::ADDK, sum, b, 0, 0, x.least);
  return emit(Operation::ADD, sum, std::min(a, b), std::max(a, b));
}

Register Builder::subtract(Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  const Range difference = fitting(i128{x.least} - y.most, i128{x.most} - y.least);
  if (a == b) return zero();
  if (is(b, 0)) return a;
  const auto p = definition(a);
  const auto q = definition(b);
  const bool multiples = p && q && p->op == Operation::MULK && q->op == Operation::MULK;
  if (multiples && p->k == q->k) return multiply(subtract(p->a, q->a), set(p->k));
  if (y.least == y.most) return emit(Operation::ADDK, difference, a, 0, 0, -y.least);
  if (x.least == x.most) return emit(Operation::FROMK, difference, b, 0, 0, x.least);
  return emit(Operation::SUB, difference, a, b);
}

Register Builder::multiply(Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  const Range product =
      of_corners({i128{x.least} * y.least, i128{x.least} * y.most, i128{x.most} * y.least, i128{x.most} * y.most});
  if (is(a, 1)) return b;
  if (is(b, 1)) return a;
  if (x.least == x.most && y.least != y.most) return multiply(b, a);
  const auto factor = definition(a);
  if (y.least == y.most && factor && factor->op == Operation::MULK) {
    const i128 factors = i128{factor->k} * y.least;
    if (factors > kLeast && factors < kMost) return multiply(factor->a, set(static_cast<std::int64_t>(factors)));
  }
  if (y.least == y.most) return emit(Operation::MULK, product, a, 0, 0, y.least);
  return emit(Operation::MUL, product, std::min(a, b), std::max(a, b));
}

Register Builder::absolute(Register a) {
  const Range x = ranges_[a];
  if (x.least >= 0) return a;
  return emit(Operation::ABS, fitting(x.most < 0 ? -i128{x.most} : 0, std::max(-i128{x.least}, i128{x.most})), a);
}

Register Builder::least(Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  if (a == b || x.most <= y.least) return a;
  if (y.most <= x.least) return b;
  const Range r{std::min(x.least, y.least), std::min(x.most, y.most)};
  if (y.least == y.most) return emit(Operation::MINK, r, a, 0, 0, y.least);
  if (x.least == x.most) return emit(Operation::MINK, r, b, 0, 0, x.least);
  return emit(Operation::MIN, r, std::min(a, b), std::max(a, b));
}

Register Builder::greatest(Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  if (a == b || x.least >= y.most) return a;
  if (y.least >= x.most) return b;
  const Range r{std::max(x.least, y.least), std::max(x.most, y.most)};
  if (y.least == y.most) return emit(Operation::MAXK, r, a, 0, 0, y.least);
  if (x.least == x.most) return emit(Operation::MAXK, r, b, 0, 0, x.least);
  return emit(Operation::MAX, r, std::min(a, b), std::max(a, b));
}

Register Builder::divide(Operation rounding, Register a, Register b) {
  const Range x = ranges_[a];
  const Range y = ranges_[b];
  if (y.least < 1) throw Unsupported{};
  // A divisor of 1 leaves most; rounding moves by one at most. The helpers compare remainders with what is left of the
  // divisor, so that nothing is doubled.
  const std::int64_t divisor = y.least;
  const Range r = fitting(x.least < 0 ? i128{x.least} / divisor - 1 : i128{x.least} / y.most,
                          x.most > 0 ? i128{x.most} / divisor + 1 : i128{x.most} / y.most);
  if (is(b, 1)) return a;
  const auto multiple = definition(a);
  if (y.least == y.most && multiple && multiple->op == Operation::MULK && multiple->k % divisor == 0)
    return multiply(multiple->a, set(multiple->k / divisor));
  if (y.least != y.most) return emit(rounding, r, a, b);
  const bool down = rounding == Operation::DOWN;
  const Range exact = down ? Range{x.least / divisor, x.most / divisor} : r;
  return emit(with_constant(rounding), exact, a, 0, 0, divisor);
}

Register Builder::select(Register truth, Register yes, Register no_) {
  if (is(truth, 1) || yes == no_) return yes;
  if (is(truth, 0)) return no_;
  const Range x = ranges_[yes];
  const Range y = ranges_[no_];
  return emit(Operation::SEL, {std::min(x.least, y.least), std::max(x.most, y.most)}, truth, yes, no_);
}

// ---- others
// ---------------------------------------------------------------------------------------------------------------------

Register Builder::apply(Operation op, Range range, Register a, Register b, std::int64_t k) {
  return emit(op, range, a, b, 0, k);
}

Register Builder::flag(Register set, Register truth, unsigned bit) {
  if (is(truth, 0)) return set;
  return emit(Operation::FLAG, bit < 62 ? Range{0, (std::int64_t{2} << bit) - 1} : Range{kLeast, kMost}, set, truth, 0,
              bit);
}

std::int64_t Builder::pooled(const std::vector<std::int64_t>& table) {
  const auto [place, is_new] = tables_.emplace(table, static_cast<std::int64_t>(pool_.size()));
  if (is_new) pool_.insert(pool_.end(), table.begin(), table.end());
  return place->second;
}

Register Builder::at(Register index, const std::vector<std::int64_t>& table) {
  const Range i = ranges_[index];
  if (i.least < 0 || i.most >= static_cast<std::int64_t>(table.size())) throw Unsupported{};
  const auto [least, most] = std::minmax_element(table.begin() + i.least, table.begin() + i.most + 1);
  if (*least == *most) return set(*least);
  return emit(Operation::AT, {*least, *most}, index, 0, 0, pooled(table));
}

Register Builder::search(Register x, const std::vector<std::int64_t>& bounds) {
  if (bounds.empty()) return zero();
  if (bounds.size() == 1) return at_most(set(bounds.front()), x);
  std::vector<std::int64_t> table{static_cast<std::int64_t>(bounds.size())};
  table.insert(table.end(), bounds.begin(), bounds.end());
  return emit(Operation::SEARCH, {0, table.front()}, x, 0, 0, pooled(table));
}

Register Builder::accumulator(std::int64_t first) {
  const Register out = fresh({first, first});
  code_.push_back({Operation::SET, out, 0, 0, 0, first});
  return out;
}

void Builder::accumulate(Operation op, Register accumulator, Register value, Range range) {
  ranges_[accumulator] = {std::min(ranges_[accumulator].least, range.least),
                          std::max(ranges_[accumulator].most, range.most)};
  code_.push_back({op, accumulator, accumulator, value, 0, 0});
}

void Builder::begin_loop(std::uint32_t field) {
  loops_.push_back(code_.size());
  code_.push_back({Operation::LOOP, 0, 0, 0, 0, field});
  known_.emplace_back();
}

void Builder::end_loop() {
  known_.pop_back();
  const std::size_t begin = loops_.back();
  loops_.pop_back();
  const std::size_t length = code_.size() - begin - 1;
  if (length > 0xffff) throw Unsupported{};
  code_[begin].b = static_cast<Register>(length);
}

// ---- the end
// --------------------------------------------------------------------------------------------------------------------

namespace {

template <typename F>
void for_each_read(const Instruction& i, F&& f) {
  for (const char operand : operands_of(i.op)) {
    if (operand == 'a') f(i.a);
    if (operand == 'b') f(i.b);
    if (operand == 'c') f(i.c);
  }
}

}  // namespace

// Backwards: what is read by nothing that stays is not written. An accumulator stays with all that goes into it.
std::vector<bool> Builder::needed_by(const std::vector<Register*>& roots, const std::vector<bool>* kept) const {
  std::vector<bool> read(ranges_.size(), false);
  for (const Register* root : roots) read[*root] = true;
  std::vector<bool> needed(code_.size(), false);
  bool again = true;
  const auto need = [&](std::size_t n) {
    needed[n] = again = true;
    read[code_[n].out] = true;
    for_each_read(code_[n], [&](Register r) { read[r] = true; });
  };
  // A loop runs once: what it does for anybody it does for all, and all that goes into it comes before it.
  const auto complete_loop = [&](std::size_t loop) {
    const std::size_t end = loop + 1 + code_[loop].b;
    const auto inner = [&](std::size_t n) { return needed.begin() + static_cast<std::ptrdiff_t>(n); };
    if (!std::any_of(inner(loop + 1), inner(end), [](bool one) { return one; })) return;
    needed[loop] = true;
    for (std::size_t n = loop + 1; kept != nullptr && n < end; ++n) {
      if ((*kept)[n] && !needed[n]) need(n);
    }
  };
  while (again) {
    again = false;
    for (std::size_t n = code_.size(); n-- > 0;) {
      if (code_[n].op == Operation::LOOP) {
        complete_loop(n);
      } else if (!needed[n] && read[code_[n].out]) {
        need(n);
      }
    }
  }
  return needed;
}

void Builder::finish(const std::vector<Register*>& essential, const std::vector<Register*>& others, Kernel& kernel) {
  std::vector<Register*> roots = essential;
  roots.insert(roots.end(), others.begin(), others.end());
  const std::vector<bool> stays = needed_by(roots, nullptr);
  const std::vector<bool> first = needed_by(essential, &stays);
  std::vector<Register> number(ranges_.size(), kNoRegister);
  const auto of = [&](Register r) {
    if (number[r] == kNoRegister) {
      number[r] = static_cast<Register>(kernel.ranges.size());
      kernel.ranges.push_back(ranges_[r]);
    }
    return number[r];
  };
  for (std::uint32_t r = 0; r < facts_; ++r) (void)of(static_cast<Register>(r));
  from(place_);
  const auto write = [&](std::size_t n) {
    Instruction i = code_[n];
    const std::string_view operands = operands_of(i.op);
    const auto has = [&](char c) { return operands.find(c) != std::string_view::npos; };
    i.a = has('a') ? of(i.a) : Register{0};
    i.b = has('b') ? of(i.b) : Register{0};
    i.c = has('c') ? of(i.c) : Register{0};
    i.out = i.op == Operation::LOOP ? Register{0} : of(i.out);
    kernel.code.push_back(i);
    kernel.places.push_back(places_[n]);
  };
  for (const bool now : {true, false}) {
    for (std::size_t n = 0; n < code_.size(); ++n) {
      const bool loop = code_[n].op == Operation::LOOP;
      if (stays[n] && first[n] == now) write(n);
      if (!loop) continue;
      const std::size_t begin = kernel.code.size();
      const std::size_t end = n + code_[n].b;
      for (std::size_t inner = n + 1; inner <= end; ++inner) {
        if (stays[inner] && first[n] == now) write(inner);
      }
      if (stays[n] && first[n] == now) kernel.code[begin - 1].b = static_cast<Register>(kernel.code.size() - begin);
      n = end;
    }
    if (now) kernel.essential = static_cast<std::uint32_t>(kernel.code.size());
  }
  for (Register* root : roots) *root = of(*root);
  kernel.fields = facts_;
  kernel.pool = std::move(pool_);
}

}  // namespace guiju::kernel
