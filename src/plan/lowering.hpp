// What the files of the lowering share. Private to plan/.
#pragma once

#include <compare>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "plan/lower.hpp"

namespace guiju::plan {

// A row with a cell that is not entitled grants nothing in any column.
[[nodiscard]] bool grants(const model::Row& row);
// A row with a figure that nobody has checked against the paper.
[[nodiscard]] bool doubtful(const model::Row& row);

// What belongs to the whole plan: enums, layouts, constants, choices.
class PlanBuilder {
 public:
  PlanBuilder(Plan& target, const SourceSet& files, Diagnostics& findings)
      : plan(target), sources(files), diagnostics(findings) {}

  Index enumeration(const model::Enum& e);
  Index editions(const model::Standard& standard);
  Layout layout(const std::deque<model::Given>& givens);
  // The same fact of another programme where there is one, so that what is made of facts can be shared, too.
  std::shared_ptr<const FieldInfo> shared(FieldInfo field);
  Index element_layout(const model::Type& element);
  Index choice(const model::Choice& choice);
  Index place(const Span& span);
  // Texts, each once for the whole plan.
  Text text(const std::string& written);
  SharedText local(const model::Label& label) { return {text(label.zh), text(label.en)}; }
  SharedText names(const model::Name& name);   // in each language that it has one in
  SharedText called(const model::Name& name);  // the same; empty where there is one name only
  SharedText label_or_name(const model::Label& label, const model::Name& name);
  SharedText local(const model::Template& words);  // holes left out
  Template literal_only(const model::Template& words);
  Index constant(ConstantInfo k);
  void say(const model::Expr& e);  // its words
  Index ratio(const Rational& r);
  Index mask(std::uint64_t m);
  Index citation(const model::Citation& citation);  // papers that are cited alike stand in the plan once
  void add(ProgramInfo program);
  void put(ProgramInfo program, std::size_t index);  // in the place that is kept for it
  // Those of a section, whose room the next section takes.
  SlotTable slots(std::vector<SlotInfo> slots);
  std::vector<SlotInfo> room_for_slots() { return std::move(room_); }
  OpenDay open_day(const model::Bound& bound);
  SuspensionInfo suspension(const model::Suspension& suspension);
  struct Listed {
    Index table = kNone, rows = kNone;  // the table, and the set of all its rows
  };
  Listed catalogue(const model::Catalogue& catalogue);

  Plan& plan;
  const SourceSet& sources;
  Diagnostics& diagnostics;
  std::set<const model::Let*> shared_lets;  // of files and programmes

 private:
  struct FieldName {
    std::string primary;
    std::map<std::string, std::string> by_language;
  };
  Index citation_said(const model::Citation& citation);
  void add_fields(Layout& layout, const FieldName& prefix, const model::Record& record, bool optional);
  void add_field(Layout& layout, const FieldName& name, const model::Type& type, const model::Label& label,
                 const model::Field* field, bool optional);
  FieldInfo field_info(const FieldName& name, const model::Type& type, const model::Label& label,
                       const model::Field* field, bool optional);
  void add_presence(Layout& layout, const FieldName& name, const model::Label& label, const model::Field* field,
                    bool optional);
  const Layout& record_layout(const FieldName& name, const model::Record& record, bool optional);
  const std::string* place_text(std::string_view text);
  static FieldName extend(const FieldName& prefix, const model::Name& name);

