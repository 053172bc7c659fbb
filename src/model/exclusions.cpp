// What an exclusion asks of one programme decided alone: that no earlier grant stands in the way. It holds both ways,
// so both programmes take it as a requirement of its name, on the days on which its version of the group governs.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"

namespace guiju::model {

using syntax::Node;

namespace {

const Expr* make(Context& context, ExprKind kind, Span span, std::vector<const Expr*> args) {
  if (args.size() == 1 && (kind == ExprKind::and_ || kind == ExprKind::or_)) return args[0];
  Expr& expr = context.rulebook.expressions.emplace_back();
  expr.kind = kind;
  expr.type = simple_type(TypeKind::boolean);
  expr.span = span;
  expr.args = std::move(args);
  return &expr;
}

// ---- the condition

bool mentions(const Expr& e, const Entry& entry) {
  if (e.path.entry == &entry || (e.list != nullptr && e.list->entry == &entry)) return true;
  const auto in = [&](const Expr* part) { return part != nullptr && mentions(*part, entry); };
  if (in(e.where) || in(e.term) || std::any_of(e.args.begin(), e.args.end(), in)) return true;
  if (e.choice != nullptr &&
      std::any_of(e.choice->readings.begin(), e.choice->readings.end(), [&](const auto& r) { return in(r.value); }))
    return true;
  if (e.call == nullptr) return false;
  return in(e.call->as_at) || std::any_of(e.call->value_arguments.begin(), e.call->value_arguments.end(), in) ||
         std::any_of(e.call->record_arguments.begin(), e.call->record_arguments.end(),
                     [&](const Path& path) { return path.entry == &entry; });
}

void conjuncts(const Expr& e, std::vector<const Expr*>& out) {
  if (e.kind != ExprKind::and_) {
    out.push_back(&e);
    return;
  }
  for (const Expr* part : e.args) conjuncts(*part, out);
}

struct History {
  const Given* given = nullptr;
  const Entry* entry = nullptr;
};

// The entries of the given histories, each by the name that `where` would know it by.
std::vector<History> enter_histories(Context& context, Scope& scope, const Statement& statement, const Group& group) {
  std::vector<History> histories;
  Checker checker(context, scope, statement, *statement.tree);
  for (const Given& given : group.givens) {
    if (given.type.kind != TypeKind::list || !given.type.history || given.type.optional) continue;
    histories.push_back({&given, checker.enter(scope, given.type, "")});
  }
  if (histories.size() != 1) scope.symbols.erase(std::string(kItSymbol));
  return histories;
}

// The case itself is no earlier grant. Entries without a key are never the case: the host leaves it out.
const Expr* other_than_the_case(Context& context, Scope& scope, const Statement& statement, const Entry& entry,
                                const Expr* condition) {
  const Record* record = entry.type.record;
  const bool has_key = record != nullptr && std::any_of(record->fields.begin(), record->fields.end(),
                                                        [](const Field& field) { return field.key; });
  if (!has_key) return condition;
  const Expr* other = Checker(context, scope, statement, *statement.tree).is_other(entry, condition->span);
  if (other->kind == ExprKind::error) return other;
  return make(context, ExprKind::and_, condition->span, {other, condition});
}

}  // namespace

void read_exclusion_condition(Context& context, Scope& scope, const Statement& statement, const Node& condition,
                              const Group& group, Exclusion& exclusion) {
  Scope& inner = new_scope(context, &scope);
  const std::vector<History> histories = enter_histories(context, inner, statement, group);
  const Expr* whole = check_expression(context, inner, statement, condition, Expected::a_truth());
  if (whole->kind == ExprKind::error) return;
  std::vector<History> named;
  for (const History& history : histories) {
    if (mentions(*whole, *history.entry)) named.push_back(history);
  }
  if (named.size() > 1) {
    context.diagnostics.add(Code::exclusion_of_two_histories, whole->span,
                            {named[0].given->name.primary, named[1].given->name.primary});
    return;
  }
  if (named.empty()) {
    exclusion.when = whole;
    return;
  }
  const Entry& entry = *named[0].entry;
  std::vector<const Expr*> parts;
  conjuncts(*whole, parts);
  std::erase_if(parts, [&](const Expr* part) { return mentions(*part, entry); });
  if (!parts.empty()) exclusion.when = make(context, ExprKind::and_, whole->span, std::move(parts));
  const Expr* counts = other_than_the_case(context, inner, statement, entry, whole);
  if (counts->kind == ExprKind::error) return;
  Expr& none = context.rulebook.expressions.emplace_back();
  none.kind = ExprKind::none_of;
  none.type = simple_type(TypeKind::boolean);
  none.span = whole->span;
  none.list = &context.rulebook.paths.emplace_back(Path{named[0].given, nullptr, {}});
  none.item = &entry;
  none.where = counts;
  exclusion.earlier = &none;
}

namespace {

// ---- when a version of the group governs

const Expr* bound_of(Context& context, const Bound& bound, Span span) {
  if (bound.undecided != nullptr) return bound.undecided;
  Expr& expr = context.rulebook.expressions.emplace_back();
  expr.kind = bound.day ? ExprKind::date : ExprKind::no_limit;
  expr.type = simple_type(TypeKind::date);
  expr.span = span;
  expr.day = bound.day.value_or(0);
  return &expr;
}

class Governing {
 public:
  Governing(Context& context, const Group& group) : context_(context), group_(group) {}

