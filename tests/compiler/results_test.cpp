// Results of standards beside the grade: what `gives` says, with everything known and with facts open, and how rules
// ask for it.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "compiler/rule_tests.hpp"
#include "diagnostics/codes.hpp"
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

const char* const kStandard = R"(
use language en
scale Class from worst { old "旧", middle "中", new "新" }
scale Tier from best { level1, level2, floor fails }
record Van { made: date  weight: number [kg] from 0 kg to 10000 kg  price: money from 0 yuan to 1000000 yuan
  paper: optional Class  region: region  efficiency: %  electric: bool }
standard van_class "货车" {
  given v: Van
  in force by v.made
  edition first from 2010-01-01 to 2019-12-31 {
    cite "甲"
    gives limit "限值" / en "limit" = 2 * v.weight
    gives worth = 10% of v.price
    gives class = v.paper
    gives where_from = v.region
    gives remark = if v.electric then "plugs in" otherwise "burns"
    gives scrap_on = v.made + 10 years
  }
}
)";

Case van(const std::string& made = "2015-03-01") {
  Case c(kStandard, "van_class");
  c.day("v.made", made).number("v.weight", 1500).number("v.price", 100001).member("v.paper", "middle");
  c.truth("v.electric", true).number("v.efficiency", 80, 100);
  c.facts().set_region(c.field("v.region"), 630100);
  return c;
}

void forget(Case& c, const std::string& path) {
  c.facts().set_state(c.field(path), run::FactState::unknown);
}

const explain::ResultText& result(const explain::GradeExplanation& g, const std::string& name) {
  const auto found = std::find_if(g.results.begin(), g.results.end(), [&](const auto& r) { return r.name == name; });
  REQUIRE_MESSAGE(found != g.results.end(), name);
  return *found;
}

std::vector<std::string> codes_of(const compiler::Compiled& compiled) {
  std::vector<std::string> codes;
  for (const Diagnostic& d : compiled.diagnostics.all()) codes.push_back(code_name(d.code));
  return codes;
}

}  // namespace

TEST_CASE("a result of every kind is told with its unit, for machines and for people") {
  const auto g = van().grade();
  CHECK(g.outcome == "graded");
  CHECK(result(g, "limit").value == "3000");
  CHECK(result(g, "limit").unit == "kg");
  CHECK(result(g, "limit").label == "limit");
  CHECK(result(g, "limit").text == "3000 kg");
  CHECK(result(g, "worth").value == "10000.10");
  CHECK(result(g, "worth").unit == "yuan");
  CHECK(result(g, "class").value == "middle");
  CHECK(result(g, "where_from").value == "630100");
  CHECK(result(g, "remark").value == "plugs in");
  CHECK(result(g, "scrap_on").value == "2025-03-01");
  for (const auto& r : g.results) CHECK(r.state == "known");
}

TEST_CASE("what a result rests on is asked for; the others stay known") {
  Case c = van();
  forget(c, "v.paper");
  const auto g = c.grade();
  CHECK(g.outcome == "undetermined");
  REQUIRE(g.needs.size() == 1);
  CHECK(g.needs[0].path == "v.paper");
  CHECK(result(g, "class").state == "open");
  CHECK(result(g, "class").value.empty());
  CHECK(result(g, "class").possible.size() == 3);
  CHECK(result(g, "scrap_on").value == "2025-03-01");
}

TEST_CASE("an open number lies between the ends of its fact") {
  Case c = van();
  forget(c, "v.weight");
  const auto g = c.grade();
  const auto limit = result(g, "limit");
  CHECK(limit.state == "open");
  CHECK(limit.least == "0");
  CHECK(limit.most == "20000");
}

TEST_CASE("an absent result does not apply; on a day of no edition nothing is in force") {
  Case c = van();
  c.absent("v.paper");
  CHECK(result(c.grade(), "class").state == "absent");
  CHECK(van("2020-01-01").grade().outcome == "not_in_force");
}

TEST_CASE("one result has one type in all editions") {
  std::string text = std::string(kStandard);
  text.insert(text.rfind("}\n"), R"(  edition second from 2020-01-01 {
    cite "乙"
    gives limit = 5 yuan
  }
)");
  CHECK(codes_of(compile_text(text)) == std::vector<std::string>{"GJ1371"});
}

