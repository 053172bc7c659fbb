// The formatter rule by rule: word order, words that one language lacks, comments, blanks, lines, columns.
#include <doctest/doctest.h>

#include "syntax/format_support.hpp"

namespace guiju::syntax {
namespace {

constexpr KeywordLanguage kEn = KeywordLanguage::en;
constexpr KeywordLanguage kZh = KeywordLanguage::zh;

// A statement inside a programme, as one line or several, without the two indents around it.
std::string statement(const std::string& text, KeywordLanguage language) {
  const std::string all = formatted("program p {\nversion v from 2024-01-01 {\n" + text + "\n}\n}\n", language);
  const std::size_t begin = all.find("{\n", all.find("{\n") + 1) + 2;
  const std::size_t end = all.rfind("\n  }\n}");
  if (begin == std::string::npos || end == std::string::npos || end < begin) return all;
  std::string body = all.substr(begin, end - begin);
  for (std::size_t at = 0; at != std::string::npos; at = body.find('\n', at)) {
    at += body[at] == '\n' ? 1U : 0U;
    if (body.compare(at, 4, "    ") == 0) body.erase(at, 4);
  }
  return body;
}

struct Pair {
  std::string_view english, chinese;
};

TEST_CASE("the four frames and the words that one language lacks") {
  for (const Pair& pair : {
           // 1: of
           Pair{"let a = 15% of net", "令 a = net 的 15%"},
           Pair{"let a = 15% of 5% of x.y", "令 a = x.y 的 5% 的 15%"},
           Pair{"let a = 2 * 15% of net + 5", "令 a = 2 * net 的 15% + 5"},
           Pair{"let a = -15% of net", "令 a = -net 的 15%"},
           Pair{"let a = 0.01 yuan per started 20 kWh of used", "令 a = used 的 0.01 yuan 每起计 20 kWh"},
           Pair{"let a = 15% of (net at most 13333 yuan)", "令 a = (net 不超过 13333 yuan) 的 15%"},
           Pair{"let a = 15%\n  of net", "令 a = net\n  的 15%"},
           Pair{"let a = 15% of\n  net", "令 a = net 的\n  15%"},
           Pair{"let a = result due of car by rules", "令 a = 结论 due 属 car 按 rules"},
           Pair{"let a = grade of car by rules", "令 a = 评级 car 按 rules"},
           // 2: windows
           Pair{"require r: d within 12 months before e", "要求 r: d 处于 e 前 12 months"},
           Pair{"require r: d within 12个月 after e", "要求 r: d 处于 e 后 12个月"},
           Pair{"require r: d within 12 calendar months to e", "要求 r: d 处于 12 calendar months 至 e"},
           Pair{"require r: d within a to b and c", "要求 r: d 处于 a 至 b 且 c"},
           Pair{"require r: d before e", "要求 r: d 早于 e"},
           // 3: full years
           Pair{"require r: full years from a to b >= 8", "要求 r: a 至 b 满 8年"},
           Pair{"require r: full years from a.b to c below 8", "要求 r: a.b 至 c 不满 8年"},
           Pair{"require r: full months from a to b >= 6 and x", "要求 r: a 至 b 满 6个月 且 x"},
           Pair{"require r: full years from a to b the day after >= 8", "要求 r: a 至 b 满 8年 次日"},
           Pair{"require r: x and full years from a to b >= 8", "要求 r: x 且 a 至 b 满 8年"},
           Pair{"require r: full years from a to b > 8", "要求 r: 满年数 a 至 b > 8"},
           Pair{"let a = full years from b to c", "令 a = 满年数 b 至 c"},
           Pair{"require r: a to b full 30天", "要求 r: a 至 b 满 30天"},  // no English form for days
           // reducing … first
           Pair{"amount { a: 1 yuan  b: 2 yuan } at most 2 yuan reducing b then a first",
                "补贴 { a: 1 yuan  b: 2 yuan } 不超过 2 yuan 先减 b 则 a"},
           Pair{"amount { a: 1 yuan } at most 2 yuan reducing a first, rounded down to 1 yuan",
                "补贴 { a: 1 yuan } 不超过 2 yuan 先减 a, 向下取整到 1 yuan"},
           // boundary words glued to a number in Chinese
           Pair{"require r: x is 8年 or more", "要求 r: x 为 8年以上"},
           Pair{"require r: x is 8 years or more", "要求 r: x 为 8 years 以上"},
           Pair{"require r: x is guo3 or worse", "要求 r: x 为 guo3 及以下"},
           // names in both languages
           Pair{"require a / zh 甲: x is 1", "要求 a / zh 甲: x 为 1"},
           Pair{"limit 甲 / en a: 1 counting b", "限额 甲 / en a: 1 计 b"},
           Pair{"quota a / zh 甲 \"甲\"", "名额 a / zh 甲 \"甲\""},
           Pair{"ensure a / zh 甲: x <= 1", "保证 a / zh 甲: x <= 1"},
           Pair{"amount { a / zh 甲: 1 yuan  b / zh 乙: 2 yuan } at most 2 yuan reducing 乙 first",
                "补贴 { a / zh 甲: 1 yuan  b / zh 乙: 2 yuan } 不超过 2 yuan 先减 乙"},
           // the result's own name
           Pair{"ensure amount <= 5 yuan", "保证 补贴 <= 5 yuan"},
       }) {
    CAPTURE(pair.english);
    CHECK(statement(std::string(pair.english), kEn) == pair.english);
    CHECK(statement(std::string(pair.english), kZh) == pair.chinese);
    CHECK(statement(std::string(pair.chinese), kZh) == pair.chinese);
    CHECK(statement(std::string(pair.chinese), kEn) == pair.english);
  }
}

TEST_CASE("frames of declarations") {
  for (const Pair& pair : {
           Pair{"program p {\n  in force by a.b, c\n}\n", "项目 p {\n  按 a.b, c 施行\n}\n"},
           Pair{"program p {\n  in force by a,\n    b\n}\n", "项目 p {\n  按 a,\n    b 施行\n}\n"},
           Pair{"test \"t\" of p as in \"u\" {\n  expect eligible\n}\n",
                "测试 p 的 \"t\" 同于 \"u\" {\n  期望 eligible\n}\n"},
           Pair{"test \"t\" {\n  check 1 is 1\n}\n", "测试 \"t\" {\n  验证 1 为 1\n}\n"},
           Pair{"test \"t\" of p {\n  but a.b[2].c 1, d[1].e[3].f.g yes\n  expect eligible\n}\n",
                "测试 p 的 \"t\" {\n  但 a.b[2].c 1, d[1].e[3].f.g 是\n  期望 eligible\n}\n"},
           Pair{"test \"t\" of p {\n  but a [2]\n  expect eligible\n}\n",
                "测试 p 的 \"t\" {\n  但 a [2]\n  期望 eligible\n}\n"},
           Pair{"group g {\n  trim a then b first\n}\n", "组合 g {\n  削减 a 则 b\n}\n"},
           Pair{"test \"t\" of p {\n  expect version v, amount 5 yuan, bonus refused {a}\n}\n",
                "测试 p 的 \"t\" {\n  期望 版本 v, 补贴 5 yuan, bonus 驳回 {a}\n}\n"},
       }) {
    CAPTURE(pair.english);
    const std::string english(pair.english);
    const std::string chinese(pair.chinese);
    CHECK(formatted(english, kEn) == english);
    CHECK(formatted(english, kZh) == chinese);
    CHECK(formatted(chinese, kZh) == chinese);
    CHECK(formatted(chinese, kEn) == english);
  }
}

TEST_CASE("comments move with what they stand at, and none is lost") {
  for (const std::string_view source : {
           "let a = /* 1 */ 15% /* 2 */ of /* 3 */ net /* 4 */",
           "let a = 15% // 1\n of // 2\n net // 3\n",
           "require r: d within /* 1 */ 12 months /* 2 */ before /* 3 */ e",
           "require r: /* 0 */ full years from /* 1 */ a /* 2 */ to /* 3 */ b /* 4 */ >= /* 5 */ 8 /* 6 */",
           "require r: full years from // 1\n a // 2\n to // 3\n b // 4\n >= // 5\n 8 // 6\n",
           "amount { a: 1 yuan } at most 2 yuan reducing a /* 1 */ first /* 2 */, rounded down to 1 yuan",
           "amount { a: 1 yuan } at most 2 yuan reducing a // 1\n first // 2\n",
       }) {
    CAPTURE(source);
    const std::string text(source);
    const std::string english = statement(text, kEn);
    const std::string chinese = statement(text, kZh);
    CHECK(statement(english, kEn) == english);
    CHECK(statement(english, kZh) == chinese);
    CHECK(statement(chinese, kEn) == english);
    for (const char digit : {'1', '2'}) {
      CHECK(english.find(std::string("/ ") + digit) != english.find(std::string("* ") + digit));
      CHECK(chinese.find(std::string("/ ") + digit) != chinese.find(std::string("* ") + digit));
    }
  }
  CHECK(statement("let a = /* 1 */ 15% /* 2 */ of /* 3 */ net", kZh) == "令 a = /* 1 */ net /* 2 */ 的 /* 3 */ 15%");
  CHECK(formatted("program p { by /* 1 */ a /* 2 */ enforced /* 3 */ }", kEn) ==
        "program p {\n  in force by /* 1 */ a /* 2 */ /* 3 */\n}\n");
}

TEST_CASE("a name that would melt into a phrase gets back-quotes in both languages") {
  CHECK(statement("要求 r: 非 found", kEn) == "require r: not `found`");
  CHECK(statement("要求 r: 非 found", kZh) == "要求 r: 非 `found`");
  CHECK(statement("令 a = net 的 count", kEn) == "let a = `count` of net");
  CHECK(statement("令 a = net 的 x.count", kEn) == "let a = x.count of net");
}

TEST_CASE("as written: each keyword keeps its language, each frame its order") {
  CHECK(statement("要求 r: a is net 的 15%  且   d within e 前 12个月", KeywordLanguage::as_written) ==
        "要求 r: a is net 的 15% 且 d within e 前 12个月");
  CHECK(statement("require r: a 为 8年以内", KeywordLanguage::as_written) == "require r: a 为 8年以下");
}

TEST_CASE("signs, blanks, lines") {
  for (const Pair& c : {
           // written, formatted
           Pair{"let a=b+c*-d\u00D7(e-f)/2", "let a = b + c * -d * (e - f) / 2"},
           Pair{"let a\uFF1Abool\uFF1Df\uFF08x\uFF0C y\uFF09", "let a: bool = f(x, y)"},
           Pair{"let s={ a,b ,... }", "let s = {a, b, ...}"},
           Pair{"let a = \t5   kW\u3000+ 15 \uFF05", "let a = 5 kW + 15 %"},
           Pair{"let a = x ^ 2 + ( b ) ^ (1/2)", "let a = x^2 + (b)^(1 / 2)"},
           Pair{"let a = choose{b when c;d otherwise}", "let a = choose { b when c; d otherwise }"},
           Pair{"require r:x\notherwise\"t {a} u {b.c}\"", "require r: x\n  otherwise \"t {a} u {b.c}\""},
           Pair{"amount = a, shared 95:5 between x, y remainder to x",
                "amount = a, shared 95 : 5 between x, y remainder to x"},
           Pair{"require r: a\nand b\nand c\notherwise \"t\"", "require r: a\n    and b\n    and c\n  otherwise \"t\""},
           Pair{"require r: a in {b,\nc}", "require r: a in {b,\n                 c}"},
           Pair{"require r: (a\nor b)", "require r: (a\n            or b)"},
           Pair{"let a = choose {\nb when c;\nd\notherwise\n}", "let a = choose {\n  b when c;\n  d\n    otherwise\n}"},
           Pair{"let a = 1 let b = 2", "let a = 1\nlet b = 2"},
           Pair{"\n\nlet a = 1\n\n\n\nlet b = 2\n\n", "let a = 1\n\nlet b = 2"},
           Pair{"let f(n:Ship) : number=n.x", "let f(n: Ship): number = n.x"},
           Pair{"conditions c{require a:b}", "conditions c {\n  require a: b\n}"},
           Pair{"part p{each e in l{require a:e.b}drop each f pay 1}",
                "part p {\n  each e in l {\n    require a: e.b\n  }\n  drop each f\n  pay 1\n}"},
       }) {
    CAPTURE(c.english);
    CHECK(statement(std::string(c.english), KeywordLanguage::as_written) == c.chinese);
    CHECK(statement(std::string(c.chinese), KeywordLanguage::as_written) == c.chinese);
  }
}

TEST_CASE("comments keep their place") {
  CHECK(formatted("// first\n\n\nuse \"a\"// b\n  // own line\n/* block */use \"c\"\n\n// last") ==
        "// first\n\nuse \"a\"  // b\n// own line\n/* block */ use \"c\"\n\n// last\n");
  CHECK(formatted("enum E { // e\n  a // one\n\n  // own\n  b\n  // end\n}\n") ==
        "enum E {  // e\n  a  // one\n\n  // own\n  b\n  // end\n}\n");
  CHECK(formatted("enum E {\n\n  // own\n  a\n\n}\n") == "enum E {\n  // own\n  a\n}\n");
  CHECK(formatted("program p {\n  // only\n}\n") == "program p {\n  // only\n}\n");
}

TEST_CASE("line ends and the byte order mark") {
  CHECK(formatted("\uFEFFuse \"a\"\r\n\r\n// b\r\nuse \"c\"") == "use \"a\"\n\n// b\nuse \"c\"\n");
}

TEST_CASE("grids stand in columns by display width") {
  CHECK(formatted("table t {\n|a.b\\c|[1 year..2 years)|<=4||x[元]|\n|中型,小|5|any||not entitled \"无\"|unverified // "
                  "c\n|...|\n}") ==
        "table t {\n"
        "  | a.b \\ c  | [1 year..2 years) | <= 4 || x [元]            |\n"
        "  | 中型, 小 | 5                 | any  || not entitled \"无\" | unverified  // c\n"
        "  | ...      |\n"
        "}\n");
}

TEST_CASE("records and lists stay on the writer's lines; of several, the brackets stand clear") {
  CHECK(formatted("record R{a:text  b:optional number[kW]\nc:list of T}") ==
        "record R {\n  a: text  b: optional number [kW]\n  c: list of T\n}\n");
  CHECK(formatted("enum E{a b\n}") == "enum E {\n  a  b\n}\n");
  CHECK(formatted("enum E{a b}") == "enum E { a  b }\n");
  CHECK(statement("let a = choose { b when c;\nd otherwise }", KeywordLanguage::as_written) ==
        "let a = choose {\n  b when c;\n  d otherwise\n}");
  CHECK(statement("let a = choose { b\nwhen c; d otherwise }", KeywordLanguage::as_written) ==
        "let a = choose { b\n                   when c; d otherwise }");
}

}  // namespace
}  // namespace guiju::syntax
