// Text to tokens. Validates UTF-8 and characters, reads literals, joins keyword phrases, counts brackets.
#pragma once

#include "diagnostics/diagnostic.hpp"
#include "syntax/limits.hpp"
#include "syntax/token.hpp"

namespace guiju::syntax {

// Never fails as a whole: each fault is one diagnostic, and the rest of the file is read.
[[nodiscard]] TokenStream lex(const SourceSet& sources, FileId file, const Limits& limits, Diagnostics& diagnostics);

}  // namespace guiju::syntax
