// Numbers, percentages, quantities and dates.
#include <doctest/doctest.h>

#include "syntax/lexer_support.hpp"

namespace guiju::syntax::testing {
namespace {

struct Case {
  std::string_view source, tokens;
};

TEST_CASE("numbers") {
  for (const Case& c : {
           Case{"0 5 1.50 0.01 1_000_000", "0 5 1.5 0.01 1000000"},
           Case{"4500..7100", "4500 .. 7100"},
           Case{"1.5..2.5", "1.5 .. 2.5"},
           Case{"-5 +5", "- 5 + 5"},
           Case{"6500/24*0.75", "6500 / 24 * 0.75"},
           Case{"2万 3亿 1万亿 0.5万", "20000 300000000 1000000000000 5000"},
           Case{"\uFF11\uFF12\uFF0E\uFF15", "12.5"},
           Case{"630000 630102001000", "630000 630102001000"},
           Case{"99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
           Case{"5以上 5及以下 2万以内", "5 <or more> 5 <or less> 20000 <or less>"},
           Case{"3为", "3 <is>"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("a number of digits alone may be a region code") {
  Lexed lexed;
  lex_into(lexed, "630000 1_000 6.5 6万 \uFF16");
  std::vector<bool> found;
  for (const Token& t : lexed.stream.tokens) {
    if (t.kind == TokenKind::number) found.push_back(lexed.stream.literal(t).all_digits);
  }
  CHECK(found == std::vector<bool>{true, false, false, false, false});
  CHECK(lexed.stream.literal(lexed.stream.tokens[0]).digits == "630000");
}

TEST_CASE("percentages") {
  for (const Case& c : {
           Case{"15% 15 % 15\uFF05 5\u2030 0.25%", "0.15%of1 0.15%of1 0.15%of1 0.005%of1 0.0025%of1"},
           Case{"15%以上", "0.15%of1 <or more>"},
           Case{"[0%..30%]", "[ 0%of1 .. 0.3%of1 ]"},
           Case{"15\n%", "15 %"},
           Case{"efficiency: % from", "efficiency@ : % <from>"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("quantities with a glued unit") {
  for (const Case& c : {
           Case{"8年 2.0升 3个月 12个自然月 1分", "[8 年] [2 升] [3 个月] [12 个自然月] [1 分]"},
           Case{"2万元 500万元 60万公里 1.2亿元", "[20000 元] [5000000 元] [600000 公里] [120000000 元]"},
           Case{"8年以上 2.0升及以下 30天以内 2万元以下",
                "[8 年] <or more> [2 升] <or less> [30 天] <or less> [20000 元] <or less>"},
           Case{"5kW 5m2 5重量箱", "[5 kW] [5 m2] [5 重量箱]"},
           Case{"58千瓦以上 3千克以下 87.2千瓦时 以上",
                "[58 千瓦] <or more> [3 千克] <or less> [87.2 千瓦时] <or more>"},
           Case{"500元/吨 0.5kWh/24h 500元/吨以上", "[500 元/吨] [0.5 kWh/24h] [500 元/吨] <or more>"},
           Case{"50万公里?", "[500000 公里] ?"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("quantities with a spaced unit") {
  for (const Case& c : {
           Case{"20000 yuan", "[20000 yuan]"},
           Case{"8 kgce/t", "[8 kgce/t]"},
           Case{"0.5 kWh/24h", "[0.5 kWh/24h]"},
           Case{"5 kW/(m3/min)", "[5 kW/(m3/min)]"},
           Case{"500 yuan/GT", "[500 yuan/GT]"},
           Case{"8 kgce/weight_case", "[8 kgce/weight_case]"},
           Case{"7.5 kgoe/t/energy_factor", "[7.5 kgoe/t/energy_factor]"},
           Case{"20 years..30 years", "[20 years] .. [30 years]"},
           Case{"[1 year..2 years)", "[ [1 year] .. [2 years] )"},
           Case{"12 calendar months before", "[12 calendar months] <before>"},
           Case{"1 calendar month", "[1 calendar months]"},
           Case{"5 racks", "[5 racks]"},
           Case{"5 min of", "[5 min] <of>"},  // a unit of the table goes before the phrase `min of`
           Case{"5 days from", "[5 days] <from>"},
           Case{"3 counting claims", "3 <counting> claims"},
           Case{"5 rounded down to 1", "5 <rounded down to> 1"},
           Case{"3 when x", "3 <when> x"},
           Case{"2 to 8 drive: Drive", "2 <to> 8 drive@ : Drive"},
           Case{"2 to 8 t: Drive", "2 <to> 8 t@ : Drive"},
           Case{"2 to 8  drive / zh 动力: Drive", "2 <to> 8 drive / zh 动力@ : Drive"},
           // … unless it is glued to the unit, and no language follows it
           Case{"0.1 kgce/t d: date", "[0.1 kgce/t] d@ : date"},
           Case{"0.1 kgce/t 日: 日期", "[0.1 kgce/t] 日@ : 日期"},
           Case{"8 drive/zh 动力: Drive", "8 drive / zh 动力@ : Drive"},
           // a unit of the writer's own may contain what elsewhere is a keyword
           Case{"5吨当量 + 3人次", "[5 吨当量] + [3 人次]"},
           Case{"8 racks / hours_of(x)", "[8 racks] / hours_of ( x )"},
           Case{"5\nyuan", "5 yuan"},
           Case{"5 /* note */ yuan", "5 yuan"},
           Case{"8 年以上", "[8 年] <or more>"},
           Case{"2 万元", "[20000 元]"},
           Case{"5 升 及以下", "[5 升] <or less>"},
           Case{"5 kW or worse", "[5 kW] <or worse>"},
           Case{"500 yuan / n", "[500 yuan] / n"},
           Case{"1000 yuan/n.size", "[1000 yuan] / n . size"},
           Case{"1000 yuan/f(x)", "[1000 yuan] / f ( x )"},
           Case{"1000 yuan/(a + b)", "[1000 yuan] / ( a + b )"},
           Case{"8 km // to go", "[8 km]"},
           Case{"8 km//h", "[8 km]"},
           Case{"8 km/2", "[8 km] / 2"},
           Case{"1 kg*m2/s", "[1 kg*m2/s]"},
           Case{"500 元\uFF0F吨", "[500 元/吨]"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

TEST_CASE("the token of a quantity ends with its unit, and the boundary word begins there") {
  Lexed lexed;
  lex_into(lexed, "2.0升及以下");
  REQUIRE(lexed.stream.tokens.size() == 3);
  CHECK(lexed.stream.text(lexed.stream.tokens[0]) == "2.0升");
  CHECK(lexed.stream.text(lexed.stream.tokens[1]) == "及以下");
  CHECK(lexed.stream.tokens[1].glued);
}

TEST_CASE("dates") {
  for (const Case& c : {
           Case{"2024-08-25", "2024-08-25"},
           Case{"2024年8月25日 2024年08月25日", "2024-08-25 2024-08-25"},
           Case{"1900-01-01 2199-12-31 2024-02-29", "1900-01-01 2199-12-31 2024-02-29"},
           Case{"\uFF12\uFF10\uFF12\uFF14-08-25", "2024-08-25"},
           Case{"2024-09-09?", "2024-09-09 ?"},
           Case{"2024-07-25, 2024-07-26", "2024-07-25 , 2024-07-26"},
           Case{"2024 - 8 - 5", "2024 - 8 - 5"},
           Case{"6000-12-5", "6000 - 12 - 5"},  // no year of a date: a subtraction
           Case{"6500/24/2", "6500 / 24 / 2"},
           Case{"2024年", "[2024 年]"},
       }) {
    CAPTURE(c.source);
    CHECK(tokens_of(c.source) == c.tokens);
  }
}

}  // namespace
}  // namespace guiju::syntax::testing
