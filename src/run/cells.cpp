// What an open fact or text could be, cut where something turns. Numbers, dates and regions are cut by halving: a run
// at each end tells on which side of everything they are held against its values lie (Trace); where both ends tell the
// same, nothing turns between them, as every operation on ordered values is monotone on its pieces.
#include <algorithm>
#include <bit>
#include <iterator>

#include "run/split.hpp"

namespace guiju::run {

using plan::Operation;
using plan::SlotClass;

namespace {

constexpr std::uint64_t kPassesPerCase = 5;  // cutting and weighing take passes, too
constexpr std::size_t kEntriesPerCase = 2;   // so many entries of lists take as long as a case without any
constexpr std::size_t kMostTurns = 256;
constexpr std::size_t kMostTexts = 64;
constexpr i128 kStepsOfText = 1'000'000;  // to a unit of its scale: a text may stand for any number
constexpr i128 kFirstRegion = 100'000'000'000;
constexpr i128 kLastRegion = 999'999'999'999;

bool asks_for_silence(const plan::ProgramInfo& program) {
  const auto asks = [](const plan::Op& op) {
    return op.code == Operation::SPEAK || op.code == Operation::AGREE || op.code == Operation::SILENT;
  };
  const auto any = [&](const plan::Section& s) { return std::any_of(s.ops.begin(), s.ops.end(), asks); };
  return any(program.dates) || std::any_of(program.sections.begin(), program.sections.end(), any);
}

std::size_t entries_in(const FactRow& row) {
  std::size_t entries = 0;
  for (const FactValue& value : row.values) {
    if (value.list == nullptr) continue;
    entries += value.list->entries.size();
    for (const FactRow& entry : value.list->entries) entries += entries_in(entry);
  }
  return entries;
}

}  // namespace

std::size_t most_cases(const Facts& facts, const Options& options) {
  return std::min(options.max_cases, kMostCases) / (1 + entries_in(facts.row()) / kEntriesPerCase);
}

Prober::Prober(const Facts& facts, const Options& options, Pass pass)
    : facts_(facts),
      options_(options),
      pass_(std::move(pass)),
      limit_(kPassesPerCase * most_cases(facts, options)),
      silence_matters_(asks_for_silence(facts.plan().programs[facts.program()])) {}

void Prober::run(Decision& decision) {
  ++passes_;
  decision.options = options_;
  decision.supposed = &supposed;
  pass_(facts_, decision);
  decision.supposed = nullptr;
}

std::vector<Cell> Prober::cells(const OpenSource& source) {
  const Value& domain = source.domain;
  std::vector<Cell> out;
  for (std::size_t i = 0; i < source.readings; ++i) {
    out.emplace_back();
    out.back().reading = i;
  }
  if (!out.empty()) return out;
  if (may(domain, Value::has_value)) {
    switch (source.cls) {
      case SlotClass::truth:
      case SlotClass::member:
      case SlotClass::document:
        out = members(domain);
        break;
      case SlotClass::text:
        out = texts(source);
        break;
      case SlotClass::list:
      case SlotClass::row:
        out.emplace_back();
        out.back().value = domain;
        break;
      default:
        out = stretches(source);
        break;
    }
  }
  if (may(domain, Value::may_be_absent)) {
    out.emplace_back();
    out.back().value = absent_value();
  }
  for (Cell& cell : out) cell.value.silence = domain.silence == Value::silent ? Value::silent : Value::speaks;
  if (!silence_matters_ || domain.silence != Value::may_be_silent) return out;
  const std::size_t said = out.size();
  for (std::size_t i = 0; i < said; ++i) {
    out.push_back(out[i]);
    out.back().value.silence = Value::silent;
  }
  return out;
}

std::vector<Cell> Prober::members(const Value& domain) const {
  std::vector<Cell> out;
  for (std::uint64_t rest = domain.mask; rest != 0; rest &= rest - 1) {
    out.emplace_back();
    out.back().value = mask_value(rest & (~rest + 1));
  }
  return out;
}

// A fact is a whole number of units of its scale. A text may stand for any number: it is cut in fine steps, and a step
// within which something turns is a cell of its own, with both its ends.
std::vector<Cell> Prober::stretches(const OpenSource& source) {
  Value whole = source.domain;
  whole.state = Value::has_value;
  if (whole.any) {
    whole.any = false;
    whole.low = kFirstRegion;
    whole.high = kLastRegion;
  }
  std::vector<Cell> out;
  const auto add = [&](const Fraction& low, const Fraction& high) {
    Cell& cell = out.emplace_back();
    cell.value = whole;
    cell.slot = source.slot;
    set_low(cell.value, low);
    set_high(cell.value, high);
  };
  const bool bounded = !whole.low_open_end && !whole.high_open_end && whole.low_den == 1 && whole.high_den == 1;
  const bool any_number = source.fact == nullptr && source.cls == SlotClass::number;
  const Steps steps{source, any_number ? kStepsOfText : 1};
  std::vector<i128> turns;
  if (bounded && whole.low < whole.high && !exhausted()) {
    turns = turns_between(steps, whole.low * steps.to_a_unit, whole.high * steps.to_a_unit);
  }
  Fraction from = low_of(whole);
  for (const i128 turn : turns) {
    add(from, steps.at(turn - 1));
    if (any_number) add(steps.at(turn - 1), steps.at(turn));
    from = steps.at(turn);
  }
  add(from, high_of(whole));
  return out;
}

std::vector<int> Prober::signs_at(const Steps& steps, i128 point) {
  Cell cell;
  cell.value = number_value(0);
  set_low(cell.value, steps.at(point));
  set_high(cell.value, steps.at(point));
  cell.slot = steps.source.slot;
  supposed.suppose(steps.source, std::move(cell));
  Trace trace;
  scratch_.trace = &trace;
  run(scratch_);
  scratch_.trace = nullptr;
  supposed.drop();
  return std::move(trace.signs);
}

// The points at which something is told for the first time, in order.
void Prober::find_turns(const Steps& steps, i128 low, const std::vector<int>& at_low, i128 high,
                        const std::vector<int>& at_high, std::vector<i128>& turns) {
  if (at_low == at_high || exhausted() || turns.size() >= kMostTurns) return;
  if (high - low == 1) {
    turns.push_back(high);
    return;
  }
  const i128 middle = low + (high - low) / 2;
  const std::vector<int> at_middle = signs_at(steps, middle);
  find_turns(steps, low, at_low, middle, at_middle, turns);
  find_turns(steps, middle, at_middle, high, at_high, turns);
}

// Beside other assumptions the turns are mostly where they were before: both sides of each of those are looked at
// first, and only where something else turns between two of them the stretch is halved again.
std::vector<i128> Prober::turns_between(const Steps& steps, i128 low, i128 high) {
  const OpenSource& source = steps.source;
  auto before = std::find_if(turns_.begin(), turns_.end(),
                             [&](const Turns& t) { return t.source.same(source) && t.source.slot == source.slot; });
  if (before == turns_.end()) before = turns_.insert(turns_.end(), Turns{source, {}});
  std::vector<i128> turns;
  i128 from = low;
  std::vector<int> at_from = signs_at(steps, from);
  const auto cut = [&](i128 to, std::vector<int> at_to) {
    find_turns(steps, from, at_from, to, at_to, turns);
    from = to;
    at_from = std::move(at_to);
  };
  for (const i128 point : before->points) {
    if (point <= low || point > high) continue;
    if (point - 1 > from) cut(point - 1, signs_at(steps, point - 1));
    cut(point, signs_at(steps, point));
  }
  if (high > from) cut(high, signs_at(steps, high));
  std::vector<i128> all;
  std::set_union(before->points.begin(), before->points.end(), turns.begin(), turns.end(), std::back_inserter(all));
  before->points = std::move(all);
  return turns;
}

// Each text that some text is held against, and all others together.
std::vector<Cell> Prober::texts(const OpenSource& source) {
  std::vector<Cell> out;
  Value other;
  other.state = Value::has_value;
  other.any = true;
  Trace trace;
  if (!exhausted()) {
    scratch_.trace = &trace;
    run(scratch_);
    scratch_.trace = nullptr;
  }
  if (trace.texts.size() > kMostTexts || source.choice != plan::kNone) {
    out.emplace_back();
    out.back().value = other;
    return out;
  }
  for (const std::string_view text : trace.texts) {
    out.emplace_back();
    out.back().value.state = Value::has_value;
    out.back().text = text;
  }
  out.emplace_back();
  out.back().value = other;
  out.back().but = trace.texts;
  return out;
}

}  // namespace guiju::run
