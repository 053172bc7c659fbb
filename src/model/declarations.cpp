// Enums, scales, units and records: the vocabulary of rule files.
#include "model/declarations.hpp"

#include <algorithm>

#include "diagnostics/codes.hpp"

namespace guiju::model {

using syntax::Keyword;
using syntax::Node;
using syntax::NodeKind;
using syntax::Tree;

namespace {

constexpr std::size_t kMostMembers = 60;   // one bit each in a mask, beside the bits of an unclassified grade
constexpr std::size_t kMostFields = 5000;  // that a record comes to; those of real rules have some dozens

// ---- enums and scales --------------------------------------------------------------------------------------------

// Reports names and aliases that two of `names` share.
void check_unique(Context& context, const std::vector<const Name*>& names) {
  std::map<std::string, Span, std::less<>> seen;
  for (const Name* name : names) {
    for (const std::string& spelling : spellings(*name)) {
      const auto [place, added] = seen.emplace(spelling, name->span);
      if (!added) report_twice(context, name->span, spelling, place->second);
    }
  }
}

void order_scale(Context& context, const Declared& declared, Enum& scale) {
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> floors;
  for (std::uint32_t i = 0; i < scale.members.size(); ++i) (scale.members[i].floor ? floors : order).push_back(i);
  if (!scale.best_first) std::reverse(order.begin(), order.end());
  if (floors.size() > 1 || (floors.size() == 1 && floors[0] + 1 != scale.members.size())) {
    context.diagnostics.add(Code::floor_not_last, declared.tree->span(*declared.node),
                            {scale.members[floors[0]].name.primary});
  }
  order.insert(order.end(), floors.begin(), floors.end());
  scale.best_to_worst = std::move(order);
}

// `甲 "甲类" en "kind a"`: without its `/` a label in another language becomes a member.
void hold_slash(Context& context, const Tree& tree, const Node& member) {
  const Node& name = *name_node(member);
  const syntax::Token& before = tree.tokens().tokens[member.first_token - 1];
  const bool behind_label = before.kind == syntax::TokenKind::text;
  const std::string_view written = context.sources.text(tree.span(name));
  if (behind_label && member.child(NodeKind::label) != nullptr && (written == "en" || written == "zh"))
    context.diagnostics.add(Code::slash_missing, tree.span(name), {std::string(written)});
}

void fill_enum(Context& context, const Declared& declared) {
  Enum& target = *declared.enumeration;
  const Tree& tree = *declared.tree;
  const Node& node = *declared.node;
  target.label = plain_label(context, tree, node.child(NodeKind::label));
  target.scale = node.kind == NodeKind::scale_decl;
  target.best_first = node.op == Keyword::best;
  for (const Node* member : node.all(NodeKind::member)) {
    const Node* name = name_node(*member);
    if (name == nullptr) continue;
    hold_slash(context, tree, *member);
    target.members.push_back({make_name(context, tree, *name),
                              plain_label(context, tree, member->child(NodeKind::label)), member->has(syntax::kFloor)});
  }
  if (target.members.empty()) context.diagnostics.add(Code::nothing_inside, tree.span(node), {target.name.primary});
  if (target.members.size() > kMostMembers) {
    context.diagnostics.add(Code::too_many_members, tree.span(node),
                            {target.name.primary, std::to_string(target.members.size())});
    target.members.resize(kMostMembers);
  }
  std::vector<const Name*> names;
  for (const Member& member : target.members) names.push_back(&member.name);
  check_unique(context, names);
  if (target.scale) order_scale(context, declared, target);
}

// ---- units -------------------------------------------------------------------------------------------------------

class UnitFiller {
 public:
  UnitFiller(Context& context, std::span<const Declared> all) : context_(context), all_(all) {
    for (const Declared& declared : all) {
      if (declared.unit != nullptr) states_.emplace(declared.unit, State{&declared});
    }
  }
  void fill_all() {
    for (const Declared& declared : all_) {
      if (declared.unit != nullptr) fill(states_.at(declared.unit));
    }
  }

 private:
  struct State {
    const Declared* declared;
    enum Progress : std::uint8_t { open, busy, done } progress = open;
  };

  void fill(State& state) {
    if (state.progress == State::done) return;
    const Declared& declared = *state.declared;
    const Tree& tree = *declared.tree;
    Unit& unit = *declared.unit;
    unit.name = declared.name.primary;
    const Label label = plain_label(context_, tree, declared.node->child(NodeKind::label));
    context_.rulebook.unit_labels[unit.name] = label;
    for (const Alias& alias : declared.name.aliases) context_.rulebook.unit_labels[alias.name] = label;
    const Node* definition = declared.node->child(NodeKind::quantity_literal);
    if (state.progress == State::busy) {
      context_.diagnostics.add(Code::unit_circle, tree.span(*declared.node), {unit.name});
      return;
    }
    state.progress = State::busy;
    if (definition == nullptr) {
      unit.dimension = {{context_.next_dimension++, std::int8_t{1}}};
      unit.factor = 1;
    } else {
      define(unit, *declared.scope, tree, *definition);
    }
    state.progress = State::done;
  }

