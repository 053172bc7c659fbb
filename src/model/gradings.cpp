// Grades of standards: limits by level in columns, levels in rows with several measures, or an expression.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/csv.hpp"
#include "model/data_files.hpp"
#include "model/grids.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

Grading::Direction direction_of(Keyword keyword) {
  switch (keyword) {
    case Keyword::at_most:
      return Grading::at_most;
    case Keyword::above:
      return Grading::above;
    case Keyword::below:
      return Grading::below;
    default:
      return Grading::at_least;
  }
}

struct RowNode {
  const syntax::Tree* tree;
  const Node* node;
  Statement statement;
  bool unverified;
};

class GradingReader {
 public:
  GradingReader(Context& context, Scope& scope, const Statement& statement, Grading& grading)
      : context_(context),
        outer_(scope),
        statement_(statement),
        grading_(grading),
        at_(context, outer_, statement, *statement.tree) {
    inner_ = at_.below();
  }

  void run(const Edition& edition) {
    const Node& node = *statement_.node;
    grading_.span = at_.span(node);
    for (const Node* cite : node.all(NodeKind::cite))
      grading_.citations.push_back(make_citation(context_, outer_, statement_, *cite));
    read_mark(node);
    from_ = rows_from_file(statement_);
    if (node.child(NodeKind::grid) == nullptr && from_ == nullptr) return expression(node, edition);
    const Node* scale_name = node.has(syntax::kByMember) ? node.child(NodeKind::name) : name_after_measure(node);
    if (scale_name == nullptr || !find_scale(*scale_name)) return;
    if (const Node* when = node.child(NodeKind::when)) {
      grading_.when = at_.condition(*when->children[0]);
      narrow(inner_, *grading_.when);
    }
    const Node* grid = from_ == nullptr ? node.child(NodeKind::grid) : grid_of_file();
    if (grid == nullptr) return;
    Checker inside = at_.inside(inner_);
    Checker heads = from_ == nullptr ? at_.inside(inner_) : Checker(context_, inner_, grid_place_, *csv_);
    if (node.has(syntax::kByMember))
      by_member(heads, *grid);
    else
      by_column(inside, heads, node, *grid);
  }

 private:
  // The rows of `from "….csv"`: header and cells as in a grid, in a tree of their own.
  const Node* grid_of_file() {
    const auto file = data_file(context_, *from_->tree, *from_->node->child(NodeKind::text));
    if (!file) return nullptr;
    const std::string_view text = context_.sources.file(*file).text();
    const std::vector<CsvRow> rows = read_csv(text, *file, context_.diagnostics);
    if (rows.empty()) {
      context_.diagnostics.add(Code::csv_empty, {*file, 0, 0}, {});
      return nullptr;
    }
    csv_.emplace(csv_grid(text, *file, rows, 1, rows.size(), {}, context_.diagnostics));
    for (const Node* declaration : csv_->root().children) {
      if (const Node* grid = declaration->child(NodeKind::grid)) {
        grid_place_ = *from_;
        grid_place_.tree = &*csv_;
        grid_place_.node = grid;
        grid_place_.replaced = nullptr;
        return grid;
      }
    }
    return nullptr;
  }

  void read_mark(const Node& node) {
    const Node* mark = node.child(NodeKind::check_mark);
    if (mark == nullptr) {
      if (!statement_.unverified) return;
      grading_.check = Citation::unverified;
      grading_.note = not_compared_again();
      return;
    }
    grading_.check = mark->op == Keyword::secondhand   ? Citation::secondhand
                     : mark->op == Keyword::unverified ? Citation::unverified
                                                       : Citation::verified;
    if (const Node* note = mark->child(NodeKind::label)) grading_.note = plain_label(context_, at_.tree(), note);
  }

  static const Node* measure_node(const Node& node) {
    for (const Node* child : node.children) {
      if (syntax::is_expression(child->kind)) return child;
      if (child->kind == NodeKind::grid) return nullptr;
    }
    return nullptr;
  }

  // The name before the measure is the grading's own, the one behind it the scale's.
  static const Node* name_after_measure(const Node& node) {
    bool passed = false;
    for (const Node* child : node.children) {
      if (child->kind == NodeKind::name && passed) return child;
      passed = passed || syntax::is_expression(child->kind);
    }
    return nullptr;
  }

  void read_own_name(const Node& node) {
    if (!node.children.empty() && node.children[0]->kind == NodeKind::name)
      grading_.name = std::string(at_.name(*node.children[0]));
  }

  bool find_scale(const Node& name) {
    const std::string_view text = at_.name(name);
    const Symbol* symbol = outer_.find(text);
    if (symbol != nullptr && symbol->kind == Symbol::enumeration && symbol->enumeration_->scale) {
      grading_.scale = symbol->enumeration_;
      return true;
    }
    if (symbol != nullptr)
      (void)at_.fail(Code::scale_needed, at_.span(name), {std::string(text)});
    else
      at_.report_unknown(text, at_.span(name), Expected::anything());
    return false;
  }

