// The keyword table as data, and how tokens are named.
#include "syntax/token.hpp"

namespace guiju::syntax {
namespace {

constexpr KeywordKind contextual = KeywordKind::contextual;
constexpr KeywordKind reserved = KeywordKind::reserved;

constexpr KeywordInfo kNone{Keyword::none, "", "", KeywordKind::contextual};

}  // namespace

const std::vector<KeywordInfo>& all_keywords() {
  static const std::vector<KeywordInfo> table{
#define GUIJU_KEYWORD(id, english, chinese, kind) {Keyword::id, english, chinese, kind},
#include "syntax/keywords.def"
#undef GUIJU_KEYWORD
  };
  return table;
}

const KeywordInfo& info(Keyword keyword) {
  const auto index = static_cast<std::size_t>(keyword);
  if (index == 0 || index > all_keywords().size()) return kNone;
  return all_keywords()[index - 1];
}

}  // namespace guiju::syntax
