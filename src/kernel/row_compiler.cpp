// From a kernel to its row program: which truths and numbers the answer needs, seen from the answer backwards, and in
// which order they can be had.
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "kernel/arithmetic.h"
#include "kernel/row_program.hpp"

namespace guiju::kernel {

namespace {

using Run = RowProgram::Run;
using Code = RowProgram::Code;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLargestTable = 256;  // of a staircase whose every value has its place
constexpr std::int64_t kMembers = 64;

struct Unsuited {};

struct Literal {
  Node node = 0;
  bool negative = false;
};

// Numbers, questions about them and conjunctions are done by turns; within a turn conjunctions of others after those.
struct When {
  std::uint32_t turn = 0, level = 0;
};
When later(const When& x, const When& y) {
  return std::tie(x.turn, x.level) < std::tie(y.turn, y.level) ? y : x;
}

std::optional<Code> with_constant(Operation op) {
  switch (op) {
    case Operation::ADD:
    case Operation::SUB:
      return Code::ADDK;
    case Operation::MUL:
      return Code::MULK;
    case Operation::MIN:
      return Code::MINK;
    case Operation::MAX:
      return Code::MAXK;
    case Operation::DOWN:
      return Code::DOWNK;
    case Operation::UP:
      return Code::UPK;
    case Operation::HALFUP:
      return Code::HALFUPK;
    case Operation::HALFEVEN:
      return Code::HALFEVENK;
    default:
      return std::nullopt;
  }
}

std::size_t reads(Operation op) {
  std::size_t n = 0;
  for (const char operand : operands_of(op)) n += operand != 'k' ? 1 : 0;
  return n;
}

// The graph of a kernel, asked what its truths are made of.
class Truthful {
 public:
  Truthful(const Kernel& kernel, const std::vector<Given>& given)
      : graph_(given), registers_(graph_.run(kernel)), speaks_(graph_.demanded(kernel)) {
    open_ = kernel.open == kNoRegister ? graph_.no(speaks_) : graph_.any(graph_.no(speaks_), registers_[kernel.open]);
    referred_ = kernel.referred == kNoRegister ? graph_.constant(0) : graph_.all(speaks_, registers_[kernel.referred]);
  }

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] Literal open() const { return strip({open_, false}); }
  [[nodiscard]] Literal referred() const { return strip({referred_, false}); }
  [[nodiscard]] Node node_of(Register r) const { return registers_[r]; }
  [[nodiscard]] bool is_constant(Node n) const { return graph_[n].kind == Value::constant; }

  [[nodiscard]] Literal strip(Literal x) const {
    while (is_plain(x.node, Operation::NOT)) x = {graph_[x.node].a, !x.negative};
    return x;
  }

  // What has no register of its own.
  [[nodiscard]] bool is_truth_only(Node n) const {
    const Value& v = graph_[n];
    if (v.kind == Value::known || v.kind == Value::absent) return true;
    if (v.kind == Value::steps) return is_truth(n) && is_one_question(v);
    const bool composed = is_of_truths(n, Operation::AND) || is_of_truths(n, Operation::OR);
    return composed || is_plain(n, Operation::NOT) || is_plain(n, Operation::EQ) || is_plain(n, Operation::LT);
  }

  // The literals of which this one is the conjunction; itself where it is none.
  [[nodiscard]] std::vector<Literal> conjuncts(Literal whole) const {
    std::vector<Literal> out, left{whole};
    while (!left.empty()) {
      const Literal x = strip(left.back());
      left.pop_back();
      const Value& v = graph_[x.node];
      if (!x.negative && is_empty_set(x.node)) {
        for (Node set = v.a; is_plain(set, Operation::FLAG); set = graph_[set].a) left.push_back({graph_[set].b, true});
      } else if (is_of_truths(x.node, x.negative ? Operation::OR : Operation::AND)) {
        left.push_back({v.a, x.negative});
        left.push_back({v.b, x.negative});
      } else if (!is_constant(x.node) || (v.k != 0) == x.negative) {  // what always holds is left out
        out.push_back(x);
      }
    }
    return out;
  }

