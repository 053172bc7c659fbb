// Rows that keys can hit, known and open.
#include "run/table_search.hpp"

#include <doctest/doctest.h>

using namespace guiju;
using namespace guiju::run;
using plan::PatternInfo;
using plan::SlotClass;

namespace {

PatternInfo members(std::uint64_t mask, bool negated = false) {
  PatternInfo p;
  p.kind = PatternInfo::member_set;
  p.mask = mask;
  p.negated = negated;
  return p;
}
PatternInfo interval(i128 low, i128 high, bool low_open, bool high_open) {
  PatternInfo p;
  p.kind = PatternInfo::interval;
  p.intervals.push_back({true, true, low_open, high_open, low, high});
  return p;
}

plan::TableInfo bands() {
  plan::TableInfo t;
  t.rows = {{interval(0, 4500, false, false)}, {interval(4500, 7100, true, false)}};
  return t;
}

std::vector<plan::Index> rows(const plan::TableInfo& t, const Value& v, SlotClass cls) {
  const std::vector<Key> keys{{&v, cls, {}}};
  std::vector<plan::Index> out;
  for_each_row(find_rows(t, keys), t.rows.size() + 1, [&](plan::Index i) { out.push_back(i); });
  return out;
}

}  // namespace

TEST_CASE("ends of intervals belong where the brackets say") {
  CHECK(rows(bands(), number_value(4500), SlotClass::number) == std::vector<plan::Index>{0});
  CHECK(rows(bands(), number_value(4501), SlotClass::number) == std::vector<plan::Index>{1});
  CHECK(rows(bands(), number_value(7100), SlotClass::number) == std::vector<plan::Index>{1});
  CHECK(rows(bands(), number_value(7101), SlotClass::number) == std::vector<plan::Index>{2});
}

TEST_CASE("an open key hits every row that it can") {
  CHECK(rows(bands(), interval_value(4000, 5000), SlotClass::number) == std::vector<plan::Index>{0, 1});
  CHECK(rows(bands(), interval_value(7000, 8000), SlotClass::number) == std::vector<plan::Index>{1, 2});
}

TEST_CASE("rows that together cover an open key leave no hole") {
  plan::TableInfo t;
  t.rows = {{members(0b01)}, {members(0b10)}};
  CHECK(rows(t, mask_value(0b11), SlotClass::member) == std::vector<plan::Index>{0, 1});
  CHECK(rows(t, mask_value(0b111), SlotClass::member) == std::vector<plan::Index>{0, 1, 2});
}

TEST_CASE("not, absent and the first hit") {
  plan::TableInfo t;
  t.rows = {{members(0b01, true)}};
  CHECK(rows(t, mask_value(0b01), SlotClass::member) == std::vector<plan::Index>{1});
  CHECK(rows(t, mask_value(0b10), SlotClass::member) == std::vector<plan::Index>{0});
  CHECK(rows(bands(), absent_value(), SlotClass::number) == std::vector<plan::Index>{2});
  plan::TableInfo first;
  first.first_hit = true;
  first.rows = {{interval(0, 10, false, false)}, {interval(0, 20, false, false)}};
  CHECK(rows(first, number_value(5), SlotClass::number) == std::vector<plan::Index>{0});
  CHECK(rows(first, interval_value(5, 15), SlotClass::number) == std::vector<plan::Index>{0, 1});
}