  void define(Unit& unit, const Scope& scope, const Tree& tree, const Node& definition) {
    const syntax::Literal& literal = tree.literal(definition);
    fill_named(scope, literal.unit);
    const auto base = resolve_unit(context_, scope, literal.unit, tree.span(definition));
    if (!base) return;
    const auto factor = mul(literal.value, base->factor);
    if (!factor || factor->sign() <= 0) {
      context_.diagnostics.add(Code::unit_size, tree.span(definition), {unit.name});
      return;
    }
    unit.dimension = base->dimension;
    unit.factor = *factor;
  }

  // The declared units that a definition names must be filled first.
  void fill_named(const Scope& scope, std::string_view written) {
    constexpr std::string_view kBreaks = "*/()";
    while (!written.empty()) {
      const std::size_t end = std::min(written.find_first_of(kBreaks), written.size());
      const Symbol* symbol = scope.find(written.substr(0, end));
      if (symbol != nullptr && symbol->kind == Symbol::unit) {
        if (const auto found = states_.find(symbol->unit_); found != states_.end()) fill(found->second);
      }
      written.remove_prefix(std::min(end + 1, written.size()));
    }
  }

  Context& context_;
  std::span<const Declared> all_;
  std::map<const Unit*, State> states_;
};

// ---- records -----------------------------------------------------------------------------------------------------

class RecordFiller {
 public:
  RecordFiller(Context& context, std::span<const Declared> all) : context_(context) {
    for (const Declared& declared : all) {
      if (declared.record != nullptr) records_.push_back({&declared, {}, Progress::open});
    }
  }

  void fill_all() {
    for (Work& work : records_) fill(work);
    for (const Work& work : records_) find_circle(work);
    for (const Work& work : records_) (void)width_of(*work.declared->record);
    for (const Work& work : records_) bound_width(work);
    for (Work& work : records_) {
      for (const Pending& pending : work.fields) read_domain(*work.declared, pending);
    }
    for (Work& work : records_) read_conditions(work);
  }

 private:
  enum class Progress : std::uint8_t { open, busy, done };
  struct Pending {  // a field and where it is written: in this record, or in the one it is built on
    std::size_t index;
    const Declared* written_in;
    const Node* node;
  };
  struct Work {
    const Declared* declared;
    std::vector<Pending> fields;
    Progress progress;
  };

  Work* find(const Record* record) {
    const auto found =
        std::find_if(records_.begin(), records_.end(), [&](const Work& w) { return w.declared->record == record; });
    return found == records_.end() ? nullptr : &*found;
  }

  void fill(Work& work) {
    if (work.progress == Progress::done) return;
    const Declared& declared = *work.declared;
    if (work.progress == Progress::busy) {
      context_.diagnostics.add(Code::record_circle, declared.name.span, {declared.name.primary});
      return;
    }
    work.progress = Progress::busy;
    Record& record = *declared.record;
    record.label = plain_label(context_, *declared.tree, declared.node->child(NodeKind::label));
    if (const Node* base = declared.node->child(NodeKind::record_base)) add_base(work, *base);
    for (const Node* field : declared.node->all(NodeKind::field)) add_field(work, declared, *field);
    if (record.fields.empty() && !declared.node->has(syntax::kHasError)) {
      context_.diagnostics.add(Code::nothing_inside, declared.name.span, {declared.name.primary});
    }
    std::vector<const Name*> names;
    for (const Field& field : record.fields) names.push_back(&field.name);
    check_unique(context_, names);
    work.progress = Progress::done;
  }

  void add_base(Work& work, const Node& base) {
    const Declared& declared = *work.declared;
    const Node* name = base.child(NodeKind::name);
    if (name == nullptr) return;
    const std::string wanted(declared.tree->name_text(*name));
    const Symbol* symbol = declared.scope->find(wanted);
    if (symbol == nullptr) {
      report_unknown_name(context_, *declared.scope, declared.tree->span(*name), wanted);
      return;
    }
    if (symbol->kind == Symbol::other) return;
    Work* built_on = symbol->kind == Symbol::record ? find(symbol->record_) : nullptr;
    if (built_on == nullptr) {
      context_.diagnostics.add(Code::base_no_record, declared.tree->span(*name), {wanted});
      return;
    }
    fill(*built_on);
    for (const Pending& pending : std::vector<Pending>(built_on->fields))
      add_field(work, *pending.written_in, *pending.node);
  }

