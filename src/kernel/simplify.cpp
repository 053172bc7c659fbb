// See simplify.hpp.
#include "kernel/simplify.hpp"

#include <algorithm>
#include <utility>

#include "kernel/values.hpp"
#include "plan/plan.hpp"

namespace guiju::kernel {

namespace {

constexpr std::int64_t kMembersOfSet = 64;
constexpr std::int64_t kLargestIndex = 64;  // of a staircase that is a table
constexpr std::size_t kMostChoices = 4;     // of one that is a chain of choices

class Writer {
 public:
  Writer(const Kernel& kernel, std::vector<Given> given, std::map<std::uint32_t, Range> days)
      : kernel_(kernel), graph_(std::move(given)), nodes_(graph_.run(kernel, {std::move(days), {}})) {}

  std::optional<Kernel> write() {
    out_.fields = kernel_.fields;
    out_.demands = kernel_.demands;
    out_.lists = kernel_.lists;
    out_.requirements = kernel_.requirements;
    out_.ranges.assign(kernel_.ranges.begin(), kernel_.ranges.begin() + kernel_.fields);
    out_.pool = graph_.pool();
    find_wanted();
    registers_.assign(graph_.size(), kNoRegister);
    for (Node n = 0; n < graph_.size(); ++n) {
      if (wanted_[n]) registers_[n] = write(n);
    }
    if (out_.ranges.size() > kNoRegister) return std::nullopt;
    for_each_answer([&](Register from, Register& to) { to = from == kNoRegister ? from : registers_[nodes_[from]]; });
    out_.essential = static_cast<std::uint32_t>(out_.code.size());
    return std::move(out_);
  }

 private:
  // With each register of the answer, and where the new one belongs.
  template <typename F>
  void for_each_answer(F&& f) {
    f(kernel_.open, out_.open);
    f(kernel_.referred, out_.referred);
    f(kernel_.amount, out_.amount);
    const auto all = [&](const std::vector<Register>& from, std::vector<Register>& to) {
      to.resize(from.size(), kNoRegister);
      for (std::size_t i = 0; i < from.size(); ++i) f(from[i], to[i]);
    };
    all(kernel_.failed, out_.failed);
    all(kernel_.refused, out_.refused);
    all(kernel_.owed, out_.owed);
    all(kernel_.parts, out_.parts);
    all(kernel_.shares, out_.shares);
  }

  // A value stands behind all that it is made of.
  void find_wanted() {
    wanted_.assign(graph_.size(), false);
    for_each_answer([&](Register from, Register&) {
      if (from != kNoRegister) wanted_[nodes_[from]] = true;
    });
    for (auto n = static_cast<Node>(graph_.size()); n-- > 0;) {
      if (!wanted_[n]) continue;
      const Value& v = graph_[n];
      const std::size_t operands = v.kind == Value::steps ? 1 : v.kind == Value::plain ? reads(v.op) : 0;
      if (operands > 0) wanted_[v.a] = true;
      if (operands > 1) wanted_[v.b] = true;
      if (operands > 2) wanted_[v.c] = true;
    }
  }

  Register add(Operation op, const Range& range, Register a = 0, Register b = 0, Register c = 0, std::int64_t k = 0) {
    const auto out = static_cast<Register>(out_.ranges.size());
    out_.code.push_back({op, out, a, b, c, k});
    out_.ranges.push_back(range);
    out_.places.push_back(place_);
    return out;
  }

  Register write(Node n) {
    const Value& v = graph_[n];
    const auto origin = graph_.origin(n);
    place_ = origin && *origin < kernel_.places.size() ? kernel_.places[*origin] : plan::kNone;
    switch (v.kind) {
      case Value::constant:
        return constant(v.k);
      case Value::field:
        return static_cast<Register>(v.k);
      case Value::known:
        return add(Operation::KNOWN, kTruth, 0, 0, 0, v.k);
      case Value::absent:
        return add(Operation::ABSENT, kTruth, 0, 0, 0, v.k);
      case Value::steps:
        return write_steps(v);
      default:
        return add(v.op, v.range, registers_[v.a], registers_[v.b], registers_[v.c], v.k);
    }
  }

  Register constant(std::int64_t k) { return add(Operation::SET, {k, k}, 0, 0, 0, k); }
  Register at_least(Register a, std::int64_t bound) { return add(Operation::GTK, kTruth, a, 0, 0, bound - 1); }
  Register below(Register a, std::int64_t bound) { return add(Operation::LTK, kTruth, a, 0, 0, bound); }

