// See rule_folder.hpp.
#include "rules/rule_folder.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace guiju::tests {

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// The paths that `use "…"` lines of a file name, relative to the root.
std::set<std::string> used_by(const std::string& path, const std::string& text) {
  std::set<std::string> used;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("use \"", 0) != 0 && line.rfind("引用 \"", 0) != 0) continue;
    const auto open = line.find('"');
    const auto close = line.find('"', open + 1);
    if (close == std::string::npos) continue;
    const fs::path target = fs::path(path).parent_path() / line.substr(open + 1, close - open - 1);
    used.insert(target.lexically_normal().generic_string());
  }
  return used;
}

}  // namespace

RuleFolder RuleFolder::load(const std::string& root) {
  RuleFolder folder;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".gj" && extension != ".csv")) continue;
    folder.files_.emplace(fs::relative(entry.path(), root).generic_string(), read_file(entry.path()));
  }
  return folder;
}

std::vector<std::string> RuleFolder::rule_files() const {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files_) {
    if (fs::path(path).extension() == ".gj") paths.push_back(path);
  }
  return paths;
}

std::vector<std::string> RuleFolder::dependents(const std::string& path) const {
  std::set<std::string> reached{path};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [file, text] : files_) {
      if (reached.count(file) > 0) continue;
      for (const auto& used : used_by(file, text)) {
        if (reached.count(used) == 0) continue;
        reached.insert(file);
        grew = true;
        break;
      }
    }
  }
  return {reached.begin(), reached.end()};
}

compiler::Compiled RuleFolder::compile(const std::vector<std::string>& paths, compiler::Wanted wanted) const {
  return compile_with(paths, {}, {}, wanted);
}

compiler::Compiled RuleFolder::compile_with(const std::vector<std::string>& paths, const std::string& path,
                                            const std::string& text, compiler::Wanted wanted) const {
  compiler::FileReader reader;
  reader.read = [&](const std::string& asked) -> std::optional<std::string> {
    if (asked == path) return text;
    const auto found = files_.find(asked);
    if (found == files_.end()) return std::nullopt;
    return found->second;
  };
  return compiler::compile(paths, reader, {}, nullptr, wanted);
}

std::string messages(const compiler::Compiled& compiled) {
  std::string out;
  for (const auto& d : compiled.diagnostics.all()) {
    out += code_name(d.code) + " ";
    if (d.span.file != kNoFile) {
      const auto& file = compiled.sources.file(d.span.file);
      const auto place = file.locate(d.span.begin);
      out += file.path() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": ";
    }
    out += message(d, Language::en) + "\n";
  }
  return out;
}

}  // namespace guiju::tests
