// Technical standards and their editions. A standard is checked when another first needs it, or in its turn.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"
#include "model/results.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

// The scale that a grading is written on, `grade x on S …`; nullptr where it takes its grade from an expression.
const Node* scale_name(const Node& grading) {
  bool after_measure = grading.has(syntax::kByMember);
  for (const Node* child : grading.children) {
    if (after_measure && child->kind == NodeKind::name) return child;
    if (syntax::is_expression(child->kind)) after_measure = true;
  }
  return nullptr;
}

// `grade NAME: …`; nullptr where the grading makes the grade.
const Node* own_name(const Node& grading) {
  return grading.has(syntax::kByMember) ? nullptr : name_node(grading);
}

class EditionChecker {
 public:
  EditionChecker(Context& context, Scope& standard_scope, Edition& edition, const Home& home)
      : context_(context), edition_(edition), body_(home.body), scope_(new_scope(context, &standard_scope)) {
    scope_.lets = &edition.lets;
    scope_.edition = &edition;
    scope_.home = &home;
  }

  void run() {
    names_ = declare_body(context_, scope_, body_);
    if (edition_.when != nullptr) narrow(scope_, *edition_.when);
    for (std::size_t i = 0; i < body_.size(); ++i) {
      // A let behind the last grading may name the grade.
      const bool waits = body_[i]->node->kind == NodeKind::let && i > last_grading();
      if (!waits && !body_[i]->node->has(syntax::kHasError)) read(*body_[i]);
    }
    // These may name the grade, wherever they are written.
    declare_grade();
    for (const Statement* statement : body_) {
      if (!statement->node->has(syntax::kHasError)) read_after_grade(*statement);
    }
  }

 private:
  void read(const Statement& statement) {
    switch (statement.node->kind) {
      case NodeKind::let:
        return read_let(context_, scope_, names_, statement);
      case NodeKind::table_decl:
        if (const Table* table = read_table(context_, names_, statement)) edition_.tables.push_back(table);
        return;
      case NodeKind::require:
        return read_require(statement);
      case NodeKind::applies:
        return read_applies(statement);
      case NodeKind::grading:
        return read_grading(statement);
      case NodeKind::comply:
      case NodeKind::check:
      case NodeKind::gives:
        return;
      default:
        return;
    }
  }

  void read_after_grade(const Statement& statement) {
    switch (statement.node->kind) {
      case NodeKind::let:
        return read_let(context_, scope_, names_, statement);
      case NodeKind::comply:
        return read_comply(statement);
      case NodeKind::check:
        return read_check(statement);
      case NodeKind::gives:
        return read_gives(statement);
      default:
        return;
    }
  }

  // Of those that make the grade; past the end where there is none.
  [[nodiscard]] std::size_t last_grading() const {
    for (std::size_t i = body_.size(); i-- > 0;) {
      if (body_[i]->node->kind == NodeKind::grading && own_name(*body_[i]->node) == nullptr) return i;
    }
    return body_.size();
  }

  bool claim_name(const std::string& name, Span span) {
    const auto [place, added] = claimed_.emplace(name, span);
    if (!added) report_twice(context_, span, name, place->second);
    return added;
  }

  void read_require(const Statement& statement) {
    auto requirement = read_requirement(context_, scope_, statement);
    if (!requirement || !claim_name(requirement->name.primary, requirement->name.span)) return;
    narrow(scope_, *requirement->condition);
    edition_.requirements.push_back(*std::move(requirement));
  }

  void read_applies(const Statement& statement) {
    const Node* condition = statement.node->first_expression();
    if (condition == nullptr) return;
    edition_.applies = check_expression(context_, scope_, statement, *condition, Expected::a_truth());
    narrow(scope_, *edition_.applies);
    read_applies_text(statement, edition_.applies_reason);
  }

