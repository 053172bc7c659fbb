// From a kernel to its row program: which truths and numbers the answer needs, seen from the answer backwards, and in
// which order they can be had.
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "kernel/arithmetic.h"
#include "kernel/row_program.hpp"
#include "kernel/values.hpp"
#include "values/int128.hpp"

namespace guiju::kernel {

namespace {

using Run = RowProgram::Run;
using Code = RowProgram::Code;

constexpr std::int64_t kLargestTable = 256;  // of a staircase whose every value has its place
constexpr std::int64_t kMembers = 64;
constexpr std::int64_t kNatural = std::int64_t{1} << 61;

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

std::optional<Code> constant_form(Operation op) {
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

// The graph of a kernel, asked what its truths are made of.
class Nature {
 public:
  Nature(const Kernel& kernel, const std::vector<Given>& given, std::map<std::uint32_t, Range> dates)
      : graph_(given), registers_(graph_.run(kernel, {std::move(dates), {}})), speaks_(graph_.demanded(kernel)) {
    never_ = graph_.constant(0);
    open_ = kernel.open == kNoRegister ? graph_.no(speaks_) : graph_.any(graph_.no(speaks_), registers_[kernel.open]);
    referred_ = kernel.referred == kNoRegister ? graph_.constant(0) : graph_.all(speaks_, registers_[kernel.referred]);
  }

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] Literal open() const { return strip({open_, false}); }
  [[nodiscard]] Literal referred() const { return strip({referred_, false}); }
  [[nodiscard]] Literal never() const { return {never_, false}; }
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
  Node open_ = 0, referred_ = 0, never_ = 0;
};

class RowCompiler {
 public:
  RowCompiler(const Kernel& kernel, const std::vector<Given>& given, std::map<std::uint32_t, Range> dates,
              std::uint32_t free)
      : kernel_(kernel), nature_(kernel, given, std::move(dates)), graph_(nature_.graph()), pool_(graph_.pool()) {
    program_.registers = free;
  }

  RowProgram compile() {
    add_sets(kernel_.failed, program_.failed);
    add_sets(kernel_.refused, program_.refused);
    add_sets(kernel_.owed, program_.owed);
    add_sets(kernel_.marks, program_.marks);
    if (answers_.size() > RowProgram::kMostAnswers) throw Unsuited{};
    find_wanted();
    made_.resize(graph_.size());
    place_constants();
    for (Node n = 0; n < made_.size(); ++n) make(n);
    write_work();
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
    std::uint32_t turn = 0;   // of the number
    std::uint32_t truth = 0;  // which of the truths
    bool is_opposite = false;
  };
  // Of what kind, and what is asked; nothing is asked twice.
  struct Question {
    Run::Kind kind{};
    std::uint64_t a = 0, b = 0, c = 0, d = 0;
    auto operator<=>(const Question&) const = default;
  };
  struct Answers {  // flags by their bits
    std::vector<std::pair<std::size_t, Literal>> flags;
    std::size_t bits = 0;
  };
  struct Truth {
    Question question;
    std::vector<Literal> of;  // conjunctions
    When when;
    std::uint32_t bit = 0;  // once it is written
  };

  // ---- the sets of the answer, as many in a word as it holds

  void add_sets(const std::vector<Register>& words, std::vector<RowProgram::Set>& out) {
    for (const Register word : words) {
      const auto flags = nature_.flags(word);
      std::size_t size = 0;
      for (const auto& [bit, truth] : flags) size = std::max<std::size_t>(size, bit + std::size_t{1});
      if (answers_.empty() || answers_.back().bits + size > 64) answers_.emplace_back();
      Answers& to = answers_.back();
      out.push_back({static_cast<std::uint8_t>(answers_.size() - 1), static_cast<std::uint8_t>(to.bits % 64),
                     size == 0 ? 0 : ~std::uint64_t{0} >> (64 - size)});
      for (const auto& [bit, truth] : flags) to.flags.emplace_back(to.bits + bit, nature_.strip({truth, false}));
      to.bits += size;
    }
  }

