// Expressions to operations, one function a family.
#include <algorithm>
#include <utility>

#include "plan/lowering.hpp"

namespace guiju::plan {

using model::Expr;
using model::ExprKind;

namespace {

SlotInfo slot_of(const model::Type& type, PlanBuilder& builder) {
  SlotInfo slot;
  slot.cls = class_of(type);
  if (type.kind == model::TypeKind::enumerated) slot.enumeration = builder.enumeration(*type.enumeration);
  if (type.kind == model::TypeKind::numeric) {
    slot.unit = type.unit->name;
    slot.unit_factor = type.unit->factor;
    slot.money = is_money(type.unit);
  }
  return slot;
}

}  // namespace

SlotId SectionBuilder::lower(const Expr& e, Environment& env) {
  const auto key = std::pair{static_cast<const Environment*>(&env), &e};
  const auto known = memo_.find(key);
  if (known != memo_.end()) {
    for (const auto& [obligation, inside] : known->second.reached) reach(obligation, inside);
    return known->second.slot;
  }
  open_frame();
  const Index around = std::exchange(source_, builder_.place(e.span));
  say_compared(e);
  const SlotId slot = lower_new(e, env);
  source_ = around;
  Lowered& lowered = memo_[key];
  lowered = {slot, close_frame()};
  for (const auto& [obligation, inside] : lowered.reached) reach(obligation, inside);
  // What a number is shown in comes from its type; the scale comes from its operation.
  SlotInfo& info = slots_[slot];
  if (info.cls == SlotClass::number && e.type.kind == model::TypeKind::numeric && info.unit.empty()) {
    info.unit = e.type.unit->name;
    info.unit_factor = e.type.unit->factor;
    info.money = is_money(e.type.unit);
  }
  if (info.cls == SlotClass::number && e.type.percent && info.unit.empty()) info.percent = true;
  return slot;
}

// Reasons are made of what conditions compare.
void SectionBuilder::say_compared(const Expr& e) {
  if (e.type.kind != model::TypeKind::boolean) return;
  if (e.list != nullptr) builder_.say(e);
  for (const Expr* arg : e.args) {
    if (arg->type.kind != model::TypeKind::boolean) builder_.say(*arg);
  }
}

SlotId SectionBuilder::lower_new(const Expr& e, Environment& env) {
  switch (e.kind) {
    case ExprKind::error:
      return truth(false);
    case ExprKind::boolean:
    case ExprKind::number:
    case ExprKind::date:
    case ExprKind::duration:
    case ExprKind::text:
    case ExprKind::region:
    case ExprKind::member:
    case ExprKind::no_limit:
    case ExprKind::absent:
      return constant(e);
    case ExprKind::fact:
    case ExprKind::entry:
      return fact(e.path, env);
    case ExprKind::let:
      return lower_let(*e.let, env);
    case ExprKind::negate:
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::minimum:
    case ExprKind::maximum:
    case ExprKind::absolute:
    case ExprKind::round:
    case ExprKind::steps:
    case ExprKind::duration_times:
      return arithmetic(e, env);
    case ExprKind::divide:
      return quotient(e, env);
    case ExprKind::bands:
      return bands(e, env);
    case ExprKind::ln:
    case ExprKind::power:
      return irrational(e, env);
    case ExprKind::add_months:
    case ExprKind::add_days:
    case ExprKind::subtract_months:
    case ExprKind::subtract_days:
    case ExprKind::full_years:
    case ExprKind::full_months:
    case ExprKind::started_years:
    case ExprKind::days_between:
    case ExprKind::span:
    case ExprKind::year_of:
    case ExprKind::start_of_year:
    case ExprKind::end_of_year:
      return dates(e, env);
    case ExprKind::within_window:
      return window(e, env);
    case ExprKind::published_by:
      return emit(Operation::KNOWN, SlotInfo{}, lower(*e.args[0], env));
    case ExprKind::compare:
    case ExprKind::same_member:
    case ExprKind::rank_compare:
    case ExprKind::within_region:
    case ExprKind::within_period:
      return comparison(e, env);
    case ExprKind::in_mask:
    case ExprKind::in_set:
    case ExprKind::in_catalogue:
    case ExprKind::in_table:
    case ExprKind::in_list:
    case ExprKind::is_unclassified:
      return membership(e, env);
    case ExprKind::exists:
    case ExprKind::if_absent:
    case ExprKind::and_:
    case ExprKind::or_:
    case ExprKind::not_:
      return logic(e, env);
    case ExprKind::if_then:
      return if_then(e, env);
    case ExprKind::choose:
    case ExprKind::first_of:
      return choice(e, env);
    case ExprKind::count_of:
    case ExprKind::sum_of:
    case ExprKind::min_of:
    case ExprKind::max_of:
    case ExprKind::any_of:
    case ExprKind::all_of:
    case ExprKind::none_of:
      return fold(e, env);
    case ExprKind::cell: {
      const Look row = look(*e.table, e.args, env);
      std::vector<const model::ResultCell*> cells;
      static const model::ResultCell refused{model::ResultCell::not_entitled, nullptr, {}, {}};
      for (const model::Row& r : e.table->rows) cells.push_back(grants(r) ? &r.results[e.column] : &refused);
      const bool valued = e.table->otherwise == model::Table::value;
      return cell(row, cells, valued ? e.table->otherwise_value : nullptr, e.table->results[e.column].type, env);
    }
    case ExprKind::grade:
    case ExprKind::result_of:
      return call(e, env);
    case ExprKind::worst_of:
    case ExprKind::best_of: {
      const SlotInfo slot = slot_of(e.type, builder_);
      SlotId out = lower(*e.args.front(), env);
      const Operation op = e.kind == ExprKind::worst_of ? Operation::WORST : Operation::BEST;
      for (std::size_t i = 1; i < e.args.size(); ++i)
        out = emit(op, slot, out, lower(*e.args[i], env), kNone, slot.enumeration);
      return out;
    }
    case ExprKind::undecided:
    case ExprKind::not_found:
    case ExprKind::discretion:
      return open_text(e, env);
    case ExprKind::first_present:
    case ExprKind::agreed:
      return said(e, env);
    case ExprKind::is_unknown:
      return emit(Operation::SILENT, SlotInfo{}, lower(*e.args[0], env));
  }
  return truth(false);
}

// ---- constants and facts
// ----------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::constant(const Expr& e) {
  if (e.kind == ExprKind::number) return number(e.value);
  SlotInfo slot = slot_of(e.type, builder_);
  ConstantInfo k;
  k.cls = slot.cls;
  switch (e.kind) {
    case ExprKind::boolean:
      k.c = e.truth ? 1 : 0;
      break;
    case ExprKind::date:
      k.c = e.day;
      break;
    case ExprKind::duration:
      k.c = slot.cls == SlotClass::days ? e.days : e.months;
      break;
    case ExprKind::text:
      k.text = e.text;
      break;
    case ExprKind::region:
      k.c = e.region;
      break;
    case ExprKind::member:
      k.c = static_cast<i128>(std::uint64_t{1} << e.member);
      break;
    case ExprKind::no_limit:
      k.no_limit = true, slot.q = Rational(0);
      break;
    default:
      k.absent = true, slot.q = Rational(0);
      break;
  }
  return constant(slot, k);
}

