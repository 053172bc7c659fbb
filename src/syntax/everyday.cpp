// See everyday.hpp.
#include "syntax/everyday.hpp"

#include <algorithm>
#include <array>

#include "syntax/token.hpp"

namespace guiju::syntax {
namespace {

struct Everyday {
  std::string_view written;  // words of a phrase with a blank between them
  std::string_view instead;
};

constexpr auto kEveryday = std::to_array<Everyday>({
    // comparing
    {"大于", "超过"},
    {"高于", "超过"},
    {"多于", "超过"},
    {"大于等于", "不低于"},
    {"大于或等于", "不低于"},
    {"不小于", "不低于"},
    {"不少于", "不低于"},
    {"至少", "不低于"},
    {"最少", "不低于"},
    {"最低", "不低于"},
    {"小于", "不满"},
    {"低于", "不满"},
    {"少于", "不满"},
    {"小于等于", "不超过"},
    {"小于或等于", "不超过"},
    {"不大于", "不超过"},
    {"不多于", "不超过"},
    {"不高于", "不超过"},
    {"最多", "不超过"},
    {"等于", "为"},
    {"不等于", "不为"},
    {"不是", "不为"},
    {"低于或等于", "不超过"},
    {"高于或等于", "不低于"},
    {"未满", "不满"},
    {"不足", "不满"},
    {"不到", "不满"},
    {"未达到", "不满"},
    {"不得低于", "不低于"},
    {"不得少于", "不低于"},
    {"不能低于", "不低于"},
    {"不得超过", "不超过"},
    {"不得高于", "不超过"},
    {"不能超过", "不超过"},
    {"最高", "不超过"},
    {"应为", "为"},
    {"须为", "为"},
    {"必须为", "为"},
    {"应是", "为"},
    {"属", "属于"},
    {"不迟于", "不晚于"},
    {"截至", "不晚于"},
    {"截止", "不晚于"},
    {"迟于", "晚于"},
    {"介于", "处于"},
    {"包含于", "属于"},
    {"is greater than or equal to", "at least"},
    {"is less than or equal to", "at most"},
    {"is greater than", "above"},
    {"is more than", "above"},
    {"is less than", "below"},
    {"is fewer than", "below"},
    {"is equal to", "is"},
    {"is not equal to", "is not"},
    {"is before", "before"},
    {"is after", "after"},
    {"is at least", "at least"},
    {"is at most", "at most"},
    {"is above", "above"},
    {"is below", "below"},
    {"is in", "in"},
    {"is within", "within"},
    {"greater than or equal to", "at least"},
    {"less than or equal to", "at most"},
    {"greater than", "above"},
    {"more than", "above"},
    {"less than", "below"},
    {"fewer than", "below"},
    {"no more than", "at most"},
    {"not more than", "at most"},
    {"no less than", "at least"},
    {"not less than", "at least"},
    {"equal to", "is"},
    {"not equal to", "is not"},
    {"no later than", "on or before"},
    {"not later than", "on or before"},
    {"no earlier than", "on or after"},
    {"not earlier than", "on or after"},
    {"is on or before", "on or before"},
    {"is on or after", "on or after"},
    {"is between", "within"},
    {"between", "within"},
    {"since", "on or after"},
    {"must be at least", "at least"},
    {"must be at most", "at most"},
    {"must be", "is"},
    {"shall be at least", "at least"},
    {"shall be at most", "at most"},
    {"shall be", "is"},
    {"should be", "is"},
    {"reaches", "at least"},
    {"minimum", "at least"},
    {"maximum", "at most"},
    {"equals", "is"},
    {"exceeds", "above"},
    {"over", "above"},
    {"under", "below"},
    // joining and choosing
    {"并且", "且"},
    {"而且", "且"},
    {"同时", "且"},
    {"以及", "且"},
    {"和", "且"},
    {"或者", "或"},
    {"或是", "或"},
    {"如果", "若"},
    {"假如", "若"},
    {"若是", "若"},
    {"倘若", "若"},
    {"那么", "则"},
    {"否则如果", "否则 若"},
    {"否则若", "否则 若"},
    {"不然", "否则"},
    {"要不然", "否则"},
    {"elif", "otherwise if"},
    {"elsif", "otherwise if"},
    {"elseif", "otherwise if"},
    {"while", "when"},
    {"whenever", "when"},
    // values and calculating
    {"真", "是"},
    {"假", "否"},
    {"true", "yes"},
    {"false", "no"},
    {"null", "absent"},
    {"none", "absent"},
    {"加", "+"},
    {"加上", "+"},
    {"减", "-"},
    {"减去", "-"},
    {"乘", "*"},
    {"乘以", "*"},
    {"除以", "/"},
    {"plus", "+"},
    {"minus", "-"},
    {"times", "*"},
    {"divided by", "/"},
    {"取整到", "向下取整到"},
    {"取整", "向下取整到"},
    {"向下取整", "向下取整到"},
    {"舍去到", "向下取整到"},
    {"向上取整", "向上取整到"},
    {"四舍五入", "四舍五入到"},
    {"修约", "修约到"},
    {"保留两位小数", "四舍五入到 0.01元"},
    {"保留到分", "四舍五入到 0.01元"},
    {"保留整数", "四舍五入到 1元"},
    {"半年", "6个月"},
    {"封顶", "不超过"},
    {"保底", "不低于"},
    {"rounded to", "rounded half up to"},
    {"rounded down", "rounded down to"},
    {"rounded up", "rounded up to"},
    // beginning a statement
    {"设", "令"},
    {"定义", "令"},
    {"变量", "令"},
    {"必须", "要求"},
    {"补助", "补贴"},
    {"奖励", "补贴"},
    {"def", "let"},
    {"define", "let"},
    {"set", "let"},
    {"var", "let"},
    {"const", "let"},
    {"subsidy", "amount"},
    {"grant", "amount"},
    {"import", "use"},
    {"include", "use"},
});

// What officers begin a statement with, where no statement of the language begins so. Elsewhere these may be names.
constexpr auto kFirstWords = std::to_array<Everyday>({
    {"金额", "补贴"},
    {"补贴金额", "补贴"},
    {"补贴标准", "补贴"},
    {"条件", "要求"},
    {"申领条件", "要求"},
    {"payment", "amount"},
    {"condition", "require"},
    {"requirement", "require"},
});

// Words of the language that compare nothing, but stand like a comparison in everyday speech.
constexpr auto kBehindValue = std::to_array<Everyday>({
    {"是", "为"},
    {"至多", "不超过"},
    {"满", "不低于"},
    {"达到", "不低于"},
    {"以上", "不低于"},
    {"以下", "不超过"},
    {"up to", "at most"},
    {"or more", "at least"},
    {"or less", "at most"},
    {"reach", "at least"},
    {"by", "on or before"},
    {"until", "on or before"},
    {"自", "不早于"},
    {"on", "is"},
});

// The words of an entry, if they are those that stand first; 0 if not.
std::size_t matches(std::string_view written, std::span<const std::string_view> words) {
  std::size_t count = 0;
  while (!written.empty()) {
    const std::size_t end = std::min(written.find(' '), written.size());
    if (count == words.size() || words[count] != written.substr(0, end)) return 0;
    ++count;
    written.remove_prefix(std::min(end + 1, written.size()));
  }
  return count;
}

std::optional<std::string> instead_of(std::span<const Everyday> all, std::string_view word) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Everyday& one) { return one.written == word; });
  if (found == all.end()) return std::nullopt;
  return std::string(found->instead);
}

