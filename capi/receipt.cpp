// Receipts: written from a decision, read, decided again.
#include "receipt/receipt.hpp"

#include "boundary.hpp"
#include "deciding.hpp"
#include "items.hpp"
#include "json/value.hpp"
#include "receipt/top_up.hpp"
#include "values.hpp"

namespace guiju::capi {
namespace {

std::vector<std::string> masks_in(const gj_receipt_options* options) {
  gj_receipt_options known{};
  if (options == nullptr) return {};
  if (options->size < sizeof options->size)
    throw Failure{GJ_E_ARGUMENT, "options 的 size 未设置", "the size of options is not set"};
  std::memcpy(&known, options, options->size < sizeof known ? options->size : sizeof known);
  std::vector<std::string> masks;
  if (known.mask_count != 0) require(known.masks, "masks");
  for (std::size_t i = 0; i < known.mask_count; ++i)
    masks.emplace_back(text_in(known.masks[i].data, known.masks[i].size));
  return masks;
}

std::string text_of(const json::Value& answer, std::string_view name) {
  const json::Value* found = answer.find(name);
  return found != nullptr && found->is_text() ? found->text : std::string();
}

gj_verification verification_out(const gj_receipt& receipt) {
  gj_verification value{};
  value.is_same = receipt.found.same();
  value.is_intact = receipt.found.intact;
  value.is_same_rules = receipt.found.same_rules;
  value.is_same_answer = receipt.found.same_answer;
  value.path = text_out(receipt.difference.path);
  value.was = text_out(receipt.difference.was);
  value.now = text_out(receipt.difference.now);
  value.is_same_words = receipt.found.same_words;
  value.is_same_engine = receipt.found.same_engine;
  return value;
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_decision_receipt(gj_decision* decision, const gj_facts* facts, const gj_receipt_options* options,
                              gj_text* receipt, gj_error** error) {
  if (receipt != nullptr) *receipt = no_text();
  return guarded(error, [&] {
    gj_decision& decided = require(decision, "decision");
    const gj_facts& from = require(facts, "facts");
    gj_text& out = require(receipt, "receipt");
    const std::vector<std::string> masks = masks_in(options);
    if (decided.program == nullptr) throw Failure{GJ_E_STATE, "还没有作出决定", "nothing was decided yet"};
    refuse_targets(decided);
    if (decided.refused || !from.refused.empty())
      throw Failure{GJ_E_STATE, "事实读不懂,不写凭证", "no receipt: the facts cannot be read"};
    expect_unchanged(from, decided);
    if (from.program != decided.program || !receipt::is_decision_on(from.facts, decided.decided.get()))
      throw Failure{GJ_E_STATE, "不是这份决定所依据的事实", "the facts are not those that were decided"};
    auto made = receipt::make(from.facts, from.program->names(), decided.decided.get(), masks);
    if (!made) throw Failure{GJ_E_ARGUMENT, made.why.zh, made.why.en};
    decided.receipt = std::move(*made);
    decided.next_row_follows = false;
    out = text_out(decided.receipt);
    return gj_status{GJ_OK};
  });
}

gj_status gj_receipt_read(const char* text, size_t text_size, gj_receipt** receipt, gj_error** error) {
  if (receipt != nullptr) *receipt = nullptr;
  return guarded(error, [&] {
    gj_receipt*& out = require(receipt, "receipt");
    auto read = receipt::read(text_in(text, text_size));
    if (!read) throw Failure{GJ_E_JSON, read.why.zh, read.why.en};
    auto made = std::make_unique<gj_receipt>();
    made->contents = std::move(*read);
    made->outcome = text_of(made->contents.answer, "outcome");
    made->amount = text_of(made->contents.answer, "amount");
    made->facts = json::canonical(made->contents.facts);
    made->answer = json::canonical(made->contents.answer);
    out = made.release();
    return gj_status{GJ_OK};
  });
}

void gj_receipt_delete(gj_receipt* receipt) {
  delete receipt;
}

gj_status gj_receipt_describe(const gj_receipt* receipt, gj_receipt_info* out) {
  return guarded_into(out, nullptr, [&] {
    const gj_receipt& from = require(receipt, "receipt");
    gj_receipt_info value{};
    value.format = static_cast<std::int32_t>(from.contents.format);
    value.is_intact = from.contents.intact;
    value.engine = text_out(from.contents.engine);
    value.program = text_out(from.contents.program);
    value.rules_sha256 = text_out(from.contents.rules_sha256);
    value.outcome = text_out(from.outcome);
    value.amount = text_out(from.amount);
    value.as_at = date_out(from.contents.options.as_at);
    value.known_on = date_out(from.contents.options.known_on);
    value.facts = text_out(from.facts);
    value.answer = text_out(from.answer);
    return fill(out, value);
  });
}

gj_status gj_receipt_verify(gj_receipt* receipt, const gj_rulebook* rulebook, gj_verification* out, gj_error** error) {
  return guarded_into(out, error, [&] {
    gj_receipt& of = require(receipt, "receipt");
    of.found = receipt::verify(of.contents, require(rulebook, "rulebook").plan);
    of.difference = of.found.difference.value_or(json::Difference{});
    if (out != nullptr) (void)fill(out, verification_out(of));
    return gj_status{of.found.same() ? GJ_OK : GJ_DIFFERS};
  });
}

gj_status gj_receipt_top_up(const gj_receipt* receipt, const gj_rulebook* rulebook, gj_date known_on, gj_top_up* out,
                            gj_error** error) {
  return guarded_into(out, error, [&] {
    const gj_receipt& of = require(receipt, "receipt");
    auto revision = receipt::revise(of.contents, require(rulebook, "rulebook").plan, day_in(known_on));
    if (!revision) throw Failure{GJ_E_ARGUMENT, revision.why.zh, revision.why.en};
    return fill(out, top_up_out(revision->top_up));
  });
}

}  // extern "C"
