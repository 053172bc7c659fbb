// Decides again on the facts of a receipt, by the rules at hand, and remakes the receipt in its own format. Only then
// it is told whether both are the same.
#include "json/read_facts.hpp"
#include "json/write_facts.hpp"
#include "receipt/answer.hpp"
#include "receipt/receipt.hpp"

namespace guiju::receipt {
namespace {

using json::Value;

// The facts and the answer, side by side, so that the first difference is named as it is found in the receipt.
Value facts_and_answer(const Value& facts, const Value& answer) {
  return std::move(Value::object().set("facts", facts).set("answer", answer));
}

std::optional<json::Difference> decide_again(const Receipt& receipt, const std::shared_ptr<const plan::Plan>& plan) {
  const plan::Index program = plan->find_program(receipt.program);
  if (program == plan::kNone) return json::Difference{"program", json::canonical(Value(receipt.program)), {}};
  const json::ProgramNames names(*plan, program);
  run::Facts facts(plan, program);
  const auto reading = json::read_facts(facts, names, json::canonical(receipt.facts));
  if (!reading.refused.empty()) {
    const run::BadFact& refused = reading.refused.front();
    return json::Difference{"facts." + refused.path, json::canonical(Value(refused.got)), {}};
  }
  run::Decision decision;
  run::decide(facts, receipt.options, decision);
  return json::first_difference(
      facts_and_answer(receipt.facts, receipt.answer),
      facts_and_answer(json::write_facts(facts, names), answer(receipt.format, facts, decision)));
}

}  // namespace

Verification verify(const Receipt& receipt, std::shared_ptr<const plan::Plan> plan) {
  Verification found;
  found.intact = receipt.intact;
  found.same_rules = receipt.rules_sha256 == plan->rules_sha256;
  found.difference = decide_again(receipt, plan);
  found.same_answer = !found.difference.has_value();
  return found;
}

}  // namespace guiju::receipt
