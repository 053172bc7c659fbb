// Many cases in one file: each is answered as it would be by itself, in order, and no line is lost.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kRules = R"(
enum Kind { fridge "冰箱" / en "fridge", washer "洗衣机" }
record Sale { on: date  kind: Kind  price: money from 0 yuan to 100000 yuan  listed: bool }
record Old { year: integer from 1990 to 2030 }
record Claim { kind: Kind }
program p "项目" {
  authority "局"
  given sale: Sale, old: optional Old, claims: history of Claim
  in force by sale.on
  version v from 2024-01-01 {
    cite "甲"
    require listed: sale.listed otherwise "须在目录内" / en "must be on the list"
    require handed_in: old exists and old.year <= 2015 otherwise "须交旧" / en "hand in an old one"
    require dear: undecided "“以上”是否含本数" / en "is the figure itself included?" { "含": sale.price >= 100 yuan; "不含": sale.price > 100 yuan }
      otherwise "价格太低" / en "too cheap"
    limit once: 1 counting claims where claim.kind is sale.kind
    amount = 10% of sale.price, at most 500 yuan, rounded down to 0.01 yuan
  }
}
)";

constexpr const char* kCsv =
    "sale.on,sale.kind,sale.price,sale.listed,old.year,claims\n"
    "2024-05-01,fridge,3999.99,true,2010,\"{\"\"complete\"\":true,\"\"entries\"\":[]}\"\n"
    "2024-05-01,fridge,9999,true,2010,\"{\"\"complete\"\":true,\"\"entries\"\":[{\"\"kind\"\":\"\"fridge\"\"}]}\"\n"
    "2024-05-01,washer,100,true,2010,\"{\"\"complete\"\":true,\"\"entries\"\":[]}\"\n"
    "2024-05-01,washer,50,false,null,\"{\"\"complete\"\":true,\"\"entries\"\":[]}\"\n"
    "2024-05-01,washer,9999,,2010,\"{\"\"complete\"\":true,\"\"entries\"\":[]}\"\n"
    "2023-05-01,washer,9999,,,\n"
    "\n"
    "2024-05-01,tv,9999,true,2010,\n"
    "2024-05-01,washer\n"
    "2024-05-01,\"wash\"er,1,true,2010,\n"
    "2024-05-01,washer,9999,true,2010,[]\n";

constexpr const char* kAnswers =
    "line,outcome,version,amount_kind,amount,least,most,failed,needs,stuck_on,referred,invalid\n"
    "2,eligible,v,payment,399.99,399.99,399.99,,,,,\n"
    "3,ineligible,v,,,,,once,,,,\n"
    "4,referred,v,payment,10.00,10.00,10.00,,,,is the figure itself included?,\n"
    "5,ineligible,v,,,,,listed;handed_in;dear,,,,\n"
    "6,undetermined,v,payment,500.00,500.00,500.00,,sale.listed,,,\n"
    "7,not_in_force,,,,,,,,,,\n";

struct Cases : Folder {
  explicit Cases(const std::string& name) : Folder(name), rules(write("p.gj", kRules)) {}
  [[nodiscard]] Ran run(const std::string& input, std::vector<std::string> more = {},
                        const std::string& facts = "-") const {
    std::vector<std::string> words = {"batch", "p", "--rules", rules, "--facts", facts};
    words.insert(words.end(), more.begin(), more.end());
    return run_command(words, input);
  }
  std::string rules;
};

