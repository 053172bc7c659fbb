// Files to lines. Nothing is taken off a line but its end: a receipt counts to the byte.
#include "cli/receipts.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/rules.hpp"

namespace guiju::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
    const auto extension = entry->path().extension();
    if (extension == ".json" || extension == ".jsonl") files.push_back(entry->path().generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void add_lines(const std::string& file, const std::string& text, std::vector<ReceiptLine>& lines) {
  const bool several = std::count(text.begin(), text.end(), '\n') > 1;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    ++number;
    const std::size_t behind = end > begin && text[end - 1] == '\r' ? end - 1 : end;
    if (behind > begin) {
      const std::string source = several ? file + ":" + std::to_string(number) : file;
      lines.push_back({source, text.substr(begin, behind - begin)});
    }
    begin = end + 1;
  }
}

}  // namespace

std::optional<std::vector<ReceiptLine>> read_receipts(const Command& command, const std::vector<std::string>& paths) {
  std::vector<ReceiptLine> lines;
  for (const std::string& path : paths) {
    std::error_code error;
    const bool folder = path != "-" && fs::is_directory(path, error);
    for (const std::string& file : folder ? files_in(path) : std::vector<std::string>{path}) {
      const auto text = read_all(command, file);
      if (!text) return std::nullopt;
      add_lines(file, *text, lines);
    }
  }
  if (lines.empty()) {
    command.usage_error("没有凭证", "there are no receipts");
    return std::nullopt;
  }
  return lines;
}

}  // namespace guiju::cli
