// What the two halves of the checker share: declarations (declarations.cpp, programs.cpp, tests.cpp …) build scopes and statements,
// expressions (expressions.cpp, tables.cpp, gradings.cpp …) resolve what stands in them. Private to model/.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/check.hpp"
#include "model/rulebook.hpp"
#include "syntax/tree.hpp"

namespace guiju::model {

// A statement as it stands in a version after amending. `replaced` is the statement of the amended version that this one took the
// place of: `...` in this one stands for the items of the one literal of the same kind there.
struct Statement {
  const syntax::Tree* tree = nullptr;
  const syntax::Node* node = nullptr;
  const Statement* replaced = nullptr;
  bool unverified = false;                      // inherited by `amends X, rest unverified`
  const syntax::Node* home = nullptr;           // the version or edition in which it is written; nullptr outside of these
  bool narrows = false;                         // `leave` of a local file: the bounds of what it replaced hold too
};

// An item of a set, choice, grid, list of documents or parts; `...` already expanded.
struct Item {
  const syntax::Tree* tree = nullptr;
  const syntax::Node* node = nullptr;
  bool inherited = false;
  bool unverified = false;                      // kept by an amendment that leaves the rest unverified
  std::optional<Name> kept_name = {};           // of a part that replaces another and writes one of its names
};

struct Scope;

// A version or edition as it is written, with all of its statements, those taken over included.
struct Home {
  const syntax::Tree* tree = nullptr;
  const syntax::Node* node = nullptr;
  std::vector<const Statement*> body;
};

// A `let`, checked when first used (or at the end), so that order does not matter and circles are found.
struct LetEntry {
  Statement statement;
  Scope* scope = nullptr;                       // where its value is resolved
  enum State : std::uint8_t { unchecked, checking, done, failed } state = unchecked;
  enum Form : std::uint8_t { a_value, a_path, a_row, a_set, a_function, a_split } form = a_value;
  Let* let = nullptr;                           // a_value: in Version::lets / Edition::lets, or of a file
  Path path;                                    // a_path: a record or list found in the facts, `let m = claim.machine`
  const Table* table = nullptr;                 // a_row: `let r = rate(old.kind)`
  std::vector<const Expr*> keys;                // a_row
  std::vector<const Expr*> items;               // a_set
  std::optional<Shares> split;                  // a_split: `let by_province = shared 95 : 5 between …`
  Type type;
};

// A table, checked when first used, as a let is: its cells may name lets, and lets may look up tables.
struct TableEntry {
  Statement statement;
  Scope* scope = nullptr;
  enum State : std::uint8_t { unchecked, checking, done } state = unchecked;
  const Table* table = nullptr;                 // nullptr where it failed
};

// What a name stands for. `other`: declared by something faulty or not yet decided, which was reported where it stands; uses of it
// are errors without a further message.
struct Symbol {
  enum Kind : std::uint8_t {
    enumeration, record, unit, table, catalogue, standard, program, group, targets, let, given, entry, amount_part, grade,
    bound_path,    // path_ and type_: a field by its bare name in a record's own conditions, a record handed to a function
    bound_value,   // value_: a value handed to a function, the element of a quantifier over a set
    other
  } kind = other;
  std::string primary;
  Span span;
  const Enum* enumeration_ = nullptr;
  const Record* record_ = nullptr;
  const Table* table_ = nullptr;                // once it is checked …
  TableEntry* table_entry = nullptr;            // … else what to check on first use
  const Catalogue* catalogue_ = nullptr;
  const Standard* standard_ = nullptr;          // resolve_standard before its scale is read
  const Unit* unit_ = nullptr;
  const Program* program_ = nullptr;
  const Group* group_ = nullptr;
  const Targets* targets_ = nullptr;
  LetEntry* let_ = nullptr;
  const Given* given_ = nullptr;
  const Entry* entry_ = nullptr;
  const Let* stand_in = nullptr;                // amount_part, grade
  Path path_;                                   // bound_path
  Type type_;                                   // bound_path, amount_part, grade
  const Expr* value_ = nullptr;                 // bound_value
};

// What is known on the way to an expression: facts established by conditions before it (`x exists and …`, `when`, `require`).
struct Known {
  std::string path;                             // canonical key of a Path, see path_key
  bool exists = false;
  bool has_mask = false;
  std::uint64_t mask = 0;                       // the members it can be; of a truth: 1 no, 2 yes
  const Expr* condition = nullptr;              // instead of all that: a condition that holds
};

struct Scope {
  const Scope* parent = nullptr;
  std::size_t number = 0;                       // in Context::scopes
  std::map<std::string, Symbol, std::less<>> symbols;   // by every name and alias, NFC
  std::vector<Known> known;
  std::deque<Let>* lets = nullptr;              // where checked lets of this scope are kept, in order of evaluation
  const Version* version = nullptr;             // for `this version`
  const Edition* edition = nullptr;
  const Home* home = nullptr;                   // of that version or edition, at its own scope

