// Every programme at once: gj_decide_all and what a combination says, in C and in C++.
#include <doctest/doctest.h>

#include <guiju/guiju.hpp>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kPair = R"(
record Sale { on: date  price: money from 0 yuan to 100000 yuan  new: bool ask "新的吗" / en "Is it new?" }
record Other { size: number }
program tenth "一成" / en "A tenth" {
  authority "甲"
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 10% of sale.price, rounded down to 1 yuan }
}
program fifth "两成" / en "A fifth" {
  authority "乙"
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 { cite "文"  require new: sale.new  amount = 20% of sale.price, rounded down to 1 yuan
    documents { bill "发票" } }
}
program elsewhere "别处" / en "Elsewhere" {
  authority "丙"
  given thing: Other, day: date
  in force by day
  version v from 2025-01-01 { cite "文"  amount = 7 yuan }
}
group pair "一对" / en "A pair" {
  cite "文"
  programs tenth, fifth
  exclude not_both: tenth with fifth otherwise "只取一项" / en "one of the two"
  winner highest
}
)";

struct Owner {
  void operator()(gj_combination* c) const { gj_combination_delete(c); }
};
using Combination = std::unique_ptr<gj_combination, Owner>;

Combination new_combination() {
  gj_combination* combination = nullptr;
  REQUIRE(gj_combination_new(&combination, nullptr) == GJ_OK);
  REQUIRE(gj_combination_set_language(combination, GJ_EN) == GJ_OK);
  return Combination(combination);
}
gj_status decide(gj_rulebook* rules, std::string_view json, gj_combination* into) {
  return gj_decide_all(rules, json.data(), json.size(), into, nullptr);
}
gj_combined_program program_at(const gj_combination* c, std::size_t index) {
  auto out = sized<gj_combined_program>();
  REQUIRE(gj_combination_program(c, index, &out) == GJ_OK);
  return out;
}

}  // namespace

TEST_CASE("a group is no program of the rulebook") {
  const auto compiled = compile(kPair);
  REQUIRE(compiled.status == GJ_OK);
  CHECK(gj_rulebook_program_count(compiled.rules.get()) == 3);
  CHECK(program(compiled.rules.get(), "pair") == nullptr);
}

TEST_CASE("all programmes on one set of facts, the winner and why the other lost") {
  const auto compiled = compile(kPair);
  const auto c = new_combination();
  CHECK(gj_combination_outcome(c.get()) == GJ_UNDECIDED);
  CHECK(str(gj_combination_json(c.get())).empty());
  REQUIRE(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01", "price": 1000, "new": true}})", c.get()) ==
          GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_ELIGIBLE);
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_PROGRAMS) == 3);
  CHECK(gj_combination_count(c.get(), 99) == 0);
  const auto tenth = program_at(c.get(), 0);
  CHECK(str(tenth.name) == "tenth");
  CHECK(str(tenth.label) == "A tenth");
  CHECK(tenth.outcome == GJ_ELIGIBLE);
  CHECK(str(tenth.standing) == "excluded");
  CHECK(str(tenth.group) == "pair");
  CHECK(str(tenth.own_least) == "100.00");
  CHECK(str(tenth.by) == "fifth");
  CHECK(str(tenth.under) == "not_both");
  CHECK(str(tenth.why) == "excluded by A fifth, which pays more: one of the two");
  const auto fifth = program_at(c.get(), 1);
  CHECK(str(fifth.standing) == "granted");
  CHECK(str(fifth.least) == "200.00");
  CHECK(str(fifth.most) == "200.00");
  const auto elsewhere = program_at(c.get(), 2);
  CHECK(str(elsewhere.standing) == "not_asked");
  CHECK(elsewhere.outcome == GJ_UNDECIDED);
  auto beyond = sized<gj_combined_program>();
  CHECK(gj_combination_program(c.get(), 3, &beyond) == GJ_E_ARGUMENT);

  auto group = sized<gj_combined_group>();
  REQUIRE(gj_combination_group(c.get(), 0, &group) == GJ_OK);
  CHECK(str(group.name) == "pair");
  CHECK(str(group.winner) == "highest");
  REQUIRE(group.choice_count == 2);
  auto choice = sized<gj_combined_choice>();
  REQUIRE(gj_combination_choice(c.get(), 0, 0, &choice) == GJ_OK);
  CHECK(str(choice.programs) == "fifth");
  CHECK(choice.is_suggested == 1);
  gj_decimal least{}, most{};
  std::int32_t unbounded = 1;
  REQUIRE(gj_combination_amount_between(c.get(), &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 20000);
  CHECK(most.coefficient == 20000);
  CHECK(unbounded == 0);
  CHECK(str(gj_combination_json(c.get())).find("\"standing\": \"excluded\"") != std::string::npos);
}

