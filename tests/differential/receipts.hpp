// Every decision of the run is put on record, read and decided again: it must be the same, to the byte.
#pragma once

#include <string>

#include "json/fact_names.hpp"
#include "run/decide.hpp"
#include "run/facts.hpp"

namespace guiju::reference {

// What is wrong with the receipt of a decision that was made on these facts; empty where nothing is.
[[nodiscard]] std::string receipt_fault(const run::Facts& facts, const json::ProgramNames& names,
                                        const run::Decision& decision);

}  // namespace guiju::reference
