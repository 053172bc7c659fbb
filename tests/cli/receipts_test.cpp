// `guiju decide --receipt` and `guiju verify`: what stands on the screen, and how they end.
#include <doctest/doctest.h>

#include "command_line.hpp"
#include "json/value.hpp"
#include "values/sha256.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kKettle = R"(
record Purchase { date: date price: money from 0 yuan to 100000 yuan buyer: text }
program kettle "电热水壶" / en "Kettle" {
  given purchase: Purchase
  in force by purchase.date
  version y2025 from 2025-03-01 to 2025-12-31 {
    cite "某县商务局〔2025〕1号"
    amount = 15% of purchase.price, at most 60 yuan, rounded down to 0.01 yuan
  }
}
)";
constexpr const char* kSale = R"({"purchase": {"date": "2025-05-01", "price": "199.90", "buyer": "632801"}})";

struct Counter : Folder {
  explicit Counter(const std::string& name) : Folder(name) { rules = write("rules/kettle.gj", kKettle); }
  [[nodiscard]] Ran decide(const std::vector<std::string>& more, const std::string& facts = kSale) const {
    std::vector<std::string> arguments{"decide", "kettle", "--rules", rules, "--facts", "-", "--lang", "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments, facts);
  }
  [[nodiscard]] Ran verify(const std::vector<std::string>& receipts, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"verify", "--rules", rules, "--lang", "en"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.insert(arguments.end(), receipts.begin(), receipts.end());
    return run_command(arguments);
  }
  std::string rules;
};

}  // namespace

TEST_CASE("a receipt is written beside the answer, verified, and never overwritten") {
  const Counter counter("receipt-write");
  const Ran decided = counter.decide({"--receipt", counter.at("one.json")});
  CHECK(decided.status == 0);
  CHECK(holds(decided.out, "eligible"));
  CHECK(counter.read("one.json").ends_with("}\n"));
  const Ran again = counter.decide({"--receipt", counter.at("one.json")});
  CHECK(again.status == 2);
  CHECK(holds(again.err, "the receipt is there already"));
  const Ran verified = counter.verify({counter.at("one.json")});
  CHECK(verified.status == 0);
  CHECK(verified.out == "same, to the byte\n  kettle, Kettle, engine " GUIJU_VERSION ", format 1\n");
  CHECK(run_command({"verify", counter.at("one.json"), "--rules", counter.rules}).out ==
        "逐字节一致\n  kettle,电热水壶,引擎 " GUIJU_VERSION ",格式 1\n");
}

TEST_CASE("the rules may lie elsewhere on the other machine") {
  const Counter counter("receipt-elsewhere");
  const std::string receipt = counter.decide({"--receipt", "-"}).out;
  const std::string elsewhere = counter.write("somewhere/deep/kettle.gj", kKettle);
  CHECK(run_command({"verify", "-", "--rules", elsewhere}, receipt).status == 0);
  std::string with_returns = kKettle;
  for (std::size_t i = 0; (i = with_returns.find('\n', i)) != std::string::npos; i += 2) with_returns.insert(i, "\r");
  CHECK(run_command({"verify", "-", "--rules", counter.write("windows/kettle.gj", with_returns)}, receipt).status == 0);
}

TEST_CASE("one byte changed: not the same, and where") {
  const Counter counter("receipt-tampered");
  std::string receipt = counter.decide({"--receipt", "-"}).out;
  receipt.replace(receipt.find("29.98"), 5, "59.98");
  counter.write("one.json", receipt);
  const Ran verified = counter.verify({counter.at("one.json")});
  CHECK(verified.status == 1);
  CHECK(holds(verified.out, "not the same\n"));
  CHECK(holds(verified.out, "changed after it was written"));
  CHECK(holds(verified.out, "  first difference: answer.amount\n    was: \"59.98\"\n    now: \"29.98\"\n"));
  const Ran json = counter.verify({counter.at("one.json")}, {"--json"});
  CHECK(json.status == 1);
  CHECK(holds(json.out, "\"same\": false"));
  CHECK(holds(json.out, "\"path\": \"answer.amount\""));
}

TEST_CASE("other rules are told") {
  const Counter counter("receipt-rules");
  const std::string receipt = counter.write("one.json", counter.decide({"--receipt", "-"}).out);
  counter.write("rules/kettle.gj", std::string(kKettle) + "// later\n");
  const Ran same_answer = counter.verify({receipt});
  CHECK(same_answer.status == 1);
  CHECK(holds(same_answer.out, "the rules are not those of the receipt"));
  CHECK(holds(same_answer.out, "the answer is the same"));
}

