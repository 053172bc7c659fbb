// One decision: the household appliance trade-in, by the engine and by hand-written C++, over the same random cases;
// every answer is compared before anything is measured.
#include "run/decide.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "compiler/compile.hpp"
#include "explain/explanation.hpp"

namespace {

using namespace guiju;

constexpr std::size_t kCases = 4096;

struct Case {
  Day on = 0;
  int category = 0, tier = 0;  // tier 0: level 1
  std::int64_t list_price = 0, discounts = 0;
  bool individual = true, participating = true;
};

// The 2024 and 2025 rules as somebody would write them for one till: no reasons, no unknown facts, no versions beyond
// these two.
std::int64_t by_hand(const Case& c) {
  const std::uint32_t listed_2024 = 0xff;
  const std::uint32_t listed_2025 = 0xfff;
  const bool y2025 = c.on >= 20089;
  const bool listed = (((y2025 ? listed_2025 : listed_2024) >> c.category) & 1U) != 0;
  if (!c.individual || !c.participating || !listed || c.tier > 1) return -1;
  const std::int64_t net = c.list_price - c.discounts;
  const std::int64_t percent = c.tier == 0 ? 20 : 15;
  return std::min<std::int64_t>(net * percent / 100, 200000);
}

compiler::Compiled& rules() {
  static compiler::Compiled compiled = [] {
    const auto found = compiler::find_rule_files({GUIJU_RULES_DIR});
    return compiler::compile(found.files, compiler::disk_reader(found.root));
  }();
  return compiled;
}

std::vector<Case> random_cases() {
  std::mt19937_64 random(20240825);
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  std::vector<Case> out(kCases);
  for (Case& c : out) {
    c.on = static_cast<Day>(pick(19960, 20453));  // 2024-08-25 … 2025-12-31
    c.category = static_cast<int>(pick(0, 13));
    c.tier = static_cast<int>(pick(0, 2));
    c.list_price = pick(100000, 2000000);
    c.discounts = pick(0, 50000);
    c.individual = pick(0, 9) != 0;
    c.participating = pick(0, 9) != 0;
  }
  return out;
}

void fill(run::Facts& facts, const Case& c) {
  facts.reset();
  const auto fen = [](std::int64_t n) { return Rational::make(n, 100).value_or(Rational(0)); };
  facts.set_day(facts.find("purchase.date"), c.on);
  facts.set_member(facts.find("purchase.category"), static_cast<plan::Index>(c.category));
  facts.set_member(facts.find("purchase.tier"), static_cast<plan::Index>(c.tier));
  facts.set_number(facts.find("purchase.list_price"), fen(c.list_price));
  facts.set_number(facts.find("purchase.discounts"), fen(c.discounts));
  facts.set_truth(facts.find("seller.participating"), c.participating);
  facts.set_member(facts.find("buyer.kind"), c.individual ? 0U : 1U);
  facts.begin_list(facts.find("claims"), true);
}

std::vector<run::Facts> all_facts(const std::vector<Case>& cases) {
  std::vector<run::Facts> out;
  out.reserve(cases.size());
  for (const Case& c : cases) {
    out.emplace_back(rules().plan, rules().plan->find_program("appliance_trade_in"));
    fill(out.back(), c);
  }
  return out;
}

// Same answers first.
void compare(const std::vector<Case>& cases, const std::vector<run::Facts>& facts) {
  run::Decision decision;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    run::decide(facts[i], {}, decision);
    const std::int64_t hand = by_hand(cases[i]);
    const bool granted = decision.outcome == run::Outcome::eligible;
    const bool same = granted == (hand >= 0) && (!granted || decision.amount.least == hand);
    if (same) continue;
    std::fprintf(stderr, "case %zu differs: engine %d, by hand %lld\n", i, static_cast<int>(decision.outcome),
                 static_cast<long long>(hand));
    std::exit(1);
  }
}

void one_decision(benchmark::State& state) {
  const auto cases = random_cases();
  const auto facts = all_facts(cases);
  compare(cases, facts);
  run::Decision decision;
  std::size_t i = 0;
  for (auto _ : state) {
    run::decide(facts[i++ % kCases], {}, decision);
    benchmark::DoNotOptimize(decision.amount.least);
  }
}

void by_hand_written_code(benchmark::State& state) {
  const auto cases = random_cases();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(by_hand(cases[i++ % kCases]));
}

void decision_in_words(benchmark::State& state) {
  const auto cases = random_cases();
  const auto facts = all_facts(cases);
  run::Decision decision;
  std::size_t i = 0;
  for (auto _ : state) {
    const run::Facts& f = facts[i++ % kCases];
    run::decide(f, {}, decision);
    benchmark::DoNotOptimize(explain::explain(f, decision, false));
  }
}

void load_all_rules(benchmark::State& state) {
  const auto found = compiler::find_rule_files({GUIJU_RULES_DIR});
  for (auto _ : state) benchmark::DoNotOptimize(compiler::compile(found.files, compiler::disk_reader(found.root)));
}

BENCHMARK(one_decision);
BENCHMARK(by_hand_written_code);
BENCHMARK(decision_in_words);
BENCHMARK(load_all_rules)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
