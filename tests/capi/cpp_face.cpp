// The C++ interface over the C one.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <guiju/guiju.hpp>
#include <stdexcept>

#include "support.hpp"

using guiju::Date;
using guiju::Decimal;

namespace {

guiju::Rulebook rules() {
  auto compiled = guiju::Rulebook::from_text("rules.gj", guiju_test::kRules);
  REQUIRE(compiled);
  REQUIRE(*compiled);
  return *compiled->rulebook;
}

template <typename Value>
constexpr bool can_be_set = requires(guiju::Facts& facts, guiju::Field field, Value value) {
  facts.set(field, value);
};

}  // namespace

TEST_CASE("compiling: good, mistaken, impossible") {
  CHECK(guiju::abi_fits());
  CHECK(guiju::version() == GUIJU_VERSION);
  const auto good = guiju::Rulebook::from_text("a.gj", guiju_test::kRules);
  REQUIRE(good);
  CHECK(good->rulebook->program_count() == 2);
  const auto mistaken = guiju::Rulebook::from_text("a.gj", "record {");
  REQUIRE(mistaken);
  CHECK_FALSE(*mistaken);
  REQUIRE(mistaken->diagnostics.error_count() > 0);
  CHECK(mistaken->diagnostics.at(0, guiju::Language::en).file == "a.gj");
  CHECK(mistaken->diagnostics.at(99).message.empty());
  const auto impossible = guiju::Rulebook::from_directory("/no/such/folder");
  REQUIRE_FALSE(impossible);
  CHECK(impossible.error().status() == guiju::Status::not_found);
  CHECK_FALSE(impossible.error().message(guiju::Language::en).empty());
}

TEST_CASE("files from memory and from a reader, whose exceptions come through") {
  const std::array<guiju::Source, 2> sources = {
      {{"a.gj", "use \"b.gj\"\nrecord A { k: K }\n"}, {"b.gj", "enum K { x y }\n"}}};
  const auto memory = guiju::Rulebook::from_memory(sources);
  REQUIRE(memory);
  CHECK(*memory);
  const std::array<std::string_view, 1> paths = {"a.gj"};
  const auto read = guiju::Rulebook::from_reader(
      [&](std::string_view path) -> std::optional<std::string> {
        return std::string(path == "a.gj" ? sources[0].content : sources[1].content);
      },
      paths);
  REQUIRE(read);
  CHECK(*read);
  const auto throws = [](std::string_view) -> std::optional<std::string> { throw std::runtime_error("disk on fire"); };
  CHECK_THROWS_WITH_AS((void)guiju::Rulebook::from_reader(throws, paths), "disk on fire", std::runtime_error);
}

TEST_CASE("a cache gives the same rulebook while the rules are the same") {
  const guiju::Cache cache;
  guiju::CompileOptions options;
  options.cache = &cache;
  const auto first = guiju::Rulebook::from_text("a.gj", guiju_test::kRules, options);
  const auto second = guiju::Rulebook::from_text("a.gj", guiju_test::kRules, options);
  REQUIRE(first);
  REQUIRE(second);
  REQUIRE(first->rulebook);
  CHECK(first->rulebook->handle() == second->rulebook->handle());
  const auto other = guiju::Rulebook::from_text("b.gj", guiju_test::kRules, options);
  REQUIRE(other);
  CHECK(other->rulebook->handle() != first->rulebook->handle());
}

