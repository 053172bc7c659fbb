// Programmes and their dated versions: from merged statements to requirements, amount, payout, documents and promises.
// A programme that implements another starts from what that one consists of.
#include <algorithm>
#include <map>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

class VersionChecker {
 public:
  // `program`: the declaration that the version stands in.
  VersionChecker(Context& context, Scope& program_scope, Version& version, const Home& home,
                 const std::vector<Drop>& drops, const Node& program)
      : context_(context),
        version_(version),
        body_(home.body),
        drops_(drops),
        program_(program),
        duty_(program.kind == NodeKind::duty_decl),
        scope_(new_scope(context, &program_scope)) {
    scope_.lets = &version.lets;
    scope_.version = &version;
    scope_.home = &home;
  }

  void run() {
    names_ = declare_body(context_, scope_, body_);
    for (const Statement* statement : body_) {
      if (!statement->node->has(syntax::kHasError)) read(*statement);
    }
    check_left_is_used(context_, scope_, body_, drops_);
    conclude_parts();
    for (const ConditionGroup& group : groups_) {
      if (!group.used) context_.diagnostics.add(Code::conditions_unused, group.span, {group.name.primary});
    }
    check_limits();
    // Promises may speak of the amount and its parts, wherever they are written.
    Scope& promises = promise_scope();
    for (const Statement* statement : body_) {
      if (statement->node->kind == NodeKind::ensure && !statement->node->has(syntax::kHasError))
        read_ensure(promises, *statement);
    }
    hold_ceilings();
    const bool read_all = std::none_of(body_.begin(), body_.end(), [](const Statement* s) {
      return s->node->has(syntax::kHasError) || s->node->kind == NodeKind::must;
    });
    if (duty_ && read_all) context_.diagnostics.add(Code::duty_asks_nothing, version_.span, {version_.name});
  }

 private:
  void read(const Statement& statement) {
    if (wrong_kind(context_, statement, duty_)) return;
    if (duty_ && read_duty_statement(context_, scope_, statement, version_)) {
      if (statement.node->kind != NodeKind::must || version_.obligations.empty()) return;
      if (claim_name(version_.obligations.back().name))
        return note(Version::Statement::obligation, version_.obligations.size() - 1);
      version_.obligations.pop_back();
      return;
    }
    switch (statement.node->kind) {
      case NodeKind::let:
        read_let(context_, scope_, names_, statement);
        if (statement.node->child(NodeKind::param) != nullptr)
          version_.aside.push_back(statement.tree->span(*statement.node));
        if (const auto found = names_.lets.find(&statement);
            found != names_.lets.end() && found->second->let != nullptr && found->second->type.kind != TypeKind::span)
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
      case NodeKind::each:
        for (Requirement& requirement : read_each(context_, scope_, statement, version_)) keep(std::move(requirement));
        return;
      case NodeKind::conditions:
        groups_.push_back(read_conditions(context_, scope_, statement, version_));
        return;
      case NodeKind::part_block:
        return read_part(statement);
      case NodeKind::amount:
        amount_ = &statement;
        if (pays_in_parts()) return;
        version_.amount = read_amount(context_, scope_, statement);
        return note(Version::Statement::amount, 0);
      case NodeKind::payout:
        return read_payout(statement);
      case NodeKind::documents:
        return read_documents(statement);
      case NodeKind::leave:
        return read_leave(statement);
      case NodeKind::ensure:
        return;
      default:
        return;
    }
  }

  void read_leave(const Statement& statement) {
    version_.aside.push_back(statement.tree->span(*statement.node));
    const std::size_t promised = version_.ensures.size();
    check_left(context_, scope_, statement, version_);
    for (std::size_t i = promised; i < version_.ensures.size(); ++i) note(Version::Statement::ensure, i);
    const auto open = names_.lets.find(&statement);
    if (open != names_.lets.end() && open->second->let != nullptr)
      version_.statements.push_back({Version::Statement::let, 0, open->second->let});
  }

  // ---- requirements, limits and quotas share one set of names: an answer lists them by name

  bool claim_name(const Name& name) {
    for (const std::string& spelling : spellings(name)) {
      const auto [place, added] = claimed_.emplace(spelling, name.span);
      if (added) continue;
      report_twice(context_, name.span, spelling, place->second);
      return false;
    }
    return true;
  }