  void expression(const Node& node, const Edition& edition) {
    grading_.form = Grading::expression;
    read_own_name(node);
    const Node* measure = measure_node(node);
    if (measure == nullptr) return;
    const Expected hint =
        edition.scale != nullptr ? Expected::of(enumerated_type(*edition.scale)) : Expected::anything();
    const Expr* value = at_.check(*measure, hint, true);
    if (value->kind == ExprKind::error) return;
    if (value->type.kind != TypeKind::enumerated || !value->type.enumeration->scale) {
      (void)at_.fail(Code::grade_needed, at_.span(*measure), {at_.written(at_.span(*measure)), describe(value->type)});
      return;
    }
    grading_.value = value;
    grading_.scale = value->type.enumeration;
  }

  std::optional<std::uint32_t> level(Checker& at, const Node& name) {
    const std::string_view text = at.name(name);
    if (const auto index = member_index(*grading_.scale, text)) return index;
    at.report_unknown(text, at.span(name), Expected::of(enumerated_type(*grading_.scale)));
    return std::nullopt;
  }

  std::vector<RowNode> row_nodes(const Node& grid) {
    std::vector<RowNode> rows;
    if (csv_) {
      bool unverified = from_->unverified;
      for (const Statement* at = &statement_; at != from_; at = at->replaced)
        unverified = unverified || rest_is_unverified(*at);
      for (const Node* row : grid.all(NodeKind::grid_row)) {
        if (!row->has(syntax::kHasError)) rows.push_back({&*csv_, row, grid_place_, unverified});
      }
      return rows;
    }
    for (const Item& item : expanded_items(context_, statement_, grid)) {
      if (item.node->kind != NodeKind::grid_row || item.node->has(syntax::kHasError)) continue;
      const Statement place = statement_of(statement_, item);
      rows.push_back({item.tree, item.node, place, place.unverified || item.unverified});
    }
    return rows;
  }

  bool right_width(Checker& at, const Node& row, std::size_t width) {
    const std::size_t count = cells_of(row).size();
    if (count == width) return true;
    (void)at.fail(Code::row_width, at.span(row), {std::to_string(count), std::to_string(width)});
    return false;
  }

  // Grids that amend the rows of a file under the header of the file, the oldest first: `apply` is given their rows.
  template <class Apply>
  void amendments(const Statement& amending, const std::vector<HeaderCell>& columns, bool unverified, Apply apply) {
    if (from_ == nullptr || &amending == from_) return;
    amendments(*amending.replaced, columns, unverified || rest_is_unverified(amending), apply);
    const Node* grid = amending.node->child(NodeKind::grid);
    const Node* header = grid->child(NodeKind::grid_header);
    if (header == nullptr || header->has(syntax::kHasError)) return;
    Checker at(context_, inner_, amending, *amending.tree);
    const std::vector<HeaderCell> cells = read_header(at, *header);
    const bool same = std::equal(cells.begin(), cells.end(), columns.begin(), columns.end(),
                                 [](const HeaderCell& a, const HeaderCell& b) { return a.text == b.text; });
    if (!same) return (void)at.fail(Code::header_differs, at.span(*header));
    for (const Node* row : grid->all(NodeKind::grid_row)) {
      if (row->has(syntax::kRest) || row->has(syntax::kHasError)) continue;
      apply(RowNode{amending.tree, row, amending, amending.unverified || unverified}, cells);
    }
  }

  // ---- levels in columns
  // -----------------------------------------------------------------------------------------------------------

