// Decides again on the facts of a receipt, by the rules at hand, and remakes the receipt in its own format. Only then
// it is told whether both are the same: what was decided, and the words in which it is told.
#include "json/read_facts.hpp"
#include "json/write_facts.hpp"
#include "receipt/answer.hpp"
#include "receipt/mask.hpp"
#include "receipt/receipt.hpp"

namespace guiju::receipt {
namespace {

using json::Value;

// The facts and the answer, side by side, so that the first difference is named as it is found in the receipt.
Value facts_and_answer(const Value& facts, const Value& answer) {
  return std::move(Value::object().set("facts", facts).set("answer", answer));
}

// What stands in a tree at a path of names, "car.years"; nullptr where nothing does.
const Value* at(const Value& tree, std::string_view path) {
  const std::size_t end = path.find('.');
  const Value* here = tree.find(path.substr(0, end));
  return here == nullptr || end == path.npos ? here : at(*here, path.substr(end + 1));
}

void decide_again(const Receipt& receipt, const std::shared_ptr<const plan::Plan>& plan, Verification& found) {
  const plan::Index program = plan->find_program(receipt.program);
  if (program == plan::kNone) {
    found.difference = json::Difference{"program", json::canonical(Value(receipt.program)), {}};
    return;
  }
  const json::ProgramNames names(*plan, program);
  run::Facts facts(plan, program);
  const auto reading = json::read_facts(facts, names, json::canonical(receipt.facts), json::kOnRecord);
  if (!reading.refused.empty()) {
    const run::BadFact& refused = reading.refused.front();
    const Value* was = at(receipt.facts, refused.path);
    const std::string written = json::canonical(was == nullptr ? Value(refused.got) : *was);
    found.difference = json::Difference{"facts." + refused.path, written, {}};
    return;
  }
  if (!is_masked(facts, receipt.masked)) {
    Value masked = Value::array();
    for (const std::string& path : receipt.masked) masked.items.push_back(Value(path));
    found.difference = json::Difference{"masked", json::canonical(masked), {}};
    return;
  }
  run::Decision decision;
  run::decide(facts, receipt.options, decision);
  const Value was = facts_and_answer(receipt.facts, receipt.answer);
  const Value now = facts_and_answer(json::write_facts(facts, names), answer(receipt.format, facts, decision));
  found.difference = difference_apart_from_texts(was, now);
  found.same_answer = !found.difference.has_value();
  if (!found.same_answer) return;
  found.difference = json::first_difference(was, now);
  found.same_words = !found.difference.has_value();
}

}  // namespace

Verification verify(const Receipt& receipt, std::shared_ptr<const plan::Plan> plan) {
  Verification found;
  found.intact = receipt.intact;
  found.same_rules = receipt.rules_sha256 == plan->rules_sha256;
  found.same_engine = receipt.engine == GUIJU_VERSION;
  decide_again(receipt, plan, found);
  return found;
}

}  // namespace guiju::receipt
