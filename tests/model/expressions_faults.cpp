// Each mistake in an expression gives its own finding, and only that.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/expressions_support.hpp"

using namespace guiju;
using test::Bad;
using test::Rules;

namespace {

void check_all(const std::vector<Bad>& cases) {
  for (const Bad& one : cases) {
    const Rules rules(one.body);
    INFO(one.body);
    INFO(rules.report());
    CHECK(rules.only(one.code));
  }
}

}  // namespace

TEST_CASE("names") {
  check_all({
      {"let x = item.prise", Code::unknown_name},
      {"let x = itm.price", Code::unknown_name},
      {"let x = qqqqqq", Code::name_not_declared},
      {"let x = item.qqqqqq", Code::no_such_field},
      {"let x = 净额的15", Code::name_not_declared},
      {"let y = item.price\n let x: bool = item.净价的15", Code::words_glued},
      {"let x = item.stage 为 国四及以下", Code::words_glued},
      {"let x = red", Code::member_ambiguous},
      {"let x = Kind.cra", Code::unknown_name},
      {"let x = Kind.qqqqqq", Code::no_such_member},
      {"let x = Kind", Code::name_is_no_value},
      {"let x = item.price.tax", Code::has_no_parts},
      {"let x = it", Code::it_outside},
      {"let a = b + 1\n let b = a + 1", Code::let_in_a_circle},
      {"let f(n: number) = n\n let x = f", Code::function_needs_arguments},
      {"let f(n: number) = n\n let x = f(1, 2)", Code::argument_count},
      {"let x = item.price(3)", Code::cannot_be_called},
      {"let f(n: number): number = f(n)\n let x = f(1)", Code::let_in_a_circle},
      {"let x = min(1)", Code::argument_count},
  });
}

TEST_CASE("types and units") {
  check_all({
      {"let x = item.size + item.mass", Code::units_differ},
      {"let x = item.size > 3 kg", Code::units_differ},
      {"let x = item.price + 3", Code::units_differ},
      {"let x: money = item.size", Code::units_differ},
      {"let x: money = item.sold", Code::other_type_needed},
      {"require r: item.price", Code::condition_needed},
      {"let x = item.sold + 1", Code::number_needed},
      {"let x = item.price before 2024-01-01", Code::date_needed},
      {"let x = if item.sold then 5 yuan otherwise 2024-01-01", Code::branches_differ},
      {"let x = item.kind is 5", Code::never_equal},
      {"let x = item.sold > no", Code::no_order},
      {"let x = item.stage < 国四", Code::scale_compared},
      {"let x = item.stage is 国四 or more", Code::or_more_on_scale},
      {"let x = item.kind is car or better", Code::no_order},
      {"let x = item.until > 2024-01-01", Code::absent_not_handled},
      {"let x = item.paid + 1 yuan", Code::absent_not_handled},
      {"let x: money = old.price", Code::absent_not_handled},
      {"let x = item.price if absent 0 yuan", Code::absence_impossible},
      {"let x = item.price exists", Code::absence_impossible},
      {"let x = item.price at most 5 yuan", Code::test_or_cap},
      {"let x: money = 15% of item.price at most 5 yuan", Code::cap_unclear},
      {"let x: money = item.price + 1 yuan at most 5 yuan", Code::cap_unclear},
      {"let x = item.price * item.price", Code::money_times_money},
      {"let x = item.price / 0", Code::divided_by_zero},
      {"let x = item.size of item.price", Code::rate_has_unit},
      {"let x = 5 yuan per started 3 kW", Code::per_without_of},
      {"let x = 5 yuan per started item.size of item.size", Code::constant_needed},
      {"let x = item.price rounded down to 1 kW", Code::units_differ},
      {"let x = item.price rounded down to 0 yuan", Code::step_not_positive},
      {"let x = item.price rounded down to item.price", Code::constant_needed},
      {"let x = item.price rounded down to 0.01 yuan rounded down to 1 yuan", Code::rounded_twice},
      {"let x = ln(item.share)", Code::rounding_compulsory},
      {"let x = item.share ^ (1/2)", Code::rounding_compulsory},
      {"let x = 10 ^ 100000", Code::number_too_large},
      {"let x = item.share ^ 7", Code::number_too_large},
      {"let x = item.share ^ (item.count)", Code::exponent_not_constant},
      {"let x = ln(item.share) rounded half even to 0.0000000000001", Code::rounding_too_fine},
      {"let x = ln(0) rounded half even to 0.01", Code::ln_of_nothing},
      {"let x = 10000000000000000000000000000000 * 10000000000000000000000000000000", Code::number_too_large},
      {"let x = bands of item.price { 1% up to 5 yuan; 2% up to 3 yuan }", Code::bands_out_of_order},
      {"let x = item + 1 yuan", Code::record_is_no_value},
      {"let x = item.price + claims", Code::list_is_no_value},
      {"let x = item.price is {1 yuan}", Code::set_misplaced},
      {"let x = item.price in item.price", Code::not_a_set},
      {"let x = count of item", Code::list_needed},
      {"let x = sum of claims", Code::term_needed},
      {"let x = item.kind is unclassified", Code::grade_needed},
      {"let x = not found \"未见\"", Code::type_not_said},
      {"let x = choose { 1 otherwise; 2 when item.sold }", Code::otherwise_not_last},
      {"let x = undecided { \"a\": 1; \"a\": 2 }", Code::reading_twice},
      {"let x = undecided { \"a\": 1; \"b\": 2 } adopt \"c\"", Code::no_such_reading},
      {"let x = item.place is 6300", Code::not_a_region},
      {"let x = no limit + 1 yuan", Code::type_not_said},
      {"let x = item.name is \"{item.kind}\"", Code::text_with_hole},
  });
}

