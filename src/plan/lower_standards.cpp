// Standards to operations: every edition is evaluated, the one in force is picked; grades carry how they are
// unclassified.
#include <algorithm>
#include <set>
#include <utility>

#include "plan/lowering.hpp"

namespace guiju::plan {

using model::Edition;
using model::Grading;
using model::Standard;

struct SectionBuilder::EditionResult {
  SlotId grade = kNone;
  std::vector<StandardOutputs::Output> outputs;
};

namespace {

SlotInfo member_slot(Index enumeration) {
  SlotInfo slot;
  slot.cls = SlotClass::member;
  slot.enumeration = enumeration;
  return slot;
}

// What an edition supersedes, and what that superseded.
void add_superseded(const Standard& standard, const Edition& e, std::vector<const Edition*>& out) {
  for (const std::string& name : e.supersedes) {
    for (const Edition& older : standard.editions) {
      const bool known = older.name != name || std::find(out.begin(), out.end(), &older) != out.end();
      if (known) continue;
      out.push_back(&older);
      add_superseded(standard, older, out);
    }
  }
}

// Does the expression rest on the grade of the edition, or on a named one?
bool rests_on_grade(const model::Expr& e, std::set<const model::Expr*>& seen) {
  if (!seen.insert(&e).second) return false;
  if (e.let != nullptr && e.let->value == nullptr) return true;
  std::vector<const model::Expr*> inner = e.args;
  inner.insert(inner.end(), {e.where, e.term, e.let == nullptr ? nullptr : e.let->value});
  return std::any_of(inner.begin(), inner.end(),
                     [&](const model::Expr* one) { return one != nullptr && rests_on_grade(*one, seen); });
}

}  // namespace

// Whether the gradings matter for what is wanted of the edition.
bool SectionBuilder::needs_gradings(const Edition& e, const Wanted& wanted) {
  if (wanted.all || wanted.result.empty()) return true;
  std::set<const model::Expr*> seen;
  for (const model::Requirement& r : e.requirements) {
    if (rests_on_grade(*r.condition, seen)) return true;
  }
  for (const model::Result& r : e.results) {
    if (r.name == wanted.result) return rests_on_grade(*r.value, seen);
  }
  return true;
}

SlotId SectionBuilder::limit_truth(SlotId measure, SlotId limit, Grading::Direction direction) {
  constexpr model::Relation relations[] = {model::Relation::greater_equal, model::Relation::less_equal,
                                           model::Relation::greater, model::Relation::less};
  return compare(measure, limit, relations[direction]);
}

// Levels are columns: the measure against the limit of each, from best to worst.
SlotId SectionBuilder::grade_by_column(const Grading& g, Environment& env, Index scale, SlotId active) {
  const SlotId measure = lower(*g.measure, env);
  const SlotId given = emit(Operation::HAS, SlotInfo{}, measure);
  std::vector<SlotId> keys;
  for (const model::Expr* key : g.key_paths) keys.push_back(lower(*key, env));
  Look found;
  found.row = row_of(g.rows, keys, false, g.name, {});
  std::vector<Index> all_rows;
  for (std::size_t r = 0; r < g.rows.size(); ++r) {
    all_rows.push_back(static_cast<Index>(r));
    const model::Row& row = g.rows[r];
    if (doubtful(row))
      doubt(g.name.empty() ? "grade" : g.name, row.note, both(active, hit(found.row, {static_cast<Index>(r)})));
  }
  const SlotId row_hit = g.key_paths.empty() ? truth(true) : hit(found.row, all_rows);

  struct Level {
    std::uint32_t member;
    std::size_t column;
  };
  std::vector<Level> levels;
  for (std::size_t i = 0; i < g.levels.size(); ++i) levels.push_back({g.levels[i], i});
  const auto& rank = builder_.plan.enums[scale].rank;
  std::sort(levels.begin(), levels.end(),
            [&](const Level& a, const Level& b) { return rank[a.member] < rank[b.member]; });
  std::vector<SlotId> truths;
  std::vector<Index> members;
  for (const Level& level : levels) {
    std::vector<const model::ResultCell*> cells;
    for (const model::Row& row : g.rows) cells.push_back(&row.results[level.column]);
    model::Type type = g.measure->type;
    type.optional = false;
    const Index around = std::exchange(source_, kNone);  // a figure, called by nothing else wherever it is asked for
    SlotId limit = cell(found, cells, nullptr, type, env);
    source_ = around;
    std::vector<Index> unlimited;
    if (g.limit_formula != nullptr) {
      for (std::size_t r = 0; r < cells.size(); ++r) {
        if (cells[r]->kind == model::ResultCell::no_limit) unlimited.push_back(static_cast<Index>(r));
      }
      // `it` is the cell's number.
      environments_.emplace_back();
      Environment& with_it = environments_.back();
      with_it.outer = &env;
      with_it.home = &env;
      with_it.records = env.records;
      with_it.values = env.values;
      it_ = limit;
      it_entry_ = g.it;
      limit = lower(*g.limit_formula, with_it);
      it_entry_ = nullptr;
    }
    // What is not limited is not computed with either.
    const SlotId met = limit_truth(measure, limit, g.direction);
    truths.push_back(unlimited.empty() ? met : either(hit(found.row, std::move(unlimited)), met));
    members.push_back(level.member);
  }
  builder_.plan.row_sets.push_back(std::move(members));
  const auto level_list = static_cast<Index>(builder_.plan.row_sets.size() - 1);
  const SlotId graded = emit(Operation::GRADE, member_slot(scale), row_hit, builder_.plan.enums[scale].floor,
                             level_list, operands(truths));
  const SlotId in_row = emit(Operation::SEL, member_slot(scale), given, graded, member_constant(scale, kOutOfScope));
  return emit(Operation::SEL, member_slot(scale), row_hit, in_row, member_constant(scale, kNoRow));
}

// Levels are rows: every measure that applies must meet its limit.
SlotId SectionBuilder::grade_by_member(const Grading& g, Environment& env, Index scale, SlotId active) {
  std::vector<SlotId> measures;
  SlotId any_given = kNone;
  for (const model::Expr* m : g.measures) {
    measures.push_back(lower(*m, env));
    any_given = either(any_given, emit(Operation::HAS, SlotInfo{}, measures.back()));
  }
  const auto& rank = builder_.plan.enums[scale].rank;
  std::vector<std::size_t> order(g.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank[g.row_levels[a]] < rank[g.row_levels[b]]; });
  std::vector<SlotId> truths;
  std::vector<Index> members;
  for (const std::size_t r : order) {
    SlotId all = kNone;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const model::ResultCell& limit = g.rows[r].results[m];
      if (limit.kind != model::ResultCell::value) continue;
      const SlotId met = limit_truth(measures[m], lower(*limit.expr, env), g.directions[m]);
      all = both(all, either(negation(emit(Operation::HAS, SlotInfo{}, measures[m])), met));
    }
    truths.push_back(all == kNone ? truth(true) : all);
    members.push_back(g.row_levels[r]);
    const model::Row& row = g.rows[r];
    if (doubtful(row)) doubt(g.name.empty() ? "grade" : g.name, row.note, both(active, truths.back()));
  }
  builder_.plan.row_sets.push_back(std::move(members));
  const auto level_list = static_cast<Index>(builder_.plan.row_sets.size() - 1);
  const SlotId graded = emit(Operation::GRADE, member_slot(scale), truth(true), builder_.plan.enums[scale].floor,
                             level_list, operands(truths));
  return any_given == kNone
             ? graded
             : emit(Operation::SEL, member_slot(scale), any_given, graded, member_constant(scale, kOutOfScope));
}

