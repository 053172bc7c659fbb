// After a mistake the rest is read: other statements and declarations come out whole, messages stay few, and no input
// harms.
#include <doctest/doctest.h>

#include <filesystem>

#include "diagnostics/codes.hpp"
#include "syntax/parse_support.hpp"

using namespace guiju;
using namespace guiju::syntax;

namespace {

const std::string kFive =
    "record A {\n  x: number\n}\n"
    "record B {\n  y: number\n  z: text\n}\n"
    "enum C { a, b }\n"
    "program p {\n  authority \"x\"\n  version v from 2024-01-01 {\n    require r: x > 3\n    payout q\n  }\n}\n"
    "table t {\n  | a | b |\n  | 1 | 2 |\n}\n";

std::size_t whole_declarations(const Tree& tree) {
  std::size_t n = 0;
  for (const Node* child : tree.root().children) n += child->has(kHasError) ? 0U : 1U;
  return n;
}

std::string without(const std::string& text, const std::string& after, char bracket) {
  std::string out = text;
  out.erase(out.find(bracket, out.find(after)), 1);
  return out;
}

std::string repeat(const std::string& piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

// A tree is sound if ranges nest, children stand in the file, and heights are right.
void check_sound(const Tree& tree, const Node& node, std::size_t& faults) {
  if (node.first_token > node.last_token || node.last_token > tree.tokens().tokens.size()) ++faults;
  for (const Node* child : node.children) {
    if (child->first_token < node.first_token || child->last_token > node.last_token) ++faults;
    if (child->height >= node.height) ++faults;
    check_sound(tree, *child, faults);
  }
}

}  // namespace

TEST_CASE("a missing brace in the middle of five declarations is one message, and the others are whole") {
  CHECK(parse_text(kFive)->findings() == "");
  for (const char* declaration : {"record B", "program p", "version v", "table t", "record A"}) {
    CAPTURE(declaration);
    const auto closing = parse_text(without(kFive, declaration, '}'));
    CHECK(closing->findings().find("GJ1204") != std::string::npos);
    CHECK(closing->diagnostics.all().size() == 1);
    CHECK(closing->tree->root().children.size() == 5);
    CHECK(whole_declarations(*closing->tree) >= 4);
    const auto opening = parse_text(without(kFive, declaration, '{'));
    CAPTURE(opening->findings());
    CHECK(opening->diagnostics.all().size() == 1);
    CHECK(whole_declarations(*opening->tree) >= 4);
  }
}

TEST_CASE("each of several independent mistakes is told, and the statements between them are whole") {
  const auto parsed = parse_text(
      "program p {\n"
      "  version v from 2024-01-01 {\n"
      "    require a: x >\n"
      "    require b: y is z\n"
      "    let c = choose { 1 when ; 2 when d; otherwise }\n"
      "    payout 5\n"
      "    quota e\n"
      "  }\n"
      "}\n"
      "enum { }\n"
      "unit u = 5\n"
      "enum G { g }\n");
  CAPTURE(parsed->findings());
  CHECK(parsed->diagnostics.all().size() == 6);
  const Node& version = *parsed->tree->root().children[0]->child(NodeKind::version);
  CHECK_FALSE(version.has(kHasError));
  CHECK(version.all(NodeKind::require)[0]->has(kHasError));
  CHECK_FALSE(version.all(NodeKind::require)[1]->has(kHasError));
  CHECK(version.child(NodeKind::let)->has(kHasError));
  CHECK_FALSE(version.child(NodeKind::quota)->has(kHasError));
  CHECK_FALSE(parsed->tree->root().children.back()->has(kHasError));
}

TEST_CASE("misspelt first words one after the other are told each") {
  const auto declarations = parse_text("enmu A { a }\nrecrd B { b: A }\nprogrm p \"x\" { given b: B }\n");
  CAPTURE(declarations->findings());
  CHECK(declarations->diagnostics.all().size() == 3);
  const auto statements = parse_text(
      "program p {\n"
      "  version v from 2024-01-01 {\n"
      "    requir a: x > 3\n"
      "    requre b: x > 4\n"
      "    amout = 3 yuan\n"
      "    payout q\n"
      "  }\n"
      "}\n");
  CAPTURE(statements->findings());
  CHECK(statements->diagnostics.all().size() == 3);
  const auto one = parse_text("program p {\n  requir a: x > 3 and\n    y > 4\n    + size\n  authority \"a\"\n}\n");
  CHECK(one->diagnostics.all().size() == 1);
}

TEST_CASE("what the lexer told is not told once more by what was expected") {
  const auto lines = {
      "record ｒ { a: text }\nｅｎｕｍ E { a }\n",
      "program p {\n  version v from 2024-01-01 {\n    require a: x 以外 3\n  }\n}\n",
      "program p {\n  version v from 2024-01-01 {\n    require c: x 左右 3\n  }\n}\n",
      "enum E \"first { a }\nenum F { b }\n",
      "program p {\n  version v from 2024-01-01 {\n    require a: x otherwise \"bad {y} {z\"\n  }\n}\n"};
  for (const std::string line : lines) {
    const auto parsed = parse_text(line);
    CAPTURE(parsed->findings());
    CHECK(parsed->diagnostics.all().size() == (line.starts_with("record") ? 2 : 1));
  }
}

TEST_CASE("an unknown declaration after a closed one is told too, however it is spelled") {
  const auto parsed = parse_text("enumm E { a b }\nprogramme p { }\n规则 甲 { }\nenum F { b }\n");
  CAPTURE(parsed->findings());
  CHECK(parsed->diagnostics.all().size() == 3);
  CHECK_FALSE(parsed->tree->root().children.back()->has(kHasError));
}

TEST_CASE("a mistake in a row leaves the other rows") {
  const auto parsed =
      parse_text("table t {\n  | a | b |\n  | 1 | + |\n  | 2 | 3 |\n  | 4 | |\n  | 5 | 6 |\n}\nenum E { e }");
  CHECK(parsed->diagnostics.all().size() == 2);
  const Node& grid = *parsed->tree->root().children[0]->child(NodeKind::grid);
  CHECK(grid.all(NodeKind::grid_row).size() == 4);
  CHECK(grid.has(kHasError));
  CHECK_FALSE(grid.all(NodeKind::grid_row)[3]->has(kHasError));
}

TEST_CASE("messages stop at the limit, and one says so") {
  Limits limits;
  limits.messages = 5;
  const auto parsed = parse_text(repeat("enum 5\n", 100), limits);
  CHECK(parsed->diagnostics.all().size() == 6);
  CHECK(parsed->count(Code::more_not_shown) == 1);
  CHECK(parsed->diagnostics.all().back().code == Code::more_not_shown);
  CHECK(parsed->tree->root().kind == NodeKind::file);
}

TEST_CASE("nothing nests the parser to death") {
  const std::size_t many = 100'000;
  for (const std::string piece :
       {"(", "{", "[", "not ", "- ", "1 of ", "a + ", "a.", "x if absent ", "if a then b otherwise ",
        "not found \"a\" within ", "any of b where ", "sum of ", "f(", "a 的 ", "{\"a\": undecided "}) {
    CAPTURE(piece);
    const auto parsed = parse_text("let x = " + repeat(piece, many) + "a");
    CHECK(parsed->diagnostics.has_errors());
    CHECK(parsed->diagnostics.all().size() <= 3);
  }
  CHECK(parse_text(repeat("}", many))->diagnostics.all().size() == 1);
  CHECK(parse_text(repeat("(", many))->diagnostics.has_errors());
  CHECK(parse_text("let x = " + repeat("a and ", many) + "a")->findings() == "");  // operands side by side nest nothing
  CHECK(parse_text(repeat("(", 10U << 20U))->diagnostics.has_errors());
}

TEST_CASE("the nesting limit is the host's, up to the hard maximum") {
  Limits shallow;
  shallow.nesting = 8;
  CHECK(parse_text("let x = " + repeat("not ", 10) + "a", shallow)->count(Code::nested_too_deep) == 1);
  Limits deep;
  deep.nesting = 100'000;
  CHECK(parse_text("let x = " + repeat("not ", 200) + "a", deep)->findings() == "");
  CHECK(parse_text("let x = " + repeat("not ", 300) + "a", deep)->count(Code::nested_too_deep) == 1);
}

TEST_CASE("real files with a token dropped, doubled, swapped or cut off") {
  std::size_t runs = 0;
  std::size_t one_message = 0;
  std::size_t faults = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kSamples)) {
    if (entry.path().extension() != ".gj") continue;
    const std::string text = read_file(entry.path().string());
    const auto whole = parse_text(text);
    const auto& tokens = whole->tree->tokens().tokens;
    for (std::size_t i = runs % 7; i + 2 < tokens.size(); i += 173) {
      const Token& t = tokens[i];
      const Token& next = tokens[i + 1];
      const std::string word = text.substr(t.begin, t.end - t.begin);
      const std::string changed[] = {
          text.substr(0, t.begin) + text.substr(t.end),
          text.substr(0, t.end) + " " + word + text.substr(t.end),
          text.substr(0, t.begin) + text.substr(next.begin, next.end - next.begin) + " " + word + text.substr(next.end),
          text.substr(0, t.end),
      };
      for (const std::string& c : changed) {
        const auto parsed = parse_text(c);
        check_sound(*parsed->tree, parsed->tree->root(), faults);
        CHECK(parsed->diagnostics.all().size() <= 8);
        one_message += parsed->diagnostics.all().size() <= 1 ? 1U : 0U;
        ++runs;
      }
    }
  }
  CHECK(faults == 0);
  CHECK(runs > 400);
  CHECK(one_message * 100 >= runs * 90);  // one mistake, one message, nine times in ten
}
