// Facts through handles: each kind, each refusal, lists entry by entry; and from JSON.
#include <doctest/doctest.h>

#include "support.hpp"

using namespace guiju_test;

namespace {

struct Kettle {
  Compiled compiled = compile(kRules);
  const gj_program* program = guiju_test::program(compiled.rules.get(), "kettle");
  Owned<gj_facts> facts = facts_of(program);
  [[nodiscard]] const gj_field* at(std::string_view path) const { return field(program, path); }
  [[nodiscard]] gj_fact_state state(std::string_view path) const { return gj_facts_state(facts.get(), at(path)); }
  gj_status write(std::string_view path, std::string_view text) {
    return gj_facts_set_written(facts.get(), at(path), text.data(), text.size());
  }
};

}  // namespace

TEST_CASE("every kind is set and read back") {
  Kettle k;
  gj_facts* f = k.facts.get();
  CHECK(k.state("purchase.price") == GJ_UNKNOWN);
  CHECK(gj_facts_set_decimal(f, k.at("purchase.price"), 19990, 2) == GJ_OK);
  CHECK(k.state("purchase.price") == GJ_KNOWN);
  gj_decimal price{};
  REQUIRE(gj_facts_get_decimal(f, k.at("purchase.price"), &price) == GJ_OK);
  CHECK(price.coefficient == 1999);
  CHECK(price.scale == 1);

  CHECK(gj_facts_set_decimal(f, k.at("purchase.power"), 15, 1) == GJ_OK);
  gj_decimal power{};
  REQUIRE(gj_facts_get_decimal(f, k.at("purchase.power"), &power) == GJ_OK);
  CHECK(power.coefficient == 15);
  CHECK(power.scale == 1);

  CHECK(gj_facts_set_date(f, k.at("purchase.date"), {2025, 5, 1}) == GJ_OK);
  gj_date date{};
  REQUIRE(gj_facts_get_date(f, k.at("purchase.date"), &date) == GJ_OK);
  CHECK(date.day == 1);
  CHECK(gj_facts_set_truth(f, k.at("purchase.gift"), 5) == GJ_OK);
  std::int32_t gift = 0;
  REQUIRE(gj_facts_get_truth(f, k.at("purchase.gift"), &gift) == GJ_OK);
  CHECK(gift == 1);
  CHECK(gj_facts_set_member(f, k.at("purchase.level"), 1) == GJ_OK);
  std::size_t level = 0;
  REQUIRE(gj_facts_get_member(f, k.at("purchase.level"), &level) == GJ_OK);
  CHECK(level == 1);
  CHECK(gj_facts_set_text(f, k.at("purchase.note"), "甲", 3) == GJ_OK);
  gj_text note{};
  REQUIRE(gj_facts_get_text(f, k.at("purchase.note"), &note) == GJ_OK);
  CHECK(str(note) == "甲");
  CHECK(gj_facts_set_duration(f, k.at("purchase.waited"), 18) == GJ_OK);
  CHECK(k.write("purchase.home", "630102") == GJ_OK);
  CHECK(gj_facts_set_document(f, k.at("documents.id"), GJ_HELD) == GJ_OK);

  gj_facts_reset(f);
  CHECK(k.state("purchase.price") == GJ_UNKNOWN);
  CHECK(gj_facts_get_decimal(f, k.at("purchase.price"), &price) == GJ_E_STATE);
  CHECK(price.coefficient == 0);
}

TEST_CASE("values that are not allowed are kept as bad") {
  Kettle k;
  gj_facts* f = k.facts.get();
  CHECK(gj_facts_set_decimal(f, k.at("purchase.price"), -1, 2) == GJ_BAD_FACT);
  CHECK(k.state("purchase.price") == GJ_BAD);
  CHECK(gj_facts_set_decimal(f, k.at("purchase.price"), 1, 3) == GJ_BAD_FACT);
  CHECK(gj_facts_set_decimal(f, k.at("purchase.price"), INT64_MAX, 0) == GJ_BAD_FACT);
  CHECK(gj_facts_set_decimal(f, k.at("purchase.price"), 1, 19) == GJ_E_ARGUMENT);
  CHECK(gj_facts_set_date(f, k.at("purchase.date"), {2025, 2, 30}) == GJ_BAD_FACT);
  CHECK(gj_facts_set_member(f, k.at("purchase.level"), 3) == GJ_BAD_FACT);
  CHECK(k.write("purchase.level", "level9") == GJ_BAD_FACT);
  CHECK(gj_facts_set_state(f, k.at("purchase.price"), GJ_ABSENT) == GJ_BAD_FACT);
  CHECK(gj_facts_set_state(f, k.at("purchase.power"), GJ_ABSENT) == GJ_OK);
  CHECK(k.state("purchase.power") == GJ_ABSENT);
  CHECK(gj_facts_set_state(f, k.at("purchase.home"), GJ_UNKNOWABLE) == GJ_OK);
  CHECK(gj_facts_set_state(f, k.at("purchase.home"), GJ_KNOWN) == GJ_E_ARGUMENT);
  CHECK(gj_facts_set_text(f, k.at("purchase.note"), "\xc0\x80", 2) == GJ_E_UTF8);
}

