// See lane_program.hpp.
#include "kernel/lane_program.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

#include "kernel/values.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

namespace {

using LaneSlot = LaneProgram::Slot;
using Place = LaneProgram::Place;

constexpr LaneSlot kNoSlot = std::numeric_limits<LaneSlot>::max();

template <typename T>
bool holds(const Range& range) {
  return range.least >= std::numeric_limits<T>::min() && range.most <= std::numeric_limits<T>::max();
}

i128 magnitude(const Range& range) {
  return std::max(range.least < 0 ? -i128{range.least} : i128{range.least},
                  range.most < 0 ? -i128{range.most} : i128{range.most});
}

struct Divisor {
  Operation rounding;
  std::int64_t d;
};

std::int64_t added_by(const Divisor& by) {
  return by.rounding == Operation::UP ? by.d - 1 : by.rounding == Operation::HALFUP ? by.d / 2 : 0;
}

// For dividends of at most `most` by absolute value, below `limit` before the shift.
std::optional<Quotient> quotient_of(i128 most, i128 limit, const Divisor& by) {
  Quotient q;
  q.add = added_by(by);
  q.shift = std::countr_zero(static_cast<std::uint64_t>(by.d));
  const i128 u = most + q.add;
  if (u >= limit || (u >> q.shift) >= i128{1} << 31) return std::nullopt;
  const auto odd = static_cast<std::uint64_t>(by.d) >> q.shift;
  if (odd >= std::uint64_t{1} << 31) return std::nullopt;
  const auto bits = odd == 1 ? 0 : static_cast<std::int64_t>(std::bit_width(odd - 1));
  q.post = 31 + bits;
  q.magic = static_cast<std::int64_t>((std::uint64_t{1} << q.post) / odd) + 1;
  return q;
}

class LaneCompiler {
 public:
  explicit LaneCompiler(const Graph& graph) : graph_(graph), made_(graph.size()) { program_.pool = graph.pool(); }

  LaneProgram compile(const std::vector<WantedAnswer>& answers) {
    count_readers(answers);
    find_pieces();
    for (std::uint32_t i = 0; i < answers.size(); ++i) answer(i, answers[i]);
    place_memory();
    return std::move(program_);
  }

 private:
  struct Lane {
    LaneSlot slot = kNoSlot;
    Width width = w8;
  };

  // A truth between two bounds at most.
  [[nodiscard]] bool is_question(const Value& value) const {
    const bool is_truth = value.kind == Value::steps && value.range.least == 0 && value.range.most == 1;
    return is_truth && graph_.staircase(value).bounds.size() <= 2;
  }

  // Of a wide value that is asked often, the bounds that it has reached are counted once, and the number is asked.
  void find_pieces() {
    constexpr std::size_t kMostPieces = 100;
    std::map<Node, std::size_t> spared;  // as bounds that could be counted instead
    for (Node n = 0; n < graph_.size(); ++n) {
      if (readers_[n] == 0) continue;
      const Value& value = graph_[n];
      if (!is_question(value) || width(value.a) < w32) continue;
      const auto& bounds = graph_.staircase(value).bounds;
      pieces_[value.a].insert(pieces_[value.a].end(), bounds.begin(), bounds.end());
      spared[value.a] += bounds.size() == 1 ? std::size_t{3} : std::size_t{5};
    }
    for (auto& [n, bounds] : pieces_) {
      std::sort(bounds.begin(), bounds.end());
      bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
    }
    std::erase_if(pieces_, [&](const auto& of) {
      const std::size_t count = of.second.size();
      return count > kMostPieces || spared[of.first] <= 2 * count + 3;
    });
  }
  // How many values and answers read a value.
  void count_readers(const std::vector<WantedAnswer>& answers) {
    readers_.resize(graph_.size());
    std::vector<Node> left;
    const auto read = [&](Node n) {
      if (readers_[n]++ == 0) left.push_back(n);
    };
    for (const WantedAnswer& answer : answers) read(answer.node);
    while (!left.empty()) {
      const Value& value = graph_[left.back()];
      left.pop_back();
      if (value.kind != Value::plain && value.kind != Value::steps) continue;
      const std::size_t count = value.kind == Value::steps ? 1 : reads(value.op);
      if (count > 0) read(value.a);
      if (count > 1) read(value.b);
      if (count > 2) read(value.c);
    }
  }

