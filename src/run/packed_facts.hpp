// Facts as a kernel reads them: one integer a field. The workspace of a decision; grows once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/execute.hpp"
#include "run/facts.hpp"

namespace guiju::run {

// Texts that the rules name have the numbers there; others follow in the order in which they come, and are added to
// `seen`. The papers of one case often name the same place in memory.
[[nodiscard]] inline std::int64_t number_of(std::string_view text, const std::vector<std::string>& named,
                                            std::vector<std::string_view>& seen) {
  const auto of_rules = static_cast<std::int64_t>(named.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].size() == text.size() && (seen[i].data() == text.data() || seen[i] == text))
      return of_rules + static_cast<std::int64_t>(i);
  }
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i].size() == text.size() && named[i] == text) return static_cast<std::int64_t>(i);
  }
  seen.push_back(text);
  return of_rules + static_cast<std::int64_t>(seen.size()) - 1;
}

// Words of a set of fields with a bit each.
[[nodiscard]] constexpr std::size_t words_for(std::size_t fields) {
  return (fields + 63) / 64;
}

class PackedFacts {
 public:
  // False where some fact cannot be told to a kernel: a bad one, or a list in a list.
  bool pack(const Facts& facts, const kernel::Program& program);
  [[nodiscard]] kernel::Row row();

 private:
  bool pack_values(const FactRow& from, const plan::Layout& layout, std::int64_t* values, std::uint64_t* known,
                   std::uint64_t* absent);
  bool pack_list(const FactValue& from, const plan::Layout& layout, std::size_t field);

  // Of one list: its entries lie one after the other.
  struct Entries {
    std::vector<std::int64_t> values;
    std::vector<std::uint64_t> known, absent;
    std::vector<kernel::Entry> entries;
  };
  const kernel::Program* program_ = nullptr;
  std::vector<std::int64_t> registers_;
  std::vector<std::uint64_t> known_, absent_;
  std::vector<kernel::List> lists_;
  std::vector<Entries> entries_;  // by field
  std::vector<std::string_view> texts_;
};

}  // namespace guiju::run
