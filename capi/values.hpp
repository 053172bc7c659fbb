// Days and sums between the C structs and the values of the engine.
#pragma once

#include <optional>
#include <string>

#include "boundary.hpp"
#include "run/top_up.hpp"
#include "values/calendar.hpp"

namespace guiju::capi {

inline constexpr std::int32_t kMoneyScale = 2;

inline Day day_in(gj_date day) {
  const CivilDate civil{day.year, day.month, day.day};
  if (!is_valid(civil)) throw Failure{GJ_E_ARGUMENT, "没有这一天", "no such day"};
  return to_day(civil);
}

// All zero where there is none.
inline gj_date date_out(const std::optional<Day>& day) {
  if (!day) return {0, 0, 0};
  const CivilDate date = to_civil(*day);
  return {date.year, date.month, date.day};
}

// All zero for a text that is no day.
inline gj_date date_from(const std::string& iso) {
  return date_out(parse_iso_date(iso));
}

inline gj_decimal fen_out(i128 fen) {
  if (fen > INT64_MAX || fen < INT64_MIN) throw Failure{GJ_E_RANGE, "金额太大", "the amount does not fit"};
  return {static_cast<std::int64_t>(fen), kMoneyScale};
}

inline gj_top_up top_up_out(const run::TopUp& top_up) {
  gj_top_up value{};
  value.outcome = static_cast<gj_outcome>(top_up.outcome);
  value.has_amount = top_up.has_amount;
  if (!top_up.has_amount) return value;
  value.least = fen_out(top_up.amount.least);
  value.is_unbounded = top_up.amount.unbounded;
  if (!top_up.amount.unbounded) value.most = fen_out(top_up.amount.most);
  return value;
}

}  // namespace guiju::capi
