// The reference on duties, as the language reference has it: who is bound, whether it is done, and whether in time.
#include <algorithm>

#include "evaluator.hpp"

namespace guiju::reference {

namespace {

// A ground binds as soon as it holds, whatever is wrong with the others.
struct Grounds {
  bool any = false;
  Value all_but = Value::of_truth(false);  // where none holds: what went wrong, else false
  void take(const Value& holds) {
    any = any || holds.is_true();
    all_but = worse(all_but, holds);
  }
  [[nodiscard]] Value bind() const { return any ? Value::of_truth(true) : all_but; }
};

Outcome timely(const Value& done, const Value& deadline) {
  return deadline.kind == Value::absent || done.kind != Value::date || deadline.kind == Value::no_limit ||
                 done.whole <= deadline.whole
             ? Outcome::met
             : Outcome::late;
}

Outcome open_still(const Value& deadline, std::int64_t as_at) {
  return deadline.kind == Value::date && as_at > deadline.whole ? Outcome::overdue : Outcome::owed;
}

}  // namespace

void decide_duty(Evaluator& evaluator, const model::Version& version, const Case& facts,
                 const std::set<std::string>& refusals, Result& out) {
  Grounds must;
  Grounds must_not;
  bool obliges = false;
  for (const model::Obligation& o : version.obligations) {
    const Value holds = present(evaluator.evaluate(*o.condition));
    if (holds.is_true()) out.failed.push_back(o.name.primary);
    if (holds.kind <= Value::refused) out.unreached.push_back(o.name.primary);
    if (o.kind == model::Obligation::must) must.take(holds);
    if (o.kind == model::Obligation::must_not) must_not.take(holds);
    obliges = obliges || o.kind == model::Obligation::must;
  }
  std::sort(out.failed.begin(), out.failed.end());
  out.deadline =
      version.deadline == nullptr ? Value::of(Value::absent, 0) : present(evaluator.evaluate(*version.deadline));
  const Value done = version.done == nullptr ? Value::of_truth(false) : evaluator.evaluate(*version.done);
  const bool by_day = version.done != nullptr && version.done->type.kind == model::TypeKind::date;
  out.done_on = by_day ? done : Value::of(Value::absent, 0);

  const Value bound = (obliges ? must : must_not).bind();
  const bool is_done = by_day ? done.kind == Value::date : done.is_true();
  Value bad = bound;
  if (bound.is_true()) {
    bad = worse(bad, done);
    if (!bad.poison()) bad = worse(bad, out.deadline);
  }
  if (bad.poison() || !refusals.empty()) {
    out.fault = bad.kind == Value::error ? bad.words : kAbsentUsed;
    return;
  }
  if (bound.is_false())
    out.outcome = Outcome::not_owed;
  else
    out.outcome = is_done ? timely(done, out.deadline) : open_still(out.deadline, *facts.as_at);
}

}  // namespace guiju::reference
