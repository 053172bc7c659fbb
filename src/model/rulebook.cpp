// What a rulebook does itself: it is made, searched and taken down, here once for all files that hold one.
#include "model/rulebook.hpp"

#include <algorithm>

#include "model/declarations.hpp"

namespace guiju::model {

Rulebook::Rulebook() = default;
Rulebook::~Rulebook() = default;

namespace {
template <class T>
const T* find_named(const std::deque<T>& all, std::string_view name) {
  for (const T& candidate : all) {
    const auto names = spellings(candidate.name);
    if (std::find(names.begin(), names.end(), name) != names.end()) return &candidate;
  }
  return nullptr;
}
}  // namespace

const Program* Rulebook::find_program(std::string_view name) const {
  return find_named(programs, name);
}
const Standard* Rulebook::find_standard(std::string_view name) const {
  return find_named(standards, name);
}

}  // namespace guiju::model
