// `test` blocks: facts, chains of `as in`, changes, expectations.
#include <doctest/doctest.h>

#include "diagnostics/codes.hpp"
#include "model/support.hpp"

using namespace guiju;
using model::Expectation;
using model::TestFact;
using test::Checked;

namespace {

const std::string kRules = R"(
scale Tier from best { level1, level2, floor fails }
enum Kind { individual / zh 个人, company }
record Buyer { kind: Kind, id: text, since: optional date }
record Claim { kind: Kind, on: date }
record Case { date: date, price: money, buyer: Buyer, note: text when date after 2024-06-01 }
program p {
  given c: Case
  given claims: history of Claim
  in force by c.date
  version y2024 from 2024-01-01 {
    cite "文"
    require consumer: c.buyer.kind is individual
    quota pool "名额"
    amount { base: 10 yuan, bonus: 5 yuan }
    payout cash
    documents { invoice "发票" }
  }
}
standard s {
  given x: Case
  edition e { cite "GB"
    grade on Tier {
      | level  | x.price at least |
      | level1 | 5 yuan |
      | level2 | 4 yuan |
    }
    comply grade is level1
    check fine: x.price > 1 yuan
  }
}
)";
Checked check(const std::string& tests) {
  return Checked(kRules + tests);
}
const model::Test& first(const Checked& c, std::size_t i = 0) {
  return c.rulebook().tests.at(i);
}

}  // namespace

TEST_CASE("what has no keyword has a word in either language all the same") {
  const auto c = check(R"(
test "all" of p {
  given c { date: 2020-03-01 }
  expect not_in_force, 最近版本 y2024
  but c.date 2024-03-01
  expect 标明 unverified
})");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& t = first(c);
  REQUIRE(t.steps.size() == 2);
  CHECK(t.steps[0].expectations[1].kind == model::Expectation::nearest);
  CHECK(t.steps[1].expectations[0].kind == model::Expectation::warning);
}

TEST_CASE("facts, steps and expectations") {
  const auto c = check(R"(
test "all" of p {
  given c { date: 2024-03-01, price: 12.50 yuan, buyer: { kind: individual, since: absent } }
  given claims complete [ { kind: company, on: 2024-01-01 } ]
  expect version y2024, eligible, amount 15.00 yuan, base 10 yuan, subject quota pool
  expect ask c.buyer.kind
  but c.buyer.kind company, claims incomplete []
  expect ineligible {consumer}, amount 0 yuan .. 15 yuan
  but c.price unknown
  expect marked unverified
})");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& t = first(c);
  REQUIRE(t.givens.size() == 2);
  CHECK(t.givens[0].second.fields.size() == 3);
  CHECK(t.givens[0].second.fields[1].second.constant->value == Rational::make(25, 2));
  CHECK(t.givens[0].second.fields[2].second.fields[1].second.kind == TestFact::absent);
  CHECK(t.givens[1].second.complete);
  REQUIRE(t.steps.size() == 3);
  CHECK(t.steps[0].changes.empty());
  REQUIRE(t.steps[0].expectations.size() == 6);
  CHECK(t.steps[0].expectations[2].least == Rational(15));
  CHECK(t.steps[0].expectations[3].kind == Expectation::part);
  CHECK(t.steps[0].expectations[4].word == "pool");
  CHECK(t.steps[0].expectations[5].word == "c.buyer.kind");
  REQUIRE(t.steps[1].changes.size() == 2);
  CHECK(t.steps[1].changes[0].fields.size() == 2);
  CHECK_FALSE(t.steps[1].changes[1].fact.complete);
  CHECK(t.steps[1].expectations[0].reasons == std::vector<std::string>{"consumer"});
  CHECK(t.steps[1].expectations[1].most == Rational(15));
  CHECK(t.steps[2].changes.size() == 1);
  CHECK(t.steps[2].changes[0].fact.kind == TestFact::unknown);
}

