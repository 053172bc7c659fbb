// `amends`, `...`, `drop`, `otherwise ...`, `rest unverified`, amended grids.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/support.hpp"

using namespace guiju;
using test::Checked;

namespace {

std::string rules(const std::string& first, const std::string& amends, const std::string& second) {
  return R"(
enum Kind { individual, company }
enum Goods { fridge, washer, phone, tablet }
record Purchase { date: date, price: money, kind: Kind, goods: Goods, note: optional text }
program p {
  given purchase: Purchase
  in force by purchase.date
  version a from 2024-01-01 to 2024-12-31 {
    cite "甲"
)" + first +
         R"(
  }
  version b from 2025-01-01 amends )" +
         amends + " {\n    cite \"乙\"\n" + second + "\n  }\n}\n";
}
Checked check(const std::string& first, const std::string& second) {
  return Checked(rules(first, "a", second));
}
const model::Version& second(const Checked& c) {
  return c.rulebook().programs[0].versions[1];
}

std::vector<std::string> names(const model::Version& v) {
  std::vector<std::string> result;
  for (const auto& r : v.requirements) result.push_back(r.name.primary);
  return result;
}
std::string text(const model::Template& t) {
  return t.zh.empty() ? std::string() : t.zh[0].text;
}

}  // namespace

TEST_CASE("whatever replaces a statement keeps its names, whichever of them it writes") {
  const auto c = check(
      "let rate / zh 比例 = 10%\n require x / zh 甲: yes\n quota pool / zh 名额池\n"
      "amount { base / zh 基础: 比例 of purchase.price, rounded down to 1 yuan; more / zh 加补: 2 yuan } at most 9 "
      "yuan "
      "reducing 加补 first\n ensure kept / zh 不超: 基础 + more <= 9 yuan",
      "let 比例 = 20%\n require 甲: no\n quota 名额池\n amount { ... 加补: 3 yuan } at most 9 yuan reducing more "
      "first\n"
      "ensure 不超: base <= rate of 100 yuan");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& v = second(c);
  CHECK(names(v) == std::vector<std::string>{"x"});
  CHECK_FALSE(v.requirements[0].condition->truth);
  REQUIRE(v.quotas.size() == 1);
  CHECK(v.quotas[0].name.primary == "pool");
  REQUIRE(v.ensures.size() == 1);
  CHECK(v.ensures[0].name.primary == "kept");
  REQUIRE(v.amount->parts.size() == 2);
  CHECK(v.amount->parts[1].name.primary == "more");
  REQUIRE(v.amount->adjustments.size() == 1);
  CHECK(v.amount->adjustments[0].reducing == std::vector<std::string>{"more"});
  REQUIRE(v.lets.size() == 1);
  CHECK(v.lets[0].name.primary == "rate");

  CHECK(check("require x / zh 甲: yes", "drop require 甲").clean());
  // A version further on knows the names of the first, whatever the one between them has written.
  const auto third = [](const std::string& line) {
    return check("require x / zh 甲: yes\n amount = 5 yuan",
                 "require x: no\n }\n version c from 2026-01-01 amends b supersedes b { cite \"丙\"\n" + line);
  };
  CHECK(third("drop require 甲").clean());
  const auto again = third("require 甲: yes");
  INFO(again.report());
  REQUIRE(again.clean());
  CHECK(names(again.rulebook().programs[0].versions[2]) == std::vector<std::string>{"x"});
  CHECK(check("require x / zh 甲: yes\n require 甲: no", "").only(Code::written_twice));
  CHECK(check("require x / fr 甲: yes", "").only(Code::unknown_language));
}

TEST_CASE("statements of the same key are replaced in place, new ones follow, dropped ones go") {
  const auto c =
      check("require x: yes otherwise \"旧\"\n require y: yes\n require z: yes\n amount = 5 yuan\n payout bank",
            "require w: yes\n require x: no\n drop require y\n drop payout");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& v = second(c);
  CHECK(names(v) == std::vector<std::string>{"x", "z", "w"});
  CHECK(v.requirements[0].reason.zh.empty());
  CHECK_FALSE(v.requirements[0].condition->truth);
  CHECK(v.amount.has_value());
  CHECK_FALSE(v.payout.has_value());
  CHECK(names(c.rulebook().programs[0].versions[0]) == std::vector<std::string>{"x", "y", "z"});
  CHECK(v.citations.size() == 1);
}

TEST_CASE("names resolve in the amending version") {
  const auto c = check("let rate = 15%\n amount = rate of purchase.price, rounded down to 0.01 yuan", "let rate = 20%");
  INFO(c.report());
  REQUIRE(c.clean());
  REQUIRE(second(c).lets.size() == 1);
  CHECK(second(c).lets[0].value->value == Rational::make(1, 5));
}

TEST_CASE("otherwise ... keeps text and citations") {
  const auto c = check("require x: yes otherwise \"旧文\" cite \"甲一\"", "require x: no otherwise ... cite \"乙一\"");
  INFO(c.report());
  REQUIRE(c.clean());
  CHECK(text(second(c).requirements[0].reason) == "旧文");
  CHECK(second(c).requirements[0].citations.size() == 2);
  CHECK(check("", "require x: no otherwise ...").only(Code::no_text_to_keep));
}

