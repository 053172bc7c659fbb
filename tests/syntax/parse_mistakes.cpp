// What a writer is told: each code of the grammar, where it points, and that nothing else is said.
#include <doctest/doctest.h>

#include <set>

#include "diagnostics/codes.hpp"
#include "syntax/parse_support.hpp"

using namespace guiju;
using namespace guiju::syntax;

namespace {

struct Mistake {
  Code code;
  std::string text;
  std::string place;  // the text pointed at
  std::string en, zh;
};

std::string in_version(const std::string& statement) {
  return "program p {\n  version v from 2024-01-01 {\n    " + statement + "\n  }\n}\n";
}

std::string in_table(const std::string& row) {
  return "table t {\n  | a | b |\n  " + row + "\n  | 1 | 2 |\n}\n";
}

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all = {
      {Code::nothing_declared, "", "", "nothing declared", "文件中没有任何声明"},
      {Code::nothing_declared, "// only a comment\n", "", "nothing declared", "文件中没有任何声明"},
      {Code::unexpected, "record Vehicle: { a: text }", ":", "expected `{` after `Vehicle`, found `:`",
       "`Vehicle`之后应为`{`,却是`:`"},
      {Code::unexpected, "记录 机动车: { 甲: 文字 }", ":", "expected `{` after `机动车`, found `:`",
       "`机动车`之后应为`{`,却是`:`"},
      {Code::unexpected, in_version("require a: x >\n    amount = 5 yuan"), "amount",
       "expected a value after `>`, found `amount`", "`>`之后应为值,却是`amount`"},
      {Code::unexpected, in_version("payout\n    documents { invoice }"), "documents",
       "expected a name after `payout`, found `documents`", "`payout`之后应为名称,却是`documents`"},
      {Code::word_before, in_version("require a: x.d is 2024-05-01 前"), "前",
       "前 does not say whether the day itself counts", "前 没有说明是否含当日"},
      {Code::word_before, in_version("require a: x.d 前 2024-05-01"), "前",
       "前 does not say whether the day itself counts", "前 没有说明是否含当日"},
      {Code::unexpected, in_version("require a: otherwise \"x\""), "otherwise",
       "expected an expression after `:`, found `otherwise`", "`:`之后应为表达式,却是`otherwise`"},
      {Code::unexpected, in_version("limit a: 3 otherwise \"x\""), "otherwise",
       "expected `counting` or `summing` after `3`, found `otherwise`", "`3`之后应为`计`或`累计`,却是`otherwise`"},
      {Code::unexpected, in_version("payout 17"), "17", "expected a name after `payout`, found `17`",
       "`payout`之后应为名称,却是`17`"},
      {Code::unexpected, "let x =", "", "expected a value after `=`, found the end of the file",
       "`=`之后应为值,却是文件结尾"},
      {Code::unexpected_start, "{ }", "{", "expected a declaration, found `{`", "应为声明,却是`{`"},
      {Code::unclosed_bracket, "record A {\n  a: text\nrecord B { b: text }", "{", "`{` opened here is not closed",
       "这里的`{`没有关闭"},
      {Code::unclosed_bracket, in_version("require a: (x and y\n    require b: z"), "(",
       "`(` opened here is not closed", "这里的`(`没有关闭"},
      {Code::missing_opening, "program p {\n  version v from 2024-01-01\n    payout a\n  }\n}", "2024-01-01",
       "`{` is missing after the heading of `version`", "`version`的首行之后缺少`{`"},
      {Code::stray_bracket, "enum A { a }\n}\nenum B { b }", "}", "`}` closes nothing", "`}`没有对应的左括号"},
      {Code::stray_bracket, in_version("amount = 3 }\n    payout a"), "}", "`}` closes nothing", "`}`没有对应的左括号"},
      {Code::unknown_declaration, "recrod A { a: text }\nenum B { b }", "recrod", "no declaration begins with recrod",
       "没有以 recrod 开头的声明"},
      {Code::unexpected, "enum A { empty, full }", "full", "expected a name after `,`, found `full`",
       "`,`之后应为名称,却是`full`"},
      {Code::unknown_statement, in_version("requires a: x\n    payout b"), "requires",
       "no statement begins with requires", "没有以 requires 开头的语句"},
      {Code::misplaced_statement, "program p {\n  payout a\n  authority \"b\"\n}", "payout",
       "`payout` cannot stand here", "`payout`不能写在这里"},
      {Code::mixed_and_or, "let x = a or b and c", "and",
       "`and` and `or` stand side by side: readers disagree on what binds first", "`且`与`或`并列,先后不明"},
      {Code::chained_comparison, "let x = a <= b <= c", "<=", "`<=` follows another comparison",
       "`<=`接在另一个比较之后"},
      {Code::where_needs_parentheses, "let x = count of l where l.a is b < 3", "<",
       "`<` falls into the condition after `where`", "`<`落入了`其中`之后的条件"},
      {Code::comma_for_semicolon, "let x = choose { 1 when a, 2 otherwise }", ",", "a comma between two branches",
       "两个分支之间用了逗号"},
      {Code::missing_semicolon, "let x = choose { 1 when a 2 otherwise }", "2", "`;` is missing before this branch",
       "这个分支之前缺少`;`"},
      {Code::formula_needs_equals, in_table("| x + 1 | 3 |"), "+", "a calculation in a cell, at `+`",
       "单元格里有算式,见`+`"},
      {Code::formula_needs_equals, in_table("| 3 | 15% of x |"), "of", "a calculation in a cell, at `of`",
       "单元格里有算式,见`of`"},
      {Code::lone_minus_cell, in_table("| 3 | - |"), "|", "a lone `-` does not say what the cell means",
       "单独的`-`没有说明单元格的意思"},
      {Code::empty_cell, in_table("| 3 |  | 4 |"), "|", "an empty cell", "空的单元格"},
      {Code::row_not_closed, in_table("| 3 | 4"), "4", "the row does not end with `|`", "这一行没有以`|`结束"},
      {Code::row_needs_its_line, "table t {\n  given a: integer\n  gives b: number\n  otherwise 0 | a || b |\n}\n", "|",
       "a row of a table begins on a line of its own", "表格的每一行须另起一行"},
      {Code::word_glued_to_date, "test \"t\" {\n  check 2024-05-01 早于2024-08-25\n}\n", "早于",
       "早于 is glued to the date behind it", "早于 后面紧接着日期"},
      {Code::everyday_word, in_version("require a: x.b 大于 3"), "大于", "大于 is not a word of the language",
       "大于 不是本语言的词"},
      {Code::everyday_word, in_version("require a: x.b is greater than 3"), "is greater than",
       "is greater than is not a word of the language", "is greater than 不是本语言的词"},
      {Code::everyday_word, in_version("require a: x 并且 y"), "并且", "并且 is not a word of the language",
       "并且 不是本语言的词"},
      {Code::everyday_word, "let x = 如果 a 则 b 否则 c", "如果", "如果 is not a word of the language",
       "如果 不是本语言的词"},
      {Code::everyday_word, in_version("require a: x AND y"), "AND", "AND is not a word of the language",
       "AND 不是本语言的词"},
      {Code::everyday_word, in_version("require a: x 大于3"), "大于3", "大于3 is not a word of the language",
       "大于3 不是本语言的词"},
      {Code::everyday_word, in_version("require a: x no more than 3"), "no more than",
       "no more than is not a word of the language", "no more than 不是本语言的词"},
      {Code::equals_compares_nothing, in_version("require a: x.b = c"), "=", "`=` compares nothing", "`=`不表示比较"},
      {Code::equals_compares_nothing, "let x = choose { 1 when a.b = 3; 2 otherwise }", "=", "`=` compares nothing",
       "`=`不表示比较"},
      {Code::glued_to_number, in_version("amount = 15%, 向下取整到1元, 不超过5元"), "向下取整到1元",
       "向下取整到1元 is several words without blanks between them", "向下取整到1元 是没有空格隔开的几个词"},
      {Code::glued_to_number, in_version("require a: x.b 不超过5元"), "不超过5元",
       "不超过5元 is several words without blanks between them", "不超过5元 是没有空格隔开的几个词"},
      {Code::glued_to_number, in_version("let 级别 = 1\n    require a: x.级别为 二级 及以上"), "级别为",
       "级别为 is several words without blanks between them", "级别为 是没有空格隔开的几个词"},
      {Code::empty_undecided, in_version("require a: undecided\n    payout b"), "undecided",
       "`undecided` does not say what is undecided", "`未定`没有说明什么未定"},
      {Code::nested_too_deep,
       "let x = " +
           [] {
             std::string s;
             for (int i = 0; i < 70; ++i) s += "not ";
             return s;
           }() +
           "a",
       "not", "nested more than 64 levels deep", "嵌套超过 64 层"},
  };
  return all;
}

}  // namespace