SlotId SectionBuilder::fact(const model::Path& path, Environment& env) {
  if (path.entry != nullptr && path.entry == it_entry_) return it_;
  if (path.entry != nullptr) {
    const auto bound = entries_.find(path.entry);
    if (bound == entries_.end()) return truth(false);
    if (!bound->second.is_path) return field(&bound->second, env, path);
    model::Path whole = bound->second.path;
    whole.fields.insert(whole.fields.end(), path.fields.begin(), path.fields.end());
    return fact(whole, *bound->second.env);
  }
  const auto value = env.values.find(path.given);
  if (value != env.values.end() && path.fields.empty()) return value->second;
  const auto record = env.records.find(path.given);
  if (record != env.records.end()) {
    model::Path whole = record->second.first;
    whole.fields.insert(whole.fields.end(), path.fields.begin(), path.fields.end());
    return fact(whole, *record->second.second);
  }
  return field(nullptr, env, path);
}

// A field of the case or of the entry of a fold, under the conditions of the records and fields on the way to it.
SlotId SectionBuilder::field(const Binding* entry, Environment& env, const model::Path& path) {
  const std::string name = path.given == nullptr ? "" : path.given->name.primary;
  FactRoot key{name};
  if (entry != nullptr) key = {name, true, entry->fold.depth, entry->fold.layout};
  const auto [root, is_first] = facts_.try_emplace(std::move(key));
  FactNode* at = &root->second;
  if (is_first) read(*at, entry, name, kNone);
  for (std::size_t i = 0; i < path.fields.size(); ++i) {
    const model::Field& f = *path.fields[i];
    const auto [part, is_new] = at->parts.try_emplace(&f);
    if (is_new) {
      part->second = std::make_unique<FactNode>();
      SlotId condition = at->condition;
      if (f.when != nullptr) condition = both(condition, asked_when(f, env, path, i));
      read(*part->second, entry, at->path + (at->path.empty() ? "" : ".") + f.name.primary, condition);
    }
    at = part->second.get();
  }
  return at->slot == kNone ? truth(true) : at->slot;
}

void SectionBuilder::read(FactNode& node, const Binding* entry, std::string path, SlotId condition) {
  node.path = std::move(path);
  node.condition = condition;
  const auto& fields = (entry == nullptr ? layout_ : builder_.plan.layouts[entry->fold.layout]).fields;
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldInfo& f) { return f.path == node.path; });
  if (found == fields.end()) return;  // a record that must be given
  SlotInfo slot;
  slot.cls = found->cls;
  slot.q = found->q;
  slot.enumeration = found->enumeration;
  slot.unit = found->unit;
  slot.unit_factor = found->unit_factor;
  slot.money = found->cls == SlotClass::number && found->unit == "yuan";
  const auto index = static_cast<Index>(found - fields.begin());
  node.slot = entry == nullptr ? emit(Operation::FACT, slot, condition, kNone, kNone, index)
                               : emit(Operation::ITEM, slot, condition, kNone, kNone, index, 0, entry->fold.depth);
  if (!found->presence) return;
  node.condition = both(condition, emit(Operation::HAS, SlotInfo{}, node.slot));
}

// The condition of a field, over the record that holds it: the first fields of the path.
SlotId SectionBuilder::asked_when(const model::Field& f, Environment& env, const model::Path& path, std::size_t held) {
  Binding self;
  self.is_path = true;
  self.path = path;
  self.path.fields.resize(held);
  self.env = &env;
  environments_.emplace_back();
  environments_.back().outer = &env;
  const auto around = entries_.find(f.when_self);
  const auto before = around == entries_.end() ? std::nullopt : std::optional(around->second);
  entries_[f.when_self] = self;
  const SlotId when = lower(*f.when, environments_.back());
  if (before) {
    entries_[f.when_self] = *before;
  } else {
    entries_.erase(f.when_self);
  }
  return when;
}

