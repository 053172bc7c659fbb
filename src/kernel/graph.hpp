// The kernels of a programme as one graph of values, so that a block of rows with different versions is decided in one
// go: what versions have in common is there once, and where they differ only in constants, the constants depend on the
// version and not the work. Every value is written in one way only (no operation has a form for constants, what is
// constant on pieces is a staircase), so that equal values are found equal.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "kernel/kernel.hpp"

namespace guiju::kernel {

using Node = std::uint32_t;

// Of one field, as far as it is known before any row is seen.
struct Given {
  Range range;  // of its lane; that of a row in which it is not known, too
  bool is_given = false;
  bool may_be_unknown = true;  // else known in every row
  bool may_be_absent = false;
  bool is_list = false;  // without entries
  // What the lane stands for: so many times it, or, where there are meanings, one of these.
  std::int64_t factor = 1;
  std::vector<std::int64_t> meanings;
};

// By field what the reference dates are in the rows of a version: all of them lie in it, or the row is open.
[[nodiscard]] std::map<std::uint32_t, Range> dates_of(const Program& program, std::size_t version,
                                                      const std::vector<Given>& given);

struct Value {
  enum Kind : std::uint8_t { plain, constant, field, known, absent, steps } kind = plain;
  Operation op{};  // plain
  Node a = 0, b = 0, c = 0;
  std::int64_t k = 0;  // constant: it; field, known, absent: which; steps: staircase; else as in Instruction
  Range range;
};

// A function of one value that is constant between its bounds: values[n] after n bounds that are at most the value.
struct Staircase {
  std::vector<std::int64_t> bounds, values;
  [[nodiscard]] std::int64_t at(std::int64_t x) const;
  auto operator<=>(const Staircase&) const = default;
};

class Graph {
 public:
  explicit Graph(std::vector<Given> given) : given_(std::move(given)) {}

  [[nodiscard]] const Value& operator[](Node n) const { return values_[n]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool is(Node n, std::int64_t k) const {
    return values_[n].kind == Value::constant && values_[n].k == k;
  }
  [[nodiscard]] const Staircase& staircase(const Value& steps) const {
    return staircases_[static_cast<std::size_t>(steps.k)];
  }
  [[nodiscard]] const std::vector<std::int64_t>& pool() const { return pool_; }
  [[nodiscard]] const Given& given(std::uint32_t f) const { return given_[f]; }
  [[nodiscard]] const std::vector<Given>& given() const { return given_; }

  Node constant(std::int64_t k);
  Node field(std::uint32_t f);
  Node known(std::uint32_t f);
  Node absent(std::uint32_t f);
  // `range` is what the value can be as far as the caller knows.
  Node plain(Operation op, Range range, Node a, Node b = 0, Node c = 0, std::int64_t k = 0);
  Node steps(Node a, Staircase staircase);
  // Truths.
  Node all(Node a, Node b);
  Node any(Node a, Node b);
  Node no(Node a);
  Node select(Node truth, Node yes, Node no);
  // n where the truth holds, else 0.
  Node where(Node truth, Node n);

  // The registers of a kernel after its code has run; lists have no entries. They are right for rows of which `assumed`
  // is true; of others they may hold anything.
  struct Assumed {
    std::map<std::uint32_t, Range> fields;
    std::map<Node, Node> same;  // these sets are equal; the second are to be asked
  };
  std::vector<Node> run(const Kernel& kernel, Assumed assumed = {});
  // The instruction of the last kernel for which a value was first wanted; none where it was there before.
  [[nodiscard]] std::optional<std::size_t> origin(Node n) const;
  // What a kernel demands of the facts, as a truth.
  Node demanded(const Kernel& kernel);

  // by_version[v] where `version` is v; of any other version what it likes.
  Node merge(Node version, const std::vector<Node>& by_version);

 private:
  using Key = std::tuple<Value::Kind, Operation, Node, Node, Node, std::int64_t>;

  Node add(const Value& value);
  // An instruction in the one way in which the graph writes it.
  Node canonical(Operation op, Range range, Node a, Node b, Node c, std::int64_t k, const Kernel& kernel);
  [[nodiscard]] bool is_constant(Node n) const { return values_[n].kind == Value::constant; }
  [[nodiscard]] bool is_truth(Node n) const { return values_[n].range.least >= 0 && values_[n].range.most <= 1; }
  [[nodiscard]] bool is_plain(Node n, Operation op) const {
    return values_[n].kind == Value::plain && values_[n].op == op;
  }
  // Other ways to write a value, where there is a simpler one (rewrite.cpp).
  std::optional<Node> rewritten(Operation op, Range range, Node a, Node b, Node c, std::int64_t k);
  std::optional<Node> steps_of(Node a, const Staircase& whole);
  std::optional<Node> junction(Operation op, Node a, Node b);
  std::optional<Node> joined(Operation op, Node a, Node b);
  [[nodiscard]] bool has_part(Operation op, Node whole, Node part, int depth) const;
  std::optional<Node> compared(Operation op, Node a, Node b);
  std::optional<Node> equal_bounded(Node x, Node bounded);
  std::optional<Node> of_multiples(Operation op, Range range, Node a, Node b, Node c);
  std::optional<Node> where_factor(Node truth, Node n);
  std::optional<Node> capped(Range range, Node a, Node b);
  [[nodiscard]] std::optional<std::int64_t> least_factor(Node factor) const;
  std::optional<Node> divided(Operation op, Range range, Node a, Node b);
  std::optional<Node> chosen_factor(Node a, Node b);
  std::optional<Node> by_branches(Operation op, Node a, Node b);
  struct Multiple {
    Node of = 0;
    std::int64_t factor = 1;  // above 0
  };
  [[nodiscard]] Multiple multiple(Node n) const;
  Node times(Node n, std::int64_t factor);
  struct Product {
    Node of = 0, factor = 0;
  };
  std::optional<Product> product(Node n);
  std::optional<Node> sum_of_products(Range range, Node a, Node b);
  [[nodiscard]] bool is_rising(Node n) const;
  [[nodiscard]] std::int64_t threshold(const Value& rising, std::int64_t bound) const;
  // What a value can be in the rows for which it is wanted.
  [[nodiscard]] Range wanted(Node n) const;
  Node meets(const FieldSet& fields, bool or_absent);
  [[nodiscard]] bool is_flags(Node n) const;
  Node merge_flags(Node version, const std::vector<Node>& by_version);
  Node choose(Node version, const std::vector<Node>& by_version);
  std::int64_t pooled(const std::vector<std::int64_t>& table);

  std::vector<Given> given_;
  Assumed assumed_;          // while a kernel runs
  int branching_ = 0;        // calls of by_branches within each other
  std::vector<Node> sizes_;  // of the graph, before each instruction of the kernel that ran last
  std::vector<Value> values_;
  std::map<Key, Node> known_values_;
  std::vector<Staircase> staircases_;
  std::map<Staircase, std::int64_t> staircase_numbers_;
  std::vector<std::int64_t> pool_;
  std::map<std::vector<std::int64_t>, std::int64_t> tables_;
  std::map<std::pair<Node, std::vector<Node>>, Node> merged_;
};

}  // namespace guiju::kernel
