// Names of operations and the search for programmes.
#include "plan/plan.hpp"

#include <algorithm>
#include <array>

#include "plan/duty.hpp"

namespace guiju::plan {

Section::Section() = default;
Section::Section(const Section& other) = default;
Section::Section(Section&& other) noexcept = default;
Section& Section::operator=(const Section& other) = default;
Section& Section::operator=(Section&& other) noexcept = default;
Section::~Section() = default;

ProgramInfo::ProgramInfo() = default;
ProgramInfo::ProgramInfo(const ProgramInfo& other) = default;
ProgramInfo::ProgramInfo(ProgramInfo&& other) noexcept = default;
ProgramInfo& ProgramInfo::operator=(const ProgramInfo& other) = default;
ProgramInfo& ProgramInfo::operator=(ProgramInfo&& other) noexcept = default;
ProgramInfo::~ProgramInfo() = default;

Plan::Plan() = default;
Plan::Plan(const Plan& other) = default;
Plan::Plan(Plan&& other) noexcept = default;
Plan& Plan::operator=(const Plan& other) = default;
Plan& Plan::operator=(Plan&& other) noexcept = default;
Plan::~Plan() = default;

std::string_view name_of(Operation op) {
  static constexpr std::array names{
#define GUIJU_OPERATION(id, operands, meaning) std::string_view(#id),
#include "plan/operations.def"
#undef GUIJU_OPERATION
  };
  return names[static_cast<std::size_t>(op)];
}

std::string name_of_part_requirement(const Section& section, Index index) {
  const RequirementInfo& r = section.part_requirements[index];
  return section.parts[r.part].name + "." + r.name;
}

const char* word_of(RequirementInfo::Kind kind) {
  switch (kind) {
    case RequirementInfo::limit:
      return "limit";
    case RequirementInfo::must:
      return "must";
    case RequirementInfo::must_not:
      return "must_not";
    case RequirementInfo::advised:
      return "advised";
    default:
      return "require";
  }
}

bool is_obligation(const RequirementInfo& requirement) {
  return requirement.kind == RequirementInfo::must || requirement.kind == RequirementInfo::must_not ||
         requirement.kind == RequirementInfo::advised;
}

SlotId ground_of(const Section& section, const RequirementInfo& requirement) {
  return is_obligation(requirement) ? section.ops[section.producer[requirement.truth]].a : requirement.truth;
}

Index Plan::find_program(std::string_view name) const {
  const auto named = [&](const ProgramInfo& p) {
    const bool alias = std::find(p.aliases.begin(), p.aliases.end(), name) != p.aliases.end();
    return p.kind != ProgramInfo::checks && (p.name == name || alias);
  };
  const auto found = std::find_if(programs.begin(), programs.end(), named);
  return found == programs.end() ? kNone : static_cast<Index>(found - programs.begin());
}

}  // namespace guiju::plan