TEST_CASE("a file of receipts, and a folder of them") {
  const Counter counter("receipt-many");
  std::string day;
  for (const char* price : {"100", "200", "300"}) {
    day += counter
               .decide({"--receipt", "-"}, R"({"purchase": {"date": "2025-05-01", "price": ")" + std::string(price) +
                                               R"(", "buyer": "a"}})")
               .out;
  }
  counter.write("receipts/day.jsonl", day);
  counter.write("receipts/2/one.json", counter.decide({"--receipt", "-"}).out);
  CHECK(counter.verify({counter.at("receipts")}).out == "4 receipts: all the same, to the byte\n");
  day.replace(day.find("30.00"), 5, "31.00");
  counter.write("receipts/day.jsonl", day);
  const Ran verified = counter.verify({counter.at("receipts")});
  CHECK(verified.status == 1);
  CHECK(holds(verified.out, counter.at("receipts/day.jsonl") + ":2: not the same"));
  CHECK(holds(verified.out, "4 receipts: 1 not the same\n"));
}

TEST_CASE("a receipt whose words are those of another version of the engine") {
  const Counter counter("receipt-reworded");
  using guiju::json::Value;
  const std::string written = counter.decide({"--receipt", "-"}).out;
  Value receipt = *guiju::json::parse(written.substr(0, written.size() - 1)).value;
  Value answer = *receipt.find("answer");
  answer.erase("label");
  answer.set("label", std::move(Value::object().set("en", Value("Boiler")).set("zh", Value("电热水壶"))));
  for (const char* replaced : {"answer", "engine", "receipt_sha256"}) receipt.erase(replaced);
  receipt.set("answer", answer).set("engine", Value("0.0.9"));
  receipt.set("receipt_sha256", Value(guiju::sha256(guiju::json::canonical(receipt))));
  const std::string file = counter.write("receipts/one.json", guiju::json::canonical(receipt));
  const Ran verified = counter.verify({file});
  CHECK(verified.status == 0);
  CHECK(verified.out ==
        "decided the same, in other words\n  kettle, Kettle, engine 0.0.9, format 1\n"
        "  it says that engine 0.0.9 wrote it, which this one cannot check\n"
        "  the answer is the same; its words are those of another version of the engine\n"
        "  first difference: answer.label.en\n    was: \"Boiler\"\n    now: \"Kettle\"\n");
  const std::string json = counter.verify({file}, {"--json"}).out;
  CHECK(holds(json, "\"same\": true"));
  CHECK(holds(json, "\"same_answer\": true"));
  CHECK(holds(json, "\"same_words\": false"));
  CHECK(holds(json, "\"path\": \"answer.label.en\""));
  counter.write("receipts/two.json", written);
  CHECK(counter.verify({counter.at("receipts")}).out == "2 receipts: all decided the same, 1 in other words\n");
}

TEST_CASE("masks on the command line") {
  const Counter counter("receipt-masked");
  const Ran masked = counter.decide({"--receipt", "-", "--mask", "purchase.buyer"});
  CHECK(masked.status == 0);
  CHECK_FALSE(holds(masked.out, "632801"));
  CHECK(holds(masked.out, "masked-1"));
  CHECK(run_command({"verify", "-", "--rules", counter.rules}, masked.out).status == 0);
  CHECK(counter.decide({"--receipt", "-", "--mask", "purchase.buyer,purchase.price"}).status == 2);
  CHECK(holds(counter.decide({"--mask", "purchase.buyer"}).err, "--mask goes with --receipt"));
}

TEST_CASE("wrong usage ends in 2, what is no receipt in 1") {
  const Counter counter("receipt-usage");
  CHECK(counter.verify({counter.at("nothing.json")}).status == 2);
  CHECK(run_command({"verify", "-", "--rules", counter.at("nowhere")}, "{}").status == 2);
  CHECK(run_command({"verify", "-", "--rules", counter.write("rules/bad.gj", "program {")}, "{}").status == 2);
  CHECK(run_command({"verify", "-", "--rules", counter.rules}, "").status == 2);
  const Ran none = run_command({"verify", "-", "--rules", counter.rules, "--lang", "en"}, "{}\n");
  CHECK(none.status == 1);
  CHECK(holds(none.out, "this is no receipt"));
  const Ran unreadable = counter.decide({"--receipt", counter.at("one.json")}, "{\"nobody\": 1}");
  CHECK(unreadable.status == 3);
  CHECK(holds(unreadable.err, "no receipt: the facts cannot be read"));
  CHECK(counter.read("one.json").empty());
}
