// Pairs the brackets of a file before the grammar reads it. A bracket that nobody closed is the mistake that spoils
// most of what follows; it is found here, where indentation and whole declarations can be looked at, reported once, and
// closed where its writer meant to.
#pragma once

#include "diagnostics/diagnostic.hpp"
#include "syntax/token.hpp"

namespace guiju::syntax {

// Puts a closing token of no width wherever one is missing, and counts Token::depth anew. Closing brackets that nobody
// opened stay; the grammar reports them where it meets them.
void pair_brackets(TokenStream& stream, Diagnostics& diagnostics);

// Was this token put in by `pair_brackets`?
[[nodiscard]] inline bool is_put_in(const Token& t) {
  return t.kind == TokenKind::sign && t.begin == t.end;
}

}  // namespace guiju::syntax
