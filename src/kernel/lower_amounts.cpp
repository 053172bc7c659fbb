// Amounts in kernels, and the registers of the answer.
#include <algorithm>
#include <map>

#include "kernel/lower.hpp"

namespace guiju::kernel {

using plan::AdjustmentInfo;
using plan::Index;
using plan::kNone;
using plan::Op;
using plan::SlotClass;

namespace {

constexpr i128 kMostMoney = i128{1} << 58U;
constexpr std::size_t kMostParts = 8;

std::int64_t whole(const Rational& r) {
  if (r.den() != 1) throw Unsupported{};
  return narrow(r.num());
}

// The amount while caps, floors and roundings change it: parts that add up to `total`, none below 0.
struct Running {
  std::vector<Register> parts;
  Register total;
};

// A part keeps what the cap leaves when those that give way after it have kept all of theirs.
void cap(Builder& b, const AdjustmentInfo& a, Register bound, Register applies, Running& amount) {
  const std::vector<Register> before = amount.parts;
  Register kept = b.zero();
  for (std::size_t n = a.reducing.size(); n-- > 0;) {
    const Index i = a.reducing[n];
    const Register left = b.greatest(b.subtract(bound, kept), b.zero());
    amount.parts[i] = b.select(applies, b.least(before[i], left), before[i]);
    kept = b.add(kept, before[i]);
  }
  amount.total = b.select(applies, b.least(amount.total, bound), amount.total);
}

// The lack goes to the first part above zero, or to the first where all are zero.
void lift(Builder& b, Register bound, Register applies, Running& amount) {
  const Register lack = b.select(applies, b.greatest(b.subtract(bound, amount.total), b.zero()), b.zero());
  Register taken = b.zero();
  const Register all_zero = b.equal(amount.total, b.zero());
  for (std::size_t i = 0; i < amount.parts.size(); ++i) {
    const Register positive = b.less(b.zero(), amount.parts[i]);
    const Register takes = i == 0 ? b.any(positive, all_zero) : b.but(positive, taken);
    taken = b.any(taken, positive);
    amount.parts[i] = b.add(amount.parts[i], b.select(takes, lack, b.zero()));
  }
  amount.total = b.add(amount.total, lack);
}

// Running totals are rounded, so that the parts add up to the rounded total.
void round(Builder& b, const AdjustmentInfo& a, Running& amount) {
  const std::int64_t unit = whole(a.unit);
  const auto rounded = [&](Register x) {
    return b.multiply(b.divide(rounding_of(a.rounding), x, b.set(unit)), b.set(unit));
  };
  Register running = b.zero();
  Register before = b.zero();
  for (Register& part : amount.parts) {
    running = &part == &amount.parts.back() ? amount.total : b.add(running, part);
    const Register after = rounded(running);
    part = b.subtract(after, before);
    before = after;
  }
  amount.total = before;
}

}  // namespace

// Parts and bounds are held between 0 and kMostMoney; what is below 0 is a fault, and open.
void Lowering::foot(const Op& op) {
  const plan::FootInfo& info = plan_.feet[op.aux];
  if (info.parts.size() > kMostParts) throw Unsupported{};
  const i128 most = kMostMoney / static_cast<i128>(info.parts.size());
  Running amount{{}, b_.zero()};
  Register known = b_.one();
  for (const plan::SlotId slot : info.parts) {
    const Slot& part = at(slot);
    if (part.divisor != kNoRegister) throw Unsupported{};
    const Held held = hold(part.value, 0, most);
    known = b_.all(known, b_.all(part.has, held.fits));
    amount.parts.push_back(held.value);
    amount.total = b_.add(amount.total, held.value);
  }
  for (const AdjustmentInfo& a : info.adjustments) {
    if (a.kind == AdjustmentInfo::round) {
      round(b_, a, amount);
      continue;
    }
    const Slot& bound = at(a.bound);
    if (bound.divisor != kNoRegister || a.in_proportion) throw Unsupported{};
    const Held held = hold(b_.greatest(bound.value, b_.zero()), 0, kMostMoney);
    known = b_.all(known, b_.any(b_.all(bound.has, held.fits), bound.unlimited));
    const Register applies = b_.no(bound.unlimited);
    if (a.kind == AdjustmentInfo::cap) {
      cap(b_, a, held.value, applies, amount);
    } else {
      lift(b_, held.value, applies, amount);
    }
  }
  // In the scale of the results; the last rounding has made whole units of it.
  const auto result = [&](Register x) {
    const auto [n, by] = hold_factors(x, b_.set(narrow(info.ratio.num())));
    const Register scaled = b_.multiply(n.value, by.value);
    known = b_.all(known, n.fits);
    const Register divisor = b_.set(narrow(info.ratio.den()));
    const Register quotient = b_.divide(Operation::DOWN, scaled, divisor);
    known = b_.all(known, b_.equal(b_.multiply(quotient, divisor), scaled));
    return quotient;
  };
  std::vector<Register> values;
  for (const Register part : amount.parts) values.push_back(result(part));
  const Register total = result(amount.total);
  for (std::size_t i = 0; i < values.size(); ++i)
    slots_[info.out_parts[i]] = value_slot(b_, SlotClass::number, values[i], known);
  slots_[op.out] = value_slot(b_, SlotClass::number, total, known);
}

// By weight, rounded down; one bears what is left.
Slot Lowering::share(const Op& op) {
  const plan::SplitInfo& split = plan_.splits[op.aux];
  const Slot& amount = at(op.a);
  const Held held = hold(amount.value, 0, kMostMoney / 1'000'000);
  const std::uint32_t heaviest = *std::max_element(split.weights.begin(), split.weights.end());
  const auto factors = hold_factors(b_.multiply(held.value, b_.set(whole(Rational::whole(split.units)))),
                                    b_.set(static_cast<std::int64_t>(heaviest)));
  const Held units = factors.first;
  Register known = b_.all(b_.all(amount.has, held.fits), b_.all(units.fits, factors.second.fits));
  const auto of = [&](std::size_t i) {
    return b_.divide(Operation::DOWN, b_.multiply(units.value, b_.set(split.weights[i])), b_.set(split.whole));
  };
  if (op.edge != split.remainder) return value_slot(b_, SlotClass::number, of(op.edge), known);
  Register left = units.value;
  for (std::size_t i = 0; i < split.weights.size(); ++i) {
    if (i != split.remainder) left = b_.subtract(left, of(i));
  }
  return value_slot(b_, SlotClass::number, left, known);
}

// ---- the answer
// ---------------------------------------------------------------------------------------------------------------

std::vector<Register> Lowering::set_of(const std::vector<Register>& truths) {
  std::vector<Register> words;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    if (i % 64 == 0) words.push_back(b_.zero());
    words.back() = b_.flag(words.back(), truths[i], static_cast<unsigned>(i % 64));
  }
  return words;
}

