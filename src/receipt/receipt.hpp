// Receipts: a decision with everything that it stands on, in one canonical text (RFC 8785) that can be decided again
// years later on another machine. rules/reference/receipts.md describes it member by member.
//
// `format` says which members there are and what they hold. A format is never changed: what a later engine has to say
// beyond it makes a new format, and the engine goes on reading and remaking the old ones.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/fact_names.hpp"
#include "json/value.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::receipt {

inline constexpr std::int64_t kNewestFormat = 1;
inline constexpr std::size_t kLargest = std::size_t{16} << 20U;  // bytes; facts may be as long

// Something, or why there is none.
template <typename Thing>
struct Or {
  std::optional<Thing> value;
  plan::LocalText why;

  Or(Thing thing) : value(std::move(thing)) {}            // NOLINT(google-explicit-constructor)
  Or(plan::LocalText reason) : why(std::move(reason)) {}  // NOLINT(google-explicit-constructor)
  Or(std::string zh, std::string en) : why{std::move(zh), std::move(en)} {}
  explicit operator bool() const { return value.has_value(); }
  Thing& operator*() { return *value; }
  Thing* operator->() { return &*value; }
};

// Whether the decision is what deciding on the facts gives: they may have been changed since, or be those of another
// case.
[[nodiscard]] bool is_decision_on(const run::Facts& facts, const run::Decision& decision);

// The receipt of a decision that was made on these facts, one line without its end. `masks` are paths of texts
// ("buyer.id", "claims.buyer_id"): each text that stands there is replaced, wherever a fact has it, by "masked-1",
// "masked-2" … in the order of the paths and entries. The masked facts are decided again; where that is not the same
// decision there is no receipt.
[[nodiscard]] Or<std::string> make(const run::Facts& facts, const json::ProgramNames& names,
                                   const run::Decision& decision, const std::vector<std::string>& masks);

struct Receipt {
  std::int64_t format = 0;
  std::string engine, program, rules_sha256;
  run::Options options;
  std::vector<std::string> masked;  // paths
  json::Value facts, answer;
  bool intact = false;  // once read: canonical to the byte, and every hash is that of what it stands for
};
// No value where the text is no receipt, or one of a newer format. One line end behind it, LF or CRLF, is allowed.
[[nodiscard]] Or<Receipt> read(std::string_view text);

// What deciding again showed.
struct Verification {
  bool intact = false;
  bool same_rules = false;
  bool same_answer = false;  // what the rules at hand decide on the facts of the receipt, apart from its words
  bool same_words = false;   // and in the same words, too
  bool same_engine = false;  // it was written by this version of the engine
  // The first, in facts or answer, of words only where nothing else differs; `program` where there is no such.
  std::optional<json::Difference> difference;
  // How a decision is told is each version's own: what an earlier one decided is the same in other words, too.
  [[nodiscard]] bool same() const { return intact && same_rules && same_answer && (same_words || !same_engine); }
  [[nodiscard]] bool reworded() const { return same() && !same_words; }
};
[[nodiscard]] Verification verify(const Receipt& receipt, std::shared_ptr<const plan::Plan> plan);

}  // namespace guiju::receipt
