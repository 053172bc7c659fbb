// Folds over the entries of lists and histories: what is certain of them, and what more is possible where there may be
// others. Of those nothing is known but what their fields allow: where no such entry could count, none need be asked
// for.
#include <algorithm>

#include "run/machine.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::SlotClass;

namespace {

// The least of the terms of the entries that count; the greatest is the least of the negated terms.
struct Least {
  bool any = false, certain = false;
  bool low_open = false, near_open = true, possible_open = false;
  Fraction low, near_certain, near_possible;

  void consider(const Value& term, bool counts) {
    if (term.low_open_end) low_open = true;
    if (term.high_open_end) possible_open = true;
    if (!any || compare(low_of(term), low) < 0) low = low_of(term);
    if (!any || compare(high_of(term), near_possible) > 0) near_possible = high_of(term);
    any = true;
    if (!counts) return;
    certain = true;
    if (term.high_open_end) return;
    if (near_open || compare(high_of(term), near_certain) < 0) near_certain = high_of(term);
    near_open = false;
  }
  [[nodiscard]] Value value() const {
    Value v;
    if (!certain) v.state |= Value::may_be_absent;
    if (!any) return v;
    v.state |= Value::has_value;
    v.low_open_end = low_open;
    v.high_open_end = certain ? near_open : possible_open;
    set_low(v, low);
    set_high(v, certain ? near_certain : near_possible);
    return v;
  }
};

// What the entries say, gathered one after the other.
struct Gathered {
  i128 certain = 0, possible = 0;  // entries that count
  bool some_true = false, some_false = false, some_open = false;
  std::uint8_t faults = 0;  // that some entry may have
  bool fails = false, unreached = false;
  Value sum = number_value(0);
  Least least;
  // Entries that were not given, any number of them: may one count, may one not; may they move the sum?
  bool more_true = false, more_false = false, more_above = false, more_below = false;

  void consider(const Value& where) {
    certain += is_true(where) ? 1 : 0;
    possible += may_be_true(where) ? 1 : 0;
    some_true = some_true || is_true(where);
    some_false = some_false || is_false(where);
    some_open = some_open || (!is_true(where) && !is_false(where));
    note_faults(where, true);
    unreached = unreached || (where.mask == 0 && run::faults(where) == 0);
  }
  void consider_term(const Value& term, bool counts, plan::FoldKind kind) {
    note_faults(term, counts);
    if (!may(term, Value::has_value)) return;
    if (kind == plan::FoldKind::sum)
      sum = add_values(sum, counts ? term : join(term, number_value(0), SlotClass::number));
    if (kind == plan::FoldKind::min) least.consider(term, counts);
    if (kind == plan::FoldKind::max) least.consider(negate_value(term), counts);
  }
  void consider_more(const Value& where) {
    const bool cannot_be_told = where.mask == 0 || run::faults(where) != 0;
    more_true = cannot_be_told || may_be_true(where);
    more_false = cannot_be_told || may_be_false(where);
  }
  void consider_more_terms(const Value& term, plan::FoldKind kind, bool nonnegative) {
    if (!more_true) return;
    const bool told = may(term, Value::has_value);
    if (kind == plan::FoldKind::sum) {
      more_above = !told || term.high_open_end || term.high > 0;
      more_below = !nonnegative && (!told || term.low_open_end || term.low < 0);
    }
    if (kind == plan::FoldKind::min && told) least.consider(term, false);
    if (kind == plan::FoldKind::max && told) least.consider(negate_value(term), false);
  }
  // May they change what the given entries say?
  [[nodiscard]] bool more_matter(plan::FoldKind kind) const {
    if (kind == plan::FoldKind::all) return more_false;
    return kind == plan::FoldKind::sum ? more_above || more_below : more_true;
  }
  void note_faults(const Value& v, bool counts) {
    faults |= run::faults(v);
    fails = fails || (counts && only_fails(v));
  }
  // any: a true entry settles; all: a false one; none: the opposite of any. An unfinished list may hold another.
  [[nodiscard]] Value truth(plan::FoldKind kind) const {
    const bool for_all = kind == plan::FoldKind::all;
    const bool settled = for_all ? some_false : some_true;
    const std::uint64_t when_settled = for_all ? kFalse : kTrue;
    if (!settled && fails) return failed_value();
    if (!settled && unreached) return {};
    const std::uint64_t open = some_open || more_matter(kind) ? kTrue | kFalse : kTrue + kFalse - when_settled;
    Value v = mask_value(settled ? when_settled : open);
    if (!settled) v.state |= faults;
    return kind == plan::FoldKind::none ? logic_not(v) : v;
  }
  [[nodiscard]] Value number(plan::FoldKind kind) const {
    if (fails) return failed_value();
    if (unreached) return {};
    Value v;
    switch (kind) {
      case plan::FoldKind::count:
        v = interval_value(certain, possible);
        v.high_open_end = more_true;
        break;
      case plan::FoldKind::sum:
        v = sum;
        v.high_open_end = v.high_open_end || more_above;
        v.low_open_end = v.low_open_end || more_below;
        break;
      case plan::FoldKind::min:
        v = least.value();
        break;
      default:
        v = negate_value(least.value());
        break;
    }
    v.state |= faults;
    return v;
  }
};

}  // namespace