  // `applies when` has no word `otherwise` of its own node: the text is its child.
  void read_applies_text(const Statement& statement, Template& reason) {
    if (const Node* label = statement.node->child(NodeKind::label)) {
      reason = make_template(context_, scope_, statement, *label);
    } else if (const Node* keep = statement.node->child(NodeKind::keep)) {
      if (statement.replaced == nullptr) {
        context_.diagnostics.add(Code::no_text_to_keep, statement.tree->span(*keep));
      } else {
        read_applies_text(*statement.replaced, reason);
      }
    }
  }

  void read_grading(const Statement& statement) {
    const Node& node = *statement.node;
    Grading grading = check_grading(context_, scope_, statement, edition_);
    if (const Node* name = own_name(node)) return keep_named(std::move(grading), statement, *name);
    if (grading.scale == nullptr) {
      faulty_grade_ = true;
      return;
    }
    if (edition_.scale == nullptr) edition_.scale = grading.scale;
    if (edition_.scale != grading.scale) {
      context_.diagnostics.add(Code::scales_differ, statement.tree->span(node),
                               {edition_.scale->name.primary, grading.scale->name.primary});
      return;
    }
    edition_.gradings.push_back(std::move(grading));
  }

  // A value of its own: what is written after it may speak of it.
  void keep_named(Grading grading, const Statement& statement, const Node& name) {
    const Span span = statement.tree->span(name);
    grading.name = statement.tree->name_text(name);
    grading.label = plain_label(context_, *statement.tree, statement.node->child(NodeKind::label));
    if (const auto known = scope_.symbols.find(grading.name); known != scope_.symbols.end()) {
      report_twice(context_, span, grading.name, known->second.span);
      return;
    }
    if (!claim_name(grading.name, span)) return;
    Symbol symbol;
    symbol.kind = grading.scale == nullptr ? Symbol::other : Symbol::grade;
    symbol.primary = grading.name;
    symbol.span = span;
    symbol.type_.kind = TypeKind::enumerated;
    symbol.type_.enumeration = grading.scale;
    symbol.type_.optional = grading.when != nullptr;
    if (grading.scale != nullptr) {
      Let& let = edition_.named_grades.emplace_back();
      let.name.primary = grading.name;
      let.span = span;
      symbol.stand_in = grading.stand_in = &let;
    }
    scope_.symbols.emplace(grading.name, symbol);
    if (grading.scale != nullptr) edition_.gradings.push_back(std::move(grading));
  }

  void declare_grade() {
    if (last_grading() == body_.size()) return;
    const syntax::KeywordInfo& word = syntax::info(Keyword::grade);
    edition_.grade_let.name.primary = word.english;
    edition_.grade_let.span = edition_.span;
    Symbol symbol;
    symbol.kind = edition_.scale == nullptr || faulty_grade_ ? Symbol::other : Symbol::grade;
    symbol.primary = word.english;
    symbol.span = edition_.span;
    symbol.stand_in = &edition_.grade_let;
    symbol.type_.kind = TypeKind::enumerated;
    symbol.type_.enumeration = edition_.scale;
    scope_.symbols.emplace(word.english, symbol);
    scope_.symbols.emplace(word.chinese, symbol);
  }

  void read_comply(const Statement& statement) {
    const Node& node = *statement.node;
    const Node* condition = node.first_expression();
    if (condition == nullptr) return;
    Comply comply;
    const Node* name = name_node(node);
    comply.name = name == nullptr ? syntax::info(Keyword::comply).english : statement.tree->name_text(*name);
    comply.label = plain_label(context_, *statement.tree, node.child(NodeKind::label));
    comply.span = statement.tree->span(node);
    if (name != nullptr && !claim_name(comply.name, statement.tree->span(*name))) return;
    comply.condition = check_expression(context_, scope_, statement, *condition, Expected::a_truth());
    read_period(context_, scope_, *statement.tree, node.child(NodeKind::period), comply.from, comply.to);
    read_tail(context_, scope_, statement, comply.reason, comply.citations);
    edition_.complies.push_back(std::move(comply));
  }