TEST_CASE("... stands for the items of the one set") {
  const auto c =
      check("require x: purchase.goods in {fridge, washer}", "require x: purchase.goods in {..., phone, washer}");
  INFO(c.report());
  REQUIRE(c.clean());
  CHECK(second(c).requirements[0].condition->mask == 0b111U);
  CHECK(check("require x: purchase.goods is fridge", "require x: purchase.goods in {..., phone}")
            .only(Code::nothing_to_repeat));
  CHECK(check("", "require x: purchase.goods in {..., phone}").only(Code::nothing_to_repeat));
  CHECK(check("require x: purchase.goods in {fridge} or purchase.goods in {washer}",
              "require x: purchase.goods in {..., phone}")
            .only(Code::several_to_repeat));
}

TEST_CASE("... in documents and parts: items written again replace") {
  const auto c = check("amount { base: 1 yuan, bonus: 2 yuan }\n documents { id \"证\", invoice }",
                       "amount { ..., extra: 3 yuan, base: 4 yuan }\n documents { label, ..., id \"新证\" }");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& v = second(c);
  REQUIRE(v.amount->parts.size() == 3);
  CHECK(v.amount->parts[0].name.primary == "base");
  CHECK(v.amount->parts[0].value->value == Rational(4));
  CHECK(v.amount->parts[2].name.primary == "extra");
  REQUIRE(v.documents.size() == 3);
  CHECK(v.documents[0].name == "label");
  CHECK(v.documents[1].label.zh == "新证");
  CHECK(check("amount = 1 yuan", "amount { ..., extra: 2 yuan }").only(Code::nothing_to_repeat));
}

TEST_CASE("amended grids: rows with the same keys replace, others are new, dropped ones go") {
  const std::string old = R"(
    table rate {
      given goods: Goods
      gives sum: money
      | goods  || sum    |
      | fridge || 1 yuan |
      | washer || 2 yuan |
      | phone  || 3 yuan |
      otherwise not entitled "无"
    }
    amount = rate(purchase.goods))";
  const auto c = check(old, R"(
    table rate {
      | goods  || sum    |
      | ...    |
      | washer || 9 yuan |
      | tablet || 4 yuan |
      | drop phone |
    })");
  INFO(c.report());
  REQUIRE(c.clean());
  REQUIRE(second(c).tables.size() == 1);
  const auto& table = *second(c).tables[0];
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[1].results[0].expr->value == Rational(9));
  CHECK(table.rows[2].results[0].expr->value == Rational(4));
  CHECK(table.otherwise == model::Table::refuse);
  CHECK(c.rulebook().programs[0].versions[0].tables[0]->rows.size() == 3);
  CHECK(check(old, "table rate {\n | goods || sum |\n | ... |\n | drop tablet |\n }").only(Code::no_row_to_drop));
  CHECK(check("", "table t {\n | purchase.goods || sum |\n | fridge || 1 yuan |\n | drop tablet |\n }")
            .only(Code::drop_without_rest));
  CHECK(check(old, "table rate {\n | goods || sum [yuan] |\n | ... |\n }").only(Code::header_differs));
}

TEST_CASE("rest unverified") {
  const Checked c(rules("require x: yes\n require y: yes cite \"甲一\" verified 2024-01-01\n require z: yes",
                        "a, rest unverified", "require z: no"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& v = second(c);
  REQUIRE(v.requirements[0].citations.size() == 1);
  CHECK(v.requirements[0].citations[0].check == model::Citation::unverified);
  CHECK(text(v.requirements[0].citations[0].title) == "甲");
  CHECK(v.requirements[1].citations[0].check == model::Citation::unverified);
  CHECK(v.requirements[1].citations[0].note.en ==
        "taken over from an earlier version; that it still holds was not checked");
  CHECK(v.requirements[2].citations.empty());
}

TEST_CASE("what is kept unverified stands on the first paper of the version that wrote it") {
  const Checked c(rules("cite \"规划\" verified 2024-01-01\n require x: yes", "a, rest unverified", ""));
  REQUIRE(c.clean());
  REQUIRE(second(c).requirements[0].citations.size() == 1);
  CHECK(text(second(c).requirements[0].citations[0].title) == "甲");
}

TEST_CASE("chains and circles") {
  const std::string head = "record P { d: date }\nprogram p { given x: P\n in force by x.d\n";
  const Checked c(head + R"(
  version c from 2026-01-01 amends b { cite "丙" require r: no }
  version a from 2024-01-01 to 2024-12-31 { cite "甲" require r: yes require s: yes }
  version b from 2025-01-01 to 2025-12-31 amends a { cite "乙" drop require s } })");
  INFO(c.report());
  REQUIRE(c.clean());
  CHECK(names(c.rulebook().programs[0].versions[0]) == std::vector<std::string>{"r"});
  CHECK(Checked(head + "version a from 2024-01-01 to 2024-12-31 amends b { cite \"甲\" }\n version b from 2025-01-01 "
                       "amends a { cite \"乙\" } }")
            .only(Code::amends_circle));
  CHECK(Checked(head + "version a from 2024-01-01 amends a { cite \"甲\" } }").only(Code::amends_circle));
  CHECK(Checked(head + "version a from 2024-01-01 amends z { cite \"甲\" } }").only(Code::unknown_version));
}

TEST_CASE("dropping what is not there names the nearest") {
  const auto c = check("require consumer: yes", "drop require consumr");
  REQUIRE(c.only(Code::nothing_to_drop));
  CHECK(help(c.diagnostics().all()[0], Language::en) == "did you mean consumer?");
  CHECK(check("", "drop amount").only(Code::nothing_to_drop));
}
