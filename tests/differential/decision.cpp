// Decisions of the reference evaluator: version, requirements, limits, amount and its footing, ensures.
#include <algorithm>

#include "evaluator.hpp"

namespace guiju::reference {

std::size_t Oracle::pick(std::size_t ways) {
  if (ways <= 1) return 0;
  if (position_ == taken_.size()) taken_.emplace_back(0, ways);
  return taken_[position_++].first;
}

std::size_t Oracle::pick(std::size_t ways, const model::Choice* choice) {
  const auto fixed = fixed_.find(choice);
  if (fixed != fixed_.end()) return fixed->second;
  return once(ways, choice);
}

std::size_t Oracle::pick(std::size_t ways, const model::Expr* papers) {
  return once(ways, papers);
}

std::size_t Oracle::once(std::size_t ways, const void* what) {
  const auto known = named_.find(what);
  if (known != named_.end()) return known->second;
  return named_[what] = pick(ways);
}

void Oracle::restart() {
  position_ = 0;
  named_.clear();
}

bool Oracle::next() {
  taken_.resize(position_);
  while (!taken_.empty() && taken_.back().first + 1 == taken_.back().second) taken_.pop_back();
  if (taken_.empty()) return false;
  ++taken_.back().first;
  restart();
  return true;
}

bool operator==(const Result& a, const Result& b) {
  return a.outcome == b.outcome && a.version == b.version && a.failed == b.failed && a.amount == b.amount &&
         a.parts == b.parts && a.refused == b.refused && a.shares == b.shares && a.owed == b.owed &&
         same(a.deadline, b.deadline) && same(a.done_on, b.done_on);
}

std::string show(const Result& r) {
  static const char* const names[] = {"eligible", "ineligible", "not_in_force", "invalid", "not_owed",
                                      "owed",     "met",        "late",         "overdue"};
  std::string out = names[static_cast<int>(r.outcome)];
  if (!r.version.empty()) out += " version " + r.version;
  if (!r.failed.empty()) {
    out += " {";
    for (const std::string& f : r.failed) out += " " + f;
    out += " }";
  }
  for (const std::string& f : r.refused) out += " refused " + f;
  if (r.amount) out += " amount " + show(*r.amount);
  if (!r.parts.empty()) out += " =";
  for (const Number& p : r.parts) out += " " + show(p);
  if (!r.fault.empty()) out += " (" + r.fault + ")";
  return out;
}

namespace {

using Parts = std::vector<Number>;

Number sum(const Parts& parts) {
  Number total = 0;
  for (const Number& p : parts) total += p;
  return total;
}

const model::Version* version_on(const model::Program& program, std::int64_t day,
                                 std::optional<std::int64_t> known_on) {
  std::vector<const model::Version*> all;
  for (const model::Version& v : program.versions) all.push_back(&v);
  return version_among(all, day, known_on);
}

// What exceeds the cap: first from the parts that are named, then from the others, the last one first.
void cap(Parts& parts, const std::vector<model::Part>& info, const model::Adjustment& a, const Number& bound) {
  const Number total = sum(parts);
  Number excess = total - bound;
  if (excess <= 0) return;
  if (a.in_proportion) {
    for (Number& p : parts) p -= excess * p / total;
    return;
  }
  const auto take = [&](std::size_t i) {
    const Number taken = std::min(parts[i], excess);
    parts[i] -= taken;
    excess -= taken;
  };
  std::vector<bool> named(parts.size());
  for (const std::string& name : a.reducing) {
    for (std::size_t i = 0; i < info.size(); ++i) {
      if (info[i].name.primary != name) continue;
      named[i] = true;
      take(i);
    }
  }
  for (std::size_t i = parts.size(); i-- > 0;)
    if (!named[i]) take(i);
}

void lift(Parts& parts, const Number& floor) {
  const Number lack = floor - sum(parts);
  if (lack <= 0) return;
  const auto positive = std::find_if(parts.begin(), parts.end(), [](const Number& p) { return p > 0; });
  (positive == parts.end() ? parts.front() : *positive) += lack;
}

void round_parts(Parts& parts, const Number& unit, Rounding mode) {
  Number running = 0;
  Number before = 0;
  for (Number& p : parts) {
    running += p;
    const Number now = round_to_unit(running, unit, mode);
    p = now - before;
    before = now;
  }
}

// What the limits that pay the rest leave; no number where one leaves everything.
std::vector<Value> rests(Evaluator& evaluator, const model::Version& version) {
  std::vector<Value> out;
  for (const model::Requirement& r : version.requirements) {
    if (r.kind != model::RequirementKind::limit_sum || !r.paying_the_rest) continue;
    const Value bound = present(evaluator.evaluate(*r.condition));
    const Value counted = present(evaluator.evaluate(*r.counted));
    Value rest = worse(bound, counted);
    if (!rest.poison() && bound.kind == Value::number)
      rest = Value::of_number(std::max(Number(0), Number(bound.amount - counted.amount)));
    out.push_back(rest);
  }
  return out;
}

// With its own caps, floors and roundings.
Value value_of(Evaluator& evaluator, const model::Part& part) {
  Value value = evaluator.evaluate(*part.value);
  for (const model::Adjustment& a : part.adjustments) {
    if (value.poison()) break;
    if (a.kind == model::Adjustment::round) {
      value.amount = round_to_unit(value.amount, exact(a.unit), a.rounding);
      continue;
    }
    const Value bound = evaluator.evaluate(*a.bound);
    if (bound.poison()) value = bound;
    if (bound.kind != Value::number) continue;
    value.amount =
        a.kind == model::Adjustment::cap ? std::min(value.amount, bound.amount) : std::max(value.amount, bound.amount);
  }
  if (value.kind == Value::absent) return {};
  if (value.kind == Value::number && value.amount < 0) return Value::fault("negative part " + part.name.primary);
  return value;
}

// Parts that are refused alone.
class Refusable {
 public:
  Refusable(Evaluator& evaluator, std::set<std::string>& refusals, Result& out)
      : evaluator_(evaluator), refusals_(refusals), out_(out) {}