SlotId SectionBuilder::grading(const Edition& e, const Grading& g, Environment& env, Index scale, SlotId active) {
  const SlotId when = g.when == nullptr ? kNone : lower(*g.when, env);
  const SlotId condition = when == kNone ? active : both(active, when);
  // Measures and limits of a grading that does not apply are not reached: a table without a row for them settles
  // nothing.
  const std::size_t guards = guards_.size();
  if (condition != kNone) guards_.push_back(condition);
  SlotId out = kNone;
  switch (g.form) {
    case Grading::by_column:
      out = grade_by_column(g, env, scale, condition);
      break;
    case Grading::by_member:
      out = grade_by_member(g, env, scale, condition);
      break;
    case Grading::expression:
      out = lower(*g.value, env);
      break;
  }
  guards_.resize(guards);
  if (g.check == model::Citation::unverified || g.check == model::Citation::secondhand) {
    doubt(g.name.empty() ? e.name : g.name, g.note, condition);
  }
  for (const model::Citation& c : g.citations) cite(g.name.empty() ? e.name : g.name, c, condition);
  // A grading whose condition fails drops out.
  return when == kNone ? out : emit(Operation::ONLYIF, member_slot(scale), when, out);
}

// What a product must meet before any level counts; kNone where nothing is required.
SlotId SectionBuilder::requirements(const Edition& e, Environment& env, SlotId active, const Wanted& wanted,
                                    EditionResult& result) {
  SlotId met = kNone;
  for (const model::Requirement& r : e.requirements) {
    const SlotId truth = lower_guarded(*r.condition, env, active);
    met = both(met, truth);
    for (const model::Citation& c : r.citations) cite(r.name.primary, c, active);
    if (wanted.all) result.outputs.push_back({r.name.primary, truth, text(r.reason, env), false, {}});
  }
  return met;
}

