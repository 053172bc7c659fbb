// The making of operations: slots, constants, scales, bodies of folds, look-ups and what must be settled.
#include <algorithm>
#include <tuple>

#include "plan/lowering.hpp"

namespace guiju::plan {

SectionBuilder::SectionBuilder(PlanBuilder& builder, const Layout& layout, Section& section, std::string owner)
    : builder_(builder),
      layout_(layout),
      section_(section),
      owner_(std::move(owner)),
      slots_(builder.room_for_slots()),
      buffers_(1),
      frames_(1) {}

// An operation stands in the innermost fold that one of its operands lies in: what does not depend on the entry runs
// once.
SlotId SectionBuilder::emit(Operation code, SlotInfo slot, SlotId a, SlotId b, SlotId c, Index aux, std::uint8_t mode,
                            std::uint16_t edge) {
  const auto out = static_cast<SlotId>(slots_.size());
  slots_.push_back(std::move(slot));
  std::uint16_t depth = 0;
  const auto consider = [&](SlotId s) {
    if (s != kNone) depth = std::max(depth, depth_[s]);
  };
  consider(a);
  if (takes_a_list(code)) {
    for (const SlotId s : builder_.plan.operands[aux]) consider(s);
  }
  if (code == Operation::LOOK || code == Operation::OPEN) {
    consider(b);
    if (c != kNone) {
      for (const SlotId s : builder_.plan.operands[c]) consider(s);
    }
  } else if (code != Operation::LN && code != Operation::POW && code != Operation::GRADE) {
    consider(b);
    consider(c);
  }
  if (code == Operation::CELL) {
    for (const CellInfo& cell : builder_.plan.columns[aux].cells) consider(cell.from);
  }
  if (code == Operation::ITEM) depth = std::max<std::uint16_t>(depth, static_cast<std::uint16_t>(edge + 1));
  depth_.push_back(depth);
  Op op;
  op.code = code;
  op.mode = mode;
  op.edge = edge;
  op.out = out;
  op.a = a;
  op.b = b;
  op.c = c;
  op.aux = aux;
  op.source = source_;
  buffers_[std::min<std::size_t>(depth, buffers_.size() - 1)].push_back(op);
  return out;
}

SlotId SectionBuilder::result_slot(SlotInfo slot) {
  slots_.push_back(std::move(slot));
  depth_.push_back(0);
  return static_cast<SlotId>(slots_.size() - 1);
}

SlotId SectionBuilder::constant(SlotInfo slot, ConstantInfo k) {
  return emit(Operation::CONST, std::move(slot), kNone, kNone, kNone, builder_.constant(std::move(k)));
}

SlotId SectionBuilder::truth(bool value) {
  ConstantInfo k;
  k.cls = SlotClass::truth;
  k.c = value ? 1 : 0;
  return constant(SlotInfo{}, k);
}

SlotId SectionBuilder::number(const Rational& value) {
  SlotInfo slot;
  slot.cls = SlotClass::number;
  slot.q = Rational::make(1, value.den()).value_or(Rational(1));
  ConstantInfo k;
  k.cls = SlotClass::number;
  k.c = value.num();
  const SlotId out = constant(slot, k);
  constants_[out] = value;
  return out;
}

SlotId SectionBuilder::member_constant(Index enumeration, std::uint64_t mask) {
  SlotInfo slot;
  slot.cls = SlotClass::member;
  slot.enumeration = enumeration;
  ConstantInfo k;
  k.cls = SlotClass::member;
  k.c = static_cast<i128>(mask);
  return constant(slot, k);
}

SlotId SectionBuilder::absent(const SlotInfo& like) {
  SlotInfo slot = like;
  slot.q = Rational(0);
  ConstantInfo k;
  k.cls = slot.cls;
  k.absent = true;
  return constant(slot, k);
}

SlotId SectionBuilder::both(SlotId a, SlotId b) {
  if (a == kNone) return b;
  if (b == kNone) return a;
  return emit(Operation::AND, SlotInfo{}, a, b);
}
SlotId SectionBuilder::either(SlotId a, SlotId b) {
  if (a == kNone) return b;
  if (b == kNone) return a;
  return emit(Operation::OR, SlotInfo{}, a, b);
}
SlotId SectionBuilder::negation(SlotId a) {
  return emit(Operation::NOT, SlotInfo{}, a);
}

Index SectionBuilder::operands(std::vector<SlotId> slots) {
  builder_.plan.operands.push_back(std::move(slots));
  return static_cast<Index>(builder_.plan.operands.size() - 1);
}

// ---- scales
// -------------------------------------------------------------------------------------------------------------------

// A scale of 0 belongs to constants that hold no number (absent, no limit): they fit every scale.
SlotId SectionBuilder::aligned(SlotId slot, const Rational& q) {
  const SlotInfo from = slots_[slot];
  if (from.cls != SlotClass::number || from.q == q || from.q.is_zero()) return slot;
  SlotInfo to = from;
  to.q = q;
  const auto known = constants_.find(slot);
  const auto factor = div(from.q, q);
  if (known != constants_.end()) {
    const auto c = div(known->second, q);
    if (c && c->is_integer()) {
      ConstantInfo k;
      k.cls = SlotClass::number;
      k.c = c->num();
      const Rational value = known->second;
      const SlotId out = constant(to, k);
      constants_[out] = value;
      return out;
    }
  }
  return emit(Operation::SCALE, to, slot, kNone, kNone, builder_.ratio(factor.value_or(Rational(1))));
}

Rational SectionBuilder::common_scale(const std::vector<SlotId>& slots) {
  Rational q(0);
  for (const SlotId s : slots) q = gcd(q, slots_[s].q).value_or(q);
  return q.is_zero() ? Rational(1) : q;
}

std::vector<SlotId> SectionBuilder::align_all(const std::vector<SlotId>& slots) {
  if (slots.empty() || slots_[slots.front()].cls != SlotClass::number) return slots;
  const Rational q = common_scale(slots);
  std::vector<SlotId> out;
  for (const SlotId s : slots) out.push_back(aligned(s, q));
  return out;
}

SlotId SectionBuilder::rounded(SlotId slot, Rounding mode, const Rational& unit) {
  SlotInfo to = slots_[slot];
  const Rational ratio = div(to.q, unit).value_or(Rational(1));
  to.q = unit;
  to.fraction = false;
  return emit(Operation::ROUND, to, slot, kNone, kNone, builder_.ratio(ratio), static_cast<std::uint8_t>(mode));
}

SlotId SectionBuilder::pick(std::vector<std::pair<SlotId, SlotId>> branches, std::uint8_t mode) {
  std::vector<SlotId> values;
  for (const auto& b : branches) values.push_back(b.second);
  values = align_all(values);
  SlotInfo info = slots_[values.front()];
  std::vector<SlotId> pairs;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    pairs.push_back(branches[i].first);
    pairs.push_back(values[i]);
    const SlotInfo& v = slots_[values[i]];
    info.fraction = info.fraction || v.fraction;
    if (info.q.is_zero()) info.q = v.q;
    if (info.enumeration == kNone) info.enumeration = v.enumeration;
    if (info.unit.empty()) info.unit = v.unit, info.unit_factor = v.unit_factor, info.money = v.money;
  }
  return emit(Operation::PICK, info, kNone, kNone, kNone, operands(std::move(pairs)), mode);
}

