// Decisions on record: read from their text, looked at, decided again. One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "guiju/decision.hpp"
#include "guiju/result.hpp"
#include "guiju/rulebook.hpp"
#include "guiju/values.hpp"

namespace guiju {
inline namespace v0 {

// What a receipt says of itself. Texts live as long as the Receipt.
struct ReceiptInfo {
  int format = 0;
  bool intact = false;  // not changed since it was written
  std::string_view engine, program, rules_sha256;
  std::string_view outcome, amount;
  std::optional<Date> as_at, known_on;
  std::string_view facts, answer;  // JSON
};

// What deciding again showed. Texts live until the Receipt is verified again or deleted.
struct Verification {
  bool same = false;  // all of the next three; and the words, where this version of the library wrote it
  bool intact = false, same_rules = false, same_answer = false;
  std::string_view path, was, now;  // the first difference, of words only where there is no other; empty: none
  bool same_words = false;          // to the byte
  bool same_engine = false;         // written by this version; another may tell the same in other words
};

class Receipt {
 public:
  // Status::json: the text is no receipt, or one of a newer format.
  static Result<Receipt> read(std::string_view text) {
    gj_receipt* handle = nullptr;
    gj_error* error = nullptr;
    const gj_status status = gj_receipt_read(text.data(), text.size(), &handle, &error);
    if (status < 0) return Error(status, error);
    return Receipt(handle);
  }
  [[nodiscard]] gj_receipt* handle() const { return handle_.get(); }

  [[nodiscard]] ReceiptInfo info() const {
    gj_receipt_info i{};
    i.size = sizeof i;
    if (gj_receipt_describe(handle_.get(), &i) != GJ_OK) return {};
    return {i.format,
            i.is_intact != 0,
            detail::view(i.engine),
            detail::view(i.program),
            detail::view(i.rules_sha256),
            detail::view(i.outcome),
            detail::view(i.amount),
            detail::out(i.as_at),
            detail::out(i.known_on),
            detail::view(i.facts),
            detail::view(i.answer)};
  }

  Result<Verification> verify(const Rulebook& rules) {
    gj_verification v{};
    v.size = sizeof v;
    gj_error* error = nullptr;
    const gj_status status = gj_receipt_verify(handle_.get(), rules.handle(), &v, &error);
    if (status < 0) return Error(status, error);
    return Verification{v.is_same != 0,        v.is_intact != 0,     v.is_same_rules != 0,
                        v.is_same_answer != 0, detail::view(v.path), detail::view(v.was),
                        detail::view(v.now),   v.is_same_words != 0, v.is_same_engine != 0};
  }

  // What a later notice adds to what was granted: decided again by the rules as known on that day.
  [[nodiscard]] Result<TopUp> top_up(const Rulebook& rules, Date known_on) const {
    gj_top_up t{};
    t.size = sizeof t;
    gj_error* error = nullptr;
    const gj_status status = gj_receipt_top_up(handle_.get(), rules.handle(), detail::in(known_on), &t, &error);
    if (status < 0) return Error(status, error);
    return detail::top_up_from(t);
  }

 private:
  explicit Receipt(gj_receipt* handle) : handle_(handle) {}
  struct Delete {
    void operator()(gj_receipt* r) const { gj_receipt_delete(r); }
  };
  std::unique_ptr<gj_receipt, Delete> handle_;
};

}  // namespace v0
}  // namespace guiju
