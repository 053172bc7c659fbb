// The checker of expressions: one object for one place (a scope, a statement, a file), its members split over the files
// of this folder by subject. Private to model/.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/scope.hpp"

namespace guiju::model {

// What a name, a path or a call stands for before it is used as a value.
struct Resolved {
  enum Kind : std::uint8_t {
    fault,        // reported already
    value,        // expr
    fact,         // path, type: a fact, a record or a list
    row,          // table, keys: a look-up whose column is still to be named
    table,        // table, by its name alone and with keys as arguments
    catalogue,    // catalogue
    set,          // items, type
    enumeration,  // enumeration
    function,     // let
  } kind = fault;
  const Expr* expr = nullptr;
  Path path;
  Type type;
  const Table* table_ = nullptr;
  const Catalogue* catalogue_ = nullptr;
  std::vector<const Expr*> keys;
  std::vector<const Expr*> items;
  const Enum* enumeration_ = nullptr;
  LetEntry* let = nullptr;
};

// What an `undecided` speaks of: itself alone, or what all that bear its name in a version or declaration write of it.
struct OpenText {
  struct Place {
    const syntax::Tree* tree = nullptr;
    const syntax::Node* node = nullptr;
    const syntax::Node* home = nullptr;  // the version or edition in which it is written
  };
  const syntax::Node* declaration = nullptr;  // the one that is read
  std::string name;                           // empty where it has none
  std::vector<Place> places;                  // those of the version itself first, then of the one that it amends …
};

inline constexpr unsigned kMaxDepth = 400;          // expressions inside each other, through lets and functions
inline constexpr unsigned kMaxLetDepth = 100;       // lets that wait for each other
inline constexpr unsigned kMaxExpansions = 20'000;  // calls of let functions in one rulebook
inline constexpr std::size_t kMaxExpressions = 4'000'000;
inline constexpr std::string_view kItSymbol = " it";  // `it` in a scope; no name has a blank

class Checker {
 public:
  Checker(Context& context, Scope& scope, const Statement& statement, const syntax::Tree& tree)
      : context_(context), scope_(scope), statement_(statement), tree_(tree) {}

  // The same place with another scope (narrowed, or with an entry), or in another file (an inherited item).
  [[nodiscard]] Checker inside(Scope& scope) const { return {context_, scope, statement_, tree_}; }
  [[nodiscard]] Checker in_file(const syntax::Tree& tree) const { return {context_, scope_, statement_, tree}; }
  // A scope below this one, to be kept by the caller.
  [[nodiscard]] Scope below() const;

  // expressions.cpp
  // -------------------------------------------------------------------------------------------------------- Checked
  // against what is expected, absent values refused unless allowed.
  const Expr* check(const syntax::Node& node, const Expected& expected, bool allow_optional = false);
  const Expr* check_value(const syntax::Node& node, const Expected& expected, bool allow_optional = false);
  const Expr* condition(const syntax::Node& node) { return check(node, Expected::a_truth()); }
  // Whatever it is; `hint` settles names, regions and caps but is not demanded. May be optional, a record or a list.
  const Expr* infer(const syntax::Node& node, const Expected& hint);
  // The same where absent values, records and lists are refused.
  const Expr* operand(const syntax::Node& node, const Expected& hint);
  const Expr* side(const syntax::Node& node, const Expected& hint);  // of a comparison: a span may stand there
  const Expr* measured(const Expr* expr, const Span& span);          // refuses spans
  const Expr* constant(const syntax::Node& node, const Type& type);
  const Expr* fit(const Expr* expr, const Expected& expected, const Span& span);
  const Expr* present(const Expr* expr, const Span& span);
  const Expr* scalar(const Expr* expr, const Span& span);
  // Several expressions that must be of one type (branches, items, readings); those without a type of their own come
  // last.
  struct Alternative {
    const syntax::Node* node = nullptr;
    const syntax::Tree* tree = nullptr;
    Scope* scope = nullptr;
    const Expr* expr = nullptr;
  };
  Type unify(std::vector<Alternative>& alternatives, const Expected& expected);