TEST_CASE("what is missing is asked, with its words") {
  const auto compiled = compile(kPair);
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01", "price": 1000}})", c.get()) == GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_UNDETERMINED);
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_NEEDS) == 1);
  auto need = sized<gj_need>();
  REQUIRE(gj_combination_need(c.get(), 0, &need) == GJ_OK);
  CHECK(str(need.path) == "sale.new");
  CHECK(str(need.ask) == "Is it new?");
  gj_decimal least{}, most{};
  REQUIRE(gj_combination_amount_between(c.get(), &least, &most, nullptr) == GJ_OK);
  CHECK(least.coefficient == 10000);
  CHECK(most.coefficient == 20000);
}

TEST_CASE("names that no programme gives, documents, and no JSON") {
  const auto compiled = compile(kPair);
  const auto c = new_combination();
  CHECK(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01"}, "buyer": 1})", c.get()) == GJ_BAD_FACT);
  CHECK(gj_combination_outcome(c.get()) == GJ_INVALID);
  auto bad = sized<gj_bad_fact>();
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_BAD_FACTS) == 1);
  REQUIRE(gj_combination_bad_fact(c.get(), 0, &bad) == GJ_OK);
  CHECK(str(bad.path) == "buyer");
  CHECK(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01", "prize": 3}})", c.get()) == GJ_BAD_FACT);
  CHECK(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01"}, "documents": {"bill": "held"}})", c.get()) ==
        GJ_OK);
  CHECK(decide(compiled.rules.get(), R"({"documents": {"ticket": "held"}})", c.get()) == GJ_BAD_FACT);
  CHECK(decide(compiled.rules.get(), "[1]", c.get()) == GJ_E_JSON);
  CHECK(gj_combination_outcome(c.get()) == GJ_UNDECIDED);
  CHECK(decide(nullptr, "{}", c.get()) == GJ_E_ARGUMENT);
  CHECK(decide(compiled.rules.get(), "{}", nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_combination_set_language(c.get(), GJ_SILENT) == GJ_E_ARGUMENT);
}

TEST_CASE("facts of one name with different records go to those whose record fits") {
  const auto compiled = compile(R"(
record Fridge { on: date  tier: number }
record Phone { on: date  memory: number }
program cold "冷" { authority "甲"  given item: Fridge  in force by item.on
  version v from 2025-01-01 { cite "文"  require good: item.tier <= 2  amount = 5 yuan } }
program call "话" { authority "乙"  given item: Phone  in force by item.on
  version v from 2025-01-01 { cite "文"  require large: item.memory > 1  amount = 6 yuan } }
)");
  REQUIRE(compiled.status == GJ_OK);
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), R"({"item": {"on": "2025-05-01", "tier": 1}})", c.get()) == GJ_OK);
  CHECK(str(program_at(c.get(), 0).standing) == "granted");
  CHECK(str(program_at(c.get(), 1).standing) == "not_asked");
  CHECK(decide(compiled.rules.get(), R"({"item": {"on": "2025-05-01", "tier": 1, "memory": 2}})", c.get()) ==
        GJ_BAD_FACT);
}

TEST_CASE("a combination keeps its rulebook alive, and is reused") {
  const auto c = new_combination();
  {
    const auto compiled = compile(kPair);
    REQUIRE(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01", "price": 10, "new": false}})", c.get()) ==
            GJ_OK);
  }
  CHECK(str(program_at(c.get(), 0).standing) == "granted");
  CHECK(str(program_at(c.get(), 1).standing) == "not_granted");
  const auto again = compile(kPair);
  REQUIRE(decide(again.rules.get(), "{}", c.get()) == GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_UNDETERMINED);
  CHECK(gj_combination_count(c.get(), GJ_COMBINED_GROUPS) == 0);
}

