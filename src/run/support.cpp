// The walk back from what is open to the facts and texts that leave it open. What a known value shields is never
// visited: a branch that is already dead asks nothing.
#include <algorithm>

#include "run/machine.hpp"
#include "run/table_search.hpp"

namespace guiju::run {

using plan::Index;
using plan::kNone;
using plan::Op;
using plan::Operation;
using plan::SlotClass;

namespace {

constexpr std::size_t kFew = 16;  // so many are looked through one by one

}  // namespace

std::size_t Support::place_of(const OpenSource& source) const {
  if (sources.size() <= kFew) {
    if (!places_.empty()) places_.clear();  // of sources that were taken away
    const auto same = [&](const OpenSource& s) { return s.same(source); };
    return static_cast<std::size_t>(std::find_if(sources.begin(), sources.end(), same) - sources.begin());
  }
  for (std::size_t i = places_.size(); i < sources.size(); ++i) places_[{sources[i].fact, sources[i].choice}] = i;
  const auto found = places_.find({source.fact, source.choice});
  return found == places_.end() ? sources.size() : found->second;
}

void Support::add(OpenSource source) {
  const std::size_t known = place_of(source);
  if (known == sources.size()) {
    source.paths = std::max<std::uint8_t>(source.paths, 1);
    sources.push_back(std::move(source));
  } else {
    sources[known].paths = 2;
    if (source.behind == nullptr) sources[known].behind = nullptr;
  }
}

bool Support::has(const OpenSource& source) const {
  return place_of(source) < sources.size();
}

void Support::add_mark(const Mark& mark) {
  if (std::find(marks.begin(), marks.end(), mark) == marks.end()) marks.push_back(mark);
}

void Support::merge(const Support& other, bool twice) {
  for (OpenSource source : other.sources) {
    if (twice) source.paths = 2;
    add(std::move(source));
  }
  for (const Mark& mark : other.marks) add_mark(mark);
}

bool Support::asks() const {
  return std::any_of(sources.begin(), sources.end(), [](const OpenSource& s) { return s.fact != nullptr; });
}

bool Support::has_fact(const FactValue& fact) const {
  return std::any_of(sources.begin(), sources.end(), [&](const OpenSource& s) { return s.fact == &fact; });
}

std::vector<std::string> Support::questions() const {
  return facts(false);
}

std::vector<std::string> Support::unanswerable() const {
  return facts(true);
}

std::vector<std::string> Support::facts(bool unknowable) const {
  std::vector<std::string> paths;
  for (const OpenSource& source : sources) {
    if (source.fact != nullptr && (source.fact->state == FactState::unknowable) == unknowable)
      paths.push_back(source.path);
  }
  return paths;
}

// Operations stand in order, so that one walk from the last to the first meets each after everything that reads it.
// What is reached twice reaches the answer on two paths, and so does all that it reads.
void Machine::support(std::span<const plan::SlotId> roots, Support& out) const {
  if (std::none_of(roots.begin(), roots.end(), [&](plan::SlotId root) { return root != kNone && open(root); })) return;
  std::vector<std::uint8_t> ways(section_.slots.size(), 0);
  std::vector<bool> rooted(section_.slots.size(), false);
  Index last = 0;
  for (const plan::SlotId root : roots) {
    if (root == kNone || !open(root) || section_.producer[root] == kNone) continue;
    rooted[root] = true;
    last = std::max(last, section_.producer[root]);
  }
  for (Index i = last + 1; i-- > 0;) {
    const Op& op = section_.ops[i];
    int reached = 0;
    bool root = false;
    const auto consider = [&](plan::SlotId slot) {
      if (section_.producer[slot] != i) return;
      reached += ways[slot];
      root = root || rooted[slot];
    };
    consider(op.out);
    if (op.code == Operation::FOOT) {
      for (const plan::SlotId slot : plan_.feet[op.aux].out_parts) consider(slot);
    }
    reached += root ? 1 : 0;
    if (reached == 0) continue;
    const auto once = static_cast<std::uint8_t>(std::min(reached, 2));
    visit(op, once > 1, out, [&](plan::SlotId slot) {
      if (slot != kNone && open(slot)) ways[slot] = static_cast<std::uint8_t>(std::min(2, ways[slot] + once));
    });
  }
}

Mark mark_of(const plan::Plan& plan, Index choice) {
  Mark mark;
  mark.choice = choice;
  switch (plan.choices[choice].kind) {
    case plan::ChoiceInfo::undecided:
      mark.kind = Mark::undecided;
      break;
    case plan::ChoiceInfo::not_found:
      mark.kind = Mark::not_found;
      break;
    case plan::ChoiceInfo::discretion:
      mark.kind = Mark::discretion;
      break;
    case plan::ChoiceInfo::left:
      mark.kind = Mark::left;
      break;
  }
  return mark;
}

const FactValue& Machine::fact_of(const Op& op) const {
  return op.code == Operation::ITEM ? frames_[op.edge].row->values[op.aux] : facts_.row().values[op.aux];
}

void Machine::visit_fact(const Op& op, bool twice, Support& out, const FactValue* behind) const {
  if (op.a != kNone && !may_be_true(at(op.a))) return;
  if (class_of(op.out) == SlotClass::list) return;  // the fold asks for it
  const bool of_entry = op.code == Operation::ITEM;
  if (of_entry && (op.edge >= frames_.size() || frames_[op.edge].unsaid)) return;
  const FactValue& fact = fact_of(op);
  if (fact.state > FactState::unknowable) return;
  OpenSource source;
  source.fact = &fact;
  source.field = &(of_entry ? plan_.layouts[frames_[op.edge].layout] : facts_.layout()).fields[op.aux];
  source.path = path_of(op);
  source.cls = source.field->cls;
  const Cell* cell = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(fact);
  source.split = cell != nullptr;
  source.domain = cell == nullptr ? unknown(*source.field, fact.state) : cell->value;
  source.paths = twice ? 2 : 1;
  source.behind = behind;
  out.add(std::move(source));
}

// Whichever of the branches from this one on holds.
bool Machine::picks_the_same(const Op& op, std::size_t from) const {
  const auto& operands = plan_.operands[op.aux];
  const Value* picked = nullptr;
  for (std::size_t i = from; i + 1 < operands.size(); i += 2) {
    const Value& condition = at(operands[i]);
    if (condition.state != Value::has_value) return false;
    if (!may_be_true(condition)) continue;
    const Value& value = at(operands[i + 1]);
    if (!is_known(picked == nullptr ? value : join(*picked, value, class_of(op.out)), class_of(op.out))) return false;
    picked = &value;
    if (is_true(condition)) return true;
  }
  return picked != nullptr && (op.mode & plan::kPickGap) == 0;
}

template <typename Go>
void Machine::visit(const Op& op, bool twice, Support& out, Go&& go) const {
  switch (op.code) {
    case Operation::FACT:
    case Operation::ITEM:
      go(op.a);
      visit_fact(op, twice, out);
      return;
    case Operation::OPEN: {
      go(op.a);
      go(op.b);
      const Cell* cell = decision_.supposed == nullptr ? nullptr : decision_.supposed->of(op.aux);
      const std::size_t readings = op.c != kNone                   ? plan_.operands[op.c].size()
                                   : op.mode == plan::kOpenReading ? plan_.choices[op.aux].readings.size()
                                                                   : 0;
      const Index adopted = plan_.choices[op.aux].adopted;
      const bool settled = readings > 0 && (cell != nullptr || adopted != kNone);
      if (settled) {  // the other readings are not meant
        if (op.c != kNone) go(plan_.operands[op.c][cell != nullptr ? cell->reading : adopted]);
        return;
      }
      out.add_mark(mark_of(plan_, op.aux));
      OpenSource source;
      source.choice = op.aux;
      source.cls = class_of(op.out);
      source.readings = readings;
      source.slot = op.out;
      source.split = cell != nullptr;
      source.domain = at(op.out);
      source.paths = twice ? 2 : 1;
      out.add(std::move(source));
      if (op.c != kNone) {
        for (const plan::SlotId s : plan_.operands[op.c]) go(s);
      }
      return;
    }
    case Operation::SEL:
      go(op.a);
      if (may_be_true(at(op.a))) go(op.b);
      if (may_be_false(at(op.a))) go(op.c);
      return;
    case Operation::ONLYIF:
      go(op.a);
      if (may_be_true(at(op.a))) go(op.b);
      return;
    case Operation::ORELSE:
      go(op.a);
      if (may(at(op.a), Value::may_be_absent)) go(op.b);
      return;
    case Operation::PICK: {
      const auto& operands = plan_.operands[op.aux];
      for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
        if (picks_the_same(op, i)) return;
        go(operands[i]);
        if (may_be_true(at(operands[i]))) go(operands[i + 1]);
        if (is_true(at(operands[i])) && (op.mode & plan::kPickExclusive) == 0) return;
      }
      return;
    }
    case Operation::ATMOST1:
      for (const plan::SlotId s : plan_.operands[op.aux]) go(s);
      return;
    case Operation::SPEAK:
    case Operation::AGREE:
      return visit_said(op, twice, out, go);
    case Operation::GRADE:
      go(op.a);
      for (const plan::SlotId s : plan_.operands[op.aux]) {
        go(s);
        if (is_true(at(s))) return;
      }
      return;
    case Operation::LOOK:
      for (const plan::SlotId s : plan_.operands[op.c]) go(s);
      return;
    case Operation::CELL:
      go(op.a);
      for_each_row(at(op.a), plan_.columns[op.aux].cells.size(), [&](Index row) {
        const plan::CellInfo& cell = plan_.columns[op.aux].cells[row];
        if (cell.kind == plan::CellInfo::slot) go(cell.from);
      });
      return;
    case Operation::FOLD: {
      const auto gathered = fold_support_.find(section_.producer[op.out]);
      if (gathered != fold_support_.end()) out.merge(gathered->second, twice);
      return;
    }
    case Operation::FOOT:
      for (const plan::SlotId s : plan_.feet[op.aux].parts) go(s);
      for (const plan::AdjustmentInfo& a : plan_.feet[op.aux].adjustments) go(a.bound);
      return;
    case Operation::CONST:
      return;
    case Operation::LN:
    case Operation::POW:
      go(op.a);
      return;
    default:
      go(op.a);
      go(op.b);
      return;
  }
}

