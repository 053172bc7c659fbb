// `guiju decide`, `guiju grade`, `guiju facts`.
#include <ostream>

#include "cli/command.hpp"
#include "cli/rules.hpp"
#include "cli/show.hpp"
#include "json/facts_template.hpp"
#include "json/read_facts.hpp"
#include "json/refusal.hpp"
#include "json/write_answer.hpp"

namespace guiju::cli {
namespace {

using plan::ProgramInfo;

// Rules, program and facts of one case; `status` says how the command ends where they could not be had.
struct Case {
  int status = kDone;
  std::shared_ptr<const plan::Plan> plan;
  plan::Index program = plan::kNone;
  std::optional<run::Facts> facts;
  json::ReadResult reading;
};

std::shared_ptr<const plan::Plan> load_plan(const Command& command, const std::vector<std::string>& paths,
                                            int& status) {
  const auto compiled = compile_rules(command, paths);
  if (!compiled) {
    status = kUsage;
    return nullptr;
  }
  show_findings(command, *compiled, true);
  if (compiled->plan == nullptr) status = kMistakes;
  return compiled->plan;
}

Case load_case(const Command& command, const DecideOptions& options, ProgramInfo::Kind kind) {
  Case loaded;
  loaded.plan = load_plan(command, options.rules, loaded.status);
  if (loaded.plan == nullptr) return loaded;
  loaded.status = kUsage;
  const auto program = find_program(command, *loaded.plan, options.program, kind);
  if (!program) return loaded;
  const auto text = read_all(command, options.facts);
  if (!text) return loaded;
  loaded.status = kDone;
  loaded.program = *program;
  loaded.facts.emplace(loaded.plan, *program);
  loaded.reading = json::read_facts(*loaded.facts, json::ProgramNames(*loaded.plan, *program), *text);
  return loaded;
}

template <typename Answer>
int give(const Command& command, const Answer& answer, void (*write)(json::Writer&, const Answer&)) {
  if (command.json) {
    json::Writer out;
    write(out, answer);
    command.out << out.take() << "\n";
  } else {
    command.out << show(answer, command.english);
  }
  return answer.outcome == run::name_of(run::Outcome::invalid) ? kInvalid : kDone;
}

}  // namespace

int decide(const Command& command, const DecideOptions& options) {
  Case loaded = load_case(command, options, ProgramInfo::program);
  if (loaded.status != kDone) return loaded.status;
  if (!loaded.reading.refused.empty()) {
    return give(command, json::refuse_decision(*loaded.facts, loaded.reading.refused, command.english),
                json::write_decision);
  }
  run::Decision decision;
  run::decide(*loaded.facts, {options.as_at}, decision);
  return give(command, explain::explain(*loaded.facts, decision, command.english), json::write_decision);
}

int grade(const Command& command, const DecideOptions& options) {
  Case loaded = load_case(command, options, ProgramInfo::standard);
  if (loaded.status != kDone) return loaded.status;
  if (!loaded.reading.refused.empty()) {
    return give(command, json::refuse_grade(*loaded.facts, loaded.reading.refused, command.english), json::write_grade);
  }
  run::Decision decision;
  run::decide(*loaded.facts, {options.as_at}, decision);
  return give(command, explain::explain_grade(*loaded.facts, decision, command.english), json::write_grade);
}

int facts(const Command& command, const std::string& program, const std::vector<std::string>& rules) {
  int status = kDone;
  const auto plan = load_plan(command, rules, status);
  if (plan == nullptr) return status;
  const plan::Index index = plan->find_program(program);
  const auto kind = index == plan::kNone ? ProgramInfo::program : plan->programs[index].kind;
  const auto found = find_program(command, *plan, program, kind);
  if (!found) return kUsage;
  command.out << json::facts_template(*plan, *found, command.english);
  return kDone;
}

}  // namespace guiju::cli
