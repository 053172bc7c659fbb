// Guiju: the C++ interface, header-only over the C interface (guiju.h). Any C++20 compiler and standard library will
// do, whatever the library itself was built with.
//
//     auto compiled = guiju::Rulebook::from_directory("rules");
//     if (!compiled) …                                        // no such folder: compiled.error()
//     if (!*compiled) …                                       // mistakes: compiled->diagnostics
//     const guiju::Rulebook rules = *compiled->rulebook;
//     auto facts = guiju::Facts::of(rules.find_program("appliance_trade_in"));
//     facts->read_json(text);
//     auto decision = guiju::Decision::create();
//     if (decision->decide(*facts)) std::cout << decision->amount_text();
#pragma once

#include "guiju/binding.hpp"
#include "guiju/columns.hpp"
#include "guiju/combination.hpp"
#include "guiju/decision.hpp"
#include "guiju/facts.hpp"
#include "guiju/receipt.hpp"
#include "guiju/result.hpp"
#include "guiju/rulebook.hpp"
#include "guiju/values.hpp"

namespace guiju {
inline namespace v0 {

// The version of the library, "0.1.0".
[[nodiscard]] inline std::string_view version() {
  return gj_version();
}
// Whether the library and the header that this program was built with fit together.
[[nodiscard]] inline bool abi_fits() {
  return gj_abi_version() == GJ_ABI_VERSION;
}

}  // namespace v0
}  // namespace guiju