// Those that can still speak, up to the one that surely does; where nobody may speak, those that were asked and could
// not.
template <typename Go>
void Machine::visit_said(const Op& op, bool twice, Support& out, Go&& go) const {
  if (op.code == Operation::AGREE && said_by(op).contradicted) return visit_papers(op, twice, at(op.out), out);
  const auto& operands = plan_.operands[op.aux];
  bool sure = false;
  for (const plan::SlotId s : operands) {
    const Value& a = at(s);
    if (a.silence == Value::silent) continue;
    go(s);
    if (!may(a, Value::has_value)) continue;
    sure = sure || (a.silence == Value::speaks && !may(a, Value::may_be_absent));
    if (sure && op.code == Operation::SPEAK) return;
  }
  if (sure) return;
  const auto fact_at = [&](plan::SlotId s) -> const Op* {
    const Op& from = section_.ops[section_.producer[s]];
    return from.code == Operation::FACT || from.code == Operation::ITEM ? &from : nullptr;
  };
  plan::SlotId silent = kNone;
  for (const plan::SlotId s : operands) {
    if (at(s).silence != Value::silent) continue;
    if (silent != kNone && fact_at(silent) != nullptr && fact_at(s) != nullptr) {
      visit_fact(*fact_at(s), twice, out, &fact_of(*fact_at(silent)));
      continue;
    }
    if (silent == kNone) silent = s;
    go(s);
  }
  if (silent == kNone || may(at(silent), Value::has_value)) return;
  // Nobody can say it, and the paper that was asked does not even stand for some values.
  Value domain = unknown(section_.slots[op.out]);
  domain.silence = Value::silent;
  visit_papers(op, twice, domain, out);
}

