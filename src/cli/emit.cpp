// `guiju emit c`: programmes as C99, into a folder.
#include "emit/emit.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <ostream>

#include "cli/command.hpp"
#include "cli/rules.hpp"
#include "kernel/kernel.hpp"

namespace guiju::cli {
namespace {

bool write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  return static_cast<bool>(file);
}

// Of those that are asked for the place in the plan, each once; nothing, and a message, where one cannot be written.
std::optional<std::vector<plan::Index>> chosen(const Command& command, const plan::Plan& plan,
                                               const std::vector<std::string>& names) {
  std::vector<plan::Index> out;
  std::map<std::string, std::string> written;
  for (const std::string& name : names) {
    const auto found = find_program(command, plan, name, plan::ProgramInfo::program);
    if (!found) return std::nullopt;
    const plan::ProgramInfo& program = plan.programs[*found];
    if (program.kind != plan::ProgramInfo::program) {
      command.usage_error("只有项目能写成 C:" + name, "only programmes are written as C: " + name);
      return std::nullopt;
    }
    if (std::find(out.begin(), out.end(), *found) != out.end()) continue;
    const auto [other, is_new] = written.emplace(emit::name_of(program), name);
    if (!is_new) {
      command.usage_error(other->second + " 与 " + name + " 在 C 中同名:" + other->first,
                          other->second + " and " + name + " have one name in C: " + other->first);
      return std::nullopt;
    }
    out.push_back(*found);
  }
  return out;
}

std::string summary(const plan::ProgramInfo& program, bool english) {
  const auto decided = program.kernels == nullptr
                           ? 0
                           : std::count_if(program.kernels->versions.begin(), program.kernels->versions.end(),
                                           [](const kernel::Kernel& k) { return !k.code.empty(); });
  const std::string of = std::to_string(decided) + (english ? " of " : "/") + std::to_string(program.sections.size());
  if (english) return of + (program.sections.size() == 1 ? " version is decided in C" : " versions are decided in C");
  return "C 中可判定的版本 " + of;
}

}  // namespace

int emit_c(const Command& command, const EmitOptions& options) {
  const auto compiled = compile_rules(command, options.rules);
  if (!compiled) return kUsage;
  show_findings(command, *compiled, true);
  if (compiled->plan == nullptr) return kMistakes;
  const plan::Plan& plan = *compiled->plan;
  const auto programs = chosen(command, plan, options.programs);
  if (!programs) return kUsage;

  const std::filesystem::path folder = options.folder;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::vector<emit::File> files = emit::common_files();
  for (const plan::Index index : *programs) {
    for (emit::File& file : emit::emit_c(plan, plan.programs[index])) files.push_back(std::move(file));
    command.out << emit::name_of(plan.programs[index]) << ".h, .c  " << summary(plan.programs[index], command.english)
                << "\n";
  }
  for (const emit::File& file : files) {
    const auto path = folder / file.name;
    if (!write_file(path, file.text))
      return command.usage_error("无法写入:" + path.string(), "cannot write " + path.string());
  }
  return kDone;
}

}  // namespace guiju::cli
