// The grammar of the language, in Boost.Spirit X3 over tokens. X3 stands in this file and nowhere else.
//
// How to read it. `kw(Keyword::x)`, `sg(Sign::x)` and `tk(TokenKind::x)` take one token. `>>` goes on or gives up
// silently, `>` stands after the token that decides and demands what follows: its failure is a mistake of the writer.
// `node(kind)[…]` makes a node of what it encloses, `around(kind)[…]` one whose first child is the node made last,
// `flag`, `become` and the `op_…` forms mark the node being made. `recovering(…)[…]` reports a mistake inside, skips to
// where reading goes on, and succeeds. No attributes are used. Rules are erased to functions, so that each is compiled
// once.
//
// Settled here where the pages leave it open: units go on over a glued `/` or `*` only where they stand in an
// expression
// (`counted in`); clauses of a table may follow its grid; several adjustments after `}` of `amount` need no commas.
#include <boost/spirit/home/x3.hpp>

#ifdef __clang__
// `a >> b > c` is how X3 writes "a, then b, then surely c"; the parentheses that the warning asks for would only hide
// the grammar.
#pragma clang diagnostic ignored "-Woverloaded-shift-op-parentheses"
#endif

#include "diagnostics/codes.hpp"
#include "syntax/brackets.hpp"
#include "syntax/builder.hpp"
#include "syntax/parse.hpp"
#include "syntax/statements.hpp"
#include "syntax/words.hpp"

namespace guiju::syntax {
namespace {

namespace x3 = boost::spirit::x3;
using It = const Token*;
struct BuilderTag {};
using Context = x3::context<BuilderTag, Builder>;

Builder& builder(const Context& context) {
  return x3::get<BuilderTag>(context);
}

// ---- parsers of one token -------------------------------------------------------------------------------------------

template <typename Derived>
struct Plain : x3::parser<Derived> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
};

// What becomes of a keyword or sign beside being taken.
enum class Keep : std::uint8_t { nothing, op, or_what };

struct KeywordToken : Plain<KeywordToken> {
  constexpr KeywordToken(Keyword k, Keep keep_as) : keyword(k), keep(keep_as) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    if (first->keyword != keyword) return false;
    if (keep == Keep::op) builder(context).current().op = keyword;
    if (keep == Keep::or_what) builder(context).current().or_what = keyword;
    ++first;
    return true;
  }
  Keyword keyword;
  Keep keep;
};
constexpr KeywordToken kw(Keyword k) {
  return {k, Keep::nothing};
}
constexpr KeywordToken op(Keyword k) {
  return {k, Keep::op};
}
constexpr KeywordToken or_what(Keyword k) {
  return {k, Keep::or_what};
}

struct SignToken : Plain<SignToken> {
  constexpr SignToken(Sign s, bool keep_it) : sign(s), keep(keep_it) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    if (first->kind != TokenKind::sign || first->sign != sign) return false;
    if (keep) builder(context).current().sign = sign;
    ++first;
    return true;
  }
  Sign sign;
  bool keep;
};
constexpr SignToken sg(Sign s) {
  return {s, false};
}
constexpr SignToken op(Sign s) {
  return {s, true};
}

struct KindToken : Plain<KindToken> {
  constexpr explicit KindToken(TokenKind k) : kind(k) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context&, R&, A&) const {
    if (first->kind != kind) return false;
    ++first;
    return true;
  }
  TokenKind kind;
};
constexpr KindToken tk(TokenKind k) {
  return KindToken{k};
}

// A condition on the tokens ahead; takes none.
struct Ahead : Plain<Ahead> {
  using Test = bool (*)(It, const Builder&);
  constexpr explicit Ahead(Test t) : test(t) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    return test(first, builder(context));
  }
  Test test;
};

// Something done to the tree being built; always succeeds.
struct Act : Plain<Act> {
  using Deed = void (*)(Builder&, It);
  constexpr explicit Act(Deed d) : deed(d) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    deed(builder(context), first);
    return true;
  }
  Deed deed;
};

struct Flag : Plain<Flag> {
  constexpr explicit Flag(NodeFlag f) : bit(f) {}
  template <typename R, typename A>
  bool parse(It&, const It&, const Context& context, R&, A&) const {
    builder(context).flag(bit);
    return true;
  }
  NodeFlag bit;
};
constexpr Flag flag(NodeFlag f) {
  return Flag{f};
}

struct Become : Plain<Become> {
  constexpr explicit Become(NodeKind k) : kind(k) {}
  template <typename R, typename A>
  bool parse(It&, const It&, const Context& context, R&, A&) const {
    builder(context).current().kind = kind;
    return true;
  }
  NodeKind kind;
};
constexpr Become become(NodeKind k) {
  return Become{k};
}

// Whether a parser may match where this token stands, as far as its first word or sign tells. Most attempts of the
// grammar end there, and then no node is made only to be taken back.
template <typename Parser>
struct Beginning {
  static bool fits(const Parser&, It) { return true; }
};
template <>
struct Beginning<KeywordToken> {
  static bool fits(const KeywordToken& p, It t) { return t->keyword == p.keyword; }
};
template <>
struct Beginning<SignToken> {
  static bool fits(const SignToken& p, It t) { return t->kind == TokenKind::sign && t->sign == p.sign; }
};
template <>
struct Beginning<KindToken> {
  static bool fits(const KindToken& p, It t) { return t->kind == p.kind; }
};
template <typename Left, typename Right>
struct Beginning<x3::sequence<Left, Right>> {
  static bool fits(const x3::sequence<Left, Right>& p, It t) { return Beginning<Left>::fits(p.left, t); }
};
template <typename Left, typename Right>
struct Beginning<x3::alternative<Left, Right>> {
  static bool fits(const x3::alternative<Left, Right>& p, It t) {
    return Beginning<Left>::fits(p.left, t) || Beginning<Right>::fits(p.right, t);
  }
};
template <typename Subject>
struct Beginning<x3::plus<Subject>> {
  static bool fits(const x3::plus<Subject>& p, It t) { return Beginning<Subject>::fits(p.subject, t); }
};

// ---- directives -----------------------------------------------------------------------------------------------------

template <typename Subject>
struct NodeDirective : x3::unary_parser<Subject, NodeDirective<Subject>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr NodeDirective(const Subject& s, NodeKind k, bool a)
      : x3::unary_parser<Subject, NodeDirective<Subject>>(s), kind(k), around(a) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R& rcontext, A&) const {
    if (!Beginning<Subject>::fits(this->subject, first)) return false;
    Builder& b = builder(context);
    const Builder::Mark mark = b.mark();
    const It start = first;
    around ? b.open_around(kind) : b.open(kind, first);
    if (!this->subject.parse(first, last, context, rcontext, x3::unused)) {
      b.take_back(mark);
      first = start;
      return false;
    }
    b.close(first);
    return true;
  }
  NodeKind kind;
  bool around;
};

template <typename Subject>
struct Beginning<NodeDirective<Subject>> {
  static bool fits(const NodeDirective<Subject>& p, It t) { return Beginning<Subject>::fits(p.subject, t); }
};

