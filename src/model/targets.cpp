// Targets of a plan: each row an indicator, what it has to reach and by when. Figures are what the host observed, or a
// value of the rules that is named like the row; what is read of the observations is written here as expressions, so
// that open facts are treated as everywhere else.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Sign;
using syntax::Tree;

namespace {

constexpr std::size_t kMostRows = 60;  // one bit each, as members of an enum

Name plain_name(std::string primary, std::string zh, const Span& span) {
  Name name;
  name.primary = std::move(primary);
  if (!zh.empty()) name.aliases.push_back({"zh", std::move(zh)});
  name.span = span;
  return name;
}

// What an observation consists of, of the targets of one declaration.
class Observations {
 public:
  Observations(Context& context, const Tree& tree, const Node& node, Scope& scope, Targets& targets)
      : targets_(targets), checker_(context, scope, statement_, tree), span_(tree.span(node)) {
    statement_.tree = &tree;
    statement_.node = &node;
    declare(context);
  }

  // After the rows are known by name.
  void name_rows() {
    for (const Target& row : targets_.rows) rows_->members.push_back({row.name, row.indicator, false});
  }

  // What is asked of the host's day.
  void read_days(Target& row) {
    if (row.due == nullptr) return;
    row.is_past = held(row.due, Relation::less, as_at());
    row.start = row.kind == Target::total ? targets_.counted_from : row.baseline_on;
    const bool straight =
        row.kind == Target::change || row.kind == Target::total || (row.kind == Target::level && row.start != nullptr);
    if (row.start == nullptr || !straight || row.about) {
      row.start = nullptr;
      return;
    }
    row.remaining = days(as_at(), row.due);
    row.length = days(row.start, row.due);
    row.in_path = both(held(row.start, Relation::less, row.due), both(held(row.start, Relation::less_equal, as_at()),
                                                                      held(as_at(), Relation::less_equal, row.due)));
  }

  void read(Target& row, std::uint32_t index) {
    row_ = index;
    const Expr* until = cut_off(row);
    const auto measured_until = [&](const Entry& entry) {
      return in_rows(entry, both(exists(field(entry, value_)), held(field(entry, on_), Relation::less_equal, until)));
    };
    switch (row.kind) {
      case Target::change:
      case Target::level:
        row.last_on = fold(ExprKind::max_of, measured_until, on_, optional(simple_type(TypeKind::date)));
        row.last = figures_of(if_absent(row.last_on, checker_.date(kFirstDay, span_)));
        if (row.baseline == nullptr && row.baseline_on != nullptr) row.base = figures_of(row.baseline_on);
        return;
      case Target::total: {
        const auto counted = [&](const Entry& entry) {
          const Expr* up_to = in_rows(entry, held(field(entry, on_), Relation::less_equal, until));
          return targets_.counted_from == nullptr
                     ? up_to
                     : both(up_to, held(targets_.counted_from, Relation::less_equal, field(entry, on_)));
        };
        row.sum = fold(ExprKind::sum_of, counted, value_, number_type());
        return;
      }
      case Target::each:
        for (const Label& text : row.texts) row.found.push_back(found(text.zh.empty() ? text.en : text.zh, until));
        return;
      case Target::judged:
        return;
    }
  }

 private:
  void declare(Context& context) {
    Enum& rows = context.rulebook.enums.emplace_back();
    rows.name = plain_name(targets_.name.primary + " target", "", span_);
    rows.span = span_;
    rows_ = &rows;
    Record& record = context.rulebook.records.emplace_back();
    record.name = plain_name("Observation", "", span_);
    record.span = span_;
    const auto add = [&](std::string name, std::string zh, Type type, Label label) {
      Field& f = record.fields.emplace_back();
      f.name = plain_name(std::move(name), std::move(zh), span_);
      f.type = std::move(type);
      f.label = std::move(label);
      f.owner = &record;
      f.index = static_cast<std::uint32_t>(record.fields.size() - 1);
      return &f;
    };
    target_ = add("target", "目标", enumerated_type(rows), {"目标", "target"});
    on_ = add("on", "日期", simple_type(TypeKind::date), {"日期", "day"});
    Field* value = add("value", "数值", number_type(), {"数值", "figure"});
    value->any_unit = true;
    value->type.optional = true;  // of texts that are there or not, nothing is measured
    value_ = value;
    item_ = add("item", "事项", optional(simple_type(TypeKind::text)), {"事项", "item"});
    Type element = simple_type(TypeKind::record);
    element.record = &record;
    Type list = simple_type(TypeKind::list);
    list.history = true;
    list.element = std::make_shared<const Type>(std::move(element));
    targets_.observed = &give("observed", "观测", std::move(list), {"已观测的数值", "what was observed"});
    Given& as_at = give("as at", "时点", simple_type(TypeKind::date), {"时点", "the day of the question"});
    as_at.host_day = Given::as_at;
    targets_.as_at = &as_at;
    Given& figures_to = give("figures to", "", optional(simple_type(TypeKind::date)), {"数值截至", "figures up to"});
    figures_to.host_day = Given::as_at_if_set;
    targets_.figures_to = &figures_to;
    list_ = &context.rulebook.paths.emplace_back();
    list_->given = targets_.observed;
  }

