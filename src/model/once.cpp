// Clauses that are read once: a second one would stand there without counting, so it is told.
#include <array>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

struct Once {
  NodeKind kind;
  Keyword word;
};
constexpr auto kOnce = std::to_array<Once>({
    {NodeKind::field_range, Keyword::from},
    {NodeKind::field_step, Keyword::step},
    {NodeKind::field_declared_to, Keyword::declared_to},
    {NodeKind::field_ask, Keyword::ask},
    {NodeKind::otherwise, Keyword::otherwise},
    {NodeKind::table_otherwise, Keyword::otherwise},
    {NodeKind::published, Keyword::published},
    {NodeKind::counted_from, Keyword::counted_from},
    {NodeKind::complete_to, Keyword::complete_to},
});

std::string word_for(const Node& node, const Node& around) {
  for (const Once& once : kOnce) {
    const syntax::KeywordInfo& word = syntax::info(once.word);
    if (once.kind == node.kind) return bilingual(word.english, word.chinese);
  }
  // A text behind a field; elsewhere the grammar has room for one.
  return node.kind == NodeKind::label && around.kind == NodeKind::field ? bilingual("the label", "标签") : "";
}

}  // namespace

void hold_clauses_once(Context& context, const Tree& tree, const Node& node) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Node& child = *node.children[i];
    hold_clauses_once(context, tree, child);
    const Node* first = node.child(child.kind);
    if (first == &child) continue;
    if (const std::string word = word_for(child, node); !word.empty())
      report_twice(context, tree.span(child), word, tree.span(*first));
  }
}

}  // namespace guiju::model