  [[nodiscard]] const Symbol* find(std::string_view name) const;         // here, then outward
  [[nodiscard]] std::vector<std::string> visible_names() const;          // for suggestions and for cutting glued names
};

// What every function of the checker is handed.
struct Context {
  Context(const SourceSet& all_sources, Diagnostics& to, Rulebook& into) : sources(all_sources), diagnostics(to), rulebook(into) {}

  const SourceSet& sources;
  Diagnostics& diagnostics;
  Rulebook& rulebook;
  std::deque<Unit> declared_units;              // Symbol::unit_ points here
  BaseDimension next_dimension = kFirstDeclaredDimension;
  const std::vector<Module>* modules = nullptr;
  std::map<const syntax::Tree*, Language> languages;     // of untagged texts, by file
  std::map<std::string, FileId, std::less<>> declared_in;  // names of declarations: files see those of the files that they use
  std::deque<LetEntry> lets;
  std::deque<TableEntry> tables;
  std::deque<Statement> statements;                      // what Statement::replaced points to
  std::deque<Scope> scopes;
  std::map<const Standard*, std::function<void()>> unchecked_standards;  // taken out when the check of one begins
  std::set<const Standard*> standards_being_checked;
  std::set<std::string, std::less<>> faulty_results;     // of standards, but for a mistake that was told; tests may name them
  std::deque<Home> homes;                                // of the versions and editions, what Scope::home points to
  std::map<const syntax::Node*, const syntax::Node*> amended;  // the version or edition that each of them starts from
  // Open texts with a name: by the declaration that is read and the reading that was adopted there, which may be another in a later version.
  struct NamedChoice {
    Choice* choice = nullptr;
    Type type;
  };
  using ChoiceKey = std::tuple<const syntax::Node*, std::string, std::optional<std::string>>;
  std::map<ChoiceKey, NamedChoice> named_choices;
  unsigned depth = 0;                           // expressions being checked inside each other
  unsigned let_depth = 0;                       // lets being checked inside each other
  std::vector<const LetEntry*> lets_being_checked;
  unsigned expansions = 0;                      // calls of let functions so far