  // references.cpp
  // --------------------------------------------------------------------------------------------------------------
  Resolved resolve(const syntax::Node& node, const Expected& hint);
  const Expr* as_value(const Resolved& resolved, const Span& span);
  std::optional<std::pair<Path, Type>> path_of_names(const syntax::Node& qualified_name);
  Resolved resolve_names(const syntax::Node& qualified_name, const Expected& hint);
  Type type_of(const Path& path) const;
  bool known_to_exist(const Path& path) const;
  bool known_to_exist_key(const std::string& key) const;
  std::uint64_t possible(const std::string& key) const;
  bool known_condition(const std::string& condition) const;
  [[nodiscard]] std::string set_meant(const syntax::Node& node, const Expr& first) const;
  [[nodiscard]] std::vector<std::string> all_candidates(const Expected& hint) const;
  void report_unknown(std::string_view name, const Span& span, const Expected& hint);
  const Expr* member(const Enum& enumeration, std::uint32_t index, const Span& span);
  std::vector<const Enum*> visible_enumerations() const;
  // The one visible enum or scale that has all of these members.
  const Enum* enumeration_of(const std::vector<std::string>& names) const;

  // calls.cpp
  // --------------------------------------------------------------------------------------------------------------
  Resolved call(const syntax::Node& node, const Expected& hint);
  const Expr* grade_of(const syntax::Node& node);
  const Expr* result_of(const syntax::Node& node, StandardCall call);
  const Expr* rounded_function(const syntax::Node& node, Rounding mode, const Rational& unit, const Span& span);
  static bool needs_rounding(const syntax::Node& node, const syntax::Tree& tree);

  // arithmetic.cpp
  // ---------------------------------------------------------------------------------------------------------
  const Expr* binary(const syntax::Node& node, const Expected& hint);
  const Expr* negated(const syntax::Node& node, const Expected& hint);
  const Expr* negated_value(const Expr* value, const Span& span);
  const Expr* of(const syntax::Node& node);
  const Expr* counted_in(const syntax::Node& node);
  const Expr* length_counted_in(const Expr& length, const syntax::Node& unit_node, const Span& place);
  const Expr* power(const syntax::Node& node);
  const Expr* rounded(const syntax::Node& node);
  const Expr* bands(const syntax::Node& node);
  const Expr* add(const Expr* left, const Expr* right, bool minus, const Span& span);
  const Expr* multiply(const Expr* left, const Expr* right, const Span& span);
  const Expr* divide(const Expr* left, const Expr* right, const Span& span);
  const Expr* extremum(ExprKind kind, std::vector<const Expr*> args, const Span& span);
  const Expr* round(const Expr* value, Rounding mode, const Rational& unit, const Span& span);
  std::optional<Rational> rounding_unit(const syntax::Node& node, const Type* of);
  const Expr* adjusted(const Expr* value, const syntax::Node& adjustment);

  // dates.cpp
  // --------------------------------------------------------------------------------------------------------------
  const Expr* add_duration(const Expr* date, const Expr* duration, bool minus, const Span& span);
  const Expr* add_durations(const Expr* left, const Expr* right, bool minus, const Span& span);
  const Expr* elapsed(const syntax::Node& node);
  const Expr* full(const syntax::Node& node);
  const Expr* within(const syntax::Node& node);
  const Expr* elapsed_between(ExprKind kind, const Expr* from, const Expr* to, Edge edge, const Span& span);
  const Expr* relate_span(const Expr* left, Relation relation, const Expr* right, const Span& place);
  // The key of a table that holds durations of this kind: a span is measured in it.
  const Expr* duration_key(const syntax::Node& node, const Type& type, bool allow_optional);
  const Expr* span_as_key(const Expr* value, DurationKind kind, const Span& place);

  // comparisons.cpp
  // --------------------------------------------------------------------------------------------------------
  const Expr* compare(const syntax::Node& node, const Expected& hint);
  const Expr* is(const syntax::Node& node);
  const Expr* is_state(const syntax::Node& node);
  const Expr* in(const syntax::Node& node);
  const Expr* in_catalogue(const Expr* left, const Catalogue& catalogue, const syntax::Node& node);
  const Expr* exists(const syntax::Node& node);
  const Expr* if_absent(const syntax::Node& node, const Expected& hint);
  const Expr* logic(const syntax::Node& node);
  const Expr* relate(const Expr* left, Relation relation, const Expr* right, const Span& span);
  const Expr* is_members(const Expr* left, const Expr* right, syntax::Keyword or_what, const Span& span);
  const Expr* in_items(const Expr* left, const std::vector<const Expr*>& items, const Span& span);
  const Expr* negation(const Expr* truth, const Span& span);
  std::pair<const Expr*, const Expr*> both_sides(const syntax::Node& left, const syntax::Node& right,
                                                 const Expected& hint);

