// What each operation does to abstract values. The table of operations stands in plan/operations.def.
#include "run/machine.hpp"

#include <algorithm>
#include <bit>

#include "run/foot.hpp"
#include "run/share.hpp"
#include "values/transcendental.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotClass;

Machine::Machine(const plan::Plan& plan, const plan::Section& section, const Facts& facts, Decision& decision)
    : plan_(plan), section_(section), facts_(facts), decision_(decision) {}

void Machine::run(Index begin, Index end) {
  if (decision_.slots.size() < section_.slots.size()) decision_.slots.resize(section_.slots.size());
  for (Index i = begin; i < end; ++i) {
    const Op& op = section_.ops[i];
    step(op, i);
    if (op.code == Operation::FOLD) i += plan_.folds[op.aux].length;
  }
}

// The day that the host set; false where it set none and it is asked for as a fact is.
bool Machine::host_day(const plan::FieldInfo& field, Value& out) const {
  const auto& day = decision_.options.as_at;
  if (!day && field.host_day == plan::FieldInfo::as_at) return false;
  out = day ? number_value(*day) : absent_value();
  return true;
}

void Machine::step(const Op& op, Index index) {
  const SlotClass cls = section_.slots[op.out].cls;
  Value& out = decision_.slots[op.out];
  switch (op.code) {
    case Operation::FACT: {
      const plan::Layout& layout = facts_.layout();
      if (layout.fields[op.aux].host_day != plan::FieldInfo::no_day && host_day(layout.fields[op.aux], out)) return;
      const Value* condition = op.a == kNone ? nullptr : &at(op.a);
      out = fact(layout.fields[op.aux], facts_.row().values[op.aux], condition, layout.fields[op.aux].path);
      return;
    }
    case Operation::ITEM: {
      const Frame& frame = frames_[op.edge];
      const plan::FieldInfo& field = plan_.layouts[frame.layout].fields[op.aux];
      const Value* condition = op.a == kNone ? nullptr : &at(op.a);
      out = fact(field, frame.row->values[op.aux], condition, path_of(op));
      return;
    }
    case Operation::CONST:
      out = constant(plan_.constants[op.aux]);
      return;
    case Operation::OPEN:
      out = open_text(op);
      return;
    case Operation::HAS: {
      const Value& a = at(op.a);
      std::uint64_t mask = 0;
      if ((a.state & (Value::has_value | Value::may_be_unlimited)) != 0) mask |= kTrue;
      if (may(a, Value::may_be_absent)) mask |= kFalse;
      out = mask_value(mask);
      add_faults(out, a);
      return;
    }
    case Operation::ORELSE: {
      const Value& a = at(op.a);
      if (!may(a, Value::may_be_absent)) {
        out = a;
        return;
      }
      Value present = a;
      present.state &= static_cast<std::uint8_t>(~Value::may_be_absent);
      out = present.state == 0 ? at(op.b) : join(present, at(op.b), cls);
      return;
    }
    case Operation::SPEAK:
      out = first_present(op);
      return;
    case Operation::AGREE:
      out = agreed(op);
      return;
    case Operation::SILENT: {
      const Value& a = at(op.a);
      out = mask_value(a.silence == Value::silent ? kTrue : a.silence == Value::speaks ? kFalse : kTrue | kFalse);
      add_faults(out, a);
      return;
    }
    case Operation::ONLYIF:
      out = select(at(op.a), at(op.b), absent_value(), cls);
      return;
    case Operation::AND:
      out = logic_and(at(op.a), at(op.b));
      return;
    case Operation::OR:
      out = logic_or(at(op.a), at(op.b));
      return;
    case Operation::NOT:
      out = logic_not(at(op.a));
      return;
    case Operation::SEL:
      out = select(at(op.a), at(op.b), at(op.c), cls);
      return;
    case Operation::PICK:
      out = pick(op);
      return;
    case Operation::ATMOST1:
      out = at_most_one(op);
      return;
    case Operation::ADD:
      out = add_values(at(op.a), at(op.b));
      return;
    case Operation::SUB:
      out = subtract_values(at(op.a), at(op.b));
      return;
    case Operation::MUL:
      out = multiply_values(at(op.a), at(op.b));
      return;
    case Operation::SCALE: {
      const Value& a = at(op.a);
      if (!may(a, Value::has_value)) {
        out = a;
        return;
      }
      Value factor = number_value(plan_.ratios[op.aux].num());
      Value v = multiply_values(a, factor);
      v.state |= static_cast<std::uint8_t>(a.state & (Value::may_be_absent | Value::may_be_unlimited));
      out = v;
      return;
    }
    case Operation::DIV:
      out = divide_values(at(op.a), at(op.b));
      return;
    case Operation::NEG:
      out = negate_value(at(op.a));
      return;
    case Operation::ABS:
      if (decision_.trace != nullptr) decision_.trace->compared(at(op.a), number_value(0));
      out = absolute_value(at(op.a));
      return;
    case Operation::MIN:
    case Operation::MAX:
      if (decision_.trace != nullptr) decision_.trace->compared(at(op.a), at(op.b));
      out = op.code == Operation::MIN ? least_value(at(op.a), at(op.b)) : greatest_value(at(op.a), at(op.b));
      return;
    case Operation::ROUND:
      out = round(op);
      return;
    case Operation::LN:
    case Operation::POW:
      out = transcendental(op);
      return;
    case Operation::BANDS:
      out = bands(op);
      return;
    case Operation::DADDM:
    case Operation::DADDD:
      out = add_duration(op);
      return;
    case Operation::DFULL:
      out = elapsed(op);
      return;
    case Operation::DPART:
      out = date_part(op);
      return;
    case Operation::KNOWN: {
      const auto& known_on = decision_.options.known_on;
      out = known_on ? compare_values(at(op.a), interval_value(*known_on, *known_on), Relation::less_equal, true)
                     : truth_value(true);
      return;
    }
    case Operation::CMP:
      out = compare(op);
      return;
    case Operation::SAME:
      out = same(op);
      return;
    case Operation::INMASK: {
      const Value& a = at(op.a);
      const std::uint64_t mask = plan_.masks[op.aux];
      out = mask_value(((a.mask & mask) != 0 ? kTrue : 0) | ((a.mask & ~mask) != 0 ? kFalse : 0));
      add_faults(out, a);
      return;
    }
    case Operation::STATE: {
      const Value& a = at(op.a);
      const std::uint64_t mask = plan_.masks[op.aux];
      out = mask_value(((a.mask & mask) != 0 ? kTrue : 0) | ((a.mask & ~mask) != 0 ? kFalse : 0));
      return;
    }
    case Operation::INREG:
      out = in_region(op);
      return;
    case Operation::FOLD:
      out = fold(op, index);
      return;
    case Operation::LOOK:
      out = look(op);
      return;
    case Operation::CELL:
      out = cell(op);
      return;
    case Operation::HIT:
      out = hit(op);
      return;
    case Operation::GRADE:
      out = grade(op);
      return;
    case Operation::WORST:
    case Operation::BEST:
      out = extreme(op);
      return;
    case Operation::FOOT:
      foot_amount(op);
      return;
    case Operation::SHARE:
      out = share(plan_.splits[op.aux], op.edge, at(op.a));
      return;
  }
}

