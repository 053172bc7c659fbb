// The texts of headers that emitted C includes. What kernels compute with is the header that the executors use.
#pragma once

#include <string_view>

namespace guiju::emit {

extern const std::string_view kArithmetic;  // src/kernel/arithmetic.h
extern const std::string_view kEmitted;     // src/emit/guiju_emitted.h

}  // namespace guiju::emit
