// Headers and cells of grids: patterns for keys, values for results.
#include "model/grids.hpp"

#include <algorithm>

#include "diagnostics/codes.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Sign;

namespace {

const Node* pattern_name(const Node& cell) {
  for (const Node* child : cell.children) {
    if (child->kind == NodeKind::qualified_name) return child;
    const bool bare =
        child->kind == NodeKind::pattern_value && child->op == Keyword::none && child->children.size() == 1;
    if (bare && child->children[0]->kind == NodeKind::qualified_name) return child->children[0];
    return nullptr;
  }
  return nullptr;
}

// A number without a unit, behind at most one sign.
const Node* bare_number(const Node& literal) {
  const Node* at = literal.kind == NodeKind::sign_literal && !literal.children.empty() ? literal.children[0] : &literal;
  return at->kind == NodeKind::number_literal ? at : nullptr;
}

// A constant of a cell: a bare number is in the unit that the header (or the interval) says.
const Expr* cell_constant(Checker& checker, const Node& literal, const Type& type, const std::optional<Unit>& unit) {
  const Node* number = unit && is_numeric(type) ? bare_number(literal) : nullptr;
  if (number == nullptr) return checker.constant(literal, type);
  const Span place = checker.span(literal);
  Type written = number_type();
  written.unit = *unit;
  if (is_number(written.unit)) written.unit = Unit{};
  const Rational& digits = checker.tree().literal(*number).value;
  auto value = mul(digits, unit->factor);
  if (value && literal.sign == Sign::minus) value = negate(*value);
  return checker.fit(checker.folded(value, written, place), Expected::of(type), place);
}

// Where a value lies on the line that its type is compared on.
std::optional<Rational> position(const Expr& constant) {
  const Expr& value = through_lets(constant);
  switch (value.kind) {
    case ExprKind::number:
      return value.value;
    case ExprKind::date:
      return Rational(value.day);
    case ExprKind::duration:
      return Rational(value.type.duration == DurationKind::months ? value.months : value.days);
    default:
      return std::nullopt;
  }
}

using Interval = Pattern::Interval;

Pattern nothing() {
  Pattern pattern;
  pattern.kind = Pattern::member_set;
  return pattern;
}

Interval from(const Rational& low, bool open) {
  Interval interval;
  interval.low = low;
  interval.low_open = open;
  return interval;
}

Interval up_to(const Rational& high, bool open) {
  Interval interval;
  interval.high = high;
  interval.high_open = open;
  return interval;
}

Interval point(const Rational& value) {
  Interval interval;
  interval.low = value;
  interval.high = value;
  return interval;
}

bool is_ordered(const Type& type) {
  return is_numeric(type) || type.kind == TypeKind::date ||
         (type.kind == TypeKind::duration && type.duration != DurationKind::pair);
}

// Reads one pattern after the other into the pattern of the cell.
class PatternReader {
 public:
  PatternReader(Checker& checker, const Type& type, const std::optional<Unit>& unit)
      : checker_(checker), type_(type), unit_(unit) {
    type_.optional = false;
  }

  Pattern read(const Node& cell) {
    auto& made = checker_.context().rulebook.expressions;
    const std::size_t before = made.size();
    Pattern pattern = patterns(cell);
    if (!named_) made.take_back_to(before);  // the cell's literals are in the pattern now; a catalogue has many
    return pattern;
  }

 private:
  Pattern patterns(const Node& cell) {
    bool first = true;
    for (const Node* child : cell.children) {
      if (first) pattern_.kind = kind();
      first = false;
      switch (child->kind) {
        case NodeKind::pattern_value:
          value(*child, *child->children[0]);
          break;
        case NodeKind::qualified_name:  // a header's bare name: the member that a column of a cross table stands for
          value(*child, *child);
          break;
        case NodeKind::unit_expr:  // a header's unit, read with the header
          break;
        case NodeKind::pattern_compare:
          comparison(*child);
          break;
        case NodeKind::pattern_interval:
          interval(*child);
          break;
        default:
          fail(Code::cell_no_pattern, *child);
          break;
      }
      if (faulty_) return nothing();
    }
    if (cell.has(syntax::kNegated)) negate_pattern();
    return pattern_;
  }

