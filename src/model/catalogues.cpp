// Catalogues: dated lists of models from CSV files. Their cells are read as they stand, never parsed as expressions, so
// that a list of some hundred thousand models is read in a moment.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/csv.hpp"
#include "model/data_files.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

class CatalogueReader {
 public:
  CatalogueReader(Context& context, const Declared& declared)
      : context_(context),
        scope_(*declared.scope),
        tree_(*declared.tree),
        node_(*declared.node),
        catalogue_(*declared.catalogue) {}

  void run() {
    catalogue_.label = plain_label(context_, tree_, node_.child(NodeKind::label));
    catalogue_.span = tree_.span(node_);
    catalogue_.citations = read_citations(context_, scope_, Statement{&tree_, &node_}, node_);
    if (const Node* day = node_.child(NodeKind::complete_to))
      catalogue_.complete_to = tree_.literal(*day->first_expression()).day;
    make_choice();
    if (read_key() && read_columns()) read_rows();
  }

 private:
  void fail(Code code, const Span& span, std::vector<std::string> arguments) {
    context_.diagnostics.add(code, span, std::move(arguments));
  }

  void make_choice() {
    Choice& choice = context_.rulebook.choices.emplace_back();
    choice.kind = Choice::not_found;
    choice.span = catalogue_.span;
    choice.id = static_cast<std::uint32_t>(context_.rulebook.choices.size() - 1);
    const Label& label = catalogue_.label;
    const std::string& name = catalogue_.name.primary;
    const std::string day = catalogue_.complete_to ? to_iso(*catalogue_.complete_to) : std::string();
    const auto zh = "“" + (label.zh.empty() ? name : label.zh) + "”的文件" +
                    (day.empty() ? "未写明收录至何日" : "只收录至 " + day) + ",请核对最新目录";
    const auto en =
        "the file of " + (label.en.empty() ? name : label.en) +
        (day.empty() ? " does not say up to which day it is complete" : " is complete to " + day + " only") +
        ": look at the latest list";
    choice.text.zh.push_back({zh, nullptr, false});
    choice.text.en.push_back({en, nullptr, false});
    catalogue_.too_old = &choice;
  }

  bool missing(Keyword clause) {
    if (!node_.has(syntax::kHasError))
      fail(Code::catalogue_clause_missing, catalogue_.name.span, {catalogue_.name.primary, in_both_languages(clause)});
    return false;
  }

  bool read_key() {
    const Node* params = node_.child(NodeKind::params);
    if (params == nullptr) return missing(Keyword::given);
    const auto keys = params->all(NodeKind::param);
    const Node* type_node = keys.front()->child(NodeKind::type);
    const auto type = type_node == nullptr ? std::nullopt : resolve_type(context_, scope_, tree_, *type_node);
    if (!type) return false;
    catalogue_.key = {std::string(tree_.name_text(*keys.front()->children[0])), *type};
    const bool one_text = keys.size() == 1 && type->kind == TypeKind::text && !type->optional;
    if (!one_text) fail(Code::catalogue_key_no_text, tree_.span(*params), {catalogue_.name.primary});
    return one_text;
  }

  bool read_columns() {
    const Node* clause = node_.child(NodeKind::listed_from);
    if (clause == nullptr) return missing(Keyword::listed_from);
    const Node* text = node_.child(NodeKind::text);
    const auto file = text == nullptr ? std::nullopt : data_file(context_, tree_, *text);
    if (!file) return false;
    file_ = *file;
    text_ = context_.sources.file(file_).text();
    rows_ = read_csv(text_, file_, context_.diagnostics);
    if (rows_.empty()) {
      fail(Code::csv_empty, {file_, 0, 0}, {});
      return false;
    }
    const auto names = clause->all(NodeKind::name);
    key_ = column(catalogue_.key.name);
    from_ = column(std::string(tree_.name_text(*names[0])));
    if (names.size() > 1) until_ = column(std::string(tree_.name_text(*names[1])));
    return key_ && from_ && (names.size() < 2 || until_);
  }

  // By its heading; columns that nothing names are for readers.
  std::optional<std::size_t> column(const std::string& name) {
    for (std::size_t i = 0; i < rows_[0].size(); ++i) {
      if (nfc(trimmed(cell(rows_[0][i]))) == name) return i;
    }
    const CsvRow& header = rows_[0];
    fail(Code::column_missing, {file_, header.front().begin, header.back().end}, {name});
    return std::nullopt;
  }

  // A quote inside is written twice.
  [[nodiscard]] std::string cell(const CsvCell& cell) const {
    std::string out(text_.substr(cell.begin, cell.end - cell.begin));
    for (auto at = out.find("\"\""); cell.quoted && at != std::string::npos; at = out.find("\"\"", at + 1))
      out.erase(at, 1);
    return out;
  }

  static std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
  }

  void read_rows() {
    std::size_t faults = 0;
    for (std::size_t i = 1; i < rows_.size() && faults < kMostFaultsOfFile; ++i) {
      if (!read_row(rows_[i])) ++faults;
    }
  }

  bool read_row(const CsvRow& row) {
    const Span span{file_, row.front().begin, row.back().end};
    if (row.size() != rows_[0].size()) {
      fail(Code::row_width, span, {std::to_string(row.size()), std::to_string(rows_[0].size())});
      return false;
    }
    Listing listing;
    listing.key = nfc(trimmed(cell(row[*key_])));
    listing.span = span;
    const auto from = day(row[*from_]);
    if (!from) return false;
    listing.from = *from;
    if (until_ && !is_open(trimmed(cell(row[*until_])))) {
      listing.until = day(row[*until_]);
      if (!listing.until) return false;
      if (*listing.until <= listing.from) {
        fail(Code::listing_backwards, span, {listing.key});
        return false;
      }
    }
    if (!catalogue_.first || listing.from < *catalogue_.first) catalogue_.first = listing.from;
    catalogue_.listings.push_back(std::move(listing));
    return true;
  }

  static bool is_open(const std::string& text) { return text.empty() || is_word(text, Keyword::absent); }

  std::optional<Day> day(const CsvCell& written) {
    const std::string text = trimmed(cell(written));
    const auto found = parse_iso_date(text);
    if (!found) fail(Code::listing_needs_day, {file_, written.begin, written.end}, {text});
    return found;
  }

  Context& context_;
  Scope& scope_;
  const Tree& tree_;
  const Node& node_;
  Catalogue& catalogue_;
  FileId file_{};
  std::string_view text_;
  std::vector<CsvRow> rows_;
  std::optional<std::size_t> key_, from_, until_;
};

}  // namespace

void read_catalogues(Context& context, std::span<const Declared> all) {
  for (const Declared& declared : all) {
    if (declared.catalogue != nullptr) CatalogueReader(context, declared).run();
  }
}

}  // namespace guiju::model
