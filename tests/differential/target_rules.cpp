// See target_rules.hpp.
#include "target_rules.hpp"

#include <algorithm>
#include <vector>

#include "evaluator.hpp"

namespace guiju::reference {

std::string show(const TargetResult& r) {
  static const char* const names[] = {"attained", "open", "missed", "referred", "unseen", "invalid"};
  std::string out = names[r.standing];
  if (r.figure) out += " " + show(*r.figure);
  if (r.to_go) out += " to go " + show(*r.to_go);
  if (r.on_track) out += *r.on_track ? " on track" : " behind";
  if (!r.fault.empty()) out += " (" + r.fault + ")";
  return out;
}

namespace {

struct Observation {
  std::int64_t target = 0, on = 0;
  std::optional<Number> value;
  std::string item;
};

const Fact& field(const Row& entry, const char* name) {
  return std::find_if(entry.begin(), entry.end(), [&](const auto& f) { return f.first.front()->name.primary == name; })
      ->second;
}

std::vector<Observation> observations(const model::Targets& targets, const Case& facts) {
  std::vector<Observation> out;
  for (const Row& entry : facts.givens.at(targets.observed).at({}).entries) {
    Observation o;
    o.target = field(entry, "target").value.whole;
    o.on = field(entry, "on").value.whole;
    if (const Fact& value = field(entry, "value"); value.state == Fact::known) o.value = value.value.amount;
    if (const Fact& item = field(entry, "item"); item.state == Fact::known) o.item = item.value.words;
    out.push_back(std::move(o));
  }
  return out;
}

bool holds(model::Relation relation, const Number& figure, const Number& bound) {
  switch (relation) {
    case model::Relation::less:
      return figure < bound;
    case model::Relation::less_equal:
      return figure <= bound;
    case model::Relation::greater:
      return figure > bound;
    default:
      return figure >= bound;
  }
}

class RowRules {
 public:
  RowRules(const model::Targets& targets, const model::Target& row, const Case& facts, Evaluator& evaluator,
           Oracle& oracle)
      : targets_(targets), row_(row), facts_(facts), evaluator_(evaluator), oracle_(oracle) {
    const auto index = [&] {
      std::size_t i = 0;
      while (&targets.rows.at(i) != &row) ++i;
      return static_cast<std::int64_t>(i);
    }();
    for (Observation& o : observations(targets, facts))
      if (o.target == index) seen_.push_back(std::move(o));
  }

  TargetResult decide() {
    due_ = day(row_.due);
    find_figure();
    if (!out_.fault.empty() || !out_.usable) return out_;
    out_.figure = figure_;
    const bool measured = row_.kind == model::Target::level || row_.kind == model::Target::change;
    if (measured && row_.value == nullptr && !figure_) {
      out_.standing = TargetResult::unseen;
      return out_;
    }
    if (row_.kind == model::Target::judged || row_.about) {
      out_.standing = TargetResult::referred;
      if (row_.about) measure_distance();
      return out_;
    }
    const bool reached = row_.kind == model::Target::each ? all_are_there() : holds_against_reach();
    out_.standing = reached ? TargetResult::attained : is_past() ? TargetResult::missed : TargetResult::open;
    if (out_.standing == TargetResult::open) hold_against_pace();
    return out_;
  }

 private:
  std::optional<std::int64_t> day(const model::Expr* e) {
    if (e == nullptr) return std::nullopt;
    return evaluator_.evaluate(*e).whole;
  }
  Number number(const model::Expr& e) { return evaluator_.evaluate(e).amount; }

  // The host's day, at latest the last day of the target.
  [[nodiscard]] bool counts(std::int64_t on) const {
    return (!facts_.as_at || on <= *facts_.as_at) && (!due_ || on <= *due_);
  }
  // Where the host told no day it may be any.
  [[nodiscard]] bool is_past() const {
    if (!due_) return false;
    return facts_.as_at ? *facts_.as_at > *due_ : oracle_.pick(2) == 1;
  }

