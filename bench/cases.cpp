// See cases.hpp.
#include "cases.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>

namespace bench {

namespace {

// A draw that is the same with every standard library.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  std::int32_t between(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool one_in(std::int32_t n) { return between(1, n) == 1; }

 private:
  std::mt19937_64 random_;
};

Row an_appliance(Draw& draw) {
  Row row{};
  row[date] = draw.between(days_of(2024, 8, 15), days_of(2027, 1, 10));
  row[category] = draw.one_in(4) ? draw.between(0, 16) : draw.between(0, 7);
  const std::int32_t level = draw.between(0, 9);
  row[tier] = level < 5 ? 0 : level < 8 ? 1 : draw.between(2, kNoLabel);
  row[list_price] = draw.between(100'00, 20'000'00);
  row[discounts] = draw.between(0, std::min(row[list_price], 500'00));
  row[participating] = draw.one_in(10) ? 0 : 1;
  row[takes_back] = draw.one_in(5) ? 0 : 1;
  row[buyer] = draw.one_in(10) ? draw.between(1, 2) : 0;
  return row;
}

Row a_car(Draw& draw) {
  constexpr std::int32_t kNewEnergy = 3;
  Row row{};
  row[invoiced_on] = draw.between(days_of(2024, 4, 15), days_of(2027, 1, 10));
  // Papers of a later day than the application are open.
  row[papers_on] = row[invoiced_on] + draw.between(0, draw.one_in(10) ? 400 : 60);
  const std::int32_t fuel = draw.between(0, 9);
  row[old_fuel] = fuel < 6 ? 0 : fuel < 8 ? 1 : fuel < 9 ? 2 : kNewEnergy;
  row[old_registered_on] = row[old_fuel] == kNewEnergy ? draw.between(days_of(2015, 1, 1), days_of(2020, 12, 31))
                                                       : draw.between(days_of(2006, 1, 1), days_of(2015, 12, 31));
  // One in fifty on a day of which the notices do not say whether it still counts.
  row[held_since] = draw.one_in(50) ? (draw.one_in(2) ? days_of(2024, 7, 25) : days_of(2025, 1, 8))
                                    : draw.between(days_of(2012, 1, 1), days_of(2026, 1, 1));
  row[drive] = draw.between(0, 1);
  row[displacement] = row[drive] == 0 ? 0 : draw.between(900, 2'600);
  row[price] = draw.between(30'000'00, 500'000'00);
  return row;
}

std::vector<Row> make(Programme programme) {
  Draw draw(20240825);
  std::vector<Row> rows(kRows);
  for (Row& row : rows) row = programme == Programme::appliances ? an_appliance(draw) : a_car(draw);
  return rows;
}

std::string iso(std::int32_t days) {
  const Date d = date_of(days);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
  return text;
}

std::string yuan(std::int32_t fen) {
  char text[24];
  std::snprintf(text, sizeof text, "%d.%02d", fen / 100, fen % 100);
  return text;
}

constexpr std::array<const char*, 17> kCategories = {
    "fridge",        "washer",         "tv",         "air_conditioner", "computer",  "water_heater", "stove",
    "range_hood",    "water_purifier", "dishwasher", "rice_cooker",     "microwave", "phone",        "tablet",
    "watch_or_band", "smart_glasses",  "other_goods"};
constexpr std::array<const char*, 7> kTiers = {"\"level1\"", "\"level2\"", "\"level3\"", "\"level4\"",
                                               "\"level5\"", "\"fails\"",  "null"};
constexpr std::array<const char*, 3> kBuyers = {"individual", "company", "household_business"};
constexpr std::array<const char*, 4> kFuels = {"petrol", "diesel", "other_fuel", "new_energy"};
constexpr std::array<const char*, 2> kTruths = {"false", "true"};

template <std::size_t n>
const char* word(const std::array<const char*, n>& words, std::int32_t index) {
  return words[static_cast<std::size_t>(index)];
}

std::string appliance_json(const Row& r) {
  return std::string("{\"purchase\":{\"date\":\"") + iso(r[date]) + "\",\"category\":\"" +
         word(kCategories, r[category]) + "\",\"tier\":" + word(kTiers, r[tier]) +
         ",\"list_price\":" + yuan(r[list_price]) + ",\"discounts\":" + yuan(r[discounts]) +
         ",\"receiver\":null},\"seller\":{\"participating\":" + word(kTruths, r[participating]) +
         ",\"takes_back\":" + word(kTruths, r[takes_back]) + "},\"buyer\":{\"kind\":\"" + word(kBuyers, r[buyer]) +
         "\"},\"claims\":{\"complete\":true,\"entries\":[]}}";
}

std::string car_json(const Row& r) {
  const std::string papers = iso(r[papers_on]);
  const std::string kind = r[drive] == 0 ? "\"nev\",\"列入目录\":true" : "\"fuel_car\",\"排量\":";
  char litres[16] = "";
  if (r[drive] != 0) std::snprintf(litres, sizeof litres, "%d.%03d", r[displacement] / 1000, r[displacement] % 1000);
  return "{\"申请人\":{\"类别\":\"individual\",\"证件号\":\"A\"},\"申请\":{\"提交日期\":\"" + papers +
         "\"},\"旧车\":{\"燃料\":\"" + word(kFuels, r[old_fuel]) + "\",\"登记日期\":\"" + iso(r[old_registered_on]) +
         "\",\"所有人\":\"A\",\"转入日期\":\"" + iso(r[held_since]) + "\"},\"手续\":{\"交车日期\":\"" + papers +
         "\",\"注销日期\":\"" + papers + "\"},\"新车\":{\"车架号\":\"V\",\"类别\":" + kind + litres +
         ",\"价税合计\":" + yuan(r[price]) + ",\"开票日期\":\"" + iso(r[invoiced_on]) + "\",\"登记日期\":\"" + papers +
         "\",\"所有人\":\"A\",\"开票省\":\"630000\",\"登记省\":\"630000\"},\"往次\":{\"complete\":true,\"entries\":[]}"
         "}";
}

void write_programme(const std::string& folder, Programme programme) {
  const std::string stem = folder + "/" + std::string(name_of(programme));
  const std::vector<Row>& rows = rows_of(programme);
  std::ofstream binary(stem + ".rows", std::ios::binary);
  for (std::size_t c = 0; c < kFacts; ++c) {
    std::vector<std::int32_t> column;
    column.reserve(rows.size());
    for (const Row& row : rows) column.push_back(row[c]);
    binary.write(reinterpret_cast<const char*>(column.data()),
                 static_cast<std::streamsize>(column.size() * sizeof(column[0])));
  }
  std::ofstream csv(stem + ".csv");
  for (std::size_t c = 0; c < kFacts; ++c) csv << (c == 0 ? "" : ",") << columns_of(programme)[c].name;
  csv << '\n';
  for (const Row& row : rows)
    for (std::size_t c = 0; c < kFacts; ++c) csv << row[c] << (c + 1 == kFacts ? '\n' : ',');
  std::ofstream json(stem + ".jsonl");
  for (std::size_t i = 0; i < kAgreement; ++i) json << json_of(programme, rows[i]) << '\n';
}

}  // namespace

std::string_view name_of(Programme programme) {
  return programme == Programme::appliances ? "appliances" : "cars";
}

const std::array<Column, kFacts>& columns_of(Programme programme) {
  static constexpr std::array<Column, kFacts> appliances = {{{"date", false},
                                                             {"category", true},
                                                             {"tier", true},
                                                             {"list_price", false},
                                                             {"discounts", false},
                                                             {"participating", true},
                                                             {"takes_back", true},
                                                             {"buyer", true}}};
  static constexpr std::array<Column, kFacts> cars = {{{"invoiced_on", false},
                                                       {"papers_on", false},
                                                       {"old_fuel", true},
                                                       {"old_registered_on", false},
                                                       {"held_since", false},
                                                       {"drive", true},
                                                       {"displacement", false},
                                                       {"price", false}}};
  return programme == Programme::appliances ? appliances : cars;
}

std::vector<std::string_view> failures_of(Programme programme) {
  if (programme == Programme::appliances) return {"consumer", "shop", "listed", "efficient", "take_back"};
  return {"旧车登记", "新车范围", "材料日期", "按期申请", "持有", "年内办结", "定额", "从价"};
}

const std::vector<Row>& rows_of(Programme programme) {
  static const std::vector<Row> appliances = make(Programme::appliances);
  static const std::vector<Row> cars = make(Programme::cars);
  return programme == Programme::appliances ? appliances : cars;
}

std::string json_of(Programme programme, const Row& row) {
  return programme == Programme::appliances ? appliance_json(row) : car_json(row);
}

const Columns& columns_of_rows(Programme programme) {
  const auto turn = [](Programme p) {
    Columns out;
    for (std::size_t c = 0; c < kFacts; ++c)
      for (const Row& row : rows_of(p)) {
        if (columns_of(p)[c].is_small)
          out.narrow[c].push_back(static_cast<std::uint8_t>(row[c]));
        else
          out.wide[c].push_back(row[c]);
      }
    return out;
  };
  static const Columns appliances = turn(Programme::appliances);
  static const Columns cars = turn(Programme::cars);
  return programme == Programme::appliances ? appliances : cars;
}

Date date_of(std::int32_t days) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

void write_rows(const std::string& folder) {
  for (const Programme programme : kProgrammes) write_programme(folder, programme);
}

}  // namespace bench