const Op* SectionBuilder::producer(SlotId slot) const {
  for (const auto& buffer : buffers_) {
    const auto found = std::find_if(buffer.begin(), buffer.end(), [&](const Op& op) { return op.out == slot; });
    if (found != buffer.end()) return &*found;
  }
  return nullptr;
}

// Seen from the conditions alone: one and its opposite, or members of one fact that are all its members together.
bool SectionBuilder::one_must_hold(const std::vector<SlotId>& conditions) const {
  std::map<SlotId, std::uint64_t> masks;
  for (const SlotId slot : conditions) {
    const Op* op = producer(slot);
    if (op == nullptr) continue;
    const bool opposite =
        op->code == Operation::NOT && std::find(conditions.begin(), conditions.end(), op->a) != conditions.end();
    if (opposite) return true;
    if (op->code == Operation::INMASK) masks[op->a] |= builder_.plan.masks[op->aux];
  }
  return std::any_of(masks.begin(), masks.end(), [&](const auto& entry) {
    const Op* source = producer(entry.first);
    if (source == nullptr || (source->code != Operation::FACT && source->code != Operation::ITEM)) return false;
    const Index enumeration = slots_[entry.first].enumeration;
    if (enumeration == kNone) return false;
    const std::size_t members = builder_.plan.enums[enumeration].members.size();
    return (~entry.second & ((std::uint64_t{1} << members) - 1)) == 0;
  });
}