// Values of any kind; outside the scope, and where a requirement fails, there are none.
void SectionBuilder::results(const Edition& e, Environment& env, SlotId active, SlotId given, const Wanted& wanted,
                             EditionResult& result) {
  for (const model::Result& r : e.results) {
    if (!wanted.all && wanted.result != r.name) continue;
    SlotId value = lower_guarded(*r.value, env, both(active, given));
    if (wanted.all) results_.push_back(value);
    if (given != kNone) value = emit(Operation::ONLYIF, info(value), given, value);
    result.outputs.push_back({r.name, value, {}, false, {}, true, builder_.local(r.label)});
  }
}

SectionBuilder::EditionResult SectionBuilder::edition(const Standard& standard, const Edition& e, Environment& env,
                                                      SlotId active, SlotId day, const Wanted& wanted) {
  EditionResult result;
  const Index scale = standard.scale == nullptr ? kNone : builder_.enumeration(*standard.scale);
  environments_.emplace_back();
  Environment& inner = environments_.back();
  inner.outer = &env;
  inner.records = env.records;
  inner.values = env.values;
  // What lies outside the scope reaches nothing of the edition.
  const SlotId applies = e.applies == nullptr ? kNone : lower_guarded(*e.applies, inner, active);
  const SlotId in_scope = both(active, applies);
  SlotId grade = kNone;
  const bool graded = needs_gradings(e, wanted);
  for (const Grading& g : e.gradings) {
    if (!graded) break;
    const SlotId one = grading(e, g, inner, builder_.enumeration(*g.scale), in_scope);
    if (g.stand_in != nullptr) {
      inner.lets[g.stand_in] = one;
      if (wanted.all || wanted.result == g.name)
        result.outputs.push_back({g.name, one, {}, false, {}, false, builder_.local(g.label)});
    } else {
      grade = grade == kNone ? one : emit(Operation::WORST, member_slot(scale), grade, one, kNone, scale);
    }
  }
  const SlotId met = requirements(e, inner, in_scope, wanted, result);
  if (scale != kNone && graded) {
    const SlotId nothing = member_constant(scale, kOutOfScope);
    grade = grade == kNone ? nothing : emit(Operation::ORELSE, member_slot(scale), grade, nothing);
    if (met != kNone) {
      const Index floor = builder_.plan.enums[scale].floor;
      const SlotId failed = member_constant(scale, floor == kNone ? kBelow : std::uint64_t{1} << floor);
      grade = emit(Operation::SEL, member_slot(scale), met, grade, failed);
    }
    if (applies != kNone) grade = emit(Operation::SEL, member_slot(scale), applies, grade, nothing);
    inner.lets[&e.grade_let] = grade;
  }
  result.grade = grade;
  for (const model::Citation& c : e.citations) {
    cite(c.title.zh.empty() ? e.name : c.title.zh.front().text, c, active);
  }
  for (const model::Let& let : e.lets) {
    cite(let, active);
  }
  for (const model::Bound* bound : {&e.from, &e.to, &e.published}) doubt(e.name, bound->doubt, active);
  results(e, inner, active, both(applies, met), wanted, result);
  for (const model::Comply& c : e.complies) {
    if (!wanted.all && wanted.result != c.name) continue;
    SlotId value = both(met, lower_guarded(*c.condition, inner, in_scope));
    if (wanted.all) value = answered_without_level(e, c, inner, scale, active, applies, met, value);
    if (day != kNone && (c.from.day || c.to.day))
      value = emit(Operation::ONLYIF, SlotInfo{}, within(day, c.from, c.to, inner), value);
    for (const model::Citation& source : c.citations) cite(c.name, source, active);
    result.outputs.push_back(
        {c.name, value, wanted.all ? text(c.reason, inner) : Template{}, false, {}, false, builder_.local(c.label)});
  }
  if (!wanted.all) return result;
  for (const model::Check& c : e.checks) {
    for (const model::Citation& source : c.citations) cite(c.name, source, active);
    const SlotId holds = lower_guarded(*c.condition, inner, in_scope);
    result.outputs.push_back({c.name, holds, text(c.reason, inner), true, {}, false, builder_.local(c.label)});
  }
  return result;
}