  // How much there is of everything that checking one programme makes. Choices stay: one that a function of the file leaves open is the
  // same in every programme.
  struct Mark {
    std::size_t lets, tables, statements, scopes, expressions, rule_tables, paths, entries, calls, tests, choices;
  };
  [[nodiscard]] Mark mark() const;
  void give_back(const Mark& mark);             // what was made since; nothing else may speak of it
};

// ---- provided by the declarations half ---------------------------------------------------------------------------------------
// `...` expanded through the whole chain of replaced statements; items written again after `...` take the place of the inherited.
// literal: a set, choose, first_of, documents, amount or grid node of `statement` (or the body of one).
[[nodiscard]] std::vector<Item> expanded_items(Context& context, const Statement& statement, const syntax::Node& literal);
[[nodiscard]] Name part_name(Context& context, const Item& item);  // of a part of an amount
// The statement in whose chain of replaced ones an expanded item is written: what to check the item with.
[[nodiscard]] Statement statement_of(const Statement& statement, const Item& item);
// The first clause of that kind (params, gives_columns, hit, table_otherwise) that holds for a table: its own, or where its grid keeps
// rows by `| ... |` and writes no such clause, that of the table it replaces. `node` is nullptr where there is none.
[[nodiscard]] Item table_clause(const Statement& table, syntax::NodeKind kind);
// Checks a standard before others read its scale; false where it is being checked, that is, needs its own grade (reported).
bool resolve_standard(Context& context, const Standard& standard);
[[nodiscard]] std::optional<Type> resolve_type(Context& context, const Scope& scope, const syntax::Tree& tree, const syntax::Node& type);
// Years, months or days; reports and gives no value where it is none of them.
[[nodiscard]] std::optional<DurationUnit> resolve_duration_unit(Context& context, const syntax::Tree& tree, const syntax::Node& unit);
// Any unit as written ("kW", "kWh/24h", "元", declared ones); reports and gives no value where it is unknown.
[[nodiscard]] std::optional<Unit> resolve_unit(Context& context, const Scope& scope, std::string_view written, Span span);
[[nodiscard]] Citation make_citation(Context& context, Scope& scope, const Statement& statement, const syntax::Node& cite);
[[nodiscard]] Label plain_label(Context& context, const syntax::Tree& tree, const syntax::Node* label);  // texts without holes
// Why what `rest unverified` takes over is unverified.
[[nodiscard]] Label not_compared_again();
[[nodiscard]] Name make_name(Context& context, const syntax::Tree& tree, const syntax::Node& declared_name);
// The same of the name of a statement: one that replaces another keeps all of its names where it writes one of them.
[[nodiscard]] Name name_of(Context& context, const Statement& statement, const syntax::Node& declared_name);

// ---- provided by the expressions half ----------------------------------------------------------------------------------------
struct Expected {
  enum Need : std::uint8_t { nothing, truth, number, type } need = nothing;  // what decides between a test and a cap for `at most`
  Type type_;                                                                // for `type`; enum members resolve by it first
  [[nodiscard]] static Expected anything() { return {}; }
  [[nodiscard]] static Expected a_truth() { return {truth, {}}; }
  [[nodiscard]] static Expected a_number() { return {number, {}}; }
  [[nodiscard]] static Expected of(Type t) { return {type, std::move(t)}; }
};
// Never nullptr: a fault is reported and gives ExprKind::error. A result of optional type is only given where Expected is `type`
// with optional set, or where `allow_optional`.
[[nodiscard]] const Expr* check_expression(Context& context, Scope& scope, const Statement& statement, const syntax::Node& expr,
                                           const Expected& expected, bool allow_optional = false);
// A `source` node of `limit` (op counting or summing) or of an aggregate (count_of …): a count_of, sum_of, min_of or max_of.
[[nodiscard]] const Expr* check_source(Context& context, Scope& scope, const Statement& statement, const syntax::Node& source,
                                       syntax::Keyword op);
// The first `is unknown` that the expression rests on, through lets; nullptr where there is none.
[[nodiscard]] const Expr* test_for_unknown(const Expr& expr);
// The number that an expression always is (canonical unit), looking through lets; no value where it depends on facts.
[[nodiscard]] std::optional<Rational> constant_number(const Expr& expr);
// A `value` node: the expression with its adjustments folded in (caps, floors, roundings as expressions).
[[nodiscard]] const Expr* check_value(Context& context, Scope& scope, const Statement& statement, const syntax::Node& value,
                                      const Expected& expected, bool allow_optional = false);
// A constant (literal, sign_literal, member, date, text …) of the given type; for ranges, steps and facts of tests.
[[nodiscard]] const Expr* check_constant(Context& context, const Scope& scope, const syntax::Tree& tree, const syntax::Node& lit, const Type& type);
[[nodiscard]] Template make_template(Context& context, Scope& scope, const Statement& statement, const syntax::Node& label);
// Checks it if it is not yet, with its citations; reports circles. The value lands in Scope::lets of its scope (a version, an edition, a
// programme, or Rulebook::lets for a file).
void resolve_let(Context& context, LetEntry& let);
const Table* resolve_table(Context& context, TableEntry& table);         // likewise
[[nodiscard]] Table* check_table(Context& context, Scope& scope, const Statement& statement);   // table_decl, file or version level
[[nodiscard]] Grading check_grading(Context& context, Scope& scope, const Statement& statement, const Edition& edition);
// After a requirement or inside a `when`: what holds once `condition` holds is known in `scope` from here on.
void narrow(Scope& scope, const Expr& condition, bool holds = true);
[[nodiscard]] std::string path_key(const Path& path);
// A path of names ("purchase.tier") to a Path; reports unknown names. For tests and expectations.
[[nodiscard]] std::optional<std::pair<Path, Type>> resolve_path(Context& context, const Scope& scope, const syntax::Tree& tree, const syntax::Node& qualified_name);

}  // namespace guiju::model