  // What the part pays: nothing where one of its conditions fails, or a table that it looks up grants nothing.
  Value pay(const model::Part& part) {
    std::set<std::string> around;
    around.swap(refusals_);
    std::set<std::string> tables;  // as far as the conditions before hold
    const std::size_t before = out_.refused.size();
    Value bad = Value::of_truth(true);
    bool all = true;
    for (const model::Requirement& r : part.requirements) {
      refusals_.clear();
      const Value holds = present(evaluator_.evaluate(*r.condition));
      const std::string name = part.name.primary + "." + r.name.primary;
      if (holds.is_false()) out_.refused.push_back(name);
      if (holds.kind <= Value::refused) out_.unreached.push_back(name);
      if (!all) continue;
      tables.insert(refusals_.begin(), refusals_.end());
      bad = worse(bad, holds);
      all = holds.is_true();
    }
    bool refused = out_.refused.size() != before;
    Value value = Value::of_number(0);
    if (all && !refused) {
      refusals_.clear();
      value = value_of(evaluator_, part);
      if (part.most != nullptr) static_cast<void>(evaluator_.evaluate(*part.most));  // for what it looks up
      tables.insert(refusals_.begin(), refusals_.end());
    }
    for (const std::string& table : tables) out_.refused.push_back(part.name.primary + "." + table);
    refused = refused || !tables.empty();
    refusals_ = around;
    if (refused) return Value::of_number(0);
    value = all ? value : bad;
    may_be_granted_ = true;
    one_ = one_ || all;
    open_ = worse(open_, all ? Value::of_truth(true) : bad);
    return value;
  }

  // One part at least has to be granted.
  [[nodiscard]] Value one_is_granted() const {
    return one_ ? Value::of_truth(true) : may_be_granted_ ? open_ : Value::of_truth(false);
  }