struct NodeMaker {
  template <typename Subject>
  constexpr auto operator[](const Subject& subject) const {
    using Parser = typename x3::extension::as_parser<Subject>::value_type;
    return NodeDirective<Parser>(x3::as_parser(subject), kind, around);
  }
  NodeKind kind;
  bool around;
};
constexpr NodeMaker node(NodeKind k) {
  return {k, false};
}
constexpr NodeMaker around(NodeKind k) {
  return {k, true};
}

// A rule, erased to a function. Its words say in messages what was expected.
struct Rule : Plain<Rule> {
  using Body = bool (*)(It&, const It&, const Context&);
  constexpr Rule(Body b, std::string_view e, std::string_view z) : body(b), en(e), zh(z) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R&, A&) const {
    return body(first, last, context);
  }
  Body body;
  std::string_view en, zh;
};

// One level of nesting deeper.
struct Deeper : Plain<Deeper> {
  constexpr explicit Deeper(const Rule& r) : rule(r) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R&, A&) const {
    Builder& b = builder(context);
    const std::uint32_t depth = b.depth();
    b.enter(first);
    const bool matched = rule.body(first, last, context);
    b.set_depth(depth);
    return matched;
  }
  Rule rule;
};
constexpr Deeper deeper(const Rule& r) {
  return Deeper{r};
}

using Expected = x3::expectation_failure<It>;

struct Recovering : Plain<Recovering> {
  constexpr Recovering(const Rule& r, Resume w) : rule(r), where(w) {}
  template <typename R, typename A>
  bool parse(It& first, const It& last, const Context& context, R&, A&) const {
    Builder& b = builder(context);
    const Builder::Mark mark = b.mark();
    const std::uint32_t depth = b.depth();
    const It start = first;
    It failed = start;
    try {
      return rule.body(first, last, context);
    } catch (const Expected& e) {
      failed = e.where();
      b.report_unexpected(failed, e.which());
    } catch (const Abandoned& abandoned) {
      failed = abandoned.where;
    }
    b.set_depth(depth);
    first = b.resume(mark, start, failed, where);
    return true;
  }
  Rule rule;
  Resume where;
};
constexpr Recovering recovering(Resume where, const Rule& rule) {
  return {rule, where};
}

// Where nothing matches: one message, and on to where reading goes on. Takes at least one token, but never the end, nor
// a closing brace inside a body.
struct Stray : Plain<Stray> {
  constexpr Stray(Resume w, std::string_view e, std::string_view z) : where(w), en(e), zh(z) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    if (first->kind == TokenKind::end) return false;
    if (first->sign == Sign::rbrace && where != Resume::declaration) return false;
    Builder& b = builder(context);
    b.report_stray(first, bilingual(en, zh));
    first = b.resume(b.mark(), first, first, where);
    return true;
  }
  Resume where;
  std::string_view en, zh;
};

}  // namespace
}  // namespace guiju::syntax

// What X3 says of a parser whose expectation fails: words for people, in both languages; nothing for what takes no
// token.
namespace boost::spirit::x3 {

#define GUIJU_WORDS(parser, result)                                                                  \
  template <>                                                                                        \
  struct get_info<guiju::syntax::parser> {                                                           \
    using result_type = std::string;                                                                 \
    std::string operator()([[maybe_unused]] const guiju::syntax::parser& p) const { return result; } \
  };
GUIJU_WORDS(KeywordToken, guiju::syntax::keyword_words(p.keyword))
GUIJU_WORDS(SignToken, guiju::syntax::sign_words(p.sign))
GUIJU_WORDS(KindToken, guiju::syntax::token_words(p.kind))
GUIJU_WORDS(Rule, guiju::bilingual(p.en, p.zh))
GUIJU_WORDS(Deeper, guiju::bilingual(p.rule.en, p.rule.zh))
GUIJU_WORDS(Recovering, guiju::bilingual(p.rule.en, p.rule.zh))
GUIJU_WORDS(Ahead, "")
GUIJU_WORDS(Act, "")
GUIJU_WORDS(Flag, "")
GUIJU_WORDS(Become, "")
#undef GUIJU_WORDS

template <typename Subject>
struct get_info<guiju::syntax::NodeDirective<Subject>> {
  using result_type = std::string;
  std::string operator()(const guiju::syntax::NodeDirective<Subject>& p) const { return what(p.subject); }
};
template <typename Subject>
struct get_info<optional<Subject>> {
  using result_type = std::string;
  std::string operator()(const optional<Subject>&) const { return {}; }
};
template <typename Subject>
struct get_info<kleene<Subject>> {
  using result_type = std::string;
  std::string operator()(const kleene<Subject>&) const { return {}; }
};
template <typename Subject>
struct get_info<not_predicate<Subject>> {
  using result_type = std::string;
  std::string operator()(const not_predicate<Subject>&) const { return {}; }
};
template <typename Left, typename Right>
struct get_info<sequence<Left, Right>> {
  using result_type = std::string;
  std::string operator()(const sequence<Left, Right>& p) const {
    std::string first = what(p.left);
    return first.empty() ? what(p.right) : first;
  }
};
template <typename Left, typename Right>
struct get_info<alternative<Left, Right>> {
  using result_type = std::string;
  std::string operator()(const alternative<Left, Right>& p) const {
    return guiju::syntax::either(what(p.left), what(p.right));
  }
};
template <typename Subject>
struct get_info<expect_directive<Subject>> {
  using result_type = std::string;
  std::string operator()(const expect_directive<Subject>& p) const { return what(p.subject); }
};
}  // namespace boost::spirit::x3

