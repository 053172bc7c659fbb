// Programmes and their dated versions: from merged statements to requirements, amount, payout, documents and promises.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

class VersionChecker {
 public:
  VersionChecker(Context& context, Scope& program_scope, Version& version, const Body& body)
      : context_(context), version_(version), body_(body), scope_(new_scope(context, &program_scope)) {
    scope_.lets = &version.lets;
    scope_.version = &version;
  }

  void run() {
    names_ = declare_body(context_, scope_, body_);
    for (const Statement* statement : body_) {
      if (!statement->node->has(syntax::kHasError)) read(*statement);
    }
    // Promises may speak of the amount and its parts, wherever they are written.
    Scope& promises = promise_scope();
    for (const Statement* statement : body_) {
      if (statement->node->kind == NodeKind::ensure && !statement->node->has(syntax::kHasError))
        read_ensure(promises, *statement);
    }
  }

 private:
  void read(const Statement& statement) {
    switch (statement.node->kind) {
      case NodeKind::let:
        read_let(context_, scope_, names_, statement);
        if (const auto found = names_.lets.find(&statement);
            found != names_.lets.end() && found->second->let != nullptr)
          version_.statements.push_back({Version::Statement::let, 0, found->second->let});
        return;
      case NodeKind::table_decl:
        if (const Table* table = read_table(context_, names_, statement)) version_.tables.push_back(table);
        return;
      case NodeKind::require:
      case NodeKind::limit:
        return read_condition(statement);
      case NodeKind::quota:
        return read_quota(statement);
      case NodeKind::amount:
        version_.amount = read_amount(context_, scope_, statement);
        return note(Version::Statement::amount, 0);
      case NodeKind::payout:
        return read_payout(statement);
      case NodeKind::documents:
        return read_documents(statement);
      case NodeKind::ensure:
        return;
      default:
        (void)is_pending(context_, *statement.tree, *statement.node);
        return;
    }
  }

  // ---- requirements, limits and quotas share one set of names: an answer lists them by name

  bool claim_name(const Name& name) {
    const auto [place, added] = claimed_.emplace(name.primary, name.span);
    if (!added) report_twice(context_, name.span, name.primary, place->second);
    return added;
  }

  void read_condition(const Statement& statement) {
    auto requirement = read_requirement(context_, scope_, statement);
    if (!requirement || !claim_name(requirement->name)) return;
    if (requirement->kind == RequirementKind::require) narrow(scope_, *requirement->condition);
    version_.requirements.push_back(*std::move(requirement));
    note(Version::Statement::requirement, version_.requirements.size() - 1);
  }

  void read_quota(const Statement& statement) {
    const Node* name = name_node(*statement.node);
    if (name == nullptr) return;
    Quota quota;
    quota.name = make_name(context_, *statement.tree, *name);
    quota.label = plain_label(context_, *statement.tree, statement.node->child(NodeKind::label));
    quota.span = statement.tree->span(*statement.node);
    read_tail(context_, scope_, statement, quota.reason, quota.citations);
    if (!claim_name(quota.name)) return;
    version_.quotas.push_back(std::move(quota));
    note(Version::Statement::quota, version_.quotas.size() - 1);
  }

  // ---- payout and documents

  void read_payout(const Statement& statement) {
    const Node* name = name_node(*statement.node);
    if (name == nullptr) return;
    Payout payout;
    payout.name = statement.tree->name_text(*name);
    payout.label = plain_label(context_, *statement.tree, statement.node->child(NodeKind::label));
    payout.citations = read_citations(context_, scope_, statement, *statement.node);
    add_home_citations(context_, scope_, statement, payout.citations);
    version_.payout = std::move(payout);
    note(Version::Statement::payout, 0);
  }

  void read_documents(const Statement& statement) {
    note(Version::Statement::documents, 0);
    for (const Item& item : expanded_items(context_, statement, *statement.node)) {
      const Node* name = name_node(*item.node);
      if (name == nullptr || item.node->has(syntax::kHasError)) continue;
      Document document;
      document.name = item.tree->name_text(*name);
      document.span = item.tree->span(*item.node);
      document.label = plain_label(context_, *item.tree, item.node->child(NodeKind::label));
      const auto same = std::find_if(version_.documents.begin(), version_.documents.end(),
                                     [&](const Document& d) { return d.name == document.name; });
      if (same != version_.documents.end()) {
        report_twice(context_, item.tree->span(*name), document.name, same->span);
        continue;
      }
      if (const Node* when = item.node->child(NodeKind::when); when != nullptr && when->first_expression() != nullptr) {
        document.when = check_expression(context_, scope_, statement_of(statement, item), *when->first_expression(),
                                         Expected::a_truth());
      }
      version_.documents.push_back(std::move(document));
    }
  }

  // ---- ensure

  Scope& promise_scope() {
    Scope& scope = new_scope(context_, &scope_);
    if (!version_.amount) return scope;
    const syntax::KeywordInfo& word = syntax::info(Keyword::amount);
    add_stand_in(scope, std::string(word.english), std::string(word.chinese), version_.amount->span);
    if (version_.amount->single) return scope;
    for (const Part& part : version_.amount->parts) add_stand_in(scope, part.name, part.name, part.span);
    return scope;
  }

