// Parts that are refused alone, entries that fail, ceilings, averages and charges, through the C interface.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>

#include "support.hpp"

using namespace guiju_test;

namespace {

constexpr std::string_view kParts = R"(
use language en
record Ship { name: text  size: integer from 0 to 1000 }
record Claim { on: date  price: money from 0 yuan to 100000 yuan }
program ships {
  authority "a"
  given claim: Claim
  given scrapped: list of Ship "scrapped ship"
  in force by claim.on
  version v2024 from 2024-01-01 to 2024-12-31 {
    cite "n" "1"
    each s in scrapped { require size: s.size >= 100 otherwise "{s.name} is too small" }
    part base { require some: count of scrapped > 0 pay ceiling 30% of claim.price, rounded down to 0.01 yuan }
    part bonus { require dear: claim.price > 1000 yuan pay 50 yuan }
  }
  version v2025 from 2025-01-01 {
    cite "n" "2"
    amount average = 40 yuan
  }
}
)";

struct Ships {
  Ships(const char* json, gj_language language = GJ_EN)
      : compiled(compile(kParts)), facts(facts_of(program(compiled.rules.get(), "ships"))), decision(new_decision()) {
    REQUIRE(gj_decision_set_language(decision.get(), language) == GJ_OK);
    REQUIRE(read(facts.get(), json) == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  }
  Compiled compiled;
  Owned<gj_facts> facts;
  Owned<gj_decision> decision;
};

constexpr const char* kOne =
    R"({"claim": {"on": "2024-05-01", "price": "100"}, "scrapped": [{"name": "one", "size": 200}]})";

}  // namespace