TEST_CASE("dates") {
  check_all({
      {"let x = item.on - 2024-01-01", Code::dates_subtracted},
      {"let x = (item.on + 1 month) + 1 month", Code::months_added_in_steps},
      {"let x = 2024-01-01 <= item.on - 1 year", Code::count_forward},
      {"let x = item.on + item.price", Code::duration_needed},
      {"let x = 1.3 months", Code::duration_not_whole},
      {"let x = 12 calendar months", Code::calendar_months_misplaced},
      {"let x = item.on within 2024-02-01 to 2024-01-01", Code::period_backwards},
      {"let x = item.on within 2024-02-01", Code::within_needs_period},
      {"let x = 2199-12-31 + 1 day", Code::day_out_of_range},
      {"let x = days from item.on to 2024-01-01 the day after", Code::edge_misplaced},
      {"let x = item.length > 3 days", Code::never_equal},
      {"let x = this version", Code::this_version_misplaced},
  });
}

TEST_CASE("a span is only compared, and only with a duration") {
  check_all({
      {"let x = (span from item.on to 2024-01-01) + 1 year", Code::span_misplaced},
      {"let x: duration = span from item.on to 2024-01-01", Code::span_misplaced},
      {"let x = if yes then span from item.on to 2024-01-01 otherwise 1 year", Code::span_misplaced},
      {"let x = (span from item.on to 2024-01-01) < 5", Code::span_misplaced},
      {"let x = (span from item.on to 2024-01-01) < span from item.on to 2025-01-01", Code::span_misplaced},
  });
}

TEST_CASE("what can always be said, and entries that nothing tells apart") {
  check_all({
      {"let x = item.tier is unknown", Code::always_said},
      {"let x = count of other claims", Code::other_without_key},
  });
}

TEST_CASE("the help names what to write") {
  const Rules glued("let x = item.stage 为 国四及以下");
  REQUIRE(glued.diagnostics().all().size() == 1);
  CHECK(help(glued.diagnostics().all()[0], Language::en) == "did you mean 国四 及以下? names and keywords stand apart");
  const Rules near("let x = item.prise");
  REQUIRE(near.diagnostics().all().size() == 1);
  CHECK(near.diagnostics().all()[0].arguments == std::vector<std::string>{"prise", "price"});
  const Rules units("let x = item.size + item.mass");
  REQUIRE(units.diagnostics().all().size() == 1);
  CHECK(units.diagnostics().all()[0].arguments == std::vector<std::string>{"kW", "kg", ""});
  const auto advice = [](const char* rule, Language language) {
    const Rules rules(rule);
    return rules.diagnostics().all().size() == 1 ? help(rules.diagnostics().all()[0], language) : rules.report();
  };
  CHECK(advice("let x = item.price > 5", Language::en) == "write 5 yuan");
  CHECK(advice("let x: money = 5", Language::zh) == "请写 5元");
  CHECK(advice("let x: money = item.size", Language::zh) == "请写 以元计的数");
  CHECK(advice("let x = item.size + 3", Language::en) == "write 3 kW");
  CHECK(advice("let x: money = 2024-01-01", Language::en) == "write one, such as 300 yuan");
  const Rules members("let x = red");
  REQUIRE(members.diagnostics().all().size() == 1);
  CHECK(members.diagnostics().all()[0].arguments[1] == "Colour.red, Size.red");
}

TEST_CASE("depth and size are bounded") {
  std::string chain = "let x0 = 1\n";
  for (int i = 1; i < 300; ++i) chain = "let x" + std::to_string(i) + " = x" + std::to_string(i - 1) + " + 1\n" + chain;
  CHECK(Rules(chain).count(Code::nested_too_deep) > 0);
  std::string doubling = "let f0(n: number): number = n\n";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "f" + std::to_string(i - 1);
    doubling += "let f" + std::to_string(i) + "(n: number): number = " + last + "(n) + " + last + "(n)\n";
  }
  CHECK(Rules(doubling + "let x = f39(1)").count(Code::expressions_too_many) > 0);
}
