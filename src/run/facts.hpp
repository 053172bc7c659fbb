// The facts of one case: a row over the layout of one programme or standard. Every value is known, absent, unknown
// (nobody asked) or unknowable (asked, cannot be said). A value that the field does not allow is kept as a bad fact,
// and the decision says so. One thread at a time; reset and reuse without allocating.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace guiju::run {

inline constexpr std::size_t kLongestText = 4096;  // bytes of a fact

enum class FactState : std::uint8_t { unknown, unknowable, absent, known, bad };

struct BadFact {
  std::string path, got;
  plan::LocalText allowed;
};

struct FactList;

struct FactValue {
  FactState state = FactState::unknown;
  i128 c = 0;                      // number, day, member index, truth 0/1, months or days, region, document state
  std::string text;                // text; of a figure of a target how it is measured
  std::unique_ptr<FactList> list;  // list; state known
};
struct FactRow {
  std::vector<FactValue> values;  // by field of the layout
};
struct FactList {
  bool complete = false;
  std::vector<FactRow> entries;
};

// States of a document fact.
enum DocumentState : std::uint8_t { owed = 0, held = 1, document_refused = 2 };

// A place in the facts: a field of the case, or of an entry of one of its lists.
struct FieldRef {
  plan::Index field = plan::kNone;
  FactRow* row = nullptr;
  const plan::Layout* layout = nullptr;
  std::string path;  // with the entry: "claims[2].category"
};

class Facts {
 public:
  Facts(std::shared_ptr<const plan::Plan> plan, plan::Index program);
  Facts(Facts&& other) noexcept;
  Facts& operator=(Facts&& other) noexcept;
  ~Facts();

  [[nodiscard]] const plan::Plan& plan() const { return *plan_; }
  [[nodiscard]] const std::shared_ptr<const plan::Plan>& shared_plan() const { return plan_; }
  [[nodiscard]] plan::Index program() const { return program_; }
  [[nodiscard]] const plan::Layout& layout() const;

  // Everything unknown again; keeps memory.
  void reset();

  // By path or alias path ("purchase.tier", "购买.能效等级"); field kNone where there is none.
  [[nodiscard]] FieldRef find(std::string_view path);
  [[nodiscard]] FieldRef at(plan::Index field);
  // Lists: makes the list known; `complete` says that there are no further entries.
  void begin_list(const FieldRef& list, bool complete);
  // A new entry, all fields unknown; the index of the entry.
  std::size_t add_entry(const FieldRef& list);
  [[nodiscard]] FieldRef entry_field(const FieldRef& list, std::size_t entry, plan::Index field);
  [[nodiscard]] FieldRef entry_field(const FieldRef& list, std::size_t entry, std::string_view path);

  void set_state(const FieldRef& f,
                 FactState state);  // unknown, unknowable, absent; absent on a field that cannot be is bad
  // Each false where the value is not allowed there; the fact is then bad.
  bool set_truth(const FieldRef& f, bool value);
  bool set_number(const FieldRef& f, const Rational& value, std::string_view written = {});  // canonical units
  // A figure of a target, in canonical units, and how it is measured (values/unit.hpp, measure_of).
  bool set_measured(const FieldRef& f, const Rational& value, std::string measure, std::string_view written = {});
  bool set_day(const FieldRef& f, Day day);
  bool set_duration(const FieldRef& f, std::int64_t count);  // months or days, by the class of the field
  bool set_member(const FieldRef& f, plan::Index member);
  bool set_member(const FieldRef& f, std::string_view name);  // by name, alias or label
  bool set_text(const FieldRef& f, std::string_view value);   // valid UTF-8, at most 4096 bytes
  bool set_region(const FieldRef& f, Region value);
  bool set_document(const FieldRef& f, DocumentState state);
  // For readers of other formats: a value that could not even be read.
  void set_bad(const FieldRef& f, std::string got);

  [[nodiscard]] const FactValue& value(plan::Index field) const { return row_.values[field]; }
  [[nodiscard]] const FactRow& row() const { return row_; }
  [[nodiscard]] const std::vector<BadFact>& bad() const { return bad_; }
  // What a field allows, in words: "fridge, washer, …", "0 … 1,000,000 yuan, step 0.01".
  [[nodiscard]] plan::LocalText allowed(const plan::FieldInfo& field) const;

 private:
  std::shared_ptr<const plan::Plan> plan_;
  plan::Index program_;
  FactRow row_;
  std::vector<BadFact> bad_;
};

}  // namespace guiju::run