// Seen from the conditions alone: of each two, one is the opposite of the other or they name different members of one
// value.
bool SectionBuilder::one_may_hold(const std::vector<SlotId>& conditions) const {
  const auto excluded = [&](SlotId a, SlotId b) {
    const Op* x = producer(a);
    const Op* y = producer(b);
    if (x == nullptr || y == nullptr) return false;
    if (x->code == Operation::NOT && x->a == b) return true;
    if (y->code == Operation::NOT && y->a == a) return true;
    return x->code == Operation::INMASK && y->code == Operation::INMASK && x->a == y->a &&
           (builder_.plan.masks[x->aux] & builder_.plan.masks[y->aux]) == 0;
  };
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    for (std::size_t j = i + 1; j < conditions.size(); ++j) {
      if (!excluded(conditions[i], conditions[j])) return false;
    }
  }
  return true;
}

// ---- what must be settled
// -------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::not_empty(SlotId list) {
  const auto known = not_empty_.find(list);
  if (known != not_empty_.end()) return known->second;
  FoldInfo fold;
  fold.depth = depth_[list];
  builder_.plan.folds.push_back(fold);
  return not_empty_[list] =
             emit(Operation::FOLD, SlotInfo{}, list, kNone, kNone, static_cast<Index>(builder_.plan.folds.size() - 1),
                  static_cast<std::uint8_t>(FoldKind::any));
}

SlotId SectionBuilder::lower_guarded(const model::Expr& e, Environment& env, SlotId condition) {
  if (condition != kNone) guards_.push_back(condition);
  const SlotId out = lower(e, env);
  if (condition != kNone) guards_.pop_back();
  return out;
}

void SectionBuilder::open_frame() {
  frames_.push_back({guards_.size()});
}
SectionBuilder::Reached SectionBuilder::close_frame() {
  Reached reached = std::move(frames_.back().reached);
  frames_.pop_back();
  return reached;
}

// Under the conditions inside the expression that is being lowered.
void SectionBuilder::reach(std::size_t obligation, SlotId inside) {
  for (std::size_t g = guards_.size(); g-- > frames_.back().first_guard;) inside = both(guards_[g], inside);
  frames_.back().reached.emplace_back(obligation, inside);
}

std::size_t SectionBuilder::add_obligation(Obligation obligation) {
  obligations_.push_back(std::move(obligation));
  return obligations_.size() - 1;
}

void SectionBuilder::settle(GapInfo::Kind kind, SlotId truth, const Span& span) {
  Obligation o;
  o.kind = kind;
  o.truth = truth;
  o.span = span;
  reach(add_obligation(std::move(o)));
}

void SectionBuilder::add_obligations() {
  for (const auto& [index, inside] : frames_.front().reached) {
    Obligation& o = obligations_[index];
    if (inside == kNone) o.always = true;
    o.guards.push_back(inside);
  }
  frames_.front().reached.clear();
  for (const Obligation& o : obligations_) {
    if (o.guards.empty()) continue;
    SlotId reached = kNone;
    if (!o.always) {
      for (const SlotId g : o.guards) reached = either(reached, g);
    }
    const SlotId truth = o.always ? o.truth : either(negation(reached), o.truth);
    if (o.refusing != nullptr)
      add_granting(section_.requirements, granting(o, truth));
    else
      section_.gaps.push_back({o.kind, o.name, truth, builder_.place(o.span)});
  }
}

