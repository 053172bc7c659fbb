// Lists grow by doubling; those of a plan, which stays in memory as long as its rules are used, end at their size.
#include "plan/lowering.hpp"

namespace guiju::plan {
namespace {

template <typename... Lists>
void fit(Lists&... lists) {
  (lists.shrink_to_fit(), ...);
}

void fit_section(Section& s) {
  fit(s.suspensions, s.supersedes, s.ops, s.requirements, s.part_requirements, s.quotas, s.documents, s.ensures, s.gaps,
      s.doubts, s.producer, s.version_citations, s.citations, s.parts, s.shares, s.lets, s.statements, s.told);
}

}  // namespace

void trim(ProgramInfo& program) {
  fit(program.aliases, program.authorities, program.bearers, program.sections, program.reference_dates,
      program.layout.fields);
  for (Section& section : program.sections) fit_section(section);
  fit_section(program.dates);
}

void trim(Plan& plan) {
  fit(plan.enums, plan.layouts, plan.constants, plan.folds, plan.choices, plan.tables, plan.feet, plan.splits,
      plan.citations, plan.places, plan.columns, plan.operands, plan.masks, plan.row_sets, plan.ratios, plan.bands,
      plan.programs);
}

}  // namespace guiju::plan
