// Groups: programmes that exclude each other or are added up, in dated versions. What is written before the versions
// holds in all of them and on the days of none.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

// Every subset of a group is weighed; see run/combine.hpp.
constexpr std::size_t kMostPrograms = 12;

// The statements that hold together, those of one version or of none.
class GroupVersionReader {
 public:
  GroupVersionReader(Context& context, const Group& group, GroupVersion& version, Scope& scope)
      : context_(context), group_(group), version_(version), scope_(scope) {}

  void run(const Body& body) {
    scope_.lets = &version_.head.lets;
    const BodyNames names = declare_body(context_, scope_, body);
    for (const Statement* statement : body) {
      if (statement->node->kind == NodeKind::group_programs) read_programs(*statement);
    }
    for (const Statement* statement : body) {
      if (!statement->node->has(syntax::kHasError)) read(names, *statement);
    }
    check_ceiling();
  }

 private:
  void read(const BodyNames& names, const Statement& statement) {
    switch (statement.node->kind) {
      case NodeKind::let:
        return read_let(context_, scope_, names, statement);
      case NodeKind::exclude:
        return read_exclusion(statement);
      case NodeKind::order:
        return read_order(statement);
      case NodeKind::group_total:
        return read_total(statement);
      case NodeKind::trim:
        return read_trim(statement);
      case NodeKind::winner:
        version_.winner = statement.node->op == Keyword::highest  ? GroupVersion::highest
                          : statement.node->op == Keyword::listed ? GroupVersion::listed
                                                                  : GroupVersion::applicant;
        return;
      default:
        return;
    }
  }

  // ---- programmes

  const Program* program(const Statement& statement, const Node& name) {
    const Tree& tree = *statement.tree;
    const std::string wanted = node_text(tree, name);
    if (wanted.empty()) return nullptr;
    const Symbol* symbol = scope_.find(wanted);
    if (symbol == nullptr) {
      report_unknown_name(context_, scope_, tree.span(name), wanted);
    } else if (symbol->kind == Symbol::program && !symbol->program_->duty) {
      return symbol->program_;
    } else if (symbol->kind != Symbol::other) {
      context_.diagnostics.add(Code::group_needs_program, tree.span(name), {wanted});
    }
    return nullptr;
  }

  static std::string node_text(const Tree& tree, const Node& name) {
    return name.kind == NodeKind::name ? std::string(tree.name_text(name)) : dotted(tree, name);
  }

  const Program* member(const Statement& statement, const Node& name) {
    const Program* found = program(statement, name);
    if (found == nullptr || version_.programs.empty()) return nullptr;
    if (std::find(version_.programs.begin(), version_.programs.end(), found) != version_.programs.end()) return found;
    context_.diagnostics.add(Code::not_in_group, statement.tree->span(name),
                             {found->name.primary, group_.name.primary});
    return nullptr;
  }

  void read_programs(const Statement& statement) {
    for (const Node* name : statement.node->all(NodeKind::qualified_name)) {
      const Program* found = program(statement, *name);
      if (found == nullptr) continue;
      if (std::find(version_.programs.begin(), version_.programs.end(), found) != version_.programs.end()) {
        context_.diagnostics.add(Code::written_twice, statement.tree->span(*name), {found->name.primary});
      } else {
        version_.programs.push_back(found);
      }
    }
    if (version_.programs.size() > kMostPrograms) {
      context_.diagnostics.add(Code::group_too_large, statement.tree->span(*statement.node),
                               {std::to_string(version_.programs.size()), std::to_string(kMostPrograms)});
    }
  }

  // ---- exclusions

  void read_exclusion(const Statement& statement) {
    const Node& node = *statement.node;
    const auto names = node.all(NodeKind::qualified_name);
    if (names.size() < 2) return;
    Exclusion exclusion;
    exclusion.one = member(statement, *names[0]);
    exclusion.other = member(statement, *names[1]);
    exclusion.span = statement.tree->span(node);
    if (exclusion.one == nullptr || exclusion.other == nullptr) return;
    if (exclusion.one == exclusion.other) {
      context_.diagnostics.add(Code::excludes_itself, exclusion.span, {exclusion.one->name.primary});
      return;
    }
    if (const Node* name = name_node(node)) exclusion.name = make_name(context_, *statement.tree, *name);
    if (const Node* when = node.child(NodeKind::when); when != nullptr && when->first_expression() != nullptr)
      read_exclusion_condition(context_, scope_, statement, *when->first_expression(), group_, exclusion);
    read_tail(context_, scope_, statement, exclusion.reason, exclusion.citations);
    if (exclusion.citations.empty()) exclusion.citations = version_.head.citations;
    if (exclusion.citations.empty()) exclusion.citations = group_.citations;
    if (exclusion.earlier != nullptr && exclusion.name.primary.empty())
      context_.diagnostics.add(Code::exclusion_needs_name, exclusion.span);
    version_.exclusions.push_back(std::move(exclusion));
  }

