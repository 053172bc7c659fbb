// Checked expressions: names resolved, types known, functions expanded, absent values handled. Lowering and the reference
// evaluator read them; neither sees syntax. All numbers are in canonical units (yuan, metre, kilogram, second, watt …).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "model/types.hpp"
#include "values/calendar.hpp"
#include "values/region.hpp"
#include "values/rounding.hpp"

namespace guiju::model {

struct Expr;
struct Field;
struct Let;
struct Table;
struct Catalogue;
struct Standard;
struct Choice;
struct Given;

// Where a fact is found: a given of the program (or standard), or the entry of the aggregate around, then fields inward.
struct Path {
  const Given* given = nullptr;      // one of given and entry is set
  const struct Entry* entry = nullptr;
  std::vector<const Field*> fields;
};

// The element that an aggregate, quantifier or `each` runs over.
struct Entry {
  std::string name;
  Type type;
};

// A text with holes, in one or both languages. Pieces alternate: text, hole, text, … ; holes are typed expressions.
struct TextPiece {
  std::string text;
  const Expr* hole = nullptr;  // shown after `text`; nullptr at the end
  bool this_version = false;   // the hole is {this version}: both days of the period
};
struct Template {
  std::vector<TextPiece> zh, en;  // either may be empty: then the other is shown
};

enum class Relation : std::uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };

// Operation, then its operands in `args`, then the members of Expr that it uses.
enum class ExprKind : std::uint8_t {
  error,
  // -- constants
  boolean,        // truth
  number,         // value
  date,           // day
  duration,       // months, days
  text,           // text (no holes)
  region,         // region
  member,         // member (index in type.enumeration)
  no_limit,       // bounds nothing; numeric, date or duration type
  absent,         // in cells and facts of tests
  // -- facts
  fact,           // path: a scalar field of a given, or a scalar given
  entry,          // path rooted in an Entry
  let,            // let: a named value of the version; evaluated once
  // -- arithmetic
  negate, add, subtract, multiply, divide,  // add and subtract also of two durations of one kind
  minimum, maximum,   // 2 or more operands: caps, floors, min(), max(); also dates
  absolute,
  round,          // args[0]; rounding, value = unit (canonical)
  ln,             // args[0]; rounding, value = unit
  power,          // args[0]; value = exponent; where it is no integer 0…6: rounding and rounding_unit
  steps,          // args[0] = X, value = S (canonical), truth = started (else full): number of steps; `R per started S of X` is multiply(R, steps)
  bands,          // args[0] = base; bands: rates and upper limits, each a constant
  // -- dates
  add_months, add_days, subtract_months, subtract_days,  // date, duration of that kind
  duration_times, // duration (args[0]) times a whole number (args[1]): 11 * 1 year
  full_years, full_months, started_years, days_between,  // from, to; edge
  span,           // from, to: only compared (TypeKind::span); of a table's key in months or days (duration): between two whole months half of one more
  year_of, start_of_year, end_of_year,
  // -- tests
  compare,        // relation; two numerics of one dimension, dates, or durations of one kind; equality also of texts, regions, booleans
  in_mask,        // args[0] enumerated (or a document: held, owed, refused); mask of members: `is`, `in {…}`, `or better` on enums and scales
  same_member,    // two enumerated values of one type that are not constant; relation equal or not_equal
  rank_compare,   // two values of one scale: args[0] `or better`/`or worse` than args[1]; relation in ranks (0 is best)
  in_set,         // args[0] in args[1…]: texts, regions, numbers, dates
  in_table,       // table; args are the keys: a row is hit
  in_catalogue,   // args[0] is listed in the catalogue on the day args[1]
  in_list,        // args[0] in list path
  within_region,  // args[0] in the area args[1]
  within_period,  // args[0] from args[1] to args[2], both ends in; an end may be no_limit
  within_window,  // args[0]; args[1] = months/days length; args[2] = date; window
  published_by,   // args[0] = day of publication: not after the day up to which the rules are known, if there is one
  exists,         // args[0] optional
  if_absent,      // args[0] optional, args[1]
  and_, or_, not_,
  // -- choices
  if_then,        // condition, then, otherwise
  choose,         // pairs condition, value; last may be alone (`otherwise`); exactly one may hold
  first_of,       // likewise; the first that holds
  // -- lists
  count_of, sum_of, min_of, max_of,   // list, where, term
  any_of, all_of, none_of,            // list, where = the condition
  // -- tables and standards
  cell,           // table, column; args are the keys
  grade,          // call: the grade (of the standard's scale)
  result_of,      // call: a result that StandardCall::result names
  is_unclassified,// args[0] = a grade; state (any where none)
  worst_of, best_of,  // values of one scale; absent ones drop out; an unclassified grade wins the first and is passed over by the second
  // -- open texts
  undecided,      // choice; args: what its readings give here
  not_found,      // choice (no readings); where candidates are known: mask of members, or args: the ends, or with `truth` a set,
                  // or one level: as good or better (relation less_equal), as bad or worse (greater_equal)
  discretion,     // choice: a truth that an officer settles
  // -- what is said (the state of facts)
  first_present,  // args, of optional type: the first that says something
  agreed,         // args, of optional type: what all that say something share
  is_unknown,     // args[0]: asked, and cannot be said
};

