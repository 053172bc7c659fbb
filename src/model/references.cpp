// What a name stands for: a fact, a let, a column, a member; and what is known of a fact at this place.
#include <algorithm>
#include <array>

#include "diagnostics/codes.hpp"
#include "diagnostics/suggest.hpp"
#include "model/checker.hpp"
#include "model/declarations.hpp"
#include "syntax/everyday.hpp"
#include "syntax/glued.hpp"
#include "syntax/spoken.hpp"

namespace guiju::model {

using syntax::Node;
using syntax::NodeKind;

bool is_called(const Name& name, std::string_view wanted) {
  if (name.primary == wanted) return true;
  return std::any_of(name.aliases.begin(), name.aliases.end(),
                     [&](const Alias& alias) { return alias.name == wanted; });
}

std::optional<std::uint32_t> member_index(const Enum& enumeration, std::string_view name) {
  for (std::uint32_t i = 0; i < enumeration.members.size(); ++i) {
    if (is_called(enumeration.members[i].name, name)) return i;
  }
  return std::nullopt;
}

std::uint64_t all_members(const Enum& enumeration) {
  const std::size_t count = enumeration.members.size();
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

std::uint64_t mask_from(const Enum& scale, std::uint32_t member, bool better) {
  std::uint64_t mask = 0;
  bool passed = false;
  for (const std::uint32_t one : scale.best_to_worst) {
    const bool here = one == member;
    if (here || passed != better) mask |= std::uint64_t{1} << one;
    passed = passed || here;
  }
  return mask;
}

namespace {

// The states of a document that a rule may ask for, in the order of their bits: as in run::DocumentState.
constexpr std::pair<std::string_view, std::string_view> kDocumentStates[] = {
    {"owed", "待交"}, {"held", "已交"}, {"refused", "退回"}};

std::optional<std::uint32_t> document_state(std::string_view name) {
  for (std::uint32_t i = 0; i < std::size(kDocumentStates); ++i) {
    if (name == kDocumentStates[i].first || name == kDocumentStates[i].second) return i;
  }
  return std::nullopt;
}

std::vector<std::string> all_names(const Name& name) {
  std::vector<std::string> names{name.primary};
  for (const Alias& alias : name.aliases) names.push_back(alias.name);
  return names;
}

void append(std::vector<std::string>& to, std::vector<std::string> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Type root_type(const Path& path) {
  return path.given != nullptr ? path.given->type : path.entry != nullptr ? path.entry->type : Type{};
}

bool begins_with_field(const std::string& longer, const std::string& key) {
  return longer.size() > key.size() && longer[key.size()] == '.' && longer.compare(0, key.size(), key) == 0;
}

}  // namespace

const Field* find_field(const Record& record, std::string_view wanted) {
  for (const Field& field : record.fields) {
    if (is_called(field.name, wanted)) return &field;
  }
  return nullptr;
}

// ---- what is known of a fact
// ---------------------------------------------------------------------------------------------------

std::uint64_t Checker::possible(const std::string& key) const {
  std::uint64_t mask = ~std::uint64_t{0};
  for (const Scope* scope = &scope_; scope != nullptr; scope = scope->parent) {
    for (const Known& known : scope->known) {
      if (known.has_mask && known.path == key) mask &= known.mask;
    }
  }
  return mask;
}

bool Checker::known_condition(const std::string& condition) const {
  if (condition.empty()) return false;
  for (const Scope* scope = &scope_; scope != nullptr; scope = scope->parent) {
    for (const Known& known : scope->known) {
      if (known.condition != nullptr && canonical(*known.condition) == condition) return true;
    }
  }
  return false;
}

bool Checker::known_to_exist_key(const std::string& key) const {
  for (const Scope* scope = &scope_; scope != nullptr; scope = scope->parent) {
    for (const Known& known : scope->known) {
      if (known.exists && (known.path == key || begins_with_field(known.path, key))) return true;
    }
  }
  return false;
}

namespace {

// The key of the path that `expr` names, with `container` in the place of the record's own entry.
std::string key_within(const Expr& expr, const Path& container) {
  Path path = container;
  path.fields.insert(path.fields.end(), expr.path.fields.begin(), expr.path.fields.end());
  return path_key(path);
}

}  // namespace

bool Checker::implied(const Expr& condition, const Path& container) const {
  switch (condition.kind) {
    case ExprKind::boolean:
      return condition.truth;
    case ExprKind::in_mask: {
      const std::uint64_t mask = possible(key_within(*condition.args[0], container));
      const Enum* enumeration = condition.args[0]->type.enumeration;
      const std::uint64_t all = enumeration != nullptr ? all_members(*enumeration) : ~std::uint64_t{0};
      return (mask & all & ~condition.mask) == 0;
    }
    case ExprKind::fact:
    case ExprKind::entry:
      return condition.type.kind == TypeKind::boolean && (possible(key_within(condition, container)) & 3U) == 2;
    case ExprKind::not_:
      return refuted(*condition.args[0], container);
    case ExprKind::and_:
      return std::all_of(condition.args.begin(), condition.args.end(),
                         [&](const Expr* one) { return implied(*one, container); });
    case ExprKind::or_:
      return std::any_of(condition.args.begin(), condition.args.end(),
                         [&](const Expr* one) { return implied(*one, container); });
    case ExprKind::exists:
      return known_to_exist_key(key_within(*condition.args[0], container));
    default:
      break;
  }
  const Entry* self = nullptr;  // the record's own entry: the root of whatever path stands in the condition
  for (const Expr* at = &condition; at != nullptr; at = at->args.empty() ? nullptr : at->args[0]) {
    if (at->kind == ExprKind::entry) self = at->path.entry;
  }
  return known_condition(canonical(condition, self, &container));
}

bool Checker::refuted(const Expr& condition, const Path& container) const {
  switch (condition.kind) {
    case ExprKind::boolean:
      return !condition.truth;
    case ExprKind::in_mask:
      return (possible(key_within(*condition.args[0], container)) & condition.mask) == 0;
    case ExprKind::fact:
    case ExprKind::entry:
      return condition.type.kind == TypeKind::boolean && (possible(key_within(condition, container)) & 3U) == 1;
    case ExprKind::not_:
      return implied(*condition.args[0], container);
    case ExprKind::and_:
      return std::any_of(condition.args.begin(), condition.args.end(),
                         [&](const Expr* one) { return refuted(*one, container); });
    case ExprKind::or_:
      return std::all_of(condition.args.begin(), condition.args.end(),
                         [&](const Expr* one) { return refuted(*one, container); });
    default:
      return false;
  }
}

bool Checker::known_to_exist(const Path& path) const {
  return known_to_exist_key(path_key(path));
}

Type Checker::type_of(const Path& path) const {
  Type type = path.fields.empty() ? root_type(path) : path.fields.back()->type;
  const bool may_be_absent =
      root_type(path).optional || std::any_of(path.fields.begin(), path.fields.end(), [](const Field* field) {
        return field->type.optional || field->when != nullptr;
      });
  type.optional = false;
  if (!may_be_absent) return type;
  bool optional = false;
  Path prefix = path;
  prefix.fields.clear();
  bool exists = known_to_exist(path);
  if (!exists && root_type(path).optional) optional = !known_to_exist(prefix);
  for (const Field* field : path.fields) {
    if (exists) break;
    const bool asked = field->when == nullptr || implied(*field->when, prefix);
    prefix.fields.push_back(field);
    if ((field->type.optional || !asked) && !known_to_exist(prefix)) optional = true;
  }
  type.optional = optional;
  return type;
}

// ---- members
// -------------------------------------------------------------------------------------------------------------------

const Expr* Checker::member(const Enum& enumeration, std::uint32_t index, const Span& span) {
  Expr& expr = make(ExprKind::member, enumerated_type(enumeration), span);
  expr.member = index;
  return &expr;
}

std::vector<const Enum*> Checker::visible_enumerations() const {
  std::vector<const Enum*> found;
  for (const Scope* scope = &scope_; scope != nullptr; scope = scope->parent) {
    for (const auto& [name, symbol] : scope->symbols) {
      if (symbol.kind != Symbol::enumeration || symbol.enumeration_ == nullptr) continue;
      if (std::find(found.begin(), found.end(), symbol.enumeration_) == found.end())
        found.push_back(symbol.enumeration_);
    }
  }
  return found;
}

const Enum* Checker::enumeration_of(const std::vector<std::string>& names) const {
  const Enum* found = nullptr;
  for (const Enum* enumeration : visible_enumerations()) {
    const bool has_all = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return member_index(*enumeration, name).has_value();
    });
    if (!has_all) continue;
    if (found != nullptr) return nullptr;
    found = enumeration;
  }
  return found;
}

// ---- names
// ---------------------------------------------------------------------------------------------------------------------

Resolved Checker::of_value(const Expr* expr) {
  Resolved resolved;
  resolved.kind = expr->kind == ExprKind::error ? Resolved::fault : Resolved::value;
  resolved.expr = expr;
  resolved.type = expr->type;
  return resolved;
}

Resolved Checker::of_path(Path path) {
  Resolved resolved;
  resolved.kind = Resolved::fact;
  resolved.type = type_of(path);
  resolved.path = std::move(path);
  return resolved;
}

Resolved Checker::of_table(const Table& table) {
  Resolved resolved;
  resolved.table_ = &table;
  if (table.key_paths.empty() && !table.keys.empty()) {
    resolved.kind = Resolved::table;
    return resolved;
  }
  resolved.kind = Resolved::row;
  resolved.keys = table.key_paths;  // an absent key meets only `absent` and `any`
  return resolved;
}

Resolved Checker::resolve_let_use(LetEntry& let, const Span& span) {
  resolve_let(context_, let);
  Resolved resolved;
  if (let.state != LetEntry::done) return resolved;
  switch (let.form) {
    case LetEntry::a_value: {
      if (let.let == nullptr) return resolved;
      Expr& expr = make(ExprKind::let, let.type, span);
      expr.let = let.let;
      if (expr.type.optional) expr.type.optional = !known_to_exist_key(key_of(expr));
      return of_value(&expr);
    }
    case LetEntry::a_path:
      return of_path(let.path);
    case LetEntry::a_row:
      resolved.kind = Resolved::row;
      resolved.table_ = let.table;
      resolved.keys = let.keys;
      return resolved;
    case LetEntry::a_set:
      resolved.kind = Resolved::set;
      resolved.items = let.items;
      resolved.type = let.type;
      return resolved;
    case LetEntry::a_function:
      resolved.kind = Resolved::function;
      resolved.let = &let;
      return resolved;
    case LetEntry::a_split:
      (void)fail(Code::name_is_no_value, span, {written(span)});
      return resolved;
  }
  return resolved;
}

Resolved Checker::resolve_symbol(const Symbol& symbol, const Span& span) {
  Resolved resolved;
  Path path;
  switch (symbol.kind) {
    case Symbol::let:
      return symbol.let_ != nullptr ? resolve_let_use(*symbol.let_, span) : resolved;
    case Symbol::given:
      path.given = symbol.given_;
      return of_path(std::move(path));
    case Symbol::entry:
      path.entry = symbol.entry_;
      return of_path(std::move(path));
    case Symbol::bound_path:
      return of_path(symbol.path_);
    case Symbol::bound_value:
      return of_value(symbol.value_);
    case Symbol::enumeration:
      resolved.kind = Resolved::enumeration;
      resolved.enumeration_ = symbol.enumeration_;
      return resolved;
    case Symbol::table: {
      const Table* table = symbol.table_;
      if (table == nullptr && symbol.table_entry != nullptr) table = resolve_table(context_, *symbol.table_entry);
      return table != nullptr ? of_table(*table) : resolved;
    }
    case Symbol::catalogue:
      resolved.kind = Resolved::catalogue;
      resolved.catalogue_ = symbol.catalogue_;
      return resolved;
    case Symbol::amount_part:
    case Symbol::grade: {
      if (symbol.type_.kind == TypeKind::error) return resolved;
      Expr& expr = make(ExprKind::let, symbol.type_, span);
      expr.let = symbol.stand_in;
      return of_value(&expr);
    }
    case Symbol::other:
      return resolved;  // reported where it stands
    default:
      break;
  }
  (void)fail(Code::name_is_no_value, span, {symbol.primary});
  return resolved;
}

Resolved Checker::resolve_name(std::string_view name, const Span& span, const Expected& hint) {
  if (hint.need == Expected::type && hint.type_.kind == TypeKind::enumerated && hint.type_.enumeration != nullptr) {
    if (const auto index = member_index(*hint.type_.enumeration, name))
      return of_value(member(*hint.type_.enumeration, *index, span));
  }
  if (hint.need == Expected::type && hint.type_.kind == TypeKind::document) {
    if (const auto state = document_state(name)) {
      Expr& expr = make(ExprKind::member, simple_type(TypeKind::document), span);
      expr.member = *state;
      return of_value(&expr);
    }
  }
  const Symbol* symbol = scope_.find(name);
  const bool names_value = symbol != nullptr && symbol->kind != Symbol::record && symbol->kind != Symbol::unit &&
                           symbol->kind != Symbol::standard && symbol->kind != Symbol::program &&
                           symbol->kind != Symbol::group;
  if (names_value) return resolve_symbol(*symbol, span);

  std::vector<const Enum*> owners;
  for (const Enum* enumeration : visible_enumerations()) {
    if (member_index(*enumeration, name)) owners.push_back(enumeration);
  }
  if (owners.size() == 1) return of_value(member(*owners[0], *member_index(*owners[0], name), span));
  Resolved resolved;
  if (owners.size() > 1) {
    std::string choices;
    for (const Enum* owner : owners)
      choices += (choices.empty() ? "" : ", ") + owner->name.primary + "." + std::string(name);
    (void)fail(Code::member_ambiguous, span, {std::string(name), choices});
  } else if (symbol != nullptr) {
    (void)fail(Code::name_is_no_value, span, {std::string(name)});
  } else {
    report_unknown(name, span, hint);
  }
  return resolved;
}

// A word that is the whole cell of a column of figures was hardly meant as a name.
static bool fills_figure_cell(const SourceFile& file, const Span& span, const Expected& hint) {
  if (!file.path().ends_with(".csv") || hint.need != Expected::type || !is_numeric(hint.type_)) return false;
  const std::string_view text = file.text();
  const bool opens = span.begin == 0 || std::string_view(",\"\n").find(text[span.begin - 1]) != std::string_view::npos;
  const bool closes =
      span.end >= text.size() || std::string_view(",\"\r\n").find(text[span.end]) != std::string_view::npos;
  return opens && closes;
}

// 向下取整到 分: the unit without its number; empty for other words.
static std::string_view one_of_money(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSums{{{"分", "0.01元"},
                                                                                {"角", "0.1元"},
                                                                                {"元", "1元"},
                                                                                {"fen", "0.01 yuan"},
                                                                                {"jiao", "0.1 yuan"},
                                                                                {"yuan", "1 yuan"}}};
  const auto* found = std::find_if(kSums.begin(), kSums.end(), [&](const auto& sum) { return sum.first == unit; });
  return found == kSums.end() ? std::string_view() : found->second;
}

// What may be written here: members of what is wanted, whatever is visible, members of all that is.
std::vector<std::string> Checker::all_candidates(const Expected& hint) const {
  std::vector<std::string> candidates;
  if (hint.need == Expected::type && hint.type_.kind == TypeKind::enumerated && hint.type_.enumeration != nullptr) {
    for (const Member& one : hint.type_.enumeration->members) append(candidates, all_names(one.name));
  }
  append(candidates, scope_.visible_names());
  for (const Enum* enumeration : visible_enumerations()) {
    for (const Member& one : enumeration->members) append(candidates, all_names(one.name));
  }
  candidates.erase(std::remove(candidates.begin(), candidates.end(), std::string(kItSymbol)), candidates.end());
  return candidates;
}

void Checker::report_unknown(std::string_view name, const Span& span, const Expected& hint) {
  if (report_unused_file(context_, span, name)) return;
  const std::vector<std::string> candidates = all_candidates(hint);
  if (auto number = syntax::written_number(name)) {
    (void)fail(Code::number_form, span, {std::string(name), *std::move(number)});
  } else if (const auto cut = syntax::cut_glued(name, candidates)) {
    (void)fail(Code::words_glued, span, {std::string(name), *cut});
  } else if (const std::string_view sum = one_of_money(name); !sum.empty()) {
    (void)fail(Code::unknown_name, span, {std::string(name), std::string(sum)});
  } else if (auto everyday = syntax::find_everyday(name)) {
    (void)fail(Code::everyday_word, span, {std::string(name), *std::move(everyday)});
  } else if (const auto nearest = nearest_name(name, candidates)) {
    (void)fail(Code::unknown_name, span, {std::string(name), *nearest});
  } else if (fills_figure_cell(context_.sources.file(span.file), span, hint)) {
    const std::string text = describe(simple_type(TypeKind::text));
    (void)fail(Code::other_type_needed, span, {describe(hint.type_), std::string(name), text, example(hint.type_)});
  } else {
    (void)fail(Code::name_not_declared, span, {std::string(name)});
  }
}

// ---- members of things
// -----------------------------------------------------------------------------------------------------------

Resolved Checker::column_of(const Table& table, std::vector<const Expr*> keys, std::string_view column,
                            const Span& name_span, const Span& span) {
  for (std::uint32_t i = 0; i < table.results.size(); ++i) {
    if (table.results[i].name != column) continue;
    Expr& expr = make(ExprKind::cell, table.results[i].type, span, std::move(keys));
    expr.table = &table;
    expr.column = i;
    return of_value(&expr);
  }
  std::vector<std::string> names;
  for (const Column& one : table.results) names.push_back(one.name);
  const auto nearest = nearest_name(column, names);
  if (nearest)
    (void)fail(Code::unknown_name, name_span, {std::string(column), *nearest});
  else
    (void)fail(Code::no_such_column, name_span, {table.name.primary, std::string(column)});
  return {};
}

Resolved Checker::resolve_member(const Resolved& left, std::string_view name, const Span& name_span, const Span& span) {
  Resolved none;
  switch (left.kind) {
    case Resolved::fault:
      return none;
    case Resolved::enumeration: {
      if (const auto index = member_index(*left.enumeration_, name))
        return of_value(member(*left.enumeration_, *index, span));
      std::vector<std::string> names;
      for (const Member& one : left.enumeration_->members) append(names, all_names(one.name));
      const auto nearest = nearest_name(name, names);
      if (nearest)
        (void)fail(Code::unknown_name, name_span, {std::string(name), *nearest});
      else
        (void)fail(Code::no_such_member, name_span, {left.enumeration_->name.primary, std::string(name)});
      return none;
    }
    case Resolved::row:
      return column_of(*left.table_, left.keys, name, name_span, span);
    case Resolved::table:
      (void)fail(Code::table_needs_keys, span, {left.table_->name.primary, std::to_string(left.table_->keys.size())});
      return none;
    case Resolved::fact:
      break;
    default:
      (void)fail(Code::has_no_parts, name_span, {std::string(name)});
      return none;
  }
  if (left.type.kind == TypeKind::list) {
    (void)fail(Code::list_is_no_value, span, {written(span)});
    return none;
  }
  if (left.type.kind == TypeKind::error) return none;  // its declaration is at fault, and was reported
  if (left.type.kind != TypeKind::record || left.type.record == nullptr) {
    (void)fail(Code::has_no_parts, name_span, {std::string(name)});
    return none;
  }
  if (const Field* field = find_field(*left.type.record, name)) {
    Path path = left.path;
    path.fields.push_back(field);
    return of_path(std::move(path));
  }
  std::vector<std::string> names;
  for (const Field& field : left.type.record->fields) append(names, all_names(field.name));
  std::vector<std::string> words = names;  // 购买.等级为二级及以上
  append(words, all_candidates(Expected::anything()));
  if (const auto cut = syntax::cut_glued(name, words))
    (void)fail(Code::words_glued, name_span, {std::string(name), *cut});
  else if (const auto nearest = nearest_name(name, names))
    (void)fail(Code::unknown_name, name_span, {std::string(name), *nearest});
  else
    (void)fail(Code::no_such_field, name_span, {left.type.record->name.primary, std::string(name), some_of(names)});
  return none;
}

// The name that ends `node`, with the percent sign that is glued to it and makes it nobody's name.
Span Checker::span_to_end(const Node& node, const Node& name_node) const {
  Span whole = span(name_node);
  whole.end = span(node).end;
  return whole;
}

std::string Checker::with_glued_sign(const Node& node, const Node& name_node) const {
  if (node.last_token == name_node.last_token) return std::string(name(name_node));
  return written(span_to_end(node, name_node));
}

Resolved Checker::resolve(const Node& node, const Expected& hint) {
  if (node.has(syntax::kHasError)) return {};
  switch (node.kind) {
    case NodeKind::name_ref:
      return resolve_name(with_glued_sign(node, *node.children[0]), span(node), hint);
    case NodeKind::qualified_name:
      return resolve_names(node, hint);
    case NodeKind::member_access: {
      if (context_.depth >= kMaxDepth)
        return of_value(fail(Code::nested_too_deep, span(node), {std::to_string(kMaxDepth)}));
      ++context_.depth;
      const Resolved left = resolve(*node.children[0], Expected::anything());
      --context_.depth;
      return resolve_member(left, with_glued_sign(node, *node.children[1]), span_to_end(node, *node.children[1]),
                            span(node));
    }
    case NodeKind::call:
      return call(node, hint);
    case NodeKind::it: {
      if (const Symbol* symbol = scope_.find(kItSymbol)) return resolve_symbol(*symbol, span(node));
      return of_value(fail(Code::it_outside, span(node)));
    }
    case NodeKind::parenthesised: {
      const Node& value = *node.children[0];
      if (value.kind == NodeKind::value && value.children.size() == 1 && !value.has(syntax::kHasError))
        return resolve(*value.children[0], hint);
      break;
    }
    default:
      break;
  }
  return of_value(infer(node, hint));
}

Resolved Checker::resolve_names(const Node& qualified_name, const Expected& hint) {
  const auto names = qualified_name.all(NodeKind::name);
  if (names.empty()) return {};
  Resolved resolved = resolve_name(name(*names[0]), span(*names[0]), names.size() == 1 ? hint : Expected::anything());
  for (std::size_t i = 1; i < names.size(); ++i) {
    resolved = resolve_member(resolved, name(*names[i]), span(*names[i]), span(qualified_name));
  }
  return resolved;
}

const Expr* Checker::as_value(const Resolved& resolved, const Span& span) {
  switch (resolved.kind) {
    case Resolved::fault:
      return resolved.expr != nullptr ? resolved.expr : faulty(span);
    case Resolved::value:
      return resolved.expr;
    case Resolved::fact: {
      Expr& expr = make(resolved.path.given != nullptr ? ExprKind::fact : ExprKind::entry, resolved.type, span);
      expr.path = resolved.path;
      return &expr;
    }
    case Resolved::row: {
      const Table& table = *resolved.table_;
      if (table.results.size() == 1) {
        Expr& expr = make(ExprKind::cell, table.results[0].type, span, resolved.keys);
        expr.table = &table;
        return &expr;
      }
      std::string columns;
      for (const Column& column : table.results) columns += (columns.empty() ? "" : ", ") + column.name;
      return table.results.empty() ? faulty(span)
                                   : fail(Code::row_is_no_value, span, {written(span), table.results[0].name, columns});
    }
    case Resolved::table:
      return fail(Code::table_needs_keys, span,
                  {resolved.table_->name.primary, std::to_string(resolved.table_->keys.size())});
    case Resolved::set:
      return fail(Code::set_misplaced, span);
    case Resolved::catalogue:
      return fail(Code::name_is_no_value, span, {resolved.catalogue_->name.primary});
    case Resolved::enumeration:
      return fail(Code::name_is_no_value, span, {resolved.enumeration_->name.primary});
    case Resolved::function:
      return fail(Code::function_needs_arguments, span, {written(span)});
  }
  return faulty(span);
}

std::optional<std::pair<Path, Type>> Checker::path_of_names(const Node& qualified_name) {
  const Resolved resolved = resolve_names(qualified_name, Expected::anything());
  if (resolved.kind == Resolved::fault) return std::nullopt;
  if (resolved.kind != Resolved::fact) {
    (void)fail(Code::fact_needed, span(qualified_name), {written(span(qualified_name))});
    return std::nullopt;
  }
  const Type declared = resolved.path.fields.empty() ? root_type(resolved.path) : resolved.path.fields.back()->type;
  return std::pair{resolved.path, declared};
}

std::optional<std::pair<Path, Type>> resolve_path(Context& context, const Scope& scope, const syntax::Tree& tree,
                                                  const Node& qualified_name) {
  Scope inner;
  inner.parent = &scope;
  inner.version = scope.version;
  inner.edition = scope.edition;
  Statement statement;
  statement.tree = &tree;
  statement.node = &qualified_name;
  return Checker(context, inner, statement, tree).path_of_names(qualified_name);
}

}  // namespace guiju::model