  Pattern::Kind kind() const {
    switch (type_.kind) {
      case TypeKind::enumerated:
        return Pattern::member_set;
      case TypeKind::boolean:
        return Pattern::truth;
      case TypeKind::text:
        return Pattern::text_set;
      case TypeKind::region:
        return Pattern::region_set;
      default:
        return Pattern::interval;
    }
  }

  void fail(Code code, const Node& node) {
    (void)checker_.fail(code, checker_.span(node), {checker_.written(checker_.span(node)), describe(type_)});
    faulty_ = true;
  }

  const Expr* constant(const Node& literal, const std::optional<Unit>& unit) {
    const Expr* expr = cell_constant(checker_, literal, type_, unit);
    if (expr->kind == ExprKind::error) faulty_ = true;
    if (expr->kind == ExprKind::let || expr->kind == ExprKind::error) named_ = true;
    return expr;
  }

  std::optional<Rational> place(const Node& literal, const std::optional<Unit>& unit) {
    const Expr* expr = constant(literal, unit);
    if (faulty_) return std::nullopt;
    const auto at = position(*expr);
    if (!at) fail(Code::cell_no_pattern, literal);
    return at;
  }

  void value(const Node& node, const Node& literal) {
    const Keyword op = node.op != Keyword::none ? node.op : node.or_what;
    if (pattern_.kind == Pattern::interval) {
      if (!is_ordered(type_)) return fail(Code::cell_no_pattern, node);
      const auto at = place(literal, unit_);
      if (!at) return;
      const bool more = op == Keyword::or_more || op == Keyword::or_better;
      const bool less = op == Keyword::or_less || op == Keyword::or_worse;
      pattern_.intervals.push_back(more ? from(*at, false) : less ? up_to(*at, false) : point(*at));
      return;
    }
    const Expr* expr = constant(literal, unit_);
    if (faulty_) return;
    const Expr& constant_value = through_lets(*expr);
    const bool ranked = op == Keyword::or_better || op == Keyword::or_worse;
    if (op != Keyword::none && !(ranked && type_.kind == TypeKind::enumerated && type_.enumeration->scale))
      return fail(Code::cell_no_pattern, node);
    switch (pattern_.kind) {
      case Pattern::member_set:
        pattern_.mask |= ranked ? mask_from(*type_.enumeration, constant_value.member, op == Keyword::or_better)
                                : std::uint64_t{1} << constant_value.member;
        break;
      case Pattern::truth:
        pattern_.mask |= constant_value.truth ? 2U : 1U;
        break;
      case Pattern::text_set:
        pattern_.texts.push_back(constant_value.text);
        break;
      case Pattern::region_set:
        pattern_.regions.push_back(constant_value.region);
        break;
      default:
        break;
    }
  }

  void comparison(const Node& node) {
    if (pattern_.kind != Pattern::interval || !is_ordered(type_)) return fail(Code::cell_no_pattern, node);
    const auto at = place(*node.children[0], unit_);
    if (!at) return;
    const bool below = node.sign == Sign::less || node.op == Keyword::before;
    const bool below_or_at = node.sign == Sign::less_equal || node.op == Keyword::on_or_before;
    const bool above = node.sign == Sign::greater || node.op == Keyword::after;
    pattern_.intervals.push_back(below || below_or_at ? up_to(*at, below) : from(*at, above));
  }

