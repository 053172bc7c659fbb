// Compiled for the plan alone, programme by programme, rules give what they give as a whole: the same plan, the same
// findings.
#include <doctest/doctest.h>

#include <algorithm>

#include "compiler/memory_files.hpp"
#include "diagnostics/codes.hpp"
#include "plan/print.hpp"

using guiju::Code;
using guiju::Diagnostic;
using guiju::compiler::compile;
using guiju::compiler::Compiled;
using guiju::compiler::Wanted;
using guiju_test::MemoryFiles;

namespace {

const std::string kShop = R"(use language en
record Sale { on: date  price: money from 0 yuan to 100000 yuan  again: bool }
let rate(x: money) = if x > 500 yuan then 10% otherwise 20%
let taxed(x: money) = undecided tax "is tax part of it" { "with": x; "without": 2 yuan }
let floor = 3 yuan
table caps "caps" { cite "n" given again: bool gives cap: money
  | again | cap |
  | yes | 100 yuan |
  | no | 200 yuan |
}
)";

// Says `amount` for the sale `s`.
std::string program(const std::string& name, const std::string& amount, const std::string& more = "") {
  return "program " + name + " \"" + name + "\" {\n  given s: Sale\n  in force by s.on\n" +
         "  version v1 from 2024-01-01 to 2024-12-31 {\n    cite \"n\"\n    let part = rate(s.price) * s.price\n" +
         "    require once: not s.again otherwise \"again\"\n    amount = " + amount +
         ", rounded down to 0.01 yuan\n  }\n  version v2 from 2025-01-01 amends v1 {\n    cite \"o\"\n" + more +
         "  }\n}\n";
}

std::string test_of(const std::string& name) {
  return "test \"one\" of " + name + " {\n  given s { on: 2024-05-01, price: 100 yuan, again: no }\n" +
         "  expect eligible\n}\n";
}

Compiled compiled(const std::string& text, Wanted wanted) {
  MemoryFiles files({{"shop.gj", text}});
  return compile({"shop.gj"}, files.reader(), {}, nullptr, wanted);
}

std::vector<std::string> findings(const Compiled& from) {
  std::vector<std::string> out;
  for (const Diagnostic& d : from.diagnostics.all()) {
    out.push_back(guiju::code_name(d.code) + " " + std::to_string(d.span.begin) + " " +
                  guiju::message(d, guiju::Language::en));
  }
  return out;
}

std::vector<std::string> programs(const Compiled& from) {
  std::vector<std::string> out;
  if (from.plan == nullptr) return out;
  for (const auto& p : from.plan->programs) {
    out.push_back(p.name);
    for (const auto& section : p.sections) {
      out.push_back(section.name + "\n" + guiju::plan::print(*from.plan, section));
      for (const auto& r : section.requirements) out.push_back(r.name + " s" + std::to_string(r.truth));
      for (const auto& let : section.lets) out.push_back(let.name + " s" + std::to_string(let.slot));
    }
  }
  return out;
}

// Whether there is a plan.
bool same_both_ways(const std::string& text) {
  const Compiled whole = compiled(text, Wanted::rulebook_and_plan);
  const Compiled alone = compiled(text, Wanted::plan);
  CHECK(findings(whole) == findings(alone));
  CHECK(programs(whole) == programs(alone));
  CHECK((whole.plan == nullptr) == (alone.plan == nullptr));
  return alone.plan != nullptr;
}

}  // namespace

TEST_CASE("programmes that share what their file says") {
  const std::string rules = kShop + program("a", "part + caps(s.again).cap") +
                            program("b", "taxed(s.price), at least floor") +
                            program("c", "part + taxed(10 yuan)", "let part = floor\n");
  CHECK(same_both_ways(rules));
  CHECK(same_both_ways(rules + test_of("b") + test_of("a")));
}

TEST_CASE("what a programme was made of is gone, what others speak of stays") {
  const std::string two = kShop + program("a", "part") + program("b", "floor");
  const std::string group =
      "group g \"g\" {\n  given s: Sale\n  in force by s.on\n  cite \"n\"\n  programs a, b\n"
      "  exclude once: a with b\n  winner highest\n}\n";
  const std::string local =
      "program c \"c\" implements b in 320000 {\n  version w from 2024-01-01 to 2024-12-31 {\n    cite \"p\"\n"
      "  }\n}\n";
  CHECK(same_both_ways(two + group));
  CHECK(same_both_ways(two + local));
  CHECK(same_both_ways(two + group + local + test_of("a") + test_of("c")));
  CHECK(compiled(two, Wanted::plan).rulebook->programs.empty());
}

TEST_CASE("tests are checked either way") {
  const std::string two = kShop + program("a", "part") + program("b", "floor");
  CHECK(same_both_ways(two +
                       "test \"x\" of a {\n  given s { on: 2024-05-01, price: 100 yuan, again: no }\n"
                       "  check rate(s.price) is 20%\n  expect eligible\n}\n" +
                       test_of("b")));
  CHECK_FALSE(same_both_ways(two + test_of("a") + test_of("a")));
  CHECK_FALSE(same_both_ways(two + test_of("nobody")));
  CHECK_FALSE(same_both_ways(two + "test \"y\" of b as in \"one\" {\n  expect eligible\n}\n" + test_of("a")));
}

TEST_CASE("mistakes are told alike, before and after programmes that have none") {
  const std::string good = program("a", "part");
  const std::string fraction =
      "program f \"f\" {\n  given s: Sale\n  in force by s.on\n"
      "  version v from 2024-01-01 {\n    cite \"n\"\n    amount = 7% of s.price\n  }\n}\n";
  const std::string unknown = program("u", "part + nothing");
  CHECK_FALSE(same_both_ways(kShop + good + unknown + program("z", "part")));
  CHECK_FALSE(same_both_ways(kShop + unknown + good));
  CHECK_FALSE(same_both_ways(kShop + fraction + good));
  CHECK_FALSE(same_both_ways(kShop + fraction + good + unknown));
  CHECK_FALSE(same_both_ways(kShop + unknown + good + fraction));
  CHECK_FALSE(same_both_ways(kShop + good + "let lost = nowhere\n"));
  CHECK_FALSE(same_both_ways(kShop + good + "program broken {\n"));
}

TEST_CASE("names that look alike are told alike") {
  const std::string inner =
      program("a", "part", "let totall = 1 yuan\n") + program("b", "part", "let totall = 1 yuan\n");
  CHECK_FALSE(
      same_both_ways(kShop + program("a", "part", "let l1 = 1 yuan\n    let ll = 2 yuan\n") + program("b", "part")));
  CHECK_FALSE(same_both_ways(kShop + "let total1 = 1 yuan\n" + inner));
  CHECK(findings(compiled(kShop + "let total1 = 1 yuan\n" + inner, Wanted::plan)).size() == 2);
}
