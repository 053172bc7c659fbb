// Grades of the reference evaluator: which edition, which row, which level.
#include <algorithm>

#include "evaluator.hpp"

namespace guiju::reference {

namespace {

Value unclassified(model::GradeState state) {
  Value v = Value::of(Value::unclassified, 0);
  v.state = state;
  return v;
}

Value failing(const model::Enum& scale) {
  for (std::size_t i = 0; i < scale.members.size(); ++i)
    if (scale.members[i].floor) return Value::of(Value::member, static_cast<std::int64_t>(i));
  return unclassified(model::GradeState::below);
}

}  // namespace

bool Evaluator::enter(const model::StandardCall& call, Evaluator& inner, std::optional<Value>& day, Value& bad) {
  const model::Standard& standard = *call.standard;
  for (std::size_t i = 0; i < standard.givens.size(); ++i) {
    if (i < call.value_arguments.size() && call.value_arguments[i] != nullptr) {
      Value v = evaluate(*call.value_arguments[i]);
      if (v.poison()) return bad = v, false;
      inner.bind(&standard.givens[i], Binding{nullptr, {}, std::move(v)});
    } else {
      inner.bind(&standard.givens[i], resolve(call.record_arguments.at(i)));
    }
  }
  if (call.as_at == nullptr) return true;
  day = present(evaluate(*call.as_at));
  if (day->poison()) return bad = *day, false;
  return true;
}

Value Evaluator::call(const model::StandardCall& call) {
  Evaluator inner(oracle_, refusals_, known_on_);
  std::optional<Value> day;
  Value bad;
  if (!enter(call, inner, day, bad)) return bad;
  return inner.grade(*call.standard, call.edition, day).grade;
}

// On a day of no edition the standard does not say.
Value Evaluator::result_of(const Expr& e) {
  const model::StandardCall& call = *e.call;
  Evaluator inner(oracle_, refusals_, known_on_);
  std::optional<Value> day;
  Value bad;
  if (!enter(call, inner, day, bad)) return bad;
  const Graded graded = inner.grade(*call.standard, call.edition, day);
  if (!graded.in_force) {
    model::Type type = e.type;
    type.optional = false;
    return open_value(type, nullptr);
  }
  return graded.edition == nullptr ? graded.grade : inner.result_in(*graded.edition, call.result);
}

Value Evaluator::result_in(const model::Edition& edition, const std::string& name) {
  for (const model::Grading& g : edition.gradings)
    if (!g.name.empty() && g.name == name) return grading(g).value_or(Value::of(Value::absent, 0));
  for (const model::Comply& c : edition.complies)
    if (c.name == name) return evaluate(*c.condition);
  for (const model::Result& r : edition.results) {
    if (r.name != name) continue;
    std::vector<const Expr*> conditions;
    if (edition.applies != nullptr) conditions.push_back(edition.applies);
    for (const model::Requirement& requirement : edition.requirements) conditions.push_back(requirement.condition);
    for (const Expr* condition : conditions) {
      const Value holds = evaluate(*condition);
      if (holds.poison()) return holds;
      if (!holds.yes) return Value::of(Value::absent, 0);
    }
    return evaluate(*r.value);
  }
  return Value::of(Value::absent, 0);
}

// What has no level, and did not miss the lowest, neither complies nor fails to, if the best level would do.
Value Evaluator::complies(const model::Edition& edition, const model::Comply& comply) {
  if (edition.applies != nullptr) {
    const Value applies = evaluate(*edition.applies);
    if (!applies.poison() && !applies.yes) return Value::of(Value::absent, 0);
  }
  const Value holds = evaluate(*comply.condition);
  if (holds.poison() || holds.yes || edition.scale == nullptr) return holds;
  const Value level = lets_.at(&edition.grade_let).value;
  const bool open = level.kind == Value::unclassified && level.state != model::GradeState::below;
  if (!open) return holds;
  set(&edition.grade_let, Value::of(Value::member, edition.scale->best_to_worst.front()));
  const Value at_best = evaluate(*comply.condition);
  set(&edition.grade_let, level);
  return !at_best.poison() && at_best.yes ? Value::of(Value::absent, 0) : holds;
}

Evaluator::Graded Evaluator::grade(const model::Standard& standard, const std::string& edition,
                                   std::optional<Value> day) {
  Graded out;
  std::vector<std::int64_t> days;
  if (day) {
    days.push_back(day->whole);
  } else if (edition.empty()) {
    for (const Expr* e : standard.in_force_by) {
      const Value v = evaluate(*e);
      if (v.poison() || v.kind != Value::date) {
        out.grade = v.kind == Value::absent ? Value{} : v;
        return out;
      }
      days.push_back(v.whole);
    }
  }
  std::vector<const model::Edition*> chosen;
  for (const model::Edition& candidate : standard.editions) {
    if (!edition.empty()) {
      if (candidate.name == edition) chosen.push_back(&candidate);
      continue;
    }
    if (!std::all_of(days.begin(), days.end(),
                     [&](std::int64_t d) { return lies_within(d, candidate.from, candidate.to); }) ||
        !is_known(candidate, known_on_))
      continue;
    if (candidate.when != nullptr) {
      const Value holds = evaluate(*candidate.when);
      if (holds.poison()) {
        out.grade = holds;
        return out;
      }
      if (!holds.yes) continue;
    }
    chosen.push_back(&candidate);
  }
  const auto superseded = [&](const model::Edition* old) {
    return std::any_of(chosen.begin(), chosen.end(), [&](const model::Edition* other) {
      return std::find(other->supersedes.begin(), other->supersedes.end(), old->name) != other->supersedes.end();
    });
  };
  std::vector<const model::Edition*> left;
  for (const model::Edition* candidate : chosen)
    if (!superseded(candidate)) left.push_back(candidate);
  std::erase_if(left, [&](const model::Edition* e) {
    return edition.empty() &&
           std::any_of(days.begin(), days.end(), [&](std::int64_t d) { return is_suspended(*e, d); });
  });
  if (left.empty()) {
    out.in_force = false;
    out.grade = unclassified(model::GradeState::out_of_scope);
    return out;
  }
  out.edition = left.size() == 1 ? left[0] : left[oracle_.pick(left.size())];

  out.grade = grade_in(*out.edition);
  set(&out.edition->grade_let, out.grade);
  return out;
}

Value Evaluator::grade_in(const model::Edition& edition) {
  if (edition.applies != nullptr) {
    const Value applies = evaluate(*edition.applies);
    if (applies.poison()) return applies;
    if (!applies.yes) return unclassified(model::GradeState::out_of_scope);
  }
  // Every grading whose `when` holds counts; the worst is the grade, and one without a grade leaves the whole without.
  std::optional<Value> worst;
  for (const model::Grading& g : edition.gradings) {
    if (!g.name.empty()) continue;
    const std::optional<Value> v = grading(g);
    if (!v) continue;
    if (!worst) {
      worst = v;
    } else if (v->poison() || worst->poison()) {
      worst = worse(*worst, *v);
    } else {
      worst = extreme_grade(*edition.scale, *worst, *v, true);
    }
  }
  return worst ? *worst : unclassified(model::GradeState::out_of_scope);
}

std::optional<Value> Evaluator::grading(const model::Grading& g) {
  if (g.when != nullptr) {
    const Value when = evaluate(*g.when);
    if (when.poison()) return when;
    if (!when.yes) return std::nullopt;
  }
  switch (g.form) {
    case model::Grading::expression:
      return evaluate(*g.value);
    case model::Grading::by_column:
      return by_column(g);
    case model::Grading::by_member:
      return by_member(g);
  }
  return std::nullopt;
}

bool Evaluator::meets(const Value& measure, const Value& limit, model::Grading::Direction direction) {
  if (limit.kind == Value::no_limit) return true;
  switch (direction) {
    case model::Grading::at_least:
      return measure.amount >= limit.amount;
    case model::Grading::at_most:
      return measure.amount <= limit.amount;
    case model::Grading::above:
      return measure.amount > limit.amount;
    case model::Grading::below:
      return measure.amount < limit.amount;
  }
  return false;
}

// The row is found by the keys; the grade is the best level whose limit is met.
Value Evaluator::by_column(const model::Grading& g) {
  std::vector<Value> keys;
  for (const Expr* path : g.key_paths) {
    keys.push_back(evaluate(*path));
    if (keys.back().poison()) return keys.back();
  }
  const model::Row* row = find_row(g.rows, keys);
  if (row == nullptr) return unclassified(model::GradeState::no_row);
  const Value measure = evaluate(*g.measure);
  if (measure.poison()) return measure;
  if (measure.kind == Value::absent) return unclassified(model::GradeState::out_of_scope);
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < g.levels.size(); ++i) order.emplace_back(rank_of(*g.scale, g.levels[i]), i);
  std::sort(order.begin(), order.end());
  for (const auto& [rank, i] : order) {
    Value limit = result_cell(row->results.at(i), "");
    if (limit.kind == Value::absent) continue;
    if (g.limit_formula != nullptr && limit.kind == Value::number) {
      Row none;
      entries_[g.it] = Binding{nullptr, {}, limit};
      limit = evaluate(*g.limit_formula);
    }
    if (limit.poison()) return limit;
    if (meets(measure, limit, g.directions.empty() ? g.direction : g.directions.front()))
      return Value::of(Value::member, g.levels[i]);
  }
  return failing(*g.scale);
}

