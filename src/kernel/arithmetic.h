/* What the operations of a kernel need beyond C's operators: the roundings of GB/T 8170-2008, small sets, tables, and
 * civil dates as day numbers (days since 1970-01-01, proleptic Gregorian calendar). C99 and C++: the executors include
 * it, and the emitter puts its text in front of the C that it writes. No result leaves int64_t for operands that a
 * kernel can have. */
#ifndef GUIJU_KERNEL_ARITHMETIC_H
#define GUIJU_KERNEL_ARITHMETIC_H

#include <stdint.h>

#ifdef __cplusplus /* C has no other casts */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif

/* Quotients for d > 0, rounded by absolute value: away from zero; ties away from zero; ties to even. */
static inline int64_t gj_up(int64_t n, int64_t d) {
  const int64_t q = n / d;
  return n % d == 0 ? q : n < 0 ? q - 1 : q + 1;
}
static inline int64_t gj_half_up(int64_t n, int64_t d) {
  const int64_t q = n / d;
  const int64_t r = n < 0 ? -(n % d) : n % d;
  return r < d - r ? q : n < 0 ? q - 1 : q + 1;
}
static inline int64_t gj_half_even(int64_t n, int64_t d) {
  const int64_t q = n / d;
  const int64_t r = n < 0 ? -(n % d) : n % d;
  return r < d - r || (r == d - r && q % 2 == 0) ? q : n < 0 ? q - 1 : q + 1;
}

/* Sets of numbers 0 ... 63. */
static inline int64_t gj_in(int64_t set, int64_t member) {
  return (int64_t)((uint64_t)set >> ((uint64_t)member & 63U) & 1U);
}
static inline int64_t gj_flag(int64_t truth, int64_t bit) {
  return (int64_t)((uint64_t)truth << ((uint64_t)bit & 63U));
}
/* The least member; 64 of an empty set. */
static inline int64_t gj_first(int64_t set) {
  const uint64_t low = (uint64_t)set & (0U - (uint64_t)set);
  int64_t n = 0;
  if (low == 0) return 64;
  n += (low & 0xffffffff00000000U) != 0 ? 32 : 0;
  n += (low & 0xffff0000ffff0000U) != 0 ? 16 : 0;
  n += (low & 0xff00ff00ff00ff00U) != 0 ? 8 : 0;
  n += (low & 0xf0f0f0f0f0f0f0f0U) != 0 ? 4 : 0;
  n += (low & 0xccccccccccccccccU) != 0 ? 2 : 0;
  n += (low & 0xaaaaaaaaaaaaaaaaU) != 0 ? 1 : 0;
  return n;
}
/* No two members. */
static inline int64_t gj_alone(int64_t set) {
  return ((uint64_t)set & ((uint64_t)set - 1U)) == 0;
}

/* How many of the sorted bounds table[1] ... table[table[0]] are at most x. */
static inline int64_t gj_search(const int64_t* table, int64_t x) {
  int64_t low = 0;
  int64_t high = table[0];
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (table[1 + middle] <= x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/* Civil dates, of years from 0 on. The year of the reckoning begins with March, so that the leap day is its last. All
 * of it fits into 32 bits, in which a processor divides faster; of what is no date comes what may. */
typedef struct {
  int64_t year, month, day;
} gj_civil;
typedef struct {
  uint32_t year, day; /* the day within it: from 306 on it is January and February of the next civil year */
} gj_marched;

static inline gj_marched gj_to_marched(int64_t day) {
  const uint32_t z = (uint32_t)(day + 719468);
  const uint32_t era = z / 146097U;
  const uint32_t of_era = z - era * 146097U;
  const uint32_t year = (of_era - of_era / 1460U + of_era / 36524U - of_era / 146096U) / 365U;
  gj_marched m;
  m.year = year + era * 400U;
  m.day = of_era - (365U * year + year / 4U - year / 100U);
  return m;
}
static inline uint32_t gj_is_leap(uint32_t year) {
  return (uint32_t)(year % 4U == 0) & ((uint32_t)(year % 100U != 0) | (uint32_t)(year % 400U == 0));
}
static inline gj_civil gj_to_civil(int64_t day) {
  const gj_marched m = gj_to_marched(day);
  const uint32_t march = (5U * m.day + 2U) / 153U;
  gj_civil c;
  c.day = (int64_t)(m.day - (153U * march + 2U) / 5U + 1U);
  c.month = (int64_t)(march < 10U ? march + 3U : march - 9U);
  c.year = (int64_t)m.year + (march >= 10U ? 1 : 0);
  return c;
}
static inline int64_t gj_to_day(int64_t year, int64_t month, int64_t day) {
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t of_era = y - era * 400;
  const int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}
static inline int64_t gj_days_in_month(int64_t year, int64_t month) {
  const int64_t leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The same day of the target month, or its last day. */
static inline int64_t gj_add_months(int64_t day, int64_t months) {
  const gj_civil c = gj_to_civil(day);
  const int64_t count = c.year * 12 + (c.month - 1) + months;
  const int64_t year = (count >= 0 ? count : count - 11) / 12;
  const int64_t month = count - year * 12 + 1;
  const int64_t last = gj_days_in_month(year, month);
  return gj_to_day(year, month, c.day < last ? c.day : last);
}
/* The greatest n with a + n steps <= b, or < b where `after` is 1: steps of 1 or 12 months. */
static inline int64_t gj_full_steps(int64_t a, int64_t b, int64_t after, int64_t step) {
  const gj_civil from = gj_to_civil(a);
  const gj_civil to = gj_to_civil(b);
  const int64_t between = (to.year - from.year) * 12 + (to.month - from.month);
  int64_t n = (between >= 0 ? between : between - (step - 1)) / step + 1;
  while (gj_add_months(a, n * step) > b - after) --n;
  return n;
}
static inline int64_t gj_full_years(int64_t a, int64_t b, int64_t after) {
  return gj_full_steps(a, b, after, 12);
}
static inline int64_t gj_full_months(int64_t a, int64_t b, int64_t after) {
  return gj_full_steps(a, b, after, 1);
}
/* The least n >= 0 with a + n years >= b. */
static inline int64_t gj_started_years(int64_t a, int64_t b) {
  int64_t n;
  if (b <= a) return 0;
  n = gj_full_years(a, b, 0);
  return gj_add_months(a, n * 12) < b ? n + 1 : n;
}
/* Twice the full months, and one more where days are left over. */
static inline int64_t gj_half_months(int64_t a, int64_t b) {
  const int64_t n = gj_full_months(a, b, 0);
  return 2 * n + (gj_add_months(a, n) < b ? 1 : 0);
}
static inline int64_t gj_year(int64_t day) {
  return gj_to_civil(day).year;
}
static inline int64_t gj_year_start(int64_t day) {
  const gj_marched m = gj_to_marched(day);
  const uint32_t passed = m.day >= 306U ? m.day - 306U : m.day + 59U + gj_is_leap(m.year);
  return day - (int64_t)passed;
}
static inline int64_t gj_year_end(int64_t day) {
  const gj_marched m = gj_to_marched(day);
  const uint32_t left = m.day >= 306U ? 670U + gj_is_leap(m.year + 1U) - m.day : 305U - m.day;
  return day + (int64_t)left;
}
static inline int64_t gj_month_start(int64_t day) {
  return day - gj_to_civil(day).day + 1;
}
static inline int64_t gj_month_end(int64_t day) {
  const gj_civil c = gj_to_civil(day);
  return day - c.day + gj_days_in_month(c.year, c.month);
}

#ifdef __cplusplus
#pragma GCC diagnostic pop
#endif

#endif