SlotId SectionBuilder::lower_let(const model::Let& let, Environment& env) {
  for (const Environment* e = &env; e != nullptr; e = e->outer) {
    const auto stand_in = e->lets.find(&let);
    if (stand_in != e->lets.end()) return stand_in->second;
  }
  Environment& home = env.home == nullptr ? env : *env.home;
  const auto key = std::pair{static_cast<const Environment*>(&home), &let};
  if (let.value == nullptr) return truth(false);
  return lets_[key] = lower(*let.value, home);
}

// ---- arithmetic
// -------------------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::arithmetic(const Expr& e, Environment& env) {
  std::vector<SlotId> args;
  for (const Expr* a : e.args) args.push_back(lower(*a, env));
  SlotInfo slot = slot_of(e.type, builder_);
  const auto any_fraction = [&] {
    return std::any_of(args.begin(), args.end(), [&](SlotId s) { return info(s).fraction; });
  };
  switch (e.kind) {
    case ExprKind::negate:
    case ExprKind::absolute:
      slot.q = info(args[0]).q;
      slot.fraction = any_fraction();
      return emit(e.kind == ExprKind::negate ? Operation::NEG : Operation::ABS, slot, args[0]);
    case ExprKind::multiply:
      slot.q = mul(info(args[0]).q, info(args[1]).q).value_or(Rational(1));
      slot.fraction = any_fraction();
      return emit(Operation::MUL, slot, args[0], args[1]);
    case ExprKind::duration_times: {
      const SlotId count = aligned(args[1], Rational(1));
      return emit(Operation::MUL, slot, args[0], count);
    }
    case ExprKind::round:
      return rounded(args[0], e.rounding, e.value);
    case ExprKind::steps: {
      // Counting steps is rounding to whole multiples of the step.
      const SlotId stepped = rounded(args[0], e.truth ? Rounding::up : Rounding::down, e.value);
      SlotInfo& counted = slots_[stepped];
      counted.q = Rational(1);
      counted.unit.clear();
      counted.unit_factor = Rational(1);
      counted.money = false;
      return stepped;
    }
    default:
      break;
  }
  args = align_all(args);
  for (const SlotId a : args) {
    if (!info(a).q.is_zero()) slot.q = info(a).q;
  }
  slot.fraction = any_fraction();
  const Operation op = e.kind == ExprKind::add        ? Operation::ADD
                       : e.kind == ExprKind::subtract ? Operation::SUB
                       : e.kind == ExprKind::minimum  ? Operation::MIN
                                                      : Operation::MAX;
  SlotId out = args[0];
  for (std::size_t i = 1; i < args.size(); ++i) out = emit(op, slot, out, args[i]);
  return out;
}

// By a constant the scale changes and nothing is computed; by a fact a fraction is left.
SlotId SectionBuilder::quotient(const Expr& e, Environment& env) {
  const SlotId a = lower(*e.args[0], env);
  const SlotId b = lower(*e.args[1], env);
  SlotInfo slot = slot_of(e.type, builder_);
  const auto divisor = constants_.find(b);
  if (divisor != constants_.end() && !divisor->second.is_zero()) {
    const auto size = divisor->second.sign() < 0 ? negate(divisor->second) : divisor->second;
    slot.q = div(info(a).q, *size).value_or(Rational(1));
    slot.fraction = info(a).fraction;
    return emit(divisor->second.sign() < 0 ? Operation::NEG : Operation::SCALE, slot, a, kNone, kNone,
                builder_.ratio(Rational(1)));
  }
  slot.q = div(info(a).q, info(b).q).value_or(Rational(1));
  slot.fraction = true;
  return emit(Operation::DIV, slot, a, b);
}

SlotId SectionBuilder::bands(const Expr& e, Environment& env) {
  SlotId base = lower(*e.args[0], env);
  Rational q = info(base).q;
  Rational rates(0);
  for (const model::Band& b : e.bands) {
    if (b.has_limit) q = gcd(q, b.up_to).value_or(q);
    rates = gcd(rates, b.rate).value_or(rates);
  }
  if (rates.is_zero()) rates = Rational(1);
  base = aligned(base, q);
  std::vector<Plan::Band> table;
  for (const model::Band& b : e.bands) {
    Plan::Band band;
    band.rate = div(b.rate, rates).value_or(Rational(0)).num();
    band.up_to = b.has_limit ? div(b.up_to, q).value_or(Rational(0)).num() : 0;
    band.open = !b.has_limit;
    table.push_back(band);
  }
  builder_.plan.bands.push_back(std::move(table));
  SlotInfo slot = slot_of(e.type, builder_);
  slot.q = mul(q, rates).value_or(Rational(1));
  slot.fraction = info(base).fraction;
  return emit(Operation::BANDS, slot, base, kNone, kNone, static_cast<Index>(builder_.plan.bands.size() - 1));
}