  // ---- what is wanted

  void want_truth(Literal x) { wanted_[nature_.strip(x).node].truth = true; }
  void want_number(Node n) { wanted_[n].number = true; }
  void want(const std::vector<Literal>& all) {
    for (const Literal& x : all) want_truth(x);
  }

  void find_wanted() {
    wanted_.resize(graph_.size());
    want_truth(nature_.open());
    want_truth(nature_.referred());
    for (const Answers& answers : answers_) {
      for (const auto& [bit, truth] : answers.flags) want(nature_.conjuncts(truth));
    }
    if (kernel_.amount != kNoRegister) want_number(nature_.node_of(kernel_.amount));
    for (const auto* figures : {&kernel_.parts, &kernel_.shares}) {
      for (const Register figure : *figures) want_number(nature_.node_of(figure));
    }
    for (auto n = static_cast<Node>(graph_.size()); n-- > 0;) {
      if (wanted_[n].number && nature_.is_truth_only(n)) want_truth({n, false});
      if (wanted_[n].truth) want_for_truth(n);
      if (wanted_[n].number) want_for_number(n);
    }
  }

  void want_for_truth(Node n) {
    if (const auto parts = nature_.composed(n)) return want(parts->of);
    if (!nature_.is_truth_only(n)) return want_number(n);
    const Value& v = graph_[n];
    const bool compares = v.kind == Value::plain;
    if (compares || v.kind == Value::steps) want_operand(v.a);
    if (compares) want_operand(v.b);
  }

  void want_for_number(Node n) {
    const Value& v = graph_[n];
    if (nature_.is_truth_only(n)) return;
    if (v.kind == Value::steps) return want_number(v.a);
    if (v.kind != Value::plain) return;
    const std::size_t count = reads(v.op);
    const bool chooses = v.op == Operation::SEL;
    if (chooses) want_truth({v.a, false});
    if (v.op == Operation::SUB) {
      want_operand(v.a);
    } else if (count > 0 && !chooses) {
      want_number(v.a);
    }
    if (count == 2 && constant_form(v.op)) return want_operand(v.b);
    if (count > 1) want_number(v.b);
    if (count > 2) want_number(v.c);
  }

  // One that needs no register where it is constant.
  void want_operand(Node n) {
    if (!nature_.is_constant(n)) want_number(n);
  }

  // ---- numbers

  Register fresh() {
    if (program_.registers >= kNoRegister) throw Unsuited{};
    return static_cast<Register>(program_.registers++);
  }

  // The first of them is 0.
  void place_constants() {
    program_.constants_at = fresh();
    program_.constants.push_back(0);
    for (Node n = 0; n < made_.size(); ++n) {
      if (!nature_.is_constant(n) || !wanted_[n].number) continue;
      made_[n].number = fresh();
      program_.constants.push_back(graph_[n].k);
    }
  }
  [[nodiscard]] Register zero() const { return program_.constants_at; }

  void make(Node n) {
    const Wanted& wanted = wanted_[n];
    const bool from_truth = nature_.is_truth_only(n);
    if (wanted.number && !from_truth && !nature_.is_constant(n)) make_number(n);
    if (wanted.truth) make_truth(n);
    if (wanted.number && from_truth) make_number_of_truth(n);
  }

  void add(Node n, RowProgram::Number number, std::uint32_t turn) {
    number.out = made_[n].number = fresh();
    made_[n].turn = turn;
    numbers_.emplace_back(turn, number);
  }

  struct Found {
    Register truth;
    bool is_opposite;
    std::uint32_t turn;
  };
  [[nodiscard]] Found find(Literal x) const {
    x = nature_.strip(x);
    const Made& made = made_[x.node];
    return {static_cast<Register>(made.truth), x.negative != made.is_opposite, truths_[made.truth].when.turn};
  }