  Given& give(std::string name, std::string zh, Type type, Label label) {
    Given& given = targets_.givens.emplace_back();
    given.name = plain_name(std::move(name), std::move(zh), span_);
    given.type = std::move(type);
    given.label = std::move(label);
    given.index = static_cast<std::uint32_t>(targets_.givens.size() - 1);
    given.span = span_;
    return given;
  }

  static Type optional(Type type) {
    type.optional = true;
    return type;
  }

  // The host's day, at latest the last day of the target; without either every observation counts.
  const Expr* cut_off(const Target& row) {
    const Expr* last = row.due == nullptr ? checker_.date(kLastDay, span_) : row.due;
    Expr& set = checker_.make(ExprKind::fact, optional(simple_type(TypeKind::date)), span_);
    set.path.given = targets_.figures_to;
    return &checker_.make(ExprKind::minimum, simple_type(TypeKind::date), span_, {if_absent(&set, last), last});
  }

  const Expr* as_at() {
    Expr& day = checker_.make(ExprKind::fact, simple_type(TypeKind::date), span_);
    day.path.given = targets_.as_at;
    return &day;
  }
  const Expr* days(const Expr* from, const Expr* to) {
    return &checker_.make(ExprKind::days_between, number_type(true), span_, {from, to});
  }

  const Expr* if_absent(const Expr* value, const Expr* otherwise) {
    Type type = value->type;
    type.optional = false;
    return &checker_.make(ExprKind::if_absent, type, span_, {value, otherwise});
  }
  const Expr* field(const Entry& entry, const Field* of) {
    Expr& expr = checker_.make(ExprKind::entry, of->type, span_);
    expr.path.entry = &entry;
    expr.path.fields = {of};
    return &expr;
  }
  const Expr* held(const Expr* left, Relation relation, const Expr* right) {
    Expr& expr = checker_.make(ExprKind::compare, simple_type(TypeKind::boolean), span_, {left, right});
    expr.relation = relation;
    return &expr;
  }
  const Expr* both(const Expr* left, const Expr* right) {
    return &checker_.make(ExprKind::and_, simple_type(TypeKind::boolean), span_, {left, right});
  }
  const Expr* exists(const Expr* value) {
    return &checker_.make(ExprKind::exists, simple_type(TypeKind::boolean), span_, {value});
  }
  // … of this row, and so.
  const Expr* in_rows(const Entry& entry, const Expr* so) {
    Expr& own = checker_.make(ExprKind::in_mask, simple_type(TypeKind::boolean), span_, {field(entry, target_)});
    own.mask = std::uint64_t{1} << row_;
    return both(&own, so);
  }

  template <class Where>
  const Expr* fold(ExprKind kind, Where where, const Field* term, Type type) {
    const Entry& entry =
        checker_.context().rulebook.entries.emplace_back(Entry{"observation", *targets_.observed->type.element});
    if (kind != ExprKind::sum_of && kind != ExprKind::any_of) type.optional = true;
    if (kind == ExprKind::sum_of) type.optional = false;
    Expr& expr = checker_.make(kind, std::move(type), span_);
    expr.list = list_;
    expr.item = &entry;
    expr.where = where(entry);
    if (term == nullptr) return &expr;
    const Expr* value = field(entry, term);
    expr.term = term->type.optional ? if_absent(value, checker_.number(Rational(0), number_type(), span_)) : value;
    return &expr;
  }

