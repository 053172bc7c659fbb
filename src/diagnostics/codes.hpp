// The enumerators of the findings' codes, apart from diagnostic.hpp: who only passes findings on need not be built anew
// for every new code.
#pragma once

#include "diagnostics/diagnostic.hpp"

namespace guiju {

enum class Code : std::uint16_t {
#define GUIJU_CODE(number, id, severity, en, zh, help_en, help_zh) id = number,
#include "diagnostics/codes.def"
#undef GUIJU_CODE
};

}  // namespace guiju
