// Facts as JSON at the command line: what is wrong with them is said in the reader's language, and the status is 3.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kRules = R"(
enum Kind { fridge "冰箱" / en "fridge", washer "洗衣机" }
record Sale { on: date  kind: Kind  price: money  count: integer from 0 to 9  place: region }
record Claim { kind: Kind }
program p "项目" {
  authority "局"
  given sale: Sale, claims: history of Claim
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    require few: sale.count < 9
    require here: sale.place within 630000
    limit once: 1 counting claims where claim.kind is sale.kind
    amount = 10% of sale.price, rounded down to 0.01 yuan
    documents { invoice "发票" }
  }
}
)";
constexpr const char* kFacts =
    R"({"sale": {"on": "2024-05-01", "kind": "fridge", "price": "3999.00", "count": 1, "place": "630100"},
        "claims": {"complete": true, "entries": []}, "documents": {"invoice": "held"}})";

// The facts above with one piece written otherwise.
std::string with(const std::string& piece, const std::string& other) {
  std::string facts = kFacts;
  const std::size_t at = facts.find(piece);
  REQUIRE(at != std::string::npos);
  return facts.replace(at, piece.size(), other);
}

struct Counter : Folder {
  explicit Counter(const std::string& name) : Folder(name), rules(write("p.gj", kRules)) {}
  [[nodiscard]] Ran decide(const std::string& facts, const std::string& language = "en") const {
    return run_command({"decide", "p", "--rules", rules, "--facts", "-", "--lang", language}, facts);
  }
  std::string rules;
};

}  // namespace

TEST_CASE("each fault of the facts is named, with what is allowed") {
  const Counter counter("command-facts");
  CHECK(counter.decide(kFacts).status == 0);
  struct Fault {
    const char *piece, *other, *says;
  };
  const std::string endless(400, '9');
  const Fault faults[] = {
      {"\"3999.00\"", "-1", "sale.price: got -1\n    allowed: 0 yuan … 10000000000000 yuan, step 0.01 yuan"},
      {"\"3999.00\"", "\"1000000000000000000000000000000\"", "sale.price: got 1000000000000000000000000000000"},
      {"\"3999.00\"", endless.c_str(), "sale.price: got 9999999999"},
      {"\"3999.00\"", "\"4 L\"", "sale.price: got 4 L"},
      {"\"fridge\"", "\"frige\"", "sale.kind: got frige\n    allowed: fridge, washer"},
      {"\"2024-05-01\"", "\"2024-02-30\"", "sale.on: got 2024-02-30\n    allowed: a day of the calendar"},
      {"\"630100\"", "630100", "sale.place: got 630100\n    allowed: a region code of 6 or 12 digits, in JSON a text"},
      {"\"count\": 1", "\"count\": 1, \"count\": 2", "sale.count: the same fact stands twice"},
      {"\"count\"", "\"cuont\"", "sale.cuont: no such fact; did you mean count?"},
      {"\"held\"", "\"hold\"", "发票 (documents.invoice): got hold\n    allowed: held, owed or refused"},
      {"true", "\"yes\"", "claims.complete: got \"yes\"\n    allowed: true or false"},
      {"\"held\"}}", "\"held\"}} x", "the last closing bracket is missing, or something follows it"},
      {"\"fridge\"", "\"fridge", "a quote is not closed"},
  };
  for (const Fault& fault : faults) {
    const Ran ran = counter.decide(with(fault.piece, fault.other));
    CAPTURE(ran.out);
    CHECK(ran.status == 3);
    CHECK(ran.out.find("invalid") == 0);
    CHECK(ran.out.find(fault.says) != std::string::npos);
  }
}

TEST_CASE("what is no JSON at all is said in Chinese, too") {
  const Counter counter("command-no-json");
  for (const char* text : {"", "hello", "[]", "{\"sale\": {}} x", "{\"sale\": {\"on\": tru}}", "\xff"}) {
    CAPTURE(text);
    const Ran zh = counter.decide(text, "zh");
    CHECK(zh.status == 3);
    CHECK(zh.out.find("JSON") != std::string::npos);
    CHECK(zh.out.find("The ") == std::string::npos);
  }
  CHECK(counter.decide("{\n\"sale\": {\"on\": tru}}", "zh").out.find("第 2 行") != std::string::npos);
}

TEST_CASE("a paper that was sent back is owed") {
  const Counter counter("command-papers");
  CHECK(counter.decide(kFacts).out.find("owed") == std::string::npos);
  CHECK(counter.decide(with("\"held\"", "\"refused\"")).out.find("documents owed: 发票") != std::string::npos);
}