  // ---- staircases

  // A truth with the same bounds as another is its opposite.
  Register write_steps(const Value& v) {
    const Staircase& stairs = graph_.staircase(v);
    const bool is_truth = v.range.least >= 0 && v.range.most <= 1;
    if (is_truth) {
      const auto opposite = truths_.find({v.a, stairs.bounds});
      if (opposite != truths_.end()) return add(Operation::NOT, kTruth, opposite->second);
    }
    const Register written = write_new_steps(v, stairs, is_truth);
    if (is_truth) truths_[{v.a, stairs.bounds}] = written;
    return written;
  }

  Register write_new_steps(const Value& v, const Staircase& stairs, bool is_truth) {
    const Range& of = graph_[v.a].range;
    const Register a = registers_[v.a];
    if (is_truth && stairs.bounds.size() == 1)
      return stairs.values[0] == 0 ? at_least(a, stairs.bounds[0]) : below(a, stairs.bounds[0]);
    if (is_truth && stairs.bounds.size() == 2) return within(a, stairs);
    if (is_truth && of.least >= 0 && of.most < kMembersOfSet) {
      std::uint64_t set = 0;
      for (std::int64_t x = of.least; x <= of.most; ++x) set |= static_cast<std::uint64_t>(stairs.at(x)) << x;
      return add(Operation::IN, kTruth, a, 0, 0, static_cast<std::int64_t>(set));
    }
    if (stairs.bounds.size() == 1) return choose(a, stairs, v.range);
    if (of.least >= 0 && of.most < kLargestIndex) return look_up(a, stairs, of, v.range);
    if (stairs.bounds.size() <= kMostChoices) return choose(a, stairs, v.range);
    return search(a, stairs, v.range);
  }

  // Between two bounds, or not.
  Register within(Register a, const Staircase& stairs) {
    const bool is_inside = stairs.values[1] == 1;
    const std::int64_t least = stairs.bounds[0];
    if (stairs.bounds[1] == least + 1) {
      const Register is = add(Operation::EQK, kTruth, a, 0, 0, least);
      return is_inside ? is : add(Operation::NOT, kTruth, is);
    }
    if (is_inside) return add(Operation::AND, kTruth, at_least(a, least), below(a, stairs.bounds[1]));
    return add(Operation::OR, kTruth, below(a, least), at_least(a, stairs.bounds[1]));
  }

  Register choose(Register a, const Staircase& stairs, const Range& range) {
    Register chosen = constant(stairs.values.front());
    for (std::size_t i = 0; i < stairs.bounds.size(); ++i)
      chosen = add(Operation::SEL, range, below(a, stairs.bounds[i]), chosen, constant(stairs.values[i + 1]));
    return chosen;
  }

  Register look_up(Register a, const Staircase& stairs, const Range& of, const Range& range) {
    const auto first = static_cast<std::int64_t>(out_.pool.size());
    for (std::int64_t x = 0; x <= of.most; ++x) out_.pool.push_back(stairs.at(x));
    return add(Operation::AT, range, a, 0, 0, first);
  }

  Register search(Register a, const Staircase& stairs, const Range& range) {
    const auto first = static_cast<std::int64_t>(out_.pool.size());
    const auto count = static_cast<std::int64_t>(stairs.bounds.size());
    out_.pool.push_back(count);
    out_.pool.insert(out_.pool.end(), stairs.bounds.begin(), stairs.bounds.end());
    out_.pool.insert(out_.pool.end(), stairs.values.begin(), stairs.values.end());
    const Register step = add(Operation::SEARCH, {0, count}, a, 0, 0, first);
    return add(Operation::AT, range, step, 0, 0, first + 1 + count);
  }

  const Kernel& kernel_;
  Graph graph_;
  std::vector<Node> nodes_;  // by register of the kernel
  std::vector<bool> wanted_;
  std::vector<Register> registers_;                                        // by node
  std::map<std::pair<Node, std::vector<std::int64_t>>, Register> truths_;  // of a value, with bounds
  std::uint32_t place_ = plan::kNone;
  Kernel out_;
};

}  // namespace

std::optional<Kernel> simplified(const Kernel& kernel, std::vector<Given> given, std::map<std::uint32_t, Range> days) {
  return Writer(kernel, std::move(given), std::move(days)).write();
}

}  // namespace guiju::kernel