TEST_CASE("where nobody is asked about it is asked which case it is; what is not in force is said to be so") {
  const auto compiled = compile(kPair);
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), "{}", c.get()) == GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_UNDETERMINED);
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_NEEDS) == 2);
  auto need = sized<gj_need>();
  REQUIRE(gj_combination_need(c.get(), 0, &need) == GJ_OK);
  CHECK(str(need.path) == "sale.on");
  REQUIRE(gj_combination_need(c.get(), 1, &need) == GJ_OK);
  CHECK(str(need.path) == "day");
  int32_t unbounded = 0;
  REQUIRE(gj_combination_amount_between(c.get(), nullptr, nullptr, &unbounded) == GJ_OK);
  CHECK(unbounded != 0);
  REQUIRE(decide(compiled.rules.get(), R"({"sale": {"on": "2024-05-01", "price": 10, "new": false}})", c.get()) ==
          GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_NOT_IN_FORCE);
  auto group = sized<gj_combined_group>();
  REQUIRE(gj_combination_group(c.get(), 0, &group) == GJ_OK);
  CHECK(group.outcome == GJ_NOT_IN_FORCE);

  auto again = guiju::Rulebook::from_text("rules.gj", kPair);
  REQUIRE(again);
  auto combination = guiju::Combination::create();
  REQUIRE(combination);
  CHECK(combination->decide_all(*again->rulebook, "{}").value() == guiju::Outcome::undetermined);
  CHECK(combination->needs().size() == 2);
}

TEST_CASE("what cannot be said, where nothing is left to ask, in C and in C++") {
  const std::string rules = R"(
record Sale { on: date  new: bool or unknowable ask "新的吗" / en "Is it new?"  red: bool or unknowable }
program one "甲" { authority "甲"  given sale: Sale  in force by sale.on
  version v from 2025-01-01 { cite "文"  require new: sale.new  amount = 10 yuan } }
program two "乙" { authority "乙"  given sale: Sale  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 5 yuan } }
program three "丙" { authority "丙"  given sale: Sale  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 1 yuan } }
group pair "一对" { cite "文"  given sale: Sale  programs one, two, three  exclude two with three when sale.red  winner highest }
)";
  constexpr std::string_view kStuck =
      R"({"sale": {"on": "2025-05-01", "new": {"state": "unknowable"}, "red": {"state": "unknowable"}}})";
  const auto compiled = compile(rules);
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), kStuck, c.get()) == GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_UNDETERMINED);
  CHECK(gj_combination_count(c.get(), GJ_COMBINED_NEEDS) == 0);
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_STUCK_ON) == 2);
  auto need = sized<gj_need>();
  REQUIRE(gj_combination_stuck_on(c.get(), 0, &need) == GJ_OK);
  CHECK(str(need.path) == "sale.new");
  CHECK(str(need.ask) == "Is it new?");
  CHECK(gj_combination_stuck_on(c.get(), 2, &need) == GJ_E_ARGUMENT);
  CHECK(need.path.data == nullptr);
  CHECK(str(program_at(c.get(), 0).why) == "what it hangs on cannot be said");

  auto again = guiju::Rulebook::from_text("rules.gj", rules);
  REQUIRE(again);
  auto combination = guiju::Combination::create();
  REQUIRE(combination);
  REQUIRE(combination->decide_all(*again->rulebook, kStuck));
  REQUIRE(combination->stuck_on().size() == 2);
  CHECK(combination->stuck_on()[1].path == "sale.red");
}

TEST_CASE("by which other reading of a group something else would be granted, in C and in C++") {
  const std::string rules = R"(
record Sale { on: date }
program one "甲" { authority "甲"  given sale: Sale  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 100 yuan } }
program two "乙" { authority "乙"  given sale: Sale  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 40 yuan } }
group pair "一对" { cite "文"  programs one, two  trim two first
  total at most undecided cap "分别还是合计" / en "each or both" { "分别" / en "each": 150 yuan; "合计" / en "both": 110 yuan }
    adopt "分别" }
)";
  constexpr std::string_view kFacts = R"({"sale": {"on": "2025-05-01"}})";
  constexpr std::string_view kText = "`each` was adopted; by `both` it would be: eligible, 110.00 yuan";
  const auto compiled = compile(rules);
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), kFacts, c.get()) == GJ_OK);
  auto group = sized<gj_combined_group>();
  REQUIRE(gj_combination_group(c.get(), 0, &group) == GJ_OK);
  REQUIRE(group.warning_count == 1);
  auto warning = sized<gj_warning>();
  REQUIRE(gj_combination_warning(c.get(), 0, 0, &warning) == GJ_OK);
  CHECK(str(warning.kind) == "other_reading");
  CHECK(str(warning.text) == kText);
  CHECK(gj_combination_warning(c.get(), 0, 1, &warning) == GJ_E_ARGUMENT);
  CHECK(gj_combination_warning(c.get(), 1, 0, &warning) == GJ_E_ARGUMENT);

  auto again = guiju::Rulebook::from_text("rules.gj", rules);
  REQUIRE(again);
  auto combination = guiju::Combination::create();
  REQUIRE(combination);
  combination->set_language(guiju::Language::en);
  REQUIRE(combination->decide_all(*again->rulebook, kFacts));
  REQUIRE(combination->groups().at(0).warnings.size() == 1);
  CHECK(combination->groups()[0].warnings[0].text == kText);
}

