// What an operation comes to for values, and what the rewriting of graphs asks of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernel/kernel.hpp"

namespace guiju::kernel {

[[nodiscard]] bool commutes(Operation op);
[[nodiscard]] std::size_t reads(Operation op);  // how many registers
[[nodiscard]] std::int64_t evaluate(Operation op, std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t k,
                                    const std::int64_t* p);

}  // namespace guiju::kernel