  void add_field(Work& work, const Declared& written_in, const Node& node) {
    const Node* name = name_node(node);
    const Node* type = node.child(NodeKind::type);
    if (name == nullptr || type == nullptr || node.has(syntax::kHasError)) return;
    const Tree& tree = *written_in.tree;
    Record& record = *work.declared->record;
    Field& field = record.fields.emplace_back();
    field.name = make_name(context_, tree, *name);
    field.type = resolve_type(context_, *written_in.scope, tree, *type).value_or(Type{});
    field.owner = &record;
    field.index = static_cast<std::uint32_t>(record.fields.size() - 1);
    field.label = plain_label(context_, tree, node.child(NodeKind::label));
    read_flags(field, tree, node);
    work.fields.push_back({field.index, &written_in, &node});
  }

  void read_flags(Field& field, const Tree& tree, const Node& node) {
    for (const Node* flag : node.all(NodeKind::field_flag)) {
      if (flag->op == Keyword::changeable) field.changeable = true;
      if (flag->op == Keyword::key) field.key = true;
      if (flag->op == Keyword::or_unknowable) field.unknowable = true;
    }
    const Node* ask = node.child(NodeKind::field_ask);
    if (ask == nullptr) return;
    const auto labels = ask->all(NodeKind::label);
    if (!labels.empty()) field.ask = plain_label(context_, tree, labels[0]);
    if (labels.size() > 1) field.at = plain_label(context_, tree, labels[1]);
  }

  // ---- a record inside itself: facts would have no end, through a list either

  // Without the fields that lead back to it: whatever walks through facts comes to an end.
  void find_circle(const Work& work) {
    Record& record = *work.declared->record;
    if (comes_to_an_end(record)) return;
    const auto leads_back = [&](const Field& field) {
      const Record* inner = record_in(field);
      std::vector<const Record*> seen;
      return inner != nullptr && (inner == &record || contains(*inner, record, seen));
    };
    bool found = false;
    for (Field& field : record.fields) {
      if (!leads_back(field)) continue;
      found = true;
      field.type = Type{};
    }
    if (found) context_.diagnostics.add(Code::record_circle, work.declared->name.span, {work.declared->name.primary});
  }

  static const Record* record_in(const Field& field) {
    const Type& type = field.type.kind == TypeKind::list && field.type.element ? *field.type.element : field.type;
    return type.kind == TypeKind::record ? type.record : nullptr;
  }

  // Of what leads into a circle it is searched who is on it; all others are looked at once.
  bool comes_to_an_end(const Record& record) {
    const auto [known, is_new] = ends_.emplace(&record, false);
    if (!is_new) return known->second;
    return known->second = std::all_of(record.fields.begin(), record.fields.end(), [&](const Field& field) {
             const Record* inner = record_in(field);
             return inner == nullptr || comes_to_an_end(*inner);
           });
  }

  static bool contains(const Record& outer, const Record& wanted, std::vector<const Record*>& seen) {
    if (std::find(seen.begin(), seen.end(), &outer) != seen.end()) return false;
    seen.push_back(&outer);
    return std::any_of(outer.fields.begin(), outer.fields.end(), [&](const Field& field) {
      const Record* inner = record_in(field);
      return inner != nullptr && (inner == &wanted || contains(*inner, wanted, seen));
    });
  }

  // ---- records in records multiply: counted here, before anything walks through all of their fields

  // Its fields with those of the records in it. One that is too wide passes on that it is and no more, so no sum
  // overflows.
  std::size_t width_of(const Record& record) {
    if (const auto known = widths_.find(&record); known != widths_.end()) return known->second;
    std::size_t width = 0;
    for (const Field& field : record.fields) {
      const Record* const inner = record_in(field);
      width += inner == nullptr ? 1 : std::clamp<std::size_t>(width_of(*inner), 1, kMostFields + 1);
    }
    return widths_[&record] = width;
  }

  // Told of the innermost that is too wide. None keeps the records in it: whatever walks through facts comes to an end.
  void bound_width(const Work& work) {
    Record& record = *work.declared->record;
    const std::size_t width = width_of(record);
    if (width <= kMostFields) return;
    bool told = false;
    for (Field& field : record.fields) {
      const Record* const inner = record_in(field);
      if (inner == nullptr) continue;
      told = told || width_of(*inner) > kMostFields;
      field.type = Type{};
    }
    if (told) return;
    const Name& name = work.declared->name;
    context_.diagnostics.add(Code::record_too_wide, name.span,
                             {name.primary, std::to_string(width), std::to_string(kMostFields)});
  }

