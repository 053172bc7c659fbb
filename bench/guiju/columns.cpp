// Guiju over columns: a million rows in one call, to outcome, amount and failures. What is the same in every row is a
// column too.
#include <cstdint>
#include <deque>

#include "face.hpp"
#include "guiju/rules.hpp"

namespace {

using namespace bench;

using Bits = std::vector<std::uint64_t>;

struct GuijuColumns {
  explicit GuijuColumns(Programme p)
      : programme(p), data(columns_of_rows(p)), program(program_of(p)), versions(kRows), failures(kRows) {
    if (p == Programme::appliances)
      add_appliances();
    else
      add_cars();
    gj_answer_widths widths = {};
    widths.size = sizeof widths;
    widths.version = 1;
    widths.amount = 4;
    widths.failed = static_cast<std::int32_t>(failed_bytes());
    gj_error* error = nullptr;
    must(gj_columns_new(program, columns.data(), columns.size(), &widths, &prepared, &error), "columns", error);
  }
  GuijuColumns(const GuijuColumns&) = delete;
  GuijuColumns& operator=(const GuijuColumns&) = delete;
  ~GuijuColumns() { gj_columns_delete(prepared); }

  void answer(AnswerColumns& out) {
    gj_answer_rows answers = {};
    answers.size = sizeof answers;
    answers.outcomes = reinterpret_cast<std::int8_t*>(out.outcome.data());
    answers.versions = versions.data();
    answers.amounts = out.amount.data();
    answers.failed = failures.data();
    must(gj_decide_columns(prepared, rows.data(), kRows, &answers, nullptr), "deciding columns");
  }

  // As narrow as the requirements of a version allow.
  [[nodiscard]] std::size_t failed_bytes() const { return programme == Programme::appliances ? 1 : 2; }

  // Each version numbers its requirements for itself; for the check they are given the numbers of failures_of.
  void number_failures(AnswerColumns& out) {
    const std::vector<std::string_view> names = failures_of(programme);
    for (std::size_t i = 0; i < kRows; ++i) {
      std::uint32_t set = 0;
      std::uint16_t failed = failures[i];
      if (failed_bytes() == 1) failed = reinterpret_cast<const std::uint8_t*>(failures.data())[i];
      for (std::size_t bit = 0; bit < 16; ++bit) {
        if ((failed >> bit & 1U) == 0) continue;
        const gj_text name = gj_program_requirement(program, static_cast<std::size_t>(versions[i]), bit);
        for (std::size_t n = 0; n < names.size(); ++n)
          if (names[n] == std::string_view(name.data, name.size)) set |= 1U << n;
      }
      out.failed[i] = static_cast<std::uint8_t>(set);
    }
  }

  void add(std::string_view path, gj_element element, const void* values, std::int32_t scale = 0,
           const Bits* absent = nullptr) {
    gj_column column = {};
    column.size = sizeof column;
    column.field = field_of(program, path);
    column.element = element;
    column.scale = scale;
    column.may_be_absent = absent != nullptr;
    columns.push_back(column);
    rows.push_back({values, nullptr, absent == nullptr ? nullptr : absent->data()});
  }
  void add_wide(std::string_view path, std::size_t c, std::int32_t scale = 0, const Bits* absent = nullptr) {
    add(path, GJ_INT32, data.wide[c].data(), scale, absent);
  }
  void add_small(std::string_view path, std::size_t c) { add(path, GJ_INT8, data.narrow[c].data()); }
  void add_text(std::string_view path, const gj_text* text, const Bits* absent = nullptr) {
    add(path, GJ_INT8, zeros.data(), 0, absent);
    columns.back().dictionary = text;
    columns.back().dictionary_count = 1;
  }

  template <typename Holds>
  const Bits* rows_where(Holds holds) {
    Bits& bits = bitmaps.emplace_back((kRows + 63) / 64);
    for (std::size_t i = 0; i < kRows; ++i)
      if (holds(i)) bits[i / 64] |= std::uint64_t{1} << i % 64;
    return &bits;
  }

  void add_appliances() {
    levels = data.narrow[tier];
    for (std::uint8_t& level : levels)
      if (level == kNoLabel) level = 0;
    add_wide("purchase.date", date);
    add_small("purchase.category", category);
    add("purchase.tier", GJ_INT8, levels.data(), 0,
        rows_where([&](std::size_t i) { return data.narrow[tier][i] == kNoLabel; }));
    add_wide("purchase.list_price", list_price, 2);
    add_wide("purchase.discounts", discounts, 2);
    add_small("seller.participating", participating);
    add_small("seller.takes_back", takes_back);
    add_small("buyer.kind", buyer);
    add_text("purchase.receiver", &owner, rows_where([](std::size_t) { return true; }));
    add("claims", GJ_LIST_VIEW, nullptr);
  }

  void add_cars() {
    const auto electric = rows_where([&](std::size_t i) { return data.narrow[drive][i] == 0; });
    const auto burning = rows_where([&](std::size_t i) { return data.narrow[drive][i] != 0; });
    add_wide("新车.开票日期", invoiced_on);
    for (const char* path : {"申请.提交日期", "手续.交车日期", "手续.注销日期", "新车.登记日期"})
      add_wide(path, papers_on);
    add_small("旧车.燃料", old_fuel);
    add_wide("旧车.登记日期", old_registered_on);
    add_wide("旧车.转入日期", held_since);
    add_small("新车.类别", drive);
    add("新车.列入目录", GJ_INT8, ones.data(), 0, burning);
    add_wide("新车.排量", displacement, 3, electric);
    add_wide("新车.价税合计", price, 2);
    add("申请人.类别", GJ_INT8, zeros.data());
    for (const char* path : {"申请人.证件号", "旧车.所有人", "新车.所有人", "新车.车架号"}) add_text(path, &owner);
    for (const char* path : {"新车.开票省", "新车.登记省"}) add(path, GJ_INT32, provinces.data());
    add("往次", GJ_LIST_VIEW, nullptr);
  }

  Programme programme;
  const Columns& data;
  const gj_program* program;
  gj_text owner = {"A", 1};
  std::vector<std::uint8_t> levels;
  std::vector<std::int8_t> zeros = std::vector<std::int8_t>(kRows, 0);
  std::vector<std::int8_t> ones = std::vector<std::int8_t>(kRows, 1);
  std::vector<std::int32_t> provinces = std::vector<std::int32_t>(kRows, 630000);
  std::deque<Bits> bitmaps;
  std::vector<gj_column> columns;
  std::vector<gj_column_rows> rows;
  std::vector<std::int8_t> versions;
  std::vector<std::uint16_t> failures;  // bytes, where one is enough
  gj_columns* prepared = nullptr;
};

[[maybe_unused]] const bool added = add_face<GuijuColumns>("columns", "guiju_columns");

}  // namespace