  // How many of the bounds are reached.
  Lane piece(Node n, const std::vector<std::int64_t>& bounds) {
    Lane& made = counted_[n];
    if (made.slot != kNoSlot) return made;
    std::vector<std::int64_t> words{static_cast<std::int64_t>(bounds.size())};
    words.insert(words.end(), bounds.begin(), bounds.end());
    for (std::size_t i = 0; i <= bounds.size(); ++i) words.push_back(static_cast<std::int64_t>(i));
    const Width from = width(n);
    return made = step(converting(Task::Kind::steps, from, w8), lane(n, from), kNoSlot, kNoSlot, 0,
                       table(std::move(words)));
  }

  [[nodiscard]] Width width(Node n) const { return width_of(graph_[n].range); }
  [[nodiscard]] bool is_constant(Node n) const { return graph_[n].kind == Value::constant; }

  LaneSlot place(Place::Kind kind, Width width, std::uint32_t index = 0, std::int64_t value = 0) {
    program_.places.push_back({kind, width, index, 0, value});
    return static_cast<LaneSlot>(program_.places.size() - 1);
  }

  LaneSlot constant(std::int64_t value, Width width) {
    const auto [found, is_new] = constants_.emplace(std::pair{value, width}, 0);
    if (is_new) found->second = place(Place::constant, width, 0, value);
    return found->second;
  }

  const std::int64_t* table(std::vector<std::int64_t> values) {
    program_.tables.push_back(std::move(values));
    return program_.tables.back().data();
  }

  Lane step(const Task& task, LaneSlot a, LaneSlot b = kNoSlot, LaneSlot c = kNoSlot, std::int64_t k = 0,
            const std::int64_t* p = nullptr) {
    const LaneSlot out = place(Place::memory, task.to);
    program_.steps.push_back({task, out, a, b == kNoSlot ? a : b, c == kNoSlot ? a : c, k, p});
    return {out, task.to};
  }

  static Task in(Width width, Operation op) { return {Task::Kind::plain, op, width, width, 0, false}; }
  static Task comparing(Width width, Operation op) { return {Task::Kind::plain, op, width, w8, 0, false}; }
  static Task of_truths(Operation op) { return {Task::Kind::truths, op, w8, w8, 0, false}; }
  static Task converting(Task::Kind kind, Width from, Width to) { return {kind, Operation::SET, from, to, 0, false}; }
  static Task formed(Task::Kind kind, Width width, std::size_t form, bool second) {
    return {kind, Operation::SET, width, width, static_cast<std::uint8_t>(form), second};
  }

  // The lane of a value in this width.
  LaneSlot lane(Node n, Width width) {
    if (is_constant(n)) return constant(graph_[n].k, width);
    const Lane made = lane(n);
    if (made.width == width) return made.slot;
    const auto [found, is_new] = converted_.emplace(std::pair{n, width}, 0);
    if (is_new) found->second = step(converting(Task::Kind::convert, made.width, width), made.slot).slot;
    return found->second;
  }
  Lane lane(Node n) {
    if (made_[n].slot == kNoSlot) made_[n] = make(graph_[n]);
    return made_[n];
  }

  Lane make(const Value& value) {
    const auto index = static_cast<std::uint32_t>(value.k);
    switch (value.kind) {
      case Value::constant:
        return {constant(value.k, width_of(value.range)), width_of(value.range)};
      case Value::field:
        return {place(Place::field, width_of(value.range), index), width_of(value.range)};
      case Value::known:
        return {place(Place::known, w8, index), w8};
      case Value::absent:
        return {place(Place::absent, w8, index), w8};
      case Value::steps:
        return staircase(value);
      case Value::plain:
        break;
    }
    return plain(value);
  }