void SectionBuilder::doubt(std::string what, const model::Label& note, SlotId used, SharedText label) {
  if (used != kNone && depth_[used] > 0) used = kNone;
  section_.doubts.push_back({std::move(what), builder_.local(note), used, false});
  section_.doubts.back().label = std::move(label);
}

void SectionBuilder::doubt(std::string what, const model::Doubt& doubtful, SlotId used, SharedText label) {
  if (!doubtful.doubtful) return;
  doubt(std::move(what), doubtful.note, used, std::move(label));
  section_.doubts.back().secondhand = doubtful.secondhand;
}

void SectionBuilder::cite(const std::string& what, const model::Citation& source, SlotId used) {
  section_.citations.push_back(builder_.citation(source));
  const bool secondhand = source.check == model::Citation::secondhand;
  if (!secondhand && source.check != model::Citation::unverified) return;
  doubt(what, source.note, used);
  section_.doubts.back().secondhand = secondhand;
  section_.doubts.back().paper = section_.citations.back();
}

void SectionBuilder::cite(const model::Let& let, SlotId used) {
  const std::size_t begin = section_.doubts.size();
  for (const model::Citation& source : let.citations) cite(let.name.primary, source, used);
  let_doubts_.push_back({&let, {begin, section_.doubts.size()}});
}

void SectionBuilder::tell_with(const Doubts& doubts, SlotId slot) {
  for (std::size_t i = doubts.begin; i < doubts.end; ++i) section_.doubts[i].by.push_back(slot);
}

// Once everything that decides is lowered. A function is gone by then, expanded where it was called: always told of.
void SectionBuilder::tell_with_lets() {
  for (const auto& [let, doubts] : let_doubts_) {
    if (let->value == nullptr) continue;
    tell_with(doubts, kNone);
    for (const auto& [key, slot] : lets_) {
      if (key.second == let) tell_with(doubts, slot);
    }
  }
}

// ---- look-ups
// -------------------------------------------------------------------------------------------------------------------

namespace {

bool refuses(const model::Table& t) {
  if (t.otherwise == model::Table::refuse) return true;
  return std::any_of(t.rows.begin(), t.rows.end(), [](const model::Row& r) {
    return std::any_of(r.results.begin(), r.results.end(),
                       [](const model::ResultCell& c) { return c.kind == model::ResultCell::not_entitled; });
  });
}

PatternInfo lower_pattern(const model::Pattern& p, const Rational& q) {
  PatternInfo out;
  out.negated = p.negated;
  switch (p.kind) {
    case model::Pattern::any:
      out.kind = PatternInfo::any;
      break;
    case model::Pattern::absent:
      out.kind = PatternInfo::absent;
      break;
    case model::Pattern::member_set:
    case model::Pattern::truth:
      out.kind = PatternInfo::member_set;
      break;
    case model::Pattern::interval:
      out.kind = PatternInfo::interval;
      break;
    case model::Pattern::text_set:
      out.kind = PatternInfo::text_set;
      break;
    case model::Pattern::region_set:
      out.kind = PatternInfo::region_set;
      break;
  }
  out.mask = p.mask;
  out.texts = p.texts;
  out.regions = p.regions;
  for (const auto& i : p.intervals) {
    PatternInfo::Interval interval;
    interval.has_low = i.low.has_value();
    interval.has_high = i.high.has_value();
    interval.low_open = i.low_open;
    interval.high_open = i.high_open;
    if (i.low) interval.low = div(*i.low, q).value_or(Rational(0)).num();
    if (i.high) interval.high = div(*i.high, q).value_or(Rational(0)).num();
    out.intervals.push_back(interval);
  }
  return out;
}

void index_by_text(TableInfo& table, std::size_t keys) {
  constexpr std::size_t kWorthAnIndex = 16;
  if (table.rows.size() < kWorthAnIndex) return;
  for (std::size_t k = 0; k < keys; ++k) {
    const bool all_texts = std::all_of(table.rows.begin(), table.rows.end(), [&](const std::vector<PatternInfo>& row) {
      return row[k].kind == PatternInfo::text_set && !row[k].negated;
    });
    if (!all_texts) continue;
    table.text_key = static_cast<Index>(k);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      for (const std::string& text : table.rows[r][k].texts) table.rows_by_text[text].push_back(static_cast<Index>(r));
    }
    return;
  }
}

}  // namespace

