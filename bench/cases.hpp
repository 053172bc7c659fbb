// The workload: random cases of two programmes of rules/, eight integers each, the same for everyone who is measured.
// One generator makes them and writes them to files; whoever decides in another process reads those.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

constexpr std::size_t kRows = 1'000'000;     // in columns
constexpr std::size_t kAgreement = 100'000;  // rows on which all must answer alike before anything is measured
constexpr std::size_t kDistinct =
    65'536;  // rows through which single decisions go: too many for a branch predictor to learn

enum class Programme { appliances, cars };
constexpr std::array<Programme, 2> kProgrammes = {Programme::appliances, Programme::cars};
std::string_view name_of(Programme programme);

constexpr std::size_t kFacts = 8;

// Dates are days since 1970-01-01, money is in fen, displacement in millilitres, truths are 0 and 1, members count from
// 0 in the order of rules/vocabulary.gj.
enum Appliance { date, category, tier, list_price, discounts, participating, takes_back, buyer };
constexpr std::int32_t kNoLabel = 6;  // the tier of goods without a label

// `papers_on`: the day on which the old car was handed in and deregistered, the new one registered, and the application
// submitted. All else that the rules ask for is the same in every row: one owner, one province, a model of the
// catalogue, no earlier claim.
enum Car { invoiced_on, papers_on, old_fuel, old_registered_on, held_since, drive, displacement, price };

// The column's name in files, and whether a byte holds it.
struct Column {
  std::string_view name;
  bool is_small;
};
const std::array<Column, kFacts>& columns_of(Programme programme);

using Row = std::array<std::int32_t, kFacts>;

// What everybody answers. The amount is in fen, 0 unless eligible. `failed` has a bit for each failed requirement, in
// the order of failures_of.
enum Outcome : std::int32_t { eligible = 0, ineligible = 1, referred = 3, not_in_force = 4 };
struct Answer {
  std::int32_t outcome = 0;
  std::int32_t amount = 0;
  std::uint32_t failed = 0;
  bool operator==(const Answer&) const = default;
};
std::vector<std::string_view> failures_of(Programme programme);

// The rows of a programme, always the same ones. Made on the first call.
const std::vector<Row>& rows_of(Programme programme);

// One case as JSON, in the words of the rule files.
std::string json_of(Programme programme, const Row& row);

// The rows by column, in the narrowest type that holds them.
struct Columns {
  std::array<std::vector<std::int32_t>, kFacts> wide;
  std::array<std::vector<std::uint8_t>, kFacts> narrow;  // of those that are small; the other is then empty
};
const Columns& columns_of_rows(Programme programme);

struct Date {
  int year = 0, month = 0, day = 0;
};
Date date_of(std::int32_t days);
constexpr std::int32_t days_of(int year, int month, int day) {  // Howard Hinnant's days_from_civil
  const int y = month <= 2 ? year - 1 : year;
  const int era = y / 400;
  const int of_era = y - era * 400;
  const int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// Writes NAME.rows (32-bit integers, one column after the other), NAME.csv and NAME.jsonl of each programme into a
// folder.
void write_rows(const std::string& folder);

}  // namespace bench
