// Cells of CSV, one by one.
#include <doctest/doctest.h>

#include <vector>

#include "values/csv.hpp"

using namespace guiju;

namespace {

// The cells of the first line, `!` behind one that is faulty.
std::vector<std::string> line(std::string_view text) {
  std::vector<std::string> cells;
  for (std::size_t at = 0;; ++at) {
    const CsvExtent cell = csv_cell(text, at);
    cells.push_back(csv_text(text, cell) + (cell.fault == CsvExtent::none ? "" : "!"));
    at = cell.stop;
    if (at >= text.size() || text[at] != ',') return cells;
  }
}
using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("cells end at commas and ends of lines, outside quotes") {
  CHECK(line("") == Cells{""});
  CHECK(line("a,,b") == Cells{"a", "", "b"});
  CHECK(line("a,b\r\nc") == Cells{"a", "b"});
  CHECK(line("a,b\nc") == Cells{"a", "b"});
  CHECK(line("a\rb,c") == Cells{"a\rb", "c"});
  CHECK(line("\"a,\n\r\nb\",c") == Cells{"a,\n\r\nb", "c"});
  CHECK(line("\"\",\"\"\"\",\"a\"\"b\"") == Cells{"", "\"", "a\"b"});
  CHECK(line("a\"b\",c") == Cells{"a\"b\"", "c"});
}

TEST_CASE("quotes that are not closed, and what follows one that is, are faults") {
  CHECK(line("a,\"b") == Cells{"a", "b!"});
  CHECK(line("\"a\"\"") == Cells{"a\"!"});
  CHECK(line("\"a\" ,b") == Cells{"a!", "b"});
  const CsvExtent open = csv_cell("a,\"b", 2);
  CHECK(open.fault == CsvExtent::quote_open);
  CHECK(open.fault_at == 2);
  const CsvExtent behind = csv_cell("\"a\"x,b", 0);
  CHECK(behind.fault == CsvExtent::after_quote);
  CHECK(behind.fault_at == 3);
  CHECK(behind.stop == 4);
}