SlotId SectionBuilder::irrational(const Expr& e, Environment& env) {
  const SlotId a = lower(*e.args[0], env);
  SlotInfo slot = slot_of(e.type, builder_);
  const bool exact_power =
      e.kind == ExprKind::power && e.value.is_integer() && e.value.sign() >= 0 && e.value.num() <= 6;
  if (exact_power) {
    SlotId out = number(Rational(1));
    for (i128 i = 0; i < e.value.num(); ++i) {
      SlotInfo product = slot;
      product.q = mul(info(out).q, info(a).q).value_or(Rational(1));
      product.fraction = info(a).fraction;
      out = emit(Operation::MUL, product, out, a);
    }
    return out;
  }
  const Rational unit = e.kind == ExprKind::ln ? e.value : e.rounding_unit;
  slot.q = unit;
  const Index scale = builder_.ratio(info(a).q);
  const Index exponent = e.kind == ExprKind::power ? builder_.ratio(e.value) : kNone;
  return emit(e.kind == ExprKind::ln ? Operation::LN : Operation::POW, slot, a, exponent, builder_.ratio(unit), scale,
              static_cast<std::uint8_t>(e.rounding));
}

// ---- dates
// ------------------------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::dates(const Expr& e, Environment& env) {
  const SlotId a = lower(*e.args[0], env);
  const SlotId b = e.args.size() > 1 ? lower(*e.args[1], env) : kNone;
  SlotInfo day;
  day.cls = SlotClass::day;
  SlotInfo count;
  count.cls = SlotClass::number;
  const auto elapsed = [&](std::uint8_t kind) {
    return emit(Operation::DFULL, count, a, b, kNone, 0, kind, static_cast<std::uint16_t>(e.edge));
  };
  switch (e.kind) {
    case ExprKind::add_months:
      return emit(Operation::DADDM, day, a, b);
    case ExprKind::add_days:
      return emit(Operation::DADDD, day, a, b);
    case ExprKind::subtract_months:
      return emit(Operation::DADDM, day, a, b, kNone, 0, 1);
    case ExprKind::subtract_days:
      return emit(Operation::DADDD, day, a, b, kNone, 0, 1);
    case ExprKind::full_years:
      return elapsed(0);
    case ExprKind::full_months:
      return elapsed(1);
    case ExprKind::started_years:
      return elapsed(2);
    case ExprKind::days_between:
      return elapsed(3);
    case ExprKind::span: {
      count.cls = class_of(e.type);
      if (count.cls == SlotClass::days) return elapsed(3);
      count.q = Rational::make(1, 2).value_or(Rational(1));
      return elapsed(4);
    }
    case ExprKind::year_of:
      return emit(Operation::DPART, count, a, kNone, kNone, 0, 0);
    case ExprKind::start_of_year:
      return emit(Operation::DPART, day, a, kNone, kNone, 0, 1);
    default:
      return emit(Operation::DPART, day, a, kNone, kNone, 0, 2);
  }
}

// within L before D: D - L < x <= D · after D: D <= x < D + L · calendar months: whole months up to the one before D,
// or up to D.
SlotId SectionBuilder::window(const Expr& e, Environment& env) {
  const SlotId x = lower(*e.args[0], env);
  const SlotId length = lower(*e.args[1], env);
  const SlotId date = lower(*e.args[2], env);
  SlotInfo day;
  day.cls = SlotClass::day;
  const auto shifted = [&](SlotId from, bool months, bool back) {
    return emit(months ? Operation::DADDM : Operation::DADDD, day, from, length, kNone, 0, back ? 1 : 0);
  };
  const auto month_start = [&](SlotId of) { return emit(Operation::DPART, day, of, kNone, kNone, 0, 3); };
  using model::Relation;
  switch (e.window) {
    case model::WindowKind::months_before:
    case model::WindowKind::days_before: {
      const SlotId from = shifted(date, e.window == model::WindowKind::months_before, true);
      return both(compare(from, x, Relation::less), compare(x, date, Relation::less_equal));
    }
    case model::WindowKind::months_after:
    case model::WindowKind::days_after: {
      const SlotId to = shifted(date, e.window == model::WindowKind::months_after, false);
      return both(compare(date, x, Relation::less_equal), compare(x, to, Relation::less));
    }
    case model::WindowKind::calendar_months_before: {
      const SlotId this_month = month_start(date);
      const SlotId from = shifted(this_month, true, true);
      return both(compare(from, x, Relation::less_equal), compare(x, this_month, Relation::less));
    }
    case model::WindowKind::calendar_months_to: {
      // The month of D is the last of them: it starts one month after the window that ends before it would.
      SlotInfo one;
      one.cls = SlotClass::months;
      ConstantInfo k;
      k.cls = SlotClass::months;
      k.c = 1;
      const SlotId next_month = emit(Operation::DADDM, day, month_start(date), constant(one, k));
      const SlotId from = shifted(next_month, true, true);
      return both(compare(from, x, Relation::less_equal), compare(x, date, Relation::less_equal));
    }
  }
  return truth(false);
}

// ---- tests
// ------------------------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::compare(SlotId a, SlotId b, model::Relation relation) {
  const auto pair = align_all({a, b});
  return emit(Operation::CMP, SlotInfo{}, pair[0], pair[1], kNone, 0, static_cast<std::uint8_t>(relation));
}

SlotId SectionBuilder::equal(SlotId a, SlotId b) {
  const SlotClass cls = info(a).cls;
  const bool ordered =
      cls == SlotClass::number || cls == SlotClass::day || cls == SlotClass::months || cls == SlotClass::days;
  return ordered ? compare(a, b, model::Relation::equal) : emit(Operation::SAME, SlotInfo{}, a, b);
}

