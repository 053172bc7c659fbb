// Past decisions under a later notice: what each is raised by, and what is never claimed back.
#include "receipt/top_up.hpp"

#include "receipt/seal.hpp"
#include "shop.hpp"

using namespace guiju;
using namespace guiju::testing;
using receipt::Revision;

namespace {

// Two notices of one year: the later one pays more, for cars below 8 years not at all, and asks for the weight.
constexpr const char* kCars = R"(
record Car { scrapped: date  years: integer from 0 to 40  electric: bool  weight: number [t] from 0 t to 50 t }
program cars "报废更新" / en "Scrappage" {
  given car: Car
  in force by car.scrapped
  version spring "四月版" from 2024-04-24 to 2024-12-31 published 2024-04-24 {
    cite "甲〔2024〕1号"
    require old: car.years at least 6 otherwise "车龄不足 6 年"
    amount = if car.electric then 10000 yuan otherwise 7000 yuan
  }
  version autumn "八月版" from 2024-04-24 to 2024-12-31 supersedes spring published 2024-08-16 {
    cite "甲〔2024〕2号"
    require old: car.years at least 8 otherwise "车龄不足 8 年"
    amount = if car.weight above 3 t then 7000 yuan otherwise if car.electric then 20000 yuan otherwise 15000 yuan
  }
}
)";

std::string car(int years, bool electric, const std::string& weight = "1") {
  return R"({"car": {"scrapped": "2024-06-01", "years": )" + std::to_string(years) + R"(, "electric": )" +
         (electric ? "true" : "false") + (weight.empty() ? "" : R"(, "weight": )" + weight) + "}}";
}

struct Archive {
  Shop shop{kCars, "cars"};

  std::string decided(const std::string& facts, const char* known_on = "2024-06-01") const {
    run::Options options;
    options.known_on = parse_iso_date(known_on);
    return *shop.receipt(facts, {}, options);
  }
  receipt::Or<Revision> revise(const std::string& text, const char* known_on = "2024-09-01") const {
    return receipt::revise(*receipt::read(text), shop.plan(), *parse_iso_date(known_on));
  }
};

}  // namespace

TEST_CASE("a receipt remembers on which day the rules were known") {
  const Archive archive;
  const std::string text = archive.decided(car(9, true));
  CHECK(text.find("\"known_on\":\"2024-06-01\"") != std::string::npos);
  CHECK(text.find("\"amount\":\"10000.00\"") != std::string::npos);
  CHECK(receipt::verify(*receipt::read(text), archive.shop.plan()).same());
}

TEST_CASE("raised by the exact difference") {
  const Archive archive;
  const auto electric = archive.revise(archive.decided(car(9, true)));
  REQUIRE(electric.value);
  CHECK(electric.value->kind == Revision::raised);
  CHECK(electric.value->top_up.amount.least == 1'000'000);
  CHECK(electric.value->was.least == 1'000'000);
  CHECK(electric.value->now.least == 2'000'000);
  CHECK(electric.value->version_was == "spring");
  CHECK(electric.value->version == "autumn");
  // What the receipt says was granted counts, not what the rules would say of that day now.
  std::string generous = kCars;
  generous.replace(generous.find("10000 yuan"), 10, "12000 yuan");
  const Shop then(generous, "cars");
  run::Options options;
  options.known_on = parse_iso_date("2024-06-01");
  CHECK(archive.revise(*then.receipt(car(9, true), {}, options)).value->top_up.amount.least == 800'000);
}

TEST_CASE("not raised, or no longer eligible: nothing is added and nothing claimed back") {
  const Archive archive;
  CHECK(archive.revise(archive.decided(car(9, false, "5"))).value->kind == Revision::not_raised);
  CHECK(archive.revise(archive.decided(car(9, true, "5"))).value->kind == Revision::not_raised);  // less than before
  CHECK(archive.revise(archive.decided(car(3, true))).value->kind == Revision::not_raised);       // never eligible
  CHECK(archive.revise(archive.decided(car(9, true)), "2024-07-01").value->kind == Revision::not_raised);
  const auto lost = archive.revise(archive.decided(car(7, true)));
  CHECK(lost.value->kind == Revision::no_longer_eligible);
  CHECK(lost.value->outcome == run::Outcome::ineligible);
}

TEST_CASE("open: an interval, and what to ask for") {
  const Archive archive;
  const auto open = archive.revise(archive.decided(car(9, true, "")));
  REQUIRE(open.value);
  CHECK(open.value->kind == Revision::open);
  CHECK(open.value->top_up.amount.least == 0);
  CHECK(open.value->top_up.amount.most == 1'000'000);
  CHECK(open.value->needs == Names{"car.weight"});
}

TEST_CASE("open on both days: what is open is the same on both") {
  const Shop shop(R"(
record Car { scrapped: date  years: integer from 0 to 40  electric: bool }
program cars "报废更新" / en "Scrappage" {
  given car: Car
  in force by car.scrapped
  version spring from 2024-04-24 to 2024-12-31 published 2024-04-24 {
    cite "甲"
    require old: car.years at least 6
    amount = if car.electric then 10000 yuan otherwise 7000 yuan
  }
  version autumn from 2024-04-24 to 2024-12-31 supersedes spring published 2024-08-16 {
    cite "乙"
    require old: car.years at least 6
    amount = if car.electric then 20000 yuan otherwise 17000 yuan
  }
}
)",
                  "cars");
  const auto top_up_of = [&](const char* facts, std::optional<Day> known_on) {
    run::Options options;
    options.known_on = known_on;
    const auto revision =
        receipt::revise(*receipt::read(*shop.receipt(facts, {}, options)), shop.plan(), *parse_iso_date("2024-09-01"));
    REQUIRE(revision.value.has_value());
    CHECK(revision.value->kind == Revision::open);
    return revision.value->top_up.amount;
  };
  const auto june = parse_iso_date("2024-06-01");
  const auto drive = top_up_of(R"({"car": {"scrapped": "2024-06-01", "years": 9}})", june);
  CHECK(drive.least == 1'000'000);
  CHECK(drive.most == 1'000'000);
  // Who may have been refused then is refused later, too.
  const auto age = top_up_of(R"({"car": {"scrapped": "2024-06-01", "electric": true}})", june);
  CHECK(age.least == 1'000'000);
  CHECK(age.most == 1'000'000);
}

