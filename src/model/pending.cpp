// Constructs that are read and formatted but not decided yet. Each gives one message that names it, and is then left
// out: nothing is half decided.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

struct Pending {
  NodeKind kind;
  Keyword word;  // that people know it by
};
constexpr auto kPending = std::to_array<Pending>({
    {NodeKind::target_decl, Keyword::target},
    {NodeKind::targets_decl, Keyword::targets},
    {NodeKind::duty_decl, Keyword::duty},
    {NodeKind::must, Keyword::must},
    {NodeKind::deadline, Keyword::deadline},
    {NodeKind::done_when, Keyword::done},
});

// Tests may speak of what is inside by its name; that it is left out has been said.
void leave_out(Context& context, const syntax::Tree& tree, const Node& node) {
  const Node* name = name_node(node);
  if (name != nullptr && name->kind == NodeKind::name) context.left_out.emplace(tree.name_text(*name));
  for (const Node* child : node.children) leave_out(context, tree, *child);
}

}  // namespace

bool is_pending(Context& context, const syntax::Tree& tree, const Node& node) {
  const auto found =
      std::find_if(kPending.begin(), kPending.end(), [&](const Pending& p) { return p.kind == node.kind; });
  if (found == kPending.end()) return false;
  report_not_yet(context, tree.span(node), in_both_languages(found->word));
  leave_out(context, tree, node);
  return true;
}

std::string in_both_languages(Keyword word) {
  return std::string(syntax::info(word).english) + " " + std::string(syntax::info(word).chinese);
}

void report_not_yet(Context& context, Span span, std::string_view construct) {
  context.diagnostics.add(Code::not_yet_decided, span, {std::string(construct)});
}

}  // namespace guiju::model
