// See c_engine.hpp.
#include "c_engine.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "emit/emitted.hpp"
#include "run/kernels.hpp"

namespace guiju::reference {

namespace {

const std::string& quickest_compiler() {
  static const std::string compiler = [] {
    const std::vector<std::string> all = testing::c_compilers();
    if (all.empty()) throw std::runtime_error("there is no C compiler");
    return std::find(all.begin(), all.end(), "tcc") != all.end() ? std::string("tcc") : all.front();
  }();
  return compiler;
}

testing::CProgram compiled(const plan::Plan& plan, const plan::ProgramInfo& program) {
  std::vector<emit::File> files = emit::common_files();
  for (emit::File& file : emit::emit_c(plan, program)) files.push_back(std::move(file));
  const testing::Built built = testing::build_c(quickest_compiler(), files);
  if (built.object.empty()) throw std::runtime_error(program.name + " does not compile as C: " + built.said);
  return {built.object, emit::name_of(program)};
}

// The cases of one programme follow each other.
const testing::CProgram& program_of(const run::Facts& facts) {
  struct Last {
    std::shared_ptr<const plan::Plan> plan;
    plan::Index program = plan::kNone;
    std::optional<testing::CProgram> c;
  };
  thread_local Last last;
  if (last.plan != facts.shared_plan() || last.program != facts.program())
    last = {facts.shared_plan(), facts.program(), compiled(facts.plan(), facts.plan().programs[facts.program()])};
  return *last.c;
}

thread_local std::size_t decided = 0;

std::string shown(const testing::CResult& r) {
  std::string out = "outcome " + std::to_string(r.outcome) + " version " + std::to_string(r.version) + " amount " +
                    std::to_string(r.amount);
  const auto list = [&](const char* name, const auto& values) {
    if (values.empty()) return;
    out += std::string(" ") + name;
    for (const auto value : values) out += " " + std::to_string(value);
  };
  list("parts", r.parts);
  list("shares", r.shares);
  list("failed", r.failed);
  list("refused", r.refused);
  list("owed", r.owed);
  return out;
}

}  // namespace

std::string difference_in_c(const run::Facts& facts, const run::Options& options, const run::Decision& decision) {
  const plan::ProgramInfo& program = facts.plan().programs[facts.program()];
  if (program.kind != plan::ProgramInfo::program || options.known_on || !testing::has_kernels(program)) return "";
  const testing::CProgram& c = program_of(facts);
  const testing::CFacts row = testing::to_c(c, facts, options);
  const testing::CResult result = c.decide(row);
  if (c.decide_columns({&row}) != std::vector{result}) return "C says another thing of a column: " + shown(result);
  if (result.outcome == GJC_OPEN) {
    run::Decision by_kernel;
    by_kernel.options = options;
    return run::decide_by_kernel(facts, options, by_kernel) ? "C leaves open what the kernel decides" : "";
  }
  ++decided;
  const testing::CResult engine = testing::expected_of_c(c.info(), program, decision);
  return testing::agree(result, engine) ? "" : "C says " + shown(result) + ", the engine " + shown(engine);
}

std::size_t cases_decided_in_c() {
  return decided;
}

}  // namespace guiju::reference