  // The least and the greatest of one day: one figure, unless two contradict each other.
  std::vector<const Expr*> figures_of(const Expr* day) {
    const auto of_day = [&](const Entry& entry) {
      return in_rows(entry, both(exists(field(entry, value_)), held(field(entry, on_), Relation::equal, day)));
    };
    return {fold(ExprKind::min_of, of_day, value_, number_type()),
            fold(ExprKind::max_of, of_day, value_, number_type())};
  }

  const Expr* found(const std::string& text, const Expr* until) {
    Expr& wanted = checker_.make(ExprKind::text, simple_type(TypeKind::text), span_);
    wanted.text = text;
    Expr& none = checker_.make(ExprKind::text, simple_type(TypeKind::text), span_);
    const auto named = [&](const Entry& entry) {
      const Expr* item = if_absent(field(entry, item_), &none);
      return in_rows(entry,
                     both(held(item, Relation::equal, &wanted), held(field(entry, on_), Relation::less_equal, until)));
    };
    return fold(ExprKind::any_of, named, nullptr, simple_type(TypeKind::boolean));
  }

  Targets& targets_;
  Statement statement_;
  Checker checker_;
  Span span_;
  Enum* rows_ = nullptr;
  const Field* target_ = nullptr;
  const Field* on_ = nullptr;
  const Field* value_ = nullptr;
  const Field* item_ = nullptr;
  Path* list_ = nullptr;
  std::uint32_t row_ = 0;
};

std::optional<Relation> relation_to_reach(const Node& node) {
  switch (node.op) {
    case Keyword::at_least:
    case Keyword::or_more:
      return Relation::greater_equal;
    case Keyword::at_most:
    case Keyword::or_less:
      return Relation::less_equal;
    case Keyword::above:
      return Relation::greater;
    case Keyword::below:
      return Relation::less;
    default:
      break;
  }
  switch (node.sign) {
    case Sign::greater_equal:
      return Relation::greater_equal;
    case Sign::less_equal:
      return Relation::less_equal;
    case Sign::greater:
      return Relation::greater;
    case Sign::less:
      return Relation::less;
    default:
      return std::nullopt;
  }
}

Target::Kind target_kind_of(Keyword word) {
  switch (word) {
    case Keyword::change:
      return Target::change;
    case Keyword::total:
      return Target::total;
    case Keyword::each:
      return Target::each;
    case Keyword::judged:
      return Target::judged;
    default:
      return Target::level;
  }
}

class TargetsChecker {
 public:
  TargetsChecker(Context& context, const Declared& declared)
      : context_(context),
        tree_(*declared.tree),
        node_(*declared.node),
        targets_(*declared.targets),
        statement_{&tree_, &node_},
        scope_(new_scope(context, declared.scope)) {
    scope_.lets = &targets_.lets;
  }

  void run() {
    targets_.label = plain_label(context_, tree_, node_.child(NodeKind::label));
    targets_.span = targets_.name.span;
    targets_.single = node_.kind == NodeKind::target_decl;
    targets_.citations = read_citations(context_, scope_, statement_, node_);
    for (const Node* authority : node_.all(NodeKind::authority)) {
      for (const Node* label : authority->all(NodeKind::label))
        targets_.authorities.push_back(make_template(context_, scope_, {&tree_, authority}, *label));
    }
    for (const Node* params : node_.all(NodeKind::params))
      read_givens(context_, scope_, tree_, *params, targets_.givens);
    Observations observations(context_, tree_, node_, scope_, targets_);
    if (const Node* counted = node_.child(NodeKind::counted_from); counted != nullptr)
      targets_.counted_from = day(*counted->child(NodeKind::day));
    targets_.single ? read_single() : read_rows();
    observations.name_rows();
    read_values();
    for (std::size_t i = 0; i < targets_.rows.size(); ++i) {
      check_row(targets_.rows[i]);
      observations.read_days(targets_.rows[i]);
      if (targets_.rows[i].value == nullptr) observations.read(targets_.rows[i], static_cast<std::uint32_t>(i));
    }
    if (targets_.rows.empty() && !node_.has(syntax::kHasError))
      context_.diagnostics.add(Code::nothing_inside, targets_.span, {targets_.name.primary});
  }

