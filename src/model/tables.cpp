// Decision tables: what their columns are, rows from grids and CSV files, cross tables, and rows that contradict each
// other.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/csv.hpp"
#include "model/data_files.hpp"
#include "model/grids.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

constexpr std::size_t kRowsAtOnce = 2000;  // of a CSV file: bounds the memory that its syntax takes

// A column of the grid: a key or a result, or a column of a cross table, which is a key's pattern.
struct KeyColumn {
  std::size_t cell = 0;
  std::size_t key = 0;  // in Table::keys
  std::optional<Unit> unit;
};
struct ResultColumn {
  std::size_t cell = 0;
  std::size_t result = 0;  // in Table::results
  std::optional<Unit> unit;
  bool doubtful = false;
  bool typed = false;              // by `gives` or by the unit in the header
  std::optional<Pattern> crossed;  // cross table: the pattern of the second key
};

class Builder {
 public:
  Builder(Context& context, Scope& scope, const Statement& statement, Table& table)
      : context_(context), scope_(scope), statement_(statement), table_(table) {}

  // False where nothing useful can be said of the table.
  bool run() {
    read_params();
    read_gives();
    if (const Item hit = table_clause(statement_, NodeKind::hit); hit.node != nullptr)
      table_.first_hit = hit.node->op == syntax::Keyword::hit_first;
    const bool read = rows_from_file(statement_) != nullptr ? read_from_csv() : read_from_grid();
    if (!read || !good_) return false;
    read_otherwise();
    if (!table_.first_hit) report_overlaps(context_, table_.rows);
    return good_;
  }

 private:
  Checker checker(const Tree& tree) { return {context_, scope_, statement_, tree}; }

  void fail(Code code, const Span& span, std::vector<std::string> arguments = {}) {
    context_.diagnostics.add(code, span, std::move(arguments));
    good_ = false;
  }

  // ---- columns by their declarations
  // ---------------------------------------------------------------------------------------------

  void read_columns(NodeKind kind, std::vector<Column>& columns, bool& declared) {
    const Item clause = table_clause(statement_, kind);
    declared = clause.node != nullptr;
    if (!declared) return;
    for (const Node* param : clause.node->all(NodeKind::param)) {
      Column column;
      column.name = std::string(clause.tree->name_text(*param->children[0]));
      const Node* type_node = param->child(NodeKind::type);
      const auto type = type_node != nullptr ? resolve_type(context_, scope_, *clause.tree, *type_node) : std::nullopt;
      if (type)
        column.type = *type;
      else
        good_ = false;
      columns.push_back(std::move(column));
    }
  }

  void read_params() { read_columns(NodeKind::params, table_.keys, has_params_); }
  void read_gives() { read_columns(NodeKind::gives_columns, given_results_, has_gives_); }

  // ---- the header
  // ------------------------------------------------------------------------------------------------------------------

  // How many of the cells are keys, where `||` does not say.
  std::size_t key_cells(const Node& header, const std::vector<HeaderCell>& cells) const {
    if (header.split != 0) return header.split;
    if (has_params_) return std::min(table_.keys.size(), cells.size() - 1);
    if (has_gives_ && given_results_.size() < cells.size()) return cells.size() - given_results_.size();
    return cells.size() - 1;
  }

  bool read_header_cells(Checker& at, const Node& header) {
    const std::vector<HeaderCell> cells = read_header(at, header);
    width_ = cells.size();
    if (width_ < 2) {
      fail(Code::table_needs_columns, at.span(header));
      return false;
    }
    for (const HeaderCell& cell : cells) {
      if (cell.unit_written && !cell.unit) good_ = false;
    }
    const auto cross =
        std::find_if(cells.begin(), cells.end(), [](const HeaderCell& cell) { return cell.cross != nullptr; });
    if (cross != cells.end()) {
      read_cross(at, cells, static_cast<std::size_t>(cross - cells.begin()));
    } else {
      const std::size_t keys = key_cells(header, cells);
      for (std::size_t i = 0; i < keys; ++i) read_key(at, cells[i], i);
      for (std::size_t i = keys; i < cells.size(); ++i) read_result_column(at, cells[i], i);
    }
    check_all_given(at.span(header));
    return good_;
  }

