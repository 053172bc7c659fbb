// Words for messages about tokens, in both languages in one argument (see `bilingual`).
#pragma once

#include <string>
#include <string_view>

#include "diagnostics/diagnostic.hpp"
#include "syntax/token.hpp"

namespace guiju::syntax {

[[nodiscard]] std::string_view sign_text(Sign sign);  // in ASCII; empty for `none`
[[nodiscard]] std::string sign_words(Sign sign);
[[nodiscard]] std::string keyword_words(Keyword keyword);
[[nodiscard]] std::string token_words(TokenKind kind);
[[nodiscard]] std::string either(const std::string& left,
                                 const std::string& right);  // "left or right"; one may be empty

}  // namespace guiju::syntax
