// See outcome_words.hpp.
#include "explain/outcome_words.hpp"

#include <algorithm>
#include <array>

namespace guiju::explain {
namespace {

struct Word {
  std::string_view english, chinese;
};
constexpr auto kWords = std::to_array<Word>({
    {"eligible", "符合"},       {"ineligible", "不符合"},   {"undetermined", "未决"},   {"referred", "转办"},
    {"not_in_force", "未施行"}, {"invalid", "无效"},        {"not_owed", "无义务"},     {"owed", "应办"},
    {"met", "按期完成"},        {"late", "迟办"},           {"overdue", "逾期"},        {"attained", "已达到"},
    {"open", "未届期"},         {"missed", "未达到"},       {"on_track", "进度正常"},   {"behind", "进度落后"},
    {"graded", "已定级"},       {"unclassified", "未定级"}, {"granted", "给予"},        {"not_granted", "不给"},
    {"carried_out", "已落实"},  {"excluded", "落选"},       {"nothing_left", "无余额"},
});

}  // namespace

std::string outcome_word(std::string_view name, bool english) {
  const auto* const found =
      std::find_if(kWords.begin(), kWords.end(), [&](const Word& word) { return word.english == name; });
  return std::string(english || found == kWords.end() ? name : found->chinese);
}

std::string outcome_words(std::string_view text, bool english) {
  const std::size_t end = std::min(text.find_first_of(" {"), text.size());
  return outcome_word(text.substr(0, end), english).append(text.substr(end));
}

}  // namespace guiju::explain