  void read_key(Checker& at, const HeaderCell& cell, std::size_t index) {
    if (cell.name == nullptr) return fail(Code::header_needs_name, at.span(*cell.node));
    const auto key = key_by_name(at, *cell.name, cell.text);
    if (key) keys_.push_back({index, *key, cell.unit});
  }

  // The key of that name: an argument of `given`, or what the path stands for.
  std::optional<std::size_t> key_by_name(Checker& at, const Node& name, const std::string& text) {
    if (has_params_) {
      for (std::size_t i = 0; i < table_.keys.size(); ++i) {
        if (table_.keys[i].name == text) return i;
      }
      std::vector<std::string> known;
      for (const Column& column : table_.keys) known.push_back(column.name);
      const auto nearest = nearest_name(text, known);
      if (nearest)
        fail(Code::unknown_name, at.span(name), {text, *nearest});
      else
        fail(Code::column_not_given, at.span(name), {text});
      return std::nullopt;
    }
    const Expr* path = at.scalar(at.infer(name, Expected::anything()), at.span(name));
    // Months and years; days are said by `given`.
    if (path->type.kind == TypeKind::span) path = at.span_as_key(path, DurationKind::months, at.span(name));
    if (path->kind == ExprKind::error) {
      good_ = false;
      return std::nullopt;
    }
    table_.key_paths.push_back(path);
    table_.keys.push_back({text, path->type});
    return table_.keys.size() - 1;
  }

  void read_result_column(Checker& at, const HeaderCell& cell, std::size_t index) {
    if (cell.name == nullptr) return fail(Code::header_needs_name, at.span(*cell.node));
    for (const Column& other : table_.results) {
      if (other.name == cell.text) return fail(Code::column_twice, at.span(*cell.node), {cell.text});
    }
    ResultColumn column{index, table_.results.size(), cell.unit, cell.doubtful, false, {}};
    Column result{cell.text, Type{}};
    if (cell.unit) {
      result.type = number_type();
      result.type.unit = *cell.unit;
      if (is_number(result.type.unit)) result.type.unit = Unit{};
      column.typed = true;
    }
    if (has_gives_) {
      const auto given = std::find_if(given_results_.begin(), given_results_.end(),
                                      [&](const Column& one) { return one.name == cell.text; });
      if (given == given_results_.end()) return fail(Code::column_not_given, at.span(*cell.node), {cell.text});
      if (column.typed && !same_type(result.type, given->type))
        return fail(Code::units_differ, at.span(*cell.node), {describe(given->type), describe(result.type)});
      result.type = given->type;
      column.typed = true;
    }
    table_.results.push_back(std::move(result));
    results_.push_back(std::move(column));
  }

  // `old.class \ early`: rows by the first, columns by the second; every column becomes rows of its own.
  void read_cross(Checker& at, const std::vector<HeaderCell>& cells, std::size_t cross) {
    for (std::size_t i = 0; i <= cross; ++i) read_key(at, cells[i], i);
    const Node& across = *cells[cross].cross;
    std::string text;
    for (const Node* part : across.all(NodeKind::name)) text += (text.empty() ? "" : ".") + std::string(at.name(*part));
    const auto second = key_by_name(at, across, text);
    if (!second || !good_) return;
    crossed_key_ = *second;
    Column result{has_gives_ && given_results_.size() == 1 ? given_results_[0].name : table_.name.primary, Type{}};
    const bool typed = has_gives_ && given_results_.size() == 1;
    if (typed) result.type = given_results_[0].type;
    for (std::size_t i = cross + 1; i < cells.size(); ++i) {
      ResultColumn column{i, 0, {}, cells[i].doubtful, typed, {}};
      column.crossed = read_pattern(at, *cells[i].node, table_.keys[*second].type, cells[i].unit);
      results_.push_back(std::move(column));
    }
    table_.results.push_back(std::move(result));
  }