  void make_number_of_truth(Node n) {
    const Found truth = find({n, false});
    add(n, {.code = Code::TRUTH, .a = truth.truth, .k = truth.is_opposite ? 1 : 0}, truth.turn + 1);
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
    RowProgram::Number out{.code = static_cast<Code>(v.op), .k = v.k};
    std::uint32_t turn = 0;
    const auto read = [&](Node from) {
      turn = std::max(turn, made_[from].turn);
      return made_[from].number;
    };
    const std::size_t count = reads(v.op);
    if (count == 2 && constant_form(v.op) && nature_.is_constant(v.b)) {
      const std::int64_t k = graph_[v.b].k;
      out = {.code = *constant_form(v.op), .a = read(v.a), .k = v.op == Operation::SUB ? -k : k};
      out.is_natural = graph_[v.a].range.least >= 0 && k > 0 && graph_[v.a].range.most <= kNatural && k <= kNatural;
    } else if (v.op == Operation::SUB && nature_.is_constant(v.a)) {
      out = {.code = Code::FROMK, .a = read(v.b), .k = graph_[v.a].k};
    } else {
      if (count > 0) out.a = read(v.a);
      if (count > 1) out.b = read(v.b);
      if (count > 2) out.c = read(v.c);
    }
    add(n, out, turn);
  }

  void make_choice(Node n) {
    const Value& v = graph_[n];
    const Found truth = find({v.a, false});
    const Made& yes = made_[truth.is_opposite ? v.c : v.b];
    const Made& no = made_[truth.is_opposite ? v.b : v.c];
    add(n, {.code = Code::CHOOSE, .a = truth.truth, .b = yes.number, .c = no.number},
        std::max({truth.turn + 1, yes.turn, no.turn}));
  }