  // Whether the version governs; nullptr where it always does. On suspended days, as on those of no version, what is
  // written before the versions does.
  const Expr* of(const GroupVersion& version) {
    if (group_.versions.empty() || group_.in_force_by.empty()) return nullptr;
    if (&version != &group_.base) return governs(version);
    std::vector<const Expr*> parts;
    for (const GroupVersion& other : group_.versions) parts.push_back(negated(governs(other)));
    return make(context_, ExprKind::and_, group_.span, std::move(parts));
  }

 private:
  const Expr* negated(const Expr* truth) { return make(context_, ExprKind::not_, truth->span, {truth}); }

  const Expr* governs(const GroupVersion& version) {
    std::vector<const Expr*> parts{covers(version)};
    for (const GroupVersion& other : group_.versions) {
      if (&other != &version && supersedes(other, version.head.name, 0)) parts.push_back(negated(covers(other)));
    }
    for (const Suspension& s : version.head.suspensions) parts.push_back(negated(within(s.from, s.to, s.span)));
    return make(context_, ExprKind::and_, version.head.span, std::move(parts));
  }

  // Its days, where it is known at all.
  const Expr* covers(const GroupVersion& version) {
    const Version& head = version.head;
    std::vector<const Expr*> parts{within(head.from, head.to, head.span)};
    const Bound& published = head.published.day ? head.published : head.from;
    if (published.day) {
      parts.push_back(make(context_, ExprKind::published_by, head.span, {bound_of(context_, published, head.span)}));
    }
    return make(context_, ExprKind::and_, head.span, std::move(parts));
  }

  const Expr* within(const Bound& from, const Bound& to, Span span) {
    std::vector<const Expr*> parts;
    for (const Expr* date : group_.in_force_by) {
      parts.push_back(make(context_, ExprKind::within_period, span,
                           {date, bound_of(context_, from, span), bound_of(context_, to, span)}));
    }
    return make(context_, ExprKind::and_, span, std::move(parts));
  }

  // Through others, too; the checker has refused circles.
  bool supersedes(const GroupVersion& version, const std::string& name, std::size_t depth) const {
    if (depth > group_.versions.size()) return false;
    return std::any_of(version.head.supersedes.begin(), version.head.supersedes.end(), [&](const std::string& next) {
      if (next == name) return true;
      const auto found = std::find_if(group_.versions.begin(), group_.versions.end(),
                                      [&](const GroupVersion& v) { return v.head.name == next; });
      return found != group_.versions.end() && supersedes(*found, name, depth + 1);
    });
  }

