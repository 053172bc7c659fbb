// A receipt says nothing that deciding on the facts in it does not say: they are read back and decided before it is
// written.
#include "json/read_facts.hpp"
#include "receipt/answer.hpp"
#include "receipt/mask.hpp"
#include "receipt/seal.hpp"

namespace guiju::receipt {
namespace {

bool same_amount(const run::MoneyRange& a, const run::MoneyRange& b) {
  return a.least == b.least && a.most == b.most && a.unbounded == b.unbounded;
}

}  // namespace

bool is_decision_on(const run::Facts& facts, const run::Decision& decision) {
  run::Decision again;
  run::decide(facts, decision.options, again);
  return again.outcome == decision.outcome && again.section == decision.section &&
         again.reference_date == decision.reference_date && again.has_amount == decision.has_amount &&
         same_amount(again.amount, decision.amount) && again.failed == decision.failed && again.needs == decision.needs;
}

Or<std::string> make(const run::Facts& facts, const json::ProgramNames& names, const run::Decision& decision,
                     const std::vector<std::string>& masks) {
  auto masking = mask(facts, masks);
  if (!masking) return masking.why;

  Receipt receipt;
  receipt.format = kNewestFormat;
  receipt.engine = GUIJU_VERSION;
  receipt.rules_sha256 = facts.plan().rules_sha256;
  receipt.program = facts.plan().programs[facts.program()].name;
  receipt.options = decision.options;
  receipt.masked = std::move(masking->paths);
  receipt.facts = json::write_facts(facts, names, masking->replaced);

  run::Facts written(facts.shared_plan(), facts.program());
  const auto reading = json::read_facts(written, names, json::canonical(receipt.facts), json::kOnRecord);
  run::Decision again;
  run::decide(written, decision.options, again);
  receipt.answer = answer(receipt.format, written, again);
  const auto difference = difference_apart_from_texts(answer(receipt.format, facts, decision), receipt.answer);
  if (!reading.refused.empty() || difference) {
    const std::string where = difference ? difference->path : reading.refused.front().path;
    if (masks.empty()) return {"事实无法写入凭证:" + where, "the facts cannot be written to a receipt: " + where};
    return {"隐去之后结论不同,不能这样隐去:" + where,
            "masked, the case is decided otherwise; this cannot be masked: " + where};
  }
  std::string text = seal(receipt);
  if (text.size() > kLargest) return {"凭证过大", "the receipt is too large"};
  return text;
}

}  // namespace guiju::receipt