TEST_CASE("a ceiling is no amount to pay, in C") {
  const Ships ships(kOne);
  const gj_decision* d = ships.decision.get();
  CHECK(gj_decision_outcome(d) == GJ_ELIGIBLE);
  CHECK(gj_decision_amount_kind(d) == GJ_CEILING);
  gj_decimal least{}, most{};
  std::int32_t unbounded = 0;
  CHECK(gj_decision_amount(d, &least) == GJ_E_NOT_FOUND);
  CHECK(str(gj_decision_amount_text(d)).empty());
  REQUIRE(gj_decision_figure(d, &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 3000);
  CHECK(most.coefficient == 3000);
  REQUIRE(gj_decision_amount_between(d, &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 0);
  CHECK(most.coefficient == 3000);
  CHECK(unbounded == 0);
  auto part = sized<gj_part>();
  REQUIRE(gj_decision_part(d, 0, &part) == GJ_OK);
  CHECK(part.kind == GJ_CEILING);
  CHECK(part.is_known == 0);
  CHECK(part.least.coefficient == 0);
  CHECK(part.most.coefficient == 3000);
  CHECK(str(part.amount).empty());
  CHECK(str(part.figure) == "30.00");
  REQUIRE(gj_decision_part(d, 1, &part) == GJ_OK);
  CHECK(part.kind == GJ_PAYMENT);
  CHECK(str(part.amount) == "0.00");
}

TEST_CASE("an average bounds no payment, in C") {
  const Ships ships(R"({"claim": {"on": "2025-05-01", "price": "100"}, "scrapped": []})");
  const gj_decision* d = ships.decision.get();
  CHECK(gj_decision_amount_kind(d) == GJ_AVERAGE);
  gj_decimal least{}, most{};
  std::int32_t unbounded = 0;
  REQUIRE(gj_decision_figure(d, &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 4000);
  REQUIRE(gj_decision_amount_between(d, &least, &most, &unbounded) == GJ_OK);
  CHECK(least.coefficient == 0);
  CHECK(unbounded == 1);
  CHECK(gj_decision_amount_kind(nullptr) == GJ_PAYMENT);
  CHECK(gj_decision_figure(nullptr, nullptr, nullptr, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("why a part is refused, in C, also in silence") {
  for (const gj_language language : {GJ_EN, GJ_SILENT}) {
    const Ships ships(kOne, language);
    REQUIRE(gj_decision_count(ships.decision.get(), GJ_REFUSALS) == 1);
    auto failure = sized<gj_failure>();
    REQUIRE(gj_decision_refused(ships.decision.get(), 0, &failure) == GJ_OK);
    CHECK(str(failure.part) == "bonus");
    CHECK(str(failure.name) == "dear");
    CHECK(failure.id != 0);
    CHECK(str(failure.text).empty() == (language == GJ_SILENT));
    auto no_failure = sized<gj_failure>();
    CHECK(gj_decision_refused(ships.decision.get(), 1, &no_failure) == GJ_E_ARGUMENT);
    auto citation = sized<gj_citation>();
    auto no_citation = sized<gj_citation>();
    auto compared = sized<gj_compared>();
    const bool silent = language == GJ_SILENT;
    CHECK(failure.citation_count == (silent ? 0U : 1U));
    CHECK(failure.compared_count == (silent ? 0U : 1U));
    CHECK(gj_decision_refused_citation(ships.decision.get(), 0, 0, &citation) == (silent ? GJ_E_ARGUMENT : GJ_OK));
    CHECK(gj_decision_refused_compared(ships.decision.get(), 0, 0, &compared) == (silent ? GJ_E_ARGUMENT : GJ_OK));
    CHECK(gj_decision_refused_citation(ships.decision.get(), 0, 1, &no_citation) == GJ_E_ARGUMENT);
    CHECK(gj_decision_refused_citation(ships.decision.get(), 1, 0, &no_citation) == GJ_E_ARGUMENT);
    if (silent) continue;
    CHECK(str(citation.title) == "n");
    CHECK(str(citation.articles) == "1");
    CHECK(str(compared.value) == "100.00 yuan");
  }
}

TEST_CASE("where no part is left every way of answering names the requirements of the parts") {
  constexpr const char* kNone =
      R"({"claim": {"on": "2024-05-01", "price": "100"}, "scrapped": {"complete": true, "entries": []}})";
  const Ships spoken(kNone);
  const Ships silent(kNone, GJ_SILENT);
  const gj_program* ships = program(silent.compiled.rules.get(), "ships");
  struct Row {
    std::int32_t on;
    std::int64_t price;
    gj_list_view scrapped;
  };
  std::array<gj_bound_field, 3> fields{sized<gj_bound_field>(), sized<gj_bound_field>(), sized<gj_bound_field>()};
  fields[0].field = field(ships, "claim.on");
  fields[0].element = GJ_INT32;
  fields[0].offset = offsetof(Row, on);
  fields[1].field = field(ships, "claim.price");
  fields[1].element = GJ_INT64;
  fields[1].scale = 2;
  fields[1].offset = offsetof(Row, price);
  fields[2].field = field(ships, "scrapped");
  fields[2].element = GJ_LIST_VIEW;
  fields[2].offset = offsetof(Row, scrapped);
  for (gj_bound_field& f : fields) f.state_offset = GJ_NO_OFFSET;
  gj_binding* binding = nullptr;
  REQUIRE(gj_facts_bind(ships, fields.data(), fields.size(), &binding, nullptr) == GJ_OK);
  const auto by_row = new_decision();
  REQUIRE(gj_decision_set_language(by_row.get(), GJ_SILENT) == GJ_OK);
  const Row row{19844, 10000, {nullptr, 0, 1}};
  REQUIRE(gj_decide_row(binding, &row, by_row.get(), nullptr) == GJ_OK);
  gj_binding_delete(binding);
  for (const gj_decision* d : {spoken.decision.get(), silent.decision.get(), by_row.get()}) {
    REQUIRE(gj_decision_outcome(d) == GJ_INELIGIBLE);
    std::array<std::uint32_t, 4> ids{};
    REQUIRE(gj_decision_failed_ids(d, ids.data(), ids.size()) == 2);
    REQUIRE(gj_decision_count(d, GJ_FAILURES) == 2);
    std::string names;
    for (std::size_t i = 0; i < 2; ++i) {
      auto failure = sized<gj_failure>();
      REQUIRE(gj_decision_failure(d, i, &failure) == GJ_OK);
      CHECK(failure.id == ids.at(i));
      names += str(failure.part) + "." + str(failure.name) + " ";
    }
    CHECK(names == "base.some bonus.dear ");
  }
  const std::string brief = str(gj_decision_brief_json(silent.decision.get()));
  CAPTURE(brief);
  CHECK(brief.find(R"("failed":["some","dear"])") != std::string::npos);
}

TEST_CASE("the entries that fail, in C") {
  const Ships ships(R"({"claim": {"on": "2024-05-01", "price": "100"},
                       "scrapped": [{"name": "one", "size": 200}, {"name": "two", "size": 99}]})");
  auto failure = sized<gj_failure>();
  REQUIRE(gj_decision_failure(ships.decision.get(), 0, &failure) == GJ_OK);
  CHECK(str(failure.name) == "size");
  CHECK(str(failure.part).empty());
  REQUIRE(failure.entry_count == 1);
  auto entry = sized<gj_failed_entry>();
  REQUIRE(gj_decision_failed_entry(ships.decision.get(), 0, 0, &entry) == GJ_OK);
  CHECK(str(entry.path) == "scrapped[1]");
  CHECK(str(entry.text) == "two is too small");
  CHECK(gj_decision_failed_entry(ships.decision.get(), 0, 1, &entry) == GJ_E_ARGUMENT);
}

TEST_CASE("a charge is nothing that is paid out, in C") {
  const Compiled compiled = compile(R"(
use language en
record Sale { on: date  price: money from 0 yuan to 100000 yuan }
program vat { authority "a" given sale: Sale in force by sale.on
  version v2024 from 2024-01-01 { cite "n" charge = 1% of sale.price, rounded down to 0.01 yuan } }
)");
  const Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "vat"));
  const Owned<gj_decision> decision = new_decision();
  REQUIRE(read(facts.get(), R"({"sale": {"on": "2024-05-01", "price": "1000"}})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  const gj_decision* d = decision.get();
  CHECK(gj_decision_amount_kind(d) == GJ_CHARGE);
  gj_decimal least{}, most{};
  CHECK(gj_decision_amount(d, &least) == GJ_E_NOT_FOUND);
  REQUIRE(gj_decision_figure(d, &least, &most, nullptr) == GJ_OK);
  CHECK(most.coefficient == 1000);
  REQUIRE(gj_decision_amount_between(d, &least, &most, nullptr) == GJ_OK);
  CHECK(most.coefficient == 0);
}

TEST_CASE("a deduction and a credit are nothing that is paid out, in C") {
  for (const auto& [word, kind] : {std::pair{"deduction", GJ_DEDUCTION}, {"credit", GJ_CREDIT}}) {
    const std::string rules = R"(
use language en
record Asset { on: date  value: money from 0 yuan to 100000 yuan }
program relief { authority "a" given asset: Asset in force by asset.on
  version v2024 from 2024-01-01 { cite "n" )" +
                              std::string(word) + R"( = 10% of asset.value, rounded down to 0.01 yuan } }
)";
    const Compiled compiled = compile(rules);
    const Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "relief"));
    const Owned<gj_decision> decision = new_decision();
    REQUIRE(read(facts.get(), R"({"asset": {"on": "2024-05-01", "value": "1000"}})") == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    const gj_decision* d = decision.get();
    CHECK(gj_decision_amount_kind(d) == kind);
    gj_decimal least{}, most{};
    CHECK(gj_decision_amount(d, &least) == GJ_E_NOT_FOUND);
    REQUIRE(gj_decision_figure(d, &least, &most, nullptr) == GJ_OK);
    CHECK(most.coefficient == 10000);
    REQUIRE(gj_decision_amount_between(d, &least, &most, nullptr) == GJ_OK);
    CHECK(most.coefficient == 0);
  }
}