Index Machine::intern(std::string_view text) {
  auto& texts = decision_.texts;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] == text) return static_cast<Index>(i);
  }
  texts.push_back(text);
  return static_cast<Index>(texts.size() - 1);
}

std::string Machine::path_of(const Op& op) const {
  if (op.code == Operation::FACT) return facts_.layout().fields[op.aux].path;
  const Frame& frame = frames_[op.edge];
  const std::string& field = plan_.layouts[frame.layout].fields[op.aux].path;
  std::string path = frame.list_path + "[" + std::to_string(frame.entry) + "]";
  return field.empty() ? path : path + "." + field;
}

// ---- sources
// ------------------------------------------------------------------------------------------------------------------

namespace {

Value anything(SlotClass cls, std::uint64_t members) {
  Value v;
  v.state = Value::has_value;
  switch (cls) {
    case SlotClass::truth:
      v.mask = kTrue | kFalse;
      break;
    case SlotClass::member:
      v.mask = members;
      break;
    case SlotClass::document:
      v.mask = 0b111;
      break;
    case SlotClass::day:
      v.low = kFirstDay;
      v.high = kLastDay;
      break;
    case SlotClass::number:
    case SlotClass::months:
    case SlotClass::days:
      v.low_open_end = v.high_open_end = true;
      break;
    case SlotClass::text:
    case SlotClass::region:
    case SlotClass::list:
    case SlotClass::row:
      v.any = true;
      break;
  }
  return v;
}

std::uint64_t all_members(const plan::Plan& plan, Index enumeration) {
  if (enumeration == kNone) return 0;
  const std::size_t n = plan.enums[enumeration].members.size();
  return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
}

}  // namespace

