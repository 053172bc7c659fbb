// Personal facts are texts that rules compare for equality only: a text that stands for another, equal where that was
// equal, decides the same.
#pragma once

#include <string>
#include <vector>

#include "json/write_facts.hpp"
#include "receipt/receipt.hpp"

namespace guiju::receipt {

struct Mask {
  std::vector<std::string> paths;  // in first names
  json::Replacements replaced;
};
// No value where a path names nothing, or no text.
[[nodiscard]] Or<Mask> mask(const run::Facts& facts, const std::vector<std::string>& paths);

// Whether these are the facts of a receipt that masks these paths: named as `mask` names them, and nothing but
// stand-ins there, numbered in their order.
[[nodiscard]] bool is_masked(const run::Facts& facts, const std::vector<std::string>& paths);

}  // namespace guiju::receipt