  // ---- order, ceiling, who gives way

  void read_order(const Statement& statement) {
    for (const Node* item : statement.node->all(NodeKind::order_item)) {
      const Node* name = item->child(NodeKind::qualified_name);
      const Program* found = name == nullptr ? nullptr : member(statement, *name);
      if (found == nullptr) continue;
      const bool twice = std::any_of(version_.order.begin(), version_.order.end(),
                                     [&](const OrderItem& o) { return o.program == found; });
      if (twice) context_.diagnostics.add(Code::written_twice, statement.tree->span(*name), {found->name.primary});
      const bool rest = item->has(syntax::kOnWhatRemains);
      if (rest && remains_.file == kNoFile) remains_ = statement.tree->span(*item);
      if (!twice) version_.order.push_back({found, rest});
    }
  }

  void read_total(const Statement& statement) {
    const Node* value = statement.node->child(NodeKind::value);
    if (value == nullptr) value = statement.node->first_expression();
    if (value == nullptr) return;
    version_.total = check_value(context_, scope_, statement, *value, Expected::of(money_type()));
    total_ = statement.tree->span(*statement.node);
  }

  void read_trim(const Statement& statement) {
    const Node* list = statement.node->child(NodeKind::name_list);
    if (list == nullptr) return;
    for (const Node* name : list->all(NodeKind::name)) {
      const Program* found = member(statement, *name);
      if (found == nullptr) continue;
      if (std::find(version_.trim.begin(), version_.trim.end(), found) != version_.trim.end()) {
        context_.diagnostics.add(Code::written_twice, statement.tree->span(*name), {found->name.primary});
      } else {
        version_.trim.push_back(found);
      }
    }
  }

  void check_ceiling() {
    if (version_.total == nullptr && remains_.file != kNoFile)
      context_.diagnostics.add(Code::remains_of_what, remains_, {group_.name.primary});
    const bool says_who = !version_.trim.empty() || !version_.order.empty() || version_.programs.size() < 2;
    if (version_.total != nullptr && !says_who) context_.diagnostics.add(Code::total_says_not_who, total_);
  }

  Context& context_;
  const Group& group_;
  GroupVersion& version_;
  Scope& scope_;
  Span remains_, total_;
};

class GroupChecker {
 public:
  GroupChecker(Context& context, const Declared& declared)
      : context_(context),
        tree_(*declared.tree),
        node_(*declared.node),
        group_(*declared.group),
        scope_(new_scope(context, declared.scope)) {}

  void run() {
    group_.label = plain_label(context_, tree_, node_.child(NodeKind::label));
    group_.span = tree_.span(node_);
    group_.citations = read_citations(context_, scope_, Statement{&tree_, &node_}, node_);
    for (const Node* params : node_.all(NodeKind::params)) read_givens(context_, scope_, tree_, *params, group_.givens);
    const auto nodes = node_.all(NodeKind::group_version);
    if (nodes.empty() && group_.citations.empty())
      context_.diagnostics.add(Code::without_citation, group_.name.span, {group_.name.primary});
    const Body base = merge_body(context_, tree_, node_, {});
    Scope& base_scope = new_scope(context_, &scope_);
    GroupVersionReader(context_, group_, group_.base, base_scope).run(base);
    read_in_force(base_scope, !nodes.empty());
    read_versions(nodes, base);
    check_members();
  }

 private:
  void read_in_force(Scope& scope, bool needed) {
    const Node* clause = in_force_clause(context_, tree_, node_);
    if (clause != nullptr) {
      group_.in_force_by = model::read_in_force(context_, scope, Statement{&tree_, clause});
    } else if (needed && !node_.has(syntax::kHasError)) {
      context_.diagnostics.add(Code::no_in_force, group_.name.span, {group_.name.primary});
    }
  }

