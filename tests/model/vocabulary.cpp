// Names, enums, scales, units, records: what is declared and what is refused.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/support.hpp"

using namespace guiju;
using test::Checked;
using test::File;

TEST_CASE("a scale knows its order from best to worst, whichever end is written first") {
  const Checked c(R"(
scale Tier from best { level1, level2, floor fails }
scale Stage from worst { guo0, guo1, floor none_at_all }
enum Kind { water "热水器" / en "water heater" })");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& enums = c.rulebook().enums;
  CHECK(enums[0].best_to_worst == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(enums[1].best_to_worst == std::vector<std::uint32_t>{1, 0, 2});
  CHECK(enums[1].members[2].floor);
  CHECK_FALSE(enums[2].scale);
  CHECK(enums[2].members[0].label.zh == "热水器");
  CHECK(enums[2].members[0].label.en == "water heater");
}

TEST_CASE("faults of enums and scales") {
  CHECK(Checked("scale S from best { floor fails, level1 }").only(Code::floor_not_last));
  CHECK(Checked("enum E { a, b, a }").only(Code::written_twice));
  CHECK(Checked("enum E { a / zh 甲, 甲 }").only(Code::written_twice));
  CHECK(Checked("enum E { }").only(Code::nothing_inside));
  std::string many = "enum E {";
  for (int i = 0; i < 61; ++i) many += " m" + std::to_string(i);
  CHECK(Checked(many + " }").only(Code::too_many_members));
}

TEST_CASE("names are one over all files, and a file sees only what it uses itself") {
  const std::vector<File> files = {{"a.gj", "enum Colour { red, blue }"},
                                   {"b.gj", "record Car { colour: Colour }", {0}},
                                   {"c.gj", "record Van { car: Car, colour: Colour }", {1}}};
  const Checked c(files);
  INFO(c.report());
  CHECK(c.only(Code::declared_in_unused_file));  // c.gj does not use a.gj
  CHECK(Checked(std::vector<File>{{"a.gj", "enum Colour { red }"}, {"b.gj", "record Colour { x: bool }"}})
            .only(Code::duplicate_name));
  CHECK(Checked("enum Colour / zh 颜色 { red }\nenum 颜色 { 红 }").only(Code::duplicate_name));
}

TEST_CASE("words of the language are not taken as names") {
  CHECK(Checked("enum date { a }").only(Code::built_in_name));
  CHECK(Checked("enum Colour / zh 金额 { a }").only(Code::built_in_name));
  CHECK(Checked("enum kW { a }").only(Code::built_in_name));
  CHECK(Checked("let of: number = 3").only(Code::built_in_name));
  CHECK(Checked("let f(when: number) = 3").only(Code::built_in_name));
  CHECK(Checked("let `of`: number = 3\nlet twice = 2 * `of`").clean());
  CHECK(Checked("record Case { of: date, when: text }").clean());
  CHECK(Checked("enum Colour / fr couleur { a }").only(Code::unknown_language));
}

TEST_CASE("fields: types, units, ranges in canonical units, steps") {
  const Checked c(R"(
unit rack / zh 架 "机架"
unit weight_case / zh 重量箱 = 50 kg
enum Fuel { petrol, electric }
record Car {
  fuel:   Fuel "燃料" ask "燃料种类" / en "fuel" at "行驶证"
  power:  number [kW] from 0.5 kW to 500 kW step 0.1 kW
  price:  money from 0 yuan to 10_000_000 yuan step 0.01 yuan changeable
  built:  date from 1990-01-01 to 2030-12-31
  size:   optional number [L] when fuel is petrol
  speed:  km/h
  poles:  integer from 2 to 8 step 2
  share:  % declared to 0.1%
  cases:  重量箱
  racks:  架
  no:     text key
  home:   region
  parts:  list of text
})");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& fields = c.rulebook().records[0].fields;
  CHECK(fields[0].ask.en == "fuel");
  CHECK(fields[0].at.zh == "行驶证");
  CHECK(fields[1].least == Rational(500));
  CHECK(fields[1].most == Rational(500'000));
  CHECK(fields[1].step == Rational(100));
  CHECK(fields[2].changeable);
  CHECK(fields[2].step == Rational::make(1, 100));
  CHECK(fields[3].first_day == parse_iso_date("1990-01-01"));
  CHECK(fields[4].type.optional);
  REQUIRE(fields[4].when != nullptr);
  CHECK(fields[4].when_self != nullptr);
  CHECK(fields[5].type.unit->factor == Rational::make(5, 18));
  CHECK(fields[6].type.integer);
  CHECK(is_number(fields[7].type.unit));
  CHECK(fields[7].step == Rational::make(1, 1000));
  CHECK(fields[8].type.unit->factor == Rational(50));
  CHECK_FALSE(same_dimension(fields[9].type.unit, fields[8].type.unit));
  CHECK(fields[10].key);
  CHECK(fields[12].type.kind == model::TypeKind::list);
  CHECK(fields[4].owner == &c.rulebook().records[0]);
}

TEST_CASE("a record built on another has its fields, with conditions of its own") {
  const Checked c(R"(
record Vehicle { tested: bool, mass: kg when tested }
record Truck is Vehicle with { axles: integer })");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& truck = c.rulebook().records[1];
  REQUIRE(truck.fields.size() == 3);
  CHECK(truck.fields[1].owner == &truck);
  REQUIRE(truck.fields[1].when_self != nullptr);
  CHECK(truck.fields[1].when_self->type.record == &truck);
  CHECK(truck.fields[1].when->path.fields[0] == &truck.fields[0]);
}

TEST_CASE("faults of records and units") {
  CHECK(Checked("record A { b: B }\nrecord B { a: optional A }").only(Code::record_circle));
  CHECK(Checked("record A { a: list of A }").only(Code::record_circle));
  CHECK(Checked(R"(
use language en
record A { on: date  b: B }
record B { a: A  more: A }
program p "p" {
  authority "x"
  given a: A
  in force by a.on
  version v from 2025-01-01 { cite "x"  amount = 10 yuan }
})")
            .only(Code::record_circle));
  CHECK(Checked("record A is A with { x: bool }").only(Code::record_circle));
  CHECK(Checked("enum E { a }\nrecord A is E with { x: bool }").only(Code::base_no_record));
  CHECK(Checked("record A { x: bool, x: date }").only(Code::written_twice));
  CHECK(Checked("record A { x: kW from 5 kW to 1 kW }").only(Code::range_reversed));
  CHECK(Checked("record A { x: bool from 1 to 2 }").only(Code::range_of_no_number));
  CHECK(Checked("record A { x: number step 0 }").only(Code::step_not_above_zero));
  CHECK(Checked("record A { x: numbr }").only(Code::unknown_type));
  CHECK(Checked("record A { x: date [kW] }").only(Code::unit_of_no_number));
  CHECK(Checked("record A { x: number [kQ] }").only(Code::unknown_unit));
  CHECK(Checked("unit a = 0 kg").only(Code::unit_size));
  CHECK(Checked("let heavy = 5 kg\nrecord A { x: heavy }").only(Code::not_a_type));
  CHECK(Checked("unit a = 2 b\nunit b = 2 a").count(Code::unit_circle) == 1);
  CHECK(Checked("record A { x: text or unknowable }").clean());
}

namespace {

// Records of two of the record before, `times` over, all the way down to `innermost`; the last is asked for.
std::string doubled(std::size_t times, std::string_view innermost, std::string_view each = "") {
  std::string text = "use language en\nrecord R0 { " + std::string(innermost) + " }\n";
  for (std::size_t i = 1; i <= times; ++i) {
    const std::string inner = std::string(each) + "R" + std::to_string(i - 1);
    text += "record R" + std::to_string(i) + " { a: " + inner + ", b: " + inner + " }\n";
  }
  return text + "program p \"p\" { authority \"x\"\n given s: R" + std::to_string(times) +
         ", on: date\n in force by on\n version v from 2025-01-01 { cite \"x\"  amount = 10 yuan } }";
}

}  // namespace

TEST_CASE("records in records come to a number of fields that can be walked through") {
  CHECK(Checked(doubled(12, "x: bool")).clean());  // 4096
  for (const std::size_t times : {std::size_t{13}, std::size_t{25}, std::size_t{80}}) {
    CAPTURE(times);
    CHECK(Checked(doubled(times, "x: bool")).only(Code::record_too_wide));
    CHECK(Checked(doubled(times, "x: bool", "list of ")).only(Code::record_too_wide));
  }
  const Checked empty(doubled(40, ""));
  CHECK(empty.count(Code::nothing_inside) == 1);
  CHECK(empty.count(Code::record_too_wide) == 1);
}

TEST_CASE("what hangs on a faulty declaration is silent") {
  const Checked c(R"(
enum Colour { red, }}
record Car { colour: Colour })");
  CHECK(c.count(Code::unknown_type) == 0);
}