  // lists.cpp
  // --------------------------------------------------------------------------------------------------------------
  const Expr* source(const syntax::Node& node, syntax::Keyword op, const Span& span);
  const Expr* quantifier(const syntax::Node& node);
  const Expr* extreme(const syntax::Node& node);
  std::vector<const Expr*> set_items(const syntax::Node& node, const Expected& hint, Type& type);
  std::optional<std::vector<const Expr*>> items_of(const syntax::Node& node, const Expected& hint, Type& type);
  const Entry* enter(Scope& scope, const Type& list, const std::string& as);

  // other.cpp
  // --------------------------------------------------------------------------------------------------------------
  // The entry is not that of the case being decided: what `other` before a list says, and an exclusion of earlier
  // grants.
  const Expr* is_other(const Entry& entry, const Span& span);

  // choices.cpp
  // ------------------------------------------------------------------------------------------------------------
  const Expr* if_then(const syntax::Node& node, const Expected& hint);
  const Expr* choose(const syntax::Node& node, const Expected& hint);
  const Expr* undecided(const syntax::Node& node, const Expected& hint);
  const Expr* not_found(const syntax::Node& node, const Expected& hint);
  const Expr* discretion(const syntax::Node& node);
  Choice* choice_of(const syntax::Node& node, const OpenText& text, const std::vector<std::string>& labels,
                    const Type& type);
  Label reading_text(const OpenText& text, const std::string& called);
  bool same_choice(const Context::NamedChoice& entry, const std::string& name, const std::vector<std::string>& labels,
                   const Type& type, const Span& place);
  const Expr* candidates(const syntax::Node& node, const Expected& hint);
  const Expr* typeless(const syntax::Node& node, ExprKind kind, const Expected& hint);

  // open_texts.cpp
  // ---------------------------------------------------------------------------------------------------------
  OpenText open_text(const syntax::Node& node) const;

  // said.cpp
  // ---------------------------------------------------------------------------------------------------------------
  const Expr* is_unknown(const syntax::Node& node);
  const Expr* said_by_papers(const syntax::Node& node, const Expected& hint);

  // texts.cpp
  // --------------------------------------------------------------------------------------------------------------
  Template label(const syntax::Node& node);
  std::vector<TextPiece> pieces(const syntax::Node& text);
  std::string plain_text(const syntax::Node& text);
  const Expr* text(const syntax::Node& node);

  // making and reporting
  // ---------------------------------------------------------------------------------------------------
  Expr& make(ExprKind kind, Type type, const Span& span, std::vector<const Expr*> args = {});
  const Expr* number(const Rational& value, const Type& type, const Span& span);
  const Expr* folded(const std::optional<Rational>& value, const Type& type, const Span& span);  // reports overflow
  const Expr* truth(bool value, const Span& span);
  const Expr* date(Day day, const Span& span);
  const Expr* faulty(const Span& span);
  const Expr* fail(Code code, const Span& span, std::vector<std::string> arguments = {},
                   std::vector<RelatedPlace> related = {});
  void warn(Code code, const Span& span, std::vector<std::string> arguments = {});
  [[nodiscard]] Span span(const syntax::Node& node) const;
  const Expr* units_differ(const Expr& left, const Expr& right, const Span& place);
  [[nodiscard]] std::string in_unit(const Expr& expr, const Unit& unit) const;
  [[nodiscard]] std::string written(const Span& span) const;  // as the rule file has it, on one line, shortened
  [[nodiscard]] std::string spelled(const syntax::Node& unit) const;
  std::optional<Unit> unit(const syntax::Node& unit_expr);
  [[nodiscard]] std::string_view name(const syntax::Node& name_node) const { return tree_.name_text(name_node); }

  [[nodiscard]] Context& context() { return context_; }
  [[nodiscard]] Scope& scope() { return scope_; }
  [[nodiscard]] const Statement& statement() const { return statement_; }
  [[nodiscard]] const syntax::Tree& tree() const { return tree_; }

