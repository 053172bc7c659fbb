// What counts is what the receipt says was granted, not what the rules would say of that day now. Only where the case
// was open, and the rules at hand still leave it open in the same way, the earlier decision is made again: what is open
// on both days is the same on both.
#include "receipt/top_up.hpp"

#include <algorithm>
#include <array>

#include "json/read_facts.hpp"
#include "receipt/answer.hpp"

namespace guiju::receipt {
namespace {

using json::Value;
using run::Outcome;

std::optional<i128> fen(const Value& amount) {
  const auto yuan = amount.is_text() ? parse_decimal(amount.text) : std::nullopt;
  const auto exact = yuan ? mul(*yuan, Rational(100)) : std::nullopt;
  if (!exact || !exact->is_integer()) return std::nullopt;
  return exact->num();
}

std::optional<Outcome> outcome_named(const Value* name) {
  constexpr std::array kAll = {Outcome::eligible, Outcome::ineligible,   Outcome::undetermined,
                               Outcome::referred, Outcome::not_in_force, Outcome::invalid};
  if (name == nullptr || !name->is_text()) return std::nullopt;
  const auto* found = std::find_if(kAll.begin(), kAll.end(), [&](Outcome o) { return run::name_of(o) == name->text; });
  if (found == kAll.end()) return std::nullopt;
  return *found;
}

// False where a sum is written as none is.
bool read_amount(const Value& answer, run::Decision& decision) {
  // What is no payment stands under its own name.
  const Value* kind = answer.find("amount_kind");
  const std::string name = kind != nullptr && kind->is_text() ? kind->text : "amount";
  decision.amount_kind = amount_kind_named(name);
  if (name != "amount" && decision.amount_kind == AmountKind::payment) return false;
  const Value* amount = answer.find(name);
  const Value* between = answer.find(name + "_between");
  if (amount == nullptr || between == nullptr) return false;
  if (amount->is_text()) {
    const auto sum = fen(*amount);
    if (!sum) return false;
    decision.has_amount = true;
    decision.amount = {*sum, *sum, false};
    return true;
  }
  if (between->items.size() != 2) return true;
  const auto least = fen(between->items[0]), most = fen(between->items[1]);
  if (!least) return false;
  decision.has_amount = true;
  decision.amount = {*least, most.value_or(0), !most};
  return true;
}

// The decision on record, as far as a difference needs it.
std::optional<run::Decision> on_record(const Value& answer) {
  run::Decision decision;
  const auto outcome = outcome_named(answer.find("outcome"));
  if (!outcome || !read_amount(answer, decision)) return std::nullopt;
  decision.outcome = *outcome;
  const Value* may_be_refused = answer.find("may_be_refused");
  decision.may_be_refused = may_be_refused == nullptr || may_be_refused->truth;
  return decision;
}

bool is_granted_or_open(Outcome outcome) {
  return outcome == Outcome::eligible || outcome == Outcome::undetermined || outcome == Outcome::referred;
}

Revision::Kind kind_of(const run::Decision& before, const run::TopUp& top_up) {
  if (top_up.outcome == Outcome::undetermined || top_up.outcome == Outcome::referred) return Revision::open;
  if (top_up.outcome == Outcome::eligible) return top_up.amount.least > 0 ? Revision::raised : Revision::not_raised;
  return is_granted_or_open(before.outcome) ? Revision::no_longer_eligible : Revision::not_raised;
}

std::string version_in(const Value& answer) {
  const Value* version = answer.find("version");
  return version != nullptr && version->is_text() ? version->text : std::string();
}

// The decision on record, made again on its facts; none where the rules at hand say anything else of it.
std::optional<run::Decision> made_again(const Receipt& receipt, const run::Facts& facts, const run::Decision& after) {
  std::vector<run::Options> ways = {receipt.options};
  // One that was decided by all rules that there were knew nothing of what was published since.
  if (!receipt.options.known_on && after.section != plan::kNone) {
    const plan::Section& later = facts.plan().programs[facts.program()].sections[after.section];
    if (later.has_published) ways.push_back(receipt.options);
    if (later.has_published) ways.back().known_on = later.published - 1;
  }
  for (const run::Options& way : ways) {
    run::Decision before;
    run::decide(facts, way, before);
    if (!difference_apart_from_texts(receipt.answer, answer(receipt.format, facts, before))) return before;
  }
  return std::nullopt;
}

run::TopUp top_up_of(const Receipt& receipt, const run::Facts& facts, const run::Decision& before,
                     const run::Decision& after) {
  run::TopUp top_up = run::top_up_between(before, after);
  if (!top_up.has_amount || top_up.amount.known()) return top_up;
  const auto again = made_again(receipt, facts, after);
  return again ? run::top_up_over(facts, *again, after) : top_up;
}

}  // namespace

Or<Revision> revise(const Receipt& receipt, const std::shared_ptr<const plan::Plan>& plan, Day known_on) {
  if (!receipt.intact) return {"凭证写成之后有过改动", "the receipt was changed after it was written"};
  if (receipt.options.known_on && *receipt.options.known_on > known_on) {
    const std::string day = to_iso(*receipt.options.known_on);
    return {"凭证所依据的规则截至 " + day + ",晚于所给的日期",
            "it was decided by rules as known on " + day + ", a later day"};
  }
  const plan::Index program = plan->find_program(receipt.program);
  if (program == plan::kNone)
    return {"规则中没有这个项目:" + receipt.program, "no such programme in the rules: " + receipt.program};
  const auto before = on_record(receipt.answer);
  if (plan->programs[program].kind != plan::ProgramInfo::program || !before)
    return {"只有项目的凭证才有补差", "only the receipt of a programme has a top-up"};

  run::Facts facts(plan, program);
  const json::ProgramNames names(*plan, program);
  const auto reading = json::read_facts(facts, names, json::canonical(receipt.facts));
  if (!reading.refused.empty()) {
    const run::BadFact& refused = reading.refused.front();
    return {refused.path + ":" + refused.allowed.zh, refused.path + ": " + refused.allowed.en};
  }
  run::Options options = receipt.options;
  options.known_on = known_on;
  run::Decision after;
  run::decide(facts, options, after);

  Revision revision;
  revision.outcome = after.outcome;
  revision.top_up = top_up_of(receipt, facts, *before, after);
  revision.kind = kind_of(*before, revision.top_up);
  if (before->outcome != Outcome::ineligible) revision.was = run::payable(before->amount, before->amount_kind);
  revision.now = run::payable(after.amount, after.amount_kind);
  revision.version_was = version_in(receipt.answer);
  if (after.section != plan::kNone) revision.version = plan->programs[program].sections[after.section].name;
  revision.needs = after.needs;
  return revision;
}

}  // namespace guiju::receipt
