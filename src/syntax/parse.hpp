// Tokens to tree. The grammar (Spirit X3, in the files grammar_* and nowhere else) stands behind this one function.
#pragma once

#include "diagnostics/diagnostic.hpp"
#include "syntax/limits.hpp"
#include "syntax/tree.hpp"

namespace guiju::syntax {

// Reports every independent mistake and recovers; nodes in which that happened carry kHasError and are not to be checked.
// Never fails as a whole: the root is always a `file` node.
[[nodiscard]] Tree parse(TokenStream stream, const Limits& limits, Diagnostics& diagnostics);

// One line a node, indented, with kind, op, flags and the text of leaves: for tests and for people who debug a grammar.
[[nodiscard]] std::string dump(const Tree& tree);

}  // namespace guiju::syntax
