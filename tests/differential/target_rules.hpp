// The reference on targets: what was observed is walked row by row, as the language reference has it; of the checked
// targets only what stands in the file is read, not how figures are made of observations.
#pragma once

#include <optional>
#include <string>

#include "facts.hpp"
#include "model/rulebook.hpp"
#include "reference.hpp"

namespace guiju::reference {

// One row in one completely known case; the host's day apart, which may not be told.
struct TargetResult {
  enum Standing : std::uint8_t { attained, open, missed, referred, unseen, invalid } standing = invalid;
  bool usable = true;            // false: an absent value met an operator
  std::optional<Number> figure;  // none where nothing was observed
  std::optional<Number> to_go;   // below 0 where more was reached
  std::optional<bool> on_track;  // of an open one on a path
  std::string fault;             // invalid: why
};
[[nodiscard]] std::string show(const TargetResult& r);
[[nodiscard]] TargetResult decide_target(const model::Targets& targets, const model::Target& row, const Case& facts,
                                         Oracle& oracle);

}  // namespace guiju::reference
