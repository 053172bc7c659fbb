// The grammar of a rule file but for its expressions and cells: declarations, versions, statements, tests. How to read
// it: grammar_parsers.hpp.
//
// Settled here where the pages leave it open: units go on over a glued `/` or `*` only where they stand in an
// expression (`counted in`); clauses of a table may follow its grid; several adjustments after `}` of `amount` need no
// commas.
#include "syntax/grammar_rules.hpp"

namespace guiju::syntax::grammar {

// ---- pieces ---------------------------------------------------------------------------------------------------------

// These open the next line of a test, so they are never names there.
static bool opens_test_line(It t, const Builder&) {
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

constexpr auto when = node(N::when)[kw(K::when) > expression];

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
// No expression has a number behind a name: `let by_province = shared 95 : 5 …`.
constexpr Ahead shares_ahead{[](It t, const Builder&) { return t->keyword == K::shared && t[1].kind == T::number; }};
constexpr auto comma_adjustment = adjustment_ahead >> comma > adjustment;

// `NAME ':'`: the lexer's colon rule makes it visible.
constexpr Ahead named_ahead{[](It t, const Builder& b) { return is_name(t, b) && is_sign(t + 1, S::colon); }};
constexpr auto optional_name = -(named_ahead >> name > sg(S::colon));
// The same with names in other languages, `NAME / zh NAME ':'`.
constexpr Ahead declared_ahead{[](It t, const Builder& b) {
  while (is_name(t, b) && is_sign(t + 1, S::slash) && is_name(t + 2, b) && is_name(t + 3, b)) t += 3;
  return is_name(t, b) && is_sign(t + 1, S::colon);
}};
constexpr auto optional_declared_name = -(declared_ahead >> declared_name > sg(S::colon));
// `NAME "label" ':'`: no expression has a text behind a name.
constexpr Ahead labelled_ahead{[](It t, const Builder& b) {
  return is_name(t, b) && (is_sign(t + 1, S::colon) || t[1].kind == T::text || t[1].kind == T::text_open);
}};
constexpr auto labelled_name = -(labelled_ahead >> name >> -label > sg(S::colon));

constexpr auto name_sequence = name >> *(comma > name);
constexpr auto bearer_sequence = name >> -label >> *(comma > name >> -label);  // who bears a share
constexpr auto reduced_names = name_list >> -kw(K::first);
GUIJU_DEFINE(name_list, node(N::name_list)[name >> *(kw(K::then) > name)])

// ---- file, uses, periods, sources -----------------------------------------------------------------------------------

GUIJU_DEFINE(use_target, (kw(K::language) >> become(N::use_language) > name) | plain_text)
GUIJU_DEFINE(day, node(N::day)[((date >> -doubtful) | undecided) >> -note])
GUIJU_DEFINE(period, node(N::period)[kw(K::from) > day >> -(kw(K::to) > day)])
GUIJU_DEFINE(note, node(N::note)[(kw(K::unverified) >> -label) | op(K::secondhand)])
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

constexpr auto field_range = node(N::field_range)[kw(K::from) > literal >> -(kw(K::to) > literal)];
GUIJU_DEFINE(field_modifier, label | field_range | node(N::field_when)[kw(K::when) > expression] |
                                 node(N::field_step)[kw(K::step) > literal] |
                                 node(N::field_declared_to)[kw(K::declared_to) > literal] |
                                 node(N::field_ask)[kw(K::ask) > label >> -(kw(K::at) > label)] |
                                 node(N::field_flag)[op(K::or_unknowable) | op(K::changeable) | op(K::key)])

// ---- tables, catalogues, grids --------------------------------------------------------------------------------------

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
// A range behind it belongs to a field, which the checker says.
GUIJU_DEFINE(param, node(N::param)[name > sg(S::colon) > type >> -label >> -field_range])

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

GUIJU_DEFINE(version, node(N::version)[kw(K::version) > name >> -label >> -period >> *version_modifier > version_block])
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
                          -(sg(S::colon) > type) > sg(S::equals) > let_value >> *cite])
GUIJU_DEFINE(let_value, (shares_ahead >> shared) | value)
GUIJU_DEFINE(require, node(N::require)[kw(K::require) > declared_name > sg(S::colon) > expression >> *tail])

