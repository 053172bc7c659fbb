// Facts from JSON: what is set, and every way in which a host can get it wrong.
#include "json/read_facts.hpp"

#include <doctest/doctest.h>

#include "sample_plan.hpp"

using namespace guiju;
using run::FactState;

namespace {

struct Reading {
  explicit Reading(std::string_view text) : plan(test::sample_plan()), names(*plan, 0), facts(plan, 0) {
    result = json::read_facts(facts, names, text);
  }
  const run::FactValue& at(std::string_view path) { return facts.value(facts.find(path).field); }
  [[nodiscard]] std::string refused() const {
    std::string all;
    for (const auto& r : result.refused) all += r.path + "|" + r.got + "|" + r.allowed.en + "\n";
    return all;
  }
  [[nodiscard]] std::string bad() const {
    std::string all;
    for (const auto& b : facts.bad()) all += b.path + "|" + b.got + "\n";
    return all;
  }

  std::shared_ptr<const plan::Plan> plan;
  json::ProgramNames names;
  run::Facts facts;
  json::ReadResult result;
};

}  // namespace

TEST_CASE("every kind of fact, as number or as text") {
  Reading r(R"({
    "purchase": {"date": "2025-03-01", "category": "fridge", "price": 3999.00, "power": "4.5 kW", "share": "15%"},
    "buyer": {"adult": true, "home": "630102", "id": "甲", "waited": "8年", "spell": "30 days"},
    "documents": {"invoice": "held"}})");
  CHECK(r.result.clean());
  CHECK(to_iso(static_cast<Day>(r.at("purchase.date").c)) == "2025-03-01");
  CHECK(r.at("purchase.category").c == 0);
  CHECK(r.at("purchase.price").c == 399900);
  CHECK(r.at("purchase.power").c == 4500);
  CHECK(r.at("purchase.share").c == 150000);
  CHECK(r.at("buyer.adult").c == 1);
  CHECK(r.at("buyer.home").c == 630102000000);
  CHECK(r.at("buyer.id").text == "甲");
  CHECK(r.at("buyer.waited").c == 96);
  CHECK(r.at("buyer.spell").c == 30);
  CHECK(r.at("documents.invoice").c == run::held);
}

TEST_CASE("a share above one is written with its sign: 80 is as likely to be meant for 80%") {
  const auto read = [](const std::string& written) { return Reading(R"({"purchase": {"share": )" + written + "}}"); };
  for (const char* good : {"0.8", "\"0.8\"", "\"80%\"", "8e-1", "\"8/10\""}) {
    CAPTURE(good);
    CHECK(read(good).at("purchase.share").c == 800000);
  }
  CHECK(read("1").at("purchase.share").c == 1'000'000);
  CHECK(read("\"120%\"").at("purchase.share").c == 1'200'000);
  for (const char* bad : {"80", "1.2", "12e-1", "\"80\"", "\"1.2\"", "\"6/5\"", "\"0.0002万\"", "-80"}) {
    CAPTURE(bad);
    Reading r = read(bad);
    CHECK(r.at("purchase.share").state == FactState::bad);
    CHECK(r.facts.allowed(r.plan->programs[0].layout.fields[r.facts.find("purchase.share").field]).en ==
          "0% … 120%, written \"80%\" or 0.8, step 0.0001%");
  }
}

TEST_CASE("receipts hold any share as a number") {
  const auto plan = test::sample_plan();
  for (const char* written : {"1.2", "\"1.2\"", "12e-1"}) {
    run::Facts facts(plan, 0);
    const auto result = json::read_facts(facts, json::ProgramNames(*plan, 0),
                                         R"({"purchase": {"share": )" + std::string(written) + "}}", json::kOnRecord);
    CHECK(result.clean());
    CHECK(facts.value(facts.find("purchase.share").field).c == 1'200'000);
  }
}

TEST_CASE("a number in the field's own unit; a text in any unit of its dimension") {
  CHECK(Reading(R"({"purchase": {"power": 4.5}})").at("purchase.power").c == 4500);
  CHECK(Reading(R"({"purchase": {"power": "4500 瓦"}})").at("purchase.power").c == 4500);
  CHECK(Reading(R"({"purchase": {"price": "0.3999万元"}})").at("purchase.price").c == 399900);
  Reading litres(R"({"purchase": {"power": "4.5 L"}})");
  CHECK(litres.result.has_bad_values);
  CHECK(litres.bad() == "purchase.power|4.5 L\n");
}

