// `guiju fmt`: rule files in their one layout, in the keywords of either language.
#include <filesystem>
#include <fstream>
#include <ostream>

#include "cli/command.hpp"
#include "cli/rules.hpp"
#include "diagnostics/render.hpp"
#include "syntax/format.hpp"
#include "syntax/lexer.hpp"
#include "syntax/parse.hpp"

namespace guiju::cli {
namespace {

syntax::KeywordLanguage keyword_language(const std::string& name) {
  if (name == "en") return syntax::KeywordLanguage::en;
  if (name == "zh") return syntax::KeywordLanguage::zh;
  return syntax::KeywordLanguage::as_written;
}

// Written beside the old file and then put in its place, so that a full disk loses nothing.
bool replace(const std::filesystem::path& path, const std::string& text) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);  // through links
  if (error) return false;
  std::filesystem::path fresh = target;
  fresh += ".guiju-fmt";
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << text;
    file.flush();
    if (!file) {
      std::filesystem::remove(fresh, error);
      return false;
    }
  }
  const auto permissions = std::filesystem::status(target, error).permissions();
  if (!error) std::filesystem::permissions(fresh, permissions, error);
  std::filesystem::rename(fresh, target, error);
  if (!error) return true;
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);
  return false;
}

// The text in its layout; no value, and the mistakes on the screen, where the file cannot be parsed.
std::optional<std::string> format_text(const Command& command, const std::string& path, const std::string& text,
                                       syntax::KeywordLanguage language) {
  SourceSet sources;
  Diagnostics diagnostics;
  const syntax::Limits limits;
  const FileId file = sources.add(path, text);
  const auto tree = syntax::parse(syntax::lex(sources, file, limits, diagnostics), limits, diagnostics);
  diagnostics.sort_by_place();
  for (const auto& finding : diagnostics.all()) {
    if (info(finding.code).severity == Severity::error)
      command.err << render(finding, sources, command.language()) << "\n";
  }
  if (diagnostics.has_errors()) return std::nullopt;
  return syntax::format(tree, language);
}

}  // namespace

int format(const Command& command, const FormatOptions& options) {
  if (options.paths.size() == 1 && options.paths[0] == "-") {
    const auto text = read_all(command, "-");
    const auto formatted = format_text(command, "-", *text, keyword_language(options.keywords));
    if (!formatted) return kMistakes;
    if (!options.check) command.out << *formatted;
    return options.check && *formatted != *text ? kMistakes : kDone;
  }
  const auto found = find_rules(command, options.paths);
  if (!found) return kUsage;
  const auto reader = compiler::disk_reader(found->root);
  int status = kDone;
  for (const auto& file : found->files) {
    const std::string path = shown_path(found->root, file);
    const auto text = reader.read(file);
    if (!text) return command.usage_error("无法读取:" + path, "cannot read " + path);
    const auto formatted = format_text(command, path, *text, keyword_language(options.keywords));
    if (!formatted) {
      status = kMistakes;
      continue;
    }
    if (*formatted == *text) continue;
    command.out << path << "\n";
    if (options.check) {
      status = kMistakes;
    } else if (!replace(std::filesystem::path(found->root) / file, *formatted)) {
      return command.usage_error("无法写入:" + path, "cannot write " + path);
    }
  }
  return status;
}

}  // namespace guiju::cli
