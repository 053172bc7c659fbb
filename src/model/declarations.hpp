// What the files of the declarations half share: declarations as collected from the files, and the readers of names,
// days and statements. Private to model/.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/scope.hpp"

namespace guiju::model {

// A declaration of a file, under the name that all of the rulebook knows it by.
struct Declared {
  std::size_t module = 0;
  const syntax::Tree* tree = nullptr;
  const syntax::Node* node = nullptr;
  Name name;
  Symbol symbol;
  Scope* scope = nullptr;  // of its file
  // What it becomes, by its kind.
  Enum* enumeration = nullptr;
  Record* record = nullptr;
  Unit* unit = nullptr;
  Standard* standard = nullptr;
  Program* program = nullptr;
  Group* group = nullptr;
  Catalogue* catalogue = nullptr;
  Targets* targets = nullptr;
};

// ---- names (scope.cpp, names.cpp) --------------------------------------------------------------------------------
[[nodiscard]] bool is_built_in(std::string_view name);  // a type, function or outcome, in either language
[[nodiscard]] const syntax::Node* name_node(
    const syntax::Node& declaration);  // its first child, a name or declared_name; or nullptr
[[nodiscard]] std::vector<std::string> spellings(const Name& name);
// Before a colon every word is a name, but where it is used, a word of the language is read as that: told where it is
// declared. Between back-quotes it is a name everywhere.
void refuse_word_as_name(Context& context, Span span);
void refuse_words_as_names(Context& context, const Name& name);  // with its names in other languages
void append_spellings(std::vector<std::string>& to, const Name& name);
[[nodiscard]] std::optional<std::string> shared_spelling(const Name& a, const Name& b);
// Adds a name to a scope by all of its spellings. Reports a name that is taken in this scope, that hides one of a scope
// around it (enums and records may be hidden: an officer calls a given 旧车 of the record 旧车), or that the language
// itself uses.
void declare(Context& context, Scope& scope, const Name& name, Symbol symbol);
[[nodiscard]] Scope& new_scope(Context& context, const Scope* parent);
[[nodiscard]] std::string some_of(std::span<const std::string> names);  // as many as a line holds
void report_unknown(Context& context, Code code, Span span, std::string_view wanted,
                    std::span<const std::string> known);
// The same for a name that another file declares: says which, and how to use it. False, and silent, where none does.
bool report_unused_file(Context& context, Span span, std::string_view wanted);
// Where nothing in scope bears the name.
void report_unknown_name(Context& context, const Scope& scope, Span span, std::string_view wanted);
// A qualified_name of one name, as text; empty (and reported as unknown) where it has more.
[[nodiscard]] std::string dotted(const syntax::Tree& tree, const syntax::Node& qualified_name);
[[nodiscard]] bool is_word(std::string_view text, syntax::Keyword keyword);  // in either language
[[nodiscard]] std::string in_both_languages(syntax::Keyword word);           // "each 逐个"
[[nodiscard]] Type money_type();
[[nodiscard]] Language language_of(const Context& context, const syntax::Tree& tree);
// `unverified "…"` or `secondhand` after a day, a cap, a rounding or shares.
[[nodiscard]] Doubt read_note(Context& context, const syntax::Tree& tree, const syntax::Node& holder);
[[nodiscard]] std::vector<Citation> read_citations(Context& context, Scope& scope, const Statement& statement,
                                                   const syntax::Node& node);
void read_givens(Context& context, Scope& scope, const syntax::Tree& tree, const syntax::Node& params,
                 std::deque<Given>& givens);
// The dates that select a version or edition, of the one clause that says so; a second clause is reported.
[[nodiscard]] const syntax::Node* in_force_clause(Context& context, const syntax::Tree& tree, const syntax::Node& node);
[[nodiscard]] std::vector<const Expr*> read_in_force(Context& context, Scope& scope, const Statement& clause);

// ---- declarations.cpp --------------------------------------------------------------------------------------------
void fill_enums(Context& context, std::span<const Declared> all);
void fill_units(Context& context, std::span<const Declared> all);
void fill_records(Context& context, std::span<const Declared> all);

// ---- catalogues.cpp ----------------------------------------------------------------------------------------------
void read_catalogues(Context& context, std::span<const Declared> all);

// ---- amend.cpp ---------------------------------------------------------------------------------------------------
using Body = std::vector<const Statement*>;
// The statements of a version or edition (`home`), those of the amended one merged in.
// `program`: of the version; a `leave` that comes from another programme keeps its bounds. `drops`: what it drops.
struct Drop {
  Statement where;
  const Statement* dropped = nullptr;
};
[[nodiscard]] bool is_statement(syntax::NodeKind kind);  // of a version or edition; not what stands in its header
[[nodiscard]] Body merge_body(Context& context, const syntax::Tree& tree, const syntax::Node& home, const Body& amended,
                              const syntax::Node* program = nullptr, std::vector<Drop>* drops = nullptr);
// The lets and requirements of a block of a version (`each`, `conditions`, `part`), one by one in the place of those of
// the block that it replaced. With `drops` only what it drops is told, and no mistake: who reads the block does that.
[[nodiscard]] Body members_of(Context& context, const Statement& block, std::vector<Drop>* drops = nullptr);
// `nodes` (versions of one programme, or editions of one standard) so that each stands after the one it amends; circles
// and unknown names are reported, and their `amends` is then left aside. amended[i] is an index into nodes or npos.
struct AmendOrder {
  std::vector<std::size_t> order;
  std::vector<std::size_t> amended;
};
inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);
// `elsewhere`: what may be amended besides, "appliance_trade_in.y2024"; amended[i] is then npos.
[[nodiscard]] AmendOrder amend_order(Context& context, const syntax::Tree& tree,
                                     std::span<const syntax::Node* const> nodes,
                                     std::span<const std::string> elsewhere = {});

