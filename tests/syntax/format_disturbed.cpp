// Real files with line ends and comments strewn between their tokens: whatever the writer did, formatting loses
// nothing, is a fixed point, and goes from one language to the other and back.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

#include "syntax/format_support.hpp"

namespace guiju::syntax {
namespace {

// A small generator of our own: the same files on every platform.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33U) % bound;
  }

 private:
  std::uint64_t state_;
};

bool is_bar(const Token& t) {
  return t.sign == Sign::bar || t.sign == Sign::double_bar;
}
// At a line's beginning it may be taken for a statement.
bool may_open_statement(const Token& t) {
  return t.keyword == Keyword::by || (t.keyword != Keyword::none && info(t.keyword).kind == KeywordKind::contextual);
}

// Adds to gaps, never takes away: `= no` must stay on its line. Nothing goes into texts, no line ends inside a grid's
// row, and none begins at the margin, where a word like `unit` would open a declaration.
std::string disturbed(const std::string& text, std::uint64_t seed) {
  const auto parsed = parse_text(text);
  const TokenStream& stream = parsed->tree->tokens();
  Dice dice(seed);
  std::string out;
  int holes = 0;
  bool in_row = false;
  int comments = 0;
  for (const Token& t : stream.tokens) {
    out += stream.source.substr(t.trivia_begin, t.begin - t.trivia_begin);
    if (t.first_on_line) in_row = is_bar(t);
    if (!t.glued && holes == 0 && t.begin > 0) {
      const std::string number = std::to_string(comments);
      const std::uint32_t roll = dice.below(12);
      const bool may_break = !in_row && !is_bar(t) && !may_open_statement(t);
      if (roll == 0) out += "/* " + number + " */ ";
      if (roll == 1 && may_break) out += "\n\n\n  ";
      if (roll == 2 && may_break) out += "// " + number + "\n  ";
      if (roll == 3 && may_break) out += "\n/* " + number + "\n" + number + " */\t";
      comments += roll == 0 || roll == 2 || roll == 3 ? 1 : 0;
    }
    holes += t.kind == TokenKind::text_open ? 1 : t.kind == TokenKind::text_close ? -1 : 0;
    out += stream.text(t);
  }
  return out;
}

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return list;
}

TEST_CASE("disturbed files") {
  std::uint64_t seed = 20240825;
  for (const std::string& path : rule_files()) {
    CAPTURE(path);
    const std::string source = disturbed(read_file(path), ++seed);
    REQUIRE(parse_text(source)->findings() == "");

    const std::string once = formatted(source);
    CHECK(formatted(once) == once);
    CHECK(token_list(once) == token_list(source));
    CHECK(comments_of(once) == comments_of(source));

    const std::string english = formatted(source, KeywordLanguage::en);
    const std::string chinese = formatted(english, KeywordLanguage::zh);
    CHECK(formatted(english) == english);
    CHECK(formatted(chinese) == chinese);
    CHECK(formatted(chinese, KeywordLanguage::en) == english);
    CHECK(formatted(source, KeywordLanguage::zh) == chinese);
    CHECK(sorted(comments_of(chinese)) == sorted(comments_of(source)));
  }
}

}  // namespace
}  // namespace guiju::syntax