Value Machine::unknown(const plan::SlotInfo& slot) const {
  return anything(slot.cls, all_members(plan_, slot.enumeration));
}

Value Machine::unknown(const plan::FieldInfo& field, FactState state) const {
  Value v = anything(field.cls, all_members(plan_, field.enumeration));
  if (field.presence) v.mask = kTrue;
  const bool ordered = field.cls == SlotClass::number || field.cls == SlotClass::day ||
                       field.cls == SlotClass::months || field.cls == SlotClass::days;
  if (ordered) {
    v.low_open_end = v.high_open_end = false;
    v.low = field.least;
    v.high = field.most;
  }
  if (field.declared_optional) v.state |= Value::may_be_absent;
  v.silence = state == FactState::unknowable ? Value::silent : field.unknowable ? Value::may_be_silent : Value::speaks;
  return v;
}

void Machine::tell_bad(const plan::FieldInfo& field, const std::string& path) {
  const auto of_path = [&](const BadFact& b) { return b.path == path; };
  if (std::any_of(decision_.bad.begin(), decision_.bad.end(), of_path)) return;
  const auto known = std::find_if(facts_.bad().begin(), facts_.bad().end(), of_path);
  decision_.bad.push_back(known == facts_.bad().end() ? BadFact{path, "", facts_.allowed(field)} : *known);
}

Value Machine::fact(const plan::FieldInfo& field, const FactValue& value, const Value* condition,
                    const std::string& path) {
  if (condition != nullptr && is_false(*condition)) return absent_value();
  Value v;
  switch (value.state) {
    case FactState::unknown:
    case FactState::unknowable: {
      const Cell* cell = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(value);
      if (field.cls == SlotClass::document) {
        v = mask_value(1U << owed);
      } else if (field.cls == SlotClass::list || cell == nullptr) {
        v = unknown(field, value.state);
      } else {
        v = supposed(*cell, field.cls);
      }
      break;
    }
    case FactState::absent:
      v = absent_value();
      if (!field.declared_optional && (condition == nullptr || is_true(*condition))) {
        plan::FieldInfo needed = field;  // null may be written where the condition does not hold
        needed.optional = false;
        plan::LocalText allowed = facts_.allowed(needed);
        allowed.zh += "; 此时须填写";
        allowed.en += "; not null in this case";
        decision_.bad.push_back({path, "null", std::move(allowed)});
        v = failed_value();
      }
      break;
    case FactState::bad:
      tell_bad(field, path);
      v = failed_value();
      break;
    case FactState::known:
      v.state = Value::has_value;
      switch (field.cls) {
        case SlotClass::truth:
          v = truth_value(value.c != 0);
          break;
        case SlotClass::member:
        case SlotClass::document:
          v = mask_value(std::uint64_t{1} << static_cast<unsigned>(value.c));
          break;
        case SlotClass::text:
          v.text = intern(value.text);
          break;
        case SlotClass::list:
          break;
        default:
          v = number_value(value.c);
          break;
      }
      break;
  }
  if (field.cls == SlotClass::list && may(v, Value::has_value)) {
    v.low = v.high = static_cast<i128>(lists_.size());
    List list;
    list.list = value.state == FactState::known ? value.list.get() : nullptr;
    list.source.fact = &value;
    list.source.field = &field;
    list.source.path = path;
    list.source.cls = SlotClass::list;
    list.complete = (list.list != nullptr && list.list->complete) ||
                    (decision_.supposed != nullptr && decision_.supposed->of(value) != nullptr);
    lists_.push_back(std::move(list));
  }
  if (condition != nullptr && !is_true(*condition)) v = select(*condition, v, absent_value(), field.cls);
  return v;
}

