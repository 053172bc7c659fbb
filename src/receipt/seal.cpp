// The members of a receipt and their hashes.
#include "receipt/seal.hpp"

#include "values/sha256.hpp"

namespace guiju::receipt {
namespace {

json::Value day_or_null(const std::optional<Day>& day) {
  return day ? json::Value(to_iso(*day)) : json::Value();
}

std::string digest(const json::Value& tree) {
  return sha256(json::canonical(tree));
}

}  // namespace

std::string seal(const Receipt& receipt) {
  json::Value masked = json::Value::array();
  for (const std::string& path : receipt.masked) masked.items.push_back(json::Value(path));
  json::Value out = json::Value::object();
  out.set("format", json::Value(receipt.format));
  out.set("engine", json::Value(receipt.engine));
  out.set("rules_sha256", json::Value(receipt.rules_sha256));
  out.set("facts_sha256", json::Value(digest(receipt.facts)));
  out.set("program", json::Value(receipt.program));
  out.set("as_at", day_or_null(receipt.options.as_at));
  out.set("known_on", day_or_null(receipt.options.known_on));
  out.set("max_cases", json::Value(std::int64_t{receipt.options.max_cases}));
  out.set("facts", receipt.facts);
  out.set("masked", std::move(masked));
  out.set("answer", receipt.answer);
  out.set("receipt_sha256", json::Value(digest(out)));
  return json::canonical(out);
}

}  // namespace guiju::receipt