TEST_CASE("as in starts from what the first expect of the other saw") {
  const auto c = check(R"(
test "later" of p as in "base" {
  given claims complete []
  but c.price 3 yuan
  expect eligible
}
test "base" of p {
  given c { price: 1 yuan }
  but c.price 2 yuan, c.buyer.id "甲"
  expect eligible
  but c.price 9 yuan
  expect eligible
}
test "third" as in "later" { expect eligible })");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto find = [&](std::string_view name) {
    for (const auto& t : c.rulebook().tests) {
      if (t.name == name) return &t;
    }
    return static_cast<const model::Test*>(nullptr);
  };
  const auto* later = find("later");
  REQUIRE(later->givens.size() == 2);
  const auto& fact = later->givens[0].second;
  CHECK(fact.fields[0].second.constant->value == Rational(2));
  CHECK(fact.fields[1].second.fields[0].second.constant->text == "甲");
  const auto* third = find("third");
  CHECK(third->program == &c.rulebook().programs[0]);
  CHECK(third->givens[0].second.fields[0].second.constant->value == Rational(3));
}

TEST_CASE("tests of standards") {
  const auto c = check(R"(
test "grades" of s {
  given x { price: 5 yuan }
  expect grade level1, comply yes, fine yes, edition e
  but x.price unknown   expect undetermined, grade {level1, level2}, comply unknown
  but x.price 3 yuan    expect grade unclassified no row
  but x.price 2 yuan    expect grade not found
  check grade of x by s is level1
})");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& t = first(c);
  CHECK(t.steps[0].expectations[0].mask == 1U);
  CHECK(t.steps[0].expectations[1].truth);
  CHECK(t.steps[1].expectations[1].mask == 3U);
  CHECK(t.steps[1].expectations[2].unknown);
  CHECK(t.steps[2].expectations[0].state == model::GradeState::no_row);
  CHECK(t.steps[3].expectations[0].not_found);
  CHECK(t.checks.size() == 1);
}

TEST_CASE("the same in Chinese words") {
  const auto c = check(R"(
测试 p 的 "中文" {
  给定 c { date: 2024-03-01, buyer: { kind: 个人 } }
  给定 claims 完整 []
  期望 版本 y2024, 符合, 补贴 15元, 附条件 名额 pool, 询问 c.price
  但 c.buyer.kind company
  期望 不符合 {consumer}
}
测试 s 的 "定级" { 给定 x { price: 5元 } 期望 定级 level1, 合规 是, 版次 e })");
  INFO(c.report());
  REQUIRE(c.clean());
  CHECK(first(c).steps[0].expectations.size() == 5);
  CHECK(first(c).steps[1].expectations[0].word == "ineligible");
  CHECK(first(c, 1).steps[0].expectations[1].kind == Expectation::comply);
}

TEST_CASE("one field of one entry is changed, and the list stays as it is") {
  const Checked c(kRules + R"(
test "t" of p {
  given c { date: 2024-05-01, buyer: { kind: individual } }
  given claims complete [ { kind: company, on: 2024-01-01 }, { kind: company, on: 2024-02-01 } ]
  but claims[2].kind 个人, claims[1].on 2024-01-05, claims[2].on unknown
  expect eligible
  but claims[1].on 2024-03-01
  expect eligible
})");
  INFO(c.report());
  REQUIRE(c.clean());
  const auto& changes = first(c).steps[0].changes;
  REQUIRE(changes.size() == 3);
  const TestFact& list = changes[2].fact;
  REQUIRE(list.kind == TestFact::list);
  CHECK(list.complete);
  REQUIRE(list.entries.size() == 2);
  CHECK(list.entries[0].fields[0].second.constant->member == 1);
  CHECK(list.entries[1].fields[0].second.constant->member == 0);
  CHECK(list.entries[1].fields[1].second.kind == TestFact::unknown);
  const TestFact& next = first(c).steps[1].changes[0].fact;  // starts from the facts, not from the change before
  CHECK(next.entries[1].fields[0].second.constant->member == 1);
  CHECK(next.entries[1].fields[1].second.kind == TestFact::value);
  const auto fault = [](const std::string& change) {
    return check("test \"t\" of p { given claims complete [ { kind: company } ] but " + change + " expect eligible }");
  };
  CHECK(fault("claims[2].kind company").only(Code::no_such_entry));
  CHECK(fault("claims[0].kind company").only(Code::no_such_entry));
  CHECK(fault("claims[1.5].kind company").only(Code::no_such_entry));
  CHECK(fault("c.buyer[1].kind company").only(Code::no_such_entry));
  CHECK(fault("claims[1].kinds company").only(Code::unknown_name));
  CHECK(fault("claims[1].zzzzzz company").only(Code::no_such_field));
  CHECK(fault("claims[1].on.zzzzzz company").only(Code::no_such_field));
}

