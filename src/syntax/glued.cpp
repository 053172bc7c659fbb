// Cutting by dynamic programming over the bytes of the word: at each offset, the ways that lead there, two at most.
#include "syntax/glued.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "syntax/token.hpp"
#include "values/unit.hpp"
#include "values/utf8.hpp"

namespace guiju::syntax {
namespace {

enum class GluedPiece { start, name, keyword, number };

struct Way {
  std::string text;
  GluedPiece last = GluedPiece::start;
  bool has_keyword = false;
};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool starts_at(std::string_view word, std::size_t at, std::string_view piece) {
  return !piece.empty() && word.compare(at, piece.size(), piece) == 0;
}

bool names_unit(std::string_view text) {
  if (text == "%" || text == "\uFF05") return true;
  for (const std::string_view thousand : {"万亿", "万", "亿"}) {
    if (text.substr(0, thousand.size()) == thousand) {
      text.remove_prefix(thousand.size());
      break;
    }
  }
  return text.empty() || find_unit(text) != nullptr || find_duration_unit(text).has_value();
}

// Lengths of `digits [unit]` that start at `at`.
std::vector<std::size_t> number_lengths(std::string_view word, std::size_t at) {
  std::size_t digits = 0;
  while (at + digits < word.size() && is_digit(word[at + digits])) ++digits;
  std::vector<std::size_t> lengths;
  if (digits == 0) return lengths;
  constexpr std::size_t kLongestUnit = 24;
  for (std::size_t unit = 0; unit <= kLongestUnit && at + digits + unit <= word.size(); ++unit) {
    const std::size_t end = at + digits + unit;
    if (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) continue;
    if (names_unit(word.substr(at + digits, unit))) lengths.push_back(digits + unit);
  }
  return lengths;
}

// Names never touch names, numbers only follow keywords: otherwise `level12` would be cut.
bool may_follow(GluedPiece before, GluedPiece piece) {
  if (piece == GluedPiece::name) return before == GluedPiece::start || before == GluedPiece::keyword;
  if (piece == GluedPiece::number) return before == GluedPiece::keyword;
  return true;
}

}  // namespace

std::optional<std::string> cut_glued(std::string_view word, std::span<const std::string> names) {
  constexpr std::size_t kLongestWord = 300;
  if (word.size() > kLongestWord || is_ascii(word)) return std::nullopt;
  const std::set<std::string_view> known(names.begin(), names.end());
  std::vector<std::vector<Way>> ways(word.size() + 1);
  ways[0].push_back({});
  const auto extend = [&](std::size_t at, std::size_t length, GluedPiece piece) {
    for (const Way& way : ways[at]) {
      if (!may_follow(way.last, piece) || ways[at + length].size() >= 8) continue;
      Way longer{way.text, piece, way.has_keyword || piece == GluedPiece::keyword};
      if (!longer.text.empty()) longer.text += ' ';
      longer.text += word.substr(at, length);
      ways[at + length].push_back(std::move(longer));
    }
  };
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (ways[at].empty()) continue;
    for (const std::string_view name : known) {
      if (starts_at(word, at, name)) extend(at, name.size(), GluedPiece::name);
    }
    for (const auto& keyword : all_keywords()) {
      const bool cuts = keyword.kind == KeywordKind::reserved && !is_ascii(keyword.chinese);
      if (cuts && starts_at(word, at, keyword.chinese)) extend(at, keyword.chinese.size(), GluedPiece::keyword);
    }
    for (const std::size_t length : number_lengths(word, at)) extend(at, length, GluedPiece::number);
  }
  std::set<std::string> cuts;
  for (const Way& way : ways[word.size()]) {
    if (way.has_keyword) cuts.insert(way.text);
  }
  if (cuts.size() != 1) return std::nullopt;
  return *cuts.begin();
}

std::optional<std::string> cut_first_word(std::string_view word, std::span<const std::string> words) {
  std::string_view longest;
  for (const std::string& one : words) {
    if (!is_ascii(one) && one.size() > longest.size() && word.size() > one.size() && starts_at(word, 0, one))
      longest = one;
  }
  if (longest.empty()) return std::nullopt;
  return std::string(longest).append(" ").append(word.substr(longest.size()));
}

}  // namespace guiju::syntax
