// One of several: if, choose, first of; and what a text leaves open.
#include <algorithm>

#include "diagnostics/codes.hpp"
#include "model/checker.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;

const Expr* Checker::if_then(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const Expr* test = condition(*node.children[0]);
  Scope yes = below(), no = below();
  narrow(yes, *test, true);
  narrow(no, *test, false);
  std::vector<Alternative> branches{{node.children[1], &tree_, &yes, nullptr},
                                    {node.children[2], &tree_, &no, nullptr}};
  const Type type = unify(branches, hint);
  if (faulted(*test) || faulted(*branches[0].expr) || faulted(*branches[1].expr)) return faulty(place);
  return &make(ExprKind::if_then, type, place, {test, branches[0].expr, branches[1].expr});
}

const Expr* Checker::choose(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const bool in_order = node.kind == NodeKind::first_of;
  const std::vector<Item> items = expanded_items(context_, statement_, node);
  std::vector<Alternative> branches;
  std::vector<const Expr*> conditions;
  std::deque<Scope> scopes;
  Scope rest = below();  // what is known where no branch so far held
  bool good = true;
  for (const Item& item : items) {
    if (item.node->kind != NodeKind::branch || item.node->has(syntax::kHasError) || item.node->children.empty()) {
      good = false;
      continue;
    }
    Scope& scope = scopes.emplace_back(in_order || item.node->children.size() == 1 ? rest : below());
    if (item.node->children.size() > 1) {
      const Expr* test =
          Checker(context_, in_order ? rest : scope_, statement_, *item.tree).condition(*item.node->children[1]);
      good = good && !faulted(*test);
      conditions.push_back(test);
      narrow(scope, *test, true);
      narrow(rest, *test, false);
    } else {
      conditions.push_back(nullptr);
      if (&item != &items.back()) {
        (void)fail(Code::otherwise_not_last, item.tree->span(*item.node));
        good = false;
      }
    }
    branches.push_back({item.node->children[0], item.tree, &scope, nullptr});
  }
  const Type type = unify(branches, hint);
  for (const Alternative& branch : branches) good = good && !faulted(*branch.expr);
  if (!good || branches.empty()) return faulty(place);
  std::vector<const Expr*> args;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (conditions[i] != nullptr) args.push_back(conditions[i]);
    args.push_back(branches[i].expr);
  }
  return &make(in_order ? ExprKind::first_of : ExprKind::choose, type, place, std::move(args));
}

// ---- open texts
// ------------------------------------------------------------------------------------------------------------------

// `no limit`, `not found`, an open text without readings: of the type that the place needs.
const Expr* Checker::typeless(const Node& node, ExprKind kind, const Expected& expected) {
  const Span place = span(node);
  if (expected.need == Expected::truth && kind != ExprKind::no_limit)
    return &make(kind, simple_type(TypeKind::boolean), place);
  if (expected.need != Expected::type || expected.type_.kind == TypeKind::error)
    return fail(Code::type_not_said, place, {written(place)});
  Type type = expected.type_;
  type.optional = false;
  type.integer = false;
  const bool bounds = is_numeric(type) || type.kind == TypeKind::date || type.kind == TypeKind::duration;
  if (kind == ExprKind::no_limit && !bounds) return fail(Code::no_limit_misplaced, place);
  return &make(kind, type, place);
}

namespace {

Choice& new_choice(Context& context, Choice::Kind kind, const Span& place) {
  Choice& choice = context.rulebook.choices.emplace_back();
  choice.kind = kind;
  choice.span = place;
  choice.id = static_cast<std::uint32_t>(context.rulebook.choices.size() - 1);
  return choice;
}

std::vector<const Node*> bounds_of(const Node& not_found) {
  std::vector<const Node*> out;
  for (const Node* child : not_found.children) {
    if (child->kind != NodeKind::label) out.push_back(child);
  }
  return out;
}

}  // namespace

namespace {

// Several texts of one question are shown one after the other.
void add_question(Template& question, Template part) {
  const auto add = [](std::vector<TextPiece>& side, std::vector<TextPiece>& pieces) {
    if (!side.empty() && !pieces.empty()) side.push_back({" / ", nullptr, false});
    for (TextPiece& piece : pieces) side.push_back(std::move(piece));
  };
  add(question.zh, part.zh);
  add(question.en, part.en);
}

}  // namespace

