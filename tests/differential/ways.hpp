// Which way of reading the open texts the engine means, for the oracle of the reference.
#pragma once

#include <optional>
#include <vector>

#include "model/rulebook.hpp"
#include "plan/plan.hpp"
#include "reference.hpp"
#include "run/readings.hpp"

namespace guiju::reference {

// An oracle that reads so; nothing where one of the texts has no name of its own.
[[nodiscard]] std::optional<Oracle> reading_as(const model::Rulebook& rulebook, const plan::Plan& plan,
                                               const std::vector<run::Reading>& read);

}  // namespace guiju::reference