// A product without a level, for another reason than that it misses the lowest, did not fail: where only the level is
// wanting for compliance, or the edition is not meant for it, there is no answer. With the best level one sees what
// else is wanting.
SlotId SectionBuilder::answered_without_level(const Edition& e, const model::Comply& comply, Environment& inner,
                                              Index scale, SlotId active, SlotId applies, SlotId met, SlotId value) {
  SlotId answered = applies;
  std::set<const model::Expr*> seen;
  if (scale != kNone && rests_on_grade(*comply.condition, seen)) {
    environments_.emplace_back();
    Environment& best = environments_.back();
    best.outer = &inner;
    best.records = inner.records;
    best.values = inner.values;
    const SlotId grade = inner.lets.at(&e.grade_let);
    const SlotId open = emit(Operation::INMASK, SlotInfo{}, grade, kNone, kNone, builder_.mask(kNoRow | kOutOfScope));
    const std::uint64_t level = std::uint64_t{1} << builder_.plan.enums[scale].best_to_worst.front();
    best.lets[&e.grade_let] = emit(Operation::SEL, member_slot(scale), open, member_constant(scale, level), grade);
    const SlotId at_best = both(met, lower_guarded(*comply.condition, best, both(both(active, applies), open)));
    answered = both(answered, either(value, negation(at_best)));
  }
  return answered == kNone ? value : emit(Operation::ONLYIF, SlotInfo{}, answered, value);
}

// The day lies in the period, both ends in; kNone where both are open.
SlotId SectionBuilder::within(SlotId day, const model::Bound& from, const model::Bound& to, Environment& env) {
  SlotId out = kNone;
  if (from.day) out = compare(day_of(from, env), day, model::Relation::less_equal);
  if (to.day) out = both(out, compare(day, day_of(to, env), model::Relation::less_equal));
  return out;
}

SlotId SectionBuilder::day_of(const model::Bound& bound, Environment& env) {
  if (bound.undecided != nullptr) return lower(*bound.undecided, env);
  SlotInfo slot;
  slot.cls = SlotClass::day;
  ConstantInfo k;
  k.cls = SlotClass::day;
  k.c = *bound.day;
  return constant(slot, k);
}

// The edition covers the day and the case, and is known; kNone where it always is and does.
SlotId SectionBuilder::covering(const Edition& e, SlotId day, Environment& env) {
  SlotId out = day == kNone ? kNone : within(day, e.from, e.to, env);
  if (e.when != nullptr) out = both(out, lower(*e.when, env));
  const model::Bound& published = e.published.day ? e.published : e.from;
  return published.day ? both(out, emit(Operation::KNOWN, SlotInfo{}, day_of(published, env))) : out;
}

// Editions side by side, each for its own cases: where two fit, the text does not say which.
void SectionBuilder::oblige_one_edition(const Standard& standard, const std::vector<SlotId>& active, Environment& env) {
  std::vector<SlotId> conditions;
  std::vector<SlotId> beside;
  for (std::size_t i = 0; i < standard.editions.size(); ++i) {
    if (standard.editions[i].when == nullptr) continue;
    conditions.push_back(lower(*standard.editions[i].when, env));
    beside.push_back(active[i]);
  }
  if (beside.size() < 2 || one_may_hold(conditions)) return;
  Obligation one;
  one.kind = GapInfo::conflict;
  one.name = standard.name.primary;
  one.truth = emit(Operation::ATMOST1, SlotInfo{}, kNone, kNone, kNone, operands(std::move(beside)));
  one.span = standard.span;
  reach(add_obligation(std::move(one)));
}

