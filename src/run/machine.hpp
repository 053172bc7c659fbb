// The scalar executor: one loop over the operations of a section, over abstract values.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "run/assumptions.hpp"
#include "run/value.hpp"

namespace guiju::run {

// What the walk back from open values finds: the facts and texts that leave them open, and on how many paths.
struct Support {
  std::vector<OpenSource> sources;  // each once
  std::vector<Mark> marks;          // each once
  void add(OpenSource source);
  [[nodiscard]] bool has(const OpenSource& source) const;
  void add_mark(const Mark& mark);
  void merge(const Support& other, bool twice = false);
  [[nodiscard]] bool asks() const;  // some source is a fact
  [[nodiscard]] bool has_fact(const FactValue& fact) const;
  // By path: the facts that can be asked for, and those that were and cannot be said.
  [[nodiscard]] std::vector<std::string> questions() const;
  [[nodiscard]] std::vector<std::string> unanswerable() const;

 private:
  [[nodiscard]] std::vector<std::string> facts(bool unknowable) const;

  using Key = std::pair<const FactValue*, plan::Index>;
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<const FactValue*>()(key.first) ^ (std::size_t{key.second} << 1U);
    }
  };
  // Entries that nothing is known of make thousands of sources: those past a few are found by what they are.
  [[nodiscard]] std::size_t place_of(const OpenSource& source) const;  // their number where there is none
  mutable std::unordered_map<Key, std::size_t, Hash> places_;
};

class Machine {
 public:
  Machine(const plan::Plan& plan, const plan::Section& section, const Facts& facts, Decision& decision);

  void run(plan::Index begin, plan::Index end);

  [[nodiscard]] const Value& at(plan::SlotId slot) const { return decision_.slots[slot]; }
  [[nodiscard]] plan::SlotClass class_of(plan::SlotId slot) const { return section_.slots[slot].cls; }
  [[nodiscard]] bool open(plan::SlotId slot) const { return !is_known(at(slot), class_of(slot)); }

  // Of a fold that has run: how many entries are known, and how one is called.
  [[nodiscard]] std::size_t entries(const plan::Op& fold) const;
  [[nodiscard]] std::string entry_path(const plan::Op& fold, std::size_t entry) const;
  // Runs the body for one entry; the slots are then those of that entry. Of a fold that is in no other.
  void enter(plan::Index fold, std::size_t entry);

  // Lists a bad fact of the decision, once.
  void tell_bad(const plan::FieldInfo& field, const std::string& path);

  // Which open facts and texts the values of the slots depend on.
  void support(std::span<const plan::SlotId> roots, Support& out) const;
  void support(plan::SlotId root, Support& out) const { support({&root, 1}, out); }
  void add_gaps(Support& out) const;  // choices and tables of which surely no branch or row holds, or two do
  // Where the failure of a slot comes from; nothing where a bad fact is the cause (those are in Decision::bad).
  [[nodiscard]] std::optional<Error> failure(plan::SlotId slot) const;

 private:
  [[nodiscard]] plan::Index negative_part(const plan::Op& op) const;  // of the section; kNone: none
  struct Frame {                                                      // the entry that a fold runs over
    const FactRow* row = nullptr;
    plan::Index layout = 0;
    std::string list_path;
    std::size_t entry = 0;
    bool unsaid = false;  // one that was not given: there may be such entries, and nobody can be asked about one
  };

  struct List {
    const FactList* list = nullptr;  // nullptr: nothing is known of it
    OpenSource source;
    bool complete = false;
  };

  void step(const plan::Op& op, plan::Index index);
  bool host_day(const plan::FieldInfo& field, Value& out) const;
  [[nodiscard]] Value fact(const plan::FieldInfo& field, const FactValue& value, const Value* condition,
                           const std::string& path);
  [[nodiscard]] Value unknown(const plan::SlotInfo& slot) const;
  [[nodiscard]] Value unknown(const plan::FieldInfo& field, FactState state) const;
  [[nodiscard]] Value supposed(const Cell& cell, plan::SlotClass cls);
  [[nodiscard]] Value constant(const plan::ConstantInfo& k);
  [[nodiscard]] Value open_text(const plan::Op& op);
  [[nodiscard]] Value between(const plan::Op& op) const;
  [[nodiscard]] Value first_present(const plan::Op& op);
  [[nodiscard]] Value agreed(const plan::Op& op);
  // What several papers say together.
  struct Said {
    const Value* value = nullptr;   // that a known one says
    const Value* fails = nullptr;   // one of which it cannot be told what it says
    const Value* silent = nullptr;  // one that was asked and cannot say
    bool may_be_silent = false, open = false, contradicted = false;
    bool sure = false;  // one surely speaks
    std::uint8_t faults = 0;
  };
  [[nodiscard]] Said said_by(const plan::Op& op) const;
  [[nodiscard]] Value unsaid(const plan::Op& op);
  [[nodiscard]] Value pick(const plan::Op& op) const;
  [[nodiscard]] Value at_most_one(const plan::Op& op) const;
  [[nodiscard]] Value round(const plan::Op& op) const;
  [[nodiscard]] Value transcendental(const plan::Op& op) const;
  [[nodiscard]] Value bands(const plan::Op& op) const;
  [[nodiscard]] Value add_duration(const plan::Op& op) const;
  [[nodiscard]] Value elapsed(const plan::Op& op) const;
  [[nodiscard]] Value date_part(const plan::Op& op) const;
  [[nodiscard]] Value compare(const plan::Op& op) const;
  [[nodiscard]] Value same(const plan::Op& op) const;
  [[nodiscard]] std::uint64_t same_text(const Value& a, const Value& b) const;
  [[nodiscard]] Value in_region(const plan::Op& op) const;
  [[nodiscard]] Value look(const plan::Op& op) const;
  [[nodiscard]] Value cell(const plan::Op& op);
  [[nodiscard]] Value hit(const plan::Op& op) const;
  [[nodiscard]] Value grade(const plan::Op& op) const;
  [[nodiscard]] Value extreme(const plan::Op& op) const;
  [[nodiscard]] Value fold(const plan::Op& op, plan::Index index);
  [[nodiscard]] bool in_unsaid_entry() const;
  [[nodiscard]] const FactRow& unsaid_entry(plan::Index layout);
  void foot_amount(const plan::Op& op);

  [[nodiscard]] plan::Index intern(std::string_view text);
  [[nodiscard]] std::string path_of(const plan::Op& op) const;
  // Calls go with every operand that can still matter to the result; adds what is open in the operation itself.
  template <typename Go>
  void visit(const plan::Op& op, bool twice, Support& out, Go&& go) const;
  template <typename Go>
  void visit_said(const plan::Op& op, bool twice, Support& out, Go&& go) const;
  [[nodiscard]] bool picks_the_same(const plan::Op& op, std::size_t from) const;
  [[nodiscard]] const FactValue& fact_of(const plan::Op& op) const;  // FACT, ITEM
  void visit_fact(const plan::Op& op, bool twice, Support& out, const FactValue* behind = nullptr) const;
  void visit_papers(const plan::Op& op, bool twice, const Value& domain, Support& out) const;

  const plan::Plan& plan_;
  const plan::Section& section_;
  const Facts& facts_;
  Decision& decision_;
  std::vector<List> lists_;
  std::vector<Frame> frames_;
  std::unordered_map<plan::Index, Support> fold_support_;  // by operation: what its open entries depend on
  std::unordered_map<plan::Index, FactRow> unsaid_;        // by layout: an entry of which nothing is known
};

}  // namespace guiju::run