SlotId SectionBuilder::row_of(const std::vector<model::Row>& rows, const std::vector<SlotId>& keys, bool first_hit,
                              const std::string& name, const SharedText& label) {
  // Limits of intervals are whole numbers in the scale of their key.
  std::vector<SlotId> scaled = keys;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    if (info(keys[k]).cls != SlotClass::number) continue;
    Rational q = info(keys[k]).q;
    for (const model::Row& row : rows) {
      for (const auto& i : row.keys[k].intervals) {
        if (i.low) q = gcd(q, *i.low).value_or(q);
        if (i.high) q = gcd(q, *i.high).value_or(q);
      }
    }
    scaled[k] = aligned(keys[k], q);
  }
  TableInfo table;
  table.name = name;
  table.label = label;
  table.first_hit = first_hit;
  for (const model::Row& row : rows) {
    std::vector<PatternInfo> patterns;
    for (std::size_t k = 0; k < scaled.size(); ++k) {
      const bool is_scaled = info(scaled[k]).cls == SlotClass::number || info(scaled[k]).cls == SlotClass::months;
      const Rational& q = info(scaled[k]).q;
      patterns.push_back(lower_pattern(row.keys[k], is_scaled && !q.is_zero() ? q : Rational(1)));
    }
    table.rows.push_back(std::move(patterns));
  }
  index_by_text(table, scaled.size());
  builder_.plan.tables.push_back(std::move(table));
  SlotInfo slot;
  slot.cls = SlotClass::row;
  return emit(Operation::LOOK, slot, kNone, kNone, operands(scaled),
              static_cast<Index>(builder_.plan.tables.size() - 1));
}

SlotId SectionBuilder::hit(SlotId row, std::vector<Index> rows) {
  std::sort(rows.begin(), rows.end());
  builder_.plan.row_sets.push_back(std::move(rows));
  return emit(Operation::HIT, SlotInfo{}, row, kNone, kNone, static_cast<Index>(builder_.plan.row_sets.size() - 1));
}

SectionBuilder::Look SectionBuilder::look(const model::Table& table, const std::vector<const model::Expr*>& keys,
                                          Environment& env, bool needs_row) {
  std::vector<SlotId> slots;
  for (const model::Expr* key : keys) slots.push_back(lower(*key, env));
  const auto memo = std::pair{&table, slots};
  auto known = look_memo_.find(memo);
  if (known == look_memo_.end()) {
    LookRecord record;
    const bool first =
        std::none_of(look_memo_.begin(), look_memo_.end(), [&](const auto& one) { return one.first.first == &table; });
    if (first) {
      const std::size_t begin = section_.doubts.size();
      for (const model::Citation& source : table.citations) cite(table.name.primary, source);
      table_doubts_[&table] = {begin, section_.doubts.size()};
    }
    record.row = row_of(table.rows, slots, table.first_hit, table.name.primary, builder_.local(table.label));
    tell_with(table_doubts_[&table], record.row);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const model::Row& row = table.rows[r];
      if (!doubtful(row)) continue;
      doubt(table.name.primary, row.note, hit(record.row, {static_cast<Index>(r)}), builder_.local(table.label));
      section_.doubts.back().by = {record.row};
    }
    looks_.push_back(std::move(record));
    known = look_memo_.emplace(memo, looks_.size() - 1).first;
  }
  LookRecord& record = looks_[known->second];
  if (needs_row) {
    if (record.obligations.empty()) oblige_look(record, table, env);
    for (const std::size_t o : record.obligations) reach(o);
  }
  return {&table, record.row};
}