  void check_all_given(const Span& header) {
    if (has_params_ && good_) {
      for (std::size_t key = 0; key < table_.keys.size(); ++key) {
        const bool found = crossed_key_ == key || std::any_of(keys_.begin(), keys_.end(), [&](const KeyColumn& column) {
                             return column.key == key;
                           });
        if (!found) fail(Code::column_missing, header, {table_.keys[key].name});
      }
    }
    if (has_gives_ && good_) {
      for (const Column& one : given_results_) {
        const bool found = std::any_of(table_.results.begin(), table_.results.end(),
                                       [&](const Column& column) { return column.name == one.name; });
        if (!found) fail(Code::column_missing, header, {one.name});
      }
    }
  }

  // ---- types that only the cells say
  // -------------------------------------------------------------------------------------------------

  struct RowNode {
    const Tree* tree;
    const Node* node;
    Statement statement;
    bool unverified;
  };

  void deduce_types(const std::vector<RowNode>& rows, const Span& header) {
    const std::size_t choices = context_.rulebook.choices.size();
    const std::size_t errors = context_.diagnostics.error_count();
    for (ResultColumn& column : results_) {
      if (column.typed) continue;
      Type& type = table_.results[column.result].type;
      for (const RowNode& row : rows) {
        if (type.kind != TypeKind::error) break;
        const auto cells = cells_of(*row.node);
        Checker at(context_, scope_, row.statement, *row.tree);
        if (const auto found = type_of_cell(at, *cells[column.cell], column.unit)) type = *found;
      }
    }
    context_.rulebook.choices.resize(choices);  // the cells are read again, then for good
    for (const ResultColumn& column : results_) {
      Type& type = table_.results[column.result].type;
      if (!has_gives_ && has_absent(rows, column)) type.optional = true;
      if (type.kind == TypeKind::error && !rows.empty()) {
        // A cell whose own fault hides its type has said so already.
        if (context_.diagnostics.error_count() == errors)
          fail(Code::column_type_not_said, header, {table_.results[column.result].name});
        good_ = false;
      }
    }
  }

  static bool has_absent(const std::vector<RowNode>& rows, const ResultColumn& column) {
    return std::any_of(rows.begin(), rows.end(), [&](const RowNode& row) {
      const auto cells = cells_of(*row.node);
      return is_absent_cell(*cells[column.cell]);
    });
  }

  // ---- rows
  // ----------------------------------------------------------------------------------------------------------------------------

  // Faulty rows, and rows of another width than the header, which are reported.
  void leave_out_faulty(std::vector<RowNode>& rows) {
    const auto faulty = [&](const RowNode& row) {
      if (row.node->has(syntax::kHasError)) return true;
      const std::size_t cells = cells_of(*row.node).size();
      if (cells != width_)
        fail(Code::row_width, row.tree->span(*row.node), {std::to_string(cells), std::to_string(width_)});
      return cells != width_;
    };
    rows.erase(std::remove_if(rows.begin(), rows.end(), faulty), rows.end());
  }

  void add_row(const RowNode& row_node, std::vector<Row>& rows) {
    Checker at(context_, scope_, row_node.statement, *row_node.tree);
    const Node& node = *row_node.node;
    const auto cells = cells_of(node);
    Row row;
    read_row_mark(at, node, row_node.unverified, row);
    row.keys.resize(table_.keys.size());
    for (const KeyColumn& column : keys_)
      row.keys[column.key] = read_pattern(at, *cells[column.cell], table_.keys[column.key].type, column.unit);
    if (!crossed_key_) row.results.resize(table_.results.size());
    for (const ResultColumn& column : results_) {
      const Type& type = table_.results[column.result].type;
      ResultCell cell = read_result(at, *cells[column.cell], type, column.unit, column.doubtful);
      if (!crossed_key_) {
        row.results[column.result] = std::move(cell);
        continue;
      }
      Row one = row;
      one.span = at.span(*cells[column.cell]);
      one.keys[*crossed_key_] = *column.crossed;
      one.results.push_back(std::move(cell));
      rows.push_back(std::move(one));
    }
    if (!crossed_key_) rows.push_back(std::move(row));
  }

  std::vector<RowNode> row_nodes(const Statement& statement, const Node& grid) {
    std::vector<RowNode> rows;
    for (const Item& item : expanded_items(context_, statement, grid)) {
      if (item.node->kind != NodeKind::grid_row) continue;
      const Statement place = statement_of(statement, item);
      rows.push_back({item.tree, item.node, place, place.unverified || item.unverified});
    }
    return rows;
  }