  void read_condition(const Statement& statement) {
    auto requirement = read_requirement(context_, scope_, statement);
    if (!requirement || !claim_name(requirement->name)) return;
    if (requirement->kind == RequirementKind::require) narrow(scope_, *requirement->condition);
    version_.requirements.push_back(*std::move(requirement));
    note(Version::Statement::requirement, version_.requirements.size() - 1);
  }

  void keep(Requirement requirement) {
    if (!claim_name(requirement.name)) return;
    version_.requirements.push_back(std::move(requirement));
    note(Version::Statement::requirement, version_.requirements.size() - 1);
  }

  // ---- parts that are refused alone

  [[nodiscard]] bool pays_in_parts() const {
    return std::any_of(body_.begin(), body_.end(),
                       [](const Statement* s) { return s->node->kind == NodeKind::part_block; });
  }

  void read_part(const Statement& statement) {
    if (!version_.amount) {
      version_.amount.emplace();
      version_.amount->by_parts = true;
      version_.amount->span = statement.tree->span(*statement.node);
      note(Version::Statement::amount, 0);
    }
    auto block = read_part_block(context_, scope_, statement, version_, groups_);
    if (!block) return;
    version_.amount->parts.push_back(std::move(block->part));
    blocks_.emplace_back(&statement, block->scope);
  }

  void conclude_parts() {
    if (!version_.amount || !version_.amount->by_parts) return;
    Amount& amount = *version_.amount;
    if (amount.parts.empty()) return version_.amount.reset();
    for (const Part& part : amount.parts) amount.kind = std::max(amount.kind, part.kind);
    if (amount_ != nullptr) read_amount_of_parts(context_, scope_, *amount_, amount);
    warn_of_rounding_twice(context_, amount);
    if (asks_for_state(context_, amount)) version_.amount.reset();
  }

  // ---- ceilings and averages

  void check_limits() {
    if (!version_.amount || version_.amount->kind == AmountKind::payment) return;
    const bool ceiling = version_.amount->kind == AmountKind::ceiling;
    for (const Requirement& r : version_.requirements) {
      if (r.kind != RequirementKind::limit_sum || (ceiling && r.paying_the_rest)) continue;
      context_.diagnostics.add(Code::limit_of_no_payment, r.span, {r.name.primary});
    }
  }

  // What another programme gives as a ceiling bounds what is paid in its place.
  void hold_ceilings() {
    if (!version_.amount) return;
    if (version_.amount->by_parts) {
      for (std::size_t i = 0; i < blocks_.size(); ++i) hold_ceiling_of_part(i);
    } else if (amount_ != nullptr && version_.amount->kind != AmountKind::ceiling) {
      hold_ceiling(*amount_);
    }
  }

  void hold_ceiling(const Statement& statement) {
    for (const Statement* old = statement.replaced; old != nullptr; old = old->replaced) {
      if (old->node->op != Keyword::ceiling || is_here(*old)) continue;
      if (is_paid_in_full(*statement.node, *old->node)) return;
      const auto ceiling = read_amount(context_, scope_, *old);
      if (ceiling) promise(version_.amount_lets[0], total_of(context_, scope_, *old, *ceiling), statement, nullptr);
      return;
    }
  }

  // The same parts, and nothing after them that adds to what the ceiling is made of.
  static bool is_paid_in_full(const Node& paid, const Node& ceiling) {
    const auto adds = [](const Node* n) {
      return (n->kind == NodeKind::adjust_cap && n->op == Keyword::at_least) ||
             (n->kind == NodeKind::adjust_round && n->op != Keyword::rounded_down_to) || n->kind == NodeKind::part ||
             n->kind == NodeKind::value;
    };
    return ceiling.child(NodeKind::adjust_cap) == nullptr &&
           std::none_of(paid.children.begin(), paid.children.end(), adds);
  }