enum class GradeState : std::uint8_t { any, below, no_row, out_of_scope, no_figure };

enum class WindowKind : std::uint8_t { months_before, months_after, days_before, days_after, calendar_months_before, calendar_months_to };

struct Band {
  Rational rate;
  Rational up_to;        // canonical unit of the base
  bool has_limit = true; // the last band may be open (`above`)
};

// `grade of X by S`, `result NAME of X by S`, with the way to choose the edition.
struct StandardCall {
  const Standard* standard = nullptr;
  std::vector<Path> record_arguments;           // by given of the standard: for records
  std::vector<const Expr*> value_arguments;     // by given: for scalars; nullptr where the given is a record
  std::string edition;                          // `in edition NAME`; empty otherwise
  const Expr* as_at = nullptr;                  // `as at D`
  std::string result;                           // `result NAME of`; empty: the grade
};

struct Expr {
  ExprKind kind = ExprKind::error;
  Type type;
  Span span;
  std::vector<const Expr*> args;

  bool truth = false;
  Rational value;
  Rational rounding_unit;
  Rounding rounding = Rounding::down;
  Relation relation = Relation::equal;
  Edge edge = Edge::on_the_day;
  WindowKind window = WindowKind::months_before;
  GradeState state = GradeState::any;
  Day day = 0;
  std::int32_t months = 0, days = 0;
  Region region = 0;
  std::uint32_t member = 0;
  std::uint64_t mask = 0;
  std::string text;
  Path path;
  const Let* let = nullptr;
  const Table* table = nullptr;
  const Catalogue* catalogue = nullptr;
  std::uint32_t column = 0;
  std::vector<Band> bands;
  const Choice* choice = nullptr;
  // aggregates and quantifiers
  const Path* list = nullptr;       // owned by the Rulebook
  const Entry* item = nullptr;
  const Expr* where = nullptr;      // nullptr: every entry
  const Expr* term = nullptr;       // sum, min, max
  const StandardCall* call = nullptr;
};

// The expressions of a rulebook, in blocks that never move: by far the most of what checking makes, and gone as soon as
// there is a plan, so that they leave no holes between what stays.
class Expressions {
 public:
  Expr& emplace_back() {
    if (blocks_.empty() || blocks_.back().size() == kInBlock) blocks_.emplace_back().reserve(kInBlock);
    return blocks_.back().emplace_back();
  }
  [[nodiscard]] std::size_t size() const {
    return blocks_.empty() ? 0 : (blocks_.size() - 1) * kInBlock + blocks_.back().size();
  }
  void take_back_to(std::size_t kept) {  // the last ones
    while (size() > kept) {
      if (blocks_.back().empty()) blocks_.pop_back();
      blocks_.back().pop_back();
    }
  }
  [[nodiscard]] const std::vector<std::vector<Expr>>& blocks() const { return blocks_; }

 private:
  static constexpr std::size_t kInBlock = 256;
  std::vector<std::vector<Expr>> blocks_;
};

}  // namespace guiju::model