Value Machine::constant(const plan::ConstantInfo& k) {
  if (k.absent) return absent_value();
  if (k.no_limit) return unlimited_value();
  switch (k.cls) {
    case SlotClass::truth:
      return truth_value(k.c != 0);
    case SlotClass::member:
      return mask_value(static_cast<std::uint64_t>(k.c));
    case SlotClass::text: {
      Value v;
      v.state = Value::has_value;
      v.text = intern(k.text);
      return v;
    }
    default:
      return number_value(k.c);
  }
}

// A part of what an open fact or text could be.
Value Machine::supposed(const Cell& cell, SlotClass cls) {
  Value v = cell.value;
  if (cls != SlotClass::text || !may(v, Value::has_value)) return v;
  if (v.any) {
    v.low = cell.but.empty() ? 0 : decision_.supposed->number_of(cell);
  } else {
    v.text = intern(cell.text);
  }
  return v;
}

// Of a set of members it is one; of a number what lies between its bounds, as far as there are any.
Value Machine::between(const Op& op) const {
  if (op.a == kNone && op.b == kNone) return unknown(section_.slots[op.out]);
  if (class_of(op.out) == SlotClass::member) return at(op.a);
  if (op.a != kNone && op.b != kNone) return join(at(op.a), at(op.b), class_of(op.out));
  const Value& bound = at(op.a == kNone ? op.b : op.a);
  if (!may(bound, Value::has_value)) return bound;
  Value v = bound;
  v.low_open_end = op.a == kNone || bound.low_open_end;
  v.high_open_end = op.b == kNone || bound.high_open_end;
  return v;
}

Value Machine::open_text(const Op& op) {
  const plan::ChoiceInfo& choice = plan_.choices[op.aux];
  const Cell* cell = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(op.aux);
  if (op.mode == plan::kOpenReading)
    return cell == nullptr ? mask_value(kTrue | kFalse) : truth_value(cell->reading == op.edge);
  if (op.c == kNone || plan_.operands[op.c].empty()) {
    // A standard that is called twice reads one text under two sets of bounds: a stretch belongs to one of them.
    const bool here = cell != nullptr && (cell->slot == kNone || cell->slot == op.out);
    return here ? supposed(*cell, class_of(op.out)) : between(op);
  }
  const auto& readings = plan_.operands[op.c];
  if (cell != nullptr) return at(readings[cell->reading]);  // of an adopted one only where another is tried on purpose
  if (choice.adopted != kNone) return at(readings[choice.adopted]);
  Value v = at(readings.front());
  for (const plan::SlotId slot : readings) v = join(v, at(slot), class_of(op.out));
  return v;
}

// ---- what is said
// ---------------------------------------------------------------------------------------------------------------

namespace {

bool says_nothing(const Value& v) {
  return v.silence == Value::silent || !may(v, Value::has_value);
}

}  // namespace

// Where nobody says anything: absent, or unknowable if one that was asked could not say.
static Value nothing_said(const Value* silent, bool may_be_silent, Value anything) {
  if (silent != nullptr && may(*silent, Value::has_value)) anything = *silent;
  anything.state &= static_cast<std::uint8_t>(~Value::may_be_absent);
  anything.silence = silent != nullptr ? Value::silent : Value::may_be_silent;
  if (silent != nullptr) return anything;
  return may_be_silent ? join(anything, absent_value(), SlotClass::truth) : absent_value();
}

// What no paper bounds could be anything.
Value Machine::unsaid(const Op& op) {
  const Cell* cell = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(kPapers + op.aux);
  return cell == nullptr ? unknown(section_.slots[op.out]) : supposed(*cell, class_of(op.out));
}