  void hold_ceiling_of_part(std::size_t index) {
    const auto& [statement, scope] = blocks_[index];
    const Part& part = version_.amount->parts[index];
    if (part.kind == AmountKind::ceiling) return;
    for (const Statement* old = statement->replaced; old != nullptr; old = old->replaced) {
      const Node* pay = old->node->child(NodeKind::pay);
      if (pay == nullptr || pay->op != Keyword::ceiling || is_here(*old)) continue;
      const Node* value = pay->child(NodeKind::value);
      if (value == nullptr || value->first_expression() == nullptr) return;
      Part ceiling;
      ceiling.value = check_expression(context_, *scope, *old, *value->first_expression(), Expected::of(money_type()));
      ceiling.adjustments = read_part_adjustments(context_, *scope, *old, *value);
      const Expr* const most = value_of(context_, *scope, *old, ceiling);
      if (promise(version_.amount_lets[index + 1], most, *statement, part.when)) {
        version_.amount->parts[index].most = most;
        version_.ensures.back().of_part = true;
      }
      return;
    }
  }

  [[nodiscard]] bool is_here(const Statement& statement) const {
    return std::find(program_.children.begin(), program_.children.end(), statement.home) != program_.children.end();
  }

  bool promise(const Let& paid, const Expr* ceiling, const Statement& statement, const Expr* when) {
    if (ceiling == nullptr || ceiling->kind == ExprKind::error) return false;
    Checker checker(context_, scope_, statement, *statement.tree);
    const Span place = checker.span(*statement.node);
    Expr& amount = checker.make(ExprKind::let, money_type(), place);
    amount.let = &paid;
    Ensure ensure;
    ensure.name.primary = syntax::info(Keyword::ceiling).english;
    ensure.condition = checker.relate(&amount, Relation::less_equal, ceiling, place);
    ensure.when = when;
    ensure.span = ceiling->span;
    version_.ensures.push_back(std::move(ensure));
    note(Version::Statement::ensure, version_.ensures.size() - 1);
    return true;
  }

  void read_quota(const Statement& statement) {
    const Node* name = name_node(*statement.node);
    if (name == nullptr) return;
    Quota quota;
    quota.name = name_of(context_, statement, *name);
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
    add_stand_in(scope, {std::string(word.english), {{"zh", std::string(word.chinese)}}, version_.amount->span});
    if (version_.amount->single) return scope;
    for (const Part& part : version_.amount->parts) {
      refuse_words_as_names(context_, part.name);
      add_stand_in(scope, part.name);
    }
    return scope;
  }

  void add_stand_in(Scope& scope, const Name& name) {
    Let& let = version_.amount_lets.emplace_back();
    let.name = name;
    let.span = name.span;
    Symbol symbol;
    symbol.kind = Symbol::amount_part;
    symbol.primary = name.primary;
    symbol.span = name.span;
    symbol.stand_in = &let;
    symbol.type_ = money_type();
    for (const std::string& spelling : spellings(name)) scope.symbols.emplace(spelling, symbol);
  }

  void read_ensure(Scope& promises, const Statement& statement) {
    const Node& node = *statement.node;
    const Node* condition = node.first_expression();
    if (condition == nullptr) return;
    Ensure ensure;
    ensure.span = statement.tree->span(node);
    const Node* name = name_node(node);
    if (name == nullptr) {
      ensure.name.primary = "ensure " + std::to_string(version_.ensures.size() + 1);
    } else {
      ensure.name = name_of(context_, statement, *name);
    }
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
  const std::vector<Drop>& drops_;
  const Node& program_;
  bool duty_;
  Scope& scope_;
  BodyNames names_;
  std::vector<ConditionGroup> groups_;
  std::vector<std::pair<const Statement*, Scope*>> blocks_;  // of the parts, in their order
  const Statement* amount_ = nullptr;
  std::map<std::string, Span, std::less<>> claimed_;
};

// What a programme consists of as it is written, so that another can carry it out.
struct ProgramSource {
  const Program* program = nullptr;
  const Scope* files = nullptr;  // where its statements find the names of files
  std::vector<Item> authorities, params;
  Body lets;  // written before the versions
  Item in_force;
  std::vector<Body> bodies;  // of its versions, amendments merged in
  std::vector<const Node*> versions;
  std::vector<Item> periods;  // of its versions, where they are written
  std::vector<Item> known;    // the day since which each is known, likewise
};

class ProgramChecker {
 public:
  // `implemented`: the programme that this one carries out, or nullptr.
  ProgramChecker(Context& context, const Declared& declared, const ProgramSource* implemented, ProgramSource& source)
      : context_(context),
        tree_(*declared.tree),
        node_(*declared.node),
        program_(*declared.program),
        implemented_(implemented),
        source_(source),
        scope_(new_scope(context, files(context, declared, implemented, source))) {
    scope_.lets = &program_.lets;
    source_.program = &program_;
  }