 private:
  Evaluator& evaluator_;
  std::set<std::string>& refusals_;
  Result& out_;
  bool one_ = false, may_be_granted_ = false;
  Value open_ = Value::of_truth(true);
};

// The amount with its parts; or what went wrong.
Value amount_of(Evaluator& evaluator, const model::Version& version, Refusable& refusable, Parts& parts,
                bool& unreached) {
  const model::Amount& amount = *version.amount;
  Value bad = Value::of_truth(true);
  for (const model::Part& part : amount.parts) {
    parts.emplace_back(0);
    if (part.when != nullptr && !amount.by_parts) {
      const Value when = evaluator.evaluate(*part.when);
      bad = worse(bad, when);
      if (!when.is_true()) continue;
    }
    const Value value = amount.by_parts ? refusable.pay(part) : value_of(evaluator, part);
    unreached = unreached || value.kind <= Value::refused;
    bad = worse(bad, value);
    if (!value.poison()) parts.back() = value.amount;
  }
  std::vector<Value> bounds;
  for (const model::Adjustment& a : amount.adjustments) {
    bounds.push_back(a.bound != nullptr ? evaluator.evaluate(*a.bound) : Value::of_truth(true));
    bad = worse(bad, bounds.back());
  }
  const std::vector<Value> left = rests(evaluator, version);
  for (const Value& rest : left) bad = worse(bad, rest);
  if (bad.poison()) return bad;
  for (std::size_t i = 0; i < amount.adjustments.size(); ++i) {
    const model::Adjustment& a = amount.adjustments[i];
    if (a.kind == model::Adjustment::round)
      round_parts(parts, exact(a.unit), a.rounding);
    else if (bounds[i].kind != Value::number)
      continue;
    else if (a.kind == model::Adjustment::cap)
      cap(parts, amount.parts, a, bounds[i].amount);
    else
      lift(parts, bounds[i].amount);
  }
  for (const Value& rest : left)
    if (rest.kind == Value::number) cap(parts, amount.parts, {}, rest.amount);
  return Value::of_number(sum(parts));
}

AmountKind kind_of(const model::Amount& amount) {
  AmountKind out = amount.kind;
  for (const model::Part& part : amount.parts) out = std::max(out, part.kind);
  return out;
}

// Everybody's share rounded down to the unit, the rest to the one named. The unit is that of the last rounding: the
// random rules write nothing finer after it.
std::vector<Number> shares_of(const model::Amount& amount, const Number& total) {
  std::vector<Number> out;
  if (!amount.shares) return out;
  Number unit(1, 100);
  for (const model::Adjustment& a : amount.adjustments)
    if (a.kind == model::Adjustment::round) unit = exact(a.unit);
  Number weights = 0;
  for (const model::Share& s : amount.shares->shares) weights += exact(s.weight);
  Number rest = total;
  for (const model::Share& s : amount.shares->shares) {
    out.push_back(round_to_unit(total * exact(s.weight) / weights, unit, Rounding::down));
    rest -= out.back();
  }
  out[amount.shares->remainder] += rest;
  return out;
}

// True where it holds, false where it fails, or what went wrong.
Value requirement(Evaluator& evaluator, const model::Requirement& r, const Value& amount) {
  const Value condition = present(evaluator.evaluate(*r.condition));
  if (r.kind == model::RequirementKind::require || r.kind == model::RequirementKind::exclusion) return condition;
  const Value counted = present(evaluator.evaluate(*r.counted));
  const Value bad = worse(condition, counted);
  if (bad.poison()) return bad;
  if (condition.kind == Value::no_limit) return Value::of_truth(true);
  if (r.kind == model::RequirementKind::limit_count || r.paying_the_rest)
    return Value::of_truth(counted.amount < condition.amount);
  if (amount.poison()) return amount;
  return Value::of_truth(counted.amount + amount.amount <= condition.amount);
}

// Ensures that do not hold. What goes wrong in them goes wrong in the case; what the ceiling of a part looks up was
// asked by that part.
std::vector<std::string> broken_promises(Evaluator& evaluator, const model::Version& version,
                                         std::set<std::string>& refusals, Value& bad) {
  std::vector<std::string> out;
  for (const model::Ensure& e : version.ensures) {
    const std::set<std::string> before = refusals;
    const Value when = e.when == nullptr ? Value::of_truth(true) : evaluator.evaluate(*e.when);
    if (when.is_false()) continue;
    const Value holds = evaluator.evaluate(*e.condition);
    if (e.of_part) refusals = before;
    if (holds.is_true()) continue;
    bad = worse(bad, worse(when, holds));
    if (when.is_true() && holds.is_false()) out.push_back(e.name.primary);
  }
  return out;
}

}  // namespace

void bind_givens(Evaluator& evaluator, const std::deque<model::Given>& givens, const Case& facts) {
  for (const model::Given& given : givens) {
    if (given.host_day != model::Given::no_day) continue;
    const Row& row = facts.givens.at(&given);
    if (given.type.kind == model::TypeKind::record || given.type.kind == model::TypeKind::list) {
      evaluator.bind(&given, Binding{&row, {}, std::nullopt});
    } else {
      const Fact& fact = row.at({});
      if (fact.state == Fact::unknown || fact.state == Fact::unknowable)
        throw std::logic_error("open given " + given.name.primary);
      evaluator.bind(&given,
                     Binding{nullptr, {}, fact.state == Fact::absent ? Value::of(Value::absent, 0) : fact.value});
    }
  }
}

Result decide_once(const model::Program& program, const Case& facts, Oracle& oracle) {
  Result out;
  std::set<std::string> refusals;
  Evaluator evaluator(oracle, refusals, facts.known_on);
  bind_givens(evaluator, program.givens, facts);

  const model::Version* version = nullptr;
  for (const model::Expr* e : program.in_force_by) {
    const Value day = evaluator.evaluate(*e);
    if (day.kind != Value::date) {
      out.fault = "no reference date: " + day.words;
      return out;
    }
    const model::Version* here = version_on(program, day.whole, facts.known_on);
    if (here == nullptr || (version != nullptr && version != here)) {
      out.outcome = Outcome::not_in_force;
      return out;
    }
    version = here;
  }
  if (version == nullptr) version = &program.versions.front();
  out.version = version->name;
  if (program.duty) {
    decide_duty(evaluator, *version, facts, refusals, out);
    return out;
  }

  Value amount = Value::of_truth(true);
  bool unreached = false;
  Parts parts;
  Refusable refusable(evaluator, refusals, out);
  if (version->amount) amount = amount_of(evaluator, *version, refusable, parts, unreached);

  Value bad = amount;
  if (unreached) out.unreached.emplace_back("amount");
  for (const model::Requirement& r : version->requirements) {
    const Value holds = requirement(evaluator, r, amount);
    bad = worse(bad, holds);
    if (holds.is_false()) out.failed.push_back(r.name.primary);
    if (holds.kind <= Value::refused) out.unreached.push_back(r.name.primary);
  }
  if (version->amount && version->amount->by_parts) {
    const Value one = refusable.one_is_granted();
    bad = worse(bad, one);
    if (one.is_false()) out.failed.emplace_back("parts");
    if (one.kind <= Value::refused) out.unreached.emplace_back("parts");
  }
  std::sort(out.refused.begin(), out.refused.end());
  if (!version->amount_lets.empty()) evaluator.set(&version->amount_lets[0], amount);
  for (std::size_t i = 0; i + 1 < version->amount_lets.size() && i < parts.size(); ++i)
    evaluator.set(&version->amount_lets[i + 1], amount.poison() ? amount : Value::of_number(parts[i]));
  const std::vector<std::string> broken = broken_promises(evaluator, *version, refusals, bad);
  std::vector<std::string> owed;
  for (const model::Document& d : version->documents) {
    if (d.when != nullptr && !evaluator.evaluate(*d.when).is_true()) continue;
    const auto held = facts.documents.find(d.name);
    if (held == facts.documents.end() || held->second != 1) owed.push_back(d.name);
  }

  // A table that grants nothing fails under its own name, wherever it is looked up.
  for (const std::string& table : refusals) out.failed.push_back(table);
  std::sort(out.failed.begin(), out.failed.end());
  if (!out.failed.empty()) {
    out.outcome = Outcome::ineligible;
    return out;
  }
  if (bad.kind == Value::error)
    out.fault = bad.words;
  else if (bad.poison())
    out.fault = kAbsentUsed;
  else if (!broken.empty())
    out.fault = "ensure " + broken.front();
  if (!out.fault.empty()) return out;

  if (version->amount) {
    out.amount = amount.amount;
    out.kind = kind_of(*version->amount);
    out.parts = parts;
    out.shares = shares_of(*version->amount, amount.amount);
  }
  out.owed = owed;
  out.outcome = Outcome::eligible;
  return out;
}

Number paid(const Result& result, Oracle& oracle) {
  if (!result.amount || is_beside_payments(result.kind)) return 0;
  if (result.kind == AmountKind::payment) return *result.amount;
  const Number most = result.kind == AmountKind::ceiling ? *result.amount : Number(*result.amount * 2 + 100);
  const std::vector<Number> samples{0, most, round_to_unit(most / 2, Number(1, 100), Rounding::down)};
  return samples[oracle.pick(samples.size())];
}

Results decide_all(const model::Program& program, const Case& facts, std::size_t limit, Oracle oracle) {
  Results out;
  for (std::size_t run = 0;; ++run) {
    if (run == limit) {
      out.exhausted = false;
      break;
    }
    Result r = decide_once(program, facts, oracle);
    out.asked = out.asked || oracle.asked();
    if (std::find(out.all.begin(), out.all.end(), r) == out.all.end()) out.all.push_back(std::move(r));
    if (!oracle.next()) break;
  }
  return out;
}

}  // namespace guiju::reference
