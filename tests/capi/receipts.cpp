// Receipts through the C interface: written, read, decided again; and what becomes of one that was tampered with.
#include <doctest/doctest.h>

#include "support.hpp"

using namespace guiju_test;

namespace {

Owned<gj_receipt> read_receipt(std::string_view text) {
  gj_receipt* receipt = nullptr;
  (void)gj_receipt_read(text.data(), text.size(), &receipt, nullptr);
  return Owned<gj_receipt>(receipt);
}

// The receipt of the kettle that is eligible.
struct Sold {
  Compiled compiled = compile(kRules);
  Owned<gj_facts> facts = facts_of(program(compiled.rules.get(), "kettle"));
  Owned<gj_decision> decision = new_decision();

  explicit Sold(std::string_view json = kGoodFacts) {
    REQUIRE(read(facts.get(), json) == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  }
  std::string receipt() {
    gj_text text{};
    REQUIRE(gj_decision_receipt(decision.get(), facts.get(), nullptr, &text, nullptr) == GJ_OK);
    return str(text);
  }
  gj_status masked(std::string_view path, std::string& text) {
    const gj_text mask = {path.data(), path.size()};
    auto options = sized<gj_receipt_options>();
    options.masks = &mask;
    options.mask_count = 1;
    gj_text out{};
    const gj_status status = gj_decision_receipt(decision.get(), facts.get(), &options, &out, nullptr);
    text = str(out);
    return status;
  }
};

}  // namespace

TEST_CASE("a receipt is the same on the rules that it was written by") {
  Sold sold;
  REQUIRE(gj_decision_set_as_at(sold.decision.get(), {2025, 7, 1}) == GJ_OK);
  REQUIRE(gj_decide(sold.facts.get(), sold.decision.get(), nullptr) == GJ_OK);
  const std::string text = sold.receipt();
  const auto receipt = read_receipt(text + "\n");
  REQUIRE(receipt);
  auto info = sized<gj_receipt_info>();
  REQUIRE(gj_receipt_describe(receipt.get(), &info) == GJ_OK);
  CHECK(info.format == 1);
  CHECK(info.is_intact == 1);
  CHECK(str(info.engine) == gj_version());
  CHECK(str(info.program) == "kettle");
  CHECK(info.rules_sha256.size == 64);
  CHECK(str(info.outcome) == "eligible");
  CHECK(str(info.amount) == "19.99");
  CHECK(info.as_at.month == 7);
  CHECK(str(info.answer).find("verification_expired") != std::string::npos);

  // Elsewhere: rules compiled anew under another name.
  gj_rulebook* elsewhere = nullptr;
  REQUIRE(gj_compile_text("other/rules.gj", 14, kRules.data(), kRules.size(), nullptr, &elsewhere, nullptr, nullptr) ==
          GJ_OK);
  const Owned<gj_rulebook> rules(elsewhere);
  auto found = sized<gj_verification>();
  CHECK(gj_receipt_verify(receipt.get(), rules.get(), &found, nullptr) == GJ_OK);
  CHECK(found.is_same == 1);
  CHECK(found.path.size == 0);

  // The facts of a receipt can be decided again by hand.
  const auto facts = facts_of(program(rules.get(), "kettle"));
  CHECK(read(facts.get(), str(info.facts)) == GJ_OK);
  REQUIRE(gj_decide(facts.get(), sold.decision.get(), nullptr) == GJ_OK);
  CHECK(str(gj_decision_amount_text(sold.decision.get())) == "19.99");
}

TEST_CASE("other rules are told, and decide again") {
  Sold sold;
  const auto receipt = read_receipt(sold.receipt());
  REQUIRE(receipt);
  auto found = sized<gj_verification>();
  std::string text(kRules);
  text += "// a remark\n";
  const Compiled remarked = compile(text);
  CHECK(gj_receipt_verify(receipt.get(), remarked.rules.get(), &found, nullptr) == GJ_DIFFERS);
  CHECK(found.is_intact == 1);
  CHECK(found.is_same_rules == 0);
  CHECK(found.is_same_answer == 1);

  text = kRules;
  text.replace(text.find("base: 10% of"), 12, "base: 12% of");
  const Compiled changed = compile(text);
  CHECK(gj_receipt_verify(receipt.get(), changed.rules.get(), &found, nullptr) == GJ_DIFFERS);
  CHECK(found.is_same_answer == 0);
  CHECK(str(found.path) == "answer.amount");
  CHECK(str(found.was) == "\"19.99\"");
  CHECK(str(found.now) == "\"23.98\"");

  const Compiled nothing = compile("enum A { b }\n");
  CHECK(gj_receipt_verify(receipt.get(), nothing.rules.get(), &found, nullptr) == GJ_DIFFERS);
  CHECK(str(found.path) == "program");
  CHECK(str(found.now).empty());
}

TEST_CASE("a receipt that was changed is not intact, or no receipt at all") {
  Sold sold;
  std::string text = sold.receipt();
  text.replace(text.find("19.99"), 5, "29.99");
  const auto receipt = read_receipt(text);
  REQUIRE(receipt);
  auto found = sized<gj_verification>();
  CHECK(gj_receipt_verify(receipt.get(), sold.compiled.rules.get(), &found, nullptr) == GJ_DIFFERS);
  CHECK(found.is_intact == 0);
  CHECK(str(found.path) == "answer.amount");
  CHECK(gj_receipt_verify(receipt.get(), sold.compiled.rules.get(), nullptr, nullptr) == GJ_DIFFERS);

  gj_receipt* none = nullptr;
  gj_error* error = nullptr;
  CHECK(gj_receipt_read("{", 1, &none, &error) == GJ_E_JSON);
  CHECK(none == nullptr);
  CHECK(str(gj_error_message(error, GJ_EN)).find("no receipt") != std::string::npos);
  gj_error_delete(error);
  std::string newer = sold.receipt();
  newer.replace(newer.find("\"format\":1"), 10, "\"format\":9");
  CHECK(gj_receipt_read(newer.data(), newer.size(), &none, nullptr) == GJ_E_JSON);
  CHECK(gj_receipt_read(nullptr, 0, &none, nullptr) == GJ_E_JSON);
  CHECK(gj_receipt_read("{}", 2, nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_receipt_verify(nullptr, sold.compiled.rules.get(), nullptr, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_receipt_verify(receipt.get(), nullptr, nullptr, nullptr) == GJ_E_ARGUMENT);
}

TEST_CASE("a mask hides a text, and only a text") {
  Sold sold(R"({"purchase": {"date": "2025-05-01", "price": "199.90", "level": "level1", "gift": false, "note": "张三"},
                "buyer_kind": "individual", "claims": {"complete": true, "entries": []}})");
  std::string text;
  REQUIRE(sold.masked("purchase.note", text) == GJ_OK);
  CHECK(text.find("张三") == std::string::npos);
  CHECK(text.find("\"note\":\"masked-1\"") != std::string::npos);
  CHECK(text.find("\"masked\":[\"purchase.note\"]") != std::string::npos);
  const auto receipt = read_receipt(text);
  CHECK(gj_receipt_verify(receipt.get(), sold.compiled.rules.get(), nullptr, nullptr) == GJ_OK);
  CHECK(sold.masked("purchase.price", text) == GJ_E_ARGUMENT);
  CHECK(sold.masked("purchase.nobody", text) == GJ_E_ARGUMENT);
  CHECK(text.empty());
}

TEST_CASE("no receipt without a decision on those facts") {
  Sold sold;
  gj_text text{};
  const auto fresh = new_decision();
  CHECK(gj_decision_receipt(fresh.get(), sold.facts.get(), nullptr, &text, nullptr) == GJ_E_STATE);
  CHECK(gj_decision_receipt(nullptr, sold.facts.get(), nullptr, &text, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decision_receipt(sold.decision.get(), nullptr, nullptr, &text, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_decision_receipt(sold.decision.get(), sold.facts.get(), nullptr, nullptr, nullptr) == GJ_E_ARGUMENT);
  const auto* price = field(program(sold.compiled.rules.get(), "kettle"), "purchase.price");
  REQUIRE(gj_facts_set_decimal(sold.facts.get(), price, 100, 0) == GJ_OK);
  CHECK(gj_decision_receipt(sold.decision.get(), sold.facts.get(), nullptr, &text, nullptr) == GJ_E_STATE);
  (void)read(sold.facts.get(), R"({"nobody": 1})");
  REQUIRE(gj_decide(sold.facts.get(), sold.decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_receipt(sold.decision.get(), sold.facts.get(), nullptr, &text, nullptr) == GJ_E_STATE);
}

TEST_CASE("what was decided is told from no other facts, nor from facts that were written to since") {
  Sold sold;
  gj_text text{};
  const auto* kettle = program(sold.compiled.rules.get(), "kettle");
  const auto others = facts_of(kettle);
  const auto refuses = [&](const gj_facts* facts) {
    CHECK(gj_decision_receipt(sold.decision.get(), facts, nullptr, &text, nullptr) == GJ_E_STATE);
    CHECK(gj_decision_make_trace(facts, sold.decision.get(), nullptr) == GJ_E_STATE);
    CHECK(gj_decision_find_remedies(facts, sold.decision.get(), nullptr) == GJ_E_STATE);
  };
  (void)read(others.get(), kGoodFacts);
  refuses(others.get());
  CHECK(gj_decision_make_trace(sold.facts.get(), sold.decision.get(), nullptr) == GJ_OK);
  // The case comes out as before, and the paper would speak of somebody else.
  REQUIRE(gj_facts_set_text(sold.facts.get(), field(kettle, "purchase.note"), "x", 1) == GJ_OK);
  refuses(sold.facts.get());
  REQUIRE(gj_decide(sold.facts.get(), sold.decision.get(), nullptr) == GJ_OK);
  CHECK(gj_decision_receipt(sold.decision.get(), sold.facts.get(), nullptr, &text, nullptr) == GJ_OK);
}

TEST_CASE("where deciding fails nothing is decided") {
  Sold sold;
  const std::int64_t row = 0;
  const auto undecided = [&](gj_status status) {
    CHECK(status == GJ_E_ARGUMENT);
    CHECK(gj_decision_outcome(sold.decision.get()) == GJ_UNDECIDED);
    CHECK(gj_decision_program(sold.decision.get()) == nullptr);
    CHECK(gj_decision_failed_ids(sold.decision.get(), nullptr, 0) == 0);
    REQUIRE(gj_decide(sold.facts.get(), sold.decision.get(), nullptr) == GJ_OK);
    REQUIRE(gj_decision_outcome(sold.decision.get()) == GJ_ELIGIBLE);
  };
  undecided(gj_decide(nullptr, sold.decision.get(), nullptr));
  undecided(gj_decide_row(nullptr, &row, sold.decision.get(), nullptr));
  const auto* claims = field(program(sold.compiled.rules.get(), "kettle"), "claims");
  auto kind = sized<gj_bound_field>();
  kind.field = gj_field_element(claims, 0);
  kind.element = GJ_INT8;
  kind.state_offset = GJ_NO_OFFSET;
  gj_binding* entries = nullptr;
  REQUIRE(gj_entries_bind(claims, 8, &kind, 1, &entries, nullptr) == GJ_OK);
  undecided(gj_decide_row(entries, &row, sold.decision.get(), nullptr));
  undecided(gj_decide_row(entries, nullptr, sold.decision.get(), nullptr));
  gj_binding_delete(entries);
}

TEST_CASE("a grade by a standard has a receipt, too") {
  const Compiled compiled = compile(kRules);
  const auto facts = facts_of(program(compiled.rules.get(), "lamp"));
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"lumen": 70, "made_on": "2021-01-01"})") == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  gj_text text{};
  REQUIRE(gj_decision_receipt(decision.get(), facts.get(), nullptr, &text, nullptr) == GJ_OK);
  const auto receipt = read_receipt(str(text));
  auto info = sized<gj_receipt_info>();
  REQUIRE(gj_receipt_describe(receipt.get(), &info) == GJ_OK);
  CHECK(str(info.outcome) == "graded");
  CHECK(str(info.answer).find("\"grade\":\"level2\"") != std::string::npos);
  CHECK(gj_receipt_verify(receipt.get(), compiled.rules.get(), nullptr, nullptr) == GJ_OK);
}

TEST_CASE("what a later notice adds to a receipt") {
  constexpr std::string_view kTwice = R"(
record Car { on: date  old: bool }
program cars {
  given car: Car
  in force by car.on
  version spring from 2024-04-24 to 2024-12-31 published 2024-04-24 {
    cite "甲"
    require old: car.old
    amount = 7000 yuan
  }
  version autumn from 2024-04-24 to 2024-12-31 supersedes spring published 2024-08-16 {
    cite "乙"
    require old: car.old
    amount = 15000 yuan
  }
}
)";
  const Compiled compiled = compile(kTwice);
  REQUIRE(compiled.rules);
  const auto facts = facts_of(program(compiled.rules.get(), "cars"));
  const auto decision = new_decision();
  REQUIRE(read(facts.get(), R"({"car": {"on": "2024-05-01", "old": true}})") == GJ_OK);
  REQUIRE(gj_decision_set_known_on(decision.get(), {2024, 5, 1}) == GJ_OK);
  REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
  gj_text text{};
  REQUIRE(gj_decision_receipt(decision.get(), facts.get(), nullptr, &text, nullptr) == GJ_OK);
  const auto receipt = read_receipt(str(text));
  auto info = sized<gj_receipt_info>();
  REQUIRE(gj_receipt_describe(receipt.get(), &info) == GJ_OK);
  CHECK(str(info.amount) == "7000.00");
  CHECK(info.known_on.month == 5);
  auto top_up = sized<gj_top_up>();
  REQUIRE(gj_receipt_top_up(receipt.get(), compiled.rules.get(), {2024, 9, 1}, &top_up, nullptr) == GJ_OK);
  CHECK(top_up.outcome == GJ_ELIGIBLE);
  CHECK(top_up.has_amount == 1);
  CHECK(top_up.least.coefficient == 800000);
  CHECK(top_up.most.coefficient == 800000);
  gj_error* error = nullptr;
  CHECK(gj_receipt_top_up(receipt.get(), compiled.rules.get(), {2024, 4, 30}, &top_up, &error) == GJ_E_ARGUMENT);
  CHECK(str(gj_error_message(error, GJ_EN)).find("a later day") != std::string::npos);
  gj_error_delete(error);
  CHECK(gj_receipt_top_up(receipt.get(), compiled.rules.get(), {2024, 2, 30}, &top_up, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_receipt_top_up(nullptr, compiled.rules.get(), {2024, 9, 1}, &top_up, nullptr) == GJ_E_ARGUMENT);
  CHECK(gj_receipt_top_up(receipt.get(), nullptr, {2024, 9, 1}, &top_up, nullptr) == GJ_E_ARGUMENT);
}