  // Of each kind its number in slot_kinds_.
  struct SlotHash {
    std::size_t operator()(const SlotInfo& slot) const;
  };
  std::shared_ptr<SlotTable::Kinds> slot_kinds_ = std::make_shared<SlotTable::Kinds>();
  std::unordered_map<SlotInfo, Index, SlotHash> slot_kind_;
  std::vector<SlotInfo> room_;  // empty
  // The facts of a record by what its given is called and whether it is optional.
  std::map<std::tuple<const model::Record*, std::string, bool>, Layout> given_layouts_;
  std::unordered_map<const model::Enum*, Index> enums_;
  std::unordered_map<const model::Record*, Index> record_layouts_;
  std::unordered_map<const model::Choice*, Index> choices_;
  std::unordered_map<std::string_view, Text> texts_;
  std::unordered_map<std::string, Index> citations_;                                    // by all that is said of them
  std::unordered_multimap<std::string_view, std::shared_ptr<const FieldInfo>> fields_;  // by path
  std::unordered_map<const model::Catalogue*, Listed> catalogues_;
  struct SpanHash {
    std::size_t operator()(const Span& span) const;
  };
  struct SameSpan {
    bool operator()(const Span& a, const Span& b) const {
      return a.file == b.file && a.begin == b.begin && a.end == b.end;
    }
  };
  // Of the programme that is being made.
  std::unordered_map<Span, Index, SpanHash, SameSpan> places_, cited_;
  std::unordered_map<std::string_view, const std::string*> place_texts_;  // by the text in its file
  std::map<std::tuple<SlotClass, i128, std::string, bool, bool>, Index> constants_;
};

[[nodiscard]] SlotClass class_of(const model::Type& type);
[[nodiscard]] std::vector<std::string> alias_names(const model::Name& name);
[[nodiscard]] std::string file_of(const PlanBuilder& builder, const Span& span);
[[nodiscard]] std::string literal(const std::vector<model::TextPiece>& pieces);  // holes left out
// What every programme, standard, group and table of targets begins with.
[[nodiscard]] ProgramInfo head_of(PlanBuilder& builder, ProgramInfo::Kind kind, const model::Name& name,
                                  const model::Label& label, const Span& span, const std::deque<model::Given>& givens);
// The dates that select a version.
void lower_dates(PlanBuilder& builder, ProgramInfo& out, const std::vector<const model::Expr*>& in_force_by);

// Where the names of an expression are bound: the facts of the case, or the arguments of a standard that is called.
struct Environment {
  const Environment* outer = nullptr;
  Environment* home = nullptr;  // where lets are evaluated, if not here
  std::map<const model::Given*, std::pair<model::Path, Environment*>> records;
  std::map<const model::Given*, SlotId> values;
  std::map<const model::Let*, SlotId> lets;  // stand-ins: the amount, its parts, the grade
};

// Operations of one section.
class SectionBuilder {
 public:
  SectionBuilder(PlanBuilder& builder, const Layout& layout, Section& section, std::string owner);

  SlotId lower(const model::Expr& e, Environment& env);
  SlotId lower_guarded(const model::Expr& e, Environment& env, SlotId guard);  // only matters where the guard holds
  // Reads the fact at a path; records give the truth of their presence.
  SlotId fact(const model::Path& path, Environment& env);

  // Operations made from here on only feed reasons.
  void begin_reasons();
  // Puts operations in order; after that nothing more may be lowered.
  void finish();
  Template text(const model::Template& t, Environment& env);

  SlotId emit(Operation code, SlotInfo info, SlotId a = kNone, SlotId b = kNone, SlotId c = kNone, Index aux = 0,
              std::uint8_t mode = 0, std::uint16_t edge = 0);
  SlotId result_slot(SlotInfo info);  // filled by an operation with several results
  SlotId truth(bool value);
  SlotId number(const Rational& value);
  SlotId member_constant(Index enumeration, std::uint64_t mask);
  SlotId absent(const SlotInfo& like);
  SlotId both(SlotId a, SlotId b);
  SlotId either(SlotId a, SlotId b);
  SlotId negation(SlotId a);
  SlotId aligned(SlotId slot, const Rational& q);
  Rational common_scale(const std::vector<SlotId>& slots);
  std::vector<SlotId> align_all(const std::vector<SlotId>& slots);
  Index operands(std::vector<SlotId> slots);
  SlotId rounded(SlotId slot, Rounding mode, const Rational& unit);
  // `mode`: kPickExclusive, where two hold neither is preferred; kPickGap, where none may hold.
  SlotId pick(std::vector<std::pair<SlotId, SlotId>> branches, std::uint8_t mode = 0);
  [[nodiscard]] const SlotInfo& info(SlotId slot) const { return slots_[slot]; }
  [[nodiscard]] SlotInfo& info(SlotId slot) { return slots_[slot]; }

