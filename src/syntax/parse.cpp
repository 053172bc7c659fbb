// The grammar run over the tokens of a file.
#include "syntax/parse.hpp"

#include "syntax/grammar_rules.hpp"

namespace guiju::syntax {

Tree parse(TokenStream stream, const Limits& limits, Diagnostics& diagnostics) {
  pair_brackets(stream, diagnostics);
  Builder b(stream, limits, diagnostics);
  const Token* const begin = stream.tokens.data();
  const Token* const last = begin + stream.tokens.size() - 1;
  const Token* first = begin;
  b.open(NodeKind::file, first);
  try {
    const grammar::Context context(b);
    grammar::parse_file(first, last, context);
    if (b.child_count() == 0 && !diagnostics.has_errors()) b.report(Code::nothing_declared, last, last);
  } catch (const Stopped&) {
    b.flag_open_nodes();
  }
  const Node* root = b.finish_root(last);
  return Tree(std::move(stream), b.take_nodes(), root);
}

}  // namespace guiju::syntax
