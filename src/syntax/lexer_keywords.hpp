// Which words make a keyword: single words and phrases by their first word, and words that are refused with advice.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "syntax/token.hpp"

namespace guiju::syntax {

// One spelling of a keyword, cut at its blanks.
struct Phrase {
  std::vector<std::string_view> words;
  Keyword keyword = Keyword::none;
};

// All spellings that begin with this word, the longest first.
[[nodiscard]] std::span<const Phrase> phrases_of(std::string_view first_word);

// A word that officers write and the language does not have, or that says too little.
struct RefusedWord {
  std::string_view word;
  Code code;
  Keyword instead;  // what the rest of the file is read with
};
[[nodiscard]] const RefusedWord* find_refused_word(std::string_view word);

// A boundary word glued to the end of a unit, `8年以上`, or a refused one, `5年左右`. `length` is in bytes.
struct Tail {
  Keyword keyword = Keyword::none;
  const RefusedWord* refused = nullptr;
  std::size_t length = 0;
};
[[nodiscard]] Tail boundary_tail(std::string_view word);

// The Chinese keyword with which a run of words without blanks begins, behind a number: 且 of `且新车`. Words that also
// begin names, such as 当 of 当量, are keywords only alone. Null if none.
[[nodiscard]] const KeywordInfo* keyword_before_name(std::string_view run);

// The reserved Chinese keyword with which a run of words without blanks ends, the longest: 向下取整到. Null if none.
[[nodiscard]] const KeywordInfo* keyword_at_end(std::string_view run);

// A Chinese power of ten glued to the front of a unit: `2万元`.
struct Multiplier {
  std::int64_t factor = 1;
  std::size_t length = 0;
};
[[nodiscard]] Multiplier multiplier(std::string_view word);

}  // namespace guiju::syntax
