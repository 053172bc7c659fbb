// Which comparisons made a truth what it is: a walk from its slot back through the operations of the plan. Reasons that
// nobody wrote, the values compared and the trace are read off it, so that they cannot drift from the rule.
#pragma once

#include <string>
#include <vector>

#include "explain/explanation.hpp"

namespace guiju::explain {

// `all` of these had to be, `any` one of these.
struct Demand {
  enum Kind : std::uint8_t { leaf, all, any } kind = all;
  std::vector<Demand> inner;
  Compared compared;      // leaf
  bool readings = false;  // any: of a text that is open; which one is meant nobody chooses
  std::string reading;    // one of those: its label
};

class Comparisons {
 public:
  Comparisons(const run::Facts& facts, const plan::Section& section, const run::Decision& decision, bool english);

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
  static void flatten(Demand&& demand, std::vector<Compared>& out);
  // Behind what is there, as what had to hold, too.
  static void append(const std::vector<Compared>& more, std::vector<Compared>& out);

  struct Operand {
    std::string what, path;
    std::string value;
    bool constant = false;
  };
  [[nodiscard]] Operand operand(plan::SlotId slot) const;

 private:
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
  static void take(Told& told, Operand&& operand);
  void take_bound(Told& told, Operand&& bound) const;
  [[nodiscard]] std::string text_of(const Told& told) const;
  [[nodiscard]] std::string stated(const Told& told, bool needed) const;
  [[nodiscard]] std::string states_text(std::uint64_t mask, plan::SlotId document) const;
  [[nodiscard]] bool shorter_list(plan::Index enumeration, std::uint64_t& mask) const;
  [[nodiscard]] bool is_settled(plan::SlotId truth) const;
  [[nodiscard]] const char* pick(const char* zh, const char* en) const { return english_ ? en : zh; }

  [[nodiscard]] const plan::Op* producer(plan::SlotId slot) const;
  [[nodiscard]] plan::SlotId unscaled(plan::SlotId slot) const;
  [[nodiscard]] std::string written(const plan::Op& op) const;
  [[nodiscard]] std::string pattern_text(const plan::PatternInfo& pattern, plan::SlotId key) const;
  [[nodiscard]] std::string shown(plan::SlotId slot) const;
  [[nodiscard]] bool is_bare(plan::SlotId slot) const;
  [[nodiscard]] std::string shown_beside(plan::SlotId bare, plan::SlotId beside) const;
  [[nodiscard]] std::string sentence(const Demand& demand, bool inside) const;
  [[nodiscard]] std::string by_reading(const Demand& readings) const;
  static void drop_absences(std::vector<Demand>& ways, bool only_alone);
  [[nodiscard]] const run::Value& at(plan::SlotId slot) const { return decision_.slots[slot]; }

  const run::Facts& facts_;
  const plan::Plan& plan_;
  const plan::Section& section_;
  const run::Decision& decision_;
  bool english_;
};

// An expression of the rules on one line, cut where it is long.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace guiju::explain