 private:
  Type date_type() const { return simple_type(TypeKind::date); }

  const Expr* date(Day day, const Span& span) { return Checker(context_, scope_, statement_, tree_).date(day, span); }
  // A `day`: written, or open between several.
  const Expr* day(const Node& node) {
    if (const Node* open = node.child(NodeKind::undecided))
      return check_expression(context_, scope_, statement_, *open, Expected::of(date_type()));
    const Node* written = node.child(NodeKind::date_literal);
    return written == nullptr ? nullptr : date(tree_.literal(*written).day, tree_.span(node));
  }
  Label label(const Node& node) { return plain_label(context_, tree_, &node); }
  void fault(Code code, const Node& node, std::vector<std::string> arguments) {
    context_.diagnostics.add(code, tree_.span(node), std::move(arguments));
  }

  // ---- `target NAME { … }`

  void read_single() {
    Target& row = targets_.rows.emplace_back();
    row.name = targets_.name;
    row.indicator = targets_.label;
    row.span = targets_.span;
    if (const Node* kind = node_.child(NodeKind::target_kind)) row.kind = target_kind_of(kind->op);
    if (const Node* indicator = node_.child(NodeKind::target_indicator)) {
      if (const Node* text = indicator->child(NodeKind::label)) row.indicator = label(*text);
      if (const Node* type = indicator->child(NodeKind::type))
        row.type = resolve_type(context_, scope_, tree_, *type).value_or(Type{});
    }
    if (const Node* baseline = node_.child(NodeKind::target_baseline)) {
      take_baseline(row, *baseline->first_expression());
      const auto days = baseline->all(NodeKind::date_literal);
      if (!days.empty() && days.back() != baseline->first_expression())
        row.baseline_on = date(tree_.literal(*days.back()).day, tree_.span(*days.back()));
    }
    if (const Node* reach = node_.child(NodeKind::target_reach)) {
      row.about = reach->op == Keyword::about;
      row.relation = relation_to_reach(*reach).value_or(Relation::greater_equal);
      take_reach(row, *reach->first_expression());
    }
    if (const Node* due = node_.child(NodeKind::target_due)) {
      if (const Node* written = due->child(NodeKind::day)) row.due = day(*written);
    } else if (!node_.has(syntax::kHasError)) {
      fault(Code::target_needs, node_, {row.name.primary, in_both_languages(Keyword::due)});
    }
    for (const Node* lead : node_.all(NodeKind::target_lead)) row.leads.push_back(label(*lead->child(NodeKind::label)));
  }

  // ---- the grid

  void read_rows() {
    const Node* header = node_.child(NodeKind::targets_header);
    if (header == nullptr) return;
    std::vector<Keyword> columns;
    for (const Node* column : header->all(NodeKind::targets_column)) {
      if (std::find(columns.begin(), columns.end(), column->op) != columns.end())
        return fault(Code::written_twice, *column, {std::string(syntax::info(column->op).english)});
      columns.push_back(column->op);
    }
    for (const Keyword needed : {Keyword::target, Keyword::reach, Keyword::due}) {
      if (std::find(columns.begin(), columns.end(), needed) == columns.end())
        return fault(Code::target_needs, *header, {targets_.name.primary, in_both_languages(needed)});
    }
    for (const Node* row : node_.all(NodeKind::targets_row)) {
      if (!row->has(syntax::kHasError)) read_row(*row, columns);
    }
    if (targets_.rows.size() > kMostRows)
      fault(Code::too_many_members, *header, {targets_.name.primary, std::to_string(targets_.rows.size())});
  }