// ---- periods.cpp -------------------------------------------------------------------------------------------------
[[nodiscard]] Bound read_day(Context& context, Scope& scope, const syntax::Tree& tree, const syntax::Node& day);
void read_period(Context& context, Scope& scope, const syntax::Tree& tree, const syntax::Node* period, Bound& from,
                 Bound& to);
// What versions and editions have in common in time.
struct Dated {
  std::string name;
  Bound from, to;
  std::vector<std::string> supersedes;
  bool conditional = false;  // an edition with `for`
  Span span;
  std::vector<Bound> beside;  // other days: published, suspended
};
void check_days(Context& context, std::span<const Dated> dated, bool gaps_matter = true);
[[nodiscard]] std::string shown_days(const Dated& dated);  // "2024-01-01 – …"
// Those of `all` that hold on some day of `wanted`; not one that another of them supersedes on every such day.
[[nodiscard]] std::vector<std::size_t> on_days_of(std::span<const Dated> all, const Dated& wanted);
[[nodiscard]] bool covers(const Dated& whole, const Dated& part);  // every day of `part`

// What stands before the braces of versions and editions, and their own citations.
template <class T>  // Version or Edition
void read_header(Context& context, Scope& scope, const syntax::Tree& tree, const syntax::Node& node, T& target);
template <class T>
[[nodiscard]] Dated dated_of(const T& t, bool conditional) {
  Dated dated{t.name, t.from, t.to, t.supersedes, conditional, t.span, {t.published}};
  for (const Suspension& s : t.suspensions) dated.beside.insert(dated.beside.end(), {s.from, s.to});
  return dated;
}

// ---- statements (statements.cpp, amounts.cpp) --------------------------------------------------------------------
[[nodiscard]] std::optional<Requirement> read_requirement(Context& context, Scope& scope, const Statement& statement);
// Text after `otherwise` and citations of a statement; those of the replaced one stay where it says `otherwise ...`.
void read_tail(Context& context, Scope& scope, const Statement& statement, Template& reason,
               std::vector<Citation>& citations);
// A kept statement whose figures nobody has checked again, and that has no citation of its own to say so, stands on the
// papers of the version where it was written.
void add_home_citations(Context& context, Scope& scope, const Statement& statement, std::vector<Citation>& citations);
[[nodiscard]] std::optional<Amount> read_amount(Context& context, Scope& scope, const Statement& statement);
// ---- shares.cpp --------------------------------------------------------------------------------------------------
// Shares that are written out, in a `let` or after an amount.
[[nodiscard]] std::optional<Shares> read_split(Context& context, const syntax::Tree& tree, const syntax::Node& node);
// After an amount: written out, or the name of a `let`.
[[nodiscard]] std::optional<Shares> read_shares(Context& context, const Scope& scope, const syntax::Tree& tree,
                                                const syntax::Node& node);

// Says of parts that are written as blocks what is said of the whole: what kind of amount it is, bounds, shares.
void read_amount_of_parts(Context& context, Scope& scope, const Statement& statement, Amount& amount);
// What is left open by the papers may decide an amount, not that nobody can say it; reported where it does.
[[nodiscard]] bool asks_for_state(Context& context, const Amount& amount);
// Where a part or the whole is rounded to a coarser unit after something in it was rounded to a finer one.
void warn_of_rounding_twice(Context& context, const Amount& amount);
[[nodiscard]] std::vector<Adjustment> read_part_adjustments(Context& context, Scope& scope, const Statement& place,
                                                            const syntax::Node& holder);
// The whole of the amount, and one part, as expressions.
[[nodiscard]] const Expr* total_of(Context& context, Scope& scope, const Statement& place, const Amount& amount);
[[nodiscard]] const Expr* value_of(Context& context, Scope& scope, const Statement& place, const Part& part);
// Declares the lets and tables of a body in its scope, so that order does not matter.
struct BodyNames {
  std::map<const Statement*, LetEntry*> lets;
  std::map<const Statement*, TableEntry*> tables;
};
void read_let(Context& context, Scope& scope, const BodyNames& names, const Statement& statement);
[[nodiscard]] const Table* read_table(Context& context, const BodyNames& names, const Statement& statement);
[[nodiscard]] BodyNames declare_body(Context& context, Scope& scope, const Body& body);
void report_twice(Context& context, Span span, std::string_view name, Span first);
// A clause that counts once (a range, a step, what is said `otherwise`) and is written again, anywhere below the node.
void hold_clauses_once(Context& context, const syntax::Tree& tree, const syntax::Node& node);  // once.cpp

