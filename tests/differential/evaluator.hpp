// Walks expressions of the checked model over completely known facts. Private to the reference.
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "reference.hpp"

namespace guiju::reference {

// Where the fields below a record are found: a row and the path that leads to the record in it; or a value by itself.
struct Binding {
  const Row* row = nullptr;
  FieldPath prefix;
  std::optional<Value> scalar;
};

class Evaluator {
 public:
  Evaluator(Oracle& oracle, std::set<std::string>& refusals, std::optional<std::int64_t> known_on)
      : oracle_(oracle), refusals_(refusals), known_on_(known_on) {}

  void bind(const model::Given* given, Binding binding) { givens_[given] = std::move(binding); }
  void set(const model::Let* let, Value value) { lets_[let] = {std::move(value), {}}; }

  [[nodiscard]] Value evaluate(const model::Expr& e);

  struct Graded {
    bool in_force = true;
    const model::Edition* edition = nullptr;
    Value grade;
  };
  // The standard with its givens bound here; `day` of the edition by `as at`, else by `in force by`; or by name.
  [[nodiscard]] Graded grade(const model::Standard& standard, const std::string& edition, std::optional<Value> day);
  // What the edition gives under that name; absent where it gives nothing. After `grade`.
  [[nodiscard]] Value complies(const model::Edition& edition, const model::Comply& comply);
  [[nodiscard]] Value result_in(const model::Edition& edition, const std::string& name);

 private:
  using Expr = model::Expr;
  [[nodiscard]] Value compute(const Expr& e, const std::vector<Value>& args);
  [[nodiscard]] std::optional<std::vector<Value>> operands(const Expr& e, Value& bad);
  [[nodiscard]] Value read(const model::Path& path);
  [[nodiscard]] Value read(const Binding& from, const FieldPath& path);
  [[nodiscard]] Binding resolve(const model::Path& path) const;
  [[nodiscard]] const Binding& binding_of(const model::Path& path) const;
  [[nodiscard]] Value connective(const Expr& e, bool stop);
  [[nodiscard]] Value choose(const Expr& e, bool first);
  [[nodiscard]] Value fold(const Expr& e);
  [[nodiscard]] Value compare(const Expr& e, const Value& a, const Value& b) const;
  [[nodiscard]] Value within_period(const Expr& e);
  [[nodiscard]] Value within_window(const Expr& e, std::int64_t x, std::int64_t length, std::int64_t d) const;
  [[nodiscard]] Value bands(const Expr& e, const Number& base) const;
  [[nodiscard]] Value extreme(const Expr& e);
  [[nodiscard]] Value open_value(const model::Type& type, const model::Choice* choice,
                                 const model::Expr* papers = nullptr);
  [[nodiscard]] Value one_candidate(const Expr& e);
  [[nodiscard]] Value said(const Expr& e);
  [[nodiscard]] Value left_value(const model::Choice& choice);
  [[nodiscard]] Value call(const model::StandardCall& call);
  [[nodiscard]] Value result_of(const Expr& e);
  [[nodiscard]] Value at_or_beyond(const Expr& e);
  [[nodiscard]] Value in_catalogue(const Expr& e, const std::vector<Value>& args);
  // The standard with the arguments of the call bound; `day` by `as at`. What is poisoned is left in `bad`.
  [[nodiscard]] bool enter(const model::StandardCall& call, Evaluator& inner, std::optional<Value>& day, Value& bad);

  // tables
  [[nodiscard]] static bool matches(const model::Pattern& pattern, const Value& key);
  [[nodiscard]] static const model::Row* find_row(const std::vector<model::Row>& rows, const std::vector<Value>& keys);
  [[nodiscard]] Value cell(const Expr& e, const std::vector<Value>& keys);
  [[nodiscard]] Value result_cell(const model::ResultCell& cell, const std::string& table);

  // standards
  [[nodiscard]] Value grade_in(const model::Edition& edition);
  [[nodiscard]] std::optional<Value> grading(const model::Grading& g);
  [[nodiscard]] Value by_column(const model::Grading& g);
  [[nodiscard]] Value row_met(const model::Grading& g, std::size_t row, const std::vector<Value>& measures);
  [[nodiscard]] Value by_member(const model::Grading& g);
  [[nodiscard]] static bool meets(const Value& measure, const Value& limit, model::Grading::Direction direction);

  Oracle& oracle_;
  std::set<std::string>& refusals_;  // tables that granted nothing
  std::optional<std::int64_t> known_on_;
  std::map<const model::Given*, Binding> givens_;
  std::map<const model::Entry*, Binding> entries_;
  mutable std::set<const model::Entry*> read_entries_;  // since the value of a let is worked out
  struct Named {
    Value value;
    std::set<std::string> refusals;  // by tables that it looks up: they hold wherever it is used
  };
  std::map<const model::Let*, Named> lets_;
};

// What a version of a duty asks; `refusals` as the evaluator notes them.
void decide_duty(Evaluator& evaluator, const model::Version& version, const Case& facts,
                 const std::set<std::string>& refusals, Result& out);

void bind_givens(Evaluator& evaluator, const std::deque<model::Given>& givens, const Case& facts);

[[nodiscard]] inline bool lies_within(std::int64_t day, const model::Bound& from, const model::Bound& to) {
  return (!from.day || *from.day <= day) && (!to.day || day <= *to.day);
}
// Of versions and editions: what names no day of publication was published on its first day.
template <typename Dated>
[[nodiscard]] bool is_known(const Dated& dated, std::optional<std::int64_t> known_on) {
  const std::optional<Day>& since = dated.published.day ? dated.published.day : dated.from.day;
  return !known_on || !since || *since <= *known_on;
}
template <typename Dated>
[[nodiscard]] bool is_suspended(const Dated& dated, std::int64_t day) {
  for (const model::Suspension& s : dated.suspensions)
    if (lies_within(day, s.from, s.to)) return true;
  return false;
}

// What the version supersedes, and what that superseded, by name.
template <typename Dated>
[[nodiscard]] std::set<std::string> superseded_by(const std::vector<const Dated*>& all, const Dated& one) {
  std::set<std::string> out(one.supersedes.begin(), one.supersedes.end());
  for (std::size_t size = 0; size != out.size();) {
    size = out.size();
    for (const Dated* v : all)
      if (out.contains(v->name)) out.insert(v->supersedes.begin(), v->supersedes.end());
  }
  return out;
}
// nullptr where none governs, or the one that would is suspended.
[[nodiscard]] inline const model::Version* version_among(const std::vector<const model::Version*>& all,
                                                         std::int64_t day, std::optional<std::int64_t> known_on) {
  std::vector<const model::Version*> kept;
  for (const model::Version* v : all)
    if (lies_within(day, v->from, v->to) && is_known(*v, known_on)) kept.push_back(v);
  for (const model::Version* v : kept) {
    const bool superseded = std::any_of(kept.begin(), kept.end(), [&](const model::Version* other) {
      return superseded_by(all, *other).contains(v->name);
    });
    if (!superseded) return is_suspended(*v, day) ? nullptr : v;
  }
  return nullptr;
}

// What is absent where a value is needed was not reached.
[[nodiscard]] Value present(const Value& v);

[[nodiscard]] std::int64_t rank_of(const model::Enum& scale, std::int64_t member);  // 0: the best

// The worse (or better) of two grades, with or without a level.
[[nodiscard]] Value extreme_grade(const model::Enum& scale, const Value& a, const Value& b, bool worst);

// Of two faulty operands the worse one is the result.
[[nodiscard]] const Value& worse(const Value& a, const Value& b);

}  // namespace guiju::reference