TEST_CASE("each mistake gets its message, at its place, and no other") {
  for (const Mistake& m : mistakes()) {
    CAPTURE(m.text);
    const auto parsed = parse_text(m.text);
    CAPTURE(parsed->findings());
    REQUIRE(parsed->diagnostics.all().size() == 1);
    const Diagnostic& d = parsed->diagnostics.all().front();
    CHECK(d.code == m.code);
    CHECK(parsed->sources.text(d.span) == m.place);
    CHECK(message(d, Language::en) == m.en);
    CHECK(message(d, Language::zh) == m.zh);
  }
}

TEST_CASE("every code of the grammar has a test") {
  std::set<Code> tested;
  for (const Mistake& m : mistakes()) tested.insert(m.code);
  for (const CodeInfo& row : all_codes()) {
    const auto number = static_cast<unsigned>(row.code);
    CAPTURE(row.id);
    if (number >= 1200 && number < 1300) CHECK(tested.contains(row.code));
  }
}

TEST_CASE("both readings of mixed `and` and `or` are offered") {
  const auto parsed = parse_text("let x = a is 1 or b < 2 and c");
  CHECK(help(parsed->diagnostics.all().front(), Language::en) ==
        "write (a is 1 or b < 2) and c, or a is 1 or (b < 2 and c)");
}