  void read_row(const Node& node, const std::vector<Keyword>& columns) {
    const auto cells = node.all(NodeKind::targets_cell);
    if (cells.size() != columns.size())
      return fault(Code::targets_cells, node, {std::to_string(columns.size()), std::to_string(cells.size())});
    const auto of = [&](Keyword column) -> const Node* {
      const auto found = std::find(columns.begin(), columns.end(), column);
      return found == columns.end() ? nullptr : cells[static_cast<std::size_t>(found - columns.begin())];
    };
    const Node* name = plain_cell_name(*of(Keyword::target));
    if (name == nullptr) return fault(Code::target_cell, *of(Keyword::target), {"T01"});
    Target row;
    row.name = plain_name(dotted(tree_, *name), "", tree_.span(*name));
    row.span = tree_.span(node);
    for (const Target& other : targets_.rows) {
      if (other.name.primary == row.name.primary)
        return report_twice(context_, row.name.span, row.name.primary, other.name.span);
    }
    if (const Node* kind = of(Keyword::kind); kind != nullptr && kind->child(NodeKind::target_kind) != nullptr)
      row.kind = target_kind_of(kind->child(NodeKind::target_kind)->op);
    if (const Node* indicator = of(Keyword::indicator)) {
      const auto texts = texts_of(*indicator);
      if (!texts.empty()) row.indicator = texts[0];
    }
    if (const Node* baseline = of(Keyword::baseline)) read_baseline(row, *baseline);
    read_reach(row, *of(Keyword::reach));
    read_due(row, *of(Keyword::due));
    if (const Node* lead = of(Keyword::lead)) row.leads = texts_of(*lead);
    read_mark(row, node);
    targets_.rows.push_back(std::move(row));
  }

  void read_mark(Target& row, const Node& node) {
    if (const Node* mark = node.child(NodeKind::check_mark)) {
      row.check = mark->op == Keyword::secondhand   ? Citation::secondhand
                  : mark->op == Keyword::unverified ? Citation::unverified
                                                    : Citation::verified;
      row.note = plain_label(context_, tree_, mark->child(NodeKind::label));
    }
    for (const Node* cell : node.all(NodeKind::targets_cell)) {
      for (const Node* inner : cell->children) row.doubtful = row.doubtful || inner->has(syntax::kDoubtful);
    }
  }

  // What stands in a cell: the cell itself, or the pattern of a plain one.
  static const Node* content(const Node& cell) {
    const Node* plain = cell.child(NodeKind::cell);
    if (plain == nullptr) return cell.children.empty() ? nullptr : cell.children[0];
    return plain->children.empty() ? nullptr : plain->children[0];
  }
  static std::vector<const Node*> labels(const Node& cell) {
    const Node* texts = cell.child(NodeKind::texts_cell);
    return texts == nullptr ? std::vector<const Node*>{} : texts->all(NodeKind::label);
  }
  // The literals of a cell, whatever is asked of them.
  static std::vector<const Node*> literals(const Node& cell) {
    std::vector<const Node*> out;
    for (const Node* label : labels(cell)) out.push_back(label->children[0]);
    const Node* plain = cell.child(NodeKind::cell);
    if (plain == nullptr) return out;
    for (const Node* pattern : plain->children) {
      const bool simple = pattern->kind == NodeKind::pattern_value || pattern->kind == NodeKind::pattern_compare;
      if (simple && !pattern->children.empty()) out.push_back(pattern->children[0]);
    }
    return out;
  }
  static const Node* plain_cell_name(const Node& cell) {
    const auto all = literals(cell);
    return all.size() == 1 && all[0]->kind == NodeKind::qualified_name ? all[0] : nullptr;
  }
  std::vector<Label> texts_of(const Node& cell) {
    std::vector<Label> out;
    for (const Node* written : labels(cell)) out.push_back(label(*written));
    return out;
  }

  void read_baseline(Target& row, const Node& cell) {
    const auto all = literals(cell);
    if (all.empty()) return;  // absent
    take_baseline(row, *all[0]);
  }

  void read_reach(Target& row, const Node& cell) {
    const Node* inside = content(cell);
    if (inside == nullptr) return;
    if (inside->kind == NodeKind::about_cell) {
      row.about = true;
      return take_reach(row, *inside->children[0]);
    }
    if (row.kind == Target::each || row.kind == Target::judged) {
      row.texts = texts_of(cell);
      return;
    }
    const auto all = literals(cell);
    if (all.size() != 1) return fault(Code::target_cell, cell, {">= 100"});
    row.relation = relation_to_reach(*inside).value_or(Relation::greater_equal);
    take_reach(row, *all[0]);
  }

