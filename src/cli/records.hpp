// A file of many cases as records, one after the other, so that no more than one block of it is in memory: lines of
// JSON text, or records of CSV (RFC 4180), whose quoted cells may go over several lines. Blank lines are no records.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace guiju::cli {

struct Record {
  std::size_t line = 0;   // its first, from 1
  std::string text;       // without its end of line
  bool too_long = false;  // the text is cut off at kMostRecord; the rest has been passed over
};
inline constexpr std::size_t kMostRecord = 16U << 20U;

class Records {
 public:
  Records(std::istream& in, bool is_csv) : in_(in), is_csv_(is_csv) {}

  // The next record; none at the end of the stream.
  [[nodiscard]] std::optional<Record> next();
  [[nodiscard]] bool is_csv() const { return is_csv_; }
  // What has been read of the stream so far.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  bool take_line(Record& record);

  std::istream& in_;
  bool is_csv_;
  std::size_t line_ = 0, bytes_ = 0;
};

// The cells of one record, quotes taken off; no value where a quote is not closed or something follows it.
[[nodiscard]] std::optional<std::vector<std::string>> csv_cells(const std::string& record);
// A cell, quoted where it has to be.
void append_csv_cell(std::string& out, const std::string& cell);

}  // namespace guiju::cli