  void run() {
    program_.label = plain_label(context_, tree_, node_.child(NodeKind::label));
    program_.span = tree_.span(node_);
    if (implemented_ != nullptr) read_region();
    gather();
    for (const Item& authority : source_.authorities) {
      const Statement statement{authority.tree, authority.node};
      for (const Node* label : authority.node->all(NodeKind::label)) {
        program_.authorities.push_back(make_template(context_, scope_, statement, *label));
      }
    }
    if (program_.duty) read_bearers(context_, scope_, tree_, node_, program_);
    for (const Item& params : source_.params)
      read_givens(context_, scope_, *params.tree, *params.node, program_.givens);
    read_lets();
    read_in_force();
    read_versions();
  }

 private:
  // Statements of the other programme find the names that they were written with, whatever the local file uses.
  static const Scope* files(Context& context, const Declared& declared, const ProgramSource* implemented,
                            ProgramSource& source) {
    source.files = declared.scope;
    if (implemented == nullptr) return source.files;
    Scope& both = new_scope(context, implemented->files);
    both.symbols = declared.scope->symbols;
    both.lets = declared.scope->lets;
    source.files = &both;
    return source.files;
  }

  void read_region() {
    program_.implements = implemented_->program;
    const Node& number = *node_.child(NodeKind::implements)->child(NodeKind::number_literal);
    const syntax::Literal& literal = tree_.literal(number);
    const auto region = literal.all_digits ? parse_region(literal.digits) : std::nullopt;
    if (!region) {
      context_.diagnostics.add(Code::not_a_region, tree_.span(number), {literal.digits});
      return;
    }
    check_province(context_, *region, tree_.span(number));
    program_.region = region;
    const auto& wider = implemented_->program->region;
    if (!wider || region_within(*region, *wider)) return;
    context_.diagnostics.add(Code::outside_region, tree_.span(number),
                             {to_region_text(*region), implemented_->program->name.primary, to_region_text(*wider)});
  }

  // Its own statements, and what of the implemented programme they leave as it is.
  void gather() {
    if (implemented_ != nullptr) {
      source_.params = implemented_->params;
      source_.in_force = implemented_->in_force;
    }
    for (const Node* authority : node_.all(NodeKind::authority)) source_.authorities.push_back({&tree_, authority});
    if (source_.authorities.empty() && implemented_ != nullptr) source_.authorities = implemented_->authorities;
    for (const Node* params : node_.all(NodeKind::params)) source_.params.push_back({&tree_, params});
    const Body inherited = implemented_ == nullptr ? Body{} : implemented_->lets;
    for (const Statement* let : merge_body(context_, tree_, node_, inherited)) {
      if (let->node->kind == NodeKind::let) source_.lets.push_back(let);
    }
    if (const Node* clause = in_force_clause(context_, tree_, node_)) source_.in_force = {&tree_, clause};
  }

  void read_lets() {
    const BodyNames names = declare_body(context_, scope_, source_.lets);
    for (const Statement* statement : source_.lets) {
      if (const auto found = names.lets.find(statement); found != names.lets.end())
        resolve_let(context_, *found->second);
    }
  }

  void read_in_force() {
    if (source_.in_force.node == nullptr) {
      if (!node_.has(syntax::kHasError))
        context_.diagnostics.add(Code::no_in_force, program_.name.span, {program_.name.primary});
      return;
    }
    program_.in_force_by =
        model::read_in_force(context_, scope_, Statement{source_.in_force.tree, source_.in_force.node});
  }