// An unknown one stops the search, an unknowable one does not: "not asked" must not fall through to a weaker paper and
// flip later.
Value Machine::first_present(const Op& op) {
  Value v;
  bool any = false;
  const Value* silent = nullptr;
  bool may_be_silent = false;
  for (const plan::SlotId slot : plan_.operands[op.aux]) {
    const Value& a = at(slot);
    if (silent == nullptr && a.silence == Value::silent) silent = &a;
    may_be_silent = may_be_silent || a.silence == Value::may_be_silent;
    if ((a.state & ~kFaults) == 0) return any ? with_faults(v, a) : a;  // what it says cannot be told
    if (says_nothing(a)) continue;
    Value said = a;
    said.silence = Value::speaks;
    said.state &= static_cast<std::uint8_t>(~Value::may_be_absent);
    const std::uint8_t before = faults(v);
    v = any ? join(v, said, class_of(op.out)) : said;
    v.state |= before;
    any = true;
    if (a.silence == Value::speaks && !may(a, Value::may_be_absent)) return v;
  }
  const Value none = nothing_said(silent, may_be_silent, unsaid(op));
  return any ? join(v, none, class_of(op.out)) : none;
}

Machine::Said Machine::said_by(const Op& op) const {
  Said said;
  for (const plan::SlotId slot : plan_.operands[op.aux]) {
    const Value& a = at(slot);
    const SlotClass cls = class_of(slot);
    said.faults |= faults(a);
    if ((a.state & ~kFaults) == 0 && said.fails == nullptr) said.fails = &a;
    if (said.silent == nullptr && a.silence == Value::silent) said.silent = &a;
    said.may_be_silent = said.may_be_silent || a.silence == Value::may_be_silent;
    if (says_nothing(a)) continue;
    const bool sure = a.silence == Value::speaks && !may(a, Value::may_be_absent);
    said.sure = said.sure || sure;
    if (!sure || !is_known(a, cls)) {
      said.open = true;
      continue;
    }
    if (said.value != nullptr && !is_known(join(*said.value, a, cls), cls)) said.contradicted = true;
    said.value = &a;
  }
  return said;
}

// Where they contradict each other it could be anything.
Value Machine::agreed(const Op& op) {
  const Said said = said_by(op);
  if (said.fails != nullptr) return *said.fails;
  const Cell* cell = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(kPapers + op.aux);
  if (said.contradicted && cell != nullptr) return supposed(*cell, class_of(op.out));
  Value v = unknown(section_.slots[op.out]);
  if (!said.contradicted && !said.open && said.value != nullptr) v = *said.value;
  if (!said.contradicted && !said.sure) {
    const Value none = nothing_said(said.silent, said.may_be_silent, unsaid(op));
    v = said.open ? join(v, none, class_of(op.out)) : none;
  }
  v.state |= said.faults;
  return v;
}

// ---- choices
// ------------------------------------------------------------------------------------------------------------------

Value Machine::pick(const Op& op) const {
  const auto& operands = plan_.operands[op.aux];
  const SlotClass cls = class_of(op.out);
  Value v;
  bool any = false;
  bool certain = false;
  for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
    const Value& condition = at(operands[i]);
    if (condition.state == 0) return {};
    if (condition.mask == 0) {
      // What cannot be told leaves open what comes after it; where each must be told, everything.
      if ((op.mode & plan::kPickExclusive) != 0) return with_faults({}, condition);
      add_faults(v, condition);
      return v;
    }
    add_faults(v, condition);
    if (!may_be_true(condition)) continue;
    const Value& value = at(operands[i + 1]);
    const std::uint8_t before = faults(v);
    v = any ? join(v, value, cls) : value;
    v.state |= before;
    any = true;
    certain = certain || is_true(condition);
    if (certain && (op.mode & plan::kPickExclusive) == 0) break;
  }
  if (certain || (op.mode & plan::kPickGap) == 0) return v;
  // Where no branch holds the text says nothing: it could be anything, and the case is referred.
  const Value anything = unknown(section_.slots[op.out]);
  return any ? join(v, anything, cls) : with_faults(anything, v);
}

