// The decision plan: typed operations in evaluation order, one section per dated version of a programme and one per
// standard. Everything refers by index, nothing points back into syntax or model, so that a plan can be written to a
// file and read by a runtime that knows neither. Immutable after building; shared by threads.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plan/kernels_on_demand.hpp"
#include "plan/shared_list.hpp"
#include "plan/text.hpp"
#include "values/amount_kind.hpp"
#include "values/calendar.hpp"
#include "values/int128.hpp"
#include "values/rational.hpp"
#include "values/region.hpp"
#include "values/rounding.hpp"

namespace guiju::plan {

using Index = std::uint32_t;
inline constexpr Index kNone = 0xffffffffU;
using SlotId = Index;

enum class Operation : std::uint8_t {
#define GUIJU_OPERATION(id, operands, meaning) id,
#include "plan/operations.def"
#undef GUIJU_OPERATION
};
[[nodiscard]] std::string_view name_of(Operation op);

enum class SlotClass : std::uint8_t { truth, number, member, day, months, days, text, region, list, document, row };

// Bits of a member set that stand for an unclassified grade; scales have at most 60 members.
inline constexpr std::uint64_t kBelow = std::uint64_t{1} << 60;
inline constexpr std::uint64_t kNoRow = std::uint64_t{1} << 61;
inline constexpr std::uint64_t kOutOfScope = std::uint64_t{1} << 62;
inline constexpr std::uint64_t kUnclassified = kBelow | kNoRow | kOutOfScope;
// Of PICK (Op::mode): all that hold count, not the first; where none may hold the text does not say what then.
inline constexpr std::uint8_t kPickExclusive = 1;
inline constexpr std::uint8_t kPickGap = 2;
// Of OPEN: the truth that reading number Op::edge is the right one.
inline constexpr std::uint8_t kOpenReading = 1;
// Operations whose operands stand in a list: Plan::operands by Op::aux.
[[nodiscard]] constexpr bool takes_a_list(Operation op) {
  return op == Operation::PICK || op == Operation::ATMOST1 || op == Operation::GRADE || op == Operation::SPEAK ||
         op == Operation::AGREE;
}

// A text with holes: literal pieces and the slots shown between them.
struct TemplatePiece {
  Text text;
  SlotId hole = kNone;        // shown after `text`
  bool this_version = false;  // the hole is both days of the version's period
};
struct Template {
  std::vector<TemplatePiece> zh, en;
  [[nodiscard]] bool empty() const { return zh.empty() && en.empty(); }
};

struct EnumInfo {
  std::string name;
  SharedText label;
  struct Member {
    std::string name;
    std::vector<std::string> aliases;
    SharedText label;
  };
  std::vector<Member> members;
  bool scale = false;
  std::vector<Index> best_to_worst;  // scales
  std::vector<Index> rank;           // scales: position in best_to_worst by member
  Index floor = kNone;               // member
};

// One scalar or list that a host may give. `value = c * q` in canonical units, c an integer.
struct FieldInfo {
  std::string path;                  // "purchase.tier"; inside a list's layout relative to the entry: "category"
  std::vector<std::string> aliases;  // the same path with alias names, every part in the same language
  SharedText label, ask, at;
  SlotClass cls = SlotClass::truth;
  bool optional = false;           // may be absent: declared so, or its `when` may fail
  bool declared_optional = false;  // declared `optional`
  bool unknowable = false, changeable = false;
  bool history = false;  // list
  bool integer = false;
  bool percent = false;  // number without a unit: written in hundredths
  // A day that the host sets beside the facts (run::Options::as_at); if_set: absent where it sets none.
  enum HostDay : std::uint8_t { no_day, as_at, as_at_if_set } host_day = no_day;
  bool any_unit = false;      // number: a figure of a target, each of which has a unit of its own
  bool presence = false;      // truth: stands for an optional record; known and true where the record is given
  Index enumeration = kNone;  // member
  Index element = kNone;      // list: its layout
  std::string unit;           // number: as declared; empty for plain numbers
  Rational unit_factor = 1;
  Rational q = 1;            // number
  i128 least = 0, most = 0;  // number: c; day: day numbers; always set (declared or the default limits)
  bool default_range = true;
  bool operator==(const FieldInfo&) const = default;
};
struct Layout {
  SharedList<FieldInfo> fields;
};

// What a slot holds, statically.
struct SlotInfo {
  SlotClass cls = SlotClass::truth;
  Rational q = 1;         // number; months: 1, of the key of a table 1/2 (between two whole months)
  bool fraction = false;  // number: n/d left by a division
  Index enumeration = kNone;
  std::string unit;  // for showing
  Rational unit_factor = 1;
  bool money = false;
  bool percent = false;  // number without a unit: shown in hundredths
  bool operator==(const SlotInfo&) const = default;
};
// The slots of a section. Most of them are alike, and alike those of other sections: what they hold is told once.
class SlotTable {
 public:
  using Kinds = std::vector<SlotInfo>;  // of the whole plan
  SlotTable() = default;
  SlotTable(std::shared_ptr<const Kinds> kinds, std::vector<Index> kind_of_slot)
      : kinds_(std::move(kinds)), kind_(std::move(kind_of_slot)) {}
  [[nodiscard]] const SlotInfo& operator[](SlotId slot) const { return (*kinds_)[kind_[slot]]; }
  [[nodiscard]] std::size_t size() const { return kind_.size(); }
  [[nodiscard]] bool empty() const { return kind_.empty(); }