TEST_CASE("the C++ face") {
  auto compiled = guiju::Rulebook::from_text("rules.gj", kPair);
  REQUIRE(compiled);
  REQUIRE(*compiled);
  auto combination = guiju::Combination::create();
  REQUIRE(combination);
  combination->set_language(guiju::Language::en);
  const auto outcome =
      combination->decide_all(*compiled->rulebook, R"({"sale": {"on": "2025-05-01", "price": 1000, "new": true}})");
  REQUIRE(outcome);
  CHECK(*outcome == guiju::Outcome::eligible);
  const auto programs = combination->programs();
  REQUIRE(programs.size() == 3);
  CHECK(programs[0].standing == "excluded");
  CHECK(programs[1].least == "200.00");
  REQUIRE(combination->groups().size() == 1);
  CHECK(combination->groups()[0].choices.size() == 2);
  CHECK(combination->amount_between()->least.coefficient == 20000);
  CHECK(combination->needs().empty());
  CHECK_FALSE(combination->json().empty());
  CHECK_FALSE(combination->decide_all(*compiled->rulebook, "nothing"));
}

// The pair, whose exclusion holds under a condition.
static std::string excluding_when(std::string_view condition) {
  std::string rules(kPair);
  const std::string exclusion = "exclude not_both: tenth with fifth ";
  rules.insert(rules.find("  programs tenth"), "  given sale: Sale\n");
  rules.insert(rules.find(exclusion) + exclusion.size(), "when " + std::string(condition) + " ");
  return rules;
}

TEST_CASE("the readings of an exclusion that the text leaves open, in C and in C++") {
  const std::string rules =
      excluding_when(R"(undecided { "dear": sale.price > 500 yuan; "cheap": sale.price < 500 yuan })");
  constexpr std::string_view kFacts = R"({"sale": {"on": "2025-05-01", "price": 1000, "new": true}})";

  const auto compiled = compile(rules);
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), kFacts, c.get()) == GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_REFERRED);
  CHECK(str(program_at(c.get(), 0).why) == "a person has to decide");
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_REFERRALS) == 1);
  auto referral = sized<gj_referral>();
  REQUIRE(gj_combination_referral(c.get(), 0, &referral) == GJ_OK);
  REQUIRE(referral.reading_count == 2);
  CHECK(str(gj_combination_reading(c.get(), 0, 0)) == "dear");
  CHECK(str(gj_combination_reading(c.get(), 0, 1)) == "cheap");
  CHECK(gj_combination_reading(c.get(), 0, 2).size == 0);
  CHECK(gj_combination_reading(c.get(), 1, 0).size == 0);
  CHECK(gj_combination_reading(nullptr, 0, 0).size == 0);

  const auto again = guiju::Rulebook::from_text("rules.gj", rules);
  REQUIRE(again);
  REQUIRE(*again);
  auto combination = guiju::Combination::create();
  REQUIRE(combination);
  REQUIRE(combination->decide_all(*again->rulebook, kFacts));
  REQUIRE(combination->referrals().size() == 1);
  CHECK(combination->referrals()[0].readings == std::vector<std::string_view>{"dear", "cheap"});
}