  void read_versions() {
    const auto nodes = node_.all(NodeKind::version);
    if (nodes.empty()) {
      if (!node_.has(syntax::kHasError))
        context_.diagnostics.add(Code::nothing_inside, program_.name.span, {program_.name.primary});
      return;
    }
    std::vector<Dated> dated;
    for (const Node* node : nodes) {
      Version& version = program_.versions.emplace_back();
      read_header(context_, scope_, tree_, *node, version);
      for (const Dated& other : dated) {
        if (other.name == version.name) report_twice(context_, version.span, version.name, other.span);
      }
      dated.push_back(dated_of(version, false));
    }
    const AmendOrder order = amend_order(context_, tree_, nodes, implemented_versions());
    std::vector<std::optional<Body>> bodies(nodes.size());
    std::vector<std::vector<Drop>> drops(nodes.size());
    source_.versions.assign(nodes.begin(), nodes.end());
    source_.periods.resize(nodes.size());
    source_.known.resize(nodes.size());
    for (const std::size_t i : order.order) {
      const std::size_t amended = order.amended[i];
      read_days(i, *nodes[i], amended);
      dated[i] = dated_of(program_.versions[i], false);
      std::optional<std::size_t> elsewhere;
      if (amended == kNone && implemented_ != nullptr) elsewhere = start_of(*nodes[i], dated[i]);
      read_published(i, *nodes[i], elsewhere);
      dated[i] = dated_of(program_.versions[i], false);
      const std::optional<Body> start = amended != kNone          ? bodies[amended]
                                        : implemented_ == nullptr ? Body{}
                                        : elsewhere               ? implemented_->bodies[*elsewhere]
                                                                  : std::optional<Body>{};
      if (amended != kNone) context_.amended[nodes[i]] = nodes[amended];
      if (elsewhere) context_.amended[nodes[i]] = implemented_->versions[*elsewhere];
      if (start) bodies[i] = merge_body(context_, tree_, *nodes[i], *start, &node_, &drops[i]);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (bodies[i]) {
        const Home& home = context_.homes.emplace_back(Home{&tree_, nodes[i], *bodies[i]});
        VersionChecker(context_, scope_, program_.versions[i], home, drops[i], node_).run();
      }
      source_.bodies.push_back(bodies[i].value_or(Body{}));
    }
    check_days(context_, dated);
  }

  // A version that says no days has those of the version that it amends.
  void read_days(std::size_t index, const Node& node, std::size_t amended) {
    Version& version = program_.versions[index];
    Item& period = source_.periods[index];
    period = {&tree_, node.child(NodeKind::period)};
    if (period.node != nullptr) return;
    if (amended != kNone) {
      version.from = program_.versions[amended].from;
      version.to = program_.versions[amended].to;
      period = source_.periods[amended];
      return;
    }
    const auto elsewhere = implemented_ == nullptr ? std::nullopt : named_version(node);
    if (elsewhere) {  // read again: a day that is left open is a question of this programme, too
      period = implemented_->periods[*elsewhere];
      read_period(context_, scope_, *period.tree, period.node, version.from, version.to);
    } else if (node.child(NodeKind::amends) == nullptr && !node.has(syntax::kHasError)) {
      context_.diagnostics.add(Code::version_without_days, version.span, {version.name});
    }
  }

  // What carries out a national version cannot be known before it is: without a day of its own it counts as published
  // with that one, where that is after its first day.
  void read_published(std::size_t index, const Node& node, std::optional<std::size_t> elsewhere) {
    Version& version = program_.versions[index];
    Item& known = source_.known[index];
    const Item& period = source_.periods[index];
    if (version.published.day) {
      known = {&tree_, node.child(NodeKind::published)->child(NodeKind::day)};
    } else if (period.node != nullptr) {
      known = {period.tree, period.node->child(NodeKind::day)};
    }
    if (version.published.day || !elsewhere) return;
    const Version& national = implemented_->program->versions[*elsewhere];
    const Bound& since = national.published.day ? national.published : national.from;
    if (!since.day || !version.from.day || *since.day <= *version.from.day) return;
    known = implemented_->known[*elsewhere];
    version.published = read_day(context_, scope_, *known.tree, *known.node);
  }

  // ---- the versions of the implemented programme

  // As `amends` may name them: "appliance_trade_in.y2024", by each name of the programme; all versions of one name of
  // the programme, then of the next.
  [[nodiscard]] std::vector<std::string> implemented_versions() const {
    std::vector<std::string> names;
    if (implemented_ == nullptr) return names;
    for (const std::string& program : spellings(implemented_->program->name)) {
      for (const Version& version : implemented_->program->versions) names.push_back(program + "." + version.name);
    }
    return names;
  }

