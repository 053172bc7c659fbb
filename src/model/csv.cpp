// The cells are written out as a grid, lexed and parsed like any other, and the tokens then moved to where they stand
// in the CSV file.
#include "model/csv.hpp"

#include <algorithm>
#include <string>

#include "diagnostics/codes.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"
#include "values/csv.hpp"

namespace guiju::model {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, FileId file, Diagnostics& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics) {}

  std::vector<CsvRow> run() {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (text_.substr(0, kMark.size()) == kMark) at_ = kMark.size();
    std::vector<CsvRow> rows;
    while (at_ < text_.size()) {
      CsvRow row = record();
      const bool blank = row.size() == 1 && !row[0].quoted && row[0].begin == row[0].end;
      if (!blank && !faulty_) rows.push_back(std::move(row));
      faulty_ = false;
    }
    return rows;
  }

 private:
  CsvRow record() {
    CsvRow row;
    while (true) {
      row.push_back(cell());
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      break;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    return row;
  }

  CsvCell cell() {
    const CsvExtent found = csv_cell(text_, at_);
    at_ = found.stop;
    if (found.fault == CsvExtent::quote_open) fail(Code::csv_quote_open, found.fault_at);
    if (found.fault == CsvExtent::after_quote) fail(Code::csv_after_quote, found.fault_at);
    return {static_cast<std::uint32_t>(found.begin), static_cast<std::uint32_t>(found.end), found.quoted};
  }

  void fail(Code code, std::size_t at) {
    diagnostics_.add(code, {file_, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)});
    faulty_ = true;
  }

  std::string_view text_;
  FileId file_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  bool faulty_ = false;
};

bool is_word_of_grids(std::string_view cell) {
  for (const auto keyword : {syntax::Keyword::any, syntax::Keyword::absent}) {
    if (cell == syntax::info(keyword).english || cell == syntax::info(keyword).chinese) return true;
  }
  return false;
}

// The grid as text, and for every stretch of it the place that it was copied from.
class Grid {
 public:
  explicit Grid(std::string_view source) : source_(source) {}

  void add(std::string_view own) {
    mark(last_);
    text_ += own;
  }

  void add_row(const CsvRow& row, const std::vector<bool>& as_text) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      last_ = row[i].begin;
      add("| ");
      const std::string_view cell = source_.substr(row[i].begin, row[i].end - row[i].begin);
      const bool verbatim =
          i < as_text.size() && as_text[i] && !is_word_of_grids(cell) && (cell.empty() || cell[0] != '"');
      if (verbatim) add("\"");
      for (std::uint32_t at = row[i].begin; at < row[i].end; ++at) copy(at, row[i].quoted, verbatim);
      last_ = row[i].end;
      add(verbatim ? "\" " : " ");
    }
    add("|\n");
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  [[nodiscard]] std::uint32_t place(std::uint32_t offset) const {
    auto after = std::upper_bound(stretches_.begin(), stretches_.end(), offset,
                                  [](std::uint32_t at, const Stretch& one) { return at < one.begin; });
    if (after == stretches_.begin()) return 0;
    const Stretch& stretch = *std::prev(after);
    return stretch.copied ? stretch.from + (offset - stretch.begin) : stretch.from;
  }

 private:
  struct Stretch {
    std::uint32_t begin, from;
    bool copied;
  };

  void mark(std::uint32_t from) {
    if (!stretches_.empty() && !stretches_.back().copied && stretches_.back().from == from) return;
    stretches_.push_back({static_cast<std::uint32_t>(text_.size()), from, false});
  }

  void copy(std::uint32_t& at, bool quoted, bool verbatim) {
    const char c = source_[at];
    const bool doubled = quoted && c == '"';
    const bool escaped = verbatim && (c == '"' || c == '\\' || c == '{');
    const auto here = static_cast<std::uint32_t>(text_.size());
    const bool runs_on = !stretches_.empty() && stretches_.back().copied && !escaped &&
                         stretches_.back().from + (here - stretches_.back().begin) == at;
    if (!runs_on) stretches_.push_back({here, at, true});
    if (escaped) text_ += '\\';
    text_ += c;
    if (doubled) ++at;
    last_ = at + 1;
  }

  std::string_view source_;
  std::string text_;
  std::vector<Stretch> stretches_;
  std::uint32_t last_ = 0;
};

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text, FileId file, Diagnostics& diagnostics) {
  return CsvReader(text, file, diagnostics).run();
}

syntax::Tree csv_grid(std::string_view text, FileId file, const std::vector<CsvRow>& rows, std::size_t first,
                      std::size_t last, const std::vector<bool>& as_text, Diagnostics& diagnostics) {
  Grid grid(text);
  grid.add("table t {\n");
  grid.add_row(rows[0], {});
  for (std::size_t i = std::max<std::size_t>(first, 1); i < last; ++i) grid.add_row(rows[i], as_text);
  grid.add("}\n");

  SourceSet sources;
  const FileId own = sources.add("csv", grid.text());
  syntax::Limits limits;
  limits.source_bytes = 64U << 20U;
  limits.tokens = 20'000'000;
  Diagnostics found;
  syntax::TokenStream stream = syntax::lex(sources, own, limits, found);
  for (const Diagnostic& one : found.all())
    diagnostics.add(one.code, {file, grid.place(one.span.begin), grid.place(one.span.end)}, one.arguments);
  for (syntax::Token& token : stream.tokens) {
    const std::uint32_t end = token.end > token.begin ? grid.place(token.end - 1) + 1 : grid.place(token.end);
    token.trivia_begin = grid.place(token.trivia_begin);
    token.begin = grid.place(token.begin);
    token.end = std::max(token.begin, end);
  }
  stream.file = file;
  stream.source = text;
  return syntax::parse(std::move(stream), limits, diagnostics);
}

}  // namespace guiju::model