  // A look-up: the row, and what follows from rows that grant nothing.
  struct Look {
    const model::Table* table = nullptr;
    SlotId row = kNone;
  };
  // `needs_row`: without a row that grants something, or without any, the case fails or stays open.
  Look look(const model::Table& table, const std::vector<const model::Expr*>& keys, Environment& env,
            bool needs_row = true);
  SlotId cell(const Look& look, const std::vector<const model::ResultCell*>& cells, const model::Expr* otherwise,
              const model::Type& type, Environment& env);
  SlotId row_of(const std::vector<model::Row>& rows, const std::vector<SlotId>& keys, bool first_hit,
                const std::string& name, const SharedText& label);
  SlotId hit(SlotId row, std::vector<Index> rows);
  // A requirement on every entry of a list: an all_of, what of it is asked of one entry, and the reason, which may
  // speak of the entry.
  struct ForEach {
    SlotId truth = kNone, of_entry = kNone;
    Template reason;
  };
  ForEach lower_each(const model::Expr& all_of, const model::Expr& of_entry, const model::Template& reason,
                     Environment& env);
  // Where it is lowered as part of something else first: what of it is asked of one entry is lowered along with it.
  void expect_each(const model::Expr& all_of, const model::Expr& of_entry, const model::Template& reason);
  // What is lowered by `make` belongs to a part: where a table grants nothing there, the part is refused and not the
  // case. Gives what must hold.
  std::vector<RequirementInfo> lower_part(const std::function<void()>& make);
  // What is lowered by `make` is shown and decides nothing: no row of a table has to be there for it.
  void lower_unasked(const std::function<void()>& make);
  // A truth without which the rules do not settle the case.
  void settle(GapInfo::Kind kind, SlotId truth, const Span& span);
  void doubt(std::string what, const model::Label& note, SlotId used, SharedText label = {});
  void doubt(std::string what, const model::Doubt& doubt, SlotId used, SharedText label = {});  // where there is one
  // Of what is called, beside the version's own; a figure that nobody checked is told of where `used` holds (kNone:
  // always).
  void cite(const std::string& what, const model::Citation& source, SlotId used = kNone);
  // Of a let: told of only where its value is.
  void cite(const model::Let& let, SlotId used = kNone);

  // What of a standard is wanted: its grade and, besides, everything that it says, or one result.
  struct Wanted {
    bool all = false;
    std::string result;
  };
  // What a called standard, or a standard itself, gives.
  struct Graded {
    SlotId in_force = kNone, edition = kNone, grade = kNone;
    std::vector<StandardOutputs::Output> outputs;
    std::vector<StandardOutputs::Suspended> suspensions;
  };
  Graded grade(const model::Standard& standard, Environment& env, const std::string& edition, SlotId day,
               const Wanted& wanted);

  // What was reached, as requirements and gaps of the version.
  void add_obligations();
  // Names the slot of a let, kNone where nothing used it; false where it has another value for each entry of a list.
  bool name_let(const model::Let& let);
  // The others that were lowered: of the file, of the programme, of a standard that is called; in the order of the
  // text.
  void name_other_lets();
  // Of the file and of the programme: what they stand on holds where they are used.
  void cite_shared_lets();
  // Operations made from here on stand for this text.
  void written(const Span& span) { source_ = builder_.place(span); }
  [[nodiscard]] std::uint32_t stable_id(const std::string& name) const;
  PlanBuilder& builder() { return builder_; }
  Section& section() { return section_; }

 private:
  struct Fold {  // where an entry is bound while its body is lowered
    Index layout = 0;
    std::uint16_t depth = 0;
  };
  struct Binding {
    bool is_path = false;
    Fold fold;
    model::Path path;
    Environment* env = nullptr;
  };
  // A truth that must hold wherever it is reached: that a table has a row which grants something, that a choice has one
  // branch.
  struct Obligation {
    SlotId truth = kNone;
    GapInfo::Kind kind = GapInfo::gap;
    const model::Table* refusing = nullptr;
    std::string name;
    Span span;
    SlotId row = kNone;          // refusing
    Environment* env = nullptr;  // refusing: where the words of its rows are read
    std::vector<SlotId> guards = {};
    bool always = false;
  };
  // What an expression reaches, each under the conditions inside the expression (kNone: always).
  using Reached = std::vector<std::pair<std::size_t, SlotId>>;
  struct Frame {
    std::size_t first_guard = 0;
    Reached reached = {};
  };
  struct Lowered {
    SlotId slot = kNone;
    Reached reached = {};
  };
  struct LookRecord {
    SlotId row = kNone;
    std::vector<std::size_t> obligations = {};
  };

