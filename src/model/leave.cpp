// What a national file leaves to the regions: `leave rate to region, at least 10%, at most 30%`. Where nothing gives
// the value it is open, between the bounds that are written. Where a `let` gives it, it is held against them: at once
// where both are constants, else in each decision, as an `ensure` is.
#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

namespace {

struct LeftBound {
  const Statement* statement = nullptr;
  const Node* node = nullptr;
  const Expr* value = nullptr;
  [[nodiscard]] bool is_floor() const { return node->op == Keyword::at_least; }
};

std::string name_of(const Statement& leave) {
  return std::string(leave.tree->name_text(*name_node(*leave.node)));
}

// Those of the statement, and of those that it narrows; nothing where one is faulty. A bound is a number of the wanted
// type; where none is wanted, of the type of the first.
std::optional<std::vector<LeftBound>> bounds_of(Context& context, Scope& scope, const Statement& leave,
                                                Expected expected) {
  std::vector<LeftBound> bounds;
  for (const Statement* at = &leave; at != nullptr; at = at->narrows ? at->replaced : nullptr) {
    for (const Node* node : at->node->all(NodeKind::adjust_cap)) {
      const Node* written = node->first_expression();
      if (node->has(syntax::kHasError) || written == nullptr) return std::nullopt;
      const Expr* value = check_expression(context, scope, *at, *written, expected);
      if (value->kind == ExprKind::error) return std::nullopt;
      Type type = value->type;
      type.integer = false;
      expected = Expected::of(type);
      bounds.push_back({at, node, value});
    }
  }
  return bounds;
}

std::string written(const Context& context, const Expr& value) {
  return std::string(context.sources.text(value.span));
}

// "at least 10%, at most 30%"
std::string shown(const Context& context, const std::vector<LeftBound>& bounds, bool english) {
  std::string out;
  for (const LeftBound& b : bounds) {
    const syntax::KeywordInfo& word = syntax::info(b.node->op);
    out +=
        (english ? ", " : ",") + std::string(english ? word.english : word.chinese) + " " + written(context, *b.value);
  }
  return out;
}

// The greatest of the floors, the least of the caps; nullptr where there is none.
const Expr* tightest(Checker& checker, const std::vector<LeftBound>& bounds, bool floor, const Span& place) {
  std::vector<const Expr*> values;
  for (const LeftBound& b : bounds) {
    if (b.is_floor() == floor) values.push_back(b.value);
  }
  if (values.empty()) return nullptr;
  return values.size() == 1 ? values[0]
                            : checker.extremum(floor ? ExprKind::maximum : ExprKind::minimum, std::move(values), place);
}

// The value that the region has to set.
const Expr* open_value(Context& context, Scope& scope, const Statement& leave, const std::vector<LeftBound>& bounds,
                       const Type& type) {
  Checker checker(context, scope, leave, *leave.tree);
  const Span place = checker.span(*leave.node);
  const Expr* least = tightest(checker, bounds, true, place);
  const Expr* most = tightest(checker, bounds, false, place);
  const auto low = least == nullptr ? std::nullopt : constant_number(*least);
  const auto high = most == nullptr ? std::nullopt : constant_number(*most);
  if (low && high && compare(*low, *high) > 0) return checker.fail(Code::bounds_leave_nothing, place, {name_of(leave)});
  Choice& choice = context.rulebook.choices.emplace_back();
  choice.kind = Choice::left;
  choice.name = name_of(leave);
  choice.text.zh.push_back({"由地区定" + shown(context, bounds, false), nullptr, false});
  choice.text.en.push_back({"left to the region" + shown(context, bounds, true), nullptr, false});
  choice.least = least;
  choice.most = most;
  choice.span = place;
  choice.id = static_cast<std::uint32_t>(context.rulebook.choices.size() - 1);
  Expr& expr = checker.make(ExprKind::undecided, type, place);
  expr.choice = &choice;
  return &expr;
}

// A text without readings says no more than that somebody else sets the value.
bool says_nothing(const Expr& value) {
  return value.kind == ExprKind::not_found || (value.kind == ExprKind::undecided && value.choice->readings.empty());
}

class GivenLet {
 public:
  GivenLet(Context& context, Scope& scope, const Statement& leave, LetEntry& let)
      : context_(context), scope_(scope), leave_(leave), let_(let), checker_(context, scope, leave, *leave.tree) {}

  void hold(Version& version) {
    resolve_let(context_, let_);
    if (let_.state != LetEntry::done) return;
    if (let_.form != LetEntry::a_value || !is_numeric(let_.type) || let_.type.optional) {
      context_.diagnostics.add(Code::left_no_number, let_span(), {name_of(leave_)}, {leave_place()});
      return;
    }
    Type wanted = let_.type;
    wanted.integer = false;
    const auto bounds = bounds_of(context_, scope_, leave_, Expected::of(wanted));
    if (!bounds) return;
    if (says_nothing(*let_.let->value) && let_.scope == &scope_) {
      let_.let->value = open_value(context_, scope_, leave_, *bounds, wanted);
      return;
    }
    for (const LeftBound& bound : *bounds) hold_against(bound, version);
  }

 private:
  [[nodiscard]] Span let_span() const { return let_.statement.tree->span(*let_.statement.node); }
  [[nodiscard]] RelatedPlace leave_place() const {
    return {leave_.tree->span(*leave_.node), "left to the region here", "在此留给地区"};
  }

  void hold_against(const LeftBound& bound, Version& version) {
    const auto limit = constant_number(*bound.value);
    const auto value = constant_number(*let_.let->value);
    const Span place = bound.statement->tree->span(*bound.node);
    const std::string said = std::string(syntax::info(bound.node->op).english) + " " + written(context_, *bound.value);
    if (limit && value) {
      const int order = compare(*value, *limit);
      if (bound.is_floor() ? order >= 0 : order <= 0) return;
      context_.diagnostics.add(Code::outside_left_bounds, let_span(),
                               {name_of(leave_), written(context_, *let_.let->value), said},
                               {{place, "the bound", "所留的范围"}});
      return;
    }
    Expr& given = checker_.make(ExprKind::let, let_.type, let_span());
    given.let = let_.let;
    Ensure ensure;
    ensure.name = name_of(leave_) + " " + said;
    ensure.condition =
        checker_.relate(&given, bound.is_floor() ? Relation::greater_equal : Relation::less_equal, bound.value, place);
    ensure.span = place;
    version.ensures.push_back(std::move(ensure));
  }

  Context& context_;
  Scope& scope_;
  const Statement& leave_;
  LetEntry& let_;
  Checker checker_;
};

}  // namespace

const Expr* left_value(Context& context, LetEntry& let) {
  Checker checker(context, *let.scope, let.statement, *let.statement.tree);
  const Span place = checker.span(*let.statement.node);
  const auto bounds = bounds_of(context, *let.scope, let.statement, Expected::a_number());
  if (!bounds) return checker.faulty(place);
  if (bounds->empty()) return checker.fail(Code::left_without_type, place, {name_of(let.statement)});
  Type type = bounds->front().value->type;
  type.integer = false;
  return open_value(context, *let.scope, let.statement, *bounds, type);
}

void check_left(Context& context, Scope& scope, const Statement& leave, Version& version) {
  const Symbol* symbol = scope.find(name_of(leave));
  if (symbol == nullptr || symbol->kind != Symbol::let || symbol->let_ == nullptr) return;
  LetEntry& let = *symbol->let_;
  if (let.statement.node->kind == NodeKind::leave) {
    resolve_let(context, let);
  } else {
    GivenLet(context, scope, leave, let).hold(version);
  }
}

}  // namespace guiju::model
