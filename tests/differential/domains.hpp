// What facts can be: the values that matter to a rulebook (its constants, each with its neighbours, and the ends of
// ranges) and random cases made of them; then cases with open facts, and the completions of those.
#pragma once

#include <set>

#include "facts.hpp"
#include "random.hpp"

namespace guiju::reference {

class Domains {
 public:
  explicit Domains(const model::Rulebook& rulebook);

  [[nodiscard]] std::int64_t random_day(Random& random) const;
  [[nodiscard]] Case random_case(const std::deque<model::Given>& givens, Random& random) const;
  // Some facts forgotten, some histories declared incomplete. At least one fact is open.
  [[nodiscard]] Case opened(Case known, Random& random) const;
  // The known case as a completion of the open one: of what cannot be said there it is something, but does not say it.
  [[nodiscard]] static Case as_said(Case known, const Case& open);
  // One completion of a case with open facts; random among the values that matter.
  [[nodiscard]] Case completed(const Case& open, Random& random) const;

 private:
  [[nodiscard]] Value random_value(const Leaf& leaf, Random& random) const;
  [[nodiscard]] Fact random_fact(const Leaf& leaf, Random& random) const;
  [[nodiscard]] Row random_entry(const model::Type& element, Random& random) const;
  [[nodiscard]] Number random_number(const Leaf& leaf, Random& random) const;
  void add(const model::Expr& e);
  void add(const model::Row& row);
  void add(const model::Table& table);

  std::set<Number> numbers_;
  std::set<std::int64_t> days_;
  std::set<std::int64_t> months_, day_counts_;
  std::set<std::string> texts_;
  std::set<std::int64_t> regions_;
  std::vector<Number> number_list_;
  std::vector<std::int64_t> day_list_, region_list_;
  std::vector<std::string> text_list_;
};

}  // namespace guiju::reference
