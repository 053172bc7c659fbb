// The date arithmetic of the language reference, example by example, and its laws over many dates.
#include <doctest/doctest.h>

#include "values/calendar.hpp"
#include "values/loose_date.hpp"

using guiju::Day;
using guiju::Edge;

namespace {

Day day(const char* iso) {
  return guiju::parse_iso_date(iso).value();
}

std::string later(const char* iso, std::int64_t months) {
  const auto result = guiju::add_months(day(iso), months);
  return result ? guiju::to_iso(*result) : "none";
}

}  // namespace

TEST_CASE("a day that is written in another way is read, and nothing else is") {
  for (const char* loose :
       {"2025-8-1", "2025/08/01", "2025/8/1", "2025.8.1", "20250801", "2025年8月1日", "2025年08月01号"})
    CHECK(guiju::parse_loose_date(loose) == guiju::parse_iso_date("2025-08-01"));
  for (const char* wrong : {"", "2025", "2025-8", "25-8-1", "2025-2-30", "2025-13-1", "2025-8-1 ", "2025-8-1x", "x"})
    CHECK_FALSE(guiju::parse_loose_date(wrong));
}

TEST_CASE("dates are written and read") {
  CHECK(guiju::to_iso(0) == "1970-01-01");
  CHECK(guiju::to_iso(guiju::kFirstDay) == "1900-01-01");
  CHECK(guiju::to_iso(guiju::kLastDay) == "2199-12-31");
  CHECK(guiju::to_chinese(day("2024-08-25")) == "2024年8月25日");
  for (Day d = guiju::kFirstDay; d <= guiju::kLastDay; d += 13) {
    REQUIRE(guiju::parse_iso_date(guiju::to_iso(d)) == d);
    REQUIRE(guiju::to_day(guiju::to_civil(d)) == d);
  }
  for (const char* wrong :
       {"2025-02-30", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-01", "2025-01-00", "2024-8-25", "2024/08/25",
        "1899-12-31", "2200-01-01", "2024-08-25 ", "", "20240825", "2024-08-2x"}) {
    CAPTURE(wrong);
    CHECK_FALSE(guiju::parse_iso_date(wrong));
  }
}

TEST_CASE("months land on the same day or on the last of the month") {
  CHECK(later("2024-01-31", 1) == "2024-02-29");
  CHECK(later("2024-02-29", 12) == "2025-02-28");
  CHECK(later("2024-03-31", -1) == "2024-02-29");
  CHECK(later("2024-01-31", 2) == "2024-03-31");
  CHECK(later("2024-11-30", 3) == "2025-02-28");
  CHECK(later("2024-01-15", -1) == "2023-12-15");
  CHECK(later("1900-01-31", -1) == "none");
  CHECK(later("2199-12-01", 1) == "none");
  CHECK(later("1900-01-01", 300 * 12 - 1) == "2199-12-01");
  CHECK(later("2024-01-01", 1'000'000'000'000) == "none");
}

TEST_CASE("days are calendar days within the range") {
  CHECK(guiju::add_days(day("2024-12-31"), 1) == day("2025-01-01"));
  CHECK_FALSE(guiju::add_days(guiju::kLastDay, 1));
  CHECK_FALSE(guiju::add_days(guiju::kFirstDay, -1));
  CHECK_FALSE(guiju::add_days(0, INT64_MAX));
  CHECK_FALSE(guiju::add_days(0, INT64_MIN));
}

TEST_CASE("full years are complete on the anniversary, or the day after where that is written") {
  const Day a = day("2016-08-31");
  CHECK(guiju::full_years(a, day("2024-08-30"), Edge::on_the_day) == 7);
  CHECK(guiju::full_years(a, day("2024-08-31"), Edge::on_the_day) == 8);
  CHECK(guiju::full_years(a, day("2024-08-31"), Edge::the_day_after) == 7);
  CHECK(guiju::full_years(a, day("2024-09-01"), Edge::the_day_after) == 8);
  CHECK(guiju::full_years(day("2020-02-29"), day("2021-02-28"), Edge::on_the_day) == 1);
  CHECK(guiju::full_years(a, a, Edge::on_the_day) == 0);
  CHECK(guiju::full_years(a, a, Edge::the_day_after) == -1);
  CHECK(guiju::full_years(day("2024-06-01"), day("2024-05-31"), Edge::on_the_day) == -1);
  CHECK(guiju::full_years(day("2024-06-01"), day("2023-06-01"), Edge::on_the_day) == -1);
  CHECK(guiju::full_years(guiju::kFirstDay, guiju::kLastDay, Edge::on_the_day) == 299);
  CHECK(guiju::full_years(guiju::kLastDay, guiju::kFirstDay, Edge::the_day_after) == -300);
}

TEST_CASE("full months and years are the greatest number that fits") {
  for (Day a = day("2019-12-25"); a <= day("2020-03-05"); a += 1) {
    for (Day b = a - 800; b <= a + 800; b += 7) {
      for (const Edge edge : {Edge::on_the_day, Edge::the_day_after}) {
        const Day last = edge == Edge::on_the_day ? b : b - 1;
        const auto months = guiju::full_months(a, b, edge);
        REQUIRE(*guiju::add_months(a, months) <= last);
        REQUIRE(*guiju::add_months(a, months + 1) > last);
        const auto years = guiju::full_years(a, b, edge);
        REQUIRE(*guiju::add_months(a, years * 12) <= last);
        REQUIRE(*guiju::add_months(a, years * 12 + 12) > last);
      }
    }
  }
}

TEST_CASE("started years") {
  const Day a = day("2020-03-01");
  CHECK(guiju::started_years(a, day("2022-09-01")) == 3);
  CHECK(guiju::started_years(a, day("2022-03-01")) == 2);
  CHECK(guiju::started_years(a, day("2022-03-02")) == 3);
  CHECK(guiju::started_years(a, a) == 0);
  CHECK(guiju::started_years(a, a - 1000) == 0);
  CHECK(guiju::started_years(day("2020-02-29"), day("2021-02-28")) == 1);
}

TEST_CASE("starts and ends") {
  const Day d = day("2024-02-10");
  CHECK(guiju::year_of(d) == 2024);
  CHECK(guiju::to_iso(guiju::start_of_year(d)) == "2024-01-01");
  CHECK(guiju::to_iso(guiju::end_of_year(d)) == "2024-12-31");
  CHECK(guiju::to_iso(guiju::start_of_month(d)) == "2024-02-01");
  CHECK(guiju::to_iso(guiju::end_of_month(d)) == "2024-02-29");
}

TEST_CASE("half months stand to 2 n as the later day stands to the earlier one and n months") {
  for (Day a = day("2023-11-27"); a <= day("2024-04-02"); ++a) {
    for (Day b = a - 70; b <= a + 430; ++b) {
      const auto halves = guiju::half_months(a, b);
      for (std::int64_t n = -3; n <= 15; ++n) {
        const Day end = guiju::add_months(a, n).value();
        REQUIRE((halves < 2 * n) == (b < end));
        REQUIRE((halves == 2 * n) == (b == end));
      }
    }
  }
}
