// Segment by segment; nothing here touches a disk.
#include "compiler/paths.hpp"

#include <algorithm>
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

ResolvedPath resolve_path(std::string_view from, std::string_view written, std::string_view root) {
  if (has_foreign_form(written)) return {ResolvedPath::form, {}};
  const std::vector<std::string_view> outside = segments(root);
  std::vector<std::string_view> parts = outside;
  for (const std::string_view part : segments(from)) parts.push_back(part);
  if (!from.empty()) parts.pop_back();  // the file itself
  for (const std::string_view part : segments(written)) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
      continue;
    }
    if (parts.empty()) return {ResolvedPath::leaves_root, {}};
    parts.pop_back();
  }
  const auto [end, inside] = std::mismatch(outside.begin(), outside.end(), parts.begin(), parts.end());
  if (end != outside.end()) return {ResolvedPath::leaves_root, {}};
  if (inside == parts.end()) return {ResolvedPath::form, {}};
  ResolvedPath result;
  for (auto part = inside; part != parts.end(); ++part) {
    if (!result.path.empty()) result.path.push_back('/');
    result.path += *part;
  }
  return result;
}

}  // namespace guiju::compiler