  // ---- ranges and steps

  void read_domain(const Declared& owner, const Pending& pending) {
    Field& field = owner.record->fields[pending.index];
    if (field.type.kind == TypeKind::error) return;
    const Declared& place = *pending.written_in;
    if (const Node* range = pending.node->child(NodeKind::field_range)) read_range(field, place, *range);
    for (const NodeKind kind : {NodeKind::field_step, NodeKind::field_declared_to}) {
      if (const Node* step = pending.node->child(kind)) read_step(field, place, *step);
    }
  }

  const Expr* constant(const Field& field, const Declared& place, const Node& literal) {
    Type type = field.type;
    type.optional = false;
    type.integer = false;
    return check_constant(context_, *place.scope, *place.tree, literal, type);
  }

  void read_range(Field& field, const Declared& place, const Node& range) {
    const Span span = place.tree->span(range);
    if (field.type.kind != TypeKind::numeric && field.type.kind != TypeKind::date) {
      context_.diagnostics.add(Code::range_of_no_number, span, {field.name.primary});
      return;
    }
    if (range.children.empty()) return;
    const Expr* low = constant(field, place, *range.children[0]);
    const Expr* high = range.children.size() > 1 ? constant(field, place, *range.children[1]) : nullptr;
    if (low->kind == ExprKind::number) field.least = low->value;
    if (low->kind == ExprKind::date) field.first_day = low->day;
    if (high != nullptr && high->kind == ExprKind::number) field.most = high->value;
    if (high != nullptr && high->kind == ExprKind::date) field.last_day = high->day;
    const bool reversed = (field.least && field.most && compare(*field.least, *field.most) > 0) ||
                          (field.first_day && field.last_day && *field.first_day > *field.last_day);
    if (reversed) context_.diagnostics.add(Code::range_reversed, span, {field.name.primary});
  }

  void read_step(Field& field, const Declared& place, const Node& step) {
    if (step.children.empty()) return;
    const Span span = place.tree->span(step);
    if (field.type.kind != TypeKind::numeric) {
      context_.diagnostics.add(Code::range_of_no_number, span, {field.name.primary});
      return;
    }
    if (field.step) {
      context_.diagnostics.add(Code::written_twice, span, {"step, declared to"});
      return;
    }
    const Expr* value = constant(field, place, *step.children[0]);
    if (value->kind != ExprKind::number) return;
    if (value->value.sign() <= 0) {
      context_.diagnostics.add(Code::step_not_above_zero, span, {field.name.primary});
      return;
    }
    field.step = value->value;
  }

  // ---- `when`: over the sibling fields, by their bare names

  void read_conditions(Work& work) {
    Record& record = *work.declared->record;
    for (const Pending& pending : work.fields) {
      const Node* when = pending.node->child(NodeKind::field_when);
      if (when == nullptr || when->first_expression() == nullptr) continue;
      Field& field = record.fields[pending.index];
      Entry& self = context_.rulebook.entries.emplace_back();
      self.name = record.name.primary;
      self.type.kind = TypeKind::record;
      self.type.record = &record;
      Scope& scope = field_scope(record, self, *pending.written_in->scope);
      const Statement statement{pending.written_in->tree, pending.node};
      field.when = check_expression(context_, scope, statement, *when->first_expression(), Expected::a_truth());
      field.when_self = &self;
    }
  }

  // A field may have the name of an enum of the file around: here the field is meant.
  Scope& field_scope(Record& record, const Entry& self, const Scope& file) {
    Scope& scope = new_scope(context_, &file);
    for (const Field& field : record.fields) {
      Symbol symbol;
      symbol.kind = Symbol::bound_path;
      symbol.path_.entry = &self;
      symbol.path_.fields = {&field};
      symbol.type_ = field.type;
      symbol.primary = field.name.primary;
      symbol.span = field.name.span;
      for (const std::string& spelling : spellings(field.name)) scope.symbols.emplace(spelling, symbol);
    }
    return scope;
  }

  Context& context_;
  std::vector<Work> records_;
  std::map<const Record*, bool> ends_;  // false also while it is looked at
  std::map<const Record*, std::size_t> widths_;
};

}  // namespace

void fill_enums(Context& context, std::span<const Declared> all) {
  for (const Declared& declared : all) {
    if (declared.enumeration != nullptr) fill_enum(context, declared);
  }
}

void fill_units(Context& context, std::span<const Declared> all) {
  UnitFiller(context, all).fill_all();
}

void fill_records(Context& context, std::span<const Declared> all) {
  RecordFiller(context, all).fill_all();
}

}  // namespace guiju::model
