// What an answer was made of: the values that reached it along what was taken. A figure that nobody has checked is told
// of only where it is among them.
#pragma once

#include <vector>

#include "run/decide.hpp"

namespace guiju::explain {

class Fed {
 public:
  // `decision`: with all slots of the section evaluated.
  Fed(const plan::Plan& plan, const plan::ProgramInfo& program, const run::Decision& decision);

  [[nodiscard]] bool operator()(plan::SlotId slot) const { return reached_[slot]; }

 private:
  void roots(const plan::ProgramInfo& program);
  void root(plan::SlotId slot);
  void walk();
  template <typename F>
  void for_each_taken(const plan::Op& op, F&& f) const;
  void take_body(plan::Index fold);
  [[nodiscard]] const run::Value& at(plan::SlotId slot) const { return decision_.slots[slot]; }

  const plan::Plan& plan_;
  const plan::Section& section_;
  const run::Decision& decision_;
  std::vector<bool> reached_;          // by slot
  std::vector<plan::SlotId> waiting_;  // reached, and not walked from yet
};

}  // namespace guiju::explain
