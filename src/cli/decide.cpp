// `guiju decide`, `guiju grade`, `guiju facts`.
#include <filesystem>
#include <fstream>
#include <ostream>
#include <type_traits>

#include "cli/command.hpp"
#include "cli/rules.hpp"
#include "cli/show.hpp"
#include "explain/combination.hpp"
#include "explain/remedies.hpp"
#include "explain/targets.hpp"
#include "explain/trace.hpp"
#include "json/facts_template.hpp"
#include "json/read_case.hpp"
#include "json/read_facts.hpp"
#include "json/refusal.hpp"
#include "json/write_answer.hpp"
#include "receipt/receipt.hpp"

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

// Never over a file that is there: a receipt is a record.
int write_receipt(const Command& command, const std::string& path, const std::string& receipt) {
  if (path == "-") {
    command.out << receipt << "\n";
    return kDone;
  }
  std::error_code error;
  if (std::filesystem::exists(path, error))
    return command.usage_error("凭证文件已存在,不予覆盖:" + path, "the receipt is there already: " + path);
  std::ofstream file(path, std::ios::binary);
  file << receipt << "\n";
  file.flush();
  if (!file) return command.usage_error("无法写入:" + path, "cannot write " + path);
  return kDone;
}

// Writes the receipt that is asked for, if any.
int keep_receipt(const Command& command, const DecideOptions& options, const Case& decided,
                 const run::Decision& decision) {
  if (options.receipt.empty()) {
    if (options.masks.empty()) return kDone;
    return command.usage_error("--mask 须与 --receipt 同用", "--mask goes with --receipt");
  }
  auto receipt =
      receipt::make(*decided.facts, json::ProgramNames(*decided.plan, decided.program), decision, options.masks);
  if (!receipt) return command.usage_error(receipt.why.zh, receipt.why.en);
  return write_receipt(command, options.receipt, *receipt);
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

// Every programme of the rules, and what of them may be granted together.
int decide_all(const Command& command, const DecideOptions& options) {
  if (!options.receipt.empty()) {
    return command.usage_error("凭证只记一个项目的判定,请写项目名称",
                               "a receipt records the decision of one programme: name it");
  }
  int status = kDone;
  const auto plan = load_plan(command, options.rules, status);
  if (plan == nullptr) return status;
  const auto text = read_all(command, options.facts);
  if (!text) return kUsage;
  run::CaseFacts facts(plan);
  const json::CaseReading reading = json::read_case(facts, json::CaseNames(*plan), *text);
  if (!reading.refused.empty())
    return give(command, explain::refuse(reading.refused, command.english), json::write_combination);
  run::Combination combination;
  run::combine(facts, {options.as_at, options.known_on}, combination);
  return give(command, explain::explain(facts, combination, command.english), json::write_combination);
}

}  // namespace

namespace {

// What is only made where it is asked for.
template <typename Answer>
void add_on_demand(const Command& command, const DecideOptions& options, const Case& loaded,
                   const run::Decision& decision, Answer& words) {
  if (options.trace) words.trace = explain::trace(*loaded.facts, decision, command.english);
  if constexpr (std::is_same_v<Answer, explain::Explanation>) {
    if (options.remedies)
      words.would_make_eligible = explain::remedies(*loaded.facts, decision.options, command.english);
  }
}

// Every row of the targets.
int decide_targets(const Command& command, const DecideOptions& options, const Case& loaded) {
  if (!options.receipt.empty() || options.trace || options.remedies) {
    return command.usage_error("目标没有凭证、过程和改动建议", "targets have no receipt, no trace and no remedies");
  }
  if (!loaded.reading.refused.empty()) {
    return give(command, json::refuse_targets(*loaded.facts, loaded.reading.refused, command.english),
                json::write_targets);
  }
  std::vector<run::Decision> rows;
  run::decide_rows(*loaded.facts, {options.as_at, options.known_on}, rows);
  return give(command, explain::explain_targets(*loaded.facts, rows, command.english), json::write_targets);
}

// What decide and grade share; `refuse` and `explain` find the words.
template <typename Answer>
int answer(const Command& command, const DecideOptions& options, ProgramInfo::Kind kind,
           Answer (*refuse)(const run::Facts&, const std::vector<run::BadFact>&, bool),
           Answer (*explain)(const run::Facts&, const run::Decision&, bool),
           void (*write)(json::Writer&, const Answer&)) {
  Case loaded = load_case(command, options, kind);
  if (loaded.status != kDone) return loaded.status;
  const bool targets = loaded.plan->programs[loaded.program].kind == ProgramInfo::targets;
  if (targets) return decide_targets(command, options, loaded);
  if (!loaded.reading.refused.empty()) {
    if (!options.receipt.empty()) command.usage_error("事实读不懂,不写凭证", "no receipt: the facts cannot be read");
    return give(command, refuse(*loaded.facts, loaded.reading.refused, command.english), write);
  }
  run::Decision decision;
  run::decide(*loaded.facts, {options.as_at, options.known_on}, decision);
  if (const int status = keep_receipt(command, options, loaded, decision); status != kDone) return status;
  if (options.receipt == "-") return decision.outcome == run::Outcome::invalid ? kInvalid : kDone;
  Answer words = explain(*loaded.facts, decision, command.english);
  add_on_demand(command, options, loaded, decision, words);
  return give(command, words, write);
}

}  // namespace

int decide(const Command& command, const DecideOptions& options) {
  if (options.all) return decide_all(command, options);
  return answer(command, options, ProgramInfo::program, json::refuse_decision, explain::explain, json::write_decision);
}

int grade(const Command& command, const DecideOptions& options) {
  return answer(command, options, ProgramInfo::standard, json::refuse_grade, explain::explain_grade, json::write_grade);
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