  // The version of the other programme from which one starts that amends none of its own; nothing where that cannot be
  // told.
  std::optional<std::size_t> start_of(const Node& node, const Dated& dated) {
    const auto& versions = implemented_->program->versions;
    if (const auto named = named_version(node)) return named;
    if (node.child(NodeKind::amends) != nullptr) return std::nullopt;  // reported: no such version
    std::vector<Dated> all;
    for (const Version& version : versions) all.push_back(dated_of(version, false));
    const std::vector<std::size_t> found = on_days_of(all, dated);
    const std::string& name = implemented_->program->name.primary;
    if (found.empty()) {
      context_.diagnostics.add(Code::no_version_of_days, dated.span, {name, shown_days(dated)});
      return std::nullopt;
    }
    if (found.size() > 1) {
      std::string names;
      for (const std::size_t i : found) names += (names.empty() ? "" : ", ") + versions[i].name;
      context_.diagnostics.add(Code::several_versions_fit, dated.span,
                               {name, shown_days(dated), names, name + "." + versions[found.back()].name});
      return std::nullopt;
    }
    const Dated& one = all[found[0]];
    if (!covers(one, dated)) {
      context_.diagnostics.add(Code::days_beyond, dated.span,
                               {dated.name, shown_days(dated), name + "." + one.name, shown_days(one)},
                               {{one.span, "the version that it starts from", "所依据的版本"}});
    }
    return found[0];
  }

  [[nodiscard]] std::optional<std::size_t> named_version(const Node& node) const {
    const Node* amends = node.child(NodeKind::amends);
    const Node* target = amends == nullptr ? nullptr : amends->child(NodeKind::qualified_name);
    if (target == nullptr) return std::nullopt;
    const std::vector<std::string> names = implemented_versions();
    const auto found = std::find(names.begin(), names.end(), dotted(tree_, *target));
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin()) % implemented_->program->versions.size();
  }

  Context& context_;
  const Tree& tree_;
  const Node& node_;
  Program& program_;
  const ProgramSource* implemented_;
  ProgramSource& source_;
  Scope& scope_;
};

// Each after the one that it implements.
class ProgramsChecker {
 public:
  ProgramsChecker(Context& context, std::span<const Declared> all) : context_(context), all_(all) {}

  void run(const ProgramChecked& checked) {
    for (const Declared& declared : all_) {
      if (declared.program == nullptr) continue;
      const Context::Mark before = context_.mark();
      (void)check(declared);
      if (checked) checked(declared, before);
    }
  }

 private:
  struct Progress {
    enum State : std::uint8_t { busy, done, failed } state = busy;
    ProgramSource source;
  };

  const Progress& check(const Declared& declared) {
    const auto [place, added] = progress_.try_emplace(declared.program);
    Progress& own = place->second;
    if (!added) return own;
    const Node* implements = declared.node->child(NodeKind::implements);
    const ProgramSource* implemented = implements == nullptr ? nullptr : implemented_by(declared, *implements);
    own.state = implements != nullptr && implemented == nullptr ? Progress::failed : Progress::done;
    if (own.state == Progress::done) ProgramChecker(context_, declared, implemented, own.source).run();
    return own;
  }

  const ProgramSource* implemented_by(const Declared& declared, const Node& implements) {
    if (implements.has(syntax::kHasError)) return nullptr;
    const Node& target = *implements.child(NodeKind::qualified_name);
    const std::string wanted = dotted(*declared.tree, target);
    const Span span = declared.tree->span(target);
    const Symbol* symbol = declared.scope->find(wanted);
    if (symbol == nullptr) {
      report_unknown_name(context_, *declared.scope, span, wanted);
      return nullptr;
    }
    if (symbol->kind != Symbol::program || symbol->program_->duty) {
      if (symbol->kind != Symbol::other) context_.diagnostics.add(Code::not_a_programme, span, {wanted});
      return nullptr;
    }
    const auto other =
        std::find_if(all_.begin(), all_.end(), [&](const Declared& d) { return d.program == symbol->program_; });
    const Progress& progress = check(*other);
    if (progress.state == Progress::busy)
      context_.diagnostics.add(Code::implements_circle, span, {declared.name.primary});
    return progress.state == Progress::done ? &progress.source : nullptr;
  }

  Context& context_;
  std::span<const Declared> all_;
  std::map<const Program*, Progress> progress_;
};

}  // namespace

void check_programs(Context& context, std::span<const Declared> all, const ProgramChecked& checked) {
  ProgramsChecker(context, all).run(checked);
}

}  // namespace guiju::model