TEST_CASE("a rule asks for a result; what an edition does not give is to be handled") {
  const auto program = [](const std::string& condition) {
    std::string text = std::string(kStandard);
    text.insert(text.rfind("}\n"), R"(  edition second from 2020-01-01 {
    cite "乙"
    gives limit = 100 kg
  }
)");
    return text + R"(
program buy "购买" {
  given van: Van
  given on: date
  in force by on
  version v from 2010-01-01 {
    cite "丙"
    require fits: )" +
           condition + "\n  }\n}\n";
  };
  const auto outcome = [&](const std::string& condition, const std::string& made) {
    Case c(program(condition), "buy");
    c.day("van.made", made).day("on", "2021-01-01").number("van.weight", 60).member("van.paper", "old");
    return c.decide().outcome;
  };
  CHECK(outcome("(result limit of van by van_class) > 110 kg", "2019-12-31") == "eligible");
  CHECK(outcome("(result limit of van by van_class) > 110 kg", "2020-01-01") == "ineligible");
  CHECK(outcome("(result limit of van by van_class) > 110 kg", "2009-12-31") == "referred");
  CHECK(outcome("(result limit of van by van_class in edition first) > 110 kg", "2020-01-01") == "eligible");
  CHECK(outcome("(result limit of van by van_class as at on) <= 100 kg", "2019-12-31") == "eligible");
  CHECK(outcome("(result class of van by van_class if absent Class.new) is old", "2019-12-31") == "eligible");
  CHECK(outcome("(result class of van by van_class if absent Class.new) is old", "2020-01-01") == "ineligible");
  CHECK(codes_of(compile_text(program("(result class of van by van_class) is old"))).size() == 1);
  CHECK(codes_of(compile_text(program("(result limits of van by van_class) > 1 kg"))) ==
        std::vector<std::string>{"GJ1370"});
}

TEST_CASE("what a table says otherwise stands in each of its columns") {
  const auto compiled = [](const std::string& last) {
    return compile_text(std::string(R"(
use language en
record Line { made: date  size: number }
standard line "线" {
  given l: Line
  in force by l.made
  edition e from 2020-01-01 {
    cite "甲"
    table limits {
      | l.size || low | high |
      | < 5    || 1   | )") +
                        last + R"( |
      otherwise 9
    }
    gives low = limits.low
    gives high = limits.high
  }
}
test "a hole" of line {
  given l { made: 2020-01-01, size: 4 }
  expect low 1, high 2
  but l.size 5   expect low 9, high 9
}
)");
  };
  const auto good = compiled("2");
  REQUIRE(good.plan != nullptr);
  for (const auto& test : compiler::run_tests(good, true)) CHECK(test.passed);
  const auto bad = compiled("2 years");
  const auto codes = codes_of(bad);
  CHECK(std::find(codes.begin(), codes.end(), "GJ1402") != codes.end());
}

TEST_CASE("drafts of real standards check, and decide as their tests say") {
  compiler::FileReader reader;
  reader.read = [](const std::string& path) -> std::optional<std::string> {
    std::ifstream in(std::string(GUIJU_TEST_DIR "/syntax/samples/") + path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    // The duty that stands beside the levels of lines is no matter of standards.
    std::string rules = text.str();
    if (const auto duty = rules.find("\nduty "); duty != std::string::npos)
      rules.erase(duty, rules.find("\ntest ", duty) - duty);
    if (const auto its_test = rules.find("\ntest \"the last day"); its_test != std::string::npos) rules.erase(its_test);
    return rules + "\n";
  };
  for (const char* name : {"gbt8170", "industrial_levels", "light_vehicle_emission", "motors", "pump_2025"}) {
    const auto compiled = compiler::compile({std::string("standards/") + name + ".gj"}, reader);
    for (const Diagnostic& d : compiled.diagnostics.all()) {
      if (info(d.code).severity == Severity::error) FAIL_CHECK(render(d, compiled.sources, Language::en));
    }
    if (compiled.plan == nullptr) continue;
    for (const auto& test : compiler::run_tests(compiled, true)) {
      CHECK_MESSAGE(test.passed, name << ": " << test.name);
      for (const auto& difference : test.differences) MESSAGE(difference);
    }
  }
}

TEST_CASE("a day of which nothing is known is told as unknown, not as all the days there are") {
  const std::string text = R"(
use language zh
record Van { made: date, kind: Kind }
enum Kind { small "小型" / en "small", large "大型" / en "large" }
standard life "使用年限" {
  given v: Van
  in force by v.made
  edition first from 2010-01-01 to 2019-12-31 {
    cite "甲"
    gives ends = if v.kind is small then v.made + 10 years otherwise not found "未查得"
  }
}
)";
  Case c(text, "life");
  c.day("v.made", "2015-03-01").member("v.kind", "large");
  CHECK(result(c.grade(), "ends").text == "unknown");
  c.member("v.kind", "small");
  CHECK(result(c.grade(), "ends").text == "2025-03-01");
}