const Expr* Checker::undecided(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const OpenText text = open_text(node);
  // Where a named one is repeated without its readings, they are read here as where they are written.
  OpenText::Place written{&tree_, &node};
  for (const OpenText::Place& other : text.places) {
    if (written.node->child(NodeKind::reading) == nullptr) written = other;
  }
  std::vector<Alternative> readings;
  std::vector<std::string> labels;
  bool good = true;
  for (const Node* reading : written.node->all(NodeKind::reading)) {
    if (reading->has(syntax::kHasError) || reading->children.size() < 2) return faulty(place);
    labels.push_back(in_file(*written.tree).plain_text(*reading->children[0]->children[0]));
    for (std::size_t i = 0; i + 1 < labels.size(); ++i) {
      if (labels[i] != labels.back()) continue;
      (void)fail(Code::reading_twice, written.tree->span(*reading->children[0]), {labels.back()});
      good = false;
    }
    readings.push_back({reading->children[1], written.tree, &scope_, nullptr});
  }
  Type type;
  if (readings.empty()) {
    const Expr* open = typeless(node, ExprKind::undecided, hint);
    if (faulted(*open)) return open;
    type = open->type;
  } else {
    type = unify(readings, hint);
    for (const Alternative& reading : readings) good = good && !faulted(*reading.expr);
    if (!good) return faulty(place);
  }
  Choice* choice = choice_of(node, text, labels, type);
  if (choice == nullptr) return faulty(place);
  Expr& expr = make(ExprKind::undecided, type, place);
  expr.choice = choice;
  for (const Choice::Reading& reading : choice->readings) {
    const auto at = std::find(labels.begin(), labels.end(), reading.label) - labels.begin();
    expr.args.push_back(readings[static_cast<std::size_t>(at)].expr);
  }
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    if (choice->readings[i].value == nullptr) choice->readings[i].value = expr.args[i];
  }
  return &expr;
}

// The choice that the node speaks of: its own, or the one of its name; nullptr where the uses do not fit together.
Choice* Checker::choice_of(const Node& node, const OpenText& text, const std::vector<std::string>& labels,
                           const Type& type) {
  const Span place = span(node);
  const auto written = [&](const OpenText::Place& at, const Node& words) {
    return in_file(*at.tree).plain_text(*words.children[0]);
  };
  // What a version adopts stands above what those adopted that it amends.
  const Node* adopt = nullptr;
  const OpenText::Place* adopted_at = nullptr;
  for (const OpenText::Place& at : text.places) {
    const Node* here = at.node->child(NodeKind::adopt);
    if (here == nullptr || (adopt != nullptr && adopted_at->home != at.home)) continue;
    if (adopt != nullptr) return (void)fail(Code::adopted_twice, at.tree->span(*here), {text.name}), nullptr;
    adopt = here;
    adopted_at = &at;
  }
  std::optional<std::string> wanted;
  if (adopt != nullptr) wanted = written(*adopted_at, *adopt);
  Context::NamedChoice own;
  Context::NamedChoice& entry = text.name.empty() ? own : context_.named_choices[{text.declaration, text.name, wanted}];
  if (entry.choice != nullptr) return same_choice(entry, text.name, labels, type, place) ? entry.choice : nullptr;
  std::optional<std::uint32_t> adopted;
  for (std::uint32_t i = 0; wanted && i < labels.size(); ++i) {
    if (labels[i] == *wanted) adopted = i;
  }
  Template question;
  for (const OpenText::Place& at : text.places) {
    if (!question.zh.empty() || !question.en.empty()) break;
    for (const Node* words : at.node->all(NodeKind::label)) add_question(question, in_file(*at.tree).label(*words));
  }
  if (labels.empty() && question.zh.empty() && question.en.empty())
    return (void)fail(Code::choice_without_readings, place, {text.name}), nullptr;
  if (wanted && !adopted) return (void)fail(Code::no_such_reading, adopted_at->tree->span(*adopt), {*wanted}), nullptr;
  Choice& choice = new_choice(context_, Choice::undecided, place);
  choice.name = text.name;
  choice.text = std::move(question);
  choice.adopted = adopted;
  for (const std::string& label : labels) choice.readings.push_back({label, nullptr, reading_text(text, label)});
  entry = {&choice, type};
  return &choice;
}

// What a reading is called in both languages: any of the places may say it.
Label Checker::reading_text(const OpenText& text, const std::string& called) {
  Label out;
  for (const OpenText::Place& at : text.places) {
    for (const Node* reading : at.node->all(NodeKind::reading)) {
      if (reading->children.empty() || in_file(*at.tree).plain_text(*reading->children[0]->children[0]) != called)
        continue;
      const Label here = plain_label(context_, *at.tree, reading->children[0]);
      if (out.zh.empty()) out.zh = here.zh;
      if (out.en.empty()) out.en = here.en;
    }
  }
  return out;
}

