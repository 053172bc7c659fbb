// Tree to text: one canonical layout, in the keywords of either language. Loses no comment; formatting twice changes nothing;
// English to Chinese to English gives the same bytes on formatted files.
#pragma once

#include <string>

#include "syntax/tree.hpp"

namespace guiju::syntax {

enum class KeywordLanguage : std::uint8_t { as_written, en, zh };

// The tree must be free of errors (the caller has looked at the diagnostics). LF line ends, no byte order mark, one final LF.
[[nodiscard]] std::string format(const Tree& tree, KeywordLanguage language);

}  // namespace guiju::syntax
