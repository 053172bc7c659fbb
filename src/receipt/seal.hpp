// The text of a receipt from its contents: shared by writing one and by remaking one to hold it against what was read.
#pragma once

#include "receipt/receipt.hpp"

namespace guiju::receipt {

// All members in canonical form, with the hash of the facts, and the hash of the receipt itself over all the others.
[[nodiscard]] std::string seal(const Receipt& receipt);

}  // namespace guiju::receipt