TEST_CASE("names and aliases lead to the same fact") {
  Reading r(R"({"购买": {"日期": "2025年3月1日", "品类": "冷柜", "标价": "3999元"}, "claims": [{"品类": "电视"}]})");
  CHECK(r.result.clean());
  CHECK(r.at("purchase.price").c == 399900);
  CHECK(r.at("purchase.category").c == 0);
  CHECK(r.at("claims").list->entries.at(0).values.at(0).c == 1);
}

TEST_CASE("absent, unknown, unknowable") {
  Reading r(R"({"purchase": {"power": null, "price": "?"}, "buyer": {"id": {"state": "unknowable"}}})");
  CHECK(r.result.clean());
  CHECK(r.at("purchase.power").state == FactState::absent);
  CHECK(r.at("purchase.price").state == FactState::unknown);
  CHECK(r.at("purchase.date").state == FactState::unknown);
  CHECK(r.at("buyer.id").state == FactState::unknowable);
  Reading bad(R"({"purchase": {"price": null}})");
  CHECK(bad.result.has_bad_values);
  CHECK(bad.at("purchase.price").state == FactState::bad);
}

TEST_CASE("a later reading replaces only what it names") {
  Reading r(R"({"purchase": {"price": 1, "category": "tv"}})");
  CHECK(json::read_facts(r.facts, r.names, R"({"purchase": {"price": 2}})").clean());
  CHECK(r.at("purchase.price").c == 200);
  CHECK(r.at("purchase.category").c == 1);
}

TEST_CASE("optional records exist where they are given") {
  CHECK(Reading(R"({"old": {"scrapped": "2024-05-01"}})").at("old").c == 1);
  CHECK(Reading(R"({"old": null})").at("old").state == FactState::absent);
  CHECK(Reading(R"({"old": "?"})").at("old").state == FactState::unknown);
}

TEST_CASE("histories say whether they are complete, lists always are") {
  Reading open(R"({"claims": [{"category": "tv"}, {"category": "fridge", "on": "2024-09-01"}], "marks": [1, 2]})");
  CHECK(open.result.clean());
  CHECK_FALSE(open.at("claims").list->complete);
  CHECK(open.at("claims").list->entries.size() == 2);
  CHECK(open.at("claims").list->entries[0].values[1].state == FactState::unknown);
  CHECK(open.at("marks").list->complete);
  CHECK(open.at("marks").list->entries.at(1).values.at(0).c == 2);

  Reading closed(R"({"claims": {"entries": [], "complete": true}})");
  CHECK(closed.at("claims").list->complete);
  CHECK(closed.at("claims").state == FactState::known);
}

TEST_CASE("digits are never lost, and too many are refused") {
  Reading exact(R"({"purchase": {"price": 999999.99}})");
  CHECK(exact.at("purchase.price").c == 99999999);
  CHECK(Reading(R"({"purchase": {"price": 3.999e3}})").at("purchase.price").c == 399900);
  CHECK(Reading(R"({"purchase": {"price": 0.005}})").bad() == "purchase.price|0.005\n");
  const std::string digits(400, '7');
  Reading huge(R"({"purchase": {"price": )" + digits + "}}");
  CHECK(huge.result.has_bad_values);
  CHECK(huge.bad() == "purchase.price|" + digits.substr(0, 40) + "\u2026\n");
  CHECK(Reading(R"({"purchase": {"price": 1e400}})").result.has_bad_values);
  CHECK(Reading(R"({"purchase": {"price": 1e99999999999999999999}})").result.has_bad_values);
}