  void read_due(Target& row, const Node& cell) {
    const Node* inside = content(cell);
    if (inside == nullptr || inside->kind == NodeKind::absent_cell) return;
    if (inside->kind == NodeKind::undecided) {
      row.due = check_expression(context_, scope_, statement_, *inside, Expected::of(date_type()));
      return;
    }
    const auto all = literals(cell);
    if (all.size() != 1 || all[0]->kind != NodeKind::date_literal)
      return fault(Code::target_cell, cell, {"2027-12-31"});
    row.due = date(tree_.literal(*all[0]).day, tree_.span(*all[0]));
  }

  // ---- both forms

  void take_baseline(Target& row, const Node& literal) {
    if (literal.kind == NodeKind::date_literal) {
      row.baseline_on = date(tree_.literal(literal).day, tree_.span(literal));
      return;
    }
    row.baseline = check_expression(context_, scope_, statement_, literal, Expected::a_number());
  }

  void take_reach(Target& row, const Node& literal) {
    if (row.kind == Target::each || row.kind == Target::judged) {
      if (literal.kind == NodeKind::text) row.texts.push_back(label(literal));
      return;
    }
    row.reach = check_expression(context_, scope_, statement_, literal, Expected::a_number());
    if (row.reach->kind == ExprKind::error) return;
    if (!constant_number(*row.reach)) {
      fault(Code::target_cell, literal, {"25%"});
      return;
    }
    const bool said = row.type.kind == TypeKind::numeric && row.kind != Target::change;
    if (said && !same_dimension(row.type.unit, row.reach->type.unit))
      fault(Code::units_differ, literal, {unit_name(row.type.unit), unit_name(row.reach->type.unit)});
    row.type = row.reach->type;
    row.type.optional = false;
    if (literal.kind == NodeKind::percent_literal) {
      row.type.unit = Unit{{}, Rational::make(1, 100).value_or(Rational(1)), "%"};
    }
  }

  // `let` named like a row.
  void read_values() {
    Body body;
    for (const Node* let : node_.all(NodeKind::let)) {
      if (let->has(syntax::kHasError)) continue;
      context_.statements.push_back({&tree_, let});
      body.push_back(&context_.statements.back());
    }
    const BodyNames names = declare_body(context_, scope_, body);
    for (const Statement* statement : body) {
      const auto found = names.lets.find(statement);
      if (found == names.lets.end()) continue;
      resolve_let(context_, *found->second);
      const Let* let = found->second->let;
      if (let == nullptr || let->value == nullptr) continue;
      for (Target& row : targets_.rows) {
        if (is_called(let->name, row.name.primary)) take_value(row, *let);
      }
    }
  }

  void take_value(Target& row, const Let& let) {
    if (let.value->kind == ExprKind::error || row.reach == nullptr) return;
    const bool fits = let.value->type.kind == TypeKind::numeric && row.kind == Target::level &&
                      same_dimension(let.value->type.unit, row.reach->type.unit);
    if (!fits) {
      context_.diagnostics.add(Code::target_value, let.span, {row.name.primary, describe(let.value->type)});
      return;
    }
    Expr& use = context_.rulebook.expressions.emplace_back();
    use.kind = ExprKind::let;
    use.type = let.value->type;
    use.span = let.span;
    use.let = &let;
    row.value = &use;
  }

  void check_row(Target& row) {
    const bool in_words = row.kind == Target::each || row.kind == Target::judged;
    if (in_words && row.texts.empty())
      context_.diagnostics.add(Code::target_needs, row.span, {row.name.primary, "\"…\""});
    if (!in_words && row.reach == nullptr && !node_.has(syntax::kHasError))
      context_.diagnostics.add(Code::target_needs, row.span, {row.name.primary, in_both_languages(Keyword::reach)});
    if (row.kind == Target::change && row.baseline == nullptr && row.baseline_on == nullptr)
      context_.diagnostics.add(Code::target_needs, row.span, {row.name.primary, in_both_languages(Keyword::baseline)});
  }

  Context& context_;
  const Tree& tree_;
  const Node& node_;
  Targets& targets_;
  Statement statement_;
  Scope& scope_;
};

}  // namespace

void check_targets(Context& context, std::span<const Declared> all) {
  for (const Declared& declared : all) {
    if (declared.targets != nullptr) TargetsChecker(context, declared).run();
  }
}

}  // namespace guiju::model