  SlotId lower_new(const model::Expr& e, Environment& env);
  void say_compared(const model::Expr& e);
  SlotId constant(const model::Expr& e);
  SlotId constant(SlotInfo info, ConstantInfo k);
  SlotId arithmetic(const model::Expr& e, Environment& env);
  SlotId quotient(const model::Expr& e, Environment& env);
  SlotId bands(const model::Expr& e, Environment& env);
  SlotId irrational(const model::Expr& e, Environment& env);
  SlotId dates(const model::Expr& e, Environment& env);
  SlotId window(const model::Expr& e, Environment& env);
  SlotId comparison(const model::Expr& e, Environment& env);
  SlotId membership(const model::Expr& e, Environment& env);
  SlotId logic(const model::Expr& e, Environment& env);
  SlotId if_then(const model::Expr& e, Environment& env);
  SlotId choice(const model::Expr& e, Environment& env);
  SlotId in_catalogue(const model::Expr& e, Environment& env);
  SlotId fold(const model::Expr& e, Environment& env);
  SlotId open_text(const model::Expr& e, Environment& env);
  SlotId open_level(const model::Expr& e, Environment& env);
  SlotId said(const model::Expr& e, Environment& env);
  SlotId left_value(const model::Expr& e, Environment& env);
  SlotId call(const model::Expr& e, Environment& env);
  SlotId lower_let(const model::Let& let, Environment& env);
  SlotId equal(SlotId a, SlotId b);
  SlotId compare(SlotId a, SlotId b, model::Relation relation);
  // A fact that was read, or a record that must be given, and what was read of it.
  struct FactNode {
    std::string path;          // in the layout
    SlotId slot = kNone;       // kNone: such a record
    SlotId condition = kNone;  // under which its parts are asked for
    std::map<const model::Field*, std::unique_ptr<FactNode>> parts = {};
  };
  struct FactRoot {  // a given of the case, or the entry of a fold
    std::string name;
    bool of_entry = false;
    std::uint16_t depth = 0;
    Index layout = 0;
    auto operator<=>(const FactRoot&) const = default;
  };
  SlotId field(const Binding* entry, Environment& env, const model::Path& path);
  void read(FactNode& node, const Binding* entry, std::string path, SlotId condition);
  SlotId asked_when(const model::Field& field, Environment& env, const model::Path& path, std::size_t held);
  SlotId not_empty(SlotId list);
  [[nodiscard]] bool one_must_hold(const std::vector<SlotId>& conditions) const;
  [[nodiscard]] bool one_may_hold(const std::vector<SlotId>& conditions) const;
  [[nodiscard]] const Op* producer(SlotId slot) const;
  void open_frame();
  Reached close_frame();
  void reach(std::size_t obligation, SlotId inside = kNone);
  std::size_t add_obligation(Obligation obligation);
  void oblige_look(LookRecord& record, const model::Table& table, Environment& env);
  Reached in_body(Reached reached, std::uint16_t depth);
  void hold_for_every_entry(const Reached& reached, SlotId list, const FoldInfo& info, const std::vector<Op>& body,
                            std::uint16_t depth);
  RequirementInfo granting(const Obligation& obligation, SlotId granted);
  void add_granting(std::vector<RequirementInfo>& to, RequirementInfo added);