 private:
  const Expr* adjusted_value(const syntax::Node& node, const Expected& hint);
  const Expr* inner_value(const syntax::Node& node, const Expected& hint);
  const Expr* dispatch(const syntax::Node& node, const Expected& hint);
  const Expr* literal(const syntax::Node& node, const Expected& hint);
  const Expr* quantity(const syntax::Literal& literal, const Span& span);
  Resolved resolve_name(std::string_view name, const Span& span, const Expected& hint);
  Resolved resolve_symbol(const Symbol& symbol, const Span& span);
  Resolved resolve_let_use(LetEntry& let, const Span& span);
  [[nodiscard]] Span span_to_end(const syntax::Node& node, const syntax::Node& name_node) const;
  [[nodiscard]] std::string with_glued_sign(const syntax::Node& node, const syntax::Node& name_node) const;
  Resolved resolve_member(const Resolved& left, std::string_view name, const Span& name_span, const Span& span);
  Resolved column_of(const Table& table, std::vector<const Expr*> keys, std::string_view column, const Span& name_span,
                     const Span& span);
  Resolved of_path(Path path);
  Resolved of_value(const Expr* expr);
  Resolved of_table(const Table& table);
  bool implied(const Expr& condition, const Path& container) const;
  bool refuted(const Expr& condition, const Path& container) const;
  const Expr* built_in(int function, const syntax::Node& node);
  Resolved expand(LetEntry& function, const syntax::Node& node, const Expected& hint);
  Resolved look_up(const Table& table, const syntax::Node& node);
  const Expr* measured_step(const syntax::Node& per, const syntax::Node& base, const Span& span);

  Context& context_;
  Scope& scope_;
  const Statement& statement_;
  const syntax::Tree& tree_;
};

// What holds once `condition` is `holds` (narrowing.cpp).
[[nodiscard]] std::vector<Known> facts_of(const Expr& condition, bool holds);
// A canonical text of what an expression says, with `self` standing for `container`; empty where two such texts would
// not prove anything.
[[nodiscard]] std::string canonical(const Expr& expr, const Entry* self = nullptr, const Path* container = nullptr);
[[nodiscard]] std::string key_of(const Expr& expr);        // of a fact, an entry's field or a let; empty otherwise
[[nodiscard]] const Expr& through_lets(const Expr& expr);  // the value that a chain of names stands for
// The finest unit to which some of this value was rounded already; names, caps, sums and choices are passed through.
[[nodiscard]] std::optional<Rational> finest_rounding(const Expr& value, unsigned depth = 0);
// The expression of a value without adjustments, parentheses taken off; and whether it may name a record, a list or a
// row, which is no value but a name for what is inside.
[[nodiscard]] const syntax::Node& bare_expression(const syntax::Node& value);
[[nodiscard]] const syntax::Node& without_parentheses(const syntax::Node& node);
[[nodiscard]] bool may_name_a_thing(const syntax::Node& node);
[[nodiscard]] std::uint64_t all_members(const Enum& enumeration);
[[nodiscard]] std::optional<std::uint32_t> member_index(const Enum& enumeration, std::string_view name);
[[nodiscard]] bool is_called(const Name& name, std::string_view wanted);
[[nodiscard]] const Field* find_field(const Record& record, std::string_view wanted);  // nullptr: none
[[nodiscard]] inline bool faulted(const Expr& a) {                                     // reported already
  return a.type.kind == TypeKind::error;
}
[[nodiscard]] inline bool faulted(const Expr& a, const Expr& b) {
  return faulted(a) || faulted(b);
}
[[nodiscard]] bool is_constant(const Expr& expr);
[[nodiscard]] bool is_date(const Expr& expr);
[[nodiscard]] std::uint64_t mask_from(const Enum& scale, std::uint32_t member, bool better);
[[nodiscard]] std::optional<Rounding> rounding_of(syntax::Keyword keyword);
[[nodiscard]] bool is_numeric(const Type& type);
[[nodiscard]] Type number_type(bool integer = false);
[[nodiscard]] Type simple_type(TypeKind kind);
[[nodiscard]] Type enumerated_type(const Enum& enumeration);
[[nodiscard]] Type duration_type(DurationKind kind);
[[nodiscard]] std::string unit_name(const Unit& unit);
[[nodiscard]] std::string nfc(std::string_view text);

}  // namespace guiju::model
