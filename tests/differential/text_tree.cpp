// See text_tree.hpp.
#include "text_tree.hpp"

namespace guiju::reference {

NodePtr node(std::vector<Piece> pieces, int level, std::string type, std::string simplest) {
  auto n = std::make_shared<Node>();
  n->pieces = std::move(pieces);
  n->level = level;
  n->type = std::move(type);
  n->simplest = std::move(simplest);
  return n;
}

NodePtr droppable(std::vector<Piece> pieces) {
  NodePtr n = node(std::move(pieces));
  n->droppable = true;
  return n;
}

static int shown_level(const Node& n) {
  if (n.simplified) return kMinus;  // a constant may carry a sign
  return n.stand_in ? shown_level(*n.stand_in) : n.level;
}

static void append(const Node& n, std::string& out) {
  if (n.dropped) return;
  if (n.simplified) {
    out += n.simplest;
    return;
  }
  if (n.stand_in) {
    append(*n.stand_in, out);
    return;
  }
  for (const Piece& p : n.pieces) {
    out += p.text;
    if (!p.node) continue;
    const bool brackets = shown_level(*p.node) < p.level;
    if (brackets) out += "(";
    append(*p.node, out);
    if (brackets) out += ")";
  }
}

std::string render(const Node& root) {
  std::string out;
  append(root, out);
  return out;
}

static void collect(Node& n, std::vector<Node*>& out) {
  if (n.dropped || n.simplified) return;
  out.push_back(&n);
  if (n.stand_in) {
    collect(*n.stand_in, out);
    return;
  }
  for (const Piece& p : n.pieces)
    if (p.node) collect(*p.node, out);
}

std::vector<Node*> shown_nodes(Node& root) {
  std::vector<Node*> out;
  collect(root, out);
  return out;
}

static void find(const Node& n, const std::string& type, std::vector<NodePtr>& out) {
  if (n.dropped || n.simplified) return;
  if (n.stand_in) {
    find(*n.stand_in, type, out);
    return;
  }
  for (const Piece& p : n.pieces) {
    if (!p.node) continue;
    if (p.node->type == type)
      out.push_back(p.node);
    else
      find(*p.node, type, out);
  }
}

std::vector<NodePtr> candidates(const Node& top) {
  std::vector<NodePtr> out;
  if (!top.type.empty()) find(top, top.type, out);
  return out;
}

}  // namespace guiju::reference
