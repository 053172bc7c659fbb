// What a decision says, as the member `answer` of a receipt.
#pragma once

#include "json/value.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::receipt {

// The answer of a programme or standard in one of the formats that exist.
[[nodiscard]] json::Value answer(std::int64_t format, const run::Facts& facts, const run::Decision& decision);

// Where two answers first differ, texts apart: words may name facts that were masked.
[[nodiscard]] std::optional<json::Difference> difference_apart_from_texts(json::Value was, json::Value now);

}  // namespace guiju::receipt