TEST_CASE("unknown and repeated keys are found") {
  CHECK(Reading(R"({"purchase": {"prise": 1}})").refused() == "purchase.prise||no such fact; did you mean price?\n");
  CHECK(Reading(R"({"purchase": {"price": 1, "price": 2}})").refused() ==
        "purchase.price||the same fact stands twice\n");
  CHECK(Reading(R"({"purchase": {"price": 1, "标价": 2}})").refused() ==
        "purchase.price||the same fact stands twice\n");
  CHECK(Reading(R"({"purchase": {}, "purchase": {}})").refused() == "purchase||the same fact stands twice\n");
  CHECK(Reading(R"({"claims": [{}, {"category": "tv", "colour": {"a": [1, "]"]}}]})").refused() ==
        "claims[1].colour||no such fact; there are: category, on\n");
  CHECK(Reading(R"({"claims": {"complete": true, "complete": true}})").refused() ==
        "claims.complete||the same fact stands twice\n");
  CHECK(Reading(R"({"//note": [1, {"any": "thing"}], "purchase": {"//": 1, "//": 2}})").result.clean());
}

TEST_CASE("values of another shape") {
  CHECK(Reading(R"({"purchase": 5})").refused() == "purchase|5|an object\n");
  CHECK(Reading(R"({"purchase": {"price": [1]}})").bad() == "purchase.price|[…]\n");
  CHECK(Reading(R"({"purchase": {"price": {"a": 1}}})").bad() == "purchase.price|{…}\n");
  CHECK(Reading(R"({"purchase": {"category": 3}})").bad() == "purchase.category|3\n");
  CHECK(Reading(R"({"purchase": {"category": "sofa"}})").bad() == "purchase.category|sofa\n");
  CHECK(Reading(R"({"purchase": {"date": "2025-02-30"}})").bad() == "purchase.date|2025-02-30\n");
  CHECK(Reading(R"({"buyer": {"home": 630102}})").bad() == "buyer.home|630102\n");
  CHECK(Reading(R"({"buyer": {"waited": "30 days"}})").bad() == "buyer.waited|30 days\n");
  CHECK(Reading(R"({"buyer": {"adult": "perhaps"}})").bad() == "buyer.adult|perhaps\n");
  CHECK(Reading(R"({"claims": [1]})").refused() == "claims[0]|1|an object\n");
  CHECK(Reading(R"({"claims": {"complete": 1}})").refused() == "claims.complete|1|true or false\n");
  CHECK(Reading(R"({"claims": {"entries": 1}})").refused() == "claims.entries|1|an array\n");
  CHECK(Reading(R"({"purchase": {"price": -1}})").bad() == "purchase.price|-1\n");
}

TEST_CASE("text that is no JSON is malformed, wherever the fault hides") {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[]",
                           "5",
                           "\"a\"",
                           "nul",
                           "{\"purchase\": {}} x",
                           "{\"purchase\": {}} {}",
                           "{\"purchase\" {}}",
                           "{\"purchase\": {},}",
                           "{purchase: {}}",
                           "{\"purchase\": {\"price\": 01}}",
                           "{\"purchase\": {\"price\": 1.}}",
                           "{\"purchase\": {\"price\": +1}}",
                           "{\"purchase\": {\"price\": 1 2}}",
                           "{\"purchase\": {\"price\": tru}}",
                           "{\"purchase\": {\"price\": nulL}}",
                           "{\"//c\": tru}",
                           "{\"//c\": [1,]}",
                           "{\"//c\": {\"a\" 1}}",
                           "{\"//c\": [1}",
                           "{\"purchase\": {\"price\": .5}}",
                           "{\"buyer\": {\"id\": \"\xff\"}}",
                           "{\"buyer\": {\"id\": \"\\ud800\"}}",
                           "{\"buyer\": {\"id\": \"a\nb\"}}",
                           "{\"buyer\": {\"id\": \"a}}",
                           "{\"purchase\": {\"price\": NaN}}",
                           "{'purchase': {}}",
                           "\xEF\xBB\xBF"}) {
    CAPTURE(text);
    Reading r(text);
    CHECK(r.result.malformed);
    CHECK_FALSE(r.result.clean());
    CHECK_FALSE(r.result.refused.empty());
  }
  CHECK(Reading("\xEF\xBB\xBF{}").result.clean());
  CHECK(Reading("{}\r\n").result.clean());
}

TEST_CASE("limits") {
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "[";
  for (int i = 0; i < 200; ++i) deep += "]";
  Reading nested("{\"//c\": " + deep + "}");
  CHECK(nested.result.malformed);

  const auto plan = test::sample_plan();
  const json::ProgramNames names(*plan, 0);
  run::Facts facts(plan, 0);
  json::ReadLimits limits;
  limits.entries = 2;
  CHECK(json::read_facts(facts, names, R"({"marks": [1, 2, 3]})", limits).malformed);
  limits.bytes = 10;
  CHECK(json::read_facts(facts, names, R"({"purchase": {}})", limits).malformed);
}

