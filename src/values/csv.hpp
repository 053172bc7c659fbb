// One cell of CSV (RFC 4180), wherever it is read: tables beside rule files, and files of cases.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guiju {

struct CsvExtent {
  enum Fault : std::uint8_t { none, quote_open, after_quote } fault = none;
  bool quoted = false;
  std::size_t begin = 0, end = 0;  // of what is in it, quotes taken off; a quote within stands twice
  std::size_t stop = 0;            // the comma, the end of the line or of the text behind it
  std::size_t fault_at = 0;        // the quote that is not closed, or what follows the one that is
};

// LF or CR LF, or the end of the text.
[[nodiscard]] bool at_csv_line_end(std::string_view text, std::size_t at);

// The cell that begins at `at`.
[[nodiscard]] CsvExtent csv_cell(std::string_view text, std::size_t at);

// What is in it.
[[nodiscard]] std::string csv_text(std::string_view text, const CsvExtent& cell);

}  // namespace guiju
