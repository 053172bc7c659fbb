// What arrives broken: each gets its clear error, and nothing else breaks.
#include "support_rules.hpp"

using namespace guiju;
using namespace guiju::testing;

namespace {

compiler::Compiled compile_files(const std::map<std::string, std::string>& files,
                                 const std::vector<std::string>& asked) {
  compiler::FileReader reader;
  reader.read = [files](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  };
  return compiler::compile(asked, reader);
}

std::vector<std::string> errors(const compiler::Compiled& c) {
  std::vector<std::string> out;
  for (const Diagnostic& d : c.diagnostics.all()) {
    if (info(d.code).severity == Severity::error) out.emplace_back(info(d.code).id);
  }
  return out;
}
std::vector<std::string> errors(const std::string& text) {
  return errors(compile_files({{"a.gj", text}}, {"a.gj"}));
}

const std::string kHead =
    "use language en\nrecord X { on: date  power: kW  size: L  price: money from 0 yuan to 100 yuan }\n";
std::string program(const std::string& body) {
  return kHead + "program p \"项目\" { given x: X in force by x.on version v from 2024-01-01 {\n cite \"甲\"\n" + body +
         "\n} }\n";
}

}  // namespace

TEST_CASE("nothing, or no text at all") {
  CHECK(errors("") == Names{"nothing_declared"});
  CHECK(errors("  \n// only a comment\n") == Names{"nothing_declared"});
  CHECK(errors(std::string("\x7f"
                           "ELF\0\1\0\0",
                           8))
            .front() == "binary_file");
  CHECK(errors("enum A { a }\n\xff\xfe enum B { b }").front() == "invalid_utf8");
}

TEST_CASE("a byte order mark and CR LF at their places are fine; a mark elsewhere is not") {
  CHECK(errors("\xEF\xBB\xBF"
               "enum A { a, b }\r\nenum B { c }\r\n")
            .empty());
  CHECK(errors("enum A { a }\n\xEF\xBB\xBF"
               "enum B { b }") == Names{"misplaced_byte_order_mark"});
}

TEST_CASE("ten million brackets are one message") {
  const auto found = errors(std::string(3'000'000, '{') + std::string(3'000'000, '('));
  CHECK(found.size() == 1);
}

TEST_CASE("words that nobody knows") {
  CHECK(errors("enmu A { a }") == Names{"unknown_declaration"});
  CHECK(errors(program("require a: x.pwoer > 1 kW")) == Names{"unknown_name"});
  CHECK(errors(program("require a: y.power > 1 kW")) == Names{"name_not_declared"});
}

TEST_CASE("a Chinese keyword glued to a name is cut where only one cut exists") {
  const auto compiled = compile_files(
      {{"a.gj", program("let \u51C0\u4EF7 = x.price\n require a: \u51C0\u4EF7\u768415% <= 5 yuan")}}, {"a.gj"});
  REQUIRE(errors(compiled) == Names{"words_glued"});
  CHECK(help(compiled.diagnostics.all().front(), Language::en).find("\u51C0\u4EF7 \u7684 15%") != std::string::npos);
}

TEST_CASE("where a glued keyword makes the rest unreadable, the message points at it") {
  const auto glued = compile_files(
      {{"a.gj", program("let \u51C0\u4EF7 = 2 kW\n require a: \u51C0\u4EF7\u4E14x.power > 1 kW < 3 kW")}}, {"a.gj"});
  REQUIRE(errors(glued) == Names{"chained_comparison"});
  const auto& related = glued.diagnostics.all().front().related;
  REQUIRE(related.size() == 1);
  CHECK(related[0].en.find("\u51C0\u4EF7 \u4E14 x") != std::string::npos);
}

TEST_CASE("a word that is glued to a statement's first word, to a date") {
  const auto statement = compile_files({{"a.gj", program("\u8981\u6C42\u8282\u80FD: x.power > 1 kW")}}, {"a.gj"});
  REQUIRE(errors(statement) == Names{"unknown_statement"});
  CHECK(help(statement.diagnostics.all().front(), Language::en).find("\u8981\u6C42 \u8282\u80FD") != std::string::npos);
  CHECK(errors(program("require a: x.on \u65E9\u4E8E2025-03-01")) == Names{"word_glued_to_date"});
  CHECK(errors(program("require a: x.on \u65E9\u4E8E2025\u5E743\u67081\u65E5")) == Names{"word_glued_to_date"});
  CHECK(errors("enum A { \u901A\u77E52025\u5E743\u67081\u65E5 }").empty());  // a name may hold a date
}

TEST_CASE("a row that does not begin its line; a mistyped key overlaps nothing besides") {
  CHECK(errors(program("table t { | x.size || n |\n | any || 1 |\n}")) == Names{"row_needs_its_line"});
  const std::string rows = " | c || n |\n | fridge || 1 |\n | frige || 2 |\n | stove || 3 |\n}";
  CHECK(errors("enum C { fridge, stove }\ntable t {\n given c: C\n" + rows) == Names{"unknown_name"});
}

TEST_CASE("a column that is declared and not drawn") {
  const std::string given = "table t {\n given a: integer, b: integer\n gives x: number, y: number\n";
  CHECK(errors(given + " | a | b || x |\n | 1 | 2 || 3 |\n}") == Names{"column_missing"});
  CHECK(errors(given + " | a || x | y |\n | 1 || 3 | 4 |\n}") == Names{"column_missing"});
}

TEST_CASE("a missing brace among five declarations is one message, and the others are read") {
  const std::string text =
      "enum A { a }\nenum B { b\nenum C { c }\nenum D { d }\nenum E { e }\nrecord R { a: A  c: C  d: D  e: E }\n";
  CHECK(errors(text).size() == 1);
}

TEST_CASE("names twice, circles of files, circles of lets") {
  CHECK(errors("enum A { a }\nenum A { b }") == Names{"duplicate_name"});
  const auto circle =
      compile_files({{"a.gj", "use \"b.gj\"\nenum A { a }"}, {"b.gj", "use \"a.gj\"\nenum B { b }"}}, {"a.gj"});
  CHECK(errors(circle) == Names{"circular_use"});
  CHECK(errors(program("let a = b + 1 yuan\n let b = a + 1 yuan\n require r: a > 0 yuan")) == Names{"let_in_a_circle"});
}

TEST_CASE("units, days and sums that cannot be") {
  CHECK(errors(program("require r: x.power + x.size > 1 kW")) == Names{"units_differ"});
  CHECK(errors(program("require r: x.on is 2025-02-30")) == Names{"no_such_day"});
  CHECK(errors(program("require r: x.price < 1000000000000000000000000000000000000000 yuan")) ==
        Names{"too_many_digits"});
  CHECK(errors(program("require r: x.price < 1000000000000000000000000000000 yuan")) == Names{"sum_too_large"});
  CHECK(errors(program("amount = 15% of x.price")) == Names{"fraction_of_fen"});
}

TEST_CASE("a path that leaves the rules is refused, a file that is not there is told of") {
  CHECK(errors(compile_files({{"a.gj", "use \"../b.gj\"\nenum A { a }"}}, {"a.gj"})) == Names{"path_leaves_root"});
  CHECK(errors(compile_files({{"a.gj", "use \"b.gj\"\nenum A { a }"}}, {"a.gj"})) == Names{"file_not_read"});
}

TEST_CASE("a mistake in one place does not hide the next") {
  CHECK(errors(program("require a: x.powr > 1 kW\n require b: x.siez > 1 L\n require c: x.price > 1 kg")).size() == 3);
}
