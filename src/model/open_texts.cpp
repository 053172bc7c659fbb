// Open texts with a name: which places speak of one. In a version or an edition these are the places of its statements,
// those taken over included, so that a later version may adopt a reading without settling what was in force before it.
#include <algorithm>

#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

using Place = OpenText::Place;

bool bears(const Tree& tree, const Node& node, std::string_view name) {
  const Node* named = node.kind == NodeKind::undecided ? node.child(NodeKind::name) : nullptr;
  return named != nullptr && tree.name_text(*named) == name;
}

void find_named(const Place& in, std::string_view name, std::vector<Place>& out) {
  if (bears(*in.tree, *in.node, name)) out.push_back(in);
  for (const Node* child : in.node->children) find_named({in.tree, child, in.home}, name, out);
}

const Node& declaration_around(const Tree& tree, const Node& node) {
  for (const Node* declaration : tree.root().children) {
    if (declaration->first_token <= node.first_token && node.last_token <= declaration->last_token) return *declaration;
  }
  return tree.root();
}

// In a first or last day, or before the versions: it is then one for all of them.
bool stands_outside_of_versions(const Tree& tree, const Node& node, std::string_view name) {
  if (bears(tree, node, name)) return true;
  const bool dated = node.kind == NodeKind::version || node.kind == NodeKind::edition;
  return std::any_of(node.children.begin(), node.children.end(), [&](const Node* child) {
    return !(dated && is_statement(child->kind)) && stands_outside_of_versions(tree, *child, name);
  });
}

bool keeps_items(const Node& node) {
  if (node.kind == NodeKind::rest_part || (node.kind == NodeKind::grid_row && node.has(syntax::kRest))) return true;
  return std::any_of(node.children.begin(), node.children.end(), [](const Node* child) { return keeps_items(*child); });
}

bool is_block(const Node& node) {
  return node.kind == NodeKind::each || node.kind == NodeKind::conditions || node.kind == NodeKind::part_block;
}

void find_in_statement(Context& context, const Statement& statement, std::string_view name, std::vector<Place>& out) {
  find_named({statement.tree, statement.node, statement.home}, name, out);
  if (statement.replaced == nullptr) return;
  if (is_block(*statement.node)) {
    std::vector<Drop> drops;
    for (const Statement* member : members_of(context, statement, &drops)) {
      if (member->home != statement.home) find_in_statement(context, *member, name, out);
    }
  } else if (keeps_items(*statement.node)) {
    find_in_statement(context, *statement.replaced, name, out);
  }
}

const Home* home_of(const Scope& scope) {
  const Scope* at = &scope;
  while (at != nullptr && at->home == nullptr) at = at->parent;
  return at == nullptr ? nullptr : at->home;
}

// How many amendments lie between a version and the one in which a place is written.
std::size_t steps_to(const Context& context, const Node* version, const Node* home) {
  std::size_t steps = 0;
  while (version != nullptr && version != home) {
    const auto next = context.amended.find(version);
    version = next == context.amended.end() ? nullptr : next->second;
    ++steps;
  }
  return steps;
}

}  // namespace

OpenText Checker::open_text(const Node& node) const {
  const Node* named = node.child(NodeKind::name);
  const Place itself{&tree_, &node};
  if (named == nullptr) return {nullptr, {}, {itself}};
  OpenText out{&declaration_around(tree_, node), std::string(tree_.name_text(*named)), {}};
  const Home* home = home_of(scope_);
  if (home == nullptr || stands_outside_of_versions(tree_, *out.declaration, out.name)) {
    find_named({&tree_, out.declaration}, out.name, out.places);
    return out;
  }
  out.declaration = &declaration_around(*home->tree, *home->node);
  for (const Statement* statement : home->body) find_in_statement(context_, *statement, out.name, out.places);
  const bool found =
      std::any_of(out.places.begin(), out.places.end(), [&](const Place& place) { return place.node == &node; });
  if (!found) out.places.push_back(itself);
  std::stable_sort(out.places.begin(), out.places.end(), [&](const Place& a, const Place& b) {
    return steps_to(context_, home->node, a.home) < steps_to(context_, home->node, b.home);
  });
  return out;
}

}  // namespace guiju::model
