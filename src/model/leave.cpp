// What a national file leaves to the regions: `leave rate to region, at least 10%, at most 30%`. Where nothing gives
// the value it is open, between the bounds that are written; a figure is not below 0 unless a bound says so. Where a
// `let` gives it, it is held against them: at once where both are constants, else in each decision, as an `ensure` is.
#include <algorithm>

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
  const Node* node = nullptr;  // nullptr: nobody wrote it, the figure is not below 0
  const Expr* value = nullptr;
  [[nodiscard]] bool is_floor() const { return node == nullptr || node->op == Keyword::at_least; }
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

// Where no floor is written, and no bound below 0.
void add_floor(Checker& checker, const Statement& leave, const Type& type, std::vector<LeftBound>& bounds) {
  for (const LeftBound& b : bounds) {
    const auto limit = constant_number(*b.value);
    if (b.is_floor() || (limit && compare(*limit, Rational(0)) < 0)) return;
  }
  bounds.push_back({&leave, nullptr, &checker.make(ExprKind::number, type, checker.span(*leave.node))});
}

// A name of a constant is told as the constant: an officer reads 15%, not what the rule calls it.
std::string written(const Context& context, const Expr& value) {
  return std::string(context.sources.text(is_constant(value) ? through_lets(value).span : value.span));
}

// A sum of money in the words of the language, anything else as it is written.
std::string shown(const Context& context, const Expr& value, bool english) {
  const auto number = constant_number(value);
  if (!number || !same_type(value.type, money_type())) return written(context, value);
  return to_string(*number, 0) + (english ? " yuan" : "元");
}

// "at least 10%, at most 30%"
std::string shown(const Context& context, const std::vector<LeftBound>& bounds, bool english) {
  std::string out;
  for (const LeftBound& b : bounds) {
    if (b.node == nullptr) continue;
    const syntax::KeywordInfo& word = syntax::info(b.node->op);
    out += (out.empty() ? ""
            : english   ? ", "
                        : ",") +
           std::string(english ? word.english : word.chinese) + " " + shown(context, *b.value, english);
  }
  return out;
}

// The greatest of the floors, the least of the caps; nullptr where there is none. `more`: another one, or nullptr.
const Expr* tightest(Checker& checker, const std::vector<LeftBound>& bounds, bool floor, const Expr* more,
                     const Span& place) {
  std::vector<const Expr*> values;
  for (const LeftBound& b : bounds) {
    if (b.is_floor() == floor) values.push_back(b.value);
  }
  if (more != nullptr) values.push_back(more);
  if (values.empty()) return nullptr;
  return values.size() == 1 ? values[0]
                            : checker.extremum(floor ? ExprKind::maximum : ExprKind::minimum, std::move(values), place);
}

// `not found "why" within 10% to 20%` in place of a value, written by the region itself (`own`) or beside the `leave`.
struct Unsaid {
  const Expr* text = nullptr;
  bool own = false;
  [[nodiscard]] const Expr* end(std::size_t which) const {
    return text != nullptr && text->kind == ExprKind::not_found && text->args.size() == 2 ? text->args[which] : nullptr;
  }
};

// "left to the region, at most 30%"; where the value is said not to be known, why: "not published (at most 30%)".
void say_why(Context& context, const std::vector<LeftBound>& bounds, const Unsaid& unsaid, Choice& choice) {
  const bool has_reason = unsaid.text != nullptr;
  if (has_reason) choice.text = unsaid.text->choice->text;
  if (choice.text.zh.empty()) choice.text.zh = choice.text.en;
  if (choice.text.en.empty()) choice.text.en = choice.text.zh;
  const auto say = [&](auto& pieces, bool english) {
    const std::string limits = shown(context, bounds, english);
    if (!has_reason) pieces.push_back({english ? "left to the region" : "由地区定", nullptr, false});
    if (limits.empty()) return;
    const std::string before = has_reason ? (english ? " (" : "(") : (english ? ", " : ",");
    pieces.push_back({before + limits + (has_reason ? ")" : ""), nullptr, false});
  };
  say(choice.text.zh, false);
  say(choice.text.en, true);
}