  // `(30..100] L`: the unit behind belongs to both ends; one written at only one end does too.
  void interval(const Node& node) {
    if (pattern_.kind != Pattern::interval || !is_ordered(type_)) return fail(Code::cell_no_pattern, node);
    std::optional<Unit> unit = unit_;
    std::vector<const Node*> ends;
    for (const Node* child : node.children) {
      if (child->kind != NodeKind::unit_expr) {
        ends.push_back(child);
        continue;
      }
      if (type_.kind == TypeKind::duration) return fail(Code::cell_no_pattern, node);
      unit = checker_.unit(*child);
      faulty_ = faulty_ || !unit;
      if (faulty_) return;
    }
    Interval range;
    range.low_open = node.has(syntax::kOpenLow);
    range.high_open = node.has(syntax::kOpenHigh);
    std::size_t next = 0;
    if (!node.has(syntax::kNoLow) && next < ends.size()) range.low = place(*ends[next++], unit);
    if (!node.has(syntax::kNoHigh) && next < ends.size() && !faulty_) range.high = place(*ends[next++], unit);
    if (faulty_) return;
    if (range.low && range.high) {
      const int order = guiju::compare(*range.low, *range.high);
      if (order > 0 || (order == 0 && (range.low_open || range.high_open))) return fail(Code::interval_empty, node);
    }
    pattern_.intervals.push_back(range);
  }

  void negate_pattern() {
    switch (pattern_.kind) {
      case Pattern::member_set:
        pattern_.mask = all_members(*type_.enumeration) & ~pattern_.mask;
        break;
      case Pattern::truth:
        pattern_.mask = 3U & ~pattern_.mask;
        break;
      case Pattern::interval:
        negate_intervals();
        break;
      default:
        pattern_.negated = true;
        break;
    }
  }

  void negate_intervals() {
    std::vector<Interval> rest{Interval{}};
    for (const Interval& hole : pattern_.intervals) {
      std::vector<Interval> next;
      for (const Interval& piece : rest) {
        if (hole.low) cut(piece, up_to(*hole.low, !hole.low_open), next);
        if (hole.high) cut(piece, from(*hole.high, !hole.high_open), next);
      }
      rest = std::move(next);
    }
    pattern_.intervals = std::move(rest);
  }

  static void cut(Interval piece, const Interval& by, std::vector<Interval>& to) {
    if (by.high &&
        (!piece.high || guiju::compare(*by.high, *piece.high) < 0 || (*by.high == *piece.high && by.high_open))) {
      piece.high = by.high;
      piece.high_open = by.high_open;
    }
    if (by.low && (!piece.low || guiju::compare(*by.low, *piece.low) > 0 || (*by.low == *piece.low && by.low_open))) {
      piece.low = by.low;
      piece.low_open = by.low_open;
    }
    if (piece.low && piece.high) {
      const int order = guiju::compare(*piece.low, *piece.high);
      if (order > 0 || (order == 0 && (piece.low_open || piece.high_open))) return;
    }
    to.push_back(piece);
  }

  Checker& checker_;
  Type type_;
  const std::optional<Unit>& unit_;
  Pattern pattern_;
  bool faulty_ = false;
  bool named_ = false;  // by a let, whose own expressions are kept
};

const Node* single_child(const Node& cell) {
  return cell.children.empty() ? nullptr : cell.children[0];
}

}  // namespace

