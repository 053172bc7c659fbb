// Columns give for every row what gj_decide gives for its facts: known, unknown, absent, or not allowed.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::size_t kRows = 3000;

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool one_in(std::int64_t n) { return between(1, n) == 1; }

 private:
  std::mt19937_64 random_;
};

// A column of 64-bit integers beside the memory that the library reads.
struct Facts {
  gj_column column = sized<gj_column>();
  std::vector<std::int64_t> values;
  std::vector<std::int8_t> bytes;
  std::vector<std::int16_t> shorts;
  std::vector<std::int32_t> ints;
  std::vector<std::uint64_t> known, absent;

  [[nodiscard]] gj_column_rows rows() const {
    const void* data = nullptr;
    if (column.element == GJ_INT8) data = bytes.data();
    if (column.element == GJ_INT16) data = shorts.data();
    if (column.element == GJ_INT32) data = ints.data();
    if (column.element == GJ_INT64) data = values.data();
    return {data, column.may_be_unknown != 0 ? known.data() : nullptr,
            column.may_be_absent != 0 ? absent.data() : nullptr};
  }
  [[nodiscard]] bool is_known(std::size_t row) const { return (known[row / 64] >> (row % 64) & 1U) != 0; }
  [[nodiscard]] bool is_absent(std::size_t row) const { return (absent[row / 64] >> (row % 64) & 1U) != 0; }
};

constexpr std::array<gj_text, 3> kNotes{gj_text{"甲", 3}, gj_text{"b", 1}, gj_text{"", 0}};

struct Table {
  Compiled compiled = compile(kRules);
  const gj_program* kettle = program(compiled.rules.get(), "kettle");
  std::vector<Facts> columns;

  // `bad`: one row in so many has a value that is not allowed.
  void add(Draw& draw, std::string_view path, gj_element element, std::int64_t least, std::int64_t most,
           std::int32_t scale = 0, bool may_be_unknown = false, bool may_be_absent = false, std::int64_t bad = 0,
           std::int64_t bad_value = 0) {
    Facts& f = columns.emplace_back();
    f.column.field = field(kettle, path);
    REQUIRE(f.column.field != nullptr);
    f.column.element = element;
    f.column.scale = scale;
    f.column.may_be_unknown = may_be_unknown ? 1 : 0;
    f.column.may_be_absent = may_be_absent ? 1 : 0;
    f.known.resize(kRows / 64 + 1);
    f.absent.resize(kRows / 64 + 1);
    for (std::size_t i = 0; i < kRows; ++i) {
      std::int64_t value = draw.between(least, most);
      if (bad != 0 && draw.one_in(bad)) value = bad_value;
      f.values.push_back(value);
      f.bytes.push_back(static_cast<std::int8_t>(value));
      f.shorts.push_back(static_cast<std::int16_t>(value));
      f.ints.push_back(static_cast<std::int32_t>(value));
      const bool absent = may_be_absent && draw.one_in(8);
      const bool unknown = may_be_unknown && !absent && draw.one_in(8);
      if (absent) f.absent[i / 64] |= std::uint64_t{1} << (i % 64);
      if (!absent && !unknown) f.known[i / 64] |= std::uint64_t{1} << (i % 64);
    }
  }

