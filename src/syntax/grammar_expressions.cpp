// The grammar of expressions, and of what else says a value: names, texts, numbers, dates, the cells of tables. How to
// read it: grammar_parsers.hpp.
#include "syntax/grammar_rules.hpp"

namespace guiju::syntax::grammar {

// ---- names, texts, literals -----------------------------------------------------------------------------------------

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

// ---- grids and their cells
// -------------------------------------------------------------------------------------------

GUIJU_DEFINE(row_end, Ahead{[](It t, const Builder&) { return is_sign(t, S::bar) && !t->first_on_line; }} >> sg(S::bar))

GUIJU_DEFINE(grid, node(N::grid)[header >> *recovering(Resume::row, row)])
GUIJU_DEFINE(header, node(N::grid_header)[row_begin > header_cell >> *(cell_bar > header_cell) > row_end])
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

GUIJU_DEFINE(
    pattern,
    node(N::pattern_compare)[(order_sign | order_of_days) > literal] |
        node(N::pattern_interval)[(sg(S::lbracket) | (sg(S::lparen) >> flag(kOpenLow))) >> (literal | flag(kNoLow)) >
                                  sg(S::dot_dot) > (literal | flag(kNoHigh)) > interval_end >> -unit_expr] |
        node(N::pattern_value)[literal >> -value_range])
GUIJU_DEFINE(interval_end, sg(S::rbracket) | (sg(S::rparen) >> flag(kOpenHigh)))

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

}  // namespace guiju::syntax::grammar
