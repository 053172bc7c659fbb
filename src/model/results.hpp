// The results of a standard, by name, with the type that whoever asks for them gets. Private to model/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/rulebook.hpp"

namespace guiju::model {

struct ResultType {
  std::string name;
  Type type;  // optional where the edition may give none
};
[[nodiscard]] std::vector<ResultType> results_of(const Edition& edition);
// Of all editions, or of one: optional where an edition that may govern gives none. No value: no edition gives it.
[[nodiscard]] std::optional<Type> result_type(const Standard& standard, std::string_view name,
                                              std::string_view edition);
[[nodiscard]] std::vector<std::string> result_names(const Standard& standard);

}  // namespace guiju::model
