// Handles may go in any order; a rulebook is shared by threads.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "support.hpp"

using namespace guiju_test;

TEST_CASE("every order of destruction is legal") {
  std::array<int, 4> order = {0, 1, 2, 3};
  do {
    auto compiled = compile(kRules);
    auto facts = facts_of(program(compiled.rules.get(), "kettle"));
    auto decision = new_decision();
    REQUIRE(read(facts.get(), kGoodFacts) == GJ_OK);
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    const std::array<std::function<void()>, 4> destroy = {[&] { compiled.rules.reset(); },
                                                          [&] { compiled.findings.reset(); }, [&] { facts.reset(); },
                                                          [&] { decision.reset(); }};
    for (const int which : order) {
      destroy[static_cast<std::size_t>(which)]();
      if (decision) {
        auto info = sized<gj_program_info>();
        CHECK(gj_program_describe(gj_decision_program(decision.get()), GJ_ZH, &info) == GJ_OK);
        CHECK(str(info.name) == "kettle");
        auto part = sized<gj_part>();
        CHECK(gj_decision_part(decision.get(), 0, &part) == GJ_OK);
        CHECK(str(part.name) == "base");
      }
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a decision moves from one rulebook to another") {
  auto decision = new_decision();
  for (int i = 0; i < 3; ++i) {
    const auto compiled = compile(kRules);
    const auto facts = facts_of(program(compiled.rules.get(), i % 2 == 0 ? "kettle" : "lamp"));
    REQUIRE(gj_decide(facts.get(), decision.get(), nullptr) == GJ_OK);
    CHECK(gj_decision_outcome(decision.get()) == GJ_UNDETERMINED);
  }
  auto info = sized<gj_program_info>();
  CHECK(gj_program_describe(gj_decision_program(decision.get()), GJ_ZH, &info) == GJ_OK);
}

TEST_CASE("counts") {
  auto compiled = compile(kRules);
  gj_rulebook* rules = compiled.rules.release();
  CHECK(gj_rulebook_retain(rules) == rules);
  gj_rulebook_release(rules);
  CHECK(gj_rulebook_program_count(rules) == 2);
  gj_rulebook_release(rules);
  CHECK(gj_rulebook_retain(nullptr) == nullptr);
}

TEST_CASE("threads share a rulebook") {
  const auto compiled = compile(kRules);
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto facts = facts_of(program(compiled.rules.get(), "kettle"));
      const auto decision = new_decision();
      for (int n = 0; n < 50; ++n) {
        gj_facts_reset(facts.get());
        (void)read(facts.get(), kGoodFacts);
        (void)gj_decide(facts.get(), decision.get(), nullptr);
        if (gj_decision_outcome(decision.get()) == GJ_ELIGIBLE) ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(good == 200);
}
