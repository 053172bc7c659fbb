// Look-ups over the keyword table, and the small tables of words that stand glued to numbers.
#include "syntax/lexer_keywords.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "diagnostics/codes.hpp"

namespace guiju::syntax {
namespace {

using PhraseIndex = std::unordered_map<std::string_view, std::vector<Phrase>>;

std::vector<std::string_view> words_of(std::string_view spelling) {
  std::vector<std::string_view> words;
  while (!spelling.empty()) {
    const std::size_t end = std::min(spelling.find(' '), spelling.size());
    words.push_back(spelling.substr(0, end));
    spelling.remove_prefix(std::min(end + 1, spelling.size()));
  }
  return words;
}

PhraseIndex make_index() {
  PhraseIndex index;
  const auto add = [&index](std::string_view spelling, Keyword keyword) {
    Phrase phrase{words_of(spelling), keyword};
    index[phrase.words.front()].push_back(std::move(phrase));
  };
  for (const KeywordInfo& keyword : all_keywords()) {
    add(keyword.chinese, keyword.id);
    // Frame 1 alone turns 的 into English, by another word; the row's English spelling only names the token.
    if (keyword.id != Keyword::of_zh) add(keyword.english, keyword.id);
  }
  add("以内", Keyword::or_less);  // the law reads it as 以下: the number belongs to it
  for (auto& [word, phrases] : index) {
    std::stable_sort(phrases.begin(), phrases.end(),
                     [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
  }
  return index;
}

constexpr std::array kRefusedWords{
    RefusedWord{"else", Code::word_else, Keyword::otherwise},
    RefusedWord{"以外", Code::word_outside, Keyword::or_more},
    RefusedWord{"左右", Code::word_around, Keyword::none},
    RefusedWord{"日前", Code::word_before, Keyword::none},
    RefusedWord{"以前", Code::word_before, Keyword::none},
    RefusedWord{"之前", Code::word_before, Keyword::none},
    RefusedWord{"最高", Code::word_highest, Keyword::at_most},
};

struct TailSpelling {
  std::string_view word;
  Keyword keyword;
};
// Longer ones first. 及以上 after a number is 以上: a number has no better or worse end.
constexpr std::array kTails{
    TailSpelling{"及以上", Keyword::or_more}, TailSpelling{"及以下", Keyword::or_less},
    TailSpelling{"以上", Keyword::or_more},   TailSpelling{"以下", Keyword::or_less},
    TailSpelling{"以内", Keyword::or_less},
};

// What stands between a number and a name or another number.
constexpr std::array kBetween{
    Keyword::and_,      Keyword::or_,       Keyword::of_zh,       Keyword::to,       Keyword::is,      Keyword::is_not,
    Keyword::in,        Keyword::not_in,    Keyword::at_most,     Keyword::at_least, Keyword::above,   Keyword::below,
    Keyword::then,      Keyword::otherwise, Keyword::per_started, Keyword::per_full, Keyword::or_more, Keyword::or_less,
    Keyword::or_better, Keyword::or_worse,  Keyword::if_absent};

bool is_reserved_chinese(const KeywordInfo& keyword) {
  return keyword.kind == KeywordKind::reserved && static_cast<unsigned char>(keyword.chinese.front()) >= 0x80;
}

struct MultiplierSpelling {
  std::string_view word;
  std::int64_t factor;
};
constexpr std::array kMultipliers{
    MultiplierSpelling{"万亿", 1'000'000'000'000},
    MultiplierSpelling{"万", 10'000},
    MultiplierSpelling{"亿", 100'000'000},
};

}  // namespace

std::span<const Phrase> phrases_of(std::string_view first_word) {
  static const PhraseIndex index = make_index();
  const auto found = index.find(first_word);
  if (found == index.end()) return {};
  return found->second;
}

const RefusedWord* find_refused_word(std::string_view word) {
  const auto* found = std::find_if(kRefusedWords.begin(), kRefusedWords.end(),
                                   [word](const RefusedWord& refused) { return refused.word == word; });
  return found == kRefusedWords.end() ? nullptr : found;
}

Tail boundary_tail(std::string_view word) {
  for (const TailSpelling& tail : kTails) {
    if (word.ends_with(tail.word)) return {tail.keyword, nullptr, tail.word.size()};
  }
  for (const RefusedWord& refused : kRefusedWords) {
    const bool follows_units = refused.code == Code::word_outside || refused.code == Code::word_around;
    if (follows_units && word.ends_with(refused.word)) return {refused.instead, &refused, refused.word.size()};
  }
  return {};
}

const KeywordInfo* keyword_before_name(std::string_view run) {
  const KeywordInfo* longest = nullptr;
  for (const KeywordInfo& keyword : all_keywords()) {
    if (!is_reserved_chinese(keyword) || !run.starts_with(keyword.chinese)) continue;
    const bool between = std::find(kBetween.begin(), kBetween.end(), keyword.id) != kBetween.end();
    if (!between && run != keyword.chinese) continue;
    if (longest == nullptr || keyword.chinese.size() > longest->chinese.size()) longest = &keyword;
  }
  return longest;
}

const KeywordInfo* keyword_at_end(std::string_view run) {
  const KeywordInfo* longest = nullptr;
  for (const KeywordInfo& keyword : all_keywords()) {
    if (!is_reserved_chinese(keyword) || !run.ends_with(keyword.chinese)) continue;
    if (longest == nullptr || keyword.chinese.size() > longest->chinese.size()) longest = &keyword;
  }
  return longest;
}

Multiplier multiplier(std::string_view word) {
  for (const MultiplierSpelling& m : kMultipliers) {
    if (word.starts_with(m.word)) return {m.factor, m.word.size()};
  }
  return {};
}

}  // namespace guiju::syntax
