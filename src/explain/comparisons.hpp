// Which comparisons made a truth what it is: a walk from its slot back through the operations of the plan. Reasons that
// nobody wrote, the values compared and the trace are read off it, so that they cannot drift from the rule.
#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "explain/explanation.hpp"
#include "explain/words.hpp"

namespace guiju::explain {

struct Demand;

// A list in the order in which it was made; what stands in it stands in no other.
class Demands {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Demand;
    using difference_type = std::ptrdiff_t;
    using pointer = Demand*;
    using reference = Demand&;
    Iterator() = default;
    explicit Iterator(Demand* at) : at_(at) {}
    Demand& operator*() const { return *at_; }
    Demand* operator->() const { return at_; }
    Iterator& operator++();
    Iterator operator++(int) { return std::exchange(*this, std::next(*this)); }
    bool operator==(const Iterator&) const = default;

   private:
    Demand* at_ = nullptr;
  };

  void add(Demand& one);
  void add(const Demands& more);  // all of them
  [[nodiscard]] bool empty() const { return first_ == nullptr; }
  [[nodiscard]] bool has_one() const { return first_ != nullptr && first_ == last_; }
  [[nodiscard]] Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] static Iterator end() { return Iterator(); }

 private:
  Demand* first_ = nullptr;
  Demand* last_ = nullptr;
};

// `all` of these had to be, `any` one of these. What it is made of is kept in Words.
struct Demand {
  enum Kind : std::uint8_t { leaf, all, any } kind = all;
  bool readings = false;  // any: of a text that is open; which one is meant nobody chooses
  Phrase reading;         // one of those: its label
  Demands inner;
  Compared* compared = nullptr;  // leaf
  Demand* next = nullptr;        // in its list
};

inline Demands::Iterator& Demands::Iterator::operator++() {
  at_ = at_->next;
  return *this;
}

class Comparisons {
 public:
  // What is told lives as long as the rules and `words`.
  Comparisons(const run::Facts& facts, const plan::Section& section, const run::Decision& decision, bool english,
              Words& words);

  // What stood in the way of `needed`; of a conjunction only what did not hold. Without anything inside: the value is
  // not made of comparisons.
  [[nodiscard]] Demand missing(plan::SlotId truth, bool needed = true) const;
  // Everything that was compared, whether it held or not.
  [[nodiscard]] Demand every(plan::SlotId truth) const;
  // The keys of a look-up against the row that was hit.
  [[nodiscard]] std::vector<Compared> row_hit(plan::SlotId row) const;

  // "售价须不高于 5000.00元(现为 6000.00元)", joined; empty where nothing was compared.
  [[nodiscard]] std::string sentence(const Demand& demand) const;
  // Its comparisons, each with its place (Compared::place), behind those that are there.
  void flatten(const Demand& demand, std::vector<Compared>& out) const;
  // Behind what is there, as what had to hold, too.
  void append(const std::vector<Compared>& more, std::vector<Compared>& out) const;

  struct Operand {
    Phrase what, path;
    Phrase value;
    bool constant = false;
  };
  [[nodiscard]] const Operand& operand(plan::SlotId slot) const;

 private:
  [[nodiscard]] Operand operand_anew(plan::SlotId slot) const;
  [[nodiscard]] const plan::FieldInfo* entry_field(const plan::Op& item) const;
  [[nodiscard]] Demand walk(plan::SlotId slot, bool needed, bool all, int depth) const;
  [[nodiscard]] Demand logic(const plan::Op& op, bool needed, bool all, int depth) const;
  // telling.cpp
  struct Told;
  [[nodiscard]] Demand leaf(const plan::Op& op, bool needed) const;
  void tell(const plan::Op& op, bool needed, Told& told) const;
  void tell_relation(const plan::Op& op, bool needed, Told& told) const;
  void tell_members(const plan::Op& op, bool needed, Told& told) const;
  void tell_row(const plan::Op& op, bool needed, Told& told) const;
  void tell_truth(bool needed, Told& told) const;
  static void take(Told& told, const Operand& operand);
  void take_bound(Told& told, const Operand& bound) const;
  [[nodiscard]] Phrase text_of(const Told& told) const;
  [[nodiscard]] Phrase stated(const Told& told, bool needed) const;
  [[nodiscard]] Phrase states_text(std::uint64_t mask, plan::SlotId document) const;
  [[nodiscard]] bool shorter_list(plan::Index enumeration, std::uint64_t& mask) const;
  [[nodiscard]] bool is_settled(plan::SlotId truth) const;
  [[nodiscard]] Phrase pick(Phrase zh, Phrase en) const { return english_ ? en : zh; }

  [[nodiscard]] const plan::Op* producer(plan::SlotId slot) const;
  [[nodiscard]] plan::SlotId unscaled(plan::SlotId slot) const;
  [[nodiscard]] Phrase written(const plan::Op& op) const;
  // How a value is called: a fact, the amount or a part of it, what has a name in the rules, and what has none.
  [[nodiscard]] Phrase name_of(const plan::FieldInfo& field) const;
  [[nodiscard]] Phrase name_of_granted(plan::SlotId slot) const;
  [[nodiscard]] Phrase name_of_let(plan::SlotId slot) const;
  [[nodiscard]] Phrase name_of_made(const plan::Op& op) const;
  [[nodiscard]] Phrase name_of_fold(const plan::Op& fold) const;
  [[nodiscard]] Phrase name_of_cell(const plan::Op& cell) const;
  [[nodiscard]] Phrase pattern_words(const plan::PatternInfo& pattern, plan::SlotId key) const;
  [[nodiscard]] std::string pattern_text(const plan::PatternInfo& pattern, plan::SlotId key) const;
  [[nodiscard]] Phrase shown(plan::SlotId slot) const;
  [[nodiscard]] bool is_bare(plan::SlotId slot) const;
  [[nodiscard]] Phrase shown_beside(plan::SlotId bare, plan::SlotId beside) const;
  [[nodiscard]] std::string sentence(const Demand& demand, bool inside) const;
  [[nodiscard]] std::string by_reading(const Demand& readings) const;
  void drop_absences(Demands& ways, bool only_alone) const;
  void belongs_to(Phrase reading, const Demand& demand) const;
  [[nodiscard]] const run::Value& at(plan::SlotId slot) const { return decision_.slots[slot]; }

  const run::Facts& facts_;
  const plan::Plan& plan_;
  const plan::Section& section_;
  const run::Decision& decision_;
  bool english_;
  Words& words_;
  mutable std::vector<const Operand*> operands_;  // by slot, as far as they were told
};

// What is written at a place of the rules, on one line, cut where it is long.
[[nodiscard]] Phrase excerpt(Words& words, const plan::Plan& plan, plan::Index place);

}  // namespace guiju::explain
