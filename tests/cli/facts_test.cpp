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
      {"\"held\"}}", "\"held\"}} x", "line 2, column 88: nothing may follow the object"},
      {"\"fridge\"", "\"fridge", "line 1, column 39: the quote opened here is not closed"},
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

TEST_CASE("a mistake of JSON is told with its line and column") {
  const Counter counter("command-json-place");
  const std::string facts = "{\n  \"sale\": {\n    \"on\": \"2024-05-01\"\n    \"count\": 1\n  }\n}\n";
  CHECK(holds(counter.decide(facts, "zh").out, "第 4 行第 5 列:此处之前缺少逗号"));
  CHECK(holds(counter.decide(facts, "en").out, "line 4, column 5: a comma is missing before this"));
}

TEST_CASE("of a word that is misspelt the nearest is said") {
  const Counter counter("command-nearest");
  CHECK(holds(counter.decide(with("\"fridge\"", "\"fridgge\"")).out, "washer; the nearest is fridge"));
  CHECK(holds(counter.decide(with("\"fridge\"", "\"洗衣鸡\""), "zh").out, "最接近的是 洗衣机"));
  CHECK(holds(counter.decide(with("\"entries\"", "\"entires\"")).out, "did you mean entries?"));
}

TEST_CASE("a folder holds no facts") {
  const Counter counter("command-folder-of-facts");
  const Ran ran = run_command({"decide", "p", "--rules", counter.rules, "--facts", counter.at("")});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "无法读取"));
  CHECK(run_command({"batch", "p", "--rules", counter.rules, "--facts", counter.at("")}).status == 2);
}

TEST_CASE("answers that cannot be written are an error") {
  if (!std::filesystem::exists("/dev/full")) return;
  const Counter counter("command-full-disk");
  const std::string facts = counter.write("cases.jsonl", "{\"sale\": {\"on\": \"2024-05-01\"}}\n");
  const Ran ran = run_command({"batch", "p", "--rules", counter.rules, "--facts", facts, "-o", "/dev/full"});
  CHECK(ran.status == 2);
  CHECK(holds(ran.err, "无法写入:/dev/full"));
}

TEST_CASE("a version without a last day is in force from its first") {
  const Counter counter("command-open-end");
  const std::string facts = with("2024-05-01", "2023-05-01");
  CHECK(holds(counter.decide(facts, "zh").out, "v,2024年1月1日 起\n"));
  CHECK(holds(counter.decide(facts, "en").out, "v, from 2024-01-01\n"));
}

TEST_CASE("what the rules say of themselves and is not so is no fault of the facts") {
  const Counter counter("command-ensure");
  std::string text = kRules;
  text.replace(text.find("    documents"), 0, "    ensure small: amount <= 100 yuan\n");
  const std::string rules = counter.write("ensure.gj", text);
  const auto decide = [&](const char* language) {
    return run_command({"decide", "p", "--rules", rules, "--facts", "-", "--lang", language}, kFacts);
  };
  CHECK(decide("zh").out.starts_with("无效:规则自相矛盾\n"));
  CHECK(holds(decide("zh").out, "small:规则写明“ensure small: amount <= 100 yuan”,此处却不成立;须更正规则文件\n"));
  CHECK(holds(decide("en").out, "small: the rules say `ensure small: amount <= 100 yuan`, and it does not hold here"));
  CHECK(holds(counter.decide(with("\"3999.00\"", "-1"), "zh").out, "无效:事实有误"));
}

TEST_CASE("a paper that was sent back is owed") {
  const Counter counter("command-papers");
  CHECK(counter.decide(kFacts).out.find("owed") == std::string::npos);
  CHECK(counter.decide(with("\"held\"", "\"refused\"")).out.find("documents owed: 发票") != std::string::npos);
}

TEST_CASE("where nothing can be asked no fact is said to be missing") {
  const Folder folder("command-stuck");
  const std::string rules = folder.write("p.gj", R"(
record Car { on: date  mileage: number or unknowable }
program p "项目" {
  authority "局"
  given car: Car
  in force by car.on
  version v from 2024-01-01 { cite "甲" require used: car.mileage >= 10000 amount = 100 yuan }
}
)");
  const auto head = [&](const std::string& mileage, const std::string& language) {
    const std::string facts = R"({"car": {"on": "2024-05-01", "mileage": {"state": ")" + mileage + R"("}}})";
    const Ran ran = run_command({"decide", "p", "--rules", rules, "--facts", "-", "--lang", language}, facts);
    return ran.out.substr(0, ran.out.find('\n'));
  };
  CHECK(head("unknown", "en") == "undetermined: facts are missing");
  CHECK(head("unknowable", "en") == "undetermined: what it hangs on cannot be said");
  CHECK(head("unknown", "zh") == "未决:还缺事实");
  CHECK(head("unknowable", "zh") == "未决:关键事实无从得知");
}