SlotId SectionBuilder::cell(const Look& look, const std::vector<const model::ResultCell*>& cells,
                            const model::Expr* otherwise, const model::Type& type, Environment& env) {
  SlotInfo slot;
  slot.cls = class_of(type);
  if (slot.cls == SlotClass::member) slot.enumeration = builder_.enumeration(*type.enumeration);
  if (slot.cls == SlotClass::number) {
    slot.unit = type.unit->name;
    slot.unit_factor = type.unit->factor;
    slot.money = is_money(type.unit);
    slot.percent = type.percent && slot.unit.empty();
  }
  // Constants of one scale; formulas become slots of the same scale.
  std::vector<std::pair<const model::Expr*, SlotId>> formulas;
  Rational q(0);
  const auto consider = [&](const model::Expr* e, std::size_t r) {
    if (e == nullptr) return;
    if (e->kind == model::ExprKind::number) {
      q = gcd(q, Rational::make(1, e->value.den()).value_or(Rational(1))).value_or(q);
      return;
    }
    const bool simple = e->kind == model::ExprKind::date || e->kind == model::ExprKind::member ||
                        e->kind == model::ExprKind::boolean || e->kind == model::ExprKind::text ||
                        e->kind == model::ExprKind::region || e->kind == model::ExprKind::duration ||
                        e->kind == model::ExprKind::no_limit || e->kind == model::ExprKind::absent;
    if (simple) return;
    const SlotId s = lower_guarded(*e, env, hit(look.row, {static_cast<Index>(r)}));
    formulas.emplace_back(e, s);
    q = gcd(q, info(s).q).value_or(q);
    slot.fraction = slot.fraction || info(s).fraction;
  };
  for (std::size_t r = 0; r < cells.size(); ++r) consider(cells[r]->expr, r);
  consider(otherwise, cells.size());
  slot.q = q.is_zero() ? Rational(1) : q;
  const auto to_cell = [&](const model::Expr* e) {
    CellInfo out;
    out.kind = CellInfo::constant;
    switch (e->kind) {
      case model::ExprKind::number:
        out.c = div(e->value, slot.q).value_or(Rational(0)).num();
        return out;
      case model::ExprKind::date:
        out.c = e->day;
        return out;
      case model::ExprKind::duration:
        out.c = slot.cls == SlotClass::days ? e->days : e->months;
        return out;
      case model::ExprKind::member:
        out.c = static_cast<i128>(std::uint64_t{1} << e->member);
        return out;
      case model::ExprKind::boolean:
        out.c = e->truth ? 1 : 0;
        return out;
      case model::ExprKind::text:
        out.text = e->text;
        return out;
      case model::ExprKind::region:
        out.c = e->region;
        return out;
      case model::ExprKind::no_limit:
        out.kind = CellInfo::no_limit;
        return out;
      case model::ExprKind::absent:
        out.kind = CellInfo::absent;
        return out;
      default:
        break;
    }
    const auto formula = std::find_if(formulas.begin(), formulas.end(), [&](const auto& f) { return f.first == e; });
    out.kind = CellInfo::slot;
    out.from = formula == formulas.end() ? kNone : aligned(formula->second, slot.q);
    return out;
  };
  ColumnInfo column;
  for (const model::ResultCell* c : cells) {
    CellInfo out;
    switch (c->kind) {
      case model::ResultCell::value:
        out = to_cell(c->expr);
        break;
      case model::ResultCell::absent:
        out.kind = CellInfo::absent;
        break;
      case model::ResultCell::no_limit:
        out.kind = CellInfo::no_limit;
        break;
      case model::ResultCell::not_entitled:
        out.kind = CellInfo::refused;
        break;
    }
    column.cells.push_back(std::move(out));
  }
  CellInfo hole;
  if (look.table != nullptr)
    hole.kind = look.table->otherwise == model::Table::refuse ? CellInfo::refused : CellInfo::gap;
  column.cells.push_back(otherwise != nullptr ? to_cell(otherwise) : hole);
  builder_.plan.columns.push_back(std::move(column));
  return emit(Operation::CELL, slot, look.row, kNone, kNone, static_cast<Index>(builder_.plan.columns.size() - 1));
}