  void by_column(Checker& at, Checker& heads, const Node& node, const Node& grid) {
    grading_.form = Grading::by_column;
    read_own_name(node);
    const Node* measure = measure_node(node);
    const Node* header = grid.child(NodeKind::grid_header);
    if (measure == nullptr || header == nullptr || header->has(syntax::kHasError)) return;
    grading_.measure = at.check(*measure, Expected::a_number(), true);
    if (const Node* direction = node.child(NodeKind::direction)) grading_.direction = direction_of(direction->op);
    const std::vector<HeaderCell> cells = read_header(heads, *header);
    std::size_t keys = header->split;
    while (header->split == 0 && keys < cells.size() &&
           !(cells[keys].name != nullptr && member_index(*grading_.scale, cells[keys].text)))
      ++keys;
    if (keys >= cells.size())
      return (void)heads.fail(Code::grading_needs_levels, heads.span(*header), {grading_.scale->name.primary});

    std::vector<Type> key_types;
    bool good = grading_.measure->kind != ExprKind::error;
    for (std::size_t i = 0; i < keys; ++i) {
      if (cells[i].name == nullptr) return (void)heads.fail(Code::header_needs_name, heads.span(*cells[i].node));
      const Span place = heads.span(*cells[i].name);
      const Expr* path = heads.scalar(heads.infer(*cells[i].name, Expected::anything()), place);
      if (path->type.kind == TypeKind::span) path = heads.span_as_key(path, DurationKind::months, place);
      good = good && path->kind != ExprKind::error;
      grading_.key_paths.push_back(path);
      key_types.push_back(path->type);
    }
    for (std::size_t i = keys; i < cells.size(); ++i) {
      if (cells[i].name == nullptr) return (void)heads.fail(Code::header_needs_name, heads.span(*cells[i].node));
      const auto index = level(heads, *cells[i].name);
      if (!index) return;
      if (std::find(grading_.levels.begin(), grading_.levels.end(), *index) != grading_.levels.end())
        return (void)heads.fail(Code::column_twice, heads.span(*cells[i].node), {cells[i].text});
      grading_.levels.push_back(*index);
    }
    if (!good) return;
    const std::vector<RowNode> rows = row_nodes(grid);
    const Type limit = limit_type(at, node, cells, keys, rows);
    if (limit.kind == TypeKind::error) return;
    for (const RowNode& row_node : rows) {
      if (auto row = column_row(row_node, cells, key_types, limit)) grading_.rows.push_back(std::move(*row));
    }
    amendments(statement_, cells, false, [&](const RowNode& row_node, const std::vector<HeaderCell>& own) {
      if (auto row = column_row(row_node, own, key_types, limit)) amend(std::move(*row), row_node);
    });
    report_overlaps(context_, grading_.rows);
  }

  // Of a row that is dropped the key cells alone are written.
  std::optional<Row> column_row(const RowNode& row_node, const std::vector<HeaderCell>& cells,
                                const std::vector<Type>& key_types, const Type& limit) {
    Checker here(context_, inner_, row_node.statement, *row_node.tree);
    const bool drops = row_node.node->has(syntax::kDrop);
    if (!right_width(here, *row_node.node, drops ? key_types.size() : cells.size())) return std::nullopt;
    const auto row_cells = cells_of(*row_node.node);
    Row row;
    read_row_mark(here, *row_node.node, row_node.unverified, row);
    for (std::size_t i = 0; i < key_types.size(); ++i)
      row.keys.push_back(read_pattern(here, *row_cells[i], key_types[i], cells[i].unit));
    for (std::size_t i = key_types.size(); !drops && i < cells.size(); ++i)
      row.results.push_back(read_result(here, *row_cells[i], limit, cells[i].unit, cells[i].doubtful));
    return row;
  }

  void amend(Row row, const RowNode& row_node) {
    const auto old = std::find_if(grading_.rows.begin(), grading_.rows.end(), [&](const Row& one) {
      return std::equal(one.keys.begin(), one.keys.end(), row.keys.begin(), row.keys.end(), same_pattern);
    });
    const bool known = old != grading_.rows.end();
    if (!row_node.node->has(syntax::kDrop)) {
      known ? (void)(*old = std::move(row)) : grading_.rows.push_back(std::move(row));
    } else if (known) {
      grading_.rows.erase(old);
    } else {
      context_.diagnostics.add(Code::no_row_to_drop, row_node.tree->span(*row_node.node));
    }
  }

  // What the cells hold: the measure's kind of number, or with a formula whatever the cells say `it` is.
  Type limit_type(Checker& at, const Node& node, const std::vector<HeaderCell>& cells, std::size_t keys,
                  const std::vector<RowNode>& rows) {
    Type type = grading_.measure->type;
    type.optional = false;
    type.integer = false;
    const Node* formula = node.child(NodeKind::limit_formula);
    if (formula == nullptr) return type;
    Type own = number_type();
    bool found = false;
    for (std::size_t i = keys; i < cells.size() && !found; ++i) {
      for (const RowNode& row : rows) {
        const auto row_cells = cells_of(*row.node);
        if (found || i >= row_cells.size()) break;
        Checker here(context_, inner_, row.statement, *row.tree);
        if (const auto said = type_of_cell(here, *row_cells[i], cells[i].unit); said && is_numeric(*said)) {
          own = *said;
          found = true;
        }
      }
    }
    if (is_number(own.unit)) own.unit = Unit{};
    const Entry& it = context_.rulebook.entries.emplace_back(Entry{"it", own});
    Scope scope = at.below();
    Symbol symbol;
    symbol.kind = Symbol::entry;
    symbol.primary = "it";
    symbol.entry_ = &it;
    scope.symbols[std::string(kItSymbol)] = symbol;
    grading_.it = &it;
    grading_.limit_formula = at.inside(scope).check(*formula->children[0], Expected::of(type));
    return own;
  }