SectionBuilder::Graded SectionBuilder::grade(const Standard& standard, Environment& env,
                                             const std::string& fixed_edition, SlotId day, const Wanted& wanted) {
  Graded out;
  if (day == kNone && fixed_edition.empty() && !standard.in_force_by.empty())
    day = lower(*standard.in_force_by.front(), env);
  // Which editions cover the day and the case; a superseding one leaves the older ones aside.
  std::vector<SlotId> covers;
  for (const Edition& e : standard.editions) {
    const SlotId c = fixed_edition.empty() ? covering(e, day, env) : truth(e.name == fixed_edition);
    covers.push_back(c == kNone ? truth(true) : c);
  }
  std::vector<SlotId> active;
  for (std::size_t i = 0; i < standard.editions.size(); ++i) {
    SlotId a = covers[i];
    for (std::size_t j = 0; j < standard.editions.size(); ++j) {
      std::vector<const Edition*> older;
      add_superseded(standard, standard.editions[j], older);
      const bool superseded = std::find(older.begin(), older.end(), &standard.editions[i]) != older.end();
      if (superseded && fixed_edition.empty()) a = both(a, negation(covers[j]));
    }
    if (fixed_edition.empty() && day != kNone) {
      for (const model::Suspension& s : standard.editions[i].suspensions) {
        const SlotId suspended = both(a, within(day, s.from, s.to, env));
        if (wanted.all) out.suspensions.push_back({suspended, builder_.suspension(s)});
        a = both(a, negation(suspended));
      }
    }
    active.push_back(a);
    out.in_force = either(out.in_force, a);
  }
  if (out.in_force == kNone) out.in_force = truth(false);

  if (fixed_edition.empty()) oblige_one_edition(standard, active, env);

  std::vector<std::pair<SlotId, SlotId>> grades;
  std::vector<std::pair<SlotId, SlotId>> editions;
  std::vector<std::string> names;
  std::vector<EditionResult> results;
  const Index edition_names = wanted.all ? builder_.editions(standard) : kNone;
  for (std::size_t i = 0; i < standard.editions.size(); ++i) {
    results.push_back(edition(standard, standard.editions[i], env, active[i], day, wanted));
    if (results.back().grade != kNone) grades.emplace_back(active[i], results.back().grade);
    if (wanted.all) editions.emplace_back(active[i], member_constant(edition_names, std::uint64_t{1} << i));
    for (const auto& o : results.back().outputs) {
      if (std::find(names.begin(), names.end(), o.name) == names.end()) names.push_back(o.name);
    }
  }
  if (standard.scale != nullptr) {
    const Index scale = builder_.enumeration(*standard.scale);
    // A caller asks for a grade even on a day without an edition.
    if (!wanted.all) grades.emplace_back(truth(true), member_constant(scale, kOutOfScope));
    if (!grades.empty()) {
      out.grade = pick(std::move(grades));
      slots_[out.grade].enumeration = scale;
    }
  }
  if (!editions.empty()) {
    out.edition = pick(std::move(editions));
    slots_[out.edition].enumeration = edition_names;
  }
  for (const std::string& name : names) out.outputs.push_back(joined(name, results, active, !wanted.all));
  return out;
}

// What the edition in force gives under that name. `gap`: on a day without an edition the text does not say.
StandardOutputs::Output SectionBuilder::joined(const std::string& name, const std::vector<EditionResult>& results,
                                               const std::vector<SlotId>& active, bool gap) {
  std::vector<std::pair<SlotId, SlotId>> values;
  StandardOutputs::Output joined;
  joined.name = name;
  joined.warning = false;
  SlotInfo like;
  for (const EditionResult& r : results) {
    for (const auto& o : r.outputs) {
      if (o.name == name) like = info(o.value);
    }
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    const auto& own = results[i].outputs;
    const auto found = std::find_if(own.begin(), own.end(),
                                    [&](const auto& o) { return o.name == name && info(o.value).cls == like.cls; });
    if (found == own.end()) {
      values.emplace_back(active[i], absent(like));
      continue;
    }
    values.emplace_back(active[i], found->value);
    joined.warning = found->warning;
    joined.result = found->result;
    if (joined.label.zh.empty() && joined.label.en.empty()) joined.label = found->label;
    if (!found->reason.empty()) joined.reasons.emplace_back(active[i], found->reason);
  }
  joined.value = pick(std::move(values), gap ? kPickGap : std::uint8_t{0});
  return joined;
}

}  // namespace guiju::plan