std::string lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<EverydayWords> find_everyday(std::span<const std::string_view> words) {
  std::optional<EverydayWords> found;
  for (const Everyday& everyday : kEveryday) {
    const std::size_t count = matches(everyday.written, words);
    if (count > 0 && (!found || count > found->count)) found = {count, std::string(everyday.instead)};
  }
  return found;
}

std::string_view money_meant(std::string_view word) {
  for (const std::string_view one : {"人民币", "块", "块钱", "圆", "元钱"}) {
    if (word == one) return "元";
  }
  for (const std::string_view one : {"RMB", "rmb", "CNY", "cny", "Yuan", "YUAN"}) {
    if (word == one) return "yuan";
  }
  return {};
}

std::optional<std::string> find_behind_value(std::string_view word) {
  return instead_of(kBehindValue, word);
}

std::optional<std::string> find_first_word(std::string_view word) {
  return instead_of(kFirstWords, word);
}

std::optional<std::string> find_everyday(std::string_view word) {
  const std::string_view one[] = {word};
  if (auto found = find_everyday(std::span<const std::string_view>(one))) return std::move(found->instead);
  const std::size_t number = static_cast<std::size_t>(std::find_if(word.begin(), word.end(), is_digit) - word.begin());
  if (number > 0 && number < word.size() && static_cast<unsigned char>(word.front()) >= 0x80) {
    const std::string_view front[] = {word.substr(0, number)};
    if (auto found = find_everyday(std::span<const std::string_view>(front)))
      return found->instead.append(" ").append(word.substr(number));
  }
  const std::string lower = lower_case(word);
  if (lower == word) return std::nullopt;
  const auto& all = all_keywords();
  const bool known =
      std::any_of(all.begin(), all.end(), [&](const KeywordInfo& keyword) { return keyword.english == lower; });
  return known ? std::optional(lower) : std::nullopt;
}

}  // namespace guiju::syntax