  void add_all(Draw& draw, bool open) {
    add(draw, "purchase.date", GJ_INT32, 20120, 20480, 0, open, false, open ? 40 : 0, 1'000'000);
    add(draw, "purchase.price", GJ_INT32, 0, 60'000, 2, open, false, open ? 40 : 0, 100'000'01);
    add(draw, "purchase.power", GJ_INT16, 0, 1000, 1, open, true, open ? 40 : 0, 1001);
    add(draw, "purchase.level", GJ_INT8, 0, 2, 0, open, false, open ? 40 : 0, 3);
    add(draw, "purchase.gift", GJ_INT8, 0, 1, 0, open);
    add(draw, "purchase.home", GJ_INT32, 110'000, 659'999, 0, open, false, open ? 40 : 0, 99'999);
    add(draw, "purchase.note", GJ_INT8, 0, 2, 0, open, true, open ? 40 : 0, 3);
    columns.back().column.dictionary = kNotes.data();
    columns.back().column.dictionary_count = kNotes.size();
    add(draw, "purchase.waited", GJ_INT64, 0, 40, 0, open);
    add(draw, "buyer_kind", GJ_INT8, 0, 1, 0, open);
    add(draw, "claims", GJ_LIST_VIEW, 0, 0, 0, open);
    add(draw, "documents.id", GJ_INT8, 0, 2, 0, open);
  }
};

gj_date date_of(std::int64_t days) {  // Howard Hinnant's civil_from_days, for days after 1970
  const std::int64_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  return {static_cast<std::int32_t>(yoe + era * 400 + (month <= 2 ? 1 : 0)), static_cast<std::int32_t>(month),
          static_cast<std::int32_t>(doy - (153 * mp + 2) / 5 + 1)};
}

void set(gj_facts* facts, const Facts& f, std::size_t row) {
  const gj_field* const field = f.column.field;
  if (f.is_absent(row)) {
    gj_facts_set_state(facts, field, GJ_ABSENT);
    return;
  }
  if (!f.is_known(row)) return;
  const std::int64_t value = f.values[row];
  auto info = sized<gj_field_info>();
  REQUIRE(gj_field_describe(field, GJ_EN, &info) == GJ_OK);
  switch (info.kind) {
    case GJ_TRUTH:
      gj_facts_set_truth(facts, field, static_cast<std::int32_t>(value));
      break;
    case GJ_NUMBER:
      gj_facts_set_decimal(facts, field, value, f.column.scale);
      break;
    case GJ_MEMBER:
      gj_facts_set_member(facts, field, static_cast<std::size_t>(value));
      break;
    case GJ_DATE:
      gj_facts_set_date(facts, field, date_of(value));
      break;
    case GJ_TEXT: {
      if (value > 2) {  // a text that no dictionary has: any bad text will do
        const std::string endless(5000, 'x');
        gj_facts_set_text(facts, field, endless.data(), endless.size());
        break;
      }
      const gj_text& text = kNotes[static_cast<std::size_t>(value)];
      gj_facts_set_text(facts, field, text.data, text.size);
      break;
    }
    case GJ_REGION: {
      const std::string code = std::to_string(value);
      gj_facts_set_written(facts, field, code.data(), code.size());
      break;
    }
    case GJ_LIST:
      gj_facts_begin_list(facts, field, 1);
      break;
    case GJ_DOCUMENT:
      gj_facts_set_document(facts, field, static_cast<gj_document_state>(value));
      break;
    default:
      gj_facts_set_duration(facts, field, value);
  }
}

struct Answers {
  std::vector<std::int8_t> outcomes = std::vector<std::int8_t>(kRows, 99);
  std::vector<std::int16_t> versions = std::vector<std::int16_t>(kRows, 99);
  std::vector<std::int32_t> amounts = std::vector<std::int32_t>(kRows, 99);
  std::vector<std::int8_t> failed = std::vector<std::int8_t>(kRows, 99);
  gj_answer_rows rows = sized<gj_answer_rows>();
  Answers() {
    rows.outcomes = outcomes.data();
    rows.versions = versions.data();
    rows.amounts = amounts.data();
    rows.failed = failed.data();
  }
};

gj_columns* columns_of(const Table& table, const gj_answer_widths& types, gj_status expected = GJ_OK) {
  std::vector<gj_column> layout;
  for (const Facts& f : table.columns) layout.push_back(f.column);
  gj_columns* columns = nullptr;
  gj_error* error = nullptr;
  const gj_status status = gj_columns_new(table.kettle, layout.data(), layout.size(), &types, &columns, &error);
  CHECK(status == expected);
  CHECK((error == nullptr) == (expected == GJ_OK));
  gj_error_delete(error);
  return columns;
}

gj_answer_widths all_widths() {
  auto types = sized<gj_answer_widths>();
  types.version = 2;
  types.amount = 4;
  types.failed = 1;
  return types;
}

void compare(std::uint64_t seed, bool open) {
  Draw draw(seed);
  Table table;
  table.add_all(draw, open);
  gj_columns* const columns = columns_of(table, all_widths());
  REQUIRE(columns != nullptr);
  CHECK(gj_columns_failed_count(columns) == 1);
  std::vector<gj_column_rows> rows;
  for (const Facts& f : table.columns) rows.push_back(f.rows());
  Answers answers;
  REQUIRE(gj_decide_columns(columns, rows.data(), kRows, &answers.rows, nullptr) == GJ_OK);
  gj_columns_delete(columns);

  const auto facts = facts_of(table.kettle);
  const auto decision = new_decision();
  std::array<std::size_t, 6> seen{};
  for (std::size_t i = 0; i < kRows; ++i) {
    CAPTURE(i);
    gj_facts_reset(facts.get());
    for (const Facts& f : table.columns) set(facts.get(), f, i);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    const gj_outcome outcome = gj_decision_outcome(decision.get());
    REQUIRE(int{answers.outcomes[i]} == outcome);
    ++seen[static_cast<std::size_t>(outcome)];
    const bool has_version = gj_decision_version(decision.get()).size != 0;
    REQUIRE(int{answers.versions[i]} == (has_version ? 0 : -1));
    gj_decimal amount{0, 2};
    if (outcome == GJ_ELIGIBLE) REQUIRE(gj_decision_figure(decision.get(), &amount, nullptr, nullptr) == GJ_OK);
    REQUIRE(std::int64_t{answers.amounts[i]} == amount.coefficient);
    int failed = 0;
    for (std::size_t n = 0; outcome == GJ_INELIGIBLE && n < gj_decision_count(decision.get(), GJ_FAILURES); ++n) {
      auto failure = sized<gj_failure>();
      REQUIRE(gj_decision_failure(decision.get(), n, &failure) == GJ_OK);
      for (std::size_t bit = 0; bit < 8; ++bit) {
        if (str(gj_program_requirement(table.kettle, 0, bit)) == str(failure.name)) failed |= 1 << bit;
      }
    }
    REQUIRE(int{answers.failed[i]} == failed);
  }
  CHECK(seen[GJ_ELIGIBLE] > 100);
  CHECK(seen[GJ_INELIGIBLE] > 100);
  CHECK(seen[GJ_NOT_IN_FORCE] > 50);
  CHECK((seen[GJ_UNDETERMINED] > 100) == open);
  CHECK((seen[GJ_INVALID] > 50) == open);
}

}  // namespace

TEST_CASE("columns are decided as single cases are") {
  compare(1, false);
  compare(2, true);
}

TEST_CASE("a few rows, no answers but the outcome, and facts without a column") {
  Draw draw(3);
  Table table;
  table.add_all(draw, false);
  gj_columns* columns = columns_of(table, sized<gj_answer_widths>());
  std::vector<gj_column_rows> rows;
  for (const Facts& f : table.columns) rows.push_back(f.rows());
  std::vector<std::int8_t> all(kRows, 99), few(8, 99);
  auto answers = sized<gj_answer_rows>();
  answers.outcomes = all.data();
  CHECK(gj_decide_columns(columns, rows.data(), kRows, &answers, nullptr) == GJ_OK);
  answers.outcomes = few.data();
  CHECK(gj_decide_columns(columns, rows.data(), 7, &answers, nullptr) == GJ_OK);
  CHECK(std::vector<std::int8_t>(all.begin(), all.begin() + 7) ==
        std::vector<std::int8_t>(few.begin(), few.begin() + 7));
  CHECK(int{few[7]} == 99);
  CHECK(gj_decide_columns(columns, nullptr, 0, &answers, nullptr) == GJ_OK);
  CHECK(gj_columns_failed_count(columns) == 0);
  rows[0].values = nullptr;
  CHECK(gj_decide_columns(columns, rows.data(), 7, &answers, nullptr) == GJ_E_ARGUMENT);
  gj_columns_delete(columns);

  table.columns.resize(1);  // the date alone
  columns = columns_of(table, sized<gj_answer_widths>());
  const gj_column_rows date = table.columns[0].rows();
  CHECK(gj_decide_columns(columns, &date, 7, &answers, nullptr) == GJ_OK);
  for (std::size_t i = 0; i < 7; ++i)
    CHECK((few[i] == GJ_UNDETERMINED || few[i] == GJ_NOT_IN_FORCE || few[i] == GJ_INELIGIBLE));
  gj_columns_delete(columns);
}

TEST_CASE("what does not fit is refused before any row is read") {
  Draw draw(4);
  Table table;
  table.add_all(draw, false);
  auto narrow = all_widths();
  narrow.amount = 1;  // 60 yuan are 6,000 fen
  CHECK(columns_of(table, narrow, GJ_E_RANGE) == nullptr);
  narrow.amount = 7;
  CHECK(columns_of(table, narrow, GJ_E_ARGUMENT) == nullptr);
  table.columns.push_back(table.columns.front());
  CHECK(columns_of(table, all_widths(), GJ_E_ARGUMENT) == nullptr);  // twice
  table.columns.pop_back();
  table.columns.front().column.element = GJ_LIST_VIEW;
  CHECK(columns_of(table, all_widths(), GJ_E_KIND) == nullptr);
  table.columns.front().column.element = 9;
  CHECK(columns_of(table, all_widths(), GJ_E_ARGUMENT) == nullptr);
  table.columns.front().column.element = GJ_INT32;
  table.columns[1].column.scale = 19;
  CHECK(columns_of(table, all_widths(), GJ_E_KIND) == nullptr);
  gj_columns* columns = nullptr;
  const gj_program* const lamp = program(table.compiled.rules.get(), "lamp");
  CHECK(gj_columns_new(lamp, nullptr, 0, nullptr, &columns, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_columns_new(nullptr, nullptr, 0, nullptr, &columns, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decide_columns(nullptr, nullptr, 0, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_program_requirement(table.kettle, 0, 99).size == 0);
  CHECK(gj_program_requirement(table.kettle, 9, 0).size == 0);
  gj_columns_delete(nullptr);
}
