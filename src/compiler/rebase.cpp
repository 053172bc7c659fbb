// Paths relative to another root.
#include "compiler/rebase.hpp"

#include <filesystem>

namespace guiju::compiler {

bool rebase(Found& found, const std::string& root) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path wanted = fs::canonical(root, error);
  if (error) return false;
  std::vector<std::string> files;
  for (const auto& file : found.files) {
    const fs::path relative = (fs::path(found.root) / file).lexically_relative(wanted);
    if (relative.empty() || *relative.begin() == "..") return false;
    files.push_back(relative.generic_string());
  }
  found.files = std::move(files);
  found.root = wanted.generic_string();
  return true;
}

}  // namespace guiju::compiler