TEST_CASE("an exclusion of whose branches none holds is for a person to settle") {
  const auto compiled =
      compile(excluding_when("choose { yes when sale.price > 5000 yuan; no when sale.price < 500 yuan }"));
  const auto c = new_combination();
  REQUIRE(decide(compiled.rules.get(), R"({"sale": {"on": "2025-05-01", "price": 1000, "new": true}})", c.get()) ==
          GJ_OK);
  CHECK(gj_combination_outcome(c.get()) == GJ_REFERRED);
  REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_REFERRALS) == 1);
  auto referral = sized<gj_referral>();
  REQUIRE(gj_combination_referral(c.get(), 0, &referral) == GJ_OK);
  CHECK(str(referral.what) == "gap");
  CHECK(str(referral.why) == "no branch of the choice holds");
}

TEST_CASE("asked about are programmes whose object is given, and those that take what nobody else does") {
  constexpr std::string_view kShops = R"(
record Person { name: text }
record Fridge { on: date  price: money from 0 yuan to 100000 yuan }
record Bicycle { on: date  electric: bool }
record OldBicycle { battery: text }
program cold { authority "甲"  given buyer: Person, fridge: Fridge  in force by fridge.on
  version v from 2025-01-01 { cite "文"  amount = 10% of fridge.price, rounded down to 1 yuan } }
program ride { authority "乙"  given buyer: Person, bicycle: Bicycle, old_bicycle: OldBicycle  in force by bicycle.on
  version v from 2025-01-01 { cite "文"  require electric: bicycle.electric  amount = 7 yuan } }
)";
  const auto compiled = compile(kShops);
  const auto c = new_combination();
  const auto asked = [&](std::string_view json) {
    REQUIRE(decide(compiled.rules.get(), json, c.get()) == GJ_OK);
    std::string names;
    for (std::size_t i = 0; i < 2; ++i) {
      const auto program = program_at(c.get(), i);
      if (str(program.standing) != "not_asked") names += str(program.name) + " ";
    }
    return names;
  };
  CHECK(asked(R"({"buyer": {"name": "A"}, "fridge": {"on": "2025-05-01", "price": 1000}})") == "cold ");
  CHECK(asked(R"({"buyer": {"name": "A"}, "fridge": {"price": 1000}})") == "cold ");
  CHECK(asked(R"({"fridge": {"on": "2025-05-01"}, "old_bicycle": {"battery": "lead"}})") == "cold ride ");
  CHECK(asked(R"({"old_bicycle": {"battery": "lead"}})") == "ride ");
  CHECK(asked(R"({"buyer": {"name": "A"}})") == "cold ride ");
}

// ---- earlier grants: words, JSON, C and C++ say the same

namespace {

constexpr std::string_view kCars = R"(
enum State { granted "已发放" / en "granted", refused "已驳回" / en "refused" }
record Claim { car: text "车架号" / en "chassis number"  state: State "状态" / en "state" }
record Sale { on: date  car: text "车架号" / en "chassis number"  price: money from 0 yuan to 100000 yuan }
program scrap "报废更新" / en "Scrapping" {
  authority "甲"
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 20 yuan }
}
program renew "置换更新" / en "Replacement" {
  authority "乙"
  given sale: Sale
  in force by sale.on
  version v from 2025-01-01 { cite "文"  amount = 10 yuan }
}
group cars "汽车" / en "Cars" {
  cite "办法" "第五条" "第六条"
  given sale: Sale, claims: history of Claim "申领" / en "claims"
  programs scrap, renew
  exclude one_car: scrap with renew when claim.car is sale.car and claim.state is granted
    otherwise "{sale.car}已享受" / en "{sale.car} was granted one"
  winner highest
}
)";

std::string case_with(std::string_view claims) {
  return R"({"sale": {"on": "2025-05-01", "car": "V1", "price": 1000})" +
         (claims.empty() ? std::string() : R"(, "claims": )" + std::string(claims)) + "}";
}
bool json_has(gj_combination* c, const std::string& member, std::string_view value) {
  return str(gj_combination_json(c)).find("\"" + member + "\": \"" + std::string(value) + "\"") != std::string::npos;
}

}  // namespace