TEST_CASE("open, and decided by all rules that there were: as the rules were before the later notice") {
  const std::string spring = R"(
record Car { scrapped: date  electric: bool }
program cars "报废更新" / en "Scrappage" {
  given car: Car
  in force by car.scrapped
  version spring from 2024-04-24 to 2024-12-31 published 2024-04-24 {
    cite "甲"
    amount = if car.electric then 10000 yuan otherwise 7000 yuan
  }
)";
  const Shop then(spring + "}\n", "cars");
  const auto text = then.receipt(R"({"car": {"scrapped": "2024-06-01"}})");
  REQUIRE(text.value.has_value());
  const auto raised = [&](const std::string& before) {
    const Shop now(before + R"(
  version autumn from 2024-04-24 to 2024-12-31 supersedes spring published 2024-08-16 {
    cite "乙"
    amount = if car.electric then 20000 yuan otherwise 17000 yuan
  }
})",
                   "cars");
    return receipt::revise(*receipt::read(*text.value), now.plan(), *parse_iso_date("2024-09-01")).value->top_up.amount;
  };
  CHECK(raised(spring).least == 1'000'000);
  CHECK(raised(spring).most == 1'000'000);
  // The rules at hand do not say of that day what is on record: only the bounds on record count.
  std::string generous = spring;
  generous.replace(generous.find("10000 yuan"), 10, "12000 yuan");
  CHECK(raised(generous).least == 700'000);
  CHECK(raised(generous).most == 1'300'000);
}

TEST_CASE("what cannot be revised is refused with a reason") {
  const Archive archive;
  std::string text = archive.decided(car(9, true));
  text.replace(text.find("10000.00"), 8, "00001.00");
  CHECK(archive.revise(text).why.en == "the receipt was changed after it was written");
  CHECK(archive.revise(archive.decided(car(9, true), "2024-09-02")).why.en ==
        "it was decided by rules as known on 2024-09-02, a later day");
  const auto revise_with = [&](const std::string& rules, const std::string& program) {
    return receipt::revise(*receipt::read(archive.decided(car(9, true))), Shop(rules, program).plan(),
                           *parse_iso_date("2024-09-01"));
  };
  CHECK(revise_with(kShop, "shop").why.en == "no such programme in the rules: cars");
  std::string renamed = kCars;
  for (std::size_t at = 0; (at = renamed.find("years", at)) != std::string::npos; at += 3)
    renamed.replace(at, 5, "age");
  CHECK(revise_with(renamed, "cars").why.en.starts_with("car.years: no such fact"));
  const Shop lamp(kShop, "lamp");
  auto grade = receipt::read(*lamp.receipt(R"({"lumen": 7, "made_on": "2021-01-01"})"));
  CHECK(receipt::revise(*grade, lamp.plan(), 20000).why.en == "only the receipt of a programme has a top-up");
}