Value Evaluator::row_met(const model::Grading& g, std::size_t row, const std::vector<Value>& measures) {
  Value out = Value::of_truth(true);
  for (std::size_t i = 0; i < measures.size(); ++i) {
    if (measures[i].kind == Value::absent) continue;
    const Value limit = result_cell(g.rows[row].results.at(i), "");
    if (limit.kind == Value::absent || limit.kind == Value::no_limit) continue;
    const Value& bad = worse(measures[i], limit);
    if (bad.poison())
      out = worse(out, bad);
    else if (!meets(measures[i], limit, g.directions.at(i)))
      return Value::of_truth(false);
  }
  return out;
}

// One row a level, one column a measure: all of a row must hold. A measure that is absent drops its cells.
Value Evaluator::by_member(const model::Grading& g) {
  std::vector<Value> measures;
  bool any = false;
  for (const Expr* e : g.measures) {
    measures.push_back(evaluate(*e));
    any = any || measures.back().kind != Value::absent;
  }
  if (!any) return unclassified(model::GradeState::out_of_scope);
  // From the best level down: a row that fails on one measure fails, whatever is wrong with another.
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t r = 0; r < g.rows.size(); ++r) order.emplace_back(rank_of(*g.scale, g.row_levels[r]), r);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [rank, r] : order) {
    const Value met = row_met(g, r, measures);
    if (met.poison()) return met;
    if (met.yes) return Value::of(Value::member, g.row_levels[r]);
  }
  return failing(*g.scale);
}