  // ---- levels in rows
  // --------------------------------------------------------------------------------------------------------------

  void by_member(Checker& at, const Node& grid) {
    grading_.form = Grading::by_member;
    const Node* header = grid.child(NodeKind::grid_header);
    if (header == nullptr || header->has(syntax::kHasError)) return;
    const std::vector<HeaderCell> cells = read_header(at, *header);
    if (cells.size() < 2) return (void)at.fail(Code::table_needs_columns, at.span(*header));
    bool good = true;
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (cells[i].name == nullptr) return (void)at.fail(Code::header_needs_name, at.span(*cells[i].node));
      const Expr* measure = at.check(*cells[i].name, Expected::a_number(), true);
      good = good && measure->kind != ExprKind::error;
      if (cells[i].direction == nullptr) {
        (void)at.fail(Code::measure_without_direction, at.span(*cells[i].node), {cells[i].text});
        good = false;
      }
      grading_.measures.push_back(measure);
      grading_.directions.push_back(cells[i].direction != nullptr ? direction_of(cells[i].direction->op)
                                                                  : Grading::at_least);
    }
    if (!good) return;
    for (const RowNode& row_node : row_nodes(grid)) {
      Checker here(context_, inner_, row_node.statement, *row_node.tree);
      if (right_width(here, *row_node.node, cells.size())) member_row(here, row_node, cells);
    }
    amendments(statement_, cells, false, [&](const RowNode& row_node, const std::vector<HeaderCell>& own) {
      Checker here(context_, inner_, row_node.statement, *row_node.tree);
      const bool drops = row_node.node->has(syntax::kDrop);
      if (!right_width(here, *row_node.node, drops ? 1 : own.size())) return;
      if (leave_out_levels(here, row_node) && !drops) member_row(here, row_node, own);
    });
  }

  // The rows of the levels that are written again or dropped. False: the cell is faulty.
  bool leave_out_levels(Checker& at, const RowNode& row_node) {
    const Pattern levels = read_pattern(at, *cells_of(*row_node.node)[0], enumerated_type(*grading_.scale), {});
    if (levels.kind != Pattern::member_set) return false;
    bool found = false;
    for (std::size_t i = grading_.row_levels.size(); i > 0; --i) {
      if (((levels.mask >> grading_.row_levels[i - 1]) & 1U) == 0) continue;
      found = true;
      grading_.row_levels.erase(grading_.row_levels.begin() + static_cast<std::ptrdiff_t>(i - 1));
      grading_.rows.erase(grading_.rows.begin() + static_cast<std::ptrdiff_t>(i - 1));
    }
    if (!found && row_node.node->has(syntax::kDrop))
      context_.diagnostics.add(Code::no_row_to_drop, row_node.tree->span(*row_node.node));
    return true;
  }

  void member_row(Checker& at, const RowNode& row_node, const std::vector<HeaderCell>& cells) {
    const auto row_cells = cells_of(*row_node.node);
    const Pattern levels = read_pattern(at, *row_cells[0], enumerated_type(*grading_.scale), {});
    if (levels.kind != Pattern::member_set) return;
    Row row;
    read_row_mark(at, *row_node.node, row_node.unverified, row);
    for (std::size_t i = 1; i < cells.size(); ++i) {
      Type type = grading_.measures[i - 1]->type;
      type.optional = false;
      type.integer = false;
      row.results.push_back(read_result(at, *row_cells[i], type, cells[i].unit, cells[i].doubtful));
    }
    for (std::uint32_t member = 0; member < grading_.scale->members.size(); ++member) {
      if (((levels.mask >> member) & 1U) == 0) continue;
      if (std::find(grading_.row_levels.begin(), grading_.row_levels.end(), member) != grading_.row_levels.end()) {
        (void)at.fail(Code::level_twice, at.span(*row_node.node), {grading_.scale->members[member].name.primary});
        continue;
      }
      grading_.row_levels.push_back(member);
      grading_.rows.push_back(row);
    }
  }

  Context& context_;
  Scope& outer_;
  const Statement& statement_;
  Grading& grading_;
  Checker at_;
  Scope inner_;                      // narrowed by `when`
  const Statement* from_ = nullptr;  // the one whose rows come from a file: this, or one that it amends row by row
  std::optional<syntax::Tree> csv_;  // its rows
  Statement grid_place_{statement_};
};

}  // namespace

Grading check_grading(Context& context, Scope& scope, const Statement& statement, const Edition& edition) {
  Grading grading;
  if (statement.node->has(syntax::kHasError)) return grading;
  GradingReader(context, scope, statement, grading).run(edition);
  return grading;
}

}  // namespace guiju::model
