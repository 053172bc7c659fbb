// See csv.hpp.
#include "values/csv.hpp"

namespace guiju {
namespace {

std::size_t plain_end(std::string_view text, std::size_t at) {
  while (!at_csv_line_end(text, at) && text[at] != ',') ++at;
  return at;
}

}  // namespace

bool at_csv_line_end(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == '\n' || text.substr(at, 2) == "\r\n";
}

CsvExtent csv_cell(std::string_view text, std::size_t at) {
  CsvExtent cell;
  cell.quoted = at < text.size() && text[at] == '"';
  if (!cell.quoted) {
    cell.begin = at;
    cell.end = cell.stop = plain_end(text, at);
    return cell;
  }
  cell.begin = at + 1;
  cell.end = text.find('"', cell.begin);
  while (cell.end < text.size() && text.substr(cell.end + 1, 1) == "\"") cell.end = text.find('"', cell.end + 2);
  if (cell.end >= text.size()) {
    cell.fault = CsvExtent::quote_open;
    cell.fault_at = at;
    cell.end = cell.stop = text.size();
    return cell;
  }
  const std::size_t behind = cell.end + 1;
  cell.stop = plain_end(text, behind);
  if (cell.stop == behind) return cell;
  cell.fault = CsvExtent::after_quote;
  cell.fault_at = behind;
  return cell;
}

std::string csv_text(std::string_view text, const CsvExtent& cell) {
  std::string out;
  for (std::size_t i = cell.begin; i < cell.end; ++i) {
    out += text[i];
    if (cell.quoted && text[i] == '"') ++i;
  }
  return out;
}

}  // namespace guiju
