// See rules.hpp.
#include "by_hand/rules.hpp"

#include <algorithm>

namespace by_hand {

using namespace bench;

namespace {

constexpr std::int32_t kYear2025 = days_of(2025, 1, 1);
constexpr std::int32_t kYear2026 = days_of(2026, 1, 1);
constexpr std::int32_t kYear2027 = days_of(2027, 1, 1);

// A requirement that a notice leaves open on one day only.
enum class Reading { passes, fails, open };

Reading before(std::int32_t day, std::int32_t last) {
  if (day < last) return Reading::passes;
  return day == last ? Reading::open : Reading::fails;
}

Reading of_engine(const Row& row) {
  constexpr std::int32_t kMost = 2000;
  if (row[drive] == 0 || row[displacement] <= kMost) return Reading::passes;
  return row[displacement] < kMost + 50 ? Reading::open : Reading::fails;  // two litres when rounded to one decimal
}

}  // namespace

Answer appliance(const Row& row) {
  constexpr std::int32_t kFirst = days_of(2024, 8, 25);
  constexpr std::uint32_t kListed2024 = 0x0ff, kListed2025 = 0xfff, kListed2026 = 0x03f;

  const std::int32_t on = row[date];
  if (on < kFirst || on >= kYear2027) return {not_in_force, 0, 0};
  const bool in2026 = on >= kYear2026;
  const std::uint32_t listed = in2026 ? kListed2026 : on >= kYear2025 ? kListed2025 : kListed2024;

  std::uint32_t failed = 0;
  if (row[buyer] != 0) failed |= 1;
  if (row[participating] == 0) failed |= 2;
  if ((listed >> row[category] & 1U) == 0) failed |= 4;
  if (row[tier] > (in2026 ? 0 : 1)) failed |= 8;
  if (in2026 && row[takes_back] == 0) failed |= 16;
  if (failed != 0) return {ineligible, 0, failed};

  const std::int64_t net = row[list_price] - row[discounts];
  const std::int64_t percent = !in2026 && row[tier] == 0 ? 20 : 15;
  const std::int64_t cap = in2026 ? 1500'00 : 2000'00;
  return {eligible, static_cast<std::int32_t>(std::min(net * percent / 100, cap)), 0};
}

Answer car(const Row& row) {
  constexpr std::int32_t kFirst = days_of(2024, 4, 24);
  constexpr std::int32_t kNewEnergy = 3;
  static constexpr std::int32_t kRegisteredBy[3][4] = {
      {days_of(2011, 6, 30), days_of(2013, 6, 30), days_of(2013, 6, 30), days_of(2018, 4, 30)},
      {days_of(2012, 6, 30), days_of(2014, 6, 30), days_of(2014, 6, 30), days_of(2018, 12, 31)},
      {days_of(2013, 6, 30), days_of(2015, 6, 30), days_of(2015, 6, 30), days_of(2019, 12, 31)}};

  const std::int32_t on = row[invoiced_on];
  if (on < kFirst || on >= kYear2027) return {not_in_force, 0, 0};
  const int year = on >= kYear2026 ? 2026 : on >= kYear2025 ? 2025 : 2024;
  const std::int32_t papers = row[papers_on];

  std::uint32_t failed = 0;
  bool open = false;
  const auto require = [&](std::uint32_t bit, Reading reading) {
    if (reading == Reading::fails) failed |= bit;
    if (reading == Reading::open) open = true;
  };
  const auto require_that = [&](std::uint32_t bit, bool holds) {
    if (!holds) failed |= bit;
  };

  require_that(1, row[old_registered_on] <= kRegisteredBy[year - 2024][row[old_fuel]]);
  require(2, of_engine(row));
  require(16, before(row[held_since], year == 2024 ? days_of(2024, 7, 25) : days_of(2025, 1, 8)));
  if (year == 2024) {
    require_that(4, papers >= kFirst && papers < kYear2025);
    require_that(8, papers >= kFirst && papers <= days_of(2025, 1, 10));
  } else if (year == 2025) {
    require_that(4, papers >= kYear2025 && papers < kYear2026);
    require(8, before(papers, days_of(2026, 1, 10)));
  } else {
    require_that(4, papers >= kYear2026);
    if (papers < kYear2026 || papers >= kYear2027)
      open = true;  // the last day of application is not known, nor what follows
  }
  if (row[old_fuel] == kNewEnergy && row[drive] != 0) failed |= year == 2026 ? 128U : 64U;
  if (failed != 0) return {ineligible, 0, failed};
  if (open) return {referred, 0, 0};

  const bool electric = row[drive] == 0;
  const std::int64_t flat = electric ? 20000'00 : 15000'00;
  if (year != 2026) return {eligible, static_cast<std::int32_t>(flat), 0};
  const std::int64_t yuan =
      (static_cast<std::int64_t>(row[price]) * (electric ? 12 : 10) + 9999) / 10000;  // up to the next yuan
  return {eligible, static_cast<std::int32_t>(std::min(yuan * 100, flat)), 0};
}

}  // namespace by_hand
