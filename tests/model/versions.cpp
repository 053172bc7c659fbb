// Programmes and dated versions: periods, statements, amounts, and what is refused.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/support.hpp"

using namespace guiju;
using test::Checked;

namespace {

const std::string kVocabulary = R"(
enum Kind { individual, company }
record Purchase { date: date, price: money from 0 yuan to 1000000 yuan step 0.01 yuan, kind: Kind, old: optional date }
)";

std::string program(const std::string& versions) {
  return kVocabulary + "program p \"项目\" {\n given purchase: Purchase\n in force by purchase.date\n" + versions +
         "}\n";
}
std::string version(const std::string& name, const std::string& head, const std::string& body) {
  return " version " + name + " " + head + " {\n cite \"文\" \"条\"\n" + body + "}\n";
}
std::string only(const std::string& body) {
  return program(version("v", "from 2024-01-01 to 2024-12-31", body));
}

}  // namespace

TEST_CASE("a version with everything") {
  const Checked c(only(R"(
  let net = purchase.price - 1 yuan
  require consumer: purchase.kind is individual otherwise "须为个人" / en "individuals only" cite "文" unverified "未见原文"
  quota funds "用完即止"
  amount {
    base: 15% of net "基础"
    bonus: 5% of net when purchase.kind is individual, at most 100 yuan
  } at most 2000 yuan reducing bonus first, rounded down to 0.01 yuan unverified "未写明"
  payout at_sale "立减" cite "文"
  documents { id_card "身份证明", label "标识" when purchase.kind is individual }
  ensure bounded: amount <= 2000 yuan
  ensure base <= amount when purchase.kind is individual
)"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& v = c.rulebook().programs[0].versions[0];
  CHECK(v.from.day == parse_iso_date("2024-01-01"));
  CHECK(v.lets.size() == 1);
  REQUIRE(v.requirements.size() == 1);
  CHECK(v.requirements[0].reason.zh.size() == 1);
  CHECK(v.requirements[0].citations[0].check == model::Citation::unverified);
  CHECK(v.requirements[0].citations[0].note.zh == "未见原文");
  REQUIRE(v.amount);
  CHECK(v.amount->parts.size() == 2);
  CHECK(v.amount->parts[1].when != nullptr);
  CHECK(v.amount->parts[1].adjustments.size() == 1);
  REQUIRE(v.amount->adjustments.size() == 2);
  CHECK(v.amount->adjustments[0].reducing == std::vector<std::string>{"bonus"});
  CHECK(v.amount->adjustments[1].unit == Rational::make(1, 100));
  CHECK(v.amount->adjustments[1].doubt.doubtful);
  CHECK(v.amount->adjustments[1].doubt.note.zh == "未写明");
  CHECK(v.payout->name == "at_sale");
  CHECK(v.documents[1].when != nullptr);
  REQUIRE(v.ensures.size() == 2);
  CHECK(v.ensures[1].name.primary == "ensure 2");
  CHECK(v.amount_lets.size() == 3);
  CHECK(v.quotas[0].label.zh == "用完即止");
}

TEST_CASE("a single amount is one part, its adjustments those of the whole") {
  const Checked c(only("amount = 15% of purchase.price, at most 500 yuan, rounded down to 0.01 yuan"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& amount = *c.rulebook().programs[0].versions[0].amount;
  CHECK(amount.single);
  CHECK(amount.parts.size() == 1);
  CHECK(amount.adjustments.size() == 2);
}

TEST_CASE("the order of statements does not matter to lets") {
  const Checked c(only("require r: a > 2 yuan\n let a = b + 1 yuan\n let b = purchase.price"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& lets = c.rulebook().programs[0].versions[0].lets;
  REQUIRE(lets.size() == 2);
  CHECK(lets[0].name.primary == "b");
}

TEST_CASE("a requirement narrows what follows it") {
  CHECK(Checked(only("require has_old: purchase.old exists\n require aged: purchase.old before 2020-01-01")).clean());
  CHECK_FALSE(Checked(only("require aged: purchase.old before 2020-01-01")).clean());
}

TEST_CASE("periods") {
  const auto two = [](const std::string& a, const std::string& b) {
    return Checked(program(version("a", a, "") + version("b", b, "")));
  };
  CHECK(two("from 2024-01-01 to 2024-12-31", "from 2025-01-01").clean());
  CHECK(two("from 2024-01-01 to 2024-12-31", "from 2024-12-31").only(Code::versions_overlap));
  CHECK(two("from 2024-01-01", "from 2025-01-01").only(Code::versions_overlap));
  CHECK(two("from 2024-01-01", "from 2025-01-01 supersedes a").clean());
  CHECK(two("from 2024-01-01", "from 2025-01-01 supersedes c").count(Code::unknown_version) == 1);
  CHECK(two("from 2024-01-01 supersedes b", "from 2024-01-01 supersedes a").only(Code::supersedes_circle));
  CHECK(two("from 2024-12-31 to 2024-01-01", "from 2025-01-01").only(Code::period_reversed));
  const auto gap = two("from 2024-01-01 to 2024-11-30", "from 2025-01-01");
  CHECK(gap.clean());
  REQUIRE(gap.count(Code::days_uncovered) == 1);
  CHECK(gap.diagnostics().all()[0].arguments == std::vector<std::string>{"2024-12-01", "2024-12-31"});
  CHECK(
      two("from 2024-01-01 to 2024-12-31", "from 2024-06-01 to 2024-06-30 supersedes a").count(Code::days_uncovered) ==
      0);
  CHECK(Checked(program(version("a", "from 2024-01-01? to 2024-12-31 unverified \"为何\"", "")))
            .rulebook()
            .programs[0]
            .versions[0]
            .to.doubt.note.zh == "为何");
  const std::string open = "undecided { \"甲\": 2024-01-01; \"乙\": 2024-01-05 }";
  CHECK(Checked(program(version("a", "from " + open, ""))).clean());
  // Each reading by itself: in one of them the two overlap, in one the days between are not covered.
  CHECK(two("from 2023-01-01 to 2024-01-03", "from " + open).only(Code::versions_overlap));
  CHECK(two("from 2023-01-01 to 2023-12-31", "from " + open).count(Code::days_uncovered) == 1);
  CHECK(two("from 2023-01-01 to 2023-12-31", "from " + open + " adopt \"甲\"").clean());
  CHECK(Checked(program(version("a", "from " + open + " to 2024-01-03", ""))).only(Code::period_reversed));
  CHECK(Checked(program(version("a", "from undecided \"不详\"", ""))).only(Code::open_day_without_days));
  CHECK(Checked(program(version("a", "from 2024-01-01", "") + version("a", "from 2023-01-01 to 2023-12-31", "")))
            .only(Code::written_twice));
}

TEST_CASE("a version without days has those of the version that it amends") {
  const Checked c(program(version("a", "from 2024-01-01 unverified \"为何\" to 2024-12-31 secondhand", "") +
                          version("b", "amends a supersedes a published 2024-06-01", "") +
                          version("c", "amends b supersedes a, b published 2024-07-01", "")) +
                  "program q implements p in 630000 {\n" + version("local", "amends p.b", "") + "}\n");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto days = [&](std::size_t program, std::size_t index) {
    const model::Version& v = c.rulebook().programs[program].versions[index];
    CHECK(v.from.day == parse_iso_date("2024-01-01"));
    CHECK(v.to.day == parse_iso_date("2024-12-31"));
    CHECK(v.from.doubt.note.zh == "为何");
    CHECK_FALSE(v.from.doubt.secondhand);
    CHECK(v.to.doubt.secondhand);
  };
  days(0, 1);
  days(0, 2);
  days(1, 0);
  CHECK(Checked(program(version("a", "", ""))).only(Code::version_without_days));
  CHECK(Checked(program(version("a", "from 2024-01-01", "") + version("b", "amends a", "")))
            .only(Code::versions_overlap));
  // A day that is left open is one question of each programme.
  const Checked open(program(version("a", "from undecided \"不详\" { \"甲\": 2024-01-01; \"乙\": 2024-01-05 }", "")) +
                     "program q implements p in 630000 {\n" + version("local", "amends p.a", "") + "}\n");
  REQUIRE(open.clean());
  const auto& programs = open.rulebook().programs;
  REQUIRE(programs[1].versions[0].from.undecided != nullptr);
  CHECK(programs[0].versions[0].from.undecided->choice != programs[1].versions[0].from.undecided->choice);
}

TEST_CASE("shares that several amounts name") {
  const std::string split =
      "let split = shared 3 : 1 between a \"甲\", b remainder to b secondhand cite \"分担办法\"\n";
  const Checked c(only(split + " amount = 5 yuan, shared split"));
  INFO(c.report());
  REQUIRE(c.clean());
  const model::Amount& amount = *c.rulebook().programs[0].versions[0].amount;
  REQUIRE(amount.shares);
  CHECK(amount.shares->shares[0].weight == Rational(3));
  CHECK(amount.shares->shares[0].label.zh == "甲");
  CHECK(amount.shares->remainder == 1);
  CHECK(amount.shares->doubt.secondhand);
  CHECK(amount.citations.size() == 1);
  CHECK(Checked(split + only("amount = 5 yuan, shared split")).clean());
  CHECK(Checked(split + only("amount { a: 5 yuan, c: 1 yuan }, shared split")).only(Code::written_twice));
  CHECK(Checked(only("amount = 5 yuan, shared split")).only(Code::unknown_name));
  CHECK(Checked(only("let rate = 5%\n amount = 5 yuan, shared rate")).only(Code::no_split));
  CHECK(Checked(split + only("amount = split")).only(Code::name_is_no_value));
  CHECK(Checked("let split = shared 3 : 1 between a remainder to a\n").only(Code::shares_do_not_match));
  CHECK(Checked("let split = shared 3 between a remainder to c\n").only(Code::unknown_bearer));
}

TEST_CASE("faults of programmes") {
  CHECK(Checked(kVocabulary + "program p { given purchase: Purchase\n version v from 2024-01-01 { cite \"文\" } }")
            .only(Code::no_in_force));
  CHECK(Checked(program("")).only(Code::nothing_inside));
  CHECK(Checked(program(" version v from 2024-01-01 { }")).count(Code::without_citation) == 1);
  CHECK(Checked(only("require a: yes\n require a: no")).only(Code::written_twice));
  CHECK(Checked(only("require a: yes\n quota a \"名额\"")).only(Code::written_twice));
  CHECK(Checked(only("let purchase = 1 yuan")).only(Code::hidden_name));
  CHECK(Checked(only("let Kind2 = 1 yuan\n let Kind2 = 2 yuan")).count(Code::written_twice) == 1);
  CHECK(Checked(only("payout a\n payout b")).only(Code::written_twice));
  CHECK(Checked(only("documents { a, a }")).only(Code::written_twice));
  CHECK(Checked(
            kVocabulary +
            "program q { given x: Purchase, x: Kind\n in force by x.date\n version v from 2024-01-01 { cite \"文\" } }")
            .only(Code::duplicate_name));
}

TEST_CASE("faults of amounts") {
  CHECK(Checked(only("amount { a: 1 yuan, b: 2 yuan } at most 2 yuan")).only(Code::cap_says_not_who));
  CHECK(Checked(only("amount { a: 1 yuan, b: 2 yuan } at most 2 yuan in proportion")).clean());
  CHECK(Checked(only("amount { a: 1 yuan } at most 2 yuan")).clean());
  CHECK(Checked(only("amount { a: 1 yuan, b: 2 yuan } at most 2 yuan reducing c first")).only(Code::unknown_part));
  CHECK(Checked(only("amount { a: 1 yuan, a: 2 yuan }")).only(Code::written_twice));
  CHECK(Checked(only("amount = purchase.price, rounded down to 0 yuan")).only(Code::rounding_unit));
  CHECK(Checked(only("amount = purchase.price, rounded down to 1 yuan, at most 2.5 yuan")).only(Code::cap_no_multiple));
  CHECK(Checked(only("amount = purchase.price, at most 2.5 yuan, rounded down to 1 yuan")).clean());
  CHECK_FALSE(Checked(only("amount = 5 kg")).clean());
}

TEST_CASE("limits count or sum entries of a history") {
  const auto limit = [](const std::string& body) {
    return Checked(R"(
record Claim { on: date, sum: money }
program p {
  given claims: history of Claim, day: date
  in force by day
  version v from 2024-01-01 { cite "文" )" +
                   body + " amount = 5 yuan } }");
  };
  const auto c = limit(R"(limit one: 1 counting claims where claim.on within this version otherwise "已满"
                          limit much: 100 yuan summing claim.sum for claim in claims paying the rest)");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& r = c.rulebook().programs[0].versions[0].requirements;
  CHECK(r[0].kind == model::RequirementKind::limit_count);
  CHECK(r[0].counted->kind == model::ExprKind::count_of);
  CHECK(r[1].kind == model::RequirementKind::limit_sum);
  CHECK(r[1].paying_the_rest);
  CHECK(r[1].counted->kind == model::ExprKind::sum_of);
  CHECK(limit("limit one: 1 counting claims paying the rest").only(Code::paying_the_rest_of_count));
  CHECK_FALSE(limit("limit one: 5 yuan counting claims").clean());
  CHECK(limit("limit one: 1 counting other claims").only(Code::other_without_key));
}

TEST_CASE("real rule files") {
  const std::string folder = std::string(GUIJU_TEST_DIR) + "/syntax/samples/consumer/";
  for (const char* name : {"appliances.gj", "digital.gj"}) {
    const Checked c(std::vector<test::File>{{"vocabulary.gj", test::read_file(folder + "vocabulary.gj")},
                                            {name, test::read_file(folder + name), {0}}});
    INFO(c.report());
    CHECK(c.diagnostics().all().empty());
    CHECK(c.rulebook().programs.size() == 1);
    CHECK(c.rulebook().tests.size() >= 4);
  }
}

TEST_CASE("citations") {
  const Checked c(
      program(" version v from 2024-01-01 { cite \"文\" \"一\" \"二\" verified 2026-11-22 until 2027-03-31 }"));
  REQUIRE(c.clean());
  const auto& cite = c.rulebook().programs[0].versions[0].citations[0];
  CHECK(cite.articles.size() == 2);
  CHECK(cite.verified_until == parse_iso_date("2027-03-31"));
  CHECK(Checked(program(" version v from 2024-01-01 { cite \"文\" verified 2026-11-22 until 2026-11-21 }"))
            .only(Code::check_ends_before));
  CHECK(Checked(program(" version v from 2024-01-01 { cite \"文 {purchase.price}\" }")).only(Code::text_with_hole));
}

TEST_CASE("parts take the place of an amount; what each asks is kept with it") {
  const Checked c(
      only("conditions c { require a: yes  require b: yes } "
           "part p { meets c require d: yes pay 5 yuan } part q { pay ceiling 1 yuan }"));
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& amount = c.rulebook().programs[0].versions[0].amount;
  REQUIRE(amount.has_value());
  CHECK(amount->by_parts);
  CHECK(amount->kind == AmountKind::ceiling);
  REQUIRE(amount->parts.size() == 2);
  REQUIRE(amount->parts[0].requirements.size() == 3);
  CHECK(amount->parts[0].requirements[0].name.primary == "a");
  CHECK(amount->parts[0].requirements[2].name.primary == "d");
  CHECK(amount->parts[0].kind == AmountKind::payment);
  CHECK(amount->parts[1].when == nullptr);
  CHECK(c.rulebook().programs[0].versions[0].requirements.empty());
}

TEST_CASE("parts and their conditions: what is said of mistakes") {
  CHECK(Checked(only("part p { meets c pay 5 yuan }")).only(Code::unknown_conditions));
  CHECK(Checked(only("conditions c { require a: yes } part p { meets c require a: yes pay 5 yuan }"))
            .only(Code::written_twice));
  CHECK(Checked(only("part p { pay 5 yuan } amount { ..., q: 5 yuan }")).only(Code::amount_beside_parts));
  CHECK(Checked(only("part p { pay 5 yuan } amount = 5 yuan")).only(Code::amount_beside_parts));
  CHECK(Checked(only("part p { pay 5 yuan } part q { pay 5 yuan } amount { ... }, at most 7 yuan"))
            .only(Code::cap_says_not_who));
  CHECK(Checked(only("amount exact = 5 yuan")).only(Code::exact_of_nothing));
}