GradeResult grade_once(const model::Standard& standard, const Case& facts, Oracle& oracle) {
  std::set<std::string> refusals;
  Evaluator evaluator(oracle, refusals, facts.known_on);
  for (const model::Given& given : standard.givens) {
    const Row& row = facts.givens.at(&given);
    if (given.type.kind == model::TypeKind::record || given.type.kind == model::TypeKind::list) {
      evaluator.bind(&given, Binding{&row, {}, std::nullopt});
    } else {
      const Fact& fact = row.at({});
      evaluator.bind(&given,
                     Binding{nullptr, {}, fact.state == Fact::absent ? Value::of(Value::absent, 0) : fact.value});
    }
  }
  const Evaluator::Graded graded = evaluator.grade(standard, "", std::nullopt);
  GradeResult out;
  out.in_force = graded.in_force;
  out.grade = graded.grade;
  if (graded.edition == nullptr) return out;
  out.edition = graded.edition->name;
  if (graded.grade.poison()) return out;
  for (const model::Comply& c : graded.edition->complies) out.outputs[c.name] = evaluator.complies(*graded.edition, c);
  for (const model::Check& c : graded.edition->checks) out.outputs[c.name] = evaluator.evaluate(*c.condition);
  for (const model::Result& r : graded.edition->results)
    out.outputs[r.name] = evaluator.result_in(*graded.edition, r.name);
  return out;
}

std::string show(const GradeResult& r, const model::Enum* scale) {
  model::Type type;
  type.enumeration = scale;
  std::string out = r.in_force ? "edition " + r.edition + ", grade " + show(r.grade, type) : "not in force";
  for (const auto& [name, value] : r.outputs) out += ", " + name + " " + show(value, type);
  return out;
}

}  // namespace guiju::reference