  void add_stand_in(Scope& scope, const std::string& name, const std::string& other_name, Span span) {
    Let& let = version_.amount_lets.emplace_back();
    let.name.primary = name;
    let.name.span = let.span = span;
    Symbol symbol;
    symbol.kind = Symbol::amount_part;
    symbol.primary = name;
    symbol.span = span;
    symbol.stand_in = &let;
    symbol.type_ = money_type();
    scope.symbols.emplace(name, symbol);
    scope.symbols.emplace(other_name, symbol);
  }

  void read_ensure(Scope& promises, const Statement& statement) {
    const Node& node = *statement.node;
    const Node* condition = node.first_expression();
    if (condition == nullptr) return;
    Ensure ensure;
    ensure.span = statement.tree->span(node);
    const Node* name = name_node(node);
    ensure.name = name == nullptr ? "ensure " + std::to_string(version_.ensures.size() + 1)
                                  : std::string(statement.tree->name_text(*name));
    Scope& scope = new_scope(context_, &promises);
    if (const Node* when = node.child(NodeKind::when); when != nullptr && when->first_expression() != nullptr) {
      ensure.when = check_expression(context_, scope, statement, *when->first_expression(), Expected::a_truth());
      narrow(scope, *ensure.when);
    }
    ensure.condition = check_expression(context_, scope, statement, *condition, Expected::a_truth());
    version_.ensures.push_back(std::move(ensure));
    note(Version::Statement::ensure, version_.ensures.size() - 1);
  }

  void note(Version::Statement::Kind kind, std::size_t index) { version_.statements.push_back({kind, index, nullptr}); }

  Context& context_;
  Version& version_;
  const Body& body_;
  Scope& scope_;
  BodyNames names_;
  std::map<std::string, Span, std::less<>> claimed_;
};

class ProgramChecker {
 public:
  ProgramChecker(Context& context, const Declared& declared)
      : context_(context),
        tree_(*declared.tree),
        node_(*declared.node),
        program_(*declared.program),
        scope_(new_scope(context, declared.scope)) {
    scope_.lets = &program_.lets;
  }

  void run() {
    program_.label = plain_label(context_, tree_, node_.child(NodeKind::label));
    program_.span = tree_.span(node_);
    for (const Node* authority : node_.all(NodeKind::authority)) {
      const Statement statement{&tree_, authority};
      for (const Node* label : authority->all(NodeKind::label)) {
        program_.authorities.push_back(make_template(context_, scope_, statement, *label));
      }
    }
    for (const Node* params : node_.all(NodeKind::params))
      read_givens(context_, scope_, tree_, *params, program_.givens);
    read_lets();
    read_in_force();
    read_versions();
  }

 private:
  void read_lets() {
    for (const Node* let : node_.all(NodeKind::let))
      statements_.push_back(&context_.statements.emplace_back(Statement{&tree_, let}));
    const BodyNames names = declare_body(context_, scope_, statements_);
    for (const Statement* statement : statements_) {
      if (const auto found = names.lets.find(statement); found != names.lets.end())
        resolve_let(context_, *found->second);
    }
  }

  void read_in_force() {
    const auto all = node_.all(NodeKind::in_force);
    if (all.empty() && !node_.has(syntax::kHasError))
      context_.diagnostics.add(Code::no_in_force, program_.name.span, {program_.name.primary});
    if (all.size() > 1)
      report_twice(context_, tree_.span(*all[1]), syntax::info(Keyword::in_force_by).english, tree_.span(*all[0]));
    if (all.empty()) return;
    Type date;
    date.kind = TypeKind::date;
    const Statement statement{&tree_, all[0]};
    for (const Node* expression : all[0]->expressions()) {
      program_.in_force_by.push_back(check_expression(context_, scope_, statement, *expression, Expected::of(date)));
    }
  }

  void read_versions() {
    const auto nodes = node_.all(NodeKind::version);
    if (nodes.empty()) {
      if (!node_.has(syntax::kHasError))
        context_.diagnostics.add(Code::nothing_inside, program_.name.span, {program_.name.primary});
      return;
    }
    const AmendOrder order = amend_order(context_, tree_, nodes);
    std::vector<Body> bodies(nodes.size());
    for (const std::size_t i : order.order) {
      bodies[i] = merge_body(context_, tree_, *nodes[i], order.amended[i] == kNone ? Body{} : bodies[order.amended[i]]);
    }
    std::vector<Dated> dated;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      Version& version = program_.versions.emplace_back();
      read_header(context_, scope_, tree_, *nodes[i], version);
      for (const Dated& other : dated) {
        if (other.name == version.name) report_twice(context_, version.span, version.name, other.span);
      }
      dated.push_back(dated_of(version, false));
      VersionChecker(context_, scope_, version, bodies[i]).run();
    }
    check_days(context_, dated);
  }

  Context& context_;
  const Tree& tree_;
  const Node& node_;
  Program& program_;
  Scope& scope_;
  Body statements_;
};

}  // namespace

void check_program(Context& context, const Declared& declared) {
  ProgramChecker(context, declared).run();
}

}  // namespace guiju::model