std::size_t count(const std::string& text, const std::string& piece) {
  std::size_t found = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("each row of a CSV file has its answer, with its line") {
  const Cases cases("batch-csv");
  const Ran ran = cases.run(kCsv, {"--lang", "en"});
  CHECK(ran.out.substr(0, std::string(kAnswers).size()) == kAnswers);
  CHECK(count(ran.out, "\n") == 11);
  CHECK(ran.out.find("9,invalid,,,,,,,,,,\"sale.kind: tv; allowed: fridge, washer\"\n") != std::string::npos);
  CHECK(ran.out.find("10,invalid,,,,,,,,,,\"it has 2 cells, the header 6\"\n") != std::string::npos);
  CHECK(ran.out.find("11,invalid,,,,,,,,,,a quote is not closed where a cell ends\n") != std::string::npos);
  CHECK(ran.out.find("12,undetermined,v,payment,500.00,500.00,500.00,,claims,,,\n") != std::string::npos);
  CHECK(ran.status == 3);
  CHECK(ran.err.find("10 cases: eligible 1, ineligible 2, undetermined 2, referred 1, not_in_force 1, invalid 3\n") ==
        0);
  CHECK(ran.err.find("  line 10: it has 2 cells, the header 6\n") != std::string::npos);
  CHECK(cases.run(kCsv).err.find("10 件:eligible 1,") == 0);
}

TEST_CASE("a line of JSON is answered by a line of JSON") {
  const Cases cases("batch-json");
  const std::string lines =
      R"({"sale":{"on":"2024-05-01","kind":"fridge","price":3999.99,"listed":true},"old":{"year":2010},"claims":{"complete":true,"entries":[]}})"
      "\n\n"
      R"({"sale":{"on":"2024-05-01","kind":"fridge","price":3999.99,"listed":true},"old":null,"claims":{"complete":true,"entries":[]}})"
      "\n{\"sale\":\n{\"sal\":{}}\n";
  const Ran ran = cases.run(lines, {"--lang", "en"});
  CHECK(
      ran.out.find(
          R"({"line": 1, "outcome": "eligible", "version": "v", "amount_kind": "payment", "amount": "399.99", )"
          R"("least": "399.99", "most": "399.99", "failed": [], "needs": [], "stuck_on": [], "referred": [], "invalid": []})") ==
      0);
  CHECK(ran.out.find(R"("line": 3, "outcome": "ineligible", "version": "v", "amount_kind": null, "amount": null, )"
                     R"("least": null, "most": null, "failed": ["handed_in"])") != std::string::npos);
  CHECK(ran.out.find(R"("line": 4, "outcome": "invalid")") != std::string::npos);
  CHECK(ran.out.find(R"("line": 5, "outcome": "invalid")") != std::string::npos);
  CHECK(ran.out.find("sal: no such fact; did you mean sale?") != std::string::npos);
  CHECK(count(ran.out, "\n") == 4);
  CHECK(ran.status == 3);
}

TEST_CASE("the same answers whatever the number of threads, in the order of the cases") {
  const Cases cases("batch-jobs");
  std::string csv = "sale.on,sale.kind,sale.price,sale.listed,old.year,claims\n";
  for (int i = 0; i < 5000; ++i)
    csv += "2024-05-01,fridge," + std::to_string(i) + ".50,true,2010,\"{\"\"complete\"\":true,\"\"entries\"\":[]}\"\n";
  const Ran one = cases.run(csv, {"--jobs", "1"});
  CHECK(one.status == 0);
  CHECK(count(one.out, "\n") == 5001);
  CHECK(one.out.find("\n3001,eligible,v,payment,299.95,299.95,299.95,,,,,\n3002,") != std::string::npos);
  CHECK(cases.run(csv, {"--jobs", "3"}).out == one.out);
  CHECK(one.err == "5000 件:eligible 4900,ineligible 100\n");
}

TEST_CASE("from a file to a file, as its name says") {
  const Cases cases("batch-files");
  const std::string facts = cases.write("facts.csv", kCsv);
  CHECK(cases.run("", {"-o", cases.at("answers.jsonl")}, facts).out.empty());
  CHECK(cases.read("answers.jsonl").find(R"({"line": 2, "outcome": "eligible")") == 0);
  CHECK(count(cases.read("answers.jsonl"), "\n") == 10);
  CHECK(cases.run("", {"-o", facts}, facts).status == 2);
  CHECK(cases.read("facts.csv") == kCsv);
}

TEST_CASE("the page shows what the command prints") {
  std::ifstream file(GUIJU_RULES_DIR "/reference/batch.md", std::ios::binary);
  const std::string page(std::istreambuf_iterator<char>(file), {});
  std::size_t at = 0;
  const auto block = [&](const std::string& kind) {
    const std::string fence = "\n```" + kind + "\n";
    const std::size_t begin = page.find(fence, at);
    REQUIRE(begin != std::string::npos);
    at = page.find("\n```\n", begin + fence.size());
    REQUIRE(at != std::string::npos);
    return page.substr(begin + fence.size(), at - begin - fence.size() + 1);
  };
  const Folder folder("batch-page");
  const std::string rules = folder.write("trade_in.gj", block("gj"));
  const std::string facts = folder.write("facts.csv", block("csv"));
  const Ran ran = run_command({"batch", "trade_in", "--rules", rules, "--facts", facts});
  CHECK(ran.out == block("csv"));
  CHECK(ran.err == block("text"));
  CHECK(ran.status == 3);
}

TEST_CASE("what cannot be begun says why") {
  const Cases cases("batch-usage");
  struct Wrong {
    const char *header, *says;
  };
  const Wrong wrongs[] = {
      {"sale.on,sale.prise\n", "header: no such fact: sale.prise; did you mean sale.price?"},
      {"sale.on,sale\n", "header: sale is no single fact; name those in it"},
      {"sale.on,sale.on\n", "header: the same fact stands twice: sale.on"},
      {"sale.on,\"sale\n", "a quote of the header is not closed"},
  };
  for (const Wrong& wrong : wrongs) {
    const Ran ran = cases.run(wrong.header, {"--lang", "en"});
    CHECK(ran.status == 2);
    CHECK(ran.err.find(wrong.says) != std::string::npos);
    CHECK(ran.out.empty());
  }
  CHECK(cases.run("", {}, cases.at("none.csv")).status == 2);
  CHECK(run_command({"batch", "q", "--rules", cases.rules, "--facts", "-"}).status == 2);
}