std::size_t Machine::entries(const Op& fold) const {
  if (!may(at(fold.a), Value::has_value)) return 0;
  const List& list = lists_[static_cast<std::size_t>(at(fold.a).low)];
  return list.list == nullptr ? 0 : list.list->entries.size();
}

std::string Machine::entry_path(const Op& fold, std::size_t entry) const {
  return lists_[static_cast<std::size_t>(at(fold.a).low)].source.path + "[" + std::to_string(entry) + "]";
}

void Machine::enter(Index fold, std::size_t entry) {
  const plan::FoldInfo& info = plan_.folds[section_.ops[fold].aux];
  const List list = lists_[static_cast<std::size_t>(at(section_.ops[fold].a).low)];
  frames_.clear();
  frames_.push_back({&list.list->entries[entry], info.layout, list.source.path, entry});
  run(fold + 1, fold + 1 + info.length);
  frames_.clear();
}

bool Machine::in_unsaid_entry() const {
  return std::any_of(frames_.begin(), frames_.end(), [](const Frame& f) { return f.unsaid; });
}

const FactRow& Machine::unsaid_entry(Index layout) {
  FactRow& row = unsaid_[layout];
  row.values.resize(plan_.layouts[layout].fields.size());
  return row;
}

Value Machine::fold(const Op& op, Index index) {
  const plan::FoldInfo& info = plan_.folds[op.aux];
  const Value list_value = at(op.a);
  const auto kind = static_cast<plan::FoldKind>(op.mode);
  if (!may(list_value, Value::has_value)) return list_value;
  const List list_of = lists_[static_cast<std::size_t>(list_value.low)];
  const FactList* list = list_of.list;
  Support entries;
  Gathered g;
  const auto step_into = [&](const FactRow& row, std::size_t entry, bool unsaid) {
    frames_.resize(info.depth);
    frames_.push_back({&row, info.layout, list_of.source.path, entry, unsaid});
    run(index + 1, index + 1 + info.length);
    return info.where == kNone ? truth_value(true) : at(info.where);
  };
  if (!list_of.complete) {
    const Value where = step_into(unsaid_entry(info.layout), 0, true);
    g.consider_more(where);
    if (info.term != kNone) g.consider_more_terms(at(info.term), kind, info.nonnegative);
    if (g.more_matter(kind)) {
      // Facts beside the list that may settle it; of a list that nobody has begun it is asked first, and what an open
      // text says of such an entry matters once it is given.
      Support beside;
      if (list != nullptr && !is_known(where, SlotClass::truth)) support(info.where, beside);
      if (list != nullptr && info.term != kNone && open(info.term)) support(info.term, beside);
      for (const OpenSource& source : beside.sources) {
        if (source.fact != nullptr) entries.add(source);
      }
      frames_.pop_back();
      if (!in_unsaid_entry()) entries.add(list_of.source);
    }
  }

  for (std::size_t e = 0; list != nullptr && e < list->entries.size(); ++e) {
    const Value where = step_into(list->entries[e], e, false);
    g.consider(where);
    if (!is_known(where, SlotClass::truth)) support(info.where, entries);
    if (info.term == kNone || !may_be_true(where)) continue;
    g.consider_term(at(info.term), is_true(where), kind);
    if (open(info.term)) support(info.term, entries);
  }
  frames_.resize(info.depth);
  fold_support_[index] = std::move(entries);

  Value v = kind >= plan::FoldKind::any ? g.truth(kind) : g.number(kind);
  add_faults(v, list_value);
  return v;
}

}  // namespace guiju::run