namespace guiju::syntax {
namespace {

#define GUIJU_RULE(name, en, zh)                                        \
  bool parse_##name(It& first, const It& last, const Context& context); \
  constexpr Rule name{parse_##name, en, zh};

#define GUIJU_DEFINE(name, ...)                                            \
  bool parse_##name(It& first, const It& last, const Context& context) {   \
    const auto definition = x3::as_parser(__VA_ARGS__);                    \
    return definition.parse(first, last, context, x3::unused, x3::unused); \
  }

using K = Keyword;
using S = Sign;
using N = NodeKind;
using T = TokenKind;

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
GUIJU_RULE(note, "`unverified`", "`未核对`")
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
GUIJU_RULE(part_block_body, "`{`", "`{`")
GUIJU_RULE(part_block_item, "`let`, `require`, `meets` or `pay`", "`令`、`要求`、`符合组`或`付`")
GUIJU_RULE(tail, "`otherwise` or `cite`", "`否则`或`依据`")
GUIJU_RULE(let, "`let`", "`令`")
GUIJU_RULE(require, "`require`", "`要求`")
GUIJU_RULE(source, "a list", "列表")
GUIJU_RULE(counting_word, "`counting` or `summing`", "`计`或`累计`")
GUIJU_RULE(amount_content, "`=` or `{`", "`=`或`{`")
GUIJU_RULE(part, "a part (name, `:`, value)", "分项(名称、`:`、值)")
GUIJU_RULE(value, "a value", "值")
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

// ---- small pieces ---------------------------------------------------------------------------------------------------

bool is_sign(It t, Sign s) {
  return t->kind == T::sign && t->sign == s;
}

// A name is any word but a reserved keyword; a contextual one serves too, but no phrase (`on what remains`), which is
// several words.
bool is_name(It t, const Builder& b) {
  if (t->kind != T::name) return false;
  if (t->keyword == K::none) return true;
  const KeywordInfo& k = info(t->keyword);
  if (k.kind == KeywordKind::reserved) return false;
  const bool phrase = k.english.find(' ') != std::string_view::npos;
  return !phrase || static_cast<unsigned char>(b.text(*t).front()) >= 0x80;
}

bool ends_in_digit(std::string_view word) {
  return !word.empty() && word.back() >= '0' && word.back() <= '9';
}

// These open the next line of a test, so they are never names there.
bool opens_test_line(It t, const Builder&) {
  switch (t->keyword) {
    case K::given:
    case K::expect:
    case K::but:
    case K::check:
    case K::cite:
    case K::known_on:
      return true;
    default:
      return false;
  }
}

constexpr Ahead test_line_ahead{opens_test_line};

struct NameToken : Plain<NameToken> {
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    Builder& b = builder(context);
    if (!is_name(first, b)) return false;
    b.leaf(N::name, first, 1);
    ++first;
    return true;
  }
};

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
constexpr auto rounding_word =
    op(K::rounded_down_to) | op(K::rounded_up_to) | op(K::rounded_half_up_to) | op(K::rounded_half_even_to);
constexpr auto when = node(N::when)[kw(K::when) > expression];
constexpr auto rest = node(N::rest_part)[sg(S::ellipsis)];

// `,` before an adjustment; any other comma separates items.
constexpr Ahead adjustment_ahead{[](It t, const Builder&) {
  if (!is_sign(t, S::comma)) return false;
  switch (t[1].keyword) {
    case K::at_most:
    case K::at_least:
    case K::rounded_down_to:
    case K::rounded_up_to:
    case K::rounded_half_up_to:
    case K::rounded_half_even_to:
    case K::shared:
      return true;
    default:
      return false;
  }
}};
constexpr auto comma_adjustment = adjustment_ahead >> comma > adjustment;

// `NAME ':'`: the lexer's colon rule makes it visible.
constexpr Ahead named_ahead{[](It t, const Builder& b) { return is_name(t, b) && is_sign(t + 1, S::colon); }};
constexpr auto optional_name = -(named_ahead >> name > sg(S::colon));
// `NAME "label" ':'`: no expression has a text behind a name.
constexpr Ahead labelled_ahead{[](It t, const Builder& b) {
  return is_name(t, b) && (is_sign(t + 1, S::colon) || t[1].kind == T::text || t[1].kind == T::text_open);
}};
constexpr auto labelled_name = -(labelled_ahead >> name >> -label > sg(S::colon));

GUIJU_DEFINE(name, NameToken{})
GUIJU_DEFINE(declared_name, node(N::declared_name)[name >> *node(N::alias)[sg(S::slash) > name > name]])
GUIJU_DEFINE(qualified_name, node(N::qualified_name)[name >> *(sg(S::dot) > name)])
GUIJU_DEFINE(plain_text, node(N::text)[tk(T::text)])
GUIJU_DEFINE(text, plain_text | node(N::text)[tk(T::text_open) > deeper(expression) >
                                              *(tk(T::text_mid) > deeper(expression)) > tk(T::text_close)])
GUIJU_DEFINE(translation, node(N::translation)[sg(S::slash) > name > text])
GUIJU_DEFINE(label, node(N::label)[text >> *translation])
GUIJU_DEFINE(number, node(N::number_literal)[tk(T::number)])
GUIJU_DEFINE(date, node(N::date_literal)[tk(T::date)])
GUIJU_DEFINE(plain_amount,
             number | node(N::quantity_literal)[tk(T::quantity)] | node(N::percent_literal)[tk(T::percent)])
GUIJU_DEFINE(signed_amount, plain_amount | node(N::sign_literal)[(op(S::minus) | op(S::plus)) > plain_amount])

constexpr auto truth = node(N::bool_literal)[op(K::yes) | op(K::no)];

GUIJU_DEFINE(plain_value, signed_amount | date | text | truth)
GUIJU_DEFINE(literal, plain_value | qualified_name)

constexpr auto name_sequence = name >> *(comma > name);
constexpr auto bearer_sequence = name >> -label >> *(comma > name >> -label);  // who bears a share
constexpr auto reduced_names = name_list >> -kw(K::first);
GUIJU_DEFINE(name_list, node(N::name_list)[name >> *(kw(K::then) > name)])

// ---- file, uses, periods, sources -----------------------------------------------------------------------------------

GUIJU_DEFINE(use_target, (kw(K::language) >> become(N::use_language) > name) | plain_text)
GUIJU_DEFINE(day, node(N::day)[((date >> -doubtful) | undecided) >> -note])
GUIJU_DEFINE(period, node(N::period)[kw(K::from) > day >> -(kw(K::to) > day)])
GUIJU_DEFINE(note, node(N::note)[kw(K::unverified) >> -label])
GUIJU_DEFINE(cite, node(N::cite)[kw(K::cite) > label >> *text >> -check_mark])
GUIJU_DEFINE(check_mark, node(N::check_mark)[(op(K::verified) > date >> -(kw(K::until) > date)) |
                                             (op(K::unverified) >> -label) | op(K::secondhand)])

// ---- enum, scale, unit, record --------------------------------------------------------------------------------------

constexpr auto enum_decl = node(N::enum_decl)[kw(K::enum_) > declared_name >> -label > member_block];
constexpr auto scale_decl =
    node(N::scale_decl)[kw(K::scale) > declared_name >> -label > kw(K::from) > best_or_worst > member_block];
GUIJU_DEFINE(best_or_worst, op(K::best) | op(K::worst))
constexpr Ahead floor_ahead{[](It t, const Builder& b) { return t->keyword == K::floor && is_name(t + 1, b); }};
GUIJU_DEFINE(member,
             node(N::member)[-(floor_ahead >> kw(K::floor) >> flag(kFloor)) >> declared_name >> -label] >> -comma)
GUIJU_DEFINE(member_block, sg(S::lbrace) >> *(recovering(Resume::item, member) |
                                              Stray(Resume::item, "a name", "名称")) > sg(S::rbrace))

constexpr auto unit_decl = node(N::unit_decl)[kw(K::unit) > declared_name >> -label >>
                                              -(sg(S::equals) > node(N::quantity_literal)[tk(T::quantity)])];

constexpr auto record_decl = node(N::record_decl)[kw(K::record) > declared_name >> -label >>
                                                  -node(N::record_base)[kw(K::is) > name > kw(K::with)] > field_block];
GUIJU_DEFINE(field_block, sg(S::lbrace) >> *(recovering(Resume::item, field) | Stray(Resume::item, "a field", "字段")) >
                              sg(S::rbrace))
GUIJU_DEFINE(field, node(N::field)[declared_name > sg(S::colon) > type >> *field_modifier] >> -comma)
constexpr auto collection = op(K::list_of) | op(K::history_of);
GUIJU_DEFINE(type, node(N::type)[((kw(K::optional) >> flag(kOptional) >> -collection > unit_expr) |
                                  (collection > unit_expr) | unit_expr) >>
                                 -(sg(S::lbracket) > unit_expr > sg(S::rbracket))])

// Units: `kW`, `kg/s`, `kWh/24h`, `kW/(m3/min)`. They are spelt, not built; the tokens say it all.
struct UnitTokens : Plain<UnitTokens> {
  constexpr explicit UnitTokens(bool g) : glued(g) {}
  template <typename R, typename A>
  bool parse(It& first, const It&, const Context& context, R&, A&) const {
    const Builder& b = builder(context);
    if (is_sign(first, S::percent)) return ++first, true;
    It end = factor(first, b);
    if (end == first) return false;
    while ((is_sign(end, S::slash) || is_sign(end, S::star)) && (!glued || (end->glued && end[1].glued))) {
      const It next = factor(end + 1, b);
      if (next == end + 1) break;
      end = next;
    }
    first = end;
    return true;
  }
  // One unit, or units in brackets, which nest no further.
  static It factor(It t, const Builder& b) {
    if (is_name(t, b) || t->kind == T::quantity) return t + 1;
    if (!is_sign(t, S::lparen)) return t;
    It in = t + 1;
    while (is_name(in, b) || is_sign(in, S::slash) || is_sign(in, S::star)) ++in;
    return in > t + 1 && is_sign(in, S::rparen) ? in + 1 : t;
  }
  bool glued;
};
constexpr Ahead no_quantity_ahead{
    [](It t, const Builder&) { return t->kind != T::quantity && !is_sign(t, S::lparen); }};
GUIJU_DEFINE(unit_expr, no_quantity_ahead >> node(N::unit_expr)[UnitTokens{false}])
GUIJU_DEFINE(glued_unit, no_quantity_ahead >> node(N::unit_expr)[UnitTokens{true}])

GUIJU_DEFINE(field_modifier, label | node(N::field_range)[kw(K::from) > literal >> -(kw(K::to) > literal)] |
                                 node(N::field_when)[kw(K::when) > expression] |
                                 node(N::field_step)[kw(K::step) > literal] |
                                 node(N::field_declared_to)[kw(K::declared_to) > literal] |
                                 node(N::field_ask)[kw(K::ask) > label >> -(kw(K::at) > label)] |
                                 node(N::field_flag)[op(K::or_unknowable) | op(K::changeable) | op(K::key)])

// ---- tables, catalogues, grids --------------------------------------------------------------------------------------

constexpr Stray stray_statement{Resume::statement, "a statement", "语句"};

GUIJU_DEFINE(table, node(N::table_decl)[kw(K::table) > declared_name >> -label >> -(kw(K::from) > text) > table_block])
GUIJU_DEFINE(table_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, table_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(table_item, grid | cite | params | node(N::gives_columns)[kw(K::gives) > param >> *(comma > param)] |
                             node(N::hit)[op(K::hit_unique) | op(K::hit_first)] |
                             node(N::table_otherwise)[kw(K::otherwise) > table_default])
GUIJU_DEFINE(table_default, node(N::not_entitled)[kw(K::not_entitled) >> -label] | expression)

constexpr auto catalogue_decl =
    node(N::catalogue_decl)[kw(K::catalogue) > declared_name >> -label > kw(K::from) > text > catalogue_block];
GUIJU_DEFINE(catalogue_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, catalogue_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(catalogue_item, cite | params | node(N::listed_from)[kw(K::listed_from) > name >> -(kw(K::until) > name)] |
                                 node(N::complete_to)[kw(K::complete_to) > date])

GUIJU_DEFINE(params, node(N::params)[kw(K::given) > param >> *(comma > param)])
GUIJU_DEFINE(param, node(N::param)[name > sg(S::colon) > type >> -label])

// A `|` first on its line begins a row. Any other parts cells, unless the row ends with it.
bool ends_row(It bar) {
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
GUIJU_DEFINE(row_end, Ahead{[](It t, const Builder&) { return is_sign(t, S::bar) && !t->first_on_line; }} >> sg(S::bar))

GUIJU_DEFINE(grid, node(N::grid)[header >> *recovering(Resume::row, row)])
GUIJU_DEFINE(header, node(N::grid_header)[row_begin > header_cell >> *(cell_bar > header_cell) > row_end])
constexpr auto range_word = or_what(K::or_better) | or_what(K::or_worse) | or_what(K::or_more) | or_what(K::or_less);
constexpr auto value_range = op(K::or_better) | op(K::or_worse) | op(K::or_more) | op(K::or_less);
GUIJU_DEFINE(direction, node(N::direction)[op(K::at_least) | op(K::at_most) | op(K::above) | op(K::below)])
GUIJU_DEFINE(header_cell, node(N::header_cell)[((qualified_name >> -around(N::pattern_value)[value_range]) | pattern) >>
                                               -(sg(S::lbracket) > unit_expr > sg(S::rbracket)) >> -direction >>
                                               -node(N::header_cross)[sg(S::backslash) > qualified_name] >> -doubtful])

// `drop` before a cell; before `|` it is a name.
constexpr Ahead drop_ahead{[](It t, const Builder&) {
  return t->keyword == K::drop && !is_sign(t + 1, S::bar) && !is_sign(t + 1, S::double_bar);
}};
GUIJU_DEFINE(row, node(N::grid_row)[row_begin > row_content > row_end >> -check_mark])
GUIJU_DEFINE(row_content, (sg(S::ellipsis) >> flag(kRest)) |
                              (-(drop_ahead >> kw(K::drop) >> flag(kDrop)) >> cell >> *(cell_bar > cell)))
GUIJU_DEFINE(cell, node(N::cell)[cell_content >> -doubtful])
GUIJU_DEFINE(cell_content, node(N::any_cell)[kw(K::any)] | node(N::no_limit)[kw(K::no_limit)] |
                               node(N::not_entitled)[kw(K::not_entitled) >> -label] |
                               node(N::absent_cell)[kw(K::absent)] | undecided | not_found |
                               node(N::formula_cell)[sg(S::equals) > expression] |
                               (-(kw(K::not_) >> flag(kNegated)) >> pattern >> *(comma > pattern)))

constexpr auto order_sign = op(S::less) | op(S::less_equal) | op(S::greater) | op(S::greater_equal);
constexpr auto order_of_days = op(K::before) | op(K::after) | op(K::on_or_before) | op(K::on_or_after);
GUIJU_DEFINE(
    pattern,
    node(N::pattern_compare)[(order_sign | order_of_days) > literal] |
        node(N::pattern_interval)[(sg(S::lbracket) | (sg(S::lparen) >> flag(kOpenLow))) >> (literal | flag(kNoLow)) >
                                  sg(S::dot_dot) > (literal | flag(kNoHigh)) > interval_end >> -unit_expr] |
        node(N::pattern_value)[literal >> -value_range])
GUIJU_DEFINE(interval_end, sg(S::rbracket) | (sg(S::rparen) >> flag(kOpenHigh)))

// ---- standards ------------------------------------------------------------------------------------------------------

constexpr auto standard_decl = node(N::standard_decl)[kw(K::standard) > declared_name >> -label > standard_block];
GUIJU_DEFINE(standard_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, standard_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(standard_item, edition | params | in_force)
GUIJU_DEFINE(edition,
             node(N::edition)[kw(K::edition) > name >> -label >> -period >>
                              -node(N::edition_for)[kw(K::for_) > expression] >> *version_modifier > edition_block])
GUIJU_DEFINE(edition_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, edition_item) | stray_statement) > sg(S::rbrace))

constexpr auto applies = node(N::applies)[kw(K::applies_when) > expression >> -(kw(K::otherwise) > label_or_keep)];
GUIJU_DEFINE(label_or_keep, label | node(N::keep)[sg(S::ellipsis)])
constexpr auto grading = node(N::grading)[kw(K::grade) > grading_content >> -check_mark >> *cite];
GUIJU_DEFINE(grading_content, (kw(K::on) >> flag(kByMember) > name >> -when > grading_rows) |
                                  (labelled_name >> rounded >>
                                   -(kw(K::on) > name > direction >> -node(N::limit_formula)[sg(S::equals) > rounded] >>
                                     -when > grading_rows)))
GUIJU_DEFINE(grading_rows, grid_block | (kw(K::from) > plain_text))
GUIJU_DEFINE(grid_block, sg(S::lbrace) > grid > sg(S::rbrace))
constexpr auto comply = node(N::comply)[kw(K::comply) >> labelled_name > expression >> -period >> *tail];
constexpr auto check = node(N::check)[kw(K::check) > name >> -label > sg(S::colon) > expression >> *tail];
constexpr auto gives = node(N::gives)[kw(K::gives) > name >> -label > sg(S::equals) > value >> *cite];
constexpr auto drop = node(N::drop)[kw(K::drop) > dropped];

GUIJU_DEFINE(edition_item, version_meta | let | require | table | applies | grading | comply | check | gives | drop)

// ---- programmes, duties, versions -----------------------------------------------------------------------------------

constexpr auto program_decl = node(
    N::program_decl)[kw(K::program) > declared_name >> -label >>
                     -node(N::implements)[kw(K::implements) > qualified_name > kw(K::in) > number] > program_block];
GUIJU_DEFINE(program_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, program_item) | stray_statement) > sg(S::rbrace))
constexpr auto authority = node(N::authority)[kw(K::authority) > label >> -(kw(K::with) > label >> *(comma > label))];
GUIJU_DEFINE(program_item, version | authority | params | let | in_force)

constexpr auto duty_decl = node(N::duty_decl)[kw(K::duty) > declared_name >> -label > duty_block];
GUIJU_DEFINE(duty_block, sg(S::lbrace) >> *(recovering(Resume::statement, duty_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(duty_item, program_item | node(N::bearer)[kw(K::bearer) > label])

// Both word orders: `in force by e` and `by e enforced`.
constexpr auto reference_days = expression >> *(comma > expression);
GUIJU_DEFINE(in_force, node(N::in_force)[kw(K::in_force_by) > reference_days] |
                           node(N::in_force)[kw(K::by) >> flag(kZhOrder) > reference_days > kw(K::enforced)])

GUIJU_DEFINE(version, node(N::version)[kw(K::version) > name >> -label > period >> *version_modifier > version_block])
GUIJU_DEFINE(version_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, version_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(
    version_modifier,
    node(N::amends)[kw(K::amends) > qualified_name >> -(comma >> kw(K::rest_unverified) >> flag(kRestUnverified))] |
        node(N::supersedes)[kw(K::supersedes) > name_sequence] | node(N::published)[kw(K::published) > day])
GUIJU_DEFINE(version_meta, cite | node(N::suspended)[kw(K::suspended) > period >> -label])
GUIJU_DEFINE(version_item, version_meta | statement)

// ---- statements -----------------------------------------------------------------------------------------------------

GUIJU_DEFINE(tail, node(N::otherwise)[kw(K::otherwise) > label_or_keep] | cite)
GUIJU_DEFINE(let,
             node(N::let)[kw(K::let) > declared_name >> -(sg(S::lparen) > param >> *(comma > param) > sg(S::rparen)) >>
                          -(sg(S::colon) > type) > sg(S::equals) > value >> *cite])
GUIJU_DEFINE(require, node(N::require)[kw(K::require) > name > sg(S::colon) > expression >> *tail])

constexpr auto limit = node(N::limit)[kw(K::limit) > name > sg(S::colon) > expression > counting_word > source >>
                                      -(kw(K::paying_the_rest) >> flag(kPayingTheRest)) >> *tail];
GUIJU_DEFINE(counting_word, op(K::counting) | op(K::summing))
// `other` before a name; elsewhere it is a name.
constexpr Ahead other_ahead{[](It t, const Builder& b) { return t->keyword == K::other && is_name(t + 1, b); }};
GUIJU_DEFINE(source, node(N::source)[-(other_ahead >> kw(K::other) >> flag(kOther)) >> sum >>
                                     -(node(N::for_clause)[kw(K::for_) > name > kw(K::in) > postfix] |
                                       node(N::as_clause)[kw(K::as) > name]) >>
                                     -node(N::where)[kw(K::where) > expression]])

constexpr auto quota = node(N::quota)[kw(K::quota) > name >> -label >> *tail];
constexpr auto conditions = node(N::conditions)[kw(K::conditions) > name >> -label > condition_block];
GUIJU_DEFINE(condition_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, condition_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(condition_item, let | require | node(N::drop)[kw(K::drop) > (op(K::require) | op(K::let)) > name])
constexpr auto each = node(N::each)[kw(K::each) > name > kw(K::in) > postfix >>
                                    -(kw(K::where) >> flag(kHasWhere) > expression) > condition_block];
constexpr auto part_block = node(N::part_block)[kw(K::part) > name >> -label > part_block_body];
GUIJU_DEFINE(part_block_body,
             sg(S::lbrace) >> *(recovering(Resume::statement, part_block_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(part_block_item, condition_item | node(N::meets)[kw(K::meets) > name_sequence] |
                                  node(N::pay)[kw(K::pay) >> -op(K::ceiling) > value])

constexpr auto amount = node(N::amount)[((kw(K::amount) >> -(op(K::ceiling) | op(K::average) | op(K::exact))) |
                                         op(K::charge) | op(K::deduction) | op(K::credit)) > amount_content >>
                                        *cite];
GUIJU_DEFINE(amount_content,
             (sg(S::equals) > value) | (sg(S::lbrace) >> flag(kMany) >>
                                        *(recovering(Resume::item, part) |
                                          Stray(Resume::item, "a part (name, `:`, value)", "分项(名称、`:`、值)")) >
                                        sg(S::rbrace) >> *(comma_adjustment | adjustment)))
GUIJU_DEFINE(part, (rest | node(N::part)[name > sg(S::colon) > expression >> -when >> *comma_adjustment >> -label]) >>
                       -(comma | sg(S::semicolon)))
GUIJU_DEFINE(value, node(N::value)[expression >> *comma_adjustment])
GUIJU_DEFINE(
    adjustment,
    node(N::adjust_cap)[op(K::at_most) > rounded >>
                        -((kw(K::reducing) > reduced_names) | (kw(K::in_proportion) >> flag(kInProportion))) >> -note] |
        node(N::adjust_cap)[op(K::at_least) > rounded >> -note] |
        node(N::adjust_round)[rounding_word > unary >> -note] |
        node(N::adjust_shared)[kw(K::shared) > number >> *(sg(S::colon) > number) > kw(K::between) >
                               node(N::name_list)[bearer_sequence] > kw(K::remainder_to) > name >> -note])

constexpr auto payout = node(N::payout)[kw(K::payout) > name >> -label >> *cite];
constexpr auto documents = node(N::documents)[kw(K::documents) > document_block];
GUIJU_DEFINE(document_block, sg(S::lbrace) >> *(recovering(Resume::item, document) |
                                                Stray(Resume::item, "a document", "材料")) > sg(S::rbrace))
GUIJU_DEFINE(document, (rest | node(N::document)[name >> -label >> -when]) >> -comma)
constexpr auto ensure = node(N::ensure)[kw(K::ensure) >> optional_name > expression >> -when];
constexpr auto leave = node(N::leave)[kw(K::leave) > name > kw(K::to_region) >> *(comma > cap_or_floor)];
GUIJU_DEFINE(cap_or_floor, node(N::adjust_cap)[(op(K::at_most) | op(K::at_least)) > rounded])
GUIJU_DEFINE(dropped, ((op(K::require) | op(K::limit) | op(K::let) | op(K::quota) | op(K::ensure) | op(K::grade) |
                        op(K::comply) | op(K::check) | op(K::gives) | op(K::table) | op(K::conditions) | op(K::each) |
                        op(K::part) | op(K::must) | op(K::must_not)) > name) |
                          op(K::amount) | op(K::payout) | op(K::documents) | op(K::deadline) | op(K::done))
constexpr auto must =
    node(N::must)[(op(K::must) | op(K::must_not) | op(K::advised)) > name > sg(S::colon) > expression >> *tail];
constexpr auto deadline = node(N::deadline)[kw(K::deadline) > rounded];
constexpr auto done = node(N::done_when)[kw(K::done) > kw(K::when) > expression];

GUIJU_DEFINE(statement, let | require | limit | quota | table | conditions | each | part_block | amount | payout |
                            documents | ensure | leave | drop | must | deadline | done)

// ---- groups ---------------------------------------------------------------------------------------------------------

constexpr auto group_decl = node(N::group_decl)[kw(K::group) > declared_name >> -label > group_block];
GUIJU_DEFINE(group_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, group_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(group_item, group_version | cite | params | let | in_force | group_statement)
GUIJU_DEFINE(
    group_version,
    node(N::group_version)[kw(K::version) > name >> -label > period >> *version_modifier > group_version_block])
GUIJU_DEFINE(group_version_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, group_version_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(group_version_item, version_meta | let | group_statement | node(N::drop)[kw(K::drop) > group_dropped])
GUIJU_DEFINE(group_statement, node(N::group_programs)[kw(K::programs) > qualified_name >> *(comma > qualified_name)] |
                                  node(N::exclude)[kw(K::exclude) >> optional_name > qualified_name > kw(K::with) >
                                                   qualified_name >> -when >> *tail] |
                                  node(N::order)[kw(K::order) > order_item >> *(comma > kw(K::then) > order_item)] |
                                  node(N::group_total)[kw(K::total) > kw(K::at_most) > value] |
                                  node(N::trim)[kw(K::trim) > reduced_names] |
                                  node(N::winner)[kw(K::winner) > winner_word])
GUIJU_DEFINE(order_item, node(N::order_item)[qualified_name >> -(kw(K::on_what_remains) >> flag(kOnWhatRemains))])
GUIJU_DEFINE(winner_word, op(K::highest) | op(K::listed) | op(K::applicant))
GUIJU_DEFINE(group_dropped,
             ((op(K::exclude) | op(K::let)) > name) | op(K::order) | op(K::total) | op(K::trim) | op(K::winner))

// ---- targets --------------------------------------------------------------------------------------------------------

constexpr auto target_decl = node(N::target_decl)[kw(K::target) > declared_name >> -label > target_block];
GUIJU_DEFINE(target_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, target_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(target_item,
             cite | node(N::target_indicator)[kw(K::indicator) > name > sg(S::colon) > type >> -label] |
                 node(N::target_baseline)[kw(K::baseline) > rounded >> -(kw(K::on) > date)] |
                 node(N::target_kind)[kw(K::kind) > kind_word] |
                 node(N::target_reach)[kw(K::reach) >> -(op(K::about) | op(K::at_least) | op(K::at_most) |
                                                         op(K::above) | op(K::below) | order_sign) > rounded] |
                 node(N::target_due)[kw(K::due) > due_day] | node(N::target_lead)[kw(K::lead) > label])
GUIJU_DEFINE(kind_word, op(K::level) | op(K::change) | op(K::total) | op(K::each) | op(K::judged))
GUIJU_DEFINE(due_day, day | node(N::absent_cell)[kw(K::absent)])

constexpr auto targets_decl = node(N::targets_decl)[kw(K::targets) > declared_name >> -label > targets_block];
GUIJU_DEFINE(targets_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, targets_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(targets_item, (targets_header >> *recovering(Resume::row, targets_row)) | cite | authority | params | let |
                               node(N::counted_from)[kw(K::counted_from) > day])
GUIJU_DEFINE(targets_header,
             node(N::targets_header)[row_begin > targets_column >> *(cell_bar > targets_column) > row_end])
GUIJU_DEFINE(targets_column, node(N::targets_column)[op(K::target) | op(K::indicator) | op(K::kind) | op(K::baseline) |
                                                     op(K::reach) | op(K::due) | op(K::lead)])
GUIJU_DEFINE(targets_row,
             node(N::targets_row)[row_begin > targets_cell >> *(cell_bar > targets_cell) > row_end >> -check_mark])
GUIJU_DEFINE(targets_cell, node(N::targets_cell)[node(N::target_kind)[kind_word] |
                                                 (node(N::texts_cell)[label >> *(comma > label) >> -doubtful]) |
                                                 node(N::about_cell)[kw(K::about) > literal >> -doubtful] | cell])

// ---- tests ----------------------------------------------------------------------------------------------------------

// Both word orders: `test "t" of p` and `测试 p 的 "t"`.
constexpr auto test_decl =
    node(N::test_decl)[kw(K::test) > test_subject >> -node(N::as_in)[kw(K::as_in) > plain_text] > test_block];
constexpr Act chinese_order{[](Builder& b, It) { b.swap_last_two(); }};
GUIJU_DEFINE(test_subject, (plain_text >> -(kw(K::of) > qualified_name)) |
                               (qualified_name > kw(K::of_zh) > plain_text >> chinese_order))
GUIJU_DEFINE(test_block, sg(S::lbrace) >> *(recovering(Resume::statement, test_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(test_item, node(N::test_expect)[kw(K::expect) > expectation >> *(comma > expectation)] |
                            node(N::test_but)[kw(K::but) > change >> *(comma > change)] |
                            node(N::test_given)[kw(K::given) > name > fact] | cite |
                            node(N::test_check)[kw(K::check) > expression] |
                            node(N::test_known_on)[kw(K::known_on) > date] | node(N::test_as_at)[kw(K::as_at) > date])
GUIJU_DEFINE(change, node(N::change)[qualified_name > fact])

// `complete` and `incomplete` before `[`; elsewhere they are names.
constexpr auto before_bracket = Ahead{[](It t, const Builder&) { return is_sign(t + 1, S::lbracket); }};
constexpr auto fact_record = node(N::fact_record)[sg(S::lbrace) > *(fact_field >> -comma) > sg(S::rbrace)];
constexpr auto fact_list =
    node(N::fact_list)[-(before_bracket >> (op(K::complete) | op(K::incomplete))) >> sg(S::lbracket) >>
                       -(deeper(fact) >> *(comma > deeper(fact))) > sg(S::rbracket)];
constexpr auto fact_state = node(N::fact_state)[op(K::unknown) | op(K::absent) | op(K::unknowable)];
GUIJU_DEFINE(fact, fact_record | fact_list | fact_state | (!test_line_ahead >> literal))
GUIJU_DEFINE(fact_field, node(N::fact_field)[name > sg(S::colon) > deeper(fact)])

// Outcomes are words, then a value or reasons: `amount 0 yuan .. 2000 yuan`, `ineligible {a, b}`, `grade unclassified
// no row`.
constexpr auto word = !test_line_ahead >>
                      (node(N::qualified_name)[node(N::name)[kw(K::may_be_refused) | kw(K::stuck_on)]] |
                       qualified_name);
constexpr auto state_word = op(K::below) | op(K::no_row) | op(K::out_of_scope) | op(K::no_figure);
constexpr auto expected_state = node(N::expect_state)[op(K::unknown) | op(K::absent) | op(K::no_limit) |
                                                      op(K::not_found) | op(K::unclassified) | state_word];
GUIJU_DEFINE(expectation, node(N::expectation)[node(N::expect_top_up)[kw(K::top_up) > top_up_answer > kw(K::from) >
                                                                      kw(K::known_on) > date > kw(K::to) > date] |
                                               (word >> *(expected_state | word) >> -(expected_value | reasons))])
GUIJU_DEFINE(top_up_answer, expected_value | (qualified_name >> -reasons))
GUIJU_DEFINE(expected_value, node(N::expect_value)[plain_value >> -(sg(S::dot_dot) > plain_value)])
GUIJU_DEFINE(reasons, node(N::reasons)[sg(S::lbrace) > qualified_name >> *(comma > qualified_name) > sg(S::rbrace)])

// ---- expressions, loosest first -------------------------------------------------------------------------------------

constexpr auto if_then = node(N::if_then)[kw(K::if_) > deeper(expression) > kw(K::then) > deeper(expression) >
                                          kw(K::otherwise) > deeper(expression)];
GUIJU_DEFINE(expression, if_then | logic)

// `and` and `or` never mix without parentheses; if they do, all is read, and one message shows both readings.
constexpr Ahead mixed_ahead{[](It t, const Builder&) { return t->keyword == K::and_ || t->keyword == K::or_; }};
constexpr Act mixed{[](Builder& b, It) { b.report_mixed(); }};
constexpr auto all_operands = around(N::or_)[+((kw(K::and_) | kw(K::or_)) > negation)];
GUIJU_DEFINE(logic,
             negation >> -((around(N::and_)[+(kw(K::and_) > negation)] | around(N::or_)[+(kw(K::or_) > negation)]) >>
                           -(mixed_ahead >> all_operands >> mixed)))
GUIJU_DEFINE(negation, node(N::not_)[kw(K::not_) > deeper(negation)] | comparison)

// Comparisons do not chain; if they do, all is read after one message.
constexpr Ahead comparison_ahead{[](It t, const Builder&) {
  switch (t->keyword) {
    case K::at_least:
    case K::at_most:
    case K::above:
    case K::below:
    case K::before:
    case K::after:
    case K::on_or_before:
    case K::on_or_after:
    case K::is:
    case K::is_not:
    case K::in:
    case K::not_in:
      return true;
    default:
      return is_sign(t, S::less) || is_sign(t, S::less_equal) || is_sign(t, S::greater) || is_sign(t, S::greater_equal);
  }
}};
constexpr Act chained{[](Builder& b, It t) { b.report_chained(t); }};
GUIJU_DEFINE(comparison,
             rounded >> -(comparison_tail >> -(comparison_ahead >> chained >> +(comparison_ahead >> comparison_tail))))
constexpr auto order_word = op(K::at_least) | op(K::at_most) | op(K::above) | op(K::below) | order_of_days;
constexpr auto edge = op(K::on_the_day) | op(K::the_day_after);
constexpr Act full_frame{[](Builder& b, It) { b.full_frame(); }};
constexpr Act window_before{[](Builder& b, It) { b.current().op = K::before; }};
constexpr Act window_after{[](Builder& b, It) { b.current().op = K::after; }};
// `within 12 calendar months to D`: after a length, `to` closes a window; after a day it opens a period's last day.
constexpr Act period_or_window{[](Builder& b, It) {
  if (!b.quantity_before_last()) return;
  b.current().op = K::before;
  b.flag(kToDate);
}};
constexpr auto within_tail =
    (op(K::to) > rounded >> period_or_window) | ((op(K::before) | op(K::after)) > rounded) |
    (((kw(K::prior) >> window_before) | (kw(K::following) >> window_after)) > rounded >> chinese_order);
GUIJU_DEFINE(comparison_tail, around(N::compare)[(order_sign | order_word) > rounded >> full_frame] |
                                  around(N::is)[(op(K::is) | op(K::is_not)) > is_what] |
                                  around(N::in)[(op(K::in) | op(K::not_in)) > postfix >> -(kw(K::on) > rounded)] |
                                  around(N::exists)[op(K::exists) | op(K::not_exists)] |
                                  around(N::within)[kw(K::within) > rounded >> -within_tail] |
                                  around(N::full)[kw(K::to) >> flag(kZhOrder) > rounded > full_or_below >
                                                  node(N::quantity_literal)[tk(T::quantity)] >> -edge])
GUIJU_DEFINE(full_or_below, kw(K::full) | (kw(K::below) >> flag(kBelow)))
GUIJU_DEFINE(is_what,
             (kw(K::unknown) >> become(N::is_state)) |
                 (kw(K::unclassified) >> become(N::is_state) >> flag(kUnclassified) >> -node(N::state)[state_word]) |
                 (rounded >> -range_word))

GUIJU_DEFINE(rounded, sum >> *around(N::rounded)[rounding_word > unary])
GUIJU_DEFINE(sum, product >> *around(N::binary)[(op(S::plus) | op(S::minus)) > product])
GUIJU_DEFINE(product, unary >> *around(N::binary)[(op(S::star) | op(S::slash)) > unary])
GUIJU_DEFINE(unary, node(N::negate)[sg(S::minus) > deeper(unary)] | of_chain)
GUIJU_DEFINE(of_chain, of_zh_chain >> -around(N::of)[kw(K::of) > deeper(of_chain)])
GUIJU_DEFINE(of_zh_chain, step_rate >> *around(N::of)[kw(K::of_zh) > step_rate >> chinese_order])
GUIJU_DEFINE(step_rate, postfix >> -around(N::per)[(op(K::per_started) | op(K::per_full)) > postfix])
GUIJU_DEFINE(postfix, path >> -around(N::power)[sg(S::caret) > path] >>
                          *around(N::if_absent)[kw(K::if_absent) > path] >>
                          -around(N::counted_in)[kw(K::counted_in) > glued_unit])
GUIJU_DEFINE(path,
             primary >> *(around(N::member_access)[sg(S::dot) > name >> glued_percent] |
                          around(N::call)[sg(S::lparen) >> -(expression >> *(comma > expression)) > sg(S::rparen)]))

GUIJU_DEFINE(primary, number | node(N::quantity_literal)[tk(T::quantity)] | node(N::percent_literal)[tk(T::percent)] |
                          date | truth | (!statement_ahead >> node(N::name_ref)[name >> glued_percent]) |
                          node(N::it)[kw(K::it)] | node(N::no_limit)[kw(K::no_limit)] |
                          node(N::this_version)[kw(K::this_version)] | deeper(nested_primary))
constexpr auto parenthesised = node(N::parenthesised)[sg(S::lparen) > value > sg(S::rparen)];
constexpr auto choose = node(N::choose)[kw(K::choose) > branches];
constexpr auto first_of = node(N::first_of)[kw(K::first_of) > branches];
constexpr auto first_present = node(N::first_present)[kw(K::first_present_of) > candidates];
constexpr auto agreed = node(N::agreed)[kw(K::agreed_of) > candidates];
constexpr auto bands =
    node(N::bands)[kw(K::bands_of) > of_chain > sg(S::lbrace) > band >> *(sg(S::semicolon) >> -band) > sg(S::rbrace)];
constexpr auto aggregate =
    node(N::aggregate)[(op(K::count_of) | op(K::sum_of) | op(K::min_of) | op(K::max_of)) > source];
constexpr auto quantifier = node(N::quantifier)[(op(K::any_of) | op(K::all_of) | op(K::none_of)) > set_or_name >>
                                                -node(N::as_clause)[kw(K::as) > name] > quantifier_tail];
constexpr auto extreme = node(N::extreme)[(op(K::worst_of) | op(K::best_of)) > set];
constexpr auto grade_of =
    node(N::grade_of)[(op(K::grade_of) | (op(K::result) > name > kw(K::of))) > postfix >> *(comma > postfix) >
                      kw(K::by) > qualified_name >> -(node(N::grade_edition)[kw(K::in_edition) > name] |
                                                      node(N::grade_as_at)[kw(K::as_at) > postfix])];
constexpr auto elapsed_edge = or_what(K::on_the_day) | or_what(K::the_day_after);
constexpr auto elapsed = node(N::elapsed)[(op(K::full_years_from) | op(K::full_months_from) |
                                           op(K::started_years_from) | op(K::days_from) | op(K::span_from)) > rounded >
                                          kw(K::to) > rounded >> -elapsed_edge];
GUIJU_DEFINE(nested_primary, parenthesised | text | set | choose | first_of | first_present | agreed | bands |
                                 aggregate | quantifier | extreme | grade_of | elapsed | undecided | not_found |
                                 node(N::discretion)[kw(K::discretion) > label])

GUIJU_DEFINE(set, node(N::set)[sg(S::lbrace) >> -(set_item >> *(comma > set_item)) > sg(S::rbrace)])
GUIJU_DEFINE(set_item, rest | expression)

// In choices the `;` is required, as a branch may begin with `-` or `(`. A comma in its place, or nothing, gets its own
// message.
constexpr Ahead no_separator{[](It t, const Builder&) {
  return t->kind != T::end && !is_put_in(*t) && (t->kind != T::sign || is_sign(t, S::lparen) || is_sign(t, S::minus)) &&
         (t->kind != T::name || t->keyword == K::none || info(t->keyword).kind == KeywordKind::contextual);
}};
constexpr Act comma_for_semicolon{[](Builder& b, It t) { b.complain(Code::comma_for_semicolon, t); }};
constexpr Act missing_semicolon{[](Builder& b, It t) { b.complain(Code::missing_semicolon, t); }};
template <typename Item>
constexpr auto semicolon_list(const Item& item) {
  return item >> *((sg(S::semicolon) >> -item) | (&comma >> comma_for_semicolon >> comma >> -item) |
                   (no_separator >> missing_semicolon > item));
}
GUIJU_DEFINE(branches, sg(S::lbrace) >> semicolon_list(recovering(Resume::branch, branch)) > closing_brace)
GUIJU_DEFINE(closing_brace, sg(S::rbrace))
GUIJU_DEFINE(branch, rest | node(N::branch)[expression > branch_end])
GUIJU_DEFINE(branch_end, (kw(K::when) > expression) | kw(K::otherwise))
GUIJU_DEFINE(candidates, sg(S::lbrace) >> semicolon_list(recovering(Resume::branch, candidate)) > closing_brace)
GUIJU_DEFINE(candidate, expression)
GUIJU_DEFINE(band, node(N::band)[rounded > band_end])
GUIJU_DEFINE(band_end, (kw(K::up_to) > rounded) | kw(K::above))
GUIJU_DEFINE(set_or_name, set | qualified_name)
GUIJU_DEFINE(quantifier_tail,
             node(N::where)[kw(K::where) > expression] |
                 node(N::quantified_tail)[Act{[](Builder& b, It t) { b.leaf(N::it, t, 0); }} >> comparison_tail])

// A name, a question, readings: at least one of the three. After a name, `{` and a text open the readings, anything
// else does not.
constexpr Ahead readings_ahead{[](It t, const Builder&) { return is_sign(t, S::lbrace) && t[1].kind == T::text; }};
constexpr auto readings = readings_ahead >> sg(S::lbrace) >>
                          semicolon_list(recovering(Resume::branch, reading)) > closing_brace;
constexpr auto adopt = node(N::adopt)[kw(K::adopt) > plain_text];
constexpr Act empty_undecided{[](Builder& b, It t) {
  if (b.child_count() == 0) b.complain(Code::empty_undecided, t - 1);
}};
GUIJU_DEFINE(undecided, node(N::undecided)[kw(K::undecided) >> -(!statement_ahead >> name) >> *label >>
                                           -(readings >> -adopt) >> empty_undecided])
GUIJU_DEFINE(reading, node(N::reading)[node(N::label)[plain_text >> *translation] > sg(S::colon) > expression])
GUIJU_DEFINE(not_found,
             node(N::not_found)[kw(K::not_found) > label >>
                                -(op(K::within) > rounded >>
                                  -((or_what(K::to) > rounded) | or_what(K::or_better) | or_what(K::or_worse)))])

// ---- the file -------------------------------------------------------------------------------------------------------

constexpr auto use = node(N::use_file)[kw(K::use) > use_target];
GUIJU_DEFINE(declaration, use | enum_decl | scale_decl | unit_decl | record_decl | table | catalogue_decl |
                              standard_decl | program_decl | group_decl | target_decl | targets_decl | duty_decl |
                              test_decl | let)

constexpr auto file =
    *(recovering(Resume::declaration, declaration) | Stray(Resume::declaration, "a declaration", "声明"));

}  // namespace

Tree parse(TokenStream stream, const Limits& limits, Diagnostics& diagnostics) {
  pair_brackets(stream, diagnostics);
  Builder b(stream, limits, diagnostics);
  const It begin = stream.tokens.data();
  const It last = begin + stream.tokens.size() - 1;
  It first = begin;
  b.open(N::file, first);
  try {
    const Context context(b);
    file.parse(first, last, context, x3::unused, x3::unused);
    if (b.child_count() == 0 && !diagnostics.has_errors()) b.report(Code::nothing_declared, last, last);
  } catch (const Stopped&) {
    b.flag_open_nodes();
  }
  const Node* root = b.finish_root(last);
  return Tree(std::move(stream), b.take_nodes(), root);
}

}  // namespace guiju::syntax