namespace {

// All that came of reading.
std::string told(const run::Facts& facts, const json::ReadResult& result) {
  std::string all = result.malformed ? "malformed\n" : "";
  all += result.has_bad_values ? "bad values\n" : "";
  for (const auto& refused : result.refused) all += refused.path + "|" + refused.got + "|" + refused.allowed.en + "\n";
  for (const auto& bad : facts.bad()) all += bad.path + "|" + bad.got + "|" + bad.allowed.en + "\n";
  for (const auto& value : facts.row().values) {
    all += std::to_string(static_cast<int>(value.state));
    if (value.state == FactState::known && value.list == nullptr)
      all += " " + to_string(Rational::whole(value.c)) + " " + value.text;
    if (value.state == FactState::known && value.list != nullptr)
      all += " " + std::to_string(value.list->entries.size()) + (value.list->complete ? " of all" : " so far");
    all += "\n";
  }
  return all;
}

// One reader for all texts, held against a new one for each.
struct UsedAgain {
  std::shared_ptr<const plan::Plan> plan = test::sample_plan();
  json::ProgramNames names{*plan, 0};
  run::Facts facts{plan, 0};
  json::FactsReader reader;

  std::string read(const std::string& text) {
    facts.reset();
    return told(facts, reader.read(facts, names, text));
  }
  std::string read_anew(const std::string& text) const {
    run::Facts fresh(plan, 0);
    return told(fresh, json::read_facts(fresh, names, text));
  }
};

}  // namespace

TEST_CASE("a reader that is used again reads as a new one does") {
  UsedAgain used;
  const std::string long_name(100'000, 'x');
  for (const std::string& text : std::vector<std::string>{
           R"({"purchase": {"date": "2025-03-01", "category": "fridge", "price": 3999.00}, "buyer": {"adult": true}})",
           R"({"purchase": {"price": -1, "prise": 2, "power": "x"}})", "{",
           R"({"buyer": {"id": ")" + long_name + "\"}}", R"({"purchase": {"date": "2025-03-02"}, "purchase": {}})",
           R"({"purchase": {"price": 12.34}} x)", "{}"})
    CHECK(used.read(text) == used.read_anew(text));
}

TEST_CASE("a text that is nearly one that was read before is read as if it were the first") {
  const std::vector<std::string> texts{
      R"({"purchase":{"date":"2025-03-01","category":"fridge","price":3999.00,"power":null},"buyer":{"adult":true}})",
      R"({"buyer": {"id": "甲", "home": "630000"}, "old": {"scrapped": "2024-01-02"}, "claims": []})",
      R"({"buyer": {"id": "?"}, "old": null, "claims": {"complete": true, "entries": []}, "marks": [1, 2]})",
      R"({"documents":{"invoice":true},"old":{"?":true},"marks":[],"//":"x","purchase":{"price":"2万元"}})"};
  const std::vector<std::string> pieces{"",  "\"", "\\", "0", "9", "e",    " ",   ",",
                                        "}", "]",  "?",  "-", ".", "\x01", "\xFF"};
  UsedAgain used;
  for (const std::string& text : texts) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      CHECK(used.read(text) == used.read_anew(text));
      for (const std::string& piece : pieces) {
        for (const std::size_t replaced : {0U, 1U}) {
          std::string other = text;
          other.replace(at, replaced, piece);
          CAPTURE(other);
          CHECK(used.read(other) == used.read_anew(other));
        }
      }
    }
  }
}

TEST_CASE("a plain decimal is read as the same number with an exponent") {
  for (const char* path : {"price", "power", "share"}) {
    for (const char* digits :
         {"0", "0.01", "12", "12.3", "12.30", "3999.00", "0.005", "0.1", "1000000", "99999999999999999", "-1",
          "123456789012345678", "0.00000000000000001", "4.5", "00", "1.", "100000000000000000000"}) {
      CAPTURE(path);
      CAPTURE(digits);
      const auto read = [&](const std::string& written) {
        return Reading("{\"purchase\": {\"" + std::string(path) + "\": " + written + "}}");
      };
      const Reading plain = read(digits);
      const Reading exact = read(std::string(digits) + "e0");
      const auto& a = plain.facts.row().values;
      const auto& b = exact.facts.row().values;
      REQUIRE(a.size() == b.size());
      for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].state == b[i].state);
        if (a[i].state == FactState::known) CHECK(a[i].c == b[i].c);
      }
    }
  }
}
