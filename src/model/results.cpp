// What a standard gives beside its grade, by name: results, named grades, lines of compliance.
#include "model/results.hpp"

#include <algorithm>

#include "model/checker.hpp"

namespace guiju::model {

namespace {

// Outside the scope of the edition, and where a requirement of it is not met, it gives no result.
Type type_of(const Edition& edition, const Result& result) {
  Type type = result.value->type;
  type.optional = type.optional || edition.applies != nullptr || !edition.requirements.empty();
  return type;
}

Type type_of(const Grading& grading) {
  Type type = enumerated_type(*grading.scale);
  type.optional = grading.when != nullptr;
  return type;
}

Type type_of(const Comply& comply) {
  Type type = simple_type(TypeKind::boolean);
  type.optional = comply.from.day || comply.to.day;
  return type;
}

}  // namespace

std::vector<ResultType> results_of(const Edition& edition) {
  std::vector<ResultType> results;
  for (const Result& result : edition.results) results.push_back({result.name, type_of(edition, result)});
  for (const Grading& grading : edition.gradings) {
    if (!grading.name.empty()) results.push_back({grading.name, type_of(grading)});
  }
  for (const Comply& comply : edition.complies) results.push_back({comply.name, type_of(comply)});
  return results;
}

std::optional<Type> result_type(const Standard& standard, std::string_view name, std::string_view edition) {
  std::optional<Type> found;
  bool in_all = true;
  for (const Edition& one : standard.editions) {
    if (!edition.empty() && one.name != edition) continue;
    const auto results = results_of(one);
    const auto result =
        std::find_if(results.begin(), results.end(), [&](const ResultType& r) { return r.name == name; });
    if (result == results.end()) {
      in_all = false;
      continue;
    }
    const bool optional = result->type.optional || (found && found->optional);
    if (!found) found = result->type;
    found->optional = optional;
  }
  if (found) found->optional = found->optional || !in_all;
  return found;
}

std::vector<std::string> result_names(const Standard& standard) {
  std::vector<std::string> names;
  for (const Edition& edition : standard.editions) {
    for (const ResultType& result : results_of(edition)) {
      if (std::find(names.begin(), names.end(), result.name) == names.end()) names.push_back(result.name);
    }
  }
  return names;
}

}  // namespace guiju::model