// The texts for which a case can be referred, in the order in which the machine meets them. One that several
// requirements hang on is left to it.
std::vector<Doubt> Lowering::told_doubts() const {
  std::vector<Doubt> out;
  for (const auto& r : section_.requirements)
    out.insert(out.end(), at(r.truth).doubts.begin(), at(r.truth).doubts.end());
  std::map<std::uint32_t, std::size_t> uses;
  for (const Doubt& doubt : out) ++uses[doubt.choice];
  std::erase_if(out, [&](const Doubt& doubt) { return uses[doubt.choice] > 1; });
  std::sort(out.begin(), out.end(), [](const Doubt& x, const Doubt& y) { return x.op > y.op; });
  return out;
}

// Open is what the machine would not settle at once: a requirement that is not known, or, where none fails, an amount
// or a check that is not, a gap of the text, or a check that fails. Where one fails, others may be open for texts that
// could be read either way: they are then no reason.
void Lowering::answer(Kernel& kernel) {
  std::vector<Register> failed;
  std::vector<Register> refused;
  std::vector<Register> owed;
  Register known = b_.one();      // requirements
  Register judged = b_.one();     // known, or surely open
  Register referable = b_.one();  // known, or open for texts that can be told
  Register beside = b_.one();     // what is known beside them
  const std::vector<Doubt> doubts = told_doubts();
  const auto told = [&](const Doubt& doubt) {
    return std::any_of(doubts.begin(), doubts.end(), [&](const Doubt& d) { return d.choice == doubt.choice; });
  };
  for (const auto& r : section_.requirements) {
    const Slot& truth = at(r.truth);
    known = b_.all(known, truth.has);
    judged = b_.all(judged, b_.any(truth.has, truth.either));
    const bool is_told = std::all_of(truth.doubts.begin(), truth.doubts.end(), told);
    referable = b_.all(referable, is_told ? b_.any(truth.has, truth.either) : truth.has);
    failed.push_back(truth.fails);
  }
  for (const auto& r : section_.part_requirements) {
    beside = b_.all(beside, at(r.truth).has);
    refused.push_back(at(r.truth).fails);
  }
  for (const auto& d : section_.documents) {
    Register when = b_.one();
    if (d.when != kNone) {
      beside = b_.all(beside, at(d.when).has);
      when = at(d.when).holds;
    }
    const Register held = b_.equal(static_cast<Register>(d.field), b_.one());
    owed.push_back(b_.but(when, held));
  }
  std::vector<Register> marks;
  for (const Doubt& doubt : doubts) {
    marks.push_back(doubt.matters);
    kernel.marked.push_back(doubt.choice);
  }
  kernel.failed = set_of(failed);
  kernel.refused = set_of(refused);
  kernel.owed = set_of(owed);
  kernel.marks = set_of(marks);
  Register settled = b_.one();  // where no requirement fails
  for (const auto& g : section_.gaps) settled = b_.all(settled, at(g.truth).holds);
  for (const auto& e : section_.ensures) settled = b_.all(settled, at(e.truth).holds);

  const auto money = [&](plan::SlotId slot) {
    const Slot& s = at(slot);
    if (s.divisor != kNoRegister) throw Unsupported{};
    const auto factor = mul(section_.slots[slot].q, Rational(100));
    const auto [value, by] = hold_factors(s.value, b_.set(factor ? narrow(factor->num()) : 1));
    settled = b_.all(settled, b_.all(s.has, b_.all(value.fits, by.fits)));
    return b_.multiply(value.value, by.value);
  };
  if (section_.has_amount) {
    kernel.amount = money(section_.amount);
    for (const auto& p : section_.parts) kernel.parts.push_back(money(p.after));
    for (const auto& s : section_.shares) kernel.shares.push_back(money(s.slot));
  }
  Register some_fails = b_.zero();
  for (const Register word : kernel.failed) some_fails = b_.any(some_fails, b_.no(b_.equal(word, b_.zero())));
  const Register facts_suffice = b_.but(beside, open_);
  const Register fails = b_.all(some_fails, judged);
  const Register granted = b_.all(b_.but(known, some_fails), settled);
  const Register referred = b_.all(b_.all(b_.but(referable, some_fails), b_.no(known)), settled);
  kernel.open = b_.no(b_.all(facts_suffice, b_.any(fails, granted)));
  kernel.referred = b_.all(facts_suffice, referred);
  kernel.requirements = static_cast<std::uint32_t>(section_.requirements.size());

  std::vector<Register*> essential{&kernel.open, &kernel.referred};
  std::vector<Register*> others;
  for (Register& word : kernel.failed) essential.push_back(&word);
  if (kernel.amount != kNoRegister) essential.push_back(&kernel.amount);
  for (auto* words : {&kernel.refused, &kernel.owed, &kernel.marks, &kernel.parts, &kernel.shares}) {
    for (Register& r : *words) others.push_back(&r);
  }
  b_.finish(essential, others, kernel);
}

}  // namespace guiju::kernel
