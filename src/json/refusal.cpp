// Unreadable facts as an answer.
#include "json/refusal.hpp"

namespace guiju::json {
namespace {

std::vector<explain::Invalid> list(const run::Facts& facts, const std::vector<run::BadFact>& refused, bool english) {
  std::vector<explain::Invalid> items;
  for (const auto* source : {&refused, &facts.bad()}) {
    for (const auto& bad : *source) items.push_back({bad.path, bad.got, bad.allowed.in(english)});
  }
  return items;
}

}  // namespace

explain::Explanation refuse_decision(const run::Facts& facts, const std::vector<run::BadFact>& refused, bool english) {
  const auto& program = facts.plan().programs[facts.program()];
  explain::Explanation answer;
  answer.outcome = run::name_of(run::Outcome::invalid);
  answer.program = program.name;
  answer.program_label = program.label.in(english);
  answer.invalid = list(facts, refused, english);
  return answer;
}

explain::GradeExplanation refuse_grade(const run::Facts& facts, const std::vector<run::BadFact>& refused,
                                       bool english) {
  const auto& standard = facts.plan().programs[facts.program()];
  explain::GradeExplanation answer;
  answer.outcome = run::name_of(run::Outcome::invalid);
  answer.standard = standard.name;
  answer.standard_label = standard.label.in(english);
  answer.invalid = list(facts, refused, english);
  return answer;
}

explain::TargetsText refuse_targets(const run::Facts& facts, const std::vector<run::BadFact>& refused, bool english) {
  const auto& targets = facts.plan().programs[facts.program()];
  explain::TargetsText answer;
  answer.outcome = run::name_of(run::Outcome::invalid);
  answer.name = targets.name;
  answer.label = targets.label.in(english);
  answer.invalid = list(facts, refused, english);
  return answer;
}

}  // namespace guiju::json
