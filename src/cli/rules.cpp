// Finding, compiling and reporting on rule files.
#include "cli/rules.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <ostream>

#include "compiler/rebase.hpp"
#include "diagnostics/codes.hpp"
#include "diagnostics/render.hpp"
#include "diagnostics/suggest.hpp"

namespace guiju::cli {

int Command::usage_error(const std::string& zh, const std::string& en) const {
  err << "guiju: " << (english ? en : zh) << "\n";
  return kUsage;
}

std::optional<compiler::Found> find_rules(const Command& command, const std::vector<std::string>& paths) {
  auto found = compiler::find_rule_files(paths);
  for (const auto& path : found.missing) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
      command.usage_error("文件夹中没有规则文件(.gj):" + path, "there are no rule files (.gj) in " + path);
    } else {
      command.usage_error("没有这个文件或文件夹:" + path, "no such file or folder: " + path);
    }
  }
  if (!found.missing.empty()) return std::nullopt;
  if (!command.root.empty() && !compiler::rebase(found, command.root)) {
    command.usage_error("规则文件不在此文件夹内:" + command.root, "the rule files do not lie in " + command.root);
    return std::nullopt;
  }
  return found;
}

std::string shown_path(const std::string& root, const std::string& path) {
  std::error_code error;
  const auto full = std::filesystem::path(root) / path;
  const auto here = full.lexically_relative(std::filesystem::current_path(error));
  const bool below = !error && !here.empty() && *here.begin() != "..";
  return below ? here.generic_string() : full.generic_string();
}

namespace {

// Findings name files as the reader of the terminal would: from the current folder.
SourceSet relabel(const SourceSet& sources, const std::string& root) {
  SourceSet shown;
  for (FileId id = 0; id < sources.size(); ++id) {
    const SourceFile& file = sources.file(id);
    shown.add(shown_path(root, file.path()), std::string(file.text()));
  }
  return shown;
}

}  // namespace

syntax::Limits command_limits() {
  syntax::Limits limits;
  limits.files = std::numeric_limits<std::uint32_t>::max();
  return limits;
}

std::optional<compiler::Compiled> compile_rules(const Command& command, const std::vector<std::string>& paths,
                                                compiler::Wanted wanted) {
  const auto found = find_rules(command, paths);
  if (!found) return std::nullopt;
  auto compiled =
      compiler::compile(found->files, compiler::disk_reader(found->root), command_limits(), nullptr, wanted);
  compiled.sources = relabel(compiled.sources, found->root);
  return compiled;
}

void show_findings(const Command& command, const compiler::Compiled& compiled, bool errors_only) {
  for (const auto& finding : compiled.diagnostics.all()) {
    const bool changes_decisions = finding.code == Code::group_not_read;
    if (errors_only && !changes_decisions && info(finding.code).severity != Severity::error) continue;
    command.err << render(finding, compiled.sources, command.language()) << "\n";
  }
}

namespace {

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

void write_place(json::Writer& out, const Span& span, const SourceSet& sources) {
  if (span.file == kNoFile || span.file >= sources.size()) {
    out.member_or_null("file", "");
    return;
  }
  const SourceFile& file = sources.file(span.file);
  const LineColumn begin = file.locate(span.begin);
  const LineColumn end = file.locate(span.end);
  out.member("file", file.path());
  out.key("line");
  out.number(begin.line);
  out.key("column");
  out.number(begin.column);
  out.key("end_line");
  out.number(end.line);
  out.key("end_column");
  out.number(end.column);
}

}  // namespace

void write_findings(json::Writer& out, const Command& command, const compiler::Compiled& compiled) {
  out.key("findings");
  out.begin_array();
  for (const auto& finding : compiled.diagnostics.all()) {
    out.begin_object();
    out.member("code", code_name(finding.code));
    out.member("severity", severity_name(info(finding.code).severity));
    write_place(out, finding.span, compiled.sources);
    out.member("message", message(finding, command.language()));
    out.member("help", help(finding, command.language()));
    out.key("related");
    out.begin_array();
    for (const auto& related : finding.related) {
      out.begin_object();
      write_place(out, related.span, compiled.sources);
      out.member("message", command.english ? related.en : related.zh);
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

Counts count_findings(const compiler::Compiled& compiled) {
  Counts counts;
  counts.files = compiled.trees.size();
  counts.errors = compiled.diagnostics.error_count();
  for (const auto& finding : compiled.diagnostics.all()) {
    if (info(finding.code).severity == Severity::warning) ++counts.warnings;
  }
  return counts;
}

namespace {

const char* kind_note(plan::ProgramInfo::Kind kind, bool english) {
  if (kind == plan::ProgramInfo::duty) return english ? " (duty)" : "(义务)";
  if (kind == plan::ProgramInfo::targets) return english ? " (targets)" : "(目标)";
  return "";
}

}  // namespace

std::optional<plan::Index> find_program(const Command& command, const plan::Plan& plan, const std::string& name,
                                        plan::ProgramInfo::Kind kind) {
  const plan::Index index = plan.find_program(name);
  const bool standard = kind == plan::ProgramInfo::standard;
  // Duties and targets are decided as programmes are.
  const auto decided = [&](const plan::ProgramInfo& p) {
    const bool alike = p.kind == plan::ProgramInfo::program || p.kind == plan::ProgramInfo::duty ||
                       p.kind == plan::ProgramInfo::targets;
    return p.kind == kind || (!standard && alike);
  };
  if (index != plan::kNone && decided(plan.programs[index])) return index;
  if (index != plan::kNone && plan.programs[index].kind == plan::ProgramInfo::group) {
    command.usage_error(name + " 是组合,请用 guiju decide --all", name + " is a group; use guiju decide --all");
    return std::nullopt;
  }
  if (index != plan::kNone) {
    command.usage_error(name + (standard ? " 是项目,请用 guiju decide" : " 是标准,请用 guiju grade"),
                        name + (standard ? " is a programme; use guiju decide" : " is a standard; use guiju grade"));
    return std::nullopt;
  }
  std::vector<std::string> names;
  std::string list;
  for (const auto& program : plan.programs) {
    if (!decided(program)) continue;
    names.push_back(program.name);
    names.insert(names.end(), program.aliases.begin(), program.aliases.end());
    list += "\n  " + program.name + "  " + program.label.in(command.english) + kind_note(program.kind, command.english);
  }
  const auto near = nearest_name(name, names);
  command.usage_error(std::string("没有这个") + (standard ? "标准:" : "项目:") + name +
                          (near ? ",是否想写 " + *near + "?" : "。现有:" + list),
                      std::string("no such ") + (standard ? "standard: " : "programme: ") + name +
                          (near ? "; did you mean " + *near + "?" : ". There are:" + list));
  return std::nullopt;
}

std::optional<std::string> read_all(const Command& command, const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(command.in), {});
  std::error_code none;
  if (!std::filesystem::is_directory(path, none)) {  // it opens, but reading it throws
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (file.is_open() && !file.bad()) return text;
  }
  command.usage_error("无法读取:" + path, "cannot read " + path);
  return std::nullopt;
}

}  // namespace guiju::cli