  // Of that day; figures that differ contradict each other, and then it could be anything.
  std::optional<Number> of_day(std::int64_t on) {
    std::optional<Number> out;
    for (const Observation& o : seen_) {
      if (!o.value || o.on != on) continue;
      if (out && *out != *o.value)
        return std::vector<Number>{0, *out, *o.value, Number(*o.value * 1000 + 1)}[oracle_.pick(4)];
      out = o.value;
    }
    return out;
  }
  std::optional<Number> last() {
    std::optional<std::int64_t> on;
    for (const Observation& o : seen_)
      if (o.value && counts(o.on)) on = std::max(on.value_or(o.on), o.on);
    return on ? of_day(*on) : std::nullopt;
  }

  void find_base() {
    if (row_.baseline != nullptr)
      base_ = number(*row_.baseline);
    else if (row_.baseline_on != nullptr)
      base_ = of_day(*day(row_.baseline_on));
  }

  void find_figure() {
    if (row_.value != nullptr) {
      const Value value = evaluator_.evaluate(*row_.value);
      out_.usable = value.kind == Value::number || value.kind == Value::error;
      if (value.kind == Value::error) out_.fault = value.words;
      if (value.kind == Value::number) figure_ = value.amount;
      return;
    }
    switch (row_.kind) {
      case model::Target::level:
        figure_ = last();
        find_base();
        return;
      case model::Target::change: {
        const std::optional<Number> now = last();
        find_base();
        if (!now || !base_) return;
        if (*base_ == 0)
          out_.fault = "division by zero";
        else
          figure_ = *now / *base_ - 1;
        return;
      }
      case model::Target::total: {
        const std::optional<std::int64_t> since = day(targets_.counted_from);
        figure_ = 0;
        for (const Observation& o : seen_)
          if (o.value && counts(o.on) && (!since || o.on >= *since)) *figure_ += *o.value;
        return;
      }
      default:
        return;
    }
  }

  void measure_distance() {
    if (!figure_) return;
    const Number reach = number(*row_.reach);
    const bool upward = row_.relation == model::Relation::greater || row_.relation == model::Relation::greater_equal;
    out_.to_go = upward ? Number(reach - *figure_) : Number(*figure_ - reach);
  }
  bool holds_against_reach() {
    measure_distance();
    return figure_ && holds(row_.relation, *figure_, number(*row_.reach));
  }
  [[nodiscard]] bool all_are_there() const {
    return std::all_of(row_.texts.begin(), row_.texts.end(), [&](const model::Label& text) {
      const std::string& wanted = text.zh.empty() ? text.en : text.zh;
      return std::any_of(seen_.begin(), seen_.end(),
                         [&](const Observation& o) { return o.item == wanted && counts(o.on); });
    });
  }

  // The same step every day from the first day to the last one.
  void hold_against_pace() {
    if (row_.value != nullptr && row_.kind != model::Target::level) return;
    const std::optional<std::int64_t> start =
        row_.kind == model::Target::total ? day(targets_.counted_from) : day(row_.baseline_on);
    const bool of_figures = row_.kind != model::Target::each && row_.kind != model::Target::judged;
    if (!of_figures || !start || !due_ || !facts_.as_at) return;
    if (*facts_.as_at < *start || *facts_.as_at > *due_ || *start >= *due_) return;
    Number from = 0;
    if (row_.kind == model::Target::level) {
      if (!base_) return;  // nothing from which it could have gone
      from = *base_;
    }
    const Number gone(*facts_.as_at - *start, *due_ - *start);
    const Number expected = from + (number(*row_.reach) - from) * gone;
    out_.on_track = figure_ && holds(row_.relation, *figure_, expected);
  }

  const model::Targets& targets_;
  const model::Target& row_;
  const Case& facts_;
  Evaluator& evaluator_;
  Oracle& oracle_;
  std::vector<Observation> seen_;
  std::optional<std::int64_t> due_;
  std::optional<Number> figure_, base_;
  TargetResult out_;
};

}  // namespace

TargetResult decide_target(const model::Targets& targets, const model::Target& row, const Case& facts, Oracle& oracle) {
  std::set<std::string> refusals;
  Evaluator evaluator(oracle, refusals, facts.known_on);
  bind_givens(evaluator, targets.givens, facts);
  TargetResult out = RowRules(targets, row, facts, evaluator, oracle).decide();
  out.usable = out.usable && refusals.empty();
  return out;
}

}  // namespace guiju::reference
