// See ways.hpp.
#include "ways.hpp"

namespace guiju::reference {

namespace {

const model::Choice* choice_of(const model::Rulebook& rulebook, const plan::ChoiceInfo& info) {
  const model::Choice* found = nullptr;
  for (const model::Choice& choice : rulebook.choices) {
    if (info.name.empty() || info.name != choice.name) continue;
    if (found != nullptr) return nullptr;
    found = &choice;
  }
  return found;
}

}  // namespace

std::optional<Oracle> reading_as(const model::Rulebook& rulebook, const plan::Plan& plan,
                                 const std::vector<run::Reading>& read) {
  Oracle out;
  for (const run::Reading& one : read) {
    const model::Choice* choice = choice_of(rulebook, plan.choices.at(one.choice));
    if (choice == nullptr) return std::nullopt;
    out.read_as(choice, one.number);
  }
  return out;
}

}  // namespace guiju::reference