  struct EditionResult;
  EditionResult edition(const model::Standard& standard, const model::Edition& e, Environment& env, SlotId active,
                        SlotId day, const Wanted& wanted);
  SlotId requirements(const model::Edition& e, Environment& env, SlotId active, const Wanted& wanted,
                      EditionResult& result);
  void oblige_one_edition(const model::Standard& standard, const std::vector<SlotId>& active, Environment& env);
  static bool needs_gradings(const model::Edition& e, const Wanted& wanted);
  void results(const model::Edition& e, Environment& env, SlotId active, SlotId given, const Wanted& wanted,
               EditionResult& result);
  StandardOutputs::Output joined(const std::string& name, const std::vector<EditionResult>& results,
                                 const std::vector<SlotId>& active, bool gap);
  SlotId answered_without_level(const model::Edition& e, const model::Comply& comply, Environment& inner, Index scale,
                                SlotId active, SlotId applies, SlotId met, SlotId value);
  SlotId within(SlotId day, const model::Bound& from, const model::Bound& to, Environment& env);
  SlotId day_of(const model::Bound& bound, Environment& env);
  SlotId covering(const model::Edition& e, SlotId day, Environment& env);
  SlotId grading(const model::Edition& e, const model::Grading& g, Environment& env, Index scale, SlotId active);
  SlotId grade_by_column(const model::Grading& g, Environment& env, Index scale, SlotId active);
  SlotId grade_by_member(const model::Grading& g, Environment& env, Index scale, SlotId active);
  SlotId limit_truth(SlotId measure, SlotId limit, model::Grading::Direction direction);

  PlanBuilder& builder_;
  const Layout& layout_;
  Section& section_;
  std::string owner_;
  Index source_ = kNone;
  std::vector<SlotInfo> slots_;  // those of the section, until it is finished
  std::vector<std::vector<Op>> buffers_;
  std::vector<std::uint16_t> depth_;  // by slot: the folds it lies in
  struct UseHash {
    std::size_t operator()(const std::pair<const Environment*, const model::Expr*>& use) const {
      return std::hash<const void*>{}(use.first) * 31 + std::hash<const void*>{}(use.second);
    }
  };
  std::unordered_map<std::pair<const Environment*, const model::Expr*>, Lowered, UseHash> memo_;
  std::map<std::pair<const Environment*, const model::Let*>, SlotId> lets_;
  std::map<FactRoot, FactNode> facts_;
  std::map<const model::Entry*, Binding> entries_;
  std::vector<SlotId> guards_;
  std::vector<Frame> frames_;
  std::vector<Obligation> obligations_;
  std::map<SlotId, SlotId> not_empty_;  // by list
  std::map<std::pair<const model::Table*, std::vector<SlotId>>, std::size_t> look_memo_;
  std::vector<LookRecord> looks_;
  struct Doubts {  // in the section: from, to
    std::size_t begin = 0, end = 0;
  };
  void tell_with(const Doubts& doubts, SlotId slot);
  void tell_with_lets();
  std::map<const model::Table*, Doubts> table_doubts_;
  std::vector<std::pair<const model::Let*, Doubts>> let_doubts_;
  std::vector<const model::Standard*> calls_;
  std::vector<SlotId> results_;           // told as results, not as lets
  std::vector<const model::Let*> named_;  // have a statement of their own
  // What to lower inside the body of which fold, and what it came to.
  struct Expected {
    const model::Expr* of_entry = nullptr;
    const model::Template* reason = nullptr;
    ForEach out;
  };
  std::map<const model::Expr*, Expected> expected_;
  void lower_of_entry(const model::Expr& whole, Expected& each, Environment& env);
  const model::Entry* it_entry_ = nullptr;  // `it` in the limits of a grading …
  SlotId it_ = kNone;                       // … and its slot
  std::map<SlotId, Rational> constants_;    // slots that hold a known number
  std::deque<Environment> environments_;    // of calls and of fields' own conditions; addresses are keys
};

// Name, days and papers of a version.
void describe_version(SectionBuilder& make, const model::Version& version);
// Papers, with a mark where nobody has checked them; it is shown where `used` holds (kNone: always).
std::vector<Index> cite(SectionBuilder& make, const std::vector<model::Citation>& citations, const std::string& what,
                        SlotId used = kNone);
void lower_targets(PlanBuilder& builder, const model::Targets& targets);
// Gives back what lists hold beyond their items: of a programme as soon as it is whole, so that the next one can have
// it; of the plan apart from its programmes.
void trim(ProgramInfo& program);
void trim(Plan& plan);
// After the programmes that it names.
void lower_group(PlanBuilder& builder, const model::Group& group);

}  // namespace guiju::plan