 private:
  std::shared_ptr<const Kinds> kinds_;
  std::vector<Index> kind_;  // by slot
};

struct Op {
  Operation code{};
  std::uint8_t mode = 0;  // relation, rounding, kind, sign … by operation
  std::uint16_t edge = 0;
  SlotId out = 0;
  SlotId a = kNone, b = kNone, c = kNone;
  Index aux = 0;         // constant, field, choice, descriptor … by operation
  Index source = kNone;  // Place: the expression, for errors and reasons
};

// How FOLD runs. The body is [op index + 1, op index + 1 + length).
enum class FoldKind : std::uint8_t { count, sum, min, max, any, all, none };
struct FoldInfo {
  Index length = 0;
  SlotId where = kNone, term = kNone;
  Index layout = 0;
  Index depth = 0;           // 0 for a fold that is in no other
  bool nonnegative = false;  // the term cannot be below 0
};
struct ConstantInfo {
  SlotClass cls{};
  i128 c = 0;
  std::string text;
  bool no_limit = false, absent = false;
};
struct ChoiceInfo {
  enum Kind : std::uint8_t { undecided, not_found, discretion, left } kind = undecided;  // left: to a region
  std::string name;
  Template text;  // only literal pieces
  std::vector<SharedText> readings;
  Index adopted = kNone;
};
struct PatternInfo {
  enum Kind : std::uint8_t { any, member_set, interval, text_set, region_set, absent } kind = any;
  bool negated = false;
  std::uint64_t mask = 0;
  struct Interval {
    bool has_low = false, has_high = false, low_open = false, high_open = false;
    i128 low = 0, high = 0;  // in the scale of the key slot
  };
  std::vector<Interval> intervals;
  std::vector<std::string> texts;
  std::vector<Region> regions;
};
struct TableInfo {
  std::string name;
  SharedText label;
  bool first_hit = false;
  std::vector<std::vector<PatternInfo>> rows;
  // Where every row names texts in one key: that key, and the rows by text, so that a catalogue is not searched from
  // end to end.
  Index text_key = kNone;
  std::unordered_map<std::string, std::vector<Index>> rows_by_text;
};
// One result column of one look-up, a cell a row, the hole last.
struct CellInfo {
  // refused: the row grants nothing; gap: there is no row, and the text does not say what then.
  enum Kind : std::uint8_t { constant, slot, absent, no_limit, nothing, refused, gap } kind = nothing;
  i128 c = 0;  // constant, in the scale of the column
  std::string text;
  SlotId from = kNone;  // slot
};
struct ColumnInfo {
  std::vector<CellInfo> cells;
};
struct AdjustmentInfo {
  enum Kind : std::uint8_t { cap, floor, round } kind = cap;
  SlotId bound = kNone;
  std::vector<Index> reducing;  // all part numbers in the order in which they give way
  bool in_proportion = false;
  Rounding rounding = Rounding::down;
  Rational unit = 1;    // in multiples of the scale of the foot
  Index place = kNone;  // as written
  bool rest = false;    // a cap by what a limit leaves
};
struct FootInfo {
  std::vector<SlotId> parts;  // in, all of one scale
  std::vector<SlotId> out_parts;
  Rational ratio = 1;  // scale of the foot / scale of the results
  std::vector<AdjustmentInfo> adjustments;
};

// Who bears what of an amount: everyone the whole units of their weight, one of them what is left, so that the shares
// add up to the amount.
struct SplitInfo {
  std::vector<std::uint32_t> weights;  // in lowest terms
  std::uint32_t whole = 1;             // their sum
  Index remainder = 0;                 // who bears what is left
  i128 units = 1;                      // units of a share in one of the amount
};

struct CitationInfo {
  Template title;
  std::vector<Template> articles;
  enum Check : std::uint8_t { unchecked, verified, unverified, secondhand } check = unchecked;
  bool has_day = false, has_until = false;
  Day verified_on = 0, verified_until = 0;
  SharedText note;
};
// A place in the rule sources, for errors in the decision and for the trace.
struct Place {
  // In Plan::place_texts; nullptr: of no file.
  const std::string* path = nullptr;
  const std::string* excerpt = nullptr;  // on one line
  std::uint32_t line = 0, column = 0;
  [[nodiscard]] std::string_view file() const { return path == nullptr ? std::string_view() : *path; }
  [[nodiscard]] std::string_view text() const { return excerpt == nullptr ? std::string_view() : *excerpt; }
};

struct RequirementInfo {
  // parts: that one part at least is not refused. must, must_not, advised: of a duty; they hold where the truth does
  // not.
  enum Kind : std::uint8_t { require, limit, table, exclusion, parts, must, must_not, advised } kind = require;
  std::string name;
  SharedText called;     // its name in either language; empty where it has one name only
  std::uint32_t id = 0;  // stable: a hash of the programme's and its own name
  SlotId truth = 0;
  Template reason;
  // Tables: what the row that grants nothing says, by row (the hole is the row after the last), and the row slot.
  std::vector<std::pair<Index, Template>> row_reasons;
  SlotId row = kNone;
  // Where it must hold for every entry of a list: of one entry. `truth` is the fold over them, and the reason speaks of
  // the entry.
  SlotId of_entry = kNone;
  Index part = kNone;  // of a part: which
  // exclusion: whether its version of the group governs (kNone: always), that no earlier grant counts then (a fold),
  // and the programme of its other side.
  SlotId applies = kNone, earlier = kNone;
  SharedText beside;
  std::vector<Index> citations;
  Index place = 0;