  void read_versions(const std::vector<const Node*>& nodes, const Body& base) {
    if (nodes.empty()) return;
    const AmendOrder order = amend_order(context_, tree_, nodes);
    std::vector<Body> bodies(nodes.size());
    for (const std::size_t i : order.order)
      bodies[i] = merge_body(context_, tree_, *nodes[i], order.amended[i] == kNone ? base : bodies[order.amended[i]]);
    std::vector<Dated> dated;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      GroupVersion& version = group_.versions.emplace_back();
      read_header(context_, scope_, tree_, *nodes[i], version.head);
      for (const Dated& other : dated) {
        if (other.name == version.head.name) report_twice(context_, version.head.span, version.head.name, other.span);
      }
      dated.push_back(dated_of(version.head, false));
      Scope& scope = new_scope(context_, &scope_);
      scope.version = &version.head;
      GroupVersionReader(context_, group_, version, scope).run(bodies[i]);
    }
    check_days(context_, dated, false);
  }

  void check_members() {
    const bool any =
        !group_.base.programs.empty() || std::any_of(group_.versions.begin(), group_.versions.end(),
                                                     [](const GroupVersion& v) { return !v.programs.empty(); });
    if (!any && !node_.has(syntax::kHasError) && !context_.diagnostics.has_errors())
      context_.diagnostics.add(Code::group_without_programs, group_.name.span, {group_.name.primary});
  }

  Context& context_;
  const Tree& tree_;
  const Node& node_;
  Group& group_;
  Scope& scope_;
};

// ---- what groups and programmes must agree on --------------------------------------------------------------------

template <class Do>
void each_member(const Group& group, Do what) {
  std::vector<const Program*> seen;
  const auto take = [&](const GroupVersion& version) {
    for (const Program* p : version.programs) {
      if (std::find(seen.begin(), seen.end(), p) != seen.end()) continue;
      seen.push_back(p);
      what(*p);
    }
  };
  take(group.base);
  for (const GroupVersion& version : group.versions) take(version);
}

// Which programme of a combination gives way must not hang on which of its groups is asked first.
void check_one_group_each(Context& context) {
  std::map<const Program*, const Group*> groups;
  for (const Group& group : context.rulebook.groups) {
    each_member(group, [&](const Program& program) {
      const auto [place, added] = groups.emplace(&program, &group);
      if (added) return;
      context.diagnostics.add(Code::in_two_groups, group.name.span, {program.name.primary, place->second->name.primary},
                              {{place->second->name.span, "the other group", "另一个组合"}});
    });
  }
}

bool share_a_spelling(const Name& a, const Name& b) {
  const auto of_b = spellings(b);
  const auto of_a = spellings(a);
  return std::any_of(of_a.begin(), of_a.end(),
                     [&](const std::string& s) { return std::find(of_b.begin(), of_b.end(), s) != of_b.end(); });
}

// One name is one fact of the case, whoever gives it.
class GivenJoiner {
 public:
  GivenJoiner(Context& context, Group& group) : context_(context), group_(group) {}

  void run() {
    each_member(group_, [&](const Program& program) {
      for (const Given& own : program.givens) join(own, program.name);
    });
    for (Given& given : group_.givens) {
      if (const Given* same = join(given, group_.name)) given.name = same->name;
    }
  }

 private:
  // The one that was there before.
  const Given* join(const Given& given, const Name& of) {
    for (std::size_t i = 0; i < group_.case_givens.size(); ++i) {
      const Given& known = group_.case_givens[i];
      if (!share_a_spelling(known.name, given.name)) continue;
      const bool same = same_type(known.type, given.type) && known.type.optional == given.type.optional &&
                        known.type.history == given.type.history;
      if (!same) {
        context_.diagnostics.add(
            Code::group_given_differs, group_.name.span,
            {given.name.primary, describe(known.type), owners_[i]->primary, describe(given.type), of.primary},
            {{given.span, "given here", "在此处给定"}});
      }
      return &known;
    }
    owners_.push_back(&of);
    Given& added = group_.case_givens.emplace_back(given);
    added.index = static_cast<std::uint32_t>(group_.case_givens.size() - 1);
    return nullptr;
  }

  Context& context_;
  Group& group_;
  std::vector<const Name*> owners_;  // of case_givens
};

}  // namespace

void check_groups(Context& context, std::span<const Declared> all) {
  for (const Declared& declared : all) {
    if (declared.group != nullptr) GroupChecker(context, declared).run();
  }
  check_one_group_each(context);
  for (Group& group : context.rulebook.groups) {
    GivenJoiner(context, group).run();
    hold_exclusions(context, group);
  }
}

}  // namespace guiju::model