Value Machine::at_most_one(const Op& op) const {
  std::size_t certain = 0;
  std::size_t possible = 0;
  Value faulty;
  for (const plan::SlotId slot : plan_.operands[op.aux]) {
    const Value& truth = at(slot);
    if (truth.mask == 0) return with_faults({}, truth);
    add_faults(faulty, truth);
    if (is_true(truth)) ++certain;
    if (may_be_true(truth)) ++possible;
  }
  if (certain > 1) return truth_value(false);
  return with_faults(possible > 1 ? mask_value(kTrue | kFalse) : truth_value(true), faulty);
}

// ---- numbers
// ------------------------------------------------------------------------------------------------------------------

namespace {

// Applies a function that never decreases to both ends.
template <typename F>
Value monotone(const Value& a, F&& apply) {
  if (!may(a, Value::has_value)) return a;
  Value v = a;
  Fraction low;
  Fraction high;
  bool fits = a.low_open_end || apply(low_of(a), low);
  if (fits && !a.high_open_end && !a.low_open_end && compare(low_of(a), high_of(a)) == 0) {
    high = low;
  } else {
    fits = fits && (a.high_open_end || apply(high_of(a), high));
  }
  if (!fits) {
    const bool open = a.low_open_end || a.high_open_end || compare(low_of(a), high_of(a)) != 0;
    if (!open) return failed_value();
    v.state |= Value::may_fail;
    v.low_open_end = v.high_open_end = true;
    return v;
  }
  set_low(v, low);
  set_high(v, high);
  return v;
}

}  // namespace

Value Machine::round(const Op& op) const {
  const Rational& ratio = plan_.ratios[op.aux];
  const auto mode = static_cast<Rounding>(op.mode);
  return monotone(at(op.a), [&](const Fraction& f, Fraction& out) { return run::round(f, ratio, mode, out); });
}

// ln and powers grow with their operand; a negative exponent turns the ends round.
Value Machine::transcendental(const Op& op) const {
  const Rational& scale = plan_.ratios[op.aux];
  const Rational& unit = plan_.ratios[op.c];
  const auto mode = static_cast<Rounding>(op.mode);
  const bool is_power = op.code == Operation::POW;
  const Rational exponent = is_power ? plan_.ratios[op.b] : Rational();
  const auto apply = [&](const Fraction& f, Fraction& out) {
    Fraction x;
    if (!multiply(f, {scale.num(), scale.den()}, x)) return false;
    const auto argument = Rational::make(x.n, x.d);
    if (!argument) return false;
    const MathResult result =
        is_power ? power_rounded(*argument, exponent, unit, mode) : ln_rounded(*argument, unit, mode);
    if (!result.value) return false;
    const auto steps = div(*result.value, unit);
    if (!steps) return false;
    out = {steps->num(), 1};
    return true;
  };
  const Value v = monotone(at(op.a), apply);
  if (exponent.sign() >= 0 || !may(v, Value::has_value)) return v;
  Value turned = v;
  std::swap(turned.low, turned.high);
  std::swap(turned.low_den, turned.high_den);
  std::swap(turned.low_open_end, turned.high_open_end);
  return turned;
}

Value Machine::bands(const Op& op) const {
  const auto& table = plan_.bands[op.aux];
  if (decision_.trace != nullptr) {
    std::vector<i128> limits;
    for (const auto& band : table) limits.push_back(band.up_to);
    decision_.trace->against(at(op.a), limits);
  }
  return monotone(at(op.a), [&](const Fraction& base, Fraction& out) {
    Fraction sum;
    Fraction from;
    for (const auto& band : table) {
      Fraction upper = base;
      if (!band.open && run::compare(base, {band.up_to, 1}) > 0) upper = {band.up_to, 1};
      Fraction part;
      if (!subtract(upper, from, part) || !multiply(part, {band.rate, 1}, part) || !add(sum, part, sum)) return false;
      if (band.open || run::compare(base, {band.up_to, 1}) <= 0) break;
      from = upper;
    }
    out = sum;
    return true;
  });
}

// ---- dates
// --------------------------------------------------------------------------------------------------------------------

