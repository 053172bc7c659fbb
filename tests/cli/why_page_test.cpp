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
}  // namespace

TEST_CASE("the page shows what hangs on an open text") {
  const std::string text = section("What hangs on an open text");
  std::size_t at = 0;
  const Folder folder("why-page");
  const std::string rules = folder.write("phone.gj", fenced(text, "gj", at));
  const std::string facts = folder.write("phone.json", fenced(text, "json", at));
  CHECK(run_command({"decide", "phone", "--rules", rules, "--facts", facts}).out == fenced(text, "text", at));
  CHECK(run_command({"decide", "phone", "--rules", rules, "--facts", facts, "--lang", "en"}).out ==
        fenced(text, "text", at));
}
