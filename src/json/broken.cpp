// See broken.hpp.
#include "json/broken.hpp"

#include <algorithm>
#include <string>

#include "json/mistake.hpp"

namespace guiju::json {
namespace {

// What people get wrong when they write JSON by hand, in their words.
struct FaultText {
  simdjson::error_code error;
  const char *zh, *en;
};
constexpr FaultText kFaults[] = {
    {simdjson::EMPTY, "没有内容", "there is nothing"},
    {simdjson::UTF8_ERROR, "不是 UTF-8 编码", "not in UTF-8"},
    {simdjson::UNCLOSED_STRING, "有一处引号没有关闭", "a quote is not closed"},
    {simdjson::UNESCAPED_CHARS, "引号内有换行或控制字符", "a line break or control character within quotes"},
    {simdjson::STRING_ERROR, "引号内有不能读的转义", "an escape that means nothing within quotes"},
    {simdjson::INCORRECT_TYPE, "不以 { 开头", "it does not begin with {"},
    {simdjson::INCOMPLETE_ARRAY_OR_OBJECT, "缺少最后的右括号,或其后还有内容",
     "the last closing bracket is missing, or something follows it"},
    {simdjson::CAPACITY, "太长", "too long"},
    {simdjson::DEPTH_ERROR, "层数太多", "too many levels"},
};
constexpr FaultText kOtherFault = {simdjson::TAPE_ERROR, "写法不符:逗号、冒号、引号或括号有误",
                                   "a comma, colon, quote or bracket is wrong"};

const FaultText& fault_text(simdjson::error_code error) {
  for (const FaultText& fault : kFaults) {
    if (fault.error == error) return fault;
  }
  return kOtherFault;
}

}  // namespace

plan::LocalText what_is_broken(simdjson::error_code error, std::string_view text, std::size_t at) {
  const bool of_grammar = error != simdjson::UTF8_ERROR && error != simdjson::CAPACITY;
  if (const auto mistake = of_grammar ? find_mistake(text) : std::nullopt) return shown(*mistake);
  const FaultText& fault = fault_text(error);
  if (at > text.size()) return {fault.zh, fault.en};
  const auto before = text.substr(0, at);
  const std::string line = std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
  return {"第 " + line + " 行:" + fault.zh, "line " + line + ": " + fault.en};
}

}  // namespace guiju::json