// The value that the region has to set.
const Expr* open_value(Context& context, Scope& scope, const Statement& leave, const std::vector<LeftBound>& bounds,
                       const Type& type, const Unsaid& unsaid = {}) {
  Checker checker(context, scope, leave, *leave.tree);
  const Span place = checker.span(*leave.node);
  const Expr* least = tightest(checker, bounds, true, unsaid.end(0), place);
  const Expr* most = tightest(checker, bounds, false, unsaid.end(1), place);
  const auto low = least == nullptr ? std::nullopt : constant_number(*least);
  const auto high = most == nullptr ? std::nullopt : constant_number(*most);
  if (low && high && compare(*low, *high) > 0) return checker.fail(Code::bounds_leave_nothing, place, {name_of(leave)});
  Choice& choice = context.rulebook.choices.emplace_back();
  choice.kind = unsaid.own ? unsaid.text->choice->kind : Choice::left;
  choice.name = name_of(leave);
  say_why(context, bounds, unsaid, choice);
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
    auto bounds = bounds_of(context_, scope_, leave_, Expected::of(wanted));
    if (!bounds) return;
    add_floor(checker_, leave_, wanted, *bounds);
    if (says_nothing(*let_.let->value) && let_.scope == &scope_) {
      const bool own = program_of(let_.statement) != program_of(leave_);
      let_.let->value = open_value(context_, scope_, leave_, *bounds, wanted, {let_.let->value, own});
      return;
    }
    for (const LeftBound& bound : *bounds) hold_against(bound, version);
  }

 private:
  [[nodiscard]] Span let_span() const { return let_.statement.tree->span(*let_.statement.node); }
  [[nodiscard]] RelatedPlace leave_place() const {
    return {leave_.tree->span(*leave_.node), "left to the region here", "在此留给地区"};
  }

  // What it may be: each reading of a text that is open, too.
  [[nodiscard]] std::vector<const Expr*> given_values() const {
    const Expr& value = *let_.let->value;
    if (value.kind != ExprKind::undecided || value.args.empty()) return {&value};
    if (value.choice->adopted) return {value.args[*value.choice->adopted]};
    return value.args;
  }

  void hold_against(const LeftBound& bound, Version& version) {
    const auto limit = constant_number(*bound.value);
    const Span place = bound.statement->tree->span(bound.node == nullptr ? *bound.statement->node : *bound.node);
    const syntax::KeywordInfo& word = syntax::info(bound.node == nullptr ? Keyword::at_least : bound.node->op);
    const std::string limit_text = bound.node == nullptr ? "0" : written(context_, *bound.value);
    const std::string said = std::string(word.english) + " " + limit_text;
    const std::vector<const Expr*> values = given_values();
    bool all_known = true;
    for (const Expr* one : values) {
      const auto value = constant_number(*one);
      all_known = all_known && limit && value;
      if (!limit || !value) continue;
      const int order = compare(*value, *limit);
      if (bound.is_floor() ? order >= 0 : order <= 0) continue;
      context_.diagnostics.add(
          Code::outside_left_bounds, let_span(),
          {name_of(leave_), written(context_, *one), bilingual(said, std::string(word.chinese) + " " + limit_text)},
          {{place, "the bound", "所留的范围"}});
      return;
    }
    if (all_known) return;
    Expr& given = checker_.make(ExprKind::let, let_.type, let_span());
    given.let = let_.let;
    Ensure ensure;
    ensure.name.primary = name_of(leave_) + " " + said;
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

const Node* program_of(const Statement& statement) {
  if (statement.home == nullptr) return nullptr;
  const auto& all = statement.tree->root().children;
  const auto found = std::partition_point(all.begin(), all.end(),
                                          [&](const Node* n) { return n->last_token <= statement.home->first_token; });
  if (found == all.end()) return nullptr;
  const auto& inside = (*found)->children;
  return std::find(inside.begin(), inside.end(), statement.home) != inside.end() ? *found : nullptr;
}

const Expr* left_value(Context& context, LetEntry& let) {
  Checker checker(context, *let.scope, let.statement, *let.statement.tree);
  const Span place = checker.span(*let.statement.node);
  auto bounds = bounds_of(context, *let.scope, let.statement, Expected::a_number());
  if (!bounds) return checker.faulty(place);
  if (bounds->empty()) return checker.fail(Code::left_without_type, place, {name_of(let.statement)});
  Type type = bounds->front().value->type;
  type.integer = false;
  add_floor(checker, let.statement, type, *bounds);
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