SlotId SectionBuilder::comparison(const Expr& e, Environment& env) {
  const SlotId a = lower(*e.args[0], env);
  if (e.kind == ExprKind::within_period) {
    const bool from = e.args[1]->kind != ExprKind::no_limit;
    const bool to = e.args[2]->kind != ExprKind::no_limit;
    SlotId out = kNone;
    if (from) out = compare(lower(*e.args[1], env), a, model::Relation::less_equal);
    if (to) out = both(out, compare(a, lower(*e.args[2], env), model::Relation::less_equal));
    return out == kNone ? truth(true) : out;
  }
  const SlotId b = lower(*e.args[1], env);
  if (e.kind == ExprKind::within_region) return emit(Operation::INREG, SlotInfo{}, a, b);
  const SlotClass cls = info(a).cls;
  const bool ordered = e.kind == ExprKind::rank_compare || cls == SlotClass::number || cls == SlotClass::day ||
                       cls == SlotClass::months || cls == SlotClass::days;
  if (ordered) return compare(a, b, e.relation);
  const SlotId same = emit(Operation::SAME, SlotInfo{}, a, b);
  return e.relation == model::Relation::not_equal ? negation(same) : same;
}

SlotId SectionBuilder::membership(const Expr& e, Environment& env) {
  switch (e.kind) {
    case ExprKind::in_mask:
      return emit(Operation::INMASK, SlotInfo{}, lower(*e.args[0], env), kNone, kNone, builder_.mask(e.mask));
    case ExprKind::is_unclassified: {
      const std::uint64_t states = e.state == model::GradeState::below          ? kBelow
                                   : e.state == model::GradeState::no_row       ? kNoRow
                                   : e.state == model::GradeState::out_of_scope ? kOutOfScope
                                                                                : kUnclassified;
      return emit(Operation::STATE, SlotInfo{}, lower(*e.args[0], env), kNone, kNone, builder_.mask(states));
    }
    case ExprKind::in_table: {
      const Look found = look(*e.table, e.args, env, false);
      std::vector<Index> rows;
      for (std::size_t r = 0; r < e.table->rows.size(); ++r) rows.push_back(static_cast<Index>(r));
      return hit(found.row, rows);
    }
    case ExprKind::in_catalogue:
      return in_catalogue(e, env);
    case ExprKind::in_list: {
      const SlotId wanted = lower(*e.args[0], env);
      const SlotId slot = fact(*e.list, env);
      FoldInfo fold;
      fold.layout = builder_.element_layout(e.item != nullptr ? e.item->type : e.args[0]->type);
      const auto depth = static_cast<std::uint16_t>(buffers_.size() - 1);
      buffers_.emplace_back();
      SlotInfo item = info(wanted);
      item.q = builder_.plan.layouts[fold.layout].fields.front().q;
      const SlotId entry = emit(Operation::ITEM, item, kNone, kNone, kNone, 0, 0, depth);
      fold.where = equal(entry, wanted);
      fold.depth = depth;
      auto body = std::move(buffers_.back());
      buffers_.pop_back();
      fold.length = static_cast<Index>(body.size());
      builder_.plan.folds.push_back(fold);
      const SlotId out =
          emit(Operation::FOLD, SlotInfo{}, slot, kNone, kNone, static_cast<Index>(builder_.plan.folds.size() - 1),
               static_cast<std::uint8_t>(FoldKind::any));
      auto& target = buffers_[std::min<std::size_t>(depth_[out], buffers_.size() - 1)];
      target.insert(target.end(), body.begin(), body.end());
      return out;
    }
    default:
      break;
  }
  SlotId out = kNone;
  const SlotId a = lower(*e.args[0], env);
  for (std::size_t i = 1; i < e.args.size(); ++i) out = either(out, equal(a, lower(*e.args[i], env)));
  return out == kNone ? truth(false) : out;
}

SlotId SectionBuilder::logic(const Expr& e, Environment& env) {
  switch (e.kind) {
    case ExprKind::exists:
      return emit(Operation::HAS, SlotInfo{}, lower(*e.args[0], env));
    case ExprKind::not_:
      return negation(lower(*e.args[0], env));
    case ExprKind::if_absent: {
      const SlotId a = lower(*e.args[0], env);
      const SlotId b = lower_guarded(*e.args[1], env, negation(emit(Operation::HAS, SlotInfo{}, a)));
      const auto pair = align_all({a, b});
      SlotInfo slot = info(pair[0]);
      if (slot.q.is_zero()) slot.q = info(pair[1]).q;
      slot.fraction = slot.fraction || info(pair[1]).fraction;
      return emit(Operation::ORELSE, slot, pair[0], pair[1]);
    }
    default:
      break;
  }
  // What stands to the right of a false `and` (of a true `or`) does not matter.
  const bool conjunction = e.kind == ExprKind::and_;
  SlotId out = kNone;
  const std::size_t guards = guards_.size();
  for (const Expr* a : e.args) {
    const SlotId next = lower(*a, env);
    out = conjunction ? both(out, next) : either(out, next);
    guards_.push_back(conjunction ? out : negation(out));
  }
  guards_.resize(guards);
  return out;
}