TEST_CASE("what was granted is read as format 1 has it, and never taken for nothing") {
  using json::Value;
  const Archive archive;
  // Well sealed: whoever wrote it hashed what it says.
  const auto why = [&](const std::string& text, const char* member, Value value) {
    receipt::Receipt forged = *receipt::read(text);
    forged.answer.set(member, std::move(value));
    CHECK(receipt::read(receipt::seal(forged))->intact);
    return archive.revise(receipt::seal(forged)).why;
  };
  const auto between = [](Value least, std::optional<Value> most) {
    Value ends = Value::array();
    ends.items.push_back(std::move(least));
    if (most) ends.items.push_back(*std::move(most));
    return ends;
  };
  const std::string granted = archive.decided(car(9, true));
  for (const Value& amount : {Value(std::int64_t{10000}), Value("abc"), Value("10000"), Value("1e4"),
                              Value("10000.001"), Value(false), Value::array()}) {
    CAPTURE(json::canonical(amount));
    const plan::LocalText said = why(granted, "amount", amount);
    CHECK(said.en == "answer.amount of the receipt is not as format 1 has it");
    CHECK(said.zh == "凭证的 answer.amount 与格式 1 不符");
  }
  CHECK(why(granted, "outcome", Value("eligble")).en == "answer.outcome of the receipt is not as format 1 has it");
  CHECK(why(granted, "may_be_refused", Value("no")).en ==
        "answer.may_be_refused of the receipt is not as format 1 has it");
  CHECK(why(granted, "amount_kind", Value("gift")).en == "answer.amount_kind of the receipt is not as format 1 has it");
  const std::string open = archive.decided(R"({"car": {"scrapped": "2024-06-01", "years": 9}})");
  CHECK(open.find(R"("amount":null,"amount_between":["7000.00","10000.00"])") != std::string::npos);
  for (const Value& ends : {between(Value("1.00"), std::nullopt), between(Value("1.00"), Value("x")),
                            between(Value("2.00"), Value("1.00")), between(Value(), Value("1.00")), Value("1.00")}) {
    CAPTURE(json::canonical(ends));
    CHECK(why(open, "amount_between", ends).en == "answer.amount_between of the receipt is not as format 1 has it");
  }
  CHECK(why(open, "amount_between", between(Value("1.00"), Value())).en.empty());
  CHECK(why(granted, "amount_between", between(Value("1.00"), Value("2.00"))).en ==
        "answer.amount_between of the receipt is not as format 1 has it");
}

TEST_CASE("open where nothing can be raised: nothing to add") {
  const Archive archive;
  const std::string open = archive.decided(R"({"car": {"scrapped": "2024-06-01", "years": 9}})");
  CHECK(archive.revise(open, "2024-07-01").value->kind == Revision::not_raised);
  CHECK(archive.revise(open, "2024-09-01").value->kind == Revision::open);
}

TEST_CASE("a ceiling is no amount: what it was and what is paid later lie between bounds") {
  const Shop shop(R"(
record Claim { on: date  price: money from 0 yuan to 100000 yuan }
program farm "农机" / en "Farm" {
  given claim: Claim
  in force by claim.on
  version early from 2024-01-01 to 2024-12-31 { cite "甲" amount ceiling = 30 yuan }
  version late from 2024-01-01 to 2024-12-31 supersedes early published 2024-08-01 {
    cite "乙"
    amount = if claim.price above 100 yuan then 50 yuan otherwise 20 yuan
  }
}
)",
                  "farm");
  run::Options options;
  options.known_on = parse_iso_date("2024-06-01");
  const std::string text = *shop.receipt(R"({"claim": {"on": "2024-06-01", "price": 200}})", {}, options);
  CHECK(text.find(R"("amount":null,"amount_between":null,"amount_kind":"ceiling","ceiling":"30.00")") !=
        std::string::npos);
  CHECK(receipt::verify(*receipt::read(text), shop.plan()).same());
  const auto revision = receipt::revise(*receipt::read(text), shop.plan(), *parse_iso_date("2024-09-01"));
  REQUIRE(revision.value);
  CHECK(revision.value->kind == Revision::open);
  CHECK(revision.value->was.least == 0);
  CHECK(revision.value->was.most == 3000);
  CHECK(revision.value->top_up.amount.least == 2000);
  CHECK(revision.value->top_up.amount.most == 5000);
}

TEST_CASE("what comes off a tax is read back as that, and nothing is added to it") {
  const Shop shop(R"(
record Asset { on: date  value: money from 0 yuan to 100000 yuan }
program relief "抵免" / en "Relief" {
  given asset: Asset
  in force by asset.on
  version early from 2024-01-01 to 2024-12-31 { cite "甲" credit = 10% of asset.value, rounded down to 0.01 yuan }
  version late from 2024-01-01 to 2024-12-31 supersedes early published 2024-08-01 {
    cite "乙"
    deduction = asset.value
  }
}
)",
                  "relief");
  run::Options options;
  options.known_on = parse_iso_date("2024-06-01");
  const std::string text = *shop.receipt(R"({"asset": {"on": "2024-06-01", "value": 200}})", {}, options);
  const auto says = [&](const char* part) { return text.find(part) != std::string::npos; };
  CAPTURE(text);
  CHECK(says(R"("amount":null,"amount_between":null,"amount_kind":"credit",)"));
  CHECK(says(R"("credit":"20.00","credit_between":null)"));
  CHECK(receipt::verify(*receipt::read(text), shop.plan()).same());
  const auto revision = receipt::revise(*receipt::read(text), shop.plan(), *parse_iso_date("2024-09-01"));
  REQUIRE(revision.value);
  CHECK(revision.value->was.most == 0);
  CHECK(revision.value->now.most == 0);
  CHECK(revision.value->top_up.amount.most == 0);
}