std::vector<HeaderCell> read_header(Checker& checker, const Node& header) {
  std::vector<HeaderCell> cells;
  for (const Node* node : header.all(NodeKind::header_cell)) {
    HeaderCell cell;
    cell.node = node;
    cell.name = pattern_name(*node);
    cell.doubtful = node->has(syntax::kDoubtful);
    if (cell.name != nullptr) {
      for (const Node* part : cell.name->all(NodeKind::name))
        cell.text += (cell.text.empty() ? "" : ".") + std::string(checker.name(*part));
    }
    if (const Node* unit = node->child(NodeKind::unit_expr)) {
      cell.unit_written = true;
      cell.unit = checker.unit(*unit);
    }
    cell.direction = node->child(NodeKind::direction);
    if (const Node* cross = node->child(NodeKind::header_cross)) cell.cross = cross->child(NodeKind::qualified_name);
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::vector<const Node*> cells_of(const Node& row) {
  return row.all(NodeKind::cell);
}

Pattern read_pattern(Checker& checker, const Node& cell, const Type& type, const std::optional<Unit>& unit) {
  const Node* child = single_child(cell);
  if (child == nullptr || cell.has(syntax::kHasError) || type.kind == TypeKind::error) return nothing();
  if (child->kind == NodeKind::any_cell) return {};
  if (child->kind == NodeKind::absent_cell) {
    if (!type.optional) (void)checker.fail(Code::key_never_absent, checker.span(cell));
    Pattern pattern;
    pattern.kind = Pattern::absent;
    return pattern;
  }
  return PatternReader(checker, type, unit).read(cell);
}

bool is_absent_cell(const Node& cell) {
  const Node* child = single_child(cell);
  return child != nullptr && child->kind == NodeKind::absent_cell;
}

std::optional<Type> type_of_cell(Checker& checker, const Node& cell, const std::optional<Unit>& unit) {
  const Node* child = single_child(cell);
  if (child == nullptr || cell.has(syntax::kHasError)) return std::nullopt;
  const Expr* expr = nullptr;
  if (child->kind == NodeKind::formula_cell && !child->children.empty()) {
    expr = checker.measured(checker.infer(*child->children[0], Expected::anything()), checker.span(*child));
  } else if (child->kind == NodeKind::pattern_value && !child->children.empty()) {
    if (unit && bare_number(*child->children[0]) != nullptr) {
      Type type = number_type();
      type.unit = *unit;
      return type;
    }
    expr = checker.infer(*child->children[0], Expected::anything());
  } else if (child->kind == NodeKind::undecided && child->child(NodeKind::reading) != nullptr) {
    expr = checker.infer(*child, Expected::anything());
  } else {
    return std::nullopt;
  }
  Type type = expr->type;
  type.optional = false;
  type.integer = false;
  return type;
}

ResultCell read_result(Checker& checker, const Node& cell, const Type& type, const std::optional<Unit>& unit,
                       bool doubtful) {
  ResultCell result;
  result.doubt.doubtful = doubtful || cell.has(syntax::kDoubtful);
  const Node* child = single_child(cell);
  const Span place = checker.span(cell);
  if (child == nullptr || cell.has(syntax::kHasError) || type.kind == TypeKind::error) {
    result.expr = checker.faulty(place);
    return result;
  }
  Type wanted = type;
  wanted.optional = false;
  switch (child->kind) {
    case NodeKind::not_entitled:
      result.kind = ResultCell::not_entitled;
      if (const Node* reason = child->child(NodeKind::label)) result.reason = checker.label(*reason);
      return result;
    case NodeKind::absent_cell:
      result.kind = ResultCell::absent;
      if (!type.optional) (void)checker.fail(Code::result_never_absent, place);
      return result;
    case NodeKind::no_limit:
      result.kind = ResultCell::no_limit;
      result.expr = checker.infer(*child, Expected::of(wanted));
      return result;
    case NodeKind::undecided:
    case NodeKind::not_found:
      result.expr = checker.check(*child, Expected::of(wanted));
      return result;
    case NodeKind::formula_cell:
      result.expr = checker.check(*child->children[0], Expected::of(wanted));
      return result;
    case NodeKind::pattern_value:
      break;
    default:
      result.expr = checker.fail(Code::result_no_value, place, {checker.written(place)});
      return result;
  }
  const bool one_value = cell.children.size() == 1 && child->op == Keyword::none && child->or_what == Keyword::none &&
                         !cell.has(syntax::kNegated);
  result.expr = one_value ? cell_constant(checker, *child->children[0], wanted, unit)
                          : checker.fail(Code::result_no_value, place, {checker.written(place)});
  return result;
}

void read_row_mark(Checker& checker, const Node& row, bool unverified, Row& out) {
  out.span = checker.span(row);
  const Node* mark = row.child(NodeKind::check_mark);
  if (mark == nullptr) {
    if (!unverified) return;
    out.check = Citation::unverified;
    out.note = not_compared_again();
    return;
  }
  switch (mark->op) {
    case Keyword::secondhand:
      out.check = Citation::secondhand;
      break;
    case Keyword::unverified:
      out.check = Citation::unverified;
      break;
    default:
      out.check = Citation::verified;
      break;
  }
  if (const Node* note = mark->child(NodeKind::label)) out.note = plain_label(checker.context(), checker.tree(), note);
}

}  // namespace guiju::model
