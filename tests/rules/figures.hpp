// The figures of a rule file, and what each becomes when it is changed by one unit in its last digit. A figure is a
// number, percentage, quantity or date that a decision can read: not those of tests, citations, verification and
// publication dates, texts. The figures of a table in a CSV file are the numbers and dates of its cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/rulebook.hpp"
#include "syntax/tree.hpp"

namespace guiju::tests {

struct Figure {
  std::uint32_t begin = 0, end = 0;  // bytes in the file
  std::string written;
  std::vector<std::string> mutants;  // one unit more, one unit less; of a comparison the one beside it
};

[[nodiscard]] std::vector<Figure> figures_of(const syntax::Tree& tree);
// The comparisons that a decision reads, each with the one beside it: the two differ only where both sides are equal.
[[nodiscard]] std::vector<Figure> comparisons_of(const syntax::Tree& tree);
// Of the CSV file that the table takes its rows from. Its first line and columns of texts hold none.
[[nodiscard]] std::vector<Figure> figures_of_csv(std::string_view text, const model::Table& table);

// "0.01" → "0.02", "0.00"; "20000元" → "20001元", "19999元"; "0" → "1", "-1"; "2024-12-31" → "2025-01-01",
// "2024-12-30".
[[nodiscard]] std::vector<std::string> mutants_of(const std::string& written);

}  // namespace guiju::tests
