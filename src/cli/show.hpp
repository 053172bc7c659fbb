// Answers as a person reads them in a terminal.
#pragma once

#include <string>
#include <string_view>

#include "explain/combination.hpp"
#include "explain/explanation.hpp"
#include "explain/targets.hpp"

namespace guiju::cli {

[[nodiscard]] std::string outcome_word(std::string_view name, bool english);  // by the name in JSON

[[nodiscard]] std::string show(const explain::Explanation& answer, bool english);
[[nodiscard]] std::string show(const explain::GradeExplanation& answer, bool english);
[[nodiscard]] std::string show(const explain::TargetsText& answer, bool english);
[[nodiscard]] std::string show(const explain::CombinationText& answer, bool english);

}  // namespace guiju::cli
