// A case in a struct of the host, decided in one call, with its figures where they are asked for.
#include <array>

#include "boundary.hpp"
#include "deciding.hpp"
#include "run/kernels.hpp"
#include "values.hpp"

namespace guiju::capi {
namespace {

using kernel::RowAnswer;

constexpr gj_outcome outcome_of(std::uint64_t flags) {
  if ((flags & RowAnswer::not_in_force) != 0) return GJ_NOT_IN_FORCE;
  if ((flags & RowAnswer::referred) != 0) return GJ_REFERRED;
  return (flags & RowAnswer::fails) != 0 ? GJ_INELIGIBLE : GJ_ELIGIBLE;
}

// What follows from the flags, without a jump: how a row comes out nobody foresees.
struct Flagged {
  gj_outcome outcome = GJ_UNDECIDED;
  std::uint64_t grants = 0, fails = 0;  // all bits where it does
};
constexpr std::size_t kFlags = 2 * RowAnswer::settled;
constexpr auto kFlagged = [] {
  std::array<Flagged, kFlags> out{};
  for (std::size_t flags = 0; flags < kFlags; ++flags) {
    const gj_outcome outcome = outcome_of(flags);
    out[flags] = {outcome, outcome == GJ_ELIGIBLE ? ~std::uint64_t{0} : 0,
                  outcome == GJ_INELIGIBLE ? ~std::uint64_t{0} : 0};
  }
  return out;
}();

bool is_plain(const gj_decision& decision) {
  return decision.language == GJ_SILENT && !decision.options.known_on;
}

// False where the row is not settled by its program.
inline bool answer(const gj_binding& binding, const void* row, gj_decision& into) {
  const std::uint64_t flags = binding.row.decide(row, into.row);
  if (flags == 0) return false;
  into.decided.answered(*binding.program, flags, into.row.answer());
  into.outcome = kFlagged[flags % kFlags].outcome;
  return true;
}

bool answer_by_kernel(const gj_binding& binding, const void* row, gj_decision& into) {
  if (!binding.row.load(row, into.row)) return false;
  into.decided.set_options(into.options);
  run::Decision& decided = into.decided.fill();
  if (!run::decide_row(*binding.program->rulebook->plan, binding.program->info(), into.row.row(), decided))
    return false;
  into.outcome = static_cast<gj_outcome>(decided.outcome);  // of a programme they agree: see decide.cpp
  return true;
}

// Whatever an earlier answer left goes, but for what the next one overwrites.
void begin_plain(const gj_binding& from, gj_decision& into) {
  forget_answer(into);
  into.decided_on = {};
  into.decided.set_options(into.options);
  into.owner.reset(from.program->rulebook);
  into.program = from.program;
}

void decide_otherwise(const gj_binding& binding, const void* row, gj_decision& into) {
  into.program = nullptr;  // the words of the row before are gone; an answer that fails half-way is none
  if (is_plain(into) && answer_by_kernel(binding, row, into)) {
    into.program = binding.program;
    return;
  }
  if (into.row_facts == nullptr || into.row_facts->program != binding.program)
    into.row_facts = std::make_unique<gj_facts>(*binding.program);
  binding.row.fill(row, into.row_facts->facts);
  decide_into(*into.row_facts, into);
  into.decided_on = {};
  into.decided.get().reasons_evaluated = false;  // they hold for facts that nobody else has
}

void decide_first(const gj_binding* binding, const void* row, gj_decision* decision) {
  gj_decision& into = require(decision, "decision");
  decide_or_forget(into, [&] {
    const gj_binding& from = require(binding, "binding");
    require(row, "row");
    if (from.list != nullptr) throw Failure{GJ_E_ARGUMENT, "这是记录的描述", "the binding is one of entries"};
    if (is_plain(into)) {
      begin_plain(from, into);
      into.next_row_follows = answer(from, row, into);
      if (into.next_row_follows) return;
    }
    decide_otherwise(from, row, into);
  });
}

// Of a host that asks much a row costs little beside its machine code: nothing is called, and what is rare stands
// apart.
inline void decide_row(const gj_binding* binding, const void* row, gj_decision* into) {
  const bool is_next =
      binding != nullptr && row != nullptr && into != nullptr && into->next_row_follows && binding->row.owns(into->row);
  if (!is_next || !answer(*binding, row, *into)) decide_first(binding, row, into);
}

// The words of a version's set into the room that there is; what lies behind them holds zeros, and so do they where
// nothing fails.
template <typename WordAt>
void give_failed(gj_row_answer& out, std::size_t words, std::uint64_t fails, const WordAt& word_at) {
  const std::size_t room = out.failed == nullptr ? 0 : out.failed_words;
  out.failed_words = words & fails;
  for (std::size_t w = 0; w < room; ++w) out.failed[w] = w < words ? word_at(w) & fails : 0;
}

// From the words of a row that its program has settled, without unfolding them and without a jump.
void give_settled(const gj_binding& binding, const gj_decision& d, gj_row_answer& out) {
  const std::uint64_t flags = d.decided.row_flags();
  const std::uint64_t* const words = d.decided.row_words();
  const bool is_in_force = (flags & RowAnswer::not_in_force) == 0;
  const FiguresOfVersion* const figures =
      is_in_force ? &binding.figures[words[RowAnswer::version]] : &binding.figures.back();
  const Flagged& flagged = kFlagged[flags % kFlags];
  out.outcome = flagged.outcome;
  out.version = is_in_force ? static_cast<std::int32_t>(words[RowAnswer::version]) : -1;
  out.amount = static_cast<std::int64_t>(words[RowAnswer::amount] & flagged.grants & figures->amount);
  give_failed(out, figures->failed_words, flagged.fails, [&](std::size_t w) { return words[RowAnswer::sets + w]; });
}

void give_decided(const gj_binding& binding, const gj_decision& d, gj_row_answer& out) {
  out.outcome = d.outcome;
  out.version = -1;
  out.amount = 0;
  const bool has_version = !d.is_grade && !d.is_targets && !d.refused;
  const run::Decision& decided = d.decided.get();
  const std::size_t version = has_version ? decided.section : plan::kNone;
  if (version + 1 < binding.figures.size()) out.version = static_cast<std::int32_t>(version);
  if (d.outcome == GJ_ELIGIBLE && decided.has_amount && decided.amount.known())
    out.amount = fen_out(decided.amount.least).coefficient;
  const std::size_t words = out.version >= 0 ? binding.figures[version].failed_words : 0;
  const std::uint64_t fails = d.outcome == GJ_INELIGIBLE ? ~std::uint64_t{0} : 0;
  give_failed(out, words, fails, [&](std::size_t w) { return decided.failed.word_or_none(w); });
}

void give_nothing(gj_row_answer& out) {
  out.outcome = GJ_UNDECIDED;
  out.version = -1;
  out.amount = 0;
  give_failed(out, 0, 0, [](std::size_t) { return std::uint64_t{0}; });
}

}  // namespace
}  // namespace guiju::capi

using namespace guiju;
using namespace guiju::capi;

extern "C" {

gj_status gj_decide_row(const gj_binding* binding, const void* row, gj_decision* decision, gj_error** error) {
  return guarded(error, [=] {
    capi::decide_row(binding, row, decision);
    return gj_status{GJ_OK};
  });
}

gj_status gj_answer_row(const gj_binding* binding, const void* row, gj_decision* decision, gj_row_answer* answer,
                        gj_error** error) {
  const gj_status status = guarded(error, [=] {
    gj_row_answer& out = require(answer, "answer");
    if (out.size < sizeof out) throw Failure{GJ_E_ARGUMENT, "结构的 size 未设置", "the struct's size is not set"};
    capi::decide_row(binding, row, decision);
    if (decision->decided.row_flags() != 0) {
      give_settled(*binding, *decision, out);
    } else {
      give_decided(*binding, *decision, out);
    }
    return gj_status{GJ_OK};
  });
  if (status != GJ_OK && answer != nullptr && answer->size >= sizeof *answer) give_nothing(*answer);
  return status;
}

}  // extern "C"