bool doubtful(const model::Row& row) {
  const bool unchecked = row.check == model::Citation::unverified || row.check == model::Citation::secondhand;
  return unchecked || std::any_of(row.results.begin(), row.results.end(),
                                  [](const model::ResultCell& c) { return c.doubt.doubtful; });
}

bool grants(const model::Row& row) {
  return std::none_of(row.results.begin(), row.results.end(),
                      [](const model::ResultCell& c) { return c.kind == model::ResultCell::not_entitled; });
}

// A row that grants nothing refuses the case, and a missing row leaves it unsettled.
void SectionBuilder::oblige_look(LookRecord& record, const model::Table& table, Environment& env) {
  std::vector<Index> granting;
  std::vector<Index> rows;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    rows.push_back(static_cast<Index>(r));
    if (grants(table.rows[r])) granting.push_back(static_cast<Index>(r));
  }
  Obligation o;
  o.name = table.name.primary;
  o.span = table.span;
  if (table.otherwise == model::Table::gap) {
    o.truth = hit(record.row, std::move(rows));
    record.obligations.push_back(add_obligation(o));
  }
  if (!refuses(table)) return;
  // Where there is no row, nothing is refused unless the table says so.
  if (table.otherwise != model::Table::refuse) granting.push_back(static_cast<Index>(table.rows.size()));
  o.truth = hit(record.row, std::move(granting));
  o.refusing = &table;
  o.row = record.row;
  o.env = &env;
  record.obligations.push_back(add_obligation(std::move(o)));
}

RequirementInfo SectionBuilder::granting(const Obligation& obligation, SlotId granted) {
  const model::Table& table = *obligation.refusing;
  RequirementInfo r;
  r.kind = RequirementInfo::table;
  r.name = table.name.primary;
  r.id = stable_id(r.name);
  r.truth = granted;
  r.place = builder_.place(obligation.span);
  r.row = obligation.row;
  if (r.row != kNone) {
    for (const model::Citation& c : table.citations) r.citations.push_back(builder_.citation(c));
    for (std::size_t n = 0; n < table.rows.size(); ++n) {
      for (const model::ResultCell& c : table.rows[n].results) {
        if (c.kind == model::ResultCell::not_entitled)
          r.row_reasons.emplace_back(static_cast<Index>(n), text(c.reason, *obligation.env));
      }
    }
    if (table.otherwise == model::Table::refuse) {
      r.row_reasons.emplace_back(static_cast<Index>(table.rows.size()), text(table.refuse_reason, *obligation.env));
    }
  }
  return r;
}

// Of what every entry of a list looks up no row can be told: a table is then one requirement, however often it is read.
void SectionBuilder::add_granting(std::vector<RequirementInfo>& to, RequirementInfo added) {
  const auto same = std::find_if(to.begin(), to.end(), [&](const RequirementInfo& r) {
    return added.row == kNone && r.kind == RequirementInfo::table && r.row == kNone && r.id == added.id;
  });
  if (same == to.end()) return to.push_back(std::move(added));
  same->truth = both(same->truth, added.truth);
}

std::vector<RequirementInfo> SectionBuilder::lower_part(const std::function<void()>& make) {
  open_frame();
  make();
  std::map<std::size_t, SlotId> refusing;  // by obligation: where it is reached, kNone always
  for (const auto& [index, inside] : close_frame()) {
    if (obligations_[index].refusing == nullptr) {
      reach(index, inside);
      continue;
    }
    const auto [known, added] = refusing.emplace(index, inside);
    if (!added) known->second = inside == kNone || known->second == kNone ? kNone : either(known->second, inside);
  }
  std::vector<RequirementInfo> out;
  for (const auto& [index, inside] : refusing) {
    const Obligation o = obligations_[index];
    add_granting(out, granting(o, inside == kNone ? o.truth : either(negation(inside), o.truth)));
  }
  return out;
}

