// The facts of a case as JSON, in one way only: what read_facts reads back to the same facts, state by state. Receipts
// hold facts in this form, and anybody can decide on them again.
#pragma once

#include <map>
#include <string>

#include "json/fact_names.hpp"
#include "json/value.hpp"
#include "run/facts.hpp"

namespace guiju::json {

// Texts that are written in place of others, wherever a fact of kind text has them.
using Replacements = std::map<std::string, std::string, std::less<>>;

// Records under their first names; numbers as texts in the unit of the field, exact; dates as 2025-03-01; what is
// unknown is left out. Histories and lists always say whether they are complete, entries keep their order.
[[nodiscard]] Value write_facts(const run::Facts& facts, const ProgramNames& names, const Replacements& replaced = {});

}  // namespace guiju::json
