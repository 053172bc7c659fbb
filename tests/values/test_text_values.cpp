// UTF-8 and region codes.
#include <doctest/doctest.h>

#include "values/region.hpp"
#include "values/region_names.hpp"
#include "values/utf8.hpp"

using namespace guiju;

TEST_CASE("regions by name, from the province down") {
  const auto path = [](std::string_view code, bool english) {
    return region_path(parse_region(code).value(), english);
  };
  CHECK(path("630000", false) == "青海省");
  CHECK(path("630102", false) == "青海省西宁市城东区");
  CHECK(path("630102001000", true) == "Chengdong District, Xining, Qinghai");
  CHECK(path("632821", false) == "青海省海西蒙古族藏族自治州乌兰县");
  CHECK(path("620102", false) == "甘肃省");
  CHECK(path("990000", false).empty());
  CHECK(find_region(parse_region("630199").value()) == nullptr);
  CHECK(region_province(parse_region("630102").value()) == parse_region("630000").value());
}

TEST_CASE("each region has one name, and lies in one that is named too") {
  std::size_t provinces = 0;
  for (const RegionName& region : all_regions()) {
    provinces += region.code == region_province(region.code) ? 1U : 0U;
    CHECK(find_region(region.code) == &region);
    CHECK_FALSE(region.zh.empty());
    CHECK_FALSE(region.en.empty());
    CHECK(find_region(region_province(region.code)) != nullptr);
    CHECK(find_region(region.code / 100'000'000 * 100'000'000) != nullptr);
  }
  CHECK(provinces == 34);
  CHECK(all_regions().size() == 34 + 8 + 44);
}

TEST_CASE("valid UTF-8 is accepted and decoded") {
  const char32_t points[] = {0, U'a', 0x7F, 0x80, 0x7FF, 0x800, U'规', 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
  std::string text;
  for (const char32_t p : points) guiju::append_utf8(text, p);
  CHECK_FALSE(find_invalid_utf8(text));
  std::size_t offset = 0;
  for (const char32_t p : points) {
    const auto [value, length] = guiju::decode(text, offset);
    CHECK(value == p);
    offset += length;
  }
  CHECK(offset == text.size());
}

TEST_CASE("the first fault is found") {
  struct Fault {
    std::string_view text;
    std::size_t at;
  };
  const Fault faults[] = {
      {"ab\x80", 2},           {"\xC0\x80", 0},
      {"\xC1\xBF", 0},         {"a\xE0\x9F\xBF", 1},
      {"\xED\xA0\x80", 0},     {"\xF0\x8F\xBF\xBF", 0},
      {"\xF4\x90\x80\x80", 0}, {"\xF5\x80\x80\x80", 0},
      {"\xE8\xA7", 0},         {"规\xE8\xA7", 3},
      {"\xE8\xA7\x41", 0},     {"\xFF", 0},
      {"\xF0\x9F\x98", 0},     {"\xC3", 0},
  };
  for (const Fault& f : faults) {
    CAPTURE(f.at);
    CHECK(find_invalid_utf8(f.text) == f.at);
  }
}

TEST_CASE("region codes") {
  CHECK(guiju::parse_region("630000") == 630000000000);
  CHECK(guiju::parse_region("630102001003") == 630102001003);
  for (const char* wrong : {"", "63", "063000", "6300000", "63000a", "6301020010031"})
    CHECK_FALSE(guiju::parse_region(wrong));
  CHECK(guiju::to_region_text(630100000000) == "630100");
  CHECK(guiju::to_region_text(630102001003) == "630102001003");
}

TEST_CASE("a region lies in those whose digits it begins with") {
  const auto within = [](const char* code, const char* area) {
    return guiju::region_within(*guiju::parse_region(code), *guiju::parse_region(area));
  };
  CHECK(within("630102", "630000"));
  CHECK(within("630102", "630100"));
  CHECK(within("630102", "630102"));
  CHECK(within("630000", "630000"));
  CHECK(within("630102001003", "630102"));
  CHECK(within("630102001003", "630102001000"));
  CHECK(within("100100", "100000"));
  CHECK(within("419001", "410000"));
  CHECK_FALSE(within("630000", "630100"));
  CHECK_FALSE(within("640102", "630000"));
  CHECK_FALSE(within("630200", "630100"));
  CHECK_FALSE(within("630102011001", "630102010000"));
}