  bool read_from_grid() {
    const Node* grid = statement_.node->child(NodeKind::grid);
    const Node* header = grid != nullptr ? grid->child(NodeKind::grid_header) : nullptr;
    if (header == nullptr || header->has(syntax::kHasError)) {
      if (grid == nullptr && !statement_.node->has(syntax::kHasError))
        fail(Code::table_needs_rows, statement_.tree->span(*statement_.node));
      return false;
    }
    Checker at = checker(*statement_.tree);
    if (!read_header_cells(at, *header)) return false;
    std::vector<RowNode> rows = row_nodes(statement_, *grid);
    leave_out_faulty(rows);
    deduce_types(rows, at.span(*header));
    if (!good_) return false;
    for (const RowNode& row : rows) add_row(row, table_.rows);
    return true;
  }

  // ---- rows from a file
  // ------------------------------------------------------------------------------------------------------------------

  bool read_from_csv() {
    const Statement& from = *rows_from_file(statement_);
    const auto file = data_file(context_, *from.tree, *from.node->child(NodeKind::text));
    if (!file) {
      good_ = false;
      return false;
    }
    const std::string_view text = context_.sources.file(*file).text();
    const std::vector<CsvRow> rows = read_csv(text, *file, context_.diagnostics);
    if (rows.empty()) {
      fail(Code::csv_empty, {*file, 0, 0});
      return false;
    }
    if (!csv_header(from, text, *file, rows)) return false;
    std::vector<bool> as_text(width_, false);
    for (const KeyColumn& column : keys_) as_text[column.cell] = table_.keys[column.key].type.kind == TypeKind::text;
    for (const ResultColumn& column : results_)
      as_text[column.cell] = table_.results[column.result].type.kind == TypeKind::text;
    const bool inherited = &from != &statement_;
    const std::size_t faults_before = context_.diagnostics.error_count();
    for (std::size_t first = 1; first < rows.size() && good_; first += kRowsAtOnce) {
      const std::size_t last = std::min(rows.size(), first + kRowsAtOnce);
      const Tree tree = csv_grid(text, *file, rows, first, last, as_text, context_.diagnostics);
      const Node* grid = grid_of(tree);
      if (grid == nullptr) return false;
      Statement place = from;
      place.tree = &tree;
      place.node = grid;
      place.replaced = nullptr;
      std::vector<RowNode> nodes;
      const bool unverified = from.unverified || (inherited && rest_is_unverified(statement_));
      for (const Node* row : grid->all(NodeKind::grid_row)) nodes.push_back({&tree, row, place, unverified});
      leave_out_faulty(nodes);
      if (first == 1) deduce_types(nodes, grid_span(tree, *grid));
      if (!good_) return false;
      for (const RowNode& row : nodes) {
        if (context_.diagnostics.error_count() > faults_before + kMostFaultsOfFile) return false;
        add_row(row, table_.rows);
      }
    }
    apply_amendments(from, &statement_);
    return true;
  }

  bool csv_header(const Statement& from, std::string_view text, FileId file, const std::vector<CsvRow>& rows) {
    const Tree tree = csv_grid(text, file, rows, 1, 1, {}, context_.diagnostics);
    const Node* grid = grid_of(tree);
    const Node* header = grid != nullptr ? grid->child(NodeKind::grid_header) : nullptr;
    if (header == nullptr) {
      good_ = false;
      return false;
    }
    Statement place = from;
    place.tree = &tree;
    place.node = grid;
    Checker at(context_, scope_, place, tree);
    return read_header_cells(at, *header);
  }

  static const Node* grid_of(const Tree& tree) {
    for (const Node* declaration : tree.root().children) {
      if (const Node* grid = declaration->child(NodeKind::grid)) return grid;
    }
    return nullptr;
  }

  static Span grid_span(const Tree& tree, const Node& grid) {
    const Node* header = grid.child(NodeKind::grid_header);
    return tree.span(header != nullptr ? *header : grid);
  }

