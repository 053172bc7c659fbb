// What counts is what the receipt says was granted, not what the rules would say of that day now. Only where the case
// was open, and the rules at hand still leave it open in the same way, the earlier decision is made again: what is open
// on both days is the same on both.
#include "receipt/top_up.hpp"

#include <algorithm>
#include <array>

#include "explain/show.hpp"
#include "json/read_facts.hpp"
#include "receipt/answer.hpp"
#include "run/outcomes.hpp"

namespace guiju::receipt {
namespace {

using json::Value;
using run::Outcome;

// Only what stands there as format 1 has it is read: a sum in another shape is no sum of 0.
std::optional<i128> fen(const Value& amount) {
  const auto yuan = amount.is_text() ? parse_decimal(amount.text) : std::nullopt;
  const auto exact = yuan ? mul(*yuan, Rational(100)) : std::nullopt;
  if (!exact || !exact->is_integer() || explain::show_fen(exact->num()) != amount.text) return std::nullopt;
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

bool is_null(const Value* value) {
  return value != nullptr && value->kind == Value::Kind::null;
}

std::optional<run::MoneyRange> exactly(const Value& amount) {
  const auto sum = fen(amount);
  if (!sum) return std::nullopt;
  return run::MoneyRange{*sum, *sum, false};
}

// Two ends; without an upper bound the second is null.
std::optional<run::MoneyRange> interval(const Value& between) {
  if (between.kind != Value::Kind::array || between.items.size() != 2) return std::nullopt;
  const auto least = fen(between.items[0]);
  if (!least) return std::nullopt;
  if (is_null(&between.items[1])) return run::MoneyRange{*least, 0, true};
  const auto most = fen(between.items[1]);
  if (!most || *most < *least) return std::nullopt;
  return run::MoneyRange{*least, *most, false};
}

// The decision on record, as far as a difference needs it.
class OnRecord {
 public:
  explicit OnRecord(const Value& answer) : answer_(answer) {}

  Or<run::Decision> read() {
    const bool good = read_outcome() && read_amount() && read_may_be_refused();
    if (good) return std::move(decision_);
    const std::string path = "answer." + bad_;
    return {"凭证的 " + path + " 与格式 1 不符", path + " of the receipt is not as format 1 has it"};
  }

 private:
  bool is_bad(std::string member) {
    bad_ = std::move(member);
    return false;
  }

  bool read_outcome() {
    const auto outcome = outcome_named(answer_.find("outcome"));
    if (!outcome) return is_bad("outcome");
    decision_.outcome = *outcome;
    return true;
  }

  bool read_amount() {
    // What is no payment stands under its own name.
    const Value* kind = answer_.find("amount_kind");
    if (kind != nullptr && !kind->is_text()) return is_bad("amount_kind");
    const std::string name = kind != nullptr ? kind->text : "amount";
    decision_.amount_kind = amount_kind_named(name);
    if (name != "amount" && decision_.amount_kind == AmountKind::payment) return is_bad("amount_kind");
    const Value* amount = answer_.find(name);
    const Value* between = answer_.find(name + "_between");
    if (amount == nullptr) return is_bad(name);
    if (between == nullptr) return is_bad(name + "_between");
    if (is_null(amount) && is_null(between)) return true;
    if (!is_null(amount) && !is_null(between)) return is_bad(name + "_between");
    const auto range = is_null(amount) ? interval(*between) : exactly(*amount);
    if (!range) return is_bad(is_null(amount) ? name + "_between" : name);
    decision_.has_amount = true;
    decision_.amount = *range;
    return true;
  }

  bool read_may_be_refused() {
    const Value* may_be_refused = answer_.find("may_be_refused");
    if (may_be_refused != nullptr && may_be_refused->kind != Value::Kind::truth) return is_bad("may_be_refused");
    decision_.may_be_refused = may_be_refused == nullptr || may_be_refused->truth;
    return true;
  }

  const Value& answer_;
  std::string bad_;  // the member that could not be read
  run::Decision decision_;
};

Revision::Kind kind_of(const run::Decision& before, const run::TopUp& top_up) {
  const bool can_be_raised = top_up.amount.unbounded || top_up.amount.most > 0;
  if (run::is_open(top_up.outcome)) return can_be_raised ? Revision::open : Revision::not_raised;
  if (top_up.outcome == Outcome::eligible) return top_up.amount.least > 0 ? Revision::raised : Revision::not_raised;
  return run::may_be_granted(before.outcome) ? Revision::no_longer_eligible : Revision::not_raised;
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
  if (plan->programs[program].kind != plan::ProgramInfo::program)
    return {"只有项目的凭证才有补差", "only the receipt of a programme has a top-up"};
  auto before = OnRecord(receipt.answer).read();
  if (!before) return before.why;

  run::Facts facts(plan, program);
  const json::ProgramNames names(*plan, program);
  const auto reading = json::read_facts(facts, names, json::canonical(receipt.facts), json::kOnRecord);
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