  [[nodiscard]] const std::string& shown_name(bool english) const {
    return called == SharedText() ? name : called.in(english);
  }
};
// "require", "limit", "must", "must_not", "advised": the word of the statement; "require" for what stands for several.
[[nodiscard]] const char* word_of(RequirementInfo::Kind kind);
// A case that the text of the rules does not settle: a choice with no branch or with two, a table without the row, a
// standard without an edition of that day.
struct GapInfo {
  enum Kind : std::uint8_t { gap, conflict, no_edition } kind = gap;
  std::string name;  // of the table or standard; empty for a choice
  SlotId truth = 0;  // settled
  Index place = 0;
};
// A figure that nobody has checked, shown when `used` holds (kNone: always).
struct DoubtInfo {
  std::string what;  // where in the rules: "amount", "table ceilings, row 3", "from"
  SharedText note;
  SlotId used = kNone;
  bool secondhand = false;
  // Told of only where one of these reached the answer; kNone among them: it is not used. Empty: always.
  std::vector<SlotId> by = {};
  Index paper = kNone;    // the citation that nobody has checked
  SharedText label = {};  // of what stands in the rules, where there is no paper
};
// A cap, floor or rounding of one part, before the footing.
struct PartStep {
  AdjustmentInfo::Kind kind = AdjustmentInfo::cap;
  SlotId bound = kNone;  // cap, floor
  Rational unit = 1;     // round: canonical
  SlotId after = kNone;
  Index place = kNone;
};
struct PartInfo {
  std::string name;
  SharedText label;
  AmountKind kind = AmountKind::payment;
  SlotId before = 0, after = 0;  // before and after the footing
  SlotId value = 0;              // as written, before its own steps
  SlotId when = kNone;           // where it does not hold the part is 0 and nothing of it counts
  std::vector<PartStep> steps;
  Index place = kNone;
};
struct ShareInfo {
  std::string name;
  SharedText label;
  SlotId slot = 0;
};
struct QuotaInfo {
  std::string name;
  SharedText label;
};
struct DocumentInfo {
  std::string name;
  SharedText label;
  SlotId when = kNone;
  Index field = kNone;  // layout field "documents.NAME"
};
struct EnsureInfo {
  std::string name;
  SharedText called;  // as of a requirement
  SlotId truth = 0;
  Index place = 0;
};

// One runnable piece.
// The end of a period that the text leaves open: one of these days.
struct OpenDay {
  Index choice = kNone;
  std::vector<Day> days;  // by reading
};
// Days on which the version does not govern; both ends belong to them.
struct SuspensionInfo {
  bool has_from = false, has_to = false;
  Day from = 0, to = 0;  // of an open end its first day
  OpenDay open_from, open_to;
  SharedText text;  // may be empty
};
// A statement of a version, for the trace.
struct StatementInfo {
  enum Kind : std::uint8_t { let, requirement, quota, amount, payout, documents, ensure, obligation } kind;
  Index index;  // in the list of that kind; obligations stand among the requirements
};
struct DutyInfo;
struct TargetInfo;
struct Section {
  // Defaulted once, in plan.cpp: inline they would be compiled anew in every file that holds one.
  Section();
  Section(const Section& other);
  Section(Section&& other) noexcept;
  Section& operator=(const Section& other);
  Section& operator=(Section&& other) noexcept;
  ~Section();