// ---- choices
// ------------------------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::if_then(const Expr& e, Environment& env) {
  const SlotId condition = lower(*e.args[0], env);
  const SlotId yes = lower_guarded(*e.args[1], env, condition);
  const SlotId no = lower_guarded(*e.args[2], env, negation(condition));
  const auto values = align_all({yes, no});
  SlotInfo slot = info(values[0]);
  if (slot.q.is_zero()) slot.q = info(values[1]).q;
  slot.fraction = slot.fraction || info(values[1]).fraction;
  return emit(Operation::SEL, slot, condition, values[0], values[1]);
}

// `choose`: each branch stands for itself, and one alone may hold. `first of`: a branch stands where none before it
// holds.
SlotId SectionBuilder::choice(const Expr& e, Environment& env) {
  const bool exclusive = e.kind == ExprKind::choose;
  const std::size_t pairs = e.args.size() / 2;
  std::vector<SlotId> conditions;
  std::vector<SlotId> reached;
  SlotId none_before = kNone;
  for (std::size_t i = 0; i < pairs; ++i) {
    const SlotId condition = exclusive ? lower(*e.args[2 * i], env) : lower_guarded(*e.args[2 * i], env, none_before);
    conditions.push_back(condition);
    reached.push_back(exclusive ? condition : both(none_before, condition));
    none_before = both(none_before, negation(condition));
  }
  SlotId single = kNone;
  if (exclusive && !one_may_hold(conditions)) {
    single = emit(Operation::ATMOST1, SlotInfo{}, kNone, kNone, kNone, operands(conditions));
    settle(GapInfo::conflict, single, e.span);
  }
  // Where two branches hold neither governs, so that nothing in them must be settled.
  std::vector<std::pair<SlotId, SlotId>> branches;
  for (std::size_t i = 0; i < pairs; ++i)
    branches.emplace_back(conditions[i], lower_guarded(*e.args[2 * i + 1], env, both(reached[i], single)));
  std::uint8_t mode = exclusive ? kPickExclusive : 0;
  const bool has_otherwise = e.args.size() % 2 == 1;
  if (has_otherwise) {
    const SlotId value = lower_guarded(*e.args.back(), env, none_before);
    branches.emplace_back(exclusive && none_before != kNone ? none_before : truth(true), value);
  } else if (none_before != kNone && !one_must_hold(conditions)) {
    settle(GapInfo::gap, negation(none_before), e.span);
    mode |= kPickGap;
  }
  return pick(std::move(branches), mode);
}

// What is left to a region: anything between its bounds. Money is whole fen.
SlotId SectionBuilder::left_value(const Expr& e, Environment& env) {
  const Rational fen = Rational::make(1, 100).value_or(Rational(1));
  SlotInfo slot = slot_of(e.type, builder_);
  std::vector<SlotId> bounds{number(slot.money ? fen : Rational(1))};
  for (const Expr* bound : {e.choice->least, e.choice->most}) {
    if (bound != nullptr) bounds.push_back(lower(*bound, env));
  }
  bounds = align_all(bounds);
  slot.q = common_scale(bounds);
  for (const SlotId bound : bounds) slot.fraction = slot.fraction || info(bound).fraction;
  std::size_t next = 1;
  const SlotId least = e.choice->least == nullptr ? kNone : bounds[next++];
  const SlotId most = e.choice->most == nullptr ? kNone : bounds[next];
  return emit(Operation::OPEN, slot, least, most, kNone, builder_.choice(*e.choice));
}

SlotId SectionBuilder::open_text(const Expr& e, Environment& env) {
  if (e.choice->least != nullptr || e.choice->most != nullptr) return left_value(e, env);
  if (e.kind == ExprKind::not_found && e.relation != model::Relation::equal) return open_level(e, env);
  // What one reading needs settled is needed where it is the right one.
  const auto reached = [&](std::size_t reading) {
    if (e.kind != ExprKind::undecided) return kNone;
    if (e.choice->adopted) return *e.choice->adopted == reading ? kNone : truth(false);
    return emit(Operation::OPEN, SlotInfo{}, kNone, kNone, kNone, builder_.choice(*e.choice), kOpenReading,
                static_cast<std::uint16_t>(reading));
  };
  std::vector<SlotId> values;
  for (std::size_t i = 0; i < e.args.size(); ++i) values.push_back(lower_guarded(*e.args[i], env, reached(i)));
  values = align_all(values);
  SlotInfo slot = slot_of(e.type, builder_);
  for (const SlotId v : values) {
    if (!info(v).q.is_zero()) slot.q = info(v).q;
    slot.fraction = slot.fraction || info(v).fraction;
  }
  if (values.empty() && slot.cls == SlotClass::number)
    slot.q = slot.money ? Rational::make(1, 100).value_or(Rational(1)) : Rational(1);
  const bool interval = e.kind == ExprKind::not_found && !e.truth && values.size() == 2;
  const SlotId low = interval ? values[0] : e.mask != 0 ? member_constant(slot.enumeration, e.mask) : kNone;
  const SlotId high = interval ? values[1] : kNone;
  const Index readings = values.empty() || interval ? kNone : operands(values);
  return emit(Operation::OPEN, slot, low, high, readings, builder_.choice(*e.choice));
}

