// The empty facts file: everything in it is unknown until somebody fills it in.
#include <doctest/doctest.h>

#include "json/facts_template.hpp"
#include "json/read_facts.hpp"
#include "sample_plan.hpp"

using namespace guiju;

TEST_CASE("read back as it is, the file leaves everything unknown") {
  const auto plan = test::sample_plan();
  for (const bool english : {false, true}) {
    const std::string text = json::facts_template(*plan, 0, english);
    run::Facts facts(plan, 0);
    const auto result = json::read_facts(facts, json::ProgramNames(*plan, 0), text);
    CHECK(result.clean());
    const auto& fields = plan->programs[0].layout.fields;
    for (plan::Index i = 0; i < fields.size(); ++i) {
      CAPTURE(fields[i].path);
      const bool list = fields[i].cls == plan::SlotClass::list;
      CHECK(facts.value(i).state == (list ? run::FactState::known : run::FactState::unknown));
      if (fields[i].history) CHECK_FALSE(facts.value(i).list->complete);
    }
  }
}

TEST_CASE("it says what is asked and allowed") {
  const std::string text = json::facts_template(*test::sample_plan(), 0, false);
  CHECK(text.find("购买日期;日期,如 2025-03-01") != std::string::npos);
  CHECK(text.find("fridge 冰箱、tv 电视") != std::string::npos);
  CHECK(text.find("0 … 1000000 yuan,精确到 0.01") != std::string::npos);
  CHECK(text.find("0 … 1000 kW,精确到 0.001;没有写 null") != std::string::npos);
  CHECK(text.find("0% … 120%,写 0.8 或带引号的 80%,精确到 0.0001%") != std::string::npos);
}
