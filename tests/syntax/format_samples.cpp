// The formatter over whole files: formatting is a fixed point, loses nothing, and goes from one language to the other
// and back to the same bytes.
#include <doctest/doctest.h>

#include <algorithm>

#include "syntax/format_support.hpp"

namespace guiju::syntax {
namespace {

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return list;
}

constexpr KeywordLanguage kEn = KeywordLanguage::en;
constexpr KeywordLanguage kZh = KeywordLanguage::zh;
constexpr KeywordLanguage kAsWritten = KeywordLanguage::as_written;

TEST_CASE("there are files to format") {
  CHECK(rule_files().size() >= 17);
}

TEST_CASE("formatting twice changes nothing, and formatting once changes no token and no comment") {
  for (const std::string& path : rule_files()) {
    CAPTURE(path);
    const std::string source = read_file(path);
    for (const KeywordLanguage language : {kAsWritten, kEn, kZh}) {
      CAPTURE(static_cast<int>(language));
      const std::string once = formatted(source, language);
      REQUIRE(parse_text(once)->findings() == "");
      CHECK(formatted(once, language) == once);
      CHECK(formatted(once) == once);
      CHECK(sorted(comments_of(once)) == sorted(comments_of(source)));
    }
    CHECK(token_list(formatted(source)) == token_list(source));
    CHECK(comments_of(formatted(source)) == comments_of(source));
  }
}

TEST_CASE("from one language to the other and back: the same bytes") {
  for (const std::string& path : rule_files()) {
    CAPTURE(path);
    const std::string english = formatted(read_file(path), kEn);
    const std::string chinese = formatted(english, kZh);
    CHECK(formatted(chinese, kEn) == english);
    CHECK(formatted(formatted(chinese, kEn), kZh) == chinese);
    CHECK(formatted(read_file(path), kZh) == chinese);
  }
}

// Two trees say the same: kinds, words and leaves, whatever the language. Spellings of keywords and the order of the
// frames differ.
void check_same(const Tree& a, const Node& x, const Tree& b, const Node& y) {
  REQUIRE(x.kind == y.kind);
  CHECK(x.op == y.op);
  CHECK(x.sign == y.sign);
  CHECK((x.flags & ~kZhOrder) == (y.flags & ~kZhOrder));
  CHECK(x.split == y.split);
  if (x.kind != NodeKind::full) CHECK(x.or_what == y.or_what);  // the English form names its first word there
  REQUIRE(x.children.size() == y.children.size());
  const bool count_of_years = x.kind == NodeKind::full;
  for (std::size_t i = 0; i < x.children.size(); ++i) {
    if (count_of_years && i == 2) {
      CHECK(a.literal(*x.children[i]).value == b.literal(*y.children[i]).value);
      continue;
    }
    check_same(a, *x.children[i], b, *y.children[i]);
  }
  if (!x.children.empty() || x.last_token == x.first_token) return;
  const Token& s = a.tokens().tokens[x.first_token];
  const Token& t = b.tokens().tokens[y.first_token];
  CHECK(s.kind == t.kind);
  CHECK(s.keyword == t.keyword);
  CHECK(a.literal(x).value == b.literal(y).value);
  CHECK(a.literal(x).unit == b.literal(y).unit);
  CHECK(a.literal(x).day == b.literal(y).day);
  if (s.keyword == Keyword::none) CHECK(a.literal(x).text == b.literal(y).text);
}

TEST_CASE("formatting changes nothing that a file says") {
  for (const std::string& path : rule_files()) {
    CAPTURE(path);
    const auto before = parse_text(read_file(path));
    for (const KeywordLanguage language : {kAsWritten, kEn, kZh}) {
      const auto after = parse_text(format(*before->tree, language));
      check_same(*before->tree, before->tree->root(), *after->tree, after->tree->root());
    }
  }
}

TEST_CASE("what a formatted file looks like") {
  for (const std::string& path : rule_files()) {
    CAPTURE(path);
    const std::string text = formatted(read_file(path));
    CHECK(text.ends_with('\n'));
    CHECK_FALSE(text.ends_with("\n\n"));
    CHECK(text.find("\n\n\n") == std::string::npos);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.find(" \n") == std::string::npos);
    CHECK_FALSE(text.starts_with("\uFEFF"));
  }
}

}  // namespace
}  // namespace guiju::syntax
