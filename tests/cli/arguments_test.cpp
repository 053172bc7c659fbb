// Wrong usage: a message in the reader's language, on standard error, and status 2.
#include <doctest/doctest.h>

#include <algorithm>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

bool is_english(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;  // begins a Chinese character
  });
}

struct Wrong {
  std::vector<std::string> arguments;
  std::string zh, en;  // the first line, without the name of the command
};

}  // namespace

TEST_CASE("every complaint about arguments is in the language asked for") {
  const std::vector<Wrong> cases = {
      {{}, "缺少 子命令", "missing: a command"},
      {{"frob"}, "没有这个子命令:frob", "no such command: frob"},
      {{"check"}, "缺少 PATH", "missing: PATH"},
      {{"check", "a.gj", "--frob"}, "不认识的参数:--frob", "not expected: --frob"},
      {{"decide"}, "缺少 --rules", "missing: --rules"},
      {{"decide", "--rules", "a.gj", "--facts", "-"}, "请写项目名称,或写 --all", "name a programme, or write --all"},
      {{"decide", "p", "--all", "--rules", "a.gj", "--facts", "-"},
       "不能与 --all 同时写:PROGRAM",
       "not beside --all: PROGRAM"},
      {{"decide", "p"}, "缺少 --rules", "missing: --rules"},
      {{"decide", "p", "--facts", "-", "--rules"}, "后面缺少内容:--rules", "nothing stands after --rules"},
      {{"decide", "p", "q", "--rules", "a.gj", "--facts", "-"}, "不认识的参数:q", "not expected: q"},
      {{"decide", "p", "--rules", "a.gj", "--facts", "-", "--as-at", "2026-13-01"},
       "--as-at: 日期须写成 2026-11-22 的形式:2026-13-01",
       "--as-at: a date is written 2026-11-22: 2026-13-01"},
      {{"fmt", "a.gj", "--keywords", "fr"}, "--keywords: 可写 zh 或 en,却是 fr", "--keywords: zh or en, not fr"},
      {{"check", "nowhere.gj"}, "没有这个文件或文件夹:nowhere.gj", "no such file or folder: nowhere.gj"},
      {{"explain", "GJ9999"}, "没有这个编号:GJ9999(编号形如 GJ1301)", ""},
  };
  for (const Wrong& wrong : cases) {
    CAPTURE(wrong.zh);
    const Ran zh = run_command(wrong.arguments);
    CHECK(zh.status == 2);
    CHECK(zh.out.empty());
    CHECK(zh.err.substr(0, zh.err.find('\n')) == "guiju: " + wrong.zh);
    std::vector<std::string> english{"--lang", "en"};
    english.insert(english.end(), wrong.arguments.begin(), wrong.arguments.end());
    const Ran en = run_command(english);
    CHECK(en.status == 2);
    CHECK(is_english(en.err));
    if (!wrong.en.empty()) CHECK(en.err.substr(0, en.err.find('\n')) == "guiju: " + wrong.en);
  }
}

TEST_CASE("help is in one language, and no mistake") {
  const Ran zh = run_command({"--help"});
  CHECK(zh.status == 0);
  CHECK(zh.out.find("子命令") != std::string::npos);
  CHECK(zh.out.find("Options") == std::string::npos);
  CHECK(zh.out.find("Subcommands") == std::string::npos);
  for (const char* sub : {"check", "test", "fmt", "decide", "grade", "facts", "explain"}) {
    CAPTURE(std::string(sub));
    CHECK(zh.out.find(sub) != std::string::npos);
    const Ran own = run_command({sub, "--help"});
    CHECK(own.status == 0);
    CHECK(own.out.find("Options") == std::string::npos);
    CHECK(own.out.find("Positionals") == std::string::npos);
    CHECK(is_english(run_command({sub, "--help", "--lang", "en"}).out));
  }
  CHECK(run_command({"--version"}).out == GUIJU_VERSION "\n");
}

TEST_CASE("the language may stand before or after the subcommand") {
  CHECK(run_command({"--lang", "en", "explain", "GJ1201"}).out == run_command({"explain", "GJ1201", "--lang=en"}).out);
  CHECK(run_command({"explain", "GJ1201"}).out != run_command({"explain", "GJ1201", "--lang=en"}).out);
}
