// See domains.hpp.
#include "domains.hpp"

#include <algorithm>

#include "slow_calendar.hpp"

namespace guiju::reference {

Domains::Domains(const model::Rulebook& rulebook) {
  for (const auto& block : rulebook.expressions.blocks()) {
    for (const model::Expr& e : block) add(e);
  }
  for (const model::Table& t : rulebook.tables) add(t);
  for (const model::Standard& s : rulebook.standards) {
    for (const model::Edition& e : s.editions) {
      if (e.from.day) days_.insert(*e.from.day);
      if (e.to.day) days_.insert(*e.to.day);
      for (const model::Grading& g : e.gradings)
        for (const model::Row& r : g.rows) add(r);
    }
  }
  for (const model::Program& p : rulebook.programs) {
    for (const model::Version& v : p.versions) {
      if (v.from.day) days_.insert(*v.from.day);
      if (v.to.day) days_.insert(*v.to.day);
    }
  }
  number_list_.assign(numbers_.begin(), numbers_.end());
  day_list_.assign(days_.begin(), days_.end());
  region_list_.assign(regions_.begin(), regions_.end());
  text_list_.assign(texts_.begin(), texts_.end());
  if (number_list_.empty()) number_list_.emplace_back(0);
  if (day_list_.empty()) day_list_.push_back(*day_of({2020, 2, 29}));
  if (region_list_.empty()) region_list_.push_back(630000000000);
  if (text_list_.empty()) text_list_.emplace_back("甲");
}

void Domains::add(const model::Expr& e) {
  switch (e.kind) {
    case model::ExprKind::number:
      numbers_.insert(exact(e.value));
      break;
    case model::ExprKind::date:
      days_.insert(e.day);
      break;
    case model::ExprKind::text:
      texts_.insert(e.text);
      break;
    case model::ExprKind::region:
      regions_.insert(e.region);
      break;
    case model::ExprKind::bands:
      for (const model::Band& b : e.bands) numbers_.insert(exact(b.up_to));
      break;
    default:
      break;
  }
}

void Domains::add(const model::Row& row) {
  for (const model::Pattern& p : row.keys) {
    for (const auto& i : p.intervals) {
      for (const auto& end : {i.low, i.high}) {
        if (!end) continue;
        numbers_.insert(exact(*end));
        if (end->is_integer() && end->num() > 10000 && end->num() < 60000)
          days_.insert(static_cast<std::int64_t>(end->num()));
      }
    }
    texts_.insert(p.texts.begin(), p.texts.end());
    regions_.insert(p.regions.begin(), p.regions.end());
  }
}

void Domains::add(const model::Table& table) {
  for (const model::Row& r : table.rows) add(r);
}

Number Domains::random_number(const Leaf& leaf, Random& random) const {
  const model::Field* f = leaf.field;
  const bool money = is_money(leaf.type->unit);
  Number step = leaf.type->integer ? Number(1)
                : money            ? Number(1, 100)
                                   : Number(1, 1000) * exact(leaf.type->unit->factor);
  if (f != nullptr && f->step) step = exact(*f->step);
  const Number low = f != nullptr && f->least ? exact(*f->least) : Number(!money && random.chance(20) ? -1000 : 0);
  const Number high = f != nullptr && f->most ? exact(*f->most) : Number(money ? 60000 : 2000000);
  Number v;
  switch (random.between(0, 9)) {
    case 0:
      v = low;
      break;
    case 1:
      v = high;
      break;
    case 2:
      v = 0;
      break;
    case 3:
    case 4: {  // inside the range
      const Number part(random.between(0, 1000), 1000);
      v = low + (high - low) * part;
      break;
    }
    case 5:
      v = random.between(0, 12);
      break;
    default: {
      v = random.pick(number_list_);
      const int near = random.between(0, 3);
      if (near == 1) v += step;
      if (near == 2) v -= step;
      if (v < low || v > high) v = low + (high - low) * Number(random.between(0, 20), 100);
    }
  }
  v = Number(floor_of(v / step)) * step;
  if (v < low) v = -Number(floor_of(-low / step)) * step;
  if (v > high) v = Number(floor_of(high / step)) * step;
  return v;
}

Value Domains::random_value(const Leaf& leaf, Random& random) const {
  const model::Field* f = leaf.field;
  switch (leaf.type->kind) {
    case model::TypeKind::boolean:
      return Value::of_truth(random.chance(50));
    case model::TypeKind::numeric:
      return Value::of_number(random_number(leaf, random));
    case model::TypeKind::date: {
      const std::int64_t low = f != nullptr && f->first_day ? *f->first_day : *day_of({2005, 1, 1});
      const std::int64_t high = f != nullptr && f->last_day ? *f->last_day : *day_of({2035, 12, 31});
      std::int64_t d = random.pick(day_list_) + random.between(-1, 1);
      if (random.chance(40)) d = *day_of({random.between(2017, 2025), random.between(1, 12), random.between(1, 28)});
      if (random.chance(5)) d = random.chance(50) ? low : high;
      if (random.chance(10)) d = *day_of({random.chance(50) ? 2020 : 2024, 2, 29});
      return Value::of(Value::date, std::clamp(d, low, high));
    }
    case model::TypeKind::duration:
      return Value::of(leaf.type->duration == model::DurationKind::days ? Value::days : Value::months,
                       random.between(0, 60));
    case model::TypeKind::text:
      return Value::of_text(random.chance(15) ? "nothing of the kind" : random.pick(text_list_));
    case model::TypeKind::region:
      return Value::of(Value::region, random.chance(20) ? 320100000000 : random.pick(region_list_));
    case model::TypeKind::enumerated:
      return Value::of(Value::member, static_cast<std::int64_t>(random.below(leaf.type->enumeration->members.size())));
    case model::TypeKind::document:
      return Value::of(Value::document, random.between(0, 1));
    default:
      return Value{};
  }
}

Row Domains::random_entry(const model::Type& element, Random& random) const {
  Row row;
  for (const Leaf& leaf : leaves_of(element)) row[leaf.path] = random_fact(leaf, random);
  return row;
}

Fact Domains::random_fact(const Leaf& leaf, Random& random) const {
  Fact fact;
  fact.state = Fact::known;
  if (leaf.type->kind == model::TypeKind::list) {
    for (int i = random.between(0, 3); i > 0; --i) fact.entries.push_back(random_entry(*leaf.type->element, random));
    return fact;
  }
  if (leaf.type->optional && random.chance(35)) {
    fact.state = Fact::absent;
    return fact;
  }
  fact.value = random_value(leaf, random);
  return fact;
}

Case Domains::random_case(const std::deque<model::Given>& givens, Random& random) const {
  Case out;
  for (const model::Given& given : givens) {
    if (given.host_day != model::Given::no_day) continue;
    for (const Leaf& leaf : leaves_of(given.type)) out.givens[&given][leaf.path] = random_fact(leaf, random);
  }
  return out;
}

std::int64_t Domains::random_day(Random& random) const {
  Leaf leaf;
  model::Type day;
  day.kind = model::TypeKind::date;
  leaf.type = &day;
  return random_value(leaf, random).whole;
}

Case Domains::opened(Case known, Random& random) const {
  if (known.as_at && random.chance(30)) known.as_at.reset();
  std::vector<Fact*> places;
  std::set<Fact*> unknowable;
  const auto may_be_opened = [&](const FieldPath& path, Fact& fact) {
    places.push_back(&fact);
    if (!path.empty() && path.back()->unknowable) unknowable.insert(&fact);
  };
  for (auto& [given, row] : known.givens) {
    for (auto& [path, fact] : row) {
      may_be_opened(path, fact);
      for (Row& entry : fact.entries)
        for (auto& [inner_path, inner] : entry)
          if (random.chance(15)) may_be_opened(inner_path, inner);
    }
  }
  if (places.empty()) return known;
  const int count = random.chance(50) ? 1 : random.chance(80) ? random.between(2, 3) : random.between(4, 12);
  std::set<Fact*> lists;
  for (auto& [given, row] : known.givens)
    for (const Leaf& leaf : leaves_of(given->type))
      if (leaf.type->kind == model::TypeKind::list) lists.insert(&row.at(leaf.path));
  for (int i = 0; i < count; ++i) {
    Fact& fact = *random.pick(places);
    if (lists.contains(&fact))
      fact.complete = false;
    else
      fact.state = unknowable.contains(&fact) && random.chance(40) ? Fact::unknowable : Fact::unknown;
  }
  return known;
}

Case Domains::as_said(Case known, const Case& open) {
  const auto say = [](Fact& fact, const Fact& of_open) {
    if (of_open.state != Fact::unknowable || fact.state == Fact::unknowable) return;
    if (fact.state == Fact::absent) fact.value = Value::of(Value::absent, 0);
    fact.state = Fact::unknowable;
  };
  for (auto& [given, row] : known.givens) {
    for (auto& [path, fact] : row) {
      const Fact& of_open = open.givens.at(given).at(path);
      say(fact, of_open);
      for (std::size_t i = 0; i < fact.entries.size(); ++i)
        for (auto& [inner_path, inner] : fact.entries[i]) say(inner, of_open.entries.at(i).at(inner_path));
    }
  }
  return known;
}

Case Domains::completed(const Case& open, Random& random) const {
  Case out = open;
  if (!out.as_at) out.as_at = random_day(random);
  const auto close = [&](const Leaf& leaf, Fact& fact) {
    if (fact.state != Fact::unknown && fact.state != Fact::unknowable) return;
    const bool may_be_silent = leaf.field != nullptr && leaf.field->unknowable;
    const bool silent = fact.state == Fact::unknowable || (may_be_silent && random.chance(15));
    fact = random_fact(leaf, random);
    if (!silent) return;
    // It is something all the same, which nobody can say.
    if (fact.state == Fact::absent) fact.value = Value::of(Value::absent, 0);
    fact.state = Fact::unknowable;
  };
  for (auto& [given, row] : out.givens) {
    for (const Leaf& leaf : leaves_of(given->type)) {
      Fact& fact = row[leaf.path];
      if (leaf.type->kind != model::TypeKind::list) {
        close(leaf, fact);
        continue;
      }
      if (fact.state != Fact::known) {
        fact = random_fact(leaf, random);
        continue;
      }
      for (Row& entry : fact.entries)
        for (const Leaf& inner : leaves_of(*leaf.type->element)) close(inner, entry[inner.path]);
      if (fact.complete) continue;
      for (int i = random.between(0, 2); i > 0; --i) fact.entries.push_back(random_entry(*leaf.type->element, random));
      fact.complete = true;
    }
  }
  return out;
}

}  // namespace guiju::reference
