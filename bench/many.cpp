// See many.hpp.
#include "many.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace bench {

namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!text.empty()) return text;
  std::fprintf(stderr, "%s cannot be read\n", path.c_str());
  std::exit(1);
}

// Replaces every occurrence; there must be one, or the texts that are compared would not be the same rules.
void replace(std::string& text, const std::string& what, const std::string& with) {
  std::size_t at = text.find(what);
  if (at == text.npos) {
    std::fprintf(stderr, "the rules no longer say \"%s\"\n", what.c_str());
    std::exit(1);
  }
  for (; at != text.npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

// What stands between the line that refers to the vocabulary and the tests.
std::string rules_only(const std::string& path, const std::string& first_test) {
  const std::string text = text_of(path);
  const std::size_t begin = text.find("vocabulary.gj\"\n") + 15;
  return text.substr(begin, text.find("\n" + first_test) + 1 - begin);
}

constexpr std::size_t kInOneFile = 20;  // there may be no more than 1,000 files

std::size_t highest(std::size_t k) {
  return (kind_of(k) == Programme::appliances ? 2000 : 20000) - k / 2 % 500;
}

// A function of rules.lua, from its name to its end.
std::string lua_function(const std::string& rules, const std::string& name) {
  const std::size_t from = rules.find("local function " + name + "(");
  const std::size_t parameters = rules.find('(', from);
  return "function" + rules.substr(parameters, rules.find("\nend\n", from) + 4 - parameters);
}

}  // namespace

std::string many_name(std::size_t k) {
  return "p" + std::to_string(k);
}

std::vector<RuleFile> many_rule_files(std::size_t count) {
  const std::string rules = GUIJU_RULES_DIR;
  const std::string appliances = rules_only(rules + "/consumer/appliances.gj", "test ");
  const std::string cars = rules_only(rules + "/consumer/car_scrappage.gj", "测试 ");
  std::vector<RuleFile> files = {{"vocabulary.gj", text_of(rules + "/vocabulary.gj")}};
  for (std::size_t k = 0; k < count; ++k) {
    const bool is_car = kind_of(k) == Programme::cars;
    std::string text = is_car ? cars : appliances;
    replace(text, is_car ? "car_scrappage / zh 汽车报废更新 " : "appliance_trade_in / zh 家电以旧换新 ",
            many_name(k) + " ");
    replace(text, is_car ? "20000元" : "2000 yuan", std::to_string(highest(k)) + (is_car ? "元" : " yuan"));
    if (is_car)  // names of one rulebook are unique
      for (const char* table : {"登记截止", "定额", "从价"}) replace(text, table, table + std::to_string(k));
    if (k % kInOneFile == 0)
      files.push_back({"many/from_" + many_name(k) + ".gj", "use language zh\nuse \"../vocabulary.gj\"\n\n"});
    files.back().text += text;
  }
  return files;
}

std::string many_in_lua(std::size_t count) {
  const std::string rules = text_of(PEERS_DIR "/rules.lua");
  const std::string appliances = lua_function(rules, "appliances");
  const std::string cars = lua_function(rules, "cars");
  std::string out = rules.substr(0, rules.find("local function appliances(")) + "local programmes = {}\n";
  for (std::size_t k = 0; k < count; ++k) {
    const bool is_car = kind_of(k) == Programme::cars;
    std::string text = is_car ? cars : appliances;
    replace(text, is_car ? "2000000" : "200000", std::to_string(highest(k) * 100));
    out.append("programmes[").append(std::to_string(k)).append("] = ").append(text).append("\n");
  }
  return out + "return programmes\n";
}

}  // namespace bench