// A level that is open from another one on: what it could be is said for each level that the other can have.
SlotId SectionBuilder::open_level(const Expr& e, Environment& env) {
  const SlotInfo slot = slot_of(e.type, builder_);
  const SlotId bound = lower(*e.args.front(), env);
  const Index choice = builder_.choice(*e.choice);
  const std::vector<Index> order = builder_.plan.enums[slot.enumeration].best_to_worst;
  const bool better = e.relation == model::Relation::less_equal;
  const auto open = [&](std::uint64_t mask) {
    return emit(Operation::OPEN, slot, member_constant(slot.enumeration, mask), kNone, kNone, choice);
  };
  std::vector<std::pair<SlotId, SlotId>> branches;
  std::uint64_t passed = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint64_t level = std::uint64_t{1} << order[better ? i : order.size() - 1 - i];
    passed |= level;
    branches.emplace_back(emit(Operation::INMASK, SlotInfo{}, bound, kNone, kNone, builder_.mask(level)), open(passed));
  }
  branches.emplace_back(truth(true), open(passed));
  return pick(std::move(branches));
}

// ---- what is said
// ------------------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::said(const Expr& e, Environment& env) {
  // What stands after a paper that speaks is not reached: what a table refuses there refuses nothing.
  const bool in_turn = e.kind == ExprKind::first_present;
  std::vector<SlotId> papers;
  SlotId silent = kNone;  // the first of them
  std::size_t checked = 0;
  for (const Expr* a : e.args) {
    const bool reads_a_fact = a->kind == ExprKind::fact || a->kind == ExprKind::entry;
    if (in_turn && !papers.empty() && !reads_a_fact) {
      while (checked < papers.size()) {
        const SlotId paper = papers[checked++];
        const SlotId speaks =
            both(emit(Operation::HAS, SlotInfo{}, paper), negation(emit(Operation::SILENT, SlotInfo{}, paper)));
        silent = silent == kNone ? negation(speaks) : both(silent, negation(speaks));
      }
      papers.push_back(lower_guarded(*a, env, silent));
    } else {
      papers.push_back(lower(*a, env));
    }
  }
  papers = align_all(papers);
  SlotInfo slot = slot_of(e.type, builder_);
  for (const SlotId paper : papers) {
    if (!info(paper).q.is_zero()) slot.q = info(paper).q;
    slot.fraction = slot.fraction || info(paper).fraction;
  }
  const Index list = operands(papers);
  const Operation op = e.kind == ExprKind::first_present ? Operation::SPEAK : Operation::AGREE;
  return emit(op, slot, kNone, kNone, kNone, list);
}

// ---- lists
// --------------------------------------------------------------------------------------------------------------------------

namespace {

bool sums_figures(const Expr& term) {
  const Expr& entry = term.kind == ExprKind::if_absent ? *term.args[0] : term;
  return entry.kind == ExprKind::entry && !entry.path.fields.empty() && entry.path.fields.back()->any_unit;
}

}  // namespace

SlotId SectionBuilder::fold(const Expr& e, Environment& env) {
  const SlotId list = fact(*e.list, env);
  const auto depth = static_cast<std::uint16_t>(buffers_.size() - 1);
  FoldInfo fold;
  fold.layout = builder_.element_layout(e.item->type);
  fold.depth = depth;
  Binding binding;
  binding.fold = {fold.layout, depth};
  entries_[e.item] = binding;
  buffers_.emplace_back();
  open_frame();
  if (e.where != nullptr) fold.where = lower(*e.where, env);
  if (e.term != nullptr) fold.term = lower_guarded(*e.term, env, fold.where);
  if (const auto found = expected_.find(&e); found != expected_.end()) lower_of_entry(*e.where, found->second, env);
  const Reached reached = in_body(close_frame(), depth);
  auto body = std::move(buffers_.back());
  buffers_.pop_back();
  entries_.erase(e.item);
  // What was made in the body is no value outside of it.
  std::erase_if(memo_, [&](const auto& one) { return depth_[one.second.slot] > depth; });
  // Facts of the entry belong to this fold alone.
  std::erase_if(facts_, [&](const auto& one) { return one.first.of_entry && one.first.depth == depth; });
  fold.length = static_cast<Index>(body.size());
  SlotInfo slot = slot_of(e.type, builder_);
  if (fold.term != kNone) {
    slot.q = info(fold.term).q;
    slot.fraction = info(fold.term).fraction;
    slot.cls = info(fold.term).cls;
  }
  const FoldKind kind = e.kind == ExprKind::count_of ? FoldKind::count
                        : e.kind == ExprKind::sum_of ? FoldKind::sum
                        : e.kind == ExprKind::min_of ? FoldKind::min
                        : e.kind == ExprKind::max_of ? FoldKind::max
                        : e.kind == ExprKind::any_of ? FoldKind::any
                        : e.kind == ExprKind::all_of ? FoldKind::all
                                                     : FoldKind::none;
  if (kind == FoldKind::sum && fold.term != kNone && e.term->kind == ExprKind::entry && !e.term->path.fields.empty()) {
    const model::Field& field = *e.term->path.fields.back();
    fold.nonnegative = field.least ? field.least->sign() >= 0 : is_money(field.type.unit);
  }
  // Figures of a target that is a total are counted, and never below 0: the executor sees to it (run/answers.cpp).
  if (kind == FoldKind::sum && e.term != nullptr && sums_figures(*e.term)) fold.nonnegative = true;
  hold_for_every_entry(reached, list, fold, body, depth);
  builder_.plan.folds.push_back(fold);
  // The fold stands where everything that its body reads from outside is ready.
  std::uint16_t outer = depth_[list];
  const auto outside = [&](SlotId s) {
    if (s != kNone && depth_[s] <= depth) outer = std::max(outer, depth_[s]);
  };
  for (const Op& op : body) {
    outside(op.a);
    const bool slots = op.code != Operation::LN && op.code != Operation::POW && op.code != Operation::GRADE;
    if (slots) outside(op.b);
    if (slots && op.code != Operation::LOOK && op.code != Operation::OPEN) outside(op.c);
    if (takes_a_list(op.code)) {
      for (const SlotId s : builder_.plan.operands[op.aux]) outside(s);
    }
    if ((op.code == Operation::LOOK || op.code == Operation::OPEN) && op.c != kNone) {
      for (const SlotId s : builder_.plan.operands[op.c]) outside(s);
    }
  }
  outside(fold.where);
  outside(fold.term);
  const auto out = static_cast<SlotId>(slots_.size());
  slots_.push_back(slot);
  depth_.push_back(outer);
  Op op;
  op.code = Operation::FOLD;
  op.mode = static_cast<std::uint8_t>(kind);
  op.out = out;
  op.a = list;
  op.aux = static_cast<Index>(builder_.plan.folds.size() - 1);
  op.source = source_;
  auto& target = buffers_[std::min<std::size_t>(outer, buffers_.size() - 1)];
  target.push_back(op);
  target.insert(target.end(), body.begin(), body.end());
  return out;
}

