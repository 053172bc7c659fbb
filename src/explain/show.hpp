// Values as people read them, in either language.
#pragma once

#include <string>

#include "explain/words.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"
#include "run/value.hpp"

namespace guiju::explain {

[[nodiscard]] std::string show_fen(i128 fen);  // "1800.00"
[[nodiscard]] std::string show_value(const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& value,
                                     const run::Decision& decision, bool english);
void add_value(std::string& out, const plan::Plan& plan, const plan::SlotInfo& slot, const run::Value& value,
               const run::Decision& decision, bool english);
// The same where it stands, else in `words`.
[[nodiscard]] Phrase tell_value(Words& words, const plan::Plan& plan, const plan::SlotInfo& slot,
                                const run::Value& value, const run::Decision& decision, bool english);
// A text with its holes filled from the slots of the decision. Reasons must have been evaluated.
[[nodiscard]] std::string fill(const plan::Plan& plan, const plan::Section& section, const plan::Template& text,
                               const run::Decision& decision, bool english);
[[nodiscard]] std::string plain_text(const plan::Template& text, bool english);  // holes left out
// One fact of the case: "3级", "6000.00元", "无", "未知".
[[nodiscard]] std::string show_fact(const plan::Plan& plan, const plan::FieldInfo& field, const run::FactValue& fact,
                                    bool english);
// "2级及以上", "个人消费者", "冰箱、洗衣机或电视".
[[nodiscard]] std::string show_members(const plan::Plan& plan, plan::Index enumeration, std::uint64_t mask,
                                       bool english);
[[nodiscard]] Phrase tell_members(Words& words, const plan::Plan& plan, plan::Index enumeration, std::uint64_t mask,
                                  bool english);
[[nodiscard]] std::string show_yuan(const Rational& yuan);  // "1799.9985"; ≈ where no decimal is exact
// "1800.00元", of an amount in the scale `q`.
void add_yuan(std::string& out, const run::Fraction& amount, const Rational& q, bool english);
[[nodiscard]] std::string show_day(Day day, bool english);
[[nodiscard]] std::string show_period(const plan::Section& section, bool english);

}  // namespace guiju::explain
