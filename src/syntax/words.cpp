// See words.hpp.
#include "syntax/words.hpp"

#include <array>
#include <utility>

namespace guiju::syntax {
namespace {

// In the order of Sign.
constexpr std::array<std::string_view, 28> kSignTexts = {
    "",  ",", ":", ";",  ".", "(",  ")", "[",  "]",  "{",   "}", "=",  "+", "-",
    "*", "/", "<", "<=", ">", ">=", "|", "||", "..", "...", "?", "\\", "^", "%"};

}  // namespace

std::string_view sign_text(Sign sign) {
  return kSignTexts[static_cast<std::size_t>(sign)];
}

std::string sign_words(Sign sign) {
  return "`" + std::string(sign_text(sign)) + "`";
}

std::string keyword_words(Keyword keyword) {
  const KeywordInfo& k = info(keyword);
  return bilingual("`" + std::string(k.english) + "`", "`" + std::string(k.chinese) + "`");
}

std::string token_words(TokenKind kind) {
  switch (kind) {
    case TokenKind::number:
      return bilingual("a number", "数");
    case TokenKind::percent:
      return bilingual("a percentage", "百分数");
    case TokenKind::quantity:
      return bilingual("a number with its unit", "带单位的数");
    case TokenKind::date:
      return bilingual("a date", "日期");
    case TokenKind::text:
      return bilingual("a text in quotes", "引号中的文字");
    case TokenKind::text_mid:
    case TokenKind::text_close:
      return bilingual("`}` and the rest of the text", "`}`和文字的其余部分");
    default:
      return bilingual("a name", "名称");
  }
}

std::string either(const std::string& left, const std::string& right) {
  if (left.empty() || left == right) return right;
  if (right.empty()) return left;
  const auto split = [](const std::string& words) {
    const std::size_t at = words.find('\x1f');
    return at == std::string::npos ? std::pair{words, words} : std::pair{words.substr(0, at), words.substr(at + 1)};
  };
  const auto [left_en, left_zh] = split(left);
  const auto [right_en, right_zh] = split(right);
  return bilingual(left_en + " or " + right_en, left_zh + "或" + right_zh);
}

}  // namespace guiju::syntax