  void read_check(const Statement& statement) {
    const Node& node = *statement.node;
    const Node* condition = node.first_expression();
    const Node* name = name_node(node);
    if (condition == nullptr || name == nullptr) return;
    Check check;
    check.name = statement.tree->name_text(*name);
    check.label = plain_label(context_, *statement.tree, node.child(NodeKind::label));
    check.span = statement.tree->span(node);
    if (!claim_name(check.name, statement.tree->span(*name))) return;
    check.condition = check_expression(context_, scope_, statement, *condition, Expected::a_truth());
    read_tail(context_, scope_, statement, check.reason, check.citations);
    edition_.checks.push_back(std::move(check));
  }

  // A let of the edition that is told beside the grade.
  void read_gives(const Statement& statement) {
    read_let(context_, scope_, names_, statement);
    const auto found = names_.lets.find(&statement);
    if (found == names_.lets.end()) return;
    const LetEntry& let = *found->second;
    const Node* name = name_node(*statement.node);
    const Span span = statement.tree->span(*name);
    if (let.state != LetEntry::done) {
      context_.faulty_results.emplace(statement.tree->name_text(*name));  // what is wrong has been said
      return;
    }
    if (let.let == nullptr || let.type.kind == TypeKind::document) {
      const Node* value = statement.node->child(NodeKind::value);
      const Span written = statement.tree->span(value == nullptr ? *statement.node : *value);
      context_.diagnostics.add(Code::name_is_no_value, written, {std::string(context_.sources.text(written))});
      return;
    }
    Result result;
    result.name = statement.tree->name_text(*name);
    result.label = plain_label(context_, *statement.tree, statement.node->child(NodeKind::label));
    result.span = statement.tree->span(*statement.node);
    if (!claim_name(result.name, span)) return;
    Expr& value = context_.rulebook.expressions.emplace_back();
    value.kind = ExprKind::let;
    value.type = let.type;
    value.span = let.let->value->span;
    value.let = let.let;
    result.value = &value;
    edition_.results.push_back(std::move(result));
  }

  Context& context_;
  Edition& edition_;
  const Body& body_;
  Scope& scope_;
  BodyNames names_;
  bool faulty_grade_ = false;
  std::map<std::string, Span, std::less<>> claimed_;
};

class StandardChecker {
 public:
  StandardChecker(Context& context, const Declared& declared)
      : context_(context),
        tree_(*declared.tree),
        node_(*declared.node),
        standard_(*declared.standard),
        scope_(new_scope(context, declared.scope)) {}

  void prepare() {
    standard_.label = plain_label(context_, tree_, node_.child(NodeKind::label));
    standard_.span = tree_.span(node_);
    for (const Node* params : node_.all(NodeKind::params))
      read_givens(context_, scope_, tree_, *params, standard_.givens);
    for (const Node* edition : node_.all(NodeKind::edition)) {
      for (const Node* grading : edition->all(NodeKind::grading)) {
        if (standard_.scale == nullptr && own_name(*grading) == nullptr) standard_.scale = written_scale(*grading);
      }
    }
  }