void SectionBuilder::lower_unasked(const std::function<void()>& make) {
  open_frame();
  make();
  (void)close_frame();
}

// ---- end
// ------------------------------------------------------------------------------------------------------------------------

void SectionBuilder::begin_reasons() {
  section_.reasons_begin = static_cast<Index>(buffers_.front().size());
  tell_with_lets();
}

void SectionBuilder::finish() {
  section_.ops = std::move(buffers_.front());
  section_.producer.assign(slots_.size(), kNone);
  for (std::size_t i = 0; i < section_.ops.size(); ++i) {
    const Op& op = section_.ops[i];
    section_.producer[op.out] = static_cast<Index>(i);
    if (op.code == Operation::FOOT) {
      for (const SlotId s : builder_.plan.feet[op.aux].out_parts) section_.producer[s] = static_cast<Index>(i);
    }
  }
  section_.slots = builder_.slots(std::move(slots_));
}

Template SectionBuilder::text(const model::Template& t, Environment& env) {
  const auto copy = [&](const std::vector<model::TextPiece>& pieces) {
    std::vector<TemplatePiece> out;
    for (const model::TextPiece& p : pieces) {
      SlotId hole = p.hole == nullptr ? kNone : lower(*p.hole, env);
      if (hole != kNone && depth_[hole] >= buffers_.size()) hole = kNone;  // of an entry that is not at hand
      out.push_back({builder_.text(p.text), hole, p.this_version});
    }
    return out;
  };
  return {copy(t.zh), copy(t.en)};
}

bool SectionBuilder::name_let(const model::Let& let) {
  const auto found =
      std::find_if(lets_.begin(), lets_.end(), [&](const auto& entry) { return entry.first.second == &let; });
  const SlotId slot = found == lets_.end() ? kNone : found->second;
  if (slot != kNone && depth_[slot] > 0) return false;
  named_.push_back(&let);
  section_.lets.push_back({let.name.primary, slot, builder_.names(let.name), builder_.place(let.span)});
  return true;
}

void SectionBuilder::cite_shared_lets() {
  std::vector<const model::Let*> others;
  for (const auto& [key, slot] : lets_) {
    const model::Let* const let = key.second;
    const bool shared = builder_.shared_lets.count(let) != 0;
    if (shared && std::find(others.begin(), others.end(), let) == others.end()) others.push_back(let);
  }
  std::sort(others.begin(), others.end(), [](const model::Let* a, const model::Let* b) {
    return std::pair{a->span.file, a->span.begin} < std::pair{b->span.file, b->span.begin};
  });
  for (const model::Let* let : others) {
    cite(*let);
  }
}

void SectionBuilder::name_other_lets() {
  std::vector<std::pair<const model::Let*, SlotId>> others;
  for (const auto& [key, slot] : lets_) {
    const bool named = std::find(named_.begin(), named_.end(), key.second) != named_.end();
    const bool told = std::find(results_.begin(), results_.end(), slot) != results_.end();
    if (!named && !told && depth_[slot] == 0) others.emplace_back(key.second, slot);
  }
  std::sort(others.begin(), others.end(), [](const auto& a, const auto& b) {
    return std::tuple{a.first->span.file, a.first->span.begin, a.second} <
           std::tuple{b.first->span.file, b.first->span.begin, b.second};
  });
  others.erase(std::unique(others.begin(), others.end()), others.end());
  for (const auto& [let, slot] : others) {
    section_.lets.push_back({let->name.primary, slot, builder_.names(let->name), builder_.place(let->span)});
  }
}

// FNV-1a: the same names give the same number in every compilation.
std::uint32_t SectionBuilder::stable_id(const std::string& name) const {
  std::uint32_t hash = 2166136261U;
  for (const char ch : owner_ + "/" + name) {
    hash ^= static_cast<unsigned char>(ch);
    hash *= 16777619U;
  }
  return hash;
}

}  // namespace guiju::plan
