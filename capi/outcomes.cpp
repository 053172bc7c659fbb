// The table of outcomes.
#include "outcomes.hpp"

#include <algorithm>
#include <array>

namespace guiju::capi {
namespace {

struct Row {
  gj_outcome outcome;
  std::string_view name;
};
constexpr std::array<Row, 16> kOutcomes = {{{GJ_ELIGIBLE, "eligible"},
                                            {GJ_INELIGIBLE, "ineligible"},
                                            {GJ_UNDETERMINED, "undetermined"},
                                            {GJ_REFERRED, "referred"},
                                            {GJ_NOT_IN_FORCE, "not_in_force"},
                                            {GJ_INVALID, "invalid"},
                                            {GJ_GRADED, "graded"},
                                            {GJ_UNCLASSIFIED, "unclassified"},
                                            {GJ_DUTY_NOT_OWED, "not_owed"},
                                            {GJ_DUTY_OWED, "owed"},
                                            {GJ_DUTY_MET, "met"},
                                            {GJ_DUTY_LATE, "late"},
                                            {GJ_DUTY_OVERDUE, "overdue"},
                                            {GJ_TARGET_ATTAINED, "attained"},
                                            {GJ_TARGET_OPEN, "open"},
                                            {GJ_TARGET_MISSED, "missed"}}};

}  // namespace

gj_outcome outcome_named(std::string_view name) {
  const auto found = std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](const Row& r) { return r.name == name; });
  return found == kOutcomes.end() ? gj_outcome{GJ_UNDECIDED} : found->outcome;
}

std::string_view name_of_outcome(gj_outcome outcome) {
  const auto found =
      std::find_if(kOutcomes.begin(), kOutcomes.end(), [&](const Row& r) { return r.outcome == outcome; });
  return found == kOutcomes.end() ? std::string_view("") : found->name;
}

}  // namespace guiju::capi