  void make_stairs(Node n) {
    const Value& v = graph_[n];
    const Staircase& stairs = graph_.staircase(v);
    const Range& of = graph_[v.a].range;
    RowProgram::Number out{.code = Code::STAIRS, .a = made_[v.a].number, .k = static_cast<std::int64_t>(pool_.size())};
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

  std::uint32_t add(Truth truth) {
    if (truths_.size() >= 64 * RowProgram::kMostWords) throw Unsuited{};
    truths_.push_back(std::move(truth));
    return static_cast<std::uint32_t>(truths_.size() - 1);
  }

  void ask(Node n, const Question& question, std::uint32_t turn, bool is_opposite = false) {
    const auto found = asked_.find(question);
    made_[n].truth = found == asked_.end() ? add(Truth{question, {}, {turn, 0}, 0}) : found->second;
    made_[n].is_opposite = is_opposite;
    asked_.emplace(question, made_[n].truth);
  }

  void ask_between(Node n, Node of, std::int64_t least, std::int64_t most, bool is_opposite = false) {
    const auto from = static_cast<std::uint64_t>(least);
    ask(n, {Run::between, made_[of].number, zero(), from, static_cast<std::uint64_t>(most) - from}, made_[of].turn,
        is_opposite);
  }

  // a - b is 0, or less.
  void ask_difference(Node n, bool equal) {
    const Value& v = graph_[n];
    const Range& a = graph_[v.a].range;
    const Range& b = graph_[v.b].range;
    const i128 least = i128{a.least} - b.most;
    if (!equal && (least < kLeast || i128{a.most} - b.least > kMost)) throw Unsuited{};
    const auto from = equal ? 0 : static_cast<std::uint64_t>(kLeast);
    ask(n, {Run::between, made_[v.a].number, made_[v.b].number, from, equal ? 0 : static_cast<std::uint64_t>(kMost)},
        std::max(made_[v.a].turn, made_[v.b].turn));
  }

  void make_truth(Node n) {
    if (const auto parts = nature_.composed(n)) return make_conjunction(n, *parts);
    const Value& v = graph_[n];
    if (!nature_.is_truth_only(n)) return ask_between(n, n, 1, 1);
    if (v.kind == Value::known || v.kind == Value::absent)
      return ask(n, {Run::states, static_cast<std::uint64_t>(v.k), v.kind == Value::absent ? 1U : 0U}, 0);
    if (v.kind == Value::steps) return ask_stairs(n);
    const bool equal = v.op == Operation::EQ;
    if (nature_.is_constant(v.b)) {
      const std::int64_t k = graph_[v.b].k;
      return equal ? ask_between(n, v.a, k, k) : ask_between(n, v.a, k, kMost, true);
    }
    if (nature_.is_constant(v.a)) return ask_between(n, v.b, graph_[v.a].k + 1, kMost);
    ask_difference(n, equal);
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

  void make_conjunction(Node n, const Nature::Composed& parts) {
    Truth truth{{Run::conjunctions}, parts.of, {}, 0};
    for (const Literal& x : parts.of) {
      if (nature_.is_constant(x.node)) continue;
      const When& when = truths_[made_[x.node].truth].when;
      truth.when = later(truth.when, {when.turn, when.level + 1});
    }
    made_[n].truth = add(std::move(truth));
    made_[n].is_opposite = parts.is_opposite;
  }

  // ---- the order

  void write_work() {
    program_.read_words = std::max<std::size_t>(1, (truths_.size() + 63) / 64);
    program_.first_truths.resize(program_.read_words + answers_.size());
    std::uint32_t turns = 0, levels = 0;
    for (const auto& number : numbers_) turns = std::max(turns, number.first + 1);
    for (const Truth& truth : truths_) {
      turns = std::max(turns, truth.when.turn + 1);
      levels = std::max(levels, truth.when.level + 1);
    }
    for (std::uint32_t turn = 0; turn < turns; ++turn) {
      write_numbers(turn);
      for (const auto kind : {Run::between, Run::members, Run::states}) write_truths(kind, {turn, 0});
      for (std::uint32_t level = 0; level < levels; ++level) write_truths(Run::conjunctions, {turn, level});
    }
    for (std::size_t word = 0; word < answers_.size(); ++word) write_answers(word);
  }

  // One more piece of work of this kind.
  void extend(Run::Kind kind, std::size_t word, std::uint32_t bit, std::size_t index, bool is_first) {
    if (is_first) {
      program_.runs.push_back({kind, static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(bit), 0,
                               static_cast<std::uint32_t>(index)});
    }
    if (++program_.runs.back().count == 0) throw Unsuited{};
  }

  void write_numbers(std::uint32_t turn) {
    bool is_first = true;
    for (auto [when, number] : numbers_) {
      if (when != turn) continue;
      if (number.code == Code::CHOOSE || number.code == Code::TRUTH)
        number.a = static_cast<Register>(truths_[number.a].bit);
      extend(Run::numbers, 0, 0, program_.numbers.size(), is_first);
      is_first = false;
      program_.numbers.push_back(number);
    }
  }

  void write_truths(Run::Kind kind, When when) {
    bool is_first = true;
    for (Truth& truth : truths_) {
      const bool now = truth.when.turn == when.turn && truth.when.level == when.level;
      if (!now || truth.question.kind != kind) continue;
      truth.bit = bits_++;
      extend(kind, truth.bit / 64, truth.bit % 64, count_of(kind), is_first || truth.bit % 64 == 0);
      is_first = false;
      write(truth);
    }
  }

  [[nodiscard]] std::size_t count_of(Run::Kind kind) const {
    switch (kind) {
      case Run::between:
        return program_.between.size();
      case Run::members:
        return program_.members.size();
      case Run::states:
        return program_.states.size();
      default:
        return program_.conjunctions.size() / (2 * program_.read_words);
    }
  }

  void write(const Truth& truth) {
    const Question& q = truth.question;
    const auto a = static_cast<Register>(q.a);
    switch (q.kind) {
      case Run::between:
        return program_.between.push_back({q.c, q.d, a, static_cast<Register>(q.b)});
      case Run::members:
        return program_.members.push_back({q.b, a});
      case Run::states:
        return program_.states.push_back({static_cast<std::uint32_t>(q.a), q.b != 0});
      default:
        return write_conjunction(truth.of);
    }
  }

  using Words = std::array<std::uint64_t, RowProgram::kMostWords>;

  void write_conjunction(const std::vector<Literal>& of) {
    Words mask{}, wanted{};
    bool never = false;
    for (const Literal& x : of) {
      const Made& made = made_[x.node];
      const std::uint32_t bit = truths_[made.truth].bit;
      const std::uint64_t flag = std::uint64_t{1} << (bit % 64);
      const bool positive = x.negative == made.is_opposite;
      const bool contradicts = (mask[bit / 64] & flag) != 0 && ((wanted[bit / 64] & flag) != 0) != positive;
      never = never || contradicts || nature_.is_constant(x.node);  // what always holds is not among them
      mask[bit / 64] |= flag;
      if (positive) wanted[bit / 64] |= flag;
    }
    if (never) mask = {}, wanted = {1};
    const auto words = static_cast<std::ptrdiff_t>(program_.read_words);
    program_.conjunctions.insert(program_.conjunctions.end(), mask.begin(), mask.begin() + words);
    program_.conjunctions.insert(program_.conjunctions.end(), wanted.begin(), wanted.begin() + words);
  }

  // What is settled stands there from the beginning.
  void write_answers(std::size_t word) {
    std::uint64_t& first = program_.first_truths[program_.read_words + word];
    std::map<std::size_t, Literal> open;
    for (const auto& [bit, truth] : answers_[word].flags) {
      if (!nature_.is_constant(truth.node))
        open.emplace(bit, truth);
      else if ((graph_[truth.node].k != 0) != truth.negative)
        first |= std::uint64_t{1} << bit;
    }
    if (open.empty()) return;
    const auto begin = open.begin()->first;
    const auto last = open.rbegin()->first;
    for (std::size_t bit = begin; bit <= last; ++bit) {
      const auto flag = open.find(bit);
      extend(Run::conjunctions, program_.read_words + word, static_cast<std::uint32_t>(begin),
             count_of(Run::conjunctions), bit == begin);
      write_conjunction(flag == open.end() ? std::vector{nature_.never()} : nature_.conjuncts(flag->second));
    }
  }

  void write_answer() {
    for (auto* sets : {&program_.failed, &program_.refused, &program_.owed, &program_.marks}) {
      for (RowProgram::Set& set : *sets) set.word = static_cast<std::uint8_t>(set.word + program_.read_words);
    }
    const auto bit = [&](Literal truth) {
      const Found found = find(truth);
      return RowProgram::Bit{truths_[found.truth].bit, found.is_opposite};
    };
    program_.open = bit(nature_.open());
    program_.referred = bit(nature_.referred());
    const auto number = [&](Register r) { return made_[nature_.node_of(r)].number; };
    if (kernel_.amount != kNoRegister) program_.amount = number(kernel_.amount);
    for (const Register part : kernel_.parts) program_.parts.push_back(number(part));
    for (const Register share : kernel_.shares) program_.shares.push_back(number(share));
    program_.pool = std::move(pool_);
  }

  const Kernel& kernel_;
  Nature nature_;
  const Graph& graph_;
  RowProgram program_;
  std::vector<Answers> answers_;  // by word
  std::vector<Wanted> wanted_;
  std::vector<Made> made_;
  std::vector<std::pair<std::uint32_t, RowProgram::Number>> numbers_;  // with their turns; truths not yet by their bits
  std::vector<Truth> truths_;
  std::map<Question, std::uint32_t> asked_;
  std::vector<std::int64_t> pool_;
  std::uint32_t bits_ = 0;
};

}  // namespace

std::optional<RowProgram> compile_row(const Kernel& kernel, const std::vector<Given>& given,
                                      std::map<std::uint32_t, Range> dates, std::uint32_t free) {
  if (kernel.code.empty()) return std::nullopt;
  try {
    return RowCompiler(kernel, given, std::move(dates), free).compile();
  } catch (const Unsuited&) {
    return std::nullopt;
  }
}

}  // namespace guiju::kernel