TEST_CASE("a test without a programme only checks") {
  CHECK(check("test \"sums\" { check 1 + 1 is 2 }").clean());
  CHECK(check("test \"sums\" { expect eligible }").only(Code::test_of_nothing));
  CHECK(check("test \"sums\" { }").only(Code::test_expects_nothing));
}

TEST_CASE("faults of tests") {
  const auto fault = [](const std::string& body) { return check("test \"t\" of p { " + body + " }"); };
  CHECK(check("test \"t\" of q { expect eligible }").only(Code::unknown_name));
  CHECK(check("test \"t\" of Kind { expect eligible }").only(Code::not_testable));
  CHECK(check("test \"t\" of p { expect eligible }\ntest \"t\" of p { expect eligible }").only(Code::written_twice));
  CHECK(check("test \"t\" of p { expect eligible }\ntest \"t\" of s { expect comply yes }").clean());
  CHECK(check("test \"t\" of p as in \"u\" { expect eligible }").only(Code::unknown_test));
  CHECK(check("test \"t\" of p as in \"u\" { expect eligible }\ntest \"u\" of p as in \"t\" { expect eligible }")
            .only(Code::as_in_circle));
  CHECK(fault("given d { date: 2024-01-01 } expect eligible").only(Code::unknown_given));
  CHECK(fault("given c { dat: 2024-01-01 } expect eligible").only(Code::unknown_name));
  CHECK(fault("given c { qqqqqq: 2024-01-01 } expect eligible").only(Code::no_such_field));
  CHECK(fault("given c { date: 2024-01-01, date: 2024-01-02 } expect eligible").only(Code::written_twice));
  CHECK(fault("given c { price: absent } expect eligible").only(Code::never_absent));
  CHECK(fault("given c { note: absent } expect eligible").clean());
  CHECK(fault("given c { buyer: 5 } expect eligible").only(Code::fact_shape));
  CHECK(fault("given claims { on: 2024-01-01 } expect eligible").only(Code::fact_shape));
  CHECK_FALSE(fault("given c { price: 5 kg } expect eligible").clean());
  CHECK_FALSE(fault("given c { buyer: { kind: red } } expect eligible").clean());
  CHECK(fault("expect elegible").only(Code::unknown_expectation));
  CHECK(fault("expect ineligible {consumr}").only(Code::unknown_expectation));
  CHECK(fault("expect version y2025").only(Code::unknown_version));
  CHECK(fault("expect amount").only(Code::expectation_needs));
  CHECK(fault("expect subject quota pol").only(Code::unknown_expectation));
  CHECK(fault("expect subject documents invoice, subject documents {invoice}").clean());
  CHECK(fault("expect subject documents invoise").only(Code::unknown_expectation));
  CHECK(fault("expect subject documents {invoice, label}").only(Code::unknown_expectation));
  CHECK(fault("expect ask claims.kind").clean());
  CHECK_FALSE(fault("expect ask claims.kinds").clean());
  CHECK(fault("expect amount 5 yuan .. no limit").clean());
  CHECK_FALSE(fault("expect amount no limit").clean());
  CHECK(fault("known on 2024-05-01 expect eligible").clean());
  CHECK(fault("expect top_up 5 yuan from known on 2024-05-01 to 2024-05-01").only(Code::top_up_backwards));
  CHECK(fault("expect top_up elegible from known on 2024-05-01 to 2024-05-02").only(Code::unknown_expectation));
  CHECK(fault("expect top_up ineligible {consumr} from known on 2024-05-01 to 2024-05-02")
            .only(Code::unknown_expectation));
  CHECK(fault("expect bonuss refused {consumer}").only(Code::unknown_expectation));
  CHECK(fault("given c { price: unknowable } expect eligible").clean());
}

TEST_CASE("tests that speak of a faulty result say nothing more") {
  const Checked c(R"(
record Case { date: date }
standard s {
  given x: Case
  edition e { cite "GB" gives old = x.day before 2024-01-01 }
}
test "t" of s { given x { date: 2023-01-01 } expect old yes })");
  INFO(c.report());
  CHECK(c.only(Code::no_such_field));
}