Value Machine::add_duration(const Op& op) const {
  const Value& date = at(op.a);
  Value length = at(op.b);
  if (op.mode != 0) length = negate_value(length);
  Value v;
  v.state = static_cast<std::uint8_t>((date.state & length.state & Value::has_value) | faults(date) | faults(length));
  if (may(date, Value::may_be_unlimited) || may(length, Value::may_be_unlimited)) v.state |= Value::may_be_unlimited;
  if (!may(v, Value::has_value)) return v;
  const bool months = op.code == Operation::DADDM;
  const auto end = [&](i128 day, i128 count, bool open, i128& out) {
    if (open || count > 1'000'000 || count < -1'000'000) return false;
    const auto d = static_cast<Day>(day);
    const auto n = static_cast<std::int64_t>(count);
    const auto result = months ? add_months(d, n) : add_days(d, n);
    if (result) out = *result;
    return result.has_value();
  };
  const bool low_fits = end(date.low, length.low, length.low_open_end, v.low);
  const bool high_fits = end(date.high, length.high, length.high_open_end, v.high);
  if (low_fits && high_fits) return v;
  const bool known =
      date.low == date.high && !length.low_open_end && !length.high_open_end && length.low == length.high;
  if (known) return failed_value();
  v.state |= Value::may_fail;
  if (!low_fits) v.low = kFirstDay;
  if (!high_fits) v.high = kLastDay;
  return v;
}

Value Machine::elapsed(const Op& op) const {
  const Value& from = at(op.a);
  const Value& to = at(op.b);
  Value v;
  v.state = static_cast<std::uint8_t>((from.state & to.state & Value::has_value) | faults(from) | faults(to));
  if (!may(v, Value::has_value)) return v;
  const auto edge = static_cast<Edge>(op.edge);
  const auto count = [&](i128 a, i128 b) -> i128 {
    const auto x = static_cast<Day>(a);
    const auto y = static_cast<Day>(b);
    switch (op.mode) {
      case 0:
        return full_years(x, y, edge);
      case 1:
        return full_months(x, y, edge);
      case 2:
        return started_years(x, y);
      case 4:
        return half_months(x, y);
      default:
        return i128{y} - x;
    }
  };
  // More time where it begins earlier and ends later.
  v.low = count(from.high, to.low);
  v.high = count(from.low, to.high);
  return v;
}

Value Machine::date_part(const Op& op) const {
  return monotone(at(op.a), [&](const Fraction& f, Fraction& out) {
    const auto d = static_cast<Day>(f.n);
    switch (op.mode) {
      case 0:
        out = {year_of(d), 1};
        break;
      case 1:
        out = {start_of_year(d), 1};
        break;
      case 2:
        out = {end_of_year(d), 1};
        break;
      case 3:
        out = {start_of_month(d), 1};
        break;
      default:
        out = {end_of_month(d), 1};
        break;
    }
    return true;
  });
}

// ---- tests
// --------------------------------------------------------------------------------------------------------------------

namespace {

bool relation_holds(int order, Relation relation) {
  switch (relation) {
    case Relation::less:
      return order < 0;
    case Relation::less_equal:
      return order <= 0;
    case Relation::equal:
      return order == 0;
    case Relation::not_equal:
      return order != 0;
    case Relation::greater_equal:
      return order >= 0;
    case Relation::greater:
      return order > 0;
  }
  return false;
}

}  // namespace

// Members compare by rank, 0 is best; an unclassified grade satisfies nothing.
Value Machine::compare(const Op& op) const {
  const Value& a = at(op.a);
  const Value& b = at(op.b);
  const auto relation = static_cast<Relation>(op.mode);
  if (class_of(op.a) != SlotClass::member) {
    if (decision_.trace != nullptr) decision_.trace->compared(a, b);
    return compare_values(a, b, relation, class_of(op.a) == SlotClass::day);
  }
  const auto& rank = plan_.enums[section_.slots[op.a].enumeration].rank;
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < rank.size(); ++i) {
    if ((a.mask >> i & 1U) == 0) continue;
    for (std::size_t j = 0; j < rank.size(); ++j) {
      if ((b.mask >> j & 1U) == 0) continue;
      const int order = rank[i] < rank[j] ? -1 : rank[i] > rank[j] ? 1 : 0;
      mask |= relation_holds(order, relation) ? kTrue : kFalse;
    }
  }
  if (((a.mask | b.mask) & plan::kUnclassified) != 0 && a.mask != 0 && b.mask != 0) mask |= kFalse;
  return with_faults(mask_value(mask), a, b);
}