TEST_CASE("the nearest keyword is offered, in the language that was written") {
  CHECK(help(parse_text("progam p { }")->diagnostics.all().front(), Language::en) == "did you mean program?");
  CHECK(help(parse_text("决测表 t { }")->diagnostics.all().front(), Language::zh) == "是否想写 决策表?");
  CHECK(help(parse_text("qqqqqqqq p { }")->diagnostics.all().front(), Language::zh).starts_with("声明以 枚举"));
}

TEST_CASE("what is out of order, or a word of the language, is told with what to write") {
  struct Told {
    std::string text, en, zh;
  };
  const std::vector<Told> all = {
      {"enum A { empty, full }", "as a name, write it in back-quotes: `full`", "用作名称请写在反引号里:`full`"},
      {in_version("let of = 3"), "as a name, write it in back-quotes: `of`", "用作名称请写在反引号里:`of`"},
      {in_version("amount { x: 3 yuan y: 4 yuan } at most 5 yuan reducing y first then x"),
       "write `reducing y then x first`", "请写 `reducing y then x first`"},
      {in_version("限额 总: 累计 往次.额 不超过 3000元"), "write the bound first: `3000元 累计 …`",
       "请写 `3000元 累计 …`,限值在前"},
      {in_version("limit n: counting claims < 3"), "write the bound first: `3 counting …`",
       "请写 `3 counting …`,限值在前"},
      {"项目 p {\n  版本 v 自 2024-01-01 到 2024-12-31 {\n  }\n}\n", "write `2024-01-01 to 2024-12-31`",
       "请写 `2024-01-01 至 2024-12-31`"},
      {"项目 p {\n  版本 v 自 2024-01-01 自 2024-12-31 {\n  }\n}\n", "write `2024-01-01 to 2024-12-31`",
       "请写 `2024-01-01 至 2024-12-31`"},
      {"program p {\n  version v from 2024-01-01 until 2024-12-31 {\n  }\n}\n", "write `2024-01-01 to 2024-12-31`",
       "请写 `2024-01-01 至 2024-12-31`"},
      {"项目 p {\n  版本 v 从 2024-01-01 {\n  }\n}\n", "write `from 2024-01-01`", "请写 `自 2024-01-01`"},
      {"项目 p {\n  版本 v / en w 自 2024-01-01 {\n  }\n}\n", "write `v` alone; there is no second name here",
       "请写 `v`,此处没有第二名称"},
      {in_version("令 n = 购.数 若无 -1"), "write `(-1)`", "请写 `(-1)`"},
      {in_version("要求 甲: 购.类 属于 {冰箱 电视}"), "write `冰箱, 电视`", "请写 `冰箱, 电视`"},
      {in_version("要求 甲: 购.类 属于 [冰箱, 电视]"), "write `属于 {冰箱, 电视}`", "请写 `属于 {冰箱, 电视}`"},
      {in_version("require a: x.kind in (fridge, tv)"), "write `in {fridge, tv}`", "请写 `in {fridge, tv}`"},
      {in_version("要求 甲: 购.新、购.价 > 5元"), "write `and 购 …`", "请写 `且 购 …`"},
      {in_version("要求 购.价 > 5元"), "write `要求 名称: 购.价 …`", "请写 `要求 名称: 购.价 …`"},
      {in_version("require price >= 5 yuan"), "write `require NAME: price >= …`", "请写 `require NAME: price >= …`"},
      {in_version("补贴 150"), "write `补贴 = 150元`", "请写 `补贴 = 150元`"},
      {in_version("amount 150 yuan"), "write `amount = 150 yuan`", "请写 `amount = 150 yuan`"},
      {in_version("补贴 = 10% * 购.价, 2000元 封顶"), "write `, at most 2000元`", "请写 `, 不超过 2000元`"},
      {in_version("补贴 = 10% * 购.价, 200元保底"), "write `, at least 200元`", "请写 `, 不低于 200元`"},
      {in_version("补贴 = 10% * 购.价, 向下取整"), "write 向下取整到", "请写 向下取整到"},
      {in_version("限额 甲: 500元 累计 w.额 对 w 属于 其他 史"), "write `累计 其他 w.额 对 w 属于 史`",
       "请写 `累计 其他 w.额 对 w 属于 史`"},
      {in_version("补贴: 5元"), "did you mean 补贴 = …?", "是否想写 补贴 = …?"},
      {in_version("cite: \"a\""), "did you mean cite …, without a colon?", "是否想写 cite …(不加冒号)?"},
      {in_version("require a: x.model is ‘A’"), "write \"A\"", "请写 \"A\""},
      {in_version("要求 甲: 购.号 为 《甲》"), "write \"甲\"", "请写 \"甲\""},
      {in_version("金额 = 3元"), "did you mean 补贴?", "是否想写 补贴?"},
      {in_version("condition a: x.b is c"), "did you mean require?", "是否想写 require?"},
  };
  for (const Told& told : all) {
    CAPTURE(told.text);
    const auto parsed = parse_text(told.text);
    REQUIRE_FALSE(parsed->diagnostics.all().empty());
    CHECK(help(parsed->diagnostics.all().front(), Language::en) == told.en);
    CHECK(help(parsed->diagnostics.all().front(), Language::zh) == told.zh);
  }
}

TEST_CASE("an unclosed bracket points at both ends") {
  const auto parsed = parse_text("record A {\n  a: text\nrecord B { b: text }");
  const Diagnostic& d = parsed->diagnostics.all().front();
  REQUIRE(d.related.size() == 1);
  CHECK(parsed->sources.text(d.related.front().span) == "record");
}