  Context& context_;
  const Group& group_;
};

// Where one date selects both versions, those that share no day never meet.
bool may_meet(const Program& program, const Version& version, const Group& group, const GroupVersion& other) {
  if (&other == &group.base || program.in_force_by.size() != 1 || group.in_force_by.size() != 1) return true;
  const Expr& a = *program.in_force_by[0];
  const Expr& b = *group.in_force_by[0];
  if (a.kind != ExprKind::fact || b.kind != ExprKind::fact || a.path.given == nullptr || b.path.given == nullptr)
    return true;
  if (a.path.given->name.primary != b.path.given->name.primary || a.path.fields != b.path.fields) return true;
  // One that was adopted is read otherwise, too, where it is told what another reading comes to.
  const auto open = [](const Bound& bound) { return !bound.day || bound.undecided != nullptr; };
  const auto ends_before = [&](const Bound& last, const Bound& first) {
    return !open(last) && !open(first) && *last.day < *first.day;
  };
  return !ends_before(version.to, other.head.from) && !ends_before(other.head.to, version.from);
}

// The days are those of the group's version, not of the programme's that shows the text.
void write_out_period(std::vector<TextPiece>& pieces, const Version& version, std::string_view to,
                      std::string_view open) {
  for (TextPiece& piece : pieces) {
    if (!piece.this_version) continue;
    piece.this_version = false;
    if (version.from.day) piece.text += to_iso(*version.from.day);
    piece.text += version.to.day ? std::string(to) + to_iso(*version.to.day) : std::string(open);
  }
}

// A local programme is bound by what binds the one that it carries out.
bool carries_out(const Program& program, const Program& wanted) {
  for (const Program* at = &program; at != nullptr; at = at->implements) {
    if (at == &wanted) return true;
  }
  return false;
}

class Holder {
 public:
  Holder(Context& context, Group& group) : context_(context), group_(group), governing_(context, group) {}

  void hold(const GroupVersion& version) {
    const Expr* governs = governing_.of(version);
    for (const Exclusion& exclusion : version.exclusions) {
      if (exclusion.earlier == nullptr || exclusion.name.primary.empty()) continue;
      Requirement requirement;
      requirement.kind = RequirementKind::exclusion;
      requirement.name = exclusion.name;
      requirement.reason = exclusion.reason;
      write_out_period(requirement.reason.zh, version.head, " 至 ", " 起");
      write_out_period(requirement.reason.en, version.head, " to ", " onwards");
      requirement.citations = exclusion.citations;
      requirement.span = exclusion.span;
      requirement.applies = governs;
      requirement.earlier = exclusion.earlier;
      requirement.condition = exclusion.earlier;
      if (governs != nullptr) {
        const Expr* free = make(context_, ExprKind::not_, group_.span, {governs});
        requirement.condition = make(context_, ExprKind::or_, exclusion.earlier->span, {free, exclusion.earlier});
      }
      for (Program& program : context_.rulebook.programs) {
        const bool one = carries_out(program, *exclusion.one);
        if (!one && !carries_out(program, *exclusion.other)) continue;
        requirement.beside = one ? exclusion.other : exclusion.one;
        hold(program, version, requirement);
      }
    }
  }

 private:
  void hold(Program& program, const GroupVersion& version, const Requirement& requirement) {
    give(program);
    for (Version& own : program.versions) {
      if (!may_meet(program, own, group_, version)) continue;
      const auto same = std::find_if(own.requirements.begin(), own.requirements.end(), [&](const Requirement& r) {
        return r.kind != RequirementKind::exclusion && r.name.primary == requirement.name.primary;
      });
      if (same == own.requirements.end()) {
        own.statements.push_back({Version::Statement::requirement, own.requirements.size(), nullptr});
        own.requirements.push_back(requirement);
      } else {
        context_.diagnostics.add(Code::exclusion_name_taken, requirement.name.span,
                                 {requirement.name.primary, program.name.primary},
                                 {{same->name.span, "the requirement of the programme", "该项目的要求"}});
      }
    }
  }

  // What the exclusion reads must be known of the programme's cases.
  void give(Program& program) {
    for (const Given& given : group_.givens) {
      const bool known = std::any_of(program.givens.begin(), program.givens.end(),
                                     [&](const Given& own) { return own.name.primary == given.name.primary; });
      if (known) continue;
      Given& added = program.givens.emplace_back(given);
      added.index = static_cast<std::uint32_t>(program.givens.size() - 1);
    }
  }

  Context& context_;
  Group& group_;
  Governing governing_;
};

}  // namespace

void hold_exclusions(Context& context, Group& group) {
  Holder holder(context, group);
  for (const GroupVersion& version : group.versions) holder.hold(version);
  holder.hold(group.base);
}

}  // namespace guiju::model