  Lane staircase(const Value& value) {
    if (is_question(value)) return question(value);
    const Staircase& of = graph_.staircase(value);
    std::vector<std::int64_t> words{static_cast<std::int64_t>(of.bounds.size())};
    words.insert(words.end(), of.bounds.begin(), of.bounds.end());
    words.insert(words.end(), of.values.begin(), of.values.end());
    const Width from = width(value.a);
    const Width to = width_of(value.range);
    return step(converting(Task::Kind::steps, from, to), lane(value.a, from), kNoSlot, kNoSlot, 0,
                table(std::move(words)));
  }

  Lane question(const Value& value) {
    const Staircase& of = graph_.staircase(value);
    const bool begins = of.values.front() == 1;
    Lane asked;
    std::int64_t bound = of.bounds.front();
    std::int64_t end = of.bounds.back();
    if (const auto pieces = pieces_.find(value.a); pieces != pieces_.end()) {
      asked = piece(value.a, pieces->second);
      const auto number = [&](std::int64_t of_bound) {
        return std::lower_bound(pieces->second.begin(), pieces->second.end(), of_bound) - pieces->second.begin() + 1;
      };
      bound = number(bound);
      end = number(end);
    } else {
      asked = {lane(value.a, width(value.a)), width(value.a)};
    }
    const auto ask = [&](Operation op, std::int64_t k) {
      return step(comparing(asked.width, op), asked.slot, kNoSlot, kNoSlot, k);
    };
    if (of.bounds.size() == 1) return begins ? ask(Operation::LTK, bound) : ask(Operation::GTK, bound - 1);
    if (end - bound == 1 && !begins) return ask(Operation::EQK, bound);
    const Task within{Task::Kind::within, Operation::SET, asked.width, w8, 0, begins};
    return step(within, asked.slot, kNoSlot, kNoSlot, bound, table({end - bound}));
  }

  [[nodiscard]] bool is_truth(Node n) const { return graph_[n].range.least >= 0 && graph_[n].range.most <= 1; }
  [[nodiscard]] bool is_of_truths(const Value& v, Operation op) const {
    return v.kind == Value::plain && v.op == op && is_truth(v.a) && is_truth(v.b);
  }

  struct Literal {
    Node node = 0;
    bool is_opposite = false;
  };
  // An opposite is read off the value itself.
  [[nodiscard]] Literal literal(Node n, bool is_opposite) const {
    while (graph_[n].kind == Value::plain && graph_[n].op == Operation::NOT) {
      n = graph_[n].a;
      is_opposite = !is_opposite;
    }
    return {n, is_opposite};
  }

  // Truths of truths are conjunctions of three literals at most, or their opposites; what nobody else reads is part of
  // them.
  Lane composed(const Value& v) {
    constexpr std::size_t kMostLiterals = 3;
    const bool is_opposite = v.op != Operation::AND;  // of the opposites of what an OR or a NOT reads
    std::vector<Literal> parts{literal(v.a, is_opposite && v.op == Operation::OR)};
    bool is_negated = is_opposite;
    if (v.op != Operation::NOT) parts.push_back(literal(v.b, is_opposite));
    for (std::size_t i = 0; i < parts.size() && parts.size() < kMostLiterals;) {
      const Literal part = parts[i];
      const Value& of = graph_[part.node];
      const bool opens = is_of_truths(of, part.is_opposite ? Operation::OR : Operation::AND) &&
                         readers_[part.node] <= 1 && made_[part.node].slot == kNoSlot;
      if (!opens) {
        ++i;
        continue;
      }
      parts[i] = literal(of.a, part.is_opposite);
      parts.push_back(literal(of.b, part.is_opposite));
    }
    return conjunction(std::move(parts), is_negated);
  }