// ---- blocks of conditions (conditions.cpp, parts.cpp) ------------------------------------------------------------
// `each x in list { … }`: requirements that must hold for every entry; none where the list is none.
[[nodiscard]] std::vector<Requirement> read_each(Context& context, Scope& scope, const Statement& block,
                                                 Version& version);
// `conditions c { … }`: asked for by the parts that meet them.
struct ConditionGroup {
  Name name;
  std::vector<Requirement> requirements;
  bool used = false;
  Span span;
};
[[nodiscard]] ConditionGroup read_conditions(Context& context, Scope& scope, const Statement& block, Version& version);
// The lets and requirements of a block into `requirements`; `scope` knows afterwards that they hold.
void read_members(Context& context, Scope& scope, const Statement& block, Version& version,
                  std::vector<Requirement>& requirements);
// `part p { … pay … }`; `scope` is where its figures are read.
struct PartBlock {
  Part part;
  Scope* scope = nullptr;
};
[[nodiscard]] std::optional<PartBlock> read_part_block(Context& context, Scope& scope, const Statement& block,
                                                       Version& version, std::vector<ConditionGroup>& groups);

// ---- programmes, standards, tests --------------------------------------------------------------------------------
// `checked`, where it is given, is called after each, with the mark before it.
using ProgramChecked = std::function<void(const Declared& program, const Context::Mark& before)>;
void check_programs(Context& context, std::span<const Declared> all, const ProgramChecked& checked);
void prepare_standard(Context& context, const Declared& declared);  // givens, and the scale as far as it is written
void check_standards(Context& context, std::span<const Declared> all);
// After the programmes.
void check_groups(Context& context, std::span<const Declared> all);
// Exclusions by which an earlier grant counts become requirements of both of their programmes (exclusions.cpp).
void hold_exclusions(Context& context, Group& group);
// Of a condition of the group: the exclusion as far as it goes by `when`.
void read_exclusion_condition(Context& context, Scope& scope, const Statement& statement, const syntax::Node& condition,
                              const Group& group, Exclusion& exclusion);
void check_targets(Context& context, std::span<const Declared> all);
// Checks the tests of a programme that is checked; nullptr: all that are left.
using TestsChecker = std::function<void(const Program* program)>;
[[nodiscard]] TestsChecker tests_checker(Context& context, std::span<const Declared> tests);

// ---- duties.cpp --------------------------------------------------------------------------------------------------
// Reads `must`, `deadline` or `done when` into a version of a duty; false for other statements.
bool read_duty_statement(Context& context, Scope& scope, const Statement& statement, Version& version);
// True, and reported, where the statement belongs to the other kind of declaration.
bool wrong_kind(Context& context, const Statement& statement, bool duty);
void read_bearers(Context& context, Scope& scope, const syntax::Tree& tree, const syntax::Node& node, Program& duty);

// Whose test it is; all nullptr where it only checks expressions.
struct Subject {
  const Program* program = nullptr;
  const Standard* standard = nullptr;
  const Group* group = nullptr;
  const Targets* targets = nullptr;
  [[nodiscard]] const std::deque<Given>* givens() const {
    if (targets != nullptr) return &targets->givens;
    if (group != nullptr) return &group->case_givens;
    return program != nullptr ? &program->givens : standard != nullptr ? &standard->givens : nullptr;
  }
};
// A fact as a test writes it, held against its type. `may_be_absent`: optional, or with a condition of its own.
[[nodiscard]] TestFact read_fact(Context& context, const Scope& scope, const syntax::Tree& tree,
                                 const syntax::Node& node, const Type& type, bool may_be_absent);
[[nodiscard]] std::optional<Expectation> read_expectation(Context& context, const Scope& scope,
                                                          const syntax::Tree& tree, const syntax::Node& node,
                                                          const Subject& subject);

// ---- leave.cpp, left_use.cpp, regions.cpp
// -------------------------------------------------------------------------------------- The open value of a `leave`
// that no `let` gives.
[[nodiscard]] const Expr* left_value(Context& context, LetEntry& let);
// Holds what a `let` gives against what was left.
void check_left(Context& context, Scope& scope, const Statement& leave, Version& version);
// What a local file writes in place of what is made of such a value has to be made of it, too; nor can it be dropped.
void check_left_is_used(Context& context, const Scope& scope, const Body& body, const std::vector<Drop>& drops);
// The programme in whose version it is written; nullptr outside of these.
[[nodiscard]] const syntax::Node* program_of(const Statement& statement);
// Warns of a code whose province does not exist.
void check_province(Context& context, Region code, Span span);

}  // namespace guiju::model