SectionBuilder::ForEach SectionBuilder::lower_each(const Expr& all_of, const Expr& of_entry,
                                                   const model::Template& reason, Environment& env) {
  expect_each(all_of, of_entry, reason);
  const SlotId truth = lower(all_of, env);
  ForEach out = expected_.at(&all_of).out;
  out.truth = truth;
  return out;
}

void SectionBuilder::expect_each(const Expr& all_of, const Expr& of_entry, const model::Template& reason) {
  expected_.try_emplace(&all_of, Expected{&of_entry, &reason, {}});
}

// `not W or condition` where entries are left out: what the condition looks up is reached under W alone.
void SectionBuilder::lower_of_entry(const Expr& whole, Expected& each, Environment& env) {
  const SlotId counts = &whole == each.of_entry ? kNone : negation(lower(*whole.args.front(), env));
  each.out.of_entry = lower_guarded(*each.of_entry, env, counts);
  lower_unasked([&] { each.out.reason = text(*each.reason, env); });
}

// What is reached depends on the entry: under its conditions, while the body can still hold them.
SectionBuilder::Reached SectionBuilder::in_body(Reached reached, std::uint16_t depth) {
  for (auto& [index, inside] : reached) {
    const SlotId own = obligations_[index].truth;
    const bool by_entry = depth_[own] > depth || (inside != kNone && depth_[inside] > depth);
    if (!by_entry) continue;
    Obligation entry = obligations_[index];
    entry.truth = inside == kNone ? own : either(negation(inside), own);
    entry.row = kNone;
    inside = kNone;
    index = add_obligation(std::move(entry));
  }
  return reached;
}

// What must be settled in the body must be settled for every entry: the same body once more, under `all`.
void SectionBuilder::hold_for_every_entry(const Reached& reached, SlotId list, const FoldInfo& fold,
                                          const std::vector<Op>& body, std::uint16_t depth) {
  for (const auto& [index, inside] : reached) {
    if (depth_[obligations_[index].truth] <= depth) {
      reach(index, both(not_empty(list), inside));
      continue;
    }
    FoldInfo every = fold;
    every.where = obligations_[index].truth;
    every.term = kNone;
    every.length = static_cast<Index>(body.size());
    builder_.plan.folds.push_back(every);
    const auto out = static_cast<SlotId>(slots_.size());
    slots_.push_back(SlotInfo{});
    depth_.push_back(depth);
    Op op;
    op.code = Operation::FOLD;
    op.mode = static_cast<std::uint8_t>(FoldKind::all);
    op.out = out;
    op.a = list;
    op.aux = static_cast<Index>(builder_.plan.folds.size() - 1);
    op.source = source_;
    auto& target = buffers_[std::min<std::size_t>(depth, buffers_.size() - 1)];
    target.push_back(op);
    target.insert(target.end(), body.begin(), body.end());
    obligations_[index].truth = out;
    reach(index);
  }
}

// ---- standards
// ------------------------------------------------------------------------------------------------------------------------

SlotId SectionBuilder::call(const Expr& e, Environment& env) {
  const model::StandardCall& c = *e.call;
  environments_.emplace_back();
  Environment& inner = environments_.back();
  for (const model::Given& given : c.standard->givens) {
    if (given.index < c.value_arguments.size() && c.value_arguments[given.index] != nullptr) {
      inner.values[&given] = lower(*c.value_arguments[given.index], env);
    } else if (given.index < c.record_arguments.size()) {
      inner.records[&given] = {c.record_arguments[given.index], &env};
    }
  }
  const SlotId day = c.as_at == nullptr ? kNone : lower(*c.as_at, env);
  if (e.kind == ExprKind::grade) return grade(*c.standard, inner, c.edition, day, {}).grade;
  const Graded given = grade(*c.standard, inner, c.edition, day, {false, c.result});
  // On a day without an edition the standard says nothing.
  Obligation one_governs;
  one_governs.kind = GapInfo::no_edition;
  one_governs.name = c.standard->name.primary;
  one_governs.truth = given.in_force;
  one_governs.span = e.span;
  reach(add_obligation(std::move(one_governs)));
  return given.outputs.front().value;
}

}  // namespace guiju::plan
