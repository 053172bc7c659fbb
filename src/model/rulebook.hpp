// The checked rulebook: what the rule files declare, with names and types resolved and amendments merged. Immutable after checking.
// Every pointer in it points into the same Rulebook, which owns everything.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/expression.hpp"
#include "values/amount_kind.hpp"

namespace guiju::model {

// `Vehicle / zh 机动车 "…"`: reports, plan and JSON use `primary`; either may be written in rules.
struct Alias {
  std::string language, name;
  Span span{};
};
struct Name {
  std::string primary;
  std::vector<Alias> aliases;
  Span span;
};
struct Label {
  std::string zh, en;  // either may be empty
};

struct Citation {
  Template title;
  std::vector<Template> articles;
  enum Check : std::uint8_t { unchecked, verified, unverified, secondhand } check = unchecked;
  std::optional<Day> verified_on, verified_until;
  Label note;  // why unverified
  Span span;
};
// A figure, a day or a clause that nobody has checked against the notice; shown in the answer that used it.
struct Doubt {
  bool doubtful = false;
  Label note;
  bool secondhand = false;                    // taken from another source than the notice
};

struct Member {
  Name name;
  Label label;
  bool floor = false;
};
struct Enum {
  Name name;
  Label label;
  bool scale = false;
  bool best_first = false;          // scale … from best
  std::vector<Member> members;      // at most 60; as written
  Span span;
  // Members in the order from best to worst; for scales only. The floor, if any, is the worst.
  std::vector<std::uint32_t> best_to_worst;
};

struct Field {
  Name name;
  Label label;
  Type type;
  std::optional<Rational> least, most;        // numeric, canonical units
  std::optional<Day> first_day, last_day;     // date fields
  std::optional<Rational> step;               // `step` or `declared to`, canonical units: the resolution of the fact
  const Expr* when = nullptr;                 // over an Entry of the record's own type; otherwise the field is absent
  const Entry* when_self = nullptr;           // that Entry
  Label ask, at;
  bool unknowable = false, changeable = false, key = false;
  bool any_unit = false;                      // a figure of a target: each target has a unit of its own
  const Record* owner = nullptr;
  std::uint32_t index = 0;                    // in owner->fields
};
struct Record {
  Name name;
  Label label;
  std::deque<Field> fields;
  Span span;
};

struct Given {
  Name name;
  Type type;
  Label label;
  std::uint32_t index = 0;
  // A day that the host sets beside the facts (Options::as_at): as it is, or absent where there is none.
  enum HostDay : std::uint8_t { no_day, as_at, as_at_if_set } host_day = no_day;
  Span span;
  // A given that is itself a scalar behaves like a field: its own Field carries the label and domain.
};

// One key cell of a table row.
struct Pattern {
  enum Kind : std::uint8_t { any, member_set, interval, text_set, region_set, absent, truth } kind = any;
  bool negated = false;
  std::uint64_t mask = 0;                     // member_set, truth (1 false, 2 true)
  struct Interval {
    std::optional<Rational> low, high;        // canonical units; dates as day numbers, durations as months or days
    bool low_open = false, high_open = false;
  };
  std::vector<Interval> intervals;            // any of them
  std::vector<std::string> texts;
  std::vector<Region> regions;
};
struct ResultCell {
  enum Kind : std::uint8_t { value, not_entitled, absent, no_limit } kind = value;
  const Expr* expr = nullptr;                 // value; constant unless written `= …`; may be a not_found
  Template reason;                            // not_entitled
  Doubt doubt;
};
struct Row {
  std::vector<Pattern> keys;
  std::vector<ResultCell> results;
  Citation::Check check = Citation::unchecked;
  Label note;
  Span span;
};
struct Column {
  std::string name;
  Type type;
};
struct Table {
  Name name;
  Label label;
  std::vector<const Expr*> key_paths;         // tables without `given`: what is looked up; empty where keys are arguments
  std::vector<Column> keys;
  std::vector<Column> results;
  std::vector<Row> rows;
  bool first_hit = false;
  enum Otherwise : std::uint8_t { gap, refuse, value } otherwise = gap;
  Template refuse_reason;                     // otherwise not entitled "…"
  const Expr* otherwise_value = nullptr;
  std::vector<Citation> citations;
  Span span;
};

// One row of a catalogue: from a day on, to the day before it is taken off.
struct Listing {
  std::string key;
  Day from = 0;
  std::optional<Day> until;                   // no value: still listed
  Span span;
};
// A dated list of models, from a file.
struct Catalogue {
  Name name;
  Label label;
  Column key;                                 // a text
  std::vector<Listing> listings;
  std::optional<Day> first;                   // the earliest listing
  std::optional<Day> complete_to;             // after that day the file is too old to say that something is not listed
  const Choice* too_old = nullptr;            // what is then open
  std::vector<Citation> citations;
  Span span;
};

// A text that leaves something open. One named choice is one open fact.
struct Choice {
  enum Kind : std::uint8_t { undecided, not_found, discretion, left } kind = undecided;
  std::string name;                           // empty: a choice of its own · of what is left: what the region sets
  Template text;                              // the question, or why
  struct Reading {
    std::string label;                        // as written first, by which it is adopted
    const Expr* value;                        // where it is first used; elsewhere Expr::args
    Label text = {};
  };
  std::vector<Reading> readings;
  std::optional<std::uint32_t> adopted;
  const Expr* least = nullptr;                // of what is left to a region: between what it lies
  const Expr* most = nullptr;
  Span span;
  std::uint32_t id = 0;                       // unique in the rulebook
};

struct Let {
  Name name;
  const Expr* value = nullptr;
  std::vector<Citation> citations;
  Span span;
};

struct Program;

// exclusion: that no earlier grant stands in the way; written in a group, held by each of its programmes.
enum class RequirementKind : std::uint8_t { require, limit_count, limit_sum, exclusion };
struct Requirement {
  RequirementKind kind = RequirementKind::require;
  Name name;
  const Expr* condition = nullptr;            // require: a truth · limit: the bound
  const Expr* counted = nullptr;              // limit: a count_of or sum_of
  bool paying_the_rest = false;               // limit_sum: the amount is cut to what is left
  Template reason;                            // empty: generated from the condition
  std::vector<Citation> citations;
  // exclusion: whether its version of the group governs (nullptr: always), that no earlier grant counts then, and the
  // programme of its other side.
  const Expr* applies = nullptr;
  const Expr* earlier = nullptr;
  const Program* beside = nullptr;
  // each: of one entry, of which the reason speaks; `condition` is that it holds for all of them, an all_of.
  const Expr* of_entry = nullptr;
  Span span;
};
struct Quota {
  Name name;
  Label label;
  Template reason;
  std::vector<Citation> citations;
  Span span;
};

struct Adjustment {
  enum Kind : std::uint8_t { cap, floor, round } kind = cap;
  const Expr* bound = nullptr;                // cap, floor
  std::vector<std::string> reducing;          // cap: parts that give way, in order
  bool in_proportion = false;
  Rounding rounding = Rounding::down;
  Rational unit;                              // round
  Doubt doubt;
  Span span;
};
struct Part {
  Name name;
  Label label;
  AmountKind kind = AmountKind::payment;
  // Of a part that is refused alone: what must hold for it, that of the groups of conditions first; `when` is that all
  // of them do.
  std::vector<Requirement> requirements;
  const Expr* value = nullptr;                // money; its own adjustments follow
  const Expr* when = nullptr;                 // nullptr: always
  const Expr* most = nullptr;                 // what another programme gives as a ceiling in this place; nullptr: none
  std::vector<Adjustment> adjustments;
  Span span;
};
struct Share {
  std::string name;                           // who bears it
  Label label;
  Rational weight;                            // not below 0
};
// Who bears what of the amount: each share rounded down to the unit of the amount, the rest borne by one of them.
struct Shares {
  std::vector<Share> shares;                  // weights add up to more than 0
  std::size_t remainder = 0;                  // index: whose share is the rest
  std::vector<Citation> citations;            // of the `let` that names them
  Doubt doubt;
  Span span;
  Span written;                               // the split itself, where `span` only names it
};
struct Amount {
  AmountKind kind = AmountKind::payment;
  bool by_parts = false;                      // written as parts that are refused alone; one of them must not be
  std::vector<Part> parts;                    // one part named "amount" where it is written `amount = …`
  bool single = false;
  std::vector<Adjustment> adjustments;        // of the whole, in the written order
  std::optional<Shares> shares;
  std::vector<Citation> citations;
  Span span;
};
struct Payout {
  std::string name;
  Label label;
  std::vector<Citation> citations;
};
struct Document {
  std::string name;
  Label label;
  const Expr* when = nullptr;
  Span span;
};
struct Ensure {
  Name name;                                  // "ensure 1" … where none is written
  const Expr* condition = nullptr;            // may speak of `amount` and of parts through amount_let
  const Expr* when = nullptr;
  bool of_part = false;                       // Part::most holds: a table that grants nothing there refuses the part alone
  Span span;
};

// What a version of a duty asks of its bearer while the condition holds.
struct Obligation {
  enum Kind : std::uint8_t { must, must_not, advised } kind = must;
  Name name;
  const Expr* condition = nullptr;
  Template reason;                            // empty: generated from the condition
  std::vector<Citation> citations;
  Span span;
};

struct Bound {                                // an end of a period
  std::optional<Day> day;                     // no value: open
  const Expr* undecided = nullptr;            // one of several days; `day` is the first of them
  Doubt doubt;
};
// Days on which a version or an edition is not applied, though its period goes on; both ends belong to them.
struct Suspension {
  Bound from, to;
  Label text;                                 // why, or until what happens; may be empty
  Span span;
};
// A statement that was read; `index` in the list of its kind, except for lets.
struct WrittenStatement {
  enum Kind : std::uint8_t { let, requirement, quota, amount, payout, documents, ensure, obligation } kind;
  std::size_t index = 0;
  const Let* named = nullptr;                 // let
};
// A dated version of a programme, after amendments are merged.
struct Version {
  std::string name;
  Label label;
  Bound from, to;
  Bound published;                            // no day: on the first day
  std::vector<std::string> supersedes;
  std::vector<Suspension> suspensions;
  std::string amends;
  std::vector<Citation> citations;
  std::deque<Let> lets;                       // in the order in which they may be evaluated
  std::vector<Requirement> requirements;      // requirements and limits in the order of the rule file
  std::vector<const Table*> tables;           // of this version
  std::vector<Quota> quotas;
  std::optional<Amount> amount;
  // Stand-ins for `amount` and for part names inside `ensure`: an ExprKind::let whose let is one of these.
  std::deque<Let> amount_lets;                // [0] is the amount, then the parts in order; value is nullptr
  std::optional<Payout> payout;
  std::vector<Document> documents;
  std::vector<Ensure> ensures;
  // Of a duty only.
  std::vector<Obligation> obligations;
  const Expr* deadline = nullptr;             // a day; nullptr: none
  const Expr* done = nullptr;                 // an optional day, or a truth; nullptr: nothing says that it is done
  Span span;
  std::vector<Span> aside;                    // of functions, and of bounds that are left to regions
  using Statement = WrittenStatement;
  std::vector<Statement> statements;          // in the order of the rule file
};
struct Program {
  Name name;
  Label label;
  std::vector<Template> authorities;
  std::deque<Given> givens;
  std::vector<const Expr*> in_force_by;       // all must fall in one version
  std::deque<Let> lets;                       // written before the versions; evaluated where first used
  std::deque<Version> versions;               // in the order of the file
  bool duty = false;                          // its versions oblige, they grant nothing
  std::vector<Template> bearers;              // of a duty: whom it binds
  Given as_at;                                // of a duty: the host's day
  const Program* implements = nullptr;        // the programme that it carries out …
  std::optional<Region> region;               // … and where
  Span span;
};

// ---- groups ------------------------------------------------------------------------------------------------------------------
// Two programmes of which one case is granted one.
struct Exclusion {
  Name name;                                  // may be empty where no earlier grant counts
  const Program* one = nullptr;
  const Program* other = nullptr;
  const Expr* when = nullptr;                 // of the pair: what of the condition speaks of no entry; nullptr: always
  const Expr* earlier = nullptr;              // that no earlier grant stands in the way; nullptr: earlier grants do not count
  Template reason;
  std::vector<Citation> citations;
  Span span;
};
struct OrderItem {
  const Program* program = nullptr;
  bool on_what_remains = false;
};
// The statements of a group that hold together: of one of its versions, those before the versions merged in.
struct GroupVersion {
  Version head;                               // name, period, citations, lets; without a name: the days of no version
  std::vector<const Program*> programs;
  std::vector<Exclusion> exclusions;
  std::vector<OrderItem> order;
  const Expr* total = nullptr;                // money; nullptr: no common ceiling
  std::vector<const Program*> trim;           // who gives way to the ceiling, the first first
  enum Winner : std::uint8_t { applicant, highest, listed } winner = applicant;
};
struct Group {
  Name name;
  Label label;
  std::deque<Given> givens;                   // those that a member has, too, are one fact with the member's
  std::deque<Given> case_givens;              // all that a case gives: of the group and of its members, each once
  std::vector<const Expr*> in_force_by;
  std::vector<Citation> citations;
  GroupVersion base;                          // on days of no version
  std::deque<GroupVersion> versions;
  Span span;
};

// One grade table, or a grade taken from an expression.
struct Grading {
  std::string name;                           // empty: `grade`; a named one is a value beside the grade
  Label label;                                // of a named one
  const Let* stand_in = nullptr;              // named: what speaks of it (Edition::named_grades)
  enum Form : std::uint8_t { by_column, by_member, expression } form = by_column;
  const Enum* scale = nullptr;
  const Expr* when = nullptr;
  const Expr* value = nullptr;                // expression: of the scale
  const Expr* measure = nullptr;              // by_column: compared with the limit of each level
  enum Direction : std::uint8_t { at_least, at_most, above, below } direction = at_least;
  const Expr* limit_formula = nullptr;        // by_column: over `it`, the cell's number (an Entry named "it"); nullptr: the cell itself
  const Entry* it = nullptr;
  // by_column: keys as in tables; results[i] is the limit of levels[i].
  std::vector<const Expr*> key_paths;
  std::vector<std::uint32_t> levels;          // member index by result column
  std::vector<Row> rows;
  // by_member: one row a level; measures[i] with directions[i] against results[i] of the row.
  std::vector<std::uint32_t> row_levels;
  std::vector<const Expr*> measures;
  std::vector<Direction> directions;
  Citation::Check check = Citation::unchecked;
  Label note;
  std::vector<Citation> citations;
  Span span;
};
struct Comply {
  std::string name;                           // "comply" where none is written
  Label label;
  const Expr* condition = nullptr;            // may name the grade: an ExprKind::let of Edition::grade_let
  Bound from, to;
  Template reason;
  std::vector<Citation> citations;
  Span span;
};
struct Result {                               // `gives`: a value beside the grade
  std::string name;
  Label label;
  const Expr* value = nullptr;                // a let of the edition
  Span span;
};
struct Check {                                // a warning, never touches the grade
  std::string name;
  Label label;
  const Expr* condition = nullptr;
  Template reason;
  std::vector<Citation> citations;
  Span span;
};
struct Edition {
  std::string name;
  Label label;
  Bound from, to;
  const Expr* when = nullptr;                 // `for`
  std::vector<std::string> supersedes;
  std::string amends;
  Bound published;
  std::vector<Suspension> suspensions;
  std::vector<Citation> citations;
  std::deque<Let> lets;
  std::vector<const Table*> tables;
  const Expr* applies = nullptr;              // nullptr: always in scope
  Template applies_reason;
  std::vector<Requirement> requirements;
  std::vector<Grading> gradings;              // the worst of the unnamed ones is the grade
  std::deque<Let> named_grades;               // value is nullptr
  Let grade_let;                              // stands for `grade` in comply, checks and texts; value is nullptr
  const Enum* scale = nullptr;
  std::vector<Comply> complies;
  std::vector<Check> checks;
  std::vector<Result> results;
  Span span;
};
struct Standard {
  Name name;
  Label label;
  std::deque<Given> givens;
  std::vector<const Expr*> in_force_by;
  std::deque<Edition> editions;
  const Enum* scale = nullptr;                // of all its editions
  Span span;
};

// ---- targets -----------------------------------------------------------------------------------------------------------------
// One indicator of a plan: what it has to reach, by when, under whose lead.
struct Target {
  enum Kind : std::uint8_t { level, change, total, each, judged } kind = level;
  Name name;
  Label indicator;
  Type type;                                  // of `reach`, and of the figures unless `change`
  bool about = false;                         // 约: shown, never judged by the rules
  Relation relation = Relation::greater_equal;
  const Expr* reach = nullptr;                // a number; nullptr: each, judged
  std::vector<Label> texts;                   // each: what has to be there · judged: what is said
  const Expr* due = nullptr;                  // a day, perhaps open; nullptr: none
  std::vector<Label> leads;
  const Expr* baseline = nullptr;             // a number; where it is observed: what was, on baseline_on
  const Expr* baseline_on = nullptr;          // a day; nullptr: none is said
  // Where the figures come from: a value of the rules, or what was observed up to a day.
  const Expr* value = nullptr;
  const Expr* last_on = nullptr;              // optional day of the last observation
  std::vector<const Expr*> last;              // its figure, least and greatest: two of one day contradict each other
  std::vector<const Expr*> base;              // of the base day, likewise
  const Expr* sum = nullptr;
  const Expr* start = nullptr;                // the day from which an even pace is counted; nullptr: no path
  const Expr* length = nullptr;               // days from it to the last day …
  const Expr* remaining = nullptr;            // … and from the host's day to the last one
  const Expr* is_past = nullptr;              // the host's day lies after the last one
  const Expr* in_path = nullptr;              // … between start and the last one
  std::vector<const Expr*> found;             // each: a truth by text
  Citation::Check check = Citation::unchecked;
  Label note;
  bool doubtful = false;                      // a cell with `?`
  Span span;
};
struct Targets {
  Name name;
  Label label;
  std::vector<Template> authorities;
  std::vector<Citation> citations;
  std::deque<Given> givens;                   // its own, then those below
  const Given* observed = nullptr;            // the figures that the host gives
  const Given* as_at = nullptr;               // the host's day …
  const Given* figures_to = nullptr;          // … and again, absent where the host gives none
  const Expr* counted_from = nullptr;         // a day
  std::deque<Let> lets;
  std::deque<Target> rows;
  bool single = false;                        // written as `target`
  Span span;
};

// ---- tests ------------------------------------------------------------------------------------------------------------------
// A fact as a test writes it; checked against its type already.
struct NamedFact;
struct TestFact {
  enum Kind : std::uint8_t { value, unknown, absent, unknowable, record, list } kind = unknown;
  const Expr* constant = nullptr;             // value
  std::vector<NamedFact> fields;              // record
  std::vector<TestFact> entries;              // list
  bool complete = false;
  Span span;
};
struct NamedFact {                            // not a pair, which may not hold a type that is not complete
  const Field* first = nullptr;
  TestFact second;
  NamedFact(const Field* field, TestFact fact) : first(field), second(std::move(fact)) {}
};
struct TestChange {                           // `but purchase.tier level2`
  const Given* given = nullptr;
  std::vector<const Field*> fields;
  TestFact fact;
};
// One word group after `expect`.
struct Expectation {
  enum Kind : std::uint8_t {
    outcome,        // word: eligible … invalid; reasons where braces are written
    version,        // word
    edition,        // word
    amount,         // least, most (equal where no range); standing: the kind where it is written
    part,           // word, least, most
    share,          // word, least, most
    ask,            // word: fact path
    stuck_on,       // word: fact path
    may_be_refused,
    nearest,        // word: version
    refused,        // word: part; its reasons
    subject,        // word: quota name
    grade,          // mask of members; or state; word: a named grade
    comply,         // word "comply" or its name; truth, unknown or absent
    check,          // word; truth, unknown or absent
    warning,        // word, as `marked unverified`
    top_up,         // least, most; or word: the outcome on the later day, with its reasons
    obligation,     // of a duty: word is must, must_not or advised; reasons: exactly those that hold
    let,            // of a duty: word is the let, deadline or done; constant, or absent
    target,         // word: the row (empty: the only one); standing: its outcome, unknown or its pace; a figure where one is written
    member,         // of a group: word is the programme; standing; a sum where one is written; reasons: under which name it lost
    owed,           // word: a document; or exactly the documents of reasons
    result,         // word; one of unknown, state (absent, no_limit), constants, mask; reasons: papers that contradict each other
  } kind = outcome;
  std::string word;
  std::string standing;                       // member: granted, excluded, nothing_left, open, or its own outcome
  bool has_sum = false;                       // member
  bool has_reasons = false;
  std::vector<std::string> reasons;
  Rational least, most;
  bool open_end = false;                      // `20 yuan .. no limit`: nothing bounds it from above
  std::uint64_t mask = 0;
  bool has_state = false;
  GradeState state = GradeState::any;
  bool not_found = false;                     // `grade not found`
  bool unknown = false;
  bool truth = false;
  const Expr* constant = nullptr;             // let
  Day known_from = 0, known_to = 0;           // top_up
  const Expr* low = nullptr;                  // result: a constant, or the lower end of a range
  const Expr* high = nullptr;
  bool absent = false, no_limit = false;      // result; comply, check: absent
  Span span;
};
struct TestStep {
  std::vector<TestChange> changes;            // of the base facts, by the nearest `but`
  std::vector<Expectation> expectations;
  std::optional<Day> as_at, known_on;
  Span span;
};
struct Test {
  std::string name;
  const Program* program = nullptr;           // one of these, or only checks
  const Standard* standard = nullptr;
  const Group* group = nullptr;
  const Targets* targets = nullptr;
  std::vector<std::pair<const Given*, TestFact>> givens;  // `as in` already merged
  std::deque<Given> own_givens;               // of tests without a program
  std::vector<TestStep> steps;
  std::vector<const Expr*> checks;
  std::optional<Day> as_at, known_on;
  Span span;
};

class Rulebook {
 public:
  // Defaulted once, in rulebook.cpp: inline they would be compiled anew in every file that holds one.
  Rulebook();
  Rulebook(const Rulebook&) = delete;
  Rulebook& operator=(const Rulebook&) = delete;
  ~Rulebook();

  std::deque<Enum> enums;
  std::deque<Record> records;
  std::deque<Table> tables;                   // of files, versions and editions
  std::deque<Catalogue> catalogues;
  std::deque<Standard> standards;
  std::deque<Program> programs;
  std::deque<Group> groups;
  std::deque<Targets> targets;
  std::deque<Test> tests;
  std::deque<Choice> choices;
  std::deque<Let> lets;                       // of files; evaluated where first used
  std::map<std::string, Label> unit_labels;   // of units that files declare, by each of their names

  // Arenas of what declarations point to.
  Expressions expressions;
  std::deque<Path> paths;
  std::deque<Entry> entries;
  std::deque<StandardCall> calls;
  std::deque<Type> types;

  [[nodiscard]] const Program* find_program(std::string_view name) const;    // by any of its names
  [[nodiscard]] const Standard* find_standard(std::string_view name) const;
};

}  // namespace guiju::model
