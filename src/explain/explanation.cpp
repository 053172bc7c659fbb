// How explanations are made, copied and taken down: here once, not in every file that holds one.
#include "explain/explanation.hpp"

#include "explain/combination.hpp"
#include "explain/targets.hpp"

namespace guiju::explain {

Explanation::Explanation() = default;
Explanation::Explanation(const Explanation& other) = default;
Explanation::Explanation(Explanation&& other) noexcept = default;
Explanation& Explanation::operator=(const Explanation& other) = default;
Explanation& Explanation::operator=(Explanation&& other) noexcept = default;
Explanation::~Explanation() = default;

GradeExplanation::GradeExplanation() = default;
GradeExplanation::GradeExplanation(const GradeExplanation& other) = default;
GradeExplanation::GradeExplanation(GradeExplanation&& other) noexcept = default;
GradeExplanation& GradeExplanation::operator=(const GradeExplanation& other) = default;
GradeExplanation& GradeExplanation::operator=(GradeExplanation&& other) noexcept = default;
GradeExplanation::~GradeExplanation() = default;

TargetsText::TargetsText() = default;
TargetsText::TargetsText(const TargetsText& other) = default;
TargetsText::TargetsText(TargetsText&& other) noexcept = default;
TargetsText& TargetsText::operator=(const TargetsText& other) = default;
TargetsText& TargetsText::operator=(TargetsText&& other) noexcept = default;
TargetsText::~TargetsText() = default;

CombinationText::CombinationText() = default;
CombinationText::CombinationText(const CombinationText& other) = default;
CombinationText::CombinationText(CombinationText&& other) noexcept = default;
CombinationText& CombinationText::operator=(const CombinationText& other) = default;
CombinationText& CombinationText::operator=(CombinationText&& other) noexcept = default;
CombinationText::~CombinationText() = default;

}  // namespace guiju::explain