TEST_CASE("facts, a decision and its lists") {
  const auto book = rules();
  const auto kettle = book.find_program("kettle");
  REQUIRE(kettle);
  CHECK(kettle.info(guiju::Language::en).label == "Kettle");
  CHECK(kettle.version(0).from == Date{2025, 3, 1});
  CHECK_FALSE(book.find_program("nothing"));
  auto facts = guiju::Facts::of(kettle);
  REQUIRE(facts);
  CHECK(*facts->set(kettle.find_field("purchase.date"), Date{2025, 5, 1}));
  CHECK(*facts->set(kettle.find_field("purchase.price"), Decimal{19990, 2}));
  CHECK(*facts->set(kettle.find_field("purchase.gift"), true));
  CHECK(*facts->set_written(kettle.find_field("purchase.level"), "level1"));
  CHECK(
      *facts->set_member(kettle.find_field("buyer_kind"), *kettle.find_field("buyer_kind").find_member("individual")));
  const auto claims = kettle.find_field("claims");
  CHECK(*facts->begin_list(claims, true));
  CHECK_FALSE(*facts->set(kettle.find_field("purchase.price"), Decimal{-1, 0}));
  CHECK_FALSE(facts->set(kettle.find_field("purchase.price"), true));
  static_assert(!can_be_set<const char*> && !can_be_set<double> && !can_be_set<int> && can_be_set<bool>);
  CHECK(*facts->set(kettle.find_field("purchase.price"), Decimal{19990, 2}));
  CHECK(facts->get_decimal(kettle.find_field("purchase.price")) == Decimal{1999, 1});

  facts->reset();
  CHECK(*facts->read_json(guiju_test::kGoodFacts));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  CHECK(decision->outcome() == guiju::Outcome::none);
  decision->set_language(guiju::Language::en);
  REQUIRE(decision->decide(*facts));
  CHECK(decision->outcome() == guiju::Outcome::eligible);
  CHECK(decision->amount() == Decimal{1999, 2});
  CHECK(to_string(*decision->amount()) == "19.99");
  REQUIRE(decision->parts().size() == 2);
  CHECK(decision->parts()[0].name == "base");
  CHECK(decision->payout()->label == "at the till");
  CHECK(decision->documents().size() == 1);
  CHECK_FALSE(decision->grade());
  CHECK(decision->json().find("19.99") != std::string_view::npos);

  // An entry of the history that uses the limit up.
  CHECK(facts->add_entry(claims));
  CHECK(*facts->set_written(claims.find_element("kind"), "individual"));
  REQUIRE(decision->decide(*facts));
  REQUIRE(decision->outcome() == guiju::Outcome::ineligible);
  REQUIRE(decision->failures().size() == 1);
  CHECK(decision->failures()[0].text == "one only");
  CHECK_FALSE(facts->read_json("["));
}

TEST_CASE("a receipt is written, read and decided again") {
  const auto book = rules();
  auto facts = guiju::Facts::of(book.find_program("kettle"));
  REQUIRE(facts);
  REQUIRE(facts->read_json(guiju_test::kGoodFacts));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  CHECK(decision->receipt(*facts).error().status() == guiju::Status::state);
  REQUIRE(decision->decide(*facts));
  const auto text = decision->receipt(*facts);
  REQUIRE(text);
  auto receipt = guiju::Receipt::read(*text);
  REQUIRE(receipt);
  CHECK(receipt->info().amount == "19.99");
  CHECK(receipt->info().intact);
  CHECK_FALSE(receipt->info().as_at);
  const auto verified = receipt->verify(book);
  REQUIRE(verified);
  CHECK(verified->same);
  CHECK(receipt->top_up(book, Date{2025, 6, 1})->amount->least == Decimal{0, 2});
  CHECK_FALSE(guiju::Receipt::read("{}"));
  const std::string_view masks[] = {"purchase.level"};
  CHECK(decision->receipt(*facts, masks).error().status() == guiju::Status::argument);
}

TEST_CASE("the shares of an amount") {
  const auto compiled = guiju::Rulebook::from_text("rules.gj", R"(
record Claim { on: date  price: money from 0 yuan to 100000 yuan }
program trucks {
  authority "a"
  given claim: Claim
  in force by claim.on
  version v2024 from 2024-01-01 {
    cite "n" "1"
    amount = 15% of claim.price, rounded down to 0.01 yuan,
      shared 95 : 5 between central, province remainder to province
  }
}
)");
  REQUIRE(compiled);
  REQUIRE(*compiled);
  auto facts = guiju::Facts::of(compiled->rulebook->find_program("trucks"));
  REQUIRE(facts);
  CHECK(*facts->read_json(R"({"claim": {"on": "2024-05-01", "price": "12345"}})"));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  REQUIRE(decision->decide(*facts));
  REQUIRE(decision->shares().size() == 2);
  CHECK(decision->shares()[0].name == "central");
  CHECK(decision->shares()[0].amount == "1759.16");
  CHECK(decision->shares()[1].amount == "92.59");
}