  void run() {
    read_in_force();
    const auto nodes = node_.all(NodeKind::edition);
    if (nodes.empty()) {
      if (!node_.has(syntax::kHasError))
        context_.diagnostics.add(Code::nothing_inside, standard_.name.span, {standard_.name.primary});
      return;
    }
    const bool dated_at_all = std::any_of(nodes.begin(), nodes.end(), [](const Node* edition) {
      return edition->child(NodeKind::period) != nullptr || edition->child(NodeKind::suspended) != nullptr;
    });
    if (dated_at_all && standard_.in_force_by.empty() && !node_.has(syntax::kHasError)) {
      context_.diagnostics.add(Code::no_in_force, standard_.name.span, {standard_.name.primary});
    }
    const AmendOrder order = amend_order(context_, tree_, nodes);
    std::vector<Body> bodies(nodes.size());
    for (const std::size_t i : order.order) {
      const std::size_t amended = order.amended[i];
      if (amended != kNone) context_.amended[nodes[i]] = nodes[amended];
      bodies[i] = merge_body(context_, tree_, *nodes[i], amended == kNone ? Body{} : bodies[amended]);
    }
    std::vector<Dated> dated;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      Edition& edition = standard_.editions.emplace_back();
      read_edition(edition, *nodes[i], bodies[i]);
      for (const Dated& other : dated) {
        if (other.name == edition.name) report_twice(context_, edition.span, edition.name, other.span);
      }
      dated.push_back(dated_of(edition, edition.when != nullptr));
    }
    check_days(context_, dated);
    constexpr std::size_t kMostEditions = 60;  // one bit each, as members of an enum
    if (standard_.editions.size() > kMostEditions)
      context_.diagnostics.add(Code::too_many_members, standard_.span,
                               {standard_.name.primary, std::to_string(standard_.editions.size())});
  }

 private:
  const Enum* written_scale(const Node& grading) const {
    const Node* name = scale_name(grading);
    const Symbol* symbol = name == nullptr ? nullptr : scope_.find(tree_.name_text(*name));
    return symbol != nullptr && symbol->kind == Symbol::enumeration ? symbol->enumeration_ : nullptr;
  }

  void read_in_force() {
    const Node* clause = in_force_clause(context_, tree_, node_);
    if (clause != nullptr) standard_.in_force_by = model::read_in_force(context_, scope_, Statement{&tree_, clause});
  }

  void read_edition(Edition& edition, const Node& node, const Body& body) {
    read_header(context_, scope_, tree_, node, edition);
    if (const Node* condition = node.child(NodeKind::edition_for);
        condition != nullptr && condition->first_expression() != nullptr) {
      edition.when = check_expression(context_, scope_, Statement{&tree_, condition}, *condition->first_expression(),
                                      Expected::a_truth());
    }
    EditionChecker(context_, scope_, edition, context_.homes.emplace_back(Home{&tree_, &node, body})).run();
    if (standard_.scale == nullptr) standard_.scale = edition.scale;
    if (edition.scale != nullptr && edition.scale != standard_.scale) {
      context_.diagnostics.add(Code::scales_differ, edition.span,
                               {standard_.scale->name.primary, edition.scale->name.primary});
    }
    hold_against_others(edition);
  }

  // A result has one type, whichever edition gives it.
  void hold_against_others(const Edition& edition) {
    for (const ResultType& result : results_of(edition)) {
      for (const Edition& other : standard_.editions) {
        if (&other == &edition) break;
        const auto type = result_type(standard_, result.name, other.name);
        if (!type || same_type(*type, result.type)) continue;
        context_.diagnostics.add(Code::result_types_differ, edition.span,
                                 {result.name, describe(result.type), edition.name, describe(*type), other.name});
        break;
      }
    }
  }

  Context& context_;
  const Tree& tree_;
  const Node& node_;
  Standard& standard_;
  Scope& scope_;
};

}  // namespace

void prepare_standard(Context& context, const Declared& declared) {
  auto checker = std::make_shared<StandardChecker>(context, declared);
  checker->prepare();
  context.unchecked_standards.emplace(declared.standard, [checker] { checker->run(); });
}

bool resolve_standard(Context& context, const Standard& standard) {
  if (context.standards_being_checked.contains(&standard)) {
    context.diagnostics.add(Code::standard_circle, standard.name.span, {standard.name.primary});
    return false;
  }
  const auto found = context.unchecked_standards.find(&standard);
  if (found == context.unchecked_standards.end()) return true;
  const std::function<void()> check = std::move(found->second);
  context.unchecked_standards.erase(found);
  context.standards_being_checked.insert(&standard);
  check();
  context.standards_being_checked.erase(&standard);
  return true;
}

void check_standards(Context& context, std::span<const Declared> all) {
  for (const Declared& declared : all) {
    if (declared.standard != nullptr) (void)resolve_standard(context, *declared.standard);
  }
}

}  // namespace guiju::model
