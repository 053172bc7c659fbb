// Tables from CSV files (RFC 4180): each cell is read as a cell of a grid, at its own place in the file.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.hpp"
#include "syntax/tree.hpp"

namespace guiju::model {

struct CsvCell {
  std::uint32_t begin = 0, end = 0;  // in the file, quotes taken off
  bool quoted = false;
};
using CsvRow = std::vector<CsvCell>;

// Every record of the file; faulty ones are reported and left out. Empty lines are no records.
[[nodiscard]] std::vector<CsvRow> read_csv(std::string_view text, FileId file, Diagnostics& diagnostics);

// Rows [first, last) as the rows of a grid in a tree of its own, tokens placed in the CSV file. `header` of the grid is
// the first of them. as_text[i]: the cells of column i are texts as they stand, quoted or not.
[[nodiscard]] syntax::Tree csv_grid(std::string_view text, FileId file, const std::vector<CsvRow>& rows,
                                    std::size_t first, std::size_t last, const std::vector<bool>& as_text,
                                    Diagnostics& diagnostics);

}  // namespace guiju::model
