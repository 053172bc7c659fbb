// What somebody who writes rules is told: all of it in one run, at its place, with what to write instead.
#include "diagnostics/codes.hpp"
#include "memory_files.hpp"
#include "support_rules.hpp"

using namespace guiju;

namespace {

using Told = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

// "id: what is marked", in the order of places.
Told told(const Files& files, const std::vector<std::string>& asked) {
  guiju_test::MemoryFiles memory(files);
  const auto compiled = compiler::compile(asked, memory.reader());
  Told out;
  for (const Diagnostic& d : compiled.diagnostics.all())
    out.push_back(std::string(info(d.code).id).append(": ").append(compiled.sources.text(d.span)));
  return out;
}

std::string programme(const std::string& body) {
  return "record X { on: date  price: money from 0 yuan to 100 yuan  new: bool  part: optional number }\n"
         "program p \"项目\" {\n given x: X\n in force by x.on\n version v from 2024-01-01 {\n cite \"甲\"\n" +
         body + "\n}\n}\n";
}
Told told_of(const std::string& body) {
  return told({{"a.gj", programme(body)}}, {"a.gj"});
}

std::string help_of(const std::string& body, Language language) {
  guiju_test::MemoryFiles memory(Files{{"a.gj", programme(body)}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE_FALSE(compiled.diagnostics.all().empty());
  return help(compiled.diagnostics.all().front(), language);
}

}  // namespace

TEST_CASE("what the scales show is told along with other mistakes") {
  const std::string fraction = "fraction_of_fen: amount = 15% of x.price";
  for (const char* other : {"require a: x.nothing < 3", "require a: x.price < 3", "payout 17", "let a = b"}) {
    CAPTURE(other);
    const Told all = told_of("amount = 15% of x.price\n" + std::string(other));
    CHECK(all.size() == 2);
    CHECK(std::count(all.begin(), all.end(), fraction) == 1);
  }
  // In another version, and in another programme; not where the amount itself is at fault.
  const Told elsewhere = told({{"a.gj", programme("amount = 15% of x.price") + "let q = nobody"}}, {"a.gj"});
  CHECK(std::count(elsewhere.begin(), elsewhere.end(), fraction) == 1);
  CHECK(told_of("amount = 15% of x.nothing") == Told{"no_such_field: nothing"});
  CHECK(told_of("let q = x.nothing\n amount = 15% of q").size() == 1);

  CHECK(told_of("amount = 15% of x.price, rounded down to 0 yuan").size() == 1);

  const std::string shares = "amount = 1 yuan, shared 9999 : 2 between a, b remainder to b";
  CHECK(told_of(shares + "\nrequire a: x.nothing < 3").size() == 2);
}

TEST_CASE("a standard with too many editions is told along with other mistakes") {
  std::string text = "record X { on: date  n: number }\nlet q = nobody\nstandard s { given x: X  in force by x.on\n";
  for (int i = 0; i < 61; ++i)
    text += "edition e" + std::to_string(i) + " from " + std::to_string(1910 + i) + "-01-01 to " +
            std::to_string(1910 + i) + "-12-31 { cite \"a\" }\n";
  const Told all = told({{"a.gj", text + "}"}}, {"a.gj"});
  CHECK(
      std::any_of(all.begin(), all.end(), [](const std::string& one) { return one.starts_with("too_many_members"); }));
  CHECK(std::count(all.begin(), all.end(), "name_not_declared: nobody") == 1);
}

TEST_CASE("rounding twice to fewer digits is noticed wherever the first rounding stands") {
  const std::string fen = "15% of x.price rounded down to 0.01 yuan";
  const std::string yuan = "rounded down to 1 yuan";
  for (const std::string& body : {
           "amount = " + fen + ", " + yuan,
           "amount = 15% of x.price, rounded down to 0.01 yuan, " + yuan,
           "let q: money = 15% of x.price, rounded down to 0.01 yuan\n amount = q, " + yuan,
           "let q = " + fen + "\n amount = q + 1 yuan, at most 5 yuan, " + yuan,
           "amount = (if x.new then " + fen + " otherwise 3 yuan), " + yuan,
           "amount = choose { " + fen + " when x.new; 3 yuan otherwise }, " + yuan,
           "amount { a: " + fen + " }, " + yuan,
           "amount { a: 15% of x.price, rounded down to 0.01 yuan  b: 1 yuan }, " + yuan,
           "part a { pay 15% of x.price, rounded down to 0.01 yuan }\n amount { ... }, " + yuan,
       }) {
    CAPTURE(body);
    CHECK(told_of(body) == Told{"rounded_twice: " + yuan});
  }
  for (const std::string& body : {
           "amount = 15% of x.price, at most 5 yuan, " + yuan,
           "amount = 15% of x.price, " + yuan + ", rounded down to 0.01 yuan",
           "amount { a: 15% of x.price, " + yuan + "  b: 2 yuan }, " + yuan,
       }) {
    CAPTURE(body);
    CHECK(told_of(body).empty());
  }
}

TEST_CASE("a name of a file that is not used says which file to use") {
  const Files files = {
      {"shared/words.gj",
       "enum Kind { old }\nunit 捆\nrecord Y { on: date }\nstandard S { given y: Y in force by y.on }"},
      {"towns/b.gj", "record X { kind: Kind  load: 捆 }\nlet k = Kind.old"}};
  const Told all = told(files, {"shared/words.gj", "towns/b.gj"});
  CHECK(std::count(all.begin(), all.end(), "declared_in_unused_file: Kind") == 2);
  CHECK(std::count(all.begin(), all.end(), "declared_in_unused_file: 捆") == 1);
  guiju_test::MemoryFiles memory(files);
  const auto compiled = compiler::compile({"shared/words.gj", "towns/b.gj"}, memory.reader());
  for (const Diagnostic& d : compiled.diagnostics.all()) {
    if (d.code != Code::declared_in_unused_file) continue;
    CHECK(help(d, Language::zh) == "请在文件开头写:引用 \"../shared/words.gj\"");
  }
}

TEST_CASE("what is absent says how to write it, with parentheses where they are needed") {
  CHECK(help_of("require a: x.part < 3", Language::en).ends_with("or `x.part if absent …`"));
  CHECK(help_of("let q = choose { x.part when x.new; 3 otherwise }\n require a: q < 3", Language::en)
            .find("in parentheses beside `or`") != std::string::npos);
  CHECK(help_of("require a: first present of { x.part } < 3", Language::zh)
            .ends_with("或写“(first present of { x.part }) 若无 …”"));
}

TEST_CASE("types are named in the language of the reader") {
  guiju_test::MemoryFiles memory(Files{{"a.gj", "let x = if 1 < 2 then 3 yuan otherwise 2024-01-01"}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE(compiled.diagnostics.all().size() == 1);
  CHECK(message(compiled.diagnostics.all()[0], Language::zh) == "金额 与 日期 不能表示同一内容");
  CHECK(message(compiled.diagnostics.all()[0], Language::en) == "money and date cannot stand for the same thing");
}

TEST_CASE("a word that is nobody's is taken for a keyword of the language where it is one elsewhere") {
  CHECK(told_of("require a: x.new is true") == Told{"everyday_word: true"});
  CHECK(told_of("require a: x.price 大于 3 yuan") == Told{"everyday_word: 大于"});
  CHECK(told({{"a.gj", "enum Answer { true, false }\nlet a = Answer.true"}}, {"a.gj"}).empty());
}

TEST_CASE("lets in a circle are all pointed at") {
  guiju_test::MemoryFiles memory(Files{{"a.gj", "let a = b + 1\nlet b = c + 1\nlet c = a + 1"}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE(compiled.diagnostics.all().size() == 1);
  const Diagnostic& d = compiled.diagnostics.all()[0];
  CHECK(d.code == Code::let_in_a_circle);
  REQUIRE(d.related.size() == 2);
  CHECK(compiled.sources.text(d.related[0].span) == "b");
  CHECK(compiled.sources.text(d.related[1].span) == "c");
}

TEST_CASE("a fixed number to a whole power is exact") {
  CHECK(told({{"a.gj", "test \"t\" { check 2^10 is 1024 }"}}, {"a.gj"}).empty());
  CHECK(told_of("require a: x.price / 1 yuan ^ 10 < 3").size() == 1);
}

TEST_CASE("a level that is expected of a standard is written after `grade`") {
  const std::string text =
      "scale Level from best { a, b }\nrecord X { on: date  n: number }\n"
      "standard s { given x: X  in force by x.on\n edition e from 2024-01-01 { cite \"甲\"\n"
      " grade x.n on Level at least {\n | a | b |\n | 3 | 2 |\n }\n } }\n"
      "test \"t\" of s { given x { on: 2024-02-02, n: 4 } expect a }\n";
  guiju_test::MemoryFiles memory(Files{{"a.gj", text}});
  const auto compiled = compiler::compile({"a.gj"}, memory.reader());
  REQUIRE_FALSE(compiled.diagnostics.all().empty());
  const Diagnostic& d = compiled.diagnostics.all().back();
  CHECK(d.code == Code::unknown_expectation);
  CHECK(help(d, Language::en) == "write grade a");
  CHECK(help(d, Language::zh) == "请写 定级 a");
}
