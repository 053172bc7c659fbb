// `guiju check` and `guiju explain`.
#include <ostream>

#include "cli/command.hpp"
#include "cli/rules.hpp"

namespace guiju::cli {
namespace {

std::string summary(const Counts& n, bool english) {
  const auto errors = std::to_string(n.errors);
  const auto warnings = std::to_string(n.warnings);
  const auto files = std::to_string(n.files);
  if (english) {
    std::string text = files + (n.files == 1 ? " file: " : " files: ");
    text += n.errors == 0 ? "no mistakes" : errors + (n.errors == 1 ? " mistake" : " mistakes");
    if (n.warnings > 0) text += ", " + warnings + (n.warnings == 1 ? " warning" : " warnings");
    return text;
  }
  std::string text = files + " 个文件,";
  text += n.errors == 0 ? "没有错误" : errors + " 处错误";
  if (n.warnings > 0) text += "," + warnings + " 处提醒";
  return text;
}

}  // namespace

int check(const Command& command, const std::vector<std::string>& paths) {
  const auto compiled = compile_rules(command, paths);
  if (!compiled) return kUsage;
  const Counts counts = count_findings(*compiled);
  if (command.json) {
    json::Writer out;
    out.begin_object();
    out.member("ok", counts.errors == 0);
    out.key("files");
    out.number(static_cast<std::int64_t>(counts.files));
    out.key("errors");
    out.number(static_cast<std::int64_t>(counts.errors));
    out.key("warnings");
    out.number(static_cast<std::int64_t>(counts.warnings));
    write_findings(out, command, *compiled);
    out.end_object();
    command.out << out.take() << "\n";
  } else {
    show_findings(command, *compiled, false);
    command.out << summary(counts, command.english) << "\n";
  }
  return counts.errors == 0 ? kDone : kMistakes;
}

int explain_code(const Command& command, const std::string& name) {
  const auto code = find_code(name);
  if (!code) {
    return command.usage_error("没有这个编号:" + name + "(编号形如 GJ1301)",
                               "no such code: " + name + " (codes look like GJ1301)");
  }
  const CodeInfo& found = info(*code);
  const bool warning = found.severity != Severity::error;
  command.out << code_name(*code) << "  "
              << (warning ? command.pick("提醒", "warning") : command.pick("错误", "mistake")) << "\n";
  command.out << "  " << (command.english ? found.en : found.zh) << "\n";
  const auto help = command.english ? found.help_en : found.help_zh;
  for (const std::string_view way : ways_of_help(help)) {
    if (!way.empty()) command.out << "  " << command.pick("怎么改:", "what to do: ") << way << "\n";
  }
  command.out << "  " << command.pick("({0}、{1} 处填入文件中的内容)", "({0}, {1} stand for what is in the file)")
              << "\n";
  return kDone;
}

}  // namespace guiju::cli
