// Real files, damaged: the lexer neither fails nor loses its place, whatever the bytes.
#include <doctest/doctest.h>

#include <cstdint>

#include "syntax/format_support.hpp"
#include "syntax/lexer_support.hpp"

namespace guiju::syntax::testing {
namespace {

constexpr std::string_view kDamage[] = {"\"", "{",  "}",      "(",      "]",    "/*",  "*/", "`",
                                        "\\", "\n", "\u3002", "\uFF0C", "\xFF", "1e9", "=="};

std::string damaged(std::string text, std::uint64_t seed) {
  std::uint64_t state = seed;
  const auto below = [&state](std::size_t bound) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33U) % bound;
  };
  for (int i = 0; i < 3; ++i) {
    const std::size_t place = below(text.size());
    const std::size_t what = below(std::size(kDamage) + 2);
    if (what < std::size(kDamage)) text.insert(place, kDamage[what]);
    if (what == std::size(kDamage)) text.erase(place, below(40));
    if (what > std::size(kDamage)) text.resize(place + 1);
  }
  return text;
}

TEST_CASE("damaged files") {
  std::uint64_t seed = 7;
  for (const std::string& path : rule_files()) {
    const std::string source = read_file(path);
    for (int round = 0; round < 10; ++round) {
      CAPTURE(path);
      CAPTURE(++seed);
      const std::string text = damaged(source, seed);
      Lexed lexed;
      lex_into(lexed, text);
      const auto& tokens = lexed.stream.tokens;
      REQUIRE_FALSE(tokens.empty());
      CHECK(tokens.back().kind == TokenKind::end);
      std::uint32_t end = 0;
      bool in_place = true;
      for (const Token& t : tokens) {
        in_place = in_place && t.trivia_begin >= end && t.begin >= t.trivia_begin && t.end >= t.begin &&
                   t.literal < lexed.stream.literals.size();
        end = t.end;
      }
      CHECK(in_place);
      CHECK(end <= text.size());
      for (const Diagnostic& d : lexed.diagnostics.all()) CHECK(d.span.end <= text.size());
    }
  }
}

}  // namespace
}  // namespace guiju::syntax::testing