  // Of a truth that is worked out from others: the literals of which it, or its opposite, is the conjunction.
  struct Composed {
    bool is_opposite = false;
    std::vector<Literal> of;
  };
  [[nodiscard]] std::optional<Composed> composed(Node n) const {
    if (is_constant(n) || is_empty_set(n) || is_of_truths(n, Operation::AND))
      return Composed{false, conjuncts({n, false})};
    if (is_of_truths(n, Operation::OR)) return Composed{true, conjuncts({n, true})};
    return std::nullopt;
  }

  // The truths of a set that is written flag by flag.
  [[nodiscard]] std::vector<std::pair<std::uint8_t, Node>> flags(Register set_register) {
    std::vector<std::pair<std::uint8_t, Node>> out;
    Node set = node_of(set_register);
    for (; is_plain(set, Operation::FLAG); set = graph_[set].a)
      out.emplace_back(static_cast<std::uint8_t>(graph_[set].k), graph_[set].b);
    if (!is_constant(set)) throw Unsuited{};
    const std::int64_t always = graph_[set].k;
    for (std::uint8_t bit = 0; bit < kMembers; ++bit) {
      if (gj_in(always, bit) != 0) out.emplace_back(bit, graph_.constant(1));
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_plain(Node n, Operation op) const {
    return graph_[n].kind == Value::plain && graph_[n].op == op;
  }
  [[nodiscard]] bool is_truth(Node n) const { return graph_[n].range.least >= 0 && graph_[n].range.most <= 1; }
  [[nodiscard]] bool is_of_truths(Node n, Operation op) const {
    return is_plain(n, op) && is_truth(graph_[n].a) && is_truth(graph_[n].b);
  }
  [[nodiscard]] bool is_one_question(const Value& stairs) const {
    const Range& of = graph_[stairs.a].range;
    return graph_.staircase(stairs).bounds.size() <= 2 || (of.least >= 0 && of.most < kMembers);
  }
  // "None of these flags."
  [[nodiscard]] bool is_empty_set(Node n) const {
    if (!is_plain(n, Operation::EQ) || !graph_.is(graph_[n].b, 0)) return false;
    Node set = graph_[n].a;
    if (!is_plain(set, Operation::FLAG)) return false;
    while (is_plain(set, Operation::FLAG)) set = graph_[set].a;
    return graph_.is(set, 0);
  }

  Graph graph_;
  std::vector<Node> registers_;
  Node speaks_;  // the row meets what the kernel demands
  Node open_ = 0, referred_ = 0;
};

class Compiler {
 public:
  Compiler(const Kernel& kernel, const std::vector<Given>& given)
      : kernel_(kernel), truths_(kernel, given), graph_(truths_.graph()), pool_(graph_.pool()) {}

  RowProgram compile() {
    for (const auto* sets : {&kernel_.failed, &kernel_.refused, &kernel_.owed, &kernel_.marks}) {
      for (const Register set : *sets) answers_.push_back(truths_.flags(set));
    }
    if (answers_.size() > RowProgram::kMostAnswers) throw Unsuited{};
    find_wanted();
    program_.registers = kernel_.fields;
    made_.resize(graph_.size());
    place_constants();
    for (Node n = 0; n < made_.size(); ++n) make(n);
    write_runs();
    write_answer();
    return std::move(program_);
  }

 private:
  struct Wanted {
    bool truth = false, number = false;
  };
  // Of a node, once it is there.
  struct Made {
    Register number = kNoRegister;
    std::uint32_t turn = 0;  // of the number
    std::uint32_t bit = 0;   // of the truth
    bool is_opposite = false;
    When when;  // of the truth
  };

  // ---- what is wanted

  void want_truth(Literal x) { wanted_[truths_.strip(x).node].truth = true; }
  void want_number(Node n) { wanted_[n].number = true; }
  void want(const std::vector<Literal>& all) {
    for (const Literal& x : all) want_truth(x);
  }

  void find_wanted() {
    wanted_.resize(graph_.size());
    want_truth(truths_.open());
    want_truth(truths_.referred());
    for (const auto& flags : answers_) {
      for (const auto& [bit, truth] : flags) want(truths_.conjuncts({truth, false}));
    }
    if (kernel_.amount != kNoRegister) want_number(truths_.node_of(kernel_.amount));
    for (const auto* figures : {&kernel_.parts, &kernel_.shares}) {
      for (const Register figure : *figures) want_number(truths_.node_of(figure));
    }
    for (auto n = static_cast<Node>(graph_.size()); n-- > 0;) {
      if (wanted_[n].number && truths_.is_truth_only(n)) want_truth({n, false});
      if (wanted_[n].truth) want_for_truth(n);
      if (wanted_[n].number) want_for_number(n);
    }
  }

  void want_for_truth(Node n) {
    if (const auto parts = truths_.composed(n)) return want(parts->of);
    if (!truths_.is_truth_only(n)) return want_number(n);
    const Value& v = graph_[n];
    const bool compares = v.kind == Value::plain;
    if (compares || v.kind == Value::steps) want_operand(v.a);
    if (compares) want_operand(v.b);
  }

  void want_for_number(Node n) {
    const Value& v = graph_[n];
    if (truths_.is_truth_only(n)) return;
    if (v.kind == Value::steps) return want_number(v.a);
    if (v.kind != Value::plain) return;
    const std::size_t count = reads(v.op);
    const bool chooses = v.op == Operation::SEL;
    if (chooses) want_truth({v.a, false});
    if (count > 0 && !chooses) want_operand(v.a);
    if (count == 2 && with_constant(v.op)) return want_operand(v.b);
    if (count > 1) want_number(v.b);
    if (count > 2) want_number(v.c);
  }

  // One that needs no register where it is constant.
  void want_operand(Node n) {
    if (!truths_.is_constant(n)) want_number(n);
  }

  // ---- numbers

  Register fresh() {
    if (program_.registers >= kNoRegister) throw Unsuited{};
    return static_cast<Register>(program_.registers++);
  }

  void place_constants() {
    program_.constants_at = static_cast<Register>(program_.registers);
    for (Node n = 0; n < made_.size(); ++n) {
      if (!truths_.is_constant(n) || !wanted_[n].number) continue;
      made_[n].number = fresh();
      program_.constants.push_back(graph_[n].k);
    }
  }

  void make(Node n) {
    const Wanted& wanted = wanted_[n];
    const bool from_truth = truths_.is_truth_only(n);
    if (wanted.number && !from_truth && !truths_.is_constant(n)) make_number(n);
    if (wanted.truth) make_truth(n);
    if (wanted.number && from_truth) make_number_of_truth(n);
  }

  void add(Node n, RowProgram::Number number, std::uint32_t turn) {
    number.out = made_[n].number = fresh();
    made_[n].turn = turn;
    numbers_.emplace_back(turn, number);
  }

  struct Placed {
    std::uint32_t bit;
    bool is_opposite;
    std::uint32_t turn;
  };
  [[nodiscard]] Placed placed(Literal x) const {
    x = truths_.strip(x);
    const Made& made = made_[x.node];
    return {made.bit, x.negative != made.is_opposite, made.when.turn};
  }

  void make_number_of_truth(Node n) {
    const Placed truth = placed({n, false});
    add(n, {Code::TRUTH, 0, static_cast<Register>(truth.bit), 0, 0, truth.is_opposite ? 1 : 0}, truth.turn + 1);
  }

  void make_number(Node n) {
    const Value& v = graph_[n];
    if (v.kind == Value::field) {
      made_[n].number = static_cast<Register>(v.k);
    } else if (v.kind == Value::steps) {
      make_stairs(n);
    } else if (v.op == Operation::SEL) {
      make_choice(n);
    } else {
      make_plain(n);
    }
  }

  void make_plain(Node n) {
    const Value& v = graph_[n];
    RowProgram::Number out{static_cast<Code>(v.op), 0, 0, 0, 0, v.k};
    std::uint32_t turn = 0;
    const auto read = [&](Node from) {
      turn = std::max(turn, made_[from].turn);
      return made_[from].number;
    };
    const std::size_t count = reads(v.op);
    if (count == 2 && with_constant(v.op) && truths_.is_constant(v.b)) {
      const std::int64_t k = graph_[v.b].k;
      out = {*with_constant(v.op), 0, read(v.a), 0, 0, v.op == Operation::SUB ? -k : k};
    } else if (v.op == Operation::SUB && truths_.is_constant(v.a)) {
      out = {Code::FROMK, 0, read(v.b), 0, 0, graph_[v.a].k};
    } else {
      if (count > 0) out.a = read(v.a);
      if (count > 1) out.b = read(v.b);
      if (count > 2) out.c = read(v.c);
    }
    add(n, out, turn);
  }

  void make_choice(Node n) {
    const Value& v = graph_[n];
    const Placed truth = placed({v.a, false});
    const Made& yes = made_[truth.is_opposite ? v.c : v.b];
    const Made& no = made_[truth.is_opposite ? v.b : v.c];
    add(n, {Code::CHOOSE, 0, static_cast<Register>(truth.bit), yes.number, no.number, 0},
        std::max({truth.turn + 1, yes.turn, no.turn}));
  }

  void make_stairs(Node n) {
    const Value& v = graph_[n];
    const Staircase& stairs = graph_.staircase(v);
    const Range& of = graph_[v.a].range;
    RowProgram::Number out{Code::STAIRS, 0, made_[v.a].number, 0, 0, static_cast<std::int64_t>(pool_.size())};
    if (of.least > -kLargestTable && of.most < kLargestTable) {
      out.code = Code::AT;
      out.k -= of.least;
      for (std::int64_t x = of.least; x <= of.most; ++x) pool_.push_back(stairs.at(x));
    } else {
      pool_.push_back(static_cast<std::int64_t>(stairs.bounds.size()));
      pool_.insert(pool_.end(), stairs.bounds.begin(), stairs.bounds.end());
      pool_.insert(pool_.end(), stairs.values.begin(), stairs.values.end());
    }
    add(n, out, made_[v.a].turn);
  }

  // ---- truths

  std::uint32_t fresh_bit() {
    if (bits_ >= 64 * RowProgram::kMostWords) throw Unsuited{};
    return bits_++;
  }

  // Questions by kind and by what they ask, so that none is asked twice.
  struct Question {
    Run::Kind kind{};
    std::uint64_t a = 0, b = 0, c = 0;
    auto operator<=>(const Question&) const = default;
  };
  struct Asked {
    Question question;
    std::uint32_t turn, bit;
  };

  void ask(Node n, const Question& question, std::uint32_t turn, bool is_opposite = false) {
    const auto [place, is_new] = known_.emplace(question, bits_);
    if (is_new) asked_.push_back({question, turn, fresh_bit()});
    made_[n].bit = place->second;
    made_[n].is_opposite = is_opposite;
    made_[n].when = {turn, 0};
  }

  void ask_between(Node n, Node of, std::int64_t least, std::int64_t most, bool is_opposite = false) {
    const auto from = static_cast<std::uint64_t>(least);
    ask(n, {Run::between, made_[of].number, from, static_cast<std::uint64_t>(most) - from}, made_[of].turn,
        is_opposite);
  }

  void ask_pair(Node n, Run::Kind kind, Node a, Node b) {
    ask(n, {kind, made_[a].number, made_[b].number}, std::max(made_[a].turn, made_[b].turn));
  }

  void make_truth(Node n) {
    if (const auto parts = truths_.composed(n)) return make_conjunction(n, *parts);
    const Value& v = graph_[n];
    if (!truths_.is_truth_only(n)) return ask_between(n, n, 1, 1);
    if (v.kind == Value::known) return ask(n, {Run::known, static_cast<std::uint64_t>(v.k)}, 0);
    if (v.kind == Value::absent) return ask(n, {Run::absent, static_cast<std::uint64_t>(v.k)}, 0);
    if (v.kind == Value::steps) return ask_stairs(n);
    const bool equal = v.op == Operation::EQ;
    if (truths_.is_constant(v.b)) {
      const std::int64_t k = graph_[v.b].k;
      return equal ? ask_between(n, v.a, k, k) : ask_between(n, v.a, k, kMost, true);
    }
    if (truths_.is_constant(v.a)) return ask_between(n, v.b, graph_[v.a].k + 1, kMost);
    ask_pair(n, equal ? Run::equal : Run::less, v.a, v.b);
  }

  void ask_stairs(Node n) {
    const Value& v = graph_[n];
    const Staircase& stairs = graph_.staircase(v);
    const bool is_opposite = stairs.values.front() == 1;
    if (stairs.bounds.size() == 1) return ask_between(n, v.a, stairs.bounds[0], kMost, is_opposite);
    if (stairs.bounds.size() == 2) return ask_between(n, v.a, stairs.bounds[0], stairs.bounds[1] - 1, is_opposite);
    std::uint64_t set = 0;
    for (std::int64_t x = 0; x < kMembers; ++x) set |= static_cast<std::uint64_t>(stairs.at(x)) << x;
    ask(n, {Run::members, made_[v.a].number, set}, made_[v.a].turn);
  }

  struct Conjunction {
    When when;
    std::size_t word = 0;
    std::uint8_t bit = 0;
    std::array<std::uint64_t, RowProgram::kMostWords> mask{}, wanted{};
  };

  Conjunction conjunction(const std::vector<Literal>& of) const {
    Conjunction out;
    for (const Literal& x : of) {
      const Made& made = made_[x.node];
      const std::uint64_t flag = std::uint64_t{1} << (made.bit % 64);
      const bool positive = x.negative == made.is_opposite;
      std::uint64_t& mask = out.mask[made.bit / 64];
      std::uint64_t& wanted = out.wanted[made.bit / 64];
      const bool contradicts = (mask & flag) != 0 && ((wanted & flag) != 0) != positive;
      if (truths_.is_constant(x.node) || contradicts) {  // of the constants only what never holds is left
        Conjunction never;
        never.wanted[0] = 1;
        return never;
      }
      mask |= flag;
      if (positive) wanted |= flag;
      out.when = later(out.when, {made.when.turn, made.when.level + 1});
    }
    return out;
  }

  void make_conjunction(Node n, const Truthful::Composed& parts) {
    Conjunction c = conjunction(parts.of);
    Made& made = made_[n];
    made.bit = fresh_bit();
    made.is_opposite = parts.is_opposite;
    made.when = c.when;
    c.word = made.bit / 64;
    c.bit = static_cast<std::uint8_t>(made.bit % 64);
    conjunctions_.push_back(c);
  }

  // ---- the order

  void write_runs() {
    program_.read_words = std::max<std::size_t>(1, (bits_ + 63) / 64);
    program_.words = program_.read_words + answers_.size();
    std::uint32_t turns = 0;
    for (const auto& number : numbers_) turns = std::max(turns, number.first + 1);
    for (const Asked& asked : asked_) turns = std::max(turns, asked.turn + 1);
    for (const Conjunction& c : conjunctions_) turns = std::max(turns, c.when.turn + 1);
    for (std::uint32_t turn = 0; turn < turns; ++turn) {
      write_numbers(turn);
      for (const auto kind : {Run::between, Run::members, Run::equal, Run::less, Run::known, Run::absent}) {
        for (std::size_t word = 0; word < program_.read_words; ++word) write_questions(kind, turn, word);
      }
      write_conjunctions(turn);
    }
    for (std::size_t word = 0; word < answers_.size(); ++word) {
      const std::size_t first = program_.conjunction_bits.size();
      for (const auto& [bit, truth] : answers_[word]) {
        Conjunction c = conjunction(truths_.conjuncts({truth, false}));
        c.bit = bit;
        write(c);
      }
      end_run(Run::conjunctions, program_.read_words + word, first, program_.conjunction_bits.size());
    }
  }

  void end_run(Run::Kind kind, std::size_t word, std::size_t first, std::size_t end) {
    if (first == end) return;
    if (end - first > 0xffff) throw Unsuited{};
    program_.runs.push_back({kind, static_cast<std::uint8_t>(word), static_cast<std::uint16_t>(end - first),
                             static_cast<std::uint32_t>(first)});
  }

  void write_numbers(std::uint32_t turn) {
    const std::size_t first = program_.numbers.size();
    for (const auto& [when, number] : numbers_) {
      if (when == turn) program_.numbers.push_back(number);
    }
    end_run(Run::numbers, 0, first, program_.numbers.size());
  }

  [[nodiscard]] std::size_t count_of(Run::Kind kind) const {
    switch (kind) {
      case Run::between:
        return program_.between.size();
      case Run::members:
        return program_.members.size();
      case Run::equal:
      case Run::less:
        return program_.pairs.size();
      default:
        return program_.states.size();
    }
  }

  void write_questions(Run::Kind kind, std::uint32_t turn, std::size_t word) {
    const std::size_t first = count_of(kind);
    for (const Asked& asked : asked_) {
      if (asked.question.kind != kind || asked.turn != turn || asked.bit / 64 != word) continue;
      const Question& q = asked.question;
      const auto bit = static_cast<std::uint8_t>(asked.bit % 64);
      const auto a = static_cast<Register>(q.a);
      switch (kind) {
        case Run::between:
          program_.between.push_back({q.b, q.c, a, bit});
          break;
        case Run::members:
          program_.members.push_back({q.b, a, bit});
          break;
        case Run::equal:
        case Run::less:
          program_.pairs.push_back({a, static_cast<Register>(q.b), bit});
          break;
        default:
          program_.states.push_back({static_cast<std::uint32_t>(q.a), bit});
      }
    }
    end_run(kind, word, first, count_of(kind));
  }

  void write(const Conjunction& c) {
    const auto words = static_cast<std::ptrdiff_t>(program_.read_words);
    auto& to = program_.conjunctions;
    to.insert(to.end(), c.mask.begin(), c.mask.begin() + words);
    to.insert(to.end(), c.wanted.begin(), c.wanted.begin() + words);
    program_.conjunction_bits.push_back(c.bit);
  }

  void write_conjunctions(std::uint32_t turn) {
    std::uint32_t levels = 0;
    for (const Conjunction& c : conjunctions_) {
      if (c.when.turn == turn) levels = std::max(levels, c.when.level + 1);
    }
    for (std::uint32_t level = 0; level < levels; ++level) {
      for (std::size_t word = 0; word < program_.read_words; ++word) {
        const std::size_t first = program_.conjunction_bits.size();
        for (const Conjunction& c : conjunctions_) {
          if (c.when.turn == turn && c.when.level == level && c.word == word) write(c);
        }
        end_run(Run::conjunctions, word, first, program_.conjunction_bits.size());
      }
    }
  }

  void write_answer() {
    std::size_t word = program_.read_words;
    const auto sets = [&](const std::vector<Register>& from, std::vector<std::uint8_t>& to) {
      for (std::size_t i = 0; i < from.size(); ++i) to.push_back(static_cast<std::uint8_t>(word++));
    };
    sets(kernel_.failed, program_.failed);
    sets(kernel_.refused, program_.refused);
    sets(kernel_.owed, program_.owed);
    sets(kernel_.marks, program_.marks);
    const auto bit = [&](Literal truth) {
      const Placed found = placed(truth);
      return RowProgram::Bit{found.bit, found.is_opposite};
    };
    program_.open = bit(truths_.open());
    program_.referred = bit(truths_.referred());
    const auto number = [&](Register r) { return made_[truths_.node_of(r)].number; };
    if (kernel_.amount != kNoRegister) program_.amount = number(kernel_.amount);
    for (const Register part : kernel_.parts) program_.parts.push_back(number(part));
    for (const Register share : kernel_.shares) program_.shares.push_back(number(share));
    program_.pool = std::move(pool_);
  }

  const Kernel& kernel_;
  Truthful truths_;
  const Graph& graph_;
  RowProgram program_;
  std::vector<std::vector<std::pair<std::uint8_t, Node>>> answers_;  // by set of the answer its flags
  std::vector<Wanted> wanted_;
  std::vector<Made> made_;
  std::vector<std::pair<std::uint32_t, RowProgram::Number>> numbers_;  // with their turns
  std::map<Question, std::uint32_t> known_;
  std::vector<Asked> asked_;
  std::vector<Conjunction> conjunctions_;
  std::vector<std::int64_t> pool_;
  std::uint32_t bits_ = 0;
};

}  // namespace

std::optional<RowProgram> compile_row(const Kernel& kernel, const std::vector<Given>& given) {
  if (kernel.code.empty()) return std::nullopt;
  try {
    return Compiler(kernel, given).compile();
  } catch (const Unsuited&) {
    return std::nullopt;
  }
}

}  // namespace guiju::kernel
