// Hand-written C++ over columns: no branch, narrow lanes, written so that the compiler turns the loops into vectors,
// once for each instruction set (the one to run is chosen when the program starts).
#include <algorithm>

#include "face.hpp"

#if defined(__x86_64__) && !defined(__clang__)
#define FOR_EACH_INSTRUCTION_SET __attribute__((target_clones("arch=x86-64-v4", "avx2", "sse4.2", "default")))
#else
#define FOR_EACH_INSTRUCTION_SET
#endif

namespace {

using namespace bench;

constexpr std::int32_t kYear2025 = days_of(2025, 1, 1);
constexpr std::int32_t kYear2026 = days_of(2026, 1, 1);
constexpr std::int32_t kYear2027 = days_of(2027, 1, 1);

// Both rules are asked in blocks whose masks stay in the first-level cache.
constexpr std::size_t kBlock = 4096;

using Small = std::uint8_t;
using Wide = std::int32_t;

// `choice` is 0 or 1; said with a mask, which becomes a blend in a vector where a conditional expression may stay a
// jump.
inline Wide pick(Wide choice, Wide yes, Wide no) {
  return no ^ ((yes ^ no) & -choice);
}

FOR_EACH_INSTRUCTION_SET
void appliances(std::size_t n, const Wide* __restrict on, const Small* __restrict kind, const Small* __restrict level,
                const Wide* __restrict listed_at, const Wide* __restrict off, const Small* __restrict takes_part,
                const Small* __restrict back, const Small* __restrict who, Small* __restrict outcome,
                Wide* __restrict amount, Small* __restrict failed) {
  for (std::size_t i = 0; i < n; ++i) {
    const Wide day = on[i], goods = kind[i], rank = level[i];
    const Wide in_force = (day >= days_of(2024, 8, 25)) & (day < kYear2027);
    const Wide in2025 = day >= kYear2025;
    const Wide in2026 = day >= kYear2026;
    const Wide listed = pick(in2026, 6, pick(in2025, 12, 8));  // the first so many are on the national list
    const Wide fails = (who[i] != 0) | (takes_part[i] == 0) << 1 | (goods >= listed) << 2 | (rank > 1 - in2026) << 3 |
                       (in2026 & (back[i] == 0)) << 4;
    const Wide percent = 15 + 5 * ((rank == 0) & (in2026 ^ 1));
    const Wide share = static_cast<Wide>(static_cast<std::uint32_t>(listed_at[i] - off[i]) *
                                         static_cast<std::uint32_t>(percent) / 100);
    const Wide paid = std::min(share, pick(in2026, 1500'00, 2000'00));
    const Wide refused = fails != 0;
    failed[i] = static_cast<Small>(fails & -in_force);
    outcome[i] = static_cast<Small>(pick(in_force, refused, not_in_force));
    amount[i] = paid & -(in_force & (refused ^ 1));
  }
}

FOR_EACH_INSTRUCTION_SET
void cars(std::size_t n, const Wide* __restrict on, const Wide* __restrict papers, const Small* __restrict fuel,
          const Wide* __restrict old, const Wide* __restrict held, const Small* __restrict kind,
          const Wide* __restrict engine, const Wide* __restrict paid_for, Small* __restrict outcome,
          Wide* __restrict amount, Small* __restrict failed) {
  constexpr Wide kLater = days_of(2199, 12, 31);
  for (std::size_t i = 0; i < n; ++i) {
    const Wide day = on[i], done = papers[i], since = held[i], size = engine[i], burnt = fuel[i];
    const Wide in_force = (day >= days_of(2024, 4, 24)) & (day < kYear2027);
    const Wide in2025 = day >= kYear2025;
    const Wide in2026 = day >= kYear2026;
    const auto by_year = [&](Wide y2024, Wide y2025, Wide y2026) {
      return pick(in2026, y2026, pick(in2025, y2025, y2024));
    };
    const Wide petrol = by_year(days_of(2011, 6, 30), days_of(2012, 6, 30), days_of(2013, 6, 30));
    const Wide others = by_year(days_of(2013, 6, 30), days_of(2014, 6, 30), days_of(2015, 6, 30));
    const Wide electric = by_year(days_of(2018, 4, 30), days_of(2018, 12, 31), days_of(2019, 12, 31));
    const Wide was_electric = burnt == 3;
    const Wide registered_by = pick(burnt == 0, petrol, pick(was_electric, electric, others));
    const Wide held_by = pick(in2025, days_of(2025, 1, 8), days_of(2024, 7, 25));
    const Wide from = by_year(days_of(2024, 4, 24), kYear2025, kYear2026);
    const Wide to = by_year(kYear2025 - 1, kYear2026 - 1, kLater);
    const Wide asked_from = pick(in2025, 0, days_of(2024, 4, 24));
    const Wide asked_to = by_year(days_of(2025, 1, 10), days_of(2026, 1, 10), kLater);
    const Wide burns = kind[i] != 0;
    const Wide uncovered = burns & was_electric;
    const Wide fails = (old[i] > registered_by) | (burns & (size >= 2050)) << 1 | ((done < from) | (done > to)) << 2 |
                       ((done < asked_from) | (done > asked_to)) << 3 | (since > held_by) << 4 |
                       (uncovered & (in2026 ^ 1)) << 6 | (uncovered & in2026) << 7;
    const Wide open = (burns & (size > 2000)) | (since == held_by) |
                      (in2026 & ((done < kYear2026) | (done >= kYear2027))) |
                      (in2025 & (in2026 ^ 1) & (done == days_of(2026, 1, 10)));
    const Wide flat = pick(burns, 15000'00, 20000'00);
    // Past 200,000 yuan every amount is at its cap, and so small a price times 12 fits in 32 bits.
    const std::uint32_t reckoned = static_cast<std::uint32_t>(std::min<Wide>(paid_for[i], 200'000'00));
    const Wide share = static_cast<Wide>((reckoned * static_cast<std::uint32_t>(12 - 2 * burns) + 9999) / 10000 * 100);
    const Wide paid = pick(in2026, std::min(share, flat), flat);
    const Wide refused = fails != 0;
    failed[i] = static_cast<Small>(fails & -in_force);
    outcome[i] =
        static_cast<Small>(pick(in_force, pick(refused, ineligible, pick(open, referred, eligible)), not_in_force));
    amount[i] = paid & -(in_force & ((refused | open) ^ 1));
  }
}

struct ByHandColumns {
  explicit ByHandColumns(Programme p) : programme(p), columns(columns_of_rows(p)) {}

  void answer(AnswerColumns& out) {
    for (std::size_t at = 0; at < kRows; at += kBlock) {
      const std::size_t n = std::min(kBlock, kRows - at);
      const auto& w = columns.wide;
      const auto& s = columns.narrow;
      if (programme == Programme::appliances)
        appliances(n, &w[date][at], &s[category][at], &s[tier][at], &w[list_price][at], &w[discounts][at],
                   &s[participating][at], &s[takes_back][at], &s[buyer][at], &out.outcome[at], &out.amount[at],
                   &out.failed[at]);
      else
        cars(n, &w[invoiced_on][at], &w[papers_on][at], &s[old_fuel][at], &w[old_registered_on][at], &w[held_since][at],
             &s[drive][at], &w[displacement][at], &w[price][at], &out.outcome[at], &out.amount[at], &out.failed[at]);
    }
  }

  Programme programme;
  const Columns& columns;
};

[[maybe_unused]] const bool added = add_face<ByHandColumns>("columns", "by_hand");

}  // namespace