TEST_CASE("an earlier grant stands in the way of both, in either language, in C, C++ and JSON alike") {
  const auto compiled = compile(kCars);
  REQUIRE(compiled.status == GJ_OK);
  auto rules = guiju::Rulebook::from_text("rules.gj", kCars);
  REQUIRE(rules);
  auto in_cpp = guiju::Combination::create();
  REQUIRE(in_cpp);
  const auto c = new_combination();
  const std::string facts = case_with(
      R"({"complete": true, "entries": [{"car": "V2", "state": "granted"}, {"car": "V1", "state": "granted"}]})");
  for (const bool english : {true, false}) {
    CAPTURE(english);
    REQUIRE(gj_combination_set_language(c.get(), english ? GJ_EN : GJ_ZH) == GJ_OK);
    in_cpp->set_language(english ? guiju::Language::en : guiju::Language::zh);
    REQUIRE(decide(compiled.rules.get(), facts, c.get()) == GJ_OK);
    REQUIRE(in_cpp->decide_all(*rules->rulebook, facts));
    CHECK(gj_combination_outcome(c.get()) == GJ_INELIGIBLE);
    CHECK(in_cpp->outcome() == guiju::Outcome::ineligible);
    for (std::size_t i = 0; i < 2; ++i) {
      const auto one = program_at(c.get(), i);
      CHECK(str(one.standing) == "not_granted");
      CHECK(str(one.version) == "v");
      CHECK(str(one.why) == (english ? "V1 was granted one" : "V1已享受"));
      CHECK(json_has(c.get(), "why", str(one.why)));
      CHECK(in_cpp->programs()[i].why == str(one.why));
      CHECK(in_cpp->programs()[i].standing == str(one.standing));
      CHECK(in_cpp->programs()[i].version == "v");
    }
    const std::string told =
        english ? "claims, entry 2 (chassis number is V1 (as chassis number (V1)), state is granted) counts "
                  "already, and only one of this and Replacement is granted"
                : "申领第2项(车架号为 V1(同 车架号(V1)),状态为 已发放)已占用,与置换更新只能享受一项";
    CHECK(json_has(c.get(), "text", told));
    CHECK(str(gj_combination_json(c.get())) == std::string(in_cpp->json()));
  }
}

TEST_CASE("a history that nobody gave is asked for once, and leaves both open") {
  const auto compiled = compile(kCars);
  const auto c = new_combination();
  for (const char* claims :
       {"", R"({"complete": false, "entries": []})", R"({"complete": true, "entries": [{"car": "V1"}]})"}) {
    CAPTURE(claims);
    REQUIRE(decide(compiled.rules.get(), case_with(claims), c.get()) == GJ_OK);
    CHECK(gj_combination_outcome(c.get()) == GJ_UNDETERMINED);
    REQUIRE(gj_combination_count(c.get(), GJ_COMBINED_NEEDS) == 1);
    auto need = sized<gj_need>();
    REQUIRE(gj_combination_need(c.get(), 0, &need) == GJ_OK);
    CHECK(str(need.path).starts_with("claims"));
    CHECK(json_has(c.get(), "path", str(need.path)));
    CHECK(str(program_at(c.get(), 0).standing) == "open");
    CHECK(str(program_at(c.get(), 0).own_least) == "20.00");
    CHECK(str(program_at(c.get(), 0).own_most) == "20.00");
    CHECK(str(program_at(c.get(), 0).least) == "0.00");
  }
}

TEST_CASE("who loses to the other is told with the papers of the exclusion, in C as in C++") {
  const auto compiled = compile(kCars);
  const auto c = new_combination();
  const std::string facts = case_with(R"({"complete": true, "entries": []})");
  REQUIRE(decide(compiled.rules.get(), facts, c.get()) == GJ_OK);
  const auto renew = program_at(c.get(), 1);
  CHECK(str(renew.standing) == "excluded");
  CHECK(str(renew.why) == "excluded by Scrapping, which pays more: V1 was granted one");
  REQUIRE(renew.citation_count == 1);
  auto cite = sized<gj_citation>();
  REQUIRE(gj_combination_citation(c.get(), 1, 0, &cite) == GJ_OK);
  CHECK(str(cite.title) == "办法");
  CHECK(str(cite.articles) == "第五条; 第六条");
  CHECK(gj_combination_citation(c.get(), 1, 1, &cite) == GJ_E_ARGUMENT);
  CHECK(gj_combination_citation(c.get(), 9, 0, &cite) == GJ_E_ARGUMENT);
  auto rules = guiju::Rulebook::from_text("rules.gj", kCars);
  auto in_cpp = guiju::Combination::create();
  REQUIRE(in_cpp->decide_all(*rules->rulebook, facts));
  REQUIRE(in_cpp->programs()[1].citations.size() == 1);
  CHECK(in_cpp->programs()[1].citations[0].articles == "第五条; 第六条");
}
