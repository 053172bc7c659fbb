// A shop's programme and its receipts, for tests.
#pragma once

#include <string>
#include <vector>

#include "json/read_facts.hpp"
#include "receipt/receipt.hpp"
#include "support_rules.hpp"

namespace guiju::testing {

inline constexpr const char* kShop = R"(
enum Kind { fridge "冰箱" / en "fridge", tv "电视" / en "TV" }
record Claim { buyer: text  kind: Kind  amount: money }
record Sale { on: date  kind: Kind  price: money from 0 yuan to 100000 yuan  waited: optional number [kW] }
record Buyer { id: text  name: optional text }
program shop "商店" / en "Shop" {
  given sale: Sale, buyer: Buyer, claims: history of Claim
  in force by sale.on
  version y2025 "二〇二五" from 2025-01-01 to 2025-12-31 {
    cite "甲〔2025〕1号" / en "No. 1 of 2025" "第二条"
    require cheap: sale.price at most 6000 yuan
      otherwise "{buyer.id}:售价 {sale.price} 高于 6000元" / en "{buyer.id}: {sale.price} is above 6000 yuan"
    limit one: 1 counting claims where claim.buyer is buyer.id and claim.kind is sale.kind
      otherwise "{buyer.id} 已享受" / en "{buyer.id} was granted one"
    require known: buyer.id is not "nobody" otherwise "无名" / en "nobody"
    amount { base: 10% of sale.price  extra: 50 yuan when sale.kind is tv } at most 500 yuan reducing extra first, rounded down to 0.01 yuan
  }
}
standard lamp "灯" / en "Lamp" {
  given lumen: number
  given made_on: date
  in force by made_on
  edition e1 from 2020-01-01 {
    cite "GB 1-2020"
    comply lumen at least 10 otherwise "太暗" / en "too dark"
  }
}
)";

inline constexpr const char* kSale =
    R"({"sale": {"on": "2025-05-01", "kind": "tv", "price": "3999.90"}, "buyer": {"id": "6301"},)"
    R"( "claims": {"complete": true, "entries": [{"buyer": "6302", "kind": "tv", "amount": 10}]}})";

class Shop {
 public:
  explicit Shop(const std::string& rules = kShop, const std::string& program = "shop")
      : compiled_(compiled(rules)), index_(compiled_.plan->find_program(program)), names_(*compiled_.plan, index_) {}

  [[nodiscard]] const std::shared_ptr<const plan::Plan>& plan() const { return compiled_.plan; }

  receipt::Or<std::string> receipt(const std::string& json, const std::vector<std::string>& masks = {},
                                   const run::Options& options = {}) const {
    run::Facts facts(compiled_.plan, index_);
    REQUIRE(json::read_facts(facts, names_, json).refused.empty());
    run::Decision decision;
    run::decide(facts, options, decision);
    CHECK(receipt::is_decision_on(facts, decision));
    return receipt::make(facts, names_, decision, masks);
  }

 private:
  static compiler::Compiled compiled(const std::string& rules) {
    auto result = compile_text(rules);
    REQUIRE(result.plan != nullptr);
    return result;
  }

  compiler::Compiled compiled_;
  plan::Index index_;
  json::ProgramNames names_;
};

}  // namespace guiju::testing
