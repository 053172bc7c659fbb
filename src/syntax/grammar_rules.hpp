// The rules of the grammar, with their words in messages, and the small pieces that both of its files are made of.
#pragma once

#include "syntax/grammar_parsers.hpp"

namespace guiju::syntax::grammar {

// ---- rules that others name before they are defined, with their words -----------------------------------------------

GUIJU_RULE(name, "a name", "名称")
GUIJU_RULE(declared_name, "a name", "名称")
GUIJU_RULE(qualified_name, "a name", "名称")
GUIJU_RULE(text, "a text in quotes", "引号中的文字")
GUIJU_RULE(plain_text, "a text in quotes", "引号中的文字")
GUIJU_RULE(label, "a text in quotes", "引号中的文字")
GUIJU_RULE(translation, "a text in another language", "另一种语言的文字")
GUIJU_RULE(literal, "a value", "值")
GUIJU_RULE(plain_amount, "a number", "数")
GUIJU_RULE(signed_amount, "a number", "数")
GUIJU_RULE(number, "a number", "数")
GUIJU_RULE(date, "a date", "日期")
GUIJU_RULE(day, "a date", "日期")
GUIJU_RULE(period, "`from` and a first day", "`自`和首日")
GUIJU_RULE(note, "`unverified` or `secondhand`", "`未核对`或`转引`")
GUIJU_RULE(cite, "`cite`", "`依据`")
GUIJU_RULE(check_mark, "`verified`, `unverified` or `secondhand`", "`核对于`、`未核对`或`转引`")
GUIJU_RULE(use_target, "a file in quotes or `language`", "引号中的文件名或`语言`")

GUIJU_RULE(declaration, "a declaration", "声明")
GUIJU_RULE(member, "a name", "名称")
GUIJU_RULE(best_or_worst, "`best` or `worst`", "`优`或`劣`")
GUIJU_RULE(member_block, "`{`", "`{`")
GUIJU_RULE(field, "a field", "字段")
GUIJU_RULE(field_block, "`{`", "`{`")
GUIJU_RULE(type, "a type", "类型")
GUIJU_RULE(unit_expr, "a unit or a type", "单位或类型")
GUIJU_RULE(glued_unit, "a unit", "单位")
GUIJU_RULE(field_modifier, "a property of the field", "字段属性")
GUIJU_RULE(table, "a table", "决策表")
GUIJU_RULE(table_block, "`{`", "`{`")
GUIJU_RULE(table_item, "a clause of the table", "表的条款")
GUIJU_RULE(table_default, "`not entitled` or a value", "`不予补贴`或值")
GUIJU_RULE(catalogue_block, "`{`", "`{`")
GUIJU_RULE(catalogue_item, "a clause of the catalogue", "目录的条款")
GUIJU_RULE(params, "`given`", "`给定`")
GUIJU_RULE(param, "a name and its type", "名称和类型")
GUIJU_RULE(grid, "a line that begins with `|`", "以`|`开头的行")
GUIJU_RULE(header, "a line that begins with `|`", "以`|`开头的行")
GUIJU_RULE(header_cell, "a heading", "栏目")
GUIJU_RULE(row, "a line that begins with `|`", "以`|`开头的行")
GUIJU_RULE(row_content, "a cell", "单元格")
GUIJU_RULE(row_end, "`|` at the end of the line", "行末的`|`")
GUIJU_RULE(cell, "a cell", "单元格")
GUIJU_RULE(cell_content, "a value", "值")
GUIJU_RULE(pattern, "a value or a range", "值或范围")
GUIJU_RULE(interval_end, "`)` or `]`", "`)`或`]`")

GUIJU_RULE(standard_block, "`{`", "`{`")
GUIJU_RULE(standard_item, "a statement", "语句")
GUIJU_RULE(edition, "an edition", "版次")
GUIJU_RULE(edition_block, "`{`", "`{`")
GUIJU_RULE(edition_item, "a statement", "语句")
GUIJU_RULE(version_modifier, "`amends`, `supersedes` or `published`", "`修订`、`取代`或`发布于`")
GUIJU_RULE(version_meta, "`cite`", "`依据`")
GUIJU_RULE(grading_content, "what is graded", "定级对象")
GUIJU_RULE(grading_rows, "`{` or `from` and a file", "`{`,或`自`和文件名")
GUIJU_RULE(grid_block, "`{`", "`{`")
GUIJU_RULE(direction, "`at least`, `at most`, `above` or `below`", "`不低于`、`不超过`、`超过`或`不满`")
GUIJU_RULE(label_or_keep, "a text in quotes or `...`", "引号中的文字或`...`")

GUIJU_RULE(program_block, "`{`", "`{`")
GUIJU_RULE(program_item, "a statement", "语句")
GUIJU_RULE(duty_block, "`{`", "`{`")
GUIJU_RULE(duty_item, "a statement", "语句")
GUIJU_RULE(in_force, "`in force by`", "`施行依据`")
GUIJU_RULE(version, "a version", "版本")
GUIJU_RULE(version_block, "`{`", "`{`")
GUIJU_RULE(version_item, "a statement", "语句")
GUIJU_RULE(statement, "a statement", "语句")
GUIJU_RULE(condition_block, "`{`", "`{`")
GUIJU_RULE(condition_item, "`let` or `require`", "`令`或`要求`")
GUIJU_RULE(grouped_block, "`{`", "`{`")
GUIJU_RULE(grouped_item, "`let`, `require` or `each`", "`令`、`要求`或`逐个`")
GUIJU_RULE(part_block_body, "`{`", "`{`")
GUIJU_RULE(part_block_item, "`let`, `require`, `each`, `meets` or `pay`", "`令`、`要求`、`逐个`、`符合组`或`付`")
GUIJU_RULE(tail, "`otherwise` or `cite`", "`否则`或`依据`")
GUIJU_RULE(let, "`let`", "`令`")
GUIJU_RULE(require, "`require`", "`要求`")
GUIJU_RULE(source, "a list", "列表")
GUIJU_RULE(counting_word, "`counting` or `summing`", "`计`或`累计`")
GUIJU_RULE(amount_content, "`=` or `{`", "`=`或`{`")
GUIJU_RULE(part, "a part (name, `:`, value)", "分项(名称、`:`、值)")
GUIJU_RULE(value, "a value", "值")
GUIJU_RULE(shared, "`shared`", "`分担`")
GUIJU_RULE(shares, "shares such as `95 : 5 between …`, or their name", "`95 : 5 分给 …`,或其名称")
GUIJU_RULE(let_value, "a value", "值")
GUIJU_RULE(adjustment, "a cap, a floor, a rounding or shares", "上限、下限、取整或分担")
GUIJU_RULE(name_list, "a name", "名称")
GUIJU_RULE(document, "a document", "材料")
GUIJU_RULE(document_block, "`{`", "`{`")
GUIJU_RULE(dropped, "what is dropped: `require`, `limit`, `let` …", "删去的语句:`要求`、`限额`、`令`……")
GUIJU_RULE(cap_or_floor, "`at most` or `at least`", "`不超过`或`不低于`")

GUIJU_RULE(group_block, "`{`", "`{`")
GUIJU_RULE(group_item, "a statement", "语句")
GUIJU_RULE(group_version, "a version", "版本")
GUIJU_RULE(group_version_block, "`{`", "`{`")
GUIJU_RULE(group_version_item, "a statement", "语句")
GUIJU_RULE(group_statement, "a statement", "语句")
GUIJU_RULE(group_dropped, "what is dropped: `exclude`, `let`, `order`, `total`, `trim` or `winner`",
           "删去的语句:`互斥`、`令`、`次序`、`总额`、`削减`或`择优`")
GUIJU_RULE(order_item, "a name", "名称")
GUIJU_RULE(winner_word, "`highest`, `listed` or `applicant`", "`金额最高`、`按次序`或`由申请人选`")
GUIJU_RULE(target_block, "`{`", "`{`")
GUIJU_RULE(target_item, "a clause of the target", "目标的条款")
GUIJU_RULE(kind_word, "`level`, `change`, `total`, `each` or `judged`", "`水平`、`变动`、`总额`、`逐个`或`认定`")
GUIJU_RULE(due_day, "a date or `absent`", "日期或`缺`")
GUIJU_RULE(targets_block, "`{`", "`{`")
GUIJU_RULE(targets_item, "a clause of the targets", "目标表的条款")
GUIJU_RULE(targets_header, "a line that begins with `|`", "以`|`开头的行")
GUIJU_RULE(targets_column, "`target`, `indicator`, `kind`, `baseline`, `reach`, `due` or `lead`",
           "`目标`、`指标`、`计法`、`基期`、`达到`、`期限`或`牵头`")
GUIJU_RULE(targets_row, "a line that begins with `|`", "以`|`开头的行")
GUIJU_RULE(targets_cell, "a cell", "单元格")
GUIJU_RULE(test_subject, "the name of the test in quotes", "引号中的测试名称")
GUIJU_RULE(test_block, "`{`", "`{`")
GUIJU_RULE(test_item, "`given`, `expect`, `but` or `check`", "`给定`、`期望`、`但`或`验证`")
GUIJU_RULE(fact, "a fact", "事实")
GUIJU_RULE(fact_field, "a field (name, `:`, fact)", "字段(名称、`:`、事实)")
GUIJU_RULE(change, "a name and a fact", "名称和事实")
GUIJU_RULE(expectation, "what is expected", "期望的结果")
GUIJU_RULE(expected_value, "a value", "值")
GUIJU_RULE(upper_end, "a value or `no limit`", "值或`不限`")
GUIJU_RULE(plain_value, "a value", "值")
GUIJU_RULE(reasons, "`{`", "`{`")
GUIJU_RULE(top_up_answer, "an amount or an outcome", "金额或结果")

GUIJU_RULE(expression, "an expression", "表达式")
GUIJU_RULE(logic, "an expression", "表达式")
GUIJU_RULE(negation, "an expression", "表达式")
GUIJU_RULE(comparison, "an expression", "表达式")
GUIJU_RULE(comparison_tail, "a comparison", "比较")
GUIJU_RULE(is_what, "a value", "值")
GUIJU_RULE(rounded, "an expression", "表达式")
GUIJU_RULE(sum, "an expression", "表达式")
GUIJU_RULE(product, "an expression", "表达式")
GUIJU_RULE(unary, "an expression", "表达式")
GUIJU_RULE(of_chain, "an expression", "表达式")
GUIJU_RULE(of_zh_chain, "an expression", "表达式")
GUIJU_RULE(step_rate, "an expression", "表达式")
GUIJU_RULE(postfix, "an expression", "表达式")
GUIJU_RULE(path, "an expression", "表达式")
GUIJU_RULE(primary, "an expression", "表达式")
GUIJU_RULE(nested_primary, "an expression", "表达式")
GUIJU_RULE(full_or_below, "`full` or `below`", "`满`或`不满`")
GUIJU_RULE(set, "`{`", "`{`")
GUIJU_RULE(set_item, "a value", "值")
GUIJU_RULE(branches, "`{`", "`{`")
GUIJU_RULE(closing_brace, "`;` or `}`", "`;`或`}`")
GUIJU_RULE(branch, "a branch", "分支")
GUIJU_RULE(branch_end, "`when` or `otherwise`", "`当`或`否则`")
GUIJU_RULE(candidates, "`{`", "`{`")
GUIJU_RULE(candidate, "an expression", "表达式")
GUIJU_RULE(band, "a band", "分段")
GUIJU_RULE(band_end, "`up to` or `above`", "`至多`或`超过`")
GUIJU_RULE(set_or_name, "a list or a set", "列表或集合")
GUIJU_RULE(quantifier_tail, "`where` or a comparison", "`其中`或比较")
GUIJU_RULE(undecided, "`undecided`", "`未定`")
GUIJU_RULE(not_found, "`not found`", "`未查得`")
GUIJU_RULE(reading, "a reading (text, `:`, expression)", "理解(文字、`:`、表达式)")

GUIJU_RULE(file, "a declaration", "声明")

// ---- small pieces ---------------------------------------------------------------------------------------------------

inline bool is_sign(It t, Sign s) {
  return t->kind == T::sign && t->sign == s;
}

// A name is any word but a reserved keyword; a contextual one serves too, but no phrase (`on what remains`), which is
// several words.
inline bool is_name(It t, const Builder& b) {
  if (t->kind != T::name) return false;
  if (t->keyword == K::none) return true;
  const KeywordInfo& k = info(t->keyword);
  if (k.kind == KeywordKind::reserved) return false;
  const bool phrase = k.english.find(' ') != std::string_view::npos;
  return !phrase || static_cast<unsigned char>(b.text(*t).front()) >= 0x80;
}

inline bool ends_in_digit(std::string_view word) {
  return !word.empty() && word.back() >= '0' && word.back() <= '9';
}

// Where an expression or a name is still missing, the next line may begin a statement whose keyword could pass for a
// name: two expressions never stand side by side, so what follows the word tells.
constexpr Ahead statement_ahead{[](It t, const Builder& b) {
  if (!t->first_on_line || t->keyword == K::none || !begins_statement(t)) return false;
  if (is_sign(t + 1, S::lbrace))
    return t->keyword == K::amount || t->keyword == K::charge || t->keyword == K::deduction ||
           t->keyword == K::credit || t->keyword == K::documents;
  return is_name(t + 1, b) || t[1].kind == T::text;
}};

// `净价的15%` is the name 净价的15 and a sign. Taken into the name, so that the checker sees the whole word that is
// cut.
constexpr auto glued_percent = -(
    Ahead{[](It t, const Builder& b) { return is_sign(t, S::percent) && t->glued && ends_in_digit(b.text(t[-1])); }} >>
    sg(S::percent));

constexpr auto comma = sg(S::comma);
constexpr auto doubtful = sg(S::question) >> flag(kDoubtful);
constexpr auto state_word = op(K::below) | op(K::no_row) | op(K::out_of_scope) | op(K::no_figure);
constexpr auto rounding_word =
    op(K::rounded_down_to) | op(K::rounded_up_to) | op(K::rounded_half_up_to) | op(K::rounded_half_even_to);
constexpr auto rest = node(N::rest_part)[sg(S::ellipsis)];
constexpr auto range_word = or_what(K::or_better) | or_what(K::or_worse) | or_what(K::or_more) | or_what(K::or_less);
constexpr auto order_sign = op(S::less) | op(S::less_equal) | op(S::greater) | op(S::greater_equal);
constexpr auto order_of_days = op(K::before) | op(K::after) | op(K::on_or_before) | op(K::on_or_after);
// What was written in the Chinese order of words stands in the tree as in English.
constexpr Act chinese_order{[](Builder& b, It) { b.swap_last_two(); }};

constexpr Stray stray_statement{Resume::statement, "a statement", "语句"};

// A `|` first on its line begins a row. Any other parts cells, unless the row ends with it.
inline bool ends_row(It bar) {
  const It next = bar + 1;
  switch (next->keyword) {
    case K::otherwise:
    case K::verified:
    case K::unverified:
    case K::secondhand:
      return true;
    default:
      return next->kind == T::end || is_sign(next, S::rbrace) || (is_sign(next, S::bar) && next->first_on_line);
  }
}
constexpr auto row_begin = Ahead{[](It t, const Builder&) { return is_sign(t, S::bar) && t->first_on_line; }} >>
                           sg(S::bar);
constexpr auto cell_bar =
    (Ahead{[](It t, const Builder&) { return is_sign(t, S::bar) && !t->first_on_line && !ends_row(t); }} >>
     sg(S::bar)) |
    (sg(S::double_bar) >> Act{[](Builder& b, It) { b.current().split = static_cast<std::uint16_t>(b.child_count()); }});

}  // namespace guiju::syntax::grammar
