// `guiju topup`: a file of past receipts under a later notice.
#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace guiju::testing;

namespace {

constexpr const char* kCars = R"(
record Car { scrapped: date  years: integer from 0 to 40  weight: number [t] from 0 t to 50 t }
program cars "报废更新" / en "Scrappage" {
  given car: Car
  in force by car.scrapped
  version spring from 2024-04-24 to 2024-12-31 published 2024-04-24 {
    cite "甲〔2024〕1号"
    require old: car.years at least 6 otherwise "车龄不足 6 年"
    amount = 7000 yuan
  }
  version autumn from 2024-04-24 to 2024-12-31 supersedes spring published 2024-08-16 {
    cite "甲〔2024〕2号"
    require old: car.years at least 8 otherwise "车龄不足 8 年"
    amount = if car.weight above 3 t then 7000 yuan otherwise 15000.50 yuan
  }
}
)";

struct Archive : Folder {
  explicit Archive(const std::string& name) : Folder(name) {
    rules = write("rules/cars.gj", kCars);
    std::string day;
    for (const char* car : {R"("years": 9, "weight": 1)", R"("years": 9, "weight": 5)", R"("years": 10, "weight": 2)",
                            R"("years": 7, "weight": 1)", R"("years": 9)", R"("years": 2, "weight": 1)"}) {
      day += run_command(
                 {"decide", "cars", "--rules", rules, "--facts", "-", "--known-on", "2024-06-01", "--receipt", "-"},
                 R"({"car": {"scrapped": "2024-06-01", )" + std::string(car) + "}}")
                 .out;
    }
    receipts = write("june.jsonl", day);
  }
  [[nodiscard]] Ran top_up(const std::string& day, const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{"topup", receipts, "--rules", rules, "--known-on", day};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments);
  }
  std::string rules, receipts;
};

}  // namespace

TEST_CASE("each receipt that is raised, by how much, and the sum; the others counted or named") {
  const Archive archive("topup-list");
  const Ran english = archive.top_up("2024-09-01", {"--lang", "en"});
  CHECK(english.status == 0);
  const std::string file = archive.receipts;
  CHECK(english.out ==
        "by the rules as known on 2024-09-01:\n"
        "  " +
            file +
            ":1  Scrappage (cars)\n"
            "    7000.00 (spring) → 15000.50 (autumn), top-up 8000.50 yuan\n"
            "  " +
            file +
            ":3  Scrappage (cars)\n"
            "    7000.00 (spring) → 15000.50 (autumn), top-up 8000.50 yuan\n"
            "  " +
            file +
            ":5  Scrappage (cars)\n"
            "    7000.00 (spring); open, the top-up if it qualifies: 0.00 to 8000.50 yuan\n"
            "    ? car.weight\n"
            "  " +
            file +
            ":4  Scrappage (cars)\n"
            "    7000.00 (spring); now not eligible: nothing is added, nothing claimed back\n"
            "2 raised, in all 16001.00 yuan\n"
            "1 open, in all 0.00 to 8000.50 yuan\n"
            "1 no longer eligible\n"
            "2 without a top-up\n");
  const Ran chinese = archive.top_up("2024-09-01", {});
  CHECK(holds(chinese.out, "按截至 2024年9月1日 的规则:\n"));
  CHECK(holds(chinese.out, "    7000.00(spring) → 15000.50(autumn),补差 8000.50 元\n"));
  CHECK(holds(chinese.out, "    7000.00(spring);现为不符合,不补,也不追回\n"));
  CHECK(holds(chinese.out, "补差 2 份,合计 16001.00 元\n"));
  CHECK(holds(archive.top_up("2024-07-01", {}).out, "补差 0 份,合计 0.00 元\n无补差 6 份\n"));
}

TEST_CASE("the same as JSON") {
  const Archive archive("topup-json");
  const Ran json = archive.top_up("2024-09-01", {"--json"});
  CHECK(json.status == 0);
  CHECK(holds(json.out, "\"total\": \"16001.00\""));
  CHECK(holds(json.out, "\"top_up\": \"8000.50\""));
  CHECK(holds(json.out, "\"top_up_between\": [\n        \"0.00\",\n        \"8000.50\"\n      ]"));
  CHECK(holds(json.out, "\"not_raised\": 2"));
}

TEST_CASE("a receipt that is given twice is raised once, and the second is named") {
  const Archive archive("topup-twice");
  const std::string june = archive.receipts;
  const Ran english = archive.top_up("2024-09-01", {june, "--lang", "en"});
  CHECK(english.status == 0);
  CHECK(holds(english.out, "2 raised, in all 16001.00 yuan\n1 open, in all 0.00 to 8000.50 yuan\n"));
  CHECK(holds(english.out, "  " + june + ":3: the same receipt as " + june + ":3, counted once\n"));
  CHECK(holds(english.out, "2 without a top-up\n6 given again\n"));
  archive.write("june.jsonl", archive.read("june.jsonl") + archive.read("june.jsonl"));
  const Ran chinese = archive.top_up("2024-09-01", {});
  CHECK(holds(chinese.out, "  " + june + ":9:与 " + june + ":3 是同一份凭证,不重复计\n"));
  CHECK(holds(chinese.out, "补差 2 份,合计 16001.00 元\n"));
  CHECK(holds(chinese.out, "重复 6 份\n"));
  const Ran json = archive.top_up("2024-09-01", {"--json"});
  CHECK(holds(json.out, "\"total\": \"16001.00\""));
  CHECK(holds(json.out, "\"source\": \"" + june + ":7\",\n      \"same_as\": \"" + june + ":1\""));
}

TEST_CASE("a receipt that cannot be decided again is named, and the status says so") {
  const Archive archive("topup-faults");
  std::string text = archive.read("june.jsonl");
  text.replace(text.find("7000.00"), 7, "6000.00");
  archive.write("june.jsonl", text);
  const Ran ran = archive.top_up("2024-09-01", {"--lang", "en"});
  CHECK(ran.status == 1);
  CHECK(holds(ran.out, ":1: the receipt was changed after it was written\n"));
  CHECK(holds(ran.out, "1 raised, in all 8000.50 yuan\n"));
  CHECK(holds(ran.out, "1 could not be decided\n"));
  CHECK(run_command({"topup", archive.receipts, "--rules", archive.rules}).status == 2);
  CHECK(run_command({"topup", archive.receipts, "--rules", archive.rules, "--known-on", "soon"}).status == 2);
}