TEST_CASE("the wrong kind, the wrong program, NULL: nothing changes") {
  Kettle k;
  gj_facts* f = k.facts.get();
  const gj_field* lumen = field(program(k.compiled.rules.get(), "lamp"), "lumen");
  REQUIRE(lumen != nullptr);
  CHECK(gj_facts_set_truth(f, k.at("purchase.price"), 1) == GJ_E_KIND);
  CHECK(gj_facts_set_decimal(f, k.at("claims"), 1, 0) == GJ_E_KIND);
  CHECK(gj_facts_set_written(f, k.at("claims"), "x", 1) == GJ_E_KIND);
  CHECK(gj_facts_set_decimal(f, lumen, 1, 0) == GJ_E_ARGUMENT);
  CHECK(gj_facts_set_decimal(f, nullptr, 1, 0) == GJ_E_ARGUMENT);
  CHECK(gj_facts_set_decimal(nullptr, lumen, 1, 0) == GJ_E_ARGUMENT);
  CHECK(gj_facts_state(f, lumen) == GJ_UNKNOWN);
  CHECK(k.state("purchase.price") == GJ_UNKNOWN);
  gj_facts* none = nullptr;
  CHECK(gj_facts_new(nullptr, &none, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_facts_new(k.program, nullptr, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("histories entry by entry") {
  Kettle k;
  gj_facts* f = k.facts.get();
  const gj_field* claims = k.at("claims");
  const gj_field* kind = gj_field_find_element(claims, "kind", 4);
  CHECK(gj_facts_set_member(f, kind, 0) == GJ_E_STATE);
  CHECK(gj_facts_add_entry(f, claims, nullptr) == GJ_E_STATE);
  REQUIRE(gj_facts_begin_list(f, claims, 1) == GJ_OK);
  CHECK(gj_facts_set_member(f, kind, 0) == GJ_E_STATE);
  std::size_t index = 9;
  REQUIRE(gj_facts_add_entry(f, claims, &index) == GJ_OK);
  CHECK(index == 0);
  CHECK(gj_facts_set_member(f, kind, 0) == GJ_OK);
  REQUIRE(gj_facts_add_entry(f, claims, &index) == GJ_OK);
  CHECK(index == 1);
  CHECK(gj_facts_state(f, kind) == GJ_UNKNOWN);
  CHECK(gj_facts_set_member(f, kind, 1) == GJ_OK);
  REQUIRE(gj_facts_select_entry(f, claims, 0) == GJ_OK);
  std::size_t member = 9;
  REQUIRE(gj_facts_get_member(f, kind, &member) == GJ_OK);
  CHECK(member == 0);
  CHECK(gj_facts_select_entry(f, claims, 2) == GJ_E_ARGUMENT);
  CHECK(gj_facts_begin_list(f, k.at("purchase.price"), 1) == GJ_E_KIND);
  REQUIRE(gj_facts_begin_list(f, claims, 0) == GJ_OK);
  CHECK(gj_facts_set_member(f, kind, 0) == GJ_E_STATE);
}

TEST_CASE("JSON: good, bad, malformed") {
  Kettle k;
  CHECK(read(k.facts.get(), kGoodFacts) == GJ_OK);
  CHECK(k.state("purchase.price") == GJ_KNOWN);
  CHECK(read(k.facts.get(), R"({"purchase": {"price": -5}})") == GJ_BAD_FACT);
  CHECK(read(k.facts.get(), R"({"purchase": {"colour": 5}})") == GJ_BAD_FACT);
  gj_error* error = nullptr;
  CHECK(gj_facts_read_json(k.facts.get(), "{", 1, &error) == GJ_E_JSON);
  const gj_text said = gj_error_message(error, GJ_EN);
  CHECK(std::string_view(said.data, said.size) ==
        "not a JSON object: line 1, column 1: the bracket opened here is not closed");
  gj_error_delete(error);
  CHECK(gj_facts_read_json(k.facts.get(), nullptr, 0, nullptr) == GJ_E_JSON);
  CHECK(gj_facts_read_json(k.facts.get(), nullptr, 3, nullptr) == GJ_E_ARGUMENT);
}