  std::string name;  // version; empty for a standard
  SharedText label;
  bool has_from = false, has_to = false;
  Day from = 0, to = 0;  // of an open end its first day
  OpenDay open_from, open_to, open_published;
  bool has_published = false;  // else it counts as published on its first day
  Day published = 0;
  std::vector<SuspensionInfo> suspensions;
  std::vector<Index> supersedes;  // sections of the same programme
  SlotTable slots;
  std::vector<Op> ops;
  Index reasons_begin = 0;  // ops from here only feed reasons and are run on demand
  std::vector<RequirementInfo> requirements;
  std::vector<RequirementInfo> part_requirements;  // without which a part alone is refused
  std::vector<QuotaInfo> quotas;
  std::vector<DocumentInfo> documents;
  std::vector<EnsureInfo> ensures;
  std::vector<GapInfo> gaps;
  std::vector<DoubtInfo> doubts;
  std::vector<Index> producer;           // by slot: the operation that fills it
  std::vector<Index> version_citations;  // of the version as a whole
  std::vector<Index> citations;          // all that were written in it
  // amount
  bool has_amount = false;
  AmountKind amount_kind = AmountKind::payment;
  bool single_part = false;
  std::vector<PartInfo> parts;
  SlotId amount = kNone;
  std::vector<ShareInfo> shares;  // none: nobody is said to bear it
  bool has_payout = false;
  std::string payout;
  SharedText payout_label;
  struct Named {
    std::string name;
    SlotId slot;       // kNone: nothing uses it
    SharedText label;  // its name in either language
    Index place = kNone;
  };
  std::vector<Named> lets;
  using Statement = StatementInfo;
  std::vector<Statement> statements;         // in the order of the rule file: the trace
  SlotId in_force = kNone;                   // standards: some edition governs
  std::shared_ptr<const DutyInfo> duty;      // of a duty (plan/duty.hpp)
  std::shared_ptr<const TargetInfo> target;  // one row of targets (plan/target.hpp)
  std::vector<SlotId> told;                  // values that the answer gives beside its outcome; kNone: absent
};
// "scrapping.owner": by part and name the same in every version.
[[nodiscard]] std::string name_of_part_requirement(const Section& section, Index index);

// What a standard gives, in one section that joins its editions.
struct EditionInfo {
  std::string name;
  SharedText label;
  bool has_from = false, has_to = false;
  Day from = 0, to = 0;
};
struct StandardOutputs {
  SlotId edition = kNone;             // member: a number in `editions`
  std::vector<EditionInfo> editions;  // as declared
  struct Suspended {
    SlotId truth;  // an edition would govern on that day, but is suspended
    SuspensionInfo days;
  };
  std::vector<Suspended> suspensions;
  SlotId grade = kNone;
  struct Output {
    std::string name;
    SlotId value;                                      // truth, or a named grade; absent where the edition has none
    Template reason;                                   // of one edition
    bool warning;                                      // `check`
    std::vector<std::pair<SlotId, Template>> reasons;  // by the truth of the edition in force
    bool result = false;                               // `gives`: a value of any kind
    SharedText label = {};                             // where one is written
  };
  std::vector<Output> outputs;  // requirements, named grades, results, comply and checks
};

struct GroupInfo;
struct ProgramInfo {
  // Defaulted once, in plan.cpp: inline they would be compiled anew in every file that holds one.
  ProgramInfo();
  ProgramInfo(const ProgramInfo& other);
  ProgramInfo(ProgramInfo&& other) noexcept;
  ProgramInfo& operator=(const ProgramInfo& other);
  ProgramInfo& operator=(ProgramInfo&& other) noexcept;
  ~ProgramInfo();