constexpr auto limit = node(N::limit)[kw(K::limit) > declared_name > sg(S::colon) > expression > counting_word >
                                      source >> -(kw(K::paying_the_rest) >> flag(kPayingTheRest)) >> *tail];
GUIJU_DEFINE(counting_word, op(K::counting) | op(K::summing))
// `other` before a name; elsewhere it is a name.
constexpr Ahead other_ahead{[](It t, const Builder& b) { return t->keyword == K::other && is_name(t + 1, b); }};
GUIJU_DEFINE(source, node(N::source)[-(other_ahead >> kw(K::other) >> flag(kOther)) >> sum >>
                                     -(node(N::for_clause)[kw(K::for_) > name > kw(K::in) > postfix] |
                                       node(N::as_clause)[kw(K::as) > name]) >>
                                     -node(N::where)[kw(K::where) > expression]])

constexpr auto quota = node(N::quota)[kw(K::quota) > declared_name >> -label >> *tail];
GUIJU_DEFINE(condition_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, condition_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(condition_item, let | require | node(N::drop)[kw(K::drop) > (op(K::require) | op(K::let)) > name])
constexpr auto each = node(N::each)[kw(K::each) > name > kw(K::in) > postfix >>
                                    -(kw(K::where) >> flag(kHasWhere) > expression) > condition_block];
constexpr auto conditions = node(N::conditions)[kw(K::conditions) > name >> -label > grouped_block];
GUIJU_DEFINE(grouped_block,
             sg(S::lbrace) >> *(recovering(Resume::statement, grouped_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(grouped_item,
             let | require | each | node(N::drop)[kw(K::drop) > (op(K::require) | op(K::let) | op(K::each)) > name])
constexpr auto part_block = node(N::part_block)[kw(K::part) > declared_name >> -label > part_block_body];
GUIJU_DEFINE(part_block_body,
             sg(S::lbrace) >> *(recovering(Resume::statement, part_block_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(part_block_item, grouped_item | node(N::meets)[kw(K::meets) > name_sequence] |
                                  node(N::pay)[kw(K::pay) >> -op(K::ceiling) > value])

constexpr auto amount = node(N::amount)[((kw(K::amount) >> -(op(K::ceiling) | op(K::average) | op(K::exact))) |
                                         op(K::charge) | op(K::deduction) | op(K::credit)) > amount_content >>
                                        *cite];
GUIJU_DEFINE(amount_content,
             (sg(S::equals) > value) | (sg(S::lbrace) >> flag(kMany) >>
                                        *(recovering(Resume::item, part) |
                                          Stray(Resume::item, "a part (name, `:`, value)", "分项(名称、`:`、值)")) >
                                        sg(S::rbrace) >> *(comma_adjustment | adjustment)))
GUIJU_DEFINE(part, (rest |
                    node(N::part)[declared_name > sg(S::colon) > expression >> -when >> *comma_adjustment >> -label]) >>
                       -(comma | sg(S::semicolon)))
GUIJU_DEFINE(value, node(N::value)[expression >> *comma_adjustment])
GUIJU_DEFINE(
    adjustment,
    node(N::adjust_cap)[op(K::at_most) > rounded >>
                        -((kw(K::reducing) > reduced_names) | (kw(K::in_proportion) >> flag(kInProportion))) >> -note] |
        node(N::adjust_cap)[op(K::at_least) > rounded >> -note] |
        node(N::adjust_round)[rounding_word > unary >> -note] | shared)
GUIJU_DEFINE(shared, node(N::adjust_shared)[kw(K::shared) > shares >> -note])
GUIJU_DEFINE(shares, (number >> *(sg(S::colon) > number) > kw(K::between) > node(N::name_list)[bearer_sequence] >
                      kw(K::remainder_to) > name) |
                         qualified_name)

constexpr auto payout = node(N::payout)[kw(K::payout) > name >> -label >> *cite];
constexpr auto documents = node(N::documents)[kw(K::documents) > document_block];
GUIJU_DEFINE(document_block, sg(S::lbrace) >> *(recovering(Resume::item, document) |
                                                Stray(Resume::item, "a document", "材料")) > sg(S::rbrace))
GUIJU_DEFINE(document, (rest | node(N::document)[name >> -label >> -when]) >> -comma)
constexpr auto ensure = node(N::ensure)[kw(K::ensure) >> optional_declared_name > expression >> -when];
constexpr auto leave = node(N::leave)[kw(K::leave) > name > kw(K::to_region) >> *(comma > cap_or_floor)];
GUIJU_DEFINE(cap_or_floor, node(N::adjust_cap)[(op(K::at_most) | op(K::at_least)) > rounded])
// Behind `drop grade` a name may be missing; what begins the next line is none.
constexpr Ahead on_line{[](It t, const Builder&) { return !t->first_on_line; }};
GUIJU_DEFINE(dropped, ((op(K::require) | op(K::limit) | op(K::let) | op(K::quota) | op(K::ensure) | op(K::comply) |
                        op(K::check) | op(K::gives) | op(K::table) | op(K::conditions) | op(K::each) | op(K::part) |
                        op(K::must) | op(K::must_not)) > name) |
                          (op(K::grade) >> -(on_line >> name)) | op(K::amount) | op(K::payout) | op(K::documents) |
                          op(K::deadline) | op(K::done))
constexpr auto must = node(
    N::must)[(op(K::must) | op(K::must_not) | op(K::advised)) > declared_name > sg(S::colon) > expression >> *tail];
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
GUIJU_DEFINE(test_subject, (plain_text >> -(kw(K::of) > qualified_name)) |
                               (qualified_name > kw(K::of_zh) > plain_text >> chinese_order))
GUIJU_DEFINE(test_block, sg(S::lbrace) >> *(recovering(Resume::statement, test_item) | stray_statement) > sg(S::rbrace))
GUIJU_DEFINE(test_item, node(N::test_expect)[kw(K::expect) > expectation >> *(comma > expectation)] |
                            node(N::test_but)[kw(K::but) > change >> *(comma > change)] |
                            node(N::test_given)[kw(K::given) > name > fact] | cite |
                            node(N::test_check)[kw(K::check) > expression] |
                            node(N::test_known_on)[kw(K::known_on) > date] | node(N::test_as_at)[kw(K::as_at) > date])
// `claims[2].state`; a list that is written anew has no point behind its bracket.
constexpr Ahead entry_ahead{[](It t, const Builder&) {
  return is_sign(t, S::lbracket) && t[1].kind == T::number && is_sign(t + 2, S::rbracket) && is_sign(t + 3, S::dot);
}};
constexpr auto change_entry =
    node(N::change_entry)[entry_ahead >> sg(S::lbracket) > number > sg(S::rbracket) > sg(S::dot) > qualified_name];
GUIJU_DEFINE(change, node(N::change)[qualified_name >> *change_entry > fact])

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
constexpr auto expected_state = node(N::expect_state)[op(K::unknown) | op(K::absent) | op(K::no_limit) |
                                                      op(K::not_found) | op(K::unclassified) | state_word];
GUIJU_DEFINE(expectation, node(N::expectation)[node(N::expect_top_up)[kw(K::top_up) > top_up_answer > kw(K::from) >
                                                                      kw(K::known_on) > date > kw(K::to) > date] |
                                               (word >> *(expected_state | word) >> -(expected_value | reasons))])
GUIJU_DEFINE(top_up_answer, expected_value | (qualified_name >> -reasons))
GUIJU_DEFINE(expected_value, node(N::expect_value)[plain_value >> -(sg(S::dot_dot) > upper_end)])
GUIJU_DEFINE(upper_end, node(N::no_limit)[kw(K::no_limit)] | plain_value)
GUIJU_DEFINE(reasons, node(N::reasons)[sg(S::lbrace) > qualified_name >> *(comma > qualified_name) > sg(S::rbrace)])

// ---- the file -------------------------------------------------------------------------------------------------------

constexpr auto use = node(N::use_file)[kw(K::use) > use_target];
GUIJU_DEFINE(declaration, use | enum_decl | scale_decl | unit_decl | record_decl | table | catalogue_decl |
                              standard_decl | program_decl | group_decl | target_decl | targets_decl | duty_decl |
                              test_decl | let)

GUIJU_DEFINE(file,
             *(recovering(Resume::declaration, declaration) | Stray(Resume::declaration, "a declaration", "声明")))

}  // namespace guiju::syntax::grammar
