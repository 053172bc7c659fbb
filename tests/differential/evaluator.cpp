// Expressions of the reference evaluator, one case a kind. See evaluator.hpp.
#include "evaluator.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "slow_calendar.hpp"

namespace guiju::reference {

using model::ExprKind;
using model::Relation;

const Value& worse(const Value& a, const Value& b) {
  return b.kind <= Value::error && (!a.poison() || b.kind > a.kind) ? b : a;
}

namespace {

Value poison_of(const std::vector<Value>& values) {
  Value out = Value::of_truth(true);
  for (const Value& v : values) out = worse(out, v);
  return out;
}

template <typename T>
bool holds(Relation relation, const T& a, const T& b) {
  switch (relation) {
    case Relation::less:
      return a < b;
    case Relation::less_equal:
      return a <= b;
    case Relation::equal:
      return a == b;
    case Relation::not_equal:
      return a != b;
    case Relation::greater_equal:
      return a >= b;
    case Relation::greater:
      return a > b;
  }
  return false;
}

Value day_or_fault(std::optional<std::int64_t> day) {
  return day ? Value::of(Value::date, *day) : Value::fault("date out of range");
}

model::Type required(model::Type type) {
  type.optional = false;
  return type;
}

// Twelve digits; an area is what is left of its code without the zero pairs at its end.
bool region_lies_in(std::int64_t code, std::int64_t area) {
  std::string digits = std::to_string(code);
  std::string prefix = std::to_string(area);
  while (prefix.size() > 2 && prefix.ends_with("00")) prefix.erase(prefix.size() - 2);
  return digits.starts_with(prefix);
}

}  // namespace

std::int64_t rank_of(const model::Enum& scale, std::int64_t member) {
  const auto& order = scale.best_to_worst;
  return std::find(order.begin(), order.end(), static_cast<std::uint32_t>(member)) - order.begin();
}

// What a group gives is what its programmes give under the same name.
const Binding& Evaluator::binding_of(const model::Path& path) const {
  if (path.given == nullptr) {
    read_entries_.insert(path.entry);
    return entries_.at(path.entry);
  }
  const auto found = givens_.find(path.given);
  if (found != givens_.end()) return found->second;
  const auto named = std::find_if(givens_.begin(), givens_.end(),
                                  [&](const auto& g) { return g.first->name.primary == path.given->name.primary; });
  if (named == givens_.end()) throw std::logic_error("no given " + path.given->name.primary);
  return named->second;
}

// ---- facts
// -------------------------------------------------------------------------------------------------------------------

Binding Evaluator::resolve(const model::Path& path) const {
  const Binding& root = binding_of(path);
  Binding out = root;
  out.prefix.insert(out.prefix.end(), path.fields.begin(), path.fields.end());
  return out;
}

Value Evaluator::read(const model::Path& path) {
  const Binding& root = binding_of(path);
  if (root.scalar) return *root.scalar;
  return read(root, path.fields);
}

Value Evaluator::read(const Binding& from, const FieldPath& path) {
  FieldPath whole = from.prefix;
  for (const model::Field* field : path) {
    if (field->when != nullptr) {
      entries_[field->when_self] = Binding{from.row, whole, std::nullopt};
      const Value applies = evaluate(*field->when);
      if (applies.poison()) return applies;
      if (!applies.is_true()) return Value::of(Value::absent, 0);
    }
    whole.push_back(field);
  }
  const auto at = from.row->find(whole);
  const bool closed = at != from.row->end() &&
                      (at->second.state != Fact::unknowable || at->second.value.kind != Value::unreached) &&
                      at->second.state != Fact::unknown;
  if (!closed) throw std::logic_error("the reference was given an open fact: " + path_text(whole));
  if (at->second.state == Fact::absent) return Value::of(Value::absent, 0);
  Value value = at->second.value;
  value.silent = at->second.state == Fact::unknowable;
  return value;
}

// ---- expressions
// -------------------------------------------------------------------------------------------------------------

std::optional<std::vector<Value>> Evaluator::operands(const Expr& e, Value& bad) {
  std::vector<Value> out;
  for (const Expr* arg : e.args) out.push_back(evaluate(*arg));
  bad = poison_of(out);
  if (bad.poison()) return std::nullopt;
  return out;
}

Value Evaluator::evaluate(const Expr& e) {
  switch (e.kind) {
    case ExprKind::boolean:
      return Value::of_truth(e.truth);
    case ExprKind::number:
      return Value::of_number(exact(e.value));
    case ExprKind::date:
      return Value::of(Value::date, e.day);
    case ExprKind::duration:
      return e.type.duration == model::DurationKind::days ? Value::of(Value::days, e.days)
                                                          : Value::of(Value::months, e.months);
    case ExprKind::text:
      return Value::of_text(e.text);
    case ExprKind::region:
      return Value::of(Value::region, e.region);
    case ExprKind::member:
      return Value::of(Value::member, e.member);
    case ExprKind::no_limit:
      return Value::of(Value::no_limit, 0);
    case ExprKind::absent:
      return Value::of(Value::absent, 0);
    case ExprKind::fact:
    case ExprKind::entry:
      return read(e.path);
    case ExprKind::let: {
      const auto known = lets_.find(e.let);
      if (known != lets_.end()) {
        refusals_.insert(known->second.refusals.begin(), known->second.refusals.end());
        return known->second.value;
      }
      // One that reads an entry has another value for each.
      const std::set<const model::Entry*> entries = std::exchange(read_entries_, {});
      const std::set<std::string> refusals = std::exchange(refusals_, {});
      const Named named{evaluate(*e.let->value), refusals_};
      if (read_entries_.empty()) lets_[e.let] = named;
      read_entries_.insert(entries.begin(), entries.end());
      refusals_.insert(refusals.begin(), refusals.end());
      return named.value;
    }
    case ExprKind::and_:
      return connective(e, false);
    case ExprKind::or_:
      return connective(e, true);
    case ExprKind::if_then: {
      const Value condition = present(evaluate(*e.args[0]));
      if (condition.poison()) return condition;
      return evaluate(*e.args[condition.yes ? 1 : 2]);
    }
    case ExprKind::choose:
      return choose(e, false);
    case ExprKind::first_of:
      return choose(e, true);
    case ExprKind::if_absent: {
      const Value value = evaluate(*e.args[0]);
      return value.kind == Value::absent ? evaluate(*e.args[1]) : value;
    }
    case ExprKind::exists: {
      const Value value = evaluate(*e.args[0]);
      return value.poison() ? value : Value::of_truth(value.kind != Value::absent);
    }
    case ExprKind::count_of:
    case ExprKind::sum_of:
    case ExprKind::min_of:
    case ExprKind::max_of:
    case ExprKind::any_of:
    case ExprKind::all_of:
    case ExprKind::none_of:
      return fold(e);
    case ExprKind::worst_of:
    case ExprKind::best_of:
      return extreme(e);
    case ExprKind::grade:
      return call(*e.call);
    case ExprKind::result_of:
      return result_of(e);
    case ExprKind::undecided: {
      const model::Choice& choice = *e.choice;
      if (choice.adopted) return evaluate(*e.args[*choice.adopted]);
      if (choice.least != nullptr || choice.most != nullptr) return left_value(choice);
      if (e.args.empty()) return open_value(e.type, &choice);
      return evaluate(*e.args[oracle_.pick(e.args.size(), &choice)]);
    }
    case ExprKind::not_found:
      return e.args.empty() && e.mask == 0 ? open_value(e.type, e.choice) : one_candidate(e);
    case ExprKind::first_present:
    case ExprKind::agreed:
      return said(e);
    case ExprKind::is_unknown: {
      const Value value = evaluate(*e.args[0]);
      return value.poison() ? value : Value::of_truth(value.silent);
    }
    case ExprKind::discretion:
      return Value::of_truth(oracle_.pick(2, e.choice) == 1);
    case ExprKind::within_period:
      return within_period(e);
    case ExprKind::published_by: {
      const Value since = present(evaluate(*e.args[0]));
      return since.poison() ? since : Value::of_truth(!known_on_ || since.whole <= *known_on_);
    }
    case ExprKind::is_unclassified: {
      const Value grade = evaluate(*e.args[0]);
      if (grade.poison()) return grade;
      return Value::of_truth(grade.kind == Value::unclassified &&
                             (e.state == model::GradeState::any || e.state == grade.state));
    }
    default:
      break;
  }
  Value bad;
  const auto args = operands(e, bad);
  if (!args) return bad;
  return compute(e, *args);
}

Value Evaluator::connective(const Expr& e, bool stop) {
  Value poison = Value::of_truth(true);
  for (const Expr* arg : e.args) {
    // Beside an operand that cannot be told nothing is refused: it may not be reached.
    const std::set<std::string> refusals = refusals_;
    const Value v = evaluate(*arg);
    if (poison.poison()) refusals_ = refusals;
    if (v.kind == Value::truth && v.yes == stop) return v;
    poison = worse(poison, v);
    if (v.kind == Value::absent) poison = worse(poison, Value{});
  }
  return poison.poison() ? poison : Value::of_truth(!stop);
}

Value Evaluator::choose(const Expr& e, bool first) {
  std::vector<const Expr*> hold;
  const std::size_t pairs = e.args.size() / 2;
  for (std::size_t i = 0; i < pairs; ++i) {
    const Value condition = present(evaluate(*e.args[2 * i]));
    if (condition.poison()) return condition;
    if (!condition.yes) continue;
    hold.push_back(e.args[2 * i + 1]);
    if (first) break;
  }
  if (hold.empty()) return e.args.size() % 2 == 1 ? evaluate(*e.args.back()) : open_value(e.type, nullptr);
  return evaluate(*(hold.size() == 1 ? hold[0] : hold[oracle_.pick(hold.size())]));
}

Value Evaluator::fold(const Expr& e) {
  const Binding list = resolve(*e.list);
  const auto at = list.row->find(list.prefix);
  if (at == list.row->end() || at->second.state == Fact::unknown || at->second.state == Fact::unknowable ||
      !at->second.complete)
    throw std::logic_error("the reference was given an open list");
  Value poison = Value::of_truth(true);
  std::vector<Value> terms;
  bool any = false;
  bool all = true;
  Number count = 0;
  for (const Row& entry : at->second.entries) {
    entries_[e.item] = Binding{&entry, {}, std::nullopt};
    const Value holds_here = e.where != nullptr ? present(evaluate(*e.where)) : Value::of_truth(true);
    poison = worse(poison, holds_here);
    if (holds_here.poison()) continue;
    any = any || holds_here.yes;
    all = all && holds_here.yes;
    if (!holds_here.yes) continue;
    count += 1;
    if (e.term == nullptr) continue;
    const Value term = evaluate(*e.term);
    poison = worse(poison, term.kind == Value::absent ? Value{} : term);
    if (!term.poison()) terms.push_back(term);
  }
  read_entries_.erase(e.item);
  // A witness decides, whatever the other entries do.
  if (e.kind == ExprKind::any_of && any) return Value::of_truth(true);
  if (e.kind == ExprKind::none_of && any) return Value::of_truth(false);
  if (e.kind == ExprKind::all_of && !all) return Value::of_truth(false);
  if (poison.poison()) return poison;
  switch (e.kind) {
    case ExprKind::count_of:
      return Value::of_number(count);
    case ExprKind::any_of:
      return Value::of_truth(false);
    case ExprKind::all_of:
    case ExprKind::none_of:
      return Value::of_truth(true);
    case ExprKind::sum_of: {
      Number sum = 0;
      for (const Value& t : terms) sum += t.amount;
      return Value::of_number(sum);
    }
    default:
      break;
  }
  if (terms.empty()) return Value::of(Value::absent, 0);
  const auto before = [](const Value& a, const Value& b) {
    return a.kind == Value::number ? a.amount < b.amount : a.whole < b.whole;
  };
  return e.kind == ExprKind::min_of ? *std::min_element(terms.begin(), terms.end(), before)
                                    : *std::max_element(terms.begin(), terms.end(), before);
}

// Of a level and none, the level is better; of two without a level, the one whose state stands earlier.
Value extreme_grade(const model::Enum& scale, const Value& a, const Value& b, bool worst) {
  const bool better = a.kind != b.kind          ? a.kind == Value::member
                      : a.kind == Value::member ? rank_of(scale, a.whole) <= rank_of(scale, b.whole)
                                                : a.state <= b.state;
  return better == worst ? b : a;
}

Value Evaluator::extreme(const Expr& e) {
  std::optional<Value> out;
  Value poison = Value::of_truth(true);
  for (const Expr* arg : e.args) {
    const Value v = evaluate(*arg);
    poison = worse(poison, v);
    if (v.kind != Value::member && v.kind != Value::unclassified) continue;
    out = out ? extreme_grade(*e.type.enumeration, *out, v, e.kind == ExprKind::worst_of) : v;
  }
  if (poison.poison()) return poison;
  return out ? *out : Value::of(Value::absent, 0);
}

// What a region could set: both bounds, and what lies halfway; where only one is written, less or more than it.
Value Evaluator::left_value(const model::Choice& choice) {
  const Value least = choice.least == nullptr ? Value{} : evaluate(*choice.least);
  const Value most = choice.most == nullptr ? Value{} : evaluate(*choice.most);
  const Number low = choice.least != nullptr ? least.amount : most.amount * 2;
  const Number high = choice.most != nullptr ? most.amount : least.amount * 2 + 1000;
  const std::vector<Number> samples{low, high, Number((low + high) / 2)};
  return Value::of_number(samples[oracle_.pick(samples.size(), &choice)]);
}

// Samples of what a figure could be that nobody has: enough to show that an answer depends on it.
Value Evaluator::open_value(const model::Type& type, const model::Choice* choice, const Expr* papers) {
  const std::size_t absent = type.optional ? 1 : 0;
  const auto pick = [&](std::size_t ways) {
    if (choice != nullptr) return oracle_.pick(ways, choice);
    return papers != nullptr ? oracle_.pick(ways, papers) : oracle_.pick(ways);
  };
  const auto whole = [&](Value::Kind kind, std::vector<std::int64_t> values) {
    const std::size_t at = pick(values.size() + absent);
    return at == values.size() ? Value::of(Value::absent, 0) : Value::of(kind, values[at]);
  };
  switch (type.kind) {
    case model::TypeKind::boolean: {
      const std::size_t at = pick(2 + absent);
      return at == 2 ? Value::of(Value::absent, 0) : Value::of_truth(at == 1);
    }
    case model::TypeKind::enumerated: {
      std::vector<std::int64_t> members;
      for (std::size_t i = 0; i < type.enumeration->members.size(); ++i)
        members.push_back(static_cast<std::int64_t>(i));
      return whole(Value::member, members);
    }
    case model::TypeKind::numeric: {
      const std::vector<int> samples{0, 1, 7, 1000, 30000};
      const std::size_t at = pick(samples.size() + absent);
      return at == samples.size() ? Value::of(Value::absent, 0) : Value::of_number(samples[at]);
    }
    case model::TypeKind::date:
      return whole(Value::date, {*day_of({2000, 1, 1}), *day_of({2024, 8, 25}), *day_of({2050, 12, 31})});
    case model::TypeKind::duration:
      return whole(type.duration == model::DurationKind::days ? Value::days : Value::months, {0, 5, 400});
    case model::TypeKind::text: {
      const std::vector<const char*> samples{"\x01 nobody has written this", "甲"};
      const std::size_t at = pick(samples.size() + absent);
      return at == samples.size() ? Value::of(Value::absent, 0) : Value::of_text(samples[at]);
    }
    case model::TypeKind::region:
      return whole(Value::region, {110000000000, 630100000000});
    default:
      return Value{};
  }
}

// Of a figure that lies between two others its ends and what lies halfway.
Value Evaluator::one_candidate(const Expr& e) {
  if (e.mask != 0) {
    std::vector<std::int64_t> members;
    for (std::size_t i = 0; i < e.type.enumeration->members.size(); ++i)
      if ((e.mask >> i & 1U) != 0) members.push_back(static_cast<std::int64_t>(i));
    return Value::of(Value::member, members[oracle_.pick(members.size(), e.choice)]);
  }
  if (e.args.size() == 1) return at_or_beyond(e);
  if (e.truth) return evaluate(*e.args[oracle_.pick(e.args.size(), e.choice)]);
  const Value low = evaluate(*e.args[0]);
  const Value high = evaluate(*e.args[1]);
  if (low.poison() || high.poison()) return worse(low, high);
  const std::size_t at = oracle_.pick(3, e.choice);
  if (at < 2) return at == 0 ? low : high;
  Value middle = low;
  middle.amount = Number(floor_of((low.amount + high.amount) / 2));
  middle.whole = (low.whole + high.whole) / 2;
  if (middle.kind == Value::number && middle.amount < low.amount) middle.amount = low.amount;
  return middle;
}

// Any level that is as good as another one or better, as bad or worse.
Value Evaluator::at_or_beyond(const Expr& e) {
  const Value bound = evaluate(*e.args[0]);
  if (bound.poison()) return bound;
  const auto& order = e.type.enumeration->best_to_worst;
  const auto at = bound.kind != Value::member
                      ? order.end()
                      : std::find(order.begin(), order.end(), static_cast<std::uint32_t>(bound.whole));
  const bool better = e.relation == Relation::less_equal;
  const auto begin = better || at == order.end() ? order.begin() : at;
  const auto end = better && at != order.end() ? at + 1 : order.end();
  // One choice whatever the bound is: the same pick is the same level while it is among those that are left.
  const std::size_t wanted = oracle_.pick(order.size(), e.choice);
  const auto count = static_cast<std::size_t>(end - begin);
  return Value::of(Value::member, static_cast<std::int64_t>(*(begin + static_cast<std::ptrdiff_t>(wanted % count))));
}

// Papers: what is absent or cannot be said does not speak. Those of the case that contradict each other stand for one
// thing wherever it is asked, those of the entries of a list for one in each.
Value Evaluator::said(const Expr& e) {
  const std::set<const model::Entry*> entries = std::exchange(read_entries_, {});
  std::optional<Value> first;
  std::optional<Value> silent;
  const auto taken = [&](Value v) {
    read_entries_.insert(entries.begin(), entries.end());
    return v;
  };
  const auto anything = [&](const model::Type& type) {
    return open_value(type, nullptr, read_entries_.empty() ? &e : nullptr);
  };
  for (const Expr* paper : e.args) {
    const Value v = evaluate(*paper);
    if (v.poison()) {
      if (e.kind == ExprKind::agreed || !first) return taken(v);
      continue;
    }
    if (v.silent && !silent) silent = v;
    if (v.silent || v.kind == Value::absent) continue;
    if (e.kind == ExprKind::first_present) return taken(v);
    if (first && !same(*first, v)) return taken(anything(e.type.optional ? required(e.type) : e.type));
    first = v;
  }
  if (first) return taken(*first);
  if (!silent) return taken(Value::of(Value::absent, 0));
  // Nobody can say it: whatever the first of them stands for.
  if (silent->kind == Value::absent) silent = anything(required(e.type));
  silent->silent = true;
  return taken(*silent);
}

Value Evaluator::compute(const Expr& e, const std::vector<Value>& args) {
  if (e.kind == ExprKind::cell) return cell(e, args);
  if (e.kind == ExprKind::in_catalogue) return in_catalogue(e, args);
  if (e.kind == ExprKind::in_table) return Value::of_truth(find_row(e.table->rows, args) != nullptr);
  // A bound of `no limit` bounds nothing; anything else that meets `absent` was not meant to be reached.
  for (const Value& v : args)
    if (v.kind == Value::absent) return Value{};
  const auto n = [&](std::size_t i) -> const Number& { return args[i].amount; };
  const auto w = [&](std::size_t i) { return args[i].whole; };
  switch (e.kind) {
    case ExprKind::not_:
      return Value::of_truth(!args[0].yes);
    case ExprKind::negate:
      return Value::of_number(-n(0));
    case ExprKind::absolute:
      return Value::of_number(n(0) < 0 ? Number(-n(0)) : n(0));
    case ExprKind::add:
    case ExprKind::subtract: {
      const bool plus = e.kind == ExprKind::add;
      if (args[0].kind == Value::number) return Value::of_number(plus ? Number(n(0) + n(1)) : Number(n(0) - n(1)));
      return Value::of(args[0].kind, plus ? w(0) + w(1) : w(0) - w(1));
    }
    case ExprKind::multiply:
      return Value::of_number(n(0) * n(1));
    case ExprKind::divide:
      if (n(1) == 0) return Value::fault("division by zero");
      if (args[0].kind == Value::no_limit) return args[0];
      return Value::of_number((args[0].kind == Value::number ? n(0) : Number(w(0))) /
                              n(1));  // w: a length counted in a unit
    case ExprKind::minimum:
    case ExprKind::maximum: {
      std::optional<Value> out;
      for (const Value& v : args) {
        if (v.kind == Value::no_limit) continue;
        const bool less = out && (v.kind == Value::number ? v.amount < out->amount : v.whole < out->whole);
        if (!out || less == (e.kind == ExprKind::minimum)) out = v;
      }
      return out ? *out : args[0];
    }
    case ExprKind::round:
      return Value::of_number(round_to_unit(n(0), exact(e.value), e.rounding));
    case ExprKind::ln: {
      const auto out = rounded_ln(n(0), exact(e.value), e.rounding);
      return out ? Value::of_number(*out) : Value::fault("ln of a number that is not positive");
    }
    case ExprKind::power: {
      const Number exponent = exact(e.value);
      const bool small = boost::multiprecision::denominator(exponent) == 1 && exponent >= 0 && exponent <= 6;
      const auto out = small ? integer_power(n(0), static_cast<int>(boost::multiprecision::numerator(exponent)))
                             : rounded_power(n(0), exponent, exact(e.rounding_unit), e.rounding);
      return out ? Value::of_number(*out) : Value::fault("power is not defined");
    }
    case ExprKind::steps: {
      // As every rounding, on the absolute value.
      return Value::of_number(round_to_unit(n(0) / exact(e.value), 1, e.truth ? Rounding::up : Rounding::down));
    }
    case ExprKind::bands:
      return bands(e, n(0));
    case ExprKind::add_months:
      return args[1].kind == Value::no_limit ? args[1] : day_or_fault(months_later(w(0), w(1)));
    case ExprKind::add_days:
      return args[1].kind == Value::no_limit ? args[1] : day_or_fault(days_later(w(0), w(1)));
    case ExprKind::subtract_months:
      return day_or_fault(months_later(w(0), -w(1)));
    case ExprKind::subtract_days:
      return day_or_fault(days_later(w(0), -w(1)));
    case ExprKind::duration_times:
      return Value::of(args[0].kind, w(0) * static_cast<std::int64_t>(floor_of(n(1))));
    case ExprKind::full_years:
      return Value::of_number(whole_periods(w(0), w(1), 12, e.edge == Edge::the_day_after));
    case ExprKind::full_months:
      return Value::of_number(whole_periods(w(0), w(1), 1, e.edge == Edge::the_day_after));
    case ExprKind::started_years:
      return Value::of_number(started_periods(w(0), w(1), 12));
    case ExprKind::days_between:
      return Value::of_number(w(1) - w(0));
    case ExprKind::span: {
      if (e.type.duration == model::DurationKind::days) return Value::of_number(w(1) - w(0));
      const std::int64_t whole = whole_periods(w(0), w(1), 1, false);
      const bool over = months_later(w(0), whole) != w(1);
      return Value::of_number(over ? Number(2 * whole + 1, 2) : Number(whole));
    }
    case ExprKind::year_of:
      return Value::of_number(date_of(w(0)).year);
    case ExprKind::start_of_year:
      return day_or_fault(day_of({date_of(w(0)).year, 1, 1}));
    case ExprKind::end_of_year:
      return day_or_fault(day_of({date_of(w(0)).year, 12, 31}));
    case ExprKind::compare:
      return compare(e, args[0], args[1]);
    case ExprKind::in_mask:
      return Value::of_truth(args[0].kind != Value::unclassified &&
                             ((e.mask >> static_cast<unsigned>(w(0))) & 1U) != 0);
    case ExprKind::same_member: {
      const bool equal = args[0].kind == args[1].kind && args[0].kind != Value::unclassified && w(0) == w(1);
      return Value::of_truth(equal == (e.relation == Relation::equal));
    }
    case ExprKind::rank_compare: {
      if (args[0].kind != Value::member || args[1].kind != Value::member) return Value::of_truth(false);
      const model::Enum& scale = *e.args[0]->type.enumeration;
      return Value::of_truth(holds(e.relation, rank_of(scale, w(0)), rank_of(scale, w(1))));
    }
    case ExprKind::in_set:
      return Value::of_truth(
          std::any_of(args.begin() + 1, args.end(), [&](const Value& v) { return same(args[0], v); }));
    case ExprKind::within_region:
      return Value::of_truth(region_lies_in(w(0), w(1)));
    case ExprKind::within_window:
      return within_window(e, w(0), w(1), w(2));
    default:
      throw std::logic_error("the reference does not know expression kind " + std::to_string(static_cast<int>(e.kind)));
  }
}

Value Evaluator::compare(const Expr& e, const Value& a, const Value& b) const {
  if (a.kind == Value::no_limit || b.kind == Value::no_limit) {
    // A day with no limit is later than every day; a limit that does not bound is met in either direction.
    if (e.args[0]->type.kind == model::TypeKind::date)
      return Value::of_truth(holds(e.relation, a.kind == Value::no_limit ? 1 : 0, b.kind == Value::no_limit ? 1 : 0));
    return Value::of_truth(e.relation != Relation::not_equal && e.relation != Relation::equal);
  }
  switch (a.kind) {
    case Value::number:
      return Value::of_truth(holds(e.relation, a.amount, b.amount));
    case Value::truth:
      return Value::of_truth(holds(e.relation, a.yes, b.yes));
    case Value::text:
      return Value::of_truth(holds(e.relation, a.words, b.words));
    default:
      return Value::of_truth(holds(e.relation, a.whole, b.whole));
  }
}

// What is absent where a value is needed is so because an earlier requirement fails.
Value present(const Value& v) {
  return v.kind == Value::absent ? Value{} : v;
}

// Two comparisons: what fails the one fails, whatever is wrong with the other.
Value Evaluator::within_period(const Expr& e) {
  const Value x = evaluate(*e.args[0]);
  const std::array bounds{present(evaluate(*e.args[1])), present(evaluate(*e.args[2]))};
  if (present(x).poison()) return present(x);
  Value out = Value::of_truth(true);
  for (const std::size_t end : {1U, 2U}) {
    const Value& bound = bounds.at(end - 1);
    if (bound.poison()) {
      out = out.is_true() ? bound : worse(out, bound);
    } else if (bound.kind != Value::no_limit && (end == 1 ? bound.whole > x.whole : x.whole > bound.whole)) {
      return Value::of_truth(false);
    }
  }
  return out;
}

Value Evaluator::within_window(const Expr& e, std::int64_t x, std::int64_t length, std::int64_t d) const {
  const SlowDate date = date_of(d);
  const std::int64_t first_of_month = *day_of({date.year, date.month, 1});
  std::optional<std::int64_t> edge;
  switch (e.window) {
    case model::WindowKind::months_before:
      edge = months_later(d, -length);
      break;
    case model::WindowKind::days_before:
      edge = days_later(d, -length);
      break;
    case model::WindowKind::months_after:
      edge = months_later(d, length);
      break;
    case model::WindowKind::days_after:
      edge = days_later(d, length);
      break;
    case model::WindowKind::calendar_months_before:
      edge = months_later(first_of_month, -length);
      break;
    case model::WindowKind::calendar_months_to:
      edge = months_later(first_of_month, -(length - 1));
      break;
  }
  if (!edge) return Value::fault("date out of range");
  switch (e.window) {
    case model::WindowKind::months_before:
    case model::WindowKind::days_before:
      return Value::of_truth(*edge < x && x <= d);
    case model::WindowKind::months_after:
    case model::WindowKind::days_after:
      return Value::of_truth(d <= x && x < *edge);
    case model::WindowKind::calendar_months_before:
      return Value::of_truth(*edge <= x && x < first_of_month);
    case model::WindowKind::calendar_months_to:
      return Value::of_truth(*edge <= x && x <= d);
  }
  return Value{};
}

// Each band on its own part; what lies below zero is charged at the first rate.
Value Evaluator::bands(const Expr& e, const Number& base) const {
  Number sum = 0;
  Number from = 0;
  for (const model::Band& band : e.bands) {
    const bool last = !band.has_limit || base <= exact(band.up_to);
    const Number to = last ? base : exact(band.up_to);
    sum += (to - from) * exact(band.rate);
    if (last) break;
    from = to;
  }
  return Value::of_number(sum);
}

// ---- tables
// ------------------------------------------------------------------------------------------------------------------

bool Evaluator::matches(const model::Pattern& pattern, const Value& key) {
  using model::Pattern;
  if (pattern.kind == Pattern::any) return true;
  if (key.kind == Value::absent) return pattern.kind == Pattern::absent;
  bool hit = false;
  switch (pattern.kind) {
    case Pattern::any:
    case Pattern::absent:
      break;
    case Pattern::member_set:
      hit = key.kind == Value::member && ((pattern.mask >> static_cast<unsigned>(key.whole)) & 1U) != 0;
      break;
    case Pattern::truth:
      hit = (pattern.mask & (key.yes ? 2U : 1U)) != 0;
      break;
    case Pattern::interval: {
      const Number at = key.kind == Value::number ? key.amount : Number(key.whole);
      for (const Pattern::Interval& i : pattern.intervals) {
        const bool above = !i.low || (i.low_open ? at > exact(*i.low) : at >= exact(*i.low));
        const bool below = !i.high || (i.high_open ? at < exact(*i.high) : at <= exact(*i.high));
        hit = hit || (above && below);
      }
      break;
    }
    case Pattern::text_set:
      hit = std::find(pattern.texts.begin(), pattern.texts.end(), key.words) != pattern.texts.end();
      break;
    case Pattern::region_set:
      hit = std::any_of(pattern.regions.begin(), pattern.regions.end(),
                        [&](Region r) { return region_lies_in(key.whole, r); });
      break;
  }
  return hit != pattern.negated;
}

const model::Row* Evaluator::find_row(const std::vector<model::Row>& rows, const std::vector<Value>& keys) {
  for (const model::Row& row : rows) {
    bool all = true;
    for (std::size_t i = 0; i < row.keys.size(); ++i) all = all && matches(row.keys[i], keys.at(i));
    if (all) return &row;
  }
  return nullptr;
}

// Row by row: listed on that day; past the day up to which the file is complete the rest is open.
Value Evaluator::in_catalogue(const Expr& e, const std::vector<Value>& args) {
  for (const Value& v : args)
    if (v.kind == Value::absent) return Value{};
  const model::Catalogue& catalogue = *e.catalogue;
  const std::int64_t day = args[1].whole;
  for (const model::Listing& listing : catalogue.listings)
    if (listing.key == args[0].words && listing.from <= day && (!listing.until || day < *listing.until))
      return Value::of_truth(true);
  if (catalogue.first && day < *catalogue.first) return Value::of_truth(false);
  if (catalogue.complete_to && day <= *catalogue.complete_to) return Value::of_truth(false);
  return Value::of_truth(oracle_.pick(2, e.choice) == 1);
}

Value Evaluator::result_cell(const model::ResultCell& cell, const std::string& table) {
  switch (cell.kind) {
    case model::ResultCell::value:
      return evaluate(*cell.expr);
    case model::ResultCell::absent:
      return Value::of(Value::absent, 0);
    case model::ResultCell::no_limit:
      return Value::of(Value::no_limit, 0);
    case model::ResultCell::not_entitled:
      break;
  }
  refusals_.insert(table);
  Value v = Value::of(Value::refused, 0);
  v.words = table;
  return v;
}

Value Evaluator::cell(const Expr& e, const std::vector<Value>& keys) {
  const model::Table& table = *e.table;
  if (const model::Row* row = find_row(table.rows, keys)) {
    // A row that grants nothing grants nothing in any of its columns.
    for (const model::ResultCell& c : row->results)
      if (c.kind == model::ResultCell::not_entitled) return result_cell(c, table.name.primary);
    return result_cell(row->results.at(e.column), table.name.primary);
  }
  switch (table.otherwise) {
    case model::Table::value:
      return evaluate(*table.otherwise_value);
    case model::Table::gap:
      return open_value(e.type, nullptr);
    case model::Table::refuse:
      break;
  }
  model::ResultCell hole;
  hole.kind = model::ResultCell::not_entitled;
  return result_cell(hole, table.name.primary);
}

}  // namespace guiju::reference
