// How the members of one struct are read, the case or an entry of a list, and what is asked of them before a kernel
// runs. Conditions are pieces of C that are true where something is amiss.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "emit/analysis.hpp"
#include "emit/writing.hpp"

namespace guiju::emit {

using Conditions = std::vector<std::string>;

struct Door {
  const Writing& w;
  const plan::Layout& layout;
  const LayoutNames& names;
  const kernel::Demands& demands;
  std::string pointer, known, absent;  // "entry", "entry_known", "entry_absent"

  [[nodiscard]] std::string member(std::size_t field) const { return pointer + "->" + names.members[field]; }
  [[nodiscard]] bool demanded(std::size_t field) const { return in_set(demands.known, field); }
  // The value; 0 where it is not known. Without a branch, which nobody could foresee.
  [[nodiscard]] std::string value(std::size_t field) const;

  // Writes the words of both sets in which these fields stand.
  void write_sets(Text& out, const std::set<std::uint32_t>& read, const std::string& indent) const;

  // The kernel does not speak of the case.
  [[nodiscard]] Conditions unmet() const;
  // A fact is absent that cannot be.
  [[nodiscard]] Conditions wrongly_absent(const std::set<std::uint32_t>& read) const;
  // One of these, in one question for each word.
  [[nodiscard]] Conditions unfit_states(const std::set<std::uint32_t>& read) const;
  // The value of a field lies outside a range; `value` is what it is called.
  [[nodiscard]] Conditions outside(std::uint32_t field, const std::string& value, const kernel::Range& range) const;
};

// With the other text between them.
[[nodiscard]] std::string joined(const Conditions& parts, const std::string& between);
// A condition of which the compiler is told that it hardly ever holds: behind a dozen of which it is not told, it takes
// the code for hardly ever run, and makes it small in place of fast.
[[nodiscard]] std::string rarely(const std::string& condition);
[[nodiscard]] std::string unsigned_literal(std::uint64_t value);

}  // namespace guiju::emit