// What they stand for could be anything: open as a text is.
void Machine::visit_papers(const Op& op, bool twice, const Value& domain, Support& out) const {
  Mark mark;
  mark.kind = Mark::contradiction;
  mark.slot = op.out;
  mark.unsaid = domain.silence == Value::silent;
  out.add_mark(mark);
  OpenSource source;
  source.choice = kPapers + op.aux;
  source.slot = op.out;
  source.cls = class_of(op.out);
  source.unsaid = mark.unsaid;
  // Those of each entry of a list stand for something of their own: they are not supposed to be one thing in all.
  source.split =
      !frames_.empty() || (decision_.supposed != nullptr && decision_.supposed->of(source.choice) != nullptr);
  source.domain = domain;
  source.paths = twice ? 2 : 1;
  out.add(std::move(source));
}

namespace {

Error::Kind kind_of(const Op& op, const Value& divisor) {
  switch (op.code) {
    case Operation::DIV:
      return may(divisor, Value::has_value) && divisor.low == 0 && divisor.high == 0 ? Error::division_by_zero
                                                                                     : Error::overflow;
    case Operation::DADDM:
    case Operation::DADDD:
      return Error::date_out_of_range;
    case Operation::LN:
    case Operation::POW:
      return Error::domain;
    default:
      return Error::overflow;
  }
}

}  // namespace