  enum Kind : std::uint8_t { program, standard, checks, group, duty, targets } kind = program;
  std::string name;
  std::vector<std::string> aliases;
  SharedText label;
  std::vector<SharedText> authorities;
  std::vector<SharedText> bearers;  // of a duty
  std::string implements;           // the programme that it carries out; empty: none
  SharedText implements_label;
  Region region = 0;  // … where; 0: none
  Layout layout;
  std::vector<Section> sections;  // versions; rows of targets; or one
  Section dates;                  // evaluates the dates that select the version
  std::vector<SlotId> reference_dates;
  StandardOutputs outputs;
  std::shared_ptr<const GroupInfo> grouping;  // of a group (plan/group.hpp)
  KernelsOnDemand kernels;                    // its versions for facts that are all given
  std::string file;
};

struct Plan {
  // Defaulted once, in plan.cpp: inline they would be compiled anew in every file that holds one.
  Plan();
  Plan(const Plan& other);
  Plan(Plan&& other) noexcept;
  Plan& operator=(const Plan& other);
  Plan& operator=(Plan&& other) noexcept;
  ~Plan();

  std::string rules_sha256;  // names the rule files that it came from (diagnostics/fingerprint.hpp)
  std::vector<EnumInfo> enums;
  std::vector<Layout> layouts;  // of list entries
  std::vector<ConstantInfo> constants;
  std::vector<FoldInfo> folds;
  std::vector<ChoiceInfo> choices;
  std::vector<TableInfo> tables;
  std::vector<FootInfo> feet;
  std::vector<SplitInfo> splits;
  std::vector<CitationInfo> citations;
  std::vector<Place> places;
  std::deque<std::string> place_texts;  // what the places point to, each text once
  std::vector<ColumnInfo> columns;
  std::vector<std::vector<SlotId>> operands;  // long operand lists
  std::vector<std::uint64_t> masks;
  std::vector<std::vector<Index>> row_sets;  // for HIT, sorted
  std::vector<Rational> ratios;
  struct Band {
    i128 rate = 0, up_to = 0;  // in the scales of result / base and of the base
    bool open = false;
  };
  std::vector<std::vector<Band>> bands;
  std::vector<ProgramInfo> programs;
  std::map<std::string, SharedText> unit_words;  // of units that rule files declare, by name
  std::map<Index, SharedText> said;              // what is compared, in words (phrases.hpp), by place

  [[nodiscard]] Index find_program(std::string_view name) const;  // programme or standard, by any name; kNone
};

}  // namespace guiju::plan
