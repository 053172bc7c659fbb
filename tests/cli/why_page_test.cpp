// What the page on reasons shows of an open text is what the command prints.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

std::string section(const std::string& heading) {
  std::ifstream file(GUIJU_RULES_DIR "/reference/why.md", std::ios::binary);
  const std::string page(std::istreambuf_iterator<char>(file), {});
  const auto begin = page.find("\n## " + heading + "\n");
  REQUIRE(begin != std::string::npos);
  return page.substr(begin, page.find("\n## ", begin + 1) - begin);
}

// The text of the next block of a kind, from `at` on.
std::string block(const std::string& text, const std::string& kind, std::size_t& at) {
  const std::string fence = "\n```" + kind + "\n";
  const auto begin = text.find(fence, at);
  REQUIRE(begin != std::string::npos);
  const auto end = text.find("\n```\n", begin + fence.size());
  REQUIRE(end != std::string::npos);
  at = end;
  return text.substr(begin + fence.size(), end - begin - fence.size() + 1);
}

}  // namespace

TEST_CASE("the page shows what hangs on an open text") {
  const std::string text = section("What hangs on an open text");
  std::size_t at = 0;
  const Folder folder("why-page");
  const std::string rules = folder.write("phone.gj", block(text, "gj", at));
  const std::string facts = folder.write("phone.json", block(text, "json", at));
  CHECK(run_command({"decide", "phone", "--rules", rules, "--facts", facts}).out == block(text, "text", at));
  CHECK(run_command({"decide", "phone", "--rules", rules, "--facts", facts, "--lang", "en"}).out ==
        block(text, "text", at));
}