Index Machine::negative_part(const Op& op) const {
  if (op.code != Operation::FOOT) return kNone;
  for (std::size_t i = 0; i < section_.parts.size(); ++i) {
    const Value& part = at(section_.parts[i].before);
    if (may(part, Value::has_value) && !part.high_open_end && part.high < 0) return static_cast<Index>(i);
  }
  return kNone;
}

std::optional<Error> Machine::failure(plan::SlotId slot) const {
  for (std::size_t steps = 0; steps <= section_.slots.size(); ++steps) {
    const Index producer = section_.producer[slot];
    if (producer == kNone) return std::nullopt;
    const Op& op = section_.ops[producer];
    if (op.code == Operation::FACT || op.code == Operation::ITEM) return std::nullopt;
    std::vector<plan::SlotId> operands{op.a};
    const bool two = op.code != Operation::LN && op.code != Operation::POW && op.code != Operation::GRADE;
    if (two) operands.push_back(op.b);
    if (op.code == Operation::SEL) operands.push_back(op.c);
    if (plan::takes_a_list(op.code)) {
      operands.insert(operands.end(), plan_.operands[op.aux].begin(), plan_.operands[op.aux].end());
    }
    if (op.code == Operation::LOOK) operands = plan_.operands[op.c];
    if (op.code == Operation::FOOT) operands = plan_.feet[op.aux].parts;
    if (op.code == Operation::FOLD) operands = {op.a, plan_.folds[op.aux].where, plan_.folds[op.aux].term};
    if (op.code == Operation::CELL) {
      for (const plan::CellInfo& cell : plan_.columns[op.aux].cells) operands.push_back(cell.from);
    }
    if (op.code == Operation::CONST || op.code == Operation::OPEN) operands.clear();
    const auto failing =
        std::find_if(operands.begin(), operands.end(), [&](plan::SlotId s) { return s != kNone && only_fails(at(s)); });
    if (failing == operands.end()) {
      Error error;
      error.part = negative_part(op);
      error.kind =
          error.part != kNone ? Error::negative_part : kind_of(op, op.code == Operation::DIV ? at(op.b) : Value{});
      error.place = op.source;
      return error;
    }
    slot = *failing;
  }
  return std::nullopt;
}

void Machine::add_gaps(Support& out) const {
  for (std::size_t i = 0; i < section_.gaps.size(); ++i) {
    const plan::GapInfo& gap = section_.gaps[i];
    if (!is_false(at(gap.truth))) continue;
    Mark mark;
    mark.kind = gap.kind == plan::GapInfo::conflict ? Mark::conflict : Mark::gap;
    mark.gap_index = static_cast<Index>(i);
    out.add_mark(mark);
  }
}

}  // namespace guiju::run
