// A catalogue is a table whose rows hold on the days on which they are listed; past the day up to which its file is
// complete, that something is not listed is left open.
#include "plan/lowering.hpp"

namespace guiju::plan {

namespace {

std::vector<PatternInfo> row_of_listing(const model::Listing& listing) {
  std::vector<PatternInfo> row(2);
  row[0].kind = PatternInfo::text_set;
  row[0].texts.push_back(listing.key);
  row[1].kind = PatternInfo::interval;
  PatternInfo::Interval days;
  days.has_low = true;
  days.low = listing.from;
  days.has_high = days.high_open = listing.until.has_value();
  days.high = listing.until.value_or(0);
  row[1].intervals.push_back(days);
  return row;
}

}  // namespace

// Once for the whole plan, however many versions ask.
PlanBuilder::Listed PlanBuilder::catalogue(const model::Catalogue& catalogue) {
  const auto [place, added] = catalogues_.try_emplace(&catalogue);
  if (!added) return place->second;
  TableInfo table;
  table.name = catalogue.name.primary;
  table.label = local(catalogue.label);
  table.first_hit = true;
  table.text_key = 0;
  std::vector<Index> all;
  for (const model::Listing& listing : catalogue.listings) {
    const auto index = static_cast<Index>(table.rows.size());
    all.push_back(index);
    table.rows_by_text[listing.key].push_back(index);
    table.rows.push_back(row_of_listing(listing));
  }
  plan.tables.push_back(std::move(table));
  plan.row_sets.push_back(std::move(all));
  place->second = {static_cast<Index>(plan.tables.size() - 1), static_cast<Index>(plan.row_sets.size() - 1)};
  return place->second;
}

SlotId SectionBuilder::in_catalogue(const model::Expr& e, Environment& env) {
  const model::Catalogue& catalogue = *e.catalogue;
  const SlotId key = lower(*e.args[0], env);
  const SlotId day = lower(*e.args[1], env);
  const std::size_t doubts = section_.doubts.size();
  for (const model::Citation& source : catalogue.citations) cite(catalogue.name.primary, source);

  const auto listed = builder_.catalogue(catalogue);
  SlotInfo row_slot;
  row_slot.cls = SlotClass::row;
  const SlotId row = emit(Operation::LOOK, row_slot, kNone, kNone, operands({key, day}), listed.table);
  tell_with({doubts, section_.doubts.size()}, row);
  const SlotId found = emit(Operation::HIT, SlotInfo{}, row, kNone, kNone, listed.rows);
  const SlotId open = emit(Operation::OPEN, SlotInfo{}, kNone, kNone, kNone, builder_.choice(*e.choice));
  const SlotId late = either(found, open);
  if (!catalogue.complete_to && !catalogue.first) return late;
  SlotInfo day_slot;
  day_slot.cls = SlotClass::day;
  ConstantInfo k;
  k.cls = SlotClass::day;
  k.c = catalogue.complete_to ? *catalogue.complete_to : catalogue.first.value_or(0) - 1;
  const SlotId too_late = compare(day, constant(day_slot, k), model::Relation::greater);
  return emit(Operation::SEL, SlotInfo{}, too_late, late, found);
}

}  // namespace guiju::plan
