// A small rule file with a fact of each kind, and handles that delete themselves.
#pragma once

#include <guiju.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace guiju_test {

inline constexpr std::string_view kRules = R"(
enum Kind "类别" / en "kind" { individual / zh 个人 "个人" / en "individual", company "单位" / en "company" }
scale Level "等级" from best { level1 "1级" / en "level 1", level2 "2级" / en "level 2", floor fails "未达标" / en "fails" }
record Claim { kind: Kind  on: date }
record Purchase "购买" {
  date: date "购买日期" / en "date" ask "发票日期" / en "date on the invoice" at "发票" / en "invoice"
  price / zh 价格: money "售价" / en "price" from 0 yuan to 100_000 yuan
  power: optional number [kW] "功率" from 0 kW to 100 kW step 0.1 kW
  level: Level
  gift: bool
  home: region
  note: optional text
  waited: duration
}
program kettle / zh 电热水壶 "电热水壶" / en "Kettle" {
  authority "县商务局" / en "county commerce office"
  given purchase: Purchase, buyer_kind: Kind, claims: history of Claim
  in force by purchase.date
  version y2025 "二〇二五" / en "of 2025" from 2025-03-01 to 2025-12-31 {
    cite "某县商务局〔2025〕1号" "第二条" verified 2025-02-20 until 2025-06-30
    require consumer: buyer_kind is individual
      otherwise "只限个人" / en "individuals only"
      cite "某县商务局〔2025〕1号" "第三条"
    require level: purchase.level is level2 or better
    limit one: 1 counting claims where claim.kind is buyer_kind otherwise "限一件" / en "one only"
    amount { base: 10% of purchase.price "基础" / en "base"  extra: 5% of purchase.price when purchase.gift }
      at most 60 yuan reducing extra first, rounded down to 0.01 yuan
    payout at_sale "立减" / en "at the till"
    documents { id "身份证" / en "identity card" }
    quota funds "用完即止" / en "while funds last"
  }
}
standard lamp "灯" / en "Lamp" {
  given lumen: number
  given made_on: date
  in force by made_on
  edition e1 "第一版" from 2020-01-01 {
    cite "GB 1-2020" unverified
    grade lumen on Level at least {
      | lumen || level1 | level2 |
      | any   || 100    | 50     |
    }
  }
}
)";

struct Delete {
  void operator()(gj_rulebook* p) const { gj_rulebook_release(p); }
  void operator()(gj_diagnostics* p) const { gj_diagnostics_delete(p); }
  void operator()(gj_facts* p) const { gj_facts_delete(p); }
  void operator()(gj_decision* p) const { gj_decision_delete(p); }
  void operator()(gj_receipt* p) const { gj_receipt_delete(p); }
  void operator()(gj_error* p) const { gj_error_delete(p); }
  void operator()(gj_cache* p) const { gj_cache_delete(p); }
};
template <typename Handle>
using Owned = std::unique_ptr<Handle, Delete>;

inline std::string str(gj_text text) {
  return std::string(text.data, text.size);
}

template <typename Struct>
Struct sized() {
  Struct s;
  std::memset(&s, 0, sizeof s);
  s.size = sizeof s;
  return s;
}

struct Compiled {
  gj_status status = GJ_OK;
  Owned<gj_rulebook> rules;
  Owned<gj_diagnostics> findings;
  Owned<gj_error> error;
};

inline Compiled compile(std::string_view text) {
  gj_rulebook* rules = nullptr;
  gj_diagnostics* findings = nullptr;
  gj_error* error = nullptr;
  Compiled compiled;
  compiled.status = gj_compile_text("rules.gj", 8, text.data(), text.size(), nullptr, &rules, &findings, &error);
  compiled.rules.reset(rules);
  compiled.findings.reset(findings);
  compiled.error.reset(error);
  return compiled;
}

inline const gj_program* program(const gj_rulebook* rules, std::string_view name) {
  return gj_rulebook_find_program(rules, name.data(), name.size());
}
inline const gj_field* field(const gj_program* program, std::string_view path) {
  return gj_program_find_field(program, path.data(), path.size());
}
inline Owned<gj_facts> facts_of(const gj_program* program) {
  gj_facts* facts = nullptr;
  (void)gj_facts_new(program, &facts, nullptr);
  return Owned<gj_facts>(facts);
}
inline Owned<gj_decision> new_decision() {
  gj_decision* decision = nullptr;
  (void)gj_decision_new(&decision, nullptr);
  return Owned<gj_decision>(decision);
}
inline gj_status read(gj_facts* facts, std::string_view json) {
  return gj_facts_read_json(facts, json.data(), json.size(), nullptr);
}

// Everything that makes the kettle eligible.
inline constexpr std::string_view kGoodFacts =
    R"({"purchase": {"date": "2025-05-01", "price": "199.90", "level": "level1", "gift": false},
  "buyer_kind": "individual", "claims": {"complete": true, "entries": []}})";

}  // namespace guiju_test