bool Checker::same_choice(const Context::NamedChoice& entry, const std::string& name,
                          const std::vector<std::string>& labels, const Type& type, const Span& place) {
  std::string expected;
  bool all = labels.size() == entry.choice->readings.size();
  for (const Choice::Reading& reading : entry.choice->readings) {
    expected += (expected.empty() ? "" : "; ") + reading.label;
    all = all && std::find(labels.begin(), labels.end(), reading.label) != labels.end();
  }
  if (!all) return (void)fail(Code::other_readings, place, {name, expected}), false;
  if (!labels.empty() || same_type(entry.type, type)) return true;
  (void)fail(Code::choice_of_two_types, place, {name, describe(entry.type), describe(type)});
  return false;
}

const Expr* Checker::not_found(const Node& node, const Expected& hint) {
  const Span place = span(node);
  const Expr* open = node.op == Keyword::within ? candidates(node, hint) : typeless(node, ExprKind::not_found, hint);
  if (faulted(*open)) return open;
  Choice& choice = new_choice(context_, Choice::not_found, place);
  if (const Node* why = node.child(NodeKind::label)) choice.text = label(*why);
  Expr& expr = make(ExprKind::not_found, open->type, place, open->args);
  expr.mask = open->mask;
  expr.truth = open->truth;
  expr.relation = open->relation;
  expr.choice = &choice;
  return &expr;
}

// `within A to B`, `within level1 or worse`, `within {a, b}`: what the figure is known to be one of.
const Expr* Checker::candidates(const Node& node, const Expected& hint) {
  const Span place = span(node);
  Expected wanted = hint.need == Expected::type ? hint : Expected::anything();
  wanted.type_.optional = false;
  const auto bound_nodes = bounds_of(node);
  if (bound_nodes.empty()) return faulty(place);
  if (node.or_what == Keyword::to && bound_nodes.size() == 2) {
    std::vector<Alternative> ends;
    for (const Node* bound : bound_nodes) ends.push_back({bound, &tree_, &scope_, nullptr});
    const Type type = unify(ends, wanted);
    if (faulted(*ends[0].expr) || faulted(*ends[1].expr)) return faulty(place);
    const bool ordered = is_numeric(type) || type.kind == TypeKind::date || type.kind == TypeKind::duration;
    if (!ordered || type.optional) return fail(Code::no_interval, place, {describe(type)});
    const auto low = constant_number(*ends[0].expr);
    const auto high = constant_number(*ends[1].expr);
    const bool backwards = (low && high && guiju::compare(*low, *high) > 0) ||
                           (type.kind == TypeKind::date && ends[0].expr->kind == ExprKind::date &&
                            ends[1].expr->kind == ExprKind::date && ends[0].expr->day > ends[1].expr->day);
    if (backwards) return fail(Code::range_reversed, place, {written(place)});
    Type plain = type;
    plain.integer = false;
    return &make(ExprKind::not_found, plain, place, {ends[0].expr, ends[1].expr});
  }
  if (node.or_what == Keyword::or_better || node.or_what == Keyword::or_worse) {
    const Expr* level = operand(*bound_nodes[0], wanted);
    if (faulted(*level)) return level;
    if (level->type.kind != TypeKind::enumerated || !level->type.enumeration->scale)
      return fail(Code::grade_needed, place, {written(level->span), describe(level->type)});
    const Expr& constant = through_lets(*level);
    const bool better = node.or_what == Keyword::or_better;
    Expr& expr = make(ExprKind::not_found, level->type, place);
    if (constant.kind == ExprKind::member) {
      expr.mask = mask_from(*level->type.enumeration, constant.member, better);
    } else {
      expr.args.push_back(level);
      expr.relation = better ? Relation::less_equal : Relation::greater_equal;
    }
    return &expr;
  }
  Type type;
  const auto items = items_of(*bound_nodes[0], wanted, type);
  if (!items || type.kind == TypeKind::error)
    return items ? faulty(place) : fail(Code::not_a_set, place, {written(span(*bound_nodes[0]))});
  Expr& expr = make(ExprKind::not_found, type, place);
  for (const Expr* item : *items) {
    if (faulted(*item)) return faulty(place);
    const Expr& constant = through_lets(*item);
    if (type.kind == TypeKind::enumerated && constant.kind == ExprKind::member)
      expr.mask |= std::uint64_t{1} << constant.member;
    else
      expr.args.push_back(item);
  }
  if (type.kind == TypeKind::enumerated && !expr.args.empty())
    return fail(Code::constant_needed, place, {written(place)});
  expr.truth = type.kind != TypeKind::enumerated;
  return &expr;
}

const Expr* Checker::discretion(const Node& node) {
  const Span place = span(node);
  Choice& choice = new_choice(context_, Choice::discretion, place);
  if (const Node* why = node.child(NodeKind::label)) choice.text = label(*why);
  Expr& expr = make(ExprKind::discretion, simple_type(TypeKind::boolean), place);
  expr.choice = &choice;
  return &expr;
}

}  // namespace guiju::model