  // Grids that amend the rows of a file: the oldest first, rows told apart by what their key cells say.
  void apply_amendments(const Statement& from, const Statement* amending) {
    if (amending == nullptr || amending == &from) return;
    apply_amendments(from, amending->replaced);
    const Node* grid = amending->node->child(NodeKind::grid);
    const Node* header = grid != nullptr ? grid->child(NodeKind::grid_header) : nullptr;
    if (header == nullptr) return;
    Checker at(context_, scope_, *amending, *amending->tree);
    keys_.clear();
    results_.clear();
    table_.results.clear();
    const std::vector<Column> keys = table_.keys;
    if (!read_header_cells(at, *header)) return;
    for (const Node* node : grid->all(NodeKind::grid_row)) {
      if (node->has(syntax::kRest)) continue;
      std::vector<Row> written;
      const bool drops = node->has(syntax::kDrop);
      std::vector<RowNode> one{{amending->tree, node, *amending, amending->unverified}};
      if (!drops) leave_out_faulty(one);
      if (drops)
        written.push_back(dropped(at, *node));
      else if (!one.empty())
        add_row(one[0], written);
      for (Row& row : written) amend(std::move(row), drops);
    }
  }

  Row dropped(Checker& at, const Node& node) {
    Row row;
    row.span = at.span(node);
    row.keys.resize(table_.keys.size());
    const auto cells = cells_of(node);
    for (const KeyColumn& column : keys_) {
      if (column.cell < cells.size())
        row.keys[column.key] = read_pattern(at, *cells[column.cell], table_.keys[column.key].type, column.unit);
    }
    return row;
  }

  void amend(Row row, bool drops) {
    const auto old = std::find_if(table_.rows.begin(), table_.rows.end(), [&](const Row& one) {
      return std::equal(one.keys.begin(), one.keys.end(), row.keys.begin(), row.keys.end(), same_pattern);
    });
    if (drops && old == table_.rows.end()) return fail(Code::no_row_to_drop, row.span);
    if (drops)
      table_.rows.erase(old);
    else if (old != table_.rows.end())
      *old = std::move(row);
    else
      table_.rows.push_back(std::move(row));
  }

  // ---- otherwise
  // -----------------------------------------------------------------------------------------------------------------------

  void read_otherwise() {
    const Item clause = table_clause(statement_, NodeKind::table_otherwise);
    if (clause.node == nullptr || clause.node->children.empty() || table_.results.empty()) return;
    const Node& node = *clause.node->children[0];
    const Statement place = statement_of(statement_, clause);
    Checker at(context_, scope_, place, *clause.tree);
    if (node.kind == NodeKind::not_entitled) {
      table_.otherwise = Table::refuse;
      if (const Node* reason = node.child(NodeKind::label)) table_.refuse_reason = at.label(*reason);
      return;
    }
    table_.otherwise = Table::value;
    // The one value stands in every column.
    for (const Column& column : table_.results) {
      if (same_type(column.type, table_.results[0].type)) continue;
      return fail(Code::other_type_needed, at.span(node),
                  {describe(column.type), at.written(at.span(node)), describe(table_.results[0].type)});
    }
    table_.otherwise_value = at.check(node, Expected::of(table_.results[0].type), table_.results[0].type.optional);
  }

  Context& context_;
  Scope& scope_;
  const Statement& statement_;
  Table& table_;
  bool good_ = true;
  bool has_params_ = false, has_gives_ = false;
  std::vector<Column> given_results_;
  std::size_t width_ = 0;
  std::vector<KeyColumn> keys_;
  std::vector<ResultColumn> results_;
  std::optional<std::size_t> crossed_key_;
};

}  // namespace

Table* check_table(Context& context, Scope& scope, const Statement& statement) {
  const Node& node = *statement.node;
  Table& table = context.rulebook.tables.emplace_back();
  table.span = statement.tree->span(node);
  if (const Node* name = node.child(NodeKind::declared_name)) table.name = name_of(context, statement, *name);
  table.label = plain_label(context, *statement.tree, node.child(NodeKind::label));
  for (const Node* cite : node.all(NodeKind::cite))
    table.citations.push_back(make_citation(context, scope, statement, *cite));
  if (!Builder(context, scope, statement, table).run()) return nullptr;
  return &table;
}

}  // namespace guiju::model
