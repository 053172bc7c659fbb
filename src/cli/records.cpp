// See records.hpp.
#include "cli/records.hpp"

#include <algorithm>
#include <istream>

#include "values/csv.hpp"

namespace guiju::cli {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // some programs begin a text with it

// A record of CSV goes on past the end of a line while a quote is open.
bool quote_is_open(const std::string& text) {
  return std::count(text.begin(), text.end(), '"') % 2 != 0;
}

}  // namespace

// Adds the next line to the record; false at the end of the stream.
bool Records::take_line(Record& record) {
  std::string line;
  if (!std::getline(in_, line)) return false;
  ++line_;
  bytes_ += line.size() + 1;
  if (line_ == 1 && line.starts_with(kMark)) line.erase(0, kMark.size());
  if (line.ends_with('\r')) line.pop_back();
  if (record.text.size() + line.size() > kMostRecord) {
    record.too_long = true;
    line.resize(kMostRecord - std::min(kMostRecord, record.text.size()));
  }
  record.text += line;
  return true;
}

std::optional<Record> Records::next() {
  Record record;
  do {
    record.text.clear();
    if (!take_line(record)) return std::nullopt;
    record.line = line_;
  } while (record.text.find_first_not_of(" \t") == std::string::npos);
  while (is_csv_ && !record.too_long && quote_is_open(record.text)) {
    record.text += '\n';
    if (!take_line(record)) break;
  }
  return record;
}

std::optional<std::vector<std::string>> csv_cells(const std::string& record) {
  std::vector<std::string> cells;
  for (std::size_t at = 0;; ++at) {  // past the comma
    const CsvExtent cell = csv_cell(record, at);
    if (cell.fault != CsvExtent::none) return std::nullopt;
    cells.push_back(csv_text(record, cell));
    at = cell.stop;
    if (at >= record.size()) return cells;
    if (record[at] != ',') return std::nullopt;  // a quote within a plain cell has joined two lines
  }
}

void append_csv_cell(std::string& out, const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace guiju::cli
