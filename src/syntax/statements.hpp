// Which words open declarations and statements: what recovery looks for. The grammar itself says what may stand where.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/token.hpp"

namespace guiju::syntax {

// By the keyword and what follows it, as the same word may also be a name.
[[nodiscard]] bool begins_declaration(const Token* t);
[[nodiscard]] bool begins_statement(const Token* t);
// A name that stands as the first word of a declaration or statement would: a misspelt one may.
[[nodiscard]] bool stands_like_first_word(const Token* t);

// The spellings in both languages, for suggestions.
[[nodiscard]] std::vector<std::string> declaration_words();
[[nodiscard]] std::vector<std::string> statement_words();

}  // namespace guiju::syntax
