// Generated rule text as a tree: pieces of text and sub-trees, with precedence levels for parentheses. The tree is what
// the shrinker works on: it leaves out statements and puts something simpler in the place of expressions.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace guiju::reference {

// Precedence, loosest first, as in the table of the language reference.
enum Level : int { kIf = 1, kAndOr, kNot, kCompare, kRounded, kAdd, kMultiply, kMinus, kOf, kPer, kPost, kPrimary };

struct Node;
using NodePtr = std::shared_ptr<Node>;

struct Piece {
  std::string text;
  NodePtr node;
  int level = kIf;  // a looser node is put in parentheses

  Piece(const char* t) : text(t) {}             // NOLINT(google-explicit-constructor): pieces are written as lists
  Piece(std::string t) : text(std::move(t)) {}  // NOLINT(google-explicit-constructor)
  Piece(NodePtr n) : node(std::move(n)) {}      // NOLINT(google-explicit-constructor)
  Piece(NodePtr n, int l) : node(std::move(n)), level(l) {}
};

struct Node {
  std::vector<Piece> pieces;
  int level = kPrimary;
  std::string type;        // expressions of one type can stand for each other
  std::string simplest;    // a constant of the type; empty: none
  bool droppable = false;  // a statement, a declaration

  bool dropped = false;  // what the shrinker has done
  bool simplified = false;
  NodePtr stand_in;
};

[[nodiscard]] NodePtr node(std::vector<Piece> pieces, int level = kPrimary, std::string type = {},
                           std::string simplest = {});
[[nodiscard]] NodePtr droppable(std::vector<Piece> pieces);
[[nodiscard]] std::string render(const Node& root);
// Every node that is still shown, the outer ones first.
[[nodiscard]] std::vector<Node*> shown_nodes(Node& root);
// Nodes below `top` of its type, the nearest first.
[[nodiscard]] std::vector<NodePtr> candidates(const Node& top);

}  // namespace guiju::reference