std::uint64_t Machine::same_text(const Value& a, const Value& b) const {
  if (!a.any && !b.any) return decision_.texts[a.text] == decision_.texts[b.text] ? kTrue : kFalse;
  if (a.any && b.any) return kTrue | kFalse;
  const Value& open = a.any ? a : b;
  const std::string_view known = decision_.texts[a.any ? b.text : a.text];
  if (decision_.trace != nullptr) decision_.trace->text(known);
  const bool excluded = decision_.supposed != nullptr && decision_.supposed->excludes(open, known);
  return excluded ? kFalse : kTrue | kFalse;
}

Value Machine::same(const Op& op) const {
  const Value& a = at(op.a);
  const Value& b = at(op.b);
  if (!may(a, Value::has_value) || !may(b, Value::has_value)) return with_faults({}, a, b);
  std::uint64_t mask = 0;
  switch (class_of(op.a)) {
    case SlotClass::truth:
    case SlotClass::member:
    case SlotClass::document: {
      const std::uint64_t known = ~plan::kUnclassified;
      if ((a.mask & b.mask & known) != 0) mask |= kTrue;
      const bool single = std::popcount(a.mask) == 1 && a.mask == b.mask && (a.mask & known) != 0;
      if (!single) mask |= kFalse;
      break;
    }
    case SlotClass::text:
      mask = same_text(a, b);
      break;
    default:
      if (decision_.trace != nullptr) decision_.trace->compared(a, b);
      if (a.any || b.any) {
        mask = kTrue | kFalse;
      } else {
        if (a.low <= b.high && b.low <= a.high) mask |= kTrue;
        if (a.low != b.low || a.high != b.high || a.low != a.high) mask |= kFalse;
      }
      break;
  }
  return with_faults(mask_value(mask), a, b);
}

Value Machine::in_region(const Op& op) const {
  const Value& a = at(op.a);
  const Value& b = at(op.b);
  if (!may(a, Value::has_value) || !may(b, Value::has_value)) return with_faults({}, a, b);
  if (b.any || b.low != b.high) return with_faults(mask_value(kTrue | kFalse), a, b);
  const Area area = area_of(static_cast<Region>(b.low));
  if (decision_.trace != nullptr) decision_.trace->against(a, {area.first, area.last});
  if (a.any) return with_faults(mask_value(kTrue | kFalse), a, b);
  std::uint64_t mask = 0;
  if (a.low <= area.last && area.first <= a.high) mask |= kTrue;
  if (a.low < area.first || area.last < a.high) mask |= kFalse;
  return with_faults(mask_value(mask), a, b);
}

// ---- amounts
// --------------------------------------------------------------------------------------------------------------------

void Machine::foot_amount(const Op& op) {
  const plan::FootInfo& info = plan_.feet[op.aux];
  std::vector<Value> parts;
  std::vector<Value> bounds;
  for (const plan::SlotId slot : info.parts) parts.push_back(at(slot));
  for (const plan::AdjustmentInfo& a : info.adjustments) bounds.push_back(a.bound == kNone ? Value{} : at(a.bound));
  if (decision_.trace != nullptr) {
    Value total = number_value(0);
    for (const Value& part : parts) total = add_values(total, part);
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      if (info.adjustments[i].bound != kNone) decision_.trace->compared(total, bounds[i]);
    }
  }
  const Footing footing = foot(info, parts, bounds);
  for (std::size_t i = 0; i < parts.size(); ++i) decision_.slots[info.out_parts[i]] = footing.parts[i];
  decision_.slots[op.out] = footing.total;
}

}  // namespace guiju::run
