// Segment by segment; nothing here touches a disk.
#include "compiler/paths.hpp"

#include <vector>

namespace guiju::compiler {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

// Absolute paths, drive letters, `\` and control characters.
bool has_foreign_form(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.back() == '/' || path.find('\\') != std::string_view::npos)
    return true;
  if (path.size() > 1 && path[1] == ':') return true;
  for (const char c : path) {
    if (static_cast<unsigned char>(c) < 0x20) return true;
  }
  return false;
}

}  // namespace

ResolvedPath resolve_path(std::string_view from, std::string_view written) {
  if (has_foreign_form(written)) return {ResolvedPath::form, {}};
  std::vector<std::string_view> parts = segments(from);
  if (!parts.empty()) parts.pop_back();  // the file itself
  for (const std::string_view part : segments(written)) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
      continue;
    }
    if (parts.empty()) return {ResolvedPath::leaves_root, {}};
    parts.pop_back();
  }
  if (parts.empty()) return {ResolvedPath::form, {}};
  ResolvedPath result;
  for (const std::string_view part : parts) {
    if (!result.path.empty()) result.path.push_back('/');
    result.path += part;
  }
  return result;
}

}  // namespace guiju::compiler