TEST_CASE("a ceiling, a refused part and an entry that fails") {
  const auto compiled = guiju::Rulebook::from_text("rules.gj", R"(
record Ship { size: integer from 0 to 1000 }
program ships {
  authority "a"
  given on: date, scrapped: list of Ship
  in force by on
  version v2024 from 2024-01-01 {
    cite "n" "1"
    each s in scrapped { require size: s.size >= 100 }
    part base { pay ceiling 30 yuan }
    part bonus { require many: count of scrapped > 5 pay 50 yuan }
  }
}
)");
  REQUIRE(compiled);
  REQUIRE(*compiled);
  auto facts = guiju::Facts::of(compiled->rulebook->find_program("ships"));
  REQUIRE(facts);
  CHECK(*facts->read_json(R"({"on": "2024-05-01", "scrapped": [{"size": 100}]})"));
  auto decision = guiju::Decision::create();
  REQUIRE(decision);
  REQUIRE(decision->decide(*facts));
  CHECK(decision->amount_kind() == guiju::AmountKind::ceiling);
  CHECK_FALSE(decision->amount());
  REQUIRE(decision->figure());
  CHECK(decision->figure()->most == Decimal{3000, 2});
  CHECK(decision->amount_between()->least == Decimal{0, 2});
  CHECK(decision->parts()[0].kind == guiju::AmountKind::ceiling);
  CHECK(decision->parts()[0].figure == "30.00");
  REQUIRE(decision->refused().size() == 1);
  CHECK(decision->refused()[0].part == "bonus");
  CHECK(decision->refused()[0].name == "many");
  CHECK(*facts->read_json(R"({"on": "2024-05-01", "scrapped": [{"size": 99}]})"));
  REQUIRE(decision->decide(*facts));
  REQUIRE(decision->failures().size() == 1);
  REQUIRE(decision->failures()[0].entries.size() == 1);
  CHECK(decision->failures()[0].entries[0].path == "scrapped[0]");
}

TEST_CASE("where a programme is carried out, and the name of a region") {
  const auto compiled = guiju::Rulebook::from_text("rules.gj", R"(
program national {
  authority "a"
  given on: date
  in force by on
  version y2025 from 2025-01-01 { cite "n" "1" amount = 10 yuan }
}
program qinghai implements national in 630100 {
  version y2025 from 2025-01-01 { cite "q" "1" amount = 5 yuan }
}
)");
  REQUIRE(compiled);
  REQUIRE(*compiled);
  const auto info = compiled->rulebook->find_program("qinghai").info();
  CHECK(info.implements == "national");
  CHECK(info.region == "630100");
  CHECK(guiju::region_name(info.region) == "西宁市");
  CHECK(guiju::region_name(info.region, guiju::Language::en) == "Xining");
  CHECK(guiju::region_name("000000").empty());
}

TEST_CASE("decimals as text") {
  CHECK(to_string(Decimal{0, 2}) == "0.00");
  CHECK(to_string(Decimal{5, 2}) == "0.05");
  CHECK(to_string(Decimal{-5, 1}) == "-0.5");
  CHECK(to_string(Decimal{-12345, 2}) == "-123.45");
  CHECK(to_string(Decimal{INT64_MIN, 0}) == "-9223372036854775808");
  CHECK(to_string(Decimal{7, 0}) == "7");
}

TEST_CASE("a struct of the host is described once and decided") {
  struct Case {
    std::int32_t date;
    std::int64_t price;
    std::int8_t level, gift, buyer;
    gj_list_view claims;
  };
  const guiju::Rulebook rulebook = rules();
  const guiju::Program kettle = rulebook.find_program("kettle");
  const auto field = [&](std::string_view path) { return kettle.find_field(path); };
  const std::vector<guiju::BoundField> fields = {
      {field("purchase.date"), guiju::Element::int32, offsetof(Case, date)},
      {field("purchase.price"), guiju::Element::int64, offsetof(Case, price), 2},
      {field("purchase.level"), guiju::Element::int8, offsetof(Case, level)},
      {field("purchase.gift"), guiju::Element::int8, offsetof(Case, gift)},
      {field("buyer_kind"), guiju::Element::int8, offsetof(Case, buyer)},
      {field("claims"), guiju::Element::list, offsetof(Case, claims)},
  };
  const auto binding = guiju::Binding::of(kettle, fields);
  REQUIRE(binding);
  auto decision = guiju::Decision::create();
  Case c = {20211, 19990, 0, 0, 0, {nullptr, 0, 1}};
  REQUIRE(decision->decide(*binding, &c));
  CHECK(decision->outcome() == guiju::Outcome::eligible);
  CHECK(decision->amount_text() == "19.99");
  std::array<std::uint64_t, 2> failed{7, 7};
  const auto figures = decision->answer(*binding, &c, failed);
  REQUIRE(figures);
  CHECK(figures->outcome == guiju::Outcome::eligible);
  CHECK(figures->amount == 1999);
  CHECK(figures->version >= 0);
  CHECK(figures->failed_words == 0);
  CHECK(failed == std::array<std::uint64_t, 2>{0, 0});
  c.level = 3;
  REQUIRE(decision->decide(*binding, &c));
  CHECK(decision->outcome() == guiju::Outcome::invalid);
  const std::array twice = {fields[0], fields[0]};
  CHECK_FALSE(guiju::Binding::of(kettle, twice));
}