  Lane conjunction(std::vector<Literal> parts, bool is_negated) {
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Literal& x, const Literal& y) { return !x.is_opposite && y.is_opposite; });
    std::vector<LaneSlot> slots;
    for (const Literal& part : parts) slots.push_back(lane(part.node, w8));
    auto opposites = static_cast<std::size_t>(
        std::count_if(parts.begin(), parts.end(), [](const Literal& part) { return part.is_opposite; }));
    if (parts.size() == 1) {  // a NOT of what is no conjunction
      return step(of_truths(Operation::NOT), slots[0]);
    }
    if (parts.size() == 2) {
      if (opposites == 0 && !is_negated) return step(of_truths(Operation::AND), slots[0], slots[1]);
      if (opposites == 1 && !is_negated) return step(of_truths(Operation::ANDNOT), slots[0], slots[1]);
      if (opposites == 2 && is_negated) return step(of_truths(Operation::OR), slots[0], slots[1]);
      // The last once more, which changes nothing.
      slots.push_back(slots[1]);
      opposites += opposites == 0 ? 0 : 1;
    }
    return step(formed(Task::Kind::conjunction, w8, opposites, is_negated), slots[0], slots[1], slots[2]);
  }

  Lane flagged(const Value& v) {
    const Width w = std::max(width_of(v.range), width(v.a));
    const Value& before = graph_[v.a];
    const bool is_pair =
        before.kind == Value::plain && before.op == Operation::FLAG && readers_[v.a] <= 1 && made_[v.a].slot == kNoSlot;
    if (!is_pair) {
      const LaneSlot set = lane(v.a, w);
      return step(in(w, v.op), set, lane(v.b, w8), kNoSlot, v.k);
    }
    const Literal first = literal(before.b, false);
    const Literal second = literal(v.b, false);
    const LaneSlot set = lane(before.a, w);
    const LaneSlot b = lane(first.node, w8);
    const std::size_t form = (first.is_opposite ? 1U : 0U) + (second.is_opposite ? 2U : 0U);
    return step(formed(Task::Kind::two_flags, w, form, false), set, b, lane(second.node, w8), before.k + 256 * v.k);
  }

  Lane plain(const Value& v) {
    switch (v.op) {
      case Operation::ADD:
        return with_constant(v, Operation::ADDK);
      case Operation::MUL:
        return product(v);
      case Operation::MIN:
        return with_constant(v, Operation::MINK);
      case Operation::MAX:
        return with_constant(v, Operation::MAXK);
      case Operation::SUB:
        return difference(v);
      case Operation::AND:
      case Operation::OR:
        return is_of_truths(v, v.op) ? composed(v) : binary(v, std::max(width(v.a), width(v.b)));
      case Operation::NOT:
        return composed(v);
      case Operation::ABS: {
        const Width w = std::max(width_of(v.range), width(v.a));
        return step(in(w, v.op), lane(v.a, w));
      }
      case Operation::EQ:
      case Operation::LT:
        return comparison(v);
      case Operation::SEL: {
        const Width w = std::max(width(v.b), width(v.c));
        const LaneSlot truth = lane(v.a, w8);
        const LaneSlot yes = lane(v.b, w);
        if (is_truth(v.b) && is_truth(v.c)) return step(of_truths(v.op), truth, yes, lane(v.c, w8));
        return step(in(w, v.op), truth, yes, lane(v.c, w));
      }
      case Operation::FLAG:
        return flagged(v);
      case Operation::DOWN:
      case Operation::UP:
      case Operation::HALFUP:
        return is_constant(v.b) ? quotient(v, {v.op, graph_[v.b].k}) : in_full(v);
      case Operation::HALFEVEN:
        return is_constant(v.b) ? in_full(v, Operation::HALFEVENK, graph_[v.b].k) : in_full(v);
      case Operation::YEAR:
      case Operation::YEARSTART:
      case Operation::YEAREND:
      case Operation::MONTHSTART:
      case Operation::MONTHEND: {
        const Width w = std::max({w32, width(v.a), width_of(v.range)});
        return step(in(w, v.op), lane(v.a, w));
      }
      default:
        return in_full(v);
    }
  }

  Lane binary(const Value& v, Width w) {
    const LaneSlot a = lane(v.a, w);
    return step(in(w, v.op), a, lane(v.b, w));
  }

  [[nodiscard]] Width common_width(const Value& v) const {
    return std::max({width_of(v.range), width(v.a), width(v.b)});
  }

  // b may be a constant.
  Lane with_constant(const Value& v, Operation form) {
    const Width w = common_width(v);
    if (!is_constant(v.b)) return binary(v, w);
    return step(in(w, form), lane(v.a, w), kNoSlot, kNoSlot, graph_[v.b].k);
  }

  Lane difference(const Value& v) {
    const Width w = common_width(v);
    if (is_constant(v.a)) return step(in(w, Operation::FROMK), lane(v.b, w), kNoSlot, kNoSlot, graph_[v.a].k);
    if (is_constant(v.b))  // wraps as the difference does
      return step(in(w, Operation::ADDK), lane(v.a, w), kNoSlot, kNoSlot,
                  static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(graph_[v.b].k)));
    return binary(v, w);
  }

  Lane product(const Value& v) {
    const bool widens = common_width(v) == w64 && width(v.a) != w64 && width(v.b) != w64;
    if (!widens) return with_constant(v, Operation::MULK);
    const LaneSlot a = lane(v.a, w32);
    return step(converting(Task::Kind::wide_multiply, w32, w64), a, lane(v.b, w32));
  }

  // Both sides in one width; the truth has 8 bits.
  Lane comparison(const Value& v) {
    const Width w = std::max(width(v.a), width(v.b));
    const bool equal = v.op == Operation::EQ;
    if (is_constant(v.b)) {
      const Operation form = equal ? Operation::EQK : Operation::LTK;
      return step(comparing(w, form), lane(v.a, w), kNoSlot, kNoSlot, graph_[v.b].k);
    }
    if (is_constant(v.a)) return step(comparing(w, Operation::GTK), lane(v.b, w), kNoSlot, kNoSlot, graph_[v.a].k);
    const LaneSlot a = lane(v.a, w);
    return step(comparing(w, v.op), a, lane(v.b, w));
  }

  // By a constant: a product is divided without being stored.
  Lane quotient(const Value& v, Divisor by) {
    const Value& of = graph_[v.a];
    if (of.kind == Value::plain && of.op == Operation::MUL && holds<std::int32_t>(graph_[of.a].range) &&
        holds<std::int32_t>(graph_[of.b].range)) {
      std::int64_t factor = is_constant(of.b) ? graph_[of.b].k : 0;
      Divisor reduced = by;
      if (factor != 0) {
        const std::int64_t common = std::gcd(factor, by.d);
        factor /= common;
        reduced.d /= common;
      }
      const i128 most =
          magnitude(graph_[of.a].range) * (factor != 0 ? magnitude({factor, factor}) : magnitude(graph_[of.b].range));
      if (const auto q = quotient_of(most, i128{1} << 32, reduced))
        return quotient(*q, reduced.d, of.range.least < 0, lane(of.a, w32),
                        factor != 0 ? constant(factor, w32) : lane(of.b, w32));
    }
    if (holds<std::int32_t>(of.range)) {
      if (const auto q = quotient_of(magnitude(of.range), i128{1} << 32, by))
        return quotient(*q, by.d, of.range.least < 0, lane(v.a, w32), constant(1, w32));
    }
    if (const auto q = quotient_of(magnitude(of.range), i128{1} << 63, by))
      return step(formed(Task::Kind::quotient_wide, w64, 0, false), lane(v.a, w64), kNoSlot, kNoSlot, 0, table_of(*q));
    const Operation form = v.op == Operation::DOWN ? Operation::DOWNK
                           : v.op == Operation::UP ? Operation::UPK
                                                   : Operation::HALFUPK;
    return in_full(v, form, by.d);
  }
  Lane quotient(const Quotient& q, std::int64_t d, bool is_signed, LaneSlot a, LaneSlot b) {
    std::size_t fives = 0;
    std::int64_t odd = d >> q.shift;
    for (; odd % 5 == 0; odd /= 5) ++fives;
    if (odd == 1 && fives < kFives)
      return step(formed(Task::Kind::quotient, w32, fives, is_signed), a, b, kNoSlot, 0, table_of(q));
    return step(formed(Task::Kind::quotient, w32, kFives, is_signed), a, b, constant(q.magic, w32), 0, table_of(q));
  }
  const std::int64_t* table_of(const Quotient& q) { return table({q.add, q.shift, q.magic, q.post}); }

  // In 64 bits, as rows are decided one by one.
  Lane in_full(const Value& v) { return in_full(v, v.op, v.k); }
  Lane in_full(const Value& v, Operation op, std::int64_t k) {
    const std::string_view operands = operands_of(op);
    const auto operand = [&](char name, Node n) {
      return operands.find(name) == std::string_view::npos ? kNoSlot : lane(n, w64);
    };
    const LaneSlot a = operand('a', v.a);
    const LaneSlot b = operand('b', v.b);
    return step(in(w64, op), a, b, operand('c', v.c), k, program_.pool.data());
  }

  // Written where the caller wants it, if nobody else has asked for the same.
  void answer(std::uint32_t index, const WantedAnswer& wanted) {
    const LaneSlot slot = lane(wanted.node, wanted.width);
    Place& place_of = program_.places[slot];
    if (place_of.kind == Place::memory) {
      place_of.kind = Place::answer;
      place_of.index = index;
      return;
    }
    const Lane copy = step(converting(Task::Kind::convert, wanted.width, wanted.width), slot);
    program_.places[copy.slot].kind = Place::answer;
    program_.places[copy.slot].index = index;
  }

  // Lanes that are not read any more leave their memory to others of the same width.
  void place_memory() {
    std::vector<std::size_t> last(program_.places.size(), 0);
    for (std::size_t i = 0; i < program_.steps.size(); ++i) {
      const LaneProgram::Step& s = program_.steps[i];
      for (const LaneSlot slot : {s.out, s.a, s.b, s.c}) last[slot] = i;
    }
    std::array<std::vector<std::size_t>, kWidths> free;
    const auto take = [&](Width width) {
      auto& of_width = free[width];
      if (of_width.empty()) {
        program_.memory += kBlock * bytes_of(width);
        return program_.memory - kBlock * bytes_of(width);
      }
      const std::size_t offset = of_width.back();
      of_width.pop_back();
      return offset;
    };
    for (Place& p : program_.places) {
      if (p.kind == Place::constant) p.offset = take(p.width);
    }
    std::vector<bool> released(program_.places.size(), false);
    for (std::size_t i = 0; i < program_.steps.size(); ++i) {
      const LaneProgram::Step& s = program_.steps[i];
      Place& out = program_.places[s.out];
      if (out.kind == Place::memory) out.offset = take(out.width);
      for (const LaneSlot slot : {s.out, s.a, s.b, s.c}) {
        const Place& p = program_.places[slot];
        if (p.kind != Place::memory || last[slot] != i || released[slot]) continue;
        released[slot] = true;
        free[p.width].push_back(p.offset);
      }
    }
  }

  const Graph& graph_;
  LaneProgram program_;
  std::vector<Lane> made_;
  std::map<std::pair<Node, Width>, LaneSlot> converted_;
  std::map<Node, std::vector<std::int64_t>> pieces_;  // bounds of values that are asked often
  std::map<Node, Lane> counted_;
  std::vector<std::uint32_t> readers_;
  std::map<std::pair<std::int64_t, Width>, LaneSlot> constants_;
};

}  // namespace

LaneProgram compile(const Graph& graph, const std::vector<WantedAnswer>& answers) {
  return LaneCompiler(graph).compile(answers);
}

}  // namespace guiju::kernel