TEST_CASE("words that are left over behind what is expected are told: a comma or a `but` was forgotten") {
  const auto expecting = [](const std::string& what) {
    return check("test \"t\" of p { given c { date: 2024-03-01, price: 5 yuan } expect " + what + " }");
  };
  for (const std::string what :
       {"eligible amount 999 yuan", "eligible ineligible", "eligible 5 yuan", "eligible unknown",
        "version y2024 eligible", "may be refused eligible", "ask c.buyer.kind eligible",
        "subject documents invoice eligible", "eligible c.price 6 yuan expect ineligible"}) {
    INFO(what << expecting(what).report());
    CHECK(expecting(what).only(Code::expectation_left_over));
  }
  for (const std::string what : {"eligible, amount 999 yuan", "subject pool", "subject quota pool",
                                 "ineligible {consumer}, base 5 yuan .. 6 yuan", "subject documents {invoice}",
                                 "subject documents invoice", "bonus refused {consumer}"}) {
    INFO(what);
    CHECK(expecting(what).clean());
  }
  CHECK(check("test \"t\" of s { given x { price: 5 yuan } expect grade level1 level2 }")
            .only(Code::expectation_left_over));
  CHECK(check("test \"t\" of s { given x { price: 5 yuan } expect grade level1 comply yes }")
            .only(Code::expectation_left_over));
}

TEST_CASE("a fact that one `but` changes twice is told") {
  const std::string begin = "test \"t\" of p { given c { date: 2024-03-01, price: 5 yuan } but ";
  CHECK(check(begin + "c.price 1 yuan, c.price 2 yuan expect eligible }").only(Code::written_twice));
  CHECK(check(begin + "c.price 1 yuan, c.note \"a\" expect eligible }").clean());
  CHECK(check(begin + "c.price 1 yuan expect eligible but c.price 2 yuan expect eligible }").clean());
}

TEST_CASE("a clause that counts once and is written twice is told") {
  const auto written = [](const std::string& field, const std::string& header, const std::string& statement) {
    return Checked(
        "record R { on: date, price: money " + field + " }\nprogram p { given r: R in force by r.on\n" +
        "version y from 2024-01-01 " + header + " { cite \"n\" " + statement + " amount = 5 yuan } }\n" +
        "table t { cite \"n\" given a: bool gives b: money\n | a || b |\n | yes || 1 yuan |\n otherwise 2 yuan }");
  };
  CHECK(written("from 0 yuan to 9 yuan step 0.1 yuan ask \"how much\"", "published 2024-01-01",
                "require a: r.price > 1 yuan otherwise \"one\"")
            .clean());
  CHECK(written("from 0 yuan to 9 yuan from 1 yuan", "", "").only(Code::written_twice));
  CHECK(written("step 0.1 yuan step 1 yuan", "", "").only(Code::written_twice));
  CHECK(written("ask \"how much\" ask \"what\"", "", "").only(Code::written_twice));
  CHECK(written("\"price\" \"cost\"", "", "").only(Code::written_twice));
  CHECK(written("", "published 2024-01-01 published 2023-01-01", "").only(Code::written_twice));
  CHECK(written("", "", "require a: r.price > 1 yuan otherwise \"one\" otherwise \"two\"").only(Code::written_twice));
  CHECK(check("table t { cite \"n\" given a: Kind gives b: money\n | a || b |\n | company || 1 yuan |\n "
              "otherwise 2 yuan otherwise 3 yuan }")
            .only(Code::written_twice));
}

TEST_CASE("an edition has one compliance line without a name") {
  const auto edition = [](const std::string& lines) {
    return check(
        "standard z { given x: Case edition e { cite \"GB\" grade on Tier {\n | level  | x.price at least |\n"
        " | level1 | 5 yuan |\n } " +
        lines + " } }");
  };
  CHECK(edition("comply grade is level1 comply grade is level2").only(Code::written_twice));
  CHECK(edition("comply grade is level1 comply old: grade is level2").clean());
}

TEST_CASE("of two gradings without a name an amendment leaves none unsaid") {
  const auto amended = [](const std::string& second) {
    return check(
        "standard z { given x: Case in force by x.date edition e from 2020-01-01 to 2020-12-31 { cite \"GB\" "
        "grade x.price on Tier at least {\n | level1 | level2 |\n | 5 yuan | 4 yuan |\n } "
        "grade x.price on Tier at least {\n | level1 | level2 |\n | 6 yuan | 3 yuan |\n } } "
        "edition f from 2021-01-01 amends e { cite \"GB a\" " +
        second + " } }");
  };
  const std::string one = "grade x.price on Tier at least {\n | level1 | level2 |\n | 7 yuan | 2 yuan |\n } ";
  CHECK(amended(one).only(Code::gradings_go));
  CHECK(amended(one + one).clean());
  CHECK(amended("").clean());
}
