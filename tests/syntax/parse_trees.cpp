// What the trees look like: whole files against written-down trees, precedence, and the two word orders.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "syntax/parse_support.hpp"

using namespace guiju;
using namespace guiju::syntax;

namespace {

const std::string kGolden = std::string(GUIJU_TEST_DIR) + "/syntax/golden";

void collect(const Node& node, std::set<NodeKind>& kinds) {
  kinds.insert(node.kind);
  for (const Node* child : node.children) collect(*child, kinds);
}

// The tree in one line: operators by their sign or kind, leaves as written.
std::string brief(const Tree& tree, const Node& node) {
  if (node.children.empty()) {
    const Span span = tree.span(node);
    return std::string(tree.tokens().source.substr(span.begin, span.end - span.begin));
  }
  if (node.kind == NodeKind::name_ref || node.kind == NodeKind::value) return brief(tree, *node.children[0]);
  std::string out = "(" + std::string(kind_name(node.kind));
  for (const Node* child : node.children) out += " " + brief(tree, *child);
  return out + ")";
}

std::string brief_expression(const std::string& expression) {
  const auto parsed = parse_text("let v = " + expression);
  REQUIRE(parsed->findings() == "");
  return brief(*parsed->tree, *parsed->tree->root().children[0]->child(NodeKind::value));
}

// The tree without what differs between the word orders and spellings.
std::string order_free(const std::string& declaration) {
  std::string text = parse_text(declaration)->tree_text();
  for (std::size_t at = text.find(" +zh_order"); at != std::string::npos; at = text.find(" +zh_order"))
    text.erase(at, 10);
  return text;
}

}  // namespace

TEST_CASE("whole files, against their trees") {
  CHECK(parse_text(read_file(kGolden + "/shapes.gj"))->findings() == "");
  CHECK(parse_text(read_file(kGolden + "/shapes.gj"))->tree_text() == read_file(kGolden + "/shapes.tree"));
  CHECK(parse_text(read_file(kSamples + "/equipment/vehicle_scrapping.gj"))->tree_text() ==
        read_file(kGolden + "/vehicle_scrapping.tree"));
}

TEST_CASE("every kind of node is made by some file") {
  std::set<NodeKind> kinds;
  collect(parse_text(read_file(kGolden + "/shapes.gj"))->tree->root(), kinds);
  collect(parse_text("nonsense here")->tree->root(), kinds);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kSamples)) {
    if (entry.path().extension() == ".gj") collect(parse_text(read_file(entry.path().string()))->tree->root(), kinds);
  }
  for (std::size_t i = 0; i <= static_cast<std::size_t>(NodeKind::discretion); ++i) {
    CAPTURE(kind_name(static_cast<NodeKind>(i)));
    CHECK(kinds.contains(static_cast<NodeKind>(i)));
  }
}

TEST_CASE("precedence") {
  CHECK(brief_expression("not a and b") == "(and (not a) b)");
  CHECK(brief_expression("a and b and c") == "(and a b c)");
  CHECK(brief_expression("a + 1 <= b") == "(compare (binary a 1) b)");
  CHECK(brief_expression("a + b rounded down to 1 yuan") == "(rounded (binary a b) 1 yuan)");
  CHECK(brief_expression("- 15% of x") == "(negate (of 15% x))");
  CHECK(brief_expression("2 * 15% of net") == "(binary 2 (of 15% net))");
  CHECK(brief_expression("15% of net + 5") == "(binary (of 15% net) 5)");
  CHECK(brief_expression("15% of 5% of x") == "(of 15% (of 5% x))");
  CHECK(brief_expression("a - b - c") == "(binary (binary a b) c)");
  CHECK(brief_expression("x.y if absent 0 yuan * 2") == "(binary (if_absent (member_access x y) 0 yuan) 2)");
  CHECK(brief_expression("t is level2 or better and p < 5 yuan") == "(and (is t level2) (compare p 5 yuan))");
  CHECK(brief_expression("if a then b otherwise c or d") == "(if_then a b (or c d))");
  CHECK(brief_expression("count of claims where a and b") == "(aggregate (source claims (where (and a b))))");
  CHECK(brief_expression("f(a, b).c ^ 2") == "(power (member_access (call f a b) c) 2)");
  CHECK(brief_expression("p counted in m3/s * 2") == "(binary (counted_in p m3/s) 2)");
  CHECK(brief_expression("p counted in t / q") == "(binary (counted_in p t) q)");
}

TEST_CASE("both word orders make one tree") {
  CHECK(order_free("let v = 15% of net") == order_free("令 v = net 的 15%"));
  CHECK(order_free("let v = 15% of 5% of x") == order_free("令 v = x 的 5% 的 15%"));
  CHECK(order_free("let v = 1 yuan per started 20 kWh of use") == order_free("令 v = use 的 1 yuan 每起计 20 kWh"));
  CHECK(order_free("let v = d within 12 months before e") == order_free("令 v = d 处于 e 前 12 months"));
  CHECK(order_free("let v = d within 12 months after e") == order_free("令 v = d 处于 e 后 12 months"));
  CHECK(order_free("test \"t\" of p as in \"s\" { }") == order_free("测试 p 的 \"t\" 同于 \"s\" { }"));
  CHECK(order_free("program p { in force by a, b }") == order_free("项目 p { 按 a, b 施行 }"));
  CHECK(order_free("let v = a to b full 8 years") == order_free("令 v = a 至 b 满 8 years"));
  const auto english = parse_text("let v = full years from a to b the day after below 8");
  const Node& full = *english->tree->root().children[0]->child(NodeKind::value)->children[0];
  CHECK(full.kind == NodeKind::full);
  CHECK(full.children.size() == 3);
  CHECK(full.or_what == Keyword::full_years_from);
  CHECK(full.op == Keyword::the_day_after);
  CHECK(full.has(kBelow));
}

TEST_CASE("contextual words are names where no keyword is asked for") {
  CHECK(
      parse_text("record R { from: date limit: number date: date first: text }\nlet amount = limit + 1")->findings() ==
      "");
  CHECK(parse_text("let x = `first`.limit + amount")->findings() == "");
  CHECK(brief_expression("other") == "other");
  CHECK(brief_expression("count of other where x") == "(aggregate (source other (where x)))");
  CHECK(brief_expression("count of other claims") == "(aggregate (source claims))");
}

TEST_CASE("lines end a statement only where they must") {
  // Each statement begins with a keyword, so breaking or joining lines changes nothing.
  const std::string joined =
      "program p { version v from 2024-01-01 { let a = 1 let b = a - 1 require c: b > 0 amount = b payout d } }";
  std::string broken = joined;
  for (char& c : broken) {
    if (c == ' ') c = '\n';
  }
  CHECK(parse_text(broken)->findings() == "");
  CHECK(parse_text(broken)->tree_text() == parse_text(joined)->tree_text());
}

TEST_CASE("nodes know their tokens") {
  const auto parsed = parse_text("let a = 1 + b // note\nlet c = 2");
  const Tree& tree = *parsed->tree;
  const Node& first = *tree.root().children[0];
  const Span span = tree.span(first);
  CHECK(tree.tokens().source.substr(span.begin, span.end - span.begin) == "let a = 1 + b");
  CHECK(tree.name_text(*first.child(NodeKind::declared_name)->child(NodeKind::name)) == "a");
  CHECK(first.child(NodeKind::value)->first_expression()->kind == NodeKind::binary);
  CHECK(is_expression(NodeKind::text));
  CHECK_FALSE(is_expression(NodeKind::let));
  CHECK(kind_name(NodeKind::and_) == "and");
}
