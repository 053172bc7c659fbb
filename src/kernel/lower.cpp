// See lower.hpp: sources, states, truths, choices and folds.
#include "kernel/lower.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace guiju::kernel {

using plan::FieldInfo;
using plan::Index;
using plan::kNone;
using plan::Op;
using plan::SlotClass;
using Plan = plan::Operation;

std::int64_t narrow(i128 value) {
  if (value <= std::numeric_limits<std::int64_t>::min() || value >= std::numeric_limits<std::int64_t>::max())
    throw Unsupported{};
  return static_cast<std::int64_t>(value);
}

namespace {

constexpr std::int64_t kMostTexts = std::int64_t{1} << 40U;

// What is not known holds 0.
Range with_zero(i128 least, i128 most) {
  return {narrow(std::min<i128>(least, 0)), narrow(std::max<i128>(most, 0))};
}

Range range_of(const plan::Plan& plan, const FieldInfo& field) {
  switch (field.cls) {
    case SlotClass::truth:
      return kTruth;
    case SlotClass::member:
      return {0, static_cast<std::int64_t>(plan.enums[field.enumeration].members.size()) - 1};
    case SlotClass::document:
      return {0, 2};
    case SlotClass::text:
      return {0, kMostTexts};
    case SlotClass::region:
      return {0, 999'999'999'999};
    case SlotClass::list:
    case SlotClass::row:
      return {0, 0};
    default:
      return with_zero(field.least, field.most);
  }
}

std::vector<Range> ranges_of(const plan::Plan& plan, const plan::Layout& layout) {
  std::vector<Range> out;
  for (const FieldInfo& field : layout.fields) {
    // A field that no register can hold is refused where it is read.
    try {
      out.push_back(range_of(plan, field));
    } catch (const Unsupported&) {
      out.push_back({0, 0});
    }
  }
  return out;
}

}  // namespace

Lowering::Lowering(const plan::Plan& plan, const plan::ProgramInfo& program, const plan::Section& section,
                   std::vector<std::string>& texts)
    : plan_(plan),
      program_(program),
      section_(section),
      texts_(texts),
      b_(ranges_of(plan, program.layout)),
      slots_(section.slots.size()),
      open_(b_.accumulator(0)) {}

Kernel Lowering::lower() {
  run(0, section_.reasons_begin);
  b_.from(kNone);
  Kernel kernel;
  answer(kernel);
  kernel.demands = std::move(demands_);
  kernel.lists = std::move(lists_);
  return kernel;
}

void Lowering::run(Index begin, Index end) {
  for (Index i = begin; i < end; ++i) {
    const Op& op = section_.ops[i];
    b_.from(op.source);
    if (op.code == Plan::FOOT) {
      foot(op);
      continue;
    }
    slots_[op.out] = step(op, i);
    if (op.code == Plan::FOLD) i += plan_.folds[op.aux].length;
  }
}

Slot Lowering::step(const Op& op, Index index) {
  switch (op.code) {
    case Plan::FACT:
      return fact(op);
    case Plan::ITEM:
      return item(op);
    case Plan::CONST:
      return constant(plan_.constants[op.aux]);
    case Plan::OPEN:
      return open_text(op, index);
    case Plan::SPEAK:
      return first_present(op);
    case Plan::AGREE:
      return agreed(op);
    case Plan::HAS: {
      const Slot& a = at(op.a);
      return truth_slot(b_, b_.any(a.has, a.unlimited), a.absent);
    }
    case Plan::ORELSE:
      return or_else(at(op.a), at(op.b));
    case Plan::ONLYIF: {
      const Slot& x = at(op.b);
      Slot none = open_slot(b_, x.cls);
      none.absent = b_.one();
      return choice(b_, at(op.a), x, none);
    }
    case Plan::SILENT: {  // an unknowable fact is neither known nor absent
      const Slot& a = at(op.a);
      return truth_slot(b_, b_.zero(), b_.any(b_.any(a.has, a.unlimited), a.absent));
    }
    case Plan::AND:
      return conjunction(b_, at(op.a), at(op.b));
    case Plan::OR:
      return disjunction(b_, at(op.a), at(op.b));
    case Plan::NOT:
      return negation(at(op.a));
    case Plan::SEL:
      return choice(b_, at(op.a), at(op.b), at(op.c));
    case Plan::PICK:
      return pick(op);
    case Plan::ATMOST1:
      return at_most_one(op);
    case Plan::ADD:
    case Plan::SUB:
      return sum(at(op.a), at(op.b), op.code == Plan::SUB);
    case Plan::MUL:
      return product(at(op.a), at(op.b));
    case Plan::SCALE:
      return scaled(op);
    case Plan::DIV:
      return quotient(at(op.a), at(op.b));
    case Plan::NEG: {
      Slot s = at(op.a);
      s.value = b_.subtract(b_.zero(), s.value);
      return s;
    }
    case Plan::ABS: {
      Slot s = at(op.a);
      s.value = b_.absolute(s.value);
      return s;
    }
    case Plan::MIN:
    case Plan::MAX:
      return bound(at(op.a), at(op.b), op.code == Plan::MIN);
    case Plan::ROUND:
      return rounded(op);
    case Plan::BANDS:
      return bands(op);
    case Plan::DADDM:
    case Plan::DADDD:
      return later(op);
    case Plan::DFULL:
      return elapsed(op);
    case Plan::DPART:
      return date_part(op);
    case Plan::KNOWN:  // kernels decide with all that is known
      return definite(b_, b_.one());
    case Plan::CMP:
      return compare(op);
    case Plan::SAME:
      return same(op);
    case Plan::INMASK:
    case Plan::STATE: {
      const Slot& a = at(op.a);
      if (a.cls != SlotClass::member && a.cls != SlotClass::document) throw Unsupported{};
      return truth_where(b_, a.has, b_.member(a.value, plan_.masks[op.aux]));
    }
    case Plan::INREG:
      return in_region(op);
    case Plan::FOLD:
      return fold(op, index);
    case Plan::LOOK:
      return look(op);
    case Plan::CELL:
      return cell(op);
    case Plan::HIT:
      return hit(op);
    case Plan::GRADE:
      return grade(op);
    case Plan::WORST:
    case Plan::BEST:
      return extreme(op);
    case Plan::SHARE:
      return share(op);
    case Plan::LN:
    case Plan::POW:
    case Plan::FOOT:
      break;
  }
  throw Unsupported{};
}

// ---- sources
// ------------------------------------------------------------------------------------------------------------------

void Lowering::open_where(Register truth) {
  if (!b_.is(truth, 0)) b_.accumulate(Operation::OR, open_, truth, kTruth);
}

void Lowering::demand(FieldSet Demands::*set, const Op& op) {
  FieldSet& s = (op.code == Plan::FACT ? demands_ : lists_[list_].entries).*set;
  const Index field = op.aux;
  if (s.size() <= field / 64) s.resize(field / 64 + 1);
  s[field / 64] |= std::uint64_t{1} << (field % 64);
}

// A fact that is always read is demanded of the row; one that is read only where something holds is looked at then.
Slot Lowering::given(const FieldInfo& field, const Given& g, const Op& op) {
  if (field.host_day != FieldInfo::no_day) throw Unsupported{};
  (void)range_of(plan_, field);
  if (field.cls == SlotClass::document) return value_slot(b_, field.cls, g.value, b_.one());
  const bool always = op.a == kNone || b_.is(at(op.a).holds, 1);
  Register known = b_.one();
  Register absent = b_.zero();
  if (!always) {
    const Slot& condition = at(op.a);
    known = b_.all(condition.holds, g.known);
    const Register missing = b_.all(condition.holds, g.absent);
    absent = condition.fails;
    if (field.declared_optional) {
      absent = b_.any(absent, missing);
    } else {
      open_where(missing);
    }
  } else if (field.cls == SlotClass::text && !field.declared_optional) {
    known = g.known;  // names are often asked for only beside others: they are looked at where they matter
    open_where(g.absent);
  } else if (field.declared_optional) {
    demand(&Demands::answered, op);
    known = g.known;
    absent = b_.no(known);
  } else {
    demand(&Demands::known, op);
  }
  Slot s = field.cls == SlotClass::truth ? truth_where(b_, known, g.value) : value_slot(b_, field.cls, g.value, known);
  s.absent = absent;
  return s;
}

Slot Lowering::fact(const Op& op) {
  const FieldInfo& field = program_.layout.fields[op.aux];
  if (field.cls == SlotClass::list) {
    if (op.a != kNone && !b_.is(at(op.a).holds, 1)) throw Unsupported{};
    Slot s = value_slot(b_, field.cls, b_.zero(), b_.one());
    s.list = op.aux;
    return s;
  }
  return given(field,
               {static_cast<Register>(op.aux), b_.apply(Operation::KNOWN, kTruth, 0, 0, op.aux),
                b_.apply(Operation::ABSENT, kTruth, 0, 0, op.aux)},
               op);
}

Slot Lowering::item(const Op& op) {
  if (layout_ == nullptr || op.edge != 0) throw Unsupported{};
  const FieldInfo& field = layout_->fields[op.aux];
  if (field.cls == SlotClass::list) throw Unsupported{};
  return given(
      field,
      {b_.apply(Operation::ITEM, range_of(plan_, field), 0, 0, op.aux),
       b_.apply(Operation::ITEMKNOWN, kTruth, 0, 0, op.aux), b_.apply(Operation::ITEMABSENT, kTruth, 0, 0, op.aux)},
      op);
}

Register Lowering::text(std::string_view text) {
  const auto found = std::find(texts_.begin(), texts_.end(), text);
  if (found != texts_.end()) return b_.set(found - texts_.begin());
  texts_.emplace_back(text);
  return b_.set(static_cast<std::int64_t>(texts_.size()) - 1);
}

Slot Lowering::constant(const plan::ConstantInfo& k) {
  if (k.absent || k.no_limit) {
    Slot s = open_slot(b_, k.cls);
    (k.absent ? s.absent : s.unlimited) = b_.one();
    return s;
  }
  switch (k.cls) {
    case SlotClass::truth:
      return definite(b_, b_.set(k.c != 0 ? 1 : 0));
    case SlotClass::member: {
      const auto mask = static_cast<std::uint64_t>(k.c);
      if (std::popcount(mask) != 1) throw Unsupported{};
      return value_slot(b_, k.cls, b_.set(std::countr_zero(mask)), b_.one());
    }
    case SlotClass::text:
      return value_slot(b_, k.cls, text(k.text), b_.one());
    default:
      return value_slot(b_, k.cls, b_.set(narrow(k.c)), b_.one());
  }
}

// Where all readings say the same it does not matter which is right. A truth that holds in one and fails in another, or
// of which nobody knows what the text says, could be either.
Slot Lowering::open_text(const Op& op, Index index) {
  Slot s = open_slot(b_, class_of(op.out));
  if (op.mode == plan::kOpenReading) return s;
  Register may_hold = b_.one();
  Register may_fail = b_.one();
  bool hangs_on_texts = false;
  if (op.c != kNone && !plan_.operands[op.c].empty()) {
    const auto& readings = plan_.operands[op.c];
    const Index adopted = plan_.choices[op.aux].adopted;
    if (adopted != kNone) return at(readings[adopted]);
    s = at(readings.front());
    may_hold = may_fail = b_.zero();
    for (const plan::SlotId reading : readings) {
      s = one_of(b_, s, at(reading));
      may_hold = b_.any(may_hold, at(reading).holds);
      may_fail = b_.any(may_fail, at(reading).fails);
      hangs_on_texts = hangs_on_texts || !at(reading).doubts.empty();
    }
  }
  s.either = b_.zero();
  s.doubts.clear();
  if (s.cls != SlotClass::truth || op.a != kNone || op.b != kNone || hangs_on_texts) return s;
  s.either = b_.all(may_hold, may_fail);
  s.doubts.push_back({op.aux, index, s.either});
  return s;
}

// x, or y where x is absent.
Slot Lowering::or_else(const Slot& x, const Slot& y) {
  if (b_.is(x.absent, 0)) return x;
  Slot s = choice(b_, truth_slot(b_, b_.any(x.has, x.unlimited), x.absent), x, y);
  s.absent = b_.all(x.absent, y.absent);
  return s;
}

Slot Lowering::first_present(const Op& op) {
  const auto& papers = plan_.operands[op.aux];
  Slot s = at(papers.back());
  for (std::size_t i = papers.size() - 1; i-- > 0;) s = or_else(at(papers[i]), s);
  if (!b_.is(s.unlimited, 0)) throw Unsupported{};
  return s;
}

Slot Lowering::agreed(const Op& op) {
  Slot s = first_present(op);
  for (const plan::SlotId paper : plan_.operands[op.aux]) {
    const Slot& said = at(paper);
    if (said.divisor != kNoRegister) throw Unsupported{};
    const bool truth = said.cls == SlotClass::truth;
    const Register agrees = truth ? b_.any(b_.all(said.holds, s.holds), b_.all(said.fails, s.fails))
                                  : b_.all(b_.all(said.has, s.has), b_.equal(said.value, s.value));
    const Register fits = b_.any(said.absent, agrees);
    s.has = b_.all(s.has, fits);
    s.holds = b_.all(s.holds, fits);
    s.fails = b_.all(s.fails, fits);
    s.either = b_.zero();
    s.doubts.clear();
  }
  return s;
}

// ---- choices
// ------------------------------------------------------------------------------------------------------------------

// From the last branch back. `otherwise` is the opposite of all before it and needs no look of its own.
Slot Lowering::pick(const Op& op) {
  const auto& operands = plan_.operands[op.aux];
  const std::size_t branches = operands.size() / 2;
  const bool exclusive = (op.mode & plan::kPickExclusive) != 0;
  Register before = b_.zero();
  for (std::size_t i = 0; i + 1 < branches; ++i) before = b_.any(before, at(operands[2 * i]).holds);
  Slot s = open_slot(b_, class_of(op.out));
  for (std::size_t i = branches; i-- > 0;) {
    const Slot& condition = at(operands[2 * i]);
    const Slot& value = at(operands[2 * i + 1]);
    const bool otherwise = i + 1 == branches && b_.is(condition.has, 1) && b_.no(before) == condition.holds;
    s = otherwise ? value : choice(b_, condition, value, s);
  }
  if (exclusive) {
    const Register one = at_most_one(op).holds;
    s.has = b_.all(s.has, one);
    s.absent = b_.all(s.absent, one);
    s.unlimited = b_.all(s.unlimited, one);
    s.holds = b_.all(s.holds, one);
    s.fails = b_.all(s.fails, one);
    s.either = b_.all(s.either, one);
  }
  return s;
}

Slot Lowering::at_most_one(const Op& op) {
  const auto& operands = plan_.operands[op.aux];
  const std::size_t step = op.code == Plan::PICK ? 2 : 1;
  Register some = b_.zero();
  Register two = b_.zero();
  Register known = b_.one();
  for (std::size_t i = 0; i < operands.size(); i += step) {
    const Slot& truth = at(operands[i]);
    two = b_.any(two, b_.all(some, truth.holds));
    some = b_.any(some, truth.holds);
    known = b_.all(known, truth.has);
  }
  return truth_where(b_, known, b_.no(two));
}

// ---- lists
// --------------------------------------------------------------------------------------------------------------------

namespace {

// kMostEntries of at most this add up within int64_t; past it the case is open.
constexpr std::int64_t kMostTerm = std::int64_t{1} << 42;

}  // namespace

Slot Lowering::fold(const Op& op, Index index) {
  const plan::FoldInfo& info = plan_.folds[op.aux];
  const auto kind = static_cast<plan::FoldKind>(op.mode);
  const Slot list = at(op.a);
  if (list.list == kNone || layout_ != nullptr || info.depth != 0) throw Unsupported{};
  const bool extreme = kind == plan::FoldKind::min || kind == plan::FoldKind::max;
  const auto found =
      std::find_if(lists_.begin(), lists_.end(), [&](const ListDemand& d) { return d.field == list.list; });
  list_ = static_cast<std::size_t>(found - lists_.begin());
  if (found == lists_.end()) lists_.push_back({list.list, {}});

  const Register counted = b_.accumulator(0);  // entries that count; of truths, those that hold
  const Register failing = b_.accumulator(0);  // those that do not
  const Register doubtful = b_.accumulator(0);
  const Register total = b_.accumulator(0);
  b_.begin_loop(list.list);
  layout_ = &plan_.layouts[info.layout];
  run(index + 1, index + 1 + info.length);
  const Slot where = info.where == kNone ? definite(b_, b_.one()) : at(info.where);
  b_.accumulate(Operation::ADD, counted, where.holds, {0, kMostEntries});
  b_.accumulate(Operation::ADD, failing, where.fails, {0, kMostEntries});
  b_.accumulate(Operation::OR, doubtful, b_.no(where.has), kTruth);
  if (info.term != kNone) {
    const Slot& term = at(info.term);
    if (term.divisor != kNoRegister) throw Unsupported{};
    Held held = hold(term.value, -kMostTerm, kMostTerm);
    b_.accumulate(Operation::OR, doubtful, b_.but(where.holds, b_.all(term.has, held.fits)), kTruth);
    if (kind == plan::FoldKind::sum) {
      b_.accumulate(Operation::ADD, total, b_.select(where.holds, held.value, b_.zero()),
                    {-kMostEntries * kMostTerm, kMostEntries * kMostTerm});
    } else if (extreme) {
      // Moved so that the entries which do not count, and the beginning, are 0 and lose.
      const bool least = kind == plan::FoldKind::min;
      const Register moved =
          least ? b_.subtract(b_.set(kMostTerm + 1), held.value) : b_.add(held.value, b_.set(kMostTerm + 1));
      b_.accumulate(Operation::MAX, total, b_.select(where.holds, moved, b_.zero()), {0, 2 * kMostTerm + 1});
    }
  }
  layout_ = nullptr;
  b_.end_loop();

  const Register sure = b_.equal(doubtful, b_.zero());
  const Register some = b_.no(b_.equal(counted, b_.zero()));
  const Register none_fails = b_.equal(failing, b_.zero());
  switch (kind) {
    case plan::FoldKind::any:
      return truth_slot(b_, some, b_.but(sure, some));
    case plan::FoldKind::none:
      return truth_slot(b_, b_.but(sure, some), some);
    case plan::FoldKind::all:
      return truth_slot(b_, b_.all(sure, none_fails), b_.no(none_fails));
    case plan::FoldKind::count:
      return value_slot(b_, SlotClass::number, counted, sure);
    case plan::FoldKind::sum:
      return value_slot(b_, class_of(op.out), total, sure);
    default: {
      const bool least = kind == plan::FoldKind::min;
      const Register back =
          least ? b_.subtract(b_.set(kMostTerm + 1), total) : b_.subtract(total, b_.set(kMostTerm + 1));
      Slot s = value_slot(b_, class_of(op.out), back, b_.all(sure, some));
      s.absent = b_.but(sure, some);
      return s;
    }
  }
}

}  // namespace guiju::kernel
