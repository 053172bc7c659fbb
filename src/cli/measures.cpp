// `guiju measures`: the page that says which rules serve which measure of the plan.
#include "compiler/measures.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "cli/command.hpp"
#include "cli/rules.hpp"

namespace guiju::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The day that the page there was made for.
std::optional<Day> day_of(const std::string& page) {
  constexpr std::string_view kMark = "--as-at ";
  const std::size_t at = page.find(kMark);
  return at == std::string::npos ? std::nullopt : parse_iso_date(std::string_view(page).substr(at + kMark.size(), 10));
}

void tell(const Command& command, const std::vector<std::string>& articles, const char* zh, const char* en) {
  for (const std::string& article : articles) command.err << "guiju: " << command.pick(zh, en) << article << "\n";
}

}  // namespace

int measures(const Command& command, const MeasuresOptions& options) {
  const fs::path folder(options.folder);
  const auto csv = read_file(folder / "measures.csv");
  const auto table = csv ? compiler::read_measures(*csv) : std::nullopt;
  if (!table)
    return command.usage_error("没有措施表 measures.csv:" + options.folder,
                               "no table measures.csv in " + options.folder);
  const auto page = read_file(folder / "MEASURES.md");
  const auto day = options.as_at ? options.as_at : page ? day_of(*page) : std::nullopt;
  if (!day) return command.usage_error("请用 --as-at 写明日期", "name the day with --as-at");
  // Paths of the page are those of the folder.
  auto found = find_rules(command, {options.folder});
  if (!found) return kUsage;
  const auto compiled = compiler::compile(found->files, compiler::disk_reader(found->root), command_limits());
  if (compiled.plan == nullptr) {
    show_findings(command, compiled, true);
    return kMistakes;
  }
  const compiler::MeasureReport report = compiler::report_measures(compiled, *table, *day);
  tell(command, report.unknown, "措施表中没有:", "not in the table of measures: ");
  tell(command, report.unexplained, "没有规则,也没有写明原因:", "no rules and no reason: ");
  const std::string made = compiler::measures_page(report, *table, *day);
  const bool complete = report.unknown.empty() && report.unexplained.empty();
  if (options.check) {
    if (page == made) return complete ? kDone : kMistakes;
    command.err << command.pick("guiju: MEASURES.md 与规则不符,请重新生成\n",
                                "guiju: MEASURES.md does not fit the rules: write it anew\n");
    return kMistakes;
  }
  std::ofstream out(folder / "MEASURES.md", std::ios::binary);
  out << made;
  out.flush();
  if (!out) return command.usage_error("无法写入 MEASURES.md", "cannot write MEASURES.md");
  return complete ? kDone : kMistakes;
}

}  // namespace guiju::cli
