// The figures of a rule file, and what each becomes when it is changed by one unit in its last digit. A figure is a
// number, percentage, quantity or date that a decision can read: not those of tests, citations, verification and
// publication dates, texts.
#pragma once

#include <string>
#include <vector>

#include "syntax/tree.hpp"

namespace guiju::tests {

struct Figure {
  std::uint32_t begin = 0, end = 0;  // bytes in the file
  std::string written;
  std::vector<std::string> mutants;  // one unit more, one unit less
};

[[nodiscard]] std::vector<Figure> figures_of(const syntax::Tree& tree);

// "0.01" → "0.02", "0.00"; "20000元" → "20001元", "19999元"; "0" → "1", "-1"; "2024-12-31" → "2025-01-01",
// "2024-12-30".
[[nodiscard]] std::vector<std::string> mutants_of(const std::string& written);

}  // namespace guiju::tests
