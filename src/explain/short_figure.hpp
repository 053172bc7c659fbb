// The figure of a decision in yuan, for answers without words.
#pragma once

#include <string>
#include <string_view>

#include "run/decide.hpp"

namespace guiju::explain {

struct ShortFigure {
  std::string_view kind;            // name of an AmountKind; empty where there is no figure
  std::string amount, least, most;  // of a payment that is known; of any figure its ends
};
[[nodiscard]] ShortFigure short_figure(const run::Decision& decision);

}  // namespace guiju::explain
