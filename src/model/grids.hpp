// What tables and gradings share: headers and cells of a grid. Private to model/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/checker.hpp"

namespace guiju::model {

// One header cell as written.
struct HeaderCell {
  const syntax::Node* node = nullptr;
  const syntax::Node* name = nullptr;  // qualified_name; nullptr where the cell is another pattern
  std::string text;                    // the name as written, dots included
  std::optional<Unit> unit;
  bool unit_written = false;
  const syntax::Node* direction = nullptr;
  const syntax::Node* cross = nullptr;  // the path after `\`
  bool doubtful = false;
};

[[nodiscard]] std::vector<HeaderCell> read_header(Checker& checker, const syntax::Node& header);
[[nodiscard]] std::vector<const syntax::Node*> cells_of(const syntax::Node& row);

// A key cell against the type of what is looked up. Never fails: a fault is reported, and the pattern then matches
// nothing, so that the row is not said to overlap others besides.
[[nodiscard]] Pattern read_pattern(Checker& checker, const syntax::Node& cell, const Type& type,
                                   const std::optional<Unit>& unit);
// A result cell; `type` is what the column holds. `formula_scope` may differ from the table's for limits of gradings.
[[nodiscard]] ResultCell read_result(Checker& checker, const syntax::Node& cell, const Type& type,
                                     const std::optional<Unit>& unit, bool doubtful);
// What a column of results holds, from its header's unit or from this cell; no value where the cell does not say.
[[nodiscard]] std::optional<Type> type_of_cell(Checker& checker, const syntax::Node& cell,
                                               const std::optional<Unit>& unit);
[[nodiscard]] bool is_absent_cell(const syntax::Node& cell);
void read_row_mark(Checker& checker, const syntax::Node& row, bool unverified, Row& row_out);

// The statement whose rows come from a file: this one, or one that it amends row by row (amend.cpp); nullptr: none do.
[[nodiscard]] const Statement* rows_from_file(const Statement& statement);
// What the version or edition of this statement keeps was not compared with its paper: `amends X, rest unverified`.
[[nodiscard]] bool rest_is_unverified(const Statement& statement);

// Every two rows that one set of keys can hit, up to a handful, each row named once (overlaps.cpp).
struct Overlap {
  std::size_t first, second;
};
[[nodiscard]] std::vector<Overlap> find_overlaps(const std::vector<Row>& rows, bool& given_up);
[[nodiscard]] bool can_meet(const Pattern& a, const Pattern& b);
[[nodiscard]] bool same_pattern(const Pattern& a, const Pattern& b);
void report_overlaps(Context& context, const std::vector<Row>& rows);

}  // namespace guiju::model
