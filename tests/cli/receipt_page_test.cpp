// The example of the page on receipts is what the command writes.
#include <doctest/doctest.h>

#include "command_line.hpp"
#include "json/value.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

std::string page() {
  std::ifstream file(GUIJU_RULES_DIR "/reference/receipts.md", std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The text of the next block of a kind, from `at` on.
// What changes with every release.
json::Value without_engine(std::string_view text) {
  auto parsed = json::parse(text);
  REQUIRE_MESSAGE(parsed.value, parsed.fault.en);
  parsed.value->erase("engine");
  parsed.value->erase("receipt_sha256");
  return std::move(*parsed.value);
}

}  // namespace

TEST_CASE("the example of the page") {
  const std::string text = page();
  std::size_t at = 0;
  const Folder folder("receipt-page");
  const std::string rules = folder.write("lamp.gj", fenced(text, "gj", at));
  const std::string facts = folder.write("sale.json", fenced(text, "json", at));
  const std::string shown = fenced(text, "json", at);
  const Ran ran = run_command({"decide", "lamp_trade_in", "--rules", rules, "--facts", facts, "--mask", "buyer.id",
                               "--receipt", folder.at("receipt.json")});
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  const std::string written = folder.read("receipt.json");
  const auto difference = json::first_difference(without_engine(shown), without_engine(written));
  CHECK_MESSAGE(!difference, difference->path << " is " << difference->now << "\n" << written);
  const Ran verified = run_command({"verify", folder.at("receipt.json"), "--rules", rules});
  CHECK(verified.status == 0);
  CHECK(verified.out.starts_with("逐字节一致\n"));
}
